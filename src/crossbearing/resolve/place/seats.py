"""A capital that is spoken of without its name: "in the Belgian capital", "near the capital", "stormed the presidential palace".

A country's palace and its parliament stand in its seat. Which country, its adjective says, or its name; else it is the
one that most of the document's places lie in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crossbearing import resources
from crossbearing.model.text import Span
from crossbearing.resolve.place.country_words import adjective_of, countries_in
from crossbearing.resolve.place.gazetteer import Candidate, Gazetteer

# Where nothing behind it names it or says whose it is.
_CAPITAL = re.compile(
    r"\b(?:in|near|outside|around|across|inside|over|(?:outskirts|suburbs) of) "
    r"(?P<seat>the (?P<of>(?:[A-Z][\w-]+ ){1,2})?capital)(?: city)?"
    r"(?=[.;:)”\"]|, (?![A-Z])|\s+(?:and|or|that|which|where|when|while|as|but|after|before|during|on|in|at|by|since|late|early|"
    r"overnight|today|yesterday|amid|to|with|for|over|was|were|has|have|had|is|are|killed|killing|left|leaving|wounded)\b"
    r"(?! the (?:country|province)))"
)
# "Outside the Somali parliament", "broke into Kenya's parliament", "fired on the national palace": and not "in parliament".
_HOUSE = re.compile(
    r"\b(?:near|outside|around|inside|into|at|on|of(?= (?:the )?(?:[A-Z]\w+ )?(?:presidential|national) palace)|"
    r"(?:storm|attack|surround|enter|shell|bomb)(?:ed|ing)|besieg(?:ed|ing)|hit|struck|tak(?:e|ing)|took|seiz(?:ed?|ing)) "
    r"(?P<seat>(?:the )?(?:(?P<of>[A-Z][\w-]+)(?:['’]s)? )?(?:(?:presidential|national) palace|presidency|"
    r"(?:national )?parliament(?: building| house)?|national assembly))\b(?! (?:in|of) )",
    re.I,
)
MOST = 0.5
_WORDS = ("capital", "palace", "parliament", "presidency", "national assembly")


def seats(gazetteer: Gazetteer, text: str, sentence: Span, shares: Mapping[str, float]) -> Iterator[tuple[Span, Candidate, bool]]:
    """The words of a sentence that stand for a capital, the capital, and whether they say of which country; else it is that of
    the country with the greatest share, in which, if they name a house, most of the document's places lie."""
    said = sentence.of(text).lower()
    if not any(word in said for word in _WORDS):
        return
    home, share = max(shares.items(), key=lambda s: s[1], default=("", 0.0))
    for pattern, least in ((_CAPITAL, 0.0), (_HOUSE, MOST)):
        for found in pattern.finditer(text, sentence.start, sentence.end):
            code = _country(found["of"].strip()) if found["of"] else home if share > least else ""
            if code and (seat := capital(gazetteer, code)):
                yield Span(*found.span("seat")), seat, bool(found["of"])


def capital(gazetteer: Gazetteer, code: str) -> Candidate | None:
    """The seat of a country's government."""
    names = next((row["capital"] for row in resources.rows("countries.csv") if row["iso2"] == code), "")
    towns = (c for name in names.split("|")[:1] if name for c in gazetteer.candidates(name, code))
    return next((c for c in towns if c.capital), None)


def _country(name: str) -> str:
    """The country of an adjective or a name; empty for what is none."""
    named = next((code for span, code, _ in countries_in(name, 0, len(name)) if len(span) == len(name)), "")
    return adjective_of(name) or named
