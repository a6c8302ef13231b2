"""The commands: each opens a ledger, asks one thing, and shows it, or writes it for the next program to read.

Exit codes: 0 all well, 1 nothing usable (no input could be read), 2 wrong use.
"""

from __future__ import annotations

from crossbearing.cli.commands import app


def main() -> None:
    """The `crossbearing` command."""
    app(prog_name="crossbearing")
