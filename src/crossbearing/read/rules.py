"""A reader without weights: tables of words, what stands beside them, and nothing hidden.

Sentence by sentence it cuts out what is spoken of (`chunks`), who speaks (`voices`) and what is said to happen
(`triggers`), and hangs the one on the other by nearness within the clause. It never looks up a place or a day.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from crossbearing.model.mention import (
    Attribution,
    CountWords,
    Happening,
    Mention,
    MentionKind,
    Reading,
    Realis,
    Role,
    RoleName,
    Stance,
    StatedFigure,
)
from crossbearing.model.provenance import Step
from crossbearing.model.text import Document, Span
from crossbearing.read import kinds
from crossbearing.read.bare import bare
from crossbearing.read.beside import OUT, SPOT, as_mention, before_of, named_behind, opens_period, unfolded
from crossbearing.read.causes import Side, cause_of, sides
from crossbearing.read.chunks import Chunk, Chunked, Told, chunk, told
from crossbearing.read.counts import counts
from crossbearing.read.credits import credited
from crossbearing.read.doers import EACH_OTHER
from crossbearing.read.each import apart, elsewhere_too
from crossbearing.read.fighters import are_they, go_back
from crossbearing.read.figurative import following, is_no_attack
from crossbearing.read.fitting import fitted
from crossbearing.read.folding import Draft
from crossbearing.read.harm.casualties import casualties
from crossbearing.read.harm.nobody import is_nobody
from crossbearing.read.harm.words import Casualty
from crossbearing.read.interviews import Answer, answers
from crossbearing.read.lexicon import grammar
from crossbearing.read.phrases import unnested, whole
from crossbearing.read.roles import drafts
from crossbearing.read.rows import hurt_in, placed
from crossbearing.read.sides import two_deeds
from crossbearing.read.triggers import FIRST_AND_SECOND, Found, elliptic, triggers
from crossbearing.read.voices import Voice, voices
from crossbearing.words import sentences, times
from crossbearing.words.heads import head_of
from crossbearing.words.rows import Row, row_at, rows

STEP = Step("read.rules", "20")


def read(document: Document) -> Reading:
    """All that the rules find in a document's article (and in its title, where the article's words leave it out)."""
    article, title = document.article(), document.metadata.title
    pass_ = _walked(document, article)
    unheard = not any(map(_tells, pass_.happenings)) or _points_up(document.text, pass_.happenings)
    if unheard and title and title.span and not any(run.holds(title.span) for run in article):
        # A headline's capitals hide its names and it repeats the lead: it is heard only where the article tells of nobody, or
        # begins with what the headline named.
        pass_ = _walked(document, (title.span, *article))
    return Reading(
        document.id,
        STEP.id,
        tuple(pass_.sentences),
        tuple(pass_.mentions),
        tuple(pass_.happenings),
        tuple(pass_.attributions),
        tuple(pass_.figures),
        counts=tuple(pass_.counts),
    )


_SOMEBODY = frozenset((RoleName.PERPETRATOR, RoleName.TARGET, RoleName.VICTIM, RoleName.KILLED, RoleName.INJURED))


def _tells(happening: Happening) -> bool:
    """Whether a happening is one, and the words say who had a part in it."""
    return not happening.generic and any(role.name in _SOMEBODY for role in happening.roles)


def _points_up(text: str, happenings: list[Happening]) -> bool:
    """Whether the first happening is told at "this base", which no sentence before it names."""
    first = next((h for h in happenings if not h.generic), None)
    return bool(first and not first.role(RoleName.PLACE) and re.search(r"\bthis (?!is\b)", first.sentence.of(text)))


def warm() -> None:
    """Load the reader's tables."""
    chunk("Warm.", Span(0, 5))


def _walked(document: Document, runs: Iterable[Span]) -> _Pass:
    """A pass over stretches of the text, sentence by sentence."""
    pass_ = _Pass(document, document.is_brief(), answers(document), credited(document), rows(document.text))
    for run in runs:
        held = told(document.text, run)
        for span in sentences.split(document.text, run):
            pass_.sentence(span, held)
    return pass_


_OPENING = 12
"""A sentence's subject begins within so many words, a dateline and a day included."""
_MUNITIONS = grammar("rules.munitions")
_WHOLE = frozenset((RoleName.KILLED.value, RoleName.INJURED.value))


