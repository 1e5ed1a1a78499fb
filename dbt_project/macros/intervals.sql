{#- Wilson's 95 % interval of a share (Wilson 1927): `side` is -1 for the lower and 1 for the upper
    end. NULL for no cases. -#}
{%- macro wilson_bound(successes, cases, side) -%}
    cast(
        (
            {{ successes }} + 1.9207294
            {{ '+' if side > 0 else '-' }} 1.959964 * sqrt(
                cast({{ successes }} as double) * ({{ cases }} - {{ successes }})
                / nullif({{ cases }}, 0) + 0.9603647
            )
        ) / nullif({{ cases }} + 3.8414588, 3.8414588) as decimal(9, 6)
    )
{%- endmacro -%}


{#- A share with six decimals, or NULL for fewer cases than the setting `least_cases_count`. -#}
{%- macro share(successes, cases) -%}
    case
        when {{ cases }} >= {{ var('least_cases_count') }}
            then cast(cast({{ successes }} as double) / {{ cases }} as decimal(9, 6))
    end
{%- endmacro -%}
