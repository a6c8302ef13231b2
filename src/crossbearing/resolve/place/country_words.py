"""The words for countries and states: their names, adjectives and short names, and how much each says of where things happen.

"In Sudan" says much, "a Sudanese minister" little, "US-led" next to nothing; a "SWAT" team and "Mount Sinai Hospital" name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.text import Span
from crossbearing.words.names import NameIndex


@lru_cache(maxsize=1)
def _country_words() -> NameIndex[tuple[str, bool]]:
    """Names and adjectives of countries; the value says which country, and whether the word is an adjective."""
    names: list[tuple[str, tuple[str, bool]]] = []
    for row in resources.rows("countries.csv"):
        names += [(n, (row["iso2"], False)) for n in (row["name"], *row["aliases"].split("|")) if n]
        names += [(n, (row["iso2"], True)) for n in row["adjectives"].split("|") if n]
    for row in resources.rows("areas.csv"):
        lies_in = row["countries"].split("|")
        if len(lies_in) == 1 and lies_in[0]:
            names += [(n, (lies_in[0], False)) for n in (row["name"], *row["aliases"].split("|")) if n[:1].isupper()]
    return NameIndex(names)


def countries_in(text: str, start: int, end: int) -> Iterator[tuple[Span, str, bool]]:
    """(words, ISO alpha-2, whether an adjective) of each country spoken of."""
    for found in _country_words().find(text, start, end):
        if found.values:
            code, adjective = found.values[0]
            yield found.span, code, adjective and all(a for c, a in found.values if c == code)


def is_adjective(name: str) -> bool:
    """Whether a name is only the adjective of a country ("Sudanese"): nobody's place."""
    known = _country_words().get(name)
    return bool(known) and all(adjective for _, adjective in known)


def adjective_of(name: str) -> str:
    """The ISO alpha-2 code of the country whose adjective or people a name is ("Sudanese", "Syrians"); empty else."""
    for written in (name, name.removesuffix("s")):
        known = _country_words().get(written)
        if known and all(adjective for _, adjective in known):
            return known[0][0]
    return ""


def country_of(name: str) -> str:
    """The ISO alpha-2 code of the country that a name is; empty for an adjective, and for what names none."""
    return next((code for code, adjective in _country_words().get(name.removeprefix("the ")) or () if not adjective), "")


def unowned(text: str, span: Span) -> Span:
    """A name without the country that it belongs to, where a text has lost its apostrophes: "Syrias Idlib province"; "Syrias"
    alone is Syria."""
    first = span.of(text).split(None, 1)[0] if span.of(text).strip() else ""
    country = len(first) > 4 and first.endswith("s") and not _country_words().get(first) and _country_words().get(first[:-1])
    if not country or all(adjective for _, adjective in country):
        return span
    rest = _NEXT_WORD.match(text, span.start + len(first), span.end)
    return Span(rest.end(), span.end) if rest else Span(span.start, span.start + len(first) - 1)


_NEXT_WORD = re.compile(r" (?=\w)")


def in_full(text: str, span: Span) -> str | None:
    """What an abbreviation with its dots stands for ("Kan.", "W.Va."), empty for one that is not known: its letters would
    find anything. None for what is no abbreviation."""
    written = re.sub(r"\s", "", span.of(text))
    known = short_names()
    if not written.endswith(".") and text[span.end : span.end + 1] == ".":
        written = f"{written}." if f"{written}." in known else written
    if written in known:
        return known[written]
    return "" if len(written) <= 6 and written.endswith(".") and written.count(".") == 1 else None


@lru_cache(maxsize=1)
def short_names() -> Mapping[str, str]:
    """Dotted short names of states, as the style books of English news write them, to the whole names."""
    pairs = (pair.split("=") for pair in resources.table("not_places.yml")["short_names"].split())
    return {short: whole.replace("_", " ") for short, whole in pairs}


