"""Which accounts deserve work, and how each is looked after."""

from customer_value.site.model import (
    Bubbles,
    Figure,
    Filter,
    Grid,
    Intervals,
    Page,
    Table,
    Text,
    Tile,
    Tiles,
)

ACCOUNTS_OF = Text("accounts", "位客户")

CARE = Figure(
    id="key_account_care",
    title=Text("How key accounts are looked after", "重点客户维护状况"),
    definition=Text(
        "Accounts that the CRM calls key accounts; those that hang on one person (over 60 % of the "
        "touches of 180 days), whose executive sponsor was silent for more than 90 days, or whose "
        "meeting of the year was missed.",
        "CRM 标记的重点客户；其中联系集中于一人（180 天内超过 60% "
        "的接触）、行政支持者超过 90 天未联系、"
        "或错过年度会议者。",
    ),
    sample="key_accounts_count",
    counted=Text("key accounts", "位重点客户"),
    sql="""
select
    business_unit,
    count(*) as key_accounts_count,
    count(*) filter (where thread_verdict = 'single-threaded') as single_threaded_accounts_count,
    count(*) filter (where sponsor_status = 'gap') as sponsor_gaps_count,
    count(*) filter (where meeting_status = 'missed') as missed_meetings_count
from marts.fct_account_coverage
where is_key_account
group by business_unit
order by business_unit
""",
)

PORTFOLIO = Figure(
    id="portfolio",
    title=Text("Where work is worth it", "值得投入的客户"),
    definition=Text(
        "Accounts by attractiveness (size, growth, projects opened) and by our strength there "
        "(projects won, contacts covered, no liked rival), each from 0 to 1. A bubble's area is "
        "the margin of twelve months; filled ones are the CRM's key accounts. Accounts of which "
        "half of an axis is unknown are left out.",
        "按吸引力（规模、增长、立项）与我方相对实力（赢单、联系人覆盖、"
        "无受青睐的对手）定位的客户，均为 0 至 1。"
        "气泡面积为十二个月毛利；深色为 CRM 标记的重点客户。一轴过半未知的客户不在图中。",
    ),
    sample="placed_accounts_count",
    counted=ACCOUNTS_OF,
    sql="""
select
    selection.business_unit,
    selection.customer_id,
    coalesce(customers.company_name_other, customers.company_name) as company_name_en,
    customers.company_name as company_name_zh,
    customers.region,
    selection.account_position,
    selection.strength,
    selection.attractiveness,
    selection.margin_last_12_months,
    selection.is_key_account,
    count(*) over (partition by selection.business_unit) as placed_accounts_count
from marts.fct_key_account_selection as selection
inner join marts.dim_customers as customers
    on selection.customer_id = customers.customer_id
where selection.account_position <> 'insufficient data'
order by selection.business_unit, selection.margin_last_12_months desc, selection.customer_id
""",
)

