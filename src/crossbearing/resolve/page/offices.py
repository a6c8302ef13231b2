"""Who is said to hold an office: a page that calls somebody president, minister, spokesman is of the years in which they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.text import Document, Span
from crossbearing.model.when import Interval
from crossbearing.resolve.page.evidence import Piece, merged, missed, moved, padded
from crossbearing.words.patterns import any_of

# Between a title and a name may stand a first name, a rank, an initial: "Defense Secretary Gen. Lloyd J. Austin".
_BETWEEN = r"(?:\s+(?:(?:[A-Z]\.)+|[A-Z][\w’'-]*\.?|al-[A-Z]\w+)){0,3}?"
_RANKS = frozenset("General Admiral Marshal Colonel Major Brigadier Lieutenant Field Sheikh Prince Ayatollah Dr".split())
# Words before a title that make it no office of today, or another one.
_NO_MORE = re.compile(
    r"\b(?:(?:former|ex|late|then|deposed|ousted|toppled|onetime|future|assassinated|slain|under|served)[- ]+(?:[\w.’'-]+ ){0,3}"
    r"|(?:deputy|vice|shadow|assistant|acting-deputy|campaign)[- ])$",
    re.I,
)
# A name goes on in another capitalised word ("President Petro Poroshenko", "Prince Mohammed bin Nayef"), unless that is a day or
# a month.
_GOES_ON = re.compile(
    r"[ -](?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:(?:bin|ibn|ben|al|el)[ -])?[A-Z][\w’'-]"
)
# Held a little before the day of office (elect) and after it.
_BEFORE, _AFTER = 75, 30
# Of 277 offices on the development pages (`evals/dating.py`) one was of another time than the page's.
_WRONG = 0.01
# The days from a vote to the office: eleven weeks in the United States, less or a little more elsewhere.
_ELECT = 120
_BLANK = re.compile(r"\n\s*\n")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office."""

    name: str
    title: str
    held: Interval


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[tuple[str, str], tuple[Term, ...]], re.Pattern[str], frozenset[str]]:
    """Terms by title and surname, the pattern of both, and the last words of all surnames."""
    found: dict[tuple[str, str], list[Term]] = {}
    for row in resources.table("offices.yml"):
        held = Interval(row["from"], row.get("to"))
        for title in row["titles"]:
            for surname in row["surnames"]:
                found.setdefault((title.lower(), surname), []).append(Term(row["name"], title, held))
    titles, names = any_of({title for title, _ in found}), any_of({name for _, name in found})
    pattern = re.compile(rf"\b(?P<title>(?i:{titles}))(?P<elect>-[Ee]lect)?(?P<between>{_BETWEEN})\s+(?P<name>{names})$")
    return {key: tuple(terms) for key, terms in found.items()}, pattern, frozenset(name.split()[-1] for _, name in found)


_CAPITALISED = re.compile(r"(?:al-)?[A-Z][\w’'-]*")
# A title and a name stand within so many characters.
_REACH = 90


def _called(text: str, pattern: re.Pattern[str], last: frozenset[str], capitals: bool) -> Iterator[re.Match[str]]:
    """The names that stand behind a title: by the names first, which are fewer than the titles.

    Where all words were written in capitals, they do not say where a name ends.
    """
    for word in _CAPITALISED.finditer(text):
        name = word.group().removesuffix("'s").removesuffix("’s")
        if name in last:
            end = word.start() + len(name)
            match = pattern.search(text, max(0, end - _REACH), end)
            if match and (capitals or not _GOES_ON.match(text, end)) and not _BLANK.search(match.group()):
                yield match


def holders(document: Document) -> Iterator[Piece]:
    """Each person once who is called by an office, with the time in which they held it."""
    text = document.text
    # title() makes two of some letters, which would shift the spans.
    if capitals := text.isupper() and len(text.title()) == len(text):
        text = text.title()
    terms, pattern, last = _terms()
    seen: set[tuple[str, str]] = set()
    for match in _called(text, pattern, last, capitals):
        key = (match["title"].lower(), match["name"])
        if key in seen or key not in terms or _NO_MORE.search(text, max(0, match.start() - 40), match.start()):
            continue
        first = match["between"].split()
        held = [term for term in terms[key] if _fits(term, first, match["name"])]
        if not held:
            continue
        seen.add(key)
        span = Span(match.start(), match.end())
        quote = " ".join(span.of(document.text).split())
        spans = merged(_ahead(term.held) if match["elect"] else padded(term.held, _BEFORE, _AFTER) for term in held)
        says = f"it calls '{quote}' by an office held " + ", ".join(_years(term.held) for term in held)
        yield Piece((span,), says, (spans,), firm=False, miss=missed(spans, _WRONG), kin="offices")


def _fits(term: Term, first: list[str], surname: str) -> bool:
    """Whether the words between title and surname can be this person's: a first name said is the person's own."""
    given = term.name.replace(surname, "").split()
    said = [word for word in first if not word.endswith(".") and word not in _RANKS]
    initials, own = _initials(first), _initials(given)
    if initials and own and initials != own:
        return False
    return not said or not given or any(word in term.name.split() for word in said)


def _initials(words: list[str]) -> str:
    return "".join(word for word in words if _INITIALS.fullmatch(word))


def _ahead(held: Interval) -> Interval:
    """The days on which somebody is elect: from the vote to the day of office."""
    assert held.earliest is not None
    return Interval(moved(held.earliest, -_ELECT), held.earliest)


def _years(held: Interval) -> str:
    return f"{held.earliest} to {held.latest}" if held.latest else f"since {held.earliest}"
