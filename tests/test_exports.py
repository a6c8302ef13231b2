"""Exports of whole ledgers: every cell leads to bytes, and any past export comes back byte for byte."""

from __future__ import annotations

import hashlib
import json
import random
from datetime import datetime
from pathlib import Path

from crossbearing import open_ledger
from crossbearing.model.decision import DecisionKind
from crossbearing.publish.export import BOOKS

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"

TEXT = (
    "A missile hit a market in {town} on {day}, killing {n} people, the governor said. "
    "Government forces and rebels blamed each other, a witness told the Coast Wire."
)
TOWNS = ("Kharkiv", "Kutum", "Beni", "Idlib", "Saravena", "Lashio")
DAYS = ("Monday", "Tuesday", "Wednesday")
STEPS = 45


def test_every_cell_leads_to_bytes(tmp_path: Path) -> None:
    """Of every cell of every book the claims are held, and each claim's words stand where it says in a document of a capture."""
    with open_ledger(tmp_path / "l") as ledger:
        ledger.run([EXAMPLES])
        texts = {document.id: document for document in ledger.documents()}
        for document in texts.values():
            assert hashlib.sha256(ledger.capture(document.capture).content).hexdigest() == document.capture
        claims = {claim.id: claim for claim in ledger.claims()}
        cells = 0
        for book in BOOKS:
            for line in ledger.export(book)["why"].splitlines()[1:]:
                told = json.loads(line)
                for used in [one["claims"] for one in told.get("cells", {}).values()] or [told["claims"]]:
                    cells += 1
                    assert used
                    for claim in (claims[one] for one in used):
                        assert claim.quote == texts[claim.document].text[claim.span.start : claim.span.end] != ""
    assert cells > 1000


def test_a_hundred_past_exports_come_back(tmp_path: Path) -> None:
    """Reports and decisions come in by turns, each time a book is exported; a hundred times one of these is asked for again."""
    chance = random.Random(STEPS)
    then: dict[datetime, tuple[str, dict[str, str]]] = {}
    with open_ledger(tmp_path / "l") as ledger:
        for step in range(STEPS):
            incidents = ledger.incidents() if step else ()
            if step % 3 or not incidents:
                page = tmp_path / f"{step}.txt"
                page.write_text(TEXT.format(town=chance.choice(TOWNS), day=chance.choice(DAYS), n=step + 2), encoding="utf-8")
                ledger.run([page])
            else:
                kind = chance.choice((DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.UNSURE))
                ledger.decide(kind, chance.choice(incidents).claims, person="Ann", reason=f"step {step}")
            book = chance.choice(sorted(BOOKS))
            then[ledger.instant()] = (book, ledger.export(book))
        for instant in chance.choices(sorted(then), k=100):
            book, files = then[instant]
            assert ledger.export(book, instant) == files, f"{book} as of {instant}"
    assert len({files["why"].partition("\n")[2] for _, files in then.values()}) > STEPS // 2, "too little ever changed"
