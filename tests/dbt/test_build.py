"""What one dbt build leaves for the next."""

from pathlib import Path

from customer_value.transform.build import forget_other_code


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
