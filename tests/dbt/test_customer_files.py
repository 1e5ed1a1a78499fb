"""The files on customers hold everybody the CRM lists, and name nobody."""

from tests.dbt.industrial import Planted


def test_the_files_name_nobody(planted: Planted) -> None:
    columns = planted.rows(
        "select column_name from duckdb_columns() where schema_name = 'marts' "
        "and table_name in ('dim_contacts', 'fct_projects', 'fct_competitor_products')"
    )

    names = {name for (name,) in columns if "name" in name or "mail" in name or "phone" in name}

    assert names == {"competitor_name", "competitor_name_other"}


def test_every_listed_person_and_every_project_is_in_its_mart(planted: Planted) -> None:
    ((persons, contacts, projects, opportunities),) = planted.rows(
        "select (select count(*) from landing_industrial_crm.contacts_rows), "
        "(select count(*) from marts.dim_contacts), "
        "(select count(*) from marts.fct_projects), "
        "(select count(*) from landing_industrial_crm.opportunities_rows)"
    )

    assert (contacts, projects) == (persons, opportunities)
    assert min(contacts, projects) > 1000
