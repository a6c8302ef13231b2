"""Figures of people hurt, and whether they are of one happening or of a whole war.

A figure is a number beside people and a word for what befell them, in any order: "killing five", "five were wounded",
"no casualties", "nobody was injured". It is cumulative where the words count over a period, a war or many attacks; a part
where they tell it of a whole ("six people, including two children"); more where they add it to what was told ("another five").
Those missing, captured and displaced are counted likewise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read import listed
from crossbearing.read.beside import OUT, is_headline
from crossbearing.read.chunks import Chunk, Chunked, Token
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.many import over_a_period, sums_up
from crossbearing.read.triggers import came_to
from crossbearing.words import ordinals
from crossbearing.words.patterns import any_pattern

_KILLED = grammar("casualties.killed")
_INJURED = grammar("casualties.injured")
_OTHERS = {name: grammar(f"casualties.{name}") for name in ("missing", "captured", "displaced")}
_LOST, _NOT_PEOPLE = grammar("casualties.lost"), grammar("casualties.not_people")
_BOTH = frozenset(["casualties", "casualty", "victims", "harm", "losses", "toll"])
_HARMED = _KILLED | _INJURED | _BOTH | _LOST
_COUNTABLE = ("number", "people", "group")
_NO_ONE = re.compile(
    r"\b(?:no (?:loss of life|injuries|deaths|fatalities|harm(?= (?:or|nor|and) damage| was (?:done|caused)))|"
    r"(?:nobody|no[- ]?one|none)(?! else| (?:of (?:them|whom|these|those) )?(?:in a )?(?:\w+ly|grave|critical)\b)"
    r"(?=(?: (?!who|that|when|after|while|as|but|will|would|claimed|kn[eo]w)[\w’'-]+,?){0,7} "
    r"(?:killed|dead|died|hurt|harm(?:ed)?|injured|wounded|casualt\w+|hit|missing|trapped)\b)|"
    r"(?:(?<=killed )|(?<=killing )|(?<=injured )|(?<=injuring )|(?<=hurt )|(?<=hurting )|(?<=wounded )|(?<=wounding )|"
    r"(?<=harmed )|(?<=harming ))(?:nobody|no[- ]?one)(?! else)|"
    r"without (?:reported |any |causing )?(?:human (?:or material )?)?(?:casualties|injuries|victims|losses)|"
    r"no (?:reported |human (?:or material )?|"
    r"immediate reports of )?(?:casualties|victims|losses)|"
    r"no (?:\w+ )?(?:civilians|people|residents|soldiers|troops|personnel|staff|guests|passengers|patients|children)"
    r"(?= (?:was|were|are|have been|had been) (?:reported )?(?:killed|hurt|harmed|injured|wounded)))\b",
    re.I,
)
_UNKNOWN = re.compile(
    r"(?:not (?:yet )?(?:known|clear|reported|disclose\w*|say\w*|speak)|unclear|unknown|"
    r"nothing is (?:yet )?known|no (?:immediate )?(?:word|information|reports?|details)|without saying|"
    r"not immediately|"
    r"not reported at once|whether|waiting|await\w*|were not reported|are not reported|is not reported|"
    r"if there were|does not speak|did not say|"
    r"no casualties (?:were|have been|are) (?:yet )?(?:known|immediately|so far))",
    re.I,
)
_TOTALS = (
    r"since|so far this|in total|a total of|overall|to date|during the war(?!-)|in the war(?!-)|the war (?:on|in|"
    r"has)|months of|years of|over the past|in the past|in recent (?:weeks|months|years)|"
    r"this year|last year|offensive|onslaught|genocid\w*|(?<!election )campaign(?! rall| event| stop| office| trail)|"
    r"times or more|\d+ times|dozens of times|"
    r"war began|conflict began|(?:began|started|erupted|broke out) in (?:early |late |mid-)?(?:[A-Z]\w+ )?(?:19|20)\d\d|"
    r"death toll from the (?:war|conflict)|by .{0,30}\b(?:tally|count)|"
    r"(?:past|last|previous) (?:24|48|72|twenty-four) hours|in (?:a|one) (?:single )?(?:day|week|month|year)|"
    r"lost (?:(?:some|about|around|over|more than|nearly|another|up to) )?\d[\d,]* (?:men|soldiers|troops|personnel|servicemen)"
    r"(?:,| and) [^.;]*?(?:tanks?|armou?red|artillery|systems|vehicles|drones)|"
    r"(?:killed|died|dead) (?:yesterday|today),? including\b(?!.*\b(?:when|by|after|near|in an?|in the)\b)|"
    r"daily toll|monthly|annual|cumulative|over \d+ (?:days|weeks|months)|more than \d+ (?:days|weeks|months)|"
    r"over (?:two|three|four|five|six|several) (?:days|weeks|months)|nationwide|countrywide|"
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
    r"[,—–-] where (?=[^,;.]*\b(?:was|were)\b)"
)


@dataclass(frozen=True, slots=True)
class Casualty:
    """People hurt, as one sentence counts them."""

    counted: str
    figure: Mention
    people: Mention | None
    cumulative: bool
    part_of: Span | None = None
    """The figure of which this is a part."""
    more: bool = False
    """Whether it is told on top of another."""


_OF_A_KIND = re.compile(
    r"no (?:\w+ )?(?:civilians|residents|soldiers|troops|personnel|staff|guests|passengers|patients|children)\b", re.I
)
_NOUGHT = re.compile(r"(?:no|none|nobody|without)\b", re.I)


def is_nobody(words: str) -> bool:
    """Whether the words of a figure say that it is nought: "no casualties", "nobody"."""
    return _NOUGHT.match(words) is not None


def casualties(text: str, sentence: Chunked, before: Chunked | None = None) -> list[Casualty]:
    """The figures of people hurt in one sentence. `before`: the sentence before it, for whom "they died" speaks of."""
    words = sentence.span.of(text)
    lows = {t.low for t in sentence.tokens}
    if lows.isdisjoint(_HARMED | _HARMED_TOO):
        return _of_others(text, sentence, lows)
    none = _none(words, sentence)
    if len(none) > 1 and ";" not in words and not _OF_A_KIND.match(none[0].figure.span.of(text)):
        return none
    tolls = _toll(sentence)
    told: list[tuple[str, Mention, Mention | None, bool]] = [
        (counted, figure, _tolled_people(sentence, figure, said), False) for counted, figure, said in tolls
    ]
    asked = {_tolled(sentence, k, False) for k in range(len(sentence.tokens)) if sentence.tokens[k].low == "number"}
    for i, token in enumerate(sentence.tokens):
        if any(i == said for *_, said in tolls):
            continue
        hurt_word = token.low in _INJURED or _is_burns(sentence, i)
        died = token.low in _KILLED | _LOST or _fatally(sentence, i)
        counted = "killed" if died else "injured" if hurt_word else ""
        if token.low == "lives" and not _lives_lost(sentence, i):
            continue  # "the health and lives of women"
        if token.low in ("body", "bodies") and i and sentence.tokens[i - 1].low in ("his", "her", "whose", "my", "your"):
            continue  # "thousands marched with his body"
        if not counted or any(unfit(sentence, i) for unfit in (_no_harm, _not_asserted, _anchor, _joint, _died_of)):
            continue
        if told and [t.low for t in sentence.tokens[max(0, i - 2) : i]] == ["as", "many"]:
            told.append((counted, told[-1][1], None, False))  # "three killed and as many injured"
        counted_by = _counted(sentence, i + (token.low == "gunned" and i + 1 < len(sentence.tokens)))
        if counted_by is None or _none_of_some(words, sentence, counted_by[0]):
            continue
        figure, people = counted_by
        if people is None and _YEAR.search(text, max(sentence.span.start, figure.span.start - 8), figure.span.end):
            continue  # "died in the 2012 attack"
        if i in asked and not any(_is_of(c, figure) for c in sentence.chunks):
            continue  # "no word on the number of people killed"
        if not _superseded(sentence, figure):
            told.append((counted, figure, people, _more(sentence, figure, i)))
            if (later := _later(sentence, figure)) is not None:
                told.append((counted, later, people, False))
            if (beside := _companions(sentence, i)) and not figure.span.meets(beside.span):
                told.append((counted, *_with_them(sentence, i, beside), True))
    if not told and (one := _named_dead(sentence)):
        told.append(("killed", *one, False))
    if not told and not none and (they := _they(sentence, before)):
        told.append((*they, False))
    if not none and all(c != "injured" for c, _, _, _ in told):
        if wounds := _wounds(sentence):
            told.append(("injured", wounds, None, False))
        elif brought := _in_hospital(sentence) or _in_the_leg(sentence):
            told.append(("injured", *brought, False))
    hurt = _once([Casualty(c, f, p, _cumulative(text, sentence, f), more=more) for c, f, p, more in told])
    apart = {h.counted for h in hurt if none and ";" in words[_from(sentence, h) : _from(sentence, none[0])]}
    # "One was wounded in X; there were no losses in Y": one of X, and nobody of Y. "Five fighters were killed and no civilians".
    apart |= {h.counted for h in hurt if none and _OF_A_KIND.match(none[0].figure.span.of(text))}
    hurt = none + [h for h in hurt if h.counted in apart or all(h.counted != n.counted for n in none)]
    parts = [part for whole in hurt for part in _parts(sentence, whole, hurt)] + _parts_behind(sentence, hurt)
    if not hurt:
        hurt = _unparted(text, sentence)
    counted_so = {h.figure.span for h in hurt}  # "killed 26 displaced people"
    others = [other for other in _of_others(text, sentence, lows) if other.figure.span not in counted_so]
    return hurt + _once(parts + _parts_before(sentence, hurt)) + others


_FATAL = frozenset(("fatally", "mortally"))
_SUCCUMBED = frozenset(("succumbed", "succumbs"))
_SLAYINGS = grammar("casualties.slayings")
_LIMBS = grammar("casualties.limbs")
_SURVIVED = frozenset(("survived", "survivors", "survivor"))
_WOUNDED_BY = grammar("casualties.wounded_by")
_TAKEN_IN = frozenset(("life", "burns", "condition", "hospital", "hospitals"))
_HARMED_TOO = _TAKEN_IN | _FATAL | _SUCCUMBED | _SLAYINGS | _LIMBS | _WOUNDED_BY | _SURVIVED


def _fatally(sentence: Chunked, i: int) -> bool:
    """ "Was fatally shot", "was mortally wounded", "succumbed to his injuries": dead of it."""
    if sentence.tokens[i].low in _SUCCUMBED:
        return not _INJURED.isdisjoint(t.low for t in sentence.tokens[i : i + 5])
    by = sentence.tokens[i].low in _INJURED or sentence.tokens[i].low in ("shot", "stabbed", "struck", "beaten", "hit")
    return by and i > 0 and sentence.tokens[i - 1].low in _FATAL


def _no_harm(sentence: Chunked, i: int) -> bool:
    """ "The death penalty", "an assassination attempt", "executed a warrant": a word of harm that tells of none."""
    behind = sentence.tokens[i + 1].low if i + 1 < len(sentence.tokens) else ""
    if behind in _OF_NOBODY or sentence.tokens[max(0, i - 1)].low == "attempted":
        return True
    near = {t.low for t in sentence.tokens[max(0, i - 4) : i + 5]}
    return sentence.tokens[i].low.startswith("execut") and not near.isdisjoint(_CARRIED_OUT)


_OF_NOBODY = grammar("casualties.of_nobody")
_CARRIED_OUT = grammar("casualties.carried_out")


def _lives_lost(sentence: Chunked, i: int) -> bool:
    """Whether words around "lives" say that they were lost."""
    near = {t.low for t in sentence.tokens[max(0, i - 8) : i + 6]}
    return bool(near & _LOSING)


_LOSING = _LOST | frozenset(
    "lost claimed claiming claims claim cost costing costs took taking take takes taken ended ending gave given loss".split()
)
_YEAR = re.compile(r"\b(?:the|in|of|since|from) (?:19|20)\d\d$", re.I)


def _unparted(text: str, sentence: Chunked) -> list[Casualty]:
    """ "12 casualties": so many killed at most, and so many hurt at most; how many of each the words leave open."""
    for c in sentence.chunks:
        closed = c.number is not None and bool(c.number.high)
        if c.head in ("casualties", "casualty") and closed and not _not_asserted(sentence, c.first):
            figure = _figure(c)[0]
            total = _cumulative(text, sentence, figure)
            return [Casualty(counted, figure, None, total) for counted in ("killed", "injured")]
    return []


_BORNE = re.compile(
    r"\b(?:caus(?:ed|es|ing)|suffer(?:ed|s|ing)|sustain(?:ed|s|ing)|had|result(?:ed|ing) in|leading to|there were) "
    r"(?P<wounds>(?:(?!no |any |an? |to |their |his |her )[\w-]+ ){0,4}?(?:injuries|wounds))\b"
)


def _wounds(sentence: Chunked) -> Mention | None:
    """ "Caused minor injuries", "troops suffered wounds": the wounds that are told where those who bear them are not counted."""
    match = _BORNE.search(sentence.words)
    if match is None:
        return None
    first = sentence.words[: match.start("wounds")].count(" ")
    last = first + match["wounds"].count(" ")
    if _not_asserted(sentence, last) or _denies(sentence, first):
        return None
    return Mention(Span(sentence.tokens[first].start, sentence.tokens[last].end), MentionKind.FIGURE)


_TREATED = re.compile(
    r"(?:was|were|remain|remained|remains|is|are) (?:\w+ly |still |all |also )*"
    r"(?:in (?:a )?(?:critical|serious|stable|grave) condition|"
    r"(?:taken|rushed|brought|airlifted|admitted|transported|evacuated|flown) to (?:[\w-]+ ){0,3}hospitals?)\b",
    re.I,
)


def _in_hospital(sentence: Chunked) -> tuple[Mention, Mention | None] | None:
    """ "Four others were in critical condition", "nine people were taken to hospital"."""
    for c in sentence.chunks:
        behind = " ".join(t.low for t in sentence.tokens[c.last : c.last + 12])
        if c.kind in _COUNTABLE and (c.number or _single(sentence, c)) and c.head not in _HARMED and _TREATED.match(behind):
            return _figure(c)
    return None


_MAIMED = re.compile(
    r"\b(?P<verb>lost|shot|hit|struck|stabbed|cut|grazed|slashed|had)"
    r"(?= (?:[\w-]+ ){0,3}?(?:in (?:the|his|her|their|one|both|an?) (?:\w+ )?|(?:an?|his|her|their|one|both|the) (?:\w+ )?|)"
    rf"(?:{'|'.join(sorted(_LIMBS))})\b)"
)


_ONE_WOUND = re.compile(
    r"\b(?:(?:suffered|sustained|received|with) an? (?:[\w-]+ ){0,3}?(?:injury|wound|burn|fracture|concussion|broken \w+)|"
    r"cut by (?:\w+ )?(?:glass|shrapnel|splinters|debris))\b"
)


def _in_the_leg(sentence: Chunked) -> tuple[Mention, Mention | None] | None:
    """ "Lost a foot", "was hit in the shoulder", "shot him in the leg": hurt, and not dead of it."""
    lows = [t.low for t in sentence.tokens]
    if not _KILLED.isdisjoint(lows):
        return None
    if wound := _ONE_WOUND.search(sentence.words):
        k = sentence.words[: wound.start()].count(" ")
        told = not _not_asserted(sentence, k) and not _denies(sentence, k)
        return (_one(sentence, (k, k), (k, k))[0], None) if told else None
    match = _MAIMED.search(sentence.words)
    if match is None:
        return None
    i = sentence.words[: match.start()].count(" ")
    if _not_asserted(sentence, i) or _denies(sentence, i):
        return None
    last = next((k for k in range(i, len(lows)) if lows[k] in _LIMBS), None)
    if last is None:
        return None  # "hit his hand.A third constable": the word runs into the next sentence
    itself = match["verb"] in ("lost", "had")
    if match["verb"] == "had" and "amputated" not in lows[last : last + 3]:
        return None
    if itself is (lows[last - 1] in ("in", "the")):
        return None  # "lost in the hand of", "hit the leg of the table"
    near = [c for c in sentence.chunks if c.kind in _COUNTABLE and c.number and i - 4 < c.last <= (i if itself else last - 2)]
    whom = [c for c in near if not _of_one(sentence, c)]
    if whom or (itself and last == i + 1):
        return _figure(whom[-1]) if whom else None  # "lost limbs": nobody's in particular
    if lows[last - 2] == "in" or lows[last - 3 : last - 2] == ["in"]:
        i = last - 2 - (lows[last - 2] != "in")  # "stabbed a man in the arm": one arm, one man
    end = i if lows[last - 1] == "both" else last  # "lost both feet": one who did
    return _one(sentence, (i, end), (i, end))[0], None


_FATE = re.compile(
    r"\b(?:(?P<they>they|(?:both|all|all (?:two|three|four|five|six))(?: of them)?) (?:later |also |both |all )?"
    r"(?:died|succumbed|perished|(?:were|had been) (?:\w+ly )?(?:killed|dead|found dead|shot dead|executed|beheaded))|"
    r"(?P<no>none|neither)(?: of them)? (?:had )?survived|(?P<nobody>no survivors(?: among)?|none of the (?:\w+ )+?survived)|"
    r"their bodies were)\b"
)


def _they(sentence: Chunked, before: Chunked | None) -> tuple[str, Mention, Mention | None] | None:
    """ "They died at once", "none survived": as many as the sentence before counts, where it counts people once."""
    match = _FATE.search(sentence.words)
    if match is None:
        return None
    i = sentence.words[: match.start()].count(" ")
    aboard = next((c for c in sentence.chunks if c.first > i and c.kind in _COUNTABLE and c.number), None)
    if match["nobody"] and aboard is not None:
        return "killed", *_figure(aboard)  # "there were no survivors among the 12 on board"
    counted = _once_counted(sentence, i) or (_once_counted(before, len(before.tokens)) if before else [])
    if len(counted) != 1 or _not_asserted(sentence, i) or (match["they"] and _denies(sentence, i)):
        return None
    last = i + match.group().count(" ")
    said = Mention(Span(sentence.tokens[i].start, sentence.tokens[last].end), MentionKind.FIGURE)
    return "killed", said, Mention(counted[0], MentionKind.PEOPLE)


def _once_counted(sentence: Chunked, last: int) -> list[Span]:
    """The words for people that a sentence counts up to a token."""
    found = []
    for c in sentence.chunks:
        if c.kind in ("people", "group") and c.last <= last:
            number = c.number.span if c.number else (further[0].span if (further := _further(sentence, c)) else None)
            found += [Span(number.start, c.span.end)] if number else []
    return found


def _denies(sentence: Chunked, i: int) -> bool:
    """Whether one of the few words before a token denies it."""
    near = [t.low for t in sentence.tokens[max(0, i - 5) : i]]
    return any(low in ("not", "never", "nobody", "none", "without") or low.endswith("n't") for low in near)


def _from(sentence: Chunked, hurt: Casualty) -> int:
    """Where in its sentence a figure begins."""
    return hurt.figure.span.start - sentence.span.start


def _cumulative(text: str, sentence: Chunked, figure: Mention) -> bool:
    """Whether the words around a figure, up to where the sentence turns, count over more than one happening."""
    words, at = sentence.span.of(text), figure.span.start - sentence.span.start
    turns = [m.start() for m in _TURN.finditer(words)]
    start = max([0, *(k for k in turns if k <= at), *(m.end() for m in _THAT.finditer(words) if m.end() <= at)])
    words = words[start : min((k for k in turns if k > at), default=len(words))]
    summed = bool(_TOTAL.search(words)) and not _WORST.search(words)
    return summed or _large(sentence, figure) or sums_up(sentence) or over_a_period(sentence)


def _of_others(text: str, sentence: Chunked, lows: set[str]) -> list[Casualty]:
    """Those missing, captured, displaced."""
    found: list[Casualty] = []
    for counted, words in _OTHERS.items():
        for i, token in enumerate(sentence.tokens) if lows & words else ():
            counted_by = _counted(sentence, i) if token.low in words and not _not_asserted(sentence, i) else None
            if counted_by:
                found.append(Casualty(counted, *counted_by, _cumulative(text, sentence, counted_by[0])))
    return _once(found)


_PART = frozenset(("including", "among", "included"))
_BETWEEN_PARTS = frozenset(("and", ",", "them", "whom", "these", "were", "are", "at", "least", "a", "an", "the", "as", "well"))
# How far behind a whole its parts may begin, in words.
_REACH = 8


def _parts(sentence: Chunked, whole: Casualty, hurt: list[Casualty]) -> list[Casualty]:
    """ "Six civilians, including two children and a nurse": what is told as a part of a whole, up to the next other word."""
    at = next((c for c in reversed(sentence.chunks) if c.span.meets(whole.figure.span) or _is_of(c, whole.figure)), None)
    if at is None:
        return []
    last = max((c.last for c in sentence.chunks if whole.people and c.span.meets(whole.people.span)), default=at.last)
    opening = next((k for k in range(last, min(len(sentence.tokens), last + _REACH)) if sentence.tokens[k].low in _PART), None)
    if (
        opening is None
        or (opening == last and _among_whole(sentence, last))
        or any(t.text in ".;" for t in sentence.tokens[last:opening])
    ):
        return []
    if any(last <= k < opening for k in (_at(sentence, h.figure.span) for h in hurt if h.figure is not whole.figure)):
        return []  # they are parts of the figure between
    found: list[Casualty] = []
    k = opening + 1
    told = {c.figure.span for c in hurt}
    opened = {_opens(sentence, c): c for c in sentence.chunks if c.kind in ("number", "people", "group")}
    while k < len(sentence.tokens):
        chunk = opened.get(k)
        if chunk is None:
            if sentence.tokens[k].low not in _BETWEEN_PARTS:
                break
            k += 1
            continue
        if chunk.number is None and not _single(sentence, chunk):
            break
        figure, people = _figure(chunk)
        if figure.span not in told:
            found.append(Casualty(whole.counted, figure, people, whole.cumulative, part_of=whole.figure.span))
        k = chunk.last
    return found


def _among_whole(sentence: Chunked, k: int) -> bool:
    """ "Eight children among 11 killed": the part stands before the word, the whole behind it."""
    return (
        sentence.tokens[k].low == "among"
        and sentence.tokens[k - 1].low.isalpha()
        and max(sentence.at[k + 1 : k + 2], default=-1) >= 0
    )


def _is_of(chunk: Chunk, figure: Mention) -> bool:
    return chunk.number is not None and chunk.number.span.meets(figure.span)


def _at(sentence: Chunked, span: Span) -> int:
    """The first token of a span."""
    return next((k for k, t in enumerate(sentence.tokens) if t.start >= span.start), len(sentence.tokens))


def _died_of(sentence: Chunked, i: int) -> bool:
    """ "Succumbed to their injuries", "died of wounds": who is dead of them is not counted among the injured."""
    if sentence.tokens[i].low not in ("injuries", "wounds", "injury"):
        return False
    return any(t.low.startswith("succumb") or t.low in ("died", "dies", "die") for t in sentence.tokens[max(0, i - 4) : i])


_THEM = frozenset(("them", "whom", "these", "those"))
_DEAD = frozenset(("dead", "killed", "fatalities", "deaths", "martyrs"))
_HURT = frozenset(("wounded", "injured", "hurt"))


_INCLUDING = frozenset(("include", "includes", "included", "including"))


def _anchor(sentence: Chunked, i: int) -> Span | None:
    """ "Among the dead", "the dead included", "two of the dead": a whole told before is named, and nothing counted."""
    tokens = sentence.tokens
    if (tokens[i].low not in _DEAD and tokens[i].low not in _HURT) or i < 1 or tokens[i - 1].low not in ("the", "those"):
        return None
    behind = any(t.low in _INCLUDING for t in (*tokens[i + 1 : i + 3], *tokens[max(0, i - 2) : i - 1]))
    if behind or tokens[i - 1].low == "those" or (i > 1 and tokens[i - 2].low in ("among", "of")):
        return Span(sentence.tokens[i - 1].start, sentence.tokens[i].end)
    return None


def _joint(sentence: Chunked, i: int) -> bool:
    """ "Killing and wounding dozens", "20 killed or injured": one number over both, which says neither how many died nor how many
    were hurt."""
    tokens = sentence.tokens
    for a, b in ((i, i + 2), (i - 2, i)):
        if a < 0 or b >= len(tokens) or tokens[a + 1].low not in ("and", "or"):
            continue
        both = {tokens[a].low, tokens[b].low}
        if both & _KILLED and both & _INJURED and not any(c.first <= b < c.last and c.number for c in sentence.chunks):
            return True
    return False


def _parts_behind(sentence: Chunked, hurt: list[Casualty]) -> list[Casualty]:
    """Parts by other words than "including": "three of them girls", "two of the dead were women", "among the dead was a boy"."""
    found: list[Casualty] = []
    for number in (c for c in sentence.chunks if c.number is not None):
        whole = next((h for h in reversed(hurt) if h.figure.span.end <= number.span.start and h.figure.span != number.span), None)
        people = _of_them(sentence, number) if whole else None
        if whole and people:
            figure, who = _figure(number)[0], Mention(people.span, MentionKind.PEOPLE)
            found.append(Casualty(whole.counted, figure, who, whole.cumulative, part_of=whole.figure.span))
    lows = [t.low for t in sentence.tokens]
    for i, span in ((i, span) for i in range(len(lows)) if (span := _anchor(sentence, i))):
        of = i > 1 and lows[i - 2] == "of"
        if of and not set(lows[i + 1 : i + 3]) & {"was", "were", "are"}:
            continue  # "three of the wounded died"
        for chunk in sentence.chunks:
            near = i - 6 <= chunk.first < i if of else 0 < chunk.first - i <= _REACH
            if near and chunk.kind in _COUNTABLE and (chunk.number or _single(sentence, chunk)):
                figure, said = _figure(chunk)
                said = (
                    next((Mention(c.span, MentionKind.PEOPLE) for c in sentence.chunks if i < c.first <= i + 4), None)
                    if of
                    else said
                )
                if said or not of:
                    found.append(Casualty("killed" if lows[i] in _DEAD else "injured", figure, said, False, part_of=span))
    return found


_WERE_AMONG = re.compile(r"\b(?:(?:was|were|is|are) (?:also )?)?among(?: (?:the|those|at least|about|some|more than))*$")


def _parts_before(sentence: Chunked, hurt: list[Casualty]) -> list[Casualty]:
    """ "At least 30 children were among the 39 people killed", "two boys among nine dead": a part told before its whole."""
    found: list[Casualty] = []
    wholes = [(_at(sentence, h.figure.span), h.counted, h.figure.span, h.cumulative) for h in hurt]
    for i, span in ((i, span) for i in range(len(sentence.tokens)) if (span := _anchor(sentence, i))):
        wholes.append((i, "killed" if sentence.tokens[i].low in _DEAD else "injured", span, False))
    for at, counted, span, cumulative in wholes:
        first = max(0, at - 7)
        said = _WERE_AMONG.search(" ".join(t.low for t in sentence.tokens[first:at]))
        if said is None:
            continue
        verb = first + said.string[: said.start()].count(" ")
        part = next((c for c in sentence.chunks if c.last == verb and c.kind in _COUNTABLE), None)
        if part is not None and (part.number or _single(sentence, part)):
            found.append(Casualty(counted, *_figure(part), cumulative, part_of=span))
    return found


def _of_them(sentence: Chunked, number: Chunk) -> Chunk | None:
    """The people of "three of them children", "of whom two were nurses"; None where the number is no part by such words."""
    lows, last, opens = [t.low for t in sentence.tokens], number.last, _opens(sentence, number)
    behind = number.kind == "number" and lows[last : last + 1] == ["of"] and bool(_THEM.intersection(lows[last + 1 : last + 2]))
    before = any(a == "of" and b in _THEM for a, b in pairwise(lows[max(0, opens - 4) : opens]))
    if not behind and not before:
        return None
    if number.kind != "number":
        return number
    people = next((c for c in sentence.chunks if last <= c.first <= last + 4 and c is not number), None)
    parted = people is None or people.kind not in ("people", "group") or {".", ";", ","}.intersection(lows[last : people.first])
    return None if parted else people


_FURTHER = frozenset(("another", "further", "additional"))


def _more(sentence: Chunked, figure: Mention, i: int) -> bool:
    """Whether a figure is told on top of another: "another five", "two more people", "four were also killed"."""
    at = _at(sentence, figure.span)
    end = next((k for k, t in enumerate(sentence.tokens) if t.start >= figure.span.end), len(sentence.tokens))
    if any(t.low == "also" for t in sentence.tokens[max(0, i - 2) : i]):
        return True
    lows = [t.low for t in sentence.tokens[max(0, at - 2) : end]]
    if any(a == "a" and b in _ORDINALS for a, b in pairwise(lows)):
        return True  # "and a third died", "a fourth policeman died"
    around = {t.low for t in sentence.tokens[max(0, at - 1) : end + 1]}
    return bool(around & _FURTHER) or "more" in {t.low for t in sentence.tokens[end - 1 : end + 1]}


def _later(sentence: Chunked, figure: Mention) -> Mention | None:
    """ "24 bodies by the evening and 31 on Sunday": the count of the later day."""
    first = next((n for n, c in enumerate(sentence.chunks) if _is_of(c, figure)), None)
    if first is None:
        return None
    for a, b, c in zip(sentence.chunks[first + 1 :], sentence.chunks[first + 2 :], sentence.chunks[first + 3 :], strict=False):
        dated = a.kind == c.kind == "time" and b.kind == "number" and c.first <= b.last + 1
        if dated and sentence.tokens[b.first - 1].low in ("and", ",") and b.number:
            return Mention(b.number.span, MentionKind.FIGURE)
    return None


_SUPERSEDED = re.compile(
    r"\b(?:(?:up|down) from|(?:earlier|previous|initial|first) (?:\w+ )?(?:toll|count|figure|report)s? (?:of|was)|"
    r"(?:earlier|previously|initially|first) put (?:the|its|their) (?:death )?(?:toll|number) at) $|"
    r"\b(?:deadliest|worst|bloodiest|largest|biggest|first|second)\b[^.;]* since (?:an?|the)\b"
    r"[^,.;]*(?:, (?:which|that|when)\b[^,.;]*)? $|"
    r"\b(?:revenge|retaliation|response|reprisal|reply|avenge|avenging)\b[^,;:]{0,55}$"
)


def _superseded(sentence: Chunked, figure: Mention) -> bool:
    """Whether a figure is told as the one that held before ("21, up from 14"), or of what was avenged."""
    before = " ".join(t.low for t in sentence.tokens if figure.span.start - 160 < t.start < figure.span.start) + " "
    return bool(_SUPERSEDED.search(before))


# "No loss of life or property": neither people nor things came to harm.
_NO_LOSS = re.compile(r"no loss of life,? (?:or|nor|and) (?:no |any |of )?(?:\w+ )?(?:property|damage)")


def _none(words: str, sentence: Chunked) -> list[Casualty]:
    """ "No casualties" is a figure of nought; "no word of casualties" is no figure."""
    match = _NO_ONE.search(words)
    if match is None or _OF_SOME.match(words, match.end()):
        return []
    if _UNKNOWN.search(words) and not re.search(
        r"no (?:casualties|injuries|deaths)|nobody (?:was|is|were)|without (?:any |reported )?casualties", words, re.I
    ):
        return []
    figure = Mention(Span(sentence.span.start + match.start(), sentence.span.start + match.end()), MentionKind.FIGURE)
    said = words[match.start() : match.start() + 40].lower()
    tail = words[match.end() : match.end() + 40].lower()
    # Nobody hurt is nobody killed; nobody killed may leave people hurt, unless things were spared too.
    hurt = "injur" in said or any(word in tail for word in ("hurt", "wound", "harm", "injur")) or bool(_NO_LOSS.match(said))
    only_dead = not hurt and re.search(r"kill|dea|died|fatal|life", said)
    return [Casualty(counted, figure, None, False) for counted in (("killed",) if only_dead else ("killed", "injured"))]


# "It was not clear how many people were killed".
_ASKED = re.compile(r"\b(?:how many|whether)\b[^.,;]*$|\bvow\w* to\b")


def _not_asserted(sentence: Chunked, i: int) -> bool:
    window = {t.low for t in sentence.tokens[max(0, i - 4) : i] if t.text != "May"}
    clause = " ".join(t.low for t in sentence.tokens[max(0, i - 8) : i])
    return (
        bool(_ASKED.search(clause))
        or bool(window & {"would", "could", "might", "may", "will", "threatened", "vowed", "if"})
        or (i > 0 and sentence.tokens[i - 1].low == "to" and not came_to(sentence, i) and not _to_death(sentence, i))
    )


def _to_death(sentence: Chunked, i: int) -> bool:
    """ "Beat a man to death": done so, and not sentenced to it."""
    near = [t.low for t in sentence.tokens[max(0, i - 6) : i]]
    return sentence.tokens[i].low == "death" and not _BY_HAND.isdisjoint(near)


_BY_HAND = frozenset("shot beat beaten hacked stabbed burned burnt clubbed stoned tortured bludgeoned".split())
_ACTS = grammar("casualties.acts")
_STATE = frozenset(("was", "were", "been", "being", "are", "is", "died", "dead"))


def _counted(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """The number, or the people without one, that a word of harm counts: behind it where it acts, else before it."""
    inside = sentence.at[i]
    if inside >= 0 and sentence.chunks[inside].kind == "people" and sentence.chunks[inside].number:
        return _figure(sentence.chunks[inside])
    acts = sentence.tokens[i].low in _ACTS
    passive = not acts and any(t.low in _STATE for t in sentence.tokens[max(0, i - 3) : i + 1])
    if (done := _also_died(sentence, i)) is not None:
        return _counted(sentence, done)
    if (run := _side_by_side(sentence, i, passive)) is not None:
        return run
    if not passive and not acts and _has_object(sentence, i):
        return None  # "two men killed Judge X": the name is hurt
    if any(t.low in ("each", "every") for t in sentence.tokens[max(0, i - 4) : i]):
        return None
    declared = [t.low for t in sentence.tokens[max(0, i - 2) : i + 1]]
    if declared[1:] in (["him", "dead"], ["her", "dead"]) and declared[0] in _TO_BE | {"declared", "shot"}:
        return _one(sentence, (i - 1, i), (i - 1, i - 1))  # "doctors pronounced him dead"
    if (one := _another(sentence, i)) is not None:
        return one
    if not passive and (several := _with_named(sentence, i)) is not None:
        return several
    for chunk in [_bodies_of(sentence, c) for c in _candidates(sentence, i, acts, passive)]:
        single = _single(sentence, chunk) and not (not passive and not acts and _is_theirs(sentence, chunk, i))
        if _one_of_those(sentence, chunk, i):
            return None
        if (chunk.number is not None or single) and (whole := _summed(sentence, chunk, i)):
            return whole
        if chunk.number is None and (further := _further(sentence, chunk)):
            return further
        plural = chunk.kind == "people" and chunk.head.endswith(("s", "people", "men", "women", "children"))
        many = plural and _of_some(sentence, chunk, i)
        if chunk.number is not None or single or many:
            figure, people = _figure(chunk)
            return figure, people or _people_of(sentence, chunk)
    return _one_befallen(sentence, i)


def _side_by_side(sentence: Chunked, i: int, passive: bool) -> tuple[Mention, Mention] | None:
    """ "Ali Omar and his son were killed", "the pilot and his mate died", "killing X Y, his wife and two guards": one by one."""
    tokens = sentence.tokens
    died = tokens[i].low in _DIED
    run = None if passive or died else listed.behind(sentence, i + 1)
    if run is None and (passive or died) and (verb := _verb(sentence, i)) > 1:
        who = verb - (tokens[verb - 1].low == "who")
        run = listed.before(sentence, who - 1) if died or tokens[verb].low in ("were", "are", "have", "had") else None
    if run is None or not ((named := listed.is_named(sentence, run)) or _unknown(sentence, run)):
        return None
    span = listed.span(sentence, run)
    if named:
        return Mention(span, MentionKind.PERSON), Mention(span, MentionKind.PERSON)
    return Mention(span, MentionKind.FIGURE), Mention(span, MentionKind.PEOPLE)


_STRUCK = frozenset(("shot", "hit", "stabbed", "struck", "wounded", "injured", "beaten", "attacked", "burned", "burnt"))


def _also_died(sentence: Chunked, i: int) -> int | None:
    """ "Was hit by a sniper and died within minutes": where the words say what befell those who died."""
    lows = [t.low for t in sentence.tokens]
    k = i - 1
    while k > 0 and (lows[k].endswith("ly") or lows[k] in ("later", "then")):
        k -= 1
    if lows[i] not in _DIED or k < 2 or lows[k] != "and":
        return None
    return next((n for n in range(k - 1, 0, -1) if lows[n] in _STRUCK and lows[n - 1] in ("was", "were")), None)


def _unknown(sentence: Chunked, run: tuple[int, int]) -> bool:
    """Whether one of those listed is by no word of the tables, so that the rules for those do not see him."""
    people = [c for c in sentence.chunks if run[0] <= c.first <= run[1] and c.kind in _COUNTABLE]
    return len(people) < 2 or any(t.low == "of" for t in sentence.tokens[run[0] : run[1]])


def _verb(sentence: Chunked, i: int) -> int:
    """Where the auxiliaries of a word of harm begin: of "are believed to have been killed" at "are"."""
    k = i
    while k and (sentence.tokens[k - 1].low in _TO_BE | _AUXILIARY or sentence.tokens[k - 1].low.endswith("ly")):
        k -= 1
    return k


_AUXILIARY = frozenset("was were is are has have had now both all known said feared dead".split())


def _is_theirs(sentence: Chunked, chunk: Chunk, i: int) -> bool:
    """ "The father of a pupil killed at the school": not whom it befell, but whose father he is."""
    return (
        chunk.last < i
        and sentence.tokens[chunk.last].low == "of"
        and not _STATE.intersection(t.low for t in sentence.tokens[chunk.last : i + 1])
    )


def _one_of_those(sentence: Chunked, chunk: Chunk, i: int) -> bool:
    """ "The funeral of one of the soldiers killed in the attack": a member of the dead, and not their number."""
    number = chunk if chunk.number else next((c for c in sentence.chunks if c.number and c.last == chunk.first - 2), None)
    if number is None or number.last > i:
        return False
    of = [t.low for t in sentence.tokens[number.last : number.last + 2]]
    between = {t.low for t in sentence.tokens[number.last : i]}
    return of in (["of", "the"], ["of", "those"]) and between.isdisjoint(_STATE | {"had", "have", "has"})


def _of_some(sentence: Chunked, people: Chunk, i: int) -> bool:
    """Whether a plain plural is of some people in one deed: "villagers were killed", ", killing civilians"; not in talk of a kind
    of deed ("the killing of reporters", "people are dying"), nor whose the dead are ("relatives of those killed")."""
    tokens, low = sentence.tokens, sentence.tokens[i].low
    if low in _NOUNS | _STILL_DONE or (low == "killing" and (i == 0 or tokens[i - 1].low not in (",", "and"))):
        return False
    if people.first > i:
        return _opens(sentence, people) == i + 1
    between = [t.low for t in tokens[people.last : i]]
    one_verb = people.head.endswith("s") and not _WAS.isdisjoint({*between} - {"had"})
    if one_verb or between[:1] in (["'"], ["’"]):
        return False  # "activists of a group that is being hunted", "the sailors' boats were dead in the water"
    passive = bool(_STATE.intersection((*between, low)))
    return _THEM.isdisjoint(between) and (passive or not between) and (passive or not _object_behind(sentence, i))


_STILL_DONE = frozenset(("die", "dies", "dying", "kill", "kills"))


def _object_behind(sentence: Chunked, i: int) -> bool:
    """Whether people stand right behind a word of harm: they are whom it befell, and who stands before it did it."""
    return any(c.kind in ("people", "group", "name") and _opens(sentence, c) == i + 1 for c in sentence.chunks)


_WAS = frozenset(("was", "is", "has", "had"))
_TO_BE = grammar("casualties.to_be")
_HE = frozenset(("he", "she"))
_NOT_ONE = grammar("casualties.not_one")
_PLACING = OUT - {"of"}  # "at a bar and six men"
_BORE = frozenset(("suffered", "sustained", "received", "with"))


def _is_burns(sentence: Chunked, i: int) -> bool:
    """ "Seven workers suffered burns"."""
    return sentence.tokens[i].low == "burns" and any(t.low in _BORE for t in sentence.tokens[max(0, i - 4) : i])


def _with_named(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Killing commander X Y and two of his guards": one by name, and those counted beside."""
    k = i + 1
    if [t.low for t in sentence.tokens[k : k + 2]] in (["him", "and"], ["her", "and"]):
        return _beside_named(sentence, i, k + 1)
    name = next((c for c in sentence.chunks if k <= c.first < i + 6 and c.kind == "name"), None)
    between = [n for n in range(k, name.first) if sentence.at[n] < 0] if name else []
    if name is None or not all(_describes(sentence.tokens[n]) or sentence.tokens[n].low in _ARTICLES for n in between):
        return None
    return _beside_named(sentence, i, name.last)


