{#- The day that closes every window, itself outside. Every run passes it; never the clock. It
    comes by the environment, since another --vars would have dbt parse the whole project again
    each night; unit tests set the variable. -#}
{%- macro as_of_date() -%}
    cast('{{ var("as_of_date", env_var("CUSTOMER_VALUE_AS_OF_DATE", "")) }}' as date)
{%- endmacro -%}
