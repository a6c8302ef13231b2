"""Words that only say of what was told before who did it, or where it was."""

from __future__ import annotations

import re
from dataclasses import replace

from crossbearing.model.mention import Happening, Mention, Realis, Role, RoleName, Stance
from crossbearing.model.text import Span
from crossbearing.read.beside import SPOT, as_mention
from crossbearing.read.chunks import Chunked
from crossbearing.read.folding import Draft
from crossbearing.read.lexicon import lexicon
from crossbearing.read.triggers import Found
from crossbearing.read.voices import Voice


def found_other(found: list[Found]) -> bool:
    """Whether the sentence has other words for happenings, none of which stands: it blames someone for something else."""
    return any(f.trigger.cls != "blame" for f in found)


def blame(cut: Chunked, found: Found, blamed: list[Mention]) -> Draft:
    """Words that only say who did what was told before."""
    event_type, sub = lexicon().types["strike"]
    before = {t.low for t in cut.tokens[max(0, found.first - 2) : found.first]}
    denied = found.realis is Realis.DENIED and before.isdisjoint(_UNSAID)  # "denied responsibility and blamed X"
    return Draft(
        Happening(
            trigger=Span(cut.tokens[found.first].start, cut.tokens[found.last - 1].end),
            sentence=cut.span,
            event_type=event_type,
            sub_event_type=sub,
            realis=Realis.ASSERTED if denied else found.realis,
            roles=tuple(Role(RoleName.PERPETRATOR, m, 0.7) for m in blamed),
            score=0.5,
        ),
        blamed[0],
    )


_UNSAID = frozenset(("not", "never", "n't", "denied", "denies"))


_OWNED = re.compile(
    r"claim(?:s|ed|ing)? (?:the )?(?:(?:responsibility|credit)"
    r"(?: for (?:it|them|this|that|these|those|both|all|the)\b| (?:in|on|via|through)\b|"
    r" ?[.,;”\"]|$)|(?:it|them|both|all)\b(?! was| were| had| has| to))"
)


def owned(cut: Chunked, heard: list[Voice]) -> list[Draft]:
    """ "X claimed them", "X claimed responsibility", "X said that it had planted it": who says that what was told before is their
    deed."""
    owns = (v.attribution for v in heard if v.attribution.source and _owns_up(cut, v))
    claimed = next(owns, None)
    if claimed is None or claimed.source is None:
        return []
    event_type, sub = lexicon().types["strike"]
    doer = Role(RoleName.PERPETRATOR, claimed.source, 0.7)
    return [Draft(Happening(claimed.cue, cut.span, event_type, sub, Realis.ASSERTED, (doer,), score=0.5), doer.mention)]


_ITS_DEED = re.compile(
    r"\b(?:it|they|its \w+|their \w+)(?: themselves| itself)? (?:had |has |have )?"
    r"(?:(?:was|were) (?:behind|responsible for) (?:it|them|this|that|both)|(?:was|were) (?:behind|responsible) ?[.,;”\"]|"
    r"(?:carried|carry) (?:it|them|this|both) out|"
    r"(?:carried out|planted|laid|placed|staged|mounted|done|did|launched|fired|sent|conducted|executed) (?:it|them|this|both)\b)"
)


_OF_DEEDS = frozenset(
    "behind responsible out planted laid placed staged mounted done did launched fired sent conducted executed".split()
)


def _owns_up(cut: Chunked, voice: Voice) -> bool:
    """Whether a voice speaks of what was told before as its own deed: it claims it, or a party says that it did it."""
    if voice.attribution.stance is Stance.CLAIMS:
        return _OWNED.search(cut.words) is not None
    party = voice.again or (voice.source is not None and voice.source.kind in ("actor", "group"))
    if voice.attribution.stance is not Stance.ASSERTS or not party or voice.attribution.medium:
        return False
    if _OF_DEEDS.isdisjoint(t.low for t in cut.tokens):
        return False
    hit = _ITS_DEED.search(cut.words)
    return hit is not None and cut.words[: hit.start()].count(" ") > voice.cue and not _NOT.search(cut.words)


_NOT = re.compile(r"\b(?:not|never|neither|nor|whether|if)\b")
_PUTS = re.compile(
    r"\b(?:puts?|plac(?:es|ed)|locat(?:es|ed)) "
    r"(?:it|(?:the|this|that) (?:attack|strike|raid|blast|explosion|airstrike|shelling|incident)) (?:in|at|near) "
)


def located(cut: Chunked) -> list[Draft]:
    """ "X puts it in Y": where what was told before happened, and nothing else of it."""
    match = _PUTS.search(cut.words)
    if match is None:
        return []
    verb = cut.words[: match.start()].count(" ")
    behind = verb + match.group().count(" ")
    spots = [c for c in cut.chunks if c.named and c.kind in (*SPOT, "state") and behind <= c.first <= behind + _REACH]
    event_type, sub = lexicon().types["strike"]
    trigger = Span(cut.tokens[verb].start, cut.tokens[verb].end)
    parts = tuple(Role(RoleName.PLACE, as_mention(c)) for c in spots)
    return [Draft(Happening(trigger, cut.span, event_type, sub, Realis.ASSERTED, parts, score=0.5), None)] if spots else []


_REACH = 6


def can_be_laid_on(draft: Draft, heard: list[Voice]) -> bool:
    """Whether a deed is of those who are blamed: nobody else is said to have done it but who speaks. Who denies a deed and blames
    others denies his own."""
    doers = draft.happening.role(RoleName.PERPETRATOR)
    speak = [v.attribution.source.span for v in heard if v.attribution.source]
    return not doers or (draft.happening.realis is not Realis.DENIED and all(m.span in speak for m in doers))


def with_doers(draft: Draft, doers: list[Mention]) -> Draft:
    spans = {m.span for m in doers}  # "an attack blamed on X" is none on X
    roles = (r for r in draft.happening.roles if r.name is not RoleName.PERPETRATOR)  # who blames them did not do it
    kept = tuple(r for r in roles if r.name is not RoleName.TARGET or r.mention.span not in spans)
    roles_ = kept + tuple(Role(RoleName.PERPETRATOR, m, 0.7) for m in doers)
    return Draft(replace(draft.happening, roles=roles_), draft.party or doers[0])
