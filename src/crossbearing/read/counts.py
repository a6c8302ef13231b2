"""Words that count happenings: "78 attacks since 17 October, 43 of them in Iraq", "the second raid", "hit for the third time".

A count is a number before a plural noun for happenings, a place in an order before a singular one, or so many times beside a
verb. What is told as planned, denied, asked or supposed counts nothing. A few happenings on one day ("two strikes on Monday")
are left out: such a report tells them one by one. A number of people is no count of happenings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from crossbearing.model.mention import MEANS_UNKNOWN, CountWords, Mention, Realis, Stance
from crossbearing.model.text import Span
from crossbearing.read.beside import OUT, SPOT, as_mention, before_of, opens_period
from crossbearing.read.bounds import left_bound, right_bound
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import Trigger, lexicon
from crossbearing.read.parties import parties
from crossbearing.read.spots import dateline, motives, spots_of
from crossbearing.read.triggers import Found
from crossbearing.read.voices import Voice
from crossbearing.words import numbers, ordinals
from crossbearing.words.time_forms import Calendar, Length, Range, Whole

# From so many on a cardinal counts without a period of its own: fewer are told one by one.
MANY = 5
# How far behind its number the noun may stand, in words: "12 separate cross-border drone and rocket attacks".
_REACH = 7
# "Of these, 12 ..." counts on from so many characters before its sentence, at most.
_NEXT = 160
# A year before a noun dates it: "the 2008 attacks".
_YEARS = range(1900, 2100)
_ENDS = frozenset(
    "of in on at by for from to with against near into over than that which who whom were was are is be been being have has had "
    "did do does and/or but as the a an its their his her our this these those other when while after before since until during "
    "people percent per fewer less times time day days week weeks month months year years hour hours minute minutes night "
    "anniversary wave round phase stage attempt half quarter worst most wounded killed dead injured".split()
)
_NO_HAPPENING = frozenset(("blast", "campaign", "casualty", "wreck", "burnt", "blame", "theft"))
_ONE_OF_MANY = frozenset(("salvo", "volley", "barrage", "bombardment", "rocket fire", "mortar fire", "artillery fire"))
# Nouns that count happenings only beside words of arms.
_OPEN_NOUNS = {"operation": "operations", "incident": "incidents"}
_COPULA = frozenset("is was were be been became becomes becoming marks marked marking makes made making as constitutes".split())
_BEFORE_LENGTH = frozenset(("in", "within", "over", "under", "than", "of", "during", "past", "last"))
# So many times of these are rounds fired or blows struck.
_BY_ROUNDS = frozenset("shoot fire stab gun kill murder behead".split())
# Before a time, these say what is not counted: "78 attacks, leaving out the past 24 hours".
_LEFT_OUT = frozenset(("out", "excluding", "except", "besides", "counting", "without"))
_IN_STATE = frozenset(("in", "across", "inside", "throughout", "over", "and", "within"))
# A noun before one of these is no happening: "the second assassination attempt", "a third attack plan".
_THINGS = frozenset("attempt attempts plan plans plot plots threat threats warning victim anniversary suspect scene site".split())
_UNREAL = (
    frozenset("will would could may might should must shall if unless whether never no not n't neither nor without".split())
    | frozenset(
        "planned planning plans plan vowed vows threatened threatens threatening intends intended prepared preparing".split()
    )
    | frozenset("expected expects expect feared fears avert averted deny denies denied denying ordered urged".split())
)
_STOPS = frozenset("prevent stop deter halt end only".split())
_STOPPED = frozenset("foiled thwarted intercepted repelled averted prevented stopped".split())
_SUPPOSED = frozenset("planned threatened possible potential further future would-be alleged imaginary hypothetical".split())
_COMPARED = frozenset(("as", "more", "higher", "larger", "that", "the", "greater"))  # "three times as many"
_COUNTED = frozenset(("attacks", "strikes", "raids", "incidents", "operations", "assaults", "times"))
_OF_WHOLE = frozenset(("them", "these", "those", "which", "whom"))
_OPENS_PART = frozenset(("including", "of", "which", "them", "these", "those", "among", ":", "–", "—", "-", "with"))
_PART_VERBS = frozenset("were was took place carried out occurred happened came alone have been had each took".split())
_HITS = frozenset(("hit", "struck", "targeted", "killed"))
_PART_AT = frozenset("in on at against near inside across by since targeting within over".split())


@dataclass(frozen=True, slots=True)
class _Number:
    """A number or an ordinal as tokens [first, last), or "twice"."""

    first: int
    last: int
    low: int
    high: int | None
    ordinal: bool = False

    def span(self, cut: Chunked) -> Span:
        return Span(cut.tokens[self.first].start, cut.tokens[self.last - 1].end)


def counts(
    text: str,
    cut: Chunked,
    found: list[Found],
    heard: list[Voice],
    voice: Mention | None = None,
    party: Mention | None = None,
    whole: CountWords | None = None,
) -> list[CountWords]:
    """The counts of one sentence, whole before part. `whole` is the last one told, which "12 of them" may be a part of."""
    if _signs().isdisjoint(t.low for t in cut.tokens) or cut.words.endswith("?"):
        return []
    if whole is not None and cut.span.start - whole.sentence.end > _NEXT:
        whole = None
    told = list(_numbers(text, cut))
    if not told:
        return []
    sentence = _Sentence(text, cut, found, heard, voice, party)
    made = [count for number in told if (count := sentence.count(number, told)) is not None]
    return _with_parts(sentence, told, made, whole)


@lru_cache(maxsize=1)
def _signs() -> frozenset[str]:
    """Words one of which every count has: the last of a noun for happenings, "times", or what points back to a count."""
    nouns = {noun.split()[-1] for noun in (*lexicon().nouns, *_OPEN_NOUNS, *_OPEN_NOUNS.values())}
    return frozenset(nouns | {"time", "times", "twice", "them", "these", "those"})


def _numbers(text: str, cut: Chunked) -> Iterator[_Number]:
    """The sentence's numbers and ordinals, in order; those of dates left out."""
    spans = [
        (n.span, n.high or 0 if n.low is None else n.low, n.high, False) for n in numbers.find(text, cut.span.start, cut.span.end)
    ]
    spans += [(o.span, o.place, o.place, True) for o in ordinals.find(text, cut.span.start, cut.span.end)]
    timed = [c.span for c in cut.chunks if c.kind == "time"]
    for span, low, high, ordinal in sorted(spans, key=lambda s: s[0]):
        inside = [k for k, t in enumerate(cut.tokens) if t.start < span.end and t.end > span.start]
        if inside and not any(t.meets(span) for t in timed):
            yield _Number(inside[0], inside[-1] + 1, low, high, ordinal)
    yield from (_Number(k, k + 1, 2, 2) for k, t in enumerate(cut.tokens) if t.low == "twice")


