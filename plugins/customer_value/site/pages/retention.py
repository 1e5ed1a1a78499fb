"""Who leaves, what a year with a customer brings, and what it would be worth to keep more."""

from customer_value.site.model import (
    Columns,
    Figure,
    Filter,
    Intervals,
    Lines,
    Page,
    Table,
    Text,
    Tile,
    Tiles,
)

CUSTOMERS = Text("customers", "位客户")

DEFECTION = Figure(
    id="defection",
    title=Text("Who leaves", "谁在流失"),
    definition=Text(
        "Of the customers active in one period, the share not active in the next: contractual ones "
        "by contract, the others by orders, by their segment when the period ended. The rate is "
        "per period, not per year. Bars are 95 % intervals; fewer than 30 customers show no rate.",
        "某一时期活跃的客户中下一时期不再活跃的比率：合同客户按合同，"
        "其他客户按订单；细分为该时期末的细分。"
        "比率以时期计，而非以年计。横线为 95% 区间；少于 30 位客户不公布比率。",
    ),
    sample="customers_count",
    counted=Text("customers a line", "位客户（每行）"),
    sql="""
select
    defection.business_unit,
    defection.period_start_date,
    defection.relation_kind,
    defection.segment,
    defection.defection_ratio,
    defection.defection_ratio_lower,
    defection.defection_ratio_upper,
    defection.customers_count,
    defection.defected_customers_count,
    defection.period_months
from marts.fct_defection as defection
left join marts.dim_labels as labels
    on labels.kind = 'rfm_segment' and defection.segment = labels.code
order by
    defection.business_unit,
    defection.period_start_date,
    defection.relation_kind,
    defection.segment <> 'all',
    labels.list_position,
    defection.segment
""",
)

PERIODS = Figure(
    id="defection_periods",
    title=Text("Defection period by period", "各时期跳槽率"),
    definition=Text(
        "The same rate over all segments, of each pair of periods that are over.",
        "全部细分合计的同一比率，仅含已结束的相邻时期。",
    ),
    sample="customers_count",
    counted=Text("customers a period", "位客户（每个时期）"),
    sql="""
select
    business_unit,
    relation_kind,
    period_start_date,
    defection_ratio,
    defection_ratio_lower,
    defection_ratio_upper,
    customers_count,
    defected_customers_count,
    period_months
from marts.fct_defection
where segment = 'all'
order by business_unit, relation_kind, period_start_date
""",
)

WHAT_IF = Figure(
    id="what_if",
    title=Text("What keeping more customers would be worth", "多留住客户值多少"),
    definition=Text(
        "What a customer is still expected to bring at the end of its first year, discounted, on "
        "the unit's own curve of margins and retention, and how much more it would be if retention "
        "were higher every year; beside it the textbook's constant margin, m r / (1 + i - r). "
        "Ranges take every year's retention at the ends of its interval. Reichheld and Sasser "
        "(1990) found +85 % for five points in bank branches, +50 % and +30 % elsewhere: others' "
        "numbers.",
        "客户在第一年末预期还将带来的价值（已折现），"
        "按本单元自身的毛利与留存曲线计算；以及若每年留存率更高，"
        "价值会增加多少。并列教科书的恒定毛利法 m r / (1 + i - r)。范围取各年留存率区间的两端。"
        "Reichheld 与 Sasser（1990）：提高五个百分点，银行网点 "
        "+85%，其他行业 +50%、+30%，均为他人数字。",
    ),
    sample="followed_customers_count",
    counted=Text("customers and years", "客户年"),
    sql="""
select
    own.business_unit,
    own.scenario,
    own.value_per_customer,
    own.uplift_ratio,
    own.uplift_ratio_lower,
    own.uplift_ratio_upper,
    own.base_uplift,
    textbook.uplift_ratio as constant_uplift_ratio,
    textbook.base_uplift as constant_base_uplift,
    own.base_value,
    own.annual_discount_ratio,
    own.margin_basis,
    own.followed_customers_count
from marts.fct_retention_uplift as own
inner join marts.fct_retention_uplift as textbook
    on
        own.business_unit = textbook.business_unit
        and own.scenario = textbook.scenario
        and textbook.curve = 'constant_margin'
left join marts.dim_labels as labels
    on labels.kind = 'retention_scenario' and own.scenario = labels.code
where own.curve = 'own_curve'
order by own.business_unit, labels.list_position, own.scenario
""",
)

