"""A suite that is missing, empty, broken or weakened stops the night (faults 89 and 90)."""

import json

import pytest
from customer_value.audit.suites import load_suite, pin_suites, pinned_tables
from customer_value.errors import SuiteError

from .conftest import SUITE

TABLE = "marts.fct_sales"
HEAD = "import great_expectations.expectations as gxe\n"


def test_a_pinned_suite_is_loaded_with_its_reasons(audited, write_suite):
    write_suite()

    suite = load_suite(audited.project, TABLE)

    assert [expectation.notes for expectation in suite.parts["rows"]] == [
        "Nobody bought anything.",
        "Nothing costs more than 100.",
    ]
    assert pinned_tables(audited.project) == [TABLE]


def test_a_missing_suite_is_refused(audited, write_suite):
    write_suite()
    (audited.project / "expectations/marts/fct_sales.py").unlink()

    with pytest.raises(SuiteError, match=r"marts\.fct_sales has no expectation suite"):
        load_suite(audited.project, TABLE)


def test_a_suite_that_nobody_reviewed_is_refused(audited, write_suite):
    write_suite()
    write_suite("marts.fct_new", pin=False)

    with pytest.raises(SuiteError, match=r"marts\.fct_new was never reviewed") as caught:
        load_suite(audited.project, "marts.fct_new")

    assert "customer-value suites pin" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "EXPECTATIONS is missing"),
        ("EXPECTATIONS = []", "EXPECTATIONS is empty"),
        ("EXPECTATIONS = ['{}']", "not an expectation"),
        ("EXPECTATIONS = [", "SyntaxError"),
        ("import nothing_of_this_name", "ModuleNotFoundError"),
        ("EXPECTATIONS = [gxe.ExpectNothing()]", "AttributeError"),
        ("EXPECTATIONS = 1 / 0", "ZeroDivisionError"),
        (
            "EXPECTATIONS = [gxe.ExpectTableRowCountToBeBetween(min_value=1)]",
            "EXPECTATIONS 1 .* has no reason in notes",
        ),
        (
            "EXPECTATIONS = [gxe.ExpectTableRowCountToBeBetween(min_value=1, notes=' ')]",
            "has no reason in notes",
        ),
        (
            "EXPECTATIONS = [gxe.ExpectColumnValuesToBeBetween("
            "column='sales', max_value=1, mostly=0, notes='x')]",
            "mostly=0, which no data can fail",
        ),
        (
            "EXPECTATIONS = [gxe.ExpectTableRowCountToBeBetween(notes='x')]",
            "neither min_value nor max_value",
        ),
        (
            "EXPECTATIONS = [gxe.ExpectColumnValuesToMatchRegex("
            "column='who', regex='Ann', notes='x')]",
            "DuckDB compares whole values",
        ),
        (SUITE + "MEASURES = {'mean_sales': 'avg(sales)'}", "go together"),
        (SUITE + "BATCH_EXPECTATIONS = EXPECTATIONS", "every landed table and to no other"),
    ],
    ids=lambda value: value[:40],
)
def test_a_suite_that_lets_anything_pass_is_refused(audited, write_suite, text, message):
    write_suite(text=HEAD + text, pin=False)

    with pytest.raises(SuiteError, match=message) as caught:
        pin_suites(audited.project)

    assert "fct_sales.py" in str(caught.value)


def test_a_landed_table_needs_expectations_of_its_batches(audited, write_suite):
    write_suite("landing_retail_crm.households", pin=False)

    with pytest.raises(SuiteError, match="BATCH_EXPECTATIONS belong to every landed table"):
        pin_suites(audited.project)


@pytest.mark.parametrize(
    ("reviewed", "poisoned", "shown"),
    [
        ("max_value=100", "max_value=100_000", '+     "max_value": 100000.0'),
        ("max_value=100", "max_value=100, mostly=0.01", '+     "mostly": 0.01'),
        ("max_value=100", "max_value=100, severity='info'", '+    "severity": "info"'),
        ('column="sales"', 'column="margin"', '+     "column": "margin"'),
        ("min_value=1, notes", "min_value=0, notes", '+     "min_value": 0'),
        ("more than 100.", "more.", '+    "notes": "Nothing costs more."'),
    ],
)
def test_a_weakened_suite_is_refused_with_the_difference(
    audited, write_suite, reviewed, poisoned, shown
):
    write_suite()
    write_suite(text=SUITE.replace(reviewed, poisoned), pin=False)

    with pytest.raises(SuiteError, match="differs from the reviewed one") as caught:
        load_suite(audited.project, TABLE)

    assert shown in str(caught.value)


def test_a_suite_that_lost_an_expectation_is_refused(audited, write_suite):
    write_suite()
    write_suite(text=SUITE + "EXPECTATIONS = EXPECTATIONS[:1]\n", pin=False)

    with pytest.raises(SuiteError, match='-  "count": 2') as caught:
        load_suite(audited.project, TABLE)

    assert '+  "count": 1' in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", "null"])
def test_a_damaged_lock_file_is_refused(audited, write_suite, content):
    write_suite()
    (audited.project / "expectations/suites.lock.json").write_text(content)

    with pytest.raises(SuiteError, match="lock file of the expectation suites"):
        load_suite(audited.project, TABLE)


def test_a_missing_lock_file_is_refused(audited, write_suite):
    write_suite(pin=False)

    with pytest.raises(SuiteError, match="cannot be read"):
        load_suite(audited.project, TABLE)


@pytest.mark.parametrize(
    "table",
    [
        "fct_sales",
        "marts.Fct",
        "marts.../secret",
        "../../etc.passwd",
        "marts.a" + "b" * 63,
        "a.b;c",
    ],
)
def test_a_name_that_could_leave_the_folder_is_refused(audited, write_suite, table):
    write_suite()

    with pytest.raises(SuiteError, match="in lower case letters, digits and _"):
        load_suite(audited.project, table)


def test_nothing_to_pin_is_refused(audited):
    with pytest.raises(SuiteError, match="There is no suite to pin"):
        pin_suites(audited.project)


def test_pinning_names_what_changed_and_again_changes_nothing(audited, write_suite):
    write_suite(pin=False)
    lock = audited.project / "expectations/suites.lock.json"
    assert pin_suites(audited.project) == [TABLE]
    before = lock.read_bytes()

    assert pin_suites(audited.project) == []

    assert lock.read_bytes() == before
    assert json.loads(before)[TABLE]["rows"]["count"] == 2
