"""Made-up readings of the rules and made-up finds of the network, and whom the reader believes in what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_read_rules import document

from crossbearing.model.mention import (
    MEANS_UNKNOWN,
    Attribution,
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
from crossbearing.model.text import Span
from crossbearing.read.both import ALONE, Trust, both
from crossbearing.read.network.decode import Decoded, Heard, Named, Seen, Trigger, Word, tables
from crossbearing.read.network.labels import ARCS, BUCKETS, FLAT, KINDS, LINKS, WIDE
from crossbearing.words import sentences

TRUST = Trust(
    no_happening=0.03, realis=0.9, past=0.97, kind=0.6, means=0.3, new=0.8, known=0.9, part=0.6, unheard=0.005, sure=1.1
)
"""Thresholds for these tests alone: those that ship are chosen on dev parts and may move."""
ROLE_SCORE = 4.0
"""A role's score where it is drawn: three words together then stand at 0.98."""


@dataclass(frozen=True)
class Said:
    """What the network says of a word, made up: in the place of a `decode.Word`."""

    happening: float
    realis: dict[str, float]
    kinds: dict[str, float]
    seen: Seen
    index: int


class Found(Decoded):
    """What the network finds, in which words are made up."""

    def word(self, start: int) -> Word | None:
        return self.words.get(start)  # type: ignore[return-value]


class Page:
    """A text of which a test says what the rules read and what the network finds; words are named by how they are written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.document = document(text)
        cut = tuple(sentences.split(text, Span(0, len(text))))
        self.rules = Reading(self.document.id, "rules", cut, (), (), ())
        self.found = Found()

    def at(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def sentence(self, words: str) -> Span:
        return next(s for s in self.rules.sentences if s.holds(self.at(words)))

    # What the rules read.

    def named(self, words: str, kind: MentionKind, known: str | None = None) -> Mention:
        mention = Mention(self.at(words), kind, known)
        self.rules = replace(self.rules, mentions=(*self.rules.mentions, mention))
        return mention

    def told(
        self,
        trigger: str,
        *roles: Role,
        voices: Sequence[int] = (),
        realis: Realis = Realis.ASSERTED,
        sub: str = MEANS_UNKNOWN,
    ) -> None:
        made = Happening(self.at(trigger), self.sentence(trigger), "any", sub, realis, roles, tuple(voices))
        self.rules = replace(self.rules, happenings=(*self.rules.happenings, made))

    def attributed(
        self, cue: str, content: str, source: Mention | None = None, stance: Stance = Stance.ASSERTS, within: int | None = None
    ) -> None:
        made = Attribution(self.at(cue), self.at(content), stance, source, within)
        self.rules = replace(self.rules, attributions=(*self.rules.attributions, made))

    def counted(self, words: str, happening: int | None) -> None:
        made = StatedFigure(Mention(self.at(words), MentionKind.FIGURE), "killed", happening=happening)
        self.rules = replace(self.rules, figures=(*self.rules.figures, made))

    # What the network finds.

    def heard(self, source: str, cue: str, *content: str) -> None:
        pieces = [tuple(map(self.at, filter(None, part))) for part in ((source,), (cue,), content)]
        self.found.voices.append(Heard(pieces[0], pieces[1], pieces[2], 0.9))

    def marked(self, words: str, label: str) -> None:
        self.found.mentions.append(Named(self.at(words), label, 0.9))

    def triggered(self, words: str, kind: str = "air", score: float = 0.9, *roles: tuple[str, str]) -> None:
        parts = tuple(Named(self.at(said), name, 0.9) for said, name in roles)
        self.found.triggers.append(Trigger(self.at(words), share("kind", kind), share("realis", "asserted"), parts, score, 0))

    def scored(
        self,
        words: str,
        happening: float = 0.9,
        kind: tuple[str, float] = ("strike", 0.5),
        realis: tuple[str, float] = ("asserted", 0.5),
        roles: Sequence[tuple[str, str]] = (),
    ) -> None:
        """What the network says of a trigger's first word, and the parts it sees from there."""
        cut = self.cut()
        index = next(n for n, (a, _) in enumerate(cut) if a == self.at(words).start)
        flat = np.zeros((len(cut), sum(map(len, (*FLAT.values(), *ARCS.values())))), np.float32)
        first = flat.shape[1] - len(ARCS["role"])
        flat[:, first] = ROLE_SCORE
        for said, name in roles:
            for n, (a, b) in enumerate(cut):
                if self.at(said).holds(Span(a, b)):
                    flat[n, first + ARCS["role"].index(name)] = 3 * ROLE_SCORE
        near = {name: np.zeros((2 * len(BUCKETS) + 1, len(labels))).tolist() for name, labels in ARCS.items()}
        held = tables({"near": near, "link": dict.fromkeys(LINKS, (1.0, 0.0))})
        seen = Seen(cut, flat, np.zeros((len(cut), WIDE), np.float32), held)
        said = Said(happening, share("realis", *realis), share("kind", *kind), seen, index)
        self.found.words[self.at(words).start] = said  # type: ignore[assignment]

    def cut(self) -> list[tuple[int, int]]:
        starts = [0, *(n + 1 for n, c in enumerate(self.text) if c == " ")]
        words = [self.text[a:].split()[0].rstrip(".,:”") for a in starts]
        return [(a, a + len(w)) for a, w in zip(starts, words, strict=True)]

    # What comes of it.

    def read(self, trust: Trust | None = None) -> Reading:
        return both(self.document, self.rules, self.found, "network", trust or TRUST)

    def voices(self, reading: Reading) -> dict[str, list[str]]:
        """The cues of each happening's voices, outermost first, by its trigger."""
        said = [a.cue.of(self.text) for a in reading.attributions]
        return {h.trigger.of(self.text): [said[n] for n in h.attributions] for h in reading.happenings}

    def parts(self, happening: Happening) -> list[tuple[str, str]]:
        return [(r.name.value, r.mention.span.of(self.text)) for r in happening.roles]


def share(head: str, label: str, score: float = 0.9) -> dict[str, float]:
    """A label's share, and the rest evenly to the others."""
    labels = FLAT[head]
    return {name: score if name == label else (1 - score) / (len(labels) - 1) for name in labels}


