"""Experience, strategy and warnings against what was planted, on a world no threshold was set on.

Thresholds and weights in the seeds were set on the worlds of seeds 1, 3, 5 and 7. The figures of
docs/experience.md are worked out here.
"""

import datetime as dt
from collections.abc import Iterator

import duckdb
import pytest
from customer_value.settings import PROJECT

from demo.industrial.world import simulate
from tests.dbt.industrial import Planted, build_warehouse, differences, numbers

EARLIER = dt.date(2017, 1, 1)
STRATEGIES = {"account_management", "product_augmentation", "customer_service", "price"}
STAGES = ("inexperienced_generalist", "in_transition", "experienced_specialist", "unknown")
VIEWS = """
create temp view staged as
select
    named.*,
    planted.experience_stage as planted_stage,
    planted.strategy as planted_strategy,
    planted.is_thin
from (
    select
        concat('industrial-', account_id) as customer_id,
        product_family,
        make_date(cast(quarter[:4] as integer), 3 * cast(quarter[-1:] as integer) - 2, 1)
            as quarter_start_date,
        stage as experience_stage,
        strategy,
        is_thin
    from truth.stages
    where account_id is not null
) as planted
join marts.fct_experience_stages as named
    using (customer_id, product_family, quarter_start_date);

create temp view pairs as
select
    customer_id,
    product_family,
    count(*) filter (where planted_stage = 'inexperienced_generalist') as generalist_quarters,
    count(*) filter (
        where planted_stage = 'inexperienced_generalist'
        and experience_stage = 'experienced_specialist'
    ) as false_quarters,
    min(quarter_start_date) filter (where planted_stage = 'experienced_specialist') as planted_date,
    min(quarter_start_date) filter (where experience_stage = 'experienced_specialist') as named_date
from staged
where not is_thin
group by all;

create temp view warned as
select *, quarter_start_date + interval 3 months as warned_date
from marts.fct_takeover_warnings
where is_warned;

create temp view companies as
select *, concat('industrial-', account_id) as customer_id
from truth.companies
where account_id is not null;
"""


@pytest.fixture(scope="module")
def known(planted: Planted) -> Iterator[duckdb.DuckDBPyConnection]:
    """The marts beside the truths, and views that bring the two together."""
    with planted.connection() as connection:
        connection.execute(VIEWS)
        yield connection


def said() -> str:
    """Return what docs/experience.md says, as one line."""
    return " ".join((PROJECT / "docs" / "experience.md").read_text().split())


# Stages and strategies


def test_four_in_five_transitions_are_named_within_two_quarters(
    known: duckdb.DuckDBPyConnection,
) -> None:
    planted, found = numbers(
        known,
        "select count(*), count(*) filter ("
        "abs(date_diff('month', planted_date, named_date)) <= 6) "
        "from pairs where generalist_quarters > 0 and planted_date is not null",
    )

    assert planted > 100
    assert found / planted >= 0.8
    assert f"{found} of {planted} ({found / planted:.0%})".replace("%", " %") in said()


def test_the_page_shows_when_transitions_are_named(known: duckdb.DuckDBPyConnection) -> None:
    quarters = known.execute(
        "select case when named_date is not null then "
        "least(greatest(date_diff('quarter', planted_date, named_date), -3), 3) end as late, "
        "count(*) from pairs where generalist_quarters > 0 and planted_date is not null "
        "group by late order by late nulls last"
    ).fetchall()
    counts = " | ".join(str(count) for _, count in quarters)

    assert [late for late, _ in quarters] == [-3, -2, -1, 0, 1, 2, 3, None]
    assert f"| transitions | {counts} |" in said()


def test_the_page_shows_what_quarters_of_each_stage_are_called(
    known: duckdb.DuckDBPyConnection,
) -> None:
    for stage in STAGES[:3]:
        shares = numbers(
            known,
            "select "
            + ", ".join(f"avg(cast(experience_stage = '{told}' as integer))" for told in STAGES)
            + f", count(*) from staged where not is_thin and planted_stage = '{stage}'",
        )
        row = " | ".join(f"{share:.0%}".replace("%", " %") for share in shares[:-1])

        assert f"| {stage} | {row} | {shares[-1]:,} |" in said()


def test_fewer_than_one_generalist_in_ten_is_called_a_specialist_in_a_year(
    known: duckdb.DuckDBPyConnection,
) -> None:
    alarms, years = numbers(
        known,
        "select count(*) filter (false_quarters > 0), sum(generalist_quarters) / 4 from pairs",
    )

    assert years > 300
    assert alarms / years < 0.1
    assert f"In {years:.0f} years of generalists {alarms} were called" in said()


