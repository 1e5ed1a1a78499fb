{#- A company's name as two systems can agree on: without case, width, punctuation and legal form. -#}
{%- macro comparable_name(name) -%}
    {%- set plain -%}
    translate(
        lower({{ name }}),
        '０１２３４５６７８９ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ .,()（）　，。-''',
        '0123456789abcdefghijklmnopqrstuvwxyz'
    )
    {%- endset -%}
    nullif(replace(replace(replace({{ plain }}, '有限公司', ''), '公司', ''), 'coltd', ''), '')
{%- endmacro -%}


{#- A registration number without case and blanks; NULL for none. -#}
{%- macro comparable_number(number) -%}
    nullif(replace(upper(trim({{ number }})), ' ', ''), '')
{%- endmacro -%}
