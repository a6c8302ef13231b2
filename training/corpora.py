"""The annotated corpora as `Labelled` texts: what each set marks, in our words, and nothing more.

    python -m training.corpora --corpora DIR --out DIR

Only train parts are read, and dev parts of sets on which nothing is measured. Where a set's word is wider than ours, the label
is a choice ("organisation|group|state"), and the network is free within it. The licence of each set stands in `docs/model.md`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from training.labelled import Argument, Event, Labelled, Marked, Voiced, write

Row = dict[str, Any]


def rows(folder: Path, name: str) -> Iterator[Row]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _pieces(parts: list[Row]) -> list[tuple[int, int]]:
    return [(p["start"], p["end"]) for p in parts]


# ---------------------------------------------------------------- voices


def polnear(root: Path, part: str = "train") -> Iterator[Labelled]:
    for row in rows(root / "polnear", part):
        said = [Voiced(_pieces(a["source"]), _pieces(a["cue"]), _pieces(a["content"])) for a in row["attributions"]]
        title = row["meta"]["title"] or ""
        yield Labelled(row["id"], "polnear", row["text"], ["attributions"], attributions=said, title=title)


GUM_GENRES = frozenset(("news", "interview", "bio", "voyage", "academic", "speech", "court", "vlog"))
"""The genres whose texts carry no NC term."""

GUM_KINDS = {
    "person": "person|people|group",
    "place": "place|facility|state",
    "organization": "organisation|group|state",
    "time": "time",
}


def gum(root: Path) -> Iterator[Labelled]:
    for row in rows(root / "gum", "train"):
        if row["meta"]["genre"] not in GUM_GENRES:
            continue
        said = [Voiced(_pieces(a["source"]), _pieces(a["cue"]), _pieces(a["content"])) for a in row["attributions"]]
        marked = [
            Marked(*_bare(row["text"], e["start"], e["end"]), GUM_KINDS[e["label"]])
            for e in row["entities"]
            if e["label"] in GUM_KINDS and not e["pronoun"] and e["end"] - e["start"] <= 60
        ]
        chains: dict[str, list[tuple[int, int]]] = {}
        for e in row["entities"]:
            if e["label"] in ("person", "organization", "place") and e["end"] - e["start"] <= 60:
                chains.setdefault(e["group"], []).append(_bare(row["text"], e["start"], e["end"]))
        yield Labelled(
            row["id"], "gum", row["text"], ["attributions", "mentions", "actor-chains"],
            mentions=_outermost(marked), attributions=said, actor_chains=[c for c in chains.values() if len(c) > 1],
            complete=["person", "people", "group", "place", "state", "organisation", "time"], convention=1,
        )  # fmt: skip


_ARTICLE = re.compile(r"(?:the|an?|its|their|his|her|our|my)\s+", re.I)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without its article."""
    match = _ARTICLE.match(text, start, end)
    return (match.end() if match and match.end() < end else start), end


def _outermost(marked: list[Marked]) -> list[Marked]:
    """No two of them overlap; of nested ones the outer stays unless it is long, for ours are minimal noun phrases."""
    kept: list[Marked] = []
    for m in sorted(marked, key=lambda m: (m.end - m.start > 40, -(m.end - m.start), m.start)):
        if not any(m.start < k.end and k.start < m.end for k in kept):
            kept.append(m)
    return sorted(kept, key=lambda m: m.start)


# ---------------------------------------------------------------- happenings

