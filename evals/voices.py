"""How well a reader finds who is said to have said what: F1 of sources, cues and contents on annotated attributions.

    python evals/voices.py [--reader NAME] [--errors N] [--corpora DIR]

On the development parts of PolNeAR (US political news) and GUM (many genres; also by genre). Conventions:

- A token is a run of word characters or one other mark. A unit is the set of tokens of one attribution's source, cue or
  content, its pieces joined. A token that a span covers in part is covered.
- Strict, THE figure: every token counts. Lenient: punctuation marks are left out of both sides, unless the unit is nothing
  else (a colon or a dash can be a cue).
- exact: a unit is right when a gold unit of the same part has the same tokens, one to one. A source that two attributions
  share is two units. A part that an attribution lacks (a hidden source, a cue that is only layout) is no unit.
- token: the union of a part's units in a document against that of the gold, tokens counted over all documents.
- linked: an attribution is right when its cue is exact and its source and its content each share more than half of their
  tokens (Dice) with those of the same gold attribution, one to one. A source that both lack is shared.
- nested: pairs of attributions where the content of the outer holds the inner's cue, or the inner as a whole. A pair is right
  when both cues meet those of a gold pair, one to one. Pairs are drawn from the spans alone, on both sides; those with an
  attribution that has no cue are left out (in GUM the writer of a letter holds all that it says). PolNeAR's contents never
  overlap, so it has no pairs.
- "all" adds up the three parts. Every gold attribution counts, of whichever polarity; other annotators' second views do not:
  how far those agree with the first is printed beside, as F1 by the same measures.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from _readers import (
    Record,
    Scores,
    Tally,
    Tokenized,
    Tokens,
    best_pairs,
    cells,
    dice,
    of_record,
    options_for,
    reader,
    records,
    summed,
)

from crossbearing.model.mention import Attribution, Reading
from crossbearing.model.text import Span
from crossbearing.stages import Read

CORPORA = ("polnear", "gum")
PARTS = ("source", "cue", "content")
MORE_THAN = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution as sets of tokens."""

    source: Tokens
    cue: Tokens
    content: Tokens

    def part(self, name: str) -> Tokens:
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]

    def holds(self, other: Said) -> bool:
        """Whether the other is told within this one's content."""
        whole = other.source | other.cue | other.content
        return bool(other.cue and other.cue <= self.content) or bool(whole and whole <= self.content)

    def kept(self, words: Tokens) -> Said:
        """Without the marks among its tokens, where anything is left then."""
        return Said(*(tokens & words or tokens for tokens in (self.source, self.cue, self.content)))


def gold(record: Record, tokens: Tokenized) -> list[Said]:
    """A record's attributions."""
    return [
        Said(*(tokens.of(Span(p["start"], p["end"]) for p in attribution[part]) for part in PARTS))
        for attribution in record["attributions"]
    ]


def said(reading: Reading, tokens: Tokenized) -> list[Said]:
    """A reading's attributions."""
    return [Said(*(tokens.of(pieces) for pieces in pieces_of(a))) for a in reading.attributions]


def pieces_of(attribution: Attribution) -> tuple[Iterable[Span], Iterable[Span], Iterable[Span]]:
    """The spans of source, cue and content; a reader that knows of pieces gives them beside the span."""
    source = (attribution.source.span,) if attribution.source else ()
    return (
        getattr(attribution, "source_pieces", ()) or source,
        getattr(attribution, "cue_pieces", ()) or (attribution.cue,),
        getattr(attribution, "pieces", ()) or (attribution.content,),
    )


def compared(found: list[Said], wanted: list[Said]) -> Scores:
    """One document's counts."""
    scores: Scores = {}
    for part in PARTS:
        scores[f"exact_{part}"] = exact(found, wanted, part)
        here, there = (frozenset[int]().union(*(s.part(part) for s in side)) for side in (found, wanted))
        scores[f"token_{part}"] = Tally(len(here & there), len(here), len(there))
    for measure in ("exact", "token"):
        scores[measure] = sum((scores[f"{measure}_{part}"] for part in PARTS), Tally())
    scores["linked"] = Tally(len(links(found, wanted)), len(found), len(wanted))
    scores["nested"] = nested(found, wanted)
    return scores


def exact(found: list[Said], wanted: list[Said], part: str) -> Tally:
    here, there = (Counter(s.part(part) for s in side if s.part(part)) for side in (found, wanted))
    return Tally((here & there).total(), here.total(), there.total())


def links(found: list[Said], wanted: list[Said]) -> dict[int, int]:
    """Which found attribution is which gold one."""
    weights: dict[tuple[int, int], float] = {}
    for i, one in enumerate(found):
        for j, other in enumerate(wanted):
            if one.cue == other.cue:
                source, content = dice(one.source, other.source), dice(one.content, other.content)
                weights[i, j] = source + content if min(source, content) > MORE_THAN else 0
    return best_pairs(weights)


