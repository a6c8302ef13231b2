"""Whom a word of harm counts: of the people that stand near it, those whom it befell.

Behind the word where it acts ("killing five"), before it where it is borne ("five were killed"); who did it, whose funeral it is
and who is counted by the next word of harm are passed over.
"""

from __future__ import annotations

from itertools import pairwise

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.beside import shares_subject
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.harm.befallen import (
    STILL_DONE,
    TO_BE,
    WAS,
    also_died,
    another_one,
    named_to_death,
    one_befallen,
    one_by_one,
    one_person,
    verb_at,
    with_named,
)
from crossbearing.read.harm.headcount import (
    COUNTABLE,
    FUNCTION,
    MORE_THAN_ONE,
    bodies_of,
    counts_things,
    describes,
    family_of,
    figure_of,
    further_number,
    is_full,
    is_single,
    of_one,
    opens_at,
    people_of,
    said_up_to,
)
from crossbearing.read.harm.parts import PART, THEM, before_parts, whole_of
from crossbearing.read.harm.side_by_side import companions, summed
from crossbearing.read.harm.subjects import told_of
from crossbearing.read.harm.words import ACTS, HARM, INJURED, KILLED, LOST, to_death
from crossbearing.read.lexicon import grammar

_STATE = frozenset(("was", "were", "been", "being", "are", "is", "died", "dead"))


