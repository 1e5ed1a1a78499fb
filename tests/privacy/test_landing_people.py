"""What is about people parts from the data at the door, before anything is built from it."""

import stat
from dataclasses import replace

import pytest
from customer_value.errors import ContractError, SettingsError
from customer_value.landing.quarantine import explain
from customer_value.privacy.people import find_people
from customer_value.privacy.pseudonyms import pseudonym
from customer_value.sources.contract import load_systems

from tests.privacy.conftest import KEY, Rows, Works

LI = pseudonym(KEY, "works:contact:1")
WANG = pseudonym(KEY, "works:contact:2")
RIVAL = pseudonym(KEY, "works:rival:Zhao Rival")


def meet(works: Works) -> None:
    works.write(
        "insert into works.contacts values (1, 'operation', 'Li Example', '+86 1'), "
        "(2, 'management', 'Wang Example', null)"
    )
    works.write("insert into works.visits values (10, 1, 'Zhao Rival'), (11, 2, null)")


def test_data_and_key_listing_hold_pseudonyms_and_a_file_apart_holds_names(
    works: Works, rows: Rows
):
    meet(works)

    batches = works.load()

    contacts, visits = batches["contacts"], batches["visits"]
    assert [(row["contact_id"], row["layer"]) for row in rows(contacts.data)] == sorted(
        [(LI, "operation"), (WANG, "management")]
    )
    assert {"name", "phone"}.isdisjoint(rows(contacts.data)[0])
    assert [row["contact_id"] for row in rows(contacts.keys)] == sorted([LI, WANG])
    assert [(row["contact_id"], row["rival"]) for row in rows(visits.data)] == [
        (LI, RIVAL),
        (WANG, None),
    ]
    assert rows(visits.people) == [{"person_id": RIVAL, "name": "Zhao Rival"}]
    assert contacts.people
    assert stat.S_IMODE(contacts.people.stat().st_mode) == 0o600
    for path in (contacts.data, visits.data):
        assert b"Example" not in path.read_bytes()


def test_the_people_file_says_who_they_are_as_last_heard_to_its_owner_only(works: Works):
    meet(works)
    works.load()
    works.write(
        "update works.contacts set name = 'Li Married', changed_at = now() where contact_id = 1"
    )

    works.load()

    names, found = find_people(works.settings, "li married")
    assert names == ["person_id", "business_unit", "person_kind", "name", "phone"]
    assert found == [(LI, "works", "contact", "Li Married", "+86 1")]
    assert find_people(works.settings, "Li Example")[1] == []
    assert find_people(works.settings, RIVAL)[1] == [(RIVAL, "works", "rival", "Zhao Rival", None)]
    people = works.settings.people
    assert stat.S_IMODE((people / "people.duckdb").stat().st_mode) == 0o400
    assert stat.S_IMODE(people.stat().st_mode) == 0o700


def test_a_new_phone_makes_no_history_in_the_data(works: Works, rows: Rows):
    meet(works)
    before = {row["contact_id"]: row["_row_hash"] for row in rows(works.load()["contacts"].data)}
    works.write(
        "update works.contacts set phone = '+86 2', changed_at = now() where contact_id = 1"
    )

    again = {row["contact_id"]: row["_row_hash"] for row in rows(works.load()["contacts"].data)}

    assert again[LI] == before[LI]


def test_quarantined_rows_show_what_was_wrong_and_nothing_personal(works: Works):
    works.write("insert into works.contacts values (3, 'elsewhere', 'Hidden Name', '+86 3')")

    batch = works.load()["contacts"]

    (row,) = explain(works.settings, batch.label)
    assert (row["rule"], row["value"]) == ("not_allowed", "elsewhere")
    assert "Hidden Name" not in works.texts()


def test_nothing_is_landed_without_the_key_or_with_another_one(works: Works):
    meet(works)
    with pytest.raises(SettingsError, match="key of pseudonyms is not set"):
        works.load(replace(works.settings, pseudonym_key=""))
    with pytest.raises(SettingsError, match="key of pseudonyms is too short"):
        works.load(replace(works.settings, pseudonym_key="short"))
    works.load()
    with pytest.raises(SettingsError, match="is not the one this warehouse was loaded with"):
        works.load(replace(works.settings, pseudonym_key="f" * 32))
    assert KEY not in works.texts()


def test_personal_columns_must_say_whom_they_describe(works: Works):
    contract = works.settings.sources / "works.yml"
    contract.write_text(contract.read_text().replace(", person: contact}", "}", 1))

    with pytest.raises(ContractError, match="must say by person whom they describe"):
        load_systems(works.settings.sources)
