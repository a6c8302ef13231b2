"""What we hold: an append-only ledger in SQLite or PostgreSQL, read as of any instant."""

from crossbearing.ledger.address import Address, address_of
from crossbearing.ledger.reader import Location, Reader
from crossbearing.ledger.writer import Writer

__all__ = ["Address", "Location", "Reader", "Writer", "address_of"]
