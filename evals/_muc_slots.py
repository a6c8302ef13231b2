"""Which mentions of a report fill MUC-4's slots: what the reader says of a mention, weighed as the train split taught.

The claims say which templates there are, of which type and about what. A claim has one perpetrator and one toll where MUC-4 asks
for every string, those of other sentences too; which of the reading's mentions it would take is what is learned here. A mention
stands in the template of the claim that it is a part of, else of one told in its sentence, else of the one told nearest.

A candidate is a string in a slot: a mention's words, the same with the number or article before them, and the same with the
words before them that may belong to them ("private" homes, Emiliano "J."). Its features are what the reading and the claims say
of each mention that gives the string: its kind, its part in happenings and claims, how it stands to the happening told nearest,
how far off a claim is, what the template is; and words: its head, the two on each side, the nearest for a deed on each side,
which alone bring .01; parties are one sign there. A logistic regression for each slot weighs them; the likeliest of a string's
mentions counts. `fit_muc.py` fits the weights.

What the network says of a mention as a part of some incident (`Reading.parts`) is weighed with that by a second regression of
eight numbers a slot. The network learned from the train split, where it is surer than elsewhere, so these are of the dev split.

Tried on held-out thirds of the split, and left out, since none moved the score by more than .005: a second regression on what
stands above a candidate in its slot, the words of the whole report, what a mention is listed with, more words around, mentions
that stand side by side taken as one, a threshold for each slot.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from _muc_strings import (
    BARE,
    HARMED,
    fullest,
    group,
    head,
    is_place,
    organisation,
    people_of,
    persons,
    stripped,
    things,
    untitled,
)  # fmt: skip

from crossbearing.model.claim import Claim, ClaimRole
from crossbearing.model.mention import Happening, Mention, MentionKind, Reading, Role
from crossbearing.model.text import Span
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.network.edges import logit
from crossbearing.words.known import adjectives, known_names
from crossbearing.words.names import fold

WEIGHTS = Path(__file__).with_name("muc_weights.json")
PARTY = "^"
LEAST = 0.17
"""How likely a string must be to fill a slot: the best for held-out thirds of the train split (the score there is as good from
.15 to .19)."""
LEAST_HEARD = 0.21
"""The same where the reader says what is part of an incident: the best for held-out fifths of the dev split, .19 to .21."""
FAINT = 0.05
"""What a share is taken to be that is too small to be said."""
Told = Sequence[tuple[str, Sequence[Claim]]]
"""The templates there are: each its type, and its claims."""

SLOTS: Mapping[MentionKind, tuple[str, ...]] = {
    MentionKind.GROUP: ("PerpInd", "PerpOrg", "Victim", "Target"),
    MentionKind.PERSON: ("PerpInd", "PerpOrg", "Victim", "Target"),
    MentionKind.PEOPLE: ("PerpInd", "Victim"),
    MentionKind.ORGANISATION: ("PerpOrg", "Victim", "Target"),
    MentionKind.FACILITY: ("PerpOrg", "Target"),
    MentionKind.PLACE: ("Victim", "Target"),
    MentionKind.WEAPON: ("Target", "Weapon"),
}
"""Which slots a mention can fill."""
PARTS = ("perpetrator", "perpetrator-group", "target", "victim", "means")
"""What words can be in some incident, as `Reading.parts` has it."""
_TOKEN = re.compile(r"[A-Za-z0-9'’.-]*[A-Za-z0-9]|[,;:()\"\[\]]")
# Numbers and the like that MUC-4 takes into the string of people as often as not.
_COUNTED = frozenset("a an his her other several two three four five six seven eight nine ten unidentified".split())
_BE = re.compile(r"\b(?:was|were|been|be|being)\s+(?:\w+ly\s+)?$", re.I)
_SMALL = grammar("chunks.function") | grammar("chunks.determiners") | {"said", "including", "its", "whose"}
_LONGER = 4
_AROUND = 2
_REACH = 16
_LINKS = frozenset("of by against on at in from with for to near between among the a".split())
_FAR = 4


class Candidate(NamedTuple):
    """A string that could fill a slot of a template, by one mention, and what is known of that."""

    slot: str
    string: str
    template: int
    features: frozenset[str]
    heard: Mapping[str, float] | None = None
    """By part of an incident the log-odds above `FAINT` that its words are that; None where the reader does not say."""


def likeliest(found: Iterable[Candidate]) -> Iterator[tuple[Candidate, float]]:
    """Each string once, by the mention that makes it likeliest to fill its slot, from the likeliest string on."""
    best: dict[tuple[str, str], tuple[float, Candidate]] = {}
    for one in found:
        key, share = (one.slot, one.string.lower()), probability(one)
        if key not in best or share > best[key][0]:
            best[key] = share, one
    for share, one in sorted(best.values(), key=lambda pair: (-pair[0], pair[1].string)):
        yield one, share


def probability(one: Candidate) -> float:
    """That a string fills its slot, by the weights."""
    if one.heard is None:
        return 1 / (1 + math.exp(-odds(one)))
    known = parts()[one.slot]
    return 1 / (1 + math.exp(-known["start"] - math.fsum(known[name] * value for name, value in numbers(one).items())))


def odds(one: Candidate) -> float:
    """The log-odds of that by its features."""
    known = weights()[one.slot]
    return known["start"] + math.fsum(known.get(feature, 0.0) for feature in one.features)


def numbers(one: Candidate) -> dict[str, float]:
    """What is weighed of a candidate besides: by name the log-odds by its features, of each part, and whether it is none."""
    heard = one.heard or {}
    return {"odds": odds(one), **{name: heard.get(name, 0.0) for name in PARTS}, "none": float(not heard)}


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """For each slot what each feature adds to the log-odds."""
    found: Mapping[str, Mapping[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return found


@lru_cache(maxsize=1)
def parts() -> Mapping[str, Mapping[str, float]]:
    """For each slot what each of `numbers` adds to the log-odds."""
    found: Mapping[str, Mapping[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["parts"]
    return found


def _logit(share: float) -> float:
    return logit(min(max(share, 1e-3), 1 - 1e-3))


def again(string: str, others: Iterable[str]) -> bool:
    """Whether a string names what another does: the words of one are among the other's, both name one known group, or the one
    is the other's short form."""
    words, known = set(string.lower().split()), _groups(string)
    return any(
        words <= held or words >= held or not known.isdisjoint(_groups(other)) or _is_short(*sorted((string, other), key=len))
        for other in others
        for held in (set(other.lower().split()),)
    )