WORTH = Figure(
    id="worth_of_keeping",
    title=Text("Worth of keeping customers", "留住客户的价值"),
    definition=Text(
        "What today's customers are still expected to bring, discounted, and how much more with "
        "one point, five points, or half the leavers, on the unit's own curve.",
        "现有客户预期还将带来的价值（已折现），以及留存率提高一个、五个百分点或流失减半时的增加额，"
        "按本单元自身曲线。",
    ),
    sample="current_customers_count",
    counted=CUSTOMERS,
    sql="""
select
    business_unit,
    max(base_value) filter (where scenario = 'as_is') as base_value,
    max(base_uplift) filter (where scenario = 'plus_1_point') as one_point_uplift,
    max(base_uplift) filter (where scenario = 'plus_5_points') as five_points_uplift,
    max(base_uplift) filter (where scenario = 'halved_defection') as halved_defection_uplift,
    max(current_customers_count) as current_customers_count
from marts.fct_retention_uplift
where curve = 'own_curve'
group by business_unit
order by business_unit
""",
)

TENURE = Figure(
    id="tenure_economics",
    title=Text("What a year with a customer brings", "客户每一年带来什么"),
    definition=Text(
        "By year since the first order: margin after goods and service, service cost and price "
        "paid as shares, referrals, and how many stay into the next year. Money of customers who "
        "ordered in the year and whose year is over.",
        "按首次订购后的年份：扣除货物与服务成本后的毛利、服务成本与实付价格占比、推荐，"
        "以及留到下一年的比率。仅含当年有订单且该年已满的客户。",
    ),
    sample="customers_count",
    counted=Text("customers a year", "位客户（每年）"),
    sql="""
select
    business_unit,
    tenure_year,
    margin_per_customer,
    net_revenue_per_customer,
    paid_price_ratio,
    service_cost_ratio,
    referrals_per_customer,
    retention_ratio,
    retention_ratio_lower,
    retention_ratio_upper,
    customers_count,
    followed_customers_count,
    margin_basis
from marts.fct_tenure_economics
where customers_count > 0
order by business_unit, tenure_year
""",
)

CLAIMS = Figure(
    id="loyalty_claims",
    title=Text("Is it true of our customers?", "这些说法在我们的客户中成立吗？"),
    definition=Text(
        "What sales texts claim of loyal and frequent customers, tested. Price and service cost "
        "compare a customer's last complete year with its own first, referrals a sender with all "
        "who could have sent; for frequency the number is the "
        "rank correlation. Intervals are 95 %.",
        "检验教材关于忠诚客户与频繁购买者的说法。价格与服务成本为客户最后完整一年与其自身首年之差；"
        "推荐为推荐者与当日所有可能推荐者之差；频率一项为秩相关。区间为 95%。",
    ),
    sample="cases_count",
    counted=Text("cases a claim", "个案例（每项）"),
    sql="""
with claims as (

    select
        1 as claim_group,
        business_unit,
        hypothesis,
        0 as horizon_days,
        verdict,
        mean_difference as effect,
        mean_difference_lower as effect_lower,
        mean_difference_upper as effect_upper,
        cases_count
    from marts.fct_tenure_hypotheses
    union all
    select
        2 as claim_group,
        business_unit,
        hypothesis,
        horizon_days,
        verdict,
        rank_correlation as effect,
        rank_correlation_lower as effect_lower,
        rank_correlation_upper as effect_upper,
        customers_count as cases_count
    from marts.fct_loyalty_hypotheses

)

select
    business_unit,
    hypothesis,
    nullif(horizon_days, 0) as within_days,
    verdict,
    effect,
    effect_lower,
    effect_upper,
    cases_count
from claims
order by business_unit, claim_group, hypothesis, within_days
""",
)

