"""Who a person is in the warehouse: a keyed pseudonym, made at the door.

A pseudonym is an HMAC-SHA-256 of unit, kind of person and the source's own word for the person,
cut to 96 bits. Without the key nobody can compute it or try out names; with another key everybody
has another, so the first key used is remembered by its fingerprint and no other is taken.
"""

import hmac

import duckdb

from customer_value import durable
from customer_value.errors import SettingsError
from customer_value.settings import Settings

FUNCTION = "pseudonym"
SETTING = "CUSTOMER_VALUE_PSEUDONYM_KEY"
SHORTEST_KEY = 32
DIGITS = 24
FINGERPRINT = "key_fingerprint"


def pseudonym(key: str, text: str) -> str:
    """Return the pseudonym of what ``text`` names.

    >>> pseudonym("0123456789abcdef0123456789abcdef", "industrial:contact:7")
    'e7d6bb64e07600f569cf4c04'
    """
    return hmac.digest(key.encode(), text.encode(), "sha256").hex()[:DIGITS]


def teach_pseudonyms(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Give ``connection`` the SQL function ``pseudonym(text)``; NULL stays NULL.

    A function and not an expression, so that the key stands in no statement and no message.
    """
    known = "select 1 from duckdb_functions() where function_name = ?"
    if connection.execute(known, [FUNCTION]).fetchone():
        return
    key = usable_key(settings)

    def named(text: str) -> str:
        return pseudonym(key, text)

    connection.create_function(FUNCTION, named)


def usable_key(settings: Settings) -> str:
    """Return the key of this warehouse's pseudonyms; the first one used is the only one.

    Raises ``SettingsError`` for a key that is missing, short, or another than before.
    """
    key = settings.pseudonym_key
    if len(key) < SHORTEST_KEY:
        raise SettingsError(
            f"The key of pseudonyms is {'too short' if key else 'not set'}, and a source names "
            "people.",
            where=SETTING,
            fix=f"Set {SETTING} to at least {SHORTEST_KEY} random characters and keep it safe: "
            "`python -c 'import secrets; print(secrets.token_hex(32))'`.",
        )
    fingerprint = pseudonym(key, "fingerprint of the key")
    path = settings.people / FINGERPRINT
    if not path.exists():
        settings.people.mkdir(mode=0o700, parents=True, exist_ok=True)
        durable.write_text(path, f"{fingerprint}\n", 0o600)
    if path.read_text(encoding="utf-8").strip() != fingerprint:
        raise SettingsError(
            "The key of pseudonyms is not the one this warehouse was loaded with: everybody would "
            "become somebody else.",
            where=SETTING,
            fix=f"Set {SETTING} to the former key. If that is lost, remove {settings.people} and "
            f"{settings.landing}, load everything anew and erase again who was erased.",
        )
    return key
