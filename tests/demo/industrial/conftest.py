from datetime import date

import duckdb
import pytest

from demo.industrial import truth
from demo.industrial.history import state
from demo.industrial.parameters import Parameters
from demo.industrial.schema import TABLES
from demo.industrial.world import World, simulate

AS_OF = date(2018, 1, 1)


@pytest.fixture(scope="session")
def world() -> World:
    """The default world."""
    return simulate()


@pytest.fixture(scope="session")
def small_world() -> World:
    """Another seed, small."""
    return simulate(Parameters(seed=7, companies_count=60))


@pytest.fixture(scope="session")
def known(world: World) -> duckdb.DuckDBPyConnection:
    """All records as of the last day by their names, all truths as ``true_<name>``.

    ``filed`` says which company an account truly is, ``booked`` which one a customer number.
    """
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("set TimeZone = 'Asia/Shanghai'")
    for name in TABLES:
        connection.register(name, state(world, name, world.parameters.last_day))
    for name, table in truth.truths(world, AS_OF).items():
        connection.register(f"true_{name}", table)
    connection.execute(
        "create view filed as select identity.account_id, company, true_account_id "
        "from true_identity_accounts as identity "
        "join true_companies on true_account_id = true_companies.account_id"
    )
    connection.execute(
        "create view booked as select customer_number, company from true_identity_customers"
    )
    return connection
