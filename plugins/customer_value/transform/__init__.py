"""From landed rows to marts: one dbt process for each step of a build."""
