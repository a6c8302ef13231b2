"""Who is meant: the words for an actor or a voice, worked out to an entry of the registry, a state's forces, or left as written.

First what the words name by themselves (`named`), then what the document makes plain ("the group", "the army": `pointed`),
and else the words themselves. Nothing is guessed finer than it is said, and which side is spoken of plays no part.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from crossbearing.model.claim import Actor, Voice
from crossbearing.model.mention import Mention
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.where import Place
from crossbearing.resolve.party.media import Media
from crossbearing.resolve.party.named import AS_WRITTEN, BY_NAME, STEP, WITHIN, Namer, cleaned
from crossbearing.resolve.party.neutral import neutral
from crossbearing.resolve.party.pointed import Pointed
from crossbearing.resolve.party.registry import Registry
from crossbearing.words.names import fold

_NO_VOICE = re.compile(
    r"(?:(?:unconfirmed|initial|early|preliminary|conflicting|some|other|several|media|news|press|local|local media) )?reports?|"
    r"(?-i:us)|(?:no|neither) .+|nobody|none|some|many|conflicting|images|pictures|footage|recordings|"
    r"our (?:\w+ )?(?:correspondents?|reporters?|newspaper|office|team)|"
    r"this (?:newspaper|newsroom|website|outlet|channel|reporter|correspondent)|an? (?:article|earlier report)",
    re.I,
)
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|or|as well as|along with|together with)\s+")
_PRONOUN = frozenset(
    [
        "they",
        "it",
        "he",
        "she",
        "who",
        "which",
        "that",
        "them",
        "him",
        "her",
        "we",
        "us",
        "i",
        "you",
        "those",
        "these",
        "this",
        "what",
        "both",
        "one",
        "others",
        "someone",
        "anyone",
    ]
) | {""}
_KIND_BY_WORD = (
    ("rebel group", r"rebels?|insurgents?|guerrillas?|separatists?|dissidents?|jihadis(?:ts?)?|secessionists?|mujahideen"),
    (
        "identity militia",
        r"bandits?|herders|herdsmen|pastoralists|clan|clans|tribal|tribesmen|vigilantes?|communal|ethnic|self-defen[cs]e",
    ),
    (
        "external/other forces",
        r"coalition|peacekeepers?|mercenar(?:y|ies)|international forces?|contractors|foreign (?:forces|troops)",
    ),
    (
        "political militia",
        r"militias?|militiam[ae]n|militants?|gunm[ae]n|fighters?|resistance|factions?|gangs?|cartels?|assailants?|attackers?"
        r"|armed (?:men|man|groups?|individuals|persons|elements)|extremists?|terrorists?|suspects?|hitmen"
        r"|proxies|paramilitar(?:y|ies)|bombers?",
    ),
    (
        "state forces",
        r"army|soldiers?|troops?|police|policem[ae]n|military|navy|air force|security (?:forces|personnel|services)"
        r"|border guards?|forces|air defen[cs]es?|warplanes?|junta|gendarmes?|coast ?guard",
    ),
)
_DAY = (
    r"(?:on |early |late )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|"
    r"(?:january|february|march|april|june|july|august|september|october|november|december) \d{1,2}(?:,? \d{4})?)"
)
_NO_NAME = re.compile(
    rf"^(?:{_DAY}|meanwhile|elsewhere|earlier|later|initially|also|then|separately|however|recently|what|among|say)\b,? ?"
    r"(?:the |an? |this )?"
    rf"|(?: {_DAY}| (?:via|by|over) (?:[a-z]+ )?\w+)$",
    re.I,
)
"""What stands around a voice's name where no comma parts them: "Meanwhile the Front", "the police Tuesday", "X via Skype"."""
_OUTLET = re.compile(r"(?:agency|press|news|service|radio|times|post)$", re.I)
_SPEAKS_FOR = re.compile(r"(?P<body>[^,\"”]{2,60}?)(?:['’]s?)? (?:\w+ )?spokes(?:man|woman|person)(?:\b.*)?$")
_BODY = re.compile(r"(?:army|police|navy|military|air force|ministry|command|government|coalition|mission|parliament)$", re.I)
_OWNED = re.compile(r"(?:['’]s|s['’])\s+$")
_TOKEN = re.compile(r"\S+")
_KINDS = tuple((kind, re.compile(rf"\b(?:{pattern})\b", re.I)) for kind, pattern in _KIND_BY_WORD)


