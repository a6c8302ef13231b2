"""The strings of MUC-4's slots: a mention's words without what stands before them, and what a string's head says of it.

After MUC-4's guidelines ("template-doc" part 2, 7); where those leave room, chosen on the train split.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from crossbearing import resources
from crossbearing.model.claim import Actor
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.read.lexicon import lexicon
from crossbearing.resolve.place.gazetteer import Kind, open_gazetteer
from crossbearing.words.known import known_names
from crossbearing.words.names import WORD, fold

COUNTRIES = frozenset(("SV", "GT", "HN", "AR", "BO", "CL", "CO", "EC", "PE"))
_LEADING = re.compile(
    r"^(?:the|an?|alleged|suspected|presumed|his|her|its|their|this|that|these|those|some|about|around|approximately|nearly|almost|"
    r"at least|at most|"
    r"more than|less than|over|up to|other|another|several|many|both|all|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|one|\d[\d,.]*(?!\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))\s+",
    re.I,
)
_INNER = re.compile(r"\s(?:of|in|from|at|on|near|who|which|that|with|belonging|for)\s", re.I)
# Words that name nobody and nothing by themselves.
BARE = frozenset(
    "group groups force forces unit units member members position positions element elements terrorist guerrilla rebel subversive"
    " personnel government".split()
)
HARMED = frozenset("dead wounded injured others victim victims casualty casualties bodies body lives life".split())
NOT_ARMED = frozenset("suspect suspects recruits personnel member members settlers convoy group groups".split())
_PERSONS = frozenset(
    "individual individuals subversive subversives troops commando commandos sappers murderers criminals delinquents traffickers"
    " terrorist terrorists guerrilla guerrillas rebel rebels extremist extremists militant militants fighter fighters insurgents"
    " gunman gunmen soldier soldiers policeman policemen officer officers assailant assailants attacker attackers bandits"
    " paramilitaries cadets recruits commander commanders marines paratroopers hitmen youths strangers units unit".split()
)
_THINGS = frozenset(
    "car cars bus buses vehicle vehicles truck trucks jeep jeeps train trains boat boats tower towers pylon pylons pipeline"
    " pipelines pole poles office offices establishment establishments property facilities".split()
)
TITLES = frozenset(
    "president minister general gen colonel col major maj captain capt lieutenant lt sergeant sgt dr mr mrs msgr monsignor father"
    " senator judge deputy mayor ambassador archbishop bishop governor commander candidate leader rector spokesman secretary"
    " engineer priest journalist magistrate attorney".split()
)
_CITY = 50_000
_LONGEST = 5


def words_of(stated: Stated[Any], text: str) -> str:
    """The words that a value stands on, as they are written, on one line."""
    span = next(e for e in stated.evidence if isinstance(e, Span))
    return " ".join(re.sub(r"(?<=\w)-\s*\n\s*", "-", span.of(text)).split())


def stripped(string: str) -> str:
    """A string without determiners, numerals and the like before it, and without marks around it."""
    string = string.strip(" ,.;:'\"[]()")
    while (cut := _LEADING.sub("", string, count=1)) != string:
        string = cut
    return string


def untitled(string: str) -> str:
    """A name without the titles before it; a title alone stays."""
    words = string.split()
    while len(words) > 1 and fold(words[0]) in TITLES and head(string) not in TITLES | persons() | lexicon().civil:
        words = words[1:]
    return " ".join(words)


_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?:\s{1,3}(?:(?:de|del|la|las|los|y|von|van)\s{1,3}){0,2}[A-ZÀ-Þ][\w'’-]+)+")


def full_names(cased: str) -> list[list[str]]:
    """The names of several words that a text holds, without titles, in capitals, word by word."""
    found = (untitled(" ".join(match.group().split())).upper().split() for match in _FULL_NAME.finditer(cased))
    return [words for words in found if 1 < len(words) < _LONGEST]


def fullest(string: str, names: Sequence[list[str]]) -> str:
    """The longest name that holds a name's words, the surname among them; the string itself where there is none."""
    words = string.split()
    if not words or len(words) > 2 or head(string) in persons() | lexicon().armed | things():
        return string
    longer = (name for name in names if len(name) > len(words) and words != name[:1])
    holding = [name for name in longer if words == [word for word in name if word in words]]
    return " ".join(max(holding, key=len)) if holding else string


def head(string: str) -> str:
    """The word that a string's phrase hangs on, in lower case: the last before "of", "in" or a clause."""
    words = WORD.findall(_INNER.split(string, maxsplit=1)[0])
    return words[-1].lower() if words else ""


@lru_cache(maxsize=1)
def persons() -> frozenset[str]:
    """Heads that speak of people one by one rather than of a body."""
    return _PERSONS | lexicon().civil


@lru_cache(maxsize=1)
def things() -> frozenset[str]:
    """Heads that speak of buildings, grounds, lines and vehicles."""
    table = resources.table("features.yml")
    return frozenset(table["facility"]) | frozenset(table["area"]) | _THINGS


def is_thing(string: str, actor: Actor, kind: str) -> bool:
    """Whether a target is a thing: by its head; an unknown name is taken for a thing where it is bombed, burnt or robbed."""
    last = head(string)
    if last in things():
        return True
    return last not in persons() | lexicon().armed | TITLES and not actor.kind and kind in ("bombing", "arson", "robbery")


@lru_cache(maxsize=4096)
def is_place(string: str) -> bool:
    """Whether a whole string is the name of a country, a division or a city there: no target by itself (part 1, 1.0, 7)."""
    if head(string) in things():
        return False
    found = open_gazetteer().candidates(string)
    return any(c.exact and set(c.countries) & COUNTRIES and (c.kind is not Kind.CITY or c.population >= _CITY) for c in found)


def group(string: str) -> str:
    """The name of a known group in a string; empty where there is none."""
    return next((f.span.of(string) for f in known_names().find(string) if f.values[0].kind == "group"), "")


def organisation(known: str) -> str:
    """A group's name without the word for its people: "the Front" of "the Front guerrillas"."""
    words = known.split()
    return " ".join(words[:-1]) if len(words) > 1 and head(known) in persons() else known


def people_of(string: str, known: str) -> str:
    """People without their group's short name, which has a slot of its own: "guerrillas" of "RDF guerrillas"."""
    return string.removeprefix(known).strip() if known.isupper() and len(known) < 6 else string