LOSSES = Figure(
    id="lost_and_returned",
    title=Text("Lost customers, and who came back", "流失与回归的客户"),
    definition=Text(
        "Customers lost in each month by their own gaps, and how many of them ordered again within "
        "180 days; months whose 180 days are not over show no share. The last share is of all "
        "losses so far.",
        "按客户自身购买间隔判定的各月流失，以及其中 180 "
        "天内再次订购者；180 天未满的月份不公布比率。"
        "累计比率为迄今全部流失。",
    ),
    sample="losses_count",
    counted=Text("losses a month", "位流失客户（每月）"),
    sql="""
select
    business_unit,
    lost_month_date,
    losses_count,
    returns_in_window_count,
    return_ratio,
    cumulative_return_ratio,
    closed_losses_count
from marts.fct_lost_customer_months
order by business_unit, lost_month_date
""",
)

TOO_SHORT = Text("History holds too few second years.", "历史数据中第二年的客户太少。")

PAGE = Page(
    id="retention",
    title=Text("Retention and economics", "留存与经济性"),
    lead=Text(
        "Who leaves, what staying customers bring, and what keeping more would be worth.",
        "谁在离开、留下的客户带来什么、多留住一些值多少。",
    ),
    filters=(Filter(column="period_start_date", kind="last"), Filter(column="segment")),
    blocks=(
        Tiles(
            title=WORTH.title,
            tiles=(
                Tile(figure=WORTH, value="base_value", missing=TOO_SHORT),
                Tile(figure=WORTH, value="one_point_uplift", missing=TOO_SHORT),
                Tile(figure=WORTH, value="five_points_uplift", missing=TOO_SHORT),
                Tile(figure=WORTH, value="halved_defection_uplift", missing=TOO_SHORT),
            ),
        ),
        Table(
            figure=WHAT_IF,
            columns=(
                "scenario",
                "value_per_customer",
                "uplift_ratio",
                "uplift_ratio_lower",
                "uplift_ratio_upper",
                "base_uplift",
                "constant_uplift_ratio",
                "constant_base_uplift",
            ),
            bars=("uplift_ratio",),
        ),
        Intervals(
            figure=DEFECTION,
            label="segment",
            rates=("defection_ratio",),
            cases=("customers_count",),
            each="relation_kind",
        ),
        Lines(
            figure=PERIODS,
            x="period_start_date",
            y=("defection_ratio",),
            series="relation_kind",
            width="half",
        ),
        Columns(figure=TENURE, x="tenure_year", y="margin_per_customer", width="half"),
        Table(
            figure=TENURE,
            title=Text("Year by year", "逐年对照"),
            columns=(
                "tenure_year",
                "customers_count",
                "margin_per_customer",
                "net_revenue_per_customer",
                "paid_price_ratio",
                "service_cost_ratio",
                "referrals_per_customer",
                "retention_ratio",
                "retention_ratio_lower",
                "retention_ratio_upper",
            ),
        ),
        Table(
            figure=CLAIMS,
            columns=(
                "hypothesis",
                "within_days",
                "verdict",
                "effect",
                "effect_lower",
                "effect_upper",
                "cases_count",
            ),
        ),
        Columns(figure=LOSSES, x="lost_month_date", y="losses_count", width="half"),
        Lines(
            figure=LOSSES,
            title=Text("Share that came back, of all losses so far", "迄今流失客户的回归率"),
            x="lost_month_date",
            y=("cumulative_return_ratio",),
            width="half",
        ),
    ),
)
