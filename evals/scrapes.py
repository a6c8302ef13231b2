"""How much of an article the cleaner finds in a text scrape, and how much else comes with it.

    python evals/scrapes.py [--corpora DIR] [--json] [--only scrapes|html]

For each page the words of the kept text are held against the gold body's as bags: F1, mean over pages. Title lines are left
out on both sides. Beside the cleaner stand what no work at all gives, what keeping lines of twelve words or more gives, and
what the best choice of whole lines gives. On L3S-GN1 the share of the lines marked as related or as comments by its
annotators that the cleaner lets into the article. Measured on the dev part of web_l3s_gn1 and on web_fundus_tests;
neither is trained on.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import lzma
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from crossbearing.clean.documents import clean
from crossbearing.errors import StepError
from crossbearing.model.text import Capture, Document, Media, SetAside, Span

ROOT = Path(__file__).resolve().parents[1]
TRIALS = (
    ("web_l3s_gn1", "block"),
    ("web_l3s_gn1", "nodes"),
    ("web_fundus_tests", "block"),
    ("web_fundus_tests", "nodes"),
    ("web_fundus_tests", "glued"),
)
FLOOR = 0.90
"""Mean F1 that each trial but `glued` must reach."""
LONG = 12
"""Words from which the simple baseline keeps a line."""
Spans = Iterable[tuple[int, int]]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(found: Counter[str], gold: Counter[str]) -> float:
    """Bag-of-words F1; two empty bags agree."""
    shared = sum((found & gold).values())
    if not shared:
        return float(not found and not gold)
    return 2 * shared / (sum(found.values()) + sum(gold.values()))


def read(path: Path) -> Iterable[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else lzma.open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def document(content: bytes, media: Media) -> Document | None:
    """The cleaner's document, also where it sets the page aside; None where there is none."""
    try:
        found = clean(Capture(content, hashlib.sha256(content).hexdigest(), "page", "page", media))
    except StepError:
        return None
    return found.document if isinstance(found, SetAside) else found


def article(page: dict[str, Any]) -> tuple[list[tuple[int, int]], bool]:
    """The kept stretches in the scrape's own offsets, and whether the page was set aside."""
    found = document(page["text"].encode("utf-8", errors="replace"), Media.SCRAPE)
    if found is None:
        return [], True
    runs = [(s.start, s.end) for s in found.article()]
    return [(p.source.start, p.source.end) for start, end in runs for p in cut(found, start, end)], False


def cut(found: Document, start: int, end: int) -> Iterable[Any]:
    """The document's pieces within a stretch of its text, cut to it."""
    for piece in found.pieces:
        if piece.text.start < end and start < piece.text.end:
            if not piece.exact:
                yield piece
                continue
            left, right = max(start, piece.text.start), min(end, piece.text.end)
            shift = piece.source.start - piece.text.start
            yield type(piece)(Span(left, right), Span(left + shift, right + shift), True)


def kept_words(page: dict[str, Any], spans: Spans) -> Counter[str]:
    """The words of the stretches, those of title lines left out."""
    text = page["text"]
    mask = bytearray(len(text))
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    for line in page["lines"]:
        if line.get("title") or line.get("cls") == "headline":
            mask[line["start"] : line["end"]] = bytes(line["end"] - line["start"])
    return words("".join(c if m else " " for c, m in zip(text, mask, strict=True)))


BASELINES: dict[str, Callable[[dict[str, Any]], Spans]] = {
    "as is": lambda page: [(0, len(page["text"]))],
    f"lines of {LONG} words or more": lambda page: [
        (x["start"], x["end"]) for x in page["lines"] if len(page["text"][x["start"] : x["end"]].split()) >= LONG
    ],
    "perfect line choice": lambda page: [(x["start"], x["end"]) for x in page["lines"] if x["keep"]],
}


def leaked(page: dict[str, Any], spans: Spans, count: dict[str, list[int]]) -> None:
    """Add up, by class, the annotated lines and words and those of them that lie within the kept stretches."""
    inside = bytearray(len(page["text"]))
    for start, end in spans:
        inside[start:end] = b"\1" * (end - start)
    for line in page["lines"]:
        if line.get("cls") in ("related", "comments"):
            own = len(page["text"][line["start"] : line["end"]].split())
            kept = 2 * sum(inside[line["start"] : line["end"]]) > line["end"] - line["start"]
            for at, value in enumerate((1, int(kept), own, own * kept)):
                count.setdefault(line["cls"], [0, 0, 0, 0])[at] += value


