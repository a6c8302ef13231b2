"""What we hold: an append-only ledger in SQLite, read as of any instant."""

from crossbearing.ledger.reader import Location, Reader
from crossbearing.ledger.writer import Writer

__all__ = ["Location", "Reader", "Writer"]
