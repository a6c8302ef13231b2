"""Rules and network, both heard: this is the one place that says whom to believe in what.

- Times, figures, means known by name, ordinals, and formulas ("claimed responsibility", "told X") are the rules'.
- Who says what, word for word, is the network's: its contents say which happening stands in which voice. What a cue does
  (asserts, claims, denies) stays the table's, and a pronoun still means whom the rules take it for.
- Whether words tell of a happening at all, and whether it happened: the rules', unless the network is sure of the contrary.
- Parts that the rules leave open are the network's; a happening that only the network sees counts where it is sure, and surer
  where its word is one that the rules know: of those they have had their say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crossbearing.model.mention import (
    BEFALLEN,
    DEMONSTRATIONS,
    MEANS_UNKNOWN,
    PARTIES,
    Attribution,
    Happening,
    Mention,
    MentionKind,
    Reading,
    Realis,
    Role,
    RoleName,
    Stance,
)
from crossbearing.model.text import Document, Span
from crossbearing.read import kinds
from crossbearing.read.by_page import by_the_page
from crossbearing.read.causes import stretch_of
from crossbearing.read.chunks import POSED, chunk
from crossbearing.read.doers import EACH_OTHER
from crossbearing.read.figurative import following, is_match, is_no_attack, is_union
from crossbearing.read.fitting import fitted
from crossbearing.read.harm.persons import retold
from crossbearing.read.him import with_person
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.literal import around, is_meant
from crossbearing.read.network.decode import FAINT, Decoded, Heard, Named, Settings, Trigger, Word, roles, share
from crossbearing.read.network.labels import KINDS
from crossbearing.read.no_doers import belonging, bombed_by_others, held_by, is_no_doer, is_spared
from crossbearing.read.phrases import whole
from crossbearing.read.roles import as_said
from crossbearing.read.triggers import OF_MANY
from crossbearing.read.voices import withheld
from crossbearing.read.whose import to_each_its_own
from crossbearing.words import datelines
from crossbearing.words.sentences import TURN

ALONE = 0.5
"""What a happening counts that the network alone sees: like a lone word for harm, it needs a place to be an incident."""
UNTRIED = frozenset(("transfer", "headquarters", "change-to-group", "disrupted-weapons-use", "agreement", "overtakes", "regains"))
"""Kinds that only generated reports taught the network: a reading names them, and no incident is made of its word alone."""
_NO_DEEDS = UNTRIED - {"overtakes", "regains"}
"""Those among them that no word for violence tells of."""
_ALL = Settings(role=0.0)
_RULED = frozenset((RoleName.KILLED, RoleName.INJURED, RoleName.TIME))
"""Parts that the rules alone give: words for times, and figures."""
_HURT = frozenset((RoleName.KILLED, RoleName.INJURED))
_RULED_KINDS = frozenset((MentionKind.TIME, MentionKind.FIGURE, MentionKind.WEAPON))
_NO_PARTY = frozenset((MentionKind.TIME, MentionKind.FIGURE))
_BY_WORDS = {
    "grenade": re.compile(r"grenade|\brpg", re.I),
    "chemical": re.compile(r"chemical|\bgas|chlorine|sarin|mustard|nerve|toxic|poison", re.I),
    "force-against-protesters": re.compile(r"protest|demonstrat|rall(?:y|ies)|march|crowd|sit-in", re.I),
    "mob": re.compile(
        r"\bmobs?\b|crowd|lynch|vigilant|villagers|residents|locals|youths|group of|rally|loot|riot|angry|enraged|rival|communal",
        re.I,
    ),
    "suicide": re.compile(r"suicide|(?:him|her|them)sel(?:f|ves)|explosive (?:vest|belt)", re.I),
}
_BLAST = re.compile(r"(?:blasts?|explo\w+|deton\w+|bomb\w*)\b", re.I)
"""Words for what blows up: whatever the network makes of it, no attack by hand."""
_DENIED_PART = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|disclaim\w*) (?:\w+ ){0,3}?"
    r"(?:links?|role|part|involvement|responsibility|connection|knowledge)\b"
)
"""To deny a part in a deed is not to deny the deed."""
_HAD_DONE = re.compile(r"\bhad (?:an?|the|his|her|their|its|two|three|four) (?:[\w'’-]+ ){1,3}$")
"""What stands before a deed that somebody had others do: "had an informer shot"."""
_NOBODY = re.compile(r"(?:nobody|none|neither|no[- ]one|no)\b")
_ITS_PAPER = re.compile(
    r"(?:(?:its|his|her|their)(?: own)?(?: (?:statement|communiqu[eé]|post|message)\b.*)?|(?:the|a) (?:statement|communiqu[eé]))$"
)
_PRONOUNS = frozenset(("he", "she", "it", "they", "who"))
_CITES = re.compile(r"(?:citing|quoting)\b", re.I)
_ASIDE = re.compile(r"\s*,\s*")
_FROM_THE_AIR = ("Explosions/Remote violence", "Air/drone strike")
_HELD_RESPONSIBLE = re.compile(r"(?:held|holds|hold|holding) (?:[\w’'-]+ ){1,9}?(?:responsible|accountable)\b", re.I)
_AND = re.compile(r",? (?:and|but)(?: (?:also|later|then))? ")
"""What stands between what somebody says and the next word for their saying."""
_CROWDS = re.compile(
    r"\b(?:protest|demonstrat|riot|rall(?:y|ies)\b|march(?:es|ers|ing)?\b|crowds?\b|mobs?\b|lynch|strik(?:e|ers?|ing)\b|sit-in|unrest)",
    re.I,
)
"""Words without which a page tells of no protest, whatever the network makes of shots at people."""
_CLOSING = 4
"""So many blanks stand at most behind a voice that ends a sentence."""
_QUOTED = re.compile(r"[“”\"\n]")
_SAID_OF = re.compile(r"(?:said|reported|alleged) to (?:have|be)\b")
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)
_HEAD = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Ss]ome|[Aa]nother)\s+)?"
    r"(?P<head>(?:(?!\b(?:in|at|from|near|on)\b)[^,;:()\n])*?\b[A-Z][\w-]+\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w-]+(?:\s+(?:and\s+)?[A-Z][\w-]+)*"
    r"|[^,;:()\n]+?)"
    r"(?=\s+(?:\w+ed\s+)?(?P<prep>of|in|at|from|near|inside|for|with|on|to|who|which|that|by|and|about)\b|[,;:()\n]|$)"
)
_SPOKESMAN = re.compile(r"(?:[Tt]he )?(?P<body>[^,'’]{3,40})['’]s? (?:\w+ )?spokes(?:man|woman|person)\b")
_IN = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom) (?:the )?$")
_PLACE = re.compile(r"[^,]+, (?:the )?|(?:[A-Z][\w’'-]* )+the (?=[a-z])")
_CALLED = re.compile(r",\s+(?P<name>[A-Z][\w.'’-]+(?:\s+(?:[A-Z][\w.'’-]+|al|bin|de|el))+)")
_OPENING = 5
"""So many blanks stand at most before whom a sentence tells of."""
_OF_ONE = re.compile(r"\b(?:an?|one)\s+(?:[\w-]+\s+){0,2}$", re.I)
_AT = frozenset(("of", "in", "at", "from", "near", "inside", "on", "about"))
_WAS = re.compile(r"\b(?:was|were|been|being) (?:\w+ly )?$")
_BY = re.compile(r"\bby (?:[\w-]+ ){0,2}$")
_PAPER = re.compile(r"\b(?:statements?|videos?|messages?|communiqu[eé]s?|interviews?|posts?|speech)$")
_FROM = re.compile(r"\bfrom $")
_POSED = re.compile(rf"\b(?:{'|'.join(sorted(POSED))}) (?:as )?(?:the |an? )?$")
_BEHIND = re.compile(r"\s+([\w-]+)")
_TO = re.compile(r"\bto [\w-]+ (?:on )?$")
"""What stands before a deed that something serves: "a site used by X to prepare attacks"."""
_AFTER = re.compile(
    r"\b(?:after|following|in (?:response|retaliation|reply|answer|return) (?:to|for)|to avenge|avenging) "
    r"(?:(?:an?|the|its|their|this|that|recent|last|earlier|deadly) )?(?:[\w-]+ ){0,2}$",
    re.I,
)
_TREADS = re.compile(
    r"(?:step|tread|trod)\w* on\b|(?:r[au]n|running|runs|driv\w+|drove) (?:over|onto|on to)\b|"
    r"(?:(?:set|sets|setting) off|trigger(?:ed|s|ing)) (?:an? |the )?(?:[\w-]+ )?(?:land ?)?mines?\b|"
    r"(?:hits?|hitting|struck|strik\w+) (?:[\w-]+ ){0,3}(?:land ?mines?|mines?|IEDs?|explosive devices?|roadside bombs?)\b",
    re.I,
)
_AFTERWARDS = re.compile(
    r"(?:taken|brought|rushed|flown|transferred|transported|evacuated|airlifted|moved|carried|ferried|admitted)\b[^.,;]{0,30}?"
    r"\bto (?:[\w-]+ ){0,4}?(?:hospitals?|clinics?|morgues?|mortuary|infirmary)\b|"
    r"(?:funerals?|burials?|memorials?|vigils?|wakes?|condolences?)\b",
    re.I,
)
_WITH = re.compile(r"\b(?:with|where|housing|hosting) (?:the |some )?$")
_SITS = re.compile(
    r"(?:(?:the|an?|two|some) )?(?:[\w-]+ ){0,2}?(?:hospitals?|clinic|doctors?|medics?|morgue|ministry|government|embassy|"
    r"headquarters|office|sources?|spokes(?:man|woman|person)(?: (?:for|of) (?:the )?(?:[\w-]+ ){0,2}?[\w-]+)?) (?:in|at|of) ",
    re.I,
)
_OBJECT = re.compile(
    r"\s+(?:(?:on|against|at|of)\s+)?(?:(?:the|an?|its|his|her|their|some|several|[\d,]+)\s+)?(?:(?!(?:and|or|by|in|near|after|for)\b)[\w’'-]+\s+)?"
)
"""What stands between a deed and what it was done to: "attacked a crowded market", "an attack on the base"."""
_WHO = re.compile(r"(?:who|which)\b")
_GOES_ON = re.compile(r"(?:(?:of|for) (?:the )?)?[A-Z]")  # "Ministry of National Defence", "Minister X Y"
_OWNER = re.compile(r"['’]s?\s+")
_LINE = 120
"""A dateline is no longer."""
_DASH = re.compile(r"\s+[-–—]{1,2}(?:\s+|$)")
_TWO_PLACES = re.compile(rf"{_OWNER.pattern}|(?<=[a-z]) and (?=[A-Z])")
_SPEECH = frozenset("according citing quoting per reportedly statement responsibility speak speaks spoke".split())
_FINDS, _THAT = grammar("voices.finds"), re.compile(r"\s*(?:that\b|[.,;])")
_KIND_OF = {
    RoleName.PERPETRATOR: MentionKind.GROUP,
    RoleName.TARGET: MentionKind.FACILITY,
    RoleName.VICTIM: MentionKind.PEOPLE,
    RoleName.MEANS: MentionKind.WEAPON,
    RoleName.PLACE: MentionKind.PLACE,
    RoleName.TIME: MentionKind.TIME,
}


_PART_OF = {
    "perpetrator-person": (RoleName.PERPETRATOR, MentionKind.PEOPLE),
    "perpetrator-group": (RoleName.PERPETRATOR, MentionKind.GROUP),
    "object": (RoleName.TARGET, MentionKind.FACILITY),
    "victim": (RoleName.VICTIM, MentionKind.PEOPLE),
    "instrument": (RoleName.MEANS, MentionKind.WEAPON),
}


@dataclass(frozen=True, slots=True)
class Trust:
    """From what share on the network is believed against the rules, or beyond them. Chosen on dev parts."""

    no_happening: float = 0.0
    """A word that the rules take for a happening is none where the network gives it less than this."""
    realis: float = 0.95
    past: float = 0.97
    """A happening is recalled, where the rules do not see it, from so much on."""
    kind: float = 0.6
    means: float = 0.3
    """What an attack is by its kind; and what a strike is of which the rules know no means."""
    new: float = 0.75
    known: float = 0.9
    """A happening that the network alone sees counts from `new` on; from `known` on where its word is one that the rules know."""
    new_kind: float = 0.45
    """And where its likeliest kind has so much at least."""
    crowd: float = 0.9
    """Or so much, where it is a protest and no word for a crowd is said."""
    part: float = 0.3
    unheard: float = 0.05
    """A party that the rules find is none where the network gives it less than this of any part."""
    doer: float = 0.85
    sure: float = 0.9
    """From so much on, what was hit is heard beside what the rules say was, and a doer in place of another of theirs."""


def both(document: Document, rules: Reading, found: Decoded, step: str, trust: Trust = Trust()) -> Reading:
    """The reading of a document that the rules have read and the network has scored."""
    return _Both(document, rules, found, trust).reading(step)


def words_told(document: Document, rules: Reading, found: Decoded) -> list[tuple[Happening, Word]]:
    """The happenings of a document that the rules tell, and what the network says of the word of each."""
    heard = _Both(document, rules, found, Trust())
    return [(happening, word) for _, happening, word in heard.told_by_rules(*heard.attributions()) if word is not None]


class _Both:
    def __init__(self, document: Document, rules: Reading, found: Decoded, trust: Trust) -> None:
        self.text, self.rules, self.found, self.trust = document.text, rules, found, trust
        self.starts = [s.start for s in rules.sentences]
        self.kinds = [(m.span, m.label) for m in found.mentions]
        self.parties = [m for m in rules.mentions if m.kind not in _NO_PARTY]
        self.voices = [m for m in rules.mentions if m.kind not in _RULED_KINDS]
        """The rules' mentions that can be a party, and a voice."""
        self.told: dict[Span, list[Span]] = {}
        """What the rules hang on each trigger: one word may tell of several happenings, each with parts of its own."""
        for happening in rules.happenings:
            self.told.setdefault(happening.trigger, []).extend(r.mention.span for r in happening.roles if r.name not in _HURT)
        apart = {s: two for s in rules.sentences if (two := stretch_of(self.text, s)) is not None}
        self.causes = {s: span for s, (span, _) in apart.items()}
        """Where a sentence tells what a crowd's deed was about, or another deed besides its own."""
        self.apart_by = {s: cause.by for s, (_, cause) in apart.items()}
        lines = ((s.start, datelines.dateline(s.of(self.text)[:_LINE])) for s in rules.sentences)
        self.towns = [Span(start + line.town[0], start + line.town[1]) for start, line in lines if line is not None]
        """Where a report, or an item of it, was written, by its dateline."""
        self.alone = self.others()

    def reading(self, step: str) -> Reading:
        attributions, moved = self.attributions()
        near = around(self.text, self.rules.sentences)
        told = [(n, h) for n, h, word in self.told_by_rules(attributions, moved) if is_meant(self.text, h, word, near)]
        place = {n: k for k, (n, _) in enumerate(told)}
        happenings = by_the_page(self.text, [h for _, h in told])
        happenings += [self.happening(t, attributions) for t in self.found.triggers if self.is_new(t)]
        persons = [m.span for m in self.found.mentions if m.label == MentionKind.PERSON]
        spoken = [p for v in self.found.voices for p in v.source]
        happenings = [with_person(self.text, h, self.rules.sentences, persons, spoken) for h in happenings]
        order = sorted(range(len(happenings)), key=lambda k: happenings[k].trigger.start)
        at = {k: n for n, k in enumerate(order)}
        figures = tuple(
            f if f.happening is None else replace(f, happening=at[place[f.happening]] if f.happening in place else None)
            for f in self.rules.figures
        )
        in_order, figures = to_each_its_own(self.text, [happenings[k] for k in order], figures, attributions)
        return replace(
            self.rules,
            step=step,
            mentions=self.mentions(),
            happenings=tuple(in_order),
            attributions=tuple(attributions),
            figures=figures,
            counts=tuple(
                replace(c, attributions=tuple(sorted(moved[n] for n in c.attributions if n in moved))) for c in self.rules.counts
            ),
            parts=tuple(Role(_PART_OF[m.label][0], Mention(m.span, _PART_OF[m.label][1]), m.score) for m in self.found.fillers),
        )

    def told_by_rules(
        self, attributions: Sequence[Attribution], moved: dict[int, int]
    ) -> Iterator[tuple[int, Happening, Word | None]]:
        """The rules' happenings as both have them, each with its number there and what the network says of its word."""
        for n, happening in enumerate(self.rules.happenings):
            word = self.word(happening.trigger)
            if word is None or word.happening >= self.trust.no_happening:
                mended = self.mended(happening, word, self.voices_of(happening, attributions, moved))
                yield n, retold(self.text, mended, self.whole_label), word

    # ------------------------------------------------------------------ mentions

    def mentions(self) -> tuple[Mention, ...]:
        """The network's, save where the rules know the name, the time, the figure or the weapon; then those."""
        sure = [m for m in self.rules.mentions if m.known or m.kind in _RULED_KINDS]
        taken = {at for m in sure for at in range(m.span.start, m.span.end)}
        others = [
            Mention(span, MentionKind(label))
            for m in self.found.mentions
            for whole, label in self.town_apart(m.span, m.label)
            if taken.isdisjoint(range(whole.start, whole.end))
            for span in self.owner_apart(whole, label)
        ]
        return tuple(sorted((*sure, *others), key=lambda m: (m.span.start, m.span.end)))

    def town_apart(self, span: Span, label: str) -> Iterator[tuple[Span, str]]:
        """ "GOMA - Ugandan soldiers": the town of a dateline, and who is told of behind its dash."""
        dash = _DASH.search(self.text, span.start, span.end)
        if dash is None:
            yield span, label
            return
        town = Span(span.start, dash.start())
        is_town = any(m.kind is MentionKind.PLACE and m.span.meets(town) for m in self.rules.mentions)
        yield town, MentionKind.PLACE.value if is_town else label
        if dash.end() < span.end:
            yield Span(dash.end(), span.end), label

    def owner_apart(self, span: Span, label: str) -> Iterable[Span]:
        """ "Sagaing Region's Khampat township", "Butembo and Mangina" are two places."""
        at = _TWO_PLACES.search(self.text, span.start, span.end) if label == MentionKind.PLACE else None
        return (span,) if at is None else (Span(span.start, at.start()), Span(at.end(), span.end))

    def mention(self, span: Span, kind: MentionKind) -> Mention:
        """The rules' mention where it covers the same words, else the network's words, less an article."""
        start = span.start + len(match.group()) if (match := _ARTICLE.match(span.of(self.text))) else span.start
        span = Span(start, span.end)
        inside = [m for m in self.parties if m.span.meets(span)]
        near = [m for m in inside if (span.start <= m.span.start and m.span.end <= span.end + 1) or m.span.holds(span)]
        if near:
            return max(near, key=lambda m: (m.known is not None, m.span.end))
        label = self.label(span)
        return Mention(span, MentionKind(label) if label else kind)

    # ------------------------------------------------------------------ voices

    def attributions(self) -> tuple[list[Attribution], dict[int, int]]:
        """The network's voices and the rules' together, in the order of their cues; and where each of the rules' went."""
        made: list[tuple[int, Attribution, int | None]] = []
        used: set[int] = set()
        told = self.telling()
        last: Mention | None = None
        person: Mention | None = None
        media: set[str] = set()
        spoken = (v for v in self.found.voices if not (v.cue and _SAID_OF.match(self.text, v.cue[-1].start)))
        before: Heard | None = None
        for heard in sorted(spoken, key=lambda v: v.cue[0].start if v.cue else v.content[0].start):
            if before and not heard.source and self.goes_on(before, heard):
                heard = replace(heard, source=before.source)
            before = heard
            n = self.ruled(heard, used)
            if n is not None:
                used.add(n)
            he = heard.source and heard.source[0].of(self.text).lower() in ("he", "she")
            attribution = self.attribution(heard, self.rules.attributions[n] if n is not None else None, person if he else last)
            last = attribution.source or last
            media |= {last.span.of(self.text)} if last and attribution.medium else set()
            person = last if last and last.span.of(self.text) not in media and self.may_be_he(last) else person
            made.append((attribution.cue.start, attribution, n))
        for n, a in enumerate(self.rules.attributions):
            if n not in used and n in told:
                said = next((b for _, b, _ in made if b.pieces and _is_told(a) and _meet(a, b)), a)
                made.append((a.cue.start, replace(a, content=said.content, pieces=said.pieces), n))
        made.sort(key=lambda m: (m[0], not _is_told(m[1]), m[2] if m[2] is not None else -1))
        moved = {n: k for k, (_, _, n) in enumerate(made) if n is not None}
        found = [a for _, a, _ in made]
        outer = [self.outer(k, found, moved) for k in range(len(found))]
        return [a if a.within == n else replace(a, within=n) for a, n in zip(found, outer, strict=True)], moved

    def goes_on(self, before: Heard, heard: Heard) -> bool:
        """Whether a cue without a source of its own has that of the cue before it: "X confirmed the strike and said that"."""
        if not (before.source and before.content and heard.cue):
            return False
        return _AND.fullmatch(self.text, before.content[-1].end, heard.cue[0].start) is not None

    def telling(self) -> set[int]:
        """The rules' voices that tell of something, or stand in a sentence that does, with those around them.

        Elsewhere the rules take any talk for a voice, and the network is believed.
        """
        happenings, counts, voices = self.rules.happenings, self.rules.counts, self.rules.attributions
        sentences = {self.sentence(f.mention.span) for f in self.rules.figures}
        sentences |= {h.sentence for h in happenings} | {c.sentence for c in counts}
        found = {n for n, a in enumerate(voices) if self.sentence(a.cue) in sentences}
        found |= {n for h in happenings for n in h.attributions} | {n for c in counts for n in c.attributions}
        for n in sorted(found):
            outer = voices[n].within
            while outer is not None and outer not in found:
                found.add(outer)
                outer = voices[outer].within
        return found

    def ruled(self, heard: Heard, used: set[int]) -> int | None:
        """The rules' attribution of the same cue; not the outlet that was told, where the network hears who told it."""
        cued = [(n, a) for n, a in enumerate(self.rules.attributions) if n not in used and any(map(a.cue.meets, heard.cue))]
        named = (n for n, a in cued if a.source and any(map(a.source.span.meets, heard.source)))
        return next(named, next((n for n, a in cued if not (heard.source and _is_told(a))), None))

    def attribution(self, heard: Heard, ruled: Attribution | None, last: Mention | None) -> Attribution:
        content = Span(heard.content[0].start, heard.content[-1].end)
        cue = Span(heard.cue[0].start, heard.cue[-1].end) if heard.cue else Span(content.start, content.start)
        if ruled:
            again = last is not None and heard.source and heard.source[0].of(self.text).lower() in _PRONOUNS
            source = self.speaker(ruled.source, heard) if ruled.source and not again else self.source(heard, last)
            return replace(ruled, cue=cue, content=content, source=source, pieces=heard.content, source_pieces=heard.source)
        return Attribution(
            cue, content, self.stance(heard), self.source(heard, last), pieces=heard.content, source_pieces=heard.source
        )

    def source(self, heard: Heard, last: Mention | None) -> Mention | None:
        """Who the words for the source name: the best known of the mentions in them; a pronoun is the voice before."""
        if not heard.source:
            return None
        first = heard.source[0].of(self.text).lower()
        if first in ("he", "she") and (spoken_of := self.person_before(heard.source[0], last)):
            return spoken_of
        if first in _PRONOUNS or _ITS_PAPER.match(first):
            return last
        if _NOBODY.match(first):
            return None
        inside = [m for p in heard.source for m in self.voices if p.holds(m.span)]
        if inside:
            best = max(inside, key=lambda m: (m.known is not None, m.kind is not MentionKind.PLACE, -m.span.start))
            return self.speaker(best, heard)
        return self.mention(heard.source[0], MentionKind.PERSON)

    def may_be_he(self, source: Mention) -> bool:
        """Whether "he" can be whom a source names: no state, no body that a table knows, no "officials"."""
        last = source.span.of(self.text).lower().split()[-1]
        many = last[-1:] == "s" != last[-2:-1] and last in lexicon().claimants
        return source.known is None and source.kind is not MentionKind.STATE and not many

    def person_before(self, he: Span, last: Mention | None) -> Mention | None:
        """ "An old teacher walked with me. He says": of whom the sentence before tells, where its own words are nobody's."""
        n = bisect_right(self.starts, he.start) - 2
        if n < 0 or (last is not None and last.span.end > self.starts[n]):
            return None
        before = self.rules.sentences[n]
        opens = (
            m for m in self.voices if before.holds(m.span) and not self.text[before.start : m.span.start].count(" ") > _OPENING
        )
        one = next((m for m in opens if m.kind in (MentionKind.PEOPLE, MentionKind.PERSON)), None)
        return one if one is not None and _OF_ONE.search(self.text, before.start, one.span.start) else None

    def speaker(self, source: Mention, heard: Heard) -> Mention:
        """Who speaks, in as many words as the network hears: "hospital officials" for "officials", a "source in Goma"."""
        words = next((p for p in heard.source if p.holds(source.span)), None)
        if words is None:
            return source
        if _WHO.match(words.of(self.text)):  # "survivors who reached X told"
            before = (m for m in self.voices if 0 < words.start - m.span.end <= 2)
            return next(before, source)
        if (whose := _SPOKESMAN.match(words.of(self.text))) is not None:
            return Mention(Span(words.start + whose.start("body"), words.start + whose.end("body")), MentionKind.GROUP)
        bare = source.known is None and source.span.of(self.text).islower()
        if bare and (one := _CALLED.search(self.text, source.span.end, words.end)) and one.end() == words.end:
            return Mention(Span(*one.span("name")), MentionKind.PERSON)  # "a member of the council, X Y"
        if _IN.search(self.text, max(0, words.start - 8), words.start) and (where := _PLACE.match(words.of(self.text))):
            return Mention(Span(words.start + where.end(), words.end), MentionKind.PERSON)  # "in X region, governor Y Z said"
        named = _HEAD.match(words.of(self.text))
        if named is None:
            return source
        head = Span(words.start + named.start("head"), words.start + named.end("head"))
        behind = self.text[source.span.end : head.end].strip()
        if source.span.start >= head.end:
            between = self.text[head.end : source.span.start]
            place = source.kind is MentionKind.PLACE or self.label(source.span) == MentionKind.PLACE
            if bare and "," not in between and named["prep"] in ("of", "and"):
                return Mention(Span(head.start, source.span.end), source.kind)  # "families and a rights group"
            if "," in between:
                explained = self.text[head.start].isupper() and self.text[source.span.start].islower()
                return Mention(head, MentionKind.PERSON) if explained else source  # "X, a spokesman of Y"; "the mayor of Y, X"
            if named["prep"] == "of" and source.kind is MentionKind.STATE:
                return Mention(Span(head.start, source.span.end), MentionKind.ORGANISATION)  # "the government of X"
            if named["prep"] == "to" and head.of(self.text).endswith(" close"):
                return Mention(Span(head.start, head.end - len(" close")), MentionKind.ORGANISATION)  # "a source close to X"
            apart = (named["prep"] in _AT and (place or named["prep"] == "in")) or named["prep"] in ("who", "which", "that")
            return Mention(head, MentionKind.ORGANISATION) if apart else source
        its = self.is_before_head(source, behind)  # "the province's health department", "the county commissioner"
        if not head.holds(source.span) or (behind and not _GOES_ON.match(behind) and not its and not self.owns(source)):
            return source
        if source.known is not None and not self.owns(source):
            return source
        owners = _OWNER.finditer(self.text, head.start, head.end if its else source.span.start)
        owner = max((m.end() for m in owners if not _in_name(self.text, head, m)), default=head.start)
        return Mention(Span(owner, head.end), source.kind)

    def is_before_head(self, source: Mention, behind: str) -> bool:
        """Whether a word for a place only says of which place they are whom the words behind it name."""
        bare = re.sub(r"^['’]s?\s+", "", behind)
        theirs = source.kind is MentionKind.PEOPLE and bare != behind  # "fishermen's associations"
        place = source.kind is MentionKind.PLACE or theirs
        return place and source.known is None and bool(bare) and _PLAIN.fullmatch(bare) is not None

    def owns(self, source: Mention) -> bool:
        """ "X's defence ministry": a state names whose body speaks, and does not speak itself."""
        return source.kind is MentionKind.STATE and _OWNER.match(self.text, source.span.end) is not None

    def label(self, span: Span) -> str | None:
        """What the network takes a stretch for."""
        return next((label for at, label in self.kinds if at.meets(span)), None)

    def whole_label(self, span: Span) -> str | None:
        """What the network takes all of a stretch for, but for words before it."""
        inside = {label for at, label in self.kinds if at.meets(span)}
        return inside.pop() if len(inside) == 1 else "people" if inside == {"person", "people"} else None

    def stance(self, heard: Heard) -> Stance:
        """What the cue does, by the table of cues; whoever is not known to deny, claim or relay asserts."""
        speech = lexicon().speech
        if heard.cue and _CITES.match(heard.cue[0].of(self.text)):
            return Stance.ASSERTS  # who is cited
        for piece in heard.cue:
            before = self.text[max(0, piece.start - 40) : piece.start].lower().split()
            for word in piece.of(self.text).lower().split():
                if stance := speech.get(word.strip(".,:;")):
                    return Stance.CANNOT_CONFIRM if withheld(word, Stance(stance), before[-3:]) else Stance(stance)
                before.append(word)
        return Stance.ASSERTS

    def says(self, attribution: Attribution) -> bool:
        """Whether a cue is one of speech: what someone plans, wants or fears is no testimony."""
        words = {w.strip(".,:;\"”'’").lower() for w in attribution.cue.of(self.text).split()}
        finds = not words.isdisjoint(_FINDS) and _THAT.match(self.text, attribution.cue.end) is not None
        return finds or bool(words & (lexicon().speech.keys() | _SPEECH)) or not words

    def outer(self, k: int, found: Sequence[Attribution], moved: dict[int, int]) -> int | None:
        """The voice in whose content this one speaks: the closest. "X, citing Y" is the rules' form: Y speaks within X."""
        mine, long = found[k], (_long(found[k]), -k)
        if mine.within is not None and (
            _CITES.match(mine.cue.of(self.text))
            or (_is_told(outer := self.rules.attributions[mine.within]) and _meet(outer, mine))
        ):
            return moved.get(mine.within)
        if mine.within is None and (citing := self.citing(k, found)) is not None:
            return citing
        holding = [
            n
            for n, a in enumerate(found)
            if n != k
            and _tells(a, mine.cue.start)
            and not (_CITES.match(a.cue.of(self.text)) and a.within is not None and moved.get(a.within) == k)
            and not _meet(a, mine)
            and not self.parted(a.cue.end, mine.cue.start)
            # Of two that hold each other's cue the longer is the outer.
            and (not mine.pieces or (_long(a), -n) > long)
        ]
        if holding:
            return min(holding, key=lambda n: _long(found[n]))
        return moved.get(mine.within) if mine.within is not None and not mine.pieces else None

    def citing(self, k: int, found: Sequence[Attribution]) -> int | None:
        """ "The mission, citing chiefs, said": the voice of the same words whose name stands right before the cue of this one."""
        mine = found[k]
        if not _CITES.match(mine.cue.of(self.text)):
            return None
        told = ((n, a.source.span.end) for n, a in enumerate(found) if n != k and a.source and a.content.meets(mine.content))
        return next((n for n, end in told if _ASIDE.fullmatch(self.text, end, mine.cue.start)), None)

    def voices_of(self, happening: Happening, found: Sequence[Attribution], moved: dict[int, int]) -> tuple[int, ...]:
        """Whose words tell of a happening, outermost first: those whose content holds its trigger, and the rules' formulas."""
        at = happening.trigger.start
        # Who blame each other do so each by his own word.
        each = {n for n, a in enumerate(found) if EACH_OTHER.match(self.text, a.cue.end)}
        mine = {n for n, a in enumerate(found) if n not in each and _tells(a, at) and a.source and self.says(a)}
        ruled = [moved[n] for n in happening.attributions if n in moved]
        mine |= {n for n in ruled if self.stays(found[n], at) or not happening.sentence.holds(found[n].cue)}
        doers = happening.role(RoleName.PERPETRATOR)
        owned = (n for n in ruled if (s := found[n].source) and any(d.span == s.span for d in doers))
        mine |= {n for n in owned if found[n].stance is Stance.CLAIMS}  # "X attacked the post and claims to have killed two"
        return tuple(sorted(mine, key=lambda n: (_depth(found, n), ruled.index(n) if n in ruled else len(ruled), n)))

    def stays(self, attribution: Attribution, at: int) -> bool:
        """Whether a voice of the sentence that the rules heard tells of the happening too, by what the network hears."""
        near = _near(attribution, at) and not self.parted(at, attribution.content.start)
        return not attribution.pieces or _tells(attribution, at) or near or self.closes(attribution, at)

    def parted(self, start: int, end: int) -> bool:
        """Whether the words turn to what another does or says: "officials said 12 died, while residents put it at 30"."""
        return TURN.search(self.text, start, end) is not None

    def closes(self, attribution: Attribution, at: int) -> bool:
        """ "Jets struck X while Y, a monitor said": a voice that alone speaks, at the end of its sentence, tells all of it."""
        cue, sentence, content = attribution.cue, self.sentence(attribution.cue), attribution.content
        if sentence is None or not (sentence.start <= at < content.start) or content.end > cue.start:
            return False
        end = max(cue.end, attribution.source.span.end if attribution.source else 0)
        if self.text.count(" ", end, sentence.end) > _CLOSING or _QUOTED.search(self.text, at, content.start + 1):
            return False
        return not any(sentence.holds(v.cue[0]) and not v.cue[0].meets(cue) for v in self.found.voices if v.cue)

    # ------------------------------------------------------------------ happenings

    def word(self, span: Span) -> Word | None:
        """What the network says of a trigger: of the word in it that it takes most for one."""
        words = [w for start in range(span.start, span.end) if (w := self.found.word(start))]
        return words[0] if len(words) == 1 else max(words, key=lambda w: w.happening, default=None)

    def mended(self, happening: Happening, word: Word | None, voices: tuple[int, ...]) -> Happening:
        """A happening as the rules and the network's word have it together, and in whose words."""
        if word is None or _HELD_RESPONSIBLE.match(self.text, happening.trigger.start):
            return replace(happening, attributions=voices)
        told = happening.realis
        if told is Realis.ASSERTED:
            realis, share = max(word.realis.items(), key=lambda item: item[1])
            at = happening.trigger.start
            part = realis == "denied" and _DENIED_PART.search(happening.sentence.of(self.text)) is not None
            done = realis == "planned" and _HAD_DONE.search(self.text, max(0, at - 40), at) is not None
            if share >= (self.trust.past if realis == "background" else self.trust.realis) and not part and not done:
                told = Realis(realis)
        event_type, sub = happening.event_type, happening.sub_event_type
        if sub in (MEANS_UNKNOWN, "Attack"):
            side = self.side(happening.trigger, happening.sentence)
            kind, share = self.likeliest(word.kinds, side)
            enough = self.trust.means if sub == MEANS_UNKNOWN else self.trust.kind
            blew_up = sub == MEANS_UNKNOWN and _BLAST.match(self.text, happening.trigger.start) is not None
            known = kind not in (*_NO_DEEDS, "harm", "other", "strike") and (not blew_up or KINDS[kind][0] == event_type)
            told_as = self.ruled_class(happening.trigger)
            known = known and not (kind == told_as == "clash")  # the rules saw whom it befell
            known = known and not (told_as == "attack" and kind == "looting")  # "burnt to death": people, and no house
            known = known and not (KINDS.get(kind) == _FROM_THE_AIR and self.bombed_by_others(happening, word))
            if known and share >= enough and self.fits(kind, side):
                event_type, sub = KINDS[kind]
        # Whoever foils a strike is the doer of the foiling, and not of the strike.
        foiled = {RoleName.PERPETRATOR, RoleName.TARGET} if told is Realis.FOILED else set()
        treads = _TREADS.match(self.text, happening.trigger.start) is not None
        if treads:
            foiled.add(RoleName.PERPETRATOR)  # who steps on a mine did not lay it
        kept = [r for r in happening.roles if r.name is not RoleName.PLACE or not self.sits(r.mention.span)]
        stopped = happening.realis is Realis.FOILED  # whose attack that was, the words for what was stopped say
        if not stopped:
            kept = [r for r in kept if not self.unheard_of(r, kept, happening.trigger, happening.sentence, word)]
        kept = kept if treads else self.turned(kept, happening, word)
        ruled = _RULED | {RoleName.PLACE} | foiled
        spans = self.told[happening.trigger]
        seen = (part for part in roles(word.seen, word.index, _ALL) if self.on_one_side(part.span, happening.trigger))
        found = [part for part in seen if not any(span.meets(part.span) for span in spans)]
        kept = kept if stopped else self.outdone(kept, found, word)
        kept += self.parts(happening.trigger, kept, found, (event_type, sub), ruled)
        beside = (t for t in self.alone.get(happening.sentence, ()) if self.on_one_side(t.span, happening.trigger))
        for other in beside:
            kept += self.parts(other.span, kept, other.roles, (event_type, sub), ruled)
        kept = [r for r in self.as_things(kept) if not self.has_no_part(r, happening.trigger)]
        return replace(happening, event_type=event_type, sub_event_type=sub, realis=told, roles=tuple(kept), attributions=voices)

    def bombed_by_others(self, happening: Happening, word: Word) -> bool:
        """Whether those who bombed something had no craft, as far as the sentence says, and are no state's."""
        ruled = [m.span for m in happening.role(RoleName.PERPETRATOR)]
        heard = [part.span for part in roles(word.seen, word.index, _ALL) if part.label == RoleName.PERPETRATOR]
        return bombed_by_others(self.text, happening.trigger, happening.sentence, ruled or heard)

    def on_one_side(self, one: Span, other: Span) -> bool:
        """Whether of two stretches of a sentence not just one tells what a crowd's deed was about."""
        sentence = self.sentence(other)
        return sentence is None or self.side(one, sentence) == self.side(other, sentence)

    def side(self, trigger: Span, sentence: Span) -> Span:
        """What of a sentence tells of a word's happening: the cause of a crowd's deed, where the word stands in that."""
        cause = self.causes.get(sentence)
        return cause if cause is not None and cause.meets(trigger) else sentence

    def others(self) -> dict[Span, list[Trigger]]:
        """By sentence, the words that tell of deeds by the network alone: "fell upon the village, killing three"."""
        found: dict[Span, list[Trigger]] = {}
        for trigger in self.found.triggers:
            sentence = self.sentence(trigger.span)
            if sentence is None or any(trigger.span.meets(at) for at in self.told):
                continue
            kind, _ = self.likeliest(trigger.kinds, sentence)
            done = Realis(max(trigger.realis, key=lambda k: trigger.realis[k])) in (Realis.ASSERTED, Realis.BACKGROUND)
            meant = _TO.search(self.text, max(sentence.start, trigger.span.start - 40), trigger.span.start)
            if done and not meant and kind not in (*_NO_DEEDS, "harm", "other"):
                found.setdefault(sentence, []).append(trigger)
        return found

    def outdone(self, held: list[Role], found: Iterable[Named], word: Word) -> list[Role]:
        """The parts without a doer of whom the network makes next to nothing, where it is sure of another."""
        sure = any(p.label == RoleName.PERPETRATOR and p.score >= self.trust.sure for p in found)
        return [
            r for r in held
            if not (sure and r.name is RoleName.PERPETRATOR)
            or share(word.seen, word.index, r.mention.span, ("perpetrator",)) >= FAINT
        ]  # fmt: skip

    def as_things(self, held: Sequence[Role]) -> Iterator[Role]:
        """The parts, people who own what was hit as that: "the ambassador's residence"."""
        for role in held:
            hit = role.name in BEFALLEN and role.mention.kind is not MentionKind.GROUP
            what = belonging(self.text, role.mention.span) if hit else None
            if what is None:
                yield role
            elif not any(other is not role and other.mention.span.meets(what) for other in held if other.name in BEFALLEN):
                yield Role(RoleName.TARGET, Mention(what, MentionKind.FACILITY), role.score)

    def has_no_part(self, role: Role, at: Span) -> bool:
        """ "A missile hit a Dutch-flagged ship", "a lorry drove into an ambush", "shells hit a base held by X": of what was hit,
        or who had it, and not who did it; and "the mayor saw a school that was hit": whom it did not befall."""
        doer = role.mention.span
        if role.name in BEFALLEN:
            return role.mention.kind is not MentionKind.GROUP and is_spared(self.text, doer, at)
        if role.name is not RoleName.PERPETRATOR:
            return False
        held = held_by(self.text, doer, at)
        return is_no_doer(self.text, doer, at) or (held is not None and self.label(held) != MentionKind.WEAPON)

    def ruled_class(self, trigger: Span) -> str:
        """What the rules' tables take a trigger's word for."""
        said, tables = trigger.of(self.text).lower(), lexicon()
        known = tables.verbs.get(said) or tables.nouns.get(said)
        return known.cls if known is not None else ""

    def unheard_of(self, role: Role, held: Sequence[Role], at: Span, sentence: Span, word: Word) -> bool:
        """Whether the network sees nothing of a party in what the rules took for one, neither from the word that tells of the
        happening nor from any other of its sentence. Whom the words count was there, and what stands right behind the deed was
        hit; an armed group that does it is the rules', and a party that speaks of its own deed."""
        span, doer = role.mention.span, role.name is RoleName.PERPETRATOR
        if role.name not in PARTIES or (doer and (role.mention.kind is MentionKind.GROUP or self.owns_up(role.mention))):
            return False
        counted = (r.mention.span for r in held if r.name in _HURT)
        behind = _OBJECT.fullmatch(self.text, at.end, max(at.end, span.start))
        if not doer and (behind or any(n.start <= span.end + 3 and span.start <= n.end + 12 for n in counted)):
            return False
        parts = ("perpetrator",) if doer else ("target", "victim", "place", "means")
        near = self.sentence(span) or sentence
        told = (self.found.word(t.span.start) for t in self.found.triggers if near.holds(t.span))
        seen = (share(one.seen, one.index, span, parts) for one in (word, *told) if one is not None)
        return all(part < self.trust.unheard for part in seen)

    def owns_up(self, doer: Mention) -> bool:
        """Whether a party that a table knows speaks: the rules take a deed for its own, and the words may stand far off."""
        spoken = (a.source for a in self.rules.attributions if a.source and not a.medium)
        named = doer.known is not None or _LETTERS.fullmatch(doer.span.of(self.text)) is not None
        return named and any(s.span == doer.span for s in spoken)

    def turned(self, held: Sequence[Role], of: Happening, word: Word) -> list[Role]:
        """The parts, with the doer whom the rules took for a target or a place, where the network is sure who it is and the rules
        found none: "Azure Front claimed the attack"."""
        if any(r.name is RoleName.PERPETRATOR for r in held):
            return list(held)
        if of.role(RoleName.KILLED) and self.ruled_class(of.trigger) == "foil":
            return list(held)  # "six terrorists were neutralised"
        befell = self.is_passive(of.trigger)
        return [
            self.as_doer(r, of) if self.does_it(r, word) and not (befell and r.mention.span.end <= of.trigger.start) else r
            for r in held
        ]

    def is_passive(self, trigger: Span) -> bool:
        """ "Two brothers were beaten": what stands before it is whom it befell."""
        return _WAS.search(self.text, max(0, trigger.start - 24), trigger.start) is not None

    def as_doer(self, role: Role, of: Happening) -> Role:
        return whole(self.text, replace(role, name=RoleName.PERPETRATOR), of.sentence, of.trigger)

    def does_it(self, role: Role, word: Word) -> bool:
        if role.name not in (RoleName.TARGET, RoleName.PLACE) or role.mention.kind is MentionKind.STATE:
            return False
        seen, at, span = word.seen, word.index, role.mention.span
        if _FROM.search(self.text, max(0, span.start - 6), span.start):
            return False  # "seized the town from X"
        does = share(seen, at, span, ("perpetrator",)) >= self.trust.doer
        return does and share(seen, at, span, ("target", "victim", "place")) < FAINT

    def fits(self, kind: str, sentence: Span) -> bool:
        """Whether the words can tell of a kind: of a protest only where the page has a word for one, of burning and looting
        only where nobody was killed."""
        if kind == "looting" and any(f.counted == "killed" and sentence.holds(f.mention.span) for f in self.rules.figures):
            return False
        where = sentence.of(self.text) if sentence in self.causes.values() else self.text
        return KINDS[kind][0] not in DEMONSTRATIONS or _CROWDS.search(where) is not None

    def sits(self, span: Span) -> bool:
        """ "A hospital in X told us": where those sit who speak of it, and see what is brought to them."""
        heard = (p for v in self.found.voices for p in v.source if p.holds(span))
        return any(_SITS.match(self.text, p.start, span.start) for p in heard)

    def likeliest(self, kinds: Mapping[str, float], sentence: Span) -> tuple[str, float]:
        """The likeliest kind and its share; one that only some word can give needs that word in the sentence. Violence of a mob
        where no crowd is told of is an attack."""
        words = sentence.of(self.text)
        if "mob" in kinds and not _BY_WORDS["mob"].search(words):
            kinds = {**kinds, "mob": 0.0, "attack": kinds["mob"] + kinds.get("attack", 0.0)}
        order = sorted(kinds.items(), key=lambda item: -item[1])
        return next((k, share) for k, share in order if k in KINDS and (k not in _BY_WORDS or _BY_WORDS[k].search(words)))

    def parts(
        self, at: Span, held: Sequence[Role], found: Iterable[Named], of: tuple[str, str], ruled: frozenset[RoleName] = _RULED
    ) -> list[Role]:
        """What the network adds to the parts that the rules found of the word at a span: those of a name that they leave open,
        less what is ruled."""
        named, added = _named(held), []
        befell = self.is_passive(at)
        for part in found:
            name = RoleName(part.label)
            if befell and name is RoleName.PERPETRATOR and part.span.end <= at.start:
                name = RoleName.TARGET  # "two brothers were beaten"
            if name is RoleName.PERPETRATOR and _POSED.search(self.text, max(0, part.span.start - 24), part.span.start):
                continue  # "gunmen dressed as soldiers"
            if befell and name is RoleName.PERPETRATOR and _WITH.search(self.text, max(0, part.span.start - 16), part.span.start):
                continue  # "a drone was launched at the base, with US forces in it"
            if name is RoleName.PERPETRATOR and self.answers(part.span, at):
                continue  # "X strikes a convoy after an attack": who answers a deed did not do it
            if name is not RoleName.PLACE and any(town.meets(part.span) for town in self.towns):
                continue
            sure = name in BEFALLEN and part.score >= self.trust.sure
            if (name in named and not sure) or name in ruled or part.score < self.trust.part:
                continue
            if any(r.mention.span.meets(part.span) for r in held if r.name not in _HURT):
                continue  # "killing a judge": the one who is counted is whom it befell
            speaks = any(p.holds(part.span) for v in self.found.voices for p in v.source)
            hit, words = name in BEFALLEN, part.span.of(self.text)
            if hit and (speaks or _PAPER.search(words) or _NOBODY.match(words.lower())):
                continue  # "an air force spokesman said", "in a televised statement", "and that nobody was hurt"
            if name is RoleName.PLACE and speaks:
                continue  # "Security source: drone attack foiled"
            if hit and self.befell_another(part.span, at):
                continue  # "struck camps of those linked to the massacre of tourists"
            if hit and _BY.search(self.text, max(0, part.span.start - 30), part.span.start):
                continue  # "attacked by eight small boats"
            if name is RoleName.PERPETRATOR and _FROM.search(self.text, max(0, part.span.start - 6), part.span.start):
                continue  # "rockets fired from X": a place
            role = Role(name, self.mention(part.span, _KIND_OF[name]), part.score)
            sentence = self.sentence(part.span) or part.span
            role = whole(self.text, role, sentence, at)
            if (fit := fitted(self.text, role, sentence, at, of)) is not None:
                added.append(fit)
        return added

    def answers(self, doer: Span, at: Span) -> bool:
        """Whether a party does another deed of the sentence after, or because of, the one at a span."""
        if not (doer.end <= at.start and _AFTER.search(self.text, max(doer.end, at.start - 60), at.start)):
            return False
        others = (h for h in self.beside(at) if doer.end <= h.trigger.start < at.start)
        return any(m.span.meets(doer) for h in others for m in h.role(RoleName.PERPETRATOR))

    def befell_another(self, span: Span, at: Span) -> bool:
        """Whether the rules know what was hit as the target of another word of its sentence, and not of the one at a span."""
        return any(m.span.meets(span) for h in self.beside(at) for m in h.role(RoleName.TARGET))

    def beside(self, at: Span) -> list[Happening]:
        """The rules' other happenings of the sentence of the word at a span."""
        sentence = self.sentence(at)
        return [h for h in self.rules.happenings if h.sentence == sentence and h.trigger != at]

    def is_new(self, trigger: Trigger) -> bool:
        """Whether the network alone sees a happening, surely, and the rules have none in its sentence that could be it."""
        sentence = self.sentence(trigger.span)
        if sentence is None or trigger.score < (self.trust.known if self.knows(trigger) else self.trust.new):
            return False
        if any(sentence.holds(h.trigger) and self.on_one_side(h.trigger, trigger.span) for h in self.rules.happenings):
            return False
        behind = _BEHIND.match(self.text, trigger.span.end)
        if behind and behind.group(1).lower() in OF_MANY:
            return False  # "murder rates"
        if _AFTERWARDS.match(self.text, trigger.span.start):
            return False  # "taken to a hospital", "the funeral of": what came of a deed
        cut = chunk(self.text, sentence)
        by_pay = is_union(cut) and trigger.span.of(self.text).lower().startswith("str")
        if by_pay or is_match(cut) or is_no_attack(cut, following(self.text, sentence)):
            return False
        kind, share = self.likeliest(trigger.kinds, sentence)
        cause = self.causes.get(sentence)
        inside = cause is not None and cause.meets(trigger.span)
        if inside and self.apart_by[sentence] == "whose":
            return False  # "a man blamed for the massacre was shot"
        answered = cause is not None and not inside and self.apart_by[sentence] not in ("before", "beside")
        if answered and KINDS[kind][0] not in DEMONSTRATIONS:
            return False  # "the police arrested a man over the bombing"
        protest = kind in KINDS and KINDS[kind][0] == "Protests"
        if protest and share < self.trust.crowd and _CROWDS.search(sentence.of(self.text)) is None:
            return False  # a procession, a campaign
        return share >= max(self.trust.new_kind, trigger.kinds["-"]) and kind not in ("harm", "other")

    def knows(self, trigger: Trigger) -> bool:
        """Whether the rules know a word of a trigger: they have passed it over."""
        tables, words = lexicon(), trigger.span.of(self.text).lower().split()
        return any(word in tables.verbs or word in tables.nouns for word in words) or kinds.knows(words)

    def sentence(self, span: Span) -> Span | None:
        n = bisect_right(self.starts, span.start) - 1
        return self.rules.sentences[n] if n >= 0 and self.rules.sentences[n].end >= span.end else None

    def happening(self, trigger: Trigger, found: Sequence[Attribution]) -> Happening:
        sentence = self.sentence(trigger.span) or trigger.span
        kind, _ = self.likeliest(trigger.kinds, sentence)
        parts = self.parts(trigger.span, (), trigger.roles, KINDS[kind])
        made = Happening(
            trigger.span,
            sentence,
            *KINDS[kind],
            Realis(max(trigger.realis, key=lambda k: trigger.realis[k])),
            tuple(r for r in self.as_things(parts) if not self.has_no_part(r, trigger.span)),
            generic=kind in UNTRIED,
            score=ALONE * trigger.score,
        )
        made = as_said(chunk(self.text, sentence), made, following(self.text, sentence))
        return replace(made, attributions=self.voices_of(made, found, {}))


