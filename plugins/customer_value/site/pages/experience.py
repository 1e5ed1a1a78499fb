"""How experienced customers are with what they buy, and the strategy that this calls for."""

from customer_value.site.model import Figure, Filter, Lines, Map, Page, Table, Text

PAIRS = Text("accounts and families", "个客户与产品系列组合")

STRATEGIES = Figure(
    id="strategies",
    title=Text("Where accounts stand, and what they call for", "客户经验阶段与对应战略"),
    definition=Text(
        "Accounts by their experience with a product family at the end of the quarter, from "
        "inexperienced generalists to experienced specialists, and by whether competitors could "
        "copy the family. Each field names the strategy; the money is the quarter's net revenue of "
        "the family. An account counts once for each family it buys.",
        "各客户在季末对某产品系列的经验（从无经验的多面手到有经验的专家），"
        "以及该系列能否被竞争对手模仿。"
        "每格标出对应战略；金额为该系列当季净收入。客户每购买一个系列计一次。",
    ),
    sample="unit_positions_count",
    counted=PAIRS,
    sql="""
with revenues as (

    select
        lines.customer_id,
        products.product_family,
        cast(date_trunc('quarter', lines.order_date) as date) as quarter_start_date,
        sum(lines.net_revenue) as net_revenue
    from marts.fct_order_lines as lines
    inner join marts.dim_products as products
        on lines.product_id = products.product_id and products.product_family is not null
    group by
        lines.customer_id,
        products.product_family,
        cast(date_trunc('quarter', lines.order_date) as date)

)

select
    stages.business_unit,
    stages.quarter_start_date,
    case when grouping(stages.product_family) = 1 then 'all' else stages.product_family end
        as product_family,
    case when grouping(customers.region) = 1 then 'all' else customers.region end as region,
    stages.experience_stage,
    coalesce(stages.differentiation, 'unlisted') as differentiation,
    stages.strategy,
    count(*) as positions_count,
    count(distinct stages.customer_id) as customers_count,
    coalesce(sum(revenues.net_revenue), 0) as net_revenue,
    sum(count(*)) over (
        partition by
            stages.business_unit,
            stages.quarter_start_date,
            grouping(stages.product_family),
            stages.product_family,
            grouping(customers.region),
            customers.region
    ) as unit_positions_count
from marts.fct_experience_stages as stages
inner join marts.dim_customers as customers
    on stages.customer_id = customers.customer_id
left join revenues
    on
        stages.customer_id = revenues.customer_id
        and stages.product_family = revenues.product_family
        and stages.quarter_start_date = revenues.quarter_start_date
group by
    stages.business_unit,
    stages.quarter_start_date,
    stages.experience_stage,
    coalesce(stages.differentiation, 'unlisted'),
    stages.strategy,
    cube (stages.product_family, customers.region)
order by
    stages.business_unit,
    stages.quarter_start_date,
    product_family,
    region,
    stages.experience_stage,
    differentiation,
    stages.strategy
""",
)

QUARTERS = Figure(
    id="stage_quarters",
    title=Text("Stages quarter by quarter", "各季度的经验阶段"),
    definition=Text(
        "Accounts and product families in each stage at the end of each quarter.",
        "每季末处于各阶段的客户与产品系列组合数。",
    ),
    sample="quarter_positions_count",
    counted=PAIRS,
    sql="""
select
    stages.business_unit,
    case when grouping(stages.product_family) = 1 then 'all' else stages.product_family end
        as product_family,
    stages.experience_stage,
    stages.quarter_start_date,
    count(*) as positions_count,
    sum(count(*)) over (
        partition by
            stages.business_unit,
            grouping(stages.product_family),
            stages.product_family,
            stages.quarter_start_date
    ) as quarter_positions_count
from marts.fct_experience_stages as stages
left join marts.dim_labels as labels
    on labels.kind = 'experience_stage' and stages.experience_stage = labels.code
group by
    stages.business_unit,
    stages.experience_stage,
    labels.list_position,
    stages.quarter_start_date,
    rollup (stages.product_family)
order by
    stages.business_unit,
    product_family,
    labels.list_position,
    stages.experience_stage,
    stages.quarter_start_date
""",
)

