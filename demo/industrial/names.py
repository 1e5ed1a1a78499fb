"""Names that nobody bears: of companies, people and places of contact."""

from collections.abc import Sequence

import numpy as np

# Fictitious places and words in both languages, in the same order.
PLACES = (
    *(("青穹", "Qingqiong"), ("云岭", "Yunling"), ("沧浪", "Canglang"), ("星渚", "Xingzhu")),
    *(("玄圃", "Xuanpu"), ("瀛洲", "Yingzhou"), ("方壶", "Fanghu"), ("昆仑虚", "Kunlunxu")),
    *(("桃源", "Taoyuan"), ("蓬莱", "Penglai"), ("扶桑", "Fusang"), ("建木", "Jianmu")),
    *(("若水", "Ruoshui"), ("丹穴", "Danxue"), ("广寒", "Guanghan"), ("归墟", "Guixu")),
)
WORDS = (
    *(("样例", "Sample"), ("虚构", "Fictive"), ("模拟", "Mock"), ("示范", "Specimen")),
    *(("假设", "Assumed"), ("无名", "Nameless"), ("乌有", "Nowhere"), ("子虚", "Zixu")),
)
TRADES = {
    "packaging": ("包装机械", "Packaging Machines"),
    "robotics": ("机器人", "Robotics"),
    "food": ("食品设备", "Food Equipment"),
    "electronics": ("电子", "Electronics"),
    "energy": ("能源", "Energy"),
    "water": ("水务", "Water"),
    "logistics": ("物流装备", "Logistics Systems"),
}
SURNAMES = (("样", "Yang"), ("虚", "Xu"), ("拟", "Ni"), ("例", "Li"), ("测", "Ce"), ("仿", "Fang"))
STEMS = (
    *(("甲", "jia"), ("乙", "yi"), ("丙", "bing"), ("丁", "ding"), ("戊", "wu")),
    *(("己", "ji"), ("庚", "geng"), ("辛", "xin"), ("壬", "ren"), ("癸", "gui")),
)
BRANCHES = (
    *(("子", "zi"), ("丑", "chou"), ("寅", "yin"), ("卯", "mao"), ("辰", "chen"), ("巳", "si")),
    *(("午", "wu"), ("未", "wei"), ("申", "shen"), ("酉", "you"), ("戌", "xu"), ("亥", "hai")),
)

Names = list[tuple[str, str]]


def company_names(industries: Sequence[str], random: np.random.Generator) -> Names:
    """Return one Chinese and English name per industry given, no two alike."""
    taken: set[str] = set()
    names = []
    for industry in industries:
        while True:
            place, word = PLACES[random.integers(len(PLACES))], WORDS[random.integers(len(WORDS))]
            number = int(random.integers(2, 100))
            chinese = f"{place[0]}{word[0]}{TRADES[industry][0]}第{number}有限公司"
            if chinese not in taken:
                break
        taken.add(chinese)
        names.append((chinese, f"{place[1]} {word[1]} {TRADES[industry][1]} {number} Co., Ltd."))
    return names


def people_names(count: int, random: np.random.Generator) -> Names:
    """Return Chinese and English names of people, made of calendar signs."""
    surnames = random.integers(len(SURNAMES), size=count)
    stems = random.integers(len(STEMS), size=count)
    branches = random.integers(len(BRANCHES), size=count)
    return [
        (
            SURNAMES[surname][0] + STEMS[stem][0] + BRANCHES[branch][0],
            f"{(STEMS[stem][1] + BRANCHES[branch][1]).capitalize()} {SURNAMES[surname][1]}",
        )
        for surname, stem, branch in zip(surnames, stems, branches, strict=True)
    ]


def registration_number(number: int) -> str:
    """Return a registration number of 18 characters that no authority gave."""
    return f"FX{number * 7_919 + 10**15:016d}"


def billing_name(name: tuple[str, str], style: int) -> str:
    """Return a company's name as an order system spells it: one of six ways."""
    chinese, english = name
    return (
        chinese,
        english,
        english.upper(),
        english.replace(" Co., Ltd.", " Co Ltd"),
        f" {chinese.replace('有限公司', '(有限公司)')} ",
        english.translate({ord(letter): ord(letter) + 0xFEE0 for letter in "0123456789"}),
    )[style]