@lru_cache(maxsize=1)
def short_name_after() -> re.Pattern[str]:
    """A comma and a short name: "Huntsville, Ala."."""
    return re.compile(r",\s+(" + "|".join(re.escape(short) for short in short_names()) + r")")


# Who is called by a country is as a rule not in it: a mission's soldiers, seafarers, travellers.
_OF_A_STRANGER = re.compile(
    r"[ -](?:\w+ )?(?:peacekeepers?|blue helmets?|nationals?|citizens?|tourists?|journalists?|reporters?|photographers?|sailors?|"
    r"seafarers?|seam[ae]n|aid workers?|engineers?|passports?|flagged|owned|registered|crew|priests?|missionar(?:y|ies)|"
    r"contractors?|newspaper)\b"
)


_COME_FROM = re.compile(
    r"\b(?!(?:reports|accounts|news|pictures|images|videos?|messages|rockets|missiles|drones|shells|shots|attacks|strikes|"
    r"hours|days|miles|kms|kilometres|kilometers|metres|meters|away|returns|comes|was|is|has|flees|news)\b)"
    r"(?:[a-z]+(?:s|men|women|people)|national|citizen|native|man|woman|crew|contingent|[a-z]+er) "
    r"(?:who (?:came|come) )?from (?:the )?$",
    re.I,
)


def is_origin(text: str, span: Span) -> bool:
    """Whether people are told by where they come from: "six peacekeepers from X"."""
    return _COME_FROM.search(text, max(0, span.start - 40), span.start) is not None


def worth_of(text: str, span: Span, adjective: bool) -> float:
    """How much a country's name says of where things happen: most after "in", least as somebody's adjective, nothing where it
    says where people come from who are as a rule not there."""
    if is_origin(text, span):
        return 0.0
    before, after = text[max(0, span.start - 14) : span.start].lower(), text[span.end : span.end + 8]
    if after[:1] in "-‐‑" and after[1:2].isalpha():
        return 0.2  # "US-led", "Iran-backed"
    if adjective:
        return 0.0 if _OF_A_STRANGER.match(text, span.end) else 0.5
    last = before.rstrip().removesuffix(" the").split()[-1:]
    return 3.0 if (last and last[0] in _IN) or before.endswith(", ") else 1.0


_LEADS_IN = (
    "in into inside across throughout northern southern eastern western northeastern northwestern southeastern southwestern"
    " northeast northwest central"
)
_IN = frozenset(_LEADS_IN.split())


def in_capitals(text: str, span: Span) -> bool:
    """Whether a short name stands in capitals within a line that does not, opens no dateline, and is never written otherwise:
    then it is the letters of a body ("SWAT") unless a place goes by them ("NSW")."""
    written = span.of(text)
    if not (2 <= len(written) <= 5 and written.isalpha() and written.isupper()):
        return False
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    tail = text[span.end : span.end + 60].partition("\n")[0]
    if not line.strip(' "“(') or _DATELINE_MARK.match(tail) or not any(word.islower() for word in f"{line} {tail}".split()):
        return False
    return re.search(rf"\b{written.capitalize()}\b", text) is None


def of_a_body(text: str, span: Span) -> bool:
    """Whether what reads as a country or an area is a body's name: a "SWAT" team, "Mount Sinai Hospital"."""
    if _HOUSE_OF.match(text, span.end):
        return True
    return span.of(text) not in _SHORT_COUNTRIES and in_capitals(text, span)


_HOUSE_OF = re.compile(
    r" (?:\w+ )?(?:Hospital|Medical|Clinic|Street|Avenue|Road|Drive|High School|University|College|Cultural Cent(?:er|re))\b"
)
_SHORT_COUNTRIES = frozenset(("UK", "US", "UAE", "DRC", "CAR", "USA", "EU", "PRC", "ROK", "DPRK", "KSA", "DR"))
_DATELINE_MARK = re.compile(r"\s*(?:\(|[—–]|-\s)")
