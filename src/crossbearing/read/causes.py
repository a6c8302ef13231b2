"""Where a sentence tells two deeds, each with parts of its own: "marched in A on Friday over the killing of a teacher in B".

Those are two happenings, and neither has the other's parts: the marchers killed nobody, and nobody was killed at the march.
What it was about is a stretch of the sentence, at its end, at its head ("the killing sparked protests") or within it
("protesters angry over the killing threw stones"). What is only named there is recalled; what a clause tells ("after soldiers
shot a driver") is news. So it is where a sentence tells what a deed answers, what was done days before it, what befell its place
or its victims long ago, or another deed besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from crossbearing.model.mention import Happening, Realis, Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read.beside import SPOT, as_mention
from crossbearing.read.bounds import BOUNDARY
from crossbearing.read.chunks import Chunk, Chunked, chunk
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.spots import dateline
from crossbearing.read.triggers import triggers
from crossbearing.read.voices import Voice
from crossbearing.words.time_forms import Calendar, Shift, Unit


class Cause(NamedTuple):
    """What a crowd's deed, or a state's answer, was about: the tokens [first, last) of a sentence."""

    first: int
    last: int
    named: bool
    """Whether it is only named, and not told in a clause of its own."""
    by: Literal["crowd", "party", "state", "next", "before", "whose", "beside"] = "crowd"
    """Who answers it: a crowd, an armed `party`, or a `state` or its courts, of which the rest then tells no incident; or it is
    what another did `next`, or what was done `before` or `beside` it; or it only says `whose` deed those had done whom the rest
    tells of."""

    def span(self, cut: Chunked) -> Span:
        return Span(cut.tokens[self.first].start, cut.tokens[self.last - 1].end)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of such a sentence, as a sentence of its own."""

    cut: Chunked
    heard: list[Voice]
    """The voices whose cues stand there."""
    recalled: bool
    lent: tuple[Role, ...]
    """What the other side lends where this has none of its own: the day at the end of the cause; where the dead are mourned."""
    means: Chunk | None = None
    """What "another" is one more of: "a bomb killed two in A and another killed one in B"."""

    def told(self, happening: Happening, sentence: Span) -> Happening:
        """A happening of this side, as of the whole sentence."""
        realis = Realis.BACKGROUND if self.recalled and happening.realis is Realis.ASSERTED else happening.realis
        generic = happening.generic or (happening.sub_event_type == "Peaceful protest" and _in_grief(self.cut))
        made = replace(happening, sentence=sentence, realis=realis, generic=generic, roles=(*happening.roles, *self.lent))
        if self.means is None or happening.role(RoleName.MEANS):
            return made
        event_type, sub = lexicon().types[lexicon().weapons[self.means.head]]
        roles = (*made.roles, Role(RoleName.MEANS, as_mention(self.means)))
        return replace(made, event_type=event_type, sub_event_type=sub, roles=roles)


def _in_grief(cut: Chunked) -> bool:
    return _IN_GRIEF.search(cut.words) is not None


# A vigil or a funeral asks for nothing.
_IN_GRIEF = re.compile(
    r"^(?!.*\b(?:protest\w*|demand\w*|justice|demonstrat\w*|march\w*|"
    r"slogans|angry|anger|streets|condemn\w*|denounc\w*)\b).*\b(?:vigils?|funerals?|burials?|mourn\w*)\b"
)


