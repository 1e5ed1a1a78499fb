"""What an audit says, keeps and never keeps."""

import dataclasses
import json
import re

import duckdb
import pytest
from customer_value.audit import run as audit_run
from customer_value.audit.gates import mart_targets
from customer_value.audit.report import AuditReport, raise_for_failures
from customer_value.audit.run import audit_tables, table_targets
from customer_value.audit.suites import load_suite
from customer_value.errors import AuditError, SuiteError

from .conftest import SUITE

TABLE = "marts.fct_sales"
RUN_ID = "2018-01-01-0123abcd"
MEASURES = """
MEASURES = {"mean_sales": "avg(sales)", "nothing_ratio": "sum(sales * 0) / sum(sales * 0)"}
MEASURES_NEED_ROWS = 3
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(column="mean_sales", max_value=50, notes="Sales are small."),
    gxe.ExpectColumnValuesToBeBetween(column="nothing_ratio", max_value=1, notes="A share."),
]
"""


def audit(settings, database, targets=None) -> AuditReport:
    if targets is None:
        targets = table_targets(settings.project, TABLE)
    return audit_tables(database, targets, settings=settings, run_id=RUN_ID, label="marts")


def test_what_holds_passes_and_is_counted(audited, write_suite, database):
    write_suite(text=SUITE.replace("max_value=100", "max_value=120"))

    report = audit(audited, database)

    assert (report.passed, report.evaluated, report.failures) == (True, 2, [])
    raise_for_failures(report)


def test_a_failure_names_table_column_reason_and_rows(audited, write_suite, database):
    write_suite()

    report = audit(audited, database)

    assert [str(failure) for failure in report.failures] == [
        "marts.fct_sales: sales: Nothing costs more than 100. (saw 1 of 3 rows)"
    ]


def test_a_failed_audit_raises_with_place_and_remedy(audited, write_suite, database):
    write_suite()

    with pytest.raises(AuditError, match=r"marts is not believable: 1 of 2 expectations") as caught:
        raise_for_failures(audit(audited, database))

    message = str(caught.value)
    assert "marts.fct_sales: sales: Nothing costs more than 100." in message
    assert f"docs/{RUN_ID}/marts/index.html" in message
    assert "customer-value suites pin" in message


def test_measures_are_judged_once_there_are_enough_rows(audited, write_suite, database):
    write_suite(text=SUITE.replace("max_value=100", "max_value=120") + MEASURES)

    # (1.00 + 2.50 + 120.00) / 3 = 41.17; nothing divided by nothing is judged by nobody.
    assert audit(audited, database).passed
    with duckdb.connect(str(database)) as connection:
        connection.execute("update marts.fct_sales set sales = sales * 0.5 + 50")
    # 0.50 + 1.25 + 60.00 + 3 x 50.00 = 211.75, and a third of it is 70.58.
    assert [str(failure) for failure in audit(audited, database).failures] == [
        "marts.fct_sales as a whole: mean_sales: Sales are small. (saw 1 of 1 rows; observed 70.58)"
    ]
    with duckdb.connect(str(database)) as connection:
        connection.execute("delete from marts.fct_sales where sales < 51")
    assert audit(audited, database).passed


@pytest.mark.parametrize(
    ("column", "message"),
    [("margin", '"margin" in BatchData does not exist'), ("who", "could not be evaluated")],
)
def test_an_exception_inside_a_metric_is_a_failure(audited, write_suite, database, column, message):
    write_suite(text=SUITE.replace('column="sales"', f'column="{column}"'))

    (failure,) = audit(audited, database).failures

    assert message in str(failure)
    assert "Ann Lee" not in str(failure)


def test_a_missing_table_is_a_failure(audited, write_suite, database):
    write_suite()
    with duckdb.connect(str(database)) as connection:
        connection.execute("alter table marts.fct_sales rename to fct_gone")

    report = audit(audited, database)

    assert not report.passed
    assert "fct_sales: whole table: It could not be evaluated" in str(report.failures[0])


def test_a_measure_that_cannot_be_computed_is_a_failure(audited, write_suite, database):
    write_suite(text=SUITE + MEASURES.replace("avg(sales)", "avg(who)"))

    report = audit(audited, database)

    assert "as a whole: whole table: It could not be evaluated" in str(report.failures[-1])


def test_no_targets_do_not_pass(audited, database):
    report = audit(audited, database, targets=[])

    with pytest.raises(AuditError, match="0 of 0 expectations failed in no table at all"):
        raise_for_failures(report)


def test_fewer_results_than_the_suite_holds_are_a_failure(
    audited, write_suite, database, monkeypatch
):
    write_suite(text=SUITE.replace("max_value=100", "max_value=120"))
    validate = audit_run._validate

    def loses_one(source, target, query=None):
        result, problem = validate(source, target, query)
        result.results = result.results[:1]
        return result, problem

    monkeypatch.setattr(audit_run, "_validate", loses_one)

    (failure,) = audit(audited, database).failures

    assert "Only 1 of at least 2 expectations ran." in str(failure)


