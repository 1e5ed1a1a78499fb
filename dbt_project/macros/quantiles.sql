{#- The value at a quantile of a column so far, itself a value of the column: over the rows of a
    partition up to the current one. -#}
{%- macro running_quantile(value, quantile, partition_by, order_by) -%}
    {{ return(adapter.dispatch('running_quantile')(value, quantile, partition_by, order_by)) }}
{%- endmacro -%}

{%- macro default__running_quantile(value, quantile, partition_by, order_by) -%}
    percentile_approx({{ value }}, {{ quantile }}, 1000000) over (
        partition by {{ partition_by }} order by {{ order_by }} rows unbounded preceding
    )
{%- endmacro -%}

{%- macro duckdb__running_quantile(value, quantile, partition_by, order_by) -%}
    quantile_disc({{ value }}, {{ quantile }}) over (
        partition by {{ partition_by }} order by {{ order_by }} rows unbounded preceding
    )
{%- endmacro -%}
