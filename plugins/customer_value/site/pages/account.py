"""One account on one page: the facts that ``customer-value account`` prints, and its stages."""

from customer_value.site.model import Facts, Figure, Filter, Grid, Page, Text, Tile, Tiles

# An account is about 120 lines. Beyond this many the file would become slow to open; the command
# prints the page of any account.
ACCOUNTS_WITH_A_PAGE = 1000
PAGED = f"""
with ranked as (

    select
        accounts.business_unit,
        accounts.customer_id,
        scores.window_net_revenue,
        row_number() over (
            partition by accounts.business_unit
            order by scores.window_net_revenue desc nulls last, accounts.customer_id
        ) as place
    from marts.fct_account_coverage as accounts
    left join marts.fct_customer_rfm as scores
        on accounts.customer_id = scores.customer_id

),

paged as (

    select * from ranked
    where place <= {ACCOUNTS_WITH_A_PAGE}

)
"""

HEADS = Figure(
    id="account_heads",
    title=Text("The account at a glance", "客户概况"),
    definition=Text(
        "Net revenue of 24 months, margin of twelve months, net revenue expected of the next 365 "
        "days, and the revenue at risk if procurement is taking the account over in the last "
        f"quarter. The {ACCOUNTS_WITH_A_PAGE:,} accounts of the greatest revenue have a page here; "
        "`customer-value account` prints any.",
        "24 个月净收入、十二个月毛利、未来 365 天预期净收入，以及最近一季若被采购接管时的风险收入。"
        f"收入最高的 {ACCOUNTS_WITH_A_PAGE:,} 位客户在此有页面；"
        "`customer-value account` 可打印任一客户。",
    ),
    sample="paged_accounts_count",
    counted=Text("accounts with a page", "位有页面的客户"),
    sql=f"""
{PAGED.strip()},

last_quarter as (

    select
        business_unit,
        max(quarter_start_date) as quarter_start_date
    from marts.fct_takeover_warnings
    group by business_unit

)

select
    paged.business_unit,
    paged.customer_id,
    coalesce(customers.company_name_other, customers.company_name) as company_name_en,
    customers.company_name as company_name_zh,
    paged.window_net_revenue,
    selection.margin_last_12_months,
    predictions.predicted_net_revenue_next_365_days,
    warnings.revenue_at_risk,
    count(*) over (partition by paged.business_unit) as paged_accounts_count
from paged
inner join marts.dim_customers as customers
    on paged.customer_id = customers.customer_id
left join marts.fct_key_account_selection as selection
    on paged.customer_id = selection.customer_id
left join marts.fct_customer_value as predictions
    on paged.customer_id = predictions.customer_id
left join last_quarter
    on paged.business_unit = last_quarter.business_unit
left join marts.fct_takeover_warnings as warnings
    on
        paged.customer_id = warnings.customer_id
        and last_quarter.quarter_start_date = warnings.quarter_start_date
order by paged.business_unit, paged.place
""",
)

LINES = Figure(
    id="account_lines",
    title=Text("All that the warehouse knows", "仓库所知的一切"),
    definition=Text(
        "The file, value, satisfaction, experience, warnings, projects, competitors, selection, "
        "knowledge, contacts, channels, team and service of the account at the as-of date. In the "
        "contact map a number is the touches of 180 days. People are pseudonyms.",
        "该客户在截止日期的背景、价值、满意度、经验、预警、项目、竞争对手、"
        "选择、信息、联系人、渠道、团队与服务。"
        "联系人地图中的数字为 180 天内的接触次数。人员均为假名。",
    ),
    sample="account_lines_count",
    counted=Text("facts of the account", "项该客户的事实"),
    sql=f"""
{PAGED.strip()}

select
    lines.business_unit,
    lines.customer_id,
    lines.section,
    lines.item,
    lines.subject,
    lines.subject_kind,
    lines.line_value,
    lines.value_kind,
    lines.absence,
    lines.currency_code,
    count(*) over (partition by lines.customer_id) as account_lines_count
from marts.fct_account_pages as lines
inner join paged
    on lines.customer_id = paged.customer_id
order by lines.business_unit, paged.place, lines.line_number
""",
)

STAGES = Figure(
    id="account_experience",
    title=Text("Experience, quarter by quarter", "各季度经验得分"),
    definition=Text(
        "The experience score of the account with each product family in the last twelve quarters: "
        "0 as newcomers to the family, 1 a full step beyond them. From 0.52 on it is a specialist.",
        "该客户最近十二个季度对各产品系列的经验得分：0 相当于新客户，"
        "1 为领先完整一步；0.52 起为专家。",
    ),
    sample="signals_count",
    counted=Text("signals of six a cell", "项信号（每格，共六项）"),
    sql=f"""
{PAGED.strip()}

select
    stages.business_unit,
    stages.customer_id,
    stages.product_family,
    stages.quarter_start_date,
    stages.experience_score,
    stages.signals_count
from marts.fct_experience_stages as stages
inner join paged
    on stages.customer_id = paged.customer_id
where stages.quarter_start_date > (
    select max(newest.quarter_start_date) - interval 36 month
    from marts.fct_experience_stages as newest
    where newest.business_unit = stages.business_unit
)
order by
    stages.business_unit, paged.place, stages.product_family, stages.quarter_start_date desc
""",
)

NOT_SELECTED = Text("Bought nothing for long: not in the selection.", "久未购买，未参与选择。")

PAGE = Page(
    id="account",
    title=Text("One account", "单一客户"),
    lead=Text(
        "Everything that the warehouse knows of one customer, on one page.",
        "仓库对一位客户所知的一切，汇于一页。",
    ),
    filters=(Filter(column="customer_id", kind="one", named="company_name"),),
    blocks=(
        Tiles(
            title=HEADS.title,
            tiles=(
                Tile(figure=HEADS, value="window_net_revenue"),
                Tile(figure=HEADS, value="margin_last_12_months", missing=NOT_SELECTED),
                Tile(figure=HEADS, value="predicted_net_revenue_next_365_days"),
                Tile(
                    figure=HEADS,
                    value="revenue_at_risk",
                    missing=Text("Bought nothing in the quarter.", "本季度没有购买。"),
                ),
            ),
        ),
        Facts(figure=LINES),
        Grid(
            figure=STAGES,
            down="product_family",
            across="quarter_start_date",
            measures=("experience_score",),
        ),
    ),
)