def sides(text: str, cut: Chunked, about: Cause, heard: list[Voice]) -> Iterator[Side]:
    """What the crowd did, and what it was about."""
    rest = cut.part([k for k in range(len(cut.tokens)) if not about.first <= k < about.last])
    cause = chunk(text, about.span(cut))  # cut anew: "over last week" is no time in "over last week's explosion"
    own = (
        about.by not in ("crowd", "beside")
        or any(map(_is_day, rest.chunks))
        or not _RELATIVE.isdisjoint(t.low for t in cause.tokens)
    )
    day = () if own else _last_day(cause)
    places = _places(rest) if (about.by in ("state", "next") or _in_grief(rest)) and not _places(cause) else ()
    if about.by == "whose":
        theirs = (*(() if _places(rest) else _places(cause)), *(() if any(map(_is_day, rest.chunks)) else _last_day(cause)))
        yield Side(rest, _heard(heard, cut, rest), False, theirs)
        return
    if about.by != "state":
        yield Side(rest, _heard(heard, cut, rest), False, day)
    lent = _days(rest) if about.by == "beside" and not any(map(_is_day, cause.chunks)) else places
    another = about.by == "beside" and cause.tokens[0].low == "another"
    means = next((c for c in rest.chunks if c.kind == "weapon" and c.head in lexicon().weapons), None) if another else None
    yield Side(cause, _heard(heard, cut, cause), about.named, lent, means)


_RELATIVE = frozenset(("which", "who", "that", "when", "where"))


def _is_day(chunk: Chunk) -> bool:
    return chunk.time is not None and chunk.time.has_day


def _last_day(cut: Chunked) -> tuple[Role, ...]:
    """The day that a sentence ends with."""
    last = next((c for c in reversed(cut.chunks) if _is_day(c)), None)
    ends = last is not None and all(t.text in '.!)”"' for t in cut.tokens[last.last :])
    return (Role(RoleName.TIME, as_mention(last)),) if last is not None and ends else ()


def _days(cut: Chunked) -> tuple[Role, ...]:
    return tuple(Role(RoleName.TIME, as_mention(c)) for c in cut.chunks if _is_day(c))


def _places(cut: Chunked) -> tuple[Role, ...]:
    head = dateline(cut)
    return tuple(Role(RoleName.PLACE, as_mention(c)) for c in cut.chunks if c.named and c.kind in SPOT and c.first >= head)


def _heard(heard: list[Voice], cut: Chunked, side: Chunked) -> list[Voice]:
    """The voices of a sentence whose cues stand on one side of it, by their place there."""
    at = {token.start: n for n, token in enumerate(side.tokens)}
    return [
        replace(
            v, cue=v.cue + shift, source=v.source and replace(v.source, first=v.source.first + shift, last=v.source.last + shift)
        )
        for v in heard
        if (place := at.get(cut.tokens[v.cue].start)) is not None
        for shift in (place - v.cue,)
    ]


# ---------------------------------------------------------------- where it stands


def cause_of(cut: Chunked) -> Cause | None:
    """What of a sentence tells the violence that a crowd's deed was about; None where it tells no such two."""
    if not _may_tell(cut.words):
        return None
    if (sparked := _SPARKED.search(cut.words)) is not None:
        last = _token(cut, sparked.start())
        told = _done_by_another(cut, 0, last)
        return Cause(0, last, not told) if told or _names_deed(cut, 0, last) else None
    if (office := _OFFICE.search(cut.words)) is not None:
        first, last = _token(cut, office.end() + 1), len(cut.tokens)
        if office.group().startswith("convicted"):  # "two men convicted of a bombing were executed"
            dies = _PUT_TO_DEATH.search(cut.words, office.end())
            last = _token(cut, dies.start()) if dies else last
        tried = _TRIED.match(office.group()) is not None
        return Cause(first, last, named=tried, by="state") if _names_deed(cut, first, last, loose=True) else None
    done = (m.start() for m in _CROWD.finditer(cut.words))
    answer = next((at for at in done if not _in_name(cut, _token(cut, at))), len(cut.words))
    found = (_about(cut, match) for match in _ABOUT.finditer(cut.words, answer))
    crowd = next((cause for cause in found if cause is not None), None)
    return crowd or _reprisal(cut) or _retaken(cut) or _who_did(cut) or _days_after(cut) or _recalled(cut) or _beside(cut)