def part(page: Page, name: RoleName, words: str, kind: MentionKind = MentionKind.GROUP) -> Role:
    return Role(name, Mention(page.at(words), kind))


# ---------------------------------------------------------------------- nothing found


def test_where_the_network_finds_nothing_the_rules_are_heard() -> None:
    """The reading is the rules' but for the step's name."""
    page = Page("The army said a raid hit the depot. Rebels denied it had killed two men.")
    army = page.named("army", MentionKind.GROUP, "army")
    page.attributed("said", "a raid hit the depot", army)
    page.attributed("denied", "it had killed two men", within=0)
    page.told("raid", part(page, RoleName.TARGET, "depot"), voices=[0])
    page.told("killed", voices=[0, 1])
    page.counted("two", 1)
    reading = page.read()
    assert reading.step == "network"
    assert replace(reading, step="rules", parts=None) == page.rules


def test_the_town_of_a_dateline_is_no_part_of_whom_the_report_opens_with() -> None:
    """What the network takes for one name is two where a dash stands in it, the first a place as the rules have it."""
    page = Page("GOMA - Ugandan soldiers shot two traders.")
    page.named("GOMA", MentionKind.PLACE)
    page.found.mentions.append(Named(page.at("GOMA - Ugandan soldiers"), "group", 0.9))
    held = [(m.kind, m.span.of(page.text)) for m in page.read().mentions]
    assert held == [(MentionKind.PLACE, "GOMA"), (MentionKind.GROUP, "Ugandan soldiers")]


def test_parts_of_some_incident_are_given_as_the_network_sees_them() -> None:
    """Who did it is people or a group; none is an empty row, and not the silence of a reader that cannot tell."""
    page = Page("A raid hit the depot. The rebels of the north killed two men.")
    assert page.rules.parts is None
    assert page.read().parts == ()
    page.found.fillers += [Named(page.at("the depot"), "object", 0.7), Named(page.at("The rebels"), "perpetrator-group", 0.3)]
    parts = page.read().parts or ()
    assert [(p.name, p.mention.span.of(page.text), p.mention.kind, p.score) for p in parts] == [
        (RoleName.TARGET, "the depot", MentionKind.FACILITY, 0.7),
        (RoleName.PERPETRATOR, "The rebels", MentionKind.GROUP, 0.3),
    ]


# ---------------------------------------------------------------------- voices

LONG = "The army said the strike hit a depot, and in the hills east of the town, where the road ends, rebels shelled the camp."


def test_the_contents_of_the_network_say_which_voice_tells_of_which_happening() -> None:
    """The rules took the sentence for all the army's; the network hears the second half in nobody's voice."""
    page = Page(LONG)
    page.attributed("said", LONG[LONG.index("the strike") : -1], page.named("army", MentionKind.GROUP))
    page.told("strike", voices=[0])
    page.told("shelled", voices=[0])
    page.heard("The army", "said", "the strike hit a depot")
    assert page.voices(page.read()) == {"strike": ["said"], "shelled": []}


def test_a_happening_that_the_network_hears_in_a_voice_is_told_by_it() -> None:
    """The rules missed that the content begins before the cue."""
    page = Page("The strike hit a depot, the army said, and rebels fled.")
    page.attributed("said", "and rebels fled", page.named("army", MentionKind.GROUP))
    page.told("strike")
    page.told("fled", voices=[0])
    page.heard("the army", "said", "The strike hit a depot", "and rebels fled")
    reading = page.read()
    assert page.voices(reading) == {"strike": ["said"], "fled": ["said"]}
    [voice] = reading.attributions
    assert [p.of(page.text) for p in voice.pieces] == ["The strike hit a depot", "and rebels fled"]
    assert voice.content == page.at("The strike hit a depot, the army said, and rebels fled")
    assert voice.source == page.rules.attributions[0].source


def test_what_stands_between_the_pieces_of_a_content_is_not_in_its_voice() -> None:
    """The writer's own words about the speaker are the writer's."""
    page = Page("The strike hit a depot, said Omar, who was shot on Monday, and rebels fled.")
    page.named("Omar", MentionKind.PERSON)
    page.told("shot")
    page.told("fled")
    page.heard("Omar", "said", "The strike hit a depot", "and rebels fled")
    assert page.voices(page.read()) == {"shot": [], "fled": ["said"]}


@pytest.mark.parametrize(
    ("cue", "speaks"),
    [("said", True), ("claims", True), ("according to", True), ("quoting", True), ("planned", False), ("fears", False)],
)
def test_a_happening_stands_in_a_voice_that_speaks(cue: str, speaks: bool) -> None:
    """What someone plans or fears is no testimony."""
    page = Page(f"Omar {cue} a strike on the depot.")
    page.named("Omar", MentionKind.PERSON)
    page.told("strike")
    page.heard("Omar", cue, "a strike on the depot")
    assert page.voices(page.read()) == {"strike": [cue] if speaks else []}


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", Stance.ASSERTS),
        ("reported", Stance.RELAYS),
        ("claimed", Stance.CLAIMS),
        ("denied", Stance.DENIES),
        ("mused", Stance.ASSERTS),
    ],
)
def test_what_a_cue_does_is_what_the_table_says(cue: str, stance: Stance) -> None:
    """A cue that the table does not know asserts."""
    page = Page(f"Omar {cue} a strike.")
    page.heard("Omar", cue, "a strike")
    assert [a.stance for a in page.read().attributions] == [stance]


def test_who_told_an_outlet_speaks_within_it() -> None:
    """The rules know the outlet alone, and the network who told it: both are heard, the outlet first."""
    page = Page("Omar told AFP that a strike hit the depot.")
    page.attributed("told", "a strike hit", page.named("AFP", MentionKind.ORGANISATION))
    [ruled] = page.rules.attributions
    page.rules = replace(page.rules, attributions=(replace(ruled, medium=True),))
    page.heard("Omar", "told AFP", "that a strike hit the depot")
    heard = page.read().attributions
    assert [v.source.span.of(page.text) for v in heard if v.source and not v.medium] == ["Omar"]


