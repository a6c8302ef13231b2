"""What the lines of a scrape look like: length, punctuation, how much of each is prose, and what stands around it.

A scrape has lost its markup; what is left is shape. An article's lines are long, end in a full stop, are full of small
words and stand together; a menu's are short, capitalised and end in nothing. Everything here is counted, nothing learned:
the weights that make a choice of it stand in `resources/scrape_weights.yml`.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from crossbearing.clean.icons import parts, shows
from crossbearing.model.text import FurnitureKind
from crossbearing.resources import table

SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """the of to and in a that is was for on with as by at it from he his be are has had were have said its an they who
        which but not their after this will been she her or one than about when there into would also over out up more no him
        them could what during before against between two under while where other some so if can all we you i my our your do
        did because since only being those these such us how any me""",
    )
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_STOPS, _CLOSING = ".!?…", "\"'”’)]»"
# This pattern and `_GLUE` open with a rare character and look back from it: a search then skips what cannot match.
_INNER_END = re.compile(r"[.!?](?<=[a-z0-9)\"”’].)[\"'”’)\]]*\s+[\"'“‘(\[]?[A-Z0-9]")
_DIGIT = re.compile(r"\d")
_SAID = re.compile(r"\b(?:said|says|told|added|according to|reported|announced|stated|confirmed|claimed|warned|accused)\b")
_SAYING = tuple("said says told added according reported announced stated confirmed claimed warned accused".split())
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d{2}\b|\b(19|20)\d{2}\b|\b\d+ (minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago\b", re.I
)
_MARK = re.compile(r"[|•·»›©→►▶]")
# Before its fixed part nothing here is longer than a character, so a line is read once, however long a word of it is.
_ADDRESS = re.compile(r"https?://|www\.|[\w.]@\w+\.|\.(?:com|org|net)\b")
_ADDRESS_PARTS = "://", "www.", "@", ".com", ".org", ".net"
_CARRIES_ON = re.compile(r"[,;:.)\]”’]|['’]s\b|[a-z]")
_HANGS = re.compile(
    r"(?:,|\b(?:the|of|to|in|a|an|and|by|with|for|on|at|from|that|as|or|is|was|said|told|his|her|its|their|The))$"
)
# Words run together where a page's elements met without white space: "NewsSport", "ended.Another"; not "YouTube" alone.
_GLUE = re.compile(
    r"[A-Z“\"‘](?:(?<=[a-z0-9][A-Z])(?<!\bMc.)(?<!\bMac.)(?=[a-z])|(?<=[a-z0-9)”\"’][.!?].)(?=[\w“‘])|(?<=[.!?][”\"’].))"
)

_LEXICON_KINDS = ("share", "notice", "related", "comments", "footer", "caption", "byline", "menu")
_SHORT = 25  # words: longer lines are held to no `holds` pattern; prose may speak of Reuters and newsletters


_WIDTH = 45, 100
"""Characters of a line in text that is wrapped at a fixed width."""
_MENU = 8  # words of a menu line or button at most, for which remembering pays
_CAPTION = 80  # words: a caption with its credit is seldom longer


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one stretch of a line in which elements ran together."""

    start: int
    end: int
    text: str
    words: int
    small: int
    """How many of the words are small words."""
    capitals: int
    ends: bool
    """Whether it ends as a sentence does."""
    kind: FurnitureKind | None
    """What its wording alone would make of it."""
    last: bool
    """Whether it is a heading after which nothing belongs to an article."""
    key: str
    """The words, folded: what a line that stands again has in common with itself."""

    @property
    def prose(self) -> bool:
        """Whether it reads as running text: sentences of some length with small words in them."""
        return self.kind is None and self.words >= 8 and self.ends and self.small * 6 >= self.words


def cut(text: str) -> list[Line]:
    """The text's lines that hold anything, each without outer white space.

    A line in which elements ran together is cut at the seams; a paragraph wrapped at a fixed width is one line.
    """
    shouts = _shouts(text)
    found: list[Line] = []
    for start, end in _wrapped(text):
        whole = text[start:end]
        at = 0
        for seam in (*(_seams(whole) if not shouts else ()), len(whole)):
            piece = whole[at:seam]
            if bare := piece.strip():
                found.append(look(bare, start + at + len(piece) - len(piece.lstrip()), shouts))
            at = seam
    return found


def _shouts(text: str) -> bool:
    """Whether the text is in capitals, as wires of old are: then capitals tell nothing."""
    sample = text[:20000]
    if 5 * sum(map(sample.count, "eaiont")) >= len(sample):  # so many small letters leave room for too few capitals
        return False
    large = sum(c.isupper() for c in sample)
    return large > 200 and large > 4 * sum(c.islower() for c in sample)