def _days_after(cut: Chunked) -> Cause | None:
    """ "Shelled X on Tuesday, a day after rebels killed four in Y", "Two days after ..., police shot": what was done before."""
    match = _AFTER_DAYS.search(cut.words)
    if match is None:
        return None
    first, behind = _token(cut, match.start("lag")), _token(cut, match.end() + 1)
    opens = not any(token.text.isalpha() for token in cut.tokens[dateline(cut) : first])
    commas = (k for k in range(behind, len(cut.tokens) - 1) if cut.tokens[k].text == "," and cut.at[k] < 0)
    last = next((k for k in commas if cut.tokens[k + 1].low not in _RELATIVE), None) if opens else len(cut.tokens)
    told = last is not None and _done_by_another(cut, behind, last)
    named = last is not None and (opens or cut.tokens[behind].low in _NEW) and _names_deed(cut, behind, last)
    if last is None or not (told or named):
        return None
    rest = (*range(first), *range(last, len(cut.tokens)))
    recalled = not told and cut.tokens[behind].low not in _NEW  # "three days after the killing of X"
    return Cause(first, last, named=recalled, by="before") if _tells_deed(cut, rest) else None


def _recalled(cut: Chunked) -> Cause | None:
    """ "A mine exploded near X, where 613 people were killed in 1992, wounding two", "killed Y, whose sons had died in April":
    what is recalled of a place or a person, by its own old date."""
    for match in _OF_WHICH.finditer(cut.words):
        first = _token(cut, match.start("which"))
        commas = (k for k in range(first + 3, len(cut.tokens) - 1) if cut.tokens[k].text in ",;" and cut.at[k] < 0)
        last = next(commas, len(cut.tokens))
        old = any(first < c.first < last and _is_of_old(c) for c in cut.chunks)
        if old and _tells_deed(cut, (*range(first), *range(last, len(cut.tokens)))):
            return Cause(first, last, named=True, by="before")
    return None


def _beside(cut: Chunked) -> Cause | None:
    """ "A bomb killed two in A and another killed one in B": two deeds, each with who or what did it, a verb and a place."""
    for match in _AND_ANOTHER.finditer(cut.words):
        k = _token(cut, match.start("and"))
        begins = cut.over(k + 1)
        new = cut.tokens[k + 1].low in _NEW_ONE or (begins is not None and begins.kind in _ACTING)
        if cut.at[k] >= 0 or not new:
            continue
        spots = [c.first for c in cut.chunks if _is_placed(cut, c)]
        if not (any(at < k for at in spots) and any(at > k for at in spots) and _tells_deed(cut, range(k))):
            continue
        behind = cut.part(range(k + 1, min(k + _SUBJECT, len(cut.tokens))))
        if any(not f.noun and f.trigger.lemma not in _ENDS for f in triggers(behind)):
            return Cause(k + 1, len(cut.tokens), named=False, by="beside")
    return None


_AND_ANOTHER = re.compile(r" (?P<and>and|while|whereas) (?=\w)")
_AT = ("in", "at", "near", "outside")
_SPOTTED = re.compile(rf"\b(?:{'|'.join(_AT)})\b", re.I)
_NEW_ONE = frozenset("another a an one two three several suspected unidentified unknown".split())
_ACTING = ("group", "actor", "weapon")
_ENDS = ("die", "succumb", "arrest")
_SUBJECT = 9
"""Within so many words behind "and" the verb of the second deed stands."""


def _is_placed(cut: Chunked, chunk: Chunk) -> bool:
    return chunk.named and chunk.kind in SPOT and chunk.first > 0 and cut.tokens[chunk.first - 1].low in _AT


