"""The commands: each opens a ledger, asks one thing, and shows it, or writes it for the next program to read.

Exit codes: 0 all well, 1 nothing usable (no input could be read) or not as recorded (`verify`), 2 wrong use.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

from crossbearing.cli.commands import app


def main() -> None:
    """The `crossbearing` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a screen that lacks a character gets its number, not a crash
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="crossbearing")