def test_what_the_rules_know_of_a_cue_is_kept() -> None:
    """Its stance, its time, and that its source only carries; the words are the network's."""
    page = Page("AFP reported on Monday that a strike hit the depot.")
    day = page.named("Monday", MentionKind.TIME)
    page.attributed("reported", "a strike hit", page.named("AFP", MentionKind.ORGANISATION))
    [ruled] = page.rules.attributions
    ruled = replace(ruled, medium=True, time=day, stance=Stance.CANNOT_CONFIRM)
    page.rules = replace(page.rules, attributions=(ruled,))
    page.heard("AFP", "reported", "that a strike hit the depot")
    [voice] = page.read().attributions
    assert (voice.medium, voice.time, voice.stance, voice.source) == (True, day, Stance.CANNOT_CONFIRM, ruled.source)
    assert (voice.cue, voice.content) == (page.at("reported"), page.at("that a strike hit the depot"))


def test_a_pronoun_means_whom_the_rules_take_it_for() -> None:
    """The pronoun's own words are kept beside whom it means."""
    page = Page("Omar spoke to Hassan on Monday. He said a strike hit the depot.")
    omar = page.named("Omar", MentionKind.PERSON)
    page.named("Hassan", MentionKind.PERSON)
    page.attributed("said", "a strike hit the depot", omar)
    page.heard("He", "said", "a strike hit the depot")
    [voice] = page.read().attributions
    assert voice.source == omar
    assert voice.source_pieces == (page.at("He"),)


def test_a_pronoun_that_the_rules_have_not_heard_is_the_voice_before() -> None:
    """Before in the text, whatever order the network tells them in."""
    page = Page("Omar said rebels fled. He added that a strike hit the depot.")
    omar = page.named("Omar", MentionKind.PERSON)
    page.heard("He", "added", "that a strike hit the depot")
    page.heard("Omar", "said", "rebels fled")
    first, second = page.read().attributions
    assert (first.source, second.source) == (omar, omar)
    assert second.source_pieces == (page.at("He"),)


@pytest.mark.parametrize(("between", "whose"), [("and", "Omar"), (", and later", "Omar"), ("and a strike", None)])
def test_a_cue_behind_and_has_the_source_of_the_one_before(between: str, whose: str | None) -> None:
    """Where nothing but the "and" stands between what was said and the next word for saying."""
    page = Page(f"Omar confirmed the raid {between} said that two men had died.".replace(" ,", ","))
    page.named("Omar", MentionKind.PERSON)
    page.heard("Omar", "confirmed", "the raid")
    page.heard("", "said", "that two men had died")
    _, second = page.read().attributions
    assert (second.source.span.of(page.text) if second.source else None) == whose


def test_a_pronoun_with_no_voice_before_it_names_nobody() -> None:
    """A voice without a source tells of no happening."""
    page = Page("He said a strike hit the depot.")
    page.told("strike")
    page.heard("He", "said", "a strike hit the depot")
    reading = page.read()
    assert [a.source for a in reading.attributions] == [None]
    assert page.voices(reading) == {"strike": []}


@pytest.mark.parametrize(
    ("mentions", "wanted"),
    [
        ([("Kutum", MentionKind.PLACE, None), ("governor", MentionKind.PERSON, None)], "Kutum governor"),
        ([("governor", MentionKind.PERSON, None), ("Radio Dabanga", MentionKind.ORGANISATION, "dabanga")], "Radio Dabanga"),
        ([("Monday", MentionKind.TIME, None), ("Kutum", MentionKind.PLACE, None)], "Kutum governor"),
        pytest.param([("Monday", MentionKind.TIME, None)], "Kutum governor on Monday Radio Dabanga"),
        ([], "Kutum governor on Monday Radio Dabanga"),
    ],
)
def test_a_source_is_the_best_known_mention_in_its_words(
    mentions: list[tuple[str, MentionKind, str | None]], wanted: str
) -> None:
    """A name the tables know before others, a place last; a time is no source; words without a mention stay as they are."""
    page = Page("The Kutum governor on Monday Radio Dabanga said a strike hit the depot.")
    for words, kind, known in mentions:
        page.named(words, kind, known)
    page.heard("The Kutum governor on Monday Radio Dabanga", "said", "a strike hit the depot")
    [voice] = page.read().attributions
    assert voice.source
    assert voice.source.span.of(page.text) == wanted


@pytest.mark.parametrize(
    ("source", "named", "kind", "wanted"),
    [
        ("Hospital officials", "officials", MentionKind.PERSON, "Hospital officials"),
        ("A source in the regional capital Pemba", "Pemba", MentionKind.PERSON, "source"),
        ("The civil society of the Beni territory", "Beni", MentionKind.PLACE, "civil society"),
        ("Armenia's defence ministry", "Armenia", MentionKind.STATE, "Armenia's defence ministry"),
        ("Baku's prosecutor general", "general", MentionKind.PERSON, "prosecutor general"),
        ("The Ministry of National Defence", "Ministry", MentionKind.ORGANISATION, "Ministry of National Defence"),
        ("The militia's statement", "militia", MentionKind.GROUP, "militia"),
        ("The mayor of Sake, Paul Ngoma", "Paul Ngoma", MentionKind.PERSON, "Paul Ngoma"),
        ("Paul Ngoma, a spokesman of the rebels", "spokesman", MentionKind.PERSON, "Paul Ngoma"),
    ],
)
def test_who_speaks_is_named_in_as_many_words_as_are_heard(source: str, named: str, kind: MentionKind, wanted: str) -> None:
    """The head of the words for the source, whole, and not the town or the state that stands in them."""
    page = Page(f"{source} said that a strike hit the depot.")
    page.attributed("said", "that a strike hit the depot", page.named(named, kind))
    page.heard(source, "said", "that a strike hit the depot")
    [voice] = page.read().attributions
    assert voice.source
    assert voice.source.span.of(page.text) == wanted


def test_a_place_in_the_words_of_who_tells_of_the_dead_is_theirs() -> None:
    """ "The hospital in Kutum told us": where the wounded were brought is not where they were hurt."""
    page = Page("The hospital in Kutum told us that six people died in the strike.")
    page.told("strike", part(page, RoleName.PLACE, "Kutum", MentionKind.PLACE))
    page.scored("strike")
    page.heard("The hospital in Kutum", "told us", "that six people died in the strike")
    [happening] = page.read().happenings
    assert not happening.role(RoleName.PLACE)