def _is_of_old(chunk: Chunk) -> bool:
    """Whether a time lies months or years back by its own words: "in 1992", "in January 2020", "two years ago", "last April"."""
    form = chunk.time.form if chunk.time else None
    if isinstance(form, Calendar):
        named = form.month is not None or form.year is not None or bool(form.which)
        return named and form.weekday is None and (form.day is None or form.year is not None)
    return isinstance(form, Shift) and form.unit in (Unit.MONTH, Unit.YEAR) and form.high < 0


def _who_did(cut: Chunked) -> Cause | None:
    """ "Rangers killed three insurgents who attacked a school", "a man blamed for the massacre was shot": what those had done
    whom the rest tells of."""
    if (blamed := _BLAMED.search(cut.words)) is not None:
        first, last = _token(cut, blamed.start()), _token(cut, blamed.start("slain"))
    elif (killed := _WHO_HAD.search(cut.words)) is not None:
        first, last = _token(cut, killed.start("who")), len(cut.tokens)
        if cut.tokens[first + 1].low not in lexicon().verbs:
            return None
    else:
        return None
    return Cause(first, last, named=False, by="whose") if _tells_deed(cut, range(first, last)) else None


def _tells_deed(cut: Chunked, tokens: Iterable[int]) -> bool:
    """Whether one of some tokens is a verb that tells of violence, or a noun that names one deed."""
    for k in tokens:
        verb, noun = lexicon().verbs.get(cut.tokens[k].low), lexicon().nouns.get(cut.tokens[k].low)
        if (verb is not None and verb.form in ("past", "participle")) or (noun is not None and noun.form != "plural"):
            return True
    return False


def _retaken(cut: Chunked) -> Cause | None:
    """ "Rebels seized the town on Monday, but the army retook it on Tuesday": what befell the same place next."""
    match = _TAKEN_BACK.search(cut.words)
    if match is None:
        return None
    return Cause(_token(cut, match.start("next")), len(cut.tokens), named=False, by="next")


def _reprisal(cut: Chunked) -> Cause | None:
    """ "Shelled X in retaliation for an air strike on Y": what an armed party answers."""
    match = _IN_REPRISAL.search(cut.words)
    if match is None:
        return None
    first = _token(cut, match.end() + 1)
    commas = (k for k in range(first, len(cut.tokens) - 1) if cut.tokens[k].text in ",;" and cut.at[k] < 0)
    last = next((k for k in commas if cut.tokens[k + 1].low not in _RELATIVE), len(cut.tokens))
    told = any(first <= c.first and c.last <= last and c.kind not in ("time", "weapon", "adjective") for c in cut.chunks)
    if not told or not _names_deed(cut, first, last):
        return None  # "in response to the attack" names what is told elsewhere
    return Cause(first, last, named=cut.tokens[first].low not in _NEW, by="party")


def _about(cut: Chunked, match: re.Match[str]) -> Cause | None:
    """What stands behind words for a reason, where that is violence."""
    first = _token(cut, match.end() + 1)
    last = len(cut.tokens) if _is_told(cut.words[: match.start()], match.group()) else _goes_on(cut, first)
    if match["after"] is not None:
        if _done_by_another(cut, first, last):
            return Cause(first, last, named=False)
        if _THEMSELVES.match(cut.words, match.end() + 1):
            return None
    loose = match["loose"] is not None or _BARE.search(match.group()) is not None
    if not _names_deed(cut, first, last, loose, match["of"] is not None):
        return None
    return Cause(first, last, named=match.group() not in _BEHIND or cut.tokens[first].low not in _NEW)


def _in_name(cut: Chunked, k: int) -> bool:
    """Whether a token is part of a name or a date: "March", "Rally Point"."""
    over = cut.over(k)
    return over is not None and over.named and over.kind in ("time", "name", "site", "area", "actor")


def stretch_of(text: str, sentence: Span) -> tuple[Span, Cause] | None:
    """Where in the text the cause stands that a sentence tells of; None where it tells none."""
    if not _may_tell(sentence.of(text).lower()):
        return None
    cut = chunk(text, sentence)
    found = cause_of(cut)
    return None if found is None else (found.span(cut), found)


