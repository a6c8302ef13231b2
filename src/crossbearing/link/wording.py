"""How a telling is worded: which words stand in its page and in its own sentences, and how rare they are in news at large.

Two reports of one happening share what few others have: a victim's name, a street, a number of the road. Words are weighed by
how few documents hold them in a table that ships, not by the ledger's own, so that a new report changes no weight of the others.
The names that our tables know (parties, outlets, facilities, weapons, who held an office) are many reports' words, however few
of the table's documents hold them; and what the claims say of places, voices and years is compared by itself, so that it does
not count twice. What leads to the desk and not to the happening is left out: addresses and telephone numbers.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from crossbearing.model.claim import Claim
from crossbearing.model.when import Interval
from crossbearing.resources import header, path, rows, table
from crossbearing.words.names import WORD, fold, fold_word

Vector = Mapping[str, float]
"""Words with their weights, of length 1."""

SMALL = frozenset(
    "a an and are as at be been by for from had has have he her his in is it its of on or she that the their they this to was"
    " were which who will with".split()
)
KNOWN_FROM = 400
"""In how many documents a word of a known name counts as standing at the least: as many as the commonest party's."""
RARE, RARE_IN_TELLING = 5.0, 4.0
"""From which weight (the logarithm of one in so many documents) a page's word, and a telling's own, says something by itself:
one document in 150 and in 55."""
_DESK = re.compile(
    r"(?<!\S)\S{1,99}@\S+|(?:https?://|www\.)\S+|@\w{3,}|"
    r"\+\d[\d ().-]{7,}\d|\(?\b\d{3}\)?[-. ]{1,2}\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b|"
    r"\b(?:1-)?8(?:00|33|44|55|66|77|88)-[\dA-Z-]{4,}(?: ?\(\d[\d-]*\))?"
)
"""Addresses, handles and telephone numbers, also those that spell a word: "1-800-555-TIPS (8477)"."""
_HEADLINE = re.compile(r"(?!.*[.!?][\"”’')]*$).{1,300}")
_YEAR = re.compile(r"(?:19|20)\d\d")
NAMES = ("actors.yml", "offices.yml", "outlets.yml", "parties.yml", "weapons.yml")
PLACES = ("facilities.csv", "admin1.csv", "areas.csv", "countries.csv")


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page, worked out once for all of its tellings."""

    vector: Vector
    rare: frozenset[str]
    names: frozenset[str]
    """Those of the rare words that the page never writes without a capital: mostly names of people, streets, firms."""
    published: Interval | None
    headline: bool = False
    """Whether it is one line that no stop ends, and so no report."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one telling and of the page that it stands in."""

    telling: Vector
    telling_rare: frozenset[str]
    page: PageWords | None = None
    """None where the page is not at hand."""
    page_rare: frozenset[str] = frozenset()
    """The page's rare words that the telling's claims do not hold by themselves."""

    @property
    def headline(self) -> bool:
        """Whether its page is a headline."""
        return self.page is not None and self.page.headline


def page_words(text: str, published: Interval | None) -> PageWords:
    """The words of a page's article."""
    told = _DESK.sub(" ", text)
    vector = vector_of((told,))
    rare = frozenset(w for w in vector if weight(w) > RARE)
    return PageWords(vector, rare, rare & _names(told), published, bool(_HEADLINE.fullmatch(text.strip())))


def _names(text: str) -> frozenset[str]:
    """The words that a text never writes without a capital."""
    capital: defaultdict[bool, set[str]] = defaultdict(set)
    for match in WORD.finditer(text):
        capital[match.group()[0].isupper()].add(fold_word(match.group()))
    return frozenset(capital[True] - capital[False])


def wording(claims: Iterable[Claim], page: PageWords | None) -> Wording:
    """How a telling is worded, from its claims and its page."""
    claims = tuple(claims)
    known = said_elsewhere(claims)
    telling = vector_of(dict.fromkeys(_DESK.sub(" ", c.quote) for c in claims))
    own = frozenset(w for w in telling if w not in known and weight(w) > RARE_IN_TELLING)
    if page is None:
        return Wording(telling, own)
    return Wording(telling, own, page, page.rare - known)


def said_elsewhere(claims: Iterable[Claim]) -> frozenset[str]:
    """The words of places and voices, which the claims hold by themselves."""
    names = (
        name
        for claim in claims
        for name in chain((claim.where.value.name,) if claim.where else (), (voice.value.name for voice in claim.chain))
    )
    return frozenset(word for name in names for word in fold(name).split())


def vector_of(texts: Iterable[str]) -> Vector:
    """The words of some texts: (1 + log of their number) times their weight, scaled to length 1."""
    counts = Counter(word for text in texts for word in fold(text).split())
    raw = {word: (1 + math.log(n)) * weight(word) for word, n in counts.items() if word not in SMALL}
    size = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {word: value / size for word, value in raw.items()}


def likeness(a: Vector, b: Vector) -> float:
    """The cosine of two vectors of length 1, from 0 to 1."""
    # Rounded once: the same from either side, and whatever order a set gives.
    return math.fsum(a[word] * b[word] for word in a.keys() & b.keys())


def weight(word: str) -> float:
    """How much a word says: the logarithm of how few of the table's documents hold it."""
    weights, most = _weights()
    return weights.get(word, most) if not _YEAR.fullmatch(word) else 0.0


@lru_cache(maxsize=1)
def _weights() -> tuple[Mapping[str, float], float]:
    """What each word of the table says, and what any other does."""
    spread = {row["word"]: int(row["documents"]) for row in rows("words.csv")}
    documents: int = header("words.csv")["documents"]
    for word in _words_of_names():
        spread[word] = max(spread.get(word, 0), KNOWN_FROM)
    return {word: math.log(documents / count) for word, count in spread.items()}, math.log(documents)


def _words_of_names() -> frozenset[str]:
    """Every word of the names that our tables know."""
    values = chain(
        *(_texts(table(name)) for name in NAMES),
        *(_texts(list(row.values())) for name in PLACES for row in rows(name)),
        _divisions(),
    )
    return frozenset(word for value in values for word in fold(value).split())


def _divisions() -> Iterable[str]:
    """The names of countries' first-order divisions: a province stands in all of its reports."""
    with closing(sqlite3.connect(path("gazetteer.sqlite").as_uri() + "?mode=ro", uri=True)) as file:
        yield from (name for (name,) in file.execute("SELECT name FROM place WHERE code GLOB 'iso:*-*'"))


def _texts(value: Any) -> Iterable[str]:
    """Every string that a table holds, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
