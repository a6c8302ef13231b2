"""`crossbearing accounts`: who may come to a desk, and as what."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crossbearing.cli.frame import LEDGER, Commands, ConfigOption, LedgerOption
from crossbearing.serve.roles import Role

if TYPE_CHECKING:
    from crossbearing.serve.accounts import Account, Accounts

accounts_app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    help="Who may come to a desk, and as what. With accounts `crossbearing serve` has everybody sign in.",
)

NameArgument = Annotated[
    str, typer.Argument(help="The person's name, as decisions bear it.", metavar="NAME", show_default=False)
]  # fmt: skip
ROLES = ", ".join(Role)


@accounts_app.command()
def add(
    name: NameArgument,
    role: Annotated[Role, typer.Option(help=f"What it may do: {ROLES}.", metavar="ROLE")] = Role.READER,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Make an account. The password is asked for, or is the first line of stdin; no option takes it, since others could see it.

    A reader reads and exports; a coder also decides, codes blind and hands reports in; an editor also settles what coders
    contest, completes incidents and sends them back; an admin also keeps the accounts. They lie beside the ledger, in
    `FILE-accounts`, or where the setting `serve.accounts` says.

    Example: `crossbearing accounts add "Ann Lee" --role coder --ledger week.ledger`
    """
    from crossbearing.serve.accounts import acceptable

    words = _password(name)
    acceptable(name, words)  # before the file is made, which alone would have everybody sign in
    held = _held(ledger, config, create=True)
    made = held.add(name, role, words)
    typer.echo(f"{made.name} is {_a(made.role)}; the accounts lie in {held.path}.")


@accounts_app.command("list")
def list_accounts(ledger: LedgerOption = LEDGER, config: ConfigOption = None) -> None:
    """List the accounts: name, role, how many sessions and tokens of it are open, and since when there is one.

    Example: `crossbearing accounts list`
    """
    from crossbearing.cli import screen
    from crossbearing.cli.review import rows_of

    headings = ("name", "role", "sessions", "tokens", "made", "")
    screen.show(rows_of(headings, [_row(one) for one in _held(ledger, config).all()]))


@accounts_app.command("role")
def set_role(
    name: NameArgument,
    to: Annotated[Role, typer.Argument(help=f"What it may do from now on: {ROLES}.", metavar="ROLE", show_default=False)],
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Give an account another role, from its next request on.

    Example: `crossbearing accounts role "Ann Lee" editor`
    """
    made = _held(ledger, config).set_role(name, to)
    typer.echo(f"{made.name} is {_a(made.role)} now.")


@accounts_app.command()
def password(name: NameArgument, ledger: LedgerOption = LEDGER, config: ConfigOption = None) -> None:
    """Give an account another password, asked for or taken from stdin. Its sessions and tokens end.

    Example: `crossbearing accounts password "Ann Lee"`
    """
    held = _held(ledger, config)
    made = held.set_password(name, _password(held.get(name).name))
    typer.echo(f"{made.name} has another password, and signs in anew.")


@accounts_app.command()
def close(name: NameArgument, ledger: LedgerOption = LEDGER, config: ConfigOption = None) -> None:
    """Let nobody in by an account any more. Its sessions and tokens end at once; what was decided under its name stays.

    Example: `crossbearing accounts close "Ann Lee"`
    """
    typer.echo(f"{_held(ledger, config).close(name).name}: closed.")


@accounts_app.command("open")
def open_account(name: NameArgument, ledger: LedgerOption = LEDGER, config: ConfigOption = None) -> None:
    """Let an account in again that was closed, with the role and the password that it had.

    Example: `crossbearing accounts open "Ann Lee"`
    """
    typer.echo(f"{_held(ledger, config).open(name).name}: open.")


@accounts_app.command()
def token(
    name: NameArgument,
    days: Annotated[int, typer.Option(help="How long it holds.", min=1, max=3650, metavar="N")] = 90,
    ledger: LedgerOption = LEDGER,
    config: ConfigOption = None,
) -> None:
    """Print a token, by which a program comes in as the account: `Authorization: Bearer TOKEN`. It is shown this once.

    It ends by itself, and with a new password of the account or its closing.

    Example: `crossbearing accounts token "Ann Lee" --days 30`
    """
    typer.echo(_held(ledger, config).issue(name, days))


def _held(ledger: str, config: Path | None, create: bool = False) -> Accounts:
    from crossbearing.config import load
    from crossbearing.serve.accounts import Accounts, beside

    return Accounts(beside(ledger, load(config).settings.serve.accounts), create=create)


def _password(name: str) -> str:
    """A password as a person types it twice, unseen; or the first line of what is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt(f"A password for {name}", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _row(one: Account) -> tuple[str, ...]:
    made = datetime.fromtimestamp(one.made, UTC).date()
    return one.name, one.role, str(one.sessions), str(one.tokens), str(made), "closed" if one.closed else ""


def _a(role: Role) -> str:
    return f"{'an' if role[0] in 'ae' else 'a'} {role}"