@lru_cache(maxsize=4096)
def _groups(string: str) -> frozenset[str]:
    """The groups that a string names, by their ids."""
    return frozenset(value.id for found in known_names().find(string) for value in found.values if value.kind == "group")


def _is_short(short: str, name: str) -> bool:
    """Whether a word is made of the initials of a name's words, in whatever order: FPMR, the Manuel Rodriguez Patriotic Front."""
    if not (short.isalpha() and len(short) < 7 and len(name.split()) > 2):
        return False
    initials = (word[0] for word in re.findall(r"[\w'’]+", name.lower()) if word not in _UNSPELLED)
    return sorted(initials) == sorted(short.lower())


_UNSPELLED = frozenset("of the for and in de la del y los las".split())


class Report:
    """One report as it was read: its mentions, and what the features of one are made of."""

    def __init__(self, text: str, reading: Reading, told: Told, names: Sequence[list[str]], warfare: Sequence[bool]) -> None:
        self.text, self.reading, self.told, self.names, self.warfare = text, reading, told, names, warfare
        known = {at for m in reading.mentions if m.known for at in range(m.span.start, m.span.end) if text[at].isupper()}
        self.tokens = [(m.start(), m.end(), m.group().lower()) for m in _TOKEN.finditer(text)]
        self.starts = [start for start, _, _ in self.tokens]
        self.sentences = [s.start for s in reading.sentences]
        self.cased = any(c.islower() for c in text)
        self.parties = {at for at, end, _ in self.tokens if at in known or self.is_party(text[at:end])}

    def candidates(self) -> list[Candidate]:
        """The strings that could fill slots, mention by mention; none where no claim makes a template."""
        made = [(m, slot, string) for m in self.mentions if self.told for slot, string in self.strings(m)]
        times: dict[tuple[str, str], int] = defaultdict(int)
        for _, slot, string in made:
            times[slot, string] += 1
        known = {m.span: self.known(m) for m, _, _ in made}
        return [
            Candidate(slot, string, self.template(m.span), known[m.span] | self.of_string(m, string, times[slot, string]), heard)
            for m, slot, string in made
            for heard in (self.heard(m.span),)
        ]

    def heard(self, span: Span) -> Mapping[str, float] | None:
        """What the reader says of words as part of some incident: by part, how far the log-odds are above those of `FAINT`."""
        if self.reading.parts is None:
            return None
        found: dict[str, float] = {}
        for part in self.reading.parts:
            if part.mention.span.meets(span):
                name = f"{part.name}-group" if part.mention.kind is MentionKind.GROUP else str(part.name)
                found[name] = max(found.get(name, 0.0), _logit(part.score) - _logit(FAINT))
        return found

    # ------------------------------------------------------------------ mentions and their strings

    @cached_property
    def mentions(self) -> list[Mention]:
        """Each run of words once: what the reading mentions, the parts of happenings, and who is counted."""
        parts = (role.mention for happening in self.reading.happenings for role in happening.roles)
        people = (figure.people for figure in self.reading.figures if figure.people)
        found: dict[Span, Mention] = {}
        for mention in (*self.reading.mentions, *parts, *people):
            found.setdefault(mention.span, mention)
        return [m for m in found.values() if m.kind in SLOTS]

    def strings(self, mention: Mention) -> Iterator[tuple[str, str]]:
        """The slots that a mention can fill, with the string that it would fill each with."""
        whole = " ".join(re.sub(r"(?<=\w)-\s*\n\s*", "-", mention.span.of(self.text)).split())
        string = stripped(whole)
        for slot in SLOTS[mention.kind] if string else ():
            written = self.string(slot, string, mention.kind)
            if written:
                yield slot, written
            before = self.before(mention.span)
            if written and slot in ("PerpInd", "Victim") and before in _COUNTED and whole.startswith(written):
                yield slot, f"{before.upper()} {written}"
            if written and (more := self.more(mention.span)) and whole.startswith(written):
                yield slot, f"{more} {written}"

    def more(self, span: Span) -> str:
        """What stands before a mention and may belong to it: "private" homes, "telephone company" office, Emiliano "J."."""
        first = self.among(span)[0]
        n = first
        while first - n < _LONGER and self.belongs(n - 1, span):
            n -= 1
        return " ".join(self.text[self.starts[n] : span.start].split()) if n < first else ""

    def belongs(self, n: int, span: Span) -> bool:
        """Whether a token can be part of the phrase that ends with a mention: no small word, verb, number or mark."""
        word = self.word(n, span)
        plain = bool(word) and word[0].isalpha() and word not in _SMALL and word not in _COUNTED and not word.endswith("ly")
        tells = word in lexicon().verbs or word in lexicon().nouns or word in lexicon().speech
        return plain and not tells and not self.text[self.tokens[n][1] : self.starts[n + 1]].strip()

    def string(self, slot: str, string: str, kind: MentionKind) -> str:
        """What a mention's words would fill a slot with; empty where they cannot."""
        if fold(string) in BARE or adjectives().get(string):
            return ""
        if slot == "Victim":
            return "" if fold(string) in HARMED else fullest(untitled(string), self.names)
        if slot == "Target":
            thing = head(string) in things() or kind in (MentionKind.FACILITY, MentionKind.ORGANISATION)
            return string if thing and not is_place(string) else ""
        if slot == "Weapon":
            return string
        known = group(string)
        if slot == "PerpOrg":
            return organisation(known) or ("" if head(string) in persons() else string)
        if head(string) in persons():
            return people_of(string, known)
        return "" if known else fullest(string, self.names)

    def before(self, span: Span) -> str:
        """The word before a mention, in its sentence."""
        return self.word(self.among(span)[0] - 1, span)

    def among(self, span: Span) -> tuple[int, int]:
        """The number of a span's first token, and of the first behind it."""
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)

    def word(self, n: int, span: Span) -> str:
        """A token by its number; empty where it stands in another sentence than a span."""
        return self.tokens[n][2] if 0 <= n < len(self.tokens) and self.number_at(self.starts[n]) == self.number(span) else ""

    def is_party(self, word: str) -> bool:
        """Whether a word by itself names a party: a country's adjective, or a short form in a text that has small letters."""
        short = self.cased and 1 < len(word) < 7 and word.isalpha() and word.isupper()
        return short or bool(adjectives().get(word))

    def next_to(self, n: int, span: Span) -> str:
        """A token by its number, with one sign for all parties, so that none is learned."""
        word = self.word(n, span)
        return PARTY if word and self.starts[n] in self.parties else word

    # ------------------------------------------------------------------ where it stands

    def number(self, span: Span) -> int:
        """Which sentence holds a span."""
        return self.number_at(span.start)

    def number_at(self, start: int) -> int:
        """Which sentence holds a place in the text."""
        return max(0, bisect_right(self.sentences, start) - 1)

    @cached_property
    def fields(self) -> dict[Span, set[tuple[str, int]]]:
        """Which words are parts of claims, and of which templates' claims."""
        found: dict[Span, set[tuple[str, int]]] = defaultdict(set)
        for n, (_, claims) in enumerate(self.told):
            for c in claims:
                figures = [f for f in (c.killed, c.injured) if f]
                parts = {"doer": c.perpetrators, "target": c.targets, "means": c.weapons, "hurt": figures, "claims": c.claimed_by}
                for name, values in parts.items():
                    for span in (e for value in values for e in value.evidence if isinstance(e, Span)):
                        found[span].add((name, n))
        return found

    @cached_property
    def claimed(self) -> dict[int, set[int]]:
        """By the number of a sentence the templates whose claims are told there."""
        found: dict[int, set[int]] = defaultdict(set)
        for n, (_, claims) in enumerate(self.told):
            for claim in claims:
                found[self.number(claim.span)].add(n)
        return found

    def template(self, span: Span) -> int:
        """The template that a mention would stand in."""
        if held := self.fields.get(span):
            return min(n for _, n in held)
        at = self.number(span)  # of two as near, the one told before
        return min(self.claimed[min(self.claimed, key=lambda n: (abs(n - at), n > at))])

    @cached_property
    def told_in(self) -> dict[int, list[Happening]]:
        """The happenings of each sentence, by its number."""
        found: dict[int, list[Happening]] = defaultdict(list)
        for happening in self.reading.happenings:
            found[self.number(happening.trigger)].append(happening)
        return found

    @cached_property
    def parts(self) -> dict[Span, list[tuple[Role, Happening]]]:
        """The parts that words have in happenings."""
        found: dict[Span, list[tuple[Role, Happening]]] = defaultdict(list)
        for happening in self.reading.happenings:
            for role in happening.roles:
                found[role.mention.span].append((role, happening))
        return found

    # ------------------------------------------------------------------ features

    def known(self, mention: Mention) -> set[str]:
        """What is known of a mention, whatever the slot."""
        span, at = mention.span, self.number(mention.span)
        made = {f"kind {mention.kind}", *self.classes(mention), *self.words(span), *self.deeds(span), *self.beside(span, at)}
        for role, happening in self.parts.get(span, ()):
            name = f"part {role.name}"
            made |= {name, f"{name} {happening.realis}", f"{name} {round(happening.score, 1)}"}
            made |= {f"{name} of many"} if happening.generic else set()
        held = self.fields.get(span, ())
        made |= {f"field {name}" for name, _ in held} | ({"field"} if held else set())
        made |= {"speaks"} if any(a.source and a.source.span == span for a in self.reading.attributions) else set()
        made |= {f"counted {f.counted}" for f in self.reading.figures if f.people and f.people.span == span}
        off = min((abs(n - at) for n in self.claimed), default=_FAR)
        made |= {f"off {min(off, _FAR)}", f"sentence {at if at < 3 else '3-5' if at < 6 else '6 on'}"}
        return made | self.of_template(self.template(span)) | {f"templates {min(3, len(self.told))}"}

    def classes(self, mention: Mention) -> Iterator[str]:
        """The head, and what the tables say of it."""
        written = stripped(" ".join(mention.span.of(self.text).split()))
        word = head(written)
        yield f"head {PARTY if mention.known or self.is_party(written.split()[-1] if written else '') else word}"
        tables = (lexicon().armed, "armed"), (lexicon().civil, "civil"), (things(), "thing"), (persons(), "person")
        yield from (f"head is {name}" for table, name in tables if word in table)
        if weapon := lexicon().weapons.get(word):
            yield f"head is weapon {weapon}"
        if mention.known:
            yield "name known"

    def words(self, span: Span) -> Iterator[str]:
        """The words to each side, in the sentence."""
        first, last = self.among(span)
        for n in range(1, _AROUND + 1):
            yield from (f"before {n} {self.next_to(first - n, span)}", f"after {n} {self.next_to(last + n - 1, span)}")

    def deeds(self, span: Span) -> Iterator[str]:
        """The nearest words of violence on either side in the sentence, whatever the reader made of them."""
        first, last = self.among(span)
        link = self.word(first - 1, span)
        for side, around in (("left", range(first - 1, first - _REACH, -1)), ("right", range(last, last + _REACH))):
            for n in around:
                word = self.word(n, span)
                if known := lexicon().verbs.get(word) or lexicon().nouns.get(word):
                    form = "noun" if word not in lexicon().verbs else "passive" if self._passive(n) else "active"
                    deed = f"{side} deed {form} {known.cls}"
                    yield from (deed, f"{side} deed {form} {known.lemma}", f"{deed} {link if link in _LINKS else '-'}")
                if known or not word:
                    break

    def _passive(self, n: int) -> bool:
        """Whether a form of "be" stands right before a token."""
        return any(word in ("was", "were", "been", "being", "be") for _, _, word in self.tokens[max(0, n - 2) : n])

    def beside(self, span: Span, at: int) -> Iterator[str]:
        """How it stands to the happening told nearest in its sentence: on which side, how far, of what, in which voice."""
        near = self.told_in.get(at)
        if not near:
            return
        happening = min(near, key=lambda h: max(h.trigger.start - span.end, span.start - h.trigger.end))
        trigger = happening.trigger
        off = max(trigger.start - span.end, span.start - trigger.end)
        side = "left" if trigger.start >= span.end else "right" if trigger.end <= span.start else "in"
        word = trigger.of(self.text).lower().split()[-1]
        verb, noun = lexicon().verbs.get(word), lexicon().nouns.get(word)
        passive = _BE.search(self.text[max(0, trigger.start - 14) : trigger.start])
        form = "noun" if noun and not verb else "passive" if passive else "active"
        told, where = verb or noun, f"{side} of {form}"
        yield from (f"{where} {told.cls if told else '?'}", f"{where} {told.lemma if told else word}")
        yield from (f"{where} {'near' if off < 15 else 'by' if off < 40 else 'off' if off < 100 else 'far'}",)
        yield from (f"{side} of {happening.sub_event_type}", f"told {happening.realis}")
        if happening.generic:
            yield "told of many"

    def of_template(self, n: int) -> set[str]:
        """What the template is."""
        kind, claims = self.told[n]
        made = {f"template {kind}", f"template {claims[0].status}", *(["template first"] if not n else [])}
        made |= {"template warfare"} if self.warfare[n] else set()
        return made | ({"template background"} if all(c.role is ClaimRole.BACKGROUND for c in claims) else set())

    def of_string(self, mention: Mention, string: str, times: int) -> frozenset[str]:
        """How often and how long a string is, and whether it takes the word that counts, where one stands before."""
        before = self.before(mention.span)
        longer = self.more(mention.span)
        which = "" if not longer else "longer" if string.startswith(longer) else "shorter"
        counted = "" if before not in _COUNTED else "with " if string.lower().startswith(f"{before} ") else "without "
        made = {f"times {min(times, 4)}", f"words {min(len(string.split()), 5)}"}
        made |= {which, f"{which} by {longer.lower().split()[-1]}", f"{which} {mention.kind}"} if which else set()
        return frozenset(made | ({counted + before} if counted else set()))