def _beside_named(sentence: Chunked, i: int, last: int) -> tuple[Mention, Mention] | None:
    """One told by name up to a token, with those counted behind the "and" that stands there."""
    beside = next((c for c in sentence.chunks if _opens(sentence, c) == last + 1 and c.kind in _COUNTABLE), None)
    if beside is None or sentence.tokens[last].low != "and" or not (beside.number or _single(sentence, beside)):
        return None
    if _has_harm(sentence, beside) or _counts_things(sentence, beside):
        return None
    span = Span(sentence.tokens[i + 1].start, beside.span.end)
    return Mention(span, MentionKind.FIGURE), Mention(span, MentionKind.PEOPLE)


_NAMED_AS = re.compile(
    r"^(?:killed|dead) (?:[^ ]+ ){0,12}?(?:was|were|are)\b|"
    r"\b(?:dead|victims?|killed|fatalities) (?:[^ ]+ ){0,8}?(?:(?:was|were|are|as|been) )(?:named|identified) as\b"
)


def _named_dead(sentence: Chunked) -> tuple[Mention, Mention] | None:
    """ "The killing of X Y", "X's murder", "the dead were named as X Y and Z": by name."""
    if said := _NAMED_AS.search(sentence.words):
        run = listed.behind(sentence, said.group().count(" ") + sentence.words[: said.start()].count(" ") + 1)
        if run and listed.is_named(sentence, run):
            figure = Mention(listed.span(sentence, run), MentionKind.PERSON)
            return figure, figure
    for i, token in enumerate(sentence.tokens):
        shot = token.low == "death" and i > 0 and sentence.tokens[i - 1].low == "shooting"
        if (token.low not in _SLAYINGS and not shot) or _no_harm(sentence, i) or _not_asserted(sentence, i):
            continue
        behind = [t.low for t in sentence.tokens[i + 1 : i + 2]]
        whose = sentence.at[i - 2] if i > 1 and sentence.tokens[i - 1].low in ("'s", "’s") else -1
        if whose >= 0 and behind != ["of"] and (name := sentence.chunks[whose]).kind == "name":
            return _one(sentence, (i, i), (name.first, name.last - 1))
        of = next((c for c in sentence.chunks if i + 2 <= c.first <= i + 5 and c.kind == "name"), None)
        between = sentence.tokens[i + 2 : of.first] if of else ()
        if of and behind == ["of"] and _is_full(of) and all(t.low in _ARTICLES or _describes(t) for t in between):
            return _one(sentence, (i, i), (of.first, of.last - 1))
    return None


