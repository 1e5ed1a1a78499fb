{#- The rows that each business unit brings to a conformed model, from its own model
    `int_<unit>_<name>`. The units are the setting `business_units`: a unit more is its models and
    its name there, and no conformed model changes. What only some units record is asked of
    `units`. -#}
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
    {%- endfor -%}
{%- endmacro -%}
