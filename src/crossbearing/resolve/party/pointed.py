"""Whom a document makes plain: "the group", "the army", "regime forces" mean who was named before, or the country of the place.

The words ask for a sort of party; what the article has named before them, and where the happening was, answer: the one party
that fits, or none. Which side is spoken of plays no part.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from crossbearing.model.mention import Mention
from crossbearing.model.provenance import Evidence, Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.where import Place
from crossbearing.resolve.party.named import BY_PLACE, SIDE, TIED, WITHIN, Namer, cleaned
from crossbearing.resolve.party.registry import Entry, Registry
from crossbearing.words import sentences
from crossbearing.words.known import above
from crossbearing.words.names import fold
from crossbearing.words.parties import ARMED_GROUPS

_SUBORDINATE = re.compile(
    r"\b(?:linked|affiliated|allied|aligned|tied|loyal|close|allegiance|ties|links|affiliates?|branch|offshoot|allies|opponents?"
    r"|rivals?|backed|supported|funded|armed|trained)\s+(?:to|with|of|by)\s+(?:the\s+)?$|\b(?:pro|anti|ex)-$",
    re.I,
)
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|both)\s+[\"“‘']?$", re.I)
_SOME_GROUP = re.compile(
    r"\b(?:an?|another|one|new|unknown|little-known|unnamed|unidentified)\s+(?:[\w-]+\s+){0,2}"
    r"(?:group|organi[sz]ation|movement|faction|militia|gang|coalition|alliance|ministry|outfit|cartel)\b(?!,|\s+(?:called|named|known))",
    re.I,
)
_AROUND = re.compile(r"(?:\s*\([^()]{1,40}\))?(?:,\s+(?:an?|the|which is|who are)|['’]s)?(?P<words>(?:\s+[\w-]+){1,6})")
_MINISTRY = re.compile(
    r"\b(?:[Tt]he\s+)?[Mm]inistry\s+of\s+(?:[A-Za-z]+\s+){1,2}?(?:of|in)\s+(?:the\s+)?(?:[A-Z]\w+\s?){1,3}"
    r"|(?:[A-Z][\w'’.]+\s+){1,2}(?:[A-Za-z]+\s+){0,2}[Mm]inistry\b(?:\s+[oi][fn]\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)?)?"
)
_OF_STATES = frozenset({"state forces", "organisation", "state"})
_SENDERS = frozenset({"united-nations", "african-union"})
_DEFINITES = (["the"], ["this"], ["that"], ["these"], ["those"])
_OTHERS = frozenset(
    {"rival", "fellow", "unnamed", "allied", "suspected", "alleged", "former", "foreign", "other", "unidentified"}
)
_WATCHING = frozenset({"monitor", "watchdog"})
_PEOPLE_TOO = frozenset({"guard", "guards", "front", "corps", "legion"})
_SINGULAR = frozenset({"army", "military", "navy", "force", "police"})  # words for a body, not for some of its people
_OCCUPYING = frozenset({"occupation", "occupying", "occupier", "invading", "invader", "invasion"})
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "statement", "official", "officials"})
_BACKED = re.compile(rf"^(?:(?:[A-Z]\S*\s+){{0,3}}\S+-{SIDE}\s+)+")
_OURS = re.compile(r"\bour (?:[a-z-]+ ){0,2}$", re.I)
_ITS = re.compile(r"\b[Ii]ts (?:own )?$")
_SAYS = re.compile(r"\b(?:said|says|say|confirmed|confirms|claimed|claims|announced|announces|reported|reports|denied|denies)\b")
_THE_GROUP_SAYS = re.compile(rf"\b[Tt]he (?:[\w-]+ )?(?:group|movement|organi[sz]ation)\b[^.;]{{0,60}}?{_SAYS.pattern}")
_LETTERS = re.compile(r"[A-Z]{3,}(?:-[A-Z]+)*")
_HEADER = 4
"""In so many lines at its head a paper says whose it is."""
_PARTS = re.compile(r"[^|/()\n–—]+")
_BODIES = frozenset(("army", "units", "forces", "troops", "aviation", "artillery", "guerrillas"))
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to", "from", "-", "republic", "federation", "kingdom", "state"))
_ARMED = frozenset(("defence", "defense", "army", "military", "armed", "staff"))
_LETTERHEAD = (
    _ARMED
    | _SMALL
    | frozenset(
        "ministry national general forces channel official "
        "supporters friends press service office media information department bureau centre center statement communique summary "
        "bulletin daily news voice command headquarters spokesman spokesperson telegram page directorate public relations".split()
    )
)
_RANK = re.compile(r"(?:['’]s?)?(?P<words>(?:[ \n]+[\w-]+){1,3})")


@dataclass(frozen=True, slots=True)
class _Said:
    """A party as an article names it: where, which one, and the words of its name and around it that say what it is."""

    span: Span
    entry: Entry
    words: frozenset[str]
    """Folded, without a plural's "s"."""


