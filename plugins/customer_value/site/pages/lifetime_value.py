"""What customers are worth: so far, from now on, how sure that is, and who brings it."""

from customer_value.site.model import (
    Columns,
    Figure,
    Filter,
    Grid,
    Lines,
    Page,
    Table,
    Text,
    Tile,
    Tiles,
)
from customer_value.site.pages.overview import BRIDGE_STEPS, EXPECTED, NO_MODEL

SPREAD = Figure(
    id="value_spread",
    title=Text("How expected value spreads", "预期价值的分布"),
    definition=Text(
        "Customers by the net revenue expected of them in the next 365 days. Each range is about "
        "three times the one before.",
        "按未来 365 天预期净收入划分的客户数。各区间约为前一区间的三倍。",
    ),
    sample="predicted_customers_count",
    counted=Text("customers with a prediction", "位有预测的客户"),
    sql="""
with ranges (range_position, range_from, range_to) as (

    values
    (1, 0, 30), (2, 30, 100), (3, 100, 300), (4, 300, 1000), (5, 1000, 3000), (6, 3000, 10000),
    (7, 10000, 30000), (8, 30000, 100000), (9, 100000, 300000), (10, 300000, 1000000),
    (11, 1000000, null)

)

select
    customers.business_unit,
    ranges.range_position,
    ranges.range_from,
    ranges.range_to,
    count(*) as customers_count,
    sum(customers.predicted_net_revenue_next_365_days) as predicted_net_revenue_next_365_days,
    sum(count(*)) over (partition by customers.business_unit) as predicted_customers_count
from marts.fct_customer_value as customers
inner join ranges
    on
        customers.predicted_net_revenue_next_365_days >= ranges.range_from
        and (
            ranges.range_to is null
            or customers.predicted_net_revenue_next_365_days < ranges.range_to
        )
group by customers.business_unit, ranges.range_position, ranges.range_from, ranges.range_to
order by customers.business_unit, ranges.range_position
""",
)

CONCENTRATION = Figure(
    id="value_concentration",
    title=Text("How few bring how much", "价值集中度"),
    definition=Text(
        "Share of the money that the best customers bring together, for each hundredth of the "
        "customers: by net revenue so far, and by net revenue expected of the next 365 days, each "
        "in its own order. Negative revenue counts as nought.",
        "按客户百分位累计：最好的客户合计带来的比率，"
        "分别按累计净收入与未来 365 天预期净收入各自排序。负收入按零计。",
    ),
    sample="customers_count",
    counted=Text("customers", "位客户"),
    sql="""
with ranked as (

    select
        business_unit,
        greatest(net_revenue, 0) as net_revenue,
        greatest(predicted_net_revenue_next_365_days, 0) as predicted,
        row_number() over (
            partition by business_unit order by net_revenue desc, customer_id
        ) as place,
        row_number() over (
            partition by business_unit
            order by predicted_net_revenue_next_365_days desc nulls last, customer_id
        ) as predicted_place,
        count(*) over (partition by business_unit) as customers_count
    from marts.fct_customer_value
    where not is_unknown

),

hundredths as (

    select unnest(range(0, 101)) as hundredth

)

select
    ranked.business_unit,
    cast(hundredths.hundredth / 100 as decimal(4, 2)) as best_customers_ratio,
    cast(
        coalesce(
            sum(ranked.net_revenue) filter (
                where ranked.place * 100 <= ranked.customers_count * hundredths.hundredth
            ),
            0
        ) / nullif(sum(ranked.net_revenue), 0) as decimal(9, 6)
    ) as cumulative_revenue_ratio,
    cast(
        coalesce(
            sum(ranked.predicted) filter (
                where ranked.predicted_place * 100 <= ranked.customers_count * hundredths.hundredth
            ),
            case when count(ranked.predicted) > 0 then 0 end
        ) / nullif(sum(ranked.predicted), 0) as decimal(9, 6)
    ) as cumulative_predicted_ratio,
    max(ranked.customers_count) as customers_count
from ranked
cross join hundredths
group by ranked.business_unit, hundredths.hundredth
order by ranked.business_unit, hundredths.hundredth
""",
)

