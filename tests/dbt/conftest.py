import pytest

from tests.dbt.building import Workshop


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """One place to build warehouses in."""
    return Workshop(tmp_path_factory.mktemp("workshop"))
