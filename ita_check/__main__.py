"""`python -m ita_check` is the command `ita-check`."""

from ita_check.cli import start

if __name__ == "__main__":
    raise SystemExit(start())
