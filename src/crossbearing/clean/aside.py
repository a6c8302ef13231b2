"""Which pages are no reports. A real report set aside is worse than an odd page read, so each test wants plain evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crossbearing.clean.cleaned import Cleaned
from crossbearing.clean.shape import SMALL_WORDS, Line
from crossbearing.clean.shown import ages, dates
from crossbearing.model.text import Reason

_ERROR = re.compile(
    r"\b(error 404|404 (error|not found|page)|403 forbidden|page not found|access (to this page )?(is )?denied|too many requests|"
    r"bad gateway|service unavailable|"
    r"internal server error|gateway time-?out|are you (a )?(human|robot)|verify (that )?you are (a )?human|checking your browser|"
    r"captcha|enable javascript|javascript is (disabled|required)|just a moment|attention required|unusual traffic|"
    r"page (you requested|you (are|were) looking for|cannot be found|does not exist|no longer exists)|site can.t be reached)\b",
    re.I,
)
_ERROR_WORDS = 120
"""An error page says little; a longer text that says "access denied" reports on it."""
_LITTLE = 60
"""Nor does it keep more of an article than this, in words, whatever notice stands on the page."""
_REVIEW = re.compile(
    r"\b((film|movie|book|game|album|theatre|theater|tv|television|series|season|music|box office) review|review: |"
    r"(season|series) \d+,? episode \d+|rating: ?\d|\d(\.\d)? ?/ ?(5|10)\b|[★⭐]{2,}|\d out of (5|10|five|ten) stars)",
    re.I,
)
_TOKEN = re.compile(r"[a-z]+")
_ART = frozenset(
    _TOKEN.findall(
        """film movie director directed actor actress starring stars screenplay plot sequel cinema audience performance novel
        author character characters protagonist gameplay player soundtrack scene scenes cast episode series documentary reader
        readers genre album band"""
    )
)
_GAME = frozenset(
    _TOKEN.findall(
        """scored goal goals striker midfielder goalkeeper coach match league championship innings wicket wickets touchdown
        quarterback rebounds playoff playoffs semi semifinal tournament cup halftime kick prix lap laps tennis batsman batting
        fixture point points season team teams club squad victory defeat win fans stadium referee offside equalizer equaliser
        trick"""
    )
)
_HARM = re.compile(
    r"\b(killed|wounded|injured|dead|death toll|casualt\w+|attack\w*|strikes?|airstrikes?|shell\w*|bomb\w*|missiles?|"
    r"drones?|rockets?|"
    r"shot|gunm[ae]n|clash\w*|troops|soldiers?|militants?|army|police|explosion|blast|arrest\w*|protest\w*|riot\w*|"
    r"war|ceasefire)\b",
    re.I,
)
_HARM_TO_ONE = re.compile(
    r"\b(shoot\w*|gun(?:fire|fight|shots?|battle)|stab\w*|murder\w*|homicides?|kidnap\w*|abduct\w*|hostages?|dies|died|hurt)\b",
    re.I,
)
"""What a headline speaks of that is news though no article came with it: an entry of a feed, a page behind a wall."""
_HEADLINE = 4
"""So many words make such a headline."""
_ART_SHARE, _GAME_SHARE = 1 / 25, 1 / 14
"""Of the article's words; a report of an attack on a stadium or a theatre stays well below, and speaks of harm."""
_HEADLINES = 12
"""So many headlines, without one sentence of an article, make an index."""
_LONGEST = 25
"""Words of the longest headline."""
_STOP_INSIDE = re.compile(r"[a-z]{3}[.!?][\"”’)]? [A-Z\"“](?:\S+ ){2,}\S+$")
_MINUTE = re.compile(r"(?:[\w .'-]{2,40}, )?\[(?=[^\]]*\d[./-]\d)[^\]\n]*\d{1,2}[:.]\d{2}[^\]\n]*\]")
_POSTS = 2
"""So many lines with a minute in brackets make a page an export of posts."""
_STAMPED = 6
"""So do as many with a date or an age each; fewer stand below many an article."""
_TEXT = 12
"""Words from which a line that stands by itself and has no date is text, though no full stop ends it."""
_LANGUAGE_WORDS = 40
"""Fewer words than this show no language."""


def why_not(cleaned: Cleaned) -> tuple[Reason, str] | None:
    """Why the page is no report, with a sentence for the person who asks; None where it may be one."""
    text = cleaned.text
    if not text.strip():
        return Reason.EMPTY, "There is no text in it"
    kept = [line for line, kind in zip(cleaned.marked.lines, cleaned.marked.kinds, strict=True) if kind is None]
    body = "\n".join(line.text for line in kept)
    title = cleaned.metadata.title.value if cleaned.metadata.title else ""
    words = sum(line.words for line in kept)
    total = sum(line.words for line in cleaned.marked.lines)
    if total <= _ERROR_WORDS and (match := _ERROR.search(text)) and words < _LITTLE and not _HARM.search(body):
        return Reason.ERROR, f"It is short and says “{match.group()}”"
    if total >= 30 and 8 * sum(line.small for line in cleaned.marked.lines) < total and _foreign(text):
        return Reason.LANGUAGE, "Hardly any of its words are English"
    if not _is_export(cleaned.marked.lines) and (listed := _listed(cleaned, kept)):
        return Reason.INDEX, listed
    if words == 0 and not (len(title.split()) >= _HEADLINE and (_HARM.search(title) or _HARM_TO_ONE.search(title))):
        return Reason.NO_ARTICLE, "Every line of it is furniture: menus, notices, teasers of other articles"
    return _subject(title, body, words)


