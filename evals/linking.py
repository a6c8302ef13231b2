"""How well reports of one incident come together: from raw text, through every stage, to incidents; beside simple baselines.

    python evals/linking.py [--corpora DIR] [--reader rules|network] [--only CORPUS] [--all] [--errors N] [--json]

gva_incidents   US articles on gun violence. Left out: documents with a `gvc_split`, and documents of two incidents. Each goes
                through the pipeline as a report with its title, address and day (`date`); all claims are linked at once. The
                corpus has one incident for each document, and a report tells of several: it belongs to the one of which most
                of the reports tell (ties: of its first main claim in the order of the text, then the lower number of the
                happening, then the claim's id); without any claim it stands alone. B-cubed over the documents. Beside it every
                document alone, and TF-IDF with dates: documents whose days lie within 3 of each other and whose cosine reaches
                a threshold are joined, and what hangs together is one incident; the threshold is the best on the incidents
                whose id has an even SHA-256, and is then used on all, which favours this baseline a little. By default whole
                months of incidents (by their first document's day) are taken, drawn by the SHA-256 of the month, so that
                neighbours that can be confused stay; --all takes all.
us_bases_dev    what evals/reports.py measures of the links.
ucdp_ged_syria  headlines that stand under one event only. A headline is a report of one line, published on its source's date;
                without a claim it is linked to nothing. Pairs of headlines of one event against pairs of different events of
                one week (ISO), among events with two or more such headlines; in `wide_`, the other side of a false pair may also
                be a headline that is alone under its event. Two headlines are together where any incident holds claims of
                both. Beside it the overlap of their words (Jaccard), with the best threshold on the weeks with an even SHA-256.
famus           a report and a source text: does the source tell of the report's happening? Ours: an incident holds a claim of the
                source and one of the report whose sentence holds the marked trigger. Accuracy, beside always the same answer
                and the share of the report's words that stand in the source, with the best threshold on the even half of the ids.

--errors N prints, for each corpus, why wanted pairs were kept apart, as counts by reason with the first N of each, and the first
N of the pairs that were wrongly joined.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import reports
from _clusters import bcubed, components
from _corpora import corpora

from crossbearing.link.compare import compare, days, places
from crossbearing.link.incidents import link
from crossbearing.link.pages import Page, pages
from crossbearing.link.units import Unit, units
from crossbearing.link.wording import SMALL
from crossbearing.model.claim import Claim, ClaimRole
from crossbearing.model.outcome import Outcome
from crossbearing.model.text import Capture, Media
from crossbearing.pipeline import READERS, default_parts, digest
from crossbearing.words.names import fold

Record = dict[str, Any]
Figures = dict[str, float]
DAYS_NEAR = 3
"""TF-IDF joins documents whose days lie at most so far apart."""
THRESHOLDS = tuple(round(0.05 * n, 2) for n in range(1, 20))
MONTHS_TAKEN = 0.22
"""The share of months that is taken by default: some 600 documents of gva_incidents."""
LINK_FIGURES = ("link_b3_precision", "link_b3_recall", "link_b3_f1", "hard_pairs_same", "hard_pairs_different", "overcount")
_WORD = re.compile(r"[a-z0-9]+")


class Report(NamedTuple):
    """What is handed to the pipeline; what is None is not said."""

    id: str
    text: str
    published: str | None = None
    title: str | None = None
    url: str | None = None


def lines(file: Path) -> Iterator[Record]:
    """The records of a compressed JSON Lines file."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def draw(key: str) -> float:
    """A number from 0 to 1 that depends on the key alone."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def even(key: str) -> bool:
    """Whether a key falls into the half on which thresholds are chosen."""
    return int(hashlib.sha256(key.encode()).hexdigest()[-1], 16) % 2 == 0


# ---------------------------------------------------------------- from reports to incidents


@dataclass(frozen=True)
class Linked:
    """The claims of each report, and the incident of each claim."""

    claims: Mapping[str, tuple[Claim, ...]]
    home: Mapping[str, str]
    pages: Mapping[str, Page] = field(default_factory=dict)

    def incident_of(self, report: str) -> str | None:
        """The incident of the report of which most reports tell; None without any."""
        news = self.news(report)
        return self.home[news.id] if news else None

    def news(self, report: str) -> Claim | None:
        """The claim of a report on what most reports tell of: the first main one, else the first."""
        return min(
            self.claims[report],
            key=lambda c: (-self.reports[self.home[c.id]], c.role is not ClaimRole.MAIN, c.span.start, c.happening, c.id),
            default=None,
        )

    @cached_property
    def reports(self) -> Counter[str]:
        """How many reports tell of each incident."""
        return Counter(incident for report in self.claims for incident in self.incidents(report))

    def incidents(self, report: str) -> frozenset[str]:
        return frozenset(self.home[c.id] for c in self.claims[report])

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Each claim's telling."""
        told = units((c for cs in self.claims.values() for c in cs), self.pages)
        return {c.id: unit for unit in told for c in unit.claims}


