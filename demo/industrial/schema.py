"""The tables of the simulated systems: columns, keys, and how rows change after they appear.

A type ends with ``?`` where the column may be empty; ``personal`` follows it where the value is
about a person. Columns beginning with ``_`` stay inside the simulator. Databases add
``updated_at``. Money is decimal in the currency that the column or its neighbour names; instants
are UTC, days are business days in Asia/Shanghai.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
from numpy.typing import NDArray

from demo.industrial.periods import NEVER

CRM, ERP, FILES = "industrial_crm", "industrial_erp", "files"
EMPTY_NUMBER = -1
UPDATED_AT_HOUR = 22  # local time at which the systems book what changed on a day


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``type`` is a plain SQL type."""

    type: str
    nullable: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Columns that hold ``before`` until the day or instant in column ``on``, for ever if empty.

    A value of ``before`` that begins with ``_`` names the hidden column that holds it.
    """

    on: str
    before: Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table. Hidden columns: ``_recorded_on``, and ``_deleted_on`` where rows go away."""

    system: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    later: tuple[Later, ...] = ()
    hidden: Mapping[str, Column] = field(default_factory=dict)


def _columns(text: str) -> dict[str, Column]:
    found = {}
    for line in filter(str.strip, text.splitlines()):
        name, _, kind = line.strip().partition(" ")
        personal = kind.endswith(" personal")
        kind = kind.removesuffix(" personal")
        found[name] = Column(kind.removesuffix("?"), kind.endswith("?"), personal)
    return found


def _table(
    system: str, key: str, columns: str, *later: Later, hidden: str = "", deletes: bool = False
) -> TableSpec:
    inner = "_recorded_on date\n" + hidden + ("\n_deleted_on date?" if deletes else "")
    return TableSpec(system, tuple(key.split()), _columns(columns), later, _columns(inner))


