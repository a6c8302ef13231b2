"""The file of accounts: who may come in, how long a session lasts, and what a wrong password costs."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from crossbearing.serve.accounts import (
    SESSION_HOURS,
    STILL_HOURS,
    WRONG_MINUTES,
    Accounts,
    AccountsError,
    Pass,
    TooManyWrong,
    WrongPassword,
    accounts_for,
    beside,
)
from crossbearing.serve.roles import Role
from tests.serve.made_accounts import CHEAP, NAMES, Clock, filled, word_of

ANN, BO = NAMES[Role.CODER], "Bo Ray"
HERE, THERE = "192.0.2.1", "198.51.100.7"


# ---------------------------------------------------------------- names and passwords


@pytest.mark.parametrize(
    "name", ["", " Ann", "Ann  Lee", "Ann,Lee", "Ann\x00", "Ann\u202e", "Ann\n", "...", "x" * 101, "\ud800", "Ann Lée", "ann lee"]
)
def test_a_name_is_one_persons(accounts: Accounts, name: str) -> None:
    """A name that no decision can bear, or that reads like one that there is, is refused with what to do."""
    with pytest.raises(AccountsError) as refused:
        accounts.add(name, Role.READER, "a long one of several words")
    assert str(refused.value).endswith(".")


def test_the_name_of_a_closed_account_is_not_given_again(accounts: Accounts) -> None:
    """A name in a decision stays one person's."""
    accounts.close(ANN)
    with pytest.raises(AccountsError, match="is called so"):
        accounts.add(ANN, Role.READER, "a long one of several words")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "5 characters"),
        ("a" * 20, "different characters"),
        ("x" * 1001, "1001 characters"),
        ("I am ann LEE and here", "the name is in it"),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(accounts: Accounts, password: str, why: str) -> None:
    """Too short, of too few letters, too long, or with the name in it: each is told in a sentence that does not hold it."""
    with pytest.raises(AccountsError, match=why) as refused:
        accounts.set_password(ANN, password)
    assert password not in str(refused.value)
    assert accounts.sign_in(ANN, word_of(ANN), HERE), "the one before holds"
    accounts.close(ANN)
    with pytest.raises(AccountsError):
        accounts.add("Lee Ann" if "name" not in why else "Ann Lee and", Role.READER, password)
    assert len(accounts.all()) == 5


def test_a_password_is_the_same_however_it_is_composed(accounts: Accounts) -> None:
    """An accented letter in one character or in two is one password."""
    accounts.set_password(ANN, "caf\u00e9 by the grey river")
    assert accounts.sign_in(ANN, "cafe\u0301 by the grey river", HERE)


def test_the_file_holds_no_password_and_no_token(accounts: Accounts) -> None:
    """Whoever reads the file has neither a password nor what a session or a program comes in by."""
    session, token = accounts.sign_in(ANN, word_of(ANN), HERE), accounts.issue(BO, 1)
    held = accounts.path.read_bytes()
    for secret in (word_of(ANN), session, token):
        assert secret.encode() not in held
    assert held.count(b"$argon2id$") >= 5


def test_a_hash_of_older_parameters_is_made_anew(tmp_path: Path, clock: Clock) -> None:
    """With the next right password, and with a wrong one not."""
    accounts = filled(tmp_path / "a", clock)
    dearer = Accounts(tmp_path / "a", now=clock, hasher=PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))

    def kept() -> str:
        with closing(sqlite3.connect(accounts.path)) as connection:
            return str(connection.execute("SELECT password FROM account WHERE name = ?", (ANN,)).fetchone()[0])

    before = kept()
    with pytest.raises(WrongPassword):
        dearer.sign_in(ANN, "something else altogether", HERE)
    assert kept() == before
    session = dearer.sign_in(ANN, word_of(ANN), HERE)
    assert "m=16,t=2" in kept()
    assert dearer.by(Pass.SESSION, session), "the session that it made goes on"
    assert dearer.sign_in(ANN, word_of(ANN), HERE)


# ---------------------------------------------------------------- wrong passwords


def wrong(accounts: Accounts, name: str, address: str) -> type[AccountsError] | None:
    """What a wrong password comes to."""
    try:
        accounts.sign_in(name, "not the password of anybody", address)
    except AccountsError as error:
        return type(error)
    return None


@pytest.mark.parametrize("name", [ANN, "Nobody Here", ""])
def test_wrong_passwords_are_counted(accounts: Accounts, clock: Clock, name: str) -> None:
    """Of a name from one address five are looked at in a quarter of an hour, whether there is such a name or not."""
    assert [wrong(accounts, name, HERE) for _ in range(6)] == [WrongPassword] * 5 + [TooManyWrong]
    if name == ANN:
        with pytest.raises(TooManyWrong) as told:
            accounts.sign_in(ANN, word_of(ANN), HERE)
        assert 0 < told.value.seconds <= WRONG_MINUTES * 60
        assert accounts.sign_in(ANN, word_of(ANN), THERE), "from elsewhere its owner comes in"
        clock.at += told.value.seconds + 1
        assert accounts.sign_in(ANN, word_of(ANN), HERE)


