import datetime as dt

import duckdb
import numpy as np
import pytest
from customer_value.lifetime_value.gamma_gamma import Assumptions, GammaGammaParams
from customer_value.prediction import backtest
from customer_value.prediction.backtest import OWN_MEAN_OCCASIONS, Score, ValuePerOccasion
from customer_value.prediction.challengers import CHALLENGERS, margin_multiple, markov, naive_mean
from customer_value.prediction.history import Histories, read_histories
from customer_value.settings import PROJECT
from jinja2 import Template

from tests.prediction.conftest import CUSTOMERS, DAYS, FIRST

LAST = FIRST + dt.timedelta(days=DAYS)
QUARTER = dt.timedelta(days=91)


def score(method: str, error: float, ratio: float = 1.0, *, reason: str = "") -> Score:
    return Score(
        cut_off=LAST,
        method=method,
        customers_count=10,
        actual_total=100 * ratio,
        predicted_total=100,
        mean_absolute_error=error,
        root_mean_squared_error=error,
        concordance=0,
        cohorts=(),
        deciles=(),
        occasions_coverage=(0.8, 0.88, 0.91, 0.95, 0.99),
        is_degenerate=bool(reason),
        reason=reason,
    )


def family(**errors: Score) -> list[Score]:
    given = {"bg_nbd": score("bg_nbd", 5), "mbg_nbd": score("mbg_nbd", 4)}
    given |= {"pareto_nbd": score("pareto_nbd", 3), "nbd": score("nbd", 6)}
    return list((given | errors).values())


def test_cut_offs_lie_quarters_apart_with_a_quarter_before_each():
    # 2023-01-01 to 2024-02-25: three quarters back is 147 days in, four only 56.
    found = backtest.cut_offs(FIRST, LAST)

    assert found == [LAST - QUARTER, LAST - 2 * QUARTER, LAST - 3 * QUARTER]


def test_the_smallest_error_is_chosen():
    assert backtest.choose(family())[0] == "pareto_nbd"


def test_a_degenerate_fit_is_refused_with_its_reason():
    chosen, reason = backtest.choose(
        family(pareto_nbd=score("pareto_nbd", 3, reason="beta is hardly determined"))
    )

    assert chosen == "mbg_nbd"
    assert "pareto_nbd is degenerate (beta is hardly determined)" in reason


def test_a_total_off_by_more_than_a_quarter_is_refused():
    chosen, reason = backtest.choose(family(pareto_nbd=score("pareto_nbd", 3, ratio=1.3)))

    assert chosen == "mbg_nbd"
    assert "pareto_nbd was off in total: actual / predicted 1.30" in reason


def test_nothing_is_chosen_when_all_are_off():
    names = ("bg_nbd", "mbg_nbd", "pareto_nbd", "nbd")

    assert backtest.choose([score(name, 1, ratio=0.5) for name in names])[0] is None


def test_intervals_are_made_at_the_first_level_that_held_nine_in_ten():
    assert backtest.nominal_level([score("nbd", 1)]) == 0.98


def test_the_naive_mean_is_last_quarters_mean(occasions: duckdb.DuckDBPyConnection):
    now = read_histories(occasions, "shop", LAST - QUARTER, 91)
    before = read_histories(occasions, "shop", LAST - 2 * QUARTER, 91)

    predicted = naive_mean(now, before)

    assert predicted.sum() == pytest.approx(before.later_value.sum())
    assert np.ptp(predicted) == 0


def test_the_margin_multiple_keeps_a_third_of_a_third():
    """30 a month, retention 1/8 a quarter is 1/2 a month: 15 + 7.5 + 3.75, and 1/30 of 1.875."""
    quarter = np.array([1.0] * 8)
    common = {
        "repeat_occasions": quarter * 0,
        "age_at_last_purchase": quarter * 0,
        "mean_value": quarter * 30,
        "last_month_occasions": quarter,
        "last_quarter_value": quarter,
        "last_horizon_value": quarter,
        "later_value": quarter,
    }
    later = np.array([1.0] + [0.0] * 7)
    before = Histories(LAST, 91, age=quarter * 91, later_occasions=later, **common)
    now = Histories(LAST, 90, age=quarter * 30, later_occasions=later, **common)

    # At a horizon of 90 days a month is a third: retention (1/8)^(30/90) = 1/2.
    assert margin_multiple(now, before) == pytest.approx(np.full(8, 15 + 7.5 + 3.75))


def test_the_markov_chain_brings_a_share_of_buyers_to_a_month_before_it_walks():
    """Of four who bought in the last month three bought within 60 days: 1 - (1/4)^(30/60) = 1/2
    a month. At 10.00 a purchase 60 days bring 5.00 + 2.50, and 15 more half of 1.25. Of one silent
    for a month nothing is known to come.
    """
    four = np.ones(4)
    common = {
        "repeat_occasions": four * 0,
        "mean_value": four * 10,
        "last_quarter_value": four,
        "last_horizon_value": four,
        "later_value": four,
    }
    before = Histories(
        LAST,
        60,
        age=four * 10,
        age_at_last_purchase=four * 5,
        last_month_occasions=four,
        later_occasions=np.array([3.0, 1, 1, 0]),
        **common,
    )
    now = Histories(
        LAST,
        75,
        age=four * 40,
        age_at_last_purchase=np.array([40.0, 39, 30, 5]),
        last_month_occasions=np.array([1.0, 1, 1, 0]),
        later_occasions=four,
        **common,
    )

    assert markov(now, before) == pytest.approx([8.125, 8.125, 8.125, 0])


