"""How well toponyms are placed on annotated news: accuracy within 161 km of what is answered, and the share answered.

    python evals/places.py [--errors N] [CORPORA]

Gold mentions are given (no finding is scored), from the development parts of LGL, GeoWebNews and GeoVirus in the optional corpora
folder. Beside ours: the most populous bearer of the name in the same gazetteer. The test parts are not opened.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from crossbearing.model.mention import Mention, MentionKind, Reading
from crossbearing.model.text import Document, Span
from crossbearing.model.where import Place, Precision
from crossbearing.resolve.gazetteer import open_gazetteer
from crossbearing.resolve.where import Places

WITHIN_KM = 161  # 100 miles: the measure of the field
CORPORA = ("geo_lgl", "geo_geowebnews", "geo_geovirus")


def articles(folder: Path, corpus: str) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / corpus / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def reading(article: dict[str, Any]) -> tuple[Document, Reading, list[dict[str, Any]]]:
    text = article["text"]
    document = Document(article["id"], article["id"], article["id"], article["id"], text)
    gold = [t for t in article["toponyms"] if t.get("lat") is not None and t["start"] < t["end"] and not t.get("non_locational")]
    edges = [0, *(m.end() for m in re.finditer(r"[.!?][\"”’']?\s+(?=[A-Z“\"‘])|\n+", text)), len(text)]
    sentences = tuple(Span(a, b) for a, b in pairwise(edges) if a < b)
    mentions = tuple(Mention(Span(t["start"], t["end"]), MentionKind.PLACE) for t in gold)
    return document, Reading(document.id, "gold", sentences, mentions, (), ()), gold


def away(place: Place | None, gold: dict[str, Any]) -> float | None:
    if place is None:
        return None
    return place.km(Place("", "", Precision.EXACT, None, None, float(gold["lat"]), float(gold["lon"])))


def most_populous(name: str) -> Place | None:
    found = [c for c in open_gazetteer().candidates(name) if c.exact]
    best = max(found, key=lambda c: c.population, default=None)
    return Place(best.id, best.name, Precision.TOWN, best.country, None, best.latitude, best.longitude) if best else None


def score(folder: Path, corpus: str, errors: int) -> str:
    """One corpus's row of the table."""
    ours, theirs, spent = compared(folder, corpus, errors)
    return f"{corpus:16}{len(ours):7}{_row(ours)}{_row(theirs)}{1000 * spent / max(1, len(ours)):10.2f}"


def compared(folder: Path, corpus: str, errors: int = 0) -> tuple[list[float | None], list[float | None], float]:
    """How many kilometres off each gold mention is placed by us and by its most populous bearer, None where it is not
    placed; and the seconds that ours took."""
    places, ours, theirs, spent = Places(), [], [], 0.0
    for article in articles(folder, corpus):
        document, its_reading, gold = reading(article)
        started = time.perf_counter()
        context = places.context(document, its_reading)
        answers = [places.locate(document, m, context) for m in its_reading.mentions]
        spent += time.perf_counter() - started
        for toponym, answer in zip(gold, answers, strict=True):
            ours.append(away(answer.value if answer else None, toponym))
            theirs.append(away(most_populous(toponym["text"]), toponym))
            if errors and (ours[-1] is None or ours[-1] > WITHIN_KM):
                errors -= 1
                shown = answer and (answer.value.name, answer.value.country, answer.value.precision.value)
                around = document.text[max(0, toponym["start"] - 50) : toponym["end"] + 40].replace("\n", " ")
                print(f"  {toponym['text']!r} -> {shown}, {ours[-1] and round(ours[-1])} km | {around}")
    return ours, theirs, spent


def shares(found: list[float | None]) -> tuple[float, float, float]:
    """Right of what is answered, answered of all, right of all."""
    answered = [km for km in found if km is not None]
    right = sum(km <= WITHIN_KM for km in answered)
    return right / max(1, len(answered)), len(answered) / max(1, len(found)), right / max(1, len(found))


def _row(found: list[float | None]) -> str:
    return "".join(f"{share:10.3f}" for share in shares(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("CROSSBEARING_CORPORA") or Path(__file__).resolve().parents[1].parent / "shared" / "corpora"
    parser.add_argument("corpora", nargs="?", type=Path, default=Path(default))
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first N wrong or missing answers of each corpus"
    )
    options = parser.parse_args()
    print(f"{'':16}{'':7}{'ours':>30}{'most populous':>30}")
    print(f"{'corpus':16}{'gold':>7}" + f"{'right/ans':>10}{'answered':>10}{'right/all':>10}" * 2 + f"{'ms each':>10}")
    for corpus in CORPORA:
        if (options.corpora / corpus).exists():
            print(score(options.corpora, corpus, options.errors))


if __name__ == "__main__":
    main()
