"""To whom it is done: the subject of a passive, the object of a verb, what stands behind "on", "against", "at"."""

from __future__ import annotations

from dataclasses import replace

from crossbearing.model.text import Span
from crossbearing.read.beside import AT, OUT, VICTIM, before_of, made_of, subject_of
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.doers import TREAD, counts_next, fell_to
from crossbearing.read.forms import DIES
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.triggers import Found


def targets_of(cut: Chunked, found: Found, lo: int, hi: int) -> list[Chunk]:
    """To whom it is done: the subject of a passive, the object of a verb, what stands behind "on", "against", "at"."""
    went_off = found.trigger.cls == "blast" or found.trigger.lemma == "go off"
    if fell_to(cut, found):
        return []
    if went_off or found.trigger.cls == "foil":
        if went_off and (passed := _passing(cut, found)):
            return [passed]
        at = AT | _BESIDE if went_off else AT
        there = (_house_of(cut, c) for c in cut.chunks if before_of(cut, c) in at)
        return _with_listed(cut, [c for c in there if c.kind in ("site", "group")][:2])
    if found.passive or found.trigger.lemma in (*DIES, *TREAD) or _came_under(cut, found):
        subject = _right_before(cut, found) or subject_of(cut, found.first - (2 if _came_under(cut, found) else 0), lo)
        fits = found.trigger.cls != "weapon" or found.trigger.lemma in TREAD
        told = subject is not None and subject.kind == "voice" and subject.head in _SPEAKING  # "in a statement that X was hit"
        if subject and subject.kind in (*VICTIM, "site", "name") and fits and not told:
            return _all_of(cut, subject)
    if found.trigger.lemma in TREAD:
        return _trod(cut, found)
    if lo and cut.tokens[lo - 1].low == "whom":
        return [c for c in cut.chunks if c.last == lo - 1 and c.kind in VICTIM]
    if (whose := _whose(cut, found)) is not None:
        return [whose]
    if found.noun and found.trigger.cls == "casualty":
        return _all_of(cut, hurt) if (hurt := wounded(cut, found)) else []
    behind = [
        _house_of(cut, c)
        for c in cut.chunks
        if found.last <= c.first < hi and c.kind in (*VICTIM, "site", "name") and not (c.kind == "voice" and c.head in _SPEAKING)
        if not ridden(cut, c)
    ]
    if _by_noun(found):
        behind = [
            c
            for c in behind
            if (before_of(cut, c) in AT and not (c.kind == "name" and before_of(cut, c) == "near"))
            or (before_of(cut, c) in ("of", "in") and c.kind in ("people", "group", "actor") and not _of_another(cut, found, c))
            or (before_of(cut, c) == "of" and c.kind == "site")
            or (found.trigger.lemma in OF_PEOPLE and c.kind in ("name", "voice") and is_of(cut, found, c))
        ]
    else:
        behind = [c for c in behind if not _lies_there(cut, c) and not _does_it(cut, found, c)]
        if _pronoun_object(cut, found):
            return _him(cut, found)
        if behind and (behind[0].first - found.last > 5 or before_of(cut, behind[0]) in _WHERE):
            return []
    taken: list[Chunk] = []
    for chunk in behind:
        if (chunk.head == "dead" and chunk.number is None) or _owns_a_site(cut, chunk) or _holds_people(cut, chunk):
            continue  # "shot a driver dead", "a girls' school", "a group of herders"
        if taken and chunk.kind == "name" and taken[-1].last == chunk.first and taken[-1].kind in ("voice", "people"):
            taken[-1] = chunk  # "Senator X": the name says who
            continue
        if taken and chunk.kind == "name" and _is_his_name(cut, taken[-1], chunk):
            taken[-1] = chunk
            continue
        if taken and chunk.kind == "name" and taken[0].kind != "name" and not _and(cut, taken[-1], chunk):
            continue
        if taken and (not _joined(cut, taken[-1], chunk) or _acts(cut, chunk)):
            break
        taken.append(chunk)
    return taken[:_LISTED]


