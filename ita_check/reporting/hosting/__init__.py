"""What the formats for code hosts share, and the parts of SARIF."""
