"""Mentions of events in many documents, gathered into events: CoNLL F1 beside the lemma baselines and the program's incidents.

    python evals/coreference.py [--corpora DIR] [--reader rules|network] [--only gvc|ecbplus] [--errors N] [--json]

Development parts of the Gun Violence Corpus (Vossen et al. 2018) and of ECB+ (Cybulska and Vossen 2014), gold mentions. Of ECB+
only the mentions in `validated` sentences count. A mention that has no place in the text (20 of the Gun Violence Corpus) is left
out; singletons and the chain of generic mentions are scored.

`ours` is what `_mentions.py` makes of the mentions: a scorer of pairs fitted on the training parts (`fit_coreference.py`), for
these corpora alone. It knows no gold topic, and nothing of what the program's readers find in the documents.

`incidents` is what the program itself makes of them. Each document is read, resolved, and all are linked at once. Then a mention
gets a key, and what shares a key is one cluster:

- It belongs to the happening whose trigger it overlaps; else to the one whose sentence holds it, the nearest trigger first; else
  to the one of the document's first main claim, where its words are of a kind (below) that is told of such a happening. Through
  the happening's claims it comes to an incident. Words about many happenings at once are one cluster with their like.
- One incident is several events in these corpora: the shots, the hit, the wound, the death, the arrest. So the key is the
  incident with the kind of the mention's words, by the table `KINDS`; other words are their own kind, by their head's lemma.
- A mention of a document without claims, or with words of no such kind outside of every happening's sentence, falls back on its
  lemma within its document.

Baselines: the same head lemma is one cluster, within a scope. For ECB+ the scope is the gold topic, as the published lemma
baselines cluster documents by topic before (`lemma`); `lemma_subtopic` and `lemma_corpus` stand beside it. The Gun Violence
Corpus has no topics: its scope is the whole part. Lemmas come from a few rules on endings and a table of irregular words, not
from a parser, with the commonest nouns in "-ing" kept apart; the head of several words is the last one before a preposition or
particle.

Published, as the corpora's list of figures has it, on the test parts with gold mentions: lemma 50.9 (GVC) and 73.8 (ECB+); the
best about 84 and 86. CoNLL F1 is the mean of MUC, B-cubed and CEAF-e (evals/_clusters.py; needs scipy).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent))

from _clusters import bcubed, ceafe, conll, muc
from _corpora import corpora
from _event_words import KINDS, head
from _mentions import Mention, gathered
from _readers import document, records

from crossbearing.link.incidents import link
from crossbearing.model.claim import Claim, ClaimRole
from crossbearing.model.mention import Reading
from crossbearing.model.outcome import Dating, Outcome
from crossbearing.model.text import DateKind, Document, Metadata, Shown, ShownDate, Span
from crossbearing.pipeline import READERS, default_parts
from crossbearing.resolve import claims
from crossbearing.resolve.tellings import Group, gather

Record = dict[str, Any]
Figures = dict[str, float]
CORPORA = ("gvc", "ecbplus")
PUBLISHED = {"gvc": {"lemma": 0.509, "best": 0.84}, "ecbplus": {"lemma": 0.738, "best": 0.86}}
"""On the test parts."""

GENERIC = "many"


def mentions(record: Record, corpus: str) -> list[Mention]:
    """The mentions of one document that are scored."""
    found = []
    for event in record["events"]:
        if not event.get("trigger") or (corpus == "ecbplus" and not event["validated"]):
            continue
        topic = str(record.get("topic", ""))
        subtopic = str(record.get("subtopic") or record.get("incident") or "")
        span = Span(*event["trigger"])
        found.append(Mention(event["id"], record["id"], topic, subtopic, span, event["text"], str(event["chain"])))
    return found


# ---------------------------------------------------------------- what the program makes of the documents


@dataclass(frozen=True)
class Told:
    """One document as the program has it: its reading, its claims, and the number of each happening that was gathered."""

    document: Document
    reading: Reading
    dating: Dating
    claims: tuple[Claim, ...]
    number: Mapping[int, int]

    def nearest(self, span: Span) -> int | None:
        """The happening, by its index in the reading, whose trigger the span overlaps, else whose sentence holds it."""
        happenings = list(enumerate(self.reading.happenings))
        here = [i for i, h in happenings if h.trigger.meets(span)]
        held = here or [i for i, h in happenings if h.sentence.holds(span)]
        return min(held, key=lambda i: (abs(self.reading.happenings[i].trigger.start - span.start), i), default=None)

    @property
    def news(self) -> int | None:
        """The number of the happening of the first main claim."""
        main = (c for c in self.claims if c.role is ClaimRole.MAIN)
        first = min(main, key=lambda c: (c.span.start, c.happening, c.id), default=None)
        return None if first is None else first.happening


def of_record(record: Record) -> Document:
    """The document of a record, with its day of publication where the corpus gives one."""
    made = document(record["id"], record["text"], record.get("title"))
    if not (day := record.get("date")):
        return made
    shown = ShownDate(DateKind.PUBLISHED, Shown(day, "given", day))
    return replace(made, metadata=replace(made.metadata or Metadata(), dates=(shown,)))


def told(record: Record, reader: str) -> Told:
    """A document read and resolved. Claims do not say which words were gathered to them, so the resolver is listened to."""
    parts = default_parts(reader)
    made = of_record(record)
    reading = parts.read(made)
    heard: list[Group] = []

    def listening(*given: Any, **named: Any) -> list[Group]:
        heard[:] = gather(*given, **named)
        return list(heard)

    with patch.object(claims, "gather", listening):
        found = parts.resolve(made, reading)
    return Told(made, reading, found.dating, found.claims, {t.index: n for n, group in enumerate(heard) for t in group.tellings})


def incidents_of(found: Sequence[Mention], documents: Mapping[str, Told]) -> dict[str, str]:
    """The incident that each mention speaks of, or `GENERIC`, with all documents linked at once; left out
    where the program has no opinion."""
    made_of = [Outcome(t.document.capture, (), t.document, t.dating) for t in documents.values()]
    homes = {c: i.id for i in link([c for t in documents.values() for c in t.claims], (), made_of) for c in i.claims}
    incidents = {(key, c.happening): homes[c.id] for key, t in documents.items() for c in t.claims}
    opinions = {m.id: incident_of(m, head(m.words), documents[m.document], incidents) for m in found}
    return {key: incident for key, incident in opinions.items() if incident}


def keys(found: Sequence[Mention], incidents: Mapping[str, str]) -> dict[str, str]:
    """The cluster of each mention by the program's opinion alone: incident and kind of word, else the lemma in its document."""
    made: dict[str, str] = {}
    for mention in found:
        word = head(mention.words)
        within = incidents.get(mention.id)
        made[mention.id] = f"{within}/{KINDS.get(word, word)}" if within else f"{mention.document}/{word}"
    return made


