from datetime import date
from decimal import Decimal

from demo.expectation import Totals, expected_days, expected_until


def test_expected_year_adds_up_to_the_published_figures() -> None:
    year = expected_until()

    assert (year.lines, year.baskets, year.households) == (1_469_307, 155_848, 2_469)
    assert year.sales == Decimal("4596039.58")
    assert year.retail_disc_cents == 791_650_64
    assert year.coupon_disc_cents == 26_359_90
    assert year.coupon_match_disc_cents == 4_542_65


def test_expected_days_are_those_on_which_the_shop_was_open() -> None:
    days = list(expected_days())

    assert len(days) == 364
    assert (days[0], days[-1]) == (date(2017, 1, 1), date(2017, 12, 31))
    assert date(2017, 12, 25) not in days


def test_expected_until_stops_at_the_day() -> None:
    days = expected_days()

    until_second = expected_until(date(2017, 1, 2))

    assert until_second == days[date(2017, 1, 1)] + days[date(2017, 1, 2)]


def test_totals_add_measure_by_measure() -> None:
    assert Totals(1, 1, 1, 250, 0, 5, 0) + Totals(2, 1, 0, 1, 3, 0, 7) == Totals(
        3, 2, 1, 251, 3, 5, 7
    )