def _one_befallen(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "An auxiliary was wounded", "Patrolman X Y was killed", "he was shot dead": by its verb one person, whatever the word."""
    tokens, k = sentence.tokens, i - 1
    while k > 0 and (tokens[k].low in _TO_BE or (tokens[k].low.endswith("ly") and sentence.at[k] < 0)):
        k -= 1
    if tokens[i - 1].text == "," and (named := _named_before(sentence, i)):
        return named
    died = tokens[i].low in _DIED
    if died and _SOON.isdisjoint(t.low for t in tokens[i : i + 6]) and _companions(sentence, i) is None:
        return None  # "the writer died in 2013"
    perfect = k == i - 1 and tokens[k].low in ("has", "had") and not died  # "a bomb had killed a sergeant"
    if k < 0 or perfect or (tokens[k].low not in _WAS and not died) or tokens[i].low in _LOST | _STILL_DONE:
        return _one_done_to(sentence, i)
    verb = k if tokens[k].low in _WAS else k + 1
    if verb < 1:
        return None
    last = verb - 1
    if tokens[last].low == "who" and (name := _named_up_to(sentence, last - (tokens[last - 1].text == ","))):
        # "Ali Omar, 55, who was killed with his wife"; who is killed alone in words beside may be of another deed.
        return _one(sentence, (verb, i), (name.first, name.last - 1)) if _companions(sentence, i) else None
    if tokens[last].text == ",":
        name = _apposed(sentence, last)
        return _one(sentence, (verb, i), (name.first, name.last - 1)) if name else None
    first = last if tokens[last].low in _HE else _who(sentence, last, died)
    return None if first is None else _one(sentence, (verb, i), (first, last))


_DIED = frozenset(("died", "succumbed"))
_SOON = grammar("casualties.soon")


def _who(sentence: Chunked, last: int, died: bool) -> int | None:
    """Where the words for one person that end at a token begin: a name, or an article and a word for one."""
    named = sentence.chunks[sentence.at[last]] if sentence.at[last] >= 0 else None
    if named is not None and (named.kind not in ("name", "people", "voice") or named.number):
        return _noun_phrase(sentence, last)
    if named is not None and named.kind == "name" and (_is_full(named) or not died):
        return _noun_phrase(sentence, named.first - 2) if _hangs(sentence, named) else named.first
    return _noun_phrase(sentence, last)


_BY_WHICH = frozenset(("in", "by", "when", "during", "while", "near", "outside", "along", "alongside"))


def _named_before(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Officers Ali Omar and Sam Reed, killed in a raid", "Aya Sharif, 6, wounded in a raid": who is named before the comma."""
    tokens = sentence.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].low not in _BY_WHICH or not tokens[i].low.endswith(("ed", "slain", "hurt")):
        return None
    names = {c.last: c for c in sentence.chunks if _is_full(c)}
    name = _named_up_to(sentence, i - 1)
    if name is None or (_hangs(sentence, name) and tokens[name.first - 1].low != "of"):
        return None
    first = name
    while tokens[first.first - 1].low in ("and", ",") and first.first - 1 in names:
        first = names[first.first - 1]
    figure = Mention(Span(first.span.start, name.span.end), MentionKind.PERSON)
    return figure, figure


