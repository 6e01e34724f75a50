"""Excel and Word in and out: the only room that knows those formats."""