@dataclass(slots=True)
class _Pass:
    """One walk through a document. What carries over from sentence to sentence: the last voice, the last party."""

    document: Document
    brief: bool
    """Whether the document is a line or two, so that what it tells is one matter, and news."""
    answers: tuple[Answer, ...] = ()
    """What was answered in an interview."""
    credited: tuple[Answer, ...] = ()
    """What a label says to be whose words."""
    rows: tuple[Row, ...] = ()
    """The rows of its tables."""
    sentences: list[Span] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    figures: list[StatedFigure] = field(default_factory=list)
    counts: list[CountWords] = field(default_factory=list)
    voice: Mention | None = None
    party: Mention | None = None
    armed: Mention | None = None
    """The last voice that could be a party."""
    subject: Mention | None = None
    """The body that the sentence before speaks of first, for "its statement" where nobody has spoken yet."""
    last: Chunked | None = None
    """The sentence before."""
    flying: Chunk | None = None
    """The munition that the sentence before told of."""
    aside: Span | None = None
    """Where the sentence tells another deed than in the rest, each with words of its own."""
    counted_from: int = 0
    """Where the sentence's first figure stands."""
    scene: tuple[Role, ...] = ()
    """Who came where and when by the sentence before, where that tells of no harm: "gunmen entered X on Monday"."""

    def sentence(self, span: Span, held: Told) -> None:
        text = self.document.text
        self.sentences.append(span)
        cut = chunk(text, span, titled=_titled(span.of(text)), run=held)
        self.mentions += [as_mention(c) for c in cut.chunks]
        answer = self.answered(span, self.answers)
        heard = self.hear(cut, answer)
        if answer is None and not heard:
            answer = self.answered(span, self.credited)
        found = triggers(cut)
        spoken = self.spoken(heard) if answer is None else (answer, *self.spoken(heard))
        if not found and self.told_more(cut) and (found := elliptic(cut)) and not heard:
            spoken = self.going_on()
        found = found or bare(cut)
        about = cause_of(cut)
        both = tuple(sides(text, cut, about, heard)) if about else ()
        row = row_at(self.rows, span.start)
        hurt = (hurt_in(text, row) if row is not None else []) or [
            c for part in ([side.cut for side in both] or [cut]) for c in casualties(text, part, self.last)
        ]
        self.last = cut
        self.aside = about.span(cut) if about else _behind_turn(cut, found, hurt)
        hurt = [self.of_its_side(cut, casualty) for casualty in hurt]
        first = len(self.happenings)
        harmed = [c for c in hurt if c.counted in _WHOLE]
        before = self.counts[-1] if self.counts else None
        counted = counts(text, cut, found, heard, self.voice_of(heard), self.spoken_of(cut, self.party), before)
        self.counts += [replace(count, attributions=self.spoken(heard)) for count in counted]
        for draft in self.drafts(cut, both, found, heard, harmed):
            if draft.party:
                self.party = draft.party
            told = unnested(_wholes(text, draft.happening, span))
            if draft.happening.realis is not Realis.DENIED and not draft.happening.generic:
                told = (*told, *_by_head(text, cut, draft.happening))
            happening = replace(draft.happening, roles=told, attributions=self.whose_word(draft.happening, spoken))
            self.happenings.append(happening if row is None else placed(happening, row))
        self.count(cut, hurt, first)
        self.tell_each(cut, hurt, first)
        self.follow(cut, first)
        bodies = (c for c in cut.chunks if c.kind in ("actor", "voice", "group"))
        spoken_of = (c for c in bodies if c.first < _OPENING and before_of(cut, c) not in OUT)
        self.subject = next(map(as_mention, spoken_of), None)
        self.flying = next((c for c in reversed(cut.chunks) if c.kind == "weapon" and c.head in _MUNITIONS), None)

    def drafts(
        self, cut: Chunked, both: tuple[Side, ...], found: list[Found], heard: list[Voice], hurt: list[Casualty]
    ) -> Iterator[Draft]:
        """The happenings of a sentence; of one that tells what a crowd did and what that was about, those of `both` sides."""
        text, voice, came = self.document.text, self.voice_of(heard), bool(self.scene)
        party = self.spoken_of(cut, self.party)
        if not both:
            yield from drafts(text, cut, found, heard, hurt, voice, party, self.flying, came, self.brief)
        for side in both:
            theirs = [c for c in hurt if any(t.start == c.figure.span.start for t in side.cut.tokens)]
            words = triggers(side.cut)
            made = drafts(text, side.cut, words, side.heard, theirs, voice, party, self.flying, came, self.brief)
            yield from (replace(draft, happening=side.told(draft.happening, cut.span)) for draft in made)

    def follow(self, cut: Chunked, first: int) -> None:
        """Carry over where and when from a sentence that only sets the scene, and take what only says when for what was told."""
        told = self.happenings[first:]
        for k, happening in enumerate(told, first):
            they = self.scene and _they(cut, happening.trigger)
            # Not the place that the line's head names, nor whom "they" were before.
            own = [r for r in happening.roles if happening.sentence.holds(r.mention.span)]
            named = {r.name for r in own}
            if not _day(cut):
                named.discard(RoleName.TIME)  # "after an hour"
            bare = happening.score < _DEED or named.isdisjoint((RoleName.PERPETRATOR, RoleName.TIME))
            if self.scene and (they or bare) and RoleName.PLACE not in named and not happening.generic:
                armed = not they and any(c.kind in ("group", "actor") for c in cut.chunks)
                kept = {RoleName.PERPETRATOR} if armed else frozenset[RoleName]()
                scene = _befallen(self.scene) if they == "were" else self.scene
                added = tuple(r for r in scene if r.name not in named | kept)
                by = {RoleName.PERPETRATOR} & {r.name for r in added}
                told_before = (r for r in happening.roles if r in own or r.name not in by)
                self.happenings[k] = replace(happening, roles=(*told_before, *added))
        if not told and self.happenings and _WAS.match(cut.words) and not self.happenings[-1].role(RoleName.TIME):
            self.happenings[-1] = replace(self.happenings[-1], roles=(*self.happenings[-1].roles, *_day(cut)))
        self.scene = () if told else _scene(cut)

    def told_more(self, cut: Chunked) -> bool:
        """Whether happenings were told right before of which a sentence can say more by their number alone."""
        last = self.happenings[-1] if self.happenings else None
        told = last is not None and not last.generic and self.sentences[-2:][0] == last.sentence
        return self.told_many() or (told and FIRST_AND_SECOND.match(cut.words) is not None)

    def told_many(self) -> bool:
        """Whether the sentence before, or the one before it, counts happenings or tells of many."""
        since = self.sentences[-3:][0].start
        many = any(h.generic for h in self.happenings if h.sentence.start >= since)
        return many or any(c.sentence.start >= since for c in self.counts)

    def going_on(self) -> tuple[int, ...]:
        """Who counted the happenings of which the next words tell the latest."""
        since = self.sentences[-3:][0].start
        told = [(c.sentence.start, c.attributions) for c in self.counts]
        told += [(h.sentence.start, h.attributions) for h in self.happenings]
        return max(((at, heard) for at, heard in told if at >= since and heard), default=(0, ()))[1]

    def voice_of(self, heard: list[Voice]) -> Mention | None:
        return next((v.attribution.source for v in reversed(heard) if v.attribution.source), None)

    def answered(self, span: Span, answers: tuple[Answer, ...]) -> int | None:
        """The voice of the answer that a sentence is part of, taken into the reading with its first sentence."""
        answer = next((a for a in answers if a.span.meets(span)), None)
        if answer is None:
            return None
        told = (n for n, a in enumerate(self.attributions) if a.content == answer.span and a.source == answer.who)
        if (known := next(told, None)) is not None:
            return known
        begins = Span(answer.span.start, answer.span.start)
        self.attributions.append(Attribution(begins, answer.span, Stance.ASSERTS, answer.who))
        return len(self.attributions) - 1

    def hear(self, cut: Chunked, outer: int | None = None) -> list[Voice]:
        """Take the sentence's voices into the reading, outer before inner."""
        heard = voices(cut, self.voice, self.spoken_of(cut, self.armed, self.party, self.subject))
        for voice in heard:
            self.attributions.append(voice.attribution if outer is None else replace(voice.attribution, within=outer))
            outer = len(self.attributions) - 1
        named = [v for v in heard if v.attribution.source and not v.attribution.medium] or [
            v for v in heard if v.attribution.source
        ]
        if named:
            self.voice = named[-1].attribution.source
        self.armed = next(
            (v.attribution.source for v in named if v.source and v.source.kind in ("actor", "group") and not v.again), self.armed
        )
        return heard

    def spoken_of(self, cut: Chunked, *parties: Mention | None) -> Mention | None:
        """The first of some parties to which a sentence can go back: where it speaks of "the rebels", none of a state's."""
        fighters = go_back(cut)
        return next((p for p in parties if p is not None and (not fighters or are_they(self.document.text, p))), None)

    def spoken(self, heard: list[Voice]) -> tuple[int, ...]:
        """The indices of the sentence's attributions, outermost first."""
        last = len(self.attributions)
        return tuple(range(last - len(heard), last))

    def whose_word(self, happening: Happening, spoken: tuple[int, ...]) -> tuple[int, ...]:
        """Of a sentence's voices those that tell of a happening: of words of blame who speaks them, not who is blamed; of what
        parties blame each other for nobody."""
        text, doers = self.document.text, {m.span for m in happening.role(RoleName.PERPETRATOR)}
        blaming = [n for n in spoken if self.attributions[n].cue.meets(happening.trigger)]
        if blaming:
            told = [n for n in blaming if (s := self.attributions[n].source) is None or s.span not in doers] or blaming
            who = {s.span for n in told if (s := self.attributions[n].source)}  # "denied it and blamed X": one voice
            same = (n for n in spoken if n in told or ((s := self.attributions[n].source) and s.span in who))
            return tuple(sorted({*same, *(n for n in spoken if self.attributions[n].medium)}, key=spoken.index))
        return tuple(n for n in spoken if not EACH_OTHER.match(text, self.attributions[n].cue.end))

    def count(self, cut: Chunked, hurt: list[Casualty], first: int) -> None:
        """Keep the sentence's figures, each with the happening it belongs to where the sentence tells of one."""
        told = range(first, len(self.happenings))
        if not told and hurt and is_no_attack(cut, following(self.document.text, cut.span)):
            return  # the dead of a flood are no raid's
        self.counted_from = min((c.figure.span.start for c in hurt), default=0)
        apart = {c.figure.span for c in hurt if told and self.is_apart(cut, c, told)}
        if self.aside is not None and told:  # "the worst attack since 2013, when 22 died"
            hurt = [c for c in hurt if any(self.told_beside(self.happenings[k].trigger, c.figure.span) for k in told)]
        for casualty in hurt:
            owner = self.nearest(casualty, told) if told and casualty.figure.span not in apart else None
            since = next((as_mention(c) for c in cut.chunks if c.kind == "time" and c.time is not None and opens_period(c)), None)
            self.figures.append(
                StatedFigure(
                    casualty.figure,
                    casualty.counted,
                    casualty.people,
                    casualty.cumulative,
                    since,
                    None if casualty.cumulative else owner,
                    casualty.part_of,
                    casualty.more,
                )
            )
        if not told:
            return
        wholes = [c for c in hurt if not c.cumulative and c.part_of is None and c.counted in _WHOLE]
        for index in told:
            happening = self.happenings[index]
            mine = [c for c in wholes if c.figure.span not in apart and self.counts_for(c, told, index)]
            if mine:
                extra = tuple(Role(RoleName(c.counted), c.figure) for c in mine)
                self.happenings[index] = replace(happening, roles=happening.roles + extra)

    def tell_each(self, cut: Chunked, hurt: list[Casualty], first: int) -> None:
        """Tell apart what a sentence tells by its tolls: "killed six in A and four in B"."""
        told = self.happenings[first:]
        one = len({h.trigger for h in told}) == 1 and not any(h.generic for h in told)
        others = list(elsewhere_too(cut, hurt)) if one else []
        if not others:
            return
        # What was told apart by its places alone is told apart anew, by its tolls.
        roles = tuple(dict.fromkeys(role for h in told for role in h.roles))
        self.happenings[first:] = []
        self.figures = [replace(f, happening=first) if (f.happening or 0) > first else f for f in self.figures]
        whole, *more = apart(replace(told[0], roles=roles), others)
        self.happenings.append(whole)
        for other, happening in zip(others, more, strict=True):
            self.figures.append(StatedFigure(other.figure, other.counted, other.people, happening=len(self.happenings)))
            self.happenings.append(happening)

    def of_its_side(self, cut: Chunked, casualty: Casualty) -> Casualty:
        """ "Raids were stepped up in recent months; in May a bomb killed 22": no sum, where the months are of the other deed."""
        if self.aside is None or not casualty.cumulative:
            return casualty
        periods = [c.span for c in cut.chunks if c.kind == "time" and c.time is not None and opens_period(c)]
        beyond = bool(periods) and not any(self.told_beside(period, casualty.figure.span) for period in periods)
        return replace(casualty, cumulative=False) if beyond else casualty

    def is_apart(self, cut: Chunked, casualty: Casualty, told: range) -> bool:
        """Whether a figure of the sentence is of none of the happenings that it tells."""
        return self.in_another_voice(cut, casualty, self.happenings[self.nearest(casualty, told)]) or self.elsewhere(
            cut, casualty, told
        )

    def told_beside(self, one: Span, other: Span) -> bool:
        """Whether two stretches of the sentence are of one deed, as far as it tells two."""
        return self.aside is None or self.aside.meets(one) is self.aside.meets(other)

    def in_another_voice(self, cut: Chunked, casualty: Casualty, happening: Happening) -> bool:
        """ "Kabul said that 12 were killed; Islamabad said that it had killed 20": whether the sentence turns, and another
        begins to speak, between a figure and a happening."""
        at, figure = happening.trigger.start, casualty.figure.span.start
        turn = next(sentences.TURN.finditer(self.document.text, min(at, figure), max(at, figure)), None)
        heard = [a.cue.start for a in self.attributions if a.source and cut.span.holds(a.cue)]
        return turn is not None and any(n < turn.start() for n in heard) and any(n > turn.start() for n in heard)

    def elsewhere(self, cut: Chunked, casualty: Casualty, told: range) -> bool:
        """ "A soldier was hurt in X; there were no losses in Y": whether a semicolon parts a figure, and a place of its own,
        from all that its sentence tells."""
        at = casualty.figure.span.start
        for stop in (t.start for t in cut.tokens if t.text == ";"):
            apart = all((self.happenings[k].trigger.start > stop) != (at > stop) for k in told)
            if apart and any(c.named and c.kind in SPOT and (c.span.start > stop) == (at > stop) for c in cut.chunks):
                return True
        return False

    def counts_for(self, casualty: Casualty, told: range, index: int) -> bool:
        """Whether a figure is a happening's: the nearest's; that nobody was hurt is said of every place that one word tells."""
        nearest = self.nearest(casualty, told)
        nobody = is_nobody(casualty.figure.span.of(self.document.text))
        return nearest == index or (nobody and self.happenings[nearest].trigger == self.happenings[index].trigger)

    def nearest(self, casualty: Casualty, told: range) -> int:
        """The happening of the sentence that a figure stands nearest to, those merely recalled last; not one that the sentence
        tells behind a turn to another day or place: "killed three, and in April a captain died". Of those that one word tells at
        several places the one whose place comes next: "two killed in A and one wounded in B"."""
        at = casualty.figure.span.start
        comes_next = not self.opens_placed(told)

        def order(k: int) -> tuple[bool, bool, bool, bool, int, int]:
            happening = self.happenings[k]
            start = happening.trigger.start
            apart = not self.told_beside(happening.trigger, casualty.figure.span)
            turned = _TURNS.search(self.document.text, min(at, start), max(at, start)) is not None
            places = [m.span.start for m in happening.role(RoleName.PLACE)]
            behind = min((place for place in places if place > at), default=_FAR) if comes_next else 0
            return apart, happening.realis is Realis.BACKGROUND, happening.generic, turned, abs(start - at), behind

        return min(told, key=order)

    def opens_placed(self, told: range) -> bool:
        """Whether a place stands before all figures: "in A two were killed and in B one"."""
        places = [m.span.start for k in told for m in self.happenings[k].role(RoleName.PLACE)]
        return not places or min(places) < self.counted_from


