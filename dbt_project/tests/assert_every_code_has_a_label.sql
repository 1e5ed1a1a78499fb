-- Whatever code a reader sees is explained in both languages, and each mart's codes are known.
with used as (

    select
        'rfm_segment' as kind,
        segment as code
    from {{ ref('fct_rfm_segment_months') }}
    union all
    select
        'customer_status' as kind,
        customer_status as code
    from {{ ref('fct_customer_rfm') }}
    union all
    select
        'abc_class' as kind,
        abc_class as code
    from {{ ref('fct_customer_rfm') }}
    union all
    select
        'data_basis' as kind,
        data_basis as code
    from {{ ref('fct_cohort_months') }}
    union all
    select
        'stationarity_verdict' as kind,
        verdict as code
    from {{ ref('fct_segment_stationarity') }}
    union all
    select
        'loyalty_hypothesis' as kind,
        hypothesis as code
    from {{ ref('fct_loyalty_hypotheses') }}
    union all
    select
        'hypothesis_verdict' as kind,
        verdict as code
    from {{ ref('fct_loyalty_hypotheses') }}
    union all
    select
        'margin_basis' as kind,
        margin_basis as code
    from {{ ref('fct_orders') }}
    union all
    select
        'identity_rule' as kind,
        identity_rule as code
    from {{ ref('fct_customer_identities') }}
    union all
    select
        'survey_basis' as kind,
        survey_basis as code
    from {{ ref('fct_satisfaction_repurchase') }}
    union all
    select
        'data_basis' as kind,
        data_basis as code
    from {{ ref('fct_satisfaction_repurchase') }}
    union all
    select
        'survey_box' as kind,
        survey_box as code
    from {{ ref('fct_satisfaction_boxes') }}
    union all
    select
        'satisfaction_driver' as kind,
        driver as code
    from {{ ref('fct_satisfaction_drivers') }}
    union all
    select
        'hypothesis_verdict' as kind,
        verdict as code
    from {{ ref('fct_satisfaction_drivers') }}
    union all
    select
        'sale_phase' as kind,
        phase as code
    from {{ ref('fct_after_sale_attention') }}
    union all
    select
        'relation_kind' as kind,
        relation_kind as code
    from {{ ref('fct_defection') }}
    union all
    select
        'margin_basis' as kind,
        margin_basis as code
    from {{ ref('fct_tenure_economics') }}
    union all
    select
        'retention_curve' as kind,
        curve as code
    from {{ ref('fct_retention_uplift') }}
    union all
    select
        'retention_scenario' as kind,
        scenario as code
    from {{ ref('fct_retention_uplift') }}
    union all
    select
        'tenure_hypothesis' as kind,
        hypothesis as code
    from {{ ref('fct_tenure_hypotheses') }}
    union all
    select
        'hypothesis_verdict' as kind,
        verdict as code
    from {{ ref('fct_tenure_hypotheses') }}
    union all
    select
        case
            when segment in ('all', 'without_orders') then 'defection_scope'
            else 'rfm_segment'
        end as kind,
        segment as code
    from {{ ref('fct_defection') }}
    union all
    select
        'contact_layer' as kind,
        layer as code
    from {{ ref('dim_contacts') }}
    union all
    select
        'contact_function' as kind,
        contact_function as code
    from {{ ref('dim_contacts') }}
    union all
    select
        'contact_channel' as kind,
        channel as code
    from {{ ref('fct_contact_channels') }}
    union all
    select
        'project_stage' as kind,
        stage as code
    from {{ ref('fct_projects') }}
    union all
    select
        'project_process' as kind,
        process as code
    from {{ ref('fct_projects') }}
    union all
    select
        'file_kind' as kind,
        file_kind as code
    from {{ ref('fct_file_completeness') }}
    union all
    select
        'lost_reason' as kind,
        lost_reason as code
    from {{ ref('fct_projects') }}
    where lost_reason is not null
    union all
    select
        'experience_stage' as kind,
        experience_stage as code
    from {{ ref('fct_experience_stages') }}
    union all
    select
        'customer_strategy' as kind,
        strategy as code
    from {{ ref('fct_experience_stages') }}
    union all
    select
        'strategy_rule' as kind,
        strategy_rule as code
    from {{ ref('fct_experience_stages') }}
    union all
    select
        'takeover_warning' as kind,
        warning as code
    from {{ ref('fct_takeover_warnings') }}
    union all
    select
        'warning_outcome' as kind,
        outcome as code
    from {{ ref('fct_takeover_warnings') }}
    union all
    select
        'account_subject' as kind,
        subject as code
    from {{ ref('fct_account_knowledge') }}
    union all
    select
        'hypothesis_verdict' as kind,
        value_verdict as code
    from {{ ref('fct_information_costs') }}
    union all
    select
        'contact_layer' as kind,
        layer as code
    from {{ ref('fct_contact_cells') }}
    union all
    select
        'contact_function' as kind,
        contact_function as code
    from {{ ref('fct_contact_cells') }}
    union all
    select
        'thread_verdict' as kind,
        thread_verdict as code
    from {{ ref('fct_account_coverage') }}
    union all
    select
        'sponsor_status' as kind,
        sponsor_status as code
    from {{ ref('fct_account_coverage') }}
    union all
    select
        'meeting_status' as kind,
        meeting_status as code
    from {{ ref('fct_account_coverage') }}
    union all
    select
        'account_position' as kind,
        account_position as code
    from {{ ref('fct_key_account_selection') }}
    union all
    select
        'page_section' as kind,
        section as code
    from {{ ref('fct_account_pages') }}
    union all
    select
        'page_item' as kind,
        item as code
    from {{ ref('fct_account_pages') }}
    union all
    select
        'page_absence' as kind,
        absence as code
    from {{ ref('fct_account_pages') }}

),

codes as (

    select
        kind,
        code
    from used
    group by kind, code

),

labels as (

    select * from {{ ref('dim_labels') }}

)

select
    codes.kind,
    codes.code
from codes
left join labels
    on
        codes.kind = labels.kind
        and codes.code = labels.code
where labels.code is null
