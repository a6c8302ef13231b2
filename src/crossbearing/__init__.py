"""News reports of a conflict in, a ledger of incidents out: every value with its words and the chain of who says so."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crossbearing.api import Ledger, open_ledger

try:
    __version__ = version("crossbearing")
except PackageNotFoundError:  # run from a folder of sources that was never installed
    __version__ = "0+unknown"

__all__ = ["Ledger", "__version__", "open_ledger"]


def __getattr__(name: str) -> Any:
    # The database library takes half a second to load, and a worker or `--help` needs none of it.
    if name in {"Ledger", "open_ledger"}:
        from crossbearing import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
