"""The nouns of the program, all frozen: catalogue, evidence, finding, report."""