def _named_up_to(sentence: Chunked, last: int) -> Chunk | None:
    """The full name that ends before a token, with or without an age: "Ali Omar, 55, who was killed"."""
    tokens = sentence.tokens
    if last > 2 and tokens[last - 1].low.isdigit() and tokens[last - 2].text == ",":
        last -= 2
    return next((c for c in sentence.chunks if c.last == last and _is_full(c)), None)


def _hangs(sentence: Chunked, name: Chunk) -> bool:
    """Whether a name hangs on a preposition and is not who is told of: "a woman at the grave of X Y is detained"."""
    before = sentence.tokens[name.first - 1].low if name.first else ""
    return before in _PLACING or (before == "of" and (k := name.first - 2) > 0 and sentence.at[k] < 0)


def _is_full(chunk: Chunk) -> bool:
    """A name of two words or more."""
    return chunk.kind == "name" and chunk.last - chunk.first > 1


def _apposed(sentence: Chunked, comma: int) -> Chunk | None:
    """ "Ali Omar, a guard at the gate, was killed": the name that the words between the commas say more of."""
    for c in sentence.chunks:
        before = sentence.tokens[c.first - 1].low if c.first else ""
        opened = sentence.tokens[c.last].text == "," if c.last < comma else c.last == comma and before == ","
        if _is_full(c) and opened and before not in OUT:
            return c
    return None


