"""What was planted in the simulated unit is what the loyalty marts publish of it."""

from math import sqrt

import pytest

from tests.dbt.industrial import Planted

SCOPE = "business_unit = 'industrial' and survey_basis = 'all' and scope = 'all'"
# A survey was planted to bring the customer back with the probability of its true score, or of
# gaming. A published score is the true one but where it was gamed.
CHANCE = "case when is_gamed then {gamed} else {honest} end"


def planted_chance(planted: Planted) -> str:
    """Return the SQL of the probability with which a survey of ``truth.surveys`` is followed."""
    boxes = planted.parameters.repurchase_probabilities.items()
    honest = "case true_score " + " ".join(f"when {box} then {p}" for box, p in boxes) + " end"
    return CHANCE.format(gamed=planted.parameters.gamed_repurchase_probability, honest=honest)


def wilson(successes: int, cases: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval (Wilson 1927)."""
    z = 1.959964
    middle = (successes + z * z / 2) / (cases + z * z)
    half = z / (cases + z * z) * sqrt(successes * (cases - successes) / cases + z * z / 4)
    return middle - half, middle + half


def test_the_planted_repurchase_of_the_satisfied_lies_in_the_published_interval(
    planted: Planted,
) -> None:
    ((chance, satisfied),) = planted.rows(
        f"select avg({planted_chance(planted)}), count(*) "
        "from truth.surveys where is_satisfied and is_window_closed"
    )
    ((lower, upper, followed),) = planted.rows(
        "select repurchase_ratio_lower, repurchase_ratio_upper, followed_surveys_count "
        f"from marts.fct_satisfaction_repurchase where {SCOPE}"
    )

    assert followed == satisfied
    assert lower < chance < upper


def test_the_planted_repurchase_of_each_honest_box_lies_in_its_interval(planted: Planted) -> None:
    rows = planted.rows(
        "select survey_box, repurchase_ratio_lower, repurchase_ratio_upper "
        "from marts.fct_satisfaction_boxes where business_unit = 'industrial' "
        "and survey_basis = 'without_bonus' and scope = 'all' and data_basis = 'sufficient' "
        "and survey_box <> 'unanswered'"
    )
    chances = planted.parameters.repurchase_probabilities

    assert {box for box, *_ in rows} == {"3", "4", "5"}
    assert [box for box, lower, upper in rows if not lower < chances[int(box)] < upper] == []


def test_who_repurchased_is_who_was_planted_to(planted: Planted) -> None:
    ((surveys, different),) = planted.rows(
        "select count(*), count(*) filter (followed.has_repurchased <> surveys.is_repurchased "
        "or followed.is_window_closed <> surveys.is_window_closed "
        "or followed.is_satisfied <> coalesce(surveys.is_satisfied, false)) "
        "from truth.surveys join intermediate.int_surveys__followed as followed "
        "on followed.survey_id = 'industrial-' || surveys.survey_id where surveys.is_window_closed"
    )

    assert surveys > 1000
    assert different <= surveys // 100  # identities that even a clerk could not settle


def test_counting_open_windows_as_lost_would_publish_too_low_a_repurchase(
    planted: Planted,
) -> None:
    """Four earlier evenings, on which the windows of half a year were open."""
    ((chance,),) = planted.rows(
        f"select avg({planted_chance(planted)}) from truth.surveys where is_satisfied"
    )
    rows = planted.rows(
        "with evenings(day) as (values (date '2016-01-01'), (date '2016-07-01'), "
        "  (date '2017-01-01'), (date '2017-07-01')),"
        "known as ("
        "  select day, sent_date + 180 < day as is_closed,"
        "    coalesce(repurchased_date < day, false) as has_repurchased"
        "  from intermediate.int_surveys__followed join evenings on sent_date < day"
        "  where business_unit = 'industrial' and is_satisfied)"
        "select day, avg(cast(has_repurchased as integer)),"
        "  avg(cast(has_repurchased as integer)) filter (is_closed) "
        "from known group by day"
    )

    assert len(rows) == 4
    for _, with_open_windows, without in rows:
        assert with_open_windows < without - 0.01
        assert abs(with_open_windows - chance) > abs(without - chance)


def test_the_two_who_game_the_survey_stand_out_and_nobody_else(planted: Planted) -> None:
    gaming = planted.rows(
        "select cast(employee_id as varchar) from truth.representatives where is_gaming"
    )
    standing_out = planted.rows(
        "select asked_by_id, bias_signals_count from marts.fct_survey_askers where is_standing_out"
    )
    ((others_signals,),) = planted.rows(
        "select max(bias_signals_count) from marts.fct_survey_askers where not is_standing_out"
    )

    assert len(gaming) == planted.parameters.gaming_representatives_count
    assert sorted(standing_out) == sorted((employee, 3) for (employee,) in gaming)
    assert others_signals == 0


def test_the_planted_retention_lies_in_the_interval_of_each_tenure_year(planted: Planted) -> None:
    rows = planted.rows(
        "select tenure_year, planted_retention_ratio, retention.customers_count, retained_count, "
        "followed_customers_count, retained_customers_count, "
        "retention_ratio_lower, retention_ratio_upper "
        "from truth.retention join marts.fct_tenure_economics using (tenure_year) "
        "where retention.customers_count >= 30 and business_unit = 'industrial' "
        "order by tenure_year"
    )

    assert [row[0] for row in rows] == [1, 2, 3]
    for _, chance, customers, retained, followed, stayed, lower, upper in rows:
        assert (followed, stayed) == (customers, retained)
        assert wilson(stayed, followed) == pytest.approx((float(lower), float(upper)), abs=1e-6)
        assert lower < chance < upper


def test_the_money_of_each_complete_tenure_year_is_what_was_planted(planted: Planted) -> None:
    rows = planted.rows(
        "select economics.tenure_year, sum(net_revenue_cny), any_value(published.net_revenue), "
        "sum(service_cost_cny), any_value(published.service_cost) from truth.economics join ("
        "  select tenure_year, sum(net_revenue) as net_revenue, sum(service_cost) as service_cost"
        "  from intermediate.int_customers__tenure_years"
        "  where is_complete and business_unit = 'industrial' group by tenure_year"
        ") as published on economics.tenure_year = published.tenure_year "
        "where is_year_complete group by economics.tenure_year"
    )

    assert len(rows) == 4
    for _, revenue, published_revenue, service, published_service in rows:
        assert float(published_revenue) == pytest.approx(revenue, rel=1e-3)
        assert float(published_service) == pytest.approx(service, rel=1e-2)


SUPPOSITIONS = {
    "as_is": lambda r: r,
    "plus_1_point": lambda r: min(r + 0.01, 1),
    "plus_2_points": lambda r: min(r + 0.02, 1),
    "plus_5_points": lambda r: min(r + 0.05, 1),
    "halved_defection": lambda r: 1 - (1 - r) / 2,
}


def test_the_uplift_table_follows_from_the_planted_curve_year_by_year(planted: Planted) -> None:
    """A thousand years of customers, one after the other, instead of a formula."""
    wait = 1.15
    years = planted.rows(
        "select retention_ratio, margin_per_customer from marts.fct_tenure_economics "
        "where business_unit = 'industrial' and margin_per_customer is not null "
        "order by tenure_year"
    )
    retention = [float(ratio) for ratio, _ in years if ratio is not None]
    margin = [float(worth) for _, worth in years]
    published = planted.rows(
        "select scenario, value_per_customer, uplift_ratio from marts.fct_retention_uplift "
        "where business_unit = 'industrial' and curve = 'own_curve'"
    )

    def value(scenario: str) -> float:
        staying, total = 1.0, 0.0
        for year in range(1, 1000):
            staying *= SUPPOSITIONS[scenario](retention[min(year, len(retention)) - 1]) / wait
            total += staying * margin[min(year, len(retention))]
        return total

    assert len(retention) == 3
    assert {scenario for scenario, *_ in published} == set(SUPPOSITIONS)
    for scenario, worth, uplift in published:
        assert float(worth) == pytest.approx(value(scenario), abs=1)
        assert float(uplift) == pytest.approx(value(scenario) / value("as_is") - 1, abs=1e-5)


def test_late_delivery_is_found_to_lower_satisfaction(planted: Planted) -> None:
    ((verdict, worth),) = planted.rows(
        "select verdict, return_per_year from marts.fct_satisfaction_drivers "
        "where driver = 'late_delivery' and business_unit = 'industrial'"
    )

    assert planted.parameters.late_delivery_effect < 0
    assert verdict == "supported"
    assert worth > 0


def test_the_scissors_gap_is_counted_as_it_was_planted(planted: Planted) -> None:
    planted_counts = planted.rows(
        "select phase, days_count, seller_touches_count, service_cases_count "
        "from truth.attention order by phase"
    )
    published = planted.rows(
        "select phase, phase_days, seller_touches_count, service_cases_count "
        "from marts.fct_after_sale_attention where product_family = 'all' order by phase"
    )

    assert published == planted_counts


def test_replies_after_the_sale_are_as_slow_as_planted(planted: Planted) -> None:
    rows = planted.rows(
        "select phase, planted_unanswered_ratio, unanswered_ratio_lower, unanswered_ratio_upper, "
        "planted_median_first_reply_hours, median_first_reply_hours "
        "from truth.attention join marts.fct_after_sale_attention using (phase) "
        "where product_family = 'all'"
    )
    after = {row[0]: row for row in rows}["after"]

    assert len(rows) == 3
    assert after[2] < after[1] + 0.02 < after[3]
    assert float(after[5]) == pytest.approx(after[4], rel=0.1)


def test_leavers_of_a_year_are_those_whose_loss_was_planted(planted: Planted) -> None:
    """Who is active in a year and not in the next was lost in one of the two."""
    rows = planted.rows(
        "select year(period_start_date), sum(customers_count), sum(defected_customers_count) "
        "from marts.fct_defection where business_unit = 'industrial' and segment = 'all' "
        "group by period_start_date"
    )
    losses = dict(
        planted.rows(
            "select year(loss_date - 1), count(*) from truth.companies where is_lost group by all"
        )
    )

    assert sorted(year for year, *_ in rows) == [2013, 2014, 2015, 2016]
    for year, customers, defected in rows:
        assert abs(defected - losses[year]) <= 0.05 * customers