def test_a_right_password_takes_the_wrong_ones_back(accounts: Accounts) -> None:
    """Whoever mistypes now and then is never kept out."""
    for _ in range(30):
        assert [wrong(accounts, ANN, HERE) for _ in range(4)] == [WrongPassword] * 4
        assert accounts.sign_in(ANN, word_of(ANN), HERE)


def test_many_names_from_one_address_are_counted_together(accounts: Accounts) -> None:
    """One address tries twenty passwords, whatever the names; of IPv6 its whole network is one address."""
    first, second = "2001:db8::1", "2001:db8::2:1"
    found = [wrong(accounts, f"name {n}", first if n % 2 else second) for n in range(21)]
    assert found == [WrongPassword] * 20 + [TooManyWrong]
    assert wrong(accounts, ANN, "2001:db8:1::1") is WrongPassword


def test_one_name_from_many_addresses_is_counted(accounts: Accounts) -> None:
    """Fifty for one name from anywhere, which a person does not reach and a list of passwords does."""
    found = [wrong(accounts, ANN, f"192.0.2.{n}") for n in range(51)]
    assert found == [WrongPassword] * 50 + [TooManyWrong]
    assert wrong(accounts, BO, HERE) is WrongPassword


def test_an_unknown_name_costs_a_hash_too(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a name that there is not, a closed one and a wrong password as many hashes are made, and the same is said."""
    made: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: Any, given: Any) -> Any:
        made.append(kept)
        return verify(self, kept, given)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    accounts.close(BO)
    said = set()
    for name in (ANN, BO, "Nobody Here"):
        with pytest.raises(WrongPassword) as told:
            accounts.sign_in(name, word_of(BO), HERE)
        said.add(str(told.value))
    assert len(made) == 3
    assert len(said) == 1
    assert all(one.startswith("$argon2id$v=19$m=8,t=1,p=1$") for one in made)


# ---------------------------------------------------------------- the file


def test_others_on_the_machine_may_not_read_it(accounts: Accounts) -> None:
    """It is made for its owner only; one that others may read is not opened."""
    assert accounts.path.stat().st_mode & 0o777 == 0o600
    accounts.path.chmod(0o640)
    with pytest.raises(AccountsError, match="chmod 600"):
        Accounts(accounts.path)


def test_a_file_that_is_gone_is_not_made_anew(accounts: Accounts) -> None:
    """A desk whose accounts vanish lets nobody in, rather than everybody."""
    session = accounts.sign_in(ANN, word_of(ANN), HERE)
    accounts.path.unlink()
    for asked in (lambda: accounts.by(Pass.SESSION, session), accounts.all, lambda: accounts.sign_in(ANN, word_of(ANN), HERE)):
        with pytest.raises(AccountsError):
            asked()
    assert not accounts.path.exists()


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be read" * 30, b""])
def test_what_is_no_file_of_accounts_is_told(tmp_path: Path, content: bytes) -> None:
    """Another file, or an empty one, is refused and left as it was."""
    path = tmp_path / "a"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(AccountsError):
        Accounts(path, create=True)
    assert path.read_bytes() == content


def test_a_ledger_has_accounts_where_they_lie_beside_it_or_are_named(tmp_path: Path) -> None:
    """None beside it and none named means none; named and not there, all closed, or beside a server is an error."""
    ledger = tmp_path / "week.ledger"
    assert accounts_for(ledger) is None
    with pytest.raises(AccountsError, match="accounts add"):
        accounts_for(ledger, str(tmp_path / "named"))
    accounts = Accounts(beside(ledger), create=True, hasher=CHEAP)
    with pytest.raises(AccountsError, match="nobody could sign in"):
        accounts_for(ledger)
    accounts.add(ANN, Role.ADMIN, word_of(ANN))
    found = accounts_for(ledger)
    assert found
    assert found.get(ANN).role is Role.ADMIN
    with pytest.raises(AccountsError, match="Name a file"):
        beside("postgresql://somewhere/week")
    assert accounts_for("postgresql://somewhere/week") is None


# ---------------------------------------------------------------- the laws of sessions


class Sessions(RuleBasedStateMachine):
    """Accounts against the simplest thing that can be said of them: a session holds while nothing ended it."""

    names = st.sampled_from([ANN, BO])  # of Ann only time ends anything, so that there is something left for it to end

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.accounts = filled(Path(self.folder.name) / "a", self.clock)
        self.words = {ANN: word_of(ANN), BO: word_of(BO)}
        self.closed: set[str] = set()
        self.roles = {ANN: Role.CODER, BO: Role.CODER}
        self.made: list[tuple[str, str, Pass]] = []
        """Every token that ever was, with whose it is, and of which kind."""
        self.asking = True
        """Whether somebody comes by each of them after each step."""
        self.held: dict[str, list[float]] = {}
        """Of those that nothing but time ended: last seen, until when."""

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(name=names)
    def sign_in(self, name: str) -> None:
        if name in self.closed:
            self.clock.hours(WRONG_MINUTES / 60)  # or else it is not even looked at
            with pytest.raises(WrongPassword):
                self.accounts.sign_in(name, self.words[name], HERE)
        else:
            self._keep(self.accounts.sign_in(name, self.words[name], HERE), name, Pass.SESSION, SESSION_HOURS)

    @rule(name=names, days=st.integers(1, 2))
    def issue(self, name: str, days: int) -> None:
        if name in self.closed:
            with pytest.raises(AccountsError):
                self.accounts.issue(name, days)
        else:
            self._keep(self.accounts.issue(name, days), name, Pass.TOKEN, days * 24)

    def _keep(self, token: str, name: str, kind: Pass, hours: float) -> None:
        assert token not in {one[0] for one in self.made}, "each has a token of its own"
        self.made.append((token, name, kind))
        self.held[token] = [self.clock.at, self.clock.at + hours * 3600]

    @invariant()
    def each_is_let_in_while_it_holds(self) -> None:
        for token, name, kind in self.made if self.asking else ():
            found = self.accounts.by(kind, token)
            assert (found.name if found else None) == (name if self.holds(token, kind) else None)
            assert found is None or found.role is self.roles[name]
            assert self.accounts.by(Pass.TOKEN if kind is Pass.SESSION else Pass.SESSION, token) is None
            if found:
                self.held[token][0] = self.clock.at

    def holds(self, token: str, kind: Pass) -> bool:
        """Whether it is open by the laws: it lasts its time, a session not unseen for too long, and nothing ended it."""
        if token not in self.held:
            return False
        seen, until = self.held[token]
        return self.clock.at < until and (kind is Pass.TOKEN or self.clock.at < seen + STILL_HOURS * 3600)

    @rule(number=st.integers(0, 9))
    def end(self, number: int) -> None:
        if self.made:
            token = self.made[number % len(self.made)][0]
            self.accounts.end(token)
            self.held.pop(token, None)

    def _all_end(self, name: str) -> None:
        for token, whose, _ in self.made:
            if whose == name:
                self.held.pop(token, None)

    @rule(name=st.just(BO))
    def change_password(self, name: str) -> None:
        new = f"another lamp {len(self.words[name])} times {self.clock.at}"
        self.accounts.set_password(name, new)
        self.words[name] = new
        self._all_end(name)

    @rule(name=st.just(BO))
    def close(self, name: str) -> None:
        self.accounts.close(name)
        self.closed.add(name)
        self._all_end(name)

    @rule(name=names)
    def open(self, name: str) -> None:
        self.accounts.open(name)
        self.closed.discard(name)

    @rule(name=names, role=st.sampled_from(list(Role)))
    def set_role(self, name: str, role: Role) -> None:
        self.accounts.set_role(name, role)
        self.roles[name] = role

    @rule(hours=st.sampled_from([0.5, STILL_HOURS - 0.25, STILL_HOURS, 24.0]), asking=st.booleans())
    def wait(self, hours: float, asking: bool) -> None:
        self.clock.hours(hours)
        self.asking = asking

    @invariant()
    def the_list_says_how_many_are_open(self) -> None:
        for one in self.accounts.all():
            if one.name in self.words:
                live = [kind for token, whose, kind in self.made if whose == one.name and self.holds(token, kind)]
                assert (one.sessions, one.tokens) == (live.count(Pass.SESSION), live.count(Pass.TOKEN))
                assert one.closed is (one.name in self.closed)


Sessions.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


class TestSessions(Sessions.TestCase):  # type: ignore[name-defined,misc]
    """The machine above, run."""


def test_a_session_that_is_used_lasts_its_twelve_hours_and_no_more(accounts: Accounts, clock: Clock) -> None:
    """Looked at each hour it holds until its end; left alone for two hours it ends before."""
    used, left = accounts.sign_in(ANN, word_of(ANN), HERE), accounts.sign_in(BO, word_of(BO), HERE)
    for hour in range(1, 14):
        clock.hours(1)
        assert bool(accounts.by(Pass.SESSION, used)) is (hour < SESSION_HOURS)
    assert accounts.by(Pass.SESSION, left) is None


@pytest.mark.parametrize(
    "change",
    [lambda held: held.set_password(ANN, "an altogether other one"), lambda held: held.close(ANN)],
    ids=["password", "closed"],
)
def test_a_password_changed_meanwhile_opens_nothing(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch, change: Callable[[Accounts], Any]
) -> None:
    """A sign-in that was being looked at while the password was changed, or the account closed, begins no session."""
    proved = accounts._proved

    def slow(*given: str) -> tuple[str, str]:
        found = proved(*given)
        change(accounts)
        return found

    monkeypatch.setattr(accounts, "_proved", slow)
    with pytest.raises(WrongPassword):
        accounts.sign_in(ANN, word_of(ANN), HERE)
    assert sum(one.sessions for one in accounts.all()) == 0
