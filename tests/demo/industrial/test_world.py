from datetime import date

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
import pytest

from demo.industrial import names
from demo.industrial.history import state
from demo.industrial.parameters import Parameters
from demo.industrial.periods import NEVER, Quarters, day_number, instants
from demo.industrial.rates import draw_rates
from demo.industrial.schema import TABLES, to_arrow
from demo.industrial.world import World, simulate

# What refers to what; ids that may be empty are looked at where they are not.
REFERENCES = [
    ("accounts", "owner_employee_id", "employees", "employee_id"),
    ("accounts", "parent_account_id", "accounts", "account_id"),
    ("accounts", "referred_by_account_id", "accounts", "account_id"),
    ("account_relations", "upstream_account_id", "accounts", "account_id"),
    ("account_relations", "downstream_account_id", "accounts", "account_id"),
    ("account_merges", "losing_account_id", "accounts", "account_id"),
    ("account_merges", "surviving_account_id", "accounts", "account_id"),
    ("account_merges", "undoes_merge_id", "account_merges", "merge_id"),
    ("contacts", "account_id", "accounts", "account_id"),
    ("opportunities", "account_id", "accounts", "account_id"),
    ("opportunities", "decision_maker_contact_id", "contacts", "contact_id"),
    ("opportunities", "influencer_contact_id", "contacts", "contact_id"),
    ("opportunities", "lost_to_competitor_id", "competitors", "competitor_id"),
    ("activities", "account_id", "accounts", "account_id"),
    ("activities", "contact_id", "contacts", "contact_id"),
    ("activities", "employee_id", "employees", "employee_id"),
    ("activities", "opportunity_id", "opportunities", "opportunity_id"),
    ("service_cases", "account_id", "accounts", "account_id"),
    ("service_cases", "opportunity_id", "opportunities", "opportunity_id"),
    ("service_cases", "order_id", "orders", "order_id"),
    ("satisfaction_surveys", "account_id", "accounts", "account_id"),
    ("satisfaction_surveys", "order_id", "orders", "order_id"),
    ("satisfaction_surveys", "product_id", "products", "product_id"),
    ("satisfaction_surveys", "asked_by_employee_id", "employees", "employee_id"),
    ("competitor_products_in_use", "account_id", "accounts", "account_id"),
    ("competitor_products_in_use", "competitor_id", "competitors", "competitor_id"),
    ("account_facts", "account_id", "accounts", "account_id"),
    ("analysis_answers", "account_id", "accounts", "account_id"),
    ("team_assignments", "account_id", "accounts", "account_id"),
    ("team_assignments", "employee_id", "employees", "employee_id"),
    ("plan_items", "account_id", "accounts", "account_id"),
    ("plan_items", "owner_employee_id", "employees", "employee_id"),
    ("key_account_meetings", "account_id", "accounts", "account_id"),
    ("account_budgets", "account_id", "accounts", "account_id"),
    ("account_expenses", "account_id", "accounts", "account_id"),
    ("contracts", "account_id", "accounts", "account_id"),
    ("orders", "customer_number", "customers", "customer_number"),
    ("orders", "opportunity_id", "opportunities", "opportunity_id"),
    ("order_lines", "order_id", "orders", "order_id"),
    ("order_lines", "product_id", "products", "product_id"),
    ("refunds", "order_id", "orders", "order_id"),
    ("product_master", "product_id", "products", "product_id"),
    ("product_master", "family_code", "product_families", "family_code"),
]
# The personal-life fields of the texts, which are left out on purpose.
PERSONAL_LIFE = (
    "famil",
    "hobb",
    "pet",
    "holiday",
    "birth",
    "school",
    "sport",
    "restaurant",
    "food",
)


def test_equal_parameters_give_an_equal_world(small_world: World) -> None:
    again = simulate(small_world.parameters)

    assert all(again.tables[name].equals(table) for name, table in small_world.tables.items())


def test_another_seed_gives_another_world(small_world: World) -> None:
    other = simulate(Parameters(seed=8, companies_count=60))

    assert other.pairs.transition.tolist() != small_world.pairs.transition.tolist()
    assert not other.tables["orders"].equals(small_world.tables["orders"])


def test_default_world_stays_small(world: World) -> None:
    assert 300 <= world.tables["accounts"].num_rows <= 420
    assert 20_000 < world.tables["order_lines"].num_rows < 60_000
    assert world.tables["activities"].num_rows < 60_000


@pytest.mark.parametrize("name", TABLES)
def test_key_names_a_row(known: duckdb.DuckDBPyConnection, name: str) -> None:
    key = ", ".join(TABLES[name].key)

    doubles = known.execute(f"select {key} from {name} group by {key} having count(*) > 1")

    assert doubles.fetchall() == []