def _is_export(lines: Sequence[Line]) -> bool:
    """Whether a chat or a channel was saved post by post, each under its minute: "[04/05/2026 03:12]". Posts often leave out the
    last stop, and look like headlines."""
    return sum(_MINUTE.match(line.text) is not None for line in lines) >= _POSTS


def _listed(cleaned: Cleaned, kept: Sequence[Line]) -> str:
    """What makes the page an index, as a sentence; nothing where it may be a report."""
    headlines = sum(5 <= line.words <= _LONGEST and not line.ends and line.kind is None for line in cleaned.marked.lines)
    if headlines >= _HEADLINES and not any((line.ends and line.words >= 6) or _runs_on(line) for line in kept):
        return f"It has {headlines} headlines and no article"
    if stamped := _stamped(cleaned):
        return f"It has {stamped} headlines with a date or an age each, and no article"
    return ""


def _runs_on(line: Line) -> bool:
    """Whether a line is longer than any headline, or a sentence ends within it."""
    longer = line.words > _LONGEST or _STOP_INSIDE.search(line.text) is not None
    return longer and line.small * 6 >= line.words


def _stamped(cleaned: Cleaned) -> int:
    """How many headlines have a date or an age each, where that makes the page an index; else 0.

    One sentence above the last of them, wherever it was sorted, may be a short report with a list of others below it.
    """
    lines, kinds = cleaned.marked.lines, cleaned.marked.kinds
    if len(lines) < _STAMPED or any(k is None and (line.prose or _runs_on(line)) for line, k in zip(lines, kinds, strict=True)):
        return 0
    dated = [line.words <= 30 and not line.text.endswith(".") and _is_stamped(line.text) for line in lines]
    headline = [3 <= line.words <= 30 and line.kind is None and not line.text.endswith(".") for line in lines]
    with_date = [
        i
        for i, is_dated in enumerate(dated)
        if is_dated and ((headline[i] and lines[i].words >= 6) or any(h and not d for h, d in _beside(headline, dated, i)))
    ]
    if len(with_date) < _STAMPED:
        return 0
    for i, line in enumerate(lines):
        by_date = dated[i] or any(d for _, d in _beside(headline, dated, i))
        sentence = line.ends and line.words >= 3 and not (by_date and line.text[-1] in "?!")
        text = sentence or (line.words >= _TEXT and 4 * line.small >= line.words and not by_date)
        if text and line.kind is None and not dated[i] and (i < with_date[-1] or kinds[i] is None):
            return 0
    return len(with_date)


def _is_stamped(text: str) -> bool:
    """Whether a line begins or ends with a date or an age."""
    found = (*ages(text), *dates(text))
    return any(f.span.start <= 2 or len(text) - f.span.end <= 2 for f in found)


def _beside(headline: Sequence[bool], dated: Sequence[bool], at: int) -> list[tuple[bool, bool]]:
    """What the lines just above and below are."""
    return [(headline[i], dated[i]) for i in (at - 1, at + 1) if 0 <= i < len(dated)]


def _foreign(text: str) -> bool:
    """Whether the text is clearly not English: nearly none of the small words that every English text is full of."""
    words = re.findall(r"[^\W\d_]+", text.lower()[:20000])
    if len(words) < _LANGUAGE_WORDS:
        letters = [c for c in text if c.isalpha()]
        return len(letters) > 80 and sum(c < "ɐ" for c in letters) < len(letters) / 4
    return sum(w in SMALL_WORDS for w in words) < len(words) / 14


def _subject(title: str, body: str, words: int) -> tuple[Reason, str] | None:
    """Reviews and sport, where the whole article is full of their words and none of harm's."""
    if words < 60:
        return None
    tokens = _TOKEN.findall(body.lower())
    art, game = sum(map(_ART.__contains__, tokens)) / words, sum(map(_GAME.__contains__, tokens)) / words
    if art <= _ART_SHARE / 2 and game <= _GAME_SHARE:
        return None
    harm = len(_HARM.findall(body)) / words
    if art > _ART_SHARE / 2 and harm < 2 * art and (match := _REVIEW.search(title + "\n" + body[:400])):
        return Reason.FICTION, f"It is a review (“{match.group().strip()}”)"
    if art > _ART_SHARE * 1.6 and harm < art / 3:
        return Reason.FICTION, "Its words are those of films, books and games"
    if game > _GAME_SHARE and harm < game / 5:
        return Reason.SPORT, "Its words are those of a match"
    return None