def scrapes(corpora: Path, corpus: str, mode: str) -> dict[str, Any]:
    """One trial: mean F1 of the cleaner and of each baseline, and what leaked in."""
    gold = {d["id"]: words(d["text"]) for d in read(corpora / corpus / "docs.jsonl.gz")}
    pages = [p for p in read(corpora / corpus / f"scrape_{mode}.jsonl.xz") if p["split"] == "dev"]
    sums: Counter[str] = Counter()
    leaks: dict[str, list[int]] = {}
    aside = 0
    for page in pages:
        spans, left_out = article(page)
        aside += left_out
        sums["crossbearing"] += f1(kept_words(page, spans), gold[page["id"]])  # type: ignore[assignment]
        leaked(page, spans, leaks)
        for name, choose in BASELINES.items():
            sums[name] += f1(kept_words(page, choose(page)), gold[page["id"]])  # type: ignore[assignment]
    row = {"corpus": corpus, "form": mode, "pages": len(pages), "unreadable": aside}
    row |= {name: round(value / len(pages), 4) for name, value in sums.items()}
    for kind, (lines, kept, all_words, kept_of) in sorted(leaks.items()):
        row[f"{kind} leaked"] = {
            "lines": lines,
            "share": round(kept / lines, 4),
            "share of words": round(kept_of / max(all_words, 1), 4),
        }
    return row


def pages(corpora: Path, corpus: str) -> dict[str, Any]:
    """The same from HTML. The gold body has no title, nor has what is kept, but for a title within the article."""
    gold = {d["id"]: d for d in read(corpora / corpus / "docs.jsonl.gz")}
    scores = []
    for page in read(corpora / corpus / "html.jsonl.xz"):
        if gold[page["id"]]["split"] != "dev":
            continue
        found = document(page["html"].encode("utf-8", errors="replace"), Media.HTML)
        kept = " ".join(found.quote(s) for s in found.article()) if found else ""
        scores.append(f1(words(kept), words(gold[page["id"]]["text"])))
    return {"corpus": corpus, "form": "html", "pages": len(scores), "crossbearing": round(sum(scores) / len(scores), 4)}


def show(rows: list[dict[str, Any]]) -> None:
    """The table, and the leaks below it."""
    table = Table(title="Mean bag-of-words F1 of the kept text against the gold body")
    for head in ("corpus", "form", "pages", "as is", f"lines of {LONG} words or more", "crossbearing", "perfect line choice"):
        table.add_column(head, justify="left" if head in ("corpus", "form") else "right")
    for row in rows:
        table.add_row(
            *(
                f"{row[c.header]:.3f}" if isinstance(row.get(str(c.header)), float) else str(row.get(str(c.header), ""))
                for c in table.columns
            )
        )
    console = Console()
    console.print(table)
    for row in rows:
        for kind in ("related", "comments"):
            if leak := row.get(f"{kind} leaked"):
                of_words = f"{leak['share of words']:.1%} of their words"
                console.print(
                    f"{row['corpus']} {row['form']}: {leak['share']:.1%} of {leak['lines']} {kind} lines leak in ({of_words})"
                )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("CROSSBEARING_CORPORA", ROOT.parent / "shared" / "corpora"))
    parser.add_argument("--corpora", type=Path, default=default)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--only", choices=("scrapes", "html"))
    arguments = parser.parse_args()
    if not arguments.corpora.is_dir():
        print(f"No corpora at {arguments.corpora}: give their folder with --corpora.", file=sys.stderr)
        return 2
    rows = [scrapes(arguments.corpora, *trial) for trial in TRIALS] if arguments.only != "html" else []
    if arguments.only != "scrapes":
        rows += [pages(arguments.corpora, corpus) for corpus in ("web_l3s_gn1", "web_fundus_tests")]
    if arguments.json:
        print(json.dumps({"floor": FLOOR, "rows": rows}))
    else:
        show(rows)
    return int(any(r["crossbearing"] < FLOOR for r in rows if r["form"] in ("block", "nodes")))


if __name__ == "__main__":
    sys.exit(main())
