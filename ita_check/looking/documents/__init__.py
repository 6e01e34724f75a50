"""Documents as they read: which sort of file, whether it has text, which years it names.

Whatever is read here may come from anywhere and is taken as hostile: it is bounded in bytes,
pages, time and memory, and nothing in it is ever run, loaded or followed.
"""
