"""How fast the ledger takes outcomes, how much room they need, and what a value's way to JSON and back costs.

    python benchmarks/ledger.py [REPORTS] [ADDRESS]

With the address of an empty place in a PostgreSQL database the same is done there, and the last column says how many times as
long it took as in a file.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "soak"))

from made_reports import write_reports

from crossbearing.ingest.files import ingest
from crossbearing.ledger import Reader, Writer
from crossbearing.ledger.encode import decode_claim, decode_outcome, encode_claim, encode_outcome
from crossbearing.model.outcome import Outcome
from crossbearing.model.text import Capture
from crossbearing.pipeline import default_parts, digest


def timed(what: str, many: int, work: Callable[[], object], beside: float = 0.0) -> float:
    """Print how often a second the work is done, and beside what it took elsewhere; returns the seconds."""
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    ratio = f"   {took / beside:5.2f} times as long" if beside else ""
    print(f"{what:42} {many / took:10,.0f} /s   {1000 * took / many:8.3f} ms each{ratio}")
    return took


def held(place: str, outcomes: list[Outcome], captures: dict[str, Capture], beside: list[float]) -> list[float]:
    """Append the outcomes to a ledger and ask for them again; returns what each of it took."""
    claims = sum(len(outcome.claims) for outcome in outcomes)
    with Writer(place) as writer, Reader(place) as reader:

        def append() -> None:
            for outcome in outcomes:
                writer.append(outcome, captures[outcome.capture])

        work: tuple[tuple[str, int, Callable[[], object]], ...] = (
            ("append capture and outcome", len(outcomes), append),
            ("append again (nothing new)", len(outcomes), append),
            ("read claims", claims, lambda: list(reader.claims())),
            ("read outcomes", len(outcomes), lambda: list(reader.outcomes())),
            ("read outcomes by their ids", len(outcomes), lambda: list(reader.some_outcomes(reader.standing_ids()))),
            ("key of a drawing", 1, lambda: reader.view_key("link/1")),
            ("open and close to read", 1, lambda: Reader(place).close()),
        )
        return [timed(*one, was) for one, was in zip(work, beside or [0.0] * len(work), strict=True)]


def main(many: int, address: str | None = None) -> None:
    """Digest generated reports, append them, read them back."""
    parts = default_parts()
    with tempfile.TemporaryDirectory() as folder:
        write_reports(Path(folder), many, seed=3)
        captures = {c.sha256: c for c in ingest([folder]) if isinstance(c, Capture)}
        outcomes = []
        timed("digest", len(captures), lambda: outcomes.extend(digest(c, parts) for c in captures.values()))
        claims = [claim for outcome in outcomes for claim in outcome.claims]
        size = sum(len(capture.content) for capture in captures.values())
        print(f"{len(outcomes)} outcomes, {len(claims)} claims, {size:,} bytes of captures")
        timed("outcome to JSON and back", len(outcomes), lambda: [decode_outcome(encode_outcome(o)) for o in outcomes])
        timed("claim to JSON and back", len(claims), lambda: [decode_claim(encode_claim(c)) for c in claims])
        path = str(Path(folder) / "ledger.db")
        took = held(path, outcomes, captures, [])
        room(path, len(outcomes), len(claims))
        if address:
            print("the same in PostgreSQL")
            held(address, outcomes, captures, took)


def room(path: str, outcomes: int, claims: int) -> None:
    """Print where the bytes lie."""
    size = Path(path).stat().st_size
    print(f"file {size:,} bytes: {size / outcomes:,.0f} for each outcome, {size / claims:,.0f} for each claim, all told")
    with sqlite3.connect(path) as connection:
        for what, table, column in (
            ("claim's JSON", "claims", "payload"),
            ("outcome's JSON", "outcomes", "payload"),
            ("capture", "captures", "content"),
        ):
            mean = connection.execute(f"SELECT avg(length(CAST({column} AS BLOB))) FROM {table}").fetchone()[0]
            print(f"  mean {what:16} {mean:10,.0f} bytes")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.argv[2] if len(sys.argv) > 2 else None)