def incident_of(mention: Mention, word: str, told_: Told, incidents: Mapping[tuple[str, int], str]) -> str | None:
    """The incident that a mention speaks of, or `GENERIC`; None where the program has no opinion."""
    index = told_.nearest(mention.span)
    if index is not None:
        happening = told_.reading.happenings[index]
        if happening.generic and happening.trigger.meets(mention.span):
            return GENERIC
        incident = incidents.get((mention.document, told_.number.get(index, -1)))
        if incident:
            return incident
    news = told_.news
    return incidents[mention.document, news] if news is not None and word in KINDS else None


# ---------------------------------------------------------------- scores


def figures_of(name: str, gold: Mapping[str, str], found: Mapping[str, str]) -> Figures:
    parts = {"muc": muc(gold, found), "b3": bcubed(gold, found), "ceafe": ceafe(gold, found)}
    figures = {f"conll_{name}": conll(gold, found)}
    if name == "ours":
        figures |= {f"{part}_{side}": getattr(s, side) for part, s in parts.items() for side in ("precision", "recall", "f1")}
    return figures


def part(rows: Sequence[Record], corpus: str) -> tuple[list[Mention], dict[str, str], dict[str, date]]:
    """The mentions of a corpus's part, and the text of each document with its day, where the corpus gives one."""
    days = {row["id"]: date.fromisoformat(row["date"]) for row in rows if row.get("date")}
    return [m for row in rows for m in mentions(row, corpus)], {row["id"]: row["text"] for row in rows}, days


