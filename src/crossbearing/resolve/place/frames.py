"""What the words beside a toponym say that it lies in: "X, Iraq", "the Iraqi province of X", "Z's X district"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossbearing.model.text import Span
from crossbearing.resolve.place import toponym
from crossbearing.resolve.place.bearers import named_so
from crossbearing.resolve.place.country_words import adjective_of, countries_in, short_name_after, short_names
from crossbearing.resolve.place.gazetteer import Candidate, Gazetteer, Kind, apart_km
from crossbearing.resolve.place.toponym import DIVISIONS, Feature, Relation, Toponym
from crossbearing.words.names import fold

_INSIDE = re.compile(r"\b(?:in|of|within) (?:the )?$")


@dataclass(frozen=True, slots=True)
class Beside:
    """What the words beside a toponym name: the country or division that it lies in, and where they stand."""

    countries: frozenset[str] = frozenset()
    divisions: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    holders: tuple[tuple[Candidate, ...], ...] = ()
    """What bears each name that the place is plainly said to lie in: "in Djugu territory", "in the province of Y"."""

    def excludes(self, c: Candidate) -> bool:
        """Whether a town or district lies far from all that bears one of these names."""
        return c.kind in (Kind.CITY, Kind.ADMIN2) and any(all(_far_from(c, h) for h in held) for held in self.holders)


def beside_of(gazetteer: Gazetteer, text: str, words: Toponym, sentence: Span) -> Beside:
    """The country or division that the words around name as the frame: "X in the Iraqi province of Anbar", "X, Iraq"."""
    countries: set[str] = set()
    divisions: set[str] = set()
    spans: list[Span] = []
    holders: list[tuple[Candidate, ...]] = []
    start, end = max(sentence.start, words.span.start - 60), min(sentence.end, words.span.end + 90)
    after = text[words.span.end : end]
    if short := short_name_after().match(after):
        divisions.add(fold(short_names()[short[1]]))
        spans.append(Span(words.span.end + short.start(1), words.span.end + short.end(1)))
    elif _opens_frame(after):
        for span, code, _ in countries_in(text, words.span.end, words.span.end + _frame_length(after)):
            if toponym.OWNED.match(text[span.end : span.end + 60]):
                continue  # "in the Donetsk region, Russia's defence ministry said"
            countries.add(code)
            spans.append(span)
        holders = list(_holders(gazetteer, text, words, words.span.end + _frame_length(after), sentence))
        for run in _runs(after[: _frame_length(after)]):
            named = [c for c in gazetteer.candidates(run) if c.kind in (Kind.ADMIN1, Kind.AREA) and c.exact]
            if any(c.kind is Kind.ADMIN1 for c in named) and divisions and after[:1] == ",":
                divisions.clear()  # "Nevada, Oregon, Idaho": a list, and no frame
                break
            divisions.update(fold(c.name) for c in named if c.kind is Kind.ADMIN1)
            if len({c.country for c in named}) == 1 and named[0].country:
                countries.add(named[0].country)
            if named and (at := _found(run, text, words.span.end)):
                spans.append(at)
    if owner := _OWNER_BEFORE.search(text, start, words.span.start):  # "Baghdad's Karrada district"
        towns = [c for c in gazetteer.candidates(owner[1]) if c.exact and c.kind in (Kind.CITY, Kind.ADMIN1)]
        holders += [tuple(towns)] if towns else []
    for span, code, adjective in countries_in(text, start, words.span.start):
        between = text[span.end : words.span.start]
        if toponym.FRAMING.fullmatch(between) and (adjective or between.startswith(("'s", "’s"))):
            countries.add(code)
            spans.append(span)
    return Beside(frozenset(countries), frozenset(divisions), tuple(sorted(set(spans))), tuple(holders))


def side_of(text: str, end: int) -> str:
    """The country on whose side of a border a place lies, by the words behind its name: ", on the Cambodian side"; else empty."""
    side = _SIDE.match(text, end)
    return adjective_of(side[1]) if side else ""


_SIDE = re.compile(r",? (?:a \w+ )?(?:just )?(?:on|over on|in) the ([A-Z][\w-]+) side\b")


def _holders(gazetteer: Gazetteer, text: str, held: Toponym, end: int, sentence: Span) -> Iterator[tuple[Candidate, ...]]:
    """What bears each name behind a toponym that is called a district or a division, or stands behind "in" or "of"."""
    start = held.span.end
    site = held.feature in (Feature.AIRFIELD, Feature.SITE)  # "the X mosque in Y": in the town of Y, too
    for words, name in toponym.behind(text, start, end, sentence):
        inside = _INSIDE.search(text, start, name.start)
        listed = text[start : name.start] == ", "
        if words.relation is not Relation.AT or not (words.feature in DIVISIONS or inside or listed):
            continue
        town = words.feature is Feature.DISTRICT or (site and inside)
        kinds = (Kind.ADMIN1, Kind.ADMIN2, Kind.AREA, *((Kind.CITY,) if town else ()))
        bearers = [c for c in named_so(gazetteer, words) if c.exact]
        if listed and not inside and any(c.kind not in _PARTS for c in bearers):
            continue  # "Homs, Hama and Idlib" are towns as well; "El Carmen, Norte de Santander" lies there
        within = tuple(c for c in bearers if c.kind in kinds)
        if within and not any(c.kind is Kind.COUNTRY for c in bearers):
            yield within


_OWNER_BEFORE = re.compile(r"\b([A-Z][\w-]+(?: [A-Z][\w-]+)?)['’]s (?:[a-z-]+ ){0,2}$")


_PARTS = (Kind.ADMIN1, Kind.ADMIN2)


def _far_from(c: Candidate, holder: Candidate) -> bool:
    """Whether a town lies well outside of a division, a district or an area."""
    if c.admin1 and holder.kind is Kind.ADMIN1 and c.country == holder.country and fold(c.admin1) == fold(holder.name):
        return False
    return apart_km(c, holder) > 1.25 * holder.radius_km + 60


def _opens_frame(after: str) -> bool:
    """Whether what follows a toponym says what it lies in."""
    lead = after.lstrip("\"”'’s ")
    return after[:1] == "," or lead.startswith(
        ("in ", "(", "of ", "on ", "district", "city", "town", "village", "province", "area", "which is located", "located")
    )


_ASIDE = re.compile(
    r",\s+(?!in\b|the\b|near\b|about\b|some\b|an?\b|of\b|which\b|(?:north|south|east|west|central)\w*\b|al-|as-|el-|ar-|ad-|ez-)[a-z]"
)


def _frame_length(after: str) -> int:
    """How far the frame reaches: to the end of the clause, at most 70 characters."""
    aside = _ASIDE.search(after)
    after = after[: aside.start()] if aside else after
    stops = [
        after.find(mark)
        for mark in (
            ";",
            ":",
            ".",
            " and ",
            " where ",
            " that ",
            " after ",
            " as ",
            " when ",
            " by ",
            " killing ",
            " but ",
            " while ",
        )
    ]
    return min([s for s in stops if s > 0] + [70, len(after)])


def _found(run: str, text: str, start: int) -> Span | None:
    """Where the words of a run stand in the text, whatever blanks, line breaks and brackets lie between them."""
    match = re.compile(r"[\s()]+".join(map(re.escape, run.split()))).search(text, start)
    return Span(match.start(), match.end()) if match else None


def _runs(words: str) -> Iterator[str]:
    """Runs of capitalised words: names that a frame may hold."""
    run: list[str] = []
    for word in [*words.replace("(", " ").replace(")", " ").split(), ""]:
        name = word.rstrip(",.'’")
        name = name[:-2] if name.endswith(("'s", "’s")) else name
        starts = name[:1].isupper() or (name[:3] in ("al-", "el-", "as-", "ar-", "ez-", "ad-", "an-") and name[3:4].isupper())
        if starts or (run and name in ("de", "del", "al", "ez-Zor", "el")):
            run.append(name)
        if run and (not starts or word != name):
            yield " ".join(run)
            run = []
