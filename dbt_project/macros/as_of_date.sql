{#- The day that closes every window, itself outside. Never the clock. -#}
{%- macro as_of_date() -%}
    {%- set date = var('as_of_date', none) -%}
    {%- if execute and not modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', date | string) -%}
        {%- do exceptions.raise_compiler_error(
            "as_of_date is " ~ date ~ ", not a date. Pass --vars 'as_of_date: 2017-12-31'."
        ) -%}
    {%- endif -%}
    cast('{{ date }}' as date)
{%- endmacro -%}
