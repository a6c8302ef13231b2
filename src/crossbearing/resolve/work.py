"""One document's words worked out: what each telling of a happening says of its day, its place and its parties.

What words mean often hangs on what was read before them: the page's date, the day that the story has come to, the country
that its places lie in. That is held here, and asked for by what makes claims of the tellings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from crossbearing.model.claim import Actor
from crossbearing.model.mention import (
    BEFALLEN,
    Happening,
    Mention,
    MentionKind,
    Reading,
    Realis,
    Role,
    RoleName,
    Stance,
)
from crossbearing.model.outcome import Dating
from crossbearing.model.provenance import Stated, Step
from crossbearing.model.text import Document, Span
from crossbearing.model.when import Interval
from crossbearing.model.where import COARSE, Place, Precision
from crossbearing.resolve.day import asides as day_asides
from crossbearing.resolve.day import counted, dates, daytimes, follow_ups, tenses, when
from crossbearing.resolve.day.entries import names
from crossbearing.resolve.day.layout import Layout, is_column
from crossbearing.resolve.day.pictures import is_pictures
from crossbearing.resolve.page.dating import date_page
from crossbearing.resolve.party.who import Actors, load_actors
from crossbearing.resolve.place.asides import bears_a_name, is_of_the_hurt, without_asides
from crossbearing.resolve.place.ground import Ground
from crossbearing.resolve.place.headed import heads
from crossbearing.resolve.place.spoken_of import NAMED, PlaceContext
from crossbearing.resolve.place.where import Places
from crossbearing.resolve.place.written import holds
from crossbearing.resolve.tellings import (
    STRONG,
    Telling,
    is_answered,
    is_deed,
    opens_another,
    over,
    says_also,
    says_another,
    says_more,
    tells_downing,
)
from crossbearing.words import listed, numbers, times
from crossbearing.words.datelines import dateline
from crossbearing.words.names import fold
from crossbearing.words.time_forms import Bare, Bound, Calendar, Into, Range, Shift, TimeWords, Unit, Weekday, Within

STEP = Step("resolve", "18")

# How often the days of a claim hold the truth where the page's date does, by what they rest on: the words of the happening, the
# last day told of, the day of the statement, the report's lead, the page's date. Counted on the development reports, with what
# is left out of a count so small (`evals/calibration.py`). Of the happenings' own words, "today" and its like hold it 36 times
# of 36, weekdays 242 of 258, dates without a year 57 of 61, dates with one 34 of 37.
BY_OWN_WORDS, BY_STORY, BY_STATEMENT, BY_LEAD, BY_PAGE = 0.94, 0.95, 0.94, 0.95, 0.95
BY_TODAY = 0.97
# A happening that the network alone sees counts so much: it has no time among its parts, and in a line by itself nothing bears
# it out.
ALONE = 0.5
# An interval longer than this does not say when a single happening was.
LONGEST_DAYS = 31
# A time of so many days at the most names one day, or the night between two.
OF_A_NIGHT = 2
_AT = re.compile(r"(?:\b(?:in|near|outside|around)|(?<!fire )(?<!fired )(?<!firing )(?<!shot )(?<!aimed )\bat) $", re.I)
# Words for people that say nothing of them but what befell them.
_BARE = re.compile(
    r"(?:he|she|him|her|they|them|who|both|all|others|.*\b(?:dead|injured|wounded|killed|bodies|body|lives|victims))$", re.I
)
_TODAY = Shift(Unit.DAY, 0, 0)
_PART_OF = re.compile(r"\b(?:of|at|in)\s+(?:the\s+)?(?=[A-Z])")
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|several|multiple|a number of)\s+(?:[\w-]+\s+){0,4}(?:bases|sites|positions|facilities|"
    r"attacks|strikes|locations|targets|villages|towns|cities|posts|outposts|raids)\b|\bbases\b|\bseries of\b",
    re.I,
)


_ONE_BEFORE = re.compile(r"\b(?:an?|one|another)\s$", re.I)
_NO_NOUN = re.compile(
    r"\s?[,.;:)—–]|\s(?:who|whom|whose|and|or|in|at|on|near|from|with|to|by|of|for|during|as|when|while|after|before|dead|was|is|has|had)\b|\s*$"
)
# So near behind "a day after" stands what that counts from.
_NEXT = 48
_HURT = re.compile(
    r"\b(?:die[ds]?|dying|dead|killed|slain|wounded|injured|hurt|fire|burn\w*|derail\w*|rails|collaps\w+|crash\w*|sank|sunk|"
    r"damaged|destroyed|trapped|rocked|evacuated|(?:taken|rushed) to|fled)\b",
    re.I,
)
_AFTERWARDS = re.compile(r",? (?:after|following)\b", re.I)
# So many hours before a post are of its day.
_HOURS = 6
_OF_TERRITORY = ("Non-state actor overtakes territory", "Government regains territory", "Non-violent transfer of territory")
_PRINTED = 7
"""So many days at most lie between a dateline and the page that prints it."""
_COUNTED = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)
_NAME_ENDS = re.compile(
    r"\s*(?:$|[.,;:!?)\n]|(?:on|in|with|at|from|over|overnight|late|early|after|before|during|for|by|since|as|when|while|last|this|"
    r"yesterday|today|again|killing|wounding|injuring|causing|using|but|said|says|that|which|where)\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
"""What stands behind the name of a country that is no attribute: "at Israel on Tuesday", and not "at U.S. forces"."""
_FIRED = ("Air/drone strike", "Shelling/artillery/missile attack", "Strike, means unknown")
_SWARM = re.compile(
    r"\b(?:[5-9]|[1-9]\d+|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|hundreds) (?:of )?(?:the )?(?:[\w-]+ ){0,4}?"
    r"(?:drones|missiles|rockets|UAVs|projectiles|shells|munitions)\b",
    re.I,
)
_NOUGHT = re.compile(r"\b(?:no|without)(?: any)? (?:[\w-]+ )?$", re.I)
_YEAR = re.compile(r"\b(?:the|a|an|of|in|since|after|from) ((?:19|20)\d\d) (?:[\w’'-]+ ){0,3}$", re.I)
_OF_YEAR = ("that year", "year before", "year after")
_ARTICLED = re.compile(r"(?:[ -](?:al|el|ad|as|ash|an|ar|az|ez|es)[ -][A-Z][\w’'-]+)+")
_WHEN = re.compile(r",? when\b")
_OPENS = re.compile(r"(?:(?:On|In|At|During|By|Early|Late)(?: the)? )?")
# So near before "then" stands the day that it is of.
_NEAR = 600
# So far behind the sentence that says the day a paragraph still tells of it.
_PARAGRAPH = 300
# "The rebels attacked" is no deed told before, as "the attack" is.
_IT_IS = re.compile(r"(?:It|This|That) (?:is|was|comes|came|marks)\b")
# What stands before a word for a deed told before: "the", and no "on the same day".
_THE = re.compile(r"\b(?:the|this|that|its|their|these|those|’s|'s)\s+(?:(?!(?:day|night|evening|time)\b)\w+\s+){0,2}$")
_VERB = re.compile(r"(?:\w+ed|struck|fell|shot|fought|blew|overran|burnt|came|drove|threw|went|took|broke|sank)\b", re.I)
# "Intermittent shelling went on until noon": of what was told before.
_WENT_ON = re.compile(r"\s+(?:then |also )?(?:went on|continued|lasted|dragged on|raged on|came to an end|ended|stopped)\b")
# What a list's last line adds up.
_SUM = re.compile(r"\W*(?:in )?(?:grand )?totals?\b", re.I)
_BOUND = re.compile(r"(?:after|before|since|following|until)\s+", re.I)


def _is_year(words: TimeWords) -> bool:
    """Whether words name a year and no more."""
    return isinstance(words.form, Calendar) and words.form == Calendar(words.form.year)


def is_whole(words: TimeWords) -> bool:
    """Whether a date says its day and its year."""
    return isinstance(words.form, Calendar) and bool(words.form.day and words.form.year)


def own_words(words: TimeWords) -> float:
    """How likely the days of a happening's own time words hold the truth where the page's date does."""
    form = words.form
    return BY_TODAY if isinstance(form, Shift) and form.unit is Unit.DAY and form.origin == "page" else BY_OWN_WORDS


def step_of(places: Places) -> Step:
    """The step that names claims resolved with a gazetteer: another gazetteer makes other claims."""
    return replace(STEP, digest=places.gazetteer.digest)


class Work:
    """One document on its way from a reading to claims."""

    def __init__(self, document: Document, reading: Reading, places: Places) -> None:
        self.document, self.reading = document, reading
        said = times.settled(document.text, times.find(document.text))
        self.dating: Dating = date_page(document, said)
        self.published = self.dating.published
        self.said = said
        self.layout = Layout(document, said, self.published)
        self.history = self.published.latest is not None and tenses.is_history(said, self.published.latest)
        self.ahead = next((hours for words in said if (hours := daytimes.hours_ahead(words)) is not None), None)
        self.actors: Actors = load_actors()
        self.places, self.step = places, step_of(places)
        self.context: PlaceContext = self.places.context(document, reading)
        self.ground = Ground(document, reading, self.places, self.context)
        self.story: Interval | None = None
        self.story_words: Span | None = None  # what told of that day
        self.year: Interval | None = None  # the year last told of by itself
        self.at = 0

    def telling(self, index: int, happening: Happening) -> Telling | None:
        """A happening's words worked out; None where it is hypothetical, or many at once."""
        if happening.realis is Realis.HYPOTHETICAL or happening.generic or self.adds_to_total(index, happening):
            return None
        happening = self.under_head(happening)
        self.read_up_to(happening.sentence.start)
        said = self.said_of(happening)
        lasted = self.went_on(happening)
        own = None if lasted else self.time_of(happening)  # "until noon"
        beside = None if own else self.told_beside(happening)
        if own and own.value.days:
            self.at = happening.sentence.end
            wide = self.story is None or self.story_words is None or (self.story.days or 0) > LONGEST_DAYS
            told = own.evidence[0]
            recalled = isinstance(told, Span) and self.is_before_story(told, own.value)
            if wide or (not recalled and (is_deed(happening) or happening.role(RoleName.PLACE))):
                self.story, self.story_words = own.value, told if isinstance(told, Span) else None
                # "died of his wounds on Tuesday" is no step of it
        text = self.document.text
        trigger = happening.trigger.of(text)
        place = None if lasted else self.place_of(happening)
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
            definite=_IT_IS.match(happening.sentence.of(text)) is not None
            or (_VERB.match(trigger) is None and _THE.search(before) is not None)
            or not (is_deed(happening) or opens_another(text, happening))
            or self.befell_them(happening)
            or lasted,
            another=says_another(text, happening),
            plural=(trigger.endswith("s") and trigger.lower() not in ("strikes", "attacks", "raids")) or self.many(happening),
            earlier=text.startswith("Earlier", happening.sentence.start),
            names=self.unknown_places(happening),
            also=says_also(text, happening),
            more=says_more(text, happening),
            over=over(text, happening, self.claimed(happening)),
            toll=self.toll_of(happening),
            weekday=self.weekday_of(happening),
            post=self.layout.post(happening.trigger),
            listed=bool(self.layout.entries),
            downing=tells_downing(text, happening),
            nought=_NOUGHT.search(text, max(0, happening.trigger.start - 24), happening.trigger.start) is not None,
            burnt=trigger.lower().startswith(("burned to", "burnt to", "burned alive", "burnt alive")),
            beside=beside,
            answered=is_answered(text, happening),
            swarm=place is None and happening.realis is Realis.FOILED and _SWARM.search(happening.sentence.of(text)) is not None,
        )

    def befell_them(self, happening: Happening) -> bool:
        """ "Said the army had killed them": whom the words before tell of, at no other place."""
        befallen = [m for name in (*BEFALLEN, RoleName.KILLED) for m in happening.role(name)]
        they = any(m.span.of(self.document.text).lower() in ("them", "him", "her") for m in befallen)
        return they and not happening.role(RoleName.PLACE)

    def under_head(self, happening: Happening) -> Happening:
        """A happening with the names that head its entry of a list as places of its own; of one that names no place, with that
        which heads its section."""
        if self.layout.entries:
            head = self.layout.post_title(happening.trigger)
            spans = names(self.document.text, head) if head else []
        elif happening.role(RoleName.PLACE):
            return happening
        else:
            above = next((name for start, name in reversed(self.sections) if start <= happening.sentence.start), None)
            spans = [above] if above else []
        held = [role.mention.span for role in happening.roles]
        places = (Role(RoleName.PLACE, Mention(span, MentionKind.PLACE)) for span in spans if not any(map(span.meets, held)))
        return replace(happening, roles=(*happening.roles, *places)) if spans else happening

    @cached_property
    def sections(self) -> tuple[tuple[int, Span | None], ...]:
        """Where the sections of a digest begin, and the names of places that head them."""
        return heads(self.document, self.places, self.context)

    def heads(self, mention: Mention) -> bool:
        """Whether a name heads an entry of a list."""
        head = self.layout.post_title(mention.span) if self.layout.entries else None
        return head is not None and head.holds(mention.span)

    def read_up_to(self, at: int) -> None:
        """Follow the story to an offset, through the sentences that tell of no happening: "entered the city on Monday". The day
        on which somebody said so is not the story's."""
        for words in self.said:
            passed = self.at <= words.span.start and words.span.end <= at
            if not (passed and words.has_day) or words.bound or self.stated(words) or self.in_dateline(words):
                continue
            if not day_asides.of_picture(self.document.text, words.span):
                found = self.interval(words, "past")
                if found and self.is_before_story(words.span, found):
                    continue
                self.year = found if found and _is_year(words) else self.year
                if found and found.days and found.days <= LONGEST_DAYS and words.form != _TODAY:
                    self.story, self.story_words = found, words.span
        self.at = max(self.at, at)

    def is_before_story(self, words: Span, found: Interval) -> bool:
        """Whether a day is that of what had been before the story: "the barrier had been set up after the murder on 23 May"."""
        told, story = self.sentence(words), self.story
        if told is None or story is None or found.latest is None or story.earliest is None or story.days != 1:
            return False
        return found.latest < story.earliest and " had " in self.document.text[told.start : words.start]

    @property
    def pictured(self) -> bool:
        """Whether a picture's date told the story's day."""
        return self.story_words is not None and day_asides.of_picture(self.document.text, self.story_words)

    def in_dateline(self, words: TimeWords) -> bool:
        """Whether a date stands in the dateline that a line opens with, or is the page's own: that is when one wrote."""
        if times.is_stamp(self.document.text, words):
            return True
        start = self.document.text.rfind("\n", 0, words.span.start) + 1
        opened = dateline(self.document.text[start : words.span.end + 60])
        return opened is not None and words.span.end <= start + opened.end

    def dated_above(self, happening: Happening) -> Stated[Interval] | None:
        """When, by the date under which a report tells it."""
        found = self.layout.above(happening.trigger)
        return Stated(found.days, (found.words.span,), self.step.id, self.sure_of(found.words)) if found else None

    @cached_property
    def period(self) -> Stated[Interval] | None:
        """Over which days a digest tells."""
        found = self.layout.period
        return Stated(found[1], (found[0].span,), self.step.id, self.sure_of(found[0])) if found else None

    def claimed(self, happening: Happening) -> bool:
        """Whether a voice claims it as its own deed."""
        return any(self.reading.attributions[n].stance is Stance.CLAIMS for n in happening.attributions)

    def people_or_sites(self, happening: Happening) -> Iterator[Mention]:
        """Whom and what it befell, without the town that it befell: that is where it was."""
        return (m for name in BEFALLEN for m in happening.role(name) if not self.is_where(m))

    def is_where(self, mention: Mention) -> bool:
        """Whether the words for what something befell are only where it was: a town, or an unknown name behind "at" or "near"."""
        if mention.kind is not MentionKind.PLACE:
            return False
        town = self.places.locate(self.document, mention, self.context)
        if town is None:
            return _AT.search(self.document.text, max(0, mention.span.start - 12), mention.span.start) is not None
        return town.value.precision is not Precision.COUNTRY

    def those_hurt(self, happening: Happening) -> Iterator[Mention]:
        """Those who are counted as killed or injured, one by one where they are listed."""
        people = {f.mention.span: f.people for f in self.reading.figures}
        for mention in (*happening.role(RoleName.KILLED), *happening.role(RoleName.INJURED)):
            who = people.get(mention.span)
            if who is None:
                continue
            at = who.span.start
            for words in listed.members(self.document.quote(who.span)):
                at = self.document.text.index(words, at)
                if not _BARE.match(words):
                    yield Mention(Span(at, at + len(words)), who.kind)

    def toll_of(self, happening: Happening) -> int | None:
        """The most that the happening's own words count as killed."""
        spans = [mention.span for mention in happening.role(RoleName.KILLED)]
        found = (number.low for span in spans for number in numbers.find(self.document.text, span.start, span.end))
        return max((low for low in found if low), default=None)

    def weekday_of(self, happening: Happening) -> int | None:
        """The weekday that the happening's own words say; None where they say none, or several."""
        forms = [words.form for m in happening.role(RoleName.TIME) if (words := self.words(m))]
        said = {form.day for form in forms if isinstance(form, Weekday)}
        return said.pop() if len(said) == 1 else None

    def unknown_places(self, happening: Happening) -> frozenset[str]:
        """The names of places that its words say and no table knows."""
        if self.went_on(happening):
            return frozenset()
        named = [
            m for m in self.places_of(happening)
            if m.kind is MentionKind.PLACE and self.places.locate(self.document, m, self.context) is None
            and not self.names_no_place(m)
        ]  # fmt: skip
        return frozenset(fold(self.document.quote(m.span)) for m in named)

    def went_on(self, happening: Happening) -> bool:
        """ "Intermittent shelling went on until noon": whether its words only say of what was told before how long it took."""
        said = (m.span for m in happening.role(RoleName.PLACE))
        bare = all(m.start == happening.sentence.start and m.end + 1 == happening.trigger.start for m in said)
        return bare and _WENT_ON.match(self.document.text, happening.trigger.end) is not None

    def names_no_place(self, mention: Mention) -> bool:
        """Whether a name is of somebody or something else: "a Mary Smith concert", "Smith's way"."""
        text, start = self.document.text, mention.span.start
        return re.search(r"\ban? $", text[max(0, start - 3) : start]) is not None or text[mention.span.end :][:2] in ("'s", "’s")

    @cached_property
    def brief(self) -> bool:
        """Whether the report is a line or two."""
        return self.document.is_brief()

    def place_of(self, happening: Happening) -> Stated[Place] | None:
        """Where, as its words name it; a capital that they speak of without its name, where they name only what it lies in. In a
        live blog, where they name nothing finer, as the title of the post does."""
        named = self.named_place(happening) or self.titled_place(happening)
        if named and named.value.precision not in COARSE:
            return named
        seat = self.places.seat(self.document, happening.trigger, self.context)
        return seat if seat and (named is None or holds(named.value, seat.value)) else named

    def places_of(self, happening: Happening) -> tuple[Mention, ...]:
        """The names that its words give of where it happened."""
        named = without_asides(self.document.text, happening, happening.role(RoleName.PLACE))
        return tuple(m for m in named if not self.ground.only_named_after(m.span))

    def only_brought(self, happening: Happening) -> bool:
        """Whether its words only name where the dead or hurt of what was told before are brought, or counted."""
        places, text = happening.role(RoleName.PLACE), self.document.text
        return bool(places) and all(is_of_the_hurt(text, happening.sentence, m.span) for m in places)

    def indoors(self, happening: Happening) -> bool:
        """Whether its words name a street or a house by a name."""
        return any(bears_a_name(self.document.text, m.span) for m in happening.role(RoleName.PLACE))

    def named_place(self, happening: Happening) -> Stated[Place] | None:
        """Where: the named facility that stands nearest, with what lies around it; else the finest place that fits the others."""
        named = self.places_of(happening)
        if not named and self.brief:  # "bombardment targets Daraa"
            named = tuple(m for m in happening.role(RoleName.TARGET) if m.kind is MentionKind.PLACE)
        mentions = tuple(self.in_full(m) for m in named)
        # What was seized, shelled or stormed is a place, whether or not any table knows it.
        seized = happening.sub_event_type in _OF_TERRITORY
        taken = {m.span for m in (named if seized else happening.role(RoleName.TARGET)) if self.is_name(m)}
        chosen = self.places.choose(self.document, mentions, self.context, taken) or self.land_fired_at(happening)
        if chosen is None or chosen.value.precision is Precision.EXACT:
            return chosen
        located = [(m, self.places.locate(self.document, m, self.context)) for m in mentions]
        exact = next((m for m, place in located if place and place.value.precision is Precision.EXACT), None)
        if exact is None:
            return chosen
        wide = [m for m, place in located if place and place.value.precision in COARSE]
        return self.places.choose(self.document, [exact, *wide], self.context)

    def land_fired_at(self, happening: Happening) -> Stated[Place] | None:
        """The country that was fired at, where no words say where: "launched 40 missiles at X", "bombed X"."""
        told = happening.role(RoleName.PERPETRATOR) or happening.role(RoleName.TIME) or happening.role(RoleName.KILLED)
        if happening.sub_event_type not in _FIRED or not told:
            return None
        text, hit = self.document.text, happening.role(RoleName.TARGET)
        lands = (m for m in hit if m.kind is MentionKind.STATE and _NAME_ENDS.match(text, m.span.end))
        found = (self.places.locate(self.document, m, self.context) for m in lands)
        return next((place for place in found if place and place.value.precision is Precision.COUNTRY), None)

    def is_name(self, mention: Mention) -> bool:
        """Whether a place is called by a bare name: "the Smiths" are a family."""
        bare = not self.document.text.endswith("the ", 0, mention.span.start)
        return mention.kind is MentionKind.PLACE and bare

    def titled_place(self, happening: Happening) -> Stated[Place] | None:
        """The place that the title of a live blog's post names."""
        title = self.layout.post_title(happening.trigger)
        named = [m for m in self.reading.mentions if title and title.holds(m.span) and m.kind in NAMED]
        return self.places.choose(self.document, named, self.context) if named else None

    def is_named(self, mention: Mention) -> bool:
        """Whether a name that no table knows is a place's."""
        return self.heads(mention) or self.places.is_named(self.document, mention, self.context)

    def in_full(self, mention: Mention) -> Mention:
        """The site that a short name stands for, where nothing else bears the name: "Al-Asad" after "Al-Asad air base"."""
        if mention.kind is MentionKind.PLACE and (rest := _ARTICLED.match(self.document.text, mention.span.end)):
            mention = Mention(Span(mention.span.start, rest.end()), mention.kind)  # "Dayr al Zuhur" of "Dayr"
        if mention.kind not in NAMED or self.places.locate(self.document, mention, self.context) is not None:
            return mention
        named = self.sites.get(fold(self.document.quote(mention.span))) if mention.kind is MentionKind.PLACE else None
        return named or self.as_read(mention) or self.of_which(mention)

    def as_read(self, mention: Mention) -> Mention | None:
        """The known place whose name the reader cuts otherwise: "Dayr Hafir" of "Dayr"; or "Sarmin" of "Sarmin Syria", where the
        report names it elsewhere too."""
        for other in self.context.meeting(mention.span):
            if other.span.of(self.document.text).islower():
                continue
            first = other.span.start == mention.span.start
            longer = first and other.span.end > mention.span.end
            alone = self.named[self.document.quote(other.span)] > 1 and (first or mention.kind is MentionKind.PLACE)
            found = other.kind in NAMED and (longer or alone) and self.places.locate(self.document, other, self.context)
            if found and (mention.kind is MentionKind.PLACE or found.value.precision is not Precision.COUNTRY):
                return other
        return None

    @cached_property
    def named(self) -> Counter[str]:
        """How often the report names each place by itself."""
        return Counter(self.document.quote(m.span) for m in self.reading.mentions if m.kind in (*NAMED, MentionKind.STATE))

    def of_which(self, mention: Mention) -> Mention:
        """The place that a part of it is named after, where nothing knows the part: "Kabul airport" of "the Abbey Gate of Kabul
        airport"; else the mention itself."""
        for part in _PART_OF.finditer(self.document.text, mention.span.start, mention.span.end):
            whole = Mention(Span(part.end(), mention.span.end), MentionKind.PLACE)
            if self.places.locate(self.document, whole, self.context) is not None:
                return whole
        return mention

    @cached_property
    def sites(self) -> dict[str, Mention]:
        """The sites that the document names, by the words before the one that says what they are."""
        found: dict[str, Mention] = {}
        for mention in self.reading.mentions:
            name = fold(self.document.quote(mention.span)).split()
            kinds = len(name) - 2 if name[-2:] in (["air", "base"], ["military", "base"], ["air", "field"]) else len(name) - 1
            if mention.kind in NAMED and kinds > 0 and " ".join(name[:kinds]) not in found:
                at = self.places.locate(self.document, mention, self.context)
                if at is not None and at.value.precision is Precision.EXACT:
                    found[" ".join(name[:kinds])] = mention
        return found

    def adds_to_total(self, index: int, happening: Happening) -> bool:
        """Whether a lone word for harm follows words about many happenings, and so speaks of their toll; or a list's last line
        adds up what the others tell."""
        if self.layout.entries and _SUM.match(self.document.text, happening.sentence.start):
            return True
        if happening.score >= STRONG or happening.role(RoleName.PLACE) or happening.role(RoleName.TIME) or not index:
            return False
        return self.reading.happenings[index - 1].generic

    def many(self, happening: Happening) -> bool:
        """Whether the words speak of several sites or strikes at once without naming them."""
        return bool(_SEVERAL.search(happening.sentence.of(self.document.text)))

    def time_of(self, happening: Happening) -> Stated[Interval] | None:
        """When, as the happening's own time words say: the nearest that names a day, with the nearest hour."""
        hour: TimeWords | None = None
        upto: Stated[Interval] | None = None
        wide: Stated[Interval] | None = None
        for words in self.deed_times(happening):
            if isinstance(words.form, Bare):
                hour = hour or (None if is_column(self.document.text, words) else words)
                continue
            found = self.interval(words, "future" if happening.realis is Realis.PLANNED else "past")
            if 0 <= happening.trigger.start - words.span.end < _NEXT:
                found = found or self.before_that(happening, words)
            if found is None and words.has_day and not self.published.days:
                return wide  # "on Thursday" of an undated page: another time in the sentence is of something else
            if found is None or not found.days or (found.days > LONGEST_DAYS and not self.long_ago(found)):
                continue
            if self.is_of_later(happening, words) or self.counts_ahead(happening, words, found):
                last = min((day for day in (found.latest, self.published.latest) if day), default=None)
                upto = upto or Stated(Interval(None, last), (words.span,), self.step.id, self.sure_of(words))
                continue
            if (happening.realis is not Realis.PLANNED and self.is_ahead(found)) or (wide and not wide.value.meets(found)):
                continue
            if found.days > LONGEST_DAYS and isinstance(words.form, Calendar):
                wide = wide or Stated(found, (words.span,), self.step.id, self.sure_of(words))
                continue  # "in 2016 ... on 9 August of that year"
            if hour and hour.clock and found.clock is None:
                return Stated(replace(found, clock=hour.clock), (words.span, hour.span), self.step.id, self.sure_of(words))
            return Stated(found, (words.span,), self.step.id, self.sure_of(words))
        return wide or upto or self.by_context(happening, hour)

    def deed_times(self, happening: Happening) -> Iterator[TimeWords]:
        """The times that may be the deed's: none that only bounds it, and none of a count of its dead."""
        planned = happening.realis is Realis.PLANNED
        for words in self.times_of(happening):
            by = words.bound is Bound.UNTIL and self.document.quote(words.span)[:2] in ("by", "By") and not planned
            if by or (words.bound is Bound.SINCE and self.is_begun(happening, words)):
                words = replace(words, bound=Bound.NONE)  # "by Saturday they had burned three offices"
            aside = day_asides.of_whom(self.document.text, happening.sentence, words.span, happening.trigger)
            if aside and not any(aside.holds(h.trigger) for h in self.reading.happenings):
                continue
            if happening.score < STRONG and day_asides.of_count(self.document.text, happening.sentence, words.span):
                continue
            if words.is_time and words.bound not in (Bound.SINCE, Bound.UNTIL, Bound.BEFORE):
                yield words

    def is_of_later(self, happening: Happening, words: TimeWords) -> bool:
        """Whether a time is that of something after the deed: of a picture, a court's, of what somebody did then."""
        text, sentence, trigger = self.document.text, happening.sentence, happening.trigger
        tried = happening.sub_event_type != "Arrests" and follow_ups.is_its_day(text, sentence, words.span, trigger)
        return tried or is_pictures(text, sentence, trigger, words) or self.of_what_followed(happening, words)

    def by_context(self, happening: Happening, hour: TimeWords | None) -> Stated[Interval] | None:
        """When, where its own words say an hour at the most: by what heads it, by the sentence before, by the story."""
        if (above := self.dated_above(happening)) and hour:
            return replace(above, value=replace(above.value, clock=hour.clock), evidence=(*above.evidence, hour.span))
        if above:
            return above
        if self.layout.period and (beside := self.told_beside(happening)):
            return beside
        if not hour and self.story and self.story_words and self.goes_on(happening):
            return Stated(self.story, (self.story_words,), self.step.id, self.sure(BY_STORY))
        if hour and self.story and not self.of_another_post(happening):
            return Stated(daytimes.at_hour(self.story, hour), (hour.span,), self.step.id, self.sure(BY_STORY))
        return self.year_of(happening)

    def of_another_post(self, happening: Happening) -> bool:
        """Whether the day last told of stands in another post of a live blog: each of these begins with its own hour."""
        layout, words = self.layout, self.story_words
        return layout.is_blog and words is not None and layout.post(words) != layout.post(happening.sentence)

    def told_beside(self, happening: Happening) -> Stated[Interval] | None:
        """The day that the sentences before tell of, in one paragraph: that of what the next ones tell without a day."""
        words, start = self.story_words, happening.sentence.start
        if self.story is None or words is None or (self.story.days or LONGEST_DAYS) > OF_A_NIGHT:
            return None
        if self.is_ahead(self.story) or self.pictured:
            return None
        told = self.sentence(words)
        if told is None or told.end > start or start - told.end > _PARAGRAPH or "\n" in self.document.text[told.end : start]:
            return None
        return Stated(self.story, (words,), self.step.id, self.sure(BY_STORY))

    def goes_on(self, happening: Happening) -> bool:
        """Whether a deed came next on the day last told of: "They then shelled the town", "for the rest of the day"."""
        words, start, text = self.story_words, happening.sentence.start, self.document.text
        if words is None or self.story is None or (self.story.days or LONGEST_DAYS) > OF_A_NIGHT:
            return False
        if not 0 < start - words.end < _NEAR or self.is_ahead(self.story) or self.pictured or happening.role(RoleName.TIME):
            return False
        first = not any(start <= h.trigger.start < happening.trigger.start for h in self.reading.happenings)
        return first and day_asides.then(text, happening.sentence, happening.trigger)

    def is_begun(self, happening: Happening, words: TimeWords) -> bool:
        """Whether a beginning is when a deed was: "from 05:40 on 13 May", "since May, when soldiers shot nine"."""
        behind = any(words.span.end <= m.span.start for name in (*BEFALLEN, RoleName.KILLED) for m in happening.role(name))
        when_it = (behind or words.span.end <= happening.trigger.start) and _WHEN.match(self.document.text, words.span.end)
        return bool(when_it or (words.clock and self.document.quote(words.span)[:4].lower() == "from"))

    def before_that(self, happening: Happening, words: TimeWords) -> Interval | None:
        """When it was that something else came so many days after: "Monday's raid came two days after gunmen attacked a bus"."""
        form = words.form
        if not (isinstance(form, Shift) and form.unit in _COUNTED and form.low > 0 and form.origin == "story"):
            return None
        dated = [w for w in self.said if happening.sentence.holds(w.span) and w.has_day and w.form != form]
        opens = not any(c.isalpha() for c in self.document.text[happening.sentence.start : words.span.start])
        if form.unit is not Unit.DAY and not opens and any(w.span.start > words.span.end for w in dated):
            return None  # "three weeks after raiders came on 2 April"
        told = [w for w in dated if w.span.end <= words.span.start] or [w for w in dated if opens or is_whole(w)]
        day = self.interval(told[-1], "past") if told else None
        if not told and day_asides.it_came(self.document.text, happening.sentence, words.span) and not self.pictured:
            day = self.story
        if day is None or day.earliest is None or day.latest is None or (day.days or 0) > OF_A_NIGHT:
            return None
        last = day.earliest if daytimes.is_night(day) else day.latest
        return counted.of_count(Shift(form.unit, -form.high, -form.low), Interval(day.earliest, last))

    def of_what_followed(self, happening: Happening, words: TimeWords) -> bool:
        """Whether a time is that of what somebody did after a deed, and not the deed's: "buried on Friday after he was killed".
        Where what came after is harm too, it is of one day: "died on Friday after shells fell"."""
        if happening.trigger.start < words.span.end or not _AFTERWARDS.match(self.document.text, words.span.end):
            return False
        start, end = happening.sentence.start, words.span.start
        told = any(start <= h.trigger.start < end for h in self.reading.happenings)
        return not told and _HURT.search(self.document.text, max(start, end - 40), end) is None

    def counts_ahead(self, happening: Happening, words: TimeWords, found: Interval) -> bool:
        """ "Days later", of something that the report does not date: it was so by then, and no more is told."""
        page = self.published.latest
        of_story = isinstance(words.form, Shift) and words.form.origin == "story" and happening.realis is not Realis.PLANNED
        return bool(of_story and page and found.earliest and found.earliest > page)

    def is_ahead(self, found: Interval) -> bool:
        """Whether days lie after the report, in which nothing that it tells of has happened."""
        page = self.published.latest
        return bool(page and found.earliest and (found.earliest - page).days > dates.AHEAD)

    def year_of(self, happening: Happening) -> Stated[Interval] | None:
        """The year that stands before what happened, where it is long ago: "the 2012 attack on the consulate"."""
        start = happening.trigger.start
        year = _YEAR.search(self.document.text, max(happening.sentence.start, start - 48), start)
        if year is None:
            return None
        found = Interval(date(int(year[1]), 1, 1), date(int(year[1]), 12, 31))
        return Stated(found, (Span(*year.span(1)),), self.step.id, self.sure(1.0)) if self.long_ago(found) else None

    def times_of(self, happening: Happening) -> list[TimeWords]:
        """The happening's own times, nearest first: of one that the network alone sees, which has none, its sentence's."""
        if happening.role(RoleName.TIME) or happening.score > ALONE:
            own = [words for m in happening.role(RoleName.TIME) if (words := self.words(m)) is not None] or self.opens(happening)
            # What heads the line dates it where it says no other: "15.10.2025 07:05 A grenade was thrown at a house overnight".
            own = [words for words in own if not day_asides.of_paper(self.document.text, words.span)]
            return [words for words in own if not any(h.words.span.meets(words.span) for h in self.layout.headings)]
        near = (words for words in self.said if happening.sentence.holds(words.span) and words.has_day)
        own = [words for words in near if not (self.stated(words) or self.in_dateline(words))]
        return sorted(own, key=lambda words: abs(words.span.start - happening.trigger.start))

    def opens(self, happening: Happening) -> list[TimeWords]:
        """The one day in a sentence that it opens with: "On Friday night, men in uniform came and took away nine"."""
        sentence = happening.sentence
        dated = [words for words in self.said if sentence.holds(words.span) and words.has_day]
        if len(dated) != 1 or dated[0].bound or happening.trigger.start < dated[0].span.end:
            return []
        words = dated[0]
        first = _OPENS.fullmatch(self.document.text, sentence.start, words.span.start)
        return [words] if first and not (self.stated(words) or self.in_dateline(words)) else []

    def stated(self, words: TimeWords) -> bool:
        """Whether a time is when somebody said so, or when a paper wrote so: "a report on this page on 5 April said"."""
        return day_asides.of_paper(self.document.text, words.span) or any(
            a.time.span.meets(words.span) for a in self.reading.attributions if a.time
        )

    def interval(self, words: TimeWords, tense: tenses.Tense) -> Interval | None:
        """What time words mean here, in local days: in news a date without its year is of the page's year, not the story's."""
        form = words.form
        if tenses.is_nowadays(words, self.history) or tenses.counts_from_event(self.document.text, words):
            return None
        hours = isinstance(form, Shift | Within) and form.unit in (Unit.MINUTE, Unit.HOUR) and abs(form.low) <= _HOURS
        if hours and self.layout.is_blog:
            return self.published  # "an hour ago" in a post of the day
        bare = isinstance(form, Calendar) and form.year is None and not form.which
        story = self.story if self.history or not bare else self.dated_before(words)
        if isinstance(form, Calendar) and form.which in _OF_YEAR:
            story = self.year_before(words) or self.year or story
        begun = counted.begun(self.document.text, words.span) if isinstance(form, Into) else None
        words = self.layout.settled(words)
        if soon := self.soon_after_heading(words):
            return soon
        found = when.interval(words, self.page(words), tense, story, begun=begun)
        return daytimes.at_place(found, self.ahead) if found and self.ahead is not None else found

    def soon_after_heading(self, words: TimeWords) -> Interval | None:
        """The day after the date of a log's line, or the next, where the line tells of that weekday: "SAT 21 FEB 2330 ... died
        0115 Sunday"."""
        form, above = words.form, self.layout.above(words.span)
        day, page = above.days.earliest if above and above.days.days == 1 else None, self.published.latest
        if day is None or page is None or not isinstance(form, Weekday) or form != Weekday(form.day):
            return None
        ahead = (form.day - day.weekday()) % 7
        return Interval.day(day + timedelta(days=ahead)) if ahead in (1, 2) and (page - day).days >= ahead else None

    def dated_before(self, words: TimeWords) -> Interval | None:
        """The day last told of in a paragraph, where it says its year: "on 11 July 1995. On 13 July" are of one year."""
        start = self.document.text.rfind("\n", 0, words.span.start) + 1
        for told in reversed([w for w in self.said if start <= w.span.start < words.span.start and w.has_day]):
            if not isinstance(told.form, Calendar):
                if getattr(told.form, "origin", "page") == "page":
                    return None
            elif told.form.year:
                return when.interval(told, self.published) if told.form.day else None
        return None

    def year_before(self, words: TimeWords) -> Interval | None:
        """The year that the words before name last, in one paragraph: "In 2022 ... was shot on 11 May of that year"."""
        start = self.document.text.rfind("\n", 0, words.span.start) + 1
        told = (w.form.year for w in self.said if start <= w.span.start < words.span.start and isinstance(w.form, Calendar))
        years = [year for year in told if year]
        return Interval(date(years[-1], 1, 1), date(years[-1], 12, 31)) if years else None

    def page(self, words: TimeWords) -> Interval:
        """The day from which words look back: that under which they stand for "yesterday" and "Monday", else the page's; and on
        a page without a date that of the picture that they stand under: "May 24, 2024, after Monday's attack"."""
        above = None if isinstance(words.form, Calendar | Range) else self.layout.above(words.span)
        if above and above.days.days == 1:
            return above.days
        if week := self.layout.week(words):
            return week
        if written := self.written_on(words):
            return written
        told = self.sentence(words.span) if isinstance(words.form, Weekday) and not self.published.days else None
        beside = [w for w in self.said if told and told.holds(w.span) and is_whole(w)]
        return (when.interval(beside[0], self.published) if len(beside) == 1 else None) or self.published

    def written_on(self, words: TimeWords) -> Interval | None:
        """The day of the dateline above, from which "yesterday" and "today" look back: "QUETTA, Nov 12: ... today", printed a day
        later."""
        if not isinstance(words.form, Shift) or words.form.origin != "page":
            return None
        return next((day for at, day in reversed(self.datelines) if at < words.span.start), None)

    @cached_property
    def datelines(self) -> tuple[tuple[int, Interval], ...]:
        """Where datelines stand that bear a day up to a week before the page's, and that day."""
        dated = ((w, when.interval(w, self.published)) for w in self.said if isinstance(w.form, Calendar) and w.form.day)
        page = self.published.latest
        return tuple(
            (w.span.start, day)
            for w, day in dated
            if day is not None and day.days == 1 and day.latest and page and 0 <= (page - day.latest).days <= _PRINTED
            if not times.is_stamp(self.document.text, w) and self.in_dateline(w)
        )

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
        if self.document.text[end : end + 2] in ("'s", "’s") and (bound := _BOUND.match(self.document.text, start, end)):
            start = bound.end()  # "after Monday's attack": on Monday
        if found := when.parse(self.document.text[start:end]):
            found = replace(found, span=Span(start + found.span.start, start + found.span.end))
            other = isinstance(found.form, Calendar) and found.form.other  # "9/2/2024", as its text writes dates
            return times.settled(self.document.text, [found])[0] if other else found
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
                    if getattr(words.form, "origin", "page") == "page":  # "the army said that night"
                        self.story, self.story_words = Interval(found.earliest, found.latest), None
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
        if self.is_one(mention):
            return actor
        forces = self.actors.meant(f"{actor.value.written} forces", at)
        return replace(actor, value=replace(forces[0], written=actor.value.written)) if forces and forces[0].id else actor

    def is_one(self, mention: Mention) -> bool:
        """ "Stabbed by a Syrian": one of a land, where no noun follows that is the land's."""
        before, after = self.document.text[max(0, mention.span.start - 8) : mention.span.start], mention.span.end
        return _ONE_BEFORE.search(before) is not None and _NO_NOUN.match(self.document.text, after) is not None

    @cached_property
    def home(self) -> Stated[Place] | None:
        """The country that most of the document's places lie in: an incident has a country."""
        return self.places.country_of(self.context)

    def sentence(self, span: Span) -> Span | None:
        """The sentence that holds a span."""
        return next((s for s in self.reading.sentences if s.holds(span)), None)
