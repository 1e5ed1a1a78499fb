{#- How far a customer's own mean value of an occasion is believed (0 to 1), the base's mean being
    believed for the rest: as Gamma-Gamma says, or wholly from some occasions on where it may not
    be used. `ValuePerOccasion.own_weight` says the same in Python, and a test holds them equal.
    Expects a relation `models` with its columns of staging. -#}
{%- macro own_mean_weight(occasions_count) -%}
    case
        when models.value_basis = 'gamma_gamma'
            then
                models.value_p * {{ occasions_count }}
                / (models.value_p * {{ occasions_count }} + models.value_q - 1)
        when {{ occasions_count }} >= models.own_mean_occasions_count then 1
        else 0
    end
{%- endmacro -%}


{#- The join of customers, `placed` in a state, to `cells`: at most one each. -#}
{%- macro joined_cells(state) -%}
    left join cells as {{ state }}_cells
        on
            placed.business_unit = {{ state }}_cells.business_unit
            and placed.{{ state }}_repeat_occasions_count
            = {{ state }}_cells.repeat_occasions_count
            and placed.{{ state }}_cell_age_at_last_purchase_days
            = {{ state }}_cells.age_at_last_purchase_days
            and placed.{{ state }}_cell_age_days = {{ state }}_cells.age_days
{%- endmacro -%}
