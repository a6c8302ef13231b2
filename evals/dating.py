"""How well pages are dated: pages without their date, pages with a wrong one, totals by themselves, and series with errors.

    python evals/dating.py [--errors N] [CORPORA]

Pages are the reports of us_bases_dev, the wire news of aquaint_timeml and the articles of fakes whose text bears its date. Each
comes in three forms: `undated` (the date that it shows, and the lines that bear it, taken away), `dated`, and `shifted` (the date
shown ten months late, where the true one is known). Of the articles of fakes as they stand, with the date that their text bears,
`righted` is the share whose day is found though the date shown is ten months late, and `wronged` the share whose right date shown
gives way. An answer is an interval with both ends; it is right where it holds the true
day. `days` is the mean length of an answer in the undated form. Of the days that are told as nine tenths likely, where a page has
them, `likely_right` says how often they hold the true day, and `likely_share` how often they claim to. Nothing of this is trained
or tuned on the pages' dates alone: the weights of `resolve.evidence` were counted and set on these pages as a whole, so read the
figures as those of a development set.

Totals: a sentence with the killed and injured of a random day of each reference series; right is a set of at most three days
that holds it. Many figures stand for longer than three days, and no set can be shorter: how many do not is shown beside.
Series: two neighbouring digits of a random total are changed round, or a total is set below the one before; found where the
checker names that day. What it doubts in the series as published is printed, each with its arithmetic.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from _corpora import corpora
from _readers import captures

from crossbearing.clean import documents
from crossbearing.model.outcome import Dating
from crossbearing.model.text import Document, SetAside
from crossbearing.model.when import Interval
from crossbearing.resolve.page.checks import Total, doubts, swaps
from crossbearing.resolve.page.dating import date_page
from crossbearing.resolve.page.series import Row, Series, shipped
from crossbearing.words import times
from crossbearing.words.time_forms import Calendar

SHIFT = timedelta(days=304)
"""Ten months: a crawl's date, or a post of an old story."""
NAMES = ("us_bases_dev", "aquaint_timeml", "fakes")


@dataclass(frozen=True, slots=True)
class Page:
    """A report without any line that shows its date, and its true day."""

    id: str
    text: str
    day: date
    whole: str = ""
    """The text with the date that it bears in its head, where it bears one."""


def pages(root: Path, corpus: str) -> list[Page]:
    """The pages of a corpus whose true day is known."""
    return list({"us_bases_dev": _bases, "aquaint_timeml": _wire, "fakes": _articles}[corpus](root / corpus))


