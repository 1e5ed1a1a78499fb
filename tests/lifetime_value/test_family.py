"""What every model must keep, whatever it assumes about leaving.

Bounds of the domain: up to 10,000 repeat occasions, 20 years of days, shapes near 1.
"""

from dataclasses import astuple
from typing import Any

import numpy as np
import pytest
from customer_value.lifetime_value.arrays import Array
from customer_value.lifetime_value.family import FAMILY
from customer_value.lifetime_value.model import Model
from customer_value.lifetime_value.params import Params
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lifetime_value.simulation import LEAVING, TYPICAL, simulate

each_model = pytest.mark.parametrize("name", FAMILY)
each_leaving_model = pytest.mark.parametrize("name", LEAVING)
shapes = st.one_of(
    st.floats(-5, 5).map(lambda power: float(np.exp(power))),
    st.sampled_from([1.0, 1 - 1e-9, 1 + 1e-9, 1 - 1e-5, 2.0, 3.0]),
)
times = st.floats(-2, 7).map(lambda power: float(np.exp(power)))
horizons = st.floats(0.5, 7300)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Model[Any], Params, Array, Array, Array]:
    """Draw a model, parameters and three customers."""
    model = FAMILY[draw(st.sampled_from(sorted(FAMILY)))]
    names = model.params_type.__dataclass_fields__
    params = model.params_type(
        *(draw(times if name in model.time_parameters else shapes) for name in names)
    )
    age = draw(st.lists(st.integers(0, 7300), min_size=3, max_size=3))
    x = draw(
        st.lists(st.one_of(st.integers(0, 12), st.integers(0, 10_000)), min_size=3, max_size=3)
    )
    part = draw(st.lists(st.floats(0, 1), min_size=3, max_size=3))
    ages, occasions = np.array(age, dtype=float), np.array(x, dtype=float)
    return model, params, occasions, np.where(occasions > 0, ages * part, 0.0), ages


def typical(name: str) -> tuple[Model[Any], Params]:
    model = FAMILY[name]
    return model, model.params_type(*TYPICAL[name])


def thoroughly(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, derandomize=True, database=None)


def test_the_registry_knows_each_model_by_its_own_name() -> None:
    assert {name: model.name for name, model in FAMILY.items()} == {
        name: name for name in ("bg_nbd", "mbg_nbd", "pareto_nbd", "nbd")
    }


@thoroughly(150)
@given(case=cases(), horizon=horizons)
def test_no_answer_is_ever_infinite_or_undefined(case: Any, horizon: float) -> None:
    model, params, x, t_x, age = case

    with np.errstate(invalid="raise", over="raise", divide="raise"):
        likelihood, gradient = model.log_likelihood_and_gradient(params, x, t_x, age)
        alive = model.probability_alive(params, x, t_x, age)
        expected = model.expected_purchases(params, x, t_x, age, horizon)
        residual = model.discounted_expected_purchases(params, x, t_x, age, 0.0004)
        low, high = model.purchase_interval(params, x, t_x, age, horizon)

    for answer in (likelihood, gradient, alive, expected, residual, low, high):
        assert np.isfinite(answer).all()
    assert ((alive >= 0) & (alive <= 1)).all()
    assert (low <= high).all()


@thoroughly(60)
@given(case=cases(), horizon=horizons)
def test_expected_purchases_rise_with_the_horizon_up_to_what_a_staying_customer_buys(
    case: Any, horizon: float
) -> None:
    model, params, x, t_x, age = case
    r, alpha = astuple(params)[:2]

    near = model.expected_purchases(params, x, t_x, age, horizon / 2)
    far = model.expected_purchases(params, x, t_x, age, horizon)
    discounted = model.discounted_expected_purchases(params, x, t_x, age, 0.001, horizon)

    assert (near >= 0).all()
    assert (near <= far * (1 + 1e-9)).all()
    assert (discounted <= far * (1 + 1e-9)).all()
    assert (far <= (r + x) / (alpha + age) * horizon * (1 + 1e-9)).all()


