"""People: keyed pseudonyms for the warehouse, names in a file apart, and erasure."""
