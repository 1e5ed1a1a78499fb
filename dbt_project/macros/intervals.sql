{#- Wilson's 95 % interval of a share (Wilson 1927): `side` is -1 for the lower and 1 for the upper
    end. NULL for no cases. -#}
{%- macro wilson_bound(successes, cases, side) -%}
    cast(
        (
            {{ successes }} + 1.9207294
            {{ '+' if side > 0 else '-' }} 1.959964 * sqrt(
                {{ successes }} * ({{ cases }} - {{ successes }}) / nullif({{ cases }}, 0)
                + 0.9603647
            )
        ) / nullif({{ cases }} + 3.8414588, 3.8414588) as decimal(9, 6)
    )
{%- endmacro -%}


{#- One end of the 95 % interval of the difference of two shares, the first less the second: the
    hybrid score of Newcombe (1998), from Wilson's ends of both. `side` is -1 for the lower and 1
    for the upper end. NULL for no cases on either side. -#}
{%- macro difference_bound(successes, cases, other_successes, other_cases, side) -%}
    {%- set own = wilson_bound(successes, cases, side) -%}
    {%- set other = wilson_bound(other_successes, other_cases, -side) -%}
    {%- set first_share = ratio(successes, cases) -%}
    {%- set other_share = ratio(other_successes, other_cases) -%}
    cast(
        {{ first_share }} - {{ other_share }} {{ '+' if side > 0 else '-' }} sqrt(
            power({{ first_share }} - {{ own }}, 2) + power({{ other_share }} - {{ other }}, 2)
        ) as decimal(9, 6)
    )
{%- endmacro -%}


{#- A part of a whole, NULL for a whole of nothing: six decimals, or twelve where the parts may be
    as small as one customer of millions. -#}
{%- macro ratio(part, whole, type='decimal(9, 6)') -%}
    cast({{ part }} / nullif({{ whole }}, 0) as {{ type }})
{%- endmacro -%}


{#- A number that rests on `cases`, or NULL for fewer than the setting `least_cases_count`. -#}
{%- macro enough(cases, number) -%}
    case when {{ cases }} >= {{ var('least_cases_count') }} then {{ number }} end
{%- endmacro -%}


{#- A share with six decimals, or NULL for fewer cases than the setting `least_cases_count`. -#}
{%- macro share(successes, cases) -%}
    {{ enough(cases, ratio(successes, cases)) }}
{%- endmacro -%}


{#- Whether there are enough cases to publish a share of them. -#}
{%- macro data_basis(cases) -%}
    case
        when {{ cases }} >= {{ var('least_cases_count') }} then 'sufficient'
        else 'insufficient data'
    end
{%- endmacro -%}


{#- One end of the 95 % interval of a rank correlation: Fisher's z with the variance of Bonett and
    Wright (2000), (1 + r^2 / 2) / (n - 3), for ranks. `side` is -1 for the lower and 1 for the
    upper end. NULL for three cases or fewer; a correlation of 1 or -1 has no width. -#}
{%- macro rank_correlation_bound(correlation, cases, side) -%}
    {%- set odds -%}
    (1 + {{ correlation }}) / (1 - {{ correlation }}) * exp(
                {{ '' if side > 0 else '-' }}2 * 1.959964 * sqrt(
                    (1 + {{ correlation }} * {{ correlation }} / 2) / ({{ cases }} - 3)
                )
            )
    {%- endset -%}
    cast(
        case
            when {{ cases }} <= 3 then null
            when abs({{ correlation }}) = 1 then {{ correlation }}
            else 1 - 2 / (1 + {{ odds }})
        end as decimal(9, 6)
    )
{%- endmacro -%}
