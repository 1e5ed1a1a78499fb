"""Whether satisfied customers come back, how far surveys can be believed, and what would help."""

from customer_value.site.model import (
    Figure,
    Filter,
    Intervals,
    Page,
    Table,
    Text,
    Tile,
    Tiles,
)

REPURCHASE = Figure(
    id="satisfaction_repurchase",
    title=Text("Satisfied, and bought again", "满意与再次购买"),
    definition=Text(
        "Satisfied: an answer in the top two boxes of five. Bought again: an order of the surveyed "
        "product within 180 days of it, of the satisfied whose 180 days are over. The sales texts "
        "tell of nine in ten satisfied and three or four in ten who buy again. Bars are 95 % "
        "intervals.",
        "满意：五档评分的前两档。再次购买：满意者在受访后 180 "
        "天内再次订购受访产品（仅计 180 天已满者）。"
        "销售教材所述：九成满意，只有三四成再次购买。横线为 95% 区间。",
    ),
    sample="answered_surveys_count",
    counted=Text("answered surveys", "份已答问卷"),
    sql="""
select
    business_unit,
    survey_basis,
    scope_value as product_family,
    satisfied_ratio,
    satisfied_ratio_lower,
    satisfied_ratio_upper,
    answered_surveys_count,
    repurchase_ratio,
    repurchase_ratio_lower,
    repurchase_ratio_upper,
    followed_surveys_count,
    gap_ratio,
    surveys_count,
    response_ratio,
    bonus_relevant_ratio,
    median_days_from_purchase,
    censored_surveys_count
from marts.fct_satisfaction_repurchase
where scope in ('all', 'product_family')
order by business_unit, survey_basis, scope, satisfied_ratio desc nulls last, scope_value
""",
)

BOXES = Figure(
    id="satisfaction_boxes",
    title=Text("Bought again, by what they had said", "按评分档的再次购买"),
    definition=Text(
        "Surveys by the box that was ticked: the share after which the same product was ordered "
        "again within 180 days. Who did not answer stands last.",
        "按所选评分档划分的问卷：其后 180 天内再次订购同一产品的比率。未作答者列于最后。",
    ),
    sample="followed_surveys_count",
    counted=Text("surveys followed for 180 days", "份已跟踪满 180 天的问卷"),
    sql="""
select
    business_unit,
    survey_basis,
    scope_value as product_family,
    survey_box,
    repurchase_ratio,
    repurchase_ratio_lower,
    repurchase_ratio_upper,
    followed_surveys_count,
    surveys_count
from marts.fct_satisfaction_boxes
where scope in ('all', 'product_family')
order by
    business_unit,
    survey_basis,
    scope,
    scope_value,
    survey_box = 'unanswered',
    survey_box desc
""",
)

ASKERS = Figure(
    id="survey_askers",
    title=Text("How far the surveys can be trusted", "问卷有多可信"),
    definition=Text(
        "Each asker beside the others: asks early, is answered unusually often, or has a bonus on "
        "most surveys. One sign may be a custom, two stand out. Not for judging people: who stands "
        "out is to be asked how they ask. Employees are pseudonyms.",
        "每位询问者与其他人比较：询问过早、应答异常频繁、"
        "多数问卷与奖金挂钩。一项或属习惯，两项则突出。"
        "不用于评判个人：应了解其询问方式。员工均为假名。",
    ),
    sample="surveys_count",
    counted=Text("surveys an asker", "份问卷（每位询问者）"),
    sql="""
select
    business_unit,
    asked_by_id,
    surveys_count,
    response_ratio,
    satisfied_ratio,
    repurchase_ratio,
    median_days_from_purchase,
    bonus_relevant_ratio,
    bias_signals_count,
    is_asking_early,
    is_answered_unusually,
    is_bonus_heavy,
    is_standing_out
from marts.fct_survey_askers
order by business_unit, bias_signals_count desc, surveys_count desc, asked_by_id
""",
)

