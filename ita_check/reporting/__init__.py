"""Reports out: one module for each format, each a function of (outcomes, stream, view)."""