@thoroughly(60)
@given(case=cases())
def test_silence_never_makes_a_customer_more_alive(case: Any) -> None:
    model, params, x, t_x, _ = case
    silences = np.geomspace(0.01, 3000, 25)

    for occasions, last in zip(x, t_x, strict=True):
        alive = model.probability_alive(params, occasions, last, last + silences)

        assert (np.diff(alive) <= 1e-9).all()


@thoroughly(60)
@given(case=cases())
def test_the_gradient_is_the_slope_of_the_likelihood(case: Any) -> None:
    model, params, x, t_x, age = case
    values = np.array(astuple(params))
    step = 1e-5

    _, gradient = model.log_likelihood_and_gradient(params, x, t_x, age)

    for row, unit in enumerate(np.eye(values.size)):
        up, down = (
            model.log_likelihood_and_gradient(
                model.params_type(*(values * np.exp(sign * step * unit)).tolist()), x, t_x, age
            )[0]
            for sign in (1, -1)
        )
        scale = 1 + np.abs(up)
        assert np.abs(gradient[row] - (up - down) / (2 * step)).max() < 2e-5 * scale.max()


@each_leaving_model
def test_a_repeat_buyer_falls_silent_and_is_given_up(name: str) -> None:
    model, params = typical(name)

    alive = model.probability_alive(params, 3, 30, [30, 60, 120, 240, 5000])

    assert (np.diff(alive) < 0).all()
    assert alive[-1] < 0.01


@each_model
def test_discounting_at_no_rate_changes_nothing(name: str) -> None:
    model, params = typical(name)

    expected = model.expected_purchases(params, [0, 4], [0, 20], 39, 52)
    nearly_whole = model.discounted_expected_purchases(params, [0, 4], [0, 20], 39, 1e-12, 52)

    assert nearly_whole == pytest.approx(expected, rel=1e-9)


@each_model
def test_an_endless_horizon_is_the_limit_of_long_ones(name: str) -> None:
    model, params = typical(name)

    endless = model.discounted_expected_purchases(params, [0, 4], [0, 20], 39, 0.01)
    long = model.discounted_expected_purchases(params, [0, 4], [0, 20], 39, 0.01, 3000)

    assert long == pytest.approx(endless, rel=1e-9)


@each_model
def test_an_endless_horizon_without_a_rate_is_refused(name: str) -> None:
    model, params = typical(name)

    with pytest.raises(ValueError, match="needs a rate above 0, or a finite horizon"):
        model.discounted_expected_purchases(params, 1, 1, 2, 0.0)


@each_model
def test_expectation_is_the_product_of_being_alive_and_buying_if_alive(name: str) -> None:
    model, params = typical(name)

    alive = model.probability_alive(params, [2, 7], [9, 31], [39, 33])
    if_alive = model.expected_purchases_if_alive(params, [2, 7], [39, 33], 26)

    assert alive * if_alive == pytest.approx(
        model.expected_purchases(params, [2, 7], [9, 31], [39, 33], 26)
    )


@each_leaving_model
@pytest.mark.parametrize("edge", [2, 3])
def test_nothing_jumps_where_a_shape_passes_one(name: str, edge: int) -> None:
    """The usual formulas divide by a - 1 or s - 1."""
    model, _ = typical(name)
    values = list(TYPICAL[name])

    def expected(value: float) -> float:
        values[edge] = value
        params = model.params_type(*values)
        return float(model.discounted_expected_purchases(params, 6, 15, 20, 0.001, 100)[0])

    below, at, above = (expected(value) for value in (1 - 1e-7, 1.0, 1 + 1e-7))

    assert below == pytest.approx(at, rel=1e-5)
    assert above == pytest.approx(at, rel=1e-5)
    assert (below + above) / 2 == pytest.approx(at, rel=1e-9)