def nested(found: list[Said], wanted: list[Said]) -> Tally:
    here, there = (pairs(side) for side in (found, wanted))
    weights: dict[tuple[int, int], float] = {}
    for i, one in enumerate(here):
        for j, other in enumerate(there):
            if one[0] & other[0] and one[1] & other[1]:
                weights[i, j] = dice(one[0], other[0]) + dice(one[1], other[1])
    return Tally(len(best_pairs(weights)), len(here), len(there))


def pairs(side: list[Said]) -> list[tuple[Tokens, Tokens]]:
    """The cues of each outer and inner attribution."""
    return [(a.cue, b.cue) for a, b in permutations(side, 2) if a.cue and b.cue and a.holds(b)]


def scored(record: Record, read: Read) -> Scores:
    """One record's counts, the lenient ones under names that say so."""
    tokens = Tokenized(record["text"])
    found, wanted = said(read(of_record(record)), tokens), gold(record, tokens)
    lenient = compared([s.kept(tokens.words) for s in found], [s.kept(tokens.words) for s in wanted])
    return compared(found, wanted) | {f"{name}_lenient": tally for name, tally in lenient.items()}


def by_genre(folder: Path, read: Read) -> dict[str, Scores]:
    """A corpus's counts by genre; a corpus without genres is one genre without a name."""
    found: defaultdict[str, list[Scores]] = defaultdict(list)
    for record in records(folder):
        found[record.get("meta", {}).get("genre", "")].append(scored(record, read))
    return {genre: summed(many) for genre, many in sorted(found.items())}


def measured(root: Path, reader_name: str | None = None) -> dict[str, dict[str, float]]:
    """The F1 of every measure by corpus; a corpus that is not there is left out, and a measure without gold."""
    return {
        corpus: {
            name: tally.f1 for name, tally in summed(by_genre(root / corpus, reader(reader_name)).values()).items() if tally.gold
        }
        for corpus in CORPORA
        if (root / corpus).is_dir()
    }


# ---------------------------------------------------------------- shown


def table(scores: Scores) -> str:
    """A corpus's counts as a table."""
    lines = [
        f"{'':9}{'gold':>6}{'found':>7}" + "".join(f"{n:>15}{'F1':>7}" for n in ("exact  P R", "lenient  P R", "token  P R"))
    ]
    for part in (*PARTS, "all"):
        end = "" if part == "all" else f"_{part}"
        strict = scores[f"exact{end}"]
        lines.append(
            f"{part:9}{strict.gold:6}{strict.found:7}" + cells(strict, scores[f"exact{end}_lenient"], scores[f"token{end}"])
        )
    for name in ("linked", "nested"):
        strict = scores[name]
        lines.append(f"{name:9}{strict.gold:6}{strict.found:7}" + cells(strict, scores[f"{name}_lenient"]))
    return "\n".join(lines)


def genres(found: dict[str, Scores]) -> str:
    """The F1 of each genre, a line each."""
    names = ("exact", "exact_lenient", "token", "linked", "nested")
    lines = [f"{'genre':13}{'gold':>6}{'found':>7}" + "".join(f"{name.replace('exact_', ''):>9}" for name in names)]
    for genre, scores in found.items():
        linked = scores["linked"]
        lines.append(f"{genre:13}{linked.gold:6}{linked.found:7}" + "".join(f"{scores[name].f1:9.3f}" for name in names))
    return "\n".join(lines)


def agreement(folder: Path) -> Scores:
    """How far a corpus's annotators agree, on its train part: each second view counted as what a reader found.

    Nothing where that part is not there, or holds no second views.
    """
    found: list[Scores] = []
    if not (folder / "train.jsonl.gz").is_file():
        return {}
    for record in records(folder, "train"):
        tokens = Tokenized(record["text"])
        for view in (record.get("other_annotators") or {}).values():
            found.append(compared(gold({"attributions": view}, tokens), gold(record, tokens)))
    return summed(found)


def errors(folder: Path, read: Read) -> Iterator[str]:
    """The units that were missed or found falsely, with their words."""
    for record in records(folder):
        tokens = Tokenized(record["text"])
        found, wanted = said(read(of_record(record)), tokens), gold(record, tokens)
        for part in PARTS:
            here, there = (Counter(s.part(part) for s in side if s.part(part)) for side in (found, wanted))
            wrong = [(unit, "missed") for unit in (there - here).elements()] + [
                (unit, "false") for unit in (here - there).elements()
            ]
            for unit, how in sorted(wrong, key=lambda w: min(w[0])):
                yield f"  {record['id']} {part} {how}: {tokens.said(unit)}"


def main() -> None:
    options = options_for(__doc__)
    for corpus in CORPORA:
        folder = options.corpora / corpus
        if not folder.is_dir():
            print(f"Not measured: no {folder}.")
            continue
        read = reader(options.reader)
        for line, _ in zip(errors(folder, read), range(options.errors), strict=False):
            print(line)
        found = by_genre(folder, read)
        print(f"{corpus}\n{table(summed(found.values()))}")
        if len(found) > 1:
            print(genres(found))
        if agreed := agreement(folder):
            names = ("exact", *(f"exact_{part}" for part in PARTS), "token", "linked")
            print("second annotators:", ", ".join(f"{name} {agreed[name].f1:.3f}" for name in names))
        print()


if __name__ == "__main__":
    main()
