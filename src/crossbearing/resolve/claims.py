"""Gather what belongs to one happening in one voice, and state it with the words it stands on.

First each telling's words are worked out by themselves; then the tellings of one happening are put together; then each
voice that tells it makes one claim. A claim takes its day and place from the whole telling of its happening ("the attack"
is somewhere), but never another voice's perpetrators or figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, StatedCount, Status, Voice, claim_id, count_id
from crossbearing.model.mention import (
    MEANS_UNKNOWN,
    Attribution,
    CountWords,
    Happening,
    Mention,
    MentionKind,
    Reading,
    Realis,
    RoleName,
    Stance,
    StatedFigure,
)
from crossbearing.model.outcome import Dating
from crossbearing.model.provenance import Stated, Step
from crossbearing.model.text import Document, Span
from crossbearing.model.when import Interval
from crossbearing.model.where import COARSE, FINE, Place, Precision
from crossbearing.resolve import figures, tallies, when
from crossbearing.resolve.dating import date_page
from crossbearing.resolve.filed import filed, is_street
from crossbearing.resolve.tellings import (
    STRONG,
    VAGUE_DAYS,
    Group,
    Telling,
    gather,
    is_deed,
    over,
    same_spot,
    says_also,
    says_another,
)
from crossbearing.resolve.where import PlaceContext, Places
from crossbearing.resolve.who import Actors, load_actors
from crossbearing.stages import Resolved
from crossbearing.words import times
from crossbearing.words.names import fold
from crossbearing.words.parties import related
from crossbearing.words.times import Bare, Bound, Calendar, Into, Shift, TimeWords, Unit, Weekday

STEP = Step("resolve", "3")

# What a report recalls from so many days before it was written is not its news. News agencies' follow-ups run to three.
BACKGROUND_DAYS = 4
# What a report opens with is its news for longer: weeklies, monitors' digests and late confirmations.
LEAD_DAYS = 15
# How often the days of a claim hold the truth where the page's date does, by what they rest on: the words of the happening, the
# last day told of, the day of the statement, the report's lead, the page's date. Counted on the development reports, with what
# is left out of a count so small (`evals/calibration.py`). Of the happenings' own words, "today" and its like hold it 36 times
# of 36, weekdays 242 of 258, dates without a year 57 of 61, dates with one 34 of 37.
BY_OWN_WORDS, BY_STORY, BY_STATEMENT, BY_LEAD, BY_PAGE = 0.94, 0.95, 0.94, 0.95, 0.95
BY_TODAY = 0.97
# A figure that begins so many characters behind a sentence is of the next one.
NEXT_SENTENCE = 200
# An interval longer than this does not say when a single happening was.
LONGEST_DAYS = 31
_RECALLED = re.compile(
    r"\b(?:previously|earlier this (?:year|month)|last (?:year|month)|in \d{4}|years ago|months ago|anniversary|on the heels of|"
    r"weeks ago|comes? (?:\w+ ){0,3}after)\b",
    re.I,
)
_FOLLOWED = re.compile(
    r"\b(?:indict\w+|arraign\w*|sentenc\w+|convict\w+|plead(?:s|ed)?|pled|(?:not )?guilty|on trial|trial|extradited|acquitted|"
    r"grand jury|prosecutors?|prosecution|first hearing|court(?! ?house))\b",
    re.I,
)
_POINTING = re.compile(r"\b(?:the|its|this|that|his|her|their)\s+$", re.I)
_IN_BEFORE = re.compile(r"\b(?:in|at|near|inside|outside) (?:the |an? )?$", re.I)
_SIGNED = re.compile(r"(?P<outlet>[^()]{2,}?)\s*\((?P<agency>[^()]{2,40})\)$")
_NAMED = (MentionKind.PLACE, MentionKind.FACILITY)
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|several|multiple|a number of)\s+(?:[\w-]+\s+){0,4}(?:bases|sites|positions|facilities|"
    r"attacks|strikes|locations|targets|villages|towns|cities|posts|outposts|raids)\b|\bbases\b|\bseries of\b",
    re.I,
)
_OF_EACH = re.compile(r"\bin (?:either|both|any of|each of|all)\b", re.I)
_CROWD_KINDS = (
    ("Riots", "Violent demonstration"), ("Riots", "Mob violence"), ("Protests", "Excessive force against protesters"),
    ("Protests", "Protest with intervention"), ("Protests", "Peaceful protest"),
)  # fmt: skip
_STATUS = {
    Realis.ASSERTED: Status.HAPPENED,
    Realis.FOILED: Status.FOILED,
    Realis.DENIED: Status.DENIED,
    Realis.PLANNED: Status.PLANNED,
    Realis.BACKGROUND: Status.HAPPENED,
}
_HIT = re.compile(r"\b(?:direct(?:ly)?|hit|struck|wounded|injured|killed|damage[ds]?|landed|impact\w*|exploded|reached)\b", re.I)
_FOIL = re.compile(
    r"\b(?:intercept\w*|shot down|shoot\w* down|downed|foil\w*|thwart\w*|repel\w*|neutrali[sz]ed|brought down|bring them down)\b",
    re.I,
)


def resolve(document: Document, reading: Reading, places: Places | None = None) -> Resolved:
    """What a document states, worked out: its date, its claims, its totals. Places come from the gazetteer of `places`."""
    return _Resolving(document, reading, places or Places()).resolved()


def own_words(words: TimeWords) -> float:
    """How likely the days of a happening's own time words hold the truth where the page's date does."""
    form = words.form
    return BY_TODAY if isinstance(form, Shift) and form.unit is Unit.DAY and form.origin == "page" else BY_OWN_WORDS


def step_of(places: Places) -> Step:
    """The step that names claims resolved with a gazetteer: another gazetteer makes other claims."""
    return replace(STEP, digest=places.gazetteer.digest)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A voice as a link of the chain, and the attribution it comes from."""

    stated: Stated[Voice]
    attribution: Attribution | None


