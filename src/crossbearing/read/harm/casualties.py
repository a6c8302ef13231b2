"""Figures of people hurt, and whether they are of one happening or of a whole war.

A figure is a number beside people and a word for what befell them, in any order: "killing five", "five were wounded",
"no casualties", "nobody was injured". It is cumulative where the words count over a period, a war or many attacks; a part
where they tell it of a whole ("six people, including two children"); more where they add it to what was told ("another five").
Those missing, captured and displaced are counted likewise.
"""

from __future__ import annotations

import re

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.chunks import Chunked
from crossbearing.read.harm.again import counted_again
from crossbearing.read.harm.as_people import with_people
from crossbearing.read.harm.befallen import body_found, done_to_them, is_theirs, named_dead, one_person
from crossbearing.read.harm.headcount import COUNTABLE, figure_of, is_of, once_counted
from crossbearing.read.harm.nobody import AMONG, OF_A_KIND, all_well, nobody_hurt, none_of_some
from crossbearing.read.harm.parts import parts_before, parts_behind, parts_of
from crossbearing.read.harm.side_by_side import companions, with_them
from crossbearing.read.harm.tolls import fatal_for, is_more, later_count, superseded, toll_told, tolled, tolled_people
from crossbearing.read.harm.whom import whom_counted
from crossbearing.read.harm.words import (
    BODIES,
    HARMED,
    HARMED_TOO,
    INJURED,
    KILLED,
    LOST,
    OTHERS,
    OTHERWISE,
    Casualty,
    denies,
    died_of,
    fatally,
    idiom_of_death,
    is_burns,
    joint,
    lives_lost,
    names_whole,
    no_harm,
    not_asserted,
    outlived,
)
from crossbearing.read.harm.wounds import in_hospital, in_the_leg, wounds_borne
from crossbearing.read.many import over_a_period, sums_up
from crossbearing.words.patterns import any_pattern
from crossbearing.words.sentences import TURN

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_TOTALS = (
    r"since|so far this|to date|during the war(?!-)|in the war(?!-)|the war (?:on|in|"
    r"has)|months of|years of(?! age)|over the past|in the past|in recent (?:weeks|months|years)|"
    r"this year|last year|genocid\w*|"
    r"(?:in|of|during|by|from|through) (?:the|its|their|this|that|\w+['’]s) (?:[\w-]+ ){0,3}?"
    r"(?:offensive|onslaught|(?<!election )campaign)\b|"
    r"(?:offensive|onslaught|campaign) (?:[\w.-]+ ){0,4}?(?:has|had|have|which|that)\b|"
    r"in (?:the|its) (?:same period|(?:first|second|third|fourth|last) (?:half|quarter)|"
    r"(?:\w+ ){0,2}months? (?:to|of|from))|"
    rf"between (?:{_MONTH})(?: \d{{4}})? and (?:{_MONTH})|from (?:19|20)\d\d (?:to|until)|"
    r"times or more|\d+ times|dozens of times|"
    r"war began|conflict began|(?:began|started|erupted|broke out) in (?:early |late |mid-)?(?:[A-Z]\w+ )?(?:19|20)\d\d|"
    r"death toll from the (?:war|conflict)|by .{0,30}\b(?:tally|count)|"
    r"(?:past|last|previous) (?:24|48|72|twenty-four) hours|in (?:a|one) (?:single )?(?:day|week|month|year)|"
    r"lost (?:(?:some|about|around|over|more than|nearly|another|up to) )?\d[\d,]* (?:men|soldiers|troops|personnel|servicemen)"
    r"(?:,| and) [^.;]*?(?:tanks?|armou?red|artillery|systems|vehicles|drones)|"
    r"(?:killed|died|dead) (?:yesterday|today),? including\b(?!.*\b(?:when|by|after|near|in an?|in the)\b)|"
    r"daily toll|monthly|annual|cumulative|over \d+ (?:days|weeks|months)|more than \d+ (?:days|weeks|months)|"
    r"over (?:two|three|four|five|six|several) (?:days|weeks|months)|(?-i:nationwide)|countrywide|"
    r"(?:attacks|strikes|raids|airstrikes|bombings|clashes|shelling|bombardments?|fighting|violence) (?:across|throughout) "
    r"(?!the (?:border|frontier|river|street|road))"
)
_TOTAL = re.compile(rf"\b{any_pattern((_TOTALS,))}\b", re.I)
# The worst since a year is one happening, however far the words look back.
_WORST = re.compile(r"\b(?:deadliest|worst|first|largest|biggest|bloodiest|heaviest)\b.{0,60}\bsince\b", re.I)
# From here on a sentence counts something else: "killed two, bringing to 31 the number killed there since June".
_TURN = re.compile(r";|: |,? \b(?:bringing|raising|taking|pushing)\b(?! (?:aim|part|cover))|, (?:while|but)\b")
# "Will open a campaign after the attack on X that killed 12": what that attack did, whatever the rest looks back on.
_THAT = re.compile(
    r"\b(?:attack|bombing|blast|explosion|shooting|strike|airstrike|ambush|raid|assault|massacre)\b(?! campaigns?)"
    r"[^.;,]{0,60} (?:that|which)(?= (?:has |have |had )?(?:killed|left|claimed|wounded|injured)\b)|"
    r"\bsince [^,;.]{3,40}, when\b|"
    r"[,—–-] where (?=[^,;.]*\b(?:was|were)\b)"
)