class _Sentence:
    """One sentence and what was found in it, asked for its counts."""

    def __init__(
        self, text: str, cut: Chunked, found: list[Found], heard: list[Voice], voice: Mention | None, party: Mention | None
    ) -> None:
        self.text, self.cut, self.found, self.heard, self.voice, self.party = text, cut, found, heard, voice, party

    def count(self, number: _Number, told: list[_Number]) -> CountWords | None:
        """What a number counts, where it counts happenings."""
        at = self.noun(number, told) or self.times(number) or self.bare(number)
        if at is None or (number.low < 2 and not number.ordinal) or self.unreal(number, at) or self.is_year(number):
            return None
        lo, hi = left_bound(self.cut, at.first), right_bound(self.cut, max(at.last, number.last) - 1)
        time = self.period(min(at.first, number.first), lo, hi)
        if not self.worth(number, at, time):
            return None
        if time is None and not number.ordinal:
            time = next((c for c in self.cut.chunks if self.is_day(c) and lo <= c.first < hi), None)
        doers, targets = parties(self.cut, at, lo, hi, self.heard, self.voice, self.party)
        spots = self.spots(at, lo, hi)
        befallen = [as_mention(c) for c in targets if c not in spots or c.kind == "site"] or self.subjects(at, lo)
        event_type, sub = self.kind(number, at)
        return CountWords(
            self.number(number),
            self.counted(number, at),
            self.cut.span,
            event_type,
            sub,
            number.ordinal,
            at.realis is Realis.FOILED or self.stopped(at),
            tuple(doers),
            tuple(befallen),
            tuple(as_mention(c) for c in spots),
            self.since(time) if time else None,
            time is not None and time.time is not None and isinstance(time.time.form, Length),
        )

    @cached_property
    def zones(self) -> list[tuple[int, int]]:
        return motives(self.cut)

    # -------------------------------------------------------------- the word for what is counted

    def noun(self, number: _Number, told: list[_Number]) -> Found | None:
        """The noun that the number stands before: plural behind a cardinal, singular behind an ordinal."""
        taken = {n.first for n in told if n is not number}
        for k in range(number.last, min(number.last + _REACH, len(self.cut.tokens))):
            for size in (3, 2, 1):
                phrase = " ".join(t.low for t in self.cut.tokens[k : k + size])
                trigger = self.trigger(phrase, number.ordinal)
                if trigger and k + size <= len(self.cut.tokens) and not self.is_thing(k + size):
                    return self.as_found(k, k + size, trigger)
            if k in taken or not self.goes_between(k):
                return None
        return None

    def trigger(self, phrase: str, ordinal: bool) -> Trigger | None:
        trigger = lexicon().nouns.get(phrase)
        if trigger is None and phrase in (_OPEN_NOUNS if ordinal else _OPEN_NOUNS.values()):
            trigger = Trigger("claimed", phrase, "noun" if ordinal else "plural")
        if trigger is None or trigger.cls in _NO_HAPPENING - ({"blast"} if ordinal else set()) or trigger.lemma in _ONE_OF_MANY:
            return None
        if trigger.cls == "claimed" and not self.of_arms():
            return None
        return trigger if trigger.form == ("noun" if ordinal else "plural") else None

    def of_arms(self) -> bool:
        """Whether the sentence speaks of an armed party, a weapon or a deed, so that "operations" are no surgery."""
        deeds = any(f.trigger.cls not in ("claimed", "casualty") for f in self.found)
        return deeds or any(c.kind in ("group", "actor", "weapon", "adjective", "state") for c in self.cut.chunks)

    def is_thing(self, k: int) -> bool:
        return k < len(self.cut.tokens) and self.cut.tokens[k].low in _THINGS

    def goes_between(self, k: int) -> bool:
        """Whether a word may stand between a number and the noun that it counts."""
        token = self.cut.tokens[k]
        kind = self.kind_at(k)
        if token.text in "\"“”‘’'" or token.low in ("'s", "’s"):
            return True
        if not token.text[0].isalnum() or token.low in _ENDS or token.low in _SUPPOSED or kind in ("time", "number", "voice"):
            return False
        return not token.low.endswith(("liest", "gest", "iest")) and (token.low not in lexicon().verbs or kind != "")

    def as_found(self, first: int, last: int, trigger: Trigger) -> Found:
        """The trigger as the sentence's triggers have it, else as a plain noun."""
        known = next((f for f in self.found if f.first < last and first < f.last and f.noun), None)
        return Found(first, last, trigger, True, False, known.realis if known else Realis.ASSERTED)

    def times(self, number: _Number) -> Found | None:
        """ "Hit three times", "for the second time", "twice": the word for a happening that so many times stand beside."""
        last = number.last
        twice = self.cut.tokens[number.first].low == "twice"
        if not twice:
            word = "time" if number.ordinal else "times"
            if last >= len(self.cut.tokens) or self.cut.tokens[last].text != word:
                return None
            last += 1
        if self.low_at(last) in _COMPARED:
            return None
        usable = [f for f in (*self.found, *self.under_fire()) if self.many_times(f)]
        lo, hi = left_bound(self.cut, number.first), right_bound(self.cut, last - 1)
        before = [f for f in usable if lo <= f.first and f.last <= number.first]
        after = [f for f in usable if last <= f.first < hi or (number.ordinal and f.first >= last and not f.noun and lo == 0)]
        return before[-1] if before else after[0] if after else None

    def many_times(self, found: Found) -> bool:
        """Whether a word for a happening takes "times": a verb, or what one comes under; who is shot five times is shot once."""
        if found.trigger.cls in _NO_HAPPENING or found.trigger.lemma in _BY_ROUNDS:
            return False
        return not found.noun or self.befalls(found, 0)

    def under_fire(self) -> list[Found]:
        """ "Came under fire": words for a happening that no trigger has."""
        lows = [t.low for t in self.cut.tokens]
        at = [k + 1 for k in range(len(lows) - 1) if lows[k : k + 2] == ["under", "fire"]]
        return [Found(k, k + 1, Trigger("open", "under fire", "noun"), True, False, Realis.ASSERTED) for k in at]

    def bare(self, number: _Number) -> Found | None:
        """ "Thursday's raid was the third in 24 hours": an ordinal without its noun, right before a period."""
        if not number.ordinal or number.last >= len(self.cut.tokens):
            return None
        behind = self.cut.tokens[number.last].low
        reach = range(number.last, number.last + _REACH)
        timed = any(c.kind == "time" and c.first in reach and self.lasts(c) for c in self.cut.chunks)
        timed = timed or any(self.text_at(k) == "since" for k in reach)
        timed = timed and (behind in _PART_AT or self.is_time(number.last))
        kindred = behind == "such" or [t.low for t in self.cut.tokens[number.last : number.last + 3]] == ["of", "its", "kind"]
        if not (timed or kindred) or not (self.copular(number) or self.low_at(number.first - 1) in ("the", "its", "their")):
            return None
        before = [f for f in self.found if f.last <= number.first and f.trigger.cls not in _NO_HAPPENING - {"blast"}]
        return before[-1] if before else None

    # -------------------------------------------------------------- whether it counts

    def worth(self, number: _Number, at: Found, time: Chunk | None) -> bool:
        """Whether the ledger can be held to it: a period, an order that runs beyond the page, or many."""
        behind = max(at.last, number.last)
        if time is not None or any(t.low == "since" for t in self.cut.tokens[behind : behind + _REACH]):
            return number.low > 1 or time is not None
        if number.ordinal:
            return number.low > 1 and (self.copular(number) or self.definite_time(number, at) or self.such(number, at))
        return number.low >= MANY and at.first > number.first  # "hit seven times" may be one man

    def definite_time(self, number: _Number, at: Found) -> bool:
        return not number.first <= at.first <= number.last + _REACH and self.low_at(number.first - 1) == "the"

    def such(self, number: _Number, at: Found) -> bool:
        return any(t.low == "such" for t in self.cut.tokens[number.last : at.first + 1])

    def copular(self, number: _Number) -> bool:
        """ "It was the second", "making it the third", "marked a fourth": an order of the same, told as such."""
        before = [t.low for t in self.cut.tokens[max(0, number.first - 4) : number.first]]
        return any(w in _COPULA for w in before)

    def is_year(self, number: _Number) -> bool:
        return not number.ordinal and number.low in _YEARS and self.cut.tokens[number.first].text.isdigit()

    def unreal(self, number: _Number, at: Found) -> bool:
        """Whether it is planned, denied, supposed or asked for."""
        if at.realis not in (Realis.ASSERTED, Realis.FOILED, Realis.BACKGROUND):
            return True
        first = min(number.first, at.first)
        if any(v.attribution.stance is Stance.DENIES and v.cue < first for v in self.heard):
            return True
        tokens = self.cut.tokens
        lo = left_bound(self.cut, first)
        before = [t.low for t in tokens[lo:first]]
        if any(w in _STOPS for w in before):
            before = []  # "could not prevent 12 attacks"
        governed = lo and tokens[lo - 1].low in ("if", "unless", "whether")
        behind = [t.low for t in tokens[at.last : at.last + 4]]
        return bool(
            governed
            or any(w in _UNREAL or w.endswith(("n’t", "n't")) for w in before)
            or (behind[:1] and behind[0] in ("would", "could", "might", "may", "will"))
            or (behind[:1] in (["were"], ["was"], ["are"], ["is"]) and any(w in _UNREAL - {"averted"} for w in behind[1:3]))
        )

    def stopped(self, at: Found) -> bool:
        """Whether the words say that what is counted was stopped: "12 foiled attacks", "20 attacks were thwarted"."""
        if any(f.trigger.cls == "foil" and f.realis is Realis.ASSERTED and f.last <= at.first for f in self.found):
            return True
        around = [t.low for t in self.cut.tokens[max(0, at.first - 2) : at.first]]
        behind = [t.low for t in self.cut.tokens[at.last : at.last + 5]]
        verbs = behind and behind[0] in ("were", "was", "have", "had", "has")
        return any(w in _STOPPED for w in around) or bool(verbs and any(w in _STOPPED for w in behind))

    # -------------------------------------------------------------- when, where, of which kind

    def period(self, first: int, lo: int, hi: int) -> Chunk | None:
        """The time words of the clause that say since when or how long; else the nearest such of the sentence."""
        lasting = [c for c in self.cut.chunks if self.lasts(c)]
        near = [c for c in lasting if lo <= c.first <= hi]
        return min(near or lasting, key=lambda c: (c.first < first, abs(c.first - first)), default=None)

    def since(self, chunk: Chunk) -> Mention:
        """The time words, with what they are since: "since the ceasefire ended in March" is more than March."""
        lows = [t.low for t in self.cut.tokens[max(0, chunk.first - _REACH) : chunk.first]]
        mention = as_mention(chunk)
        if "since" not in lows or any(w in (",", ";") for w in lows[lows.index("since") :]):
            return mention
        start = self.cut.tokens[chunk.first - len(lows) + lows.index("since")].start
        return replace(mention, span=Span(start, mention.span.end))

    def lasts(self, chunk: Chunk) -> bool:
        """Whether time words span more than a day: "since Friday", "this month", "in 24 hours", "in October"."""
        words = chunk.time
        before = {t.low for t in self.cut.tokens[max(0, chunk.first - 3) : chunk.first]}
        if words is None or before & _LEFT_OUT:
            return False
        if isinstance(words.form, Length):
            near = {t.low for t in self.cut.tokens[max(0, chunk.first - 2) : chunk.first + 1]}
            return not words.form.age and bool(near & _BEFORE_LENGTH)
        if opens_period(chunk) or isinstance(words.form, Range):
            return True
        if isinstance(words.form, Whole):
            return words.form.unit not in ("day", "hour", "minute")
        return isinstance(words.form, Calendar) and words.form.day is None and words.form.weekday is None

    def is_day(self, chunk: Chunk) -> bool:
        return chunk.time is not None and chunk.time.has_day

    def befalls(self, at: Found, lo: int) -> bool:
        """Whether what stands before the word is what it befalls: "X has been attacked", "X came under fire"."""
        return at.passive or any(t.low == "under" for t in self.cut.tokens[max(lo, at.first - 4) : at.first])

    def subjects(self, at: Found, lo: int) -> list[Mention]:
        """ "Forces in Mali and Niger had been attacked 40 times": whom it befalls, with places between."""
        before = [c for c in self.cut.chunks if lo <= c.first < at.first and c.kind in ("group", "actor")]
        return [as_mention(c) for c in before if self.befalls(at, lo) and before_of(self.cut, c) not in OUT][-1:]

    def spots(self, at: Found, lo: int, hi: int) -> list[Chunk]:
        """The places of the clause, the country that stands before the period, and what a verb behind the count hits."""
        found = spots_of(self.cut, at, lo, hi, self.heard, self.zones, dateline(self.cut))
        found = [c for c in found if lo <= c.first < hi or self.frames(c)]
        hits = {f.last for f in self.found if not f.noun and f.first >= at.last and f.last < hi and not f.passive}
        for chunk in self.cut.chunks:
            behind = at.last <= chunk.first < hi and chunk not in found
            timed = self.kind_at(chunk.last) in ("time", "number") or self.text_at(chunk.last) in ("", ",", ".")
            inside = chunk.kind == "state" and timed and before_of(self.cut, chunk) in _IN_STATE
            hit = chunk.kind == "name" and chunk.first in hits
            befallen = self.befalls(at, lo) and chunk.kind in SPOT and chunk.named and lo <= chunk.first < at.first
            if befallen and chunk not in found and before_of(self.cut, chunk) not in OUT:
                found.append(chunk)
            if behind and (inside or hit) and not any(a <= chunk.first < b for a, b in self.zones):
                found.append(chunk)
        return found

    def kind_at(self, k: int) -> str:
        """The kind of the stretch that a token belongs to; empty where it belongs to none."""
        return self.cut.chunks[self.cut.at[k]].kind if 0 <= k < len(self.cut.at) and self.cut.at[k] >= 0 else ""

    def text_at(self, k: int) -> str:
        return self.cut.tokens[k].text if 0 <= k < len(self.cut.tokens) else ""

    def low_at(self, k: int) -> str:
        return self.text_at(k).lower()

    def is_time(self, k: int) -> bool:
        return self.kind_at(k) == "time"

    def frames(self, chunk: Chunk) -> bool:
        """ "In Iraq, ...": a place that opens the sentence frames all of it."""
        return chunk.first <= 3 and chunk.last < len(self.cut.tokens) and self.cut.tokens[chunk.last].text == ","

    def kind(self, number: _Number, at: Found) -> tuple[str | None, str | None]:
        """The event type that the noun and the means before it give; None where they leave it open."""
        types, cls = lexicon().types, at.trigger.cls
        start = number.last if number.last <= at.first else at.first
        means = {lexicon().weapons[t.low] for t in self.cut.tokens[start : at.last] if t.low in lexicon().weapons}
        sorts = {types[m] for m in means if m in types} or ({types[cls]} if cls in types else set())
        events = {event for event, _ in sorts}
        if len(sorts) != 1:
            return (events.pop() if len(events) == 1 else None), None
        event_type, sub = sorts.pop()
        return (event_type, sub) if sub != MEANS_UNKNOWN else (None, None)

    def number(self, number: _Number) -> Span:
        """The number, with "times" or "time" where it stands there."""
        last = number.last
        more = last < len(self.cut.tokens) and self.cut.tokens[last].text in ("times", "time")
        return Span(self.cut.tokens[number.first].start, self.cut.tokens[last if more else last - 1].end)

    def counted(self, number: _Number, at: Found) -> Span:
        first = number.last if number.last <= at.first <= number.last + _REACH and at.noun else at.first
        return Span(self.cut.tokens[first].start, self.cut.tokens[at.last - 1].end)


