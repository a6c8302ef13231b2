"""Wounds told by themselves, where no word for the wounded counts them: what was borne, hospitals, limbs.

"Caused minor injuries", "nine people were taken to hospital", "was hit in the shoulder", "lost a foot".
"""

from __future__ import annotations

import re

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.chunks import Chunked
from crossbearing.read.harm.befallen import one_person
from crossbearing.read.harm.headcount import COUNTABLE, figure_of, is_single, of_one, opens_at, said_up_to
from crossbearing.read.harm.words import HARMED, KILLED, LIMBS, LOST, denies, not_asserted

_BORNE = re.compile(
    r"\b(?:caus(?:ed|es|ing)|suffer(?:ed|s|ing)|sustain(?:ed|s|ing)|receiv(?:ed|es|ing)|had|result(?:ed|ing) in|leading to|"
    r"there were) "
    r"(?P<wounds>(?:(?!no |any |an? |to |their |his |her )[\w-]+ ){0,4}?(?:injuries|wounds))\b"
)


_OF_THE_DEAD = re.compile(r"\b(?:body|bodies|corpses?|remains|head|torso)(?: (?:of|in|with|,) [^;.]*)? $")


def wounds_borne(sentence: Chunked) -> Mention | None:
    """ "Caused minor injuries", "troops suffered wounds": the wounds that are told where those who bear them are not counted."""
    match = _BORNE.search(sentence.words)
    if match is None or _OF_THE_DEAD.search(sentence.words, 0, match.start()):
        return None
    first = sentence.words[: match.start("wounds")].count(" ")
    last = first + match["wounds"].count(" ")
    if not_asserted(sentence, last) or denies(sentence, first):
        return None
    return Mention(Span(sentence.tokens[first].start, sentence.tokens[last].end), MentionKind.FIGURE)


_TREATED = re.compile(
    r"(?:more |others? )?(?:(?:was|were|remain|remained|remains|is|are) (?:\w+ly |still |all |also )*"
    r"(?:in (?:a )?(?:critical|serious|stable|grave) condition|in (?:the )?hospital|treated (?:in|at|for)|"
    r"(?:[\w-]+ ){0,7}?"
    r"(?:taken|rushed|brought|airlifted|admitted|transported|evacuated|flown) to (?:[\w-]+ ){0,3}(?:hospital|clinic)s?)\b|"
    r"(?:needed|required|received) (?:[\w-]+ )?(?:treatment|attention|care)\b|"
    r"(?:has|have) (?:an? )?(?!no |any )(?:[\w-]+ ){0,2}?(?:wounds?|injury|injuries|burns)\b|"
    r"(?:was|were|is|are) fighting for (?:their|his|her) li|"
    r"(?:was|were) (?:hit|struck|cut|grazed) by (?:an? )?(?:[\w-]+ )?"
    r"(?:bullets?|shrapnel|splinters|fragments|gunfire|debris|glass)\b)",
    re.I,
)


_TREATING = frozenset(("treated", "treating", "admitted", "admitting"))


def _under_treatment(sentence: Chunked) -> tuple[Mention, Mention | None] | None:
    """ "Medics treated 14 people for burns"."""
    lows = [t.low for t in sentence.tokens]
    if _TREATING.isdisjoint(lows):
        return None
    for c in sentence.chunks:
        opens = opens_at(sentence, c)
        treated = opens and lows[opens - 1] in _TREATING and lows[c.last : c.last + 1] in (["for"], ["with"])
        if treated and c.kind in COUNTABLE and c.number and c.head not in HARMED and not not_asserted(sentence, opens - 1):
            return figure_of(c)
    return None


def in_hospital(sentence: Chunked) -> tuple[Mention, Mention | None] | None:
    """ "Four others were in critical condition", "nine people were taken to hospital"."""
    if (treated := _under_treatment(sentence)) is not None:
        return treated
    for c in sentence.chunks:
        last = said_up_to(sentence, c) if c.kind == "number" else c.last
        behind = " ".join(t.low for t in sentence.tokens[last : last + 14])
        if c.kind in COUNTABLE and (c.number or is_single(sentence, c)) and c.head not in HARMED and _TREATED.match(behind):
            return figure_of(c)
    return None


_MAIMED = re.compile(
    r"\b(?P<verb>lost|shot|hit|struck|stabbed|cut|grazed|slashed|chopped|had)"
    r"(?= (?:[\w-]+ ){0,3}?(?:in (?:the|his|her|their|one|both|an?) (?:\w+ )?|(?:an?|his|her|their|one|both|the) (?:\w+ )?|)"
    rf"(?:{'|'.join(sorted(LIMBS))})\b)"
)
_ONE_WOUND = re.compile(
    r"\b(?:(?:suffered|sustained|received|with) "
    r"(?:an? (?:[\w-]+ ){0,3}?|(?:bullet|gunshot|shrapnel|splinter|stab|burn|head|leg) )"
    r"(?:injury|wound|burn|fracture|concussion|broken \w+)|"
    r"cut by (?:\w+ )?(?:glass|shrapnel|splinters|debris))\b"
)


_SEVERED = frozenset(("amputated", "blown", "torn", "severed"))
_LOST_ONE = re.compile(r"(?:\band|\bwhile|\bbut|[;,]) (?:[\w-]+ ){1,6}lost (?:an?|one|both|his|her) ")


def _in_a_clause_of_its_own(sentence: Chunked) -> bool:
    """ "One was killed and a second man lost a foot"."""
    return not LOST.isdisjoint(t.low for t in sentence.tokens) and _LOST_ONE.search(sentence.words) is not None


def in_the_leg(sentence: Chunked) -> tuple[Mention, Mention | None] | None:
    """ "Lost a foot", "was hit in the shoulder", "shot him in the leg": hurt, and not dead of it."""
    lows = [t.low for t in sentence.tokens]
    if not KILLED.isdisjoint(lows) and not _in_a_clause_of_its_own(sentence):
        return None
    if wound := _ONE_WOUND.search(sentence.words):
        k = sentence.words[: wound.start()].count(" ")
        told = not not_asserted(sentence, k) and not denies(sentence, k)
        return (one_person(sentence, (k, k), (k, k))[0], None) if told else None
    match = _MAIMED.search(sentence.words)
    if match is None:
        return None
    i = sentence.words[: match.start()].count(" ")
    if not_asserted(sentence, i) or denies(sentence, i):
        return None
    last = next((k for k in range(i, len(lows)) if lows[k] in LIMBS), None)
    if last is None:
        return None  # "hit his hand.A third constable": the word runs into the next sentence
    itself = match["verb"] in ("lost", "had")
    if match["verb"] == "had" and _SEVERED.isdisjoint(lows[last : last + 3]):
        return None
    if itself is (lows[last - 1] in ("in", "the")):
        return None  # "lost in the hand of", "hit the leg of the table"
    near = [c for c in sentence.chunks if c.kind in COUNTABLE and c.number and i - 4 < c.last <= (i if itself else last - 2)]
    whom = [c for c in near if not of_one(sentence, c)]
    if whom or (itself and last == i + 1):
        return figure_of(whom[-1]) if whom else None  # "lost limbs": nobody's in particular
    if lows[last - 2] == "in" or lows[last - 3 : last - 2] == ["in"]:
        i = last - 2 - (lows[last - 2] != "in")  # "stabbed a man in the arm": one arm, one man
    end = i if lows[last - 1] == "both" else last  # "lost both feet": one who did
    return one_person(sentence, (i, end), (i, end))[0], None