_RAISED = re.compile(
    r"\b(?:taking|bringing|raising|pushing) (?:the |its |their )?(?:[\w-]+ ){0,3}?(?:toll|number|count|tally|total)\b[^;.]*$",
    re.I,
)
_DEED = re.compile(r"\b(?:killed|shot dead|gunned down|slain|murdered|hacked to death)\b", re.I)
_LATER = re.compile(r"\b(?:died|dies|succumb\w*|recovered|found|wounds|injuries|hospitals?|rubble|pulled|bodies)\b", re.I)


def _is_dead(sentence: Chunked, figure: Mention, told: list[Told]) -> bool:
    """Whether somebody who is told of by himself, and not as one of a number, is told of as dead."""
    numbered = any(c.kind == "number" and c.span.meets(figure.span) for c in sentence.chunks)
    return not numbered and any(counted == "killed" and dead.span == figure.span for counted, dead, *_ in told)


Told = tuple[str, Mention, Mention | None, bool]
"""What is counted, the figure, the people, and whether it is told on top of another."""


def casualties(text: str, sentence: Chunked, before: Chunked | None = None) -> list[Casualty]:
    """The figures of people hurt in one sentence. `before`: the sentence before it, for whom "they died" speaks of."""
    words, sentence = sentence.span.of(text), with_people(sentence)
    lows = {t.low for t in sentence.tokens}
    if lows.isdisjoint(_ANY):
        number = [Casualty(c, f, None, False) for c, f in counted_again(sentence, (), before)]
        return all_well(words, sentence) or number or _of_others(text, sentence, lows)
    none = nobody_hurt(words, sentence)
    among = bool(none) and AMONG.match(text, none[0].figure.span.end) is not None
    if len(none) > 1 and ";" not in words and not among and not OF_A_KIND.match(none[0].figure.span.of(text)):
        return none
    told = _told(text, sentence, before)
    if not told and (one := named_dead(sentence)):
        told.append(("killed", *one, False))
    if not told and not none and (they := _they(sentence, before)):
        told.append((*they, False))
    if not none and all(c != "injured" for c, _, _, _ in told):
        if wounds := wounds_borne(sentence):
            told.append(("injured", wounds, None, False))
        elif brought := in_hospital(sentence) or in_the_leg(sentence):
            told.append(("injured", *brought, False))
    again = counted_again(sentence, [one[:2] for one in told], before)
    told += [(counted, figure, None, False) for counted, figure in again if not superseded(sentence, figure)]
    hurt = _once([Casualty(c, f, p, _cumulative(text, sentence, f), more=more) for c, f, p, more in told])
    if among and hurt:  # "eight rebels died, with no losses among the troops"
        none = []
    hurt = _beside_nobody(text, sentence, hurt, none)
    hurt += [well for well in all_well(words, sentence) if all(h.counted != well.counted for h in hurt)]
    parts = [part for whole in hurt for part in parts_of(sentence, whole, hurt)] + parts_behind(sentence, hurt)
    if not hurt:
        hurt = _unparted(text, sentence)
    counted_so = {h.figure.span for h in hurt}  # "killed 26 displaced people"
    others = [other for other in _of_others(text, sentence, lows) if other.figure.span not in counted_so]
    return hurt + _once(parts + parts_before(sentence, hurt)) + others


