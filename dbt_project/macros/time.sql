{#- The calendar day it was at a UTC timestamp in a column's time zone. It costs a microsecond:
    ask it of orders, not of their lines. -#}
{%- macro business_date(timestamp_utc, time_zone) -%}
    {{ return(adapter.dispatch('business_date')(timestamp_utc, time_zone)) }}
{%- endmacro -%}

{%- macro default__business_date(timestamp_utc, time_zone) -%}
    cast(from_utc_timestamp({{ timestamp_utc }}, {{ time_zone }}) as date)
{%- endmacro -%}

{%- macro duckdb__business_date(timestamp_utc, time_zone) -%}
    cast(timezone({{ time_zone }}, timezone('UTC', {{ timestamp_utc }})) as date)
{%- endmacro -%}


{#- The UTC timestamp at which a day begins in a column's time zone. -#}
{%- macro day_start_utc(date, time_zone) -%}
    {{ return(adapter.dispatch('day_start_utc')(date, time_zone)) }}
{%- endmacro -%}

{%- macro default__day_start_utc(date, time_zone) -%}
    to_utc_timestamp(cast({{ date }} as timestamp), {{ time_zone }})
{%- endmacro -%}

{%- macro duckdb__day_start_utc(date, time_zone) -%}
    timezone('UTC', timezone({{ time_zone }}, cast({{ date }} as timestamp)))
{%- endmacro -%}


{#- An instant with a time zone as a plain UTC timestamp, whatever the session's time zone. -#}
{%- macro utc_timestamp(instant) -%}
    {{ return(adapter.dispatch('utc_timestamp')(instant)) }}
{%- endmacro -%}

{%- macro default__utc_timestamp(instant) -%}
    to_utc_timestamp({{ instant }}, current_timezone())
{%- endmacro -%}

{%- macro duckdb__utc_timestamp(instant) -%}
    timezone('UTC', {{ instant }})
{%- endmacro -%}


{#- The first day of a date's month. -#}
{%- macro month_start(date) -%}
    cast({{ dbt.date_trunc('month', date) }} as date)
{%- endmacro -%}


{#- The first day of a date's quarter. -#}
{%- macro quarter_start(date) -%}
    cast({{ dbt.date_trunc('quarter', date) }} as date)
{%- endmacro -%}


{#- The date `months` later, earlier if negative; from 31 January on, the last of February. -#}
{%- macro add_months(date, months) -%}
    cast({{ dbt.dateadd('month', months, date) }} as date)
{%- endmacro -%}


{#- Days from one date to a later one; negative if it is earlier. -#}
{%- macro days_between(first_date, last_date) -%}
    cast({{ dbt.datediff(first_date, last_date, 'day') }} as bigint)
{%- endmacro -%}


{#- Calendar months from one month to a later one. -#}
{%- macro months_between(first_month, last_month) -%}
    cast({{ dbt.datediff(first_month, last_month, 'month') }} as bigint)
{%- endmacro -%}


{#- The date `days` later. -#}
{%- macro add_days(date, days) -%}
    cast({{ dbt.dateadd('day', days, date) }} as date)
{%- endmacro -%}


{#- The year of tenure, 1 the first, that `day` lies in for who started on `start`: years of 365.25
    days, so that each has the same length. -#}
{%- macro tenure_year(start, day) -%}
    cast(floor({{ days_between(start, day) }} / 365.25) as bigint) + 1
{%- endmacro -%}


{#- Hours from one UTC timestamp to a later one, with two decimals. -#}
{%- macro hours_between(first_timestamp, last_timestamp) -%}
    cast({{ dbt.datediff(first_timestamp, last_timestamp, 'second') }} / 3600.0 as decimal(12, 2))
{%- endmacro -%}


{#- The whole numbers from 0 below `count`, each in a row of its own beside the other columns. -#}
{%- macro numbers_below(count) -%}
    {{ return(adapter.dispatch('numbers_below')(count)) }}
{%- endmacro -%}

{%- macro default__numbers_below(count) -%}
    explode(sequence(0, {{ count }} - 1))
{%- endmacro -%}

{%- macro duckdb__numbers_below(count) -%}
    unnest(range({{ count }}))
{%- endmacro -%}