class _Resolving:
    """One document on its way from a reading to claims."""

    def __init__(self, document: Document, reading: Reading, places: Places) -> None:
        self.document, self.reading = document, reading
        said = list(times.find(document.text))
        self.dating: Dating = date_page(document, said)
        self.published = self.dating.published
        self.history = self.published.latest is not None and when.is_history(said, self.published.latest)
        self.ahead = next((hours for words in said if (hours := when.hours_ahead(words)) is not None), None)
        self.actors: Actors = load_actors()
        self.places, self.step = places, step_of(places)
        self.context: PlaceContext = self.places.context(document, reading)
        self.carriers = self.carried_by()
        self.people = {f.mention.span: f.people for f in reversed(reading.figures)}
        self.added = {f.mention.span for f in reading.figures if f.more}
        self.story: Interval | None = None

    def resolved(self) -> Resolved:
        tellings = [t for i, h in enumerate(self.reading.happenings) if (t := self.telling(i, h)) is not None]
        lead = next((w for t in tellings if (w := t.when or t.said) and w.value.days), None)
        groups = gather(tellings, lead.value if lead else None)
        claims = [c for number, group in enumerate(groups) for c in self.claims(number, group, groups, lead)]
        return Resolved(self.dating, tuple(claims), tuple(self.totals()), self.stated_counts(claims))

    def carried_by(self) -> list[_Heard]:
        """The outer links of every chain: the outlet, and the agency whose copy it signs ("The Post (Reuters)")."""
        outlet = self.actors.outlet(self.document)
        agency = self.actors.agency(self.document) or self.actors.credited(self.document)
        if outlet and (signed := _SIGNED.match(outlet.value.name)):
            inner = self.actors.meant(signed["agency"])
            voice = Voice(inner[0].name if inner and inner[0].id else signed["agency"], "medium", signed["agency"])
            agency = agency or replace(outlet, value=voice)
            outlet = replace(outlet, value=replace(outlet.value, name=signed["outlet"]))
        found = [v for v in (outlet, agency) if v]
        return [_Heard(v, None) for n, v in enumerate(found) if not n or v.value.name != found[0].value.name]

    # ------------------------------------------------------------------ one telling

    def telling(self, index: int, happening: Happening) -> Telling | None:
        """A happening's words worked out; None where it is hypothetical, or many at once."""
        if happening.realis is Realis.HYPOTHETICAL or happening.generic or self.adds_to_total(index, happening):
            return None
        said = self.said_of(happening)
        own = self.time_of(happening)
        if own and own.value.days:
            self.story = Interval(own.value.earliest, own.value.latest)
        text = self.document.text
        trigger = happening.trigger.of(text)
        place = self.place_of(happening)
        at, where = self.day(own), place or self.home
        before = text[max(happening.sentence.start, happening.trigger.start - 24) : happening.trigger.start].lower()
        return Telling(
            index,
            happening,
            own,
            said,
            place,
            self.actors_of(happening.role(RoleName.PERPETRATOR), at, where),
            self.actors_of(self.people_or_sites(happening), at, where),
            definite=bool(re.match(r"(?:It|This|That) (?:is|was|comes|came|marks)\b", happening.sentence.of(text)))
            or bool(re.search(r"\b(?:the|this|that|its|their|these|those|’s|'s)\s+(?:\w+\s+){0,2}$", before))
            or not is_deed(happening),
            another=says_another(text, happening),
            plural=(trigger.endswith("s") and trigger.lower() not in ("strikes", "attacks", "raids")) or self.many(happening),
            earlier=text.startswith("Earlier", happening.sentence.start),
            names=self.unknown_places(happening),
            also=says_also(text, happening),
            over=over(text, happening, self.claimed(happening)),
            weekday=self.weekday_of(happening),
        )

    def claimed(self, happening: Happening) -> bool:
        """Whether a voice claims it as its own deed."""
        return any(self.reading.attributions[n].stance is Stance.CLAIMS for n in happening.attributions)

    def people_or_sites(self, happening: Happening) -> Iterator[Mention]:
        """Whom and what it befell, without the town that it befell: that is where it was."""
        for mention in (*happening.role(RoleName.TARGET), *happening.role(RoleName.VICTIM)):
            town = mention.kind is MentionKind.PLACE and self.places.locate(self.document, mention, self.context)
            if not (town and town.value.precision is not Precision.COUNTRY):
                yield mention

    def weekday_of(self, happening: Happening) -> int | None:
        """The weekday that the happening's own words say; None where they say none, or several."""
        forms = [words.form for m in happening.role(RoleName.TIME) if (words := self.words(m))]
        said = {form.day for form in forms if isinstance(form, Weekday)}
        return said.pop() if len(said) == 1 else None

    def unknown_places(self, happening: Happening) -> frozenset[str]:
        """The names of places that its words say and no table knows."""
        named = [
            m for m in happening.role(RoleName.PLACE)
            if m.kind is MentionKind.PLACE and self.places.locate(self.document, m, self.context) is None
        ]  # fmt: skip
        return frozenset(fold(self.document.quote(m.span)) for m in named)

    def place_of(self, happening: Happening) -> Stated[Place] | None:
        """Where: the named facility that stands nearest, with what lies around it; else the finest place that fits the others."""
        mentions = tuple(self.in_full(m) for m in happening.role(RoleName.PLACE))
        chosen = self.places.choose(self.document, mentions, self.context)
        if chosen is None or chosen.value.precision is Precision.EXACT:
            return chosen
        located = [(m, self.places.locate(self.document, m, self.context)) for m in mentions]
        exact = next((m for m, place in located if place and place.value.precision is Precision.EXACT), None)
        if exact is None:
            return chosen
        wide = [m for m, place in located if place and place.value.precision in COARSE]
        return self.places.choose(self.document, [exact, *wide], self.context)

    def in_full(self, mention: Mention) -> Mention:
        """The site that a short name stands for, where nothing else bears the name: "Al-Asad" after "Al-Asad air base"."""
        if mention.kind is not MentionKind.PLACE or self.places.locate(self.document, mention, self.context) is not None:
            return mention
        return self.sites.get(fold(self.document.quote(mention.span)), mention)

    @cached_property
    def sites(self) -> dict[str, Mention]:
        """The sites that the document names, by the words before the one that says what they are."""
        found: dict[str, Mention] = {}
        for mention in self.reading.mentions:
            name = fold(self.document.quote(mention.span)).split()
            kinds = len(name) - 2 if name[-2:] in (["air", "base"], ["military", "base"], ["air", "field"]) else len(name) - 1
            if mention.kind in _NAMED and kinds > 0 and " ".join(name[:kinds]) not in found:
                at = self.places.locate(self.document, mention, self.context)
                if at is not None and at.value.precision is Precision.EXACT:
                    found[" ".join(name[:kinds])] = mention
        return found

    def adds_to_total(self, index: int, happening: Happening) -> bool:
        """Whether a lone word for harm follows words about many happenings, and so speaks of their toll."""
        if happening.score >= STRONG or happening.role(RoleName.PLACE) or happening.role(RoleName.TIME) or not index:
            return False
        return self.reading.happenings[index - 1].generic

    def many(self, happening: Happening) -> bool:
        """Whether the words speak of several sites or strikes at once without naming them."""
        return bool(_SEVERAL.search(happening.sentence.of(self.document.text)))

    def time_of(self, happening: Happening) -> Stated[Interval] | None:
        """When, as the happening's own time words say: the nearest that names a day, with the nearest hour."""
        hour: TimeWords | None = None
        for mention in happening.role(RoleName.TIME):
            words = self.words(mention)
            if words is None or not words.is_time or words.bound in (Bound.SINCE, Bound.UNTIL, Bound.BEFORE):
                continue
            if isinstance(words.form, Bare):
                hour = hour or words
                continue
            found = self.interval(words, "future" if happening.realis is Realis.PLANNED else "past")
            if found is None and words.has_day and not self.published.days:
                return None  # "on Thursday" of an undated page: another time in the sentence is of something else
            if found is None or not found.days or (found.days > LONGEST_DAYS and not self.long_ago(found)):
                continue
            if hour and hour.clock and found.clock is None:
                return Stated(replace(found, clock=hour.clock), (mention.span, hour.span), self.step.id, self.sure_of(words))
            return Stated(found, (mention.span,), self.step.id, self.sure_of(words))
        if hour and (day := self.story):
            return Stated(Interval(day.earliest, day.latest, hour.clock), (hour.span,), self.step.id, self.sure(BY_STORY))
        return None

    def interval(self, words: TimeWords, tense: when.Tense) -> Interval | None:
        """What time words mean here, in local days: in news a date without its year is of the page's year, not the story's."""
        form = words.form
        if when.is_nowadays(words, self.history) or (self.story is None and when.counts_from_event(self.document.text, words)):
            return None
        story = self.story if self.history or not (isinstance(form, Calendar) and form.year is None) else None
        begun = when.begun(self.document.text, words.span) if isinstance(form, Into) else None
        found = when.interval(words, self.published, tense, story, begun=begun)
        return when.at_place(found, self.ahead) if found and self.ahead is not None else found

    def sure(self, share: float) -> float:
        """How likely a day is right that counts from the page's date."""
        return round(share * self.dating.chance, 4)

    def sure_of(self, words: TimeWords) -> float:
        """How likely a day told by its own words is right: one that says its year needs no page's date."""
        whole = isinstance(words.form, Calendar) and words.form.year is not None
        return own_words(words) if whole else self.sure(own_words(words))

    def long_ago(self, found: Interval) -> bool:
        """Whether a long interval ended well before the page: too wide to date a happening, but it shows that it is no news."""
        earliest = self.published.earliest
        return bool(found.latest and earliest and (earliest - found.latest).days > LONGEST_DAYS)

    def words(self, mention: Mention) -> TimeWords | None:
        """The time expression of a mention; a bare year is one only by the words before it ("in 1995")."""
        start, end = mention.span.start, mention.span.end
        if found := when.parse(self.document.quote(mention.span)):
            return replace(found, span=Span(start + found.span.start, start + found.span.end))
        near = times.find(self.document.text, max(0, start - 12), end)
        return next((w for w in near if w.span.meets(mention.span)), None)

    def said_of(self, happening: Happening) -> Stated[Interval] | None:
        """The day before a dated statement, and its day: what was told on Wednesday happened then at the latest."""
        for index in happening.attributions:
            time = self.reading.attributions[index].time
            words = self.words(time) if time else None
            if words and time and words.is_time and not isinstance(words.form, Bare):
                found = self.interval(words, "past")
                if found and found.days and found.days <= LONGEST_DAYS:
                    self.story = Interval(found.earliest, found.latest)
                    return Stated(when.widened_statement(found), (time.span,), self.step.id, self.sure(BY_STATEMENT))
        return None

    def day(self, when: Stated[Interval] | None) -> date | None:
        """The latest day that a time, or else the page, can mean: by it a name that passed on is told apart."""
        return (when.value.latest if when else None) or self.published.latest

    def actors_of(self, mentions: Iterable[Mention], at: date | None, place: Stated[Place] | None) -> tuple[Stated[Actor], ...]:
        """The parties that the mentions name, each once."""
        found: list[Stated[Actor]] = []
        for mention in mentions:
            actor = self.party(mention, at, place)
            if actor and not any((a.value.id or a.value.name) == (actor.value.id or actor.value.name) for a in found):
                found.append(actor)
        return tuple(found)

    def party(self, mention: Mention, at: date | None, place: Stated[Place] | None) -> Stated[Actor] | None:
        """The party that a mention names; a bare adjective before a deed ("an Israeli air strike") is that country's forces."""
        actor = self.actors.actor(self.document, mention, at, place)
        if (
            actor is None
            and mention.known
            and (state := self.actors.meant(self.document.quote(mention.span).replace(".", ""), at))
        ):
            return Stated(state[0], (mention.span,), self.step.id, state[1])  # "U.S." is "US"
        if actor is None or actor.value.id or mention.kind is not MentionKind.STATE or not actor.value.country:
            return actor
        forces = self.actors.meant(f"{actor.value.written} forces", at)
        return replace(actor, value=replace(forces[0], written=actor.value.written)) if forces and forces[0].id else actor

    # ------------------------------------------------------------------ one happening, its voices

    def claims(self, number: int, group: Group, groups: list[Group], lead: Stated[Interval] | None) -> list[Claim]:
        """One claim for each voice that tells of a happening."""
        own = group.where or self.as_written(group) or self.inherited(group, groups)
        town = None if own else self.filed(groups)
        place = own or town or self.home
        time = self.time(group, lead)
        if not self.tells_enough(group, place, town is not None):
            return []
        role = self.role(group, time, groups)
        by_chain: dict[tuple[str, ...], list[Telling]] = {}
        chains: dict[tuple[str, ...], list[_Heard]] = {}
        for telling in group.tellings:
            heard = self.chain(telling.happening)
            key = tuple(h.stated.value.name for h in heard)
            by_chain.setdefault(key, []).append(telling)
            chains.setdefault(key, heard)
        extra = self.loose_figures(group, groups)
        first = next(iter(by_chain.values()))
        told: dict[tuple[str, ...], list[tuple[str, Stated[Figure]]]] = {}
        others: list[tuple[str, Stated[Figure]]] = []
        for counted, figure in extra:
            spoken = self.counted_by(first, figure)
            if spoken is not None and spoken in by_chain:
                told.setdefault(spoken, []).append((counted, figure))
            elif spoken is not None or self.another_toll(first, counted, figure):
                others.append((counted, figure))
            else:
                told.setdefault(next(iter(by_chain)), []).append((counted, figure))
        made = [
            self.claim(number, tellings, chains[key], group, place, time, role, told.get(key, []))
            for key, tellings in by_chain.items()
        ]
        # What one sentence counts in one voice, killed and injured, is one claim.
        tolls: dict[tuple[Span, tuple[str, ...]], tuple[Telling, list[_Heard], list[tuple[str, Stated[Figure]]]]] = {}
        for counted, figure in others:
            telling = self.toll_telling(first[0], figure)
            heard = self.chain(telling.happening)
            key = tuple(h.stated.value.name for h in heard)
            if key not in by_chain:
                tolls.setdefault((telling.happening.sentence, key), (telling, heard, []))[2].append((counted, figure))
        made += [self.claim(number, [one], heard, group, place, time, role, told) for one, heard, told in tolls.values()]
        return made

    def counted_by(self, tellings: list[Telling], figure: Stated[Figure]) -> tuple[str, ...] | None:
        """The chain of voices of a clause that only counts; None where it names no voice of its own."""
        happening = self.toll_telling(tellings[0], figure).happening
        return tuple(h.stated.value.name for h in self.chain(happening)) if happening.attributions else None

    def another_toll(self, tellings: list[Telling], counted: str, figure: Stated[Figure]) -> bool:
        """Whether a figure of a sentence with a voice of its own goes against what the first voice says."""
        own = self.figure(tellings, counted, [])
        sentence = self.sentence_of(figure)
        if own is None or sentence is None or own.value.allows(figure.value):
            return False
        return bool(self.heard_in(sentence)) or re.search(r"\bputs?\b", sentence.of(self.document.text)) is not None

    def toll_telling(self, telling: Telling, figure: Stated[Figure]) -> Telling:
        """The happening as a sentence tells it that only counts its dead or injured."""
        sentence = self.sentence_of(figure) or telling.happening.sentence
        at = figure.evidence[0]
        start = (
            max(self.document.text.rfind(";", sentence.start, at.start) + 1, sentence.start)
            if isinstance(at, Span)
            else sentence.start
        )
        stop = self.document.text.find(";", start, sentence.end)
        clause = Span(start, stop if stop > start else sentence.end)  # "police said 12; residents said 20"
        happening = replace(telling.happening, sentence=sentence, roles=(), attributions=self.heard_in(clause))
        return replace(telling, happening=happening, when=None, where=None, doers=(), targets=(), definite=True)

    def sentence_of(self, figure: Stated[Figure]) -> Span | None:
        at = next((e for e in figure.evidence if isinstance(e, Span)), None)
        return next((s for s in self.reading.sentences if at and s.holds(at)), None)

    def heard_in(self, sentence: Span) -> tuple[int, ...]:
        """The attributions whose voice stands in a sentence."""
        voices = enumerate(self.reading.attributions)
        return tuple(i for i, a in voices if a.source and sentence.holds(a.source.span))

    def tells_enough(self, group: Group, place: Stated[Place] | None, town: bool) -> bool:
        """Whether the words make an incident: people who did it or to whom it was done, or a place, and more than a lone word
        for harm.

        A place that no table knows will do where the words say when, and so will the town that the report is from (`town`).
        Where nothing tells the country they must tell whom it befell, and by whom, when, or where by a name.
        """
        strong = any(is_deed(t.happening) for t in group.tellings)
        dated = any(t.when for t in group.tellings)
        named = bool(self.names(group))
        doers = any(t.doers for t in group.tellings)
        hurt = any(t.targets or any(map(t.happening.role, (RoleName.KILLED, RoleName.INJURED))) for t in group.tellings)
        if place is None:
            return strong and ((hurt and (dated or named or doers)) or (doers and named and dated))
        told = hurt or doers or town or any(t.where or t.happening.role(RoleName.MEANS) for t in group.tellings)
        return (told or (dated and named)) and (strong or group.where is not None)

    def inherited(self, group: Group, groups: list[Group]) -> Stated[Place] | None:
        """The place of the happening told just before, for one told apart from it without a place ("another attack")."""
        at = groups.index(group)
        if not at or not groups[at - 1].fine or not any(t.another or t.definite for t in group.tellings):
            return None
        place = groups[at - 1].where
        return replace(place, score=place.score * 0.6) if place else None

    def filed(self, groups: list[Group]) -> Stated[Place] | None:
        """The town that the report is from, where none of its happenings has a place."""
        if any(g.where for g in groups):
            return None
        return self.written_in

    @cached_property
    def written_in(self) -> Stated[Place] | None:
        """The town that the report is from."""
        return filed(self.document, self.places, self.context)

    def names(self, group: Group) -> list[Mention]:
        """The names in the words of a happening that stand for places; "the X shooting" does not say that X is one."""
        found = ((m, t.happening) for t in group.tellings for m in t.happening.role(RoleName.PLACE))
        return [m for m, happening in found if m.kind in _NAMED and not self.only_named(m, happening)]

    def only_named(self, mention: Mention, happening: Happening) -> bool:
        """Whether a name stands right before the deed, or as what it befell, with nothing that says that it is a place's."""
        if mention.kind is not MentionKind.PLACE:
            return False
        befallen = mention.span in (m.span for m in happening.role(RoleName.TARGET))
        right_before = 0 <= happening.trigger.start - mention.span.end <= 1
        start = mention.span.start
        return befallen or (right_before and not _IN_BEFORE.search(self.document.text, max(0, start - 16), start))

    def as_written(self, group: Group) -> Stated[Place] | None:
        """A place that the words name and no table knows: its own name, somewhere in the country that the page speaks of."""
        named = [m for m in self.names(group) if not is_street(self.document.quote(m.span))]
        country = self.home
        if not named or country is None:
            return None
        words = " ".join(self.document.quote(named[0].span).split())
        place = replace(country.value, id=f"as written:{words.lower()}", name=f"{words} ({country.value.name})")
        return Stated(place, (named[0].span, *country.evidence), self.step.id, 0.3)

    @cached_property
    def home(self) -> Stated[Place] | None:
        """The country that most of the document's places lie in: an incident has a country."""
        return self.places.country_of(self.context)

    def time(self, group: Group, lead: Stated[Interval] | None) -> Stated[Interval] | None:
        """When: by the happening's own words, else by when it was said, else with the report's lead, else with its date."""
        if own := group.when:
            return own
        if said := self.said(group):
            return said
        worded = any(t.happening.role(RoleName.TIME) for t in group.tellings)
        if worded and lead and (lead.value.days or 0) > VAGUE_DAYS:
            return None  # "on Friday" of a page without a date is no "October 2017" told elsewhere
        if lead and lead.value.days and self.published.gap(lead.value) <= BACKGROUND_DAYS:
            return replace(lead, score=min(lead.score, self.sure(BY_LEAD)))
        if self.published.latest and self.followed_up(group):
            return Stated(
                Interval(None, self.published.latest), (group.tellings[0].happening.trigger,), self.step.id, self.sure(BY_PAGE)
            )
        if self.published.days and self.published.days <= LONGEST_DAYS and self.dating.because:
            held = (b for b in self.dating.because if b.allows and not b.says.startswith("set aside"))
            evidence = tuple(dict.fromkeys(e for b in held for e in b.evidence)) or (group.tellings[0].happening.trigger,)
            earliest = self.published.earliest
            return Stated(
                Interval(earliest and earliest - timedelta(days=1), self.published.latest),
                evidence[:3],
                self.step.id,
                self.sure(BY_PAGE),
            )
        return None

    def followed_up(self, group: Group) -> bool:
        """Whether the news is what a court made of it: that has a day of its own, and the deed may lie years before."""
        text = self.document.text
        return all(_FOLLOWED.search(t.happening.sentence.of(text)) for t in group.tellings)

    def said(self, group: Group) -> Stated[Interval] | None:
        """When it was said; by an older statement that a report cites further down only what that alone tells."""
        told = ((n, t.said) for n, t in enumerate(group.tellings) if t.said)
        return next((said for n, said in told if not n or self.published.gap(said.value) <= BACKGROUND_DAYS), None)

    def role(self, group: Group, time: Stated[Interval] | None, groups: list[Group]) -> ClaimRole:
        """Main where it is the report's news, background where the report recalls it."""
        first = group is groups[0] or _told_together(group, groups[0])
        if time and time.value.latest and self.published.earliest and group.when:
            age = (self.published.earliest - time.value.latest).days
            if age >= (LEAD_DAYS if first else BACKGROUND_DAYS):
                return ClaimRole.BACKGROUND
        if all(t.happening.realis is Realis.BACKGROUND for t in group.tellings):
            return ClaimRole.BACKGROUND
        recalled = all(_RECALLED.search(t.happening.sentence.of(self.document.text)) for t in group.tellings)
        return ClaimRole.BACKGROUND if recalled and not first else ClaimRole.MAIN

    def chain(self, happening: Happening | CountWords) -> list[_Heard]:
        """Who says so, outermost first: the outlet, the media, the claimant."""
        links = list(self.carriers)
        for index in happening.attributions:
            attribution = self.reading.attributions[index]
            if attribution.source is None:
                continue
            before = self.pointed_to(index)
            own = [self.reading.attributions[n] for n in happening.attributions]
            carried = [a for a in self.carriers_of(before) if not any(a is one for one in own)]
            for one in (*carried, before or attribution):
                voice = one.source and self.actors.voice(self.document, one.source, self.published.latest, self.home)
                if voice and not any(_is_called(h.stated.value, voice.value) for h in links):
                    links.append(_Heard(voice, attribution if one is before else one))
        return links

    def pointed_to(self, index: int) -> Attribution | None:
        """The voice heard before that "the official", "the service" or a pronoun goes back to; None where the words name one."""
        attribution = self.reading.attributions[index]
        source = attribution.source
        if source is None:
            return None
        earlier = self.reading.attributions[:index]
        if source.span.start < attribution.cue.start:
            again = next((n for n, a in enumerate(earlier) if a.source and a.source.span == source.span), None)
            if again is not None:
                return self.pointed_to(again) or earlier[again]
        words = fold(self.document.quote(source.span)).split()
        if len(words) != 1 or not _POINTING.search(self.document.text, max(0, source.span.start - 8), source.span.start):
            return None
        named = (a for a in reversed(earlier) if a.source and a.source.span.end <= source.span.start)
        return next((a for a in named if a.source and fold(self.document.quote(a.source.span)).split()[1:][-1:] == words), None)

    def carriers_of(self, attribution: Attribution | None) -> list[Attribution]:
        """The media that carried a voice, outermost first: whoever told an agency once told it what the report goes on to say."""
        found: list[Attribution] = []
        while attribution is not None and attribution.within is not None and len(found) < len(self.reading.attributions):
            attribution = self.reading.attributions[attribution.within]
            if attribution.medium:
                found.insert(0, attribution)
        return found

    def claim(
        self,
        number: int,
        tellings: list[Telling],
        heard: list[_Heard],
        group: Group,
        place: Stated[Place] | None,
        time: Stated[Interval] | None,
        role: ClaimRole,
        loose: list[tuple[str, Stated[Figure]]],
    ) -> Claim:
        document = self.document
        best = _best(tellings)
        span, kind = best.happening.sentence, self.kind(tellings)
        doers = _distinct(a for t in tellings for a in t.doers)
        status = self.status(tellings, group, any(h.attribution and not h.attribution.medium for h in heard))
        owned = self.claimed_by(doers, heard)  # who tells of it as their own: to own it, or to deny it ("we fired nothing")
        claimed = () if status is Status.DENIED else owned
        own_when = min((t.when for t in tellings if t.when), key=lambda w: w.value.days or 999, default=None)
        own_where = Group(tellings).where
        if own_where and place and own_where.value.precision in COARSE and group.fine:
            own_where = None
        names = tuple(h.stated.value.name for h in heard)
        killed, injured = self.figure(tellings, "killed", loose), self.figure(tellings, "injured", loose)
        return Claim(
            id=claim_id(document.id, span, self.step.id, number, names),
            document=document.id,
            report=document.report,
            file=document.file,
            quote=span.of(document.text),
            span=span,
            role=role,
            status=status,
            event_type=kind[0],
            sub_event_type=kind[1],
            stance=Stance.DENIES if owned and not claimed else _stance(heard, claimed),
            step=self.step.id,
            when=own_when or time,
            where=own_where or place,
            perpetrators=doers,
            targets=_distinct(a for t in tellings for a in t.targets),
            claimed_by=claimed,
            weapons=self.weapons(tellings),
            chain=tuple(h.stated for h in heard),
            killed=killed,
            injured=injured,
            figures=tuple(self.counts(tellings, (killed, injured))),
            happening=number,
            ordinal=self.ordinal(tellings),
            score=max(t.happening.score for t in tellings),
        )

    def status(self, voiced: list[Telling], group: Group, claimant: bool) -> Status:
        """What a voice says of it: stopped only where it says of nothing that it hit. A lone "nobody was hurt" says neither, and
        "nobody claimed the attack" what was told of it before. The report's own words, which no `claimant` is said to have
        said, go on in what it is told to have been."""
        own = [t for t in voiced if _says_status(t) or (t.happening.score >= STRONG and not t.definite)]
        told = [t for t in group.tellings if _says_status(t) or t.happening.score >= STRONG]
        stopped = not claimant and any(t.happening.realis is Realis.FOILED for t in told)
        tellings = (told if stopped else own) or told or voiced
        statuses = [_STATUS[t.happening.realis] for t in tellings]
        if Status.FOILED in statuses and Status.HAPPENED in statuses:
            hit = any(
                _HIT.search(t.happening.sentence.of(self.document.text))
                and not _FOIL.search(t.happening.sentence.of(self.document.text))
                for t in tellings
            )
            return Status.HAPPENED if hit else Status.FOILED
        return statuses[0]

    def kind(self, tellings: list[Telling]) -> tuple[str, str]:
        """The leading telling's event type, with the finest sub-event type that the voice's words give of it.

        A demonstration is what was worst in it: one that turned violent is a riot, one that was broken up was no quiet protest.
        """
        told = [t.happening for t in tellings if t.happening.realis is not Realis.DENIED] or [t.happening for t in tellings]
        kinds = [(h.event_type, h.sub_event_type) for h in told]
        worst = next((one for one in _CROWD_KINDS if one in kinds), None)
        if worst is not None:
            return worst
        best = _best(tellings).happening
        finer = (sub for kind, sub in kinds if kind == best.event_type and sub != MEANS_UNKNOWN)
        if best.sub_event_type == MEANS_UNKNOWN:
            return best.event_type, next(finer, best.sub_event_type)
        return best.event_type, best.sub_event_type

    def claimed_by(self, doers: tuple[Stated[Actor], ...], heard: list[_Heard]) -> tuple[Stated[Actor], ...]:
        """The parties that tell of it as their own deed."""
        found: list[Stated[Actor]] = []
        for link in heard:
            attribution = link.attribution
            if attribution is None or attribution.source is None or attribution.medium:
                continue
            party = self.party(attribution.source, self.published.latest, self.home)
            if party is None or attribution.stance is Stance.DENIES:
                continue
            if attribution.stance is Stance.CLAIMS or any(related(party.value, d.value) for d in doers):
                found.append(party)
        return _distinct(found)

    def weapons(self, tellings: list[Telling]) -> tuple[Stated[str], ...]:
        found: dict[str, Stated[str]] = {}
        for mention in (m for t in tellings for m in t.happening.role(RoleName.MEANS)):
            words = " ".join(self.document.quote(mention.span).split())
            found.setdefault(words.lower(), Stated(words, (mention.span,), self.step.id))
        return tuple(found.values())

    def ordinal(self, tellings: list[Telling]) -> Stated[int] | None:
        numbered = ((t.happening.ordinal, t.happening.trigger) for t in tellings)
        return next((Stated(ordinal, (trigger,), self.step.id) for ordinal, trigger in numbered if ordinal), None)

    # ------------------------------------------------------------------ figures

    def figure(self, tellings: list[Telling], counted: str, loose: list[tuple[str, Stated[Figure]]]) -> Stated[Figure] | None:
        """The figure that the voice gives."""
        found = [(f, f.evidence[0] in self.added) for c, f in loose if c == counted]
        name = RoleName.KILLED if counted == "killed" else RoleName.INJURED
        for telling in tellings:
            denied = telling.happening.realis is Realis.DENIED
            for mention in telling.happening.role(name):
                people = self.people.get(mention.span)
                made = figures.figure(self.document, mention, counted, people)
                # "Denied that it had killed civilians" says of nobody that they were killed; "nobody was hurt" does say so.
                if made and (not denied or made.value.high == 0):
                    found.append((made, mention.span in self.added))
        return figures.whole(found)

    def counts(self, tellings: list[Telling], wholes: Iterable[Stated[Figure] | None]) -> Iterator[Stated[Figure]]:
        """What else a voice counts of a happening: parts of its figures, and those missing, captured, displaced."""
        told = {t.index for t in tellings}
        words = {e for one in wholes if one for e in one.evidence}
        known = {f.mention.span for f in self.reading.figures}
        for stated in self.reading.figures:
            part = stated.part_of is not None
            if stated.cumulative or (stated.counted in ("killed", "injured")) is not part:
                continue
            # "The dead included two journalists": of a whole that is not told beside it.
            loose = stated.happening is None and not (part and stated.part_of in known) and self.follows(stated, tellings)
            if loose or (stated.part_of in words if part else stated.happening in told):
                made = figures.figure(self.document, stated.mention, stated.counted, stated.people)
                if made:
                    yield replace(made, value=replace(made.value, part=part))

    def follows(self, stated: StatedFigure, tellings: Iterable[Telling]) -> bool:
        """Whether a figure stands right behind a sentence that tells of the happening."""
        return any(0 <= stated.mention.span.start - t.happening.sentence.end <= NEXT_SENTENCE for t in tellings)

    def loose_figures(self, group: Group, groups: list[Group]) -> list[tuple[str, Stated[Figure]]]:
        """Figures in sentences that tell of no happening themselves: they go to the one told last before them."""
        found: list[tuple[str, Stated[Figure]]] = []
        for stated in self.reading.figures:
            if stated.cumulative or stated.counted not in ("killed", "injured") or stated.part_of or self.is_told(stated):
                continue
            made = figures.figure(self.document, stated.mention, stated.counted, stated.people)
            if made is None:
                continue
            owner = self.owner(stated.mention.span, groups, nobody=made.value.high == 0)
            if owner and made.value.high == 0 and self.of_another_day(stated.mention.span, owner):
                continue
            placed = self.at_its_place(stated.mention.span, groups)
            if placed is not None:
                if group in placed and (made.value.high == 0 or len(placed) == 1):
                    found.append((stated.counted, made))
                continue
            together = owner and made.value.high == 0 and (_told_together(owner, group) or self.said_of_all(stated, group))
            if owner is group or together:
                found.append((stated.counted, made))
        return found

    def at_its_place(self, span: Span, groups: Sequence[Group]) -> list[Group] | None:
        """The happenings at the sites that a figure's own clause names, where the document tells of several: "nobody at X".

        A clause that names a site which is not known speaks of those that the rest of its sentence leaves out ("one was hurt
        at X; nobody at Y and Z"). None where the words tell none apart.
        """
        sentence = next((s for s in self.reading.sentences if s.holds(span)), None)
        if sentence is None or len(groups) < 2:
            return None
        text = self.document.text
        start = text.rfind(";", sentence.start, span.start) + 1 or sentence.start
        stop = text.find(";", span.end, sentence.end)
        clause = Span(start, stop if stop > start else sentence.end)
        sites = [m for m in self.reading.mentions if m.kind in _NAMED and sentence.holds(m.span)]
        at = {m: self.places.locate(self.document, m, self.context) for m in sites}
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
        sentence = next((s for s in self.reading.sentences if s.holds(span)), span)
        if _OF_EACH.search(sentence.of(self.document.text)):
            return any(t.happening.sentence.end <= span.start for t in group.tellings)
        of_many = stated.happening is not None and self.reading.happenings[stated.happening].generic
        return of_many and all(t.happening.sentence.start > span.end for t in group.tellings)

    def of_another_day(self, span: Span, group: Group) -> bool:
        """Whether a sentence tells days of its own, none of them the happening's: "nobody was hurt in the fire on Tuesday"."""
        at = group.when
        sentence = next((s for s in self.reading.sentences if s.holds(span)), None)
        if sentence is None or at is None or (at.value.days or VAGUE_DAYS + 1) > VAGUE_DAYS:
            return False
        spoken = [a.time.span for a in self.reading.attributions if a.time]
        times_ = (m for m in self.reading.mentions if m.kind is MentionKind.TIME and sentence.holds(m.span))
        told = [m for m in times_ if m.span not in spoken]
        days = [day for m in told if (words := self.words(m)) and words.has_day and (day := self.interval(words, "past"))]
        return bool(days) and not any(day.meets(at.value) for day in days)

    def is_told(self, stated: StatedFigure) -> bool:
        """Whether a figure belongs to a happening that makes a claim: what many made at once is left for the one told before."""
        return stated.happening is not None and not self.reading.happenings[stated.happening].generic

    def owner(self, span: Span, groups: Sequence[Group], nobody: bool) -> Group | None:
        """The happening told nearest before a span; the next one where none was. That nobody was hurt is never a total."""
        ends = [(t.happening.sentence.end, k) for k, g in enumerate(groups) for t in g.tellings]
        before = [e for e in ends if e[0] <= span.start + 1]
        many = max((h.sentence.end for h in self.reading.happenings if h.generic and h.sentence.start <= span.start), default=0)
        if many and not nobody and (not before or many > max(before)[0]):
            return None  # it follows words about many happenings: their toll, not one's
        if before:
            return groups[max(before)[1]]
        return groups[min(ends)[1]] if ends else None

    def totals(self) -> list[Stated[Figure]]:
        """Figures of a war, a period or many attacks."""
        found: list[Stated[Figure]] = []
        for stated in self.reading.figures:
            if not stated.cumulative:
                continue
            words = self.words(stated.since) if stated.since else None
            since = when.interval(words, self.published) if words and self.published.earliest else None
            if made := figures.total(self.document, stated, since.earliest if since else None):
                found.append(made)
        return found

    def stated_counts(self, claims: Sequence[Claim]) -> tuple[StatedCount, ...]:
        """Counts of happenings, each whole before its parts."""
        made: dict[Span, StatedCount] = {}
        for words in self.reading.counts:
            if one := self.stated_count(words, made):
                made.setdefault(words.number, one if one.where else replace(one, where=self.told_site(words, claims)))
        return tuple(made.values())

    def told_site(self, words: CountWords, claims: Sequence[Claim]) -> tuple[Stated[Place], ...]:
        """ "The third on the base": the fine place of the happening told last, for a site that the words only point back to."""
        text = self.document.text
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
        found = times.find(self.document.text, words.sentence.start, words.sentence.end)
        return next((w for w in found if w.span == words.time.span), None) or self.words(words.time)

    def stated_count(self, words: CountWords, wholes: dict[Span, StatedCount]) -> StatedCount | None:
        """What words that count happenings say; None where they give no number."""
        figure = tallies.figure(self.document, words)
        if figure is None:
            return None
        time = self.time_of_count(words)
        meant = tallies.counted_back(time, words, self.document.text) if time else None
        days = tallies.period(self.document.text, meant, self.interval(meant, "past"), self.published) if meant else None
        period = Stated(days, (meant.span,), self.step.id, self.sure(own_words(meant))) if meant and days else None
        named = {m.span: self.places.locate(self.document, m, self.context) for m in (*words.places, *words.targets)}
        where = tallies.finest([place for m in words.places if (place := named[m.span])])
        at, near = self.published.latest, where[0] if where else self.home
        people = [m for m in words.targets if m.kind not in (MentionKind.FACILITY, MentionKind.PLACE)]
        chain, spoken = tuple(h.stated for h in self.chain(words)), (*words.places, *words.targets)
        document, whole = self.document, wholes.get(words.part_of) if words.part_of else None
        return StatedCount(
            id=count_id(document.id, words.number, self.step.id, tuple(v.value.name for v in chain)),
            document=document.id,
            report=document.report,
            file=document.file,
            quote=words.sentence.of(document.text),
            span=words.sentence,
            count=figure,
            said=Interval(self.published.earliest, self.published.latest),
            event_type=words.event_type,
            sub_event_type=words.sub_event_type,
            ordinal=words.ordinal,
            status=Status.FOILED if words.foiled else Status.HAPPENED,
            when=period,
            where=where,
            perpetrators=self.actors_of(words.perpetrators, at, near),
            targets=self.actors_of(people, at, near),
            chain=chain,
            part_of=whole.id if whole else None,
            wider=(words.time is not None and period is None) or any(m not in people and not named[m.span] for m in spoken),
        )