def ridden(cut: Chunked, chunk: Chunk) -> bool:
    """ "Gunmen on motorcycles": what those ride who are told of before it."""
    if chunk.head not in _WHEELS or chunk.first < 2 or cut.tokens[chunk.first - 1].low not in ("on", "aboard"):
        return False
    rider = cut.over(chunk.first - 2)
    return rider is not None and rider.kind in ("people", "group", "actor")


def _acts(cut: Chunked, chunk: Chunk) -> bool:
    """ "A bomb hit the first vehicle and gunmen on motorcycles opened fire": who does the next deed; not "and a boy shot in the
    head", to whom it is done."""
    if chunk.kind not in ("people", "group", "actor"):
        return False
    k, low = chunk.last, [t.low for t in cut.tokens]
    if k < len(low) and low[k] in _RIDING:
        deeds = (
            n for n in range(k + 1, min(k + 5, len(low))) if cut.at[n] < 0 and (low[n] in lexicon().verbs or low[n] == "opened")
        )
        k = next(deeds, k)
    if k + 1 >= len(low) or low[k].endswith("ing"):
        return False
    if low[k] == "fired" or low[k : k + 2] == ["opened", "fire"]:
        return True
    return low[k] in lexicon().verbs and (cut.at[k + 1] >= 0 or low[k + 1] in _OF_OBJECTS)


_WHEELS = grammar("roles.wheels")
_RIDING = frozenset(("on", "in", "aboard", "from", "with"))
_OF_OBJECTS = frozenset(("the", "a", "an", "its", "their", "his", "her", "several", "two", "three"))


def _of_another(cut: Chunked, found: Found, chunk: Chunk) -> bool:
    """ "A strike killing a woman with two of her children": people who hang on other people."""
    return chunk.first > found.last + 3 and cut.tokens[chunk.first - 1].low in ("his", "her", "our")


def _is_his_name(cut: Chunked, one: Chunk, name: Chunk) -> bool:
    """ "The mayor, X, and his driver": who the one before is."""
    alone = one.kind in ("voice", "people", "group") and one.number is None and not one.head.endswith("s")
    between = [t.low for t in cut.tokens[one.last : name.first]]
    ahead = cut.tokens[name.last].text if name.last < len(cut.tokens) else "."
    return alone and between == [","] and ahead in (",", ".", ";")


_BESIDE = frozenset(("beside", "outside", "under", "underneath", "alongside"))


def _right_before(cut: Chunked, found: Found) -> Chunk | None:
    """ "The body of a driver abducted last week": whom a participle stands right behind, whatever they hang on."""
    before = next((c for c in cut.chunks if c.last == found.first and c.kind == "people"), None)
    return before if found.passive and before is not None and before_of(cut, before) == "of" else None


def _owns_a_site(cut: Chunked, chunk: Chunk) -> bool:
    """ "A girls' primary school": people whose site it is."""
    mark = cut.tokens[chunk.last].text if chunk.last < len(cut.tokens) else ""
    site = any((c.kind == "site" or c.head in _HOUSES) and chunk.last < c.first <= chunk.last + 3 for c in cut.chunks)
    return chunk.kind in ("people", "voice") and site and mark in ("'", "’", "'s", "’s")


def _trod(cut: Chunked, found: Found) -> list[Chunk]:
    """ "A ranger lost a foot when he stepped on a mine": the last one told of before "he"."""
    pronoun = any(t.low in ("he", "she", "they") for t in cut.tokens[max(0, found.first - 3) : found.first])
    told = [c for c in cut.chunks if c.last <= found.first and c.kind in ("people", "group")]
    return told[-1:] if pronoun else []


def _house_of(cut: Chunked, chunk: Chunk) -> Chunk:
    """ "The mayor's office": the office, where no stretch of its own says so."""
    k = chunk.last + 1
    owns = chunk.kind in ("people", "voice", "group") and k < len(cut.tokens) and cut.tokens[k - 1].low in ("'s", "’s", "'", "’")
    if not owns or cut.at[k] >= 0 or cut.tokens[k].low not in _HOUSES:
        return chunk
    return replace(
        chunk, last=k + 1, kind="site", span=Span(chunk.span.start, cut.tokens[k].end), head=cut.tokens[k].low, number=None
    )


