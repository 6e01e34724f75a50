"""Fetching web addresses: hostile input from evidence files, hostile servers behind it."""

import sys

# httpx loads a command line of its own wherever click and rich are installed, as they are here: a
# tenth of a second for what nobody calls. Where it cannot, it goes without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None is how Python is told that there is no such module
