"""The databases that can hold a ledger, and the little in which they differ. All else is said once, to both of them.

What differs is how a file or a server is opened, how a transaction begins, what refuses that a row be changed, what numbers
the rows, and how trouble is told. Each database has one class with all of it. The ledger's statements are SQLAlchemy's, and
plain enough that both understand them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from sqlalchemy import Connection, Engine, Table, event
from sqlalchemy.exc import DBAPIError, IntegrityError

from crossbearing.errors import LedgerError
from crossbearing.ledger.address import Address

# TECH.md of the design measured zero errors for four writers and an analyst with this wait, and some with less.
BUSY_SECONDS = 30

Trouble = tuple[str, str]
"""Why something could not be done, and what to do."""

BUSY: Trouble = (
    f"another program has kept the ledger to itself for {BUSY_SECONDS} seconds",
    "Wait until it is done, then run the same command again",
)
FULL: Trouble = ("the disk is full", "Make room and run the same command again: what was recorded stays")


class Store(ABC):
    """One database that holds a ledger, or is to hold one."""

    refused: ClassVar[tuple[str, ...]]
    """What the triggers of a table that only grows refuse; they are called `TABLE_no_VERB`."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.path = address.shown
        self.engine = self._engine()
        event.listen(self.engine, "begin", self._begun)

    @abstractmethod
    def _engine(self) -> Engine:
        """An engine; each of its transactions begins by `_begin`."""

    @abstractmethod
    def _begin(self, connection: Connection, writes: bool) -> None:
        """Begin a transaction.

        One that writes has the ledger to itself from its beginning, and sees all that was written before. One that reads
        sees one state to its end.
        """

    def _begun(self, connection: Connection) -> None:
        self._begin(connection, bool(connection.get_execution_options().get("writes", False)))

    @abstractmethod
    def look(self, create: bool) -> None:
        """Look whether a ledger can be there. Raises LedgerError where none can, or none can be made."""

    @abstractmethod
    def prepare(self) -> None:
        """Make ready for the first tables, before any transaction."""

    @abstractmethod
    def guards(self, connection: Connection) -> set[str]:
        """The names of the triggers that stand."""

    @abstractmethod
    def numbered(self, connection: Connection, table: Table) -> int:
        """The number of the last row that a table ever held, as the database remembers it."""

    @abstractmethod
    def damage(self, connection: Connection) -> Iterator[str]:
        """What the database itself finds wrong with what it keeps."""

    @abstractmethod
    def settle(self) -> None:
        """Leave as little as can be beside what was written: somebody may copy it."""

    @abstractmethod
    def trouble(self, error: DBAPIError, said: str) -> Trouble | None:
        """What an error of the driver's means; None where nothing better can be said than the database's own words."""

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Turn what a database says when it cannot go on into a sentence of ours."""
        try:
            yield
        except DBAPIError as error:
            said = (str(error.orig).splitlines() or [type(error.orig).__name__])[0]
            if isinstance(error, IntegrityError):
                raise LedgerError(self.path, said, "Nothing was changed") from error
            todo = "Check the file or the server and its disk, and run again: what was recorded stays"
            why, todo = self.trouble(error, str(error.orig)) or (f"the database says: {said}", todo)
            raise LedgerError(self.path, why, todo) from error


def refusal(table: Table) -> str:
    """What a guard of a table that only grows says."""
    return f"the ledger only grows: rows of {table.name} are never changed or removed"
