"""The page for a browser: what it shows, its words, its template, style and script."""