def whom_counted(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """The number, or the people without one, that a word of harm counts: behind it where it acts, else before it."""
    inside = sentence.at[i]
    counted = inside >= 0 and sentence.chunks[inside].kind == "people" and sentence.chunks[inside].number is not None
    if counted and not of_one(sentence, sentence.chunks[inside]):
        return figure_of(sentence.chunks[inside])
    if inside >= 0 and sentence.tokens[i].low == "bodies" and (further := further_number(sentence, sentence.chunks[inside])):
        return further  # "seven more bodies"
    lows = [t.low for t in sentence.tokens[max(0, i - 2) : i]]
    if lows in (["the", "rest"], ["the", "others"]) or (lows[-1:] in (["is"], ["are"]) and sentence.tokens[i].low == "killing"):
        return None
    if (beaten := named_to_death(sentence, i)) is not None:
        return beaten
    acts = (sentence.tokens[i].low in ACTS and not _is_borne(sentence, i)) or _shot_dead(sentence, i)
    passive = not acts and (any(t.low in _STATE for t in sentence.tokens[max(0, i - 3) : i + 1]) or _lost_theirs(sentence, i))
    if (done := also_died(sentence, i)) is not None:
        return whom_counted(sentence, done)
    hand = i - 2 if to_death(sentence, i) else i
    borne = not acts and sentence.tokens[i].low not in ("died", "dead", "lost")
    if borne and (was := shares_subject(sentence, hand)) is not None:
        return whom_counted(sentence, was + 1)
    if (run := one_by_one(sentence, i, passive)) is not None:
        return run
    if not passive and not acts and _has_object(sentence, i):
        return None  # "two men killed Judge X": the name is hurt
    if any(t.low in ("each", "every") for t in sentence.tokens[max(0, i - 4) : i]):
        return None
    declared = [t.low for t in sentence.tokens[max(0, i - 2) : i + 1]]
    if declared[1:] in (["him", "dead"], ["her", "dead"]) and declared[0] in TO_BE | {"declared", "shot"}:
        return one_person(sentence, (i - 1, i), (i - 1, i - 1))  # "doctors pronounced him dead"
    if (one := another_one(sentence, i)) is not None:
        return one
    if not passive and (several := with_named(sentence, i)) is not None:
        return several
    for chunk in [bodies_of(sentence, c) for c in _candidates(sentence, i, acts, passive)]:
        chunk = _beside_all(sentence, chunk) or chunk
        single = is_single(sentence, chunk) and not (not passive and not acts and _is_theirs(sentence, chunk, i))
        if _one_of_those(sentence, chunk, i):
            return None
        if (sharing := _under_one_number(sentence, chunk)) is not None:
            return sharing
        if (chunk.number is not None or single) and (whole := summed(sentence, chunk, i)):
            return whole
        if chunk.number is None and (further := further_number(sentence, chunk)):
            return further
        plural = chunk.kind == "people" and chunk.head.endswith(("s", "people", "men", "women", "children"))
        many = plural and _of_some(sentence, chunk, i)
        if chunk.number is not None or single or many:
            figure, people = figure_of(chunk)
            return figure, people or people_of(sentence, chunk)
    return one_befallen(sentence, i) or told_of(sentence, i)


_TITLE = 4
"""So many words at most stand before the word for somebody."""


def _shot_dead(sentence: Chunked, i: int) -> bool:
    """ "A soldier shot dead a man": those behind, and not who shot."""
    lows = [t.low for t in sentence.tokens[max(0, i - 1) : i + 1]]
    if lows != ["shot", "dead"] or verb_at(sentence, i - 1) < i - 1:
        return False
    behind = next((c for c in sentence.chunks if c.first > i and c.kind != "time"), None)
    if behind is None or behind.kind not in (*COUNTABLE, "voice", "name"):
        return False
    between = sentence.tokens[i + 1 : opens_at(sentence, behind)]  # "shot dead environmental activist X"
    return len(between) < _TITLE and not any(t.low in FUNCTION or not t.text.isalpha() for t in between)


def _lost_theirs(sentence: Chunked, i: int) -> bool:
    """ "Three people lost their lives": borne by those before."""
    lows = [t.low for t in sentence.tokens[max(0, i - 2) : i + 1]]
    return lows[2:] in (["lives"], ["life"]) and lows[0] == "lost" and lows[1] in ("their", "his", "her")


def _beside_all(sentence: Chunked, chunk: Chunk) -> Chunk | None:
    """ "Four soldiers and all the attackers": the soldiers, who alone are counted."""
    tokens, k = sentence.tokens, chunk.first
    while k > 0 and tokens[k - 1].low in ("the", "of", "its", "their"):
        k -= 1
    if chunk.number is not None or k < 2 or [t.low for t in tokens[k - 2 : k]] != ["and", "all"]:
        return None
    return next((c for c in sentence.chunks if c.last == k - 2 and c.number is not None), None)


def _under_one_number(sentence: Chunked, chunk: Chunk) -> tuple[Mention, Mention] | None:
    """ "Twelve children and teenagers", "20 men and women": the number before counts both."""
    k = chunk.first
    if chunk.number is not None or not chunk.head.endswith(MORE_THAN_ONE) or k < 2 or sentence.tokens[k - 1].low != "and":
        return None
    first = next((c for c in sentence.chunks if c.last == k - 1 and c.kind in ("people", "group") and c.number), None)
    if first is None or first.number is None or (first.number.low or 0) < 2 or not first.head.endswith(MORE_THAN_ONE):
        return None
    return figure_of(first)[0], Mention(Span(first.span.start, chunk.span.end), MentionKind.PEOPLE)


def _is_theirs(sentence: Chunked, chunk: Chunk, i: int) -> bool:
    """ "The father of a pupil killed at the school": not whom it befell, but whose father he is."""
    of = sentence.over(chunk.last + 1) if chunk.last < i else None
    return (
        chunk.last < i
        and sentence.tokens[chunk.last].low == "of"
        and (of is None or of.kind != "number")
        and not _STATE.intersection(t.low for t in sentence.tokens[chunk.last : i + 1])
    )


def _is_borne(sentence: Chunked, i: int) -> bool:
    """ "Four people received wounds": the noun, and nothing that is done to others."""
    return sentence.tokens[i].low == "wounds" and not _BEAR.isdisjoint(t.low for t in sentence.tokens[max(0, i - 3) : i])


def _one_of_those(sentence: Chunked, chunk: Chunk, i: int) -> bool:
    """ "The funeral of one of the soldiers killed in the attack": a member of the dead, and not their number."""
    number = chunk if chunk.number else next((c for c in sentence.chunks if c.number and c.last == chunk.first - 2), None)
    if number is None or number.last > i or number.kind != "number":
        return False  # "two officers of the coast guard killed"
    of = [t.low for t in sentence.tokens[number.last : number.last + 2]]
    between = {t.low for t in sentence.tokens[number.last : i]}
    return of in (["of", "the"], ["of", "those"]) and between.isdisjoint(_STATE | {"had", "have", "has"})


def _of_some(sentence: Chunked, people: Chunk, i: int) -> bool:
    """Whether a plain plural is of some people in one deed: "villagers were killed", ", killing civilians"; not in talk of a kind
    of deed ("the killing of reporters", "people are dying"), nor whose the dead are ("relatives of those killed")."""
    tokens, low = sentence.tokens, sentence.tokens[i].low
    if low in _NOUNS | STILL_DONE or (low == "killing" and (i == 0 or tokens[i - 1].low not in (",", "and"))):
        return False
    if people.first > i:
        return opens_at(sentence, people) == i + 1
    between = [t.low for t in tokens[people.last : i]]
    one_verb = people.head.endswith("s") and not WAS.isdisjoint({*between} - {"had"})
    if one_verb or between[:1] in (["'"], ["’"]):
        return False  # "activists of a group that is being hunted", "the sailors' boats were dead in the water"
    passive = bool(_STATE.intersection((*between, low)))
    whose = "of" in between and "who" in between  # "the families of the men who were killed"
    return THEM.isdisjoint(between) and not whose and (passive or not between) and (passive or not _object_behind(sentence, i))


def _object_behind(sentence: Chunked, i: int) -> bool:
    """Whether people stand right behind a word of harm: they are whom it befell, and who stands before it did it."""
    return any(c.kind in ("people", "group", "name") and opens_at(sentence, c) == i + 1 for c in sentence.chunks)


def _candidates(sentence: Chunked, i: int, acts: bool, passive: bool) -> list[Chunk]:
    """The stretches that a word of harm may count, the likeliest first."""
    low, only = sentence.tokens[i].low, sentence.tokens[i].low in LOST | _ONLY_PEOPLE
    countable = [
        c for c in sentence.chunks
        if c.kind in COUNTABLE
        and not (c.kind == "number" and ((only and not _of_party(sentence, c)) or counts_things(sentence, c)))
        and not (c.kind == "number" and (of_one(sentence, c) or _names(sentence, c, i)))
    ]  # fmt: skip
    before = before_parts(sentence, i) or _before_who(sentence, i) or [
        c for c in countable
        if (c.last <= i and i - c.last <= 7 and _near(sentence, c.last, i))
        or (0 <= i - (last := said_up_to(sentence, c)) <= 3 and _near(sentence, last, i))
    ]  # fmt: skip
    beside = companions(sentence, i)
    behind = [
        c for c in countable
        if c.first > i
        and (opens := opens_at(sentence, c)) - i <= 4
        and not _parted(sentence, i, opens, passive)
        and not _next_harm(sentence, i, c)
        and not (passive and c is beside)
    ]  # fmt: skip
    theirs = not passive and [t.low for t in sentence.tokens[i + 1 : i + 2]] in (["his"], ["her"])
    if theirs or sentence.tokens[i - 1].low in ("a", "an"):
        before = []  # "a man killed his wife", "a woman carried a wounded girl"
    if low in _NOUNS and not to_death(sentence, i):
        before = [c for c in before if _bears(sentence, c, i)]
    before = [family_of(sentence, whole_of(sentence, c), i) for c in before]
    lives = low in ("life", "lives") and [t.low for t in sentence.tokens[i + 1 : i + 2]] == ["of"]
    order = behind[:1] if acts or lives or not (passive or before) else before[::-1][:2] + behind[:1]
    if passive and behind and any(t.low in ("and", "while") for t in sentence.tokens[i + 1 : behind[0].first]):
        order = [c for c in order if c is not behind[0]]  # "a driver was killed and two guards were hurt"
    whom = behind[0] if behind and not passive and not acts and low not in ("dead", "died", "die", "dies") else None
    if whom and (whom.number or (is_single(sentence, whom) and opens_at(sentence, whom) == i + 1)):
        order = [whom, *(c for c in order if c is not whom)]  # "two attackers killed 32", "a man killed his wife": the object
    return order


def _names(sentence: Chunked, number: Chunk, i: int) -> bool:
    """ "Beaten to death in Room 312", "killed on Route 66": a number behind a word of harm that names a thing."""
    before = sentence.tokens[number.first - 1]
    return number.first > i + 1 and before.text[0].isupper() and sentence.tokens[number.first].text.isdigit()


def _of_party(sentence: Chunked, number: Chunk) -> bool:
    """ "Neutralised two Taliban", "lost two of its own": a number of a party's people."""
    own = [t.low for t in sentence.tokens[number.last : number.last + 3]] in (["of", "its", "own"], ["of", "their", "own"])
    return own or any(c.first == number.last and c.kind == "actor" for c in sentence.chunks)


_SAYS = frozenset("said says told reported reports confirmed claimed claims added believes believe that when where which".split())
# So far before its verb a subject may stand, with words between that say more of it.
_SUBJECT = 16


def _before_who(sentence: Chunked, i: int) -> list[Chunk]:
    """ "An old man who could not run burnt to death", "a man who stabbed two guards was shot": whom the words behind "who" say
    more of, where the verb of harm is not theirs."""
    tokens = sentence.tokens
    if "who" not in (lows := [t.low for t in tokens[max(0, i - _SUBJECT) : i]]):
        return []
    who = max(0, i - _SUBJECT) + len(lows) - 1 - lows[::-1].index("who")
    verb = verb_at(sentence, i - 2 if to_death(sentence, i) else i)
    inside = tokens[who + 1 : verb]
    whom = next((c for c in sentence.chunks if c.last == who and c.kind in COUNTABLE), None)
    if whom is not None and whom.kind == "number" and of_one(sentence, whom):  # "a woman of 61 who kept the gate was killed"
        whom = next((c for c in reversed(sentence.chunks) if c.last < whom.first and c.kind in COUNTABLE), None)
    if whom is None or len(inside) < 2 or any(t.low in _SAYS | _ELSEWHEN or t.text in ",;:" for t in inside):
        return []
    if sentence.at[verb - 1] >= 0 and sentence.chunks[sentence.at[verb - 1]].kind == "name":
        return []  # "a driver who knew that X Y had been killed"
    one = is_single(sentence, whom)
    others = [c for c in sentence.chunks if who < c.first < verb and c.kind in COUNTABLE and (c.number or is_single(sentence, c))]
    apart = not others or (one and tokens[verb].low in ("was", "has", "is") and others[-1].head.endswith(MORE_THAN_ONE))
    return [whom] if apart and (one or whom.number) else []


_ASIDE = frozenset(("at", "near", "inside", "outside", "from"))


def _parted(sentence: Chunked, i: int, opens: int, passive: bool) -> bool:
    """Whether what stands behind a word of harm is another's: "a warrant was executed at the boy's home", "killed by two men"."""
    between = sentence.tokens[i:opens]
    return any(t.text in ".;," or t.low in PART | _ELSEWHEN | _ASIDE or (passive and t.low == "by") for t in between[1:]) or any(
        b.low == "with" and a.low not in ("along", "together") for a, b in pairwise(between)
    )


_NOUNS = grammar("casualties.nouns")
_BEAR = grammar("casualties.bear")


def _bears(sentence: Chunked, chunk: Chunk, i: int) -> bool:
    """ "Three confirmed deaths", "six workers suffered injuries"; "relatives asked for the body" are not those whom it befell."""
    between = sentence.tokens[chunk.last : i]
    if not _BEAR.isdisjoint(t.low for t in between):
        return True
    plain = (t.low not in FUNCTION | HARM and t.low.replace("-", "").isalpha() for t in between)
    return chunk.number is not None and len(between) <= 2 and all(plain)


_ONLY_PEOPLE = grammar("casualties.only_people")


def _next_harm(sentence: Chunked, i: int, chunk: Chunk) -> bool:
    """ "40 killed and 110 others wounded", "six dead, 22 injured": a number with a word of harm of its own is that word's."""
    here = KILLED if sentence.tokens[i].low in KILLED else INJURED
    others = (KILLED | INJURED) - here
    behind = {t.low for t in sentence.tokens[chunk.last : chunk.last + 1]}
    if chunk.head in others or (others - ACTS) & behind:  # "killing two injuring three": an act counts what stands behind it
        return True
    between = {t.low for t in sentence.tokens[i + 1 : opens_at(sentence, chunk)]}
    return "and" in between and any(t.low in KILLED | INJURED for t in sentence.tokens[chunk.last : chunk.last + 3])


def _has_object(sentence: Chunked, i: int) -> bool:
    """Whether a person by name or office stands right behind a word of harm."""
    k = i + 1
    while k < len(sentence.tokens) and sentence.tokens[k].low in ("the", "former", "a", "an"):
        k += 1
    first = k
    while k < min(first + 3, len(sentence.tokens)) and sentence.at[k] < 0 and describes(sentence.tokens[k]):
        k += 1
    if k >= len(sentence.tokens) or sentence.at[k] < 0:
        return False
    chunk = sentence.chunks[sentence.at[k]]
    if k > first and chunk.kind == "name":
        return is_full(chunk)  # "killed his partner X Y"
    behind = next((c for c in sentence.chunks if c.first == chunk.last), None)
    title = chunk.kind == "people" and chunk.number is None
    return chunk.kind == "name" or (title and behind is not None and behind.kind == "name")


def _near(sentence: Chunked, last: int, i: int) -> bool:
    """Whether nothing but auxiliaries, adverbs and "others" parts a number from its word of harm; or "who" and them alone."""
    between = sentence.tokens[last:i]
    if between and between[0].low == "who":
        lows = {t.low for t in between[1:]} - {"shot"}  # "who had been shot dead"
        return not _STATE.isdisjoint(lows) and lows <= _STATE | {"had", "have", "has"}
    return (
        not any(t.text in ".;:" for t in between)
        and not any(a.low in _ELSEWHEN and b.low != "being" for a, b in pairwise(sentence.tokens[last : i + 1]))
        and not any(t.low in ("and", "but", "while", "that", "who") and k == 0 for k, t in enumerate(between))
        and sum(t.text == "," for t in between) in (0, 2)
    )


_ELSEWHEN = frozenset(("after", "before", "when", "because", "although", "until"))
