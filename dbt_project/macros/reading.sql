{#- How a CTE is marked that is read more than once and cheaper to make anew than to keep: DuckDB
    keeps each such CTE whole, in memory or on disk, however many columns and rows it has. -#}
{%- macro read_anew() -%}
    {{ return(adapter.dispatch('read_anew')()) }}
{%- endmacro -%}

{%- macro default__read_anew() -%}
{%- endmacro -%}

{%- macro duckdb__read_anew() -%}
    not materialized
{%- endmacro -%}
