"""Whose figures are whose: each number of people goes to the happening and the voice that it is told of.

A figure in a sentence that tells of no happening goes to the one told last before it; a total of a war or of many attacks
goes to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crossbearing.model.claim import Figure
from crossbearing.model.mention import (
    Happening,
    MentionKind,
    Realis,
    RoleName,
    StatedFigure,
)
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.resolve.day import when
from crossbearing.resolve.place.spoken_of import NAMED
from crossbearing.resolve.tellings import (
    VAGUE_DAYS,
    Group,
    Telling,
    is_deed,
    same_spot,
    told_together,
)
from crossbearing.resolve.toll import figures
from crossbearing.resolve.work import Work

# A figure that begins so many characters behind a sentence is of the next one.
NEXT_SENTENCE = 200
# Words for a time so many days from a happening are of another.
ANOTHER_TIME = 60
_OF_WOUNDS = re.compile(r"\b(?:died|dies|succumbed)\b.{0,30}\b(?:wounds|injuries|burns)\b")
_OF_EACH = re.compile(r"\bin (?:either|both|any of|each of|all)\b", re.I)


class Tolls:
    """The figures of one document."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.people = {f.mention.span: f.people for f in reversed(work.reading.figures)}
        self.silent: frozenset[int] = frozenset()
        """The happenings that make no claim by themselves: "a fourth policeman died of his wounds on Sunday"."""
        self.counting: frozenset[int] = frozenset()
        """Those of them that only count who was hurt."""
        self.added = {f.mention.span for f in work.reading.figures if f.more}

    def figure(self, tellings: list[Telling], counted: str, loose: list[tuple[str, Stated[Figure]]]) -> Stated[Figure] | None:
        """The figure that the voice gives."""
        found = [(f, f.evidence[0] in self.added) for c, f in loose if c == counted]
        name = RoleName.KILLED if counted == "killed" else RoleName.INJURED
        for telling in tellings:
            denied = telling.happening.realis is Realis.DENIED
            for mention in telling.happening.role(name):
                people = self.people.get(mention.span)
                made = figures.figure(self.work.document, mention, counted, people)
                # "Denied that it had killed civilians" says of nobody that they were killed; "nobody was hurt" does say so.
                if made and (not denied or made.value.high == 0):
                    found.append((made, mention.span in self.added))
        return figures.whole(found)

    def counts(self, tellings: list[Telling], wholes: Iterable[Stated[Figure] | None]) -> Iterator[Stated[Figure]]:
        """What else a voice counts of a happening: parts of its figures, and those missing, captured, displaced."""
        told = {t.index for t in tellings}
        words = {e for one in wholes if one for e in one.evidence}
        known = {f.mention.span for f in self.work.reading.figures}
        for stated in self.work.reading.figures:
            part = stated.part_of is not None
            if stated.cumulative or (stated.counted in ("killed", "injured")) is not part:
                continue
            # "The dead included two journalists": of a whole that is not told beside it.
            alone = part and stated.part_of not in known
            loose = stated.happening is None and (alone or not part) and self.follows(stated, tellings)
            if loose or (stated.part_of in words if part and not alone else stated.happening in told):
                made = figures.figure(self.work.document, stated.mention, stated.counted, stated.people)
                if made:
                    yield replace(made, value=replace(made.value, part=part))

    def follows(self, stated: StatedFigure, tellings: Iterable[Telling]) -> bool:
        """Whether a figure stands right behind a sentence that tells of the happening."""
        return any(0 <= stated.mention.span.start - t.happening.sentence.end <= NEXT_SENTENCE for t in tellings)

    def loose_figures(self, group: Group, groups: list[Group]) -> list[tuple[str, Stated[Figure]]]:
        """Figures in sentences that tell of no happening themselves: they go to the one told last before them."""
        found: list[tuple[str, Stated[Figure]]] = []
        groups = [g for g in groups if not all(t.index in self.counting for t in g.tellings)]
        for stated in self.work.reading.figures:
            if stated.cumulative or stated.counted not in ("killed", "injured") or stated.part_of or self.is_told(stated):
                continue
            made = figures.figure(self.work.document, stated.mention, stated.counted, stated.people)
            if made is None:
                continue
            owner = self.owner(stated.mention.span, groups, nobody=made.value.high == 0)
            if owner and self.of_another_day(stated.mention.span, owner, nobody=made.value.high == 0):
                continue
            placed = self.at_its_place(stated.mention.span, groups)
            if placed is not None:
                if group in placed and (made.value.high == 0 or len(placed) == 1):
                    found.append((stated.counted, made))
                continue
            if owner and self.work.layout.post(stated.mention.span) not in {t.post for t in owner.tellings}:
                continue  # each post of a live blog has its own
            together = owner and made.value.high == 0 and (told_together(owner, group) or self.said_of_all(stated, group))
            if owner is group or together:
                found.append((stated.counted, made))
        return found

    def at_its_place(self, span: Span, groups: Sequence[Group]) -> list[Group] | None:
        """The happenings at the sites that a figure's own clause names, where the document tells of several: "nobody at X".

        A clause that names a site which is not known speaks of those that the rest of its sentence leaves out ("one was hurt
        at X; nobody at Y and Z"). None where the words tell none apart.
        """
        sentence = self.work.sentence(span)
        if sentence is None or len(groups) < 2:
            return None
        text = self.work.document.text
        start = text.rfind(";", sentence.start, span.start) + 1 or sentence.start
        stop = text.find(";", span.end, sentence.end)
        clause = Span(start, stop if stop > start else sentence.end)
        sites = [m for m in self.work.reading.mentions if m.kind in NAMED and sentence.holds(m.span)]
        at = {m: self.work.places.locate(self.work.document, m, self.work.context) for m in sites}
        here = [p for m, p in at.items() if clause.holds(m.span)]
        if placed := [g for g in groups if any(same_spot(g.where, p) for p in here)]:
            return placed
        elsewhere = [g for g in groups if any(same_spot(g.where, p) for m, p in at.items() if not clause.holds(m.span))]
        if not elsewhere or not here:
            return None
        return [g for g in groups if g.tellings[0].happening.sentence.end <= span.start and g not in elsewhere]

    def said_of_all(self, stated: StatedFigure, group: Group) -> bool:
        """Whether "nobody was hurt" is said of a happening with others: "in either attack", "the four attacks", told after it."""
        span = stated.mention.span
        sentence = self.work.sentence(span) or span
        if _OF_EACH.search(sentence.of(self.work.document.text)):
            return any(t.happening.sentence.end <= span.start for t in group.tellings)
        of_many = stated.happening is not None and self.work.reading.happenings[stated.happening].generic
        return of_many and all(t.happening.sentence.start > span.end for t in group.tellings)

    def of_another_day(self, span: Span, group: Group, nobody: bool) -> bool:
        """Whether a sentence tells days of its own, none of them the happening's: "nobody was hurt in the fire on Tuesday".

        A toll may be given days after; it is another happening's where the days lie far apart: "the storm in 2011 killed 40".
        """
        at = group.when
        sentence = self.work.sentence(span)
        if sentence is None or at is None or (nobody and (at.value.days or VAGUE_DAYS + 1) > VAGUE_DAYS):
            return False
        spoken = [a.time.span for a in self.work.reading.attributions if a.time]
        times_ = (m for m in self.work.reading.mentions if m.kind is MentionKind.TIME and sentence.holds(m.span))
        told = [m for m in times_ if m.span not in spoken]
        said = (words for m in told if (words := self.work.words(m)) and words.has_day)
        days = [day for words in said if (day := self.work.interval(words, "past"))]
        return bool(days) and all(day.gap(at.value) > (0 if nobody else ANOTHER_TIME) for day in days)

    def is_told(self, stated: StatedFigure) -> bool:
        """Whether a figure belongs to a happening that makes a claim: what many made at once is left for the one told before, and
        so are who died later of what that did to them and those whom a sentence right behind it only counts."""
        index = stated.happening
        if index is None or self.work.reading.happenings[index].generic:
            return False
        sentence = self.work.reading.happenings[index].sentence.of(self.work.document.text)
        return index not in self.silent or not (stated.more or index in self.counting or _OF_WOUNDS.search(sentence))

    def hush(self, mute: Iterable[Group]) -> None:
        """Keep which happenings make no claim by themselves, and which of them only count the harm of the deed before."""
        tellings = [t for group in mute for t in group.tellings]
        self.silent = frozenset(t.index for t in tellings)
        self.counting = frozenset(t.index for t in tellings if self.only_counts(t))

    def only_counts(self, telling: Telling) -> bool:
        """Whether words say that people were hurt, and not where, when or by whom, right behind others: "two guards died"."""
        happening, told = telling.happening, self.work.reading.happenings
        dated = any(happening.sentence.holds(m.span) for m in happening.role(RoleName.TIME))
        if is_deed(happening) or happening.realis is not Realis.ASSERTED or telling.where or telling.doers or dated:
            return False
        last = max((h.sentence.end for h in told if h.sentence.end <= happening.sentence.start), default=0)
        return happening.sentence.start - last <= NEXT_SENTENCE

    def owner(self, span: Span, groups: Sequence[Group], nobody: bool) -> Group | None:
        """The happening told nearest before a span; the next one where none was. That nobody was hurt is never a total."""
        ends = [(t.happening.sentence.end, k) for k, g in enumerate(groups) for t in g.tellings]
        ends += [(span.start, k) for k, g in enumerate(groups) for t in g.tellings if _holds(t.happening, span)]
        before = [e for e in ends if e[0] <= span.start + 1]
        own = {t.happening.sentence for g in groups for t in g.tellings}
        generic = (h.sentence for h in self.work.reading.happenings if h.generic and h.sentence not in own)
        many = max((one.end for one in generic if one.start <= span.start), default=0)
        if many and not nobody and (not before or many > max(before)[0]):
            return None  # it follows words about many happenings: their toll, not one's
        if before:
            return groups[max(before)[1]]
        return groups[min(ends)[1]] if ends else None

    def totals(self) -> list[Stated[Figure]]:
        """Figures of a war, a period or many attacks."""
        found: list[Stated[Figure]] = []
        for stated in self.work.reading.figures:
            if not stated.cumulative:
                continue
            words = self.work.words(stated.since) if stated.since else None
            since = when.interval(words, self.work.published) if words and self.work.published.earliest else None
            if made := figures.total(self.work.document, stated, since.earliest if since else None):
                found.append(made)
        return found


def _holds(happening: Happening, span: Span) -> bool:
    """Whether a span stands behind the word for a happening in its own sentence."""
    return happening.sentence.holds(span) and happening.trigger.end <= span.start
