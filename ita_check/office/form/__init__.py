"""The evidence file as an Excel workbook, out and in."""
