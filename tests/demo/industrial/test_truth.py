"""The truths hold in the records: recomputed there, plainly, or within what chance explains."""

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # pyarrow has no types
import pytest

from demo.industrial import truth
from demo.industrial.history import state
from demo.industrial.world import World
from tests.demo.industrial.conftest import AS_OF

Known = duckdb.DuckDBPyConnection
Rows = list[tuple[Any, ...]]


def rows(known: Known, query: str) -> Rows:
    return known.execute(query).fetchall()


def one(known: Known, query: str) -> tuple[Any, ...]:
    (row,) = rows(known, query)
    return row


# The file itself


def test_truth_file_holds_every_subject_and_says_that_it_is_simulated(
    world: World, tmp_path: Path
) -> None:
    files = truth.write_truth(world, tmp_path / "truth", AS_OF)

    parameters = json.loads((tmp_path / "truth" / "parameters.json").read_text(encoding="utf-8"))
    tables = truth.truths(world, AS_OF)
    assert {file.stem for file in files} == {*tables, "parameters"}
    assert all(pq.read_table(file).num_rows for file in files if file.suffix == ".parquet")
    assert parameters["is_simulated"] is True
    assert parameters["repurchase_horizon_days"] == 180


# Stages and strategies


def test_stages_go_one_way_and_transitions_take_two_or_three_quarters(known: Known) -> None:
    order = ["inexperienced_generalist", "in_transition", "experienced_specialist"]
    seen: dict[tuple[int, str], list[str]] = defaultdict(list)
    for company, family, stage in rows(
        known,
        "select company, product_family, stage from true_stages "
        "order by company, product_family, quarter",
    ):
        seen[company, family].append(stage)

    for stages in seen.values():
        assert [order.index(stage) for stage in stages] == sorted(map(order.index, stages))
        whole = "experienced_specialist" in stages and stages[0] == order[0]
        assert not whole or stages.count("in_transition") in (2, 3)


def test_four_strategies_appear_each_where_stage_and_family_say(known: Known) -> None:
    found = rows(
        known,
        "select strategy, stage, differentiation, count(*) from true_stages "
        "join product_families on family_code = product_family where strategy is not null "
        "group by all order by strategy",
    )

    assert [row[:3] for row in found] == [
        ("account_management", "inexperienced_generalist", "distinct"),
        ("customer_service", "inexperienced_generalist", "similar"),
        ("price", "experienced_specialist", "similar"),
        ("product_augmentation", "experienced_specialist", "distinct"),
    ]
    assert min(row[3] for row in found) > 300


def test_thin_accounts_have_no_opportunity_and_hardly_an_order_a_quarter(known: Known) -> None:
    orders, quarters, opportunities = one(
        known,
        """
        select
            (select count(*) from orders join booked using (customer_number)
             join true_companies using (company) where is_thin),
            (select count(*) from true_stages where is_thin),
            (select count(*) from opportunities join filed using (account_id)
             join true_companies using (company) where is_thin)
        """,
    )

    assert opportunities == 0
    assert orders / quarters < 1


# Who leaves


def test_last_order_of_a_lost_company_is_within_two_weeks_of_its_loss(known: Known) -> None:
    waits = rows(
        known,
        "select loss_date - max(cast(ordered_at as date)) from orders "
        "join booked using (customer_number) join true_companies using (company) "
        "where is_lost and status <> 'cancelled' group by company, loss_date",
    )

    assert len(waits) > 80
    assert all(1 <= wait <= 17 for (wait,) in waits)


def test_retention_is_that_of_the_stated_hazard(known: Known) -> None:
    found = rows(known, "from true_retention where customers_count > 30 order by tenure_year")

    assert [row[3] for row in found][:3] == pytest.approx([0.82, 0.87, 0.90])
    for _, customers, retained, planted in found:
        error = sqrt(planted * (1 - planted) / customers)
        assert abs(retained / customers - planted) < 3 * error


def test_retention_counted_from_orders_is_that_of_the_truth(known: Known) -> None:
    """A customer was active in a tenure year if it ordered in it."""
    counted = rows(
        known,
        """
        with years as (
            select distinct company, first_order_date,
                1 + floor((cast(ordered_at as date) - first_order_date) / 365.25) as tenure_year
            from orders join booked using (customer_number) join true_companies using (company)
            where status <> 'cancelled'
        )
        select
            this.tenure_year,
            count(*),
            count(next_year.company)
        from years as this
        left join years as next_year on this.company = next_year.company
            and next_year.tenure_year = this.tenure_year + 1
        where date '2018-01-01' - this.first_order_date >= 365.25 * (this.tenure_year + 1)
        group by this.tenure_year order by this.tenure_year
        """,
    )

    planted = rows(
        known,
        "select tenure_year, customers_count, retained_count from true_retention "
        "where customers_count > 0 order by tenure_year",
    )
    assert counted == planted


