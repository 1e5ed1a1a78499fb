"""Whether the numbers can be trusted today: what arrived, what was refused, what is live."""

from customer_value.site import records
from customer_value.site.model import Figure, Page, Table, Text, Tile, Tiles

ROWS = Text("rows delivered", "行（已交付）")

TABLES = Figure(
    id="last_batches",
    title=Text("Last batch of each table", "各表最近一批"),
    definition=Text(
        "The newest batch of each source table and where its rows went: loaded, superseded by "
        "newer content, known already, deleted by the source, or set aside because they broke a "
        "rule. Unexplained must be 0. A batch of no rows is a file or a change that did not come.",
        "各来源表最新一批数据及其行的去向：已加载、被取代、重复、已被来源删除，或因违反规则而隔离。"
        "“未解释”必须为 0。零行的批次表示没有新文件或变化。",
    ),
    sample="delivered_rows_count",
    counted=ROWS,
    sql="""
with newest as (

    select
        system,
        table_name,
        max(batch_sequence) as batch_sequence
    from operations.fct_batch_reconciliation
    group by system, table_name

)

select
    split_part(batches.system, '_', 1) as business_unit,
    batches.system,
    batches.table_name,
    batches.kind as batch_kind,
    batches.observed_date,
    batches.delivered_rows_count,
    batches.loaded_rows_count,
    batches.superseded_rows_count,
    batches.duplicate_rows_count,
    batches.deleted_rows_count,
    batches.quarantined_rows_count,
    batches.residual_rows_count
from operations.fct_batch_reconciliation as batches
inner join newest
    on
        batches.system = newest.system
        and batches.table_name = newest.table_name
        and batches.batch_sequence = newest.batch_sequence
order by batches.system, batches.table_name
""",
)

LOADS = Figure(
    id="loads",
    title=Text("Rows in, load by load", "历次加载的行数"),
    definition=Text(
        "All batches of the unit that each load brought, the newest loads.",
        "每次加载为本业务单元带来的全部批次，最近若干次。",
    ),
    sample="delivered_rows_count",
    counted=ROWS,
    sql="""
select
    split_part(system, '_', 1) as business_unit,
    observed_date,
    run_id,
    count(*) as batches_count,
    sum(delivered_rows_count) as delivered_rows_count,
    sum(loaded_rows_count) as loaded_rows_count,
    sum(duplicate_rows_count) as duplicate_rows_count,
    sum(quarantined_rows_count) as quarantined_rows_count,
    sum(residual_rows_count) as residual_rows_count
from operations.fct_batch_reconciliation
group by split_part(system, '_', 1), observed_date, run_id
order by observed_date desc, run_id, business_unit
limit 120
""",
)

FRESHNESS = Figure(
    id="freshness",
    title=Text("Freshness", "新鲜度"),
    definition=Text(
        "The last business day with an order, of each unit, and how many days before the as-of "
        "date that is; 1 is the last day there can be.",
        "各业务单元最后一个有订单的营业日，以及距截止日期的天数；1 即最近可能的一天。",
    ),
    sample="orders_count",
    counted=Text("orders", "个订单"),
    sql="""
select
    orders.business_unit,
    max(orders.order_date) as last_order_date,
    max(days.as_of_date) - max(orders.order_date) as silent_days,
    count(*) as orders_count,
    count(*) filter (where orders.is_customer_unknown) as unknown_customer_orders_count,
    cast(
        count(*) filter (where orders.margin_basis = 'full') / count(*) as decimal(9, 6)
    ) as costed_orders_ratio
from marts.fct_orders as orders
inner join marts.fct_lifetime_value_totals as days
    on orders.business_unit = days.business_unit
group by orders.business_unit
order by orders.business_unit
""",
)

PAGE = Page(
    id="health",
    title=Text("Data health", "数据健康"),
    lead=Text(
        "What arrived, what was refused, what was checked, and which version you see.",
        "到达了什么、拒绝了什么、检查了什么，以及您看到的是哪个版本。",
    ),
    blocks=(
        Tiles(
            title=Text("The version you see", "当前版本"),
            tiles=(
                Tile(figure=records.VERSION, value="version", note="published_at_utc"),
                Tile(figure=records.VERSION, value="as_of_date"),
                Tile(figure=FRESHNESS, value="silent_days", note="last_order_date"),
                Tile(
                    figure=FRESHNESS,
                    value="unknown_customer_orders_count",
                ),
            ),
        ),
        Table(
            figure=TABLES,
            columns=(
                "system",
                "table_name",
                "batch_kind",
                "observed_date",
                "delivered_rows_count",
                "loaded_rows_count",
                "superseded_rows_count",
                "duplicate_rows_count",
                "deleted_rows_count",
                "quarantined_rows_count",
                "residual_rows_count",
            ),
        ),
        Table(
            figure=LOADS,
            columns=(
                "observed_date",
                "run_id",
                "batches_count",
                "delivered_rows_count",
                "loaded_rows_count",
                "duplicate_rows_count",
                "quarantined_rows_count",
                "residual_rows_count",
            ),
        ),
        Table(
            figure=records.AUDITS,
            columns=("step", "audit_status", "checks_held_count", "checks_failed_count", "seconds"),
            width="half",
        ),
        Table(
            figure=records.VERSIONS,
            columns=("version", "as_of_date", "is_live", "rows_count", "megabytes", "digest"),
            width="half",
        ),
        Table(
            figure=records.MOVES,
            columns=("at_utc", "version", "before_version", "move_kind", "by", "why"),
        ),
        Table(
            figure=records.TABLES,
            columns=("table_name", "rows_count"),
            bars=("rows_count",),
        ),
    ),
)
