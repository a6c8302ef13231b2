"""Who else speaks to a deed: the voices of sentences that tell nothing of their own and lean on the one that tells it.

"Gunmen attacked a market, killing six. The prefect confirmed the toll": what the prefect says is said of the deed before. Such a
sentence stands right behind, up to the next deed or heading, and speaks of the dead, of the doers, of what the deed was, or of
"them"; what somebody will do about it is no testimony.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from crossbearing.model.mention import Attribution, Happening, Realis, Stance
from crossbearing.model.text import Span
from crossbearing.resolve.tellings import Group, is_deed
from crossbearing.resolve.work import Work
from crossbearing.resources import table
from crossbearing.words.heads import head_of
from crossbearing.words.names import fold

_REACH = 2
"""So many sentences behind the one that tells it may lean on it, one on the other."""
_APART = re.compile(r"\s*(?:Separately|Elsewhere|Meanwhile|Earlier|Previously|In (?:a|another) |Since |On \w+day, )")
_OF_IT = re.compile(
    r"\b(?:(?:tolls?|bod(?:y|ies)|casualties|survivors|fatalities|ransom|fired (?:at|on|for|from|into)|"
    r"(?:confirm\w*|gave|put) (?:the|that|this) (?:figure|number|report|news|incident)|confirmed (?:it|this))\b|"
    r"(?:the|those|these|its|their) (?:[\w-]+ )?(?:dead|wounded|injured|killed|deaths?|victims?|attack(?:ers?|s)?|assailants?|"
    r"gunm[ae]n|raiders?|raids?|strikes?|blasts?|explosions?|bomb(?:s|ing|er|ers)?|shell(?:s|ing)?|shots|shooting|shooters?|fire|hostages?|"
    r"captives|abductors|kidnappers|killers?)\b)",
    re.I,
)
_BLAMES = re.compile(r"\b(?:blame[ds]?|responsib\w+ (?:for|on) (?:it|this|that|the)|(?:was|were|is|are) behind)\b", re.I)
_THEY = re.compile(r"\W*(?:that )?(?:they (?:were|had been)|those (?:killed|who|on|in|at|inside)\b|s?he was )")
_WHAT_IS_SAID = r"(?:reports?|allegations?|accusations?|charges?|claims?|versions?|accounts?)"
_DENIED = re.compile(
    r"(?:(?:it|this|that(?=\s*[.,;]| too\b| and\b)|all|responsibility|involvement|being behind)\b|"
    r"(?:any|all|its|their|such an?) (?:\w+ )?(?:part|role|involvement|responsibility|links?|hand|connection|knowledge|attacks?|"
    r"strikes?|claims?|deeds?)\b|having (?:carried|done|had|been|taken|played|struck|attacked|fired|shelled|killed|bombed)\b|"
    rf"(?:the|such|these|those|all) (?:\w+ )?{_WHAT_IS_SAID}\b)"
)
"""What is denied of the deed told before: it, a part in it, what is said of it."""
_WHICH = re.compile(rf"(?:, (?:something )?which|\b{_WHAT_IS_SAID}(?: (?:that|which))?|,? but|;) (?:[\w’'-]+ ){{0,4}}$")
"""What stands between a deed and who denies it in its sentence: ", which the rebels denied", "a claim that the army rejected"."""
_OTHER = re.compile(
    r"\b(?:would|will|must|should|shall|could|might|vow\w*|pledge\w*|condemn\w*|hop(?:e|es|ed)|plans?|since|so far this|"
    r"in recent|over the past|courts?|trial|jury|attorneys?|lawyers?)\b"
)
"""What will be, what has been over time, and what courts make of it."""
_OF_THEM = re.compile(r"\b(?:they|them|their|he|she|his|her|it)\b", re.I)
"""What carries over to the next sentence where nobody speaks."""


class Leaning:
    """The voices of one document that lean on what stands before them."""

    def __init__(self, work: Work) -> None:
        self.work = work

    @cached_property
    def spoken(self) -> dict[int, list[int]]:
        """By the start of each sentence its attributions that are words of speech and name who speaks."""
        found: dict[int, list[int]] = {}
        for n, attribution in enumerate(self.work.reading.attributions):
            sentence = self.work.sentence(attribution.cue)
            if sentence is not None and attribution.source and self.is_speech(attribution):
                found.setdefault(sentence.start, []).append(n)
        return found

    @cached_property
    def starts(self) -> list[int]:
        return [s.start for s in self.work.reading.sentences]

    @cached_property
    def telling(self) -> frozenset[int]:
        """The starts of the sentences that tell of a happening."""
        return frozenset(h.sentence.start for h in self.work.reading.happenings if not h.generic)

    @cached_property
    def counting(self) -> frozenset[int]:
        """The starts of the sentences that count who was hurt, and not over a time."""
        spans = (f.mention.span for f in self.work.reading.figures if not f.cumulative)
        return frozenset(s.start for span in spans if (s := self.work.sentence(span)))

    def is_speech(self, attribution: Attribution) -> bool:
        words = self.work.document.quote(attribution.cue)
        return attribution.stance is not Stance.CANNOT_CONFIRM and not _speech().isdisjoint(fold(words).split())

    def on(self, group: Group) -> Iterator[tuple[Span, tuple[int, ...]]]:
        """The sentences with a voice that lean on the tellings of a group, each with its attributions."""
        if not self.spoken:
            return
        sentences, text = self.work.reading.sentences, self.work.document.text
        seen: set[int] = set()
        for start in sorted({t.happening.sentence.start for t in group.tellings if is_deed(t.happening)}):
            at = bisect_right(self.starts, start) - 1
            for sentence in sentences[at + 1 : at + 1 + _REACH]:
                at += 1
                if sentence.start in self.telling or sentence.start in seen or self.parted(sentences[at - 1], sentence):
                    break
                if not self.leans(sentence) or _APART.match(text, sentence.start):
                    break
                seen.add(sentence.start)
                if voices := tuple(self.spoken.get(sentence.start, ())):
                    yield sentence, voices

    def denials(self, group: Group) -> dict[int, Span]:
        """The attributions that deny what a group tells, by their numbers, and the sentences in which they do: in its own ("which
        the rebels denied"), or right behind it ("the rebels denied it")."""
        found: dict[int, Span] = {}
        for n, denial in enumerate(self.work.reading.attributions):
            sentence = self.work.sentence(denial.cue) if denial.stance is Stance.DENIES and denial.source else None
            if sentence is not None and any(self.is_of(t.happening, denial, sentence) for t in group.tellings):
                found[n] = sentence
        return found

    def is_of(self, deed: Happening, denial: Attribution, sentence: Span) -> bool:
        """Whether what is denied is a deed that others tell."""
        text, source = self.work.document.text, denial.source
        if deed.realis is Realis.DENIED or not is_deed(deed) or source is None:
            return False
        it = _DENIED.match(text, denial.cue.end + 1) is not None
        if sentence == deed.sentence:
            who = min(source.span.start, denial.cue.start)
            last = denial.cue.end >= sentence.end - 1 or it
            return deed.trigger.end <= who and last and _WHICH.search(text, deed.trigger.end, denial.cue.start) is not None
        apart = bisect_right(self.starts, sentence.start) - bisect_right(self.starts, deed.sentence.start)
        between = self.starts[bisect_right(self.starts, deed.sentence.start) : bisect_right(self.starts, sentence.start)]
        return it and 0 < apart <= _REACH and self.telling.isdisjoint(between)

    def parted(self, before: Span, sentence: Span) -> bool:
        """Whether a heading or the head of an entry stands between two sentences."""
        text = self.work.document.text
        other = head_of(text, sentence.start) != head_of(text, before.start)
        return other or not before.of(text).rstrip().endswith((".", "!", "?", '"', "”", ")"))

    def leans(self, sentence: Span) -> bool:
        """Whether a sentence speaks of what one before it tells."""
        text, words = self.work.document.text, sentence.of(self.work.document.text)
        voices = [self.work.reading.attributions[n] for n in self.spoken.get(sentence.start, [])]
        for span in sorted((v.source.span for v in voices if v.source), reverse=True, key=lambda s: s.start):
            if sentence.holds(span):
                words = words[: span.start - sentence.start] + words[span.end - sentence.start :]
        if _OTHER.search(words):
            return False
        if _OF_IT.search(words) or (voices and (_BLAMES.search(words) or sentence.start in self.counting)):
            return True
        if any(
            (v.stance is Stance.DENIES and _DENIED.match(text, v.cue.end + 1)) or _THEY.match(text, v.cue.end) for v in voices
        ):
            return True
        return not voices and _OF_THEM.search(words) is not None


@lru_cache(maxsize=1)
def _speech() -> frozenset[str]:
    """Words of speech, and those that open the name of who speaks."""
    verbs = table("cues.yml")["verbs"]
    return frozenset(word for stance in verbs.values() for word in stance) | {"according", "speak", "speaks", "spoke"}
