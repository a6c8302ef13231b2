"""Numbers as reports give them: a range, not a figure. "At least 12" is open above, "dozens" begins at 24.

Vague words follow one small table. Its lower bounds are those that casualty coders use when no better figure is at
hand (several 3, a plain plural 2, dozens two dozen); every one of them is open above, since that is all it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossbearing.model.text import Span
from crossbearing.words.patterns import any_of, lowered

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
_TENS = {w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SMALL = {w: i for i, w in enumerate(_UNITS)} | _TENS
_SCALE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}

VAGUE: dict[str, tuple[int, int | None]] = {
    "no": (0, 0),
    "none": (0, 0),
    "nobody": (0, 0),
    "no one": (0, 0),
    "a couple of": (2, 2),
    "a pair of": (2, 2),
    "both": (2, 2),
    "a few": (3, None),
    "a handful of": (3, None),
    "several": (3, None),
    "multiple": (3, None),
    "a number of": (3, None),
    "a large number of": (3, None),
    "large numbers of": (3, None),
    "many": (3, None),
    "a dozen": (12, 12),
    "a hundred": (100, 100),
    "a thousand": (1000, 1000),
    "half a dozen": (6, 6),
    "a score of": (20, 20),
    "two dozen": (24, 24),
    "three dozen": (36, 36),
    "dozens of": (24, None),
    "dozens": (24, None),
    "several dozen": (24, None),
    "scores of": (40, None),
    "scores": (40, None),
    "tens of thousands of": (20_000, None),
    "tens of": (20, None),
    "hundreds of thousands of": (200_000, None),
    "hundreds of": (200, None),
    "hundreds": (200, None),
    "thousands of": (2000, None),
    "thousands": (2000, None),
}

_MORE = (
    "at least",
    "more than",
    "over",
    "no fewer than",
    "no less than",
    "not less than",
    "upwards of",
    "in excess of",
    "a minimum of",
)
_LESS = ("up to", "as many as", "fewer than", "less than", "at most", "no more than", "not more than", "a maximum of")
_NEARLY = ("nearly", "almost", "close to", "just under")
_ABOUT = ("about", "around", "approximately", "some", "roughly", "an estimated", "estimated")

_WORD_NUMBER = (
    rf"(?:{any_of(_TENS)}(?:[- ]{any_of(_UNITS[1:10])})?|{any_of(_UNITS[1:])})"
    rf"(?:\s+(?:hundred|thousand|million)(?:\s+and\s+{any_of((*_TENS, *_UNITS[1:]))})?)?"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMBER = rf"(?:\d+(?:\.\d+)?m\b|(?:{_DIGITS})(?:\s+(?:hundred|thousand|million))?|{_WORD_NUMBER})"
_QUALIFIER = any_of(_MORE + _LESS + _NEARLY + _ABOUT)
_PATTERN = re.compile(
    rf"(?<![\w$€£.,:/-])(?:"
    rf"(?:(?P<doubt>{_QUALIFIER})\s+)?(?P<vague>{any_of(VAGUE)})"
    rf"(?!\s+(?:fewer|less|more)\s+than)"
    rf"|(?:(?P<qualifier>{_QUALIFIER})\s+)?"
    rf"(?:between\s+)?(?P<number>{_NUMBER})(?:(?:\s*[-–—]\s*|\s+(?:to|or|and)\s+)(?P<second>{_NUMBER})(?=\s+[a-z]))?"
    rf"(?P<more>\s+or\s+more\b|\+|-plus\b|-odd\b)?"
    rf")(?P<so>\s+or\s+so\b)?(?![\w%]|[.:/]\d|-\w)"
)
_ASKED = re.compile(r"\b(?:how|as|so|too)\s$")
# "Three rockets or more": the qualifier may stand after up to four words of what is counted.
_TRAILING = re.compile(r"(?:\s+[\w'-]+){1,5}?\s+or\s+more\b")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A number in a text: its words, its range (None is open), and the qualifier as written."""

    span: Span
    low: int | None
    high: int | None
    qualifier: str | None = None


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[NumberWords]:
    """The numbers in the text, left to right; dates, clock times, decimals of money and parts of words left out."""
    stop, low_text = len(text) if end is None else end, lowered(text)
    for match in _PATTERN.finditer(low_text, start, stop):
        span = Span(match.start(), match.end())
        if match["vague"]:
            if _ASKED.search(low_text, max(0, span.start - 5), span.start):
                continue  # "how many people", "as many injured"
            low, high = _doubted(*VAGUE[" ".join(match["vague"].split())], "some" if match["so"] else match["doubt"])
            yield NumberWords(span, low, high, text[slice(*match.span("doubt" if match["doubt"] else "vague"))])
            continue
        first = value(match["number"])
        if first is None:
            continue
        second, beside = value(match["second"]) if match["second"] else None, None
        joint = low_text[match.end("number") : match.start("second")].strip() if second is not None else ""
        if second is not None and (second <= first or (joint == "and" and "between" not in match.group())):
            beside = Span(match.start("second"), match.end("second")) if joint.isalpha() else None
            second, span = None, Span(match.start(), match.end("number"))
        qualifier = text[slice(*match.span("qualifier"))] if match["qualifier"] else None
        trailing = qualifier is None and second is None and _TRAILING.match(low_text, span.end, min(stop, span.end + 60))
        if match["more"] or trailing:
            qualifier = "or more"
        yield NumberWords(span, *bounds(first, second, "some" if match["so"] else qualifier), qualifier)
        if beside and (other := value(beside.of(text))) is not None:
            yield NumberWords(beside, other, other)  # "five and seven": two numbers, no range


def _doubted(low: int, high: int | None, qualifier: str | None) -> tuple[int | None, int | None]:
    """A vague word's range with the qualifier before it: "at least a dozen", "nearly two dozen"."""
    if qualifier and qualifier.lower() in _LESS:
        return None, high
    return (low, None) if high is None else bounds(low, None if low == high else high, qualifier)


def bounds(first: int, second: int | None, qualifier: str | None) -> tuple[int | None, int | None]:
    """The range that a number with its qualifier gives. "About" and "nearly" leave a tenth, as reports round."""
    if second is not None:
        return first, second
    word = (qualifier or "").lower()
    if word in _MORE or word == "or more":
        return first, None
    if word in _LESS:
        return None, first
    if word in _NEARLY:
        return first - first // 10, first
    if word in _ABOUT:
        return first - first // 10, first + first // 10
    return first, first


def value(words: str) -> int | None:
    """The whole number that digits or words give; None where they give none ("3.5")."""
    if millions := re.fullmatch(r"(\d+(?:\.\d+)?)m", words.lower()):
        return round(float(millions.group(1)) * 1_000_000)
    total = 0
    for word in words.lower().replace(",", "").replace("-", " ").split():
        if word == "and":
            continue
        if word in _SCALE:
            total = round((total or 1) * _SCALE[word])
        elif word in _SMALL:
            total += _SMALL[word]
        elif word.isdigit():
            total += int(word[:15])
        elif re.fullmatch(r"\d+\.\d+", word) and re.search(r"million|thousand", words, re.I):
            return round(float(word) * _SCALE["million" if "million" in words.lower() else "thousand"])
        else:
            return None
    return total
