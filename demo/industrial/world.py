"""The whole simulated world: truths first, then the records of its systems, drawn from them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types

from demo.industrial import records
from demo.industrial.activities import Activities, draw_activities
from demo.industrial.catalogue import FAMILIES, Catalogue, draw_catalogue
from demo.industrial.companies import Companies, found_companies
from demo.industrial.identity import Identities, draw_identities
from demo.industrial.key_accounts import Sponsors, appoint_sponsors, sponsor_touches
from demo.industrial.opportunities import Opportunities, draw_opportunities
from demo.industrial.orders import (
    Lines,
    Orders,
    Refunds,
    draw_lines,
    draw_orders,
    draw_refunds,
    price_lines,
)
from demo.industrial.parameters import Parameters
from demo.industrial.people import Contacts, Employees, draw_contacts, hire_employees
from demo.industrial.service import Cases, draw_cases
from demo.industrial.stages import Pairs, draw_stages
from demo.industrial.surveys import Surveys, draw_surveys


@dataclass(frozen=True, slots=True)
class World:
    """The truths by subject, and ``tables``: what the systems record, with hidden columns.

    ``history.state`` gives a table as it stood at the end of a day.
    """

    parameters: Parameters
    companies: Companies
    pairs: Pairs
    catalogue: Catalogue
    employees: Employees
    contacts: Contacts
    sponsors: Sponsors
    opportunities: Opportunities
    orders: Orders
    lines: Lines
    refunds: Refunds
    cases: Cases
    surveys: Surveys
    activities: Activities
    identities: Identities
    tables: Mapping[str, pa.Table]


def simulate(parameters: Parameters | None = None) -> World:
    """Return the world of these parameters; equal parameters, equal world."""
    chosen = parameters or Parameters()
    companies = found_companies(chosen)
    pairs = draw_stages(chosen, companies, len(FAMILIES))
    catalogue = draw_catalogue(chosen)
    employees = hire_employees(chosen, companies)
    contacts = draw_contacts(chosen, companies)
    sponsors = appoint_sponsors(chosen, companies, employees)
    opportunities = draw_opportunities(chosen, companies, pairs)
    orders = draw_orders(chosen, companies, pairs, opportunities)
    surveys, lines = draw_surveys(
        chosen, companies, pairs, orders, draw_lines(chosen, pairs, orders)
    )
    lines = price_lines(chosen, companies, catalogue, pairs, orders, lines)
    touches = sponsor_touches(chosen, companies, pairs, sponsors)
    activities = draw_activities(
        chosen, companies, pairs, opportunities, contacts, employees, touches
    )
    world = World(
        chosen,
        companies,
        pairs,
        catalogue,
        employees,
        contacts,
        sponsors,
        opportunities,
        orders,
        lines,
        draw_refunds(chosen, orders, lines),
        draw_cases(chosen, companies, pairs, opportunities, orders),
        surveys,
        activities,
        draw_identities(chosen, companies),
        {},
    )
    return _recorded(world)


def _recorded(world: World) -> World:
    """Return the world with its tables; what is recorded after the last day is left out."""
    last = np.datetime64(world.parameters.last_day, "D")
    tables = {}
    for name, table in records.tables(world).items():
        days = table["_recorded_on"].to_numpy()
        tables[name] = table.filter(pa.array(days <= last))
    parts = {name: getattr(world, name) for name in World.__slots__ if name != "tables"}
    return World(**parts, tables=tables)