def test_voices_that_only_the_rules_hear_stay() -> None:
    """A formula goes on telling of its happening."""
    page = Page("Hamas claimed responsibility for the strike. The army said rebels fled.")
    page.attributed("claimed responsibility", "the strike", page.named("Hamas", MentionKind.GROUP, "hamas"), Stance.CLAIMS)
    page.told("strike", voices=[0])
    page.told("fled")
    page.heard("The army", "said", "rebels fled")
    page.named("army", MentionKind.GROUP)
    reading = page.read()
    assert reading.attributions[0] == page.rules.attributions[0]
    assert page.voices(reading) == {"strike": ["claimed responsibility"], "fled": ["said"]}


def test_where_nothing_is_told_a_voice_that_only_the_rules_hear_is_none() -> None:
    """They take all talk for testimony; beside a happening, a figure or a count they are heard, whether or not it is theirs."""
    page = Page("People say a lot. The army told reporters that two died. Police spoke of a strike.")
    page.attributed("say", "a lot")
    page.attributed("told", "that two died")
    page.attributed("spoke of", "a strike")
    page.counted("two", None)
    page.told("strike")
    assert [a.cue.of(page.text) for a in page.read().attributions] == ["told", "spoke of"]


def test_a_voice_before_those_of_the_rules_moves_their_places() -> None:
    """Happenings still point at the voices they did."""
    page = Page("Omar said rebels fled. Police said a strike killed two.")
    page.attributed("Police said", "a strike killed two", page.named("Police", MentionKind.ORGANISATION))
    page.told("strike", voices=[0])
    page.named("Omar", MentionKind.PERSON)
    page.heard("Omar", "said", "rebels fled")
    reading = page.read()
    assert [a.cue.of(page.text) for a in reading.attributions] == ["said", "Police said"]
    assert page.voices(reading) == {"strike": ["Police said"]}


def test_a_voice_of_the_rules_is_matched_once() -> None:
    """A second voice on the same cue takes nothing from the rules."""
    page = Page("Omar said on Monday and again said that rebels fled.")
    page.attributed("said on Monday and again said", "that rebels fled", stance=Stance.CANNOT_CONFIRM)
    page.heard("Omar", "said", "that rebels fled")
    page.heard("Omar", "again said", "that rebels fled")
    assert [a.stance for a in page.read().attributions] == [Stance.CANNOT_CONFIRM, Stance.ASSERTS]


# ---------------------------------------------------------------------- voices within voices

NESTED = "Radio Dabanga reported that witnesses told the governor that a strike hit the depot."
OUTER = "that witnesses told the governor that a strike hit the depot"
INNER = "that a strike hit the depot"


def nested() -> Page:
    page = Page(NESTED)
    page.named("Radio Dabanga", MentionKind.ORGANISATION, "dabanga")
    page.named("witnesses", MentionKind.PEOPLE)
    return page


def test_a_voice_is_within_the_one_in_whose_content_it_speaks() -> None:
    """The happening's voices stand outermost first."""
    page = nested()
    page.told("strike")
    page.heard("Radio Dabanga", "reported", OUTER)
    page.heard("witnesses", "told", INNER)
    reading = page.read()
    assert [a.within for a in reading.attributions] == [None, 0]
    assert page.voices(reading) == {"strike": ["reported", "told"]}


def test_a_voice_is_within_the_closest_of_two() -> None:
    """The innermost of those that hold it."""
    page = Page("Omar wrote that " + NESTED[0].lower() + NESTED[1:])
    page.heard("Omar", "wrote", page.text[page.text.index("that radio") : -1])
    page.heard("radio Dabanga", "reported", OUTER)
    page.heard("witnesses", "told", INNER)
    assert [a.within for a in page.read().attributions] == [None, 0, 1]


def test_a_voice_of_the_rules_stays_within_its_outer_one() -> None:
    """Where the network hears no inner voice, the rules' chain is kept."""
    page = nested()
    page.attributed("reported", OUTER)
    page.attributed("told", INNER, within=0)
    page.told("strike")
    page.heard("Radio Dabanga", "reported", "that witnesses")  # the network hears no more of it
    page.heard("", "a strike", "hit")
    assert [a.within for a in page.read().attributions] == [None, 0, None]


def test_the_voices_of_a_happening_stand_outermost_first_whoever_heard_them() -> None:
    """The outer voice is the rules', the inner one the network's alone."""
    page = nested()
    page.attributed("reported", OUTER, page.rules.mentions[0])
    page.told("strike", voices=[0])
    page.heard("Radio Dabanga", "reported", OUTER)
    page.heard("witnesses", "told", INNER)
    assert page.voices(page.read()) == {"strike": ["reported", "told"]}


def circle_free(reading: Reading) -> bool:
    for n in range(len(reading.attributions)):
        seen, at = {n}, reading.attributions[n].within
        while at is not None:
            if at in seen:
                return False
            seen.add(at)
            at = reading.attributions[at].within
    return True


@pytest.mark.parametrize(
    "voices",
    [
        pytest.param([("", "", "A strike hit the depot"), ("", "", "A strike")], id="two without a cue"),
        pytest.param([("", "", "A strike"), ("", "", "A strike")], id="one heard twice"),
        pytest.param([("", "said", "wrote Ali"), ("", "wrote", "said Omar")], id="each holds the other's cue"),
    ],
)
def test_voices_are_never_within_each_other(voices: list[tuple[str, str, str]]) -> None:
    """Whatever contents and cues the network gives them."""
    page = Page("A strike hit the depot, said Omar, wrote Ali.")
    for source, cue, content in voices:
        page.heard(source, cue, content)
    reading = page.read()
    assert len(reading.attributions) == 2
    assert circle_free(reading)


# ---------------------------------------------------------------------- happenings

THREE = "A strike hit the depot, killing two. A raid on a freedom bill killed three. Rebels shelled the camp, killing four."


def three() -> Page:
    page = Page(THREE)
    for trigger in ("strike", "raid", "shelled"):
        page.told(trigger)
    for n, words in enumerate(("two", "three", "four")):
        page.counted(words, n)
    return page


def told(page: Page, reading: Reading) -> list[str]:
    return [h.trigger.of(page.text) for h in reading.happenings]


