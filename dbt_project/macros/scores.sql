{#- 1 to 5 by rank among customers of the same `group`, ties together: `order_by` runs from worst
    to best. A single customer, or customers who are all alike, score 1. -#}
{%- macro quintile_score(order_by, group) -%}
    cast(
        least(
            1 + floor(5 * percent_rank() over (partition by {{ group }} order by {{ order_by }})),
            5
        ) as integer
    )
{%- endmacro -%}
