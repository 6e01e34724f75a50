"""Check a municipality's declared evidence against the requirements of the ITA."""

__version__ = "0.1.0"
