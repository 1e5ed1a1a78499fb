with final as (

    {{ of_every_unit('batches__outcomes', [
        'system',
        'table_name',
        'batch_sequence',
        'outcome',
        'rows_count',
    ]) }}

)

select * from final
