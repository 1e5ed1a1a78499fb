"""The landing zone: what each source delivered, unchanged, batch by batch."""
