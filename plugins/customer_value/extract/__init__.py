"""From source systems to the landing zone: one module a kind of system, one for writing a batch."""