def _wrapped(text: str) -> list[tuple[int, int]]:
    """The places of the text's lines, those of a paragraph wrapped at a fixed width taken together."""
    found: list[tuple[int, int]] = []
    for paragraph in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        places = [(paragraph.start() + m.start(), paragraph.start() + m.end()) for m in re.finditer(r"[^\n]+", paragraph.group())]
        if len(places) >= 2 and _is_wrapped([text[a:b].strip() for a, b in places]):
            found.append((places[0][0], places[-1][1]))
        else:
            found.extend(places)
    return found


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines look like one paragraph broken at a width: all but the last nearly as long, sentences running over."""
    longest = max(map(len, lines))
    if not _WIDTH[0] <= longest <= _WIDTH[1] or any(len(line) < longest * 0.7 for line in lines[:-1]):
        return False
    if any(a == b for a, b in itertools.pairwise(lines)) or any(shows(line, _SHORT) for line in lines):
        return False  # a title that stands twice, or the icons below it
    over = sum(not _ends(a) and (b[:1].islower() or b.isupper()) for a, b in itertools.pairwise(lines))
    return over * 2 >= len(lines) - 1


def _seams(line: str) -> list[int]:
    """Where a line's elements ran together. A single seam is a name with a capital in it, unless a stop stands there."""
    seams = [m.start() for m in _GLUE.finditer(line)]
    if len(seams) >= 3:
        glued = {part.start for part in parts(line)[1:]}
        seams = [at for at in seams if at not in glued]
    stops = sum(line[at - 1] in '.!?”"’' for at in seams)
    return seams if len(seams) >= 3 or (stops and len(line) > 200) else []


def _ends(text: str) -> bool:
    """Whether a stop closes the text, or stands right before its closing quotes and brackets."""
    return (text.rstrip(_CLOSING) or " ")[-1] in _STOPS


def look(text: str, start: int, shouts: bool = False) -> Line:
    """What one line without outer white space looks like by itself; `shouts` where its text is all in capitals."""
    words = _WORD.findall(text)
    key = " ".join(words).lower()
    small = sum(map(SMALL_WORDS.__contains__, key.split(" ")))
    capitals = len(words) // 6 if shouts else sum([w[0].isupper() for w in words])
    kind, last = wording(text.lower().strip(" \t:|-–—•·>»*_"), len(words))
    if kind is None and len(words) <= _SHORT and shows(text, len(words)):
        kind = FurnitureKind.MENU
    return Line(start, start + len(text), text, len(words), small, capitals, _ends(text), kind, last, key)


def wording(lower: str, words: int) -> tuple[FurnitureKind | None, bool]:
    """The kind of furniture that a line's wording shows, and whether it is a heading that ends an article."""
    if words > _CAPTION:
        return None, False
    return _heading(lower, words) if words <= _MENU else _wording(lower, words)


@lru_cache(maxsize=4096)
def _heading(lower: str, words: int) -> tuple[FurnitureKind | None, bool]:
    """The same, remembered: a site's menus and buttons stand on each of its pages."""
    return _wording(lower, words)


def _wording(lower: str, words: int) -> tuple[FurnitureKind | None, bool]:
    known = _lexicon()
    match = known.whole.fullmatch(lower) if words <= 10 else None
    match = match or known.starts.match(lower)
    if match is None and words <= _SHORT and any(map(lower.__contains__, known.to_hold)):
        match = known.holds.search(lower)
    if match is None and any(map(lower.__contains__, known.to_credit)):
        match = known.credit.search(lower)
    if match is None or match.lastgroup is None:
        return None, False
    return FurnitureKind(match.lastgroup), words <= 8 and known.ends.fullmatch(lower) is not None


class _Lexicon(NamedTuple):
    """`resources/furniture.yml` as patterns over lower-case text, each kind a named group."""

    whole: re.Pattern[str]
    starts: re.Pattern[str]
    holds: re.Pattern[str]
    ends: re.Pattern[str]
    credit: re.Pattern[str]
    to_hold: tuple[str, ...]
    to_credit: tuple[str, ...]
    """Every line that `holds` or `credit` finds has one of these in it: looking for them is much quicker."""


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    entries: dict[str, Any] = table("furniture.yml")

    def pattern(form: str) -> re.Pattern[str]:
        kinds = [(kind, entries[kind].get(form, ())) for kind in _LEXICON_KINDS]
        groups = [f"(?P<{kind}>{'|'.join(_plain(p) for p in patterns)})" for kind, patterns in kinds if patterns]
        return re.compile("|".join(groups))

    whole, starts, holds, ends, credit = map(pattern, ("whole", "starts", "holds", "ends_article", "credit"))
    needed = entries["needed"]
    return _Lexicon(whole, starts, holds, ends, credit, tuple(needed["holds"]), tuple(needed["credit"]))