def capture(report: Report) -> Capture:
    """A report as a line of JSON Lines would bring it."""
    said = {name: value for name, value in report._asdict().items() if value}
    content = json.dumps(said, ensure_ascii=False).encode("utf-8", errors="replace")
    return Capture(content, hashlib.sha256(content).hexdigest(), report.id, report.id, Media.REPORT)


def linked(told: Iterable[Report], reader: str) -> Linked:
    """Reports read, resolved and linked together."""
    outcomes = read(told, reader)
    claims = {report: outcome.claims for report, outcome in outcomes.items()}
    found = link([c for cs in claims.values() for c in cs], (), outcomes.values())
    home = {claim: incident.id for incident in found for claim in incident.claims}
    return Linked(claims, home, {page.document: page for page in pages(outcomes.values())})


def read(told: Iterable[Report], reader: str) -> dict[str, Outcome]:
    """What the pipeline makes of each report."""
    parts = default_parts(reader)
    return {report.id: digest(capture(report), parts) for report in told}


def why_apart(found: Linked, a: str, b: str) -> str:
    """Why the news of two reports does not stand together, in words that many pairs share."""
    x, y = found.news(a), found.news(b)
    if x is None or y is None:
        return "no claim in one of them" if x or y else "no claim in either"
    p, q = found.units[x.id], found.units[y.id]
    comparison = compare(p, q)
    if comparison.forbidden:
        return "forbidden: " + re.sub(r"\d[\d,.]*", "N", comparison.forbidden)
    if comparison.same:
        return "alike enough, yet another of the incident forbids it"
    lacks = [f"no {word}" for word, said in (("day", p.when and q.when), ("place", p.where and q.where)) if not said]
    lacks += [re.sub(r"\d[\d,.]*", "N", one.sentence) for one in (*days(p, q), *places(p, q)) if " apart" in one.sentence]
    if p.where and q.where and not (p.fine and q.fine):
        lacks.append("one place wide")
    return f"too little in common: {', '.join(lacks) or 'day and fine place agree'}"


# ---------------------------------------------------------------- thresholds, words, TF-IDF


def words_of(text: str) -> list[str]:
    return [w for w in _WORD.findall(fold(text)) if w not in SMALL]


