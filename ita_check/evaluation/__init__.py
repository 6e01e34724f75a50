"""Verbs: catalogue, evidence and a day in, report out. Pure: no clock, no files, no printing."""