ACCOUNTS = Figure(
    id="account_stages",
    title=Text("Every account and family", "客户与产品系列明细"),
    definition=Text(
        "Stage and strategy of each account with each product family in the last twelve quarters: "
        "the score is the mean of the known ones of six signals, 0 as newcomers to the family, 1 a "
        "full step beyond them. Confidence is the share of twelve other sets of weights that name "
        "the same stage. Maturity of the family decides nothing.",
        "最近十二个季度各客户对各产品系列的阶段与战略：得分为六项信号中已知者的均值，"
        "0 相当于该系列的新客户，1 为领先完整一步。可信度为另外十二组权重中得出相同阶段的比率。"
        "产品成熟度不参与判断。",
    ),
    sample="signals_count",
    counted=Text("signals of six a line", "项信号（每行，共六项）"),
    sql="""
select
    stages.business_unit,
    stages.quarter_start_date,
    stages.customer_id,
    coalesce(customers.company_name_other, customers.company_name) as company_name_en,
    customers.company_name as company_name_zh,
    customers.region,
    stages.product_family,
    stages.experience_stage,
    stages.previous_stage,
    stages.strategy,
    stages.strategy_rule,
    stages.maturity,
    stages.experience_score,
    stages.confidence_ratio,
    stages.signals_count,
    stages.specialist_since_date
from marts.fct_experience_stages as stages
inner join marts.dim_customers as customers
    on stages.customer_id = customers.customer_id
where stages.quarter_start_date > (
    select max(newest.quarter_start_date) - interval 36 month
    from marts.fct_experience_stages as newest
    where newest.business_unit = stages.business_unit
)
order by
    stages.business_unit,
    stages.quarter_start_date,
    stages.experience_score desc nulls last,
    stages.customer_id,
    stages.product_family
""",
)

WEIGHTS = Figure(
    id="experience_sensitivity",
    title=Text("Were the signals weighed otherwise", "信号权重敏感性"),
    definition=Text(
        "How many stages stay the same when one signal is left out or counts double, over all "
        "quarters.",
        "某一信号被略去或加倍计算时，全部季度中阶段保持不变的比率。",
    ),
    sample="stages_count",
    counted=Text("stages", "个阶段判定"),
    sql="""
select
    business_unit,
    varied_signal,
    weight_factor,
    same_stage_ratio,
    same_stage_count,
    inexperienced_generalist_count,
    in_transition_count,
    experienced_specialist_count,
    stages_count
from marts.fct_experience_sensitivity
order by business_unit, weight_factor <> 1, same_stage_ratio, varied_signal, weight_factor
""",
)

PAGE = Page(
    id="experience",
    title=Text("Stages and strategies", "阶段与战略"),
    lead=Text(
        "How experienced customers are with what they buy, and the strategy that calls for.",
        "客户对所购产品的经验，以及由此应采取的战略。",
    ),
    filters=(
        Filter(column="quarter_start_date", kind="last"),
        Filter(column="product_family"),
        Filter(column="region"),
        Filter(column="strategy"),
    ),
    blocks=(
        Map(
            figure=STRATEGIES,
            across="experience_stage",
            down="differentiation",
            across_values=("inexperienced_generalist", "in_transition", "experienced_specialist"),
            down_values=("distinct", "similar"),
            name="strategy",
            numbers=("positions_count", "customers_count", "net_revenue"),
        ),
        Lines(
            figure=QUARTERS,
            x="quarter_start_date",
            y=("positions_count",),
            series="experience_stage",
        ),
        Table(
            figure=ACCOUNTS,
            columns=(
                "company_name",
                "product_family",
                "experience_stage",
                "strategy",
                "experience_score",
                "confidence_ratio",
                "signals_count",
                "previous_stage",
                "strategy_rule",
                "region",
                "maturity",
            ),
            sort="experience_score",
            search=True,
        ),
        Table(
            figure=WEIGHTS,
            columns=("varied_signal", "weight_factor", "same_stage_ratio", "stages_count"),
        ),
    ),
)