def vectors(texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """TF-IDF of each text, of length 1: (1 + log tf) times log(n / df), over words that stand in two texts or more."""
    counts = {key: Counter(words_of(text)) for key, text in texts.items()}
    spread = Counter(word for words in counts.values() for word in words)
    made: dict[str, dict[str, float]] = {}
    for key, words in counts.items():
        raw = {w: (1 + math.log(n)) * math.log(len(texts) / spread[w]) for w, n in words.items() if spread[w] > 1}
        length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        made[key] = {w: v / length for w, v in raw.items()}
    return made


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Of two vectors of length 1."""
    few, many = (a, b) if len(a) < len(b) else (b, a)
    return sum(v * many[w] for w, v in few.items() if w in many)


def near_pairs(days: Mapping[str, date]) -> Iterator[tuple[str, str]]:
    """The pairs whose days lie near each other."""
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for key, day in days.items():
        by_day[day].append(key)
    for day, here in by_day.items():
        yield from combinations(here, 2)
        for gap in range(1, DAYS_NEAR + 1):
            yield from ((a, b) for a in here for b in by_day.get(day + timedelta(days=gap), ()))


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


class Pair(NamedTuple):
    """Two texts, whether they tell of one happening, what a baseline and what we say, and which half the pair is of."""

    a: str
    b: str
    same: bool
    likeness: float
    ours: bool
    chosen_on: bool


def pair_figures(said: Iterable[tuple[bool, bool]]) -> Figures:
    """Precision, recall and F1 of pairs said to be the same, from (wanted, said)."""
    counts = Counter(said)
    right, found, gold = counts[True, True], counts[True, True] + counts[False, True], counts[True, True] + counts[True, False]
    return {
        "precision": right / found if found else 0.0,
        "recall": right / gold if gold else 0.0,
        "f1": 2 * right / (found + gold) if right else 0.0,
    }


def accuracy(said: Iterable[tuple[bool, bool]]) -> float:
    all_said = list(said)
    return sum(wanted == ours for wanted, ours in all_said) / max(len(all_said), 1)


def best_threshold(pairs: Sequence[Pair], measure: Callable[[list[tuple[bool, bool]]], float]) -> float:
    """The likeness from which a pair is best called the same, on the half set apart for choosing."""
    half = [p for p in pairs if p.chosen_on]
    return max(THRESHOLDS, key=lambda t: measure([(p.same, p.likeness >= t) for p in half]))


# ---------------------------------------------------------------- gva_incidents


def articles(folder: Path, everything: bool) -> list[Record]:
    """The documents that are scored: of one incident, of no part of the Gun Violence Corpus, of the months taken."""
    rows = [r for r in lines(folder / "docs_dev.jsonl.gz") if not r["gvc_split"] and len(r["incidents"]) == 1]
    first: dict[str, str] = {}
    for row in rows:
        incident = row["incidents"][0]
        first[incident] = min(first.get(incident, "9999"), row["date"][:7])
    return [r for r in rows if everything or draw(first[r["incidents"][0]]) < MONTHS_TAKEN]


def whole_text(row: Record) -> str:
    """Title and text; the text mostly opens with the title."""
    return str(row["text"]) if row["text"].startswith(row["title"]) else f"{row['title']}\n\n{row['text']}"


class Gva(NamedTuple):
    """The documents, their gold incidents, and how we and the baseline put them together."""

    rows: list[Record]
    gold: dict[str, str]
    found: Linked
    ours: dict[str, str]
    baseline: dict[str, str]
    threshold: float


def gva(folder: Path, reader: str, everything: bool = False) -> Gva:
    """gva_incidents, read and linked, and the baseline beside it."""
    rows = articles(folder, everything)
    gold = {r["id"]: str(r["incidents"][0]) for r in rows}
    found = linked((Report(r["id"], whole_text(r), r["date"], r["title"], r["url"]) for r in rows), reader)
    ours = {key: found.incident_of(key) or f"alone {key}" for key in gold}
    baseline, threshold = by_words(
        {r["id"]: whole_text(r) for r in rows}, {r["id"]: date.fromisoformat(r["date"]) for r in rows}, gold
    )
    return Gva(rows, gold, found, ours, baseline, threshold)


def by_words(texts: Mapping[str, str], days: Mapping[str, date], gold: Mapping[str, str]) -> tuple[dict[str, str], float]:
    """The clusters of TF-IDF with dates, and the threshold that was best on half of the incidents."""
    made = vectors(texts)
    near = [(a, b, likeness) for a, b in near_pairs(days) if (likeness := cosine(made[a], made[b])) >= THRESHOLDS[0]]
    half = {key: incident for key, incident in gold.items() if even(incident)}

    def joined(keys: Mapping[str, str], threshold: float) -> dict[str, str]:
        return components(keys, ((a, b) for a, b, likeness in near if likeness >= threshold and a in keys and b in keys))

    best = max(THRESHOLDS, key=lambda t: bcubed(half, joined(half, t)).f1)
    return joined(gold, best), best


def gva_figures(done: Gva) -> Figures:
    """B-cubed of ours, of every document alone, and of the baseline; and how much was read."""
    figures: Figures = {}
    for name, clusters in (("", done.ours), ("_singletons", {k: k for k in done.gold}), ("_tfidf", done.baseline)):
        score = bcubed(done.gold, clusters)
        figures |= {f"b3_precision{name}": score.precision, f"b3_recall{name}": score.recall, f"b3_f1{name}": score.f1}
    claimed = [key for key in done.gold if done.found.claims[key]]
    return figures | {
        "with_claims": len(claimed) / max(len(done.gold), 1),
        "tfidf_threshold": done.threshold,
        "documents": float(len(done.gold)),
        "incidents": float(len(set(done.gold.values()))),
    }


def gva_errors(done: Gva, most: int) -> list[str]:
    """Why documents of one incident stand apart, and which of two stand together."""
    by_gold: defaultdict[str, list[str]] = defaultdict(list)
    by_ours: defaultdict[str, list[str]] = defaultdict(list)
    for key in done.gold:
        by_gold[done.gold[key]].append(key)
        by_ours[done.ours[key]].append(key)
    apart = [(a, b) for keys in by_gold.values() for a, b in combinations(keys, 2) if done.ours[a] != done.ours[b]]
    wrong = [(a, b) for keys in by_ours.values() for a, b in combinations(keys, 2) if done.gold[a] != done.gold[b]]
    titles = {r["id"]: f"{r['date']} {r['title'][:60]}" for r in done.rows}
    return told_errors(done.found, apart, wrong, titles, most)


def told_errors(
    found: Linked, apart: Sequence[tuple[str, str]], wrong: Sequence[tuple[str, str]], titles: Mapping[str, str], most: int
) -> list[str]:
    """Counts of the reasons for pairs kept apart, the first few of each, and the first of those wrongly together."""
    reasons: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for a, b in apart:
        reasons[why_apart(found, a, b)].append((a, b))
    said = [f"{len(apart)} pairs wrongly apart"]
    for reason, those in sorted(reasons.items(), key=lambda item: -len(item[1])):
        said.append(f"{len(those):6}  {reason}")
        said += [
            f"            {news_line(found, a, titles)}\n            {news_line(found, b, titles)}\n" for a, b in those[:most]
        ]
    said.append(f"{len(wrong)} pairs wrongly together")
    for a, b in wrong[:most]:
        said.append(f"            {news_line(found, a, titles)}\n            {news_line(found, b, titles)}\n")
    return said


def news_line(found: Linked, key: str, titles: Mapping[str, str]) -> str:
    """What a report is called, and its news as we read it."""
    news = found.news(key)
    if news is None:
        return f"{titles[key]} | no claim"
    unit = found.units[news.id]
    where = f"{unit.where.name} ({unit.where.country or '?'}, {unit.where.precision.value})" if unit.where else "nowhere"
    killed = [f"{f.low}-{f.high}" for f in unit.killed]
    return f"{titles[key]} | {unit.when or 'no day'}; {where}; {news.sub_event_type}; {news.role.value}; killed {killed}"


# ---------------------------------------------------------------- ucdp_ged_syria


class Headline(NamedTuple):
    """One headline of one event."""

    id: str
    event: str
    week: str
    text: str
    published: str | None


def headlines(folder: Path) -> list[Headline]:
    """The headlines that stand under one event only, each once."""
    rows = list(lines(folder / "events_2016_2018.jsonl.gz"))
    under: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for source in row["sources"]:
            under[_line(source)].add(str(row["id"]))
    found: dict[str, Headline] = {}
    for row in rows:
        year, week, _ = date.fromisoformat(row["date_start"]).isocalendar()
        for source in row["sources"]:
            text, key = _line(source), f"{row['id']}/{_line(source)}"
            if text and len(under[text]) == 1 and key not in found:
                found[key] = Headline(key, str(row["id"]), f"{year}-{week:02}", text, source.get("date"))
    return list(found.values())


def _line(source: Record) -> str:
    return " ".join((source.get("headline") or "").split())


def headline_pairs(lines_: Sequence[Headline], together: Callable[[str, str], bool], wide: bool) -> list[Pair]:
    """Pairs of one event with several headlines, and pairs of two events of one week, one of them at least such an event."""
    count = Counter(h.event for h in lines_)
    words = {h.id: frozenset(words_of(h.text)) for h in lines_}
    by_week: defaultdict[str, list[Headline]] = defaultdict(list)
    for h in lines_:
        by_week[h.week].append(h)
    return [
        Pair(a.id, b.id, a.event == b.event, jaccard(words[a.id], words[b.id]), together(a.id, b.id), even(week))
        for week, those in by_week.items()
        for a, b in combinations(those, 2)
        if (count[a.event] > 1 and count[b.event] > 1) or (wide and (count[a.event] > 1 or count[b.event] > 1))
    ]


def ucdp(folder: Path, reader: str, most: int = 0) -> tuple[Figures, list[str]]:
    """Pair figures of the headlines, ours and the baseline's, and the errors among events with several headlines."""
    lines_ = headlines(folder)
    found = linked((Report(h.id, h.text, h.published) for h in lines_), reader)
    homes = {h.id: found.incidents(h.id) for h in lines_}

    def together(a: str, b: str) -> bool:
        return not homes[a].isdisjoint(homes[b])

    figures: Figures = {"headlines": float(len(lines_)), "with_claims": sum(map(bool, homes.values())) / max(len(lines_), 1)}
    said: list[str] = []
    for name, wide in (("", False), ("wide_", True)):
        pairs = headline_pairs(lines_, together, wide)
        threshold = best_threshold(pairs, lambda answers: pair_figures(answers)["f1"])
        ours = pair_figures((p.same, p.ours) for p in pairs)
        words = pair_figures((p.same, p.likeness >= threshold) for p in pairs)
        figures |= {f"{name}pair_{k}": v for k, v in ours.items()} | {f"{name}pair_{k}_overlap": v for k, v in words.items()}
        figures |= {
            f"{name}pairs_same": float(sum(p.same for p in pairs)),
            f"{name}pairs_different": float(sum(not p.same for p in pairs)),
        }
        figures[f"{name}overlap_threshold"] = threshold
        if most and not wide:
            titles = {h.id: f"{h.published} {h.text[:70]}" for h in lines_}
            apart = [(p.a, p.b) for p in pairs if p.same and not p.ours]
            said = told_errors(found, apart, [(p.a, p.b) for p in pairs if p.ours and not p.same], titles, most)
    return figures, said


# ---------------------------------------------------------------- famus


def famus(folder: Path, reader: str, most: int = 0) -> tuple[Figures, list[str]]:
    """Whether a source tells of a report's happening: accuracy of ours and of the baselines, and the errors."""
    parts = default_parts(reader)
    pairs: list[Pair] = []
    said: list[str] = []
    silent = 0
    for row in lines(folder / "dev.jsonl.gz"):
        both = [digest(capture(Report(f"{row['id']}/{k}", row[k])), parts) for k in ("report", "source")]
        report, source = (outcome.claims for outcome in both)
        marked = tuple(c for c in report if c.span.start <= row["trigger"][0] < c.span.end)
        silent += not (marked and source)
        homes = {claim: incident.id for incident in link([*marked, *source], (), both) for claim in incident.claims}
        ours = not {homes[c.id] for c in marked}.isdisjoint(homes[c.id] for c in source)
        here, there = frozenset(words_of(row["report"])), frozenset(words_of(row["source"]))
        pairs.append(Pair(row["id"], row["id"], row["label"], len(here & there) / max(len(here), 1), ours, even(row["id"])))
        if ours != row["label"] and len(said) < most and marked and source:
            said.append(
                f"{'missed' if row['label'] else 'false'}: {row['frame']}, “{row['trigger_text']}”: {marked[0].quote[:90]}"
            )
    threshold = best_threshold(pairs, accuracy)
    ours_found = pair_figures((p.same, p.ours) for p in pairs)
    yes = sum(p.same for p in pairs) / max(len(pairs), 1)
    return {
        "accuracy": accuracy((p.same, p.ours) for p in pairs),
        "accuracy_majority": max(yes, 1 - yes),
        "accuracy_overlap": accuracy((p.same, p.likeness >= threshold) for p in pairs),
        "same_precision": ours_found["precision"],
        "same_recall": ours_found["recall"],
        "without_claims": silent / max(len(pairs), 1),
        "overlap_threshold": threshold,
    }, said


# ---------------------------------------------------------------- all of them


def measure_gva(root: Path, reader: str, everything: bool, most: int) -> tuple[Figures, list[str]]:
    done = gva(root / "gva_incidents", reader, everything)
    return gva_figures(done), gva_errors(done, most) if most else []


def measure_bases(root: Path, reader: str, everything: bool, most: int) -> tuple[Figures, list[str]]:
    found = reports.measured(root / reports.CORPUS, reader) or {}
    return {name: found[name] for name in LINK_FIGURES if name in found}, []


MEASURES: dict[str, Callable[[Path, str, bool, int], tuple[Figures, list[str]]]] = {
    "gva_incidents": measure_gva,
    "us_bases_dev": measure_bases,
    "ucdp_ged_syria": lambda root, reader, _, most: ucdp(root / "ucdp_ged_syria", reader, most),
    "famus": lambda root, reader, _, most: famus(root / "famus", reader, most),
}


def measured(root: Path, reader: str = "rules", everything: bool = False) -> dict[str, Figures]:
    """By corpus and measure; a corpus that is not there is left out."""
    return {
        corpus: {name: round(value, 4) for name, value in measure(root, reader, everything, 0)[0].items()}
        for corpus, measure in MEASURES.items()
        if (root / corpus).is_dir()
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--reader", choices=sorted(READERS), default="rules")
    parser.add_argument("--only", choices=MEASURES)
    parser.add_argument("--all", action="store_true", help="all documents of gva_incidents")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print why pairs went wrong, N of each reason")
    parser.add_argument("--json", action="store_true", help="print what `measured` gives, and nothing else")
    options = parser.parse_args()
    if options.json:
        print(json.dumps(measured(options.corpora, options.reader, options.all)))
        return 0
    for corpus, measure in MEASURES.items():
        if options.only and corpus != options.only:
            continue
        if not (options.corpora / corpus).is_dir():
            print(f"Not measured: no {options.corpora / corpus}.")
            continue
        figures, errors = measure(options.corpora, options.reader, options.all, options.errors)
        print("\n".join(errors))
        print(f"{corpus}, reader {options.reader}")
        for name, value in figures.items():
            print(f"    {name:28}" + (f"{value:10.0f}" if value >= 2 and value == int(value) else f"{value:10.3f}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