def test_every_strategy_is_named_where_it_was_planted(known: duckdb.DuckDBPyConnection) -> None:
    shares = dict(
        known.execute(
            "select planted_strategy, avg(cast(strategy = planted_strategy as integer)) "
            "from staged where not is_thin and planted_strategy is not null "
            "and strategy not in ('undecided', 'insufficient data') group by all"
        ).fetchall()
    )

    assert set(shares) == STRATEGIES
    assert min(shares.values()) > 0.98  # as docs/experience.md says


def test_a_named_strategy_has_its_stage_its_product_and_four_signals_as_evidence(
    known: duckdb.DuckDBPyConnection,
) -> None:
    named = known.execute(
        "select strategy_rule, strategy, min(signals_count), "
        "min(confidence_ratio) is not null from marts.fct_experience_stages "
        "where strategy not in ('undecided', 'insufficient data') group by all order by all"
    ).fetchall()

    assert [(*row[:2], row[2] >= 4, row[3]) for row in named] == [
        ("generalist_distinct", "account_management", True, True),
        ("generalist_similar", "customer_service", True, True),
        ("specialist_distinct", "product_augmentation", True, True),
        ("specialist_similar", "price", True, True),
    ]


def test_thin_accounts_have_insufficient_data(known: duckdb.DuckDBPyConnection) -> None:
    strategies = known.execute("select distinct strategy from staged where is_thin").fetchall()

    assert strategies == [("insufficient data",)]


# Warnings


def test_most_planted_losses_to_procurement_are_warned_of_in_time(
    known: duckdb.DuckDBPyConnection,
) -> None:
    """A loss is the day after the last order, so a warning of that very quarter's end is late."""
    losses, found = numbers(
        known,
        "select count(*), count(*) filter (exists ("
        "select 1 from warned where warned.customer_id = companies.customer_id "
        "and warned_date <= loss_date and loss_date < warned_date + interval 6 months)) "
        "from companies where loss_reason = 'procurement_takeover' and loss_date < '2018-04-01'",
    )

    assert losses > 30
    assert found / losses > 0.5
    assert f"{found} of {losses} planted losses to procurement" in said()


def test_every_second_warning_is_right_and_three_in_four_are_takeovers(
    known: duckdb.DuckDBPyConnection,
) -> None:
    warnings, lost, takeovers = numbers(
        known,
        "select count(*), "
        "count(*) filter (loss_date >= warned_date - interval 14 days "
        "and loss_date < warned_date + interval 6 months), "
        "count(*) filter (takeover_date >= quarter_start_date "
        "and takeover_date < warned_date + interval 9 months) "
        "from warned join companies using (customer_id) where is_first_warning",
    )

    assert warnings > 30
    assert lost / warnings > 0.5
    assert takeovers / warnings > 0.7
    assert f"Of {warnings} first warnings {lost} ended in a loss" in said()
    assert f"{takeovers} fell into a planted takeover" in said()


def test_the_published_precision_is_that_of_the_planted_losses(
    known: duckdb.DuckDBPyConnection,
) -> None:
    lower, upper, past = numbers(
        known,
        "select any_value(past_precision_ratio_lower), any_value(past_precision_ratio_upper), "
        "any_value(past_warnings_count) from marts.fct_takeover_warnings "
        "where quarter_start_date = '2017-10-01'",
    )
    judged, lost = numbers(
        known,
        "select count(*), count(*) filter (loss_date < warned_date + interval 6 months) "
        "from warned join companies using (customer_id) "
        "where is_first_warning and warned_date <= '2017-01-01'",
    )

    assert past == judged
    assert lower < lost / judged < upper


def test_the_revenue_at_risk_of_planted_losses_is_what_they_last_brought_in(
    known: duckdb.DuckDBPyConnection,
) -> None:
    """The truth holds revenue by tenure year: the last whole one is compared."""
    at_risk, brought = numbers(
        known,
        "select sum(revenue_at_risk), sum(last_year.net_revenue_cny) "
        "from (select customer_id, max_by(revenue_at_risk, warned_date) as revenue_at_risk, "
        "company from warned join companies using (customer_id) "
        "where loss_reason = 'procurement_takeover' and loss_date >= warned_date "
        "and loss_date < warned_date + interval 6 months group by all) "
        "join (select company, max_by(net_revenue_cny, tenure_year) as net_revenue_cny "
        "from truth.economics where is_year_complete and tenure_year <= 4 and net_revenue_cny > 0 "
        "group by all) as last_year using (company)",
    )

    assert at_risk > 0
    assert 0.5 < float(at_risk) / float(brought) < 2


