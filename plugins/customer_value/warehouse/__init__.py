"""Versions of the warehouse: built in private, sealed, published by one atomic step."""
