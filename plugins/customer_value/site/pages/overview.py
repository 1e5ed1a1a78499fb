"""How the customers stand, on one page."""

from customer_value.site.model import (
    Columns,
    Figure,
    Page,
    Steps,
    Table,
    Text,
    Tile,
    Tiles,
)

CUSTOMERS = Text("customers", "位客户")

BASE = Figure(
    id="customer_base",
    title=Text("Customers now and then", "客户数及其变化"),
    definition=Text(
        "Customers with an order before the as-of date, by status, beside the first of the month "
        "(the month before, where the as-of date is a first).",
        "截止日期之前有订单的客户，按状态分列，并与当月一日（截止日期为一日时则为上月一日）比较。",
    ),
    sample="customers_count",
    counted=CUSTOMERS,
    sql="""
with snapshots as (

    select
        business_unit,
        snapshot_date,
        lag(snapshot_date) over (partition by business_unit order by snapshot_date)
            as before_date,
        lead(snapshot_date) over (partition by business_unit order by snapshot_date)
            as next_date,
        sum(customers_count) as customers_count,
        sum(active_customers_count) as active_customers_count,
        sum(reactivated_customers_count) as reactivated_customers_count,
        sum(slipping_customers_count) as slipping_customers_count,
        sum(lost_customers_count) as lost_customers_count
    from marts.fct_rfm_segment_months
    group by business_unit, snapshot_date

)

select
    now.business_unit,
    now.customers_count,
    now.customers_count - before.customers_count as customers_change,
    now.active_customers_count,
    now.active_customers_count - before.active_customers_count as active_customers_change,
    now.reactivated_customers_count,
    now.reactivated_customers_count - before.reactivated_customers_count
        as reactivated_customers_change,
    now.slipping_customers_count,
    now.slipping_customers_count - before.slipping_customers_count as slipping_customers_change,
    now.lost_customers_count,
    now.lost_customers_count - before.lost_customers_count as lost_customers_change,
    now.before_date
from snapshots as now
left join snapshots as before
    on now.business_unit = before.business_unit and now.before_date = before.snapshot_date
where now.next_date is null
order by now.business_unit
""",
)

MONTHS = Figure(
    id="revenue_months",
    title=Text("Net revenue by month", "每月净收入"),
    definition=Text(
        "Sales less refunds of each calendar month, refunds in the month they were paid, with the "
        "customers who bought. The month that the as-of date cuts is drawn lighter.",
        "各日历月的销售额减退款（退款计入支付当月），以及当月购买的客户。"
        "被截止日期截断的月份以浅色显示。",
    ),
    sample="buyers_count",
    counted=Text("buyers a month", "位当月购买客户"),
    sql="""
select
    business_unit,
    month_start_date,
    sum(net_revenue) as net_revenue,
    count(*) filter (where is_active) as buyers_count,
    sum(orders_count) as orders_count,
    cast(sum(net_revenue) / nullif(count(*) filter (where is_active), 0) as decimal(18, 2))
        as net_revenue_per_buyer,
    bool_and(is_complete) as is_complete
from marts.fct_customer_months
group by business_unit, month_start_date
order by business_unit, month_start_date
""",
)