def _may_tell(words: str) -> bool:
    """Whether a sentence's words are worth a closer look, which most are not."""
    crowd = _CROWD.search(words) is not None and (_ABOUT.search(words) is not None or _SPARKED.search(words) is not None)
    return crowd or any(one.search(words) is not None for one in _OTHERS) or _may_tell_two(words)


def _may_tell_two(words: str) -> bool:
    """Whether "and" stands between words that put something somewhere: most sentences with "and" name one place, or none."""
    spots = [match.start() for match in _SPOTTED.finditer(words)]
    return len(spots) > 1 and _AND_ANOTHER.search(words, spots[0], spots[-1]) is not None


# What a crowd does, or a town that mourns. "On strike" and shops that close have no kind of their own, and yet a reason.
_CROWD = re.compile(
    r"\b(?:protest(?:s|ed|ers?|ors?|ing)?|march(?:e[ds]|ing)?|demonstrat\w+|rall(?:y|ies|ied|ying)|sit-?ins?|pickets?|picketed|"
    r"vigils?|funerals?|burials?|stoppages?|walk-?outs?|walked out|(?:general|on|\w+-(?:day|hour|week)) strike|hartal|bandh|"
    r"mourn(?:ed|ers|ing)|(?:take|took|taken|taking|pour(?:ed)?) (?:to|into|onto) the streets?|gathered|"
    r"(?:block(?:ed|ing|ade)?|barricad\w+) (?:\w+ ){0,4}?(?:roads?|highways?|streets?|bridges?|junctions?|traffic)|"
    r"burn(?:ed|t|ing) (?:\w+ )?tyres|riot(?:s|ed|ing|ers)?|unrest|boycott\w*|tear ?gas|disperse[ds]?|"
    r"(?:clos|shut|shutter)\w* (?:\w+ ){0,3}?(?:shops|schools|markets?))\b"
)
# What says that something was the reason: by itself, or of people (`of`), or only right before the word for a deed (`loose`), or
# before a clause (`after`).
_ABOUT = re.compile(
    r"\b(?:(?:(?:to|in|and|who|were|are|was) )?protest(?:ed|ing|s)?(?: (?:against|at|over|about|of))?|"
    r"(?:to|and|who) (?:denounce|condemn|decry)(?:e?d)?|denouncing|condemning|decrying|"
    r"(?:ang(?:ry|er|ered)|outraged?|fury|furious|incensed|enraged|indignation) (?:over|at|about|by)|"
    r"in (?:response|reaction) to|(?:sparked|triggered|prompted|provoked|caused) by|following|in the wake of|"
    r"(?P<of>(?:demand|seek|call)(?:ed|ing|s)? (?:for )?(?:justice|answers) (?:for|over|after)|(?:to|who) mourn(?:ed)?|"
    r"mourning(?: for)?|in (?:memory of|solidarity with)|for (?:the )?victims of|"
    r"(?:funeral|burial)s? (?:[\w-]+ ){0,5}?(?:of|for))|(?P<loose>over|against)|(?P<after>after|because))(?=\s)"
)
_BARE = re.compile(r"protest(?:ed|ing|s)?$")
_SPARKED = re.compile(
    r"(?:, )?\b(?:spark|trigger|prompt|provok|ignit|unleash|set off|led to|lead(?:ing)? to|drew|drawing)(?:e?d|s|ing|es)? "
    r"(?:\w+ ){0,4}?(?:protests?|demonstrations?|riots?|marches|rallies|unrest|strikes?|sit-ins?)\b"
)
# What a state does about a deed, and no crowd.
_OFFICE = re.compile(
    r"\b(?:sanction(?:s|ed)|resign(?:s|ed)|summon(?:s|ed)|dismiss(?:es|ed)|sack(?:s|ed)|expel(?:s|led)|fined?|blacklist(?:s|ed)|"
    r"(?:arrest|detain|sentenc|jail|indict|question|convict|charg)(?:s|es|ed))"
    r" (?:[^;:]*? )?(?:over|for|in (?:response|reaction|connection) (?:to|with))(?=\s)|"
    r"\b(?:arrest|detain|captur|nab|apprehend|question|charg|indict|interrogat)(?:s|es|ed) (?:[\w-]+ ){1,4}?"
    r"(?:suspects?|accused|masterminds?|planner|ringleader|organi[sz]er|perpetrators?) (?:[\w-]+ ){0,3}?(?:in|of|behind)(?=\s)|"
    r"\bexecut(?:es|ed) (?:[^;:,]*? )?(?:convicted (?:of|over|for)|found guilty of|for)(?=\s)|"
    r"\bconvicted (?:of|over|for|in)(?=\s[^;:]*\b(?:was|were|has been|have been) (?:executed|hanged|put to death)\b)"
)
_PUT_TO_DEATH = re.compile(r"\b(?:was|were|has been|have been) (?:executed|hanged|put to death)\b")
_TRIED = re.compile(
    r"sentenc|jail|indict|convict|charg|execut|arrest\w+ (?:[\w-]+ )+?(?:suspect|mastermind)|detain\w+ (?:[\w-]+ )+?suspect"
)
"""What a court makes of a deed comes long after it."""
_IN_REPRISAL = re.compile(
    r"\b(?:(?:in|as) (?:an? )?(?:response|retaliation|reprisal|revenge|reaction) (?:to|for|against)|(?:to avenge|avenging)|"
    r"retaliat(?:ing|ed) (?:for|against))(?=\s)"
)
_TAKEN_BACK = re.compile(
    r"\b(?:seized|captured|took|overran|occupied|stormed)\b[^;:]*?(?: ,)? (?:but|before|and|only for) "
    r"(?P<next>(?:[\w-]+ ){1,5}?(?:later )?(?:retook|recaptured|regained|reclaimed|reoccupied) it\b)"
)
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|several|a few|some|a couple of)"
_AFTER_DAYS = re.compile(
    rf"(?P<lag>\b(?:just |only |barely |less than |more than |about )*{_COUNT} "
    r"(?:hours?|days?|nights?|weeks?|fortnight|months?|years?) after)(?=\s)(?! (?:being|he|she|it|they)\b)"
)
_OF_WHICH = re.compile(r", (?P<which>where|whose|who|whom|in which|during which)\b")
_WHO_HAD = re.compile(
    r"\b(?:killed|shot dead|gunned down|eliminated|neutrali[sz]ed) (?:[\w-]+ ){1,5}?(?P<who>who)"
    r"(?= (?!was|were|is|are|had|have|has)\w)"
)
_BLAMED = re.compile(
    r"\b(?:implicated in|blamed for|wanted (?:for|over|in)|accused of|suspected of|convicted of|linked to|"
    r"responsible for|involved in) (?:[^,;:]*? )?"
    r"(?P<slain>(?:was|were|has been|had been) (?:\w+ly )?(?:killed|shot|gunned|slain))\b"
)
_OTHERS = (_OFFICE, _IN_REPRISAL, _TAKEN_BACK, _AFTER_DAYS, _OF_WHICH, _WHO_HAD, _BLAMED)
_TOLD = re.compile(
    r"\b(?:\w+ed|held|took|taken|began|begun|broke|went|set|led|drew|shut|is|are|was|were|has|have|had|fires?|holds?|stages?|"
    r"attends?|gathers?|marches|(?<!\ba )(?<!the )march|rall(?:y|ies)|demonstrates?|blocks?|boycotts?|erupts?|takes?)\b"
)
_TELLS = re.compile(r"(?:who |and )?protested\b|(?:were|are|was) protesting\b|protests? (?:against|over|at)\b")
_ARTICLE = re.compile(r"(?:^|\b(?:the|a|an|this|these|that|his|her|its|their|of|in|mass|street|large|violent|peaceful)) $")