class Actors:
    """The registry, ready to be asked."""

    def __init__(self) -> None:
        self._registry = registry = Registry()
        self._namer = namer = Namer(registry)
        self._pointed = Pointed(registry, namer)
        self.media = Media(registry, namer)

    def actor(
        self, document: Document, mention: Mention, at: date | None = None, place: Stated[Place] | None = None
    ) -> Stated[Actor] | None:
        """The actor that a mention's words mean; None where they name nobody ("they", "both sides").

        `at` is the time of what is told, where known: it tells apart names that passed from one body to another.
        `place` is where it happened: "government forces" are those of its country.
        """
        mention = self._with_owner(document, mention, at)
        written = mention.span.of(document.text)
        found = self.meant(written, at)
        if found is None:
            return None
        if found[0].id is None and (plain := self._pointed.party(document, mention, at, place)):
            entry, evidence, score = plain
            actor = Actor(entry.name, entry.id, written, entry.kind, entry.country, self._registry.takes_a_side(written))
            return Stated(actor, (mention.span, *evidence), STEP.id, score)
        if found[0].id is None and fold(found[0].name) in self._registry.words["nobody"]:
            return None
        return Stated(found[0], (mention.span,), STEP.id, found[1])

    def actors(
        self, document: Document, mention: Mention, at: date | None = None, place: Stated[Place] | None = None
    ) -> tuple[Stated[Actor], ...]:
        """Every actor of a mention that joins several ("US and British forces"); one where it joins none. As `actor` else."""
        pieces = self._split(mention.span.of(document.text))
        if len(pieces) == 1:
            return tuple(filter(None, [self.actor(document, mention, at, place)]))
        found = [self.meant(part, at) for part in pieces]
        unique = {
            actor.id or fold(actor.name): Stated(actor, (mention.span,), STEP.id, score) for actor, score in filter(None, found)
        }
        return tuple(unique.values())

    def meant(self, written: str, at: date | None = None) -> tuple[Actor, float] | None:
        """The actor that words mean, and how sure it is (0 to 1)."""
        words = cleaned(written)
        if fold(words) in _PRONOUN and words != "US":
            return None
        meant = self._namer.asked(words, at)
        if meant is None:
            return self._unlisted(words, written), AS_WRITTEN
        entry = meant.entry
        loaded = meant.loaded or self._registry.takes_a_side(written)
        return Actor(entry.name, entry.id or None, written, entry.kind, entry.country, loaded), meant.score

    def voice(
        self, document: Document, mention: Mention, at: date | None = None, place: Stated[Place] | None = None
    ) -> Stated[Voice] | None:
        """Whose words they are: a medium, or a claimant under its neutral name; None where the words name nobody.

        `at` and `place` as for `actor`.
        """
        written = mention.span.of(document.text)
        words = cleaned(written)
        if fold(words) in _PRONOUN or _NO_VOICE.fullmatch(words):
            return None
        medium = self.media.named(words)
        if medium is not None and not _is_other(document.text, words):
            return Stated(Voice(medium.name, "medium", written), (mention.span,), STEP.id, BY_NAME)
        whole = self._with_owner(document, mention, at)
        meant = self._namer.speaker(cleaned(whole.span.of(document.text)), at)
        if meant is not None:
            kind = "medium" if meant.entry.kind == "medium" else "claimant"
            return Stated(Voice(meant.entry.name, kind, whole.span.of(document.text)), (whole.span,), STEP.id, meant.score)
        if carried := self._pointed.medium(document, mention):
            return Stated(Voice(carried[1].name, "medium", written), (mention.span, carried[0]), STEP.id, WITHIN)
        if plain := self._pointed.party(document, mention, at, place):
            return Stated(Voice(plain[0].name, "claimant", written), (mention.span, *plain[1]), STEP.id, plain[2])
        if body := self._spoken_for(document, mention, at, place):
            return body
        if (less := _NO_NAME.search(written)) and len(less.group()) < len(written):
            start, end = (0, less.start()) if less.start() else (less.end(), len(written))
            rest = Span(mention.span.start + start, mention.span.start + end)
            return self.voice(document, replace(mention, span=rest), at, place)
        kind = "medium" if self._registry.words["media_nouns"] & set(fold(words).split()[-1:]) else "claimant"
        return Stated(Voice(neutral(words), kind, written), (mention.span,), STEP.id, AS_WRITTEN)

    def sender(self, document: Document, at: date | None) -> Stated[Actor] | None:
        """The party whose own paper a document is: "Ministry of Defence of Y, daily summary"."""
        if (found := self._pointed.sender(document, at)) is None:
            return None
        entry, span = found
        actor = Actor(entry.name, entry.id, span.of(document.text), entry.kind, entry.country)
        return Stated(actor, (span,), STEP.id, WITHIN)

    def _spoken_for(
        self, document: Document, mention: Mention, at: date | None, place: Stated[Place] | None
    ) -> Stated[Voice] | None:
        """The body for which a named man speaks: the army, of "army spokesman Colonel X"; None where the words name none."""
        written = mention.span.of(document.text)
        if (said := _SPEAKS_FOR.match(written)) is None:
            return None
        body = Span(mention.span.start, mention.span.start + said.end("body"))
        voice = self.voice(document, replace(mention, span=body), at, place)
        if voice is None or (voice.score <= AS_WRITTEN and not _BODY.search(said["body"])):
            return None
        return replace(voice, value=replace(voice.value, written=written), evidence=(mention.span, *voice.evidence[1:]))

    def _with_owner(self, document: Document, mention: Mention, at: date | None) -> Mention:
        """A mention that names nobody by itself, with the country before it by which it does: "army" in "Israel's army"."""
        text, start = document.text, mention.span.start
        if not _OWNED.search(text, max(0, start - 8), start) or self._namer.asked(cleaned(mention.span.of(text)), at):
            return mention
        tokens = list(_TOKEN.finditer(text, max(0, start - 48), start))[-4:]
        for token in tokens:
            nation, rest = self._registry.nation(text[token.start() : start].strip())
            whole = Span(token.start(), mention.span.end)
            if nation and not rest and self._namer.asked(cleaned(whole.of(text)), at):
                return replace(mention, span=whole)
        return mention

    def _split(self, written: str) -> list[str]:
        """The parts of joined actors; a last noun is lent to the countries before it ("US and British forces")."""
        if self._registry.names.get(cleaned(written)) or not _AND.search(written):
            return [written]
        pieces = [p for p in _AND.split(written) if p.strip()]
        nation, tail = self._registry.nation(cleaned(pieces[-1]))
        whole = []
        for piece in pieces:
            here, rest = self._registry.nation(cleaned(piece))
            lend = here and not rest and nation and tail and self._registry.branch(tail)
            whole.append(f"{piece} {tail}" if lend and piece is not pieces[-1] else piece)
        known = [self._namer.asked(cleaned(p), None) or any(kind.search(p) for _, kind in _KINDS) for p in whole]
        return whole if all(known) else [written]

    def _unlisted(self, words: str, written: str) -> Actor:
        """Someone whom the registry does not have: the words themselves, with the kind and the country that they show."""
        kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), "")
        nation = self._registry.nation(words)[0] or (
            self._registry.nation(words[:-1])[0] if words.endswith("s") and " " not in words else None
        )
        return Actor(neutral(words), None, written, kind, nation, self._registry.takes_a_side(written))


def _is_other(text: str, letters: str) -> bool:
    """Whether a page says of an outlet's letters that they are short for something else: "the Aurora Army (AA)"."""
    if not (letters.isupper() and 1 < len(letters) < 6 and (at := text.find(f"({letters})")) > 0):
        return False
    full = [w for w in re.split(r"[\s-]+", text[max(0, at - 80) : at]) if w][-len(letters) :]
    return "".join(w[0] for w in full) == letters and not _OUTLET.search(full[-1])


@lru_cache(maxsize=1)
def load_actors() -> Actors:
    """The shipped registry."""
    return Actors()
