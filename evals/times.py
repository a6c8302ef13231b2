"""How well time expressions are found and worked out: F1 of TimeML values on annotated texts, beside dateparser.

    python evals/times.py [--errors N] [--alone] [--part CORPUS=PART] [--corpora DIR]

On WikiWars' train part (histories of wars), AQUAINT TimeML (wire news of 1998 to 2000) and the dates of GUM's dev part (many
genres). `--part gum=train` takes another part. `--alone` leaves dateparser out. Conventions:

- relaxed: an expression of ours meets one of the gold's where their spans overlap, one to one, pairs of equal value first.
  span: F1 of these pairs. value, THE figure: F1 of the pairs whose TimeML value is the same. Precision is over all our time
  expressions, recall over all of the gold's that have a value; one of ours that only meets gold without a value is not counted.
- relative: the same over expressions whose value holds a year and whose words hold none (four digits), so that it needs an
  anchor. A pair belongs here by the gold's words, an expression of ours that meets none by its own.
- A value is rendered from what the grammar and the algebra of intervals give, never from the words. Two spellings of one value
  are one: `2000-W7` and `2000-W07`, `196X` and `196`, `1949-XX` and `1949`, `-TNI` and `TNI`, `T6:22` and `T06:22`, `P5H` and
  `PT5H`, `P1DE` and `P10Y`, and of sets `XXXX-XX-XX` and `P1D`. Seconds, zones and modifiers ("early") are not compared.
- The day of the document is given, as in TempEval. Slug lines and dateline of AQUAINT's wires, down to the dash of the first
  paragraph of 20 words, and the stamp at their end hold no text; gold there is left out for all.
- A date without its year is of the year that brings it nearest to the day (days ahead count half as much again), or of the next
  where it is told as ahead.
- A range is two expressions, as annotators have it. Words that anchor to the story have the expression last worked out before
  them as their `previous`; those that count from what is named behind them ("two days after the vote") are none of ours.
- GUM marks only dates, as intervals: there ours are those that name a day or longer, and right where first and last day are
  the gold's. Where its annotators differ among themselves, either way is right: a season ends in the month of the equinox or
  solstice, or in the one before; a week under way ends on its Sunday, or on the day; the end of a unit is the unit, as TimeML has
  it, or its last day. A stretch up to the day ("the past three years") is an interval there: it begins on the anniversary or the
  day after it, one of years also on the first of January of that year or the next; where its units are vaguely many, it is none
  of ours. The world wars are dates only there. A range whose ends share their month, year or century ("5-6 May 2019", "April 14th
  or 15th") is one expression. Years before 1000 are left out, of the gold and of ours. So is, of both, all that counts from the
  day, in documents whose day is not known: GUM writes it as the first of January.
- dateparser: `search_dates` by paragraph, in English, with the document's day as base; a value is as fine as it says itself.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _corpora import corpora
from _readers import Scores, Tally, best_pairs, cells, summed

from crossbearing.model.text import Span
from crossbearing.model.when import Clock, ClockKind, Interval
from crossbearing.resolve.day import tenses, when
from crossbearing.words import times
from crossbearing.words.time_forms import (
    Bare,
    Beginning,
    Bound,
    Calendar,
    Into,
    Length,
    Range,
    Reference,
    Repeated,
    Shift,
    TimeWords,
    Unit,
    Weekday,
    Whole,
    Within,
)

Record = dict[str, Any]
CORPORA = {"wikiwars": "train", "aquaint_timeml": "train", "gum": "dev"}
MEASURES = ("span", "value", "relative")


@dataclass(frozen=True, slots=True)
class Said:
    """A time expression and its value; None where it has none."""

    span: Span
    value: str | None
    words: str = ""
    has_day: bool = True
    """Whether it names a day or longer."""
    opens: bool = False
    """Whether it is the first end of a range."""
    reach: Within | None = None
    """Of a stretch up to the day, or from it, what it says."""
    also: tuple[str, ...] = ()
    """Other values that are as right."""

    @property
    def relative(self) -> bool:
        """Whether its value holds a year that its words do not."""
        return bool(self.value and re.match(r"\d{3}", self.value) and not re.search(r"\d{4}|\d0s", self.words))


ASIDE = 5 * 365
"""Days by which a bare year is off the story, beyond which it is an aside and the story stays where it was."""
Find = Callable[[str, date], list[Said]]

# ---------------------------------------------------------------- ours, as TimeML has it

_LETTERS = {
    Unit.MINUTE: "TM", Unit.HOUR: "TH", Unit.DAY: "D", Unit.WEEK: "W", Unit.WEEKEND: "WE", Unit.MONTH: "M", Unit.YEAR: "Y"
}  # fmt: skip
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}


def ours(text: str, day: date) -> list[Said]:
    """The expressions that the grammar finds, with the values that follow from a document's day."""
    expressions = list(times.find(text, loose=True))
    history = tenses.is_history(expressions, day)
    ranges = {w.span.start for w in expressions if isinstance(w.form, Range) and not _named(w, text)}
    said = None
    story = next((at for w in expressions if (at := said_in_full(w, day))), None) if history else None
    found: list[Said] = []
    for words in (part for expression in expressions for part in parts(expression, text)):
        counts = getattr(words.form, "origin", "story") == "story" and not isinstance(words.form, Calendar)
        page = story if history and story and isinstance(words.form, Whole) else Interval.day(day)
        previous = said if _of_a_year(words) and said else story
        value, at = worked_out(words, page, tenses.tense_of(text, words.span), previous if history or counts else None)
        if tenses.counts_from_event(text, words):
            continue
        if tenses.is_nowadays(words, history):
            value, at = "PRESENT_REF", None
        said = said_in_full(words, day) or said
        if at and at.days and not (at.days > 300 and (not history or (story and story.gap(at) > ASIDE))):
            story = at
        if value:
            hours = isinstance(words.form, Shift | Within) and words.form.unit in (Unit.MINUTE, Unit.HOUR)
            opens, reach = words.span.start in ranges, words.form if isinstance(words.form, Within) else None
            found.append(Said(words.span, value, words.span.of(text), words.has_day and not hours, opens, reach))
    return found


