"""What bears a name: the entries of the gazetteer under it, with its feature words or without them, in another spelling.

Nothing here weighs one against another. What a feature word rules out ("the village of X" is no city) is no bearer of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.text import Span
from crossbearing.resolve.place.country_words import in_capitals
from crossbearing.resolve.place.gazetteer import Candidate, Gazetteer, Kind, apart_km, bare
from crossbearing.resolve.place.toponym import SETTLED, Feature, Toponym
from crossbearing.words.names import fold

# How likely a name means a thing of each kind before anything else is known; set by hand with what `weighing` adds.
PRIOR = {
    Kind.COUNTRY: 9.0, Kind.FACILITY: 9.0, Kind.AREA: 7.0, Kind.ADMIN1: 6.5, Kind.ADMIN2: -2.0, Kind.CITY: 0.0,
    Kind.SITE: 1.0, Kind.LAND: -1.0,
}  # fmt: skip
NEARBY_KM = 150.0  # from a place beyond doubt, within which another spelling of a town's name is believed
_FEWEST_LETTERS = 6  # of a name that is read without its last
_LANDS = 2  # in so many of the lands that are spoken of most
NO_VILLAGE = 50_000  # from this size on a town is not what "the village of" means
OF_A_TOWN = (Feature.NONE, Feature.AIRFIELD, Feature.SITE)


def bearers_of(gazetteer: Gazetteer, text: str, words: Toponym, whole: str | None, span: Span) -> tuple[Candidate, ...]:
    """What bears the name of a mention; the division alone, where it is its short name that is written whole."""
    if whole is None:
        found = named_so(gazetteer, words)
        return tuple(c for c in found if fold(c.name) != fold(words.full)) if in_capitals(text, span) else found
    return tuple(c for c in gazetteer.candidates(whole) if c.kind is not Kind.COUNTRY) if whole else ()


def named_so(gazetteer: Gazetteer, words: Toponym) -> tuple[Candidate, ...]:
    """What bears the name: with its feature words where something is called so, else without them."""
    full = gazetteer.candidates(words.full)
    if words.core == words.full:
        return full
    full = tuple(c for c in full if c.exact)
    whole = tuple(c for c in full if c.kind in (Kind.FACILITY, Kind.AREA, Kind.COUNTRY, Kind.SITE, Kind.LAND))
    if whole or (words.feature in SETTLED and any(c.kind is Kind.CITY for c in full)):
        return whole or full
    return (*full, *gazetteer.candidates(words.core))


def part_entries(gazetteer: Gazetteer, words: Toponym) -> tuple[Candidate, ...]:
    """Areas that are a part by its own name: "northeast Syria", "southern Gaza"."""
    direction = words.direction.replace(" ", "").replace("-", "")
    for written in dict.fromkeys((direction, direction + "ern", direction.removesuffix("ern"))):
        found = tuple(c for c in gazetteer.candidates(f"{written} {words.core}") if c.kind is Kind.AREA and c.exact)
        if found:
            return found
    return ()


def spelt_otherwise(gazetteer: Gazetteer, words: Toponym, lands: Collection[str]) -> tuple[Candidate, ...]:
    """The one facility of some countries whose name has the same consonants, or holds these words."""
    if words.feature is Feature.NONE:
        return ()
    for found in (gazetteer.like(words.core, lands), gazetteer.holding(words.full, lands)):
        if len({c.id for c in found}) == 1:
            return found
    return ()


def unapostrophed(gazetteer: Gazetteer, words: Toponym, lands: Collection[str]) -> tuple[Candidate, ...]:
    """What bears a name without its last letter in some countries, in a text that lost its apostrophes: "Idlibs countryside"."""
    if len(words.core) < _FEWEST_LETTERS or not words.core.endswith("s"):
        return ()
    return tuple(c for c in gazetteer.candidates(words.core[:-1]) if c.exact and c.country in lands)


def spelt_nearby(
    gazetteer: Gazetteer, words: Toponym, spoken: Iterable[str], anchors: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The one town of the first of the lands spoken of that is spelt much like a name, and lies near a place beyond doubt."""
    if words.feature not in (Feature.NONE, *SETTLED):
        return ()
    lands = list(spoken)[:_LANDS] if anchors else []
    alike = [c for land in lands for c in gazetteer.spelt_like(words.core, land, anchors, NEARBY_KM)]
    near = [c for c in alike if any(c.id != a.id and apart_km(c, a) < NEARBY_KM for a in anchors)]
    return tuple(near) if len({c.id for c in near}) == 1 else ()


def fits(words: Toponym, c: Candidate) -> bool:
    """Whether a candidate can be what the feature word says."""
    if c.kind is Kind.COUNTRY:  # "United States", "Central African Republic", "the Republic of Armenia"
        return words.feature not in (*SETTLED, Feature.DISTRICT, Feature.NATURE)
    if c.kind is Kind.FACILITY:
        return words.feature is not Feature.ADMIN1
    if c.kind is Kind.SITE:  # from a dump, where every village has its mosque: the words must say what it is
        return words.feature in (Feature.AIRFIELD, Feature.SITE)
    if c.kind is Kind.LAND:
        return words.feature in (Feature.NATURE, Feature.REGION, Feature.NONE, Feature.SITE) and c.exact
    if words.feature in SETTLED and c.is_listed_town:
        return True
    if words.feature in SETTLED:
        return c.kind is Kind.CITY and (words.feature is Feature.TOWN or c.population < NO_VILLAGE)
    if words.feature is Feature.ADMIN1:
        return c.kind in (Kind.ADMIN1, Kind.ADMIN2) or (c.kind is Kind.AREA and c.feature != "district")
    if words.feature in (Feature.DISTRICT, Feature.AROUND):
        return (
            c.kind in (Kind.ADMIN2, Kind.CITY)
            or c.is_listed_town
            or (c.kind is Kind.AREA and c.feature in ("district", "area", "zone"))
        )
    if words.feature is Feature.NATURE:  # "Lake Vermont" is no state
        return c.kind is Kind.AREA or (c.kind is Kind.CITY and fold(c.name) == fold(words.full))
    if words.feature is Feature.REGION:
        return c.kind in (Kind.ADMIN1, Kind.AREA, Kind.CITY, Kind.ADMIN2)
    return True


def spelt_alike(name: str, c: Candidate) -> bool:
    """Whether a name is the place's own, be it with other vowels, in which transliterations differ most."""
    return _VOWELS.sub("", bare(fold(c.name))) == _VOWELS.sub("", bare(fold(name)))


_VOWELS = re.compile(r"[aeiouy'’\s-]")


@lru_cache(maxsize=1)
def not_places() -> Mapping[str, frozenset[str]]:
    table = {key: frozenset(fold(word) for word in words.split()) for key, words in resources.table("not_places.yml").items()}
    return {**table, "words": table["words"] | table["common"]}


def doubtful(words: Toponym) -> bool:
    """Whether the name alone is more often a word or a person's name than a place."""
    name = fold(words.core)
    return name in not_places()["words"] or name in not_places()["given_names"]
