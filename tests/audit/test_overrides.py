"""An accepted volume is a record: who, what, why, for one date, for ever."""

import datetime as dt

import pytest
from customer_value.audit.overrides import accept_volume, accepted_volumes
from customer_value.errors import ContractError, SettingsError

DAY = dt.date(2017, 11, 22)


def test_an_acceptance_can_be_read_back(settings):
    written = accept_volume(
        settings, "retail_shop", "order_lines", DAY, " Ann ", "day before Thanksgiving"
    )

    found = accepted_volumes(settings, "retail_shop", "order_lines")

    assert found == {DAY: written}
    assert str(written) == (
        "retail_shop.order_lines on 2017-11-22, accepted by Ann: day before Thanksgiving"
    )
    assert accepted_volumes(settings, "retail_shop", "returns") == {}


@pytest.mark.parametrize(("who", "why"), [("", "true"), ("Ann", ""), (" ", "true"), ("Ann", "\t")])
def test_nobody_and_no_reason_are_refused(settings, who, why):
    with pytest.raises(SettingsError, match="needs a name and a reason"):
        accept_volume(settings, "retail_shop", "order_lines", DAY, who, why)

    assert accepted_volumes(settings, "retail_shop", "order_lines") == {}


def test_a_record_is_never_changed(settings):
    first = accept_volume(settings, "retail_shop", "order_lines", DAY, "Ann", "true")

    with pytest.raises(SettingsError, match="was accepted before"):
        accept_volume(settings, "retail_shop", "order_lines", DAY, "Bo", "other")

    assert accepted_volumes(settings, "retail_shop", "order_lines") == {DAY: first}
    (path,) = (settings.audits / "overrides").iterdir()
    assert path.stat().st_mode & 0o777 == 0o440


@pytest.mark.parametrize(
    ("system", "table"),
    [("retail_till", "order_lines"), ("retail_shop", "../../x"), ("retail_shop", "orders")],
)
def test_only_declared_tables_can_be_accepted(settings, system, table):
    with pytest.raises(ContractError):
        accept_volume(settings, system, table, DAY, "Ann", "true")


@pytest.mark.parametrize("content", ["", "{}", '{"date": "soon"}', "[]"])
def test_a_damaged_record_stops_rather_than_accepts(settings, content):
    accept_volume(settings, "retail_shop", "order_lines", DAY, "Ann", "true")
    (path,) = (settings.audits / "overrides").iterdir()
    path.chmod(0o640)
    path.write_text(content)

    with pytest.raises(SettingsError, match="accepted volume cannot be read"):
        accepted_volumes(settings, "retail_shop", "order_lines")
