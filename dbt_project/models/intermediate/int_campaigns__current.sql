with sent_campaigns as (

    select * from {{ ref('int_retail_campaigns__history') }}

),

business_units as (

    select * from {{ ref('int_business_units__listed') }}

),

retail as (

    select
        {{ unit_id('retail', 'campaign_id') }} as campaign_id,
        'retail' as business_unit,
        cast(campaign_id as {{ dbt.type_string() }}) as source_campaign_number,
        campaign_type,
        start_date,
        end_date,
        {{ known_end_date() }} as valid_to_date,
        version_number
    from sent_campaigns
    where {{ was_known() }}

),

newest_versions as (

    select
        campaign_id,
        max(version_number) as version_number
    from retail
    group by campaign_id

),

-- A planned campaign counts from the day it starts, however early the source knew of it.
known as (

    select
        retail.campaign_id,
        retail.business_unit,
        retail.source_campaign_number,
        retail.campaign_type,
        false as is_unknown,
        retail.valid_to_date is not null as is_deleted,
        retail.start_date,
        retail.end_date
    from retail
    inner join newest_versions
        on
            retail.campaign_id = newest_versions.campaign_id
            and retail.version_number = newest_versions.version_number
    where retail.start_date < {{ as_of_date() }}

),

unknown_members as (

    select
        {{ unknown_id('business_unit') }} as campaign_id,
        business_unit,
        null as source_campaign_number,
        null as campaign_type,
        true as is_unknown,
        false as is_deleted,
        null as start_date,
        null as end_date
    from business_units

),

final as (

    select * from known
    union all
    select * from unknown_members

)

select * from final
