"""Data Docs stay small, whole and readable."""

import json
import os
from pathlib import Path

import pytest
from customer_value.audit import docs
from customer_value.errors import AuditError


def keep(store: Path, run_id: str, age: int, *, passed: bool = True) -> None:
    """Leave what an audit leaves, ``age`` seconds ago."""
    results = store / "results" / run_id
    results.mkdir(parents=True)
    record = {"run_id": run_id, "label": "marts", "passed": passed, "evaluated": 9}
    (results / "marts.json").write_text(json.dumps(record | {"failures": [], "accepted": []}))
    page = docs.page_of(store, run_id, "marts")
    page.parent.mkdir(parents=True)
    page.write_text("page")
    os.utime(results, (1_000_000 - age, 1_000_000 - age))


def test_old_runs_are_pruned_by_when_they_were_audited(tmp_path):
    keep(tmp_path, "2018-01-03-aaaaaaaa", age=30)
    keep(tmp_path, "2018-01-02-aaaaaaaa", age=20)
    keep(tmp_path, "2017-01-01-backfill", age=10)

    gone = docs.prune(tmp_path, keep=2)

    assert gone == ["2018-01-03-aaaaaaaa"]
    for folder in ("results", "docs"):
        assert sorted(path.name for path in (tmp_path / folder).iterdir()) == [
            "2017-01-01-backfill",
            "2018-01-02-aaaaaaaa",
        ]


def test_the_index_lists_runs_newest_first_with_their_outcome(tmp_path):
    keep(tmp_path, "2018-01-02-aaaaaaaa", age=20)
    keep(tmp_path, "2018-01-03-aaaaaaaa", age=10, passed=False)

    docs.write_index(tmp_path)

    text = (tmp_path / "docs" / "index.html").read_text()
    assert text.index("2018-01-03") < text.index("2018-01-02")
    assert text.index("failed</b>") < text.index("passed</b>")
    assert "href='2018-01-03-aaaaaaaa/marts/index.html'" in text


def test_pruning_keeps_accepted_volumes(tmp_path):
    keep(tmp_path, "2018-01-02-aaaaaaaa", age=20)
    record = tmp_path / "overrides" / "retail_shop.order_lines.2017-11-22.json"
    record.parent.mkdir()
    record.write_text("{}")

    docs.prune(tmp_path, keep=0)

    assert record.exists()


@pytest.mark.parametrize("garbage", [b"", b"{}", b"[]", b"\xff\x00"])
def test_case_091_a_damaged_result_stops_and_says_which(tmp_path, garbage):
    keep(tmp_path, "2018-01-02-aaaaaaaa", age=20)
    path = tmp_path / "results" / "2018-01-02-aaaaaaaa" / "marts.json"
    path.write_bytes(garbage)

    with pytest.raises(AuditError, match="cannot be read") as caught:
        docs.write_index(tmp_path)

    assert str(path) in str(caught.value)
