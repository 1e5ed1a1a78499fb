{#- Whether a version of a history was known, for at least a day, by a day. -#}
{%- macro was_known(day=as_of_date()) -%}
    valid_from_date <= {{ day }}
    and (valid_to_date is null or valid_to_date > valid_from_date)
{%- endmacro -%}


{#- The end of a version as known on a day: what ended it later is not known yet. -#}
{%- macro known_end_date(day=as_of_date()) -%}
    case when valid_to_date <= {{ day }} then valid_to_date end
{%- endmacro -%}


{#- The days on which it is asked what was known: the bridge's opening date and the as-of date. -#}
{%- macro known_dates() -%}
    select {{ opening_date() }} as known_date
    union all
    select {{ as_of_date() }} as known_date
{%- endmacro -%}


{#- Whether a landed row was known to the load of the opening date. What a system's very first load
    brought is taken as known on its own day: no load could miss it. Expects a relation
    `first_load` with the day of that load, and `business_units`. -#}
{%- macro was_known_at_opening(rows, happened_at_utc) -%}
    {{ rows }}.{{ happened_at_utc }} < business_units.opening_at_utc
    and (
        {{ rows }}._observed_date <= {{ opening_date() }}
        or {{ rows }}._observed_date = first_load.observed_date
    )
{%- endmacro -%}