def _is_told(before: str, about: str) -> bool:
    """Whether a verb tells what the crowd did: before the words for the reason, or in them. "Marchers angry over" still waits for
    one, and so does "a protest against"."""
    return _TOLD.search(before) is not None or (_TELLS.match(about) is not None and _ARTICLE.search(before) is None)


def _goes_on(cut: Chunked, first: int) -> int:
    """Where the verb stands that tells what the crowd did, behind what it was about; `first` where none does."""
    for k in range(first + 1, len(cut.tokens)):
        low, before, behind = cut.tokens[k].low, cut.tokens[k - 1].low, " ".join(t.low for t in cut.tokens[k + 1 : k + 2])
        told = low in _MAIN or (low.endswith("ed") and behind not in _OF_NOUN)
        if told and cut.at[k] < 0 and before not in ("who", "which", "that"):
            return k
    return first


_BEHIND = ("after", "following", "in the wake of")
_NEW = ("a", "an", "another", "several", "two", "three")
"""What "after an attack" tells, where "after the attack" recalls it."""
_MAIN = frozenset("was were is are has have had drew threw took went broke began held set turned led burnt".split())
_OF_NOUN = frozenset(("by", "in", "at", "on", "of", "for", "during", "while", "to", "with", "near", "from", "outside"))
"""Behind a form in -ed that only says more of a noun: "a man accused of theft"."""
_REACH = 6
"""A word for a deed stands within so many tokens of the words for the reason."""
_SMALL = grammar("chunks.function") | frozenset(("in", "on", "at", "by", "to", "from", "with", "for", "near", ",", ";"))
_BEFORE_NOUN = frozenset("the a an this that last alleged reported recent its their his her".split())
_TAKEN = frozenset("arrest arrests detention abduction kidnapping disappearance lynching execution rape".split())


