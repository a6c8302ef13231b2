"""The accounts of a desk: who may come in, as what, and for how long. They lie in a file of their own.

No copy of a ledger and no bundle of one carries a password, since none is in it: the ledger only names who decided. So a name
is given once, and an account is closed, never removed: a name in a decision stays one person's. Of passwords the file holds
hashes (Argon2id, by argon2-cffi); of sessions and tokens, which are random and long, their SHA-256.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address, ip_network
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from crossbearing.errors import RunError
from crossbearing.serve.roles import Role
from crossbearing.words.names import fold

ENDING = "-accounts"
"""What the file is called beyond the ledger's own name."""

LEAST_PASSWORD, MOST_PASSWORD = 15, 1000
"""Characters. The least is that of NIST SP 800-63B-4 (section 3.1.1) for a password that nothing else stands beside."""

LEAST_LETTERS = 6
"""Different characters of a password: fewer are a pattern."""

MOST_NAME = 100

SESSION_HOURS, STILL_HOURS = 12.0, 2.0
"""How long a session lasts, and how long one without a request. NIST SP 800-63B (revision 3, section 4.2.3) has 12 hours and half
an hour; half an hour is too short for who reads a long page, and loses what they typed."""

SEEN_SECONDS = 60.0
"""A session's last request is noted no more often than this."""

WRONG_MINUTES = 15.0

WRONG_MOST = (("folded = :folded AND address = :address", 5), ("address = :address", 20), ("folded = :folded", 50))
"""How many wrong passwords in so many minutes: of a name from one address, from one address, and of a name from anywhere. The
last is high, or else whoever knows a name could keep its owner out."""

BUSY_SECONDS = 10.0

SCHEMA = 1

_TABLES = """
CREATE TABLE account (
    name TEXT PRIMARY KEY, folded TEXT NOT NULL UNIQUE, role TEXT NOT NULL, password TEXT NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0, made REAL NOT NULL
);
CREATE TABLE pass (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (name), kind TEXT NOT NULL, seen REAL NOT NULL,
    until REAL NOT NULL
);
CREATE TABLE wrong (folded TEXT NOT NULL, address TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX wrong_folded ON wrong (folded, at);
CREATE INDEX wrong_address ON wrong (address, at);
"""


class AccountsError(RunError):
    """A file of accounts, or something asked of it, that cannot be."""

    def __init__(self, what: str, why: str, todo: str) -> None:
        super().__init__(what, why, todo)
        self.what, self.why, self.todo = what, why, todo

    def __str__(self) -> str:
        return f"{self.what}: {self.why}. {self.todo}."


class WrongPassword(AccountsError):
    """A name and a password that do not open an account; which of the two is wrong is not said."""

    def __init__(self) -> None:
        super().__init__("Not signed in", "the name or the password is wrong, or the account is closed", "Try again")


class TooManyWrong(AccountsError):
    """So many wrong passwords that no more are looked at for a while."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        minutes = -(-self.seconds // 60)
        super().__init__(
            "Not signed in",
            "too many wrong passwords came from here, or for this name",
            f"Wait for {minutes} minute{'s' if minutes > 1 else ''}, then try again",
        )


class Pass(StrEnum):
    """What somebody comes in by, once their password was right."""

    SESSION = "session"  # a browser's, for a working day
    TOKEN = "token"  # a program's, for as long as was said


@dataclass(frozen=True, slots=True)
class Account:
    """One person's way in."""

    name: str
    """Under which their decisions are recorded."""
    role: Role
    closed: bool
    made: float
    """Seconds since 1970, in UTC."""
    sessions: int
    """That are open now."""
    tokens: int