@pytest.mark.parametrize(("table", "column", "target", "key"), REFERENCES)
def test_reference_leads_to_a_row(
    known: duckdb.DuckDBPyConnection, table: str, column: str, target: str, key: str
) -> None:
    lost = known.execute(
        f"select count(*) from {table} where {column} is not null "
        f"and {column} not in (select {key} from {target})"
    ).fetchone()

    assert lost == (0,)


def test_refund_gives_back_no_more_than_was_paid(known: duckdb.DuckDBPyConnection) -> None:
    too_much = known.execute(
        "select count(*) from refunds join order_lines using (order_id, line_number) "
        "where refund_amount > order_lines.quantity * paid_price"
    ).fetchone()

    assert too_much == (0,)


def test_no_table_has_a_field_of_personal_life() -> None:
    columns = {column for spec in TABLES.values() for column in spec.columns}
    of_products = {"product_family", "family_code"}
    words = {word for column in columns - of_products for word in column.split("_")}

    assert [word for word in words if word.startswith(PERSONAL_LIFE)] == []


def test_data_about_people_stands_only_where_it_is_declared(
    known: duckdb.DuckDBPyConnection,
) -> None:
    declared = {
        (name, column)
        for name, spec in TABLES.items()
        for column, promised in spec.columns.items()
        if promised.personal
    }

    assert declared == {
        *(("employees", column) for column in ("name", "name_other", "email")),
        *(("contacts", column) for column in ("name", "name_other", "email", "phone")),
        ("competitor_products_in_use", "sales_representative"),
    }
    addresses = known.execute("select email from contacts union all select email from employees")
    assert all(address.endswith(".example.com") for (address,) in addresses.fetchall())


def test_company_names_are_made_up_and_different() -> None:
    found = names.company_names(["robotics"] * 200, Parameters().random("test"))

    assert len({chinese for chinese, _ in found}) == 200
    made_up = [word[0] for word in names.WORDS]
    assert all(any(word in chinese for word in made_up) for chinese, _ in found)


def test_billing_name_has_six_spellings() -> None:
    name = ("青穹样例电子第2有限公司", "Qingqiong Sample Electronics 2 Co., Ltd.")

    spelt = [names.billing_name(name, style) for style in range(6)]

    assert len(set(spelt)) == 6
    assert spelt[3] == "Qingqiong Sample Electronics 2 Co Ltd"
    assert spelt[5] == "Qingqiong Sample Electronics ２ Co., Ltd."


def test_quarters_begin_with_the_calendar() -> None:
    quarters = Quarters.covering(date(2016, 2, 10), date(2016, 12, 31), spare=1)

    assert [quarters.name(position) for position in range(5)] == [
        *("2016-Q1", "2016-Q2", "2016-Q3", "2016-Q4", "2017-Q1"),
    ]
    assert quarters.of([day_number(date(2016, 3, 31)), day_number(date(2016, 4, 1))]).tolist() == [
        0,
        1,
    ]


def test_shanghai_midnight_is_four_in_the_afternoon_in_utc() -> None:
    at = instants([day_number(date(2017, 12, 31)), NEVER], [0, 0]).tolist()

    assert at == [day_number(date(2017, 12, 30)) * 86_400 + 16 * 3600, NEVER]


def test_rates_stand_still_at_weekends_and_stay_near_where_they_were() -> None:
    days, rates = draw_rates(Parameters())
    thursday_and_friday = days % 7 < 2  # 1970-01-01 was a Thursday
    weekend = (days % 7 == 2) | (days % 7 == 3)

    moved = rates[1:] != rates[:-1]

    assert not moved[weekend[1:]].any()
    assert moved[thursday_and_friday[1:]].mean() > 0.99
    assert 5_000_000 < rates.min() < rates.max() < 8_000_000


def test_table_refuses_an_empty_value_where_none_may_be(world: World) -> None:
    competitors = {
        name: column.to_numpy(zero_copy_only=False)
        for name, column in zip(
            world.tables["competitors"].column_names,
            world.tables["competitors"].columns,
            strict=True,
        )
    }
    competitors["competitor_id"] = competitors["competitor_id"] * 0 - 1

    with pytest.raises(ValueError, match=r"competitors: \['competitor_id'\] hold empty values"):
        to_arrow("competitors", competitors)


def test_parameters_refuse_a_world_too_small_to_plant_everything() -> None:
    with pytest.raises(ValueError, match="39 companies are too few"):
        Parameters(companies_count=39)


def test_money_is_decimal_and_instants_are_utc(world: World) -> None:
    lines = state(world, "order_lines", world.parameters.last_day).schema
    orders = state(world, "orders", world.parameters.last_day).schema

    assert lines.field("paid_price").type == pa.decimal128(14, 2)
    assert orders.field("ordered_at").type == pa.timestamp("us", tz="UTC")