# ---------------------------------------------------------------- parts


def _with_parts(sentence: _Sentence, told: list[_Number], made: list[CountWords], before: CountWords | None) -> list[CountWords]:
    """The counts with their parts; a place that stands behind a part's number is the part's, not the whole's."""
    cut = sentence.cut
    # "Hit four times, twice with drones": of two numbers of times of one verb the later is a part.
    first = {m.counted: m for m in reversed(made)}
    again = {m.number: m for m in made if first[m.counted] is not m and not m.ordinal}
    made = [m for m in made if m.number not in again]
    used = {m.number for m in made}
    parts: list[CountWords] = []
    going = False
    for number in told:
        span = sentence.number(number)
        if number.ordinal or span in used:
            going = False
            continue
        own = [m for m in made if not m.ordinal and (m.number.start < span.start or _of_number(cut, number, m))]
        whole = own[-1] if own else before if _of_told(cut, number) else None
        if whole is None or not (going or span in again or _opens(sentence, number, whole)):
            continue
        part = _part(sentence, number, whole)
        if part is None and span in again:
            part = replace(again[span], part_of=whole.number)
        going = part is not None
        if part:
            parts.append(part)
    return [*(_less(m, [p for p in parts if p.part_of == m.number]) for m in made), *parts]


def _less(whole: CountWords, parts: list[CountWords]) -> CountWords:
    """A whole without what is said of its parts: places behind the first, and a time that only a part has."""
    if not parts:
        return whole
    first = min(p.number.start for p in parts)
    own = whole.time is None or whole.time.span.start < first or any(p.number.end + 1 < whole.time.span.start for p in parts)
    places = tuple(p for p in whole.places if p.span.start < first)
    return replace(whole, places=places, time=whole.time if own else None, lasting=whole.lasting and own)