def test_a_suite_without_expectations_is_a_failure_even_here(audited, write_suite, database):
    write_suite()
    suite = load_suite(audited.project, TABLE)
    emptied = dataclasses.replace(suite, parts={"rows": ()})

    report = audit(audited, database, [audit_run.AuditTarget(emptied)])

    assert "Only 0 of at least 1 expectations ran." in str(report.failures[0])


def test_no_value_of_a_row_is_kept(audited, write_suite, database):
    write_suite(
        text=SUITE.replace(
            'column="sales", min_value=0, max_value=100',
            'column="who", regex="^Bo.*$"',
        ).replace("ExpectColumnValuesToBeBetween", "ExpectColumnValuesToMatchRegex")
    )

    report = audit(audited, database)

    assert report.failures[0].rows == 2
    kept = [path for path in audited.home.rglob("*") if path.is_file()]
    assert len(kept) == 5  # the results, the index, the audit's page, the table's, the lock
    assert [path for path in kept if "Ann Lee" in path.read_text()] == []


def test_results_keep_what_was_asked_and_what_came_out(audited, write_suite, database):
    write_suite()

    report = audit(audited, database)

    record = json.loads((audited.audits / "results" / RUN_ID / "marts.json").read_text())
    assert record["passed"] is False
    assert record["failures"] == [str(failure) for failure in report.failures]
    outcomes = record["results"]["marts.fct_sales"]
    assert sorted((outcome["success"], outcome["notes"]) for outcome in outcomes) == [
        (False, "Nothing costs more than 100."),
        (True, "Nobody bought anything."),
    ]


def test_the_file_is_let_go_after_the_audit(audited, write_suite, database):
    write_suite()

    audit(audited, database)

    with duckdb.connect(str(database)) as connection:
        assert connection.execute("select count(*) from marts.fct_sales").fetchone() == (3,)


def test_pages_ask_no_other_host_and_run_no_script(audited, write_suite, database):
    write_suite(text=SUITE.replace("Nobody bought", "<script>alert(1)</script> Nobody"))

    audit(audited, database)

    for page in (audited.audits / "docs").rglob("*.html"):
        text = page.read_text()
        assert re.findall(r"https?://|<script|@import", text) == [], page


UNITS = """
import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(column="sales", max_value={largest}, notes="A sale."),
]
MEASURES = {{"mean_sales": "avg(sales)"}}
MEASURES_NEED_ROWS = 1
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(column="mean_sales", max_value={mean}, notes="On average."),
]
"""


@pytest.fixture
def two_units(database):
    """Sales of 1.00 and 2.50 by a small unit, of 120.00 by a large one."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create or replace table marts.fct_sales as select *, "
            "case when sales > 100 then 'large' else 'small' end as business_unit "
            "from marts.fct_sales"
        )
    return database


def test_each_unit_s_rows_are_judged_by_its_own_suite(audited, write_suite, two_units):
    write_suite("marts.fct_sales__small", UNITS.format(largest=2, mean=1.75))
    write_suite("marts.fct_sales__large", UNITS.format(largest=120, mean=119))

    report = audit(audited, two_units, mart_targets(audited.project, two_units))

    assert report.evaluated == 4
    assert [str(failure) for failure in report.failures] == [
        "marts.fct_sales of large as a whole: mean_sales: On average. (saw 1 of 1 rows; "
        "observed 120)",
        "marts.fct_sales of small: sales: A sale. (saw 1 of 2 rows)",
    ]


def test_a_unit_whose_rows_no_suite_judges_is_refused(audited, write_suite, two_units):
    write_suite("marts.fct_sales__small", UNITS.format(largest=9, mean=9))

    with pytest.raises(SuiteError, match=r"marts\.fct_sales__large has no expectation suite"):
        mart_targets(audited.project, two_units)


def test_what_was_accepted_of_a_unit_is_left_out_of_its_rows(audited, write_suite, two_units):
    write_suite("marts.fct_sales__small", UNITS.format(largest=2, mean=1.75))
    write_suite("marts.fct_sales__large", UNITS.format(largest=120, mean=120))
    targets = [
        dataclasses.replace(
            target,
            accepted_query="select * from fct_sales where business_unit = 'small' and sales < 2.5",
            accepted_by="Ann",
        )
        if target.suite.unit == "small" and target.part == "rows"
        else target
        for target in mart_targets(audited.project, two_units)
    ]

    report = audit(audited, two_units, targets)

    assert report.failures == []
    assert [words for relation in report.relations for words in relation.accepted] == [
        "Ann: marts.fct_sales of small: sales: A sale. (saw 1 of 2 rows)"
    ]
