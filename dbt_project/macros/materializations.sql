{#- Tables and views as a build needs them: written once, in one statement, into a private file.

dbt's own build a second relation beside the first, swap the names, look up columns and drop what
is left, for readers that query meanwhile. Nobody reads a candidate, and each build starts a new
one; a step that was killed and runs again finds its own relations and replaces them. -#}
{% materialization table, adapter="duckdb", supported_languages=["sql"] %}
    {%- set target = this.incorporate(type='table') -%}
    {%- call statement('main', auto_begin=false) -%}
        drop table if exists {{ target }};
        {{ create_table_as(false, target, compiled_code) }};
        {{ comments_on(target) }}
    {%- endcall -%}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}


{% materialization view, adapter="duckdb" %}
    {%- set target = this.incorporate(type='view') -%}
    {%- call statement('main', auto_begin=false) -%}
        create or replace view {{ target }} as ({{ compiled_code }})
    {%- endcall -%}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}


{#- The descriptions of a model and its columns as statements, where the model persists them. -#}
{%- macro comments_on(target) -%}
    {%- if config.persist_relation_docs() and model.description -%}
        comment on table {{ target }} is $text${{ model.description }}$text$;
    {%- endif %}
    {%- if config.persist_column_docs() -%}
        {%- for column in model.columns.values() if column.description %}
            comment on column {{ target }}.{{ adapter.quote(column.name) }}
            is $text${{ column.description }}$text$;
        {%- endfor %}
    {%- endif %}
{%- endmacro -%}