DRIVERS = Figure(
    id="satisfaction_drivers",
    title=Text("What would make customers more satisfied", "满意度驱动因素"),
    definition=Text(
        "Satisfaction with and without each of these. The gap, times what satisfaction does to "
        "repurchase, times the orders it happens to in a year, times an order's margin, is what a "
        "year without it would bring: the most that mending it may cost. Published only where both "
        "gaps are beyond chance; no proof of a cause.",
        "有无该情形时的满意度。差距乘以满意对再购买的影响、乘以一年中涉及的订单数与单笔毛利，"
        "即一年没有该情形可带来的价值，也是改进投入的上限。"
        "两项差距均超出偶然时才公布；并不证明因果。",
    ),
    sample="affected_surveys_count",
    counted=Text("surveys with it", "份涉及该情形的问卷"),
    sql="""
select
    business_unit,
    driver,
    verdict,
    affected_satisfied_ratio,
    other_satisfied_ratio,
    satisfied_gap_ratio,
    satisfied_gap_ratio_lower,
    satisfied_gap_ratio_upper,
    affected_orders_per_year,
    return_per_year,
    margin_basis,
    affected_surveys_count,
    other_surveys_count
from marts.fct_satisfaction_drivers
order by
    business_unit,
    return_per_year desc nulls last,
    satisfied_gap_ratio desc nulls last,
    driver
""",
)

ATTENTION = Figure(
    id="after_sale_attention",
    title=Text("Attention before and after the sale", "售前售后的关注（剪刀差）"),
    definition=Text(
        "The seller's touches and the customer's service cases per 30 days that name a won "
        "project, before, at and after its closing. The gap between the two turns when attention "
        "falls below need. Rates, never emotions.",
        "与赢得项目相关的每 30 天卖方接触次数与客户服务需求次数，分成交前、成交时与成交后。"
        "关注低于需求时差值转负。仅为频率，不涉及情绪。",
    ),
    sample="sales_count",
    counted=Text("sales", "笔成交"),
    sql="""
select
    phases.business_unit,
    phases.product_family,
    phases.phase,
    phases.seller_touches_per_30_days,
    phases.service_cases_per_30_days,
    phases.attention_gap_per_30_days,
    phases.unanswered_ratio,
    phases.median_first_reply_hours,
    phases.sales_count
from marts.fct_after_sale_attention as phases
left join marts.dim_labels as labels
    on labels.kind = 'sale_phase' and phases.phase = labels.code
order by phases.business_unit, phases.product_family, labels.list_position, phases.phase
""",
)

PAGE = Page(
    id="satisfaction",
    title=Text("Satisfaction", "满意度"),
    lead=Text(
        "What customers say, and whether they come back.",
        "客户怎么说，又是否再来。",
    ),
    filters=(Filter(column="product_family"), Filter(column="survey_basis")),
    blocks=(
        Tiles(
            title=Text("Words and deeds", "言与行"),
            tiles=(
                Tile(
                    figure=REPURCHASE,
                    value="satisfied_ratio",
                    low="satisfied_ratio_lower",
                    high="satisfied_ratio_upper",
                ),
                Tile(
                    figure=REPURCHASE,
                    value="repurchase_ratio",
                    low="repurchase_ratio_lower",
                    high="repurchase_ratio_upper",
                ),
                Tile(figure=REPURCHASE, value="gap_ratio"),
                Tile(figure=REPURCHASE, value="response_ratio"),
            ),
        ),
        Intervals(
            figure=REPURCHASE,
            label="product_family",
            rates=("satisfied_ratio", "repurchase_ratio"),
            cases=("answered_surveys_count", "followed_surveys_count"),
        ),
        Intervals(
            figure=BOXES,
            label="survey_box",
            rates=("repurchase_ratio",),
            cases=("followed_surveys_count",),
        ),
        Table(
            figure=ATTENTION,
            columns=(
                "phase",
                "seller_touches_per_30_days",
                "service_cases_per_30_days",
                "attention_gap_per_30_days",
                "unanswered_ratio",
                "median_first_reply_hours",
                "sales_count",
            ),
            bars=("seller_touches_per_30_days", "service_cases_per_30_days"),
            one_scale=True,
        ),
        Table(
            figure=DRIVERS,
            columns=(
                "driver",
                "verdict",
                "affected_satisfied_ratio",
                "other_satisfied_ratio",
                "satisfied_gap_ratio",
                "affected_orders_per_year",
                "return_per_year",
                "affected_surveys_count",
            ),
        ),
        Table(
            figure=ASKERS,
            columns=(
                "asked_by_id",
                "surveys_count",
                "response_ratio",
                "satisfied_ratio",
                "repurchase_ratio",
                "median_days_from_purchase",
                "bonus_relevant_ratio",
                "is_asking_early",
                "is_answered_unusually",
                "is_bonus_heavy",
                "is_standing_out",
            ),
        ),
    ),
)
