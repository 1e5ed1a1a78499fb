"""Who buys recently, often and for much: segments, pairs of scores, and every customer."""

from customer_value.site.model import Bubbles, Figure, Filter, Grid, Page, Table, Text

SEGMENTS = Figure(
    id="segments",
    title=Text("Map of segments", "客户细分地图"),
    definition=Text(
        "Each segment by how long ago its customers last bought, how often they bought in the last "
        "24 months and what they brought. A bubble's area is the revenue.",
        "各细分按距上次购买的平均天数、最近 24 个月的平均购买次数定位，气泡面积为净收入。",
    ),
    sample="customers_count",
    counted=Text("customers a segment", "位客户（每个细分）"),
    sql="""
with places as (

    select
        business_unit,
        snapshot_date,
        segment,
        cast(avg(recency_days) as decimal(18, 1)) as mean_recency_days,
        cast(avg(window_occasions_count) as decimal(18, 1)) as mean_occasions_count
    from marts.fct_customer_rfm_months
    group by business_unit, snapshot_date, segment

)

select
    segments.business_unit,
    segments.snapshot_date,
    segments.segment,
    segments.customers_count,
    cast(
        segments.customers_count / sum(segments.customers_count) over (
            partition by segments.business_unit, segments.snapshot_date
        ) as decimal(9, 6)
    ) as customers_ratio,
    segments.window_net_revenue,
    cast(
        segments.window_net_revenue / nullif(
            sum(segments.window_net_revenue) over (
                partition by segments.business_unit, segments.snapshot_date
            ),
            0
        ) as decimal(9, 6)
    ) as revenue_ratio,
    round(segments.window_mean_net_revenue, 2) as window_mean_net_revenue,
    places.mean_recency_days,
    places.mean_occasions_count,
    segments.slipping_customers_count,
    segments.lost_customers_count
from marts.fct_rfm_segment_months as segments
inner join places
    on
        segments.business_unit = places.business_unit
        and segments.snapshot_date = places.snapshot_date
        and segments.segment = places.segment
left join marts.dim_labels as labels
    on labels.kind = 'rfm_segment' and segments.segment = labels.code
order by segments.business_unit, segments.snapshot_date, labels.list_position
""",
)

PAIRS = Figure(
    id="score_pairs",
    title=Text("Two scores at a time", "两两评分视图"),
    definition=Text(
        "Customers by two of their scores at the as-of date, 5 best. Frequency with money shows "
        "spend created; recency with either shows whom the unit is losing, and what goes with "
        "them.",
        "截止日期的客户按两项评分（5 为最高）交叉。频率与金额反映已创造的消费；"
        "近度与其中任一项反映正在流失的客户及其带走的收入。",
    ),
    sample="customers_count",
    counted=Text("customers a cell", "位客户（每格）"),
    sql="""
select
    business_unit,
    pair,
    first_score,
    second_score,
    customers_count,
    window_net_revenue,
    round(window_mean_net_revenue, 2) as window_mean_net_revenue,
    slipping_customers_count,
    lost_customers_count
from marts.fct_rfm_pairs
order by business_unit, pair, first_score, second_score
""",
)

HISTORY = Figure(
    id="segment_history",
    title=Text("Segments month by month", "各月客户细分"),
    definition=Text(
        "Customers of each segment on the first of each month and at the as-of date, as scored "
        "then.",
        "每月一日及截止日期各细分的客户，按当时评分。",
    ),
    sample="customers_count",
    counted=Text("customers a segment and month", "位客户（每个细分每月）"),
    sql="""
select
    segments.business_unit,
    segments.segment,
    segments.snapshot_date,
    segments.customers_count,
    segments.window_net_revenue,
    segments.slipping_customers_count,
    segments.lost_customers_count
from marts.fct_rfm_segment_months as segments
left join marts.dim_labels as labels
    on labels.kind = 'rfm_segment' and segments.segment = labels.code
order by segments.business_unit, labels.list_position, segments.snapshot_date desc
""",
)