def test_a_trigger_that_the_network_calls_no_happening_is_dropped_and_its_figures_are_totals() -> None:
    """Figures of other happenings stay with them."""
    page = three()
    page.scored("strike")
    page.scored("raid", happening=0.01)
    reading = page.read()
    assert told(page, reading) == ["strike", "shelled"]
    assert [f.happening for f in reading.figures] == [0, None, 1]


@pytest.mark.parametrize(("happening", "kept"), [(0.029, False), (0.03, True), (0.5, True)])
def test_a_trigger_is_dropped_below_the_threshold_only(happening: float, kept: bool) -> None:
    """At the threshold the rules are believed."""
    page = three()
    page.scored("raid", happening=happening)
    assert ("raid" in told(page, page.read())) is kept


def test_a_trigger_of_many_words_counts_by_the_word_that_tells_most() -> None:
    """One word that tells of nothing does not drop it."""
    page = Page("Rebels opened fire on the camp.")
    page.told("opened fire")
    page.scored("opened", happening=0.01)
    page.scored("fire", happening=0.8)
    assert told(page, page.read()) == ["opened fire"]


def test_a_happening_that_only_the_network_sees_is_added_in_its_place() -> None:
    """Figures of the happenings after it still point at theirs."""
    page = Page("A car smouldered at a gate. A strike hit the depot, killing two.")
    page.told("strike")
    page.counted("two", 0)
    page.triggered("smouldered", "ied", 0.9, ("car", "target"), ("gate", "place"))
    reading = page.read()
    assert told(page, reading) == ["smouldered", "strike"]
    assert [f.happening for f in reading.figures] == [1]
    new = reading.happenings[0]
    assert (new.event_type, new.sub_event_type) == KINDS["ied"]
    assert (new.realis, new.score, new.sentence) == (Realis.ASSERTED, 0.9 * ALONE, page.rules.sentences[0])
    assert page.parts(new) == [("target", "car"), ("place", "gate")]


@pytest.mark.parametrize(("kind", "generic"), [("ied", False), ("transfer", True), ("agreement", True)])
def test_a_happening_of_a_kind_that_only_made_up_reports_taught_is_no_incident_by_itself(kind: str, generic: bool) -> None:
    """The reading names it, as one of a kind and not of a day."""
    page = Page("A car smouldered at a gate.")
    page.triggered("smouldered", kind)
    assert [h.generic for h in page.read().happenings] == [generic]


@pytest.mark.parametrize("score", [0.89, 0.9], ids=["surer than of others", "sure"])
@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        pytest.param("A car bombed at a gate.", "bombed", "ied", id="a verb of violence"),
        pytest.param("Nobody was arrested at a gate.", "arrested", "arrests", id="a word of the table of kinds"),
    ],
)
def test_of_a_word_that_the_rules_passed_over_the_network_must_be_surer(text: str, word: str, kind: str, score: float) -> None:
    """They know the word and had a reason."""
    page = Page(text)
    page.triggered(word, kind, score)
    assert told(page, page.read()) == ([word] if score >= TRUST.known else [])


@pytest.mark.parametrize(
    ("text", "realis", "generic"),
    [
        pytest.param("What if a car smouldered at a gate?", Realis.HYPOTHETICAL, False, id="supposed"),
        pytest.param("In the film a car smouldered at a gate.", Realis.ASSERTED, True, id="staged"),
    ],
)
def test_what_a_sentence_says_of_the_whole_holds_for_a_happening_of_the_network(text: str, realis: Realis, generic: bool) -> None:
    """Nothing that is played or supposed happened, whoever reads it."""
    page = Page(text)
    page.triggered("smouldered", "ied")
    assert [(h.realis, h.generic) for h in page.read().happenings] == [(realis, generic)]


@pytest.mark.parametrize(("crowd", "added"), [(0.9, ["set out"]), (2.0, [])], ids=["sure enough", "not so sure"])
def test_a_protest_without_a_word_for_a_crowd_must_be_surer(crowd: float, added: list[str]) -> None:
    """A procession and a campaign are none."""
    page = Page("People set out for the gate with candles.")
    page.triggered("set out", "protest")
    assert told(page, page.read(replace(TRUST, crowd=crowd))) == added


def test_those_with_whom_a_thing_was_are_not_who_did_it() -> None:
    """ "A drone was sent at the base, with foreign forces in it"."""
    page = Page("A drone was lobbed at the base, with troops in it.")
    page.triggered("lobbed", "air", 0.9, ("troops", "perpetrator"), ("base", "target"))
    assert page.parts(page.read().happenings[0]) == [("target", "base")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("Mugging rates in the port fell again.", "Mugging", id="a rate"),
        pytest.param("Nurses went on strike over pay at the clinic.", "strike", id="a strike for pay"),
        pytest.param("They torched the defence and won three goals to nil.", "torched", id="a match"),
    ],
)
def test_a_rate_a_strike_for_pay_and_a_match_are_no_happening_of_the_network(text: str, word: str) -> None:
    """The rules' lists say so, of whatever word."""
    page = Page(text)
    page.triggered(word, "attack", 0.99)
    assert page.read().happenings == ()


def test_a_happening_of_the_network_stands_in_the_voice_that_tells_of_it() -> None:
    """The content that holds its trigger says whose it is."""
    page = Page("Omar said a car smouldered at a gate.")
    page.named("Omar", MentionKind.PERSON)
    page.triggered("smouldered", "ied")
    page.heard("Omar", "said", "a car smouldered at a gate")
    assert page.voices(page.read()) == {"smouldered": ["said"]}


@pytest.mark.parametrize(
    ("kind", "score"), [("ied", 0.79), ("harm", 0.99), ("other", 0.99), ("-", 0.99)], ids=["unsure", "harm", "other", "none"]
)
def test_a_happening_of_the_network_is_not_added_where_it_is_unsure_or_of_no_kind(kind: str, score: float) -> None:
    """Words for harm alone, and of other kinds, make none."""
    page = Page("A car smouldered at a gate.")
    page.triggered("smouldered", kind, score)
    assert page.read().happenings == ()


def test_a_happening_of_the_network_is_not_added_where_the_rules_have_one_in_the_sentence() -> None:
    """It could be the same one."""
    page = Page("A car smouldered at a gate as a strike hit the depot.")
    page.told("strike")
    page.triggered("smouldered", "ied")
    assert told(page, page.read()) == ["strike"]


