"""A connection reaches the library as the URI its owner wrote, whatever Airflow made of it."""

import json

import pytest
from airflow.sdk import Connection
from airflow.sdk.log import mask_logs
from customer_value.errors import SettingsError
from customer_value.operators.connections import connection_uri, uri_of


@pytest.mark.parametrize(
    "uri",
    [
        "postgresql://reader:secret@crm.example.org:5432/retail",
        "postgresql://postgres:@/retail?host=/var/run/crm%20socket",
        "postgresql://reader@crm.example.org/retail?sslmode=require&connect_timeout=10",
        "postgresql://r%40d:p%40ss%2Fw%3Ard@crm.example.org:5432/retail",
        "postgresql://reader:secret@[2001:db8::1]:5432/retail",
        "mysql://reader:secret@crm.example.org:3306/retail",
        "file:///srv/partner/orders",
        "file:///srv/partner%20two/%E8%AE%A2%E5%8D%95",
        "s3://partner-orders/daily/2017",
        "s3://partner-orders/daily?endpoint=minio.example.org:9000&region=eu-central-1",
    ],
)
def test_a_uri_survives_airflow(uri: str) -> None:
    there_and_back = uri_of(Connection.from_uri(uri, "any"))

    # urlencode writes ':' as %3A in a query, which means the same
    assert there_and_back.replace("%3A9000", ":9000") == uri


def test_a_connection_filled_in_by_hand_says_postgresql() -> None:
    connection = Connection(
        conn_id="crm", conn_type="postgres", host="crm", login="reader", password="p w", schema="r"
    )

    assert uri_of(connection) == "postgresql://reader:p%20w@crm/r"


def test_a_socket_directory_as_host_becomes_a_query_that_every_client_reads() -> None:
    connection = Connection(
        conn_id="crm",
        conn_type="postgres",
        host="/var/run/postgresql",
        login="postgres",
        schema="retail",
        extra=json.dumps({"connect_timeout": 10}),
    )

    assert (
        uri_of(connection)
        == "postgresql://postgres@/retail?host=/var/run/postgresql&connect_timeout=10"
    )


def test_an_unknown_connection_names_the_command_that_adds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_RETAIL_CRM", raising=False)

    with pytest.raises(SettingsError, match="airflow connections add retail_crm"):
        connection_uri("retail_crm")


def test_a_connection_of_the_environment_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_RETAIL_SHOP", "file:///srv/orders")

    assert connection_uri("retail_shop") == "file:///srv/orders"


def test_a_password_is_masked_in_logs_as_the_uri_spells_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_RETAIL_CRM", "postgresql://reader:p%40ss%20word@crm/retail")

    uri = connection_uri("retail_crm")

    assert uri == "postgresql://reader:p%40ss%20word@crm/retail"
    assert "p%40ss" not in str(mask_logs(None, "", {"event": f"no answer from {uri}"}))