def _one_done_to(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Killing a gold digger", "killing the village head, X Y", "wounding her": one person behind an act, by an article and a
    word for one, by a pronoun, or by the name that follows."""
    tokens = sentence.tokens
    if [t.low for t in tokens[i + 1 : i + 2]] in (["him"], ["her"]) and sentence.at[i + 1] < 0 and _ends_there(sentence, i + 2):
        return _one(sentence, (i, i), (i + 1, i + 1))
    if (last := _one_behind(sentence, i)) is not None:
        return _one(sentence, (i, i), (i + 2, last))
    comma = next((k for k in range(i + 2, min(i + 7, len(tokens) - 2)) if tokens[k].text == ","), None)
    name = sentence.chunks[sentence.at[comma + 1]] if comma and sentence.at[comma + 1] >= 0 else None
    if comma is None or name is None or name.kind != "name" or name.last - name.first < 2:
        return None
    first = _noun_phrase(sentence, comma - 1)
    return _one(sentence, (i, i), (first, comma - 1)) if first == i + 2 else None


def _one(sentence: Chunked, verb: tuple[int, int], who: tuple[int, int]) -> tuple[Mention, Mention]:
    """A figure of one person, from the first token to the last of the verb that says so and of the words for who it is."""
    at, people = (Span(sentence.tokens[a].start, sentence.tokens[b].end) for a, b in (verb, who))
    return Mention(at, MentionKind.FIGURE), Mention(people, MentionKind.PEOPLE)


def _one_behind(sentence: Chunked, i: int) -> int | None:
    """The last word of "a gold digger" right behind a word that kills or wounds; None where no single being stands there."""
    tokens = sentence.tokens
    if i + 2 >= len(tokens) or tokens[i + 1].low not in ("a", "an") or tokens[i].low == "died":
        return None
    if not tokens[i].low.endswith(("ed", "ing", "death")):
        return None  # "a drug kills a virus"
    if tokens[i].low.endswith("ing") and i and tokens[i - 1].low not in (",", "and", "while", "when", "by"):
        return None  # "killing a leader kills a movement"
    last = i + 1
    while last + 1 < len(tokens) and tokens[last + 1].text.islower() and tokens[last + 1].low not in _FUNCTION | _HARM:
        last += 1
    words = [t.low for t in tokens[i + 2 : last + 1]]
    things = _NOT_PEOPLE.union(_NOT_ONE).intersection(words) or any(_is_thing(sentence, k) for k in range(i + 2, last + 1))
    return None if not 0 < len(words) <= 3 or things or words[-1].endswith(_MORE_THAN_ONE) else last


def _ends_there(sentence: Chunked, k: int) -> bool:
    """Whether no noun goes on behind a pronoun: "wounding her" against "wounding her son"."""
    return k >= len(sentence.tokens) or not sentence.tokens[k].low.isalpha() or sentence.tokens[k].low in _FUNCTION


def _noun_phrase(sentence: Chunked, last: int) -> int | None:
    """Where "a militia auxiliary" or "the village head" begins that ends at a token; None where no one person stands there."""
    head = sentence.tokens[last]
    if not head.low.isalpha() or head.low in _NOT_ONE or head.low in _FUNCTION or head.low in _DEEDS:
        return None
    for k in range(last - 1, max(-1, last - 5), -1):
        low = sentence.tokens[k].low
        if low in _ARTICLES:
            return k + 1 if low in ("a", "an", "another", "the") and not _is_thing(sentence, last) else None
        if not low.replace("-", "").isalpha() or (low in _FUNCTION and low not in _IN_PHRASE) or low in _HARM:
            return None
    return None


_IN_PHRASE = frozenset(("police", "deputy", "national", "international", "foreign", "major"))


def _is_thing(sentence: Chunked, k: int) -> bool:
    return sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind not in ("people", "voice", "group", "name")


def _bodies_of(sentence: Chunked, chunk: Chunk) -> Chunk:
    """ "The bodies of two teachers": the teachers; else the stretch itself."""
    if chunk.number is not None or chunk.head not in ("bodies", "corpses", "remains") or chunk.last >= len(sentence.tokens):
        return chunk
    of = next((c for c in sentence.chunks if chunk.last < c.first <= chunk.last + 2 and c.number is not None), None)
    return of if of is not None and sentence.tokens[chunk.last].low == "of" else chunk


def _candidates(sentence: Chunked, i: int, acts: bool, passive: bool) -> list[Chunk]:
    """The stretches that a word of harm may count, the likeliest first."""
    low, only = sentence.tokens[i].low, sentence.tokens[i].low in _LOST | _ONLY_PEOPLE
    countable = [
        c for c in sentence.chunks
        if c.kind in _COUNTABLE
        and not (c.kind == "number" and (only or _counts_things(sentence, c)))
        and not (c.kind == "number" and _of_one(sentence, c))
    ]  # fmt: skip
    before = _before_parts(sentence, i) or [
        c for c in countable
        if (c.last <= i and i - c.last <= 7 and _near(sentence, c.last, i))
        or (0 <= i - (last := _said_to(sentence, c)) <= 3 and _near(sentence, last, i))
    ]  # fmt: skip
    beside = _companions(sentence, i)
    behind = [
        c for c in countable
        if c.first > i
        and (opens := _opens(sentence, c)) - i <= 4
        and not _parted(sentence, i, opens, passive)
        and not _next_harm(sentence, i, c)
        and not (passive and c is beside)
    ]  # fmt: skip
    if sentence.tokens[i - 1].low in ("a", "an"):
        before = []  # "a woman carried a wounded girl"
    if low in _NOUNS and not _to_death(sentence, i):
        before = [c for c in before if _bears(sentence, c, i)]
    before = [_family_of(sentence, _whole_of(sentence, c)) for c in before]
    lives = low in ("life", "lives") and [t.low for t in sentence.tokens[i + 1 : i + 2]] == ["of"]
    order = behind[:1] if acts or lives or not (passive or before) else before[::-1][:2] + behind[:1]
    if passive and behind and any(t.low in ("and", "while") for t in sentence.tokens[i + 1 : behind[0].first]):
        order = [c for c in order if c is not behind[0]]  # "a driver was killed and two guards were hurt"
    whom = behind[0] if behind and not passive and not acts and low not in ("dead", "died", "die", "dies") else None
    if whom and (whom.number or (_single(sentence, whom) and _opens(sentence, whom) == i + 1)):
        order = [whom, *(c for c in order if c is not whom)]  # "two attackers killed 32", "a man killed his wife": the object
    return order


_ASIDE = frozenset(("at", "near", "inside", "outside", "from"))


def _parted(sentence: Chunked, i: int, opens: int, passive: bool) -> bool:
    """Whether what stands behind a word of harm is another's: "a warrant was executed at the boy's home", "killed by two men"."""
    between = sentence.tokens[i:opens]
    return any(t.text in ".;," or t.low in _PART | _ELSEWHEN | _ASIDE or (passive and t.low == "by") for t in between[1:]) or any(
        b.low == "with" and a.low not in ("along", "together") for a, b in pairwise(between)
    )


_NOUNS = grammar("casualties.nouns")
_BEAR = grammar("casualties.bear")


def _bears(sentence: Chunked, chunk: Chunk, i: int) -> bool:
    """ "Three confirmed deaths", "six workers suffered injuries"; "relatives asked for the body" are not those whom it befell."""
    between = sentence.tokens[chunk.last : i]
    if not _BEAR.isdisjoint(t.low for t in between):
        return True
    plain = (t.low not in _FUNCTION | _HARM and t.low.replace("-", "").isalpha() for t in between)
    return chunk.number is not None and len(between) <= 2 and all(plain)


_DEEDS = frozenset(
    "raids strikes airstrikes attacks explosions blasts clashes massacres barrels raid strike airstrike attack".split()
)
_ONLY_PEOPLE = grammar("casualties.only_people")


def _counts_things(sentence: Chunked, number: Chunk) -> bool:
    """ "15 cows", "no one else", "one of its drones": whether a number counts what is no person, or nobody besides those told."""
    of = next((c for c in sentence.chunks if number.last < c.first <= number.last + 2), None)
    if of and of.kind == "weapon" and sentence.tokens[number.last].low == "of":
        return True
    behind = takewhile(lambda t: t.low.isalpha() and t.low not in _FUNCTION, sentence.tokens[number.last : number.last + 3])
    return any(t.low in _NOT_PEOPLE or t.low == "else" or t.low in _DEEDS for t in behind)


def _people_of(sentence: Chunked, number: Chunk) -> Mention | None:
    """ "Four puppet soldiers": the people behind a number and up to two words that no table knows."""
    people = next((c for c in sentence.chunks if number.last < c.first <= number.last + 2), None)
    between = sentence.tokens[number.last : people.first] if people else ()
    if (
        people is None
        or people.kind not in ("people", "group")
        or any(t.low in _FUNCTION | _HARM or not t.low.isalpha() for t in between)
    ):
        return None
    return Mention(people.span, MentionKind.PEOPLE)


def _another(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Another died of wounds", "and a third was hurt": one more, without a word for people."""
    tokens, k = sentence.tokens, i - 1
    while k > 0 and (tokens[k].low in _TO_BE | _WAS | {"have"} or tokens[k].low.endswith("ly")) and tokens[k].low != "and":
        k -= 1
    if k < 0 or sentence.at[k] >= 0:
        return None
    ordinal = k > 0 and tokens[k].low in _ORDINALS and tokens[k - 1].low == "a"
    if tokens[k].low != "another" and not ordinal:
        return None
    return Mention(Span(tokens[k - ordinal].start, tokens[k].end), MentionKind.FIGURE), None


_ORDINALS = frozenset(ordinals.UNITS[1:6])


def _opens(sentence: Chunked, chunk: Chunk) -> int:
    """The first token of a chunk, its number or the article of one person included."""
    if chunk.number is None and (article := _article(sentence, chunk)) is not None:
        return article
    start = chunk.number.span.start if chunk.number else chunk.span.start
    k = chunk.first
    while k and sentence.tokens[k - 1].start >= start:
        k -= 1
    return k


def _next_harm(sentence: Chunked, i: int, chunk: Chunk) -> bool:
    """ "40 killed and 110 others wounded", "six dead, 22 injured": a number with a word of harm of its own is that word's."""
    here = _KILLED if sentence.tokens[i].low in _KILLED else _INJURED
    others = (_KILLED | _INJURED) - here
    behind = {t.low for t in sentence.tokens[chunk.last : chunk.last + 1]}
    if chunk.head in others or (others - _ACTS) & behind:  # "killing two injuring three": an act counts what stands behind it
        return True
    between = {t.low for t in sentence.tokens[i + 1 : _opens(sentence, chunk)]}
    return "and" in between and any(t.low in _KILLED | _INJURED for t in sentence.tokens[chunk.last : chunk.last + 3])


def _whole_of(sentence: Chunked, chunk: Chunk) -> Chunk:
    """ "Five civilians including three children were killed": the people that a part belongs to; else the chunk itself."""
    opens = _opens(sentence, chunk)
    for k in range(opens - 1, max(-1, opens - 10), -1):
        token = sentence.tokens[k]
        if token.low in _PART and not _among_whole(sentence, k):
            ends = (k, k - 1) if k and sentence.tokens[k - 1].text in ",-–—" else (k,)
            return next((c for c in sentence.chunks if c.last in ends and c.kind in ("number", "people", "group")), chunk)
        if sentence.at[k] < 0 and token.low not in _BETWEEN_PARTS and not token.low.isdigit():
            break
    return chunk


def _family_of(sentence: Chunked, chunk: Chunk) -> Chunk:
    """ "Seven members of one family": the members."""
    of = chunk.first - 2
    if chunk.head != "family" or of < 0 or sentence.tokens[of].low != "of":
        return chunk
    return next((c for c in sentence.chunks if c.last == of and c.number), chunk)


def _further(sentence: Chunked, people: Chunk) -> tuple[Mention, Mention | None] | None:
    """ "Two more civilians", "74 port workers": the number that stands before the word between."""
    beside = next((c for c in sentence.chunks if c.last == people.first and c.kind in ("site", "area", "weapon")), None)
    if beside is not None and beside.number is not None:
        return _figure(beside)[0], Mention(people.span, MentionKind.PEOPLE)
    worded = next((c for c in sentence.chunks if c.kind == "number" and 0 < people.first - c.last <= 2 and c.number), None)
    between = sentence.tokens[worded.last : people.first] if worded else ()
    theirs = len(between) == 2 and between[0].low == "of" and between[1].low in _THEIRS
    if worded is not None and (theirs or all(map(_describes, between))):
        return _figure(worded)[0], Mention(people.span, MentionKind.PEOPLE)  # "twelve artisanal miners", "eleven of its men"
    first = people.first - 1
    if first < 1 or sentence.tokens[first].low not in ("more", "other", "additional", "further"):
        return None
    number = next((c for c in sentence.chunks if c.last == first and c.number is not None), None)
    return (_figure(number)[0], Mention(people.span, MentionKind.PEOPLE)) if number else None


_THEIRS = frozenset(("its", "their", "his", "her", "our", "the"))


def _describes(token: Token) -> bool:
    """Whether a word can be one that describes people: no function word, and none for harm."""
    return token.low.isalpha() and token.low not in _FUNCTION | _HARM and not token.cap


def _has_object(sentence: Chunked, i: int) -> bool:
    """Whether a person by name or office stands right behind a word of harm."""
    k = i + 1
    while k < len(sentence.tokens) and sentence.tokens[k].low in ("the", "former", "a", "an"):
        k += 1
    first = k
    while k < min(first + 3, len(sentence.tokens)) and sentence.at[k] < 0 and _describes(sentence.tokens[k]):
        k += 1
    if k >= len(sentence.tokens) or sentence.at[k] < 0:
        return False
    chunk = sentence.chunks[sentence.at[k]]
    if k > first and chunk.kind == "name":
        return _is_full(chunk)  # "killed his partner X Y"
    behind = next((c for c in sentence.chunks if c.first == chunk.last), None)
    title = chunk.kind == "people" and chunk.number is None
    return chunk.kind == "name" or (title and behind is not None and behind.kind == "name")


_OF_SOME = re.compile(r"\s+of (?:its|their|his|her|the|them|those)\b", re.I)


def _none_of_some(words: str, sentence: Chunked, figure: Mention) -> bool:
    """ "None of its fighters": nought of some, and no word of the others."""
    at = figure.span.start - sentence.span.start
    return words[at : at + 4].lower() == "none" and _OF_SOME.match(words, at + 4) is not None


def _toll(sentence: Chunked) -> list[tuple[str, Mention, int]]:
    """ "The death toll has risen to 35", "put the number of wounded at 34", "the number of people killed rose to 12": what is
    counted, the figure, and the token of the word that says what."""
    lows = [t.low for t in sentence.tokens]
    for k in (k for k, low in enumerate(lows) if low in _TOLLED):
        put = not _PUT.isdisjoint(lows[:k])
        said = _tolled(sentence, k, put)
        if said is None or {"earlier", "previous", "previously", "initially"} & set(lows[max(0, k - 4) : k + 4]):
            continue
        toll, counted = lows[k] in _SUMS, "injured" if lows[said] in _INJURED else "killed"
        if put and (at := next((c for c in sentence.chunks if _put_at(lows, c) and c.last <= k), None)):
            return [(counted, _figure(at)[0], said)]  # "put at 79 the number of people killed"
        for c in sentence.chunks:
            if toll and c.number and lows[k + 1 : k + 2] == ["of"] and c.first == k + 2:
                return [(counted, Mention(c.number.span, MentionKind.FIGURE), said)]
            before = {*lows[max(k, c.first - 3) : c.first], *lows[c.first : c.last]}  # "from 14 to 21" may be one stretch
            if (
                c.number is None
                or c.first <= k
                or _counts_things(sentence, c)
                or not {"to", "at", "reached", "is", "was", "now"} & before
            ):
                continue
            if put or _ROSE.intersection(lows[k + 1 : c.first]):
                later = next((x for x in sentence.chunks if x.number and lows[x.first - 2 : x.first] == ["risen", "to"]), c)
                return [(counted, Mention(_risen(sentence, later), MentionKind.FIGURE), said)]
    return []


def _put_at(lows: list[str], chunk: Chunk) -> bool:
    """Whether a number is what a toll behind it is put at."""
    before = lows[max(0, chunk.first - 2) : chunk.first]
    return chunk.number is not None and before[-1:] in (["at"], ["to"]) and not _PUT.isdisjoint(before)


def _tolled_people(sentence: Chunked, figure: Mention, said: int) -> Mention | None:
    """ "The number of civilians killed", "the toll rose to 8 civilians": the people right before the word that says what befell
    them, or of the number."""
    peoples = [c for c in sentence.chunks if c.kind in ("people", "group") and c.head not in _HARM]
    people = next((c for c in peoples if c.last == said or _is_of(c, figure)), None)
    return Mention(people.span, MentionKind.PEOPLE) if people else None


_SUMS = frozenset(("toll", "total"))
_TOLLED = _SUMS | _DEAD | _HURT | {"number"}


def _tolled(sentence: Chunked, k: int, put: bool) -> int | None:
    """The word that says what a toll at a token counts: "toll" itself, "the dead", "the number of people killed"; None where
    there is none. `put`: whether somebody puts it at a number."""
    lows = [t.low for t in sentence.tokens]
    if lows[k] in _SUMS:
        return k if (lows[k] == "toll" or put) and lows[k - 1 : k] != ["injury"] else None
    if lows[k] in _DEAD | _HURT:
        return k if put and lows[k - 1 : k] == ["the"] else None
    if lows[k] != "number" or lows[k - 1 : k] == ["a"]:  # "a number of people killed" is some people
        return None
    if put and lows[k + 1 : k + 2] == ["at"]:  # "the Red Cross puts the number at 15"
        return next((at for at in range(k - 1, -1, -1) if lows[at] in _KILLED | _INJURED), None)
    for at in range(k + 1, min(k + 7, len(lows))):
        if lows[at] in _KILLED | _INJURED:
            return at
        of_people = sentence.at[at] >= 0 and sentence.chunks[sentence.at[at]].kind in (*_COUNTABLE, "adjective", "state")
        if lows[at] not in ("of", "the", "those", "who", "were", "have", "had", "been") and not of_people:
            return None
    return None


_PUT = grammar("casualties.put")
_ROSE = frozenset(
    ("rose", "risen", "rises", "rising", "climbed", "climbs", "stands", "stood", "reached", "is", "was", "increased", "revised",
     "lowered", "raised", "fell", "dropped", "jumped", "grew", "soared", "updated", "now")
)  # fmt: skip


def _risen(sentence: Chunked, chunk: Chunk) -> Span:
    """The number itself; of "rose from 14 to 21", which reads as a range, the second."""
    span = chunk.number.span if chunk.number else chunk.span
    last = next((k for k in range(chunk.first, chunk.last) if sentence.tokens[k].low == "to"), None)
    if last is None or not chunk.first or sentence.tokens[chunk.first - 1].low != "from":
        return span
    return Span(sentence.tokens[last + 1].start, span.end)


# What opens words between commas that say more of the people before them.
_APPOSED = frozenset(("including", "among", "mostly", "a", "an", "all", "most", "many", "some", "half"))


def _before_parts(sentence: Chunked, i: int) -> list[Chunk]:
    """ "Nine people, including six children, died": the people that the parts between the commas belong to."""
    commas = [k for k in range(max(0, i - 24), i) if sentence.tokens[k].text == ","]
    wholes = {_aboard(sentence, c): c for c in sentence.chunks if c.kind in _COUNTABLE and not _is_age(sentence, c)}
    for k in (k for k in commas[:-1] if k in wholes):
        whole, behind = wholes[k], sentence.tokens[k + 1]
        of_all = whole.number is not None and whole.head in _GENERIC
        named = _single(sentence, whole) and behind.cap  # "the farmer, X Y, 47, was"
        if i - commas[-1] <= 4 and (of_all or named or behind.low in _APPOSED):
            return [whole]
        # "All five crew members, three Poles and two Latvians, were", "seven people, four of them children, are known to have"
        parted = behind.cap or behind.low in _APPOSED or any(c.number and k < c.first <= k + 2 for c in sentence.chunks)
        return [whole] if whole.number and parted and commas[-1] + 1 == _verb(sentence, i) else []
    return []


def _aboard(sentence: Chunked, chunk: Chunk) -> int:
    """Where the words for people end, "on board" and "aboard" included."""
    behind = [t.low for t in sentence.tokens[chunk.last : chunk.last + 2]]
    return chunk.last + (1 if behind[:1] == ["aboard"] else 2 if behind in (["on", "board"], ["on", "it"]) else 0)


_AND = frozenset(("and", ",", "along", "with", "together", "as", "well"))
_ARTICLES = frozenset(("a", "an", "one", "the", "his", "her", "their", "its", "another", "at", "least", "both"))
_GENERIC = frozenset(("people", "persons", "civilians", "dead", "victims", "members", "martyrs", "bodies"))


def _summed(sentence: Chunked, chunk: Chunk, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Eight militants and two soldiers were killed", "killing a man and his wife": one figure over all side by side."""
    run, at = [chunk], sentence.chunks.index(chunk)
    if chunk.first > i:
        for other in sentence.chunks[at + 1 :]:
            if _is_age(sentence, other) or other.first < _said_to(sentence, run[-1]):
                continue
            if not _beside(sentence, run[-1], other) or _has_harm(sentence, other):
                break
            run.append(other)
    else:
        for other in reversed(sentence.chunks[:at]):
            if _is_age(sentence, other) or _is_whose(sentence, other):
                continue
            opens = _opens(sentence, other)
            harmed = any(t.low in _HARM for t in sentence.tokens[max(0, opens - 2) : opens])
            if not _beside(sentence, other, run[0]) or harmed:
                break
            run.insert(0, other)
        run += _along(sentence, i)
    joined = {t.low for a, b in pairwise(run) for t in sentence.tokens[a.last : _opens(sentence, b)]}
    listed = "," in joined and is_headline(sentence)  # "2 rebels, 1 soldier killed"
    start = _opens(sentence, run[0])
    one = _noun_phrase(sentence, start - 2) if start > 2 and sentence.tokens[start - 1].low == "and" else None
    named = next((c for c in sentence.chunks if _is_full(c) and c.last == start - 1), None)
    if named is not None and sentence.tokens[start - 1].low == "and" and sentence.tokens[named.first - 1].low not in OUT:
        start = named.first  # "X Y and three guards"
    elif one is not None and sentence.tokens[one - 1].low in ("a", "an") and sentence.tokens[one - 2].low not in _PLACING:
        start = one - 1  # "a lieutenant and six men": one by a word that no table has
    elif len(run) == 1 or not (listed or joined & {"and", "along", "together", "well"}) or _is_whole(sentence, run):
        return None
    span = Span(sentence.tokens[start].start, run[-1].span.end)
    return Mention(span, MentionKind.FIGURE), Mention(span, MentionKind.PEOPLE)


def _beside(sentence: Chunked, a: Chunk, b: Chunk) -> bool:
    """Whether two countable stretches stand side by side with nothing but "and", a comma or an age between."""
    if any(c.kind not in _COUNTABLE or c.head in _HARM or not (c.number or _single(sentence, c)) for c in (a, b)):
        return False
    if any(c.kind == "number" and (_said_to(sentence, c) == c.last or _counts_things(sentence, c)) for c in (a, b)):
        return False
    between = [t.low for t in sentence.tokens[_said_to(sentence, a) : _opens(sentence, b)] if not t.low.isdigit()]
    return bool(_AND.intersection(between)) and all(w in _AND or w in _ARTICLES for w in between)


def _said_to(sentence: Chunked, chunk: Chunk) -> int:
    """Where a countable stretch ends with the word that its number counts and the party whose they are: "two soldiers of the X
    army (X)", "one instructor of Y"."""
    tokens, k = sentence.tokens, chunk.last
    while chunk.kind == "number" and k < min(chunk.last + 3, len(tokens)) and sentence.at[k] < 0:
        if not _describes(tokens[k]) and tokens[k].text not in '"“”':
            break
        k += 1
    of = next((c for c in sentence.chunks if k < c.first <= k + 2 and c.kind in _WHOSE), None)
    if of is None or tokens[k].low != "of" or (of.first == k + 2 and tokens[k + 1].low != "the"):
        return k
    k = of.last
    if k < len(tokens) and tokens[k].text == "(":
        return next((n + 1 for n in range(k, min(k + 4, len(tokens))) if tokens[n].text == ")"), k)
    return k


def _is_whose(sentence: Chunked, chunk: Chunk) -> bool:
    """Whether a stretch is the party whose those counted before it are."""
    return any(c.last < chunk.first < _said_to(sentence, c) for c in sentence.chunks if c.kind in _COUNTABLE and c is not chunk)


_WHOSE = ("actor", "group", "state", "name")


def _is_age(sentence: Chunked, chunk: Chunk) -> bool:
    """ "A woman, 45, and her son": a number alone between commas."""
    around = (sentence.tokens[k].text for k in (chunk.first - 1, chunk.last) if 0 <= k < len(sentence.tokens))
    return chunk.kind == "number" and all(text in ",()" for text in around)


def _of_age(sentence: Chunked, chunk: Chunk) -> bool:
    """ "A man of 54", "a boy aged 9", "girl (12)": the age of one person."""
    k = chunk.first - 2
    one = sentence.chunks[sentence.at[k]] if k >= 0 and sentence.at[k] >= 0 else None
    if any(t.low in ("aged", "age") for t in sentence.tokens[max(0, chunk.first - 3) : chunk.first]):
        return True  # "two girls aged 9 and 11"
    return one is not None and sentence.tokens[k + 1].low in ("of", "aged", "(") and _single(sentence, one)


_PARENT = frozenset(("father", "mother", "parent", "parents", "widow", "widower", "dad", "mum"))


def _of_one(sentence: Chunked, number: Chunk) -> bool:
    """Whether a number says how old somebody is, or of how many children the father."""
    of = [t.low for t in sentence.tokens[max(0, number.first - 2) : number.first]]
    parent = of[-1:] == ["of"] and not _PARENT.isdisjoint(of)
    return parent or _follows_name(sentence, number) or _of_age(sentence, number) or _bracketed(sentence, number)


def _bracketed(sentence: Chunked, chunk: Chunk) -> bool:
    """ "[12] He was wounded", "the officer (33) was wounded": a mark or an age."""
    around = [sentence.tokens[k].text for k in (chunk.first - 1, chunk.last) if 0 <= k < len(sentence.tokens)]
    return around in (["[", "]"], ["(", ")"])


def _follows_name(sentence: Chunked, chunk: Chunk) -> bool:
    """ "Musa Bello, 25, was shot dead": an age behind a name."""
    name = sentence.chunks[sentence.at[chunk.first - 2]].kind if chunk.first > 1 and sentence.at[chunk.first - 2] >= 0 else ""
    return name == "name" and sentence.tokens[chunk.first - 1].text in ",(" and _is_age(sentence, chunk)


_HARM = _KILLED | _INJURED | frozenset[str]().union(*_OTHERS.values())


def _has_harm(sentence: Chunked, chunk: Chunk) -> bool:
    """Whether a stretch has a word of harm of its own behind it: "killed two guards, and a driver was wounded"."""
    for token in sentence.tokens[chunk.last : chunk.last + 4]:
        if token.low in _HARM:
            return True
        if token.low in ("and", "in", "at", "near", "from", "of") or not token.text[0].isalnum():
            return False
    return False


_BESIDE = re.compile(r"(?:(?:along|together) with|alongside|as well as|as (?:was|were|did)) (?:(?:at least|about|some) )?")


def _with_them(sentence: Chunked, i: int, chunk: Chunk) -> tuple[Mention, Mention | None]:
    """Those told behind who is told before, all side by side: "with his wife and two daughters"."""
    return _summed(sentence, chunk, i) or _figure(chunk)


def _companions(sentence: Chunked, i: int) -> Chunk | None:
    """ "Was killed together with two guards", "died with five of his men", "was shot dead, as was his driver": those told behind
    who is told before."""
    tokens = sentence.tokens
    for k in range(i + 1, min(len(tokens), i + 1 + _FAR)):
        said = _BESIDE.match(" ".join(t.low for t in tokens[k : k + 6]) + " ")
        opens = k + said.group().count(" ") if said else k + 1
        if said is None and (k > i + 1 or tokens[k].low != "with"):
            continue
        chunk = next((c for c in sentence.chunks if c.kind in _COUNTABLE and _opens(sentence, c) == opens), None)
        if chunk is None or _has_harm(sentence, chunk) or _counts_things(sentence, chunk):
            return None
        return chunk if chunk.number or _single(sentence, chunk) else None
    return None


# So many words behind a word of harm those told beside may stand: "was shot dead in X on Monday, as were two of his men".
_FAR = 9


def _along(sentence: Chunked, i: int) -> list[Chunk]:
    """ "22 children were killed along with six teachers": who is counted behind the word."""
    lows = [t.low for t in sentence.tokens[i + 1 : i + 4]]
    behind = 3 if lows[:2] in (["along", "with"], ["together", "with"]) else 4 if lows == ["as", "well", "as"] else 0
    if not behind:
        return []
    return [
        c for c in sentence.chunks
        if _opens(sentence, c) == i + behind and c.kind in ("people", "group") and (c.number or _single(sentence, c))
    ]  # fmt: skip


def _is_whole(sentence: Chunked, run: list[Chunk]) -> bool:
    """Whether the first holds the others: "five people, two women and three children"."""
    first = run[0]
    opened = sentence.tokens[first.last].text == "," if first.last < len(sentence.tokens) else False
    if len(run) < 3 or not opened or first.number is None:
        return False
    return first.head in _GENERIC


_ONE = grammar("casualties.one")
_MORE_THAN_ONE = (
    "s",
    "people",
    "men",
    "women",
    "children",
    "police",
    "family",
    "crew",
    "staff",
    "dead",
    "wounded",
    "injured",
    "personnel",
)


def _single(sentence: Chunked, chunk: Chunk) -> bool:
    """ "The driver", "a soldier", "a newborn baby": one person without a number; in a headline also without an article."""
    one = chunk.head in lexicon().civil or chunk.head.rpartition(" ")[2] in _ONE
    if not one or chunk.number is not None or chunk.head.endswith(_MORE_THAN_ONE) or _body_of_many(sentence, chunk):
        return False
    return _article(sentence, chunk) is not None or (is_headline(sentence) and _bare(sentence, chunk))


def _body_of_many(sentence: Chunked, chunk: Chunk) -> bool:
    """ "The National Guard": a name with a capital throughout, behind "the"."""
    words = sentence.tokens[chunk.first : chunk.last]
    named = len(words) > 1 and all(t.cap for t in words) and not is_headline(sentence)
    return named and chunk.first > 0 and sentence.tokens[chunk.first - 1].low == "the"


def _bare(sentence: Chunked, chunk: Chunk) -> bool:
    """Whether a person's word stands by itself: nothing before it counts or owns it, and no name or other person follows."""
    before = sentence.tokens[chunk.first - 1].low if chunk.first else ""
    behind = next((c for c in sentence.chunks if c.first == chunk.last), None)
    alone = behind is None or behind.head in _HARM or behind.kind not in ("people", "group", "voice")
    return alone and before not in ("of", "each", "every", "no", "many", "several")


def _article(sentence: Chunked, chunk: Chunk) -> int | None:
    """Where the article of one person stands, with up to two words between that are no stretch ("a third", "an elderly")."""
    if chunk.kind not in ("people", "group") or chunk.head.endswith(_MORE_THAN_ONE):
        return None
    for k in range(chunk.first - 1, max(-1, chunk.first - 4), -1):
        token = sentence.tokens[k]
        if token.low in _SINGLE and (k == chunk.first - 1 or token.low in ("a", "an", "one", "another")):
            return k
        inside = sentence.chunks[sentence.at[k]].kind if sentence.at[k] >= 0 else ""
        other = inside not in ("", "time") and not (inside == "site" and k == chunk.first - 1)  # "a taxi driver"
        if not token.text[0].isalnum() or token.cap or token.low in _HARM or other or token.low in _FUNCTION:
            return None
    return None


_SINGLE = frozenset(("a", "an", "one", "the", "his", "her", "their", "its", "another"))
_FUNCTION = grammar("chunks.function") - frozenset(("young", "second", "third", "old", "new", "local", "senior", "special"))


def _near(sentence: Chunked, last: int, i: int) -> bool:
    """Whether nothing but auxiliaries, adverbs and "others" parts a number from its word of harm."""
    between = sentence.tokens[last:i]
    return (
        not any(t.text in ".;:" for t in between)
        and not any(a.low in _ELSEWHEN and b.low != "being" for a, b in pairwise(sentence.tokens[last : i + 1]))
        and not any(t.low in ("and", "but", "while", "that", "who") and k == 0 for k, t in enumerate(between))
        and sum(t.text == "," for t in between) in (0, 2)
    )


_ELSEWHEN = frozenset(("after", "before", "when", "because", "although", "until"))


def _figure(chunk: Chunk) -> tuple[Mention, Mention | None]:
    people = Mention(chunk.span, MentionKind.PEOPLE) if chunk.kind != "number" else None
    span = chunk.number.span if chunk.number else chunk.span
    return Mention(span, MentionKind.FIGURE), people


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