def test_a_happening_of_the_network_is_not_added_across_sentences() -> None:
    """A trigger lies in one sentence."""
    page = Page("A car smouldered. Still at a gate.")
    page.triggered("smouldered. Still", "ied")
    assert page.read().happenings == ()


@pytest.mark.parametrize(
    ("ruled", "heard", "score", "wanted"),
    [
        (Realis.ASSERTED, "denied", 0.95, Realis.DENIED),
        (Realis.ASSERTED, "denied", 0.9, Realis.DENIED),
        (Realis.ASSERTED, "denied", 0.89, Realis.ASSERTED),
        (Realis.ASSERTED, "planned", 0.95, Realis.PLANNED),
        (Realis.ASSERTED, "background", 0.97, Realis.BACKGROUND),
        (Realis.ASSERTED, "background", 0.96, Realis.ASSERTED),
        (Realis.PLANNED, "asserted", 0.99, Realis.PLANNED),
        (Realis.DENIED, "foiled", 0.99, Realis.DENIED),
    ],
)
def test_what_the_rules_take_for_a_fact_is_none_where_the_network_is_sure(
    ruled: Realis, heard: str, score: float, wanted: Realis
) -> None:
    """What they take for a plan or denied stays so."""
    page = Page("A strike hit the depot.")
    page.told("strike", realis=ruled)
    page.scored("strike", realis=(heard, score))
    assert [h.realis for h in page.read().happenings] == [wanted]


@pytest.mark.parametrize(
    ("sub", "kind", "score", "wanted"),
    [
        (MEANS_UNKNOWN, "air", 0.3, "Air/drone strike"),
        (MEANS_UNKNOWN, "air", 0.29, MEANS_UNKNOWN),
        ("Attack", "abduction", 0.6, "Abduction/forced disappearance"),
        ("Attack", "abduction", 0.59, "Attack"),
        ("Attack", "strike", 0.99, "Attack"),
        ("Attack", "harm", 0.99, "Attack"),
        ("Attack", "other", 0.99, "Attack"),
        ("Armed clash", "air", 0.99, "Armed clash"),
    ],
)
def test_a_kind_that_the_rules_leave_vague_is_the_network_s(sub: str, kind: str, score: float, wanted: str) -> None:
    """A kind that the rules are sure of stays."""
    page = Page("A strike hit the depot.")
    page.told("strike", sub=sub)
    page.scored("strike", kind=(kind, score))
    assert [h.sub_event_type for h in page.read().happenings] == [wanted]


# ---------------------------------------------------------------------- parts

PARTS = "On Monday rebels fired mortar shells at the depot near Kutum camp, killing two."


def parts_of(
    held: Sequence[tuple[RoleName, str]], seen: Sequence[tuple[str, str]], trust: Trust | None = None
) -> list[tuple[str, str]]:
    page = Page(PARTS)
    page.told("fired", *(part(page, name, words) for name, words in held))
    page.scored("fired", roles=seen)
    [happening] = page.read(trust).happenings
    return page.parts(happening)


@pytest.mark.parametrize(
    ("held", "seen", "added"),
    [
        pytest.param([], [("rebels", "perpetrator")], [("perpetrator", "rebels")], id="open"),
        pytest.param([], [("mortar shells", "means")], [("means", "mortar shells")], id="of two words"),
        pytest.param([(RoleName.PERPETRATOR, "rebels")], [("Kutum camp", "perpetrator")], [], id="held"),
        pytest.param([(RoleName.PERPETRATOR, "rebels")], [("Kutum camp", "target")], [("target", "Kutum camp")], id="another"),
        pytest.param([], [("Kutum camp", "place")], [], id="places are the rules'"),
        pytest.param([(RoleName.TARGET, "depot")], [("Kutum camp", "victim")], [], id="a victim where a target is held"),
        pytest.param([(RoleName.VICTIM, "depot")], [("Kutum camp", "target")], [], id="a target where a victim is held"),
        pytest.param([(RoleName.TARGET, "depot")], [("the depot", "means")], [], id="words that play a part already"),
        pytest.param([], [("Monday", "time"), ("two", "killed")], [], id="times and figures are the rules'"),
    ],
)
def test_parts_are_added_where_the_rules_leave_them_open(
    held: list[tuple[RoleName, str]], seen: list[tuple[str, str]], added: list[tuple[str, str]]
) -> None:
    """Target and victim are one question."""
    assert parts_of(held, seen) == [(name.value, words) for name, words in held] + added


def test_a_party_of_which_the_network_sees_nothing_is_none() -> None:
    """What stands right behind the deed was hit, whatever the network sees of it."""
    page = Page("Shells struck the depot while ministers spoke of it in the square.")
    page.told("struck", *(part(page, RoleName.TARGET, words) for words in ("depot", "ministers")))
    page.scored("struck")
    [happening] = page.read(replace(TRUST, unheard=0.1)).happenings
    assert page.parts(happening) == [("target", "depot")]


def test_whom_the_network_is_sure_of_did_it() -> None:
    """The rules know no name, and take one for a place's or a target's; whom they found themselves stays."""
    page = Page("Azure Front was behind the raid on the depot.")
    page.told("raid", Role(RoleName.PLACE, Mention(page.at("Azure Front"), MentionKind.PLACE)))
    page.scored("raid", roles=[("Azure Front", "perpetrator")])
    [happening] = page.read().happenings
    assert page.parts(happening) == [("perpetrator", "Azure Front")]