_HOUSES = frozenset(("office", "offices", "headquarters"))


def _holds_people(cut: Chunked, chunk: Chunk) -> bool:
    """ "A group of shepherds": the shepherds say who they are."""
    return chunk.head in ("group", "groups") and made_of(cut, chunk) is not None


def _passing(cut: Chunked, found: Found) -> Chunk | None:
    """ "Exploded as an army convoy drove past": what came by."""
    for k in range(found.last, len(cut.tokens)):
        if cut.tokens[k].low in ("as", "when", "while") and cut.at[k] < 0:
            came = next((c for c in cut.chunks if k < c.first <= k + 4 and c.kind in ("site", "group", "people")), None)
            behind = {t.low for t in cut.tokens[came.last : came.last + 7]} if came else set()
            return came if behind & _GOING else None
    return None


_GOING = grammar("parties.going")


def _lies_there(cut: Chunked, chunk: Chunk) -> bool:
    """ "Killed two shepherds near X", "hit the base in Iraq": a name that a preposition hangs says where."""
    before = before_of(cut, chunk)
    return (chunk.kind == "name" and before in OUT) or (chunk.kind == "state" and before in _IN_STATE)


def _does_it(cut: Chunked, found: Found, chunk: Chunk) -> bool:
    """ "Attacked by eight small boats": what stands behind "by" is no target."""
    by = [t.low for t in cut.tokens[found.last : found.last + 1]] == ["by"]
    return found.passive and by and chunk.first <= found.last + 4


_IN_STATE = frozenset(("in", "inside", "across", "near", "within", "throughout"))


def _by_noun(found: Found) -> bool:
    """Whether prepositions hang on the trigger those whom it befalls: "an attack on X", "fired rockets at X"."""
    return found.noun or found.trigger.cls.startswith("weapon")


_HURT = frozenset(("dead", "wounded", "injured"))


def _whose(cut: Chunked, found: Found) -> Chunk | None:
    """ "The doctor's murder in X": whom it befell, where the same words do not go on to say so ("the group's killing of Y")."""
    k, behind = found.first - 2, [t.low for t in cut.tokens[found.last : found.last + 1]]
    if not found.noun or found.trigger.lemma not in OF_PEOPLE or k < 0 or behind == ["of"]:
        return None
    owner = cut.over(k) if cut.tokens[k + 1].low in ("'s", "’s") else None
    return owner if owner is not None and owner.kind in ("people", "voice", "name") else None


def wounded(cut: Chunked, found: Found) -> Chunk | None:
    """ "Found three men with gunshot wounds": the people right before a wound."""
    before = [c for c in cut.chunks if c.kind == "people" and c.head not in _HURT and 0 <= found.first - c.last <= 8]
    return before[-1] if before else None


_WHERE = frozenset(("in", "inside", "outside", "during", "amid", "by", "after", "from", "following", "before"))


def _object_at(cut: Chunked, found: Found) -> int:
    """The token behind a verb, or behind its "at": "shot at him"."""
    return found.last + (found.last < len(cut.tokens) and cut.tokens[found.last].low == "at")


def _pronoun_object(cut: Chunked, found: Found) -> bool:
    """ "Shot him in the square": who it is done to is a pronoun, and what stands further off is somebody else."""
    k = _object_at(cut, found)
    if k >= len(cut.tokens) or cut.tokens[k].low not in ("him", "her", "them", "himself", "herself", "themselves"):
        return False
    return cut.tokens[k].low != "her" or k + 1 >= len(cut.tokens) or cut.at[k + 1] < 0


def _him(cut: Chunked, found: Found) -> list[Chunk]:
    """ "Broke into the house of a nurse and shot him": the one person told of before, who does nothing in the sentence;
    "stopped three trucks and set them on fire": the trucks."""
    pronoun = cut.tokens[_object_at(cut, found)].low
    if pronoun == "them" and (found.trigger.cls in ("burnt", "wreck") or found.trigger.lemma.startswith("set ")):
        return [c for c in cut.chunks if c.kind == "site" and c.last <= found.first and c.head.endswith("s")][-1:]
    if pronoun not in ("him", "her"):
        return []
    told = [c for c in cut.chunks if c.kind == "people" and c.last <= found.first and c.number is None]
    ones = [c for c in told if not c.head.endswith("s") and before_of(cut, c) in (*OUT, *lexicon().verbs)]
    return ones if len(ones) == 1 else []