LAST_MONTH = Figure(
    id="last_month",
    title=Text("The last complete month", "上一完整月份"),
    definition=Text(
        "Net revenue of the last month that had ended by the as-of date, beside the month before, "
        "and the margin of its orders: net revenue less the cost of what was sold. Where up to one "
        "order in ten lacks its cost, the margin rate of the others is taken for all.",
        "截止日期前最后一个完整月份的净收入，与前一月比较；"
        "以及该月订单的毛利（净收入减销售成本）。"
        "不超过十分之一的订单缺少成本时，以其余订单的毛利率代表全部。",
    ),
    sample="buyers_count",
    counted=Text("buyers", "位购买客户"),
    sql="""
with months as (

    select
        business_unit,
        month_start_date,
        sum(net_revenue) as net_revenue,
        count(*) filter (where is_active) as buyers_count,
        row_number() over (partition by business_unit order by month_start_date desc) as place
    from marts.fct_customer_months
    where is_complete
    group by business_unit, month_start_date

),

margins as (

    select
        business_unit,
        cast(date_trunc('month', order_date) as date) as month_start_date,
        case
            when count(margin) * 10 >= count(*) * 9 then cast(
                sum(net_revenue) * sum(margin)
                / nullif(sum(net_revenue) filter (where margin is not null), 0) as decimal(18, 2)
            )
        end as margin,
        cast(count(margin) / count(*) as decimal(9, 6)) as costed_orders_ratio
    from marts.fct_orders
    group by business_unit, cast(date_trunc('month', order_date) as date)

)

select
    last.business_unit,
    last.month_start_date,
    last.net_revenue,
    last.net_revenue - before.net_revenue as net_revenue_change,
    last.buyers_count,
    last.buyers_count - before.buyers_count as buyers_change,
    now.margin,
    now.margin - earlier.margin as margin_change,
    now.costed_orders_ratio
from months as last
left join months as before
    on last.business_unit = before.business_unit and before.place = 2
left join margins as now
    on last.business_unit = now.business_unit and last.month_start_date = now.month_start_date
left join margins as earlier
    on
        before.business_unit = earlier.business_unit
        and before.month_start_date = earlier.month_start_date
where last.place = 1
order by last.business_unit
""",
)

EXPECTED = Figure(
    id="expected_value",
    title=Text("What customers are expected to bring", "客户预期价值"),
    definition=Text(
        "Net revenue expected of today's customers, future customers left out, by the model of "
        "buying that past quarters were predicted best with. The band holds nine in ten past "
        "totals; it needs three past quarters. A total beside its own band says that the model "
        "foretold too little, or too much, in most of them.",
        "现有客户（不含未来新客户）的预期净收入，由回测误差最小的购买模型给出。"
        "区间按过去各季度总额的偏差得出，覆盖其中九成；至少需要三个季度的回测。"
        "若总额落在自身区间之外，说明模型在多数季度预测偏低或偏高。",
    ),
    sample="predicted_customers_count",
    counted=Text("customers with a prediction", "位有预测的客户"),
    sql="""
select
    business_unit,
    predicted_customers_count,
    expected_alive_customers_count,
    predicted_net_revenue_next_90_days,
    predicted_net_revenue_next_90_days_lower,
    predicted_net_revenue_next_90_days_upper,
    predicted_net_revenue_next_365_days,
    predicted_net_revenue_next_1095_days,
    predicted_residual_net_revenue,
    model_name,
    model_reason,
    model_fitted_date
from marts.fct_lifetime_value_totals
order by business_unit
""",
)

MOVEMENT = Figure(
    id="segment_movement",
    title=Text("Movement between segments", "客户细分的变化"),
    definition=Text(
        "Customers and window revenue of each segment at the as-of date, beside the first of the "
        "month.",
        "截止日期各细分的客户数与时间窗口内净收入，并与当月一日比较。",
    ),
    sample="customers_count",
    counted=Text("customers a segment", "位客户（每个细分）"),
    sql="""
with snapshots as (

    select
        business_unit,
        snapshot_date,
        lag(snapshot_date) over (partition by business_unit order by snapshot_date)
            as before_date,
        lead(snapshot_date) over (partition by business_unit order by snapshot_date)
            as next_date
    from marts.fct_rfm_segment_months
    group by business_unit, snapshot_date

),

now as (

    select
        segments.*,
        snapshots.before_date
    from marts.fct_rfm_segment_months as segments
    inner join snapshots
        on
            segments.business_unit = snapshots.business_unit
            and segments.snapshot_date = snapshots.snapshot_date
    where snapshots.next_date is null

)

select
    now.business_unit,
    now.segment,
    now.customers_count,
    now.customers_count - coalesce(before.customers_count, 0) as customers_change,
    now.window_net_revenue,
    now.window_net_revenue - coalesce(before.window_net_revenue, 0) as window_net_revenue_change
from now
left join marts.fct_rfm_segment_months as before
    on
        now.business_unit = before.business_unit
        and now.before_date = before.snapshot_date
        and now.segment = before.segment
left join marts.dim_labels as labels
    on labels.kind = 'rfm_segment' and now.segment = labels.code
order by now.business_unit, labels.list_position
""",
)

