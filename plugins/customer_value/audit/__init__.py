"""Is the data believable? Great Expectations at the door in and at the door out."""
