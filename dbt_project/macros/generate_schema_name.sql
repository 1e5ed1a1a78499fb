{#- The schema a model asks for, exactly: readers know `marts`, not `main_marts`. -#}
{%- macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro -%}
