"""`crossbearing serve`: the screen and the API of one ledger, on this machine."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated

import typer

from crossbearing.cli.frame import LEDGER, ConfigOption, LedgerOption
from crossbearing.errors import RunError


class NotServed(RunError):
    """An address at which the desk does not listen."""


def serve(
    ledger: LedgerOption = LEDGER,
    port: Annotated[int, typer.Option(help="The port to listen at; 0 takes a free one.", min=0, max=65535)] = 8765,
    host: Annotated[
        str, typer.Option(help="The address to listen at; one that others reach takes accounts.", metavar="HOST")
    ] = "127.0.0.1",
    config: ConfigOption = None,
) -> None:
    """Open the ledger at a screen: incidents as list, map and time line, claims side by side, documents with their words lit.

    The ledger is made where there is none. It listens on this machine only, and whoever can use the machine can use the desk,
    unless there are accounts (`crossbearing accounts`): then everybody signs in, and --host may name an address that others
    reach. It speaks http; https is the work of a reverse proxy before it. Beside the ledger it keeps an index, `FILE-desk`,
    which may be deleted, and what is handed in, `FILE-uploads`; of a database they lie in the folder where it is started. The
    API lies under `/api/v1`, described by `/api/v1/openapi.json`. Ctrl-C ends it.

    Example: `crossbearing serve --ledger week.ledger --port 8765`
    """
    import socket

    import uvicorn

    from crossbearing.cli.shown import counted
    from crossbearing.config import load
    from crossbearing.serve.accounts import accounts_for
    from crossbearing.serve.app import application
    from crossbearing.serve.desk import Desk
    from crossbearing.serve.guard import is_loopback, names_for

    settings = load(config).settings.serve
    accounts = accounts_for(ledger, settings.accounts)
    if accounts is None and (settings.hosts or not is_loopback(host)):
        raise NotServed(
            f"{settings.hosts or host}: others could reach the desk there, and it has no accounts to tell them by. Make some "
            "with `crossbearing accounts add NAME --role admin`; or leave --host and serve.hosts out, and reach it from "
            f"elsewhere through a tunnel: ssh -L {port}:localhost:{port} THIS-MACHINE."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host.strip("[]"), port))
            listening.listen()  # from now on, so that whoever is told the address can come at once
        except OSError as error:
            raise NotServed(f"{host}:{port}: cannot be listened at ({error.strerror}). Name another with --port.") from error
        desk = Desk(ledger, config)

        def told(done: int, of: int) -> None:
            print(f"\rlaying out the ledger: {done} of {counted(of, 'outcome')}", end="", file=sys.stderr, flush=True)

        served = application(desk, names_for(host, settings.hosts), accounts)
        desk.refresh(told if sys.stderr.isatty() else None)
        own = listening.getsockname()[1]
        where = f"[{host.strip('[]')}]" if ":" in host else host
        typer.echo(f"{desk.ledger.shown}: open http://{where}:{own}/ in a browser. Ctrl-C ends it.")
        sys.stdout.flush()
        if accounts and not is_loopback(host):
            typer.echo("Others are answered by https only, as a reverse proxy named in serve.proxies speaks it.", err=True)
        trusted = [one.strip() for one in settings.proxies.split(",")]
        server = uvicorn.Server(
            uvicorn.Config(served, log_level="warning", server_header=False, ws="none", forwarded_allow_ips=trusted)
        )
        with contextlib.suppress(KeyboardInterrupt):  # its ordinary end
            server.run(sockets=[listening])