@dataclass(frozen=True, slots=True)
class _Article:
    """What an article names, in order: the parties, the countries, and where its sentences start."""

    parties: tuple[_Said, ...]
    nations: tuple[tuple[int, str], ...]
    """Offsets of countries' names, adjectives and capitals, with ISO 3166-1 alpha-2."""
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known where words ask for a party: who and which countries were named before, and where it happened."""

    before: tuple[_Said, ...]
    nations: frozenset[str]
    lead: int
    """Where the first two sentences end."""
    near: int
    """Where the sentence before begins."""
    country: str | None
    own: str | None
    """The country of the place, where it has one army that all call by that name."""


@dataclass(frozen=True, slots=True)
class _Generic:
    """Words that name a party only by what is known already: their class in the table, noun, country and branch."""

    sort: str
    noun: str
    definite: bool
    nation: str | None
    branch: str | None


class Pointed:
    """The registry, asked of words that mean a party only by what is known already."""

    def __init__(self, registry: Registry, namer: Namer) -> None:
        self._registry, self._namer = registry, namer
        self._words = registry.words
        self._article: tuple[str, _Article] = ("", _Article((), (), ()))
        self._heading: tuple[str, tuple[Entry, Span] | None] = ("", None)

    def party(
        self, document: Document, mention: Mention, at: date | None, place: Stated[Place] | None
    ) -> tuple[Entry, tuple[Evidence, ...], float] | None:
        """The party that "the group", "the army" or "regime forces" stand for: its entry, the words that show it, how sure."""
        if own := self._of_sender(document, mention.span, at) or self._by_letters(document, mention.span):
            return own[0], (own[1],), WITHIN
        asked = self._asked_for(document.text, mention.span)
        if asked is None and document.quote(mention.span).lower() == "forces":  # "X said its forces had shelled Y"
            asked = _Generic("forces", "force", False, None, "military")
            return self._of_those_who_say(document, mention.span, asked, at)
        if asked is None:
            return None
        if asked.sort == "forces" and (theirs := self._of_those_who_say(document, mention.span, asked, at)):
            return theirs
        if asked.sort == "fighters" and (band := self._of_the_group_that_says(document, mention.span)):
            return band.entry, (band.span,), WITHIN
        scene = self._scene(document, mention.span.start, place.value.country if place else None)
        whose = {"forces": self._army_of, "domestic": self._home_of, "government": self._rule_of, "occupation": self._abroad_of}
        if asked.sort in whose:
            nation, said = whose[asked.sort](asked, scene)
            entry = None if nation is None else self._registry.forces(nation, asked.branch or "military", at)
        else:
            said = None if self._some_other(document.text, asked, scene, mention.span.start) else self._named_before(asked, scene)
            entry = said.entry if said else self._of_place(asked, scene, at)
        if not entry or not (said or place):
            return None
        return (entry, (said.span,), WITHIN) if said else (entry, place.evidence if place else (), BY_PLACE)

    def _of_those_who_say(
        self, document: Document, span: Span, asked: _Generic, at: date | None
    ) -> tuple[Entry, tuple[Evidence, ...], float] | None:
        """ "X said that its air force had hit a camp": X's, where the words before name no other state."""
        text, opens = document.text, self._opens_its(document, span)
        if asked.nation or opens is None:
            return None
        said = list(self._nations_in(text, Span(opens, span.start)))
        names = re.finditer(r"[A-Z]\w+(?: [A-Z]\w+)?", text[opens : span.start])
        spots = (Span(opens + name.start(), opens + name.end()) for name in names)
        said += [(spot, nation) for spot in spots if (nation := self._registry.capitals.get(fold(spot.of(text))))]
        if len({nation for _, nation in said}) != 1 or not _SAYS.search(text, said[-1][0].end, span.start):
            return None
        entry = self._registry.forces(said[-1][1], asked.branch or "military", at)
        return (entry, (said[-1][0],), WITHIN) if entry else None

    def _opens_its(self, document: Document, span: Span) -> int | None:
        """Where the sentence of words with "its" before them begins; None where it does not stand there."""
        if not _ITS.search(document.text, max(0, span.start - 12), span.start):
            return None
        starts = self._read(document).starts
        return starts[max(0, bisect_right(starts, span.start) - 1)] if starts else 0

    def _of_the_group_that_says(self, document: Document, span: Span) -> _Said | None:
        """ "X said that its fighters had hit a camp": X's, where its sentence names no other armed group before; "the group said
        that its fighters" are those of the only one named so far."""
        text, parties, opens = document.text, self._read(document).parties, self._opens_its(document, span)
        if opens is None:
            return None
        named = [s for s in parties if opens <= s.span.start < span.start and s.entry.kind in ARMED_GROUPS]
        if not named and _THE_GROUP_SAYS.search(text, opens, span.start):
            return self._one([s for s in parties if s.span.end <= opens and s.entry.kind in ARMED_GROUPS])
        said = self._one(named)
        return said if said and _SAYS.search(text, said.span.end, span.start) else None

    def medium(self, document: Document, mention: Mention) -> tuple[Span, Entry] | None:
        """The medium that "the agency" points back to: the only one named just before, else the only one named at all."""
        words, start = fold(cleaned(document.quote(mention.span))).split(), mention.span.start
        if (
            len(words) > 2
            or words[-1:] != [w for w in words if w in self._words["media_nouns"]]
            or not _points_back(document.text, mention.span)
        ):
            return None
        text, near = document.text, _near(self._read(document).starts, start)
        runs = [Span(run.start, min(run.end, start)) for run in document.article() if run.start < start]
        found = [(hit.span, hit.values[0]) for run in runs for hit in self._registry.media_in_text.find(text, run.start, run.end)]
        last = [(span, entry) for span, entry in found if span.start >= near] or found
        return last[-1] if len({entry.id for _, entry in last}) == 1 else None

    def _of_sender(self, document: Document, span: Span, at: date | None) -> tuple[Entry, Span] | None:
        """ "Our army", "units", "the enemy" in a party's own paper: whose paper it is, and the one other party named in it."""
        text = document.text
        words = fold(cleaned(span.of(text))).split()
        ours = _OURS.search(text, max(0, span.start - 24), span.start) or span.of(text)[:4].lower() == "our "
        if not words or words[-1] not in (self._words["group_tails"] | _BODIES if ours else {*_BODIES, "enemy"}):
            return None
        sender = self.sender(document, at)
        if sender is None or words[-1] != "enemy":
            return sender
        foe = self._one([s for s in self._read(document).parties if _fights(s.entry) and not _kin(s.entry, sender[0])])
        return (foe.entry, foe.span) if foe else None

    def sender(self, document: Document, at: date | None) -> tuple[Entry, Span] | None:
        """The party whose paper a document is, and the words that say so."""
        if self._heading[0] != document.text:
            self._heading = document.text, self._sender(document, at)
        return self._heading[1]

    def _sender(self, document: Document, at: date | None) -> tuple[Entry, Span] | None:
        """The party whose paper a document is by its first lines: "Channel of the X", "Ministry of Defence of Y"; a line that
        tells something is no heading."""
        text, lines = document.text, itertools.islice(_lines(document.text), _HEADER)
        groups: dict[str, tuple[Entry, Span]] = {}
        nations: dict[str, Span] = {}
        armed = False
        for line in itertools.takewhile(lambda line: not line.of(text).endswith((".", "!", "?")), lines):
            for part in _PARTS.finditer(text, line.start, line.end):
                said = self._headed(text, Span(*part.span()))
                groups.update((e.id, (e, s)) for s, e in said if e.kind in ARMED_GROUPS)
                nations.update((e.country, s) for s, e in said if e.country and e.kind in _OF_STATES)
                bodies = any(e.kind in _OF_STATES - {"state"} for _, e in said)
                armed = armed or bodies or not _ARMED.isdisjoint(fold(part.group()).split())
        if groups or len(nations) != 1 or not armed:
            return next(iter(groups.values())) if len(groups) == 1 else None
        nation, span = next(iter(nations.items()))
        return self._registry.forces(nation, "military", at), span

    def _headed(self, text: str, part: Span) -> list[tuple[Span, Entry]]:
        """The parties and states that a part of a heading names, where it says nothing else but whose paper it is."""
        said = [(hit.span, hit.values[0][0]) for hit in self._registry.safe.find(text, part.start, part.end)]
        said += [(span, self._registry.states[nation]) for span, nation in self._nations_in(text, part)]
        left = "".join(c for n, c in enumerate(part.of(text), part.start) if not any(s.start <= n < s.end for s, _ in said))
        rest = set(fold(left).split())
        if rest <= _SMALL:
            return [(span, entry) for span, entry in said if entry.kind == "state"]  # a name alone may be a headline's
        return said if rest <= _LETTERHEAD else []

    def _by_letters(self, document: Document, span: Span) -> tuple[Entry, Span] | None:
        """The party that a document names in full, by the letters that it goes by: "NRF fighters" after "National Resistance
        Front"."""
        words = cleaned(span.of(document.text)).split()
        if not words or not _LETTERS.fullmatch(words[0]) or any(fold(w) not in self._words["group_tails"] for w in words[1:]):
            return None
        full = [
            s for s in self._read(document).parties if _initials(s.span.of(document.text)).startswith(words[0].replace("-", ""))
        ]
        found = self._one(full)
        return (found.entry, found.span) if found else None

    def _asked_for(self, text: str, span: Span) -> _Generic | None:
        """What words ask for that name a party only by what is known already; None where they say more, or less."""
        written = span.of(text)
        words = cleaned(written)
        nation, rest = self._registry.nation(words)
        tokens = fold(_BACKED.sub("", rest)).split()
        while len(tokens) > 1 and tokens[-1] in _SPEAKERS:  # "the army spokesman" speaks for the army
            tokens.pop()
        definite = _points_back(text, span)
        if tokens[-1:] == ["ministry"]:
            return _Generic("ministry", " ".join(tokens), definite, nation, None)
        for start in range(len(tokens)):
            sort = self._registry.generic.get(" ".join(tokens[start:]))
            if sort:
                before = set(tokens[:start])
                plain = self._words["qualifiers"] | self._words["force_qualifiers"] | self._registry.loaded
                people = sort == "name" and tokens[-1] in _PEOPLE_TOO and words.split()[-1].islower()  # "the guards fired"
                if before - plain or before & _OTHERS or people:
                    return None
                key = next((w for w in tokens if w in self._words["short_forms"]), tokens[-1])
                noun = tokens[start] if sort in ("domestic", "government", "occupation") else key
                branch = "government" if sort == "government" else self._registry.branch(" ".join(tokens[start:]))
                return _Generic(sort, _singular(noun), definite, nation, branch)
        return None

    def _scene(self, document: Document, stop: int, country: str | None) -> _Scene:
        """What the article has named before an offset."""
        article = self._read(document)
        near = _near(article.starts, stop)
        before = tuple(said for said in article.parties if said.span.end <= stop)
        nations = frozenset(nation for start, nation in article.nations if start < stop)
        lead = article.starts[2] if len(article.starts) > 2 else stop
        return _Scene(before, nations, lead, near, country, country if country not in self._registry.rivals else None)

    def _named_before(self, asked: _Generic, scene: _Scene) -> _Said | None:
        """The one party named before that fits: the nearest where a noun points back ("the group"), else the only one."""
        fits = [s for s in scene.before if self._fits(asked, s) and asked.nation in (None, s.entry.country)]
        near = [s for s in fits if s.span.start >= scene.near]
        worded = [s for s in fits if asked.noun in s.words]
        both = [s for s in near if s in worded]
        if not asked.definite:
            return self._one(worded) if asked.noun in self._words["short_forms"] else None
        if asked.sort in ("group", "ministry"):
            return self._one(near) or self._one(both) if near else self._one(worded) or self._one(fits)
        if asked.sort == "fighters":
            at_home = [s for s in fits if scene.country is None or s.entry.country in (None, scene.country)]
            return self._one(worded) or self._one(both) or self._one(near) or (self._one(fits) if at_home == fits else None)
        return self._one(worded if asked.sort == "name" else fits) or self._one(both)

    def _fits(self, asked: _Generic, said: _Said) -> bool:
        """Whether a party can be so called: by its kind, or by a word of its name."""
        entry, over = said.entry, above().get(said.entry.id, frozenset())
        if asked.sort == "ministry":
            return set(asked.noun.replace("defense", "defence").split()) <= said.words
        if asked.sort == "name":
            return entry.kind != "state"
        if asked.sort == "coalition":
            return entry.id in self._registry.coalitions
        if asked.sort == "peacekeepers":
            return entry.kind in ("external/other forces", "monitor") and bool(over & _SENDERS)
        if asked.noun in _WATCHING:
            return entry.kind == "monitor"
        own_masters = entry.branch is None and not any(one.startswith("state:") for one in over)
        watches = own_masters and entry.kind in ("monitor", "organisation")
        named_so = entry.kind == "external/other forces" and asked.noun in said.words  # "Wagner Group"
        return entry.kind in ARMED_GROUPS or (asked.sort == "group" and (watches or named_so))

    def _one(self, said: list[_Said]) -> _Said | None:
        """The party that all of these are, as it was named last: one entry, or one with those over it and under it."""
        ids = {s.entry.id for s in said}
        over = above()
        chain = all(a == b or a in over.get(b, ()) or b in over.get(a, ()) for a in ids for b in ids)
        return said[-1] if said and chain else None

    def _some_other(self, text: str, asked: _Generic, scene: _Scene, stop: int) -> bool:
        """Whether the words just before speak of "a group" that no table names: then "the group" is that one."""
        if asked.sort not in ("group", "fighters"):
            return False
        return any(asked.noun in fold(hit.group()).split() for hit in _SOME_GROUP.finditer(text, scene.near, stop))

    def _of_place(self, asked: _Generic, scene: _Scene, at: date | None) -> Entry | None:
        """The one mission, coalition or ministry that the country of the place has."""
        if asked.sort == "ministry":
            subject = asked.noun.removesuffix("ministry").strip()
            foreign = scene.nations - {scene.own}
            return self._registry.ministry(scene.own, subject) if subject and scene.own and not foreign else None
        if scene.country is None or asked.sort not in ("coalition", "peacekeepers") or asked.noun == "mission":
            return None
        over = above()
        sent = [
            e
            for e in self._registry.entries.values()
            if scene.country in e.lands
            and e.kind == "external/other forces"
            and e.lived(at)
            and (e.id in self._registry.coalitions if asked.sort == "coalition" else bool(over.get(e.id, frozenset()) & _SENDERS))
        ]
        return sent[0] if len(sent) == 1 else None

    def _army_of(self, asked: _Generic, scene: _Scene) -> tuple[str | None, _Said | None]:
        """Whose army: the only one so called before, the only state's whose forces were named, or the place's own."""
        nations = (asked.nation,) if asked.nation else self._registry.states
        forces = [s for s in scene.before if s.entry.kind == "state forces" and s.entry.country in nations]
        worded = _by_nation(s for s in forces if asked.noun in s.words)
        named = worded or _by_nation(forces)
        if len(named) == 1:
            nation, said = next(iter(named.items()))
            abroad = asked.nation is None and scene.own not in (None, nation)
            vague = not (asked.definite or asked.nation or scene.own) and asked.noun not in _SINGULAR
            news = said.span.start >= scene.near or any(s.span.start < scene.lead for s in forces)
            return (None, None) if vague or (abroad and not (worded and asked.definite and news)) else (nation, said)
        return (None, None) if named or asked.nation or scene.nations - {scene.own} else (scene.own, None)

    def _home_of(self, asked: _Generic, scene: _Scene) -> tuple[str | None, _Said | None]:
        """Whose "government forces" or "police": those of the country of the place, or of the only state so called before."""
        named = _by_nation(s for s in scene.before if asked.noun in s.words and s.entry.kind in _OF_STATES)
        its = asked.branch == "government forces" and (scene.country or "", "military") in self._registry.branches
        own = scene.country if its else scene.own  # two may say "the army", but only one has a government that others recognise
        if own is not None:
            return (None, None) if len(named) == 1 and own not in named else (own, named.get(own))
        return next(iter(named.items())) if len(named) == 1 else (None, None)

    def _rule_of(self, asked: _Generic, scene: _Scene) -> tuple[str | None, _Said | None]:
        """Whose "junta" or "government": the only one named so, or the place's where no other state was named."""
        named = _by_nation(s for s in scene.before if asked.noun in s.words and s.entry.kind in _OF_STATES)
        if not asked.definite or len(named) > 1:
            return None, None
        if named:
            return next(iter(named.items()))
        fits = scene.own and (asked.noun != "junta" or scene.own in self._registry.juntas)
        return (scene.own, None) if fits and not scene.nations - {scene.own} else (None, None)

    def _abroad_of(self, asked: _Generic, scene: _Scene) -> tuple[str | None, _Said | None]:
        """Whose "occupation": the state named so before, or the only state named that is not the place's own."""
        states = [s for s in scene.before if s.entry.kind in _OF_STATES and s.entry.country not in (None, scene.country)]
        worded = _by_nation(s for s in states if s.words & _OCCUPYING)
        named = worded or (_by_nation(states) if scene.country else {})
        return next(iter(named.items())) if len(named) == 1 else (None, None)

    def _read(self, document: Document) -> _Article:
        """What the article names, kept for the next who asks about the same text."""
        if self._article[0] != document.text:
            text, runs = document.text, document.article()
            nations = [list(self._nations_in(text, run)) for run in runs]
            parties = [s for run, near in zip(runs, nations, strict=True) for s in self._parties(text, run, near)]
            parties.sort(key=lambda s: s.span.start)
            starts = tuple(s.start for run in runs for s in sentences.split(text, run))
            named = tuple((span.start, nation) for near in nations for span, nation in near)
            self._article = text, _Article(tuple(parties), named, starts)
        return self._article[1]

    def _nations_in(self, text: str, run: Span) -> Iterator[tuple[Span, str]]:
        for hit in self._registry.nations.find(text, run.start, run.end):
            if hit.values[0] in self._registry.states and not TIED.match(text[hit.span.end : hit.span.end + 16]):
                yield hit.span, hit.values[0]

    def _parties(self, text: str, run: Span, nations: list[tuple[Span, str]]) -> Iterator[_Said]:
        """The parties of a stretch: names of the registry, ministries, and forces as a country's ("Chadian army")."""
        taken: set[int] = set()
        for hit in self._registry.safe.find(text, run.start, run.end):
            taken.update(range(hit.span.start, hit.span.end))
            after = text[hit.span.end : hit.span.end + 16]
            if not TIED.match(after) and not _SUBORDINATE.search(text[max(0, hit.span.start - 32) : hit.span.start]):
                yield self._said(text, hit.span, hit.values[0][0], hit.values[0][0].name)
        for ministry in _MINISTRY.finditer(text, run.start, run.end) if text.find("inistry", run.start, run.end) >= 0 else ():
            if not taken & {ministry.start(), ministry.end() - 1} and (
                found := self._namer.composed(cleaned(ministry.group()), None)
            ):
                yield self._said(text, Span(*ministry.span()), found.entry, found.entry.name)
        for span, nation in nations:
            rest = _RANK.match(text, span.end, min(run.end, span.end + 48))
            words = rest["words"].split() if rest and span.start not in taken else []
            for size in range(len(words), 0, -1):
                if branch := self._registry.branch(" ".join(words[:size])):
                    end = text.index(words[size - 1], span.end) + len(words[size - 1])
                    # by its branch, not by a listed name: states are called alike, whatever the table calls their forces
                    yield self._said(text, Span(span.start, end), self._registry.forces(nation, branch, None), branch)
                    break

    def _said(self, text: str, span: Span, entry: Entry, name: str) -> _Said:
        """A party with the words of its names and, beside it, those that say what it is ("X rebels", "the group X")."""
        kinds = self._words["group_tails"] | self._words["qualifiers"]
        words = [*fold(span.of(text)).split(), *fold(name).split()]
        before = re.search(r"(?:[\w-]+ ){1,4}$", text[max(0, span.start - 48) : span.start])
        after = _AROUND.match(text, span.end, span.end + 64)
        words += takewhile(kinds.__contains__, reversed(fold(before.group()).split()) if before else ())
        words += takewhile(kinds.__contains__, fold(after["words"]).split() if after else ())
        return _Said(span, entry, frozenset(map(_singular, words)))


