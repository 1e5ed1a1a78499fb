{#- Whether a version of a history was known, for at least a day, by the as-of date. -#}
{%- macro was_known() -%}
    valid_from_date <= {{ as_of_date() }}
    and (valid_to_date is null or valid_to_date > valid_from_date)
{%- endmacro -%}


{#- The end of a version as known at the as-of date: what ended it later is not known yet. -#}
{%- macro known_end_date() -%}
    case when valid_to_date <= {{ as_of_date() }} then valid_to_date end
{%- endmacro -%}