def _is_called(voice: Voice, other: Voice) -> bool:
    """Whether the other is the same voice, perhaps by a shorter name: "Staff" after "General Staff"."""
    shorter = voice.kind == other.kind and set(fold(other.name).split()) < set(fold(voice.name).split())
    return shorter or voice.name == other.name


def _best(tellings: Iterable[Telling]) -> Telling:
    """The telling that says most: with a fine place, by surer words, with a day, then the first."""
    return max(tellings, key=lambda t: (t.fine, t.happening.score, t.when is not None, -t.index))


def _stance(heard: list[_Heard], claimed: tuple[Stated[Actor], ...]) -> Stance:
    """What the innermost voice does: it denies where any of its words do, else claims its own deed, else what its cue says."""
    if any(h.attribution and h.attribution.stance is Stance.DENIES for h in heard):
        return Stance.DENIES
    if claimed:
        return Stance.CLAIMS
    inner = heard[-1].attribution if heard else None
    return inner.stance if inner else Stance.ASSERTS


def _told_together(a: Group, b: Group) -> bool:
    """Whether one sentence tells of both: "two attacks came at 11 pm and at 1 am", then "nobody was hurt"."""
    return bool({t.happening.sentence for t in a.tellings} & {t.happening.sentence for t in b.tellings})


def _says_status(telling: Telling) -> bool:
    """Whether words that are no deed's own say what became of it: that it was stopped, or is denied by who is accused."""
    realis = telling.happening.realis
    return realis is Realis.FOILED or (realis is Realis.DENIED and bool(telling.doers))


def _distinct(actors: Iterable[Stated[Actor]]) -> tuple[Stated[Actor], ...]:
    """Each party once, by its entry or its name."""
    found: dict[str, Stated[Actor]] = {}
    for actor in actors:
        found.setdefault(actor.value.id or actor.value.name.lower(), actor)
    return tuple(found.values())
