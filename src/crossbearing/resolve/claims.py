"""Gather what belongs to one happening in one voice, and state it with the words it stands on.

First each telling's words are worked out by themselves; then the tellings of one happening are put together; then each
voice that tells it makes one claim. A claim takes its day and place from the whole telling of its happening ("the attack"
is somewhere), but never another voice's perpetrators or figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cached_property, lru_cache

from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, Status, claim_id
from crossbearing.model.mention import (
    DEMONSTRATIONS,
    MEANS_UNKNOWN,
    Happening,
    Mention,
    MentionKind,
    Reading,
    Realis,
    RoleName,
    Stance,
)
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.when import Interval
from crossbearing.model.where import COARSE, Place, Precision
from crossbearing.resolve.chains import Chains, Heard
from crossbearing.resolve.day import follow_ups
from crossbearing.resolve.day.dayless import is_cause, is_dayless
from crossbearing.resolve.leaning import Leaning
from crossbearing.resolve.place.filed import filed
from crossbearing.resolve.place.spoken_of import NAMED
from crossbearing.resolve.place.toponym import is_street
from crossbearing.resolve.place.where import Places
from crossbearing.resolve.place.written import holds
from crossbearing.resolve.tellings import (
    STRONG,
    VAGUE_DAYS,
    Group,
    Telling,
    crowd_and_cause,
    gather,
    is_deed,
    told_together,
)
from crossbearing.resolve.toll.counted import Counted
from crossbearing.resolve.toll.tolls import Tolls
from crossbearing.resolve.work import ALONE, BY_LEAD, BY_PAGE, LONGEST_DAYS, OF_A_NIGHT, Work
from crossbearing.resources import table
from crossbearing.stages import Resolved
from crossbearing.words import sentences
from crossbearing.words.heads import head_of
from crossbearing.words.names import fold
from crossbearing.words.parties import related
from crossbearing.words.rows import row_at, rows
from crossbearing.words.time_forms import Weekday

# What a report recalls from so many days before it was written is not its news. News agencies' follow-ups run to three.
BACKGROUND_DAYS = 4
# What a report opens with is its news for longer: weeklies, monitors' digests and late confirmations.
LEAD_DAYS = 15
# "On Friday" is news for as long as there has been no other Friday.
WEEK_DAYS = 7
LONGEST_TABLE = 45
"""Over so many days a table of incidents is news; one that goes back further recalls them."""
_RECALLED = re.compile(
    r"\b(?:previously|earlier this (?:year|month)|last (?:year|month)|in \d{4}|years ago|months ago|anniversary|on the heels of|"
    r"weeks ago|comes? (?:\w+ ){0,3}after)\b",
    re.I,
)
_REGAINS, _OVERTAKES = ("Battles", "Government regains territory"), ("Battles", "Non-state actor overtakes territory")
_BACK = re.compile(r"re(?:took|tak|captur|gain|claim|conquer|occup)|liberat|freed|won back|took back", re.I)
_ALSO = re.compile(r"(?:They|He|(?:The|These) (?:\w+ ){1,2}?)\s?(?:also|then|later|went on to)\b")
_OPENS = re.compile(r"\W*(?:(?:[Oo]n|[Ii]n|[Ee]arly|[Ll]ate) )?")
# "Kills", "capturing and beheading": what somebody does, and not what somebody did.
_HABIT = re.compile(r"(?:ing|kills?|wounds?|murders?|injures?|behead|beheads|executes?)$", re.I)
# Within so many characters a report tells its news.
_NEWS = 1200
_SAME_PLACE = re.compile(
    r"\bthe same (?:village|town|city|community|camp|district|area|neighbou?rhood|road|place|location|market|site|region|"
    r"commune|county|street|highway|prison|jail|hospital|school|church|mosque|base|barracks|checkpoint|bridge|square)\b"
)
_IN_BEFORE = re.compile(r"\b(?:in|at|near|inside|outside) (?:the |an? )?$", re.I)
_THERE_BEFORE = re.compile(r"\b(?:in|at|near|inside|outside|around|off|over|on|of) (?:the |an? |\w+ern )?$", re.I)
_BY = re.compile(r"\bby (?:[\w-]+ ){0,2}$", re.I)
_OPENING = 12
"""Characters within which a line's subject begins, a bullet or a number before it."""
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
# A headline runs to so many words: 95 of 100 of the development reports of gva_incidents do.
_HEADLINE_WORDS = 17
# The kinds that words can be given which say none: by whom it befell, or that it was from afar.
_FROM_AFAR, _HAND_TO_HAND = "Explosions/Remote violence", ("Attack", "Armed clash")
_OPEN_KINDS = (*_HAND_TO_HAND, MEANS_UNKNOWN)
_OPEN = re.compile(r"attack|assault|raid|str(?:ike|uck|iking)|hit|target|c[ao]m(?:e|es|ing) under", re.I)
# "The bombing" is as often from the air as by a bomb that was laid.
_BOMBING, _SENT = re.compile(r"bombings?$", re.I), ("Air/drone strike", "Shelling/artillery/missile attack")
_HIT = re.compile(r"\b(?:direct(?:ly)?|hit|struck|wounded|injured|killed|damage[ds]?|landed|impact\w*|exploded|reached)\b", re.I)
_FOIL = re.compile(
    r"\b(?:intercept\w*|shot down|shoot\w* down|downed|foil\w*|thwart\w*|repel\w*|neutrali[sz]ed|brought down|bring them down)\b",
    re.I,
)


def resolve(document: Document, reading: Reading, places: Places | None = None) -> Resolved:
    """What a document states, worked out: its date, its claims, its totals. Places come from the gazetteer of `places`."""
    return _Resolving(document, reading, places or Places()).resolved()


