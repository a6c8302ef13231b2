"""Where a ledger is: in a file, or in a PostgreSQL database at `postgresql://USER@HOST/DATABASE?schema=SCHEMA`.

A database's address may hold a password, so it is taken apart once, here: whoever shows an address takes `shown`, which holds
none, and only who connects takes the rest.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crossbearing.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import URL

SCHEMA = "public"
"""The schema that is taken where an address names none: PostgreSQL's own choice."""

HOW = "Write postgresql://USER@HOST/DATABASE, with ?schema=NAME behind it where one is wanted"

# What stands in an address before its place; one slash too few is what a `Path` makes of it.
_SCHEME = re.compile(r"^(postgres(?:ql)?:/(?!/)|[A-Za-z][\w+.-]*://)")
_SCHEMES = ("postgresql://", "postgres://")
_SHOWN = ("host", "port", "schema")
"""What is shown of an address behind its question mark: where the ledger is, and nothing by which one comes in."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where one ledger is."""

    shown: str
    """The address for people to read, without a password: a file's path as it was written."""
    beside: Path
    """What lies on this machine beside the ledger is called so, with an ending: of a database it lies in the working folder."""
    written: str = field(repr=False)
    """The address as it was written, with all that is in it. Never shown, never kept."""
    schema: str = ""
    """Of a database: the schema that holds the tables."""
    url: URL | None = field(default=None, repr=False)
    """Of a database: what it is connected to by. None of a file."""

    @property
    def name(self) -> str:
        """What a ledger is called where there is little room: a file without its folder, a database without its server."""
        if self.url is None:
            return self.beside.name
        return f"{self.url.database}" if self.schema == SCHEMA else f"{self.url.database}.{self.schema}"


def address_of(ledger: str | os.PathLike[str]) -> Address:
    """What a path or an address names. Raises LedgerError for an address that cannot be; what lies there is not looked at."""
    written = os.fspath(ledger)
    scheme = _SCHEME.match(written)
    return _of_database(written, scheme.group()) if scheme else Address(written, Path(written), written)


def _of_database(written: str, scheme: str) -> Address:
    from sqlalchemy import URL, make_url  # here, because a file's address needs none of it
    from sqlalchemy.exc import ArgumentError

    bare = scheme + "..."  # no more of what cannot be taken apart is shown: a password may stand anywhere in it
    if scheme not in _SCHEMES:
        is_eaten = not scheme.endswith("//")
        why = "a Path took a slash out of this address" if is_eaten else "a ledger is kept in no such thing"
        raise LedgerError(bare, why, "Give it as text" if is_eaten else f"Name a file. Or: {HOW}")
    if written.count("@") > 1:
        raise LedgerError(bare, "the address holds more than one @", "Write every other one as %40")
    try:
        url = make_url(written)
    except (ArgumentError, ValueError) as error:
        raise LedgerError(bare, "this cannot be read as an address", HOW) from error
    said = {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    schema = said.get("schema", SCHEMA)
    shown = {name: said[name] for name in _SHOWN if name in said}
    text = URL.create("postgresql", url.username, None, url.host, url.port, url.database, shown).render_as_string()
    text = text.replace("%2F", "/")  # of a socket's folder
    if not url.database:
        raise LedgerError(text, "it names no database", HOW)
    if not re.fullmatch(r"[A-Za-z_]\w{0,62}", schema, re.ASCII):
        todo = "Name one of letters, digits and underscores, 63 at most, that begins with no digit"
        raise LedgerError(text, "its schema cannot be called so", todo)
    beside = Path(re.sub(r"[^\w.@-]+", "_", text.partition("://")[2]).strip("_."))
    return Address(text, beside, written, schema, url.difference_update_query(["schema"]))