OF_PEOPLE = grammar("parties.of_people")


def is_of(cut: Chunked, found: Found, chunk: Chunk) -> bool:
    """ "The murder of X", "the kidnapping of Senator X and of Y": what "of" hangs on a noun for what is done to people."""
    between = cut.tokens[found.last : chunk.first]
    if not between or between[0].low != "of" or len(between) > 16:
        return False
    links = _LINKS | lexicon().modifiers
    return all(
        cut.at[k] >= 0 or counts_next(cut, k) or cut.tokens[k].low in links or "-" in cut.tokens[k].low
        for k in range(found.last, chunk.first)
    )


def _with_listed(cut: Chunked, sites: list[Chunk]) -> list[Chunk]:
    """Sites, and those that are listed behind the last of them: "at two banks, a school and three shops"."""
    found, waiting = list(sites), list[Chunk]()
    for other in (c for c in cut.chunks if found and c.kind in ("site", "group") and c.first >= found[-1].last):
        between = _unnumbered(cut, (waiting or found)[-1].last, other)
        if not between or any(w not in ("and", ",", "the", "a", "an") for w in between):
            break
        waiting.append(other)
        if "and" in between:
            found, waiting = found + waiting, []
    return found[:_LISTED]


def _and(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    """Whether a name is listed with the people before it."""
    between = _unnumbered(cut, one.last, other)
    return one.kind in ("name", "people", "voice") and between in (["and"], [",", "and"], [","])


def _unnumbered(cut: Chunked, first: int, other: Chunk) -> list[str]:
    """The words from a token to the next member of a list, without how many that is, and how old the one before: "X, 34, and
    two men"."""
    left: list[str] = []
    for k in range(first, other.first):
        token, at = cut.tokens[k], cut.at[k]
        if token.low in _SOME or counts_next(cut, k) or (at >= 0 and cut.chunks[at].kind == "number"):
            continue
        left += [] if token.text == "," and left[-1:] == [","] else [token.low]
    return left


_SOME = frozenset(("several", "some", "many", "other", "another", "more"))
_LINKS = _SOME | {"of", "and", ",", "the", "a", "an", "former", "deputy", "acting", "his", "her", "their"}


def _all_of(cut: Chunked, subject: Chunk) -> list[Chunk]:
    """A victim and those that are listed with it before a passive: "X, Y and Z were killed"."""
    found = [subject]
    could = [c for c in cut.chunks if c.kind in (*VICTIM, "site", "name") and c.last <= subject.first]
    listed, next_ = False, subject
    for other in reversed(could):
        between = _unnumbered(cut, other.last, next_)
        if other.last == next_.first and found[-1].kind == "name" and other.kind in ("voice", "people"):
            next_ = other  # "Judge X": the name says who
            continue
        listed = listed or "and" in between
        if not listed or not between or any(w not in ("and", ",", "the", "a", "an", "his", "her", "their") for w in between):
            break
        found.append(other)
        next_ = other
    return found[::-1][:_LISTED]


_LISTED = 6
"""So many members of a list are told apart as targets."""
_SPEAKING = grammar("parties.speaking")


def _came_under(cut: Chunked, found: Found) -> bool:
    before = [t.low for t in cut.tokens[max(0, found.first - 4) : found.first]]
    return found.noun and "under" in before and any(w in ("came", "come", "comes", "coming", "was", "were", "is") for w in before)


def _joined(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    between = _unnumbered(cut, one.last, other)
    if other.last < len(cut.tokens) and cut.tokens[other.last].low in ("'s", "’s") and "," in between:
        return False  # "blew up two cars, the prosecutor's office said"
    return len(between) <= 4 and all(
        w in ("and", ",", "the", "a", "an", "his", "her", "their", "at", "in", "near", "of", "on", "forces", "base")
        for w in between
    )
