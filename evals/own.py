"""Which incidents are read out of reports that were written for this, field by field.

    python evals/own.py [--part train|dev] [--reader NAME] [--errors]

48 reports of many wars, unrest and none, with invented outlets and incidents, in the manners of wires, ministries, channels,
monitors, courts, radio monitoring and features (`gold/own`, a YAML file each); beside each text stands what a careful coder would
enter, written down with it and before any reading was seen. Files of even numbers are `dev`: of those the figures alone are
looked at. Those of odd numbers are `train`, to be read for errors. It needs no corpora.

Incidents are paired and counted as in `incidents.py`. Beside its measures:

- place, doer, target: by the words of the name as the text gives it or as the registry does, half of them at least, common ones
  left out; none where the text gives none.
- injured: the same bounds as the gold, where one side has any.
- fields: all fields of the incidents found together.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent))

import incidents
from _readers import Tally, configured, document

from crossbearing.model.claim import Actor, Claim, Status
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document
from crossbearing.pipeline import default_parts

GOLD = Path(__file__).parent / "gold" / "own"
FIELDS = ("kind", "day", "land", "place", "doer", "target", "killed", "injured")
MEASURES = ("precision", "recall", *FIELDS, "fields")
_TOLD = (Status.HAPPENED, Status.FOILED)
"""What is given as an incident: a claim that is denied or planned is none."""
_STOPPED = "Disrupted weapons use"
_COMMON = frozenset(
    (
        "the a an of in and at near by for its his her their town city village district province region state county area road "
        "street market camp base suspected alleged unknown unidentified forces force army military militia group groups members"
    ).split()
)


def reports(part: str | None = None) -> Iterator[tuple[Document, incidents.Record]]:
    """Each report of a part as a document, its title first, and what the coder entered of it."""
    for file in sorted(GOLD.glob("*.yml")):
        row = yaml.safe_load(file.read_text(encoding="utf-8"))
        row |= {"n": file.stem, "corpus": "own", "id": row["outlet"], "part": _part(file)}
        if part in (None, row["part"]):
            text = f"{row['title']}\n\n{row['text']}"
            yield (
                document(file.stem, text, row["title"], str(row["published"])),
                row | {"incidents": [_placed(text, one) for one in row["incidents"]]},
            )


def _part(file: Path) -> str:
    return "train" if int(file.stem[1:3]) % 2 else "dev"


def _placed(text: str, one: dict[str, Any]) -> incidents.Record:
    """A gold incident with the spans of the sentences that tell it, and its days as text."""
    at = [(text.index(told), text.index(told) + len(told)) for told in one["told"]]
    return one | {"at": at, "day": [str(day) if day else None for day in one["day"]] if one["day"] else None}


def read(part: str, reader: str | None = None) -> list[incidents.Text]:
    stages = default_parts(reader or configured())
    made = []
    for page, row in reports(part):
        claims = stages.resolve(page, stages.read(page)).claims
        found = [told for told in incidents.happenings(claims) if any(c.status in _TOLD for c in told)]
        made.append(incidents.Text(row, page.text, found, incidents.paired(found, row["incidents"])))
    return made


def scored(texts: Sequence[incidents.Text]) -> dict[str, Tally]:
    """Counts by measure: those of `incidents.py`, and each field of the incidents found."""
    counts = {name: tally for name, tally in incidents.scored(texts).items() if name not in FIELDS}
    made: dict[str, list[bool]] = {name: [] for name in FIELDS}
    for one in texts:
        for n, j in one.pairs.items():
            if one.verdict(n) == "right":
                for name, right in compared(one.text, one.found[n], one.row["incidents"][j]).items():
                    made[name].append(right)
    made["fields"] = [right for name in FIELDS for right in made[name]]
    return counts | {name: Tally(sum(right), len(right), len(right)) for name, right in made.items() if right}


def compared(text: str, claims: Sequence[Claim], one: incidents.Record) -> dict[str, bool]:
    """What is right of an incident found in a text, beside the gold one.

    A weapon that was stopped on its way may be an attack that was foiled, or weapons disrupted: code books differ.
    """
    found = {name: right for name, right in incidents.compared(claims, one).items() if name in FIELDS}
    if one["sub"] == _STOPPED:
        found["kind"] = incidents.kind_of(claims) in (one["type"], "Explosions/Remote violence")
    where = next((c.where for c in claims if c.where), None)
    named = [where.value.name, *([where.words.of(text)] if where.words else ())] if where else []
    hurt = incidents.injured_of(claims)
    found |= {
        "place": _meets(one["place"], named),
        "doer": _meets(one["perpetrator"], _names(claims, "perpetrators")),
        "target": _meets(one["target"], _names(claims, "targets")),
    }
    if one["injured"] or hurt:
        found["injured"] = one["injured"] in hurt if one["injured"] else not hurt
    return found


def _names(claims: Sequence[Claim], part: str) -> list[str]:
    """Parties by name and as they are written."""
    parties: list[Stated[Actor]] = [party for claim in claims for party in getattr(claim, part)]
    return [name for party in parties for name in (party.value.name, party.value.written) if name]


def _words(name: str) -> set[str]:
    said = re.findall(r"[^\W_]+", name.lower())
    return {word for word in said if word not in _COMMON} or set(said)


def _meets(gold: str | None, found: Sequence[str]) -> bool:
    """Whether one of the names found has half of the words of the gold one, or the gold one has half of its own."""
    if gold is None or not found:
        return gold is None and not found
    wanted = _words(gold)
    return any(2 * len(wanted & _words(name)) >= min(len(wanted), len(_words(name))) for name in found)


def _parties(one: incidents.Text, n: int) -> str:
    """Who is said to have done it to whom, of an incident found, beside what the coder entered."""
    claims, g = one.found[n], one.row["incidents"][one.pairs[n]]
    doers, targets = (sorted(set(_names(claims, part))) for part in ("perpetrators", "targets"))
    wanted = f"{g['perpetrator']} to {g['target']}, {g['injured']}"
    return f"  {g['place']}: {doers} did it to {targets}, injured {incidents.injured_of(claims)}; the coder: {wanted}"


def measured(reader: str | None = None, part: str = "dev") -> dict[str, float]:
    """Each measure as a share."""
    counts = scored(read(part, reader))
    return {name: counts[name].precision for name in MEASURES if name in counts}


def main() -> int:
    options = incidents.asked(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter))
    texts = read(options.part, options.reader)
    for one in texts if options.errors else ():
        print(*incidents.shown(one, partial(compared, one.text)), sep="\n")
        print(*(_parties(one, n) for n in one.pairs), sep="\n")
    incidents.printed(scored(texts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