@pytest.mark.parametrize(
    ("held", "seen", "told"),
    [
        pytest.param(
            [(RoleName.TARGET, "two")], [("depot", "target")], [("target", "two"), ("target", "depot")], id="whom, and what"
        ),
        pytest.param([(RoleName.TARGET, "depot")], [("Kutum camp", "place")], [("target", "depot")], id="places are the rules'"),
        pytest.param([(RoleName.PERPETRATOR, "Kutum camp")], [("rebels", "perpetrator")], [("perpetrator", "rebels")], id="who"),
        pytest.param(
            [(RoleName.PERPETRATOR, "Kutum camp")], [("depot", "target")],
            [("perpetrator", "Kutum camp"), ("target", "depot")], id="no other doer",
        ),
    ],
)  # fmt: skip
def test_what_the_network_is_sure_of_is_heard_beside_the_rules_or_in_their_place(
    held: list[tuple[RoleName, str]], seen: list[tuple[str, str]], told: list[tuple[str, str]]
) -> None:
    """What was hit stands beside whom it befell; a doer of whom it makes nothing gives way to the one it is sure of."""
    assert parts_of(held, seen, replace(TRUST, sure=0.9)) == told


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        pytest.param("ied", [("victim", "eleven"), ("perpetrator", "man")], id="a deed"),
        pytest.param("other", [("victim", "eleven")], id="none"),
        pytest.param("agreement", [("victim", "eleven")], id="no violence"),
    ],
)
def test_another_word_of_the_sentence_says_who_did_it(kind: str, told: list[tuple[str, str]]) -> None:
    """The rules know "killing" alone, and the network how it came to that."""
    page = Page("A man drove into the gate, killing eleven.")
    page.told("killing", part(page, RoleName.VICTIM, "eleven", MentionKind.PEOPLE))
    page.scored("killing")
    page.triggered("drove", kind, 0.9, ("man", "perpetrator"))
    assert page.parts(page.read().happenings[0]) == told


@pytest.mark.parametrize(
    ("text", "trigger", "doer", "told"),
    [
        ("Shells hit the camp held by rebels.", "hit", "rebels", []),
        ("The sites struck were used by the rebels.", "struck", "rebels", []),
        ("Shells hit the camp shelled by rebels.", "hit", "rebels", ["rebels"]),
        ("The camp was hit with rockets operated by rebels.", "hit", "rebels", ["rebels"]),
        ("The camp held by rebels hit the town.", "hit", "rebels", ["rebels"]),
    ],
)
def test_who_has_what_was_hit_did_not_hit_it(text: str, trigger: str, doer: str, told: list[str]) -> None:
    """Whoever has the weapon may have."""
    page = Page(text)
    page.told(trigger)
    page.scored(trigger, roles=[(doer, "perpetrator")])
    if "rockets" in text:
        page.marked("rockets", "weapon")
    assert [said for name, said in page.parts(page.read().happenings[0]) if name == "perpetrator"] == told


def test_who_answers_a_deed_did_not_do_it() -> None:
    """The network sees one doer in "X strikes Y after an attack" for both."""
    page = Page("Rebels strike a convoy after an attack near Kutum.")
    rebels = part(page, RoleName.PERPETRATOR, "Rebels")
    page.told("strike", rebels)
    page.told("attack")
    page.scored("strike")
    page.scored("attack", roles=[("Rebels", "perpetrator")])
    assert [page.parts(h) for h in page.read().happenings] == [[("perpetrator", "Rebels")], []]


def test_whom_it_befell_in_the_passive_is_no_doer() -> None:
    """However sure the network is: "troops have been attacked"."""
    for text, told in (("Troops have been attacked.", "target"), ("Troops have attacked.", "perpetrator")):
        page = Page(text)
        page.told("attacked", part(page, RoleName.TARGET, "Troops"))
        page.scored("attacked", roles=[("Troops", "perpetrator")])
        assert page.parts(page.read(replace(TRUST, unheard=0.0)).happenings[0]) == [(told, "Troops")]


def test_what_a_place_serves_is_not_what_befell_it() -> None:
    """ "Sites struck that X used to back attacks": the doer of the one is not lent to the other."""
    page = Page("The sites struck let rebels go to back attacks.")
    page.told("struck")
    page.scored("struck")
    page.triggered("attacks", "ied", 0.9, ("rebels", "perpetrator"))
    assert page.parts(page.read().happenings[0]) == []


def test_a_part_is_not_added_where_the_network_is_unsure() -> None:
    """Its score must reach the threshold."""
    assert parts_of([], [("mortar shells", "means")], replace(TRUST, part=1.1)) == []


def test_a_part_is_the_mention_that_the_rules_know_there() -> None:
    """The name's id in the tables is kept."""
    page = Page(PARTS)
    known = page.named("Kutum camp", MentionKind.FACILITY, "kutum-camp")
    page.told("fired")
    page.scored("fired", roles=[("near Kutum camp", "target")])
    [happening] = page.read().happenings
    assert [r.mention for r in happening.roles] == [known]


def test_a_part_that_the_rules_do_not_know_is_of_the_kind_that_the_network_says() -> None:
    """Where it says none, of the kind usual for the part."""
    page = Page(PARTS)
    page.told("fired")
    page.marked("Kutum camp", "organisation")
    page.scored("fired", roles=[("Kutum camp", "target"), ("rebels", "perpetrator")])
    [happening] = page.read().happenings
    assert {r.mention.kind for r in happening.roles} == {MentionKind.ORGANISATION, MentionKind.GROUP}


def test_who_foils_a_strike_is_not_who_struck() -> None:
    """The network takes the doer of the foiling for a doer."""
    page = Page("Air defences intercepted drones near Kutum.")
    page.told("intercepted", realis=Realis.FOILED)
    page.scored("intercepted", roles=[("Air defences", "perpetrator")])
    [happening] = page.read().happenings
    assert page.parts(happening) == []


def test_people_by_number_are_people_and_not_a_number() -> None:
    """The rules may know the number alone."""
    page = Page("A strike hit twelve villagers near Kutum.")
    page.named("twelve", MentionKind.FIGURE)
    page.told("strike")
    page.scored("strike", roles=[("twelve villagers", "victim")])
    [happening] = page.read().happenings
    assert page.parts(happening) == [("victim", "twelve villagers")]


def test_nobody_is_no_victim() -> None:
    """The network marks "nobody" as who was hurt; it is a figure, and no target."""
    page = Page("A strike hit Kutum and nobody was hurt.")
    page.told("strike")
    page.scored("strike", roles=[("nobody", "victim")])
    [happening] = page.read().happenings
    assert page.parts(happening) == []


# ---------------------------------------------------------------------- mentions


