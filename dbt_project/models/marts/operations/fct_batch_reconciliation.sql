with batches as (

    select * from {{ ref('stg_landing__batches') }}

),

outcomes as (

    select * from {{ ref('int_batches__outcomes') }}

),

quarantined as (

    select * from {{ ref('stg_landing__quarantined_rows') }}

),

batch_outcomes as (

    select
        system,
        table_name,
        batch_sequence,
        sum(case when outcome = 'loaded' then rows_count else 0 end) as loaded_rows_count,
        sum(case when outcome = 'superseded' then rows_count else 0 end)
            as superseded_rows_count,
        sum(case when outcome = 'duplicate' then rows_count else 0 end) as duplicate_rows_count,
        sum(case when outcome = 'deleted' then rows_count else 0 end) as deleted_rows_count
    from outcomes
    group by system, table_name, batch_sequence

),

broken_rules as (

    select
        system,
        table_name,
        batch_sequence,
        count(*) as broken_rules_count
    from quarantined
    group by system, table_name, batch_sequence

),

counted as (

    select
        batches.system,
        batches.table_name,
        batches.batch_sequence,
        batches.run_id,
        batches.kind,
        batches.delivered_rows_count,
        coalesce(batch_outcomes.loaded_rows_count, 0) as loaded_rows_count,
        coalesce(batch_outcomes.superseded_rows_count, 0) as superseded_rows_count,
        coalesce(batch_outcomes.duplicate_rows_count, 0) + batches.duplicate_rows_count
            as duplicate_rows_count,
        coalesce(batch_outcomes.deleted_rows_count, 0) as deleted_rows_count,
        batches.quarantined_rows_count,
        coalesce(broken_rules.broken_rules_count, 0) as broken_rules_count,
        batches.observed_date
    from batches
    left join batch_outcomes
        on
            batches.system = batch_outcomes.system
            and batches.table_name = batch_outcomes.table_name
            and batches.batch_sequence = batch_outcomes.batch_sequence
    left join broken_rules
        on
            batches.system = broken_rules.system
            and batches.table_name = broken_rules.table_name
            and batches.batch_sequence = broken_rules.batch_sequence

),

final as (

    select
        system,
        table_name,
        batch_sequence,
        run_id,
        kind,
        cast(delivered_rows_count as bigint) as delivered_rows_count,
        cast(loaded_rows_count as bigint) as loaded_rows_count,
        cast(superseded_rows_count as bigint) as superseded_rows_count,
        cast(duplicate_rows_count as bigint) as duplicate_rows_count,
        cast(deleted_rows_count as bigint) as deleted_rows_count,
        cast(quarantined_rows_count as bigint) as quarantined_rows_count,
        cast(
            delivered_rows_count - loaded_rows_count - superseded_rows_count
            - duplicate_rows_count - deleted_rows_count - quarantined_rows_count as bigint
        ) as residual_rows_count,
        cast(broken_rules_count as bigint) as broken_rules_count,
        observed_date
    from counted

)

select * from final
