{#- What stands on the page of an account: the section, the CTE its lines come from, for lines of
    several subjects the subject, the labels that explain it and, where one subject may come twice,
    what tells them apart (key), and of each line the item, its value and the kind of that value: the
    kind of labels that explain a code, or text, date, money, count, days, hours or ratio. A value
    that is missing is none, or where a fourth word says so, one that too few data tell. -#}
{%- set untold = 'insufficient data' -%}
{%- set sections = [
    {'section': 'file', 'from': 'customers', 'items': [
        ['industry', 'industry', 'industry'],
        ['region', 'region', 'region'],
        ['company_size', 'company_size', 'company_size'],
        ['chain_role', 'chain_role', 'chain_role'],
        ['key_account', 'is_key_account', 'yes_no'],
        ['parent', 'parent_company_name', 'text'],
        ['customer_since', 'customer_since_date', 'date'],
    ]},
    {'section': 'file', 'from': 'files', 'subject': 'file_kind',
     'kind': 'file_kind', 'items': [
        ['filled', 'filled_ratio', 'ratio'],
        ['age', 'age_days', 'days'],
        ['stale', 'is_stale', 'yes_no'],
    ]},
    {'section': 'value', 'from': 'rfm', 'items': [
        ['net_revenue', 'lifetime_net_revenue', 'money'],
        ['net_revenue_24_months', 'window_net_revenue', 'money'],
        ['occasions', 'lifetime_occasions_count', 'count'],
        ['last_purchase', 'last_occasion_date', 'date'],
        ['status', 'customer_status', 'customer_status'],
        ['segment', 'segment', 'rfm_segment'],
        ['revenue_class', 'abc_class', 'abc_class'],
    ]},
    {'section': 'value', 'from': 'predicted', 'items': [
        ['margin', 'margin', 'money', untold],
        ['alive', 'probability_alive', 'ratio', untold],
        ['net_revenue_ahead', 'predicted_net_revenue_next_365_days', 'money', untold],
    ]},
    {'section': 'value', 'from': 'potentials', 'items': [
        ['gap_to_potential', 'gap_to_potential', 'money', untold],
    ]},
    {'section': 'satisfaction', 'from': 'satisfaction', 'items': [
        ['surveys', 'answered_surveys_count', 'count'],
        ['satisfied', 'satisfied_surveys_count', 'count'],
        ['came_back', 'repurchased_surveys_count', 'count'],
    ]},
    {'section': 'experience', 'from': 'stages', 'subject': 'product_family',
     'kind': 'product_family', 'items': [
        ['stage', 'experience_stage', 'experience_stage'],
        ['strategy', 'strategy', 'customer_strategy'],
        ['strategy_rule', 'strategy_rule', 'strategy_rule'],
        ['confidence', 'confidence_ratio', 'ratio', untold],
    ]},
    {'section': 'warning', 'from': 'warnings', 'items': [
        ['takeover', 'warning', 'takeover_warning'],
        ['revenue_at_risk', 'revenue_at_risk', 'money'],
        ['procurement_share', 'procurement_ratio', 'ratio', untold],
        ['application_share', 'application_ratio', 'ratio', untold],
        ['past_precision', 'past_precision_ratio', 'ratio', untold],
    ]},
    {'section': 'projects', 'from': 'decisions', 'items': [
        ['won', 'won_projects_count', 'count'],
        ['lost', 'lost_projects_count', 'count'],
        ['lost_on_price', 'price_losses_count', 'count'],
    ]},
    {'section': 'projects', 'from': 'open_projects', 'key': 'project_id',
     'subject': 'product_family', 'kind': 'product_family', 'currency': 'currency_code', 'items': [
        ['problem', 'problem_to_solve', 'problem_to_solve'],
        ['process', 'process', 'project_process'],
        ['budget', 'budget_source', 'money'],
        ['planned_purchase', 'planned_purchase_date', 'date'],
        ['overdue', 'is_overdue', 'yes_no'],
    ]},
    {'section': 'competitors', 'from': 'competitors', 'key': 'usage_id',
     'subject': 'product_family', 'kind': 'product_family', 'items': [
        ['competitor', "concat(competitor_name, ' / ', competitor_name_other)", 'text'],
        ['competitor_satisfaction', 'cast(satisfaction_score as ' ~ dbt.type_string() ~ ')',
         'survey_box'],
        ['lost_to_competitor', 'lost_projects_count', 'count'],
    ]},
    {'section': 'selection', 'from': 'selection', 'items': [
        ['position', 'account_position', 'account_position'],
        ['attractiveness', 'attractiveness', 'ratio', untold],
        ['strength', 'strength', 'ratio', untold],
        ['margin_class', 'margin_class', 'abc_class'],
        ['margin_12_months', 'margin_last_12_months', 'money'],
    ]},
    {'section': 'knowledge', 'from': 'knowledge', 'subject': 'subject',
     'kind': 'account_subject', 'items': [
        ['known', 'known_ratio', 'ratio'],
        ['age', 'newest_age_days', 'days'],
        ['stale', 'is_stale', 'yes_no'],
        ['cost', 'level_cost', 'money'],
    ]},
    {'section': 'contacts', 'from': 'coverage', 'items': [
        ['covered_cells', 'covered_cells_ratio', 'ratio'],
        ['threads', 'thread_verdict', 'thread_verdict'],
        ['top_contact', 'top_contact_ratio', 'ratio'],
        ['touched_contacts', 'touched_contacts_count', 'count'],
    ]},
    {'section': 'contacts', 'from': 'layers', 'subject': 'layer',
     'kind': 'contact_layer', 'items': [
        ['user', 'user_touches_count', 'count'],
        ['technical', 'technical_touches_count', 'count'],
        ['finance', 'finance_touches_count', 'count'],
        ['procurement', 'procurement_touches_count', 'count'],
        ['support', 'support_touches_count', 'count'],
    ]},
    {'section': 'channels', 'from': 'channels', 'subject': 'channel',
     'kind': 'contact_channel', 'items': [
        ['touches_12_months', 'touches_last_12_months_count', 'count'],
        ['by_customer', 'inbound_last_12_months_count', 'count'],
        ['last_touch', 'last_touch_date', 'date'],
    ]},
    {'section': 'team', 'from': 'coverage', 'items': [
        ['account_manager', 'account_manager_id', 'text'],
        ['executive_sponsor', 'executive_sponsor_id', 'text'],
        ['sponsor_status', 'sponsor_status', 'sponsor_status'],
        ['sponsor_silence', 'sponsor_silence_days', 'days'],
        ['open_items', 'open_items_count', 'count'],
        ['overdue_items', 'overdue_items_count', 'count'],
        ['meeting', 'meeting_status', 'meeting_status'],
        ['budget_spent', 'budget_spent_ratio', 'ratio'],
    ]},
    {'section': 'service', 'from': 'coverage', 'items': [
        ['complaints', 'complaints_count', 'count'],
        ['complaint_reply', 'median_complaint_reply_hours', 'hours'],
        ['on_time', 'on_time_ratio', 'ratio', untold],
        ['repurchase', 'repurchase_ratio', 'ratio', untold],
    ]},
] -%}
{%- set nothing = "cast(null as " ~ dbt.type_string() ~ ")" -%}
with dimension as (

    select * from {{ ref('dim_customers') }}
    where not is_unknown

),

rfm as (

    select * from {{ ref('fct_customer_rfm') }}

),

predicted as (

    select * from {{ ref('fct_customer_value') }}

),

potentials as (

    select * from {{ ref('fct_purchase_potential') }}

),

files as (

    select * from {{ ref('fct_file_completeness') }}

),

projects as (

    select * from {{ ref('fct_projects') }}

),

competitors as (

    select * from {{ ref('fct_competitor_products') }}

),

channels as (

    select * from {{ ref('fct_contact_channels') }}

),

surveys as (

    select * from {{ ref('int_surveys__followed') }}

),

experience_stages as (

    select * from {{ ref('fct_experience_stages') }}

),

takeover_warnings as (

    select * from {{ ref('fct_takeover_warnings') }}

),

selection as (

    select * from {{ ref('fct_key_account_selection') }}

),

account_knowledge as (

    select * from {{ ref('fct_account_knowledge') }}

),

contact_cells as (

    select * from {{ ref('fct_contact_cells') }}

),

coverage as (

    select * from {{ ref('fct_account_coverage') }}

),

labels as (

    select * from {{ ref('labels') }}

),

customers as (

    select
        dimension.customer_id,
        dimension.industry,
        dimension.region,
        dimension.company_size,
        dimension.chain_role,
        dimension.is_key_account,
        case
            when parents.customer_id is not null
                then concat(parents.company_name, ' / ', parents.company_name_other)
        end as parent_company_name,
        dimension.customer_since_date
    from dimension
    left join dimension as parents
        on dimension.parent_customer_id = parents.customer_id

),

satisfaction as (

    select
        customer_id,
        count(case when is_answered then 1 end) as answered_surveys_count,
        count(case when is_satisfied then 1 end) as satisfied_surveys_count,
        count(case when is_satisfied and has_repurchased then 1 end) as repurchased_surveys_count
    from surveys
    group by customer_id

),

last_quarter as (

    select
        business_unit,
        max(quarter_start_date) as quarter_start_date
    from experience_stages
    group by business_unit

),

stages as (

    select
        experience_stages.customer_id,
        experience_stages.product_family,
        experience_stages.experience_stage,
        experience_stages.strategy,
        experience_stages.strategy_rule,
        experience_stages.confidence_ratio
    from experience_stages
    inner join last_quarter
        on
            experience_stages.business_unit = last_quarter.business_unit
            and experience_stages.quarter_start_date = last_quarter.quarter_start_date

),

warnings as (

    select
        takeover_warnings.customer_id,
        takeover_warnings.warning,
        takeover_warnings.revenue_at_risk,
        takeover_warnings.procurement_ratio,
        takeover_warnings.application_ratio,
        takeover_warnings.past_precision_ratio
    from takeover_warnings
    inner join last_quarter
        on
            takeover_warnings.business_unit = last_quarter.business_unit
            and takeover_warnings.quarter_start_date = last_quarter.quarter_start_date

),

decisions as (

    select
        customer_id,
        count(case when stage = 'won' then 1 end) as won_projects_count,
        count(case when stage = 'lost' then 1 end) as lost_projects_count,
        count(case when lost_reason = 'price' then 1 end) as price_losses_count
    from projects
    where closed_date >= {{ add_months(as_of_date(), -24) }}
    group by customer_id

),

-- Nobody records what an answer of a plan cost.
knowledge as (

    select
        customer_id,
        subject,
        known_ratio,
        newest_age_days,
        is_stale,
        case when subject_kind = 'information_level' then information_cost end as level_cost
    from account_knowledge

),

open_projects as (

    select * from projects
    where stage = 'open'

),

layers as (

    select
        customer_id,
        {%- for function in ['user', 'technical', 'finance', 'procurement', 'support'] %}
        max(case when contact_function = '{{ function }}' then touches_count end)
            as {{ function }}_touches_count,
        {%- endfor %}
        layer
    from contact_cells
    group by customer_id, layer

),

lines as (

    {% for part in sections -%}
    {% set last_part = loop.last -%}
    {% set block = loop.index -%}
    {% for line in part['items'] -%}
    select
        customer_id,
        {{ block }} as block,
        cast({{ part.get('key', nothing) }} as {{ dbt.type_string() }}) as subject_key,
        {{ loop.index }} as place,
        '{{ part.section }}' as section,
        '{{ line[0] }}' as item,
        {{ part.get('subject', nothing) }} as subject,
        {{ "'" ~ part.kind ~ "'" if part.kind else nothing }} as subject_kind,
        cast({{ line[1] }} as {{ dbt.type_string() }}) as line_value,
        '{{ line[2] }}' as value_kind,
        '{{ line[3] or 'none' }}' as absence,
        {{ part.currency if part.currency and line[2] == 'money' else nothing }} as currency_code
    from {{ part.from }}
    {{ 'union all' if not (last_part and loop.last) }}
    {% endfor -%}
    {% endfor %}
),

-- Everything of one subject stands together, subjects as their labels are listed.
final as (

    select
        coverage.customer_id,
        row_number() over (
            partition by coverage.customer_id
            order by lines.block, labels.list_position, lines.subject_key, lines.place
        ) as line_number,
        coverage.business_unit,
        lines.section,
        lines.item,
        lines.subject,
        lines.subject_kind,
        lines.line_value,
        lines.value_kind,
        lines.absence,
        lines.currency_code,
        {{ as_of_date() }} as as_of_date
    from coverage
    inner join lines
        on coverage.customer_id = lines.customer_id
    left join labels
        on
            lines.subject_kind = labels.kind
            and lines.subject = labels.code

)

select * from final
