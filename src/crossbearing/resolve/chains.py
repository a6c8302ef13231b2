"""Who says so: for each happening the voices that carry it, from the outlet inwards to whom it quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crossbearing.model.claim import Voice
from crossbearing.model.mention import (
    Attribution,
    CountWords,
    Happening,
    said_by,
)
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.resolve.work import Work
from crossbearing.words.names import fold

_POINTING = re.compile(r"\b(?:the|its|this|that|his|her|their)\s+$", re.I)
_SIGNED = re.compile(r"(?P<outlet>[^()]{2,}?)\s*\((?P<agency>[^()]{2,40})\)$")


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice as a link of the chain, and the attribution it comes from."""

    stated: Stated[Voice]
    attribution: Attribution | None


class Chains:
    """The voices of one document."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.carriers = self.carried_by()
        self.sender = work.actors.sender(work.document, work.published.latest)

    def carried_by(self) -> list[Heard]:
        """The outer links of every chain: the outlet, and the agency whose copy it signs ("The Post (Reuters)")."""
        outlet = self.work.actors.media.outlet(self.work.document)
        agency = self.work.actors.media.agency(self.work.document) or self.work.actors.media.credited(self.work.document)
        if outlet and (signed := _SIGNED.match(outlet.value.name)):
            inner = self.work.actors.meant(signed["agency"])
            voice = Voice(inner[0].name if inner and inner[0].id else signed["agency"], "medium", signed["agency"])
            agency = agency or replace(outlet, value=voice)
            outlet = replace(outlet, value=replace(outlet.value, name=signed["outlet"]))
        found = [v for v in (outlet, agency) if v]
        return [Heard(v, None) for n, v in enumerate(found) if not n or v.value.name != found[0].value.name]

    def chain(self, happening: Happening | CountWords) -> list[Heard]:
        """Who says so, outermost first: the outlet, the media, the claimant."""
        work, links = self.work, list(self.carriers)
        for index in happening.attributions:
            attribution = self.work.reading.attributions[index]
            if attribution.source is None:
                continue
            before = self.pointed_to(index)
            own = [self.work.reading.attributions[n] for n in happening.attributions]
            carried = [a for a in self.carriers_of(before) if not any(a is one for one in own)]
            for one in (*carried, before or attribution):
                voice = one.source and work.actors.voice(work.document, one.source, work.published.latest, work.home)
                if voice and not any(_is_called(h.stated.value, voice.value) for h in links):
                    heard = Heard(voice, attribution if one is before else one)
                    short = (n for n, h in enumerate(links) if h.attribution and _is_shorter(h.stated.value, voice.value))
                    at = next(short, len(links))
                    links[at : at + 1] = [heard]
        if self.sender and len(links) == len(self.carriers):
            # What a party's own paper tells in nobody's voice it tells in its own.
            whose = Voice(self.sender.value.name, "claimant", self.sender.value.written)
            links.append(Heard(Stated(whose, self.sender.evidence, self.sender.step, self.sender.score), None))
        return links

    def pointed_to(self, index: int) -> Attribution | None:
        """The voice heard before that "the official", "the service" or a pronoun goes back to; None where the words name one."""
        attribution = self.work.reading.attributions[index]
        source = attribution.source
        if source is None:
            return None
        earlier = self.work.reading.attributions[:index]
        if source.span.start < attribution.cue.start:
            again = next((n for n, a in enumerate(earlier) if a.source and a.source.span == source.span), None)
            if again is not None:
                return self.pointed_to(again) or earlier[again]
        words = fold(self.work.document.quote(source.span)).split()
        if len(words) != 1 or not _POINTING.search(self.work.document.text, max(0, source.span.start - 8), source.span.start):
            return None
        named = ((a, a.source.span) for a in reversed(earlier) if a.source and a.source.span.end <= source.span.start)
        return next((a for a, span in named if fold(self.work.document.quote(span)).split()[1:][-1:] == words), None)

    def carriers_of(self, attribution: Attribution | None) -> list[Attribution]:
        """The media that carried a voice, outermost first: whoever told an agency once told it what the report goes on to say."""
        found: list[Attribution] = []
        while attribution is not None and attribution.within is not None and len(found) < len(self.work.reading.attributions):
            attribution = self.work.reading.attributions[attribution.within]
            if attribution.medium:
                found.insert(0, attribution)
        return found

    def saying(self, words: Span) -> tuple[int, ...]:
        """The attributions that some words are said in, outermost first: the narrowest that holds them, the medium that it was
        told, and who carries it."""
        voices = self.work.reading.attributions
        at = said_by(voices, words)
        if at is None:
            return ()
        one = [n for n, a in enumerate(voices) if n == at or (a.source and a.cue.meets(voices[at].cue))]
        found = sorted(one, key=lambda n: not voices[n].medium)
        outer = voices[at].within
        while outer is not None and outer not in found:
            found.insert(0, outer)
            outer = voices[outer].within
        return tuple(found)

    def heard_in(self, sentence: Span) -> tuple[int, ...]:
        """The attributions whose voice stands in a sentence."""
        voices = enumerate(self.work.reading.attributions)
        return tuple(i for i, a in voices if a.source and sentence.holds(a.source.span))


def _is_shorter(voice: Voice, other: Voice) -> bool:
    """Whether a voice is a man whom the other names in full: "Belmar" before "Police Chief Belmar"."""
    return voice.kind == other.kind == "claimant" and other.name.endswith(f" {voice.name}") and voice.name[:1].isupper()


def _is_called(voice: Voice, other: Voice) -> bool:
    """Whether the other is the same voice, perhaps by a shorter name: "Staff" after "General Staff"."""
    alike = voice.kind == other.kind or (voice.kind == "outlet" and other.kind == "medium")  # "told the News"
    shorter = alike and set(fold(other.name).split()) < set(fold(voice.name).split())
    return shorter or voice.name == other.name