def _names_deed(cut: Chunked, first: int, last: int, loose: bool = False, of: bool = False) -> bool:
    """Whether a word for a deed heads what stands at a token: "the deadly shelling of X", "an air strike that killed"; or, where
    it is `of` people, whether it befell them: "six villagers killed by"."""
    for k in range(first, min(first + _REACH, last)):
        low, behind = cut.tokens[k].low, " ".join(t.low for t in cut.tokens[k + 1 : k + 2])
        noun = lexicon().nouns.get(low) or lexicon().nouns.get(f"{low} {behind}")
        verb = lexicon().verbs.get(low)
        if (noun is not None and noun.form != "plural") or low in _TAKEN:
            return True
        if verb is not None and (behind in ("of", "by", "on", "in") if verb.form == "ing" else of and verb.form != "base"):
            return True
        if low == "," or (low in _SMALL - _BEFORE_NOUN and (loose or low in BOUNDARY) and not of):
            return False
    return False


def _done_by_another(cut: Chunked, first: int, last: int) -> bool:
    """Whether a clause at a token tells of violence that those who gathered did not do."""
    if _THEMSELVES.match(" ".join(t.low for t in cut.tokens[first:last])):
        return False
    for token in cut.tokens[first:last]:
        verb = lexicon().verbs.get(token.low)
        if verb is not None and verb.form in ("past", "participle"):
            return True
        if token.low in BOUNDARY:
            return False
    return False


_THEMSELVES = re.compile(
    r"(?:the |an? |some |several |(?:dozens|hundreds) of )?(?:\w+ )?(?:(?:protest|demonstrat|riot|march|mourner|crowd|mob)\w*|"
    r"talks|they|it|he|she|police (?:tried|moved|ordered|used|fired tear|blocked|dispersed))\b"
)


def _token(cut: Chunked, at: int) -> int:
    """The token that a place in the sentence's words lies in."""
    return cut.words.count(" ", 0, at)
