"""Which accounts procurement takes over, and what may go with them."""

from customer_value.site.model import Columns, Figure, Filter, Page, Table, Text, Tile, Tiles

QUARTERS = Figure(
    id="warning_quarters",
    title=Text("Warnings quarter by quarter", "各季度的预警"),
    definition=Text(
        "A warning: over two quarters most touches were with "
        "procurement, clearly more than before, "
        "and hardly any were about an application. At risk is the net revenue of those accounts in "
        "the twelve months to the end of the quarter. Beside it, of earlier warnings whose end was "
        "known by then, the share that was lost, and the share lost without a warning: only the "
        "difference is what a warning tells.",
        "预警条件：连续两个季度多数接触在采购部门，明显高于此前，且几乎不再涉及应用。"
        "风险收入为这些客户截至季末十二个月的净收入。并列的是：当时已知结局的历史预警中流失的比率，"
        "以及未预警而流失的比率；两者之差才是预警的含义。",
    ),
    sample="customers_count",
    counted=Text("accounts a quarter", "位客户（每季度）"),
    sql="""
select
    business_unit,
    quarter_start_date,
    count(*) as customers_count,
    count(*) filter (where is_warned) as warned_customers_count,
    count(*) filter (where is_first_warning) as first_warnings_count,
    sum(revenue_at_risk) as revenue_at_risk,
    max(past_precision_ratio) as past_precision_ratio,
    max(past_precision_ratio_lower) as past_precision_ratio_lower,
    max(past_precision_ratio_upper) as past_precision_ratio_upper,
    max(past_warnings_count) as past_warnings_count,
    max(past_unwarned_loss_ratio) as past_unwarned_loss_ratio
from marts.fct_takeover_warnings
group by business_unit, quarter_start_date
order by business_unit, quarter_start_date
""",
)

ACCOUNTS = Figure(
    id="warned_accounts",
    title=Text("Accounts with a warning", "被预警的客户"),
    definition=Text(
        "Accounts that procurement seems to take over, by the money at risk. Shares are of the "
        "touches in the quarter and the one before, beside the two quarters before those. The "
        "outcome was known only later. A reason to call, not a finding about a person.",
        "采购部门似在接管的客户，按风险收入排列。占比为本季与上季的接触，与此前两季比较。"
        "结局事后才知。这是致电的理由，而非对个人的判断。",
    ),
    sample="touches_count",
    counted=Text("touches an account", "次接触（每位客户）"),
    sql="""
select
    warnings.business_unit,
    warnings.quarter_start_date,
    warnings.customer_id,
    coalesce(customers.company_name_other, customers.company_name) as company_name_en,
    customers.company_name as company_name_zh,
    customers.region,
    warnings.revenue_at_risk,
    warnings.is_first_warning,
    warnings.procurement_before_ratio,
    warnings.procurement_ratio,
    warnings.application_before_ratio,
    warnings.application_ratio,
    warnings.touches_count,
    warnings.outcome
from marts.fct_takeover_warnings as warnings
inner join marts.dim_customers as customers
    on warnings.customer_id = customers.customer_id
where warnings.is_warned
order by
    warnings.business_unit,
    warnings.quarter_start_date,
    warnings.revenue_at_risk desc,
    warnings.customer_id
""",
)

THRESHOLDS = Figure(
    id="takeover_sensitivity",
    title=Text("Were the thresholds otherwise", "阈值敏感性"),
    definition=Text(
        "What each threshold a step lower or higher would have warned of, and what came of it: "
        "first warnings that ended in a loss, and losses that were warned of.",
        "各阈值降低或提高一档时会发出的预警及其结果："
        "以流失告终的首次预警，以及事先得到预警的流失。",
    ),
    sample="warnings_count",
    counted=Text("first warnings", "次首次预警"),
    sql="""
select
    business_unit,
    varied_rule,
    threshold_change,
    warnings_count,
    right_warnings_count,
    precision_ratio,
    precision_ratio_lower,
    precision_ratio_upper,
    lost_customers_count,
    warned_lost_customers_count,
    warned_loss_ratio
from marts.fct_takeover_sensitivity
order by business_unit, threshold_change <> 0, varied_rule, threshold_change
""",
)

NONE_KNOWN = Text("Too few warnings whose end was known by then.", "当时已知结局的预警太少。")

PAGE = Page(
    id="warnings",
    title=Text("Warnings", "预警"),
    lead=Text(
        "Accounts that procurement takes over while questions about applications end.",
        "采购部门接管、应用方面的询问消失的客户。",
    ),
    filters=(Filter(column="quarter_start_date", kind="last"), Filter(column="region")),
    blocks=(
        Tiles(
            title=Text("In the quarter", "本季度"),
            tiles=(
                Tile(figure=QUARTERS, value="warned_customers_count"),
                Tile(figure=QUARTERS, value="revenue_at_risk"),
                Tile(
                    figure=QUARTERS,
                    value="past_precision_ratio",
                    low="past_precision_ratio_lower",
                    high="past_precision_ratio_upper",
                    missing=NONE_KNOWN,
                ),
                Tile(figure=QUARTERS, value="past_unwarned_loss_ratio", missing=NONE_KNOWN),
            ),
        ),
        Table(
            figure=ACCOUNTS,
            columns=(
                "company_name",
                "revenue_at_risk",
                "procurement_before_ratio",
                "procurement_ratio",
                "application_before_ratio",
                "application_ratio",
                "touches_count",
                "is_first_warning",
                "region",
                "outcome",
            ),
            bars=("revenue_at_risk",),
            sort="revenue_at_risk",
        ),
        Columns(figure=QUARTERS, x="quarter_start_date", y="revenue_at_risk"),
        Table(
            figure=THRESHOLDS,
            columns=(
                "varied_rule",
                "threshold_change",
                "warnings_count",
                "right_warnings_count",
                "precision_ratio",
                "lost_customers_count",
                "warned_lost_customers_count",
                "warned_loss_ratio",
            ),
        ),
    ),
)