def _plain(pattern: str) -> str:
    """An entry as a regular expression without groups of its own, so that the kind's group is the last to close.

    It is held to lower-case text, which is quicker than leaving case open.
    """
    return "(?:" + re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern).replace("[A-Z]", "[a-z]") + ")"


def features(lines: Sequence[Line]) -> list[dict[str, float]]:
    """For each line, its features by name: what it looks like, what stands around it, where the prose lies."""
    if not lines:
        return []
    times = Counter(line.key for line in lines)
    runs = _runs(lines)
    prose = [
        line.prose or (run[2] > 1 and run[1] and run[0] >= 12 and line.kind is None)
        for line, run in zip(lines, runs, strict=True)
    ]
    sums = [0]
    for line, good in zip(lines, prose, strict=True):
        sums.append(sums[-1] + line.words * good)
    near, wide = _core(lines, prose, None), _core(lines, prose, _BREAK)
    gone = _since_heading(lines, prose, sums)
    shared = _shared(lines, prose, *wide)
    around = [_around(line, good) for line, good in zip(lines, prose, strict=True)]
    total = max(sums[-1], 1)
    out = []
    for i, line in enumerate(lines):
        f = _own(line, times[line.key])
        for off, (long, small, running, worded, edge) in _NEIGHBOURS:
            at = i + off
            if 0 <= at < len(lines):
                f[long], f[small], f[running], f[worded] = around[at]
            else:
                f[edge] = 1.0
        _joined(f, runs[i], line)
        own = line.words * prose[i]
        f["prose near"] = math.log1p(sums[min(len(lines), i + 5)] - sums[max(0, i - 4)] - own)
        f["prose wide"] = math.log1p(sums[min(len(lines), i + 13)] - sums[max(0, i - 12)] - own)
        _where(f, i, near, "core")
        _where(f, i, wide, "wide core")
        f["prose before"] = sums[i] / total
        f["shares"] = shared[i]
        f["shares x log words"] = shared[i] * f["log words"]
        f["short page"] = float(len(lines) < 40)
        if gone[i]:
            f[f"after {gone[i]}"] = 1.0
            f[f"after {gone[i]}, prose"] = float(prose[i])
        out.append(f)
    return out


_NEIGHBOURS = tuple(
    (side * far, tuple(f"{name}{far} {what}" for what in ("log words", "small share", "prose", "wording", "edge")))
    for far in (1, 2, 3)
    for side, name in ((-1, "before"), (1, "after"))
)


def _around(line: Line, prose: bool) -> tuple[float, float, float, float]:
    """What its neighbours see of a line."""
    return math.log1p(line.words), line.small / max(line.words, 1), float(prose), float(line.kind is not None)


def _own(line: Line, times: int) -> dict[str, float]:
    """A line's features that need no other line."""
    words = max(line.words, 1)
    f = {
        "one": 1.0,
        "log words": math.log1p(line.words),
        "small share": line.small / words,
        "capital share": line.capitals / words,
        "ends": float(line.ends),
        "small share x log words": line.small / words * math.log1p(line.words),
    }
    size = next(
        (name for most, name in ((1, "1"), (3, "3"), (6, "6"), (11, "11"), (19, "19"), (39, "39")) if line.words <= most), "more"
    )
    f[f"words to {size}"] = 1.0
    f[f"ends, words to {size}"] = float(line.ends)
    if times > 1:
        f["stands again"] = 1.0
    if line.kind:
        f[f"wording {line.kind.value}"] = 1.0
        f["wording, long"] = float(line.words > 15)
    if line.words == 0:
        f["no words"] = 1.0
        return f
    _written(f, line)
    return f


def _written(f: dict[str, float], line: Line) -> None:
    """What stands in a line: marks, digits, sentences, quotes, addresses."""
    text = line.text
    lower = text.lower()
    if _MARK.search(text) or text.endswith(("...", "…")):
        f["mark"] = 1.0
    if _DIGIT.search(text):
        f["digit"] = 1.0
        if line.words < 16 and _CLOCK.search(text):
            f["clock"] = 1.0
    if _INNER_END.search(text):
        f["sentences"] = 1.0
    if any(map(lower.__contains__, _SAYING)) and _SAID.search(lower):
        f["said"] = 1.0
    if text[0].islower():
        f["starts small"] = 1.0
    if '"' in text or "“" in text:
        f["quotes"] = 1.0
    if text.endswith(":"):
        f["colon"] = 1.0
    if any(map(lower.__contains__, _ADDRESS_PARTS)) and _ADDRESS.search(lower):
        f["address"] = 1.0
    if line.capitals == line.words and text.isupper():
        f["upper"] = 1.0
    if "?" in text or "!" in text:
        f["asks"] = 1.0


