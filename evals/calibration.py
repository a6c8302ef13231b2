"""Whether stated chances hold: days and places that are said to be so likely, against how often they are right.

    python evals/calibration.py [CORPORA] [--svg FILE]

Days, each answer with both its ends: the sets of days that are at least nine tenths likely for a page's date; the days of claims
(us_bases_dev, and the coded articles of fakes); the days of time expressions whose gold is one day (aquaint_timeml), with the
same chance as a claim's own words. Each once on pages that bear their date and once on pages that do not; an undated page gives
few answers, which is meant. Words that count from what is named behind them ("two days after the vote") have no days there. One
row for each source and for each tenth of stated chance: answers, stated on average, right.

Days come whole, so the smallest set that is at least nine tenths likely is mostly likelier, and says so. `at .9` holds those sets
against nine tenths as such: one that is said to be .97 likely counts as 90/97 of a set, as if it were left empty in the other
cases, which makes it nine tenths likely to the digit (randomised, as in Czado, Gneiting and Held, Biometrics 65, 2009). The last
row has the chances of each half of a source's answers set by how often the other half is right.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import casualties
import dating
from _corpora import corpora
from _readers import captures

from crossbearing.model.text import Document
from crossbearing.model.when import Interval
from crossbearing.pipeline import default_parts, digest
from crossbearing.resolve.day import tenses, when
from crossbearing.resolve.page.dating import date_page
from crossbearing.resolve.work import own_words
from crossbearing.words import times

FORMS = ("undated", "dated")
NOMINAL = 0.9


@dataclass(frozen=True, slots=True)
class Answer:
    """One stated set, how likely it is said to be, and whether it holds the truth."""

    source: str
    stated: float
    right: bool


def days(root: Path) -> Iterator[Answer]:
    """The answers for days."""
    for form in FORMS:
        for corpus in dating.NAMES:
            if (root / corpus).is_dir():
                yield from _pages(root, corpus, form)
        yield from _claims(root, form)
        yield from _coded(root, form)
        yield from _expressions(root, form)


def _pages(root: Path, corpus: str, form: str) -> Iterator[Answer]:
    for page, _, found in dating.dated(dating.pages(root, corpus), dating.FORMS[form]):
        if found.likely:
            yield Answer(f"page's date, {form}", found.share, any(_holds(i, page.day) for i in found.likely))


def _holds(interval: Interval, day: date) -> bool:
    return bool((not interval.earliest or interval.earliest <= day) and (not interval.latest or day <= interval.latest))


def _claims(root: Path, form: str) -> Iterator[Answer]:
    folder = root / "us_bases_dev"
    if not folder.is_dir():
        return
    gold = {row["id"]: row for row in map(json.loads, (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())}
    for id, _, claims in _digested({page.id: (page.text, page.day) for page in dating.pages(root, "us_bases_dev")}, form):
        told = [(i["date_start"], i["date_end"] or i["date_start"]) for i in gold[id]["incidents"] if i["date_start"]]
        for claim in claims:
            if claim.when and claim.when.value.days and claim.role.value == "main" and told:
                right = any(_meets(claim.when.value, first, last) for first, last in told)
                yield Answer(f"claims' days, {form}", claim.when.score, right)


def _coded(root: Path, form: str) -> Iterator[Answer]:
    if not (root / "fakes").is_dir():
        return
    gold = casualties.coded()
    pages = {page.id: (page.text, page.day) for page in dating.pages(root, "fakes") if page.id in gold}
    whole = {row["id"]: row["text"] for row in dating.rows(root / "fakes" / "all.jsonl.gz") if row["id"] in gold}
    for id, text, claims in _digested(pages, form):
        for incident in gold[id]:
            # The text lacks its date, so what stands behind it has moved.
            words = whole[id][incident["trigger"][0] : incident["trigger"][1] + 20]
            at = text.find(words)
            told = casualties.matched(claims, text, (at, at + len(words))) if at >= 0 and incident["days"] else []
            if told and told[0].when and told[0].when.value.days:
                spans = [(day.partition("..")[0], day.partition("..")[2] or day) for day in incident["days"]]
                right = any(_meets(told[0].when.value, first, last) for first, last in spans)
                yield Answer(f"claims' days, {form}", told[0].when.score, right)


def _meets(found: Interval, first: str, last: str) -> bool:
    return found.meets(Interval(date.fromisoformat(first), date.fromisoformat(last)))


def _digested(pages: dict[str, tuple[str, date]], form: str) -> Iterator[tuple[str, str, Any]]:
    """The claims of pages that come through the door with their date or without."""
    parts = default_parts("network")
    rows = (dating.report(id, text, day if form == "dated" else None) for id, (text, day) in pages.items())
    for capture in captures(rows):
        outcome = digest(capture, parts)
        if outcome.page and capture.report:
            yield capture.report, outcome.page.text, outcome.claims


def _expressions(root: Path, form: str) -> Iterator[Answer]:
    """Days of the wire's time expressions."""
    folder = root / "aquaint_timeml"
    for row in dating.rows(folder / "train.jsonl.gz") if folder.is_dir() else ():
        if not row["meta"]["dct"]:
            continue
        gold = {(t["start"], t["end"]): t["value"] for t in row["timexes"] if re.fullmatch(r"\d{4}-\d\d-\d\d", t["value"] or "")}
        if form == "dated":
            anchor, chance = Interval.day(date.fromisoformat(row["meta"]["dct"][:10])), 1.0
        else:
            found = date_page(Document("d", "d", "d", "d", dating.bare(row["text"])))
            anchor, chance = found.published, found.chance
        for words in times.find(row["text"]):
            value = next((v for (a, b), v in gold.items() if a < words.span.end and words.span.start < b), None)
            meant = when.interval(words, anchor, tenses.tense_of(row["text"], words.span)) if value and words.is_time else None
            if tenses.counts_from_event(row["text"], words):
                continue
            if value and meant and meant.days and meant.days <= 31:
                yield Answer(f"time expressions, {form}", chance * own_words(words), _holds(meant, date.fromisoformat(value)))