def test_procurement_takes_over_in_the_two_quarters_before_such_a_loss(known: Known) -> None:
    shares = {
        phase: (procurement, application)
        for phase, procurement, application in rows(
            known,
            """
            with touched as (
                select loss_date - cast(occurred_at as date) as ahead,
                    contact_function = 'procurement' as is_procurement,
                    subject_kind = 'application' as is_application
                from activities join contacts using (contact_id)
                join filed on filed.account_id = activities.account_id
                join true_companies using (company)
                where is_lost and loss_reason = 'procurement_takeover'
            )
            select
                case when ahead between 1 and 92 then 'last' when ahead > 400 then 'before' end,
                avg(cast(is_procurement as integer)),
                avg(cast(is_application as integer))
            from touched group by all
            """,
        )
    }

    assert shares["last"][0] > 0.65 > 0.35 > shares["before"][0]
    assert shares["last"][1] < 0.15 < 0.3 < shares["before"][1]


# Satisfaction


def test_repurchase_of_the_surveyed_product_is_as_planted_survey_by_survey(known: Known) -> None:
    wrong = rows(
        known,
        """
        with bought as (
            select company, product_id, cast(ordered_at as date) as day
            from order_lines join orders using (order_id) join booked using (customer_number)
        )
        select survey_id from satisfaction_surveys join filed using (account_id)
        join true_surveys using (survey_id)
        where is_window_closed and is_repurchased <> exists (
            select 1 from bought where bought.company = filed.company
            and bought.product_id = satisfaction_surveys.product_id
            and day > sent_on and day <= sent_on + 180
        )
        """,
    )

    assert wrong == []


def test_over_nine_in_ten_are_satisfied_and_a_third_of_them_buy_again(
    world: World, known: Known
) -> None:
    satisfied, count, bought = one(
        known,
        "select avg(cast(is_satisfied as integer)), count(*) filter (is_satisfied), "
        "avg(cast(is_repurchased as integer)) filter (is_satisfied) "
        "from true_surveys where is_window_closed and is_satisfied is not null",
    )
    chances = world.parameters.repurchase_probabilities
    expected = one(
        known,
        f"""
        select avg(case when is_gamed then {world.parameters.gamed_repurchase_probability}
            when true_score = 5 then {chances[5]} else {chances[4]} end)
        from true_surveys where is_window_closed and is_satisfied
        """,
    )[0]

    assert satisfied > 0.9
    assert 0.3 < expected < 0.4
    assert abs(bought - expected) < 3 * sqrt(expected * (1 - expected) / count)


def test_who_is_not_satisfied_comes_back_less(known: Known) -> None:
    content, others = one(
        known,
        "select avg(cast(is_repurchased as integer)) filter (true_score >= 4), "
        "avg(cast(is_repurchased as integer)) filter (true_score < 4) "
        "from true_surveys where is_window_closed and not is_gamed",
    )

    assert content > others + 0.08


def test_two_representatives_stand_out_in_all_bias_columns_and_nobody_else(known: Known) -> None:
    found = rows(
        known,
        """
        select asked_by_employee_id,
            avg(sent_on - delivered_on) as days,
            avg(cast(answered_on is not null as integer)) as answered,
            avg(cast(is_bonus_relevant as integer)) as bonus
        from satisfaction_surveys
        join (select order_id, max(delivered_on) as delivered_on from order_lines group by all)
            using (order_id)
        group by all having count(*) >= 10
        """,
    )

    gaming = {
        row[0]
        for row in rows(known, "select employee_id from true_representatives where is_gaming")
    }
    assert len(gaming) == 2
    assert {row[0] for row in found if row[1] < 7} == gaming
    assert {row[0] for row in found if row[2] > 0.8} == gaming
    assert {row[0] for row in found if row[3] > 0.5} == gaming
    assert max(row[3] for row in found if row[0] not in gaming) > 0  # the bonus trial


def test_late_deliveries_make_unhappy(known: Known) -> None:
    late, on_time = one(
        known,
        """
        with delivered as (
            select order_id, max(cast(delivered_on > promised_on as integer)) as is_late
            from order_lines group by all
        )
        select avg(score) filter (is_late = 1), avg(score) filter (is_late = 0)
        from satisfaction_surveys join delivered using (order_id)
        join true_surveys using (survey_id) where not is_gamed
        """,
    )

    assert on_time - late > 0.4


# Economics and attention


def test_companies_that_stay_bring_more_each_year_and_need_less(known: Known) -> None:
    growth = rows(
        known,
        """
        select tenure_year, sum(net_revenue_cny), sum(service_cost_cny) / sum(orders_count)
        from true_economics join true_companies using (company)
        where is_year_complete and tenure_year <= 3 and date '2018-01-01' - first_order_date > 1096
            and (loss_date is null or loss_date - first_order_date > 1096)
        group by tenure_year order by tenure_year
        """,
    )

    revenue = [row[1] for row in growth]
    needs = [row[2] for row in growth]
    assert revenue[0] < revenue[1] < revenue[2]
    assert needs[0] > 1.1 * needs[2]


