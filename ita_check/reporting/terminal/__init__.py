"""What a terminal needs: pages of wrapped lines, marks, tables, and what is shown there alone."""