def _behind_turn(cut: Chunked, found: list[Found], hurt: list[Casualty]) -> Span | None:
    """What stands behind the turn from one deed to another; None where a sentence has none."""
    turn = two_deeds(cut, found, hurt) if found else None
    return None if turn is None else Span(turn + 1, cut.span.end)


_FAR = 10**9
_DEED = 0.7
"""What a happening scores at the least that is more than a lone word for harm."""
_TURNS = re.compile(rf"{sentences.TURN.pattern}|, and (?:in|on|near|at|later) ")
_WAS = re.compile(r"(?:it|this|that) (?:was|happened|took place|occurred)\b")
_CAME = re.compile(
    r"\b(?:(?:went|came|burst|broke|walked|drove|rode) (?:in)?to|entered|arrived|"
    r"stopped|halted|waylaid|held up|invaded|surrounded|descended|advanced|infiltrated|crossed|marched|moved|"
    r"(?:attempted|tried|sought) to (?:enter|storm|seize|take|advance|infiltrate|cross))\b"
)


_STOPS = re.compile(r"stopped|halted|waylaid|held")
"""What the police do to any car."""


def _scene(cut: Chunked) -> tuple[Role, ...]:
    """Who came, where and when, as a sentence sets the scene for the harm that the next one tells."""
    match = _CAME.search(cut.words)
    if match is None:
        return ()
    verb = cut.words[: match.start()].count(" ")
    came = next((c for c in reversed(cut.chunks) if c.last <= verb and c.kind in ("group", "actor")), None)
    where = [c for c in cut.chunks if c.named and c.kind in ("area", "site", "name") and c.first > verb]
    if came is None or not (where or _day(cut)) or (_STOPS.match(match.group()) and kinds.side_of(cut, came) == "S"):
        return ()
    who = as_mention(unfolded(cut, named_behind(cut, came)))
    parts = [Role(RoleName.PERPETRATOR, who), *(Role(RoleName.PLACE, as_mention(c)) for c in where[:3])]
    return (*parts, *_day(cut))