def test_net_revenue_of_the_truth_is_that_of_the_records_to_the_cent(known: Known) -> None:
    records = one(
        known,
        """
        with refunded as (
            select order_id, line_number, sum(refund_amount) as refund from refunds group by all
        )
        select sum((quantity * paid_price - coalesce(refund, 0))
            * case when orders.currency_code = 'USD' then cny_per_unit else 1 end)
        from order_lines join orders using (order_id) join booked using (customer_number)
        left join refunded using (order_id, line_number)
        join exchange_rates on rate_date = cast(ordered_at as date)
        where status <> 'cancelled'
        """,
    )[0]

    (planted,) = one(known, "select sum(net_revenue_cny) from true_economics")
    assert float(records) == pytest.approx(planted, abs=20)  # rounded per company and year


def test_seller_cools_after_the_sale_while_needs_grow(known: Known) -> None:
    phases = {row[0]: row for row in rows(known, "from true_attention")}
    touches = {name: row[4] for name, row in phases.items()}
    needs = {name: row[5] for name, row in phases.items()}

    assert touches["before"] > touches["at"] > 3 * touches["after"]
    assert needs["before"] < needs["at"] < needs["after"]


def test_first_replies_take_longer_and_fail_more_often_after_delivery(known: Known) -> None:
    (before_hours, before_missing), (after_hours, after_missing) = rows(
        known,
        """
        select * exclude (is_after) from (
            select order_id is not null as is_after,
                median(date_diff('second', opened_at, first_reply_at)) / 3600.0,
                avg(cast(first_reply_at is null as integer))
            from service_cases where opened_at < timestamptz '2017-11-01 00:00:00+08'
            group by is_after order by is_after
        )
        """,
    )

    assert before_hours < 8
    assert after_hours == pytest.approx(34, rel=0.1)
    assert before_missing < 0.06
    assert after_missing == pytest.approx(0.18, abs=0.02)


# Key accounts


def test_contact_cells_and_threads_are_those_counted_touch_by_touch(
    world: World, known: Known
) -> None:
    owner = dict(rows(known, "select account_id, true_account_id from filed"))
    people = {
        row[0]: row[1:]
        for row in rows(known, "select contact_id, layer, contact_function from contacts")
    }
    start = AS_OF - timedelta(days=180)
    cells: Counter[tuple[int, str, str]] = Counter()
    threads: dict[int, Counter[int]] = defaultdict(Counter)
    for account, contact, day in rows(
        known, "select account_id, contact_id, cast(occurred_at as date) from activities"
    ):
        if start <= day < AS_OF:
            cells[owner[account], *people[contact]] += 1
            threads[owner[account]][contact] += 1

    assert cells == {row[:3]: row[3] for row in rows(known, "from true_contact_cells")}
    shares = {
        account: (sum(found.values()), max(found.values()) / sum(found.values()))
        for account, found in threads.items()
    }
    assert shares == {
        row[0]: (row[1], row[2])
        for row in rows(
            known, "select account_id, touches_count, top_contact_ratio from true_contact_threads"
        )
    }
    assert world.companies.is_single_threaded.sum() > 20


def test_single_threaded_accounts_are_and_nobody_else_comes_near(known: Known) -> None:
    found = rows(
        known,
        "select is_planted, verdict, min(top_contact_ratio), max(top_contact_ratio), count(*) "
        "from true_contact_threads where verdict <> 'insufficient_data' group by all order by all",
    )

    (_, several, _, others_most, others), (_, single, planted_least, _, planted) = found
    assert (several, single) == ("several_threads", "single_threaded")
    assert others_most <= 0.5 < 0.7 < planted_least
    assert planted > 15 < others


def test_sponsor_gaps_are_the_planted_ones_on_every_night(world: World) -> None:
    for night in range(4):
        found = truth.truths(world, AS_OF - timedelta(days=night))["sponsors"].to_pylist()
        gaps = {row["account_id"]: row["has_gap"] for row in found if row["employee_id"]}

        assert gaps == {row["account_id"]: row["is_planted"] for row in found if row["employee_id"]}
        assert sum(gaps.values()) > 2
        assert any(row["employee_id"] is None for row in found)


def test_sponsors_last_touches_are_those_in_the_records(known: Known) -> None:
    wrong = rows(
        known,
        """
        with touched as (
            select true_account_id as account_id, employee_id,
                max(cast(occurred_at as date)) as last_day
            from activities join filed using (account_id) group by all
        )
        select account_id from true_sponsors left join touched using (account_id, employee_id)
        where last_touch_date is distinct from last_day
        """,
    )

    assert wrong == []