class _Resolving:
    """One document's tellings put together, happening by happening and voice by voice."""

    def __init__(self, document: Document, reading: Reading, places: Places) -> None:
        self.work = Work(document, reading, places)
        self.chains, self.tolls = Chains(self.work), Tolls(self.work)
        self.counted, self.leaning = Counted(self.work, self.chains), Leaning(self.work)
        self.rows = rows(document.text)

    def resolved(self) -> Resolved:
        tellings = [t for i, h in enumerate(self.work.reading.happenings) if (t := self.work.telling(i, h)) is not None]
        lead = self.summed_up(tellings) or self.leading(tellings)
        groups = gather(tellings, lead.value if lead else None)
        for group in groups:
            group.tellings = [self.where_hurt(t, tellings) for t in group.tellings]
        placed = [self.placed(group, groups) for group in groups]
        self.tolls.hush(g for g, at in zip(groups, placed, strict=True) if not self.tells_enough(g, *at[1:], g is groups[0]))
        heard = (n for n, g in enumerate(groups) if self.tolls.silent.isdisjoint(t.index for t in g.tellings))
        claims = [c for number in heard for c in self.claims(number, groups, lead, *placed[number][:2])]
        return Resolved(self.work.dating, tuple(claims), tuple(self.tolls.totals()), self.counted.stated_counts(claims))

    def leading(self, tellings: list[Telling]) -> Stated[Interval] | None:
        """The first day that is told; none where the news before it has a day of its own that a page without a date leaves open:
        "on Wednesday" is no date of years ago further down."""
        open_ended = self.work.published.days is None
        for telling in tellings:
            if (said := telling.when or telling.said) and said.value.days:
                return said
            if open_ended and self.worded(telling):
                return None
        return None

    def where_hurt(self, telling: Telling, tellings: list[Telling]) -> Telling:
        """A telling that says only to which hospital the hurt came, at the place of the deed told before it."""
        if telling.where is None or not self.work.only_brought(telling.happening):
            return telling
        before = (t for t in tellings if t.happening.trigger < telling.happening.trigger and t.where)
        told = [t.where for t in before if not self.work.only_brought(t.happening)]
        return replace(telling, where=told[-1] if told else None)

    def summed_up(self, tellings: list[Telling]) -> Stated[Interval] | None:
        """When the news was, where a report opens with words for several happenings and then tells them one by one."""
        opening = self.work.reading.happenings[: tellings[0].index] if tellings else ()
        told = (self.work.time_of(h) for h in opening if h.generic and h.realis is Realis.ASSERTED)
        days = (time for time in told if time and (time.value.days or LONGEST_DAYS) <= OF_A_NIGHT)
        return next((day for day in days if self.work.published.gap(day.value) <= BACKGROUND_DAYS), None)

    def claims(
        self,
        number: int,
        groups: list[Group],
        lead: Stated[Interval] | None,
        own: Stated[Place] | None,
        place: Stated[Place] | None,
    ) -> list[Claim]:
        """One claim for each voice that tells of a happening, which by its own words was at `own`, and in all at `place`."""
        group = groups[number]
        time = self.time(group, lead, groups)
        role = self.role(group, time, groups)
        place = self.nearer(group, groups, own, role) or place
        by_chain: dict[tuple[str, ...], list[Telling]] = {}
        chains: dict[tuple[str, ...], list[Heard]] = {}
        denials = self.leaning.denials(group)
        for telling in (self.undenied(t, denials) for t in group.tellings):
            heard = self.chains.chain(telling.happening)
            key = tuple(h.stated.value.name for h in heard)
            by_chain.setdefault(key, []).append(telling)
            chains.setdefault(key, heard)
        self.without_headline(by_chain, chains)
        extra = self.tolls.loose_figures(group, groups)
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
        tolls: dict[tuple[Span, tuple[str, ...]], tuple[Telling, list[Heard], list[tuple[str, Stated[Figure]]]]] = {}
        for counted, figure in others:
            telling = self.toll_telling(first[0], figure)
            heard = self.chains.chain(telling.happening)
            key = tuple(h.stated.value.name for h in heard)
            if key not in by_chain:
                tolls.setdefault((telling.happening.sentence, key), (telling, heard, []))[2].append((counted, figure))
        made += [self.claim(number, [one], heard, group, place, time, role, told) for one, heard, told in tolls.values()]
        whose = self.chains.sender.value.name if self.chains.sender else None
        spoken_of = any(v.value.kind == "claimant" and v.value.name != whose for c in made for v in c.chain)
        if role is ClaimRole.MAIN and not spoken_of:
            made += self.claims_leaning(number, group, first[0], place, time)
        return made + self.claims_denying(number, group, first[0], place, time, role, denials, made)

    def undenied(self, telling: Telling, denials: Mapping[int, Span]) -> Telling:
        """A telling without the voices that deny it."""
        told = tuple(n for n in telling.happening.attributions if n not in denials)
        if told == telling.happening.attributions:
            return telling
        return replace(telling, happening=replace(telling.happening, attributions=told))

    def claims_denying(
        self,
        number: int,
        group: Group,
        first: Telling,
        place: Stated[Place] | None,
        time: Stated[Interval] | None,
        role: ClaimRole,
        denials: Mapping[int, Span],
        made: list[Claim],
    ) -> list[Claim]:
        """One claim for each voice that denies what others tell, where it makes none of its own."""
        known = {tuple(v.value.name for v in c.chain) for c in made}
        found: list[Claim] = []
        for n, sentence in denials.items():
            one = self.as_told(first, sentence, (n,))
            heard = self.chains.chain(one.happening)
            names = tuple(h.stated.value.name for h in heard)
            if names not in known:
                known.add(names)
                found.append(self.claim(number, [one], heard, group, place, time, role, []))
        return found

    def claims_leaning(
        self, number: int, group: Group, first: Telling, place: Stated[Place] | None, time: Stated[Interval] | None
    ) -> Iterator[Claim]:
        """One claim for each voice that speaks to a deed which the report tells in nobody's."""
        known: set[tuple[str, ...]] = set()
        for sentence, voices in self.leaning.on(group):
            one = self.as_told(first, sentence, voices)
            heard = self.chains.chain(one.happening)
            names = tuple(h.stated.value.name for h in heard)
            if any(h.stated.value.kind == "claimant" for h in heard) and names not in known:
                known.add(names)
                yield self.claim(number, [one], heard, group, place, time, ClaimRole.MAIN, [])

    def placed(self, group: Group, groups: list[Group]) -> tuple[Stated[Place] | None, Stated[Place] | None, bool]:
        """Where a happening was by its own words, where in all, and whether that is only the town that the report is from."""
        own = group.where or self.as_written(group) or self.inherited(group, groups)
        town = None if own else self.filed(group, groups)
        return own, own or town or self.work.home, town is not None

    def those_hurt(self, tellings: list[Telling], group: Group) -> tuple[Stated[Actor], ...]:
        """Whom it befell, by who is counted: where nothing that is told of it says on whom or what it was done."""
        if any(t.targets for t in group.tellings):
            return ()
        hurt = (m for t in tellings for m in self.work.those_hurt(t.happening))
        return self.work.actors_of(hurt, group.when.value.latest if group.when else None, group.where)

    def without_headline(
        self, by_chain: dict[tuple[str, ...], list[Telling]], chains: dict[tuple[str, ...], list[Heard]]
    ) -> None:
        """Leave what only the headline says in nobody's voice to the voice that the article tells it in.

        A headline leaves out who says so for want of room: it retells, and the outlet does not vouch for it. Its number of
        people hurt stays that of the article, where the article gives one.
        """
        bare = next((key for key, heard in chains.items() if all(h.attribution is None for h in heard)), None)
        voiced = next((key for key in by_chain if key != bare), None)
        headline = self.headline
        if bare is None or voiced is None or headline is None:
            return
        counted = {r.name for t in by_chain[voiced] for r in t.happening.roles} & {RoleName.KILLED, RoleName.INJURED}
        for telling in [t for t in by_chain[bare] if headline.holds(t.happening.sentence)]:
            kept = tuple(r for r in telling.happening.roles if r.name not in counted)
            by_chain[voiced].append(replace(telling, happening=replace(telling.happening, roles=kept)))
            by_chain[bare].remove(telling)
        if not by_chain[bare]:
            del by_chain[bare], chains[bare]

    @cached_property
    def headline(self) -> Span | None:
        """Where the headline stands: the title as the page marks it, else a short first line that stands by itself."""
        title, article = self.work.document.metadata.title, self.work.document.article()
        if (title and title.span) or not article:
            return title.span if title else None
        line, stop, rest = article[0].of(self.work.document.text).lstrip().partition("\n")
        start = self.work.document.text.index(line, article[0].start)
        alone = bool(stop and (rest.strip() or article[1:])) and len(line.split()) <= _HEADLINE_WORDS
        return Span(start, start + len(line)) if alone else None

    def counted_by(self, tellings: list[Telling], figure: Stated[Figure]) -> tuple[str, ...] | None:
        """The chain of voices of a clause that only counts; None where it names no voice of its own."""
        happening = self.toll_telling(tellings[0], figure).happening
        return tuple(h.stated.value.name for h in self.chains.chain(happening)) if happening.attributions else None

    def another_toll(self, tellings: list[Telling], counted: str, figure: Stated[Figure]) -> bool:
        """Whether a figure of a sentence with a voice of its own goes against what the first voice says."""
        own = self.tolls.figure(tellings, counted, [])
        sentence = self.sentence_of(figure)
        if own is None or sentence is None or own.value.allows(figure.value):
            return False
        return bool(self.chains.heard_in(sentence)) or re.search(r"\bputs?\b", sentence.of(self.work.document.text)) is not None

    def toll_telling(self, telling: Telling, figure: Stated[Figure]) -> Telling:
        """The happening as a sentence tells it that only counts its dead or injured."""
        sentence = self.sentence_of(figure) or telling.happening.sentence
        at = figure.words or sentence
        turns = [m.start() for m in sentences.TURN.finditer(self.work.document.text, sentence.start, sentence.end)]
        start = max((n for n in turns if n < at.start), default=sentence.start)
        clause = Span(start, min((n for n in turns if n > at.start), default=sentence.end))  # "police said 12; residents said 20"
        return self.as_told(telling, sentence, self.chains.saying(at) or self.chains.heard_in(clause))

    def as_told(self, telling: Telling, sentence: Span, voices: tuple[int, ...]) -> Telling:
        """The happening of a telling in the words of a sentence that speaks of it and says no part of it."""
        happening = replace(telling.happening, sentence=sentence, roles=(), attributions=voices)
        return replace(telling, happening=happening, when=None, where=None, doers=(), targets=(), definite=True)

    def sentence_of(self, figure: Stated[Figure]) -> Span | None:
        return self.work.sentence(figure.words) if figure.words else None

    def tells_enough(self, group: Group, place: Stated[Place] | None, town: bool, first: bool) -> bool:
        """Whether the words make an incident: people who did it or to whom it was done, or a place, and more than a lone word
        for harm. A lone word will do that says both to whom and when: "the senator, who was killed last Friday".

        A place that no table knows will do where the words say when, and so will the town that the report is from (`town`).
        Where nothing tells the country they must tell whom it befell, and by whom, when, or where by a name. What a report of
        a line or two opens with (`first`) is all its news, and whom or what it befell is enough.
        """
        strong = any(is_deed(t.happening) for t in group.tellings)
        dated = any(t.when for t in group.tellings)
        named = bool(self.names(group))
        doers = any(t.doers for t in group.tellings)
        hurt = any(map(self.befell, group.tellings))
        if first and self.work.brief and any(self.is_news(t) for t in group.tellings):
            return True
        if place is None or (place.value.country is None and place.value.latitude is None):
            return strong and ((hurt and (dated or named or doers)) or (doers and named and dated))
        if any(t.when and (t.when.value.days or LONGEST_DAYS) <= OF_A_NIGHT and self.befell_them(t) for t in group.tellings):
            return True
        told = hurt or doers or town or any(t.where or t.happening.role(RoleName.MEANS) for t in group.tellings)
        found = named and all(t.happening.sub_event_type == "Disrupted weapons use" for t in group.tellings)
        placed = group.where is not None or (dated and (found or any(map(self.same_place, group.tellings))))
        return (told or (dated and named)) and (strong or placed or any(map(self.borne_out, group.tellings)))

    def befell_them(self, telling: Telling) -> bool:
        """Whether its words say whom or what it befell, and that it did."""
        return telling.happening.realis in (Realis.ASSERTED, Realis.BACKGROUND) and self.befell(telling)

    def befell(self, telling: Telling) -> bool:
        """Whether its words say whom or what it befell."""
        return bool(telling.targets or any(map(telling.happening.role, (RoleName.KILLED, RoleName.INJURED))))

    def same_place(self, telling: Telling) -> bool:
        """Whether its words put it where something was told before: "in the same village"."""
        return _SAME_PLACE.search(self.work.document.quote(telling.happening.sentence)) is not None

    def borne_out(self, telling: Telling) -> bool:
        """Whether a lone word for harm says by whom or with what too, and whom or what it befell: "the rebels killed a mayor"."""
        happening = telling.happening
        if happening.sub_event_type == "Disrupted weapons use":
            return False  # "dismantled a bomb planted near a bus": what it was done to is the means
        hurt = self.befell(telling)
        how = bool(telling.doers or happening.role(RoleName.MEANS))
        done = _HABIT.search(happening.trigger.of(self.work.document.text)) is None
        return hurt and how and done and happening.realis is Realis.ASSERTED and happening.score > ALONE

    def is_news(self, telling: Telling) -> bool:
        """Whether the words of a report of a line or two tell of a deed and of somebody or something that it befell, or where."""
        happening = telling.happening
        if happening.realis is not Realis.ASSERTED or happening.score <= ALONE:
            return False
        hurt = self.befell(telling)
        named = bool(self.names(Group([telling])))
        if happening.score >= STRONG or (hurt and any(map(self.did_it, happening.role(RoleName.PERPETRATOR)))):
            at_site = any(m.kind is MentionKind.FACILITY for m in happening.role(RoleName.PLACE))
            return hurt or named or at_site or telling.where is not None
        armed = happening.role(RoleName.MEANS) or happening.event_type == "Explosions/Remote violence"
        return hurt and (named or bool(armed))

    def inherited(self, group: Group, groups: list[Group]) -> Stated[Place] | None:
        """The place of the happening told just before, for one told apart from it without a place: "another attack", "the
        same village"."""
        at = groups.index(group)
        if any(map(self.same_place, group.tellings)):
            told = next((g for g in reversed(groups[:at]) if g.fine and g.where), None)
            return replace(told.where, score=told.where.score * 0.6) if told and told.where else None
        if not at or not any(t.another or t.definite or self.goes_on(t) for t in group.tellings):
            return None
        before = groups[at - 1]
        as_written = None if before.where else self.as_written(before)
        if not (before.fine or as_written):
            return None
        posts, earlier = ({t.post for t in g.tellings} for g in (group, before))
        if any(map(self.elsewhere, group.tellings)) or posts.isdisjoint(earlier):
            return None
        place = before.where or as_written
        return replace(place, score=place.score * 0.6) if place else None

    def goes_on(self, telling: Telling) -> bool:
        """Whether its sentence goes on with what the same people did: "The gunmen also burned a bus"."""
        return _ALSO.match(self.work.document.text, telling.happening.sentence.start) is not None

    def elsewhere(self, telling: Telling) -> bool:
        """Whether its words put it at a name that nothing knows: "at X"."""
        named = (m for m in self.work.places_of(telling.happening) if m.kind is MentionKind.PLACE)
        return any(self.work.document.quote(m.span)[:1].isupper() and self.said_to_be_there(m) for m in named)

    def filed(self, group: Group, groups: list[Group]) -> Stated[Place] | None:
        """The town that the report is from: where none of its happenings has a place, or for the one that is told in the very
        sentence that opens with it, where the headline names it too."""
        if not any(g.where or self.as_written(g) for g in groups):
            return self.written_in
        town = self.written_in.words if self.written_in else None
        title = self.work.document.metadata.title
        if town is None or not title or title.span is None:
            return None
        opens = any(t.happening.sentence.start == town.start for t in group.tellings)
        named = fold(self.work.document.quote(town)) in fold(self.work.document.quote(title.span))
        return self.written_in if opens and named else None

    @cached_property
    def written_in(self) -> Stated[Place] | None:
        """The town that the report is from."""
        return filed(self.work.document, self.work.places, self.work.context)

    def nearer(self, group: Group, groups: list[Group], own: Stated[Place] | None, role: ClaimRole) -> Stated[Place] | None:
        """Where, by the report's ground, for a happening whose words say no more than a division or a country."""
        if own and own.value.precision not in COARSE:
            return None
        ground, first = self.work.ground, group.tellings[0].happening.sentence
        if own and own.value.id.startswith("as written:"):
            # What its own words say that it lies in; else what they say where the report names it another time.
            beside = any(isinstance(e, Span) and first.holds(e) for e in own.evidence[1:])
            if beside and own.value.precision is not Precision.COUNTRY:
                return None
            named = (g.where for g in groups if g.where and g.where.value.id == own.value.id)
            finer = next((place for place in named if place.value.precision not in COARSE), None)
            return finer or ground.village(own, first)
        told = [
            g.where for g in sorted(groups, key=lambda g: g.tellings[0].happening.sentence)
            if g.where and g.where.value.precision not in COARSE and g.tellings[0].happening.sentence.end <= first.start
        ]  # fmt: skip
        if (again := ground.same(group.tellings[0].happening, told)) and (own is None or holds(own.value, again.value)):
            return again
        taken = {m.span for g in groups if g is not group for t in g.tellings for m in self.work.places_of(t.happening)}
        land = own or self.work.home
        here = (ground.here(t.happening, taken, land.value if land else None) for t in group.tellings)
        if (found := next((place for place in here if place), None)) or own:
            return found
        if group is not groups[0] and role is not ClaimRole.MAIN and self.told_late(group):
            return None
        indoors = any(map(self.work.indoors, (t.happening for t in group.tellings)))
        found = ground.before(first, taken) or ground.only(first, indoors)
        return found if found and (land is None or holds(land.value, found.value)) else None

    def names(self, group: Group) -> list[Mention]:
        """The names in the words of a happening that stand for places; "the X shooting" does not say that X is one."""
        found = ((m, t.happening) for t in group.tellings for m in self.work.places_of(t.happening))
        return [
            m for m, happening in found
            if m.kind in NAMED and self.work.is_named(m) and not (self.only_named(m, happening) or self.bears_none(m))
        ]  # fmt: skip

    def bears_none(self, mention: Mention) -> bool:
        """Whether only words for what a place is are written, with a capital: "the Department", "High School"."""
        return _features().issuperset(fold(self.work.document.quote(mention.span)).split())

    def only_named(self, mention: Mention, happening: Happening) -> bool:
        """Whether a name stands right before the deed, or as what it befell, with nothing that says that it is a place's."""
        if mention.kind is not MentionKind.PLACE:
            return False
        start = mention.span.start
        if _IN_BEFORE.search(self.work.document.text, max(0, start - 16), start):
            return False
        befallen = mention.span in (m.span for m in happening.role(RoleName.TARGET))
        return befallen or 0 <= happening.trigger.start - mention.span.end <= 1

    def did_it(self, doer: Mention) -> bool:
        """Whether a party stands before what was done, or behind "by", and in no list of parts: "including four soldiers"."""
        if _BY.search(self.work.document.text, max(0, doer.span.start - 24), doer.span.start):
            return True
        sentence = self.work.sentence(doer.span)
        return sentence is not None and doer.span.start - sentence.start < _OPENING

    def named_within(self, name: Mention, wide: Stated[Place]) -> Stated[Place]:
        """A place by its own name alone, somewhere in a wider one."""
        words = " ".join(self.work.document.quote(name.span).split())
        place = replace(wide.value, id=f"as written:{words.lower()}", name=f"{words} ({wide.value.name})")
        return Stated(place, (name.span, *wide.evidence), self.work.step.id, 0.3)

    def as_written(self, group: Group) -> Stated[Place] | None:
        """A place that the words name and no table knows: its own name, somewhere in the country that the page speaks of, or
        nobody knows where."""
        country = self.work.home
        named = [m for m in self.names(group) if not is_street(self.work.document.quote(m.span))]
        if country is not None:
            there = next((m for m in named if self.said_to_be_there(m)), None)
            return self.named_within(there, country) if there else None
        name = next((m for m in named if self.said_to_be_there(m)), None)
        if name is None:
            return None
        words = " ".join(self.work.document.quote(name.span).split())
        place = Place(f"as written:{words.lower()}", words, Precision.COUNTRY, None)
        return Stated(place, (name.span,), self.work.step.id, 0.3)

    def said_to_be_there(self, mention: Mention) -> bool:
        """Whether words make a name a place's: a preposition before it, or what it is a name of ("Palmyra desert"); or it
        heads an entry of a list."""
        start = mention.span.start
        if self.work.heads(mention):
            return True
        if _THERE_BEFORE.search(self.work.document.text, max(0, start - 24), start):
            return True
        sentence = self.work.sentence(mention.span)
        opens = sentence is not None and sentence.start == start  # "Coffee shop bombed": a capital that says nothing
        return not opens and fold(self.work.document.quote(mention.span)).split()[-1] in _features()

    def time(self, group: Group, lead: Stated[Interval] | None, groups: list[Group]) -> Stated[Interval] | None:
        """When: by the happening's own words, else by when it was said, else with the report's lead, else with its date."""
        if own := group.when or next((t.when for t in group.tellings if t.when), None):
            return own
        if said := self.said(group):
            return said
        if upto := self.before_the_crowd(group, groups):
            return upto
        worded = any(map(self.worded, group.tellings))
        if self.work.period and not worded:
            return self.work.period
        if self.work.published.latest and (self.only_a_cause(group) or (group is not groups[0] and self.dayless(group))):
            return self.until_page(group)
        near = lead is not None and lead.value.days is not None and self.work.published.gap(lead.value) <= BACKGROUND_DAYS
        first = group.tellings[0]
        beside = None if first.definite or self.worded(first) else first.beside
        if beside and not (near and self.work.published.gap(beside.value) <= BACKGROUND_DAYS):
            return beside  # a paragraph of another day than the news
        if worded and lead and (lead.value.days or 0) > VAGUE_DAYS:
            return None  # "on Friday" of a page without a date is no "October 2017" told elsewhere
        if self.work.layout.is_blog and not worded:
            return self.by_page(group)
        wide = lead is not None and (lead.value.days or 0) > OF_A_NIGHT and self.work.published.days is not None
        if lead and near and not wide:
            return replace(lead, score=min(lead.score, self.work.sure(BY_LEAD)))
        late = self.followed_up(group) or ((self.work.published.days or LONGEST_DAYS) < LONGEST_DAYS and self.heads_follow_up)
        if self.work.published.latest and (late or (near and group is not groups[0])):
            return self.until_page(group)  # "last week" of one deed is no other's
        return self.by_page(group)

    def worded(self, telling: Telling) -> bool:
        """Whether words of its own name some day."""
        return any((w := self.work.words(m)) and w.has_day for m in telling.happening.role(RoleName.TIME))

    def by_page(self, group: Group) -> Stated[Interval] | None:
        """The page's date or the day before, of what it tells as its news; of what it tells further down, not later than that."""
        if not self.work.published.days or self.work.published.days > LONGEST_DAYS or not self.work.dating.because:
            return None
        if self.told_late(group) and not self.work.layout.is_blog:
            return self.until_page(group)
        held = (b for b in self.work.dating.because if b.allows and not b.says.startswith("set aside"))
        evidence = tuple(dict.fromkeys(e for b in held for e in b.evidence)) or (group.tellings[0].happening.trigger,)
        earliest = self.work.published.earliest
        blog = self.work.layout.is_blog
        days = Interval(earliest and earliest - timedelta(days=0 if blog else 1), self.work.published.latest)
        return Stated(days, evidence[:3], self.work.step.id, self.work.sure(BY_PAGE))

    def until_page(self, group: Group) -> Stated[Interval]:
        """Before the report at the latest."""
        upto = Interval(None, self.work.published.latest)
        return Stated(upto, (group.tellings[0].happening.trigger,), self.work.step.id, self.work.sure(BY_PAGE))

    def before_the_crowd(self, group: Group, groups: list[Group]) -> Stated[Interval] | None:
        """No later than the day on which a crowd answered it, where one sentence tells both and only that day."""
        mine = [t.happening for t in group.tellings if t.happening.event_type not in DEMONSTRATIONS]
        answers = (t for g in groups if g is not group for t in g.tellings if t.when and t.when.value.latest)
        answer = next((t.when for t in answers if any(crowd_and_cause(t.happening, one) for one in mine)), None)
        if answer is None:
            return None
        return replace(answer, value=Interval(None, answer.value.latest), score=min(answer.score, self.work.sure(BY_LEAD)))

    def only_a_cause(self, group: Group) -> bool:
        """Whether a deed is only named as what something else came after: "called for a ban following the shooting in X"."""
        return all(is_cause(self.work.document.text, t.happening) or self.is_recalled_by_a_crowd(t) for t in group.tellings)

    def is_recalled_by_a_crowd(self, telling: Telling) -> bool:
        """Whether a deed is recalled in the sentence that tells what a crowd did about it."""
        told = self.work.reading.happenings if telling.happening.realis is Realis.BACKGROUND else ()
        return any(crowd_and_cause(telling.happening, other) for other in told)

    def dayless(self, group: Group) -> bool:
        """Whether no words for it tell of one day."""
        return all(is_dayless(self.work.document.text, t.happening) for t in group.tellings)

    def told_late(self, group: Group) -> bool:
        """Whether a report tells it further down than its news."""
        article = self.work.document.article()
        return bool(article) and group.tellings[0].happening.trigger.start - article[0].start > _NEWS

    def followed_up(self, group: Group) -> bool:
        """Whether the news is what a court made of it: that has a day of its own, and the deed may lie years before."""
        text = self.work.document.text
        return all(follow_ups.is_news_of_it(t.happening.sentence.of(text)) for t in group.tellings)

    @cached_property
    def heads_follow_up(self) -> bool:
        """Whether the report's first line says that its news is what came after a deed."""
        start = next((run.start for run in self.work.document.article()), 0)
        return follow_ups.heads_it(self.work.document.text[start:].partition("\n")[0])

    def said(self, group: Group) -> Stated[Interval] | None:
        """When it was said; by an older statement that a report cites further down only what that alone tells."""
        told = ((n, t.said) for n, t in enumerate(group.tellings) if t.said)
        return next((said for n, said in told if not n or self.work.published.gap(said.value) <= BACKGROUND_DAYS), None)

    def role(self, group: Group, time: Stated[Interval] | None, groups: list[Group]) -> ClaimRole:
        """Main where it is the report's news, background where the report recalls it."""
        text = self.work.document.text
        starts = [t.happening.sentence.start for t in group.tellings]  # each item of a round-up is its news
        listed = any(head_of(text, at) or self.work.layout.above(Span(at, at + 1)) for at in starts)
        first = group is groups[0] or listed or told_together(group, groups[0])
        if time and time.value.latest and self.work.published.earliest and any(t.when for t in group.tellings):
            age = (self.work.published.earliest - time.value.latest).days
            told_of = self.work.period is not None and self.work.period.value.meets(time.value)
            told_of = told_of or (age <= LONGEST_TABLE and any(row_at(self.rows, at) for at in starts))
            news = LEAD_DAYS if first else WEEK_DAYS if any(map(self.by_weekday, group.tellings)) else BACKGROUND_DAYS
            if age >= news and not told_of and not (age <= LONGEST_TABLE and self.chronicled(group, groups)):
                return ClaimRole.BACKGROUND
        if all(t.happening.realis is Realis.BACKGROUND for t in group.tellings):
            return ClaimRole.BACKGROUND
        if all(t.happening.realis is Realis.PLANNED for t in group.tellings) and self.followed_up(group):
            return ClaimRole.BACKGROUND  # "convicted of planning to blow up X": no plan any more
        if not group.when and (self.only_a_cause(group) or (not first and not self.said(group) and self.dayless(group))):
            return ClaimRole.BACKGROUND
        recalled = all(_RECALLED.search(t.happening.sentence.of(self.work.document.text)) for t in group.tellings)
        return ClaimRole.BACKGROUND if recalled and not first else ClaimRole.MAIN

    def by_weekday(self, telling: Telling) -> bool:
        """Whether its day is told as a weekday: "on Friday" is one of the last seven days, and no more."""
        words = (self.work.words(m) for m in telling.happening.role(RoleName.TIME))
        return any(w is not None and isinstance(w.form, Weekday) for w in words)

    def chronicled(self, group: Group, groups: list[Group]) -> bool:
        """Whether it is an item of a chronicle: its sentence opens with its day, as the first that is told does and one more."""
        if self.opens_with(group) is None:
            return False
        days = list(map(self.opens_with, groups))
        return days[0] is not None and len(set(days) - {None}) > 1

    def opens_with(self, group: Group) -> Interval | None:
        """The day with which the sentence of a happening begins: "On 3 October, soldiers burned 40 houses"."""
        for telling in group.tellings:
            sentence, when = telling.happening.sentence, telling.when
            at = (m.span.start for m in telling.happening.role(RoleName.TIME))
            if when and any(_OPENS.fullmatch(self.work.document.text, sentence.start, start) for start in at):
                return when.value
        return None

    def claim(
        self,
        number: int,
        tellings: list[Telling],
        heard: list[Heard],
        group: Group,
        place: Stated[Place] | None,
        time: Stated[Interval] | None,
        role: ClaimRole,
        loose: list[tuple[str, Stated[Figure]]],
    ) -> Claim:
        document = self.work.document
        best = _best(tellings)
        span, kind = best.happening.sentence, self.kind(tellings, group)
        doers = _distinct(a for t in tellings for a in t.doers)
        own_where = Group(tellings).where
        if kind == _REGAINS and self.taken_abroad(doers, own_where or place, tellings):
            kind = _OVERTAKES
        status = self.status(tellings, group, any(h.attribution and not h.attribution.medium for h in heard))
        owned = self.claimed_by(doers, heard)  # who tells of it as their own: to own it, or to deny it ("we fired nothing")
        claimed = () if status is Status.DENIED else owned
        told = [t.when for t in tellings if t.when]
        own_when = min(told, key=lambda w: (w.value.days or 999, w.value.clock is None), default=None)
        wide = own_when and (own_when.value.days or LONGEST_DAYS + 1) > LONGEST_DAYS
        if own_when and wide and time and (time.value.days or LONGEST_DAYS) <= OF_A_NIGHT and own_when.value.meets(time.value):
            own_when = None  # "after the attack", "two years ago": the whole telling says when
        if own_where and own_where.value.precision in COARSE:
            own_where = None  # the whole telling says it as finely, or more so
        names = tuple(h.stated.value.name for h in heard)
        killed, injured = self.tolls.figure(tellings, "killed", loose), self.tolls.figure(tellings, "injured", loose)
        died = self.tolls.figure(group.tellings, "killed", []) if status in (Status.FOILED, Status.PLANNED) else None
        if died is not None and (died.value.low or 0) > 0:
            status = Status.HAPPENED  # whatever was planned or stopped of it, people died
        return Claim(
            id=claim_id(document.id, span, self.work.step.id, number, names),
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
            step=self.work.step.id,
            when=own_when or time,
            where=own_where or place,
            perpetrators=doers,
            targets=_distinct(a for t in tellings for a in t.targets) or self.those_hurt(tellings, group),
            claimed_by=claimed,
            weapons=self.weapons(tellings),
            chain=tuple(h.stated for h in heard),
            killed=killed,
            injured=injured,
            figures=tuple(self.tolls.counts(tellings, (killed, injured))),
            happening=number,
            ordinal=self.ordinal(tellings),
            score=max(t.happening.score for t in tellings),
        )

    def taken_abroad(self, doers: tuple[Stated[Actor], ...], where: Stated[Place] | None, tellings: list[Telling]) -> bool:
        """Whether a state's forces took ground of another's, and no words say that they took it back: ACLED's "overtakes" is of
        non-state actors and of foreign forces, "regains" of the country's own."""
        land = where.value.country if where else None
        of_states = bool(doers) and all(d.value.kind in ("state", "state forces") and d.value.country for d in doers)
        back = any(_BACK.match(self.work.document.text, t.happening.trigger.start) for t in tellings)
        return land is not None and of_states and not back and all(d.value.country != land for d in doers)

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
                _HIT.search(t.happening.sentence.of(self.work.document.text))
                and not _FOIL.search(t.happening.sentence.of(self.work.document.text))
                for t in tellings
            )
            return Status.HAPPENED if hit else Status.FOILED
        return statuses[0]

    def kind(self, tellings: list[Telling], group: Group) -> tuple[str, str]:
        """The leading telling's event type, with the finest sub-event type that the voice's words give of it.

        A demonstration is what was worst in it: one that turned violent is a riot, one that was broken up was no quiet protest.
        Words that say no kind of their own ("the attack killed nine") are of the kind that the voice says elsewhere of the same
        happening, else of what another voice says plainly.
        """
        told = _not_denied(tellings)
        kinds = [(t.happening.event_type, t.happening.sub_event_type) for t in told]
        worst = next((one for one in _CROWD_KINDS if one in kinds), None)
        if worst is not None:
            return worst
        best = _best(told)
        plain = self.plainly(told, best) or self.unanimous(self.plainly(_not_denied(group.tellings), best))
        said = _best(plain) if plain and self.says_no_kind(best) else self.bombed(best, group)
        happening = (said or best).happening
        return happening.event_type, happening.sub_event_type

    def says_no_kind(self, telling: Telling) -> bool:
        """Whether the words are of harm alone, of who is to blame, or for any attack: "two soldiers died", "the attack"."""
        happening = telling.happening
        if happening.sub_event_type not in _OPEN_KINDS:
            return False
        if happening.score < STRONG or happening.sub_event_type == MEANS_UNKNOWN:
            return True
        alone = happening.sub_event_type == "Attack" or telling.definite or not telling.doers
        return alone and _OPEN.match(happening.trigger.of(self.work.document.text)) is not None

    def bombed(self, telling: Telling, group: Group) -> Telling | None:
        """Where "the bombing" that a telling speaks of came from the air or out of guns, the telling that says so."""
        word = telling.happening.trigger.of(self.work.document.text)
        if not telling.definite or telling.happening.role(RoleName.MEANS) or not _BOMBING.match(word):
            return None
        return next((t for t in group.tellings if t.happening.sub_event_type in _SENT and t.happening.score >= STRONG), None)

    def plainly(self, tellings: list[Telling], of: Telling) -> list[Telling]:
        """Those that say of which kind of violence it was; where another's words are of a strike, of which kind of those."""
        struck = of.happening.sub_event_type == MEANS_UNKNOWN and of.happening.score >= STRONG
        kinds = (_FROM_AFAR,) if struck else (_FROM_AFAR, *_HAND_TO_HAND)
        return [
            t for t in tellings
            if t.happening.realis is not Realis.PLANNED and not self.says_no_kind(t)
            and not {t.happening.event_type, t.happening.sub_event_type}.isdisjoint(kinds)
        ]  # fmt: skip

    def unanimous(self, tellings: list[Telling]) -> list[Telling]:
        """The tellings, where all are of one kind."""
        return tellings if len({t.happening.sub_event_type for t in tellings}) == 1 else []

    def claimed_by(self, doers: tuple[Stated[Actor], ...], heard: list[Heard]) -> tuple[Stated[Actor], ...]:
        """The parties that tell of it as their own deed."""
        found: list[Stated[Actor]] = []
        for link in heard:
            attribution, own = link.attribution, self.chains.sender
            if attribution is None and own and link.stated.value.name == own.value.name:
                found += [own] if any(related(own.value, d.value) for d in doers) else []
            if attribution is None or attribution.source is None or attribution.medium:
                continue
            party = self.work.party(attribution.source, self.work.published.latest, self.work.home)
            if party is None or attribution.stance in (Stance.DENIES, Stance.CANNOT_CONFIRM):
                continue
            if attribution.stance is Stance.CLAIMS or any(related(party.value, d.value) for d in doers):
                found.append(party)
        return _distinct(found)

    def weapons(self, tellings: list[Telling]) -> tuple[Stated[str], ...]:
        found: dict[str, Stated[str]] = {}
        for mention in (m for t in tellings for m in t.happening.role(RoleName.MEANS)):
            words = " ".join(self.work.document.quote(mention.span).split())
            found.setdefault(words.lower(), Stated(words, (mention.span,), self.work.step.id))
        return tuple(found.values())

    def ordinal(self, tellings: list[Telling]) -> Stated[int] | None:
        numbered = ((t.happening.ordinal, t.happening.trigger) for t in tellings)
        return next((Stated(ordinal, (trigger,), self.work.step.id) for ordinal, trigger in numbered if ordinal), None)