@each_model
def test_time_units_do_not_matter(name: str) -> None:
    model, weeks = typical(name)
    units = [7 if field in model.time_parameters else 1 for field in weeks.__dataclass_fields__]
    days = model.params_type(*(np.array(astuple(weeks)) * units).tolist())

    by_week = model.discounted_expected_purchases(weeks, [0, 9], [0, 20], 30, 0.07, 52)
    by_day = model.discounted_expected_purchases(days, [0, 9], [0, 140], 210, 0.01, 364)

    assert by_day == pytest.approx(by_week, rel=1e-9)


@each_model
def test_parameters_must_be_positive(name: str) -> None:
    with pytest.raises(ValueError, match=r"r must be positive and finite, got 0\.0"):
        FAMILY[name].params_type(0.0, *TYPICAL[name][1:])


@each_model
def test_questions_refuse_an_impossible_history(name: str) -> None:
    model, params = typical(name)

    with pytest.raises(ValueError, match=r"row 1 \(9 > 8\)"):
        model.probability_alive(params, 1, [5, 9], 8)
    with pytest.raises(ValueError, match="horizon must be a finite number at least 0"):
        model.expected_purchases(params, 1, 5, 8, -1)
    with pytest.raises(ValueError, match="level must lie between 0 and 1, got 90"):
        model.purchase_interval(params, 1, 5, 8, 10, 90)


@each_model
def test_predictions_meet_what_simulated_customers_then_do(name: str) -> None:
    model, params = typical(name)
    ages = np.linspace(5, 60, 40_000)
    seen = simulate(model, params, ages, horizon=52, seed=7)

    expected = model.expected_purchases(params, seen.x, seen.t_x, seen.age, 52)
    low, high = model.purchase_interval(params, seen.x, seen.t_x, seen.age, 52, 0.8)

    for group in (seen.x == 0, (seen.x > 0) & (seen.x < 4), seen.x >= 4):
        error = seen.future[group].std() / np.sqrt(group.sum())
        assert abs(seen.future[group].mean() - expected[group].mean()) < 4 * error
    # The ends are the tightest whole numbers: one tighter, and more than a tenth lies beyond.
    noise = 4 * np.sqrt(0.1 * 0.9 / ages.size)
    assert (seen.future > high).mean() < 0.1 + noise
    assert (seen.future < low).mean() < 0.1 + noise
    can_be_tighter = high > 0
    noise = 4 * np.sqrt(0.1 * 0.9 / can_be_tighter.sum())
    assert (seen.future >= high)[can_be_tighter].mean() > 0.1 - noise
    assert (seen.future <= low).mean() > 0.1 - noise


@each_model
def test_an_interval_does_not_depend_on_who_else_is_asked_about(name: str) -> None:
    model, params = typical(name)
    histories = np.array([[3, 9, 20], [0, 0, 20], [3, 2, 20], [3, 9, 20], [12, 20, 20], [3, 9, 11]])

    together = model.purchase_interval(params, *histories.T, 52)

    alone = [model.purchase_interval(params, *history, 52) for history in histories]
    assert np.array_equal(together, np.array(alone)[:, :, 0].T)


@each_model
def test_the_mean_of_the_predictive_distribution_is_the_expectation(name: str) -> None:
    """Two separate ways: quantiles, averaged over all levels, and the integrated purchase rate."""
    model, params = typical(name)
    history = (8, 30, 35)
    levels = (np.arange(400) + 0.5) / 400

    ends = np.array([model.purchase_interval(params, *history, 26, level) for level in levels])

    mean = ends.mean()
    assert mean == pytest.approx(model.expected_purchases(params, *history, 26)[0], rel=0.01)


def test_a_heavy_buyer_gets_an_interval_about_the_poisson_width() -> None:
    """10,000 purchases in 7,300 days: 500 more in a year, give or take 2 * sqrt(500) = 45."""
    model, params = typical("nbd")

    low, high = model.purchase_interval(params, 10_000, 7300, 7300, 365, 0.95)

    mean = (0.385 + 10_000) / (12.07 + 7300) * 365
    spread = 1.96 * np.sqrt(mean * (1 + 365 / 7312.07))
    assert low[0] == pytest.approx(mean - spread, abs=2)
    assert high[0] == pytest.approx(mean + spread, abs=2)