BRIDGE = Figure(
    id="value_bridge",
    title=Text("Why customer value changed", "客户价值变动桥"),
    definition=Text(
        "Net revenue so far plus net revenue expected of the next 365 days, of all customers, on "
        "the opening date and now, and the parts that lead from one to the other. Ageing is what "
        "time alone takes from the expectation; information is what new orders give back to it.",
        "全部客户的累计净收入加未来 365 天预期净收入，期初与现在的数值，以及两者之间的各组成部分。"
        "“时间流逝”是单纯时间推移减少的预期，“新信息”是新订单带回的预期。",
    ),
    sample="customers_count",
    counted=CUSTOMERS,
    sql="""
select
    business_unit,
    count(*) filter (where not is_unknown) as customers_count,
    opening_date,
    sum(opening_value) as opening_value,
    sum(identity_change) as identity_change,
    sum(late_data_change) as late_data_change,
    sum(ageing_change) as ageing_change,
    sum(new_orders_change) as new_orders_change,
    sum(refunds_change) as refunds_change,
    sum(information_change) as information_change,
    sum(model_change) as model_change,
    sum(closing_value) as closing_value
from marts.fct_customer_value_bridge
group by business_unit, opening_date
order by business_unit
""",
)
BRIDGE_STEPS = Steps(
    figure=BRIDGE,
    parts=(
        "opening_value",
        "identity_change",
        "late_data_change",
        "ageing_change",
        "new_orders_change",
        "refunds_change",
        "information_change",
        "model_change",
        "closing_value",
    ),
)

NO_MODEL = Text("No model yet: there is too little history.", "尚无模型：历史数据太少。")

PAGE = Page(
    id="overview",
    title=Text("Overview", "概览"),
    lead=Text("How the customers stand.", "客户现状一览。"),
    blocks=(
        Tiles(
            title=Text("At a glance", "关键数字"),
            tiles=(
                Tile(figure=BASE, value="customers_count", change="customers_change"),
                Tile(
                    figure=LAST_MONTH,
                    value="net_revenue",
                    change="net_revenue_change",
                    note="month_start_date",
                ),
                Tile(
                    figure=LAST_MONTH,
                    value="margin",
                    change="margin_change",
                    note="month_start_date",
                    rests_on="costed_orders_ratio",
                    missing=Text(
                        "The cost of too few orders is known.",
                        "成本已知的订单太少，无法计算毛利。",
                    ),
                ),
                Tile(
                    figure=EXPECTED,
                    value="predicted_net_revenue_next_90_days",
                    low="predicted_net_revenue_next_90_days_lower",
                    high="predicted_net_revenue_next_90_days_upper",
                    missing=NO_MODEL,
                ),
            ),
        ),
        Columns(
            figure=MONTHS,
            x="month_start_date",
            y="net_revenue",
            complete="is_complete",
            width="two thirds",
        ),
        Tiles(
            title=Text("By status", "按客户状态"),
            width="third",
            tiles=(
                Tile(
                    figure=BASE,
                    value="active_customers_count",
                    change="active_customers_change",
                ),
                Tile(
                    figure=BASE,
                    value="reactivated_customers_count",
                    change="reactivated_customers_change",
                ),
                Tile(
                    figure=BASE,
                    value="slipping_customers_count",
                    change="slipping_customers_change",
                ),
                Tile(
                    figure=BASE,
                    value="lost_customers_count",
                    change="lost_customers_change",
                ),
            ),
        ),
        BRIDGE_STEPS,
        Table(
            figure=MOVEMENT,
            columns=(
                "segment",
                "customers_count",
                "customers_change",
                "window_net_revenue",
                "window_net_revenue_change",
            ),
            bars=("customers_count", "window_net_revenue"),
        ),
    ),
)
