"""One Airflow task is one call of the library: nothing here is worth a unit test of its own."""