def test_mentions_are_the_network_s_save_what_the_rules_know() -> None:
    """Known names, times, figures and weapons are the rules'."""
    page = Page("Omar Hassan of Hamas fired ten rockets on Monday near Kutum.")
    for words, kind, known in (
        ("Hassan", MentionKind.PLACE, None),
        ("Hamas", MentionKind.GROUP, "hamas"),
        ("ten", MentionKind.FIGURE, None),
        ("rockets", MentionKind.WEAPON, None),
        ("Monday", MentionKind.TIME, None),
    ):
        page.named(words, kind, known)
    page.marked("Omar Hassan", "person")
    page.marked("Hamas", "state")
    page.marked("ten rockets", "weapon")
    page.marked("Kutum", "place")
    found = [(m.span.of(page.text), m.kind.value) for m in page.read().mentions]
    assert found == [
        ("Omar Hassan", "person"),
        ("Hamas", "group"),
        ("ten", "figure"),
        ("rockets", "weapon"),
        ("Monday", "time"),
        ("Kutum", "place"),
    ]


# ---------------------------------------------------------------------- whatever is found

COUNT = 24
MADE_UP = " ".join(f"w{n:02}" for n in range(COUNT))
SENTENCES = tuple(Span(4 * n, 4 * (n + 8) - 1) for n in range(0, COUNT, 8))
spans = st.tuples(st.integers(0, COUNT - 1), st.integers(1, 10)).map(
    lambda drawn: Span(4 * drawn[0], 4 * min(COUNT, sum(drawn)) - 1)
)
mentions = st.builds(Mention, spans, st.sampled_from(MentionKind), st.none() | st.just("known"))
pieces = st.lists(spans, max_size=2).map(lambda found: tuple(sorted(found)))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading of the rules: voices within earlier ones, figures and voices of happenings that there are."""
    attributions: list[Attribution] = []
    for n in range(draw(st.integers(0, 4))):
        within = draw(st.none() | st.integers(0, n - 1)) if n else None
        source = draw(st.none() | mentions)
        attributions.append(Attribution(draw(spans), draw(spans), draw(st.sampled_from(Stance)), source, within))
    some = st.lists(st.sampled_from(range(len(attributions))), max_size=3, unique=True) if attributions else st.just([])
    happenings: list[Happening] = []
    for trigger in sorted(draw(st.lists(spans, max_size=4, unique_by=lambda s: s.start))):
        sentence = next(s for s in SENTENCES if s.start <= trigger.start < s.end)
        roles = draw(st.lists(st.builds(Role, st.sampled_from(RoleName), mentions), max_size=2).map(tuple))
        realis = draw(st.sampled_from(Realis))
        happenings.append(Happening(trigger, sentence, "any", "Attack", realis, roles, tuple(draw(some))))
    of = st.none() | st.integers(0, len(happenings) - 1) if happenings else st.none()
    figures = draw(st.lists(st.builds(StatedFigure, mentions, st.just("killed"), happening=of), max_size=4).map(tuple))
    held = tuple(draw(st.lists(mentions, max_size=4)))
    return Reading("d", "rules", SENTENCES, held, tuple(happenings), tuple(attributions), figures)


@st.composite
def finds(draw: st.DrawFn, rules: Reading) -> Decoded:
    """Anything that the network may find, with a word for each of the rules' triggers that it may call no happening."""
    voices = draw(st.lists(st.builds(Heard, pieces, pieces, pieces.filter(bool), st.floats(0.5, 1)), max_size=4))
    named = draw(st.lists(st.builds(Named, spans, st.sampled_from([k.value for k in MentionKind]), st.floats(0, 1)), max_size=4))
    parts = st.lists(st.builds(Named, spans, st.sampled_from([r.value for r in RoleName]), st.floats(0, 1)), max_size=3)
    kind, realis = st.sampled_from(FLAT["kind"]), st.sampled_from(FLAT["realis"])
    triggers = [
        Trigger(span, share("kind", draw(kind)), share("realis", draw(realis)), tuple(draw(parts)), draw(st.floats(0.5, 1)), n)
        for n, span in enumerate(draw(st.lists(spans, max_size=4)))
    ]
    page = Page(MADE_UP)
    for happening in rules.happenings:
        word = happening.trigger.of(MADE_UP).split()[0]
        if draw(st.booleans()):
            page.scored(word, draw(st.sampled_from((0.0, 0.9))), (draw(kind), 0.9), (draw(realis), 0.95))
    return Found(named, triggers, voices, page.found.words)


@given(st.data())
def test_every_index_stays_valid_whatever_is_found(data: st.DataObject) -> None:
    """Voices and happenings stand in the order of the text, and no voice of the rules is lost where they tell of a happening."""
    rules = data.draw(readings())
    found = data.draw(finds(rules))
    reading = both(document(MADE_UP), rules, found, "network")
    voices, happenings = range(len(reading.attributions)), range(len(reading.happenings))
    assert all(n in voices for h in reading.happenings for n in h.attributions)
    assert all(len(set(h.attributions)) == len(h.attributions) for h in reading.happenings)
    assert all(a.within is None or (a.within in voices and a.within != n) for n, a in enumerate(reading.attributions))
    assert all(f.happening is None or f.happening in happenings for f in reading.figures)
    assert [a.cue.start for a in reading.attributions] == sorted(a.cue.start for a in reading.attributions)
    assert [h.trigger.start for h in reading.happenings] == sorted(h.trigger.start for h in reading.happenings)
    telling = {n for h in rules.happenings for n in h.attributions}
    telling |= {n for n, a in enumerate(rules.attributions) if any(h.sentence.holds(a.cue) for h in rules.happenings)}
    assert len(reading.attributions) >= len(telling)


@given(st.data())
def test_figures_stay_with_their_happening_whatever_is_found(data: st.DataObject) -> None:
    """They become totals only where it is dropped."""
    rules = data.draw(readings())
    reading = both(document(MADE_UP), rules, data.draw(finds(rules)), "network")
    kept = {h.trigger for h in reading.happenings}
    for before, after in zip(rules.figures, reading.figures, strict=True):
        assert replace(after, happening=None) == replace(before, happening=None)
        if after.happening is not None:
            assert before.happening is not None
            assert reading.happenings[after.happening].trigger == rules.happenings[before.happening].trigger
        elif before.happening is not None:
            assert rules.happenings[before.happening].trigger not in kept


@settings(phases=(Phase.generate,))
@given(st.data())
def test_voices_never_stand_in_a_circle_whatever_is_found(data: st.DataObject) -> None:
    """Going outward from any voice comes to an end."""
    rules = data.draw(readings())
    assert circle_free(both(document(MADE_UP), rules, data.draw(finds(rules)), "network"))
