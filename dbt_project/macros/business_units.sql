{#- The rows that each business unit brings to a conformed model, from its own model
    `int_<unit>_<name>`. The units are the setting `business_units`: a unit more is its models and
    its name there, and no conformed model changes. What only some units record is asked of
    `units`; of none, no rows. -#}
{%- macro of_every_unit(name, columns, units=var('business_units')) -%}
    {%- for unit in units -%}
        select
        {%- for column in columns %}
        {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_' ~ unit ~ '_' ~ name) }}
        {%- if not loop.last %}
    union all
    {% endif -%}
    {%- else -%}
        select
        {%- for column in columns %}
        {{ no_value_of(column) }} as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
    {%- endfor -%}
{%- endmacro -%}


{#- NULL in the type that a column's name stands for in this house. -#}
{%- macro no_value_of(column) -%}
    {%- if column.endswith('_date') -%} cast(null as date)
    {%- elif column.startswith(('is_', 'has_')) -%} cast(null as boolean)
    {%- elif column.endswith(('_count', 'score', 'line_number', 'version_number', '_year', '_level')) -%}
        cast(null as bigint)
    {%- elif column.endswith(('_cost', '_source', 'budget', 'expense')) -%} {{ money('null') }}
    {%- elif column.endswith('_hours') -%} cast(null as decimal(12, 2))
    {%- else -%} cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro -%}
