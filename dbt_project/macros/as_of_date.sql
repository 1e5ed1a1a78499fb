{#- The day that closes every window, itself outside. Every run passes it; never the clock. It
    comes by the environment, since another --vars would have dbt parse the whole project again
    each night; unit tests set the variable. -#}
{%- macro as_of_date() -%}
    cast('{{ var("as_of_date", env_var("CUSTOMER_VALUE_AS_OF_DATE", "") if execute else "") }}' as date)
{%- endmacro -%}


{#- The day that the bridge of customer value begins at: the first of the as-of date's month, or of
    the month before where the as-of date is a first itself. Python's `opening_date` agrees. -#}
{%- macro opening_date() -%}
    {{ month_start(add_days(as_of_date(), -1)) }}
{%- endmacro -%}
