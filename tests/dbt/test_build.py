"""What one dbt build leaves for the next."""

import subprocess
from pathlib import Path

from customer_value.transform.build import _explained, forget_other_code


def test_a_saved_parse_serves_the_code_that_made_it_and_no_other(tmp_path: Path) -> None:
    saved = tmp_path / "partial_parse.msgpack"

    forget_other_code(tmp_path, "a")
    saved.write_bytes(b"parsed from a")
    forget_other_code(tmp_path, "a")
    assert saved.exists()

    forget_other_code(tmp_path, "b")
    assert not saved.exists()

    saved.write_bytes(b"parsed from b")
    forget_other_code(tmp_path, "a")
    assert not saved.exists()


def test_a_test_that_is_named_after_all_its_arguments_leaves_room_for_its_message() -> None:
    failed = {"unique_id": f"test.shop.accepted_values_{'a_code__' * 60}.5f", "message": "Got 1"}
    finished = subprocess.CompletedProcess[str]([], 1, stdout="")

    said = str(_explained(finished, [failed], Path("target"), Path("dbt.log")))

    assert "…: Got 1\n" in said
    assert len(said) < 500