GINI = Figure(
    id="revenue_concentration",
    title=Text("Concentration of revenue", "收入集中度"),
    definition=Text(
        "Gini coefficient of the revenue of the last 24 months (0 if all bring the same, near 1 if "
        "one brings all) and the shares of the best customers, at the as-of date.",
        "截止日期最近 24 个月收入的基尼系数（人人相同为 0，一人独占接近 1）及最好客户所占比率。",
    ),
    sample="customers_count",
    counted=Text("customers", "位客户"),
    sql="""
with newest as (

    select
        business_unit,
        max(snapshot_date) as snapshot_date
    from marts.fct_rfm_value_concentration
    group by business_unit

)

select
    months.business_unit,
    months.customers_count,
    round(months.gini_coefficient, 3) as gini_coefficient,
    months.top_1_percent_revenue_ratio,
    months.top_10_percent_revenue_ratio,
    months.top_20_percent_revenue_ratio
from marts.fct_rfm_value_concentration as months
inner join newest
    on months.business_unit = newest.business_unit and months.snapshot_date = newest.snapshot_date
order by months.business_unit
""",
)

COHORTS = Figure(
    id="cohorts",
    title=Text("Cohorts", "同期群"),
    definition=Text(
        "Customers by the month of their first order: the share who bought in each later month, "
        "and what one customer has brought since. Cohorts of fewer than 30 customers show no "
        "share; months that the as-of date cuts are left out.",
        "按首次订购月份分组的客户：其后各月有购买的比率，以及每位客户的累计净收入。"
        "少于 30 位客户的同期群不公布比率；被截止日期截断的月份不计。",
    ),
    sample="customers_count",
    counted=Text("customers a cohort", "位客户（每个同期群）"),
    sql="""
select
    business_unit,
    cohort_month_date,
    months_since_first,
    customers_count,
    active_customers_count,
    retention_ratio,
    retention_ratio_lower,
    retention_ratio_upper,
    case when data_basis = 'sufficient' then cumulative_net_revenue_per_customer end
        as cumulative_net_revenue_per_customer
from marts.fct_cohort_months
order by business_unit, cohort_month_date, months_since_first
""",
)

QUARTERS = Figure(
    id="past_quarters",
    title=Text("How good predictions were", "预测有多准"),
    definition=Text(
        "Every method fitted on what had happened by a cut-off and held against the 91 days after "
        "it, on the same customers. The method in use is marked; a naive guess stands beside it.",
        "各方法以截止日前的数据拟合，并与其后 91 天的实际结果比较（同一批客户）。"
        "当前使用的方法有标记，并列出朴素估计作为对照。",
    ),
    sample="customers_count",
    counted=Text("customers a quarter", "位客户（每个季度）"),
    sql="""
select
    business_unit,
    cut_off_date,
    method_name,
    is_chosen,
    customers_count,
    actual_net_revenue,
    predicted_net_revenue,
    round(actual_to_predicted_ratio, 4) as actual_to_predicted_ratio,
    mean_absolute_error,
    round(rank_correlation, 3) as rank_correlation,
    top_tenth_revenue_ratio,
    occasions_coverage_ratio
from marts.fct_lifetime_value_scoreboard
order by business_unit, cut_off_date desc, error_rank, method_name
""",
)