HIT = "air|shelling|ied|suicide|grenade|strike|clash|attack|chemical"
KAIROS = {
    "Conflict.Attack": HIT,
    "Life.Die": "harm|attack",
    "Life.Injure": "harm|attack",
    "Justice.ArrestJailDetain": "arrests|abduction|other",
    "Conflict.Demonstrate": "protest|violent-demonstration|protest-with-intervention|mob",
    "ArtifactExistence.DamageDestroyDisableDismantle": HIT + "|looting|disrupted-weapons-use|other",
    "Conflict.Defeat": "overtakes|regains|clash|other",
    "Conflict:Attack": HIT,
    "Life:Die": "harm|attack",
    "Justice:Arrest-Jail": "arrests|abduction|other",
    "Conflict:Demonstrate": "protest|violent-demonstration|protest-with-intervention|mob",
}
KAIROS_ROLES = {
    "Attacker": "perpetrator", "Killer": "perpetrator", "Injurer": "perpetrator", "Jailer": "perpetrator", "Agent": "perpetrator",
    "Demonstrator": "perpetrator", "Destroyer": "perpetrator", "DamagerDestroyer": "perpetrator", "Perpetrator": "perpetrator",
    "Target": "target", "Victim": "victim", "Detainee": "victim", "Person": "victim",
    "Instrument": "means", "ExplosiveDevice": "means", "Place": "place",
}  # fmt: skip
UNTOLD = ["time", "killed", "injured"]


def _event(e: Row) -> Event | None:
    if e["type"] not in KAIROS or not e["trigger"]:
        return None
    roles = []
    for a in e["args"]:
        role = KAIROS_ROLES.get(a["role"]) or (
            "perpetrator" if e["type"].endswith("Demonstrate") and a["role"] == "Entity" else None
        )
        if a["role"] == "Artifact" and "Damage" in e["type"]:
            role = "target"
        if role:
            roles += [Argument(role, s, t) for s, t in a["spans"]]
    return Event(e["trigger"][0], e["trigger"][1], KAIROS[e["type"]], roles=roles)


def wikievents(root: Path, part: str = "train") -> Iterator[Labelled]:
    for row in rows(root / "wikievents", part):
        events = [e for e in map(_event, row["events"]) if e]
        yield Labelled(
            row["id"], "wikievents", row["text"], ["happenings", "roles"], events=events,
            complete_roles=["perpetrator", "target", "victim", "means", "place"],
        )  # fmt: skip


ACE_KINDS = {
    "PER": "person|people|group", "GPE": "place|state", "ORG": "organisation|group|state", "LOC": "place",
    "FAC": "facility|place",
    "WEA": "weapon", "VEH": "weapon",
}  # fmt: skip


def m2e2(root: Path) -> Iterator[Labelled]:
    for row in rows(root / "m2e2", "all"):
        events = [e for e in map(_event, row["events"]) if e]
        marked = [Marked(s, t, ACE_KINDS[e["type"]]) for e in row["entities"] if e["type"] in ACE_KINDS for s, t in e["mentions"]]
        marked = [m for m in marked if not _PRONOUN.fullmatch(row["text"][m.start : m.end])]
        yield Labelled(
            row["id"], "m2e2", row["text"], ["mentions", "roles"], mentions=_outermost(marked), events=events,
            complete=["person", "people", "group", "state", "organisation", "place", "facility"],
            complete_roles=["perpetrator", "target", "victim", "means", "place"],
        )  # fmt: skip


_PRONOUN = re.compile(
    r"(?:he|she|it|they|we|i|you|who|whom|which|that|him|her|them|us|me|his|its|their|our|my|your|those|these)", re.I
)

MUC_TYPES = {
    "BOMBING": (
        "ied|suicide|grenade|strike|air|shelling",
        r"bomb\w*|explo[ds]\w*|dynamit\w*|detonat\w*|blasts?|blew|grenades?|attack\w*",
    ),
    "ATTACK": (
        "attack|clash|strike|grenade|shelling|ied|air",
        r"attack\w*|kill\w*|murder\w*|assassinat\w*|shot|shoot\w*|fired|massacre\w*|machine-?gun\w*|ambush\w*|execut\w*|gunned|slain|"
        r"raid\w*|assault\w*|died|deaths?|wound\w*|injur\w*|grenades?|crimes?",
    ),
    "KIDNAPPING": ("abduction", r"kidnap\w*|abduct\w*|hostages?|captured?|seized?|held|disappear\w*"),
    "ARSON": ("looting", r"burn\w*|fires?|afire|arson|torch\w*|attack\w*"),
    "ROBBERY": ("looting|other", r"robb\w*|stole\w*|steal\w*|loot\w*|assault\w*|theft"),
    "FORCED WORK STOPPAGE": ("other", r"stoppage|strike|forced"),
}  # fmt: skip
MUC_ROLES = {
    "PerpInd": ("perpetrator", "perpetrator-person"), "PerpOrg": ("perpetrator", "perpetrator-group"),
    "PhysTarget": ("target", "object"),
    "HumTargetName": ("victim", "victim"), "HumTargetDesc": ("victim", "victim"), "Instrument": ("means", "instrument"),
}  # fmt: skip
_MUC_SENTENCE = re.compile(r"(?<=[.?!\"])\s+(?=[A-Z\"\[(])|\n\s*\n")


