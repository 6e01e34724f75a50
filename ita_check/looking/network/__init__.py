"""Fetching web addresses: hostile input from evidence files, hostile servers behind it."""
