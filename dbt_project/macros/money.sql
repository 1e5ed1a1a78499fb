{#- Money never is a float: two decimals, up to ten quadrillion. -#}
{%- macro money(amount) -%}
    cast({{ amount }} as decimal(18, 2))
{%- endmacro -%}


{#- `amount / parts` rounded half away from zero to `scale` decimals; NULL for no parts. `amount`
    has two decimals at most. Exact: a quotient taken in floating point makes 1.00 of 2.01 / 2. -#}
{%- macro per_part(amount, parts, scale=2) -%}
    {{ return(adapter.dispatch('per_part')(amount, parts, scale)) }}
{%- endmacro -%}

{%- macro default__per_part(amount, parts, scale) -%}
    cast(
        round(cast({{ amount }} as decimal(28, 10)) / nullif({{ parts }}, 0), {{ scale }})
        as decimal(18, {{ scale }})
    )
{%- endmacro -%}

{#- DuckDB divides decimals in floating point, and whole numbers of 128 bits twenty times slower
    than those of 64: so 64, which still hold a trillion with four decimals. -#}
{%- macro duckdb__per_part(amount, parts, scale) -%}
    {%- set units = "cast(" ~ amount ~ " * 100 as bigint) * " ~ 10 ** (scale - 2) -%}
    cast(
        cast(
            (2 * {{ units }} + case when {{ amount }} < 0 then -1 else 1 end * {{ parts }})
            // (2 * nullif({{ parts }}, 0))
            as decimal(18, 0)
        ) * {{ "%.*f" | format(scale, 10 ** -scale) }}
        as decimal(18, {{ scale }})
    )
{%- endmacro -%}


{#- The product of a prediction's factors. Not of money that must add up. -#}
{%- macro product(factors) -%}
    {{ return(adapter.dispatch('product')(factors)) }}
{%- endmacro -%}

{%- macro default__product(factors) -%}
    {{ factors | join(' * ') }}
{%- endmacro -%}

{#- DuckDB multiplies long decimals in 128 bits, fifty times slower than floating point. -#}
{%- macro duckdb__product(factors) -%}
    {%- for factor in factors -%}
        cast({{ factor }} as double){{ ' * ' if not loop.last }}
    {%- endfor -%}
{%- endmacro -%}