TABLES: dict[str, TableSpec] = {
    "employees": _table(
        CRM,
        "employee_id",
        """employee_id bigint
        employee_role varchar(30)
        name varchar(60) personal
        name_other varchar(60) personal
        email varchar(120) personal""",
    ),
    "accounts": _table(
        CRM,
        "account_id",
        """account_id bigint
        name varchar(120)
        name_other varchar(120)
        registration_number varchar(18)?
        customer_number varchar(12)?
        customer_type varchar(20)
        industry varchar(30)
        region varchar(30)
        company_size varchar(10)
        chain_role varchar(20)
        is_key_account boolean
        currency_code varchar(3)
        owner_employee_id bigint
        parent_account_id bigint?
        referred_by_account_id bigint?
        created_on date""",
        Later("_owner_changed_on", {"owner_employee_id": "_former_owner"}),
        Later("_number_known_on", {"customer_number": None}),
        hidden="_owner_changed_on date?\n_former_owner bigint\n_number_known_on date?",
    ),
    "account_relations": _table(
        CRM,
        "relation_id",
        """relation_id bigint
        upstream_account_id bigint
        downstream_account_id bigint
        relation_kind varchar(20)
        recorded_on date""",
        deletes=True,
    ),
    "account_merges": _table(
        CRM,
        "merge_id",
        """merge_id bigint
        losing_account_id bigint
        surviving_account_id bigint
        merge_kind varchar(10)
        undoes_merge_id bigint?
        merged_at timestamptz""",
    ),
    "contacts": _table(
        CRM,
        "contact_id",
        """contact_id bigint
        account_id bigint
        layer varchar(20)
        contact_function varchar(20)
        name varchar(60) personal
        name_other varchar(60) personal
        email varchar(120) personal
        phone varchar(30) personal""",
        deletes=True,
    ),
    "competitors": _table(
        CRM,
        "competitor_id",
        """competitor_id bigint
        name varchar(120)
        name_other varchar(120)""",
    ),
    "opportunities": _table(
        CRM,
        "opportunity_id",
        """opportunity_id bigint
        account_id bigint
        product_family varchar(20)
        problem_to_solve varchar(20)
        process varchar(20)
        stage varchar(20)
        decision_maker_contact_id bigint
        influencer_contact_id bigint
        budget_amount decimal(14,2)
        currency_code varchar(3)
        competitive_quotes_count integer
        lost_reason varchar(20)?
        lost_to_competitor_id bigint?
        opened_on date
        planned_purchase_date date
        closed_on date?""",
        Later(
            "closed_on",
            {
                "stage": "open",
                "closed_on": None,
                "lost_reason": None,
                "lost_to_competitor_id": None,
                "competitive_quotes_count": 0,
            },
        ),
    ),
    "activities": _table(
        CRM,
        "activity_id",
        """activity_id bigint
        account_id bigint
        contact_id bigint
        employee_id bigint
        opportunity_id bigint?
        product_family varchar(20)
        channel varchar(20)
        direction varchar(10)
        subject_kind varchar(20)
        occurred_at timestamptz""",
    ),
    "service_cases": _table(
        CRM,
        "case_id",
        """case_id bigint
        account_id bigint
        order_id bigint?
        opportunity_id bigint?
        product_family varchar(20)
        case_kind varchar(20)
        handling_cost_cny decimal(12,2)
        opened_at timestamptz
        first_reply_at timestamptz?
        closed_at timestamptz?""",
        Later("first_reply_at", {"first_reply_at": None}),
        Later("closed_at", {"closed_at": None}),
    ),
    "satisfaction_surveys": _table(
        CRM,
        "survey_id",
        """survey_id bigint
        account_id bigint
        order_id bigint
        product_id bigint
        asked_by_employee_id bigint
        is_bonus_relevant boolean
        score integer?
        sent_on date
        answered_on date?""",
        Later("answered_on", {"answered_on": None, "score": None}),
    ),
    "competitor_products_in_use": _table(
        CRM,
        "usage_id",
        """usage_id bigint
        account_id bigint
        competitor_id bigint
        product_family varchar(20)
        satisfaction_score integer
        sales_representative varchar(60) personal
        recorded_on date""",
    ),
    "account_facts": _table(
        CRM,
        "fact_id",
        """fact_id bigint
        account_id bigint
        information_level integer
        topic varchar(30)
        source varchar(30)
        cost_cny decimal(12,2)
        gathered_on date""",
        deletes=True,
    ),
    "analysis_answers": _table(
        CRM,
        "account_id question_code",
        """account_id bigint
        question_code varchar(40)
        analysis_area varchar(30)
        answered_on date""",
    ),
    "team_assignments": _table(
        CRM,
        "assignment_id",
        """assignment_id bigint
        account_id bigint
        employee_id bigint
        team_role varchar(20)
        valid_from date
        valid_to date?""",
        Later("valid_to", {"valid_to": None}),
    ),
    "plan_items": _table(
        CRM,
        "plan_item_id",
        """plan_item_id bigint
        account_id bigint
        owner_employee_id bigint
        action varchar(30)
        created_on date
        due_on date
        done_on date?""",
        Later("done_on", {"done_on": None}),
        deletes=True,
    ),
    "key_account_meetings": _table(
        CRM,
        "account_id meeting_year",
        """account_id bigint
        meeting_year integer
        planned_on date
        held_on date?""",
        Later("held_on", {"held_on": None}),
    ),
    "account_budgets": _table(
        CRM,
        "account_id budget_year",
        """account_id bigint
        budget_year integer
        budget_amount_cny decimal(14,2)""",
    ),
    "account_expenses": _table(
        CRM,
        "expense_id",
        """expense_id bigint
        account_id bigint
        employee_id bigint
        purpose varchar(20)
        amount_cny decimal(12,2)
        spent_on date""",
    ),
    "contracts": _table(
        CRM,
        "contract_id",
        """contract_id bigint
        account_id bigint
        starts_on date
        ends_on date
        terminated_on date?""",
        Later("terminated_on", {"terminated_on": None}),
    ),
    "customers": _table(
        ERP,
        "customer_number",
        """customer_number varchar(12)
        name varchar(120)
        registration_number varchar(18)?
        currency_code varchar(3)
        is_test boolean
        created_on date""",
    ),
    "products": _table(
        ERP,
        "product_id",
        """product_id bigint
        product_family varchar(20)
        product_kind varchar(20)
        is_distinct boolean
        maturity varchar(20)
        standard_cost_cny decimal(12,2)
        list_price_cny decimal(12,2)""",
        Later(
            "_repriced_on",
            {"standard_cost_cny": "_former_cost", "list_price_cny": "_former_price"},
        ),
        hidden="_repriced_on date\n_former_cost decimal(12,2)\n_former_price decimal(12,2)",
    ),
    "orders": _table(
        ERP,
        "order_id",
        """order_id bigint
        customer_number varchar(12)
        currency_code varchar(3)
        status varchar(20)
        opportunity_id bigint?
        ordered_at timestamptz""",
        Later("_settled_on", {"status": "open"}),
        hidden="_settled_on date",
    ),
    "order_lines": _table(
        ERP,
        "order_id line_number",
        """order_id bigint
        line_number integer
        product_id bigint
        bundle_id bigint?
        is_service boolean
        quantity integer
        list_price decimal(14,2)
        paid_price decimal(14,2)
        unit_cost_cny decimal(14,2)?
        promised_on date
        delivered_on date?""",
        Later("delivered_on", {"delivered_on": None}),
    ),
    "refunds": _table(
        ERP,
        "refund_id",
        """refund_id bigint
        order_id bigint
        line_number integer
        quantity integer
        refund_amount decimal(14,2)
        reason varchar(20)
        refunded_at timestamptz""",
    ),
    "exchange_rates": _table(
        FILES,
        "rate_date currency_code",
        """rate_date date
        currency_code varchar(3)
        cny_per_unit decimal(12,6)""",
    ),
    "product_families": _table(
        FILES,
        "family_code",
        """family_code varchar(20)
        name_zh varchar(60)
        name_en varchar(60)
        differentiation varchar(20)
        maturity varchar(20)""",
        Later("_matured_on", {"maturity": "_former_maturity"}),
        hidden="_matured_on date\n_former_maturity varchar(20)",
    ),
    "product_master": _table(
        FILES,
        "product_id",
        """product_id bigint
        family_code varchar(20)
        name_zh varchar(120)
        name_en varchar(120)
        unit_zh varchar(20)""",
    ),
}


