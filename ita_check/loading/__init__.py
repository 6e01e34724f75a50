"""Files in: source text with positions, catalogue, evidence. The only room that knows YAML."""
