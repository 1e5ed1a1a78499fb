{#- The warehouse's id of something a business unit numbers itself: retail-1228. -#}
{%- macro unit_id(unit, number) -%}
    concat('{{ unit }}-', cast({{ number }} as {{ dbt.type_string() }}))
{%- endmacro -%}


{#- The member that keeps what belongs to nobody known yet. -#}
{%- macro unknown_id(business_unit) -%}
    concat({{ business_unit }}, '-unknown')
{%- endmacro -%}