def tables_of(system: str) -> dict[str, TableSpec]:
    """Return the tables of one system by name."""
    return {name: spec for name, spec in TABLES.items() if spec.system == system}


def create_statements(system: str, dialect: str) -> list[str]:
    """Return the statements that create a system's tables, in ``postgres`` or ``mariadb``.

    In PostgreSQL the tables lie in the schema of the system's name and ``updated_at`` is moved by
    a trigger; in MariaDB they lie in the database in use and the column moves itself.
    """
    statements = []
    for name, spec in tables_of(system).items():
        lines = [
            f"    {column} {_sql_type(known.type, dialect)}{'' if known.nullable else ' not null'}"
            for column, known in spec.columns.items()
        ]
        lines.append(f"    updated_at {UPDATED_AT[dialect]}")
        lines.append(f"    primary key ({', '.join(spec.key)})")
        place = f"{system}.{name}" if dialect == "postgres" else name
        statements.append(f"create table {place} (\n" + ",\n".join(lines) + "\n)")
    return statements


UPDATED_AT = {
    "postgres": "timestamptz not null default now()",
    "mariadb": "timestamp(6) not null default current_timestamp(6) on update current_timestamp(6)",
}


def _sql_type(kind: str, dialect: str) -> str:
    # In MariaDB an instant is a datetime in UTC: its timestamp type ends in 2038.
    return "datetime(6)" if (kind, dialect) == ("timestamptz", "mariadb") else kind


def to_arrow(name: str, columns: Mapping[str, NDArray[np.generic]]) -> pa.Table:
    """Return a table of the simulator's own arrays, in the agreed order and types.

    Days, instants and numbers of cents are integers; ``NEVER`` and, in other numbers, -1 stand for
    an empty value. Raises ``ValueError`` for an unknown or missing column, or an empty value where
    none may be.
    """
    spec = TABLES[name]
    agreed = {**spec.columns, **spec.hidden}
    if set(columns) != set(agreed):
        raise ValueError(f"{name}: {sorted(set(columns) ^ set(agreed))} are on one side only.")
    arrays = {column: _array(columns[column], known) for column, known in agreed.items()}
    empty = [
        column
        for column, known in agreed.items()
        if not known.nullable and arrays[column].null_count
    ]
    if empty:
        raise ValueError(f"{name}: {empty} hold empty values.")
    return pa.table(arrays)


def arrow_type(kind: str) -> pa.DataType:
    """Return the Arrow type of a plain SQL type."""
    decimal = re.fullmatch(r"decimal\((\d+),(\d+)\)", kind)
    if decimal:
        return pa.decimal128(int(decimal[1]), int(decimal[2]))
    if kind.startswith("varchar"):
        return pa.string()
    return {
        "bigint": pa.int64(),
        "integer": pa.int32(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "timestamptz": pa.timestamp("us", tz="UTC"),
    }[kind]


def _array(values: NDArray[np.generic], column: Column) -> pa.Array:
    kind = arrow_type(column.type)
    if pa.types.is_string(kind) or pa.types.is_boolean(kind):
        return pa.array(values, kind, from_pandas=True)
    numbers = np.asarray(values, dtype=np.int64)
    is_time = pa.types.is_date(kind) or pa.types.is_timestamp(kind)
    empty = (numbers == NEVER) if is_time else (numbers == EMPTY_NUMBER)
    if pa.types.is_decimal(kind):
        return _decimals(numbers, empty, kind)
    numbers = np.where(empty, 0, numbers)
    if pa.types.is_timestamp(kind):
        return pa.array(numbers * 1_000_000, pa.int64(), mask=empty).cast(kind)
    width = pa.int32() if pa.types.is_date(kind) else kind
    return pa.array(numbers, pa.int64(), mask=empty).cast(width).cast(kind)


def _decimals(units: NDArray[np.int64], empty: NDArray[np.bool_], kind: pa.DataType) -> pa.Array:
    """Return decimals from integers that count the last digit, without going through text."""
    words = np.stack((units, np.where(units < 0, -1, 0)), axis=1).astype("<i8")
    present = pa.array(~empty, pa.bool_()).buffers()[1]
    return pa.Array.from_buffers(kind, len(units), [present, pa.py_buffer(words.tobytes())])
