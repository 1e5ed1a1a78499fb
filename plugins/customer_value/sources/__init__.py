"""What each source system promises, read from ``dags/sources/*.yml``."""