def _they(cut: Chunked, trigger: Span) -> str:
    """ "They" where those who came by the sentence before do what a word tells of, "were" where it befalls them; else nothing."""
    at = next((k for k, t in enumerate(cut.tokens) if t.start >= trigger.start), 0)
    near = [t.low for t in cut.tokens[max(0, at - 3) : at]]
    return "" if "they" not in near else "were" if {"were", "been"}.intersection(near) else "they"


def _befallen(scene: tuple[Role, ...]) -> tuple[Role, ...]:
    """The scene of what befalls those who came."""
    return tuple(replace(r, name=RoleName.TARGET) if r.name is RoleName.PERPETRATOR else r for r in scene)


def _day(cut: Chunked) -> tuple[Role, ...]:
    """The first time of a sentence that says a day; nothing where none does."""
    said = (c for c in cut.chunks if c.time is not None and c.time.has_day)
    return tuple(Role(RoleName.TIME, as_mention(c)) for c in itertools.islice(said, 1))


def _by_head(text: str, cut: Chunked, happening: Happening) -> Iterator[Role]:
    """Where by the head of the line, beside what a happening's own words say of it; and when, if they say no day."""
    head = head_of(text, cut.span.start)
    if head is None:
        return
    if not any(m.span.meets(head.name) for m in happening.role(RoleName.PLACE)):
        yield Role(RoleName.PLACE, Mention(head.name, MentionKind.PLACE))
    said = {m.span for m in happening.role(RoleName.TIME)}
    if any(c.span in said and c.time is not None and c.time.has_day for c in cut.chunks):
        return
    if day := next((t for t in times.find(text, head.whole.start, head.whole.end) if t.has_day), None):
        yield Role(RoleName.TIME, Mention(day.span, MentionKind.TIME))


def _wholes(text: str, happening: Happening, sentence: Span) -> Iterator[Role]:
    """A happening's roles, the parties' each with its whole phrase, less those that cannot be any."""
    kind = happening.event_type, happening.sub_event_type
    arms = [m.span for m in happening.role(RoleName.MEANS)]
    for role in happening.roles:
        held = whole(text, role, sentence, happening.trigger)
        if role.mention.kind is MentionKind.STATE and any(a.meets(held.mention.span) for a in arms):
            held = role  # "shot down five Russian Shaheds"
        if (fit := fitted(text, held, sentence, happening.trigger, kind)) is not None:
            yield fit


def _titled(words: str) -> bool:
    """Whether a line is a headline: most of its longer words are capitalised and no stop ends it."""
    if words[-1:] in '.!?"”':
        return False
    long = re.findall(r"\b[^\W\d_]{4,}\b", words)
    return len(long) >= 3 and sum(w[0].isupper() for w in long) / len(long) > 0.7


__all__ = ["STEP", "Found", "read"]