def _not_denied(tellings: list[Telling]) -> list[Telling]:
    """The tellings that do not deny it; all, where each does."""
    return [t for t in tellings if t.happening.realis is not Realis.DENIED] or tellings


def _best(tellings: Iterable[Telling]) -> Telling:
    """The telling that says most: with a fine place, by surer words, with a day, then the first."""
    return max(tellings, key=lambda t: (t.fine, t.happening.score, t.when is not None, -t.index))


def _stance(heard: list[Heard], claimed: tuple[Stated[Actor], ...]) -> Stance:
    """What the innermost voice does: it denies where any of its words do, else claims its own deed, else what its cue says."""
    if any(h.attribution and h.attribution.stance is Stance.DENIES for h in heard):
        return Stance.DENIES
    if claimed:
        return Stance.CLAIMS
    inner = heard[-1].attribution if heard else None
    return inner.stance if inner else Stance.ASSERTS


def _says_status(telling: Telling) -> bool:
    """Whether words that are no deed's own say what became of it: that it was stopped, or is denied by who is accused, or in
    a verb of no table ("it never targets civilians"; not "no damage")."""
    realis, beyond = telling.happening.realis, telling.happening.score <= ALONE and not telling.nought
    return realis is Realis.FOILED or (realis is Realis.DENIED and (bool(telling.doers) or beyond))


def _distinct(actors: Iterable[Stated[Actor]]) -> tuple[Stated[Actor], ...]:
    """Each party once, by its entry or its name; a person by the longest name, "Omar Saleh" and not "Saleh" too."""
    found: dict[str, Stated[Actor]] = {}
    for actor in actors:
        found.setdefault(actor.value.id or actor.value.name.lower(), actor)
    names = [actor.value.name for actor in found.values() if actor.value.id is None]
    return tuple(actor for actor in found.values() if actor.value.id or not _shortened(actor.value.name, names))


def _shortened(name: str, names: list[str]) -> bool:
    """Whether a name ends a longer one: "Saleh", of "Omar Saleh"."""
    named = all(word[0].isupper() for word in name.split())
    return named and any(other.endswith(f" {name}") for other in names)


@lru_cache(maxsize=1)
def _features() -> frozenset[str]:
    """The words for what a place is: "bridge", "high school"."""
    phrases = (phrase for kind in table("features.yml").values() for phrase in kind)
    return frozenset(word for phrase in phrases for word in phrase.split()) | {"high"}
