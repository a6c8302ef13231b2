"""How fast the ledger takes outcomes, how much room they need, and what a value's way to JSON and back costs.

    python benchmarks/ledger.py [REPORTS]
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
from crossbearing.model.text import Capture
from crossbearing.pipeline import default_parts, digest


def timed(what: str, many: int, work: Callable[[], object]) -> None:
    """Print how often a second the work is done."""
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    print(f"{what:42} {many / took:10,.0f} /s   {1000 * took / many:8.3f} ms each")


def main(many: int) -> None:
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
        with Writer(path) as writer, Reader(path) as reader:
            timed("append capture and outcome", len(outcomes), lambda: [writer.append(o, captures[o.capture]) for o in outcomes])
            timed("append again (nothing new)", len(outcomes), lambda: [writer.append(o, captures[o.capture]) for o in outcomes])
            timed("read claims", len(claims), lambda: list(reader.claims()))
            timed("read outcomes", len(outcomes), lambda: list(reader.outcomes()))
        room(path, len(outcomes), len(claims))


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
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