def _of_number(cut: Chunked, number: _Number, whole: CountWords) -> bool:
    """ "43 of the 78 attacks": the part stands before its whole."""
    between = [t.low for t in cut.tokens[number.last : number.last + 3] if t.start < whole.number.start]
    return between[:1] == ["of"] and cut.tokens[min(number.last + len(between), len(cut.tokens) - 1)].start == whole.number.start


def _of_told(cut: Chunked, number: _Number) -> bool:
    """ "Of these, 12 ...", "12 of them ...": a part of what was counted in the sentence before."""
    opening = [t.low for t in cut.tokens[:2]]
    return (opening[:1] == ["of"] and bool(_OF_WHOLE & set(opening[1:]))) or _of_them(cut, number)


def _of_them(cut: Chunked, number: _Number) -> bool:
    """ "12 of them", "12 of the attacks"; not "12 of the dead"."""
    behind = [t.low for t in cut.tokens[number.last : number.last + 4]]
    return behind[:1] == ["of"] and (bool(_OF_WHOLE & set(behind[1:2])) or bool(_COUNTED & set(behind[2:])))


def _opens(sentence: _Sentence, number: _Number, whole: CountWords) -> bool:
    """Whether the words beside a number make it a part: "including 12", "12 of them", "of which 12", "78 times, 43 in Iraq"."""
    cut = sentence.cut
    near = {t.low for t in cut.tokens[max(0, number.first - 3) : number.first]}
    behind = [t.low for t in cut.tokens[number.last : number.last + 2]]
    if bool(near & _OPENS_PART) or _of_them(cut, number) or _of_number(cut, number, whole):
        return True
    before = cut.tokens[number.first - 1].low if number.first else ""
    if cut.tokens[0].low == "of" and whole.number.start < number.span(cut).start and before == ",":
        return True  # "Of the 78 attacks, 43 were in Iraq"
    placed = sentence.kind_at(number.last + 1) in ("state", "area", "name") and behind[:1] in (["in"], ["at"], ["on"])
    return placed and before in (",", "(", "and", ";", "–", "—")


