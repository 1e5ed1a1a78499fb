import re
from datetime import date
from pathlib import Path

from demo.industrial import truth
from demo.industrial.schema import TABLES
from demo.industrial.world import World

README = Path(truth.__file__).with_name("README.md").read_text(encoding="utf-8")


def test_readme_lists_every_table_with_every_column() -> None:
    described = {
        name: set(re.findall(r"[a-z_]{2,}", f"{key} {columns}"))
        for name, key, columns in re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|", README, re.M)
    }

    assert described == {name: set(spec.columns) for name, spec in TABLES.items()}


def test_readme_says_where_each_truth_lies(small_world: World) -> None:
    names = truth.truths(small_world, date(2018, 1, 1))

    assert [name for name in (*names, "parameters.json") if f"`{name}`" not in README] == []


def test_readme_says_first_that_nothing_is_real() -> None:
    assert "**Everything here is simulated.**" in README.partition("##")[0]