def _fights(entry: Entry) -> bool:
    return entry.kind in ARMED_GROUPS or entry.kind in ("state forces", "state")


def _kin(one: Entry, other: Entry) -> bool:
    """Whether two are of one state, or one stands over the other."""
    over = above()
    stands = one.id in over.get(other.id, ()) or other.id in over.get(one.id, ())
    of_state = not {one.kind, other.kind} & ARMED_GROUPS
    return one.id == other.id or stands or (one.country == other.country and of_state)


def _initials(name: str) -> str:
    """The first letters of a name's words."""
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


def _lines(text: str) -> Iterator[Span]:
    """The lines that hold words."""
    for line in re.finditer(r"\w[^\n]*", text):
        yield Span(line.start(), line.start() + len(line.group().rstrip()))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def _points_back(text: str, span: Span) -> bool:
    """Whether words begin with "the" or "this", or stand just behind it."""
    return fold(span.of(text)).split()[:1] in _DEFINITES or bool(_DEFINITE.search(text[max(0, span.start - 8) : span.start]))


def _near(starts: tuple[int, ...], at: int) -> int:
    """Where the sentence before the one at an offset begins."""
    return starts[max(0, bisect_right(starts, at) - 2)] if starts else 0


def _by_nation(said: Iterable[_Said]) -> dict[str, _Said]:
    """The countries of parties, each with the party of it that was named last."""
    return {s.entry.country: s for s in said if s.entry.country}
