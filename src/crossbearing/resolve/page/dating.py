"""When was this page written? An interval, from everything that the page shows of itself and everything that it says.

Each piece of evidence allows some days. The pieces are taken strongest first; each narrows what is left, and one that
would leave nothing is kept as a contradiction, or set aside where it was only a habit of writing ("on Thursday" told a
day or two later). So every date comes with its reasons, and no evidence gives an open interval. Weighed all together, the
pieces also say how likely the answer is, which days hold nine tenths of all chances, and when a date that the page shows
is less likely than not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from crossbearing.model.outcome import Dating
from crossbearing.model.provenance import Because
from crossbearing.model.text import DateKind, Document
from crossbearing.model.when import Interval
from crossbearing.resolve.page import attacked, clues, counts, evidence, offices, totals
from crossbearing.resolve.page.evidence import EVERY, Days, Piece, Shares, merged, moved, padded, written
from crossbearing.words import times
from crossbearing.words.time_forms import TimeWords

# Beyond this many days a weekday leaves too many answers to be worth listing, and a date without its year beyond so many years.
_LISTED, _YEARS = 800, 3
# A shown date that is less likely than this contradicts the text, and an answer that is gets wider.
_DOUBTED = 0.5
# A shown date with no more chance than this gives way to a whole date that the text itself bears.
_LOST = 0.001
# Where the pieces fit so badly that no answer of so many days holds them, only what bounds the page at one end is kept.
_WIDE = 400
# More stretches than this are a rhythm ("some Friday"), and no answer; a date without its year has one for each year weighed.
_KEPT = 60


def date_page(document: Document, found: Sequence[TimeWords] | None = None) -> Dating:
    """When the page was written, with each reason.

    `found` are the time expressions of the document's whole text, where the caller has them already. A date that the
    page shows as its own stands; what its text says against that is told in `contradiction`. It gives way only where the
    text bears a whole date of its own and all else leaves it next to no chance: an old story put up anew, a feed whose dates
    are garbled. Without any evidence the interval is open, up to the day after the capture where that is known.
    """
    said = times.settled(document.text, times.find(document.text)) if found is None else list(found)
    pieces = list(_pieces(document, clues.outside_addresses(document.text, said)))
    dating = _narrowed(pieces)
    if not evidence.weighed(dating.published):
        return dating
    shares = evidence.weigh(pieces)
    likely, share = evidence.likeliest(shares, most=_KEPT)
    shown = next((piece.options[0][0] for piece in pieces if piece.shown and piece.options), EVERY)
    if dating.contradiction is None and (left := evidence.held(shares, (padded(shown, 1, 1),))) < _DOUBTED:
        doubt = _doubt(pieces, shares, shown, likely)
        borne = _borne(pieces, likely) if left < _LOST else None
        dating = _righted(pieces, borne, doubt) if borne else replace(dating, contradiction=doubt)
    elif dating.published != shown and evidence.held(shares, (dating.published,)) < _DOUBTED:
        dating = _widened(pieces, shares, shown, likely, dating)
    chance = evidence.held(shares, (dating.published,))
    kept = likely if len(likely) <= _KEPT and likely[0].earliest and likely[-1].latest else ()
    return replace(dating, chance=round(chance, 4), likely=kept, share=round(share, 4))


def _borne(pieces: Sequence[Piece], likely: Days) -> Interval | None:
    """The day that the text itself bears, where the likely days are one stretch and it lies among them."""
    days = (stretch for piece in pieces if piece.borne for stretch in piece.options[0])
    return next((day for day in days if day.meets(likely[0])), None) if len(likely) == 1 else None


def _righted(pieces: Sequence[Piece], borne: Interval, doubt: str) -> Dating:
    """The page dated by all that it says, and what it shows set aside."""
    rest = _narrowed([piece for piece in pieces if not piece.shown])
    aside = (
        Because(piece.evidence, f"set aside as a contradiction: {piece.says}", written(piece.options[0]))
        for piece in pieces
        if piece.shown and piece.options
    )
    return replace(
        rest, published=borne, because=(*rest.because, *aside), contradiction=f"{doubt} Taken is {borne}, which its text bears."
    )


def _widened(pieces: Sequence[Piece], shares: Shares, shown: Interval, likely: Days, dating: Dating) -> Dating:
    """A likelier answer in place of an unlikely one: every habit stretched; else the likely days; else what only bounds it."""
    stretched = _narrowed(pieces, stretched=True)
    if evidence.held(shares, (stretched.published,)) >= _DOUBTED:
        return stretched
    whole = Interval(likely[0].earliest, likely[-1].latest).narrowed(shown)
    if whole is None or (whole.days or _WIDE + 1) > _WIDE:
        whole = _narrowed([piece for piece in pieces if piece.bounds]).published
    return replace(dating, published=whole)


def _narrowed(pieces: Sequence[Piece], stretched: bool = False) -> Dating:
    """The days that all pieces allow, strongest first; `stretched` takes each habit at its widest."""
    left: Days = (EVERY,)
    because: list[Because] = []
    against: list[str] = []
    # What cannot be listed yet may be once all others have narrowed the answer.
    later: list[Piece] = []
    for piece, first in chain(((piece, True) for piece in pieces), ((piece, False) for piece in later)):
        if piece.only_weighs:
            because.append(Because(piece.evidence, f"weighed: {piece.says}"))
            continue
        options = piece.options or _listed(piece, left)
        if first and piece.listed and not options:
            later.append(piece)
            continue
        for allowed in options[-1:] if stretched else options:
            if fitting := _both(left, allowed):
                left = fitting
                because.append(Because(piece.evidence, piece.says, written(allowed)))
                break
        else:
            if options and piece.firm and because:
                would = written(options[0])
                against.append(f"{piece.says}, which would allow {would}; that does not fit what is stronger: {because[0].says}")
                because.append(Because(piece.evidence, f"set aside as a contradiction: {piece.says}", would))
            elif not piece.by_weekday or options:
                because.append(Because(piece.evidence, f"noted, without effect on the date: {piece.says}"))
    return Dating(Interval(left[0].earliest, left[-1].latest), tuple(because), ". ".join(against) + "." if against else None)


def _doubt(pieces: Sequence[Piece], shares: Shares, at: Interval, likely: Days) -> str:
    """Why the date shown is less likely than not, by the pieces that speak most against it."""
    against = sorted(
        (piece for piece in pieces if not piece.shown), key=lambda piece: evidence.against(piece, shares, at), reverse=True
    )
    reasons = "; ".join(piece.says for piece in against[:2])
    other = f"; the likeliest days are {written(likely)}" if len(likely) <= 4 else ""
    return f"the page shows {at}, which its own words make unlikely: {reasons}{other}."


def _pieces(document: Document, said: list[TimeWords]) -> Iterator[Piece]:
    """All evidence, strongest first."""
    article = document.article()
    yield from clues.shown(document, DateKind.PUBLISHED)
    yield from clues.captured(document)
    yield from clues.shown(document, DateKind.URL)
    yield from clues.dateline(document, said)
    yield from clues.shown(document, DateKind.UPDATED)
    yield from totals.cited_totals(document)
    yield from attacked.cited_counts(document, said)
    yield from clues.latest_dates(document, said, article)
    yield from clues.links(document)
    yield from counts.counted_days(document)
    yield from counts.units_since(document)
    yield from counts.since_without_year(document, said, article)
    yield from clues.lead_day(document, said, article)
    yield from clues.weekdays(document, said, article)
    yield from clues.shown(document, DateKind.OTHER)
    yield from clues.without_year(document, said, article)
    yield from offices.holders(document)
    yield from clues.shown(document, DateKind.AGE)
    yield from clues.shown(document, DateKind.COPYRIGHT)


def _both(a: Days, b: Days) -> Days:
    """The days in both."""
    return tuple(sorted((n for i in a for j in b if (n := i.narrowed(j))), key=lambda i: i.earliest or date.min))


def _listed(piece: Piece, left: Days) -> tuple[Days, ...]:
    """A weekday, or a date without its year, as the days that it allows within what is left; none where those are too many."""
    first, last = left[0].earliest, left[-1].latest
    hits: list[date] = []
    most = 0
    if first is None or last is None:
        return ()
    if piece.by_weekday and (last - first).days <= _LISTED:
        weekday, most = piece.by_weekday
        before = moved(first, -((first.weekday() - weekday) % 7))
        hits = [before + timedelta(days=n) for n in range(0, (last - before).days + 1, 7)]
    elif piece.by_date:
        month, day, most = piece.by_date
        years = (evidence.in_year(year, month, day) for year in range(max(first.year - 1, 1), last.year + 1))
        hits = [hit for hit in years if moved(first, -most) <= hit <= last and evidence.is_meant(hit, piece.on, day)]
        if len(hits) > _YEARS:
            return ()
    # The day itself or the next; else up to so many days on.
    return tuple(merged(Interval(d, moved(d, n)) for d in hits) for n in dict.fromkeys((1, most))) if hits else ()