def muc4(root: Path) -> Iterator[Labelled]:
    """MUC-4 marks no words that tell of an incident: a word of its type in a sentence that holds one of its fillers is taken."""
    for row in rows(root / "muc4", "train"):
        text, events, fillers = row["text"], [], {}
        edges = [0, *(m.end() for m in _MUC_SENTENCE.finditer(text)), len(text)]
        for number, incident in enumerate(row["events"]):
            spans = [(s, t, a["role"]) for a in incident["args"] for s, t in a["spans"]]
            for s, t, role in spans:
                fillers[s, t] = MUC_ROLES[role][1]
            events += _told(text, edges, incident["type"], spans, number)
        marks = ["roles", "happening-chains"] + (["fillers"] if not any(e["optional"] for e in row["events"]) else [])
        yield Labelled(
            row["id"], "muc4", text, marks, events=_one_each(events),
            fillers=[Marked(s, t, kind) for (s, t), kind in sorted(fillers.items())],
            complete_roles=["perpetrator", "target", "victim", "means"],
        )  # fmt: skip


def muc4_cased(root: Path) -> Iterator[Labelled]:
    """The same in the case that prose has, letter for letter, as `evals/muc.py` gives them to a reader."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "evals"))
    from muc import truecase

    for text in muc4(root):
        text.text = truecase(text.text)
        yield text


def _told(text: str, edges: list[int], type_: str, spans: list[tuple[int, int, str]], number: int) -> list[Event]:
    kind, words = MUC_TYPES[type_]
    found = []
    for k, (a, b) in enumerate(pairwise(edges)):
        here = [(s, t, r) for s, t, r in spans if a <= s < b]
        if not here:
            continue
        lo, hi = edges[max(0, k - 1)], edges[min(len(edges) - 1, k + 2)]
        near = here + [x for x in spans if lo <= x[0] < hi and not a <= x[0] < b and x[2] not in {r for _, _, r in here}]
        for match in re.finditer(rf"\b(?:{words})\b", text[a:b], re.I):
            roles = [Argument(MUC_ROLES[r][0], s, t) for s, t, r in sorted(near) if not (s <= a + match.start() < t)]
            found.append(Event(a + match.start(), a + match.end(), kind, roles=roles, chain=number))
    return found


def _one_each(events: list[Event]) -> list[Event]:
    """Words that two incidents could own tell us nothing about either."""
    owners: dict[int, set[int | None]] = {}
    for e in events:
        owners.setdefault(e.start, set()).add(e.chain)
    return [e for e in events if len(owners[e.start]) == 1]


def gvc(root: Path) -> Iterator[Labelled]:
    for row in rows(root / "gvc", "train"):
        numbers: dict[str, int] = {}
        events = [
            Event(e["trigger"][0], e["trigger"][1], "attack|harm|other", chain=numbers.setdefault(e["chain"], len(numbers)))
            for e in row["events"]
            if e["chain"] and e["trigger"]
        ]
        yield Labelled(row["id"], "gvc", row["text"], ["happening-chains"], events=events)


def ecbplus(root: Path) -> Iterator[Labelled]:
    for row in rows(root / "ecbplus", "train"):
        numbers: dict[str, int] = {}
        events = [
            Event(e["trigger"][0], e["trigger"][1], "*", chain=numbers.setdefault(e["chain"], len(numbers)))
            for e in row["events"]
            if e["validated"] and e["type"] in ("ACTION_OCCURRENCE", "NEG_ACTION_OCCURRENCE") and e["chain"] and e["trigger"]
        ]
        if events:
            yield Labelled(row["id"], "ecbplus", row["text"], ["happening-chains"], events=events)


def factuality(root: Path) -> Iterator[Labelled]:
    """Only clear judgements: at least 2 of 3 on the scale is a fact, -2 and less is none."""
    for row in rows(root / "factuality_uds", "dev"):
        events = [
            Event(
                p["start"],
                p["end"],
                "*",
                realis="asserted|background" if p["factuality"] > 0 else "denied|hypothetical|planned|foiled",
            )
            for p in row["predicates"]
            if abs(p["factuality"]) >= 1.5
        ]
        if events:
            yield Labelled(row["id"], "factuality_uds", row["text"], ["realis"], events=events)


def event_location(root: Path) -> Iterator[Labelled]:
    """Ids whose SHA-256 begins with 0 or 1 are kept for measuring."""
    for row in rows(root / "geo_event_location", "train"):
        if hashlib.sha256(row["id"].encode()).hexdigest()[0] in "01":
            continue
        events = [
            Event(e["verb"]["start"], e["verb"]["end"], "*", roles=[Argument("place", p["start"], p["end"]) for p in e["places"]])
            for e in row["events"]
        ]
        yield Labelled(row["id"], "geo_event_location", row["text"], ["roles"], events=events, complete_roles=["place"])


# ---------------------------------------------------------------- names, places, times

NAMES = {
    "LOC": "place|state|facility", "PER": "person", "ORG": "organisation|group|state", "location": "place|state|facility",
    "person": "person", "corporation": "organisation", "group": "organisation|group",
}  # fmt: skip


def names(root: Path) -> Iterator[Labelled]:
    for corpus, part in (("uner_ewt", "dev"), ("wikigold", "dev"), ("wnut17", "train")):
        for row in rows(root / corpus, part):
            marked = [Marked(e["start"], e["end"], NAMES[e["label"]]) for e in row["entities"] if e["label"] in NAMES]
            # Only names are marked: a person or a place spoken of without one is not absent.
            if marked:
                yield Labelled(row["id"], corpus, row["text"], ["mentions"], mentions=_outermost(marked), complete=[])


def wikiwars(root: Path) -> Iterator[Labelled]:
    for row in rows(root / "wikiwars", "train"):
        marked = [Marked(*_bare(row["text"], t["start"], t["end"]), "time") for t in row["timexes"]]
        yield Labelled(row["id"], "wikiwars", row["text"], ["mentions"], mentions=_outermost(marked), complete=["time"])


def geovirus(root: Path) -> Iterator[Labelled]:
    for row in rows(root / "geo_geovirus", "dev"):
        marked = [Marked(t["start"], t["end"], "place|state|facility") for t in row["toponyms"]]
        yield Labelled(row["id"], "geo_geovirus", row["text"], ["mentions"], mentions=_outermost(marked), complete=[])


def unmarked(root: Path) -> Iterator[Labelled]:
    """News of a war in which nothing is marked: what a network says of it is to stay as it was (`keep` in the configuration)."""
    for row in rows(root / "fakes", "all"):
        yield Labelled(row["id"], "unmarked", row["text"], [], title=row["title"])


CORPORA: dict[str, Callable[[Path], Iterator[Labelled]]] = {
    "polnear": polnear, "gum": gum, "wikievents": wikievents, "m2e2": m2e2, "muc4": muc4, "muc4cased": muc4_cased,
    "gvc": gvc, "ecbplus": ecbplus, "factuality_uds": factuality, "geo_event_location": event_location, "names": names,
    "wikiwars": wikiwars, "geo_geovirus": geovirus, "unmarked": unmarked,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for name, convert in CORPORA.items():
        print(f"{name}: {write(args.out / f'{name}.jsonl', convert(args.corpora))} texts", flush=True)


if __name__ == "__main__":
    main()
