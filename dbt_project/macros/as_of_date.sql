{#- The day that closes every window, itself outside. Every run passes it; never the clock. -#}
{%- macro as_of_date() -%}
    cast('{{ var("as_of_date") }}' as date)
{%- endmacro -%}