def _in_name(text: str, head: Span, owner: re.Match[str]) -> bool:
    """ "Hill Peoples' Rights Watch": a plural's mark within a name."""
    return (
        text[owner.start() - 1] == "s"
        and owner.group().strip() in "'’"
        and text[head.start].isupper()
        and text[owner.end()].isupper()
    )


_LETTERS = re.compile(r"[A-Z]{3,}(?:-[A-Z]+)*")
_PLAIN = re.compile(r"[a-z][a-z-]+(?: [a-z][a-z-]+){0,2}")


def _named(held: Sequence[Role]) -> set[RoleName]:
    """The parts that are told; of a target and a victim, one stands for both."""
    named = {r.name for r in held}
    return named | {RoleName.TARGET, RoleName.VICTIM} if RoleName.TARGET in named or RoleName.VICTIM in named else named


def _depth(found: Sequence[Attribution], n: int) -> int:
    """How many voices an attribution stands within."""
    depth, outer = 0, found[n].within
    while outer is not None and depth <= len(found):
        depth, outer = depth + 1, found[outer].within
    return depth


def _long(attribution: Attribution) -> int:
    return attribution.content.end - attribution.content.start


def _tells(attribution: Attribution, at: int) -> bool:
    """Whether a place in the text lies in what a voice says, by what the network hears."""
    content = attribution.content
    return content.start <= at < content.end and any(p.start <= at < p.end for p in attribution.pieces)


def _near(attribution: Attribution, at: int) -> bool:
    """Whether a place in the text lies beside a content, as an appended clause does (", killing two")."""
    return attribution.content.start - 40 <= at <= attribution.content.end + 60


def _is_told(attribution: Attribution) -> bool:
    """Whether an attribution is that of an outlet which somebody "told"."""
    source = attribution.source
    return attribution.medium and source is not None and source.span.start >= attribution.cue.end


def _meet(a: Attribution, b: Attribution) -> bool:
    """Whether two attributions stand on the same cue."""
    return a.cue.meets(b.cue)
