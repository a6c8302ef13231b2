"""A name that some place bears and that means none here: a government that speaks, a surname, a party, a shop, half a word."""

from __future__ import annotations

import re

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.resolve.place.bearers import not_places
from crossbearing.resolve.place.country_words import is_adjective
from crossbearing.resolve.place.gazetteer import Candidate, Kind
from crossbearing.resolve.place.spoken_of import NAMED, PlaceContext
from crossbearing.resolve.place.toponym import DIVISIONS, SETTLED, Feature, Toponym
from crossbearing.resolve.place.weighing import GIVEN_NAME
from crossbearing.words.names import fold

GREAT_CITY = 300_000  # "Tel Aviv vowed": from this size on a town's name is used for those who govern from it


def is_named(mention: Mention, words: Toponym, context: PlaceContext) -> bool:
    """Whether the reader takes a name for a place's wherever it meets it, or the words beside it say what place it is: of a
    person's, a party's or a book's name no place is made because "in" or "of" stands before it, nor of a word of the language
    ("the Jewish settlement of X")."""
    if words.feature in SETTLED and fold(words.core) in not_places()["words"]:
        return False
    if is_a_thing(words.full) or (mention.kind is MentionKind.PLACE and (is_a_word(words.full) or _is_called(words, context))):
        return False
    kinds = {m.kind for m in context.meeting(mention.span)}
    if MentionKind.PERSON in kinds:
        return False
    return mention.kind is not MentionKind.PLACE or words.feature in _LIVED_IN or not kinds.isdisjoint(NAMED)


def is_a_word(name: str) -> bool:
    """Whether nothing in what stands for a name is one: "Western", "Room", "Kurdish-majority"."""
    words = fold(name).split()
    return bool(_OF_A_KIND.fullmatch(name)) or all(word in not_places()["words"] or is_adjective(word.title()) for word in words)


_OF_A_KIND = re.compile(r"[A-Z]\w+[-‐‑](?:[a-z]+ed|majority|minority|held|led|run|laden|based|built|resistant)(?: [a-z ]+)?")


def is_a_thing(name: str) -> bool:
    """Whether a name is that of something which moves, or is no larger than a door: "a Bedford van"."""
    return name.rpartition(" ")[2].lower() in _THINGS


_THINGS = frozenset(
    "van vans plane planes aircraft airliner jet jets helicopter helicopters vehicle vehicles car cars bus buses truck trucks "
    "lorry lorries taxi motorcycle motorbike train trains boat boats ship ships ferry flight door doors window windows".split()
)


def _is_called(words: Toponym, context: PlaceContext) -> bool:
    """Whether a name is what a person of the document is called by, and nothing says what is there."""
    if words.within or words.feature or words.core != words.full:
        return False
    if fold(words.core).split()[:1] and fold(words.core).split()[0] in not_places()["given_names"]:
        return True
    return " " not in words.core and any(name.endswith((f" {words.core}", f"-{words.core}")) for name in context.people)


def is_small(c: Candidate) -> bool:
    return c.kind in (Kind.CITY, Kind.ADMIN2) and c.population < GIVEN_NAME


def is_a_partys(text: str, mention: Mention, words: Toponym, context: PlaceContext) -> bool:
    """Whether the reader takes all words of a name for a person's or a party's, or the name is a shop's ("the Sarah's store")
    or what a person of the document is called by."""
    if _BULLET.search(text, max(0, mention.span.start - 8), mention.span.start) and text.startswith(":", words.span.end):
        return False  # "* Lashio: two shells ...": an item of a list of places
    read = context.meeting(mention.span)
    written = mention.span.of(text)
    a_place = any(m.kind is MentionKind.PLACE and m.span.of(text) == written for m in context.mentions)  # and elsewhere so read
    if (read and all(m.kind in _WHO for m in read) and not a_place) or _SHOP.search(
        text[max(0, mention.span.start - 4) : words.span.end + 4]
    ):
        return True
    if words.within or " " in words.core:
        return False
    return any(name.endswith((f" {words.core}", f"-{words.core}")) for name in context.people)


_BULLET = re.compile(r"(?:^|\n)[ \t]*[*•·–—-][ \t]*$")
_SHOP = re.compile(r"\b[Tt]he [^'’]+['’]s [a-z]")
_WHO = (MentionKind.PERSON, MentionKind.GROUP, MentionKind.ORGANISATION)
_LIVED_IN = (*SETTLED, *DIVISIONS, Feature.QUARTER, Feature.AROUND)


def is_joined(text: str, words: Toponym) -> bool:
    """Whether the name is the first half of an adjective: "Tehran-backed"."""
    return words.metonym and text[words.span.end : words.span.end + 1] in ("-", "‐", "‑")


def speaks(words: Toponym, c: Candidate) -> bool:
    """Whether the name stands for a government: a country or seat of government that acts, or a great city that speaks."""
    if c.kind is Kind.COUNTRY and words.goes_on:
        return True
    if c.kind is Kind.COUNTRY or c.capital:
        return words.metonym or words.spoken
    return words.metonym and c.kind is Kind.CITY and c.population >= GREAT_CITY


def is_surname(text: str, words: Toponym, c: Candidate) -> bool:
    """Whether a place's name is somebody's on the page ("Musa Lara", "Musay Lara, 34"), and nothing says what is there."""
    if (
        words.within
        or not (c.is_listed_town or c.kind in (Kind.CITY, Kind.ADMIN1, Kind.ADMIN2))
        or words.core != words.full
        or " " in words.core
    ):
        return False
    named = re.finditer(rf"\b([A-Z][\w’'-]+) (?:[A-Z]\. )?{re.escape(words.core)}\b(, \d\d?[,;.)])?", text)
    small = c.kind is not Kind.ADMIN1 and c.population < GIVEN_NAME
    return any(m[2] or (small and fold(m[1]) in not_places()["given_names"]) for m in named)
