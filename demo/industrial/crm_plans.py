"""What the CRM records of how key accounts are worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demo.industrial import key_accounts
from demo.industrial.filing import Columns, Filed, account_ids, employee_ids, numbered

if TYPE_CHECKING:
    from demo.industrial.world import World


def key_account_tables(world: World, filed: Filed) -> dict[str, Columns]:
    """Return the columns of the tables of teams, plans, facts, answers and money spent."""
    parameters, companies = world.parameters, world.companies
    years = key_accounts.draw_years(parameters, companies)
    expenses = key_accounts.draw_expenses(parameters, companies, years)
    manager = companies.manager_on(expenses["company"], expenses["day"])
    return {
        "team_assignments": _team(world),
        "plan_items": _plan_items(world),
        "account_facts": _facts(world, filed),
        "analysis_answers": _answers(world),
        "key_account_meetings": {
            "account_id": account_ids(world, years["company"]),
            "meeting_year": years["year"],
            "planned_on": years["planned"],
            "held_on": years["held"],
            "_recorded_on": years["opened"],
        },
        "account_budgets": {
            "account_id": account_ids(world, years["company"]),
            "budget_year": years["year"],
            "budget_amount_cny": years["budget"],
            "_recorded_on": years["opened"],
        },
        "account_expenses": {
            "expense_id": numbered(1, len(expenses["day"])),
            "account_id": account_ids(world, expenses["company"]),
            "employee_id": employee_ids(manager),
            "purpose": expenses["purpose"],
            "amount_cny": expenses["amount"],
            "spent_on": expenses["day"],
            "_recorded_on": expenses["day"],
        },
    }


def _team(world: World) -> Columns:
    drawn = key_accounts.draw_team(
        world.parameters, world.companies, world.employees, world.sponsors
    )
    return {
        "assignment_id": numbered(1, len(drawn["from"])),
        "account_id": account_ids(world, drawn["company"]),
        "employee_id": employee_ids(drawn["employee"]),
        "team_role": drawn["role"],
        "valid_from": drawn["from"],
        "valid_to": drawn["to"],
        "_recorded_on": drawn["from"],
    }


def _plan_items(world: World) -> Columns:
    drawn = key_accounts.draw_plan_items(world.parameters, world.companies)
    manager = world.companies.manager_on(drawn["company"], drawn["created"])
    return {
        "plan_item_id": numbered(1, len(drawn["due"])),
        "account_id": account_ids(world, drawn["company"]),
        "owner_employee_id": employee_ids(manager),
        "action": drawn["action"],
        "created_on": drawn["created"],
        "due_on": drawn["due"],
        "done_on": drawn["done"],
        "_recorded_on": drawn["created"],
        "_deleted_on": drawn["deleted"],
    }


def _facts(world: World, filed: Filed) -> Columns:
    drawn = key_accounts.draw_facts(world.parameters, world.companies)
    return {
        "fact_id": numbered(1, len(drawn["day"])),
        "account_id": filed.account_ids("facts", drawn["company"], drawn["day"]),
        "information_level": drawn["level"],
        "topic": drawn["topic"],
        "source": drawn["source"],
        "cost_cny": drawn["cost"],
        "gathered_on": drawn["day"],
        "_recorded_on": drawn["day"],
        "_deleted_on": drawn["deleted"],
    }


def _answers(world: World) -> Columns:
    drawn = key_accounts.draw_answers(world.parameters, world.companies)
    return {
        "account_id": account_ids(world, drawn["company"]),
        "question_code": drawn["question"],
        "analysis_area": drawn["area"],
        "answered_on": drawn["day"],
        "_recorded_on": drawn["day"],
    }