def _runs(lines: Sequence[Line]) -> list[tuple[int, bool, int]]:
    """For each line: the words of the broken paragraph that it seems to be part of, whether that ends as a sentence does,
    and how many lines it has. A link within a paragraph breaks it in scrapes that write each text node on its own line."""
    out: list[tuple[int, bool, int]] = []
    first = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and goes_on(lines[i - 1], lines[i]):
            continue
        words = sum(line.words for line in lines[first:i])
        small = sum(line.small for line in lines[first:i])
        out.extend([(words, lines[i - 1].ends and small * 6 >= words, i - first)] * (i - first))
        first = i
    return out


def goes_on(one: Line, two: Line) -> bool:
    """Whether the second line seems to carry on the first one's sentence."""
    if one.ends and one.words > 3:
        return False
    if one.words + two.words < 5 or (two.kind is FurnitureKind.MENU and shows(two.text, two.words)):
        return False
    return bool((_CARRIES_ON.match(two.text) and (one.words > 3 or two.words > 3)) or (_HANGS.search(one.text) and one.words > 2))


def _joined(f: dict[str, float], run: tuple[int, bool, int], line: Line) -> None:
    """What the broken paragraph around a line looks like."""
    words, ends, size = run
    if size > 1:
        f["joined"] = 1.0
        f["joined log words"] = math.log1p(words)
        f["joined, ends"] = float(ends)
        f["joined share"] = line.words / max(words, 1)


_BREAK = 12
"""Lines of furniture that a break in an article counts for at most, however long it is: a subscription box of thirty lines."""


def _core(lines: Sequence[Line], prose: Sequence[bool], most: int | None) -> tuple[int, int]:
    """Where the prose lies densest: the run of lines with the highest sum, prose counting for and the rest against.

    `most` bounds how many lines of one break count.
    """
    best, best_start, best_end, total, start, gap = 0.0, 0, 0, 0.0, 0, 0
    for i, line in enumerate(lines):
        if prose[i]:
            total, gap = total + min(line.words, 60), 0
        else:
            gap += 1
            if most is None or gap <= most:
                total -= 2.5 + (6.0 if line.last else 0.0)
        if total > best:
            best, best_start, best_end = total, start, i + 1
        if total <= 0:
            total, start, gap = 0.0, i + 1, 0
    return best_start, best_end


def _where(f: dict[str, float], i: int, core: tuple[int, int], name: str) -> None:
    """Where a line lies to a run of prose."""
    start, end = core
    if start <= i < end:
        f[f"in {name}"] = 1.0
        f[f"{name} depth"] = math.log1p(min(i - start, end - 1 - i))
    elif i < start:
        f[f"above {name}"] = math.log1p(start - i)
        f[f"just above {name}"] = float(start - i <= 3)
    else:
        f[f"below {name}"] = math.log1p(i - end + 1)
        f[f"just below {name}"] = float(i - end < 3)


def _shared(lines: Sequence[Line], prose: Sequence[bool], start: int, end: int) -> list[float]:
    """For each line, the share of its content words that the densest prose has too (in another line): 0 to 1."""
    sets = [{w for w in line.key.split() if len(w) > 3} - SMALL_WORDS for line in lines]
    times: Counter[str] = Counter()
    for i in range(start, end):
        if prose[i]:
            times.update(sets[i])
    again = {w for w, number in times.items() if number > 1}
    return [
        len(own & again if start <= i < end and prose[i] else own & times.keys()) / (len(own) + 1) for i, own in enumerate(sets)
    ]


def _since_heading(lines: Sequence[Line], prose: Sequence[bool], sums: Sequence[int]) -> list[str]:
    """For each line, the kind of the last heading above it that ends an article, where enough prose stands above that.

    Three lines of prose in a row below a heading of related articles, and it was but a card in the article.
    """
    out, gone = [], ""
    for i, line in enumerate(lines):
        if gone == "related" and all(prose[i : i + 3]):
            gone = ""
        out.append(gone)
        if line.last and line.kind and sums[i] >= 60:
            gone = line.kind.value if gone != "comments" else gone
    return out
