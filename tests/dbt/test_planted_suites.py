"""The reviewed suites hold on five years of a simulated supplier."""

from customer_value.audit.gates import mart_targets
from customer_value.audit.run import audit_tables
from customer_value.settings import Settings

from tests.dbt.industrial import DOMAINS, Planted, marts_of


def test_the_suites_of_the_marts_of_accounts_hold(planted: Planted, settings: Settings) -> None:
    judged = marts_of(*DOMAINS) | {"dim_labels"}
    targets = [
        target
        for target in mart_targets(planted.project, planted.database)
        if target.suite.name in judged
    ]

    report = audit_tables(
        planted.database, targets, settings=settings, run_id="planted", label="marts"
    )

    assert {target.suite.name for target in targets} == judged
    assert report.failures == []