@pytest.mark.parametrize(
    ("basis", "params"),
    [("gamma_gamma", GammaGammaParams(p=6.25, q=3.74, gamma=15.44)), ("own_mean", None)],
)
def test_sql_and_python_believe_own_means_alike(basis: str, params: GammaGammaParams | None):
    macro = (PROJECT / "dbt_project" / "macros" / "lifetime_value.sql").read_text()
    weight = Template(macro).module.own_mean_weight("counted.occasions")
    occasions = np.arange(1.0, 60.0)
    value = ValuePerOccasion(basis, 30.0, params, Assumptions(60, 0, 0, 0, 0, True, True))

    in_sql = duckdb.execute(
        f"select {weight} from range(1, 60) as counted (occasions), "
        "(select ? as value_basis, ? as value_p, ? as value_q, ? as own_mean_occasions_count) "
        "as models order by occasions",
        [basis, params and params.p, params and params.q, OWN_MEAN_OCCASIONS],
    ).fetchall()

    assert [weight for (weight,) in in_sql] == pytest.approx(value.own_weight(occasions).tolist())


def test_every_method_is_scored_on_the_same_customers(occasions: duckdb.DuckDBPyConnection):
    scores = backtest.scores_at(occasions, "shop", [LAST - QUARTER], CUSTOMERS)

    assert {s.method for s in scores} == {
        *("bg_nbd", "mbg_nbd", "pareto_nbd", "nbd"),
        *CHALLENGERS,
    }
    assert len({(s.customers_count, s.actual_total) for s in scores}) == 1
    by_name = {s.method: s for s in scores}
    assert by_name["pareto_nbd"].mean_absolute_error < by_name["naive_mean"].mean_absolute_error
    assert 0.8 < by_name["pareto_nbd"].total_ratio < 1.25


def test_cohorts_and_tenths_part_the_customers_and_their_money(
    occasions: duckdb.DuckDBPyConnection,
):
    """All customers of the simulated base came in the first 60 days, so in one quarter."""
    for found in backtest.scores_at(occasions, "shop", [LAST - QUARTER], CUSTOMERS):
        (cohort,) = found.cohorts

        assert cohort.quarter == FIRST
        assert cohort.customers_count == found.customers_count
        assert cohort.actual_total == pytest.approx(found.actual_total)
        assert cohort.mean_absolute_error == pytest.approx(found.mean_absolute_error)
        assert cohort.top_tenth_gain == found.top_tenth_gain
        assert (cohort.occasions_coverage is None) == (found.method in CHALLENGERS)
        if found.occasions_coverage:
            assert cohort.occasions_coverage == pytest.approx(found.occasions_coverage[0])
        tenth = found.customers_count / 10
        actual = [decile.mean_actual * tenth for decile in found.deciles]
        assert sum(actual) == pytest.approx(found.actual_total)
        assert found.deciles[-1].gain == pytest.approx(1)


def test_cohorts_worked_by_hand():
    """On 1 May two are 31 days old, from 31 March, one came on 1 April, one in the year before.

    The tenth of one customer has a tenth of the money; of the two, the better predicted had none.
    """
    four = np.ones(4)
    histories = Histories(
        dt.date(2023, 5, 1),
        91,
        repeat_occasions=four,
        age_at_last_purchase=four,
        age=np.array([30.0, 31, 31, 121]),
        mean_value=four,
        last_month_occasions=four,
        last_quarter_value=four,
        last_horizon_value=four,
        later_occasions=np.array([2.0, 0, 1, 5]),
        later_value=np.array([20.0, 0, 10, 0]),
    )

    found = backtest.cohorts(histories, np.array([5.0, 4, 3, 2]), (four, four * 4))

    assert found == (
        backtest.CohortScore(dt.date(2022, 10, 1), 1, 0, 2, 2, None, 0),
        backtest.CohortScore(dt.date(2023, 1, 1), 2, 10, 7, 5.5, 0, 0.5),
        backtest.CohortScore(dt.date(2023, 4, 1), 1, 20, 5, 15, pytest.approx(0.1), 1),
    )


def test_a_quarter_without_a_sale_has_no_tenths(occasions: duckdb.DuckDBPyConnection):
    now = read_histories(occasions, "shop", LAST, 91)
    before = read_histories(occasions, "shop", LAST - QUARTER, 91)

    scores = backtest.scores_of(now, before)

    assert {score.method for score in scores} >= {"nbd", "pareto_nbd", "naive_mean"}
    assert {score.actual_total for score in scores} == {0}
    assert {score.deciles for score in scores} == {()}
    assert backtest.choose(scores)[0] is None


def test_two_cut_offs_at_once_are_scored_as_each_alone(occasions: duckdb.DuckDBPyConnection):
    days = [LAST - QUARTER, LAST - 2 * QUARTER]

    together = backtest.scores_at(occasions, "shop", days, CUSTOMERS)

    assert together == [
        score for day in days for score in backtest.scores_at(occasions, "shop", [day], CUSTOMERS)
    ]


def test_a_large_base_is_sampled_the_same_way_each_time(
    occasions: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(backtest, "MOST_CUSTOMERS", CUSTOMERS // 2)

    scores = backtest.scores_at(occasions, "shop", [LAST - QUARTER], CUSTOMERS)

    assert 250 < scores[0].customers_count < 350, "about half of 600"
    assert scores == backtest.scores_at(occasions, "shop", [LAST - QUARTER], CUSTOMERS)
