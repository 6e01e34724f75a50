"""Word documents out: the report of all measures, and memos for responsible units."""
