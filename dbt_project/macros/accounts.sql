{#- What the CRM of each of `relationship_units` holds about its accounts in
    `int_<unit>_<name>__history`, as known at the as-of date and not deleted, each record with the
    customer its account belongs to by then: for records that need nothing else to be conformed. Of
    no units, no rows. -#}
{%- macro known_of_accounts(name, columns) -%}
    {%- for unit in var('relationship_units') -%}
        select
        {%- for column in columns %}
        records.{{ column }},
        {%- endfor %}
        accounts.customer_id,
        '{{ unit }}' as business_unit
    from {{ ref('int_' ~ unit ~ '_' ~ name ~ '__history') }} as records
    inner join {{ ref('int_' ~ unit ~ '_accounts__resolved') }} as accounts
        on records.account_id = accounts.account_id
    where
        {{ was_known() }}
        and {{ known_end_date() }} is null
        {%- if not loop.last %}
    union all
    {% endif -%}
    {%- else -%}
        select
        {%- for column in columns + ['customer_id', 'business_unit'] %}
        {{ no_value_of(column) }} as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
    {%- endfor -%}
{%- endmacro -%}
