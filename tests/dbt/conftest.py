import pytest

from tests.dbt.building import Workshop
from tests.dbt.industrial import Planted, build_planted


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """One place to build warehouses in."""
    return Workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The simulated unit's marts and its truths."""
    return build_planted(tmp_path_factory.mktemp("planted"))
