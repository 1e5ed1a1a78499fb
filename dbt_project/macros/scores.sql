{#- The values from which on scores 2 to 5 are given among rows of the same `groups`, as columns of
    a CTE named `<name>_cuts`: score k begins at the lowest value whose percent rank is at least
    (k - 1) / 5, so equal values never part. The percent rank is taken in whole numbers. A score
    that nobody earns has no cut: NULL. -#}
{%- macro quintile_cuts(name, relation, value, groups) -%}
{%- set group = groups | join(', ') -%}
{{ name }}_counts as (

    select
        {{ group }},
        {{ value }},
        count(*) as here_count
    from {{ relation }}
    group by {{ group }}, {{ value }}

),

{{ name }}_ranks as (

    select
        {{ group }},
        {{ value }},
        sum(here_count) over (
            partition by {{ group }} order by {{ value }} rows unbounded preceding
        ) - here_count as below_count,
        sum(here_count) over (partition by {{ group }}) - 1 as others_count
    from {{ name }}_counts

),

{{ name }}_cuts as (

    select
        {{ group }}
        {%- for score in range(2, 6) %},
        min(
            case when others_count > 0 and 5 * below_count >= {{ score - 1 }} * others_count
                then {{ value }} end
        ) as cut_{{ score }}
        {%- endfor %}
    from {{ name }}_ranks
    group by {{ group }}

)
{%- endmacro -%}


{#- 1 to 5: how many of the four cuts a value reaches, and one. -#}
{%- macro score_by_cuts(value, cuts) -%}
    1
    {%- for score in range(2, 6) %}
    + case when {{ value }} >= {{ cuts }}.cut_{{ score }} then 1 else 0 end
    {%- endfor %}
{%- endmacro -%}