TENTHS = Figure(
    id="predicted_tenths",
    title=Text("Predicted beside actual", "预测与实际对照"),
    definition=Text(
        "The model in use, fitted on what had happened by the latest cut-off: customers in tenths, "
        "the best predicted first, with what one of them was predicted to spend in the 91 days "
        "after it and what one then spent. Where the lines part, predictions are off.",
        "当前模型以最近一个截止日前的数据拟合：客户按预测从高到低十等分，"
        "比较其后 91 天人均预测与人均实际净收入。两线分开之处即预测有偏差。",
    ),
    sample="customers_count",
    counted=Text("customers a tenth", "位客户（每十分之一）"),
    sql="""
with newest as (

    select
        business_unit,
        max(cut_off_date) as cut_off_date
    from marts.fct_lifetime_value_scoreboard_deciles
    group by business_unit

)

select
    scores.business_unit,
    scores.decile,
    scores.customers_count,
    scores.predicted_net_revenue_per_customer,
    scores.actual_net_revenue_per_customer,
    scores.lift_ratio
from marts.fct_lifetime_value_scoreboard_deciles as scores
inner join newest
    on scores.business_unit = newest.business_unit and scores.cut_off_date = newest.cut_off_date
where scores.is_chosen
order by scores.business_unit, scores.decile
""",
)

COHORT_ERRORS = Figure(
    id="predicted_cohorts",
    title=Text("For whom predictions were good", "对哪些客户预测得准"),
    definition=Text(
        "The same backtest by the quarter in which customers first came: above 1 they brought more "
        "than was predicted, below 1 less. Cohorts of fewer than 30 customers show no rate.",
        "同一回测，按客户首次购买的季度分组：大于 1 表示实际多于预测，小于 1 表示少于预测。"
        "少于 30 位客户的同期群不公布比率。",
    ),
    sample="customers_count",
    counted=Text("customers a cohort", "位客户（每个同期群）"),
    sql="""
with newest as (

    select
        business_unit,
        max(cut_off_date) as cut_off_date
    from marts.fct_lifetime_value_scoreboard_cohorts
    group by business_unit

)

select
    scores.business_unit,
    scores.cohort_quarter_date,
    scores.customers_count,
    scores.actual_to_predicted_ratio,
    scores.mean_absolute_error,
    scores.occasions_coverage_ratio
from marts.fct_lifetime_value_scoreboard_cohorts as scores
inner join newest
    on scores.business_unit = newest.business_unit and scores.cut_off_date = newest.cut_off_date
where scores.is_chosen
order by scores.business_unit, scores.cohort_quarter_date
""",
)

CUSTOMERS = Figure(
    id="customers_valued",
    title=Text("Customers", "客户名单"),
    definition=Text(
        "Every customer: net revenue so far, probability of still being a customer, net revenue "
        "expected of the next 365 days with the interval that holds nine in ten customers, and the "
        "potential: what nine in ten comparable customers stay within over the stated days.",
        "每位客户：累计净收入、存活概率、未来 365 天预期净收入及其覆盖九成客户的区间，"
        "以及购买潜力（九成可比客户在所述天数内不超过的金额）。",
    ),
    sample="unit_customers_count",
    counted=Text("customers", "位客户"),
    sql="""
select
    customers.business_unit,
    customers.customer_id,
    coalesce(companies.company_name_other, companies.company_name) as company_name_en,
    companies.company_name as company_name_zh,
    companies.region,
    scores.segment,
    cast(date_trunc('month', customers.first_order_date) as date) as cohort_month_date,
    customers.net_revenue,
    customers.purchase_occasions_count,
    customers.tenure_days,
    round(customers.probability_alive, 4) as probability_alive,
    customers.predicted_net_revenue_next_365_days,
    customers.predicted_net_revenue_next_365_days_lower,
    customers.predicted_net_revenue_next_365_days_upper,
    customers.predicted_residual_net_revenue,
    potentials.potential_net_revenue,
    potentials.gap_to_potential,
    potentials.horizon_days,
    count(*) over (partition by customers.business_unit) as unit_customers_count
from marts.fct_customer_value as customers
left join marts.dim_customers as companies
    on customers.customer_id = companies.customer_id
left join marts.fct_customer_rfm as scores
    on customers.customer_id = scores.customer_id
left join marts.fct_purchase_potential as potentials
    on customers.customer_id = potentials.customer_id
where not customers.is_unknown
order by customers.predicted_net_revenue_next_365_days desc nulls last, customers.customer_id
""",
)