def _of_a_year(words: TimeWords) -> bool:
    """Whether words are "that year": the year last said, though the story may be in another."""
    return words.form == Whole(Unit.YEAR, 0, "", "story")


def said_in_full(words: TimeWords, day: date) -> Interval | None:
    """The days of a date that says its year."""
    form = words.form.first if isinstance(words.form, Range) else words.form
    if not isinstance(form, Calendar) or not form.year:
        return None
    return when.interval(replace(words, form=form, bound=Bound.NONE), Interval.day(day))


_JOINT = re.compile(r"\s+(?:to|and|or|through|until|till|into)\s+|\s*[-–—/]\s*")


def _named(words: TimeWords, text: str) -> bool:
    """Whether a range has one name: "World War II"."""
    form = words.form
    dated = isinstance(form, Range) and isinstance(form.first, Calendar) and form.first.year is not None
    return dated and not re.search(r"\d\d", words.span.of(text))


def parts(words: TimeWords, text: str) -> Iterator[TimeWords]:
    """An expression; of a range its two ends, each with its share of the words."""
    form = words.form
    if not isinstance(form, Range) or _named(words, text):
        yield words
        return
    start, end = words.span.start, words.span.end
    joints = list(_JOINT.finditer(text[start:end]))
    joint = joints[len(joints) // 2] if joints else None
    middle = joint.span() if joint else ((end - start) // 2,) * 2
    yield replace(words, span=Span(start, start + middle[0]), form=form.first, clock=None, night="", bound=Bound.NONE)
    yield replace(words, span=Span(start + middle[1], end), form=form.last, clock=None, night="", bound=Bound.NONE)


def worked_out(
    words: TimeWords, anchor: Interval, tense: tenses.Tense, story: Interval | None
) -> tuple[str | None, Interval | None]:
    """The TimeML value of an expression and its days."""
    match words.form:
        case Length(age=True):
            return None, None
        case Length() | Within() as form:
            return duration(form), None
        case Repeated() as form:
            return (f"XXXX-WXX-{form.weekday + 1}" if form.weekday is not None else f"P1{_LETTERS[form.unit]}"), None
        case Reference() as form:
            return f"{form.kind.upper()}_REF", None
        case Range():  # by name; others come as their ends
            at = when.interval(words, anchor)
            return (f"{at.earliest}/{at.latest}" if at else None), None
        case Beginning() | Into():
            return None, None
        case form:
            plain = replace(words, clock=None, night="", bound=Bound.NONE)
            at = when.interval(plain, anchor, tense if isinstance(form, Weekday | Whole) or tense == "future" else "none", story)
            return (timed(dated(form, at), words) if at else None), at


def duration(form: Length | Within) -> str:
    low, high = form.low, form.high
    if isinstance(form, Within) and low != high and low == 1:
        return "PAST_REF"
    about = form.about if isinstance(form, Length) else ""
    if about == "less":
        low = high
    exact = low == high or about or high - low == 1
    letter = _LETTERS[form.unit]
    number = str(low) if exact else "X"
    return f"PT{number}{letter[1:]}" if letter.startswith("T") else f"P{number}{letter}"


def dated(form: Calendar | Weekday | Shift | Whole | Bare, at: Interval) -> str | None:
    """The value of a form's days, as fine as the form is."""
    if at.earliest is None or at.latest is None:
        return None
    day = at.earliest + (at.latest - at.earliest) / 2
    match form:
        case Calendar():
            # A winter is of the year in which it ends, where no year is said.
            winter = form.part == "winter" and form.year is None
            return _calendar(form, at.latest if winter else at.earliest)
        case Shift() if 1 in (form.low, -form.high) and form.high > form.low:
            return f"PX{_LETTERS[form.unit]}"
        case Shift() if form.high - form.low > 1:
            return "FUTURE_REF" if form.low > 0 else "PAST_REF"
        case Shift() | Whole():
            return _as_fine(form.unit, day if isinstance(form, Shift) else at.earliest, form)
        case Weekday():
            return day.isoformat()
        case Bare():
            return at.latest.isoformat()


def _calendar(form: Calendar, first: date) -> str:
    if form.part == "decade":
        return f"{first.year:04}"[:3]
    if form.part == "century":
        return f"{first.year:04}"[:2]
    if form.part in _SEASONS:
        return f"{first.year:04}-{_SEASONS[form.part]}"
    if form.part.startswith(("half ", "quarter ")):
        kind, _, number = form.part.partition(" ")
        if form.month is None:
            return f"{first.year:04}-{kind[0].upper()}{number}"
    if form.part == "week":
        return _week(first)
    if form.day is not None or form.feast:
        return first.isoformat()
    return f"{first.year:04}" + (f"-{first.month:02}" if form.month is not None else "")


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _as_fine(unit: Unit, day: date, form: Shift | Whole) -> str:
    if isinstance(form, Whole) and form.part in _SEASONS:
        return f"{day.year:04}-{_SEASONS[form.part]}"
    match unit:
        case Unit.WEEK | Unit.WEEKEND:
            return _week(day) + ("-WE" if unit is Unit.WEEKEND else "")
        case Unit.MONTH:
            return f"{day:%Y-%m}"
        case Unit.YEAR:
            return f"{day.year:04}"
        case _:
            return day.isoformat()


def timed(value: str | None, words: TimeWords) -> str | None:
    """A day's value with its time of day."""
    clock = words.clock
    if value is None or clock is None or len(value) != 10:
        return value
    if clock.kind is not ClockKind.PART:
        return f"{value}T{clock.earliest:%H:%M}"
    return value + part_of_day(clock, bool(words.night))


def part_of_day(clock: Clock, night: bool) -> str:
    first, last = clock.earliest.hour, clock.latest.hour
    if night or first >= 20:
        return "TNI"
    if (first, last) == (18, 23) or (first, last) == (0, 8):
        return ""  # "late", "early": a modifier, and no part of the day
    if (first, last) in ((11, 12), (11, 13)):
        return "T12:00"
    return "TMO" if last < 12 else "TAF" if first < 16 else "TEV"


# ---------------------------------------------------------------- dateparser


def theirs(text: str, day: date) -> list[Said]:
    """What dateparser finds, each value as fine as it says that it is."""
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]
    from dateparser.search import search_dates  # type: ignore[import-untyped]

    settings: Any = {"RELATIVE_BASE": datetime(day.year, day.month, day.day)}
    single = DateDataParser(languages=["en"], settings=settings)
    found: list[Said] = []
    for start, paragraph in paragraphs(text):
        at = 0
        for words, moment in search_dates(paragraph, languages=["en"], settings=settings) or ():
            at = paragraph.find(words, at)
            if at < 0:
                break
            period = single.get_date_data(words).period or "day"
            span = Span(start + at, start + at + len(words))
            found.append(Said(span, _moment(moment, period), words))
            at += len(words)
    return found


def _moment(moment: datetime, period: str) -> str:
    if period == "week":
        return _week(moment.date())
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    if period == "day" and (moment.hour or moment.minute):
        return f"{day}T{moment:%H:%M}"
    return f"{day}T{moment:%H:%M}" if period == "time" else day[: {"year": 4, "month": 7}.get(period, 10)]


# ---------------------------------------------------------------- the gold


def records(folder: Path, part: str) -> Iterator[Record]:
    """The documents of one part of a corpus that have a day."""
    with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from (r for r in map(json.loads, file) if r["meta"].get("dct"))


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text and where each begins."""
    for match in re.finditer(r"(?:.+\n?)+", text):
        yield match.start(), match.group()


_DATELINE = re.compile(r"[^\n]{0,60}?\((?:AP|Xinhua)[^)\n]*\)\s*(?:--|_)|[A-Z][A-Z ,.]+ (?:--|_) ")
_STAMP = re.compile(r"\b(?:AP-NY|NYT)-\d\d-\d\d-\d\d")


def body(record: Record) -> Span:
    """Where a document's text stands: between the head and the stamp of a news wire, else all of it."""
    text = record["text"]
    if record["corpus"] != "aquaint_timeml":
        return Span(0, len(text))
    start = next((start for start, words in paragraphs(text) if len(words.split()) >= 20), 0)
    dateline, stamp = _DATELINE.match(text, start), _STAMP.search(text, start)
    return Span(dateline.end() if dateline else start, stamp.start() if stamp else len(text))


def gold(record: Record) -> list[Said]:
    """A document's annotated expressions."""
    inside = body(record)
    if "timexes" not in record:
        dates = (Said(Span(d["start"], d["end"]), days_of_gold(d), d["text"]) for d in record["dates"] if not _ancient(d))
        return [said for said in dates if not _undated(record, said)]
    return [
        Said(Span(t["start"], t["end"]), normal(t.get("value"), t["type"]), t["text"])
        for t in record["timexes"]
        if inside.start <= t["start"] < inside.end and not str(t.get("value")).startswith("BC")
    ]


def _ancient(marked: Record) -> bool:
    """Whether a date lies before the year 1000, or cannot be read."""
    written = [str(marked[k]) for k in ("when", "from", "to", "notBefore", "notAfter") if k in marked]
    return not all(re.fullmatch(r"[1-9]\d{3}(-(0?[1-9]|1[0-2])(-\d{1,2})?)?|(?:--|xxxx-)\d\d(-\d\d)?", w) for w in written)


_SETS = {"XXXX-XX-XX": "P1D", "XXXX-WXX": "P1W", "XXXX-XX": "P1M", "XXXX": "P1Y"}


def normal(value: str | None, kind: str) -> str | None:
    """One spelling for each value."""
    if value is None:
        return None
    if kind == "SET" and value in _SETS:
        return _SETS[value]
    value = value.replace("PRESNT", "PRESENT").replace("-T", "T")
    if re.fullmatch(r"P[\dX.]+(?:H|HM)|P\d+H\d+M", value):
        value = "PT" + value[1:]
    value = re.sub(r"^P(\d+)DE$", r"P\g<1>0Y", re.sub(r"^P(\d+)CE$", r"P\g<1>00Y", value))
    value = re.sub(r"^(\d{4})-W(\d)$", r"\1-W0\2", value)
    value = re.sub(r"^(\d{3})X$", r"\1", re.sub(r"(?<=\d)(?:-XX)+$", "", value))
    value = re.sub(r"T(\d):", r"T0\1:", value)
    return re.sub(r"(T\d\d:\d\d).*", r"\1", value)


# ---------------------------------------------------------------- dates as days, for GUM


def days_of_gold(marked: Record) -> str | None:
    """First and last day of a date of GUM's, as `first..last`."""
    first = marked.get("when") or marked.get("from") or marked.get("notBefore")
    last = marked.get("when") or marked.get("to") or marked.get("notAfter")
    return f"{_edge(first, False)}..{_edge(last, True)}"


def _edge(written: str | None, last: bool) -> str:
    """The first or the last day of a partial date; without its year where it has none."""
    if written is None:
        return ""
    yearless = written.startswith(("--", "xxxx-"))
    numbers = [int(n) for n in re.findall(r"\d+", written)]
    year, month, day = ([2001] if yearless else []) + numbers + [0] * (3 - len(numbers) - yearless)
    month = month or (12 if last else 1)
    day = day or (monthrange(year, month)[1] if last else 1)
    return f"-{month:02}-{day:02}" if yearless else f"{year:04}-{month:02}-{day:02}"


def days_of(said: Said, page: date) -> tuple[str, ...]:
    """First and last day of a date's value, in each way that is right; none where it says no day."""
    if said.reach:
        return tuple(f"{first}..{page}" for first in _begun(said.reach, page))
    value = re.sub(r"T.*", "", said.value or "")
    if "/" in value:
        return (value.replace("/", ".."),)
    if not re.match(r"\d{2}", value):
        return ()
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        sunday = monday + timedelta(days=6)
        ends = (sunday, page) if monday <= page < sunday and not week[3] else (sunday,)
        return tuple(f"{monday + timedelta(days=5 if week[3] else 0)}..{end}" for end in ends)
    if season := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first, last = {"SP": (3, 6), "SU": (6, 9), "FA": (9, 12), "WI": (12, 3)}[season[2]]
        year = int(season[1])
        begins = f"{year - (first > last):04}-{first:02}-01"
        return tuple(f"{begins}..{_edge(f'{year:04}-{end:02}', True)}" for end in (last, last - 1))
    if half := re.fullmatch(r"(\d{4})-([HQ])(\d)", value):
        months = 6 if half[2] == "H" else 3
        last = int(half[3]) * months
        return (f"{_edge(f'{half[1]}-{last - months + 1:02}', False)}..{_edge(f'{half[1]}-{last:02}', True)}",)
    if len(value) < 4:
        return (f"{value.ljust(4, '0')}-01-01..{value.ljust(4, '9')}-12-31",)
    last = _edge(value, True)
    return f"{_edge(value, False)}..{last}", *((f"{last}..{last}",) if _END.match(said.words) else ())


_END = re.compile(r"(?:by |at |until )?the end of", re.I)


def _begun(reach: Within, page: date) -> tuple[date, ...]:
    """The days on which a stretch up to the page can have begun; none where its units are vaguely many, or lie ahead."""
    at = when.interval(TimeWords(Span(0, 0), reach), Interval.day(page))
    if reach.ahead or reach.low != reach.high or not at or not at.earliest:
        return ()
    first = at.earliest
    if reach.unit is not Unit.YEAR:
        return first, first + timedelta(days=1)
    return first, first + timedelta(days=1), date(first.year, 1, 1), date(first.year + 1, 1, 1)


def same(found: Said, wanted: Said) -> bool:
    """Whether the values are one; a gold date without a year asks only for month and day."""
    if found.value is None or wanted.value is None:
        return False
    values = (found.value, *found.also)
    return wanted.value in ([re.sub(r"\d{4}(?=-)", "", v) for v in values] if wanted.value.startswith("-") else values)


# ---------------------------------------------------------------- counted


def found_in(record: Record, find: Find) -> list[Said]:
    """What a finder gives in a document, as its gold is written."""
    inside = body(record)
    day = date.fromisoformat(record["meta"]["dct"][:10])
    if "timexes" not in record:
        dated = [(s, days_of(s, day)) for s in find(record["text"], day) if s.has_day]
        whole = (replace(s, value=days[0], also=days[1:]) for s, days in dated if days)
        return [s for s in joined(whole, record["text"]) if s.value and s.value[0] != "0" and not _undated(record, s)]
    start = inside.start
    return [
        replace(s, span=Span(s.span.start + start, s.span.end + start), value=normal(s.value, ""))
        for s in find(record["text"][start : inside.end], day)
        if "/" not in (s.value or "")
    ]


# "5-6 May 2019", "between May and June of 1981", "April 14th or 15th": one expression; from one to another are two.
_CLOSE = re.compile(r"[-–—/]|\s+(?:and|or)\s+")


def joined(found: Iterable[Said], text: str) -> list[Said]:
    """Expressions as days; the two ends of a range as one where the one has its month or year from the other."""
    made: list[Said] = []
    for said in found:
        first = made[-1] if made else None
        if (
            first and first.opens and first.value and said.value
            and _CLOSE.fullmatch(text[first.span.end : said.span.start])
            and (len(first.words.split()) != len(said.words.split()) or times.parse(first.words) is None)
        ):  # fmt: skip
            value = f"{first.value[:10]}..{said.value[-10:]}"
            made[-1] = replace(said, span=Span(first.span.start, said.span.end), value=value, also=())
        else:
            made.append(said)
    return made


def _undated(record: Record, said: Said) -> bool:
    """Whether an expression counts from the day of a document whose day is not known."""
    return record["meta"]["dct"].endswith("-01-01") and said.relative


def paired(found: list[Said], wanted: list[Said]) -> dict[int, int]:
    """Which found expression is which gold one: spans overlap, one to one, equal values first."""
    weights: dict[tuple[int, int], float] = {}
    for i, one in enumerate(found):
        for j, other in enumerate(wanted):
            if one.span.meets(other.span):
                weights[i, j] = 2 * same(one, other) + (1 if other.value else 0.5)
    return best_pairs(weights)


def compared(found: list[Said], wanted: list[Said]) -> Scores:
    """One document's counts."""
    pairs = paired(found, wanted)
    unvalued = sum(wanted[j].value is None for j in pairs.values())
    valued = [w for w in wanted if w.value]
    right = [(i, j) for i, j in pairs.items() if same(found[i], wanted[j])]
    relative = [i for i, f in enumerate(found) if (wanted[pairs[i]] if i in pairs else f).relative]
    return {
        "span": Tally(len(pairs), len(found), len(wanted)),
        "value": Tally(len(right), len(found) - unvalued, len(valued)),
        "relative": Tally(sum(wanted[j].relative for _, j in right), len(relative), sum(w.relative for w in valued)),
    }


def scored(folder: Path, find: Find) -> Scores:
    """A corpus's counts."""
    return summed(compared(found_in(r, find), gold(r)) for r in records(folder, CORPORA[folder.name]))


def measured(root: Path) -> dict[str, dict[str, float]]:
    """Our F1 of every measure by corpus; a corpus that is not there is left out."""
    return {
        corpus: {name: tally.f1 for name, tally in scored(root / corpus, ours).items()}
        for corpus in CORPORA
        if (root / corpus).is_dir()
    }


def table(rows: dict[str, Scores]) -> str:
    """Precision, recall and F1 of each finder, a line each."""
    lines = [f"{'':13}{'gold':>6}" + "".join(f"{f'{name}  P R F1':>22}" for name in MEASURES)]
    for name, scores in rows.items():
        lines.append(f"{name:13}{scores['span'].gold:6}" + cells(*(scores[m] for m in MEASURES)))
    return "\n".join(lines)


def errors(folder: Path) -> Iterator[str]:
    """What is missed, false or of another value, with the words around it."""
    for record in records(folder, CORPORA[folder.name]):
        found, wanted = found_in(record, ours), gold(record)
        pairs = paired(found, wanted)
        wrong: list[tuple[Span, str]] = [(f.span, f"false {f.value}") for i, f in enumerate(found) if i not in pairs]
        wrong += [(w.span, f"missed {w.value}") for j, w in enumerate(wanted) if j not in pairs.values() and w.value]
        wrong += [
            (wanted[j].span, f"{found[i].value} for {wanted[j].value}")
            for i, j in pairs.items()
            if wanted[j].value and not same(found[i], wanted[j])
        ]
        yield from (f"  {record['id']} {how}: {_around(record['text'], span)}" for span, how in sorted(wrong, key=_first))


def _first(wrong: tuple[Span, str]) -> int:
    return wrong[0].start


def _around(text: str, span: Span) -> str:
    said = f"{text[max(0, span.start - 50) : span.start]}[{span.of(text)}]{text[span.end : span.end + 30]}"
    return " ".join(said.split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors of each corpus")
    parser.add_argument("--alone", action="store_true", help="without dateparser")
    parser.add_argument("--part", action="append", default=[], metavar="CORPUS=PART", help="measure another part of a corpus")
    parser.add_argument("--corpora", type=Path, default=corpora())
    options = parser.parse_args()
    CORPORA.update(part.split("=", 1) for part in options.part)
    for corpus in CORPORA:
        folder = options.corpora / corpus
        if not folder.is_dir():
            print(f"Not measured: no {folder}.\n")
            continue
        for line, _ in zip(errors(folder), range(options.errors), strict=False):
            print(line)
        finders: Iterable[tuple[str, Find]] = [("crossbearing", ours)] + ([] if options.alone else [("dateparser", theirs)])
        print(f"{corpus} ({CORPORA[corpus]})\n{table({name: scored(folder, find) for name, find in finders})}\n")


if __name__ == "__main__":
    main()
