with landed as (

    select * from {{ ref('stg_retail__products') }}

),

listed_keys as (

    select * from {{ ref('stg_retail__product_keys') }}

),

batches as (

    select * from {{ ref('stg_landing__batches') }}
    where system = 'retail_shop' and table_name = 'products'

),

{{ landed_history(['product_id']) }},

-- A batch holds a key once per file. What a duplicate says is known: it is not written again.
described as (

    select
        history.product_id,
        landed.manufacturer_id,
        landed.department,
        landed.brand,
        landed.product_category,
        landed.product_type,
        landed.package_size,
        history.outcome,
        history.version_number,
        history.is_landed,
        history.valid_from_date,
        history.valid_to_date,
        history._batch_sequence
    from history
    inner join landed
        on
            history.product_id = landed.product_id
            and history._source_file = landed._source_file
            and history._batch_sequence = landed._batch_sequence
    where history.outcome <> 'duplicate'
    union all
    select
        product_id,
        null as manufacturer_id,
        null as department,
        null as brand,
        null as product_category,
        null as product_type,
        null as package_size,
        outcome,
        version_number,
        is_landed,
        valid_from_date,
        valid_to_date,
        _batch_sequence
    from history
    where outcome = 'duplicate'

)

select * from described
