"""What a document counts of happenings ("the 78th attack since 17 October"), stated with its words and its voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crossbearing.model.claim import Claim, StatedCount, Status, count_id
from crossbearing.model.mention import (
    CountWords,
    MentionKind,
)
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.model.where import FINE, Place
from crossbearing.resolve.chains import Chains
from crossbearing.resolve.toll import tallies
from crossbearing.resolve.work import Work, own_words
from crossbearing.words import times
from crossbearing.words.time_forms import TimeWords


class Counted:
    """The counts of happenings of one document."""

    def __init__(self, work: Work, chains: Chains) -> None:
        self.work, self.chains = work, chains

    def stated_counts(self, claims: Sequence[Claim]) -> tuple[StatedCount, ...]:
        """Counts of happenings, each whole before its parts."""
        made: dict[Span, StatedCount] = {}
        for words in self.work.reading.counts:
            if one := self.stated_count(words, made):
                made.setdefault(words.number, one if one.where else replace(one, where=self.told_site(words, claims)))
        return tuple(made.values())

    def told_site(self, words: CountWords, claims: Sequence[Claim]) -> tuple[Stated[Place], ...]:
        """ "The third on the base": the fine place of the happening told last, for a site that the words only point back to."""
        text = self.work.document.text
        sites = [m.span for m in words.targets if m.kind is MentionKind.FACILITY]
        back = [s for s in sites if tallies.points_back(text, s)]
        before = [c for c in claims if c.span.start <= words.sentence.start and c.where and c.where.value.precision in FINE]
        last = max(before, key=lambda c: c.span.start, default=None)
        if not back or last is None or last.where is None:
            return ()
        return (replace(last.where, evidence=(*back, *last.where.evidence), score=round(last.where.score * 0.6, 4)),)

    def time_of_count(self, words: CountWords) -> TimeWords | None:
        """The time words of a count: as the whole sentence has them ("between May and July"), else by themselves."""
        if words.time is None:
            return None
        found = times.find(self.work.document.text, words.sentence.start, words.sentence.end)
        return next((w for w in found if w.span == words.time.span), None) or self.work.words(words.time)

    def stated_count(self, words: CountWords, wholes: dict[Span, StatedCount]) -> StatedCount | None:
        """What words that count happenings say; None where they give no number."""
        work = self.work
        figure = tallies.figure(work.document, words)
        if figure is None:
            return None
        time = self.time_of_count(words)
        meant = tallies.counted_back(time, words, work.document.text) if time else None
        days = tallies.period(work.document.text, meant, work.interval(meant, "past"), work.published) if meant else None
        period = Stated(days, (meant.span,), work.step.id, work.sure(own_words(meant))) if meant and days else None
        named = {m.span: work.places.locate(work.document, m, work.context) for m in (*words.places, *words.targets)}
        where = tallies.finest([place for m in words.places if (place := named[m.span])])
        at, near = work.published.latest, where[0] if where else work.home
        people = [m for m in words.targets if m.kind not in (MentionKind.FACILITY, MentionKind.PLACE)]
        chain, spoken = tuple(h.stated for h in self.chains.chain(words)), (*words.places, *words.targets)
        document, whole = work.document, wholes.get(words.part_of) if words.part_of else None
        return StatedCount(
            id=count_id(document.id, words.number, work.step.id, tuple(v.value.name for v in chain)),
            document=document.id,
            report=document.report,
            file=document.file,
            quote=words.sentence.of(document.text),
            span=words.sentence,
            count=figure,
            said=Interval(work.published.earliest, work.published.latest),
            event_type=words.event_type,
            sub_event_type=words.sub_event_type,
            ordinal=words.ordinal,
            status=Status.FOILED if words.foiled else Status.HAPPENED,
            when=period,
            where=where,
            perpetrators=work.actors_of(words.perpetrators, at, near),
            targets=work.actors_of(people, at, near),
            chain=chain,
            part_of=whole.id if whole else None,
            wider=(words.time is not None and period is None) or any(m not in people and not named[m.span] for m in spoken),
        )
