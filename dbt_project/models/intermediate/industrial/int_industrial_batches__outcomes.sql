{{ config(materialized='view') }}
with accounts as (

    select * from {{ ref('int_industrial_accounts__history') }}

),

account_relations as (

    select * from {{ ref('int_industrial_account_relations__history') }}

),

account_merges as (

    select * from {{ ref('int_industrial_account_merges__history') }}

),

contacts as (

    select * from {{ ref('int_industrial_contacts__history') }}

),

competitors as (

    select * from {{ ref('int_industrial_competitors__history') }}

),

competitor_products_in_use as (

    select * from {{ ref('int_industrial_competitor_products_in_use__history') }}

),

opportunities as (

    select * from {{ ref('int_industrial_opportunities__history') }}

),

activities as (

    select * from {{ ref('int_industrial_activities__history') }}

),

employees as (

    select * from {{ ref('int_industrial_employees__history') }}

),

account_facts as (

    select * from {{ ref('int_industrial_account_facts__history') }}

),

analysis_answers as (

    select * from {{ ref('int_industrial_analysis_answers__history') }}

),

team_assignments as (

    select * from {{ ref('int_industrial_team_assignments__history') }}

),

plan_items as (

    select * from {{ ref('int_industrial_plan_items__history') }}

),

key_account_meetings as (

    select * from {{ ref('int_industrial_key_account_meetings__history') }}

),

account_budgets as (

    select * from {{ ref('int_industrial_account_budgets__history') }}

),

account_expenses as (

    select * from {{ ref('int_industrial_account_expenses__history') }}

),

service_cases as (

    select * from {{ ref('int_industrial_service_cases__history') }}

),

satisfaction_surveys as (

    select * from {{ ref('int_industrial_satisfaction_surveys__history') }}

),

contracts as (

    select * from {{ ref('int_industrial_contracts__history') }}

),

customers as (

    select * from {{ ref('int_industrial_customers__history') }}

),

products as (

    select * from {{ ref('int_industrial_products__history') }}

),

orders as (

    select * from {{ ref('int_industrial_orders__history') }}

),

order_lines as (

    select * from {{ ref('int_industrial_order_lines__history') }}

),

refunds as (

    select * from {{ ref('int_industrial_refunds__history') }}

),

product_families as (

    select * from {{ ref('int_industrial_product_families__history') }}

),

product_master as (

    select * from {{ ref('int_industrial_product_master__history') }}

),

exchange_rates as (

    select * from {{ ref('stg_industrial__exchange_rates') }}

),

redelivered_exchange_rates as (

    select * from {{ ref('int_industrial_exchange_rates__redelivered') }}

),

exchange_rates_outcomes as (

    select
        exchange_rates._batch_sequence,
        coalesce(redelivered_exchange_rates.outcome, 'loaded') as outcome
    from exchange_rates
    left join redelivered_exchange_rates
        on
            exchange_rates.rate_date = redelivered_exchange_rates.rate_date
            and exchange_rates.currency_code = redelivered_exchange_rates.currency_code
            and exchange_rates._source_file = redelivered_exchange_rates._source_file
            and exchange_rates._batch_sequence = redelivered_exchange_rates._batch_sequence

),

final as (

    select
        'industrial_crm' as system,
        'accounts' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from accounts
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'account_relations' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from account_relations
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'account_merges' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from account_merges
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'contacts' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from contacts
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'competitors' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from competitors
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'competitor_products_in_use' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from competitor_products_in_use
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'opportunities' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from opportunities
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'activities' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from activities
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'employees' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from employees
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'account_facts' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from account_facts
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'analysis_answers' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from analysis_answers
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'team_assignments' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from team_assignments
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'plan_items' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from plan_items
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'key_account_meetings' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from key_account_meetings
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'account_budgets' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from account_budgets
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'account_expenses' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from account_expenses
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'service_cases' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from service_cases
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'satisfaction_surveys' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from satisfaction_surveys
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_crm' as system,
        'contracts' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from contracts
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_erp' as system,
        'customers' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from customers
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_erp' as system,
        'products' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from products
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_erp' as system,
        'orders' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from orders
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_erp' as system,
        'order_lines' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from order_lines
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_erp' as system,
        'refunds' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from refunds
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_files' as system,
        'product_families' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from product_families
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_files' as system,
        'product_master' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from product_master
    where is_landed
    group by _batch_sequence, outcome
    union all
    select
        'industrial_files' as system,
        'exchange_rates' as table_name,
        _batch_sequence as batch_sequence,
        outcome,
        count(*) as rows_count
    from exchange_rates_outcomes
    group by _batch_sequence, outcome

)

select * from final
