"""The article out of a text scrape: every line of it is kept, and what is furniture is marked with its kind.

Three looks, each simpler than the one before. A line's shape and its neighbours give odds that it is article (`shape.py`,
with learned weights). Sentences left out between kept ones are taken back in. Then the rules that a reader of scrapes
knows: a second title that stands twice opens the teaser of another article, and what follows it may belong to either, so
nothing is drawn from it; a heading of comments or of related articles ends the page's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crossbearing.clean.icons import LABEL, alone
from crossbearing.clean.shape import SMALL_WORDS, Line, cut, features, goes_on, look
from crossbearing.model.text import Furniture, FurnitureKind, Span
from crossbearing.resources import table

_GAP = -2.5
"""Log-odds down to which a full sentence is taken back in between kept ones; chosen on the training pages."""
_REACH, _ROUNDS = 12, 3
"""How many lines off a kept line may stand, and how often those taken back in may take in others."""
_HEADING = 6
"""Words of a heading above a list; a longer line with its wording ("Read also: ...") is an entry by itself."""
_TITLE = 20
"""Words that a title has at most; one that stands again may be longer."""
_OWN = 40
"""Words of article that must stand above a line that stands twice before it can be the title of another article."""
_TITLED, _PLAIN = 25, 15
"""The same where the page's own title is known and the other has no more words than this: then a paragraph will do."""
_STEM = 4
"""Letters of a word that two of its forms share."""
_ANYWHERE = frozenset("mond tues wedn thur frid satu sund peop kill woun inju told acco repo offi late last near".split())
"""Such words, so cut, stand in any report and tell no two apart."""
_GOES_ON = re.compile(r"(?:\W*(?:he|she|it|they|there|this|that|these)\b|(?:\S+\s+){0,4}(?:also|added|adding|earlier)\b)", re.I)
"""How a paragraph begins that goes on from one above it, and no article does."""
_SURE = 4
"""Words that a line below a teaser shares with the page's article alone, where that makes it the article's again."""
_DATE_LINE = re.compile(
    r"^(?:(?:posted|published|updated|last updated|last modified|modified|date|issued|created|first published)\b.*|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*\d.*|.*\b\d{1,2}[:.]\d{2}\b.*|.*\b(?:19|20)\d{2}\b.*|"
    r"(?:\w+ )?\d+ ?(?:min|minute|hour|hr|day|week|month|year)s? ago.*|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*|(?:yesterday|today)\b.*)$",
    re.I,
)
_FORMULA = re.compile(
    r"^\W*(?:(?:first |last )?(?:published|posted|updated|modified|issued)|publication date)\b(?: on| at)?\s*:?\s*\W*\w*\W*\d",
    re.I,
)
_TIME_WORDS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|\d+(?:st|nd|rd|th)?|\d{1,2}[:.]\d{2}|[ap]\.?m\b\.?|gmt|utc|est|edt|et|bst|ist|"
    r"at|on|ago|hours?|days?|minutes?|months?|weeks?|years?|updated|published|posted|last)\b",
    re.I,
)
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]+")
_BYLINE = re.compile(
    r"^(?:by|from|written by|reported by)\s+[A-Z][\w.’'-]+(?:\s+(?:[A-Z][\w.’'-]+|and|&|,|in|for|of))*[,.]?\s*(?:\|.*)?$", re.I
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A scrape's lines with what each one is."""

    lines: tuple[Line, ...]
    kinds: tuple[FurnitureKind | None, ...]
    """None where the line is article."""
    title: int | None
    """The line that is the page's own title."""

    def furniture(self) -> tuple[Furniture, ...]:
        """Neighbouring lines of one kind as one stretch, in order, without overlap."""
        found: list[Furniture] = []
        before: FurnitureKind | None = None
        for line, kind in zip(self.lines, self.kinds, strict=True):
            if kind is not None:
                start = found.pop().span.start if kind is before else line.start
                found.append(Furniture(Span(start, line.end), kind))
            before = kind
        return tuple(found)


def mark(text: str, known: str | None = None) -> Marked:
    """Tell a scrape's article from its furniture, line by line. Pure; never fails; an empty text has no lines.

    `known` is the page's title, where something outside of the text says so.
    """
    return judge(cut(text), known)


def judge(lines: Sequence[Line], known: str | None = None) -> Marked:
    """The same over lines cut elsewhere: a page's blocks."""
    keep = _bridge(lines, _odds(lines))
    title = _known_title(lines, known)
    if title is None:
        title = find_title(lines, keep)
    if title is not None:
        keep[: title + 1] = [kept and line.ends for kept, line in zip(keep[:title], lines, strict=False)] + [False]
    kinds = _ends(lines, keep, title)
    mark_others(lines, kinds, title)
    return Marked(tuple(lines), tuple(name(lines, kinds)), title)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    weights: dict[str, float] = table("scrape_weights.yml")
    return weights


def _odds(lines: Sequence[Line]) -> list[float]:
    """Each line's log-odds of being article."""
    weight = _weights().get
    return [sum([weight(name, 0.0) * value for name, value in line.items()]) for line in features(lines)]


def _bridge(lines: Sequence[Line], odds: Sequence[float]) -> list[bool]:
    """Which lines are kept: those with the odds for it, and full sentences that stand between them.

    A short line whose wording alone says that it is furniture is never kept, nor is one that only shows a date, nor a
    longer one that stands again below: what the page repeats is a caption or a summary, and the last standing is the text.
    """
    last = {line.key: i for i, line in enumerate(lines)}
    open_to = [
        not (
            (line.kind and (line.words <= 10 or line.kind is FurnitureKind.CAPTION) and not (line.ends and line.words > 12))
            or _shows_date(line)
            or (line.words <= LABEL and i > 0 and alone(lines[i - 1].text) is not None)
            or (line.words >= 8 and last[line.key] > i)
        )
        for i, line in enumerate(lines)
    ]
    keep = [x > 0 and ok for x, ok in zip(odds, open_to, strict=True)]
    for _ in range(_ROUNDS):
        more = [
            i
            for i, line in enumerate(lines)
            if not keep[i]
            and line.prose
            and open_to[i]
            and odds[i] > _GAP
            and any(keep[max(0, i - _REACH) : i])
            and any(keep[i + 1 : i + 1 + _REACH])
        ]
        if not more:
            break
        for i in more:
            keep[i] = True
    return keep


def _known_title(lines: Sequence[Line], known: str | None) -> int | None:
    """The line of the page's upper part that is the title as it is known."""
    if not known or not known.strip():
        return None
    wanted = look(known.strip(), 0)
    found = [i for i, line in enumerate(lines[:200]) if same(line, wanted)]
    return found[0] if found else None


def find_title(lines: Sequence[Line], keep: Sequence[bool]) -> int | None:
    """The line that is the page's own title, if one stands above the article's first sentence."""
    first = next((i for i, line in enumerate(lines) if keep[i] and line.words >= 12 and line.ends), len(lines))
    body = {w for line in lines[first : first + 6] for w in line.key.split()} - SMALL_WORDS
    best, best_score = None, 0.0
    again = _keys(lines)
    for i in range(min(first, len(lines) - 1) - 1, max(-1, first - 60), -1):
        line = lines[i]
        if (
            not 3 <= line.words <= (30 if again[line.key] > 1 else _TITLE)
            or line.kind is not None
            or line.text.endswith((".", ":", ","))
            or " -- " in line.text
            or is_date(line)
            or goes_on(line, lines[i + 1])
        ):
            continue
        own = set(line.key.split()) - SMALL_WORDS
        score = len(own & body) / (len(own) + 1) + 0.3 * (again[line.key] > 1) + 0.2 * (line.words >= 6) - 0.004 * (first - i)
        if score > max(best_score, 0.35):
            best, best_score = i, score
    return best


def _keys(lines: Sequence[Line]) -> dict[str, int]:
    times: dict[str, int] = {}
    for line in lines:
        times[line.key] = times.get(line.key, 0) + 1
    return times


def same(a: Line, b: Line) -> bool:
    """Whether one line is the other, or the other with the outlet's name after it ("Title - Outlet")."""
    short, long = sorted((a.key, b.key), key=len)
    return bool(short) and (short == long or (len(short) >= 20 and long.startswith(short) and len(long) <= 2 * len(short)))


def _ends(lines: Sequence[Line], keep: Sequence[bool], title: int | None) -> list[FurnitureKind | None]:
    """Each line's kind so far, with everything below a heading that ends the article as furniture of that heading's kind.

    Such a heading counts only where most of the kept words stand above it: comment links and boxes stand at the top too.
    Three kept lines of prose in a row, none the lead of a title above it, and a list of related articles was but set in.
    """
    total = sum(line.words for line, kept in zip(lines, keep, strict=True) if kept)
    kinds: list[FurnitureKind | None] = []
    above, ended = 0, None
    for i, (line, kept) in enumerate(zip(lines, keep, strict=True)):
        if line.last and line.kind and above >= _OWN and 2 * above >= total:
            ended = line.kind
        elif ended is FurnitureKind.RELATED and _resumes(lines, keep, i):
            ended = None
        above += line.words if kept else 0
        if title is not None and same(line, lines[title]) and not (kept and line.ends):
            kinds.append(FurnitureKind.TITLE)
        elif ended or not kept:
            kinds.append(line.kind or ended or FurnitureKind.OTHER)
        else:
            kinds.append(None)
    return kinds


def _resumes(lines: Sequence[Line], keep: Sequence[bool], at: int) -> bool:
    """Whether the article goes on here below a list of related articles."""
    if not all(keep[at : at + 3]) or not all(line.prose for line in lines[at : at + 3]) or at + 3 > len(lines):
        return False
    return not any(_leads(lines[i], lines[at]) for i in range(max(0, at - 3), at))


def _leads(title: Line, lead: Line) -> bool:
    """Whether a line may be the lead of the article whose title the other is: a lead tells its title again."""
    own = _stems([title])
    return (not title.ends or title.text[-1] in "?!") and len(own) >= 3 and len(own & _stems([lead])) >= max(2, len(own) / 3)


def mark_others(lines: Sequence[Line], kinds: list[FurnitureKind | None], title: int | None) -> None:
    """Mark, in the kinds, what of the kept lines belongs to other articles: listed headlines and teasers."""
    _lists(lines, kinds)
    _teasers(lines, kinds, title)


def _retold(title: Line, lead: Line) -> bool:
    """Whether a line that stands once is the title of another article, its lead right under it: a heading within an article
    is shorter, and what follows goes on from it rather than tell it again."""
    if title.ends or not 8 <= title.words <= 25 or not lead.prose or title.kind is not None:
        return False
    own = set(title.key.split()) - SMALL_WORDS
    return len(own & set(lead.key.split())) >= max(5, 0.6 * len(own))


def _lists(lines: Sequence[Line], kinds: list[FurnitureKind | None]) -> None:
    """Mark the headlines that stand right under a heading of related articles; a broken paragraph's lines are none."""
    listing = False
    for i, line in enumerate(lines):
        if line.kind is FurnitureKind.RELATED and kinds[i] is FurnitureKind.RELATED and line.words <= _HEADING:
            listing = True
            continue
        headline = 2 <= line.words <= 25 and (not line.ends or (line.text[-1] in "?!" and 2 * line.capitals > line.words))
        listing = listing and headline and not (i + 1 < len(lines) and goes_on(line, lines[i + 1]))
        if listing and kinds[i] in (None, FurnitureKind.OTHER):
            kinds[i] = FurnitureKind.RELATED


def _teasers(lines: Sequence[Line], kinds: list[FurnitureKind | None], title: int | None) -> None:
    """Mark the teaser of another article: a title that is not the page's own, standing twice below part of the article.

    What follows belongs to that other article, up to the line that is surely the page's own again. A title that stands
    once may also be a long heading of the article's own: it and its lead are marked, and no more.
    """
    above = 0
    for i, line in enumerate(lines[:-1]):
        twice = _stands_twice(line, lines[i + 1])
        least = _TITLED if title is not None and line.words <= _PLAIN else _OWN
        if not twice and kinds[i] is None and above >= _OWN and _retold(line, lines[i + 1]):
            kinds[i : i + 2] = [FurnitureKind.RELATED] * 2
        if twice and above >= least and not (title is not None and same(line, lines[title])):
            end = _tail(lines, kinds, title, i, above)
            for at in range(i, end):
                if kinds[at] in (None, FurnitureKind.OTHER):
                    kinds[at] = FurnitureKind.RELATED
            if end == len(lines):
                return
        above += line.words if kinds[i] is None else 0


def _stands_twice(line: Line, below: Line) -> bool:
    return 4 <= line.words <= 30 and line.key == below.key and (not line.ends or line.text[-1] in "?!")


def _tail(lines: Sequence[Line], kinds: Sequence[FurnitureKind | None], title: int | None, at: int, above: int) -> int:
    """The line at which the page's own article goes on below a title that stands twice; the end where it does not.

    Where a lead tells the other title again and less follows than stands above, nothing tells where it ends, and the rest
    is taken with it. Otherwise a line is the page's own where more of its words are the article's so far than the teaser's.
    More text below than above, and no article that is surely whole above, and the title is but a card with its lead.
    """
    below = sum(line.words for line, kind in zip(lines[at + 2 :], kinds[at + 2 :], strict=True) if kind is None)
    lead = next((i for i in range(at + 2, min(len(lines), at + 6)) if lines[i].prose), None)
    if lead is None:
        return at + 2
    leads = _leads(lines[at], lines[lead])
    if leads and below <= above:
        return len(lines)
    own = _stems(line for line, kind in zip(lines[:at], kinds[:at], strict=True) if kind in (None, FurnitureKind.TITLE))
    teaser = _stems([lines[at]])
    if not leads and _is_own(lines[lead], own, teaser, 1 if _GOES_ON.match(lines[lead].text) else 2):
        return at + 2
    if below > above and not (title is not None and _whole(lines[title + 1 : at])):
        return lead + 1
    teaser |= _stems([lines[lead]])
    least = _SURE if below <= above else 2
    again = (i for i in range(lead + 1, len(lines)) if kinds[i] is None and lines[i].prose)
    return next((i for i in again if _is_own(lines[i], own, teaser, least)), len(lines))


def _whole(above: Sequence[Line]) -> bool:
    """Whether what stands between two titles is an article, not a teaser or two: paragraphs, and no headline among them."""
    headline = any(4 <= line.words <= 25 and not line.ends and line.kind is None for line in above)
    return not headline and sum(line.prose for line in above) >= 2


def _stems(lines: Iterable[Line]) -> set[str]:
    """The content words of lines, cut so that "bomb", "bombs" and "bombed" are one."""
    return {w[:_STEM] for line in lines for w in line.key.split() if len(w) > 2 and w not in SMALL_WORDS} - _ANYWHERE


def _is_own(line: Line, own: set[str], teaser: set[str], least: int) -> bool:
    """Whether more of a line's words, and so many at least, stand in the page's article alone than in the teaser alone."""
    words = _stems([line])
    return len(words & own - teaser) >= max(least, 2 * len(words & teaser - own) + 1)


def name(lines: Sequence[Line], kinds: Sequence[FurnitureKind | None]) -> list[FurnitureKind | None]:
    """The kinds, with those that wording alone could not tell named by form and place."""
    article = [i for i, kind in enumerate(kinds) if kind is None]
    first, last = (article[0], article[-1]) if article else (len(lines), -1)
    named = list(kinds)
    for i, line in enumerate(lines):
        if kinds[i] is not FurnitureKind.OTHER and kinds[i] is not FurnitureKind.MENU:
            continue
        if is_date(line):
            named[i] = FurnitureKind.DATELINE
        elif kinds[i] is FurnitureKind.MENU:
            continue
        elif line.words <= 12 and _BYLINE.match(line.text):
            named[i] = FurnitureKind.BYLINE
        elif i < first and line.words <= 5:
            named[i] = FurnitureKind.MENU
        elif (i < first or first < i) and 5 <= line.words <= 25 and not line.ends:
            named[i] = FurnitureKind.RELATED
        elif i > last and last >= 0 and line.words <= 4:
            named[i] = FurnitureKind.FOOTER if i > (len(lines) + last) // 2 else FurnitureKind.MENU
    return named


def _shows_date(line: Line) -> bool:
    """Whether a line shows a date or an age and says nothing beside: no sentence, whatever full stop ends it."""
    if line.words > 16 or not _DIGIT.search(line.text):
        return False
    if _FORMULA.match(line.text):
        return True
    return (
        line.small <= 1
        and (_TIME_WORDS.search(line.text) is not None)
        and len(_WORDS.findall(_TIME_WORDS.sub(" ", line.text))) <= 3
    )


def is_date(line: Line) -> bool:
    return line.words <= 14 and _DATE_LINE.match(line.text) is not None