MOVES = Figure(
    id="segment_transitions",
    title=Text("Where customers go within a month", "一个月后客户去向"),
    definition=Text(
        "Share of a segment's customers who were in each segment a month later, over all months. "
        "Lines with fewer than 30 customer months show no share.",
        "某细分的客户一个月后位于各细分的比率（全部月份）。样本少于 30 的行不公布比率。",
    ),
    sample="from_transitions_count",
    counted=Text("customer months a line", "个客户月（每行）"),
    sql="""
select
    moves.business_unit,
    moves.from_segment,
    moves.to_segment,
    moves.transition_ratio,
    moves.transition_ratio_lower,
    moves.transition_ratio_upper,
    moves.transitions_count,
    moves.from_transitions_count
from marts.fct_segment_transitions as moves
left join marts.dim_labels as starts
    on starts.kind = 'rfm_segment' and moves.from_segment = starts.code
left join marts.dim_labels as ends
    on ends.kind = 'rfm_segment' and moves.to_segment = ends.code
where moves.period = 'all'
order by moves.business_unit, starts.list_position, ends.list_position
""",
)

CUSTOMERS = Figure(
    id="customers_scored",
    title=Text("Customers", "客户名单"),
    definition=Text(
        "Every customer scored at the as-of date: recency, frequency and money of the last 24 "
        "months as scores of 1 to 5, segment, status and class. An alert marks those silent for "
        "longer than nine in ten of their own gaps.",
        "截止日期评分的每位客户：最近 24 个月的近度、频率、金额评分（1 至 5）、"
        "细分、状态与 ABC 分类。沉默时间超过其自身九成购买间隔者标为预警。",
    ),
    sample="unit_customers_count",
    counted=Text("customers", "位客户"),
    sql="""
select
    scores.business_unit,
    scores.customer_id,
    coalesce(customers.company_name_other, customers.company_name) as company_name_en,
    customers.company_name as company_name_zh,
    customers.region,
    scores.segment,
    scores.customer_status,
    scores.abc_class,
    scores.recency_score,
    scores.frequency_score,
    scores.monetary_score,
    scores.recency_days,
    scores.window_occasions_count,
    scores.window_net_revenue,
    scores.is_past_long_gap,
    scores.last_occasion_date,
    count(*) over (partition by scores.business_unit) as unit_customers_count
from marts.fct_customer_rfm as scores
left join marts.dim_customers as customers
    on scores.customer_id = customers.customer_id
order by scores.window_net_revenue desc, scores.customer_id
""",
)

PAGE = Page(
    id="rfm",
    title=Text("RFM map", "RFM 地图"),
    lead=Text(
        "Who bought recently, who buys often, who brings most – and whom we are losing.",
        "谁近期购买、谁购买频繁、谁贡献最多，以及我们正在失去谁。",
    ),
    filters=(
        Filter(column="snapshot_date", kind="last"),
        Filter(column="segment"),
        Filter(column="region"),
    ),
    blocks=(
        Bubbles(
            figure=SEGMENTS,
            label="segment",
            x="mean_recency_days",
            y="mean_occasions_count",
            size="window_net_revenue",
            reverse=True,
        ),
        Table(
            figure=SEGMENTS,
            title=Text("Segments and their money", "各细分及其收入"),
            columns=(
                "segment",
                "customers_count",
                "customers_ratio",
                "window_net_revenue",
                "revenue_ratio",
                "window_mean_net_revenue",
                "slipping_customers_count",
                "lost_customers_count",
            ),
            bars=("customers_ratio", "revenue_ratio"),
            keeps=("segment",),
        ),
        Grid(
            figure=PAIRS,
            down="first_score",
            across="second_score",
            each="pair",
            measures=(
                "customers_count",
                "window_net_revenue",
                "window_mean_net_revenue",
                "slipping_customers_count",
                "lost_customers_count",
            ),
            reverse=True,
        ),
        Grid(
            figure=HISTORY,
            down="segment",
            across="snapshot_date",
            measures=("customers_count", "window_net_revenue", "slipping_customers_count"),
        ),
        Grid(
            figure=MOVES,
            down="from_segment",
            across="to_segment",
            measures=("transition_ratio",),
            beside="from_transitions_count",
        ),
        Table(
            figure=CUSTOMERS,
            columns=(
                "customer_id",
                "company_name",
                "segment",
                "customer_status",
                "abc_class",
                "recency_score",
                "frequency_score",
                "monetary_score",
                "recency_days",
                "window_occasions_count",
                "window_net_revenue",
                "is_past_long_gap",
                "last_occasion_date",
                "region",
            ),
            sort="window_net_revenue",
            search=True,
        ),
    ),
)