def _told(text: str, sentence: Chunked, before: Chunked | None) -> list[Told]:
    """What the words for tolls and each word for harm count."""
    tolls = toll_told(sentence)
    told: list[Told] = [(counted, figure, tolled_people(sentence, figure, said), False) for counted, figure, said in tolls]
    asked = {tolled(sentence, k, False) for k in range(len(sentence.tokens)) if sentence.tokens[k].low == "number"}
    otherwise = not OTHERWISE.isdisjoint(t.low for t in sentence.tokens)
    for i, token in enumerate(sentence.tokens):
        if any(i == said for *_, said in tolls):
            continue
        if otherwise and (dead := fatal_for(sentence, i)) is not None:
            told.append(("killed", dead, None, False))
        counted = _says(sentence, i, otherwise)
        if token.low in ("body", "bodies") and is_theirs(sentence, i):
            if body_found(sentence, i) and not told:
                told.append((counted, *one_person(sentence, (i, i), (i, i)), False))
            continue  # "thousands marched with his body"
        if not counted or any(unfit(sentence, i) for unfit in (no_harm, not_asserted, names_whole, joint, died_of)):
            continue
        if told and [t.low for t in sentence.tokens[max(0, i - 2) : i]] == ["as", "many"]:
            told.append((counted, told[-1][1], None, False))  # "three killed and as many injured"
        told += _by_word(text, sentence, i, counted, told, asked, before)
    return told


def _by_word(
    text: str, sentence: Chunked, i: int, counted: str, told: list[Told], asked: set[int | None], before: Chunked | None
) -> list[Told]:
    """Whom the word for harm at a token counts; `asked`: the words of which the number is not told."""
    at = i + (sentence.tokens[i].low == "gunned" and i + 1 < len(sentence.tokens))
    counted_by = done_to_them(sentence, i, before) or whom_counted(sentence, at)
    if counted_by is None or none_of_some(sentence.span.of(text), sentence, counted_by[0]):
        return []
    figure, people = counted_by
    if people is None and _YEAR.search(text, max(sentence.span.start, figure.span.start - 8), figure.span.end):
        return []  # "died in the 2012 attack"
    if i in asked and not any(is_of(c, figure) for c in sentence.chunks):
        return []  # "no word on the number of people killed"
    if (counted == "injured" and _is_dead(sentence, figure, told)) or superseded(sentence, figure):
        return []  # "the body of a man with stab wounds"
    found: list[Told] = [(counted, figure, people, is_more(sentence, figure, i))]
    if (later := later_count(sentence, figure)) is not None:
        found.append((counted, later, people, False))
    if (beside := companions(sentence, i)) and not figure.span.meets(beside.span):
        found.append((counted, *with_them(sentence, i, beside), True))
    return found


def _beside_nobody(text: str, sentence: Chunked, hurt: list[Casualty], none: list[Casualty]) -> list[Casualty]:
    """Those of whom there are none, and those hurt beside: "one was wounded in X; there were no losses in Y", one of X, and
    nobody of Y; "police said two died, but witnesses said nobody"; "five fighters were killed and no civilians"."""
    words = sentence.span.of(text)
    apart = {h.counted for h in hurt if none and TURN.search(words, _from(sentence, h), _from(sentence, none[0]))}
    apart |= {h.counted for h in hurt if none and OF_A_KIND.match(none[0].figure.span.of(text))}
    return none + [h for h in hurt if h.counted in apart or all(h.counted != n.counted for n in none)]


_ANY, _DEADLY = HARMED | HARMED_TOO, KILLED | LOST


def _says(sentence: Chunked, i: int, otherwise: bool) -> str:
    """What the word at a token says befell people: "killed", "injured", or neither. `otherwise`: whether the sentence has a word
    that says so only with others."""
    low = sentence.tokens[i].low
    if low in ("suffocated", "asphyxiated") and [t.low for t in sentence.tokens[i + 1 : i + 3]] == ["to", "death"]:
        return "killed"
    if low in ("lives", "life") and not lives_lost(sentence, i):
        return ""  # "the health and lives of women"
    if low in _DEADLY or (otherwise and any(dead(sentence, i) for dead in (fatally, idiom_of_death, outlived))):
        return "killed"
    if low in ("wounds", "injuries") and not BODIES.isdisjoint(t.low for t in sentence.tokens[max(0, i - 8) : i]):
        return ""  # "the bodies had bullet wounds"
    return "injured" if low in INJURED or is_burns(sentence, i) else ""


_YEAR = re.compile(r"\b(?:the|in|of|since|from) (?:19|20)\d\d$", re.I)