def _bases(folder: Path) -> Iterator[Page]:
    with (folder / "reports.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["published"]:
                yield Page(row["id"], row["text"], date.fromisoformat(row["published"]))


# Of the wire's own lines: "APW19980807.0261 NEWS STORY 08/07/1998 06:18:00", "AP-NY-08-07-98 0618EDT".
_OF_THE_WIRE = re.compile(r"^(?:APW|NYT|XIE)\d{8}|^(?:AP|NYT)-|\b\d\d-\d\d(?:-\d\d)?\b(?: \d{4}(?:E[SD]T)?)?$")


def _wire(folder: Path) -> Iterator[Page]:
    for row in rows(folder / "train.jsonl.gz"):
        if not row["meta"]["dct"]:
            continue
        yield Page(row["id"], bare(row["text"]), date.fromisoformat(row["meta"]["dct"][:10]))


# A page of fakes bears its date before this many characters.
_HEAD = 160


def bare(text: str) -> str:
    """A wire's text without the lines that bear its date."""
    return "\n".join(line for line in text.split("\n") if not _OF_THE_WIRE.search(line)).strip()


def _articles(folder: Path) -> Iterator[Page]:
    """The set's own dates are often others than those that the texts bear: the text's is taken, and cut out of it."""
    for row in rows(folder / "all.jsonl.gz"):
        text = row["text"]
        for words in times.find(text):
            form = words.form
            if words.span.start > _HEAD:
                break
            if isinstance(form, Calendar) and form.year and form.month and form.day and form.other is None:
                day = date(form.year, form.month, form.day)
                yield Page(row["id"], text[: words.span.start] + text[words.span.end :], day, text)
                break


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def dated(found: Iterable[Page], shown: Callable[[Page], date | None]) -> Iterator[tuple[Page, Document, Dating]]:
    """The pages as they come through the door with the date that `shown` gives them, and how they are dated."""
    by_id = {page.id: page for page in found}
    for capture in captures(report(page.id, page.text, shown(page)) for page in by_id.values()):
        cleaned = documents.clean(capture)
        document = cleaned.document if isinstance(cleaned, SetAside) else cleaned
        if document is not None and capture.report in by_id:
            yield by_id[capture.report], document, date_page(document)


def report(id: str, text: str, published: date | None) -> dict[str, str]:
    """A report for the door, with the date that it shows, if any."""
    return {"id": id, "text": text, **({"published": published.isoformat()} if published else {})}


FORMS: dict[str, Callable[[Page], date | None]] = {
    "undated": lambda page: None,
    "dated": lambda page: page.day,
    "shifted": lambda page: page.day + SHIFT,
}


def measured(root: Path) -> dict[str, dict[str, float]]:
    """Per corpus that is there: how the three forms of its pages are dated."""
    return {corpus: _of(pages(root, corpus)) for corpus in NAMES if (root / corpus).is_dir()}


def _borne(found: list[Page]) -> dict[str, float]:
    """Of pages whose text bears its date: those righted against a late date shown, and those wronged against the right one."""
    whole = [replace(page, text=page.whole) for page in found if page.whole]
    figures = {}
    for name, form, right in (("righted", "shifted", True), ("wronged", "dated", False)):
        held = [dating.published.meets(Interval.day(page.day)) == right for page, _, dating in dated(whole, FORMS[form])]
        if held:
            figures[name] = sum(held) / len(held)
    return figures


def _of(found: list[Page]) -> dict[str, float]:
    figures: dict[str, float] = {"pages": len(found)}
    for form, shown in FORMS.items():
        answers = [(page.day, dating) for page, _, dating in dated(found, shown)]
        if form == "shifted":
            figures["contradiction_found"] = sum(dating.contradiction is not None for _, dating in answers) / len(answers)
            continue
        closed = [(day, dating.published) for day, dating in answers if dating.published.days is not None]
        right = [interval.earliest <= day <= interval.latest for day, interval in closed]  # type: ignore[operator]
        figures[f"{form}_answered"] = len(closed) / len(answers)
        figures[f"{form}_right"] = sum(right) / max(1, len(right))
        figures[f"{form}_days"] = sum(interval.days or 0 for _, interval in closed) / max(1, len(closed))
        if form == "dated":
            figures["contradiction_false"] = sum(dating.contradiction is not None for _, dating in answers) / len(answers)
        else:
            holding = sum(
                (i.earliest is None or i.earliest <= day) and (i.latest is None or day <= i.latest)
                for day, i in ((day, dating.published) for day, dating in answers)
            )
            figures["undated_holding"] = holding / len(answers)
            figures |= _likely(answers)
    return figures | _borne(found)


def _likely(answers: list[tuple[date, Dating]]) -> dict[str, float]:
    """How many pages have likely days, how often those hold the true day, and how often they should."""
    told = [(Interval.day(day), dating) for day, dating in answers if dating.likely]
    right = sum(any(stretch.meets(day) for stretch in dating.likely) for day, dating in told)
    return {
        "likely_told": len(told) / len(answers),
        "likely_right": right / max(1, len(told)),
        "likely_share": sum(dating.share for _, dating in told) / max(1, len(told)),
    }


# ---------------------------------------------------------------- totals and series

TRIALS = 200
COLUMNS = {
    "gaza killed": ("gaza_daily.csv", "killed_cum", "killed", ""),
    "gaza injured": ("gaza_daily.csv", "injured_cum", "injured", ""),
    "west bank killed": ("west_bank_daily.csv", "killed_cum", "", ""),
    "west bank injured": ("west_bank_daily.csv", "injured_cum", "", ""),
    "west bank verified": ("west_bank_daily.csv", "verified.killed_cum", "verified.killed", ""),
    "lebanon 2023 killed": ("lebanon_daily.csv", "killed_cum_reported", "killed", "1"),
    "lebanon 2026 killed": ("lebanon_daily.csv", "killed_cum_reported", "killed", "2"),
}
"""Each series: its file, the column of its totals, that of the day's own numbers, and the phase that its rows are of."""


def totals(seed: int = 3) -> dict[str, dict[str, float]]:
    """For each shipped series: answers that hold the day, those of three days at most, and how many could be as short."""
    return {series.name: _totals(series, random.Random(seed)) for series in shipped()}


def _totals(series: Series, rng: random.Random) -> dict[str, float]:
    rows = rng.sample(series.rows, min(TRIALS, len(series.rows)))
    held = short = 0
    for row in rows:
        text = (
            f"The health ministry said {row.killed:,} people had been killed and {row.injured:,} injured in {series.places[0]} "
            f"since {series.since:%B} {series.since.day}, {series.since.year}."
        )
        at = date_page(Document("d", "c", "r", "f", text)).published
        holds = (at.earliest is None or at.earliest <= row.day) and (at.latest is None or row.day <= at.latest)
        held += holds
        short += holds and (at.days or 9) <= 3
    return {"held": held / len(rows), "in_three_days": short / len(rows), "could_be": _could_be(series.rows)}


def _could_be(rows: tuple[Row, ...]) -> float:
    """The share of rows whose two figures stood for three days at most."""
    short = 0
    for row in rows:
        same = [k for k, other in enumerate(rows) if (other.killed, other.injured) == (row.killed, row.injured)]
        end = rows[same[-1] + 1].day if same[-1] + 1 < len(rows) else None
        short += end is not None and (end - rows[same[0]].day).days <= 3
    return short / len(rows)


def checked(folder: Path, seed: int = 1) -> dict[str, dict[str, Any]]:
    """For each series beside the corpora: the share of seeded errors that the checker names, and what it doubts unseeded."""
    return {name: _checked(_read(folder, name), random.Random(seed)) for name in COLUMNS}


def _read(folder: Path, name: str) -> list[Total]:
    file, column, new, phase = COLUMNS[name]
    with (folder / file).open(encoding="utf-8", newline="") as rows:
        return [
            Total(date.fromisoformat(row["report_date"]), int(row[column]), int(row[new]) if row.get(new) else None)
            for row in csv.DictReader(rows)
            if row[column] and phase in ("", row.get("phase"))
        ]


def _checked(series: list[Total], rng: random.Random) -> dict[str, Any]:
    tried, found = {"transposed": 0, "falls": 0}, {"transposed": 0, "falls": 0}
    for _ in range(TRIALS):
        at = rng.randrange(1, len(series))
        before, here = series[at - 1], series[at]
        seeds = {"transposed": list(swaps(here.value)), "falls": [before.value - rng.randrange(1, max(2, before.value // 20))]}
        for kind, values in seeds.items():
            if values and min(values) >= 0:
                wrong = [*series[:at], Total(here.day, rng.choice(values), here.new), *series[at + 1 :]]
                tried[kind] += 1
                found[kind] += any(doubt.day == here.day for doubt in doubts(wrong))
    return {kind: found[kind] / tried[kind] for kind in tried} | {"unseeded": doubts(series)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="?", type=Path, default=corpora())
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N wrong answers of undated pages")
    options = parser.parse_args()
    for corpus in NAMES:
        if not (options.corpora / corpus).is_dir():
            print(f"Not measured: no {options.corpora / corpus}.")
            continue
        found = pages(options.corpora, corpus)
        left = options.errors
        for page, _, dating in dated(found, FORMS["undated"]) if left else ():
            at = dating.published
            if (at.earliest and page.day < at.earliest) or (at.latest and page.day > at.latest):
                print(f"{corpus} {page.id}: {page.day}, not {at}: {[(b.says, b.allows) for b in dating.because]}")
                left -= 1
                if not left:
                    break
        print(corpus, {k: round(v, 3) for k, v in _of(found).items()})
    for name, figures in totals().items():
        print(f"totals of {name}:", {k: round(v, 3) for k, v in figures.items()})
    folder = options.corpora.parent / "series"
    for name, row in checked(folder).items() if folder.is_dir() else ():
        print(f"series {name}: transposed {row['transposed']:.3f} falls {row['falls']:.3f}; doubted as published:")
        for doubt in row["unseeded"]:
            print(f"    {doubt.says}")


if __name__ == "__main__":
    main()