def measure(folder: Path, reader: str, most: int = 0) -> tuple[Figures, list[str]]:
    """CoNLL F1 of ours and of the baselines on a corpus's development part, and the errors."""
    rows = list(records(folder))
    found, texts, days = part(rows, folder.name)
    incidents = incidents_of(found, {row["id"]: told(row, reader) for row in rows})
    gold = {m.id: m.chain for m in found}
    ours = gathered(found, texts, days, folder.name)
    figures = figures_of("ours", gold, ours) | figures_of("incidents", gold, keys(found, incidents))
    scopes: dict[str, Callable[[Mention], str]] = {"lemma": lambda m: m.topic, "lemma_document": lambda m: m.document}
    if folder.name == "ecbplus":
        scopes |= {"lemma_subtopic": lambda m: m.subtopic, "lemma_corpus": lambda m: ""}
    for name, scope in scopes.items():
        figures |= figures_of(name, gold, {m.id: f"{scope(m)}/{head(m.words)}" for m in found})
    figures["with_incident"] = len(incidents) / max(len(found), 1)
    figures |= {"mentions": float(len(found)), "documents": float(len(rows)), "chains": float(len(set(gold.values())))}
    return figures, errors(found, ours, most) if most else []


def errors(found: Iterable[Mention], ours: Mapping[str, str], most: int) -> list[str]:
    """The chains that fall into most clusters, and the clusters that mix most chains, with their words."""
    by_chain: defaultdict[str, list[Mention]] = defaultdict(list)
    by_key: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        by_chain[mention.chain].append(mention)
        by_key[ours[mention.id]].append(mention)

    def listed(title: str, groups: Mapping[str, list[Mention]], other: Callable[[Mention], str]) -> list[str]:
        worst = sorted(groups.items(), key=lambda item: -len({other(m) for m in item[1]}))[:most]
        return [title] + [
            f"    {key}: {len(those)} mentions, {len({other(m) for m in those})} apart: "
            + "; ".join(
                f"{label} {Counter(m.words.lower() for m in those if other(m) == label).most_common(3)}"
                for label in dict.fromkeys(map(other, those))
            )[:700]
            for key, those in worst
        ]

    split = listed("chains that fall apart most", by_chain, lambda m: ours[m.id])
    return split + listed("clusters that mix most chains", by_key, lambda m: m.chain)


def measured(root: Path, reader: str = "rules") -> dict[str, Figures]:
    """By corpus and measure; a corpus that is not there is left out."""
    return {
        corpus: {name: round(value, 4) for name, value in measure(root / corpus, reader)[0].items()}
        for corpus in CORPORA
        if (root / corpus).is_dir()
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora())
    parser.add_argument("--reader", choices=sorted(READERS), default="rules")
    parser.add_argument("--only", choices=CORPORA)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the N worst chains and clusters of each corpus")
    parser.add_argument("--json", action="store_true", help="print what `measured` gives, and nothing else")
    options = parser.parse_args()
    if options.json:
        print(json.dumps(measured(options.corpora, options.reader)))
        return 0
    for corpus in CORPORA:
        if options.only and corpus != options.only:
            continue
        if not (options.corpora / corpus).is_dir():
            print(f"Not measured: no {options.corpora / corpus}.")
            continue
        figures, said = measure(options.corpora / corpus, options.reader, options.errors)
        print("\n".join([*said, f"{corpus}, reader {options.reader}"]))
        for name, value in figures.items():
            print(f"    {name:28}" + (f"{value:10.0f}" if value >= 2 and value == int(value) else f"{value:10.3f}"))
        print("    on the tests, published:    " + ", ".join(f"{k} {v:.3f}" for k, v in PUBLISHED[corpus].items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