def _unparted(text: str, sentence: Chunked) -> list[Casualty]:
    """ "12 casualties": so many killed at most, and so many hurt at most; how many of each the words leave open."""
    for c in sentence.chunks:
        closed = c.number is not None and bool(c.number.high)
        if c.head in ("casualties", "casualty") and closed and not not_asserted(sentence, c.first):
            figure = figure_of(c)[0]
            total = _cumulative(text, sentence, figure)
            return [Casualty(counted, figure, None, total) for counted in ("killed", "injured")]
    return []


_FATE = re.compile(
    r"\b(?:(?P<they>they|(?:both|all|all (?:two|three|four|five|six))(?: of them)?) (?:later |also |both |all )?"
    r"(?:died|succumbed|perished|(?:were|had been) (?:\w+ly )?(?:killed|dead|found dead|shot dead|executed|beheaded))|"
    r"(?P<no>none|neither)(?: of them)? (?:had )?survived|"
    r"(?P<nobody>no survivors(?: among)?|(?:none|not one) of (?:the|its|their) (?:\w+ )+?survived)|"
    r"their bodies were)\b"
)


def _they(sentence: Chunked, before: Chunked | None) -> tuple[str, Mention, Mention | None] | None:
    """ "They died at once", "none survived": as many as the sentence before counts, where it counts people once."""
    match = _FATE.search(sentence.words)
    if match is None:
        return None
    i = sentence.words[: match.start()].count(" ")
    aboard = next((c for c in sentence.chunks if c.first > i + 1 and c.kind in COUNTABLE and c.number), None)
    if match["nobody"] and aboard is not None:
        return "killed", *figure_of(aboard)  # "there were no survivors among the 12 on board"
    counted = once_counted(sentence, i) or (once_counted(before, len(before.tokens)) if before else [])
    if len(counted) != 1 or not_asserted(sentence, i) or (match["they"] and denies(sentence, i)):
        return None
    last = i + match.group().count(" ")
    said = Mention(Span(sentence.tokens[i].start, sentence.tokens[last].end), MentionKind.FIGURE)
    return "killed", said, Mention(counted[0], MentionKind.PEOPLE)


def _from(sentence: Chunked, hurt: Casualty) -> int:
    """Where in its sentence a figure begins."""
    return hurt.figure.span.start - sentence.span.start


def _cumulative(text: str, sentence: Chunked, figure: Mention) -> bool:
    """Whether the words around a figure, up to where the sentence turns, count over more than one happening."""
    words, at = sentence.span.of(text), figure.span.start - sentence.span.start
    if (raised := _RAISED.search(words, 0, at)) and _DEED.search(words, 0, raised.start()):
        return not _LATER.search(words, 0, raised.start())  # "three were killed, taking the toll to 250"
    turns = [m.start() for m in _TURN.finditer(words)]
    start = max([0, *(k for k in turns if k <= at), *(m.end() for m in _THAT.finditer(words) if m.end() <= at)])
    words = words[start : min((k for k in turns if k > at), default=len(words))]
    summed = bool(_TOTAL.search(words)) and not _WORST.search(words)
    return summed or _large(sentence, figure) or sums_up(sentence) or over_a_period(sentence)


def _of_others(text: str, sentence: Chunked, lows: set[str]) -> list[Casualty]:
    """Those missing, captured, displaced."""
    found: list[Casualty] = []
    for counted, words in OTHERS.items():
        for i, token in enumerate(sentence.tokens) if lows & words else ():
            counted_by = whom_counted(sentence, i) if token.low in words and not not_asserted(sentence, i) else None
            if counted_by:
                found.append(Casualty(counted, *counted_by, _cumulative(text, sentence, counted_by[0])))
    return _once(found)


def _large(sentence: Chunked, figure: Mention) -> bool:
    """A toll in five digits is a war's, not a raid's: no single happening of the UCDP's record since 1989 but a few passes it."""
    number = next((c.number for c in sentence.chunks if c.number and c.number.span == figure.span), None)
    return bool(number and (number.low or number.high or 0) >= 10_000)


def _once(hurt: list[Casualty]) -> list[Casualty]:
    seen: set[tuple[str, Span]] = set()
    kept: list[Casualty] = []
    for casualty in hurt:
        key = (casualty.counted, casualty.figure.span)
        if key not in seen:
            seen.add(key)
            kept.append(casualty)
    return kept
