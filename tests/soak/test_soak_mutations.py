"""No damage to an input may stop a run: each is read, set aside or a fault, and in good time.

`make soak` tries CROSSBEARING_SOAK inputs (10,000), the ordinary suite a few. A failure names the input; to try it alone:

    CROSSBEARING_SOAK_SEED=1 CROSSBEARING_SOAK_ONLY=4711 pytest tests/soak/test_soak_mutations.py
"""

from __future__ import annotations

import faulthandler
import os
import signal
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

import pytest
from mutations import mutated

from crossbearing.ingest.files import ingest
from crossbearing.model.outcome import Fault
from crossbearing.model.text import Capture, Document
from crossbearing.pipeline import default_parts, digest
from crossbearing.stages import Parts

SEED = int(os.environ.get("CROSSBEARING_SOAK_SEED", "1"))
ONLY = os.environ.get("CROSSBEARING_SOAK_ONLY")
LONG = int(os.environ.get("CROSSBEARING_SOAK", "10000"))
SHORT = 150
# What one input may take of the processor, in seconds. A file of 400 KB takes well under one; ten is a hang.
SECONDS = 10.0
# As many different failures are shown before the trial gives up.
SHOWN = 12


class TooSlow(BaseException):
    """Not an Exception, so that nothing on the way takes it for damage."""


def stop(_: int, __: FrameType | None) -> None:
    raise TooSlow


def check_document(document: Document) -> None:
    """A document's marks and map lie within it, in order."""
    at = 0
    for furniture in document.furniture:
        assert at <= furniture.span.start <= furniture.span.end <= len(document.text), "furniture out of order"
        at = furniture.span.end
    for piece in document.pieces:
        assert piece.text.end <= len(document.text), "a piece leaves the text"
    document.text.encode()  # what a ledger must be able to store


def fate(capture: Capture, parts: Parts) -> str:
    """What becomes of one capture: `read`, `set aside` or `fault`."""
    (capture.file + capture.report).encode()
    outcome = digest(capture, parts)
    document = outcome.document
    if document is not None:
        check_document(document)
    for claim in outcome.claims:
        assert document is not None, "a claim without a document"
        assert claim.quote == document.quote(claim.span), "a quote that is not in the text"
    return "fault" if outcome.fault else "set aside" if outcome.set_aside else "read"


def where_it_broke(error: BaseException) -> str:
    """The error and its last place in the package, so that one weakness is listed once."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "crossbearing" in f.filename] or traceback.extract_tb(
        error.__traceback__
    )
    last = frames[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} in {last.name}: {str(error)[:120]}"


def trial(numbers: Iterable[int], folder: Path, base: int) -> Counter[str]:
    """Try the inputs, and fail with the list of those that stopped something."""
    parts = default_parts()
    fates, broken, slowest = Counter[str](), dict[str, str](), (0.0, -1)
    before = signal.signal(signal.SIGPROF, stop)
    for number in numbers:
        name, content, recipe = mutated(number, base)
        path = folder / name
        path.write_bytes(content)
        faulthandler.dump_traceback_later(30 * SECONDS, exit=True)
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            found = [f if isinstance(f, Fault) else fate(f, parts) for f in ingest([path])]
            signal.setitimer(signal.ITIMER_PROF, 0)
            assert found, "lost without a word"
            fates.update("fault" if isinstance(f, Fault) else f for f in found)
        except (Exception, TooSlow) as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            key = where_it_broke(error)
            kept = folder / f"failed-{number}-{name}"
            kept.write_bytes(content)
            again = f"input {number} of seed {base} ({' + '.join(recipe)}), kept as {kept}"
            broken.setdefault(key.split(": ")[0], f"{key}\n    {again}")
        finally:
            faulthandler.cancel_dump_traceback_later()
        slowest = max(slowest, (time.process_time() - began, number))
        path.unlink()
        if len(broken) >= SHOWN:
            break
    signal.signal(signal.SIGPROF, before)
    print(f"\n{dict(fates)}; slowest {slowest[0]:.2f} s (input {slowest[1]} of seed {base})")
    if broken:
        pytest.fail(f"{len(broken)} weaknesses:\n" + "\n".join(broken.values()), pytrace=False)
    return fates


@pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="needs a timer of the system")
def test_damaged_inputs_stop_nothing(tmp_path: Path) -> None:
    """A few damaged inputs, or the one that CROSSBEARING_SOAK_ONLY names: each is read, set aside or a fault."""
    fates = trial([int(ONLY)] if ONLY else range(SHORT), tmp_path, SEED)
    assert sum(fates.values()) > 0


@pytest.mark.soak
@pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="needs a timer of the system")
def test_ten_thousand_damaged_inputs_stop_nothing(tmp_path: Path) -> None:
    """Ten thousand damaged inputs: each is read, set aside or a fault, none is lost and none takes long."""
    fates = trial(range(LONG), tmp_path, SEED)
    assert fates["fault"] > 0