ACCOUNTS = Figure(
    id="accounts",
    title=Text("Accounts", "客户名单"),
    definition=Text(
        "Every account with its position, margin class and margin of twelve months, its contact "
        "map (the layers operation, management and decision from top to bottom, user, technical "
        "and finance from left to right; filled where somebody was touched within 180 days), its "
        "threads, sponsor, meeting and overdue steps, and the revenue at risk of the last quarter.",
        "每位客户的定位、毛利分类与十二个月毛利；联系人地图（自上而下为操作层、管理层、决策层，"
        "自左而右为使用、技术、财务部门，180 天内有接触者填色）；"
        "联系线、行政支持者、年度会议、逾期事项，"
        "以及最近一季的风险收入。",
    ),
    sample="unit_accounts_count",
    counted=ACCOUNTS_OF,
    sql="""
with maps as (

    select
        customer_id,
        string_agg(
            case when is_covered then '1' else '0' end, ''
            order by
                case layer when 'operation' then 1 when 'management' then 2 else 3 end,
                case contact_function when 'user' then 1 when 'technical' then 2 else 3 end
        ) as contact_map
    from marts.fct_contact_cells
    where is_core
    group by customer_id

),

last_quarter as (

    select
        business_unit,
        max(quarter_start_date) as quarter_start_date
    from marts.fct_takeover_warnings
    group by business_unit

),

risks as (

    select
        warnings.customer_id,
        warnings.revenue_at_risk
    from marts.fct_takeover_warnings as warnings
    inner join last_quarter
        on
            warnings.business_unit = last_quarter.business_unit
            and warnings.quarter_start_date = last_quarter.quarter_start_date
    where warnings.is_warned

)

select
    coverage.business_unit,
    coverage.customer_id,
    coalesce(customers.company_name_other, customers.company_name) as company_name_en,
    customers.company_name as company_name_zh,
    coverage.is_key_account,
    selection.account_position,
    selection.margin_class,
    selection.margin_last_12_months,
    maps.contact_map,
    coverage.covered_cells_count,
    coverage.thread_verdict,
    coverage.sponsor_status,
    coverage.meeting_status,
    coverage.overdue_items_count,
    risks.revenue_at_risk,
    customers.region,
    customers.industry,
    count(*) over (partition by coverage.business_unit) as unit_accounts_count
from marts.fct_account_coverage as coverage
inner join marts.dim_customers as customers
    on coverage.customer_id = customers.customer_id
left join marts.fct_key_account_selection as selection
    on coverage.customer_id = selection.customer_id
left join maps
    on coverage.customer_id = maps.customer_id
left join risks
    on coverage.customer_id = risks.customer_id
order by
    coverage.business_unit,
    selection.margin_last_12_months desc nulls last,
    coverage.customer_id
""",
)

CELLS = Figure(
    id="contact_map",
    title=Text("Contact map", "联系人地图"),
    definition=Text(
        "Layers and functions of the customers: the share of accounts in which somebody of the "
        "cell was touched within 180 days, and the people known. The three functions of the map "
        "are user, technical and finance; procurement and support stand beside them.",
        "客户方的层级与部门：180 天内该格有人被接触的客户比率，以及已知联系人数。"
        "地图的三个部门为使用、技术、财务；采购与支持列于其旁。",
    ),
    sample="accounts_count",
    counted=Text("accounts a cell", "位客户（每格）"),
    sql="""
select
    cells.business_unit,
    case when coverage.is_key_account then 'key' else 'other' end as account_group,
    cells.layer,
    cells.contact_function,
    cast(count(*) filter (where cells.is_covered) / count(*) as decimal(9, 6))
        as covered_accounts_ratio,
    count(*) filter (where cells.is_covered) as covered_accounts_count,
    sum(cells.contacts_count) as contacts_count,
    count(*) as accounts_count
from marts.fct_contact_cells as cells
inner join marts.fct_account_coverage as coverage
    on cells.customer_id = coverage.customer_id
left join marts.dim_labels as layers
    on layers.kind = 'contact_layer' and cells.layer = layers.code
left join marts.dim_labels as functions
    on functions.kind = 'contact_function' and cells.contact_function = functions.code
group by
    cells.business_unit,
    coverage.is_key_account,
    cells.layer,
    layers.list_position,
    cells.contact_function,
    functions.list_position
order by
    cells.business_unit,
    account_group,
    layers.list_position,
    cells.layer,
    functions.list_position,
    cells.contact_function
""",
)

MANAGERS = Figure(
    id="account_managers",
    title=Text("Account managers, by what was bought again", "客户经理：按再次购买"),
    definition=Text(
        "Of the purchases made while somebody managed the account, the share after which the same "
        "product was bought again within 180 days; the line is the share of all. What customers "
        "said stands beside it, never alone, and is not to be believed where the asking stands "
        "out. For help and not for pay: accounts differ, and intervals that overlap rank nobody.",
        "任职期间的购买中 180 天内再次购买同一产品的比率；竖线为全体比率。客户所言仅作参考，"
        "询问方式突出者不可采信。用于帮助而非薪酬：客户各异，区间重叠者不分高下。",
    ),
    sample="purchases_count",
    counted=Text("purchases a manager", "次购买（每位客户经理）"),
    sql="""
select
    business_unit,
    account_manager_id,
    repurchase_ratio,
    repurchase_ratio_lower,
    repurchase_ratio_upper,
    purchases_count,
    unit_repurchase_ratio,
    satisfied_ratio,
    answered_surveys_count,
    is_standing_out,
    accounts_count,
    key_accounts_count,
    covered_cells_ratio,
    single_threaded_accounts_count,
    sponsor_gaps_count,
    overdue_items_count,
    missed_meetings_count,
    on_time_ratio,
    budget,
    expense
from marts.fct_account_manager_scorecard
order by business_unit, repurchase_ratio desc nulls last, account_manager_id
""",
)

