"""What the CRM records of what happened: opportunities, touches, service cases, surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demo.industrial.filing import (
    FAMILY_CODES,
    FIRST_IDS,
    Columns,
    Filed,
    contact_ids,
    currency,
    employee_ids,
    numbered,
    opportunity_ids,
    order_ids,
    product_ids,
    select,
)
from demo.industrial.periods import NEVER, Ints
from demo.industrial.schema import EMPTY_NUMBER
from demo.industrial.stages import levels

if TYPE_CHECKING:
    from demo.industrial.world import World


def crm_events(world: World, filed: Filed) -> dict[str, Columns]:
    """Return the columns of the tables of what happened."""
    return {
        "opportunities": _opportunities(world, filed),
        "activities": _activities(world, filed),
        "service_cases": _cases(world, filed),
        "satisfaction_surveys": _surveys(world, filed),
    }


def _opportunities(world: World, filed: Filed) -> Columns:
    found, pairs, companies = world.opportunities, world.pairs, world.companies
    company = pairs.company[found.pair]
    decider, influencer = _decider_and_influencer(world)
    random = world.parameters.random("budgets")
    budget = np.array([4e4, 2e5, 1e6])[companies.size[company]]
    budget = budget * np.exp(0.5 * random.standard_normal(found.count))
    budget = budget / np.where(companies.pays_dollars[company], 6.5, 1)
    return {
        "opportunity_id": opportunity_ids(world, np.arange(found.count)),
        "account_id": filed.account_ids("opportunities", company, found.opened),
        "product_family": FAMILY_CODES[pairs.family[found.pair]],
        "problem_to_solve": found.problem,
        "process": found.process,
        "stage": np.where(found.is_won, "won", "lost"),
        "decision_maker_contact_id": contact_ids(decider),
        "influencer_contact_id": contact_ids(influencer),
        "budget_amount": np.round(budget).astype(np.int64) * 100,
        "currency_code": currency(companies.pays_dollars[company]),
        "competitive_quotes_count": found.quotes,
        "lost_reason": found.lost_reason,
        "lost_to_competitor_id": np.where(
            found.lost_to < 0, EMPTY_NUMBER, FIRST_IDS["competitor"] + found.lost_to
        ),
        "opened_on": found.opened,
        "planned_purchase_date": found.planned,
        "closed_on": found.closed,
        "_recorded_on": found.opened,
    }


def _decider_and_influencer(world: World) -> tuple[Ints, Ints]:
    """Return who decides and who influences: technicians' heads, or procurement's with experience.

    Contacts begin, at every company, with two users, three technicians and three buyers, each from
    operation upwards.
    """
    found, contacts = world.opportunities, world.contacts
    first = np.searchsorted(contacts.company, world.pairs.company[found.pair])
    experience = levels(world.pairs, world.parameters, found.pair, found.closed)
    random = world.parameters.random("deciders")
    by_buyers = random.random(found.count) < experience
    decider = first + np.where(by_buyers, 6, 4)
    return decider, first + np.where(random.random(found.count) < 0.5, 1, 3)


def people_of_opportunities(world: World) -> Ints:
    """Return the contacts who decide on or influence any opportunity."""
    return np.unique(np.concatenate(_decider_and_influencer(world)))


def _activities(world: World, filed: Filed) -> Columns:
    found, pairs = world.activities, world.pairs
    return {
        "activity_id": numbered(1, found.count),
        "account_id": filed.account_ids("activities", pairs.company[found.pair], found.day),
        "contact_id": contact_ids(found.contact),
        "employee_id": employee_ids(found.employee),
        "opportunity_id": opportunity_ids(world, found.opportunity),
        "product_family": FAMILY_CODES[pairs.family[found.pair]],
        "channel": found.channel,
        "direction": np.where(found.is_inbound, "in", "out"),
        "subject_kind": found.subject,
        "occurred_at": found.at,
        "_recorded_on": found.day,
    }


def _cases(world: World, filed: Filed) -> Columns:
    found, pairs = world.cases, world.pairs
    day = (found.opened_at + 8 * 3600) // 86_400
    return {
        "case_id": numbered(1, found.count),
        "account_id": filed.account_ids("cases", pairs.company[found.pair], day),
        "order_id": order_ids(found.order),
        "opportunity_id": opportunity_ids(world, found.opportunity),
        "product_family": FAMILY_CODES[pairs.family[found.pair]],
        "case_kind": found.kind,
        "handling_cost_cny": found.cost,
        "opened_at": found.opened_at,
        "first_reply_at": found.first_reply_at,
        "closed_at": found.closed_at,
        "_recorded_on": day,
    }


def _surveys(world: World, filed: Filed) -> Columns:
    found = world.surveys
    company = world.pairs.company[world.orders.pair[found.order]]
    columns = {
        "survey_id": numbered(1, found.count),
        "account_id": filed.account_ids("surveys", company, found.sent),
        "order_id": order_ids(found.order),
        "product_id": product_ids(found.product),
        "asked_by_employee_id": employee_ids(found.asker),
        "is_bonus_relevant": found.hangs_on_bonus,
        "score": np.where(found.answered == NEVER, EMPTY_NUMBER, found.score),
        "sent_on": found.sent,
        "answered_on": found.answered,
        "_recorded_on": found.sent,
    }
    return select(columns, filed.has_account(company, found.sent))