def test_the_page_shows_what_is_at_risk(known: duckdb.DuckDBPyConnection) -> None:
    accounts, at_risk = numbers(
        known,
        "select count(*), sum(revenue_at_risk) from marts.fct_takeover_warnings "
        "where is_warned and quarter_start_date = '2017-10-01'",
    )

    assert f"{accounts} accounts with {at_risk / 1_000_000:.1f} million CNY" in said()


def test_a_stricter_rule_warns_less_and_a_laxer_one_more(
    known: duckdb.DuckDBPyConnection,
) -> None:
    """Shares with procurement and rises must reach their threshold, those of applications not."""
    rows = known.execute(
        "select varied.varied_rule, varied.warnings_count - in_force.warnings_count, "
        "varied.threshold_change * if(varied.varied_rule = 'application_ratio', 1, -1) "
        "from marts.fct_takeover_sensitivity as varied join marts.fct_takeover_sensitivity "
        "as in_force using (business_unit) where in_force.varied_rule = 'none'"
    ).fetchall()

    assert len(rows) == 7
    assert [rule for rule, more, laxer in rows if more * laxer < 0] == []
    assert len([rule for rule, more, _ in rows if more != 0]) >= 5


# Nothing of the past knows the future


@pytest.fixture(scope="module")
def earlier(
    tmp_path_factory: pytest.TempPathFactory, known: duckdb.DuckDBPyConnection, planted: Planted
) -> duckdb.DuckDBPyConnection:
    """Beside the marts, attached as ``earlier``, what was built a year before of what was there.

    ``settled`` are customers who are the same accounts and customer numbers in both: whose identity
    is corrected later gains and loses a past, which is meant.
    """
    database = build_warehouse(
        tmp_path_factory.mktemp("earlier"),
        simulate(planted.parameters),
        frozenset({"fct_experience_stages", "fct_takeover_warnings"}),
        EARLIER,
    )
    known.execute(f"attach '{database}' as earlier (read_only)")
    for name, schema in (("now", "intermediate"), ("before", "earlier.intermediate")):
        known.execute(
            f"create temp view identities_{name} as "
            "select customer_id, "
            "list(concat(key_kind, source_key) order by key_kind, source_key) as keys "
            f"from {schema}.int_customer_keys__resolved group by customer_id"
        )
    known.execute(
        "create temp view settled as select customer_id from identities_now "
        "join identities_before using (customer_id, keys)"
    )
    return known


OWN_EVIDENCE = {
    "fct_experience_stages": "product_family, touches_count, decisions_count, orders_count, "
    "cases_count, differentiation, maturity, first_order_date, tenure_signal",
    "fct_takeover_warnings": "warning, procurement_ratio, application_ratio, rise_deviations, "
    "touches_count, touches_before_count, net_revenue_last_12_months",
}


@pytest.mark.parametrize("mart", OWN_EVIDENCE)
def test_what_was_said_of_a_closed_quarter_is_still_said_a_year_later(
    earlier: duckdb.DuckDBPyConnection, mart: str
) -> None:
    """All but the quarter before the earlier build, whose last orders were recorded after it."""
    rows = (
        f"select customer_id, quarter_start_date, {OWN_EVIDENCE[mart]} from {{}}marts.{mart} "
        "where quarter_start_date < '2016-10-01' and customer_id in (from settled)"
    )

    assert numbers(earlier, f"select count(*) from ({rows.format('earlier.')})")[0] > 2000
    assert differences(earlier, rows.format(""), rows.format("earlier.")) == []


def test_stages_of_closed_quarters_are_still_the_same_a_year_later(
    earlier: duckdb.DuckDBPyConnection,
) -> None:
    """A family's newcomers, the start of its scale, move with every identity corrected later."""
    compared, furthest, same = numbers(
        earlier,
        "select count(*), max(abs(now.experience_score - before.experience_score)), "
        "avg(cast(now.experience_stage = before.experience_stage as integer)) "
        "from earlier.marts.fct_experience_stages as before "
        "join marts.fct_experience_stages as now "
        "using (customer_id, product_family, quarter_start_date) join settled using (customer_id)",
    )

    assert compared > 3000
    assert furthest < 0.02
    assert same > 0.995