KNOWLEDGE = Figure(
    id="account_knowledge",
    title=Text("What is known of them", "我们了解多少"),
    definition=Text(
        "Information by level, from public to that of senior insiders, and the areas of analysis, "
        "asked of key accounts only: the mean share known, accounts whose newest knowledge is "
        "stale, and what it cost.",
        "按等级（从公开到高层内部）的信息与仅针对重点客户的分析领域："
        "平均已知比率、最新信息已过期的客户数及花费。",
    ),
    sample="accounts_count",
    counted=Text("accounts a line", "位客户（每行）"),
    sql="""
select
    knowledge.business_unit,
    knowledge.subject,
    cast(avg(knowledge.known_ratio) as decimal(9, 6)) as known_ratio,
    count(*) filter (where knowledge.is_stale) as stale_accounts_count,
    sum(knowledge.information_cost) as information_cost,
    count(*) as accounts_count
from marts.fct_account_knowledge as knowledge
left join marts.dim_labels as labels
    on labels.kind = 'account_subject' and knowledge.subject = labels.code
group by knowledge.business_unit, knowledge.subject, labels.list_position
order by knowledge.business_unit, labels.list_position, knowledge.subject
""",
)

PAGE = Page(
    id="key-accounts",
    title=Text("Key accounts", "重点客户"),
    lead=Text(
        "Which accounts deserve work, whom we know there, and how they are looked after.",
        "哪些客户值得投入、我们认识谁、维护得如何。",
    ),
    filters=(
        Filter(column="is_key_account"),
        Filter(column="account_position"),
        Filter(column="region"),
        Filter(column="industry"),
    ),
    blocks=(
        Tiles(
            title=CARE.title,
            tiles=(
                Tile(figure=CARE, value="key_accounts_count"),
                Tile(figure=CARE, value="single_threaded_accounts_count"),
                Tile(figure=CARE, value="sponsor_gaps_count"),
                Tile(figure=CARE, value="missed_meetings_count"),
            ),
        ),
        Bubbles(
            figure=PORTFOLIO,
            label="company_name",
            x="strength",
            y="attractiveness",
            size="margin_last_12_months",
            corner="account_position",
            corners=("develop", "key", "serve", "keep"),
            strong="is_key_account",
        ),
        Table(
            figure=ACCOUNTS,
            columns=(
                "company_name",
                "is_key_account",
                "account_position",
                "margin_class",
                "margin_last_12_months",
                "contact_map",
                "covered_cells_count",
                "thread_verdict",
                "sponsor_status",
                "meeting_status",
                "overdue_items_count",
                "revenue_at_risk",
                "region",
                "industry",
            ),
            sort="margin_last_12_months",
            search=True,
        ),
        Grid(
            figure=CELLS,
            down="layer",
            across="contact_function",
            measures=("covered_accounts_ratio", "covered_accounts_count", "contacts_count"),
            each="account_group",
        ),
        Table(
            figure=KNOWLEDGE,
            columns=(
                "subject",
                "known_ratio",
                "stale_accounts_count",
                "information_cost",
                "accounts_count",
            ),
            bars=("known_ratio",),
        ),
        Intervals(
            figure=MANAGERS,
            label="account_manager_id",
            rates=("repurchase_ratio",),
            cases=("purchases_count",),
            mark="unit_repurchase_ratio",
        ),
        Table(
            figure=MANAGERS,
            title=Text("Scorecard", "记分卡"),
            columns=(
                "account_manager_id",
                "repurchase_ratio",
                "satisfied_ratio",
                "is_standing_out",
                "accounts_count",
                "key_accounts_count",
                "covered_cells_ratio",
                "single_threaded_accounts_count",
                "sponsor_gaps_count",
                "overdue_items_count",
                "missed_meetings_count",
                "on_time_ratio",
                "budget",
                "expense",
            ),
        ),
    ),
)