TOO_FEW = Text("Too few customers for so small a share.", "客户太少，无法计算该比率。")

PAGE = Page(
    id="value",
    title=Text("Lifetime value", "终生客户价值"),
    lead=Text(
        "What customers have brought, what they will bring, and how far to trust that.",
        "客户带来了多少、还将带来多少，以及这些预测有多可信。",
    ),
    filters=(
        Filter(column="cohort_month_date"),
        Filter(column="segment"),
        Filter(column="region"),
    ),
    blocks=(
        Tiles(
            title=Text("Expected of today's customers", "现有客户的预期"),
            tiles=(
                Tile(
                    figure=EXPECTED,
                    value="predicted_net_revenue_next_90_days",
                    low="predicted_net_revenue_next_90_days_lower",
                    high="predicted_net_revenue_next_90_days_upper",
                    missing=NO_MODEL,
                ),
                Tile(
                    figure=EXPECTED, value="predicted_net_revenue_next_365_days", missing=NO_MODEL
                ),
                Tile(figure=EXPECTED, value="predicted_residual_net_revenue", missing=NO_MODEL),
                Tile(figure=EXPECTED, value="expected_alive_customers_count", missing=NO_MODEL),
            ),
        ),
        Columns(figure=SPREAD, x="range_from", x_to="range_to", y="customers_count", width="half"),
        Lines(
            figure=CONCENTRATION,
            x="best_customers_ratio",
            y=("cumulative_revenue_ratio", "cumulative_predicted_ratio"),
            diagonal=True,
            width="half",
        ),
        Tiles(
            title=GINI.title,
            tiles=(
                Tile(figure=GINI, value="gini_coefficient"),
                Tile(figure=GINI, value="top_1_percent_revenue_ratio", missing=TOO_FEW),
                Tile(figure=GINI, value="top_10_percent_revenue_ratio", missing=TOO_FEW),
                Tile(figure=GINI, value="top_20_percent_revenue_ratio", missing=TOO_FEW),
            ),
        ),
        Grid(
            figure=COHORTS,
            title=Text("Cohorts as a triangle", "同期群三角"),
            down="cohort_month_date",
            across="months_since_first",
            measures=("retention_ratio", "cumulative_net_revenue_per_customer"),
            beside="customers_count",
        ),
        Lines(
            figure=COHORTS,
            title=Text("Cohorts as curves", "同期群曲线"),
            x="months_since_first",
            y=("cumulative_net_revenue_per_customer", "retention_ratio"),
            series="cohort_month_date",
        ),
        BRIDGE_STEPS,
        Table(
            figure=QUARTERS,
            columns=(
                "cut_off_date",
                "method_name",
                "is_chosen",
                "actual_net_revenue",
                "predicted_net_revenue",
                "actual_to_predicted_ratio",
                "mean_absolute_error",
                "rank_correlation",
                "occasions_coverage_ratio",
            ),
            bars=("mean_absolute_error",),
        ),
        Lines(
            figure=TENTHS,
            x="decile",
            y=("predicted_net_revenue_per_customer", "actual_net_revenue_per_customer"),
            width="half",
        ),
        Table(
            figure=COHORT_ERRORS,
            columns=(
                "cohort_quarter_date",
                "customers_count",
                "actual_to_predicted_ratio",
                "mean_absolute_error",
                "occasions_coverage_ratio",
            ),
            width="half",
        ),
        Table(
            figure=CUSTOMERS,
            columns=(
                "customer_id",
                "company_name",
                "segment",
                "cohort_month_date",
                "net_revenue",
                "purchase_occasions_count",
                "probability_alive",
                "predicted_net_revenue_next_365_days",
                "predicted_net_revenue_next_365_days_lower",
                "predicted_net_revenue_next_365_days_upper",
                "predicted_residual_net_revenue",
                "potential_net_revenue",
                "horizon_days",
                "region",
            ),
            sort="predicted_net_revenue_next_365_days",
            search=True,
        ),
    ),
)