def test_information_and_analysis_are_those_in_the_records(known: Known) -> None:
    facts = rows(
        known,
        "select true_account_id, information_level, count(*), max(gathered_on) "
        "from account_facts join filed using (account_id) group by all order by 1, 2",
    )
    answers = rows(
        known,
        "select true_account_id, analysis_area, count(*) from analysis_answers "
        "join filed using (account_id) group by all order by 1, 2",
    )

    assert facts == rows(
        known,
        "select account_id, information_level, facts_count, newest_gathered_on "
        "from true_information order by 1, 2",
    )
    assert answers == rows(
        known, "select account_id, analysis_area, answered_count from true_analysis order by 1, 2"
    )


def test_deeper_information_costs_more_and_is_rarer(known: Known) -> None:
    found = rows(
        known,
        "select information_level, avg(cost_cny), count(*) from account_facts "
        "group by 1 order by 1",
    )

    costs = [row[1] for row in found]
    assert [row[0] for row in found] == [1, 2, 3, 4]
    assert costs == sorted(costs)
    assert found[0][2] > found[3][2]


# Identity


def test_every_kind_of_evidence_leads_to_the_true_account_and_to_no_other(known: Known) -> None:
    plain = r"regexp_replace(lower(nfc_normalize({0})), '[^a-z0-9一-龥]', '', 'g')"
    wide = "translate({0}, '０１２３４５６７８９', '0123456789')"
    name = plain.format(wide.format("customers.name"))
    joins = {
        "customer_number": "accounts.customer_number = customers.customer_number",
        "registration_number": "accounts.registration_number = customers.registration_number",
        "name": f"{name} in ({plain.format('accounts.name')}, "
        f"{plain.format('accounts.name_other')})",
    }
    for evidence, join in joins.items():
        found = rows(
            known,
            f"""
            select distinct customers.customer_number, filed.true_account_id
            from customers join true_identity_customers as planted using (customer_number)
            join accounts on {join} join filed on filed.account_id = accounts.account_id
            where evidence = '{evidence}'
            """,
        )
        planted = rows(
            known,
            "select customer_number, true_account_id from true_identity_customers "
            f"where evidence = '{evidence}'",
        )
        mistyped = 2 if evidence == "customer_number" else 0

        assert set(planted) <= set(found)
        assert len(found) == len(planted) + mistyped


def test_merges_hold_a_chain_a_refused_circle_and_an_undone_mistake(known: Known) -> None:
    events = rows(
        known,
        "select losing_account_id, surviving_account_id, merge_kind, verdict "
        "from true_identity_merges order by merge_id",
    )
    (circle,) = [row for row in events if row[3] == "refused_cycle"]
    (undo,) = [row for row in events if row[2] == "undo"]
    into = {row[0]: row[1] for row in events if row[3] == "same_company"}

    assert into[into[circle[1]]] == circle[0]  # A to B, B to C, then C to A
    assert (undo[0], undo[1], "merge", "undone") in events
    assert events == [
        (row[0], row[1], row[2], planted[3])
        for row, planted in zip(
            rows(
                known,
                "select losing_account_id, surviving_account_id, merge_kind "
                "from account_merges order by merge_id",
            ),
            events,
            strict=True,
        )
    ]


def test_merges_of_the_last_nights_move_orders(known: Known) -> None:
    moved = rows(
        known,
        "select merged_on, orders_count from true_identity_merges as merges "
        "join true_identity_customers as customers on account_id = losing_account_id "
        "where merged_on >= date '2017-12-29' order by merged_on",
    )

    assert [row[0] for row in moved] == [date(2017, 12, 30)]
    assert all(count > 0 for _, count in moved)


def test_namesakes_are_two_companies(known: Known) -> None:
    found = rows(
        known,
        "select name, count(distinct true_account_id), count(distinct registration_number) "
        "from accounts join true_identity_accounts using (account_id) where is_namesake "
        "group by name",
    )

    assert len(found) == 2
    assert all(row[1:] == (2, 2) for row in found)


def test_orphans_wait_for_accounts_that_come_on_the_last_days_or_never(world: World) -> None:
    orphans = {
        as_of: {
            row["customer_number"]
            for row in truth.truths(world, as_of)["identity_customers"].to_pylist()
            if row["is_orphan"] and row["orders_count"]
        }
        for as_of in (date(2017, 12, 30), date(2017, 12, 31), AS_OF)
    }

    assert [len(found) for found in orphans.values()] == [4, 3, 2]
    assert orphans[AS_OF] < orphans[date(2017, 12, 31)] < orphans[date(2017, 12, 30)]
    accounts = state(world, "accounts", date(2017, 12, 29))["customer_number"].to_pylist()
    assert not orphans[date(2017, 12, 30)] & set(accounts)