def _part(sentence: _Sentence, number: _Number, whole: CountWords) -> CountWords | None:
    """The count that a part's number gives, with what the whole says of kind, parties and time."""
    cut, k = sentence.cut, number.last
    tokens = cut.tokens
    if _of_number(cut, number, whole):
        k = next((i for i, t in enumerate(tokens) if t.start >= whole.counted.end), len(tokens))
    elif sentence.text_at(k) == "times":
        k += 1
    elif k < len(tokens) and tokens[k].low == "of":
        k += 2
        while k < len(tokens) and tokens[k].low in _COUNTED:
            k += 1
    while k < len(tokens) and (tokens[k].low in _PART_VERBS or tokens[k].text in "-–"):
        k += 1
    timed = k < len(tokens) and sentence.is_time(k)
    if k >= len(tokens) or not (timed or tokens[k].low in _PART_AT | _HITS):
        return None
    stop = next((i for i in range(k + 1, len(tokens)) if tokens[i].text in ",;.)" or tokens[i].text.isdigit()), len(tokens))
    stop = min([stop, *(c.first for c in cut.chunks if c.kind == "number" and c.first > k)])
    within = [c for c in cut.chunks if k <= c.first < stop]
    if not timed and any(c.kind in ("people", "weapon") and c.number for c in within[:1]):
        return None
    places = tuple(as_mention(c) for c in within if c.kind in (*SPOT, "state") and (c.named or c.kind == "state"))
    who = tuple(as_mention(c) for c in within if c.kind in ("group", "actor", "people"))
    since = next((as_mention(c) for c in within if c.kind == "time" and sentence.lasts(c)), None)
    if not (places or who or since):
        return None
    by = tokens[k].low == "by"
    return replace(
        whole,
        number=sentence.number(number),
        sentence=cut.span,
        perpetrators=who if by and who else whole.perpetrators,
        targets=who if who and not by else whole.targets,
        places=whole.places if by or not places else places,
        time=since or whole.time,
        part_of=whole.number,
    )