class Accounts:
    """The accounts in a file. Every call opens it anew, so threads and processes may share it.

    `now` gives seconds since 1970. Raises AccountsError where the file is not there, is none, or others may read it.
    """

    def __init__(
        self, path: Path, *, create: bool = False, now: Callable[[], float] = time.time, hasher: PasswordHasher | None = None
    ) -> None:
        self.path, self._now, self._hasher = path, now, hasher or PasswordHasher()
        if create and not path.exists():
            self._make()
        _not_for_others(path)
        with self._reading() as connection:
            (schema,) = connection.execute("PRAGMA user_version").fetchone()
        if schema != SCHEMA:
            raise AccountsError(str(path), "this is no file of accounts of this version", "Name another in serve.accounts")
        self._nobody = self._hasher.hash(secrets.token_bytes(16))
        """What a password of an unknown name is held against, so that it takes as long."""

    # ------------------------------------------------------------ who there is

    def all(self) -> list[Account]:
        """Every account, closed ones among them, by name."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT name, role, closed, made, (SELECT count(*) FROM pass WHERE account = name AND kind = 'session' AND "
                "until > :now AND seen > :still), (SELECT count(*) FROM pass WHERE account = name AND kind = 'token' AND "
                "until > :now) FROM account ORDER BY folded",
                {"now": self._now(), "still": self._now() - STILL_HOURS * 3600},
            )
            return [Account(row[0], Role(row[1]), bool(row[2]), *row[3:]) for row in rows]

    def get(self, name: str) -> Account:
        """The account of a name, however it is spelled. Raises AccountsError where there is none."""
        for one in self.all():
            if fold(one.name) == fold(name):
                return one
        raise AccountsError(name[:MOST_NAME], "there is no account of that name", "`crossbearing accounts list` lists them")

    def add(self, name: str, role: Role, password: str) -> Account:
        """Make an account. Raises AccountsError for a name that is taken or reads like another's, or a weak password."""
        acceptable(name, password)
        row = (name, fold(name), role.value, self._hash(password), self._now())
        with self._writing() as connection:
            taken = connection.execute("SELECT name FROM account WHERE folded = ?", (fold(name),)).fetchone()
            if taken:
                raise AccountsError(name, f"the account {taken[0]!r} is called so, or almost", "Choose another name")
            connection.execute("INSERT INTO account (name, folded, role, password, made) VALUES (?, ?, ?, ?, ?)", row)
        return self.get(name)

    def set_role(self, name: str, role: Role) -> Account:
        """Let an account do other things, from its next request on."""
        self._change(name, "role = ?", role.value)
        return self.get(name)

    def set_password(self, name: str, password: str) -> Account:
        """Give an account another password. Its sessions and tokens end."""
        own = self.get(name).name
        _password_or_not(own, password)
        self._change(own, "password = ?", self._hash(password), ends=True)
        with self._writing() as connection:
            connection.execute("DELETE FROM wrong WHERE folded = ?", (fold(own),))
        return self.get(own)

    def close(self, name: str) -> Account:
        """Let nobody in by an account any more. Its sessions and tokens end; what was decided by it stays."""
        self._change(name, "closed = ?", 1, ends=True)
        return self.get(name)

    def open(self, name: str) -> Account:
        """Let an account in again that was closed."""
        self._change(name, "closed = ?", 0)
        return self.get(name)

    def _change(self, name: str, what: str, value: object, *, ends: bool = False) -> None:
        own = self.get(name).name
        with self._writing() as connection:
            connection.execute(f"UPDATE account SET {what} WHERE name = ?", (value, own))
            if ends:
                connection.execute("DELETE FROM pass WHERE account = ?", (own,))

    # ------------------------------------------------------------ who comes in

    def sign_in(self, name: str, password: str, address: str) -> str:
        """A new session's token for a name and its password. Raises WrongPassword, or TooManyWrong."""
        own, kept = self._proved(name, password, address)
        token = secrets.token_urlsafe(32)
        with self._writing() as connection:
            asked = "SELECT 1 FROM account WHERE name = ? AND password = ? AND NOT closed"
            if connection.execute(asked, (own, kept)).fetchone() is None:  # changed while the password was looked at
                raise WrongPassword
            if self._hasher.check_needs_rehash(kept):
                connection.execute("UPDATE account SET password = ? WHERE name = ?", (self._hash(password), own))
            self._begin(connection, own, Pass.SESSION, token, self._now() + SESSION_HOURS * 3600)
        return token

    def change_password(self, name: str, old: str, new: str, address: str) -> None:
        """Give an account another password by its owner's word. Raises as `sign_in` does, and for a weak one."""
        own, _ = self._proved(name, old, address)
        self.set_password(own, new)

    def issue(self, name: str, days: float) -> str:
        """A new token for a program, which then comes in as the account for so many days."""
        own = self.get(name)
        if own.closed:
            raise AccountsError(own.name, "the account is closed", "Open it first")
        token = secrets.token_urlsafe(32)
        with self._writing() as connection:
            self._begin(connection, own.name, Pass.TOKEN, token, self._now() + days * 86400)
        return token

    def by(self, kind: Pass, token: str) -> Account | None:
        """Whose session or token it is, while it lasts; None for any other."""
        key, now = _digest(token), self._now()
        with self._reading() as connection:
            row = connection.execute(
                "SELECT name, role, closed, made, seen FROM pass JOIN account ON name = account WHERE hash = ? AND kind = ? "
                "AND until > ? AND (kind = 'token' OR seen > ?) AND NOT closed",
                (key, kind.value, now, now - STILL_HOURS * 3600),
            ).fetchone()
        if row is None:
            return None
        if now - row[4] > SEEN_SECONDS:
            with self._writing() as connection:
                connection.execute("UPDATE pass SET seen = ? WHERE hash = ?", (now, key))
        return Account(row[0], Role(row[1]), bool(row[2]), row[3], 0, 0)

    def end(self, token: str) -> None:
        """End a session or a token."""
        with self._writing() as connection:
            connection.execute("DELETE FROM pass WHERE hash = ?", (_digest(token),))

    def _begin(self, connection: sqlite3.Connection, name: str, kind: Pass, token: str, until: float) -> None:
        now = self._now()
        connection.execute("DELETE FROM pass WHERE until <= ?", (now,))
        connection.execute("INSERT INTO pass VALUES (?, ?, ?, ?, ?)", (_digest(token), name, kind.value, now, until))

    def _proved(self, name: str, password: str, address: str) -> tuple[str, str]:
        """The account's own name and its hash, where the password is right. It is counted as wrong until it was found right, so
        that many at once count too."""
        who = {"folded": fold(name[: 2 * MOST_NAME]), "address": _network(address)}
        self._count(who)
        with self._reading() as connection:
            asked = "SELECT name, password, closed FROM account WHERE folded = :folded"
            row = connection.execute(asked, who).fetchone()
        kept = row[1] if row else self._nobody
        right = self._is_right(kept, password)
        if not right or row is None or row[2]:
            raise WrongPassword
        with self._writing() as connection:
            connection.execute("DELETE FROM wrong WHERE folded = :folded AND address = :address", who)
        return row[0], kept

    def _count(self, who: dict[str, str]) -> None:
        """Note one more password. Raises TooManyWrong where there were too many already."""
        now = self._now()
        since = {**who, "since": now - WRONG_MINUTES * 60}
        with self._writing() as connection:
            connection.execute("DELETE FROM wrong WHERE at <= :since", since)
            for those, most in WRONG_MOST:
                asked = f"SELECT at FROM wrong WHERE {those} AND at > :since ORDER BY at DESC LIMIT 1 OFFSET {most - 1}"
                if row := connection.execute(asked, since).fetchone():
                    raise TooManyWrong(row[0] - since["since"])
            connection.execute("INSERT INTO wrong VALUES (:folded, :address, :now)", {**who, "now": now})

    def _hash(self, password: str) -> str:
        return self._hasher.hash(_bytes(password))

    def _is_right(self, kept: str, password: str) -> bool:
        if len(password) > MOST_PASSWORD:
            return False
        try:
            return self._hasher.verify(kept, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    # ------------------------------------------------------------ the file

    def _make(self) -> None:
        """Make the file, for its owner only."""
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            why = f"it cannot be made ({error.strerror})"
            raise AccountsError(str(self.path), why, "Name another in serve.accounts") from error
        with self._told(), closing(self._connect()) as connection:
            connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")

    def _connect(self) -> sqlite3.Connection:
        """The file as it lies: one that is gone is not made anew, or else nobody would have to sign in."""
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise AccountsError(str(self.path), f"the accounts cannot be read or written ({error})", "Check the file") from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._told(), closing(self._connect()) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, alone: what is looked up in it is still so when it ends."""
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def beside(ledger: Path | str, named: str = "") -> Path:
    """Where the accounts of a ledger lie: where the setting `serve.accounts` says, or else beside it."""
    if not named and ":/" in str(ledger):
        raise AccountsError("serve.accounts", "a ledger on a server has nothing beside it", "Name a file for the accounts")
    return Path(named or f"{ledger}{ENDING}")


def accounts_for(ledger: Path | str, named: str = "") -> Accounts | None:
    """The accounts of a ledger, where it has any; None where none are named and none lie beside it.

    Raises AccountsError where they cannot be opened, or nobody could sign in.
    """
    if not named and (":/" in str(ledger) or not beside(ledger).exists()):
        return None
    found = Accounts(beside(ledger, named))
    if all(one.closed for one in found.all()):
        todo = "Open or add one with `crossbearing accounts`, or take the file away"
        raise AccountsError(str(found.path), "no account in it is open, so nobody could sign in", todo)
    return found


def _not_for_others(path: Path) -> None:
    """Raises AccountsError where the file is not there, or other users of the machine may read it."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        todo = "Make the first with `crossbearing accounts add NAME --role admin`"
        raise AccountsError(str(path), f"there are no accounts here ({error.strerror})", todo) from error
    if os.name == "posix" and mode & 0o077:
        raise AccountsError(str(path), "other users of this machine may read it", f"Take that away: chmod 600 {path}")


def acceptable(name: str, password: str) -> None:
    """Raises AccountsError for a name that no decision can bear, and for a password that is soon guessed."""
    if name != " ".join(name.split()) or not name.isprintable() or "," in name or not fold(name) or len(name) > MOST_NAME:
        why = "it is no name that a decision can bear"
        todo = f"Give letters, with single spaces between words, without commas, {MOST_NAME} characters at most"
        raise AccountsError(repr(name[:MOST_NAME]), why, todo)
    _password_or_not(name, password)


def _password_or_not(name: str, password: str) -> None:
    """Raises AccountsError for a password that is soon guessed. A sentence of a few words is a good one."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        why = f"it has {len(password)} characters"
        todo = f"Take {LEAST_PASSWORD} to {MOST_PASSWORD}: a few words that do not belong together are easy to keep in mind"
    elif len(set(password)) < LEAST_LETTERS:
        why, todo = f"it has fewer than {LEAST_LETTERS} different characters", "Take a few words that do not belong together"
    elif len(fold(name)) > 3 and fold(name) in fold(password):
        why, todo = "the name is in it", "Take a few words that do not belong together"
    else:
        return
    raise AccountsError("The password", why, todo)


def _bytes(password: str) -> bytes:
    """One password, however the keyboard composed its letters (NFKC, as NIST SP 800-63B asks)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _network(address: str) -> str:
    """Where a request comes from, for counting: of IPv6 the /64, which one household has whole."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:MOST_NAME]
    if found.version == 6:
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)