def table(answers: list[Answer]) -> Iterator[str]:
    """Rows by source, and by tenth of stated chance."""
    for source in dict.fromkeys(a.source for a in answers):
        yield _row(source, [a for a in answers if a.source == source])
    for tenth in range(10):
        here = [a for a in answers if tenth / 10 <= a.stated < (tenth + 1) / 10 or (tenth == 9 and a.stated >= 1)]
        if here:
            yield _row(f"stated {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}", here)
    yield _row("all", answers)
    yield _row("all, set by the other half", crossed(answers))


def crossed(answers: list[Answer]) -> list[Answer]:
    """The answers with chances that were set by others: those of each source's first half by what its second half shows, and so
    round, so that nothing is held against what it was counted on."""
    made: list[Answer] = []
    for source in dict.fromkeys(a.source for a in answers):
        of = [a for a in answers if a.source == source]
        first, second = of[: len(of) // 2], of[len(of) // 2 :]
        for own, others in ((first, second), (second, first)):
            ratio = (sum(a.right for a in others) + 1) / (sum(a.stated for a in others) + 1)
            made += [replace(a, stated=min(a.stated * ratio, 1.0)) for a in own]
    return made


def _row(name: str, answers: list[Answer]) -> str:
    stated, right = sum(a.stated for a in answers) / len(answers), sum(a.right for a in answers) / len(answers)
    return f"{name:28}{len(answers):8}{stated:9.3f}{right:9.3f}{at_nine_tenths(answers)}"


def at_nine_tenths(answers: list[Answer]) -> str:
    """How often the sets of at least nine tenths hold the truth when each is cut to nine tenths; blank where there is none."""
    sets = [a for a in answers if a.stated >= NOMINAL]
    return f"{sum(a.right * NOMINAL / a.stated for a in sets) / len(sets):9.3f}" if sets else ""


def svg(answers: list[Answer]) -> str:
    """The reliability plot: stated chance to the right, share that is right upwards, a circle for each tenth by its number."""
    parts = ['<line x1="40" y1="260" x2="260" y2="40" stroke="#999" stroke-dasharray="4"/>']
    for tenth in range(10):
        here = [a for a in answers if tenth / 10 <= a.stated < (tenth + 1) / 10 or (tenth == 9 and a.stated >= 1)]
        if here:
            x, y = (sum(v) / len(here) for v in ([a.stated for a in here], [a.right for a in here]))
            size = 2 + len(here) ** 0.5 / 3
            parts.append(
                f'<circle cx="{40 + 220 * x:.0f}" cy="{260 - 220 * y:.0f}" r="{size:.1f}" fill="#36c" fill-opacity=".6">'
                f"<title>{len(here)} answers: stated {x:.2f}, right {y:.2f}</title></circle>"
            )
    axes = '<path d="M40 40V260H260" fill="none" stroke="#333"/>'
    words = (
        '<text x="150" y="285" text-anchor="middle">stated</text><text x="14" y="150" transform="rotate(-90 14 150)">right</text>'
    )
    style = 'font-family="sans-serif" font-size="12"'
    whole = axes + "".join(parts) + words
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 280 295" width="280" height="295" {style}>{whole}</svg>\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="?", type=Path, default=corpora())
    parser.add_argument("--svg", type=Path, help="write the reliability plot of days here")
    options = parser.parse_args()
    answers = list(days(options.corpora))
    if not answers:
        print(f"Not measured: none of its corpora under {options.corpora}.")
        return
    print(f"{'days':28}{'answers':>8}{'stated':>9}{'right':>9}{'at .9':>9}")
    print("\n".join(table(answers)))
    if options.svg:
        options.svg.write_text(svg(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
