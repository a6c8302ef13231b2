"""What stands beside a stretch of a sentence: the word before it, the stretch a verb is said of, whose a thing is."""

from __future__ import annotations

import re
from dataclasses import replace

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.words.time_forms import Beginning, Bound, Length, Within

ARTICLES = frozenset(["the", "a", "an", "its", "their", "his", "some", "both"])


PARTY = ("actor", "group", "state", "adjective", "medium")


VICTIM = ("actor", "group", "people", "state", "voice")


SPOT = ("site", "area", "name")


OUT = grammar("beside.out")


AT = frozenset(["at", "on", "against", "into", "toward", "towards", "near", "targeting"])


GENERIC_HEAD = grammar("beside.generic_head")


def opens_period(chunk: Chunk) -> bool:
    """Whether a time says since when rather than when."""
    words = chunk.time
    return words is not None and (
        words.bound in (Bound.SINCE, Bound.BEFORE, Bound.UNTIL) or isinstance(words.form, Within | Length | Beginning)
    )


_KINDS = {
    "actor": MentionKind.GROUP,
    "state": MentionKind.STATE,
    "adjective": MentionKind.STATE,
    "group": MentionKind.GROUP,
    "people": MentionKind.PEOPLE,
    "owner": MentionKind.PEOPLE,
    "voice": MentionKind.ORGANISATION,
    "medium": MentionKind.ORGANISATION,
    "site": MentionKind.FACILITY,
    "area": MentionKind.PLACE,
    "name": MentionKind.PLACE,
    "weapon": MentionKind.WEAPON,
    "time": MentionKind.TIME,
    "number": MentionKind.FIGURE,
}


def as_mention(chunk: Chunk) -> Mention:
    """A stretch as a mention."""
    return Mention(chunk.span, _KINDS[chunk.kind], chunk.known.id if chunk.known else None)


_PASSED = frozenset(("the", "a", "an", "its", "their", "his", "her", "our", "two", "three", "several", "many"))


def before_of(cut: Chunked, chunk: Chunk) -> str:
    """The word before a stretch, its number, articles and quotation marks passed over."""
    k = token_before(cut, chunk)
    return cut.tokens[k].low if k >= 0 else ""


def token_before(cut: Chunked, chunk: Chunk) -> int:
    """The index of that word; -1 where a stretch opens its sentence."""
    k = chunk.first - 1
    while chunk.number is not None and k >= 0 and cut.tokens[k].start >= chunk.number.span.start:
        k -= 1
    while k >= 0 and (
        cut.tokens[k].low in _PASSED
        or (cut.at[k] < 0 and _modifies(cut.tokens[k].text))
        or cut.tokens[k].text in "\"“‘'"
        or cut.tokens[k].text.isdigit()
        or (cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind == "number")
    ):
        k -= 1
    return k


def _modifies(word: str) -> bool:
    """ "A state bank", "a part-time teacher": a word before a noun that does not hang it on anything."""
    return word.islower() and (word in lexicon().modifiers or "-" in word[1:-1])


def is_headline(cut: Chunked) -> bool:
    """Whether a sentence leaves out articles and its stop, as headlines and captions do."""
    return cut.words[-1:] not in ".!?" and _LEFT_OUT.isdisjoint(t.low for t in cut.tokens)


_LEFT_OUT = frozenset(("a", "an", "the"))


_TITLES = ("voice", "people", "group")  # "loyal to President X": before the name of who bears them
_WERE = frozenset(("was", "were", "had", "have", "has"))


def subject_of(cut: Chunked, i: int, lo: int) -> Chunk | None:
    """The stretch that a verb at token i is said of: the nearest before it that hangs on no preposition."""
    reach = lo
    if (told := _said_to(cut, i)) is not None:
        return told
    if lo and cut.tokens[lo - 1].low in ("who", "which", "that"):
        if lo > 1 and cut.tokens[lo - 1].low != "who" and cut.tokens[lo - 2].low in lexicon().nouns:
            return None  # "police probe a raid that killed two": the raid killed them
        named = next((c for c in cut.chunks if c.last == lo - 1 and c.kind in ("people", "group")), None)
        if named is not None and i - lo >= 4 and cut.tokens[lo].low not in _WERE and cut.tokens[i - 1].low in _WERE:
            return named  # "two guards who tried to stop the raiders were shot": of the guards
        if named is not None and cut.tokens[lo - 1].low == "who" and cut.tokens[lo].low in _WERE:
            return named  # "the search for girls who were abducted"
        reach = max(0, lo - 5)
    left = [c for c in cut.chunks if reach <= c.first and c.last <= i and c.kind not in ("time", "number")]
    done_to: Chunk | None = None
    for chunk in reversed(left):
        if any(t.low in ("it", "they", "he", "she", "we") for t in cut.tokens[chunk.last : i]):
            return None  # the verb is said of the pronoun
        if _of_a_deed(cut, chunk.last, i):
            return None
        if seconds(cut, chunk) or [t.low for t in cut.tokens[chunk.last : chunk.last + 1]] == ["among"]:
            continue  # "a girl among them"
        titled = chunk.kind == "name" and reach == lo
        title = next((c for c in cut.chunks if titled and c.last == chunk.first and c.kind in _TITLES), chunk)
        if before_of(cut, title) in OUT | {"("} or _is_object(cut, chunk, i) or _frames(cut, chunk) or _lies_in(cut, chunk):
            continue
        if cut.tokens[i].low.endswith("ing") and _joined_behind(cut, chunk):
            continue
        if _of_verb_before(cut, chunk, i):
            done_to = done_to or chunk
            continue
        if _in_aside(cut, chunk, i):
            continue
        return explained(cut, chunk, i) or chunk
    return done_to


def _of_a_deed(cut: Chunked, first: int, i: int) -> bool:
    """ "The army said a roadside bomb hit its convoy": a verb behind a noun for a deed is said of that."""
    said = next((k for k in range(first, i) if cut.tokens[k].low in lexicon().speech), i)
    words = [t.low for t in cut.tokens[said + 1 : i]]
    pairs = (" ".join(words[k : k + 2]) for k in range(len(words) - 1))
    return bool(words) and (words[-1] in lexicon().nouns or any(pair in lexicon().nouns for pair in pairs))


def _joined_behind(cut: Chunked, chunk: Chunk) -> bool:
    """The second of two of one kind that hang on a preposition together: "on the border of X and Y, killing two"."""
    one = next((c for c in cut.chunks if c.last == chunk.first - 1), None)
    joined = one is not None and one.kind == chunk.kind and cut.tokens[chunk.first - 1].low == "and"
    return one is not None and joined and before_of(cut, one) in OUT


def _lies_in(cut: Chunked, chunk: Chunk) -> bool:
    """ "Raiders from neighbouring X attacked", "troops of Operation X Y": a name that hangs on a preposition behind other
    words of its own."""
    k = chunk.first - 1
    if chunk.kind not in SPOT or k < 1:
        return False
    if cut.at[k] < 0 and cut.tokens[k].text.islower():
        return cut.tokens[k - 1].low in OUT
    while k > 0 and cut.tokens[k].text[0].isupper():
        k -= 1
    return cut.tokens[k].low in OUT and cut.tokens[k + 1].low in _OPERATIONS


_OPERATIONS = frozenset(("operation", "task", "sector"))


def _of_verb_before(cut: Chunked, chunk: Chunk, i: int) -> bool:
    """ "Gangs entered the town, burning houses", "and set houses on fire": what the first of two verbs is done to does not do the
    second."""
    between = [t.low for t in cut.tokens[chunk.last : i]]
    follows = between[-1:] == ["and"] or (between[-1:] == [","] and cut.tokens[i].low.endswith("ing"))
    if not follows or chunk.kind not in SPOT:
        return False
    k = chunk.first - 1
    while k > 0 and cut.at[k] < 0 and cut.tokens[k].text.islower() and not cut.tokens[k].low.endswith("ed"):
        k -= 1
    return cut.at[k] < 0 and cut.tokens[k].low.endswith("ed") and not any(t.text == "," for t in cut.tokens[k : chunk.first])


def _in_aside(cut: Chunked, chunk: Chunk, i: int) -> bool:
    """ "X, candidate for the disbanded Y, was shot", "members of X, an armed group, were": whether a stretch in the aside before
    the verb at token i hangs on the aside's first words, or says who somebody is that hangs on others."""
    comma = _opens_aside(cut, chunk, i)
    if not comma:
        return False
    behind = [t.low for t in cut.tokens[comma + 1 : chunk.first]]
    if any(c.first > comma and c.last < chunk.first for c in cut.chunks) and not _HANGS.isdisjoint(behind):
        return True
    named = cut.over(comma - 1)
    party = named is not None and named.kind in ("actor", "group") and before_of(cut, named) in OUT
    return party and chunk.kind in ("actor", "group") and behind[:1] in (["a"], ["an"], ["the"])


_HELPING = frozenset(("was", "were", "is", "are", "be", "being", "been", "has", "have", "had"))
_HANGS = frozenset(("for", "of", "with", "from", "at"))


def _opens_aside(cut: Chunked, chunk: Chunk, i: int) -> int:
    """The comma that opens an aside with a stretch in it, which another closes right before the verb at token i; 0 without."""
    k = i - 1
    while k > chunk.last and cut.tokens[k].low in _HELPING:
        k -= 1
    if k < chunk.last or cut.tokens[k].text != "," or any(t.text == "," for t in cut.tokens[chunk.last : k]):
        return 0
    return _comma_before(cut, chunk, 8)


def _comma_before(cut: Chunked, chunk: Chunk, within: int) -> int:
    """The nearest comma before a stretch, by fewer tokens than so many; 0 where there is none."""
    return next((k for k in range(chunk.first - 1, max(0, chunk.first - within), -1) if cut.tokens[k].text == ","), 0)


def explained(cut: Chunked, chunk: Chunk, i: int) -> Chunk | None:
    """ "X, a group of Y, said": the party that an apposition before the verb at token i explains; None where there is none."""
    tokens = cut.tokens
    comma = _comma_before(cut, chunk, 7)
    if not comma or comma + 1 >= i or tokens[comma + 1].low not in _EXPLAINS:
        return None
    if not any(t.text == "," for t in tokens[chunk.last : i]):
        return None
    before = comma - 1
    while before > 0 and (tokens[before].text in _MARKS | {")"} or _in_brackets(cut, before)):
        before -= 1
    at = cut.at[before]
    named = cut.chunks[at] if at >= 0 else None
    return named if named is not None and named.kind in ("actor", "group") and before_of(cut, named) not in OUT else None


_EXPLAINS = frozenset(("a", "an", "another", "one", "the"))


def _in_brackets(cut: Chunked, k: int) -> bool:
    """Whether a token stands in brackets: "the Front (PFX), a group"."""
    marks = [t.text for t in cut.tokens[max(0, k - 4) : k + 3]]
    return "(" in marks[: min(4, k) + 1] and ")" in marks[min(4, k) :]


_SAID_TO = frozenset(("said", "reported", "alleged", "believed", "thought", "suspected", "accused", "known"))


def _said_to(cut: Chunked, i: int) -> Chunk | None:
    """ "A vehicle of the militia said to have fired": who is said to have done it stands right before those words."""
    words = [t.low for t in cut.tokens[max(0, i - 3) : i]]
    k = i - 4
    if len(words) < 3 or words[0] not in _SAID_TO or words[1:] != ["to", "have"] or k < 0:
        return None
    while k > 0 and cut.tokens[k].text in _MARKS:
        k -= 1
    return cut.over(k)


_BACKED = frozenset(("backed", "supported", "aided", "helped", "assisted", "accompanied", "trained"))


def seconds(cut: Chunked, chunk: Chunk) -> bool:
    """ "Militiamen backed by the army and the police": who only stands behind another is not the one that acts."""
    k = chunk.first - 1
    while k > 0 and (cut.at[k] >= 0 or cut.tokens[k].low in ("and", ",", "the")):
        k -= 1
    return k > 0 and cut.tokens[k].low == "by" and cut.tokens[k - 1].low in _BACKED


def _frames(cut: Chunked, chunk: Chunk) -> bool:
    """ "In Djibo, northern Burkina Faso, killing ...": a country behind the name of a place says where that lies."""
    if chunk.kind != "state":
        return False
    k = chunk.first - 1
    while k > 0 and cut.tokens[k].low.endswith(("ern", "north", "south", "east", "west", "central")):
        k -= 1
    place = k > 0 and cut.tokens[k].text == "," and cut.at[k - 1] >= 0 and cut.chunks[cut.at[k - 1]].kind in ("name", "area")
    return place and chunk.last < len(cut.tokens) and cut.tokens[chunk.last].text == ","


def _is_object(cut: Chunked, chunk: Chunk, i: int) -> bool:
    """ "They killed soldiers and seized weapons": whom the first of two joined verbs is done to does not do the second."""
    joined = any(t.low == "and" for t in cut.tokens[max(chunk.last, i - 2) : i])
    return joined and before_of(cut, chunk) in lexicon().verbs


_STOPPED = frozenset(("downed", "intercepted", "destroyed", "stopped", "brought", "shot", "jammed"))


def owner_of(cut: Chunked, chunk: Chunk | None) -> Chunk | None:
    """ "Drones of X", "X drones", "Shia drones": whose a weapon is."""
    if chunk is None:
        return None
    prior = next((c for c in cut.chunks if c.last == chunk.first and c.kind in PARTY), None)
    if prior is None and chunk.first and cut.tokens[chunk.first - 1].low == "and":  # "X drones and missiles"
        joined = next((c for c in cut.chunks if c.last == chunk.first - 1 and c.kind == "weapon"), None)
        prior = next((c for c in cut.chunks if joined and c.last == joined.first and c.kind in PARTY), None)
    after = next(
        (
            c
            for c in cut.chunks
            if chunk.last < c.first <= chunk.last + 3
            and (c.kind in PARTY or _is_named(cut, c))
            and before_of(cut, c) in (("of", "by") if c.kind == "state" else ("of", "from", "by"))
            and cut.tokens[chunk.last].low not in _STOPPED
        ),
        None,
    )
    return prior or (after and named_behind(cut, after))


def named_behind(cut: Chunked, chunk: Chunk) -> Chunk:
    """ "Sudan's paramilitary X": the party X, not the country; any other stretch is itself."""
    k = cut.chunks.index(chunk) + 1
    if chunk.kind != "state" or [t.low for t in cut.tokens[chunk.last : chunk.last + 1]] not in (["'s"], ["’s"]):
        return chunk
    last = chunk.last + 1
    while k < len(cut.chunks) and cut.chunks[k].first == last and cut.chunks[k].kind == "group" and cut.chunks[k].known is None:
        last = cut.chunks[k].last
        k += 1
    return cut.chunks[k] if k < len(cut.chunks) and cut.chunks[k].first == last and cut.chunks[k].kind == "actor" else chunk


def unfolded(cut: Chunked, chunk: Chunk) -> Chunk:
    """ "Fighters of the X", "a militia calling itself X": the X. "X fighters" and "militias backed by X" are themselves."""
    if chunk.known is not None or not (chunk.kind == "group" or (chunk.kind == "people" and chunk.head == "men")):
        return chunk
    if name := called(cut, chunk):
        return name
    if chunk.head in _BODIES and (members := _members(cut, chunk)):
        return members
    if chunk.head in GENERIC_HEAD and [t.low for t in cut.tokens[chunk.last : chunk.last + 1]] in (["of"], ["from"]):
        after = next(
            (
                c
                for c in cut.chunks
                if chunk.last < c.first <= chunk.last + 3 and _is_named(cut, c) and before_of(cut, c) in ("of", "from")
            ),
            None,
        )
        if after is not None:
            return replace(after, kind="group") if after.kind == "name" else after
    return _of_a_state(cut, chunk) or _with_ties(cut, chunk)


def _of_a_state(cut: Chunked, chunk: Chunk) -> Chunk | None:
    """ "The armed forces of the Republic of X": a body with the state behind it whose it is."""
    k = chunk.last + 1
    if chunk.head not in _FORCES or k > len(cut.tokens) or cut.tokens[k - 1].low != "of":
        return None
    while k < len(cut.tokens) and (cut.tokens[k].low in ("of", "the") or cut.tokens[k].low in _STATES):
        k += 1
    state = next((c for c in cut.chunks if c.first == k and c.kind == "state"), None)
    return replace(chunk, last=state.last, span=Span(chunk.span.start, state.span.end)) if state else None


_FORCES = frozenset(
    ("army", "forces", "military", "troops", "navy", "air force", "police", "armed forces", "aviation", "formations")
)
_STATES = frozenset("republic kingdom state federation federal democratic people's islamic arab emirate".split())


def made_of(cut: Chunked, group: Chunk) -> Chunk | None:
    """Of whom a group is: the people right behind its "of"."""
    of = [t.low for t in cut.tokens[group.last : group.last + 1]] == ["of"]
    return next((c for c in cut.chunks if of and c.first == group.last + 1 and c.kind == "people"), None)


def _is_named(cut: Chunked, chunk: Chunk) -> bool:
    """Whether a stretch is a party by a name of its own: one that a table knows, or "Harbour Liberation Army"."""
    words = cut.tokens[chunk.first : chunk.last]
    if chunk.kind == "name":
        return len(words) == 1 and _LETTERS.fullmatch(words[0].text) is not None
    if chunk.kind == "group" and chunk.known is not None:
        return True
    return chunk.kind == "actor" or (chunk.kind == "group" and len(words) > 1 and all(t.text[0].isupper() for t in words))


_LETTERS = re.compile(r"[A-Z]{3,}(?:[-/][A-Z]+)*")
"""The letters that a body goes by: "fighters of the XYZ"."""


_BODIES = frozenset(("group", "groups", "unit", "units", "gang", "contingent", "patrol"))


def _members(cut: Chunked, body: Chunk) -> Chunk | None:
    """ "A group of about forty insurgents": the people whom a word for a body counts."""
    of = body.last < len(cut.tokens) and cut.tokens[body.last].low == "of"
    after = (c for c in cut.chunks if of and body.last < c.first <= body.last + 5 and c.kind != "number")
    members = next(after, None)
    plain = members is not None and members.kind == "group" and members.known is None and members.head.endswith(("s", "en"))
    return members if plain else None


_CALLED = re.compile(r",? (?:(?:which|who) )?(?:calls? itself|calling (?:itself|themselves)|styling itself|named(?: as)?|"
                     r"called|known as|dubbed|identified as|going by the name(?: of)?) (?:the )?$")  # fmt: skip


def called(cut: Chunked, chunk: Chunk) -> Chunk | None:
    """The name that a party is said to go by, right behind it."""
    for other in (c for c in cut.chunks if chunk.last < c.first <= chunk.last + 7):
        words = "".join(f"{t.low} " for t in cut.tokens[chunk.last : other.first] if t.text not in _MARKS)
        if other.kind in ("actor", "group") and _CALLED.fullmatch(words if words.startswith(",") else f" {words}"):
            return other
    return None


_MARKS = frozenset("\"“”‘’'")
_TIED = frozenset("backed supported led funded armed sponsored loyal linked tied allied aligned affiliated".split())


def _with_ties(cut: Chunked, chunk: Chunk) -> Chunk:
    """A party with the words behind it that say whose it is: "militias backed by X", "fighters loyal to X"."""
    k = chunk.last
    if k + 2 >= len(cut.tokens) or cut.tokens[k].low not in _TIED or cut.tokens[k + 1].low not in ("by", "to", "with"):
        return chunk
    tied = next((c for c in cut.chunks if k + 2 <= c.first <= k + 3 and c.kind in ("actor", "state")), None)
    if tied is None and cut.tokens[k].low == "loyal" and chunk.last - chunk.first == 1:  # "troops loyal to former general X Y"
        tied = next((c for c in cut.chunks if k + 2 <= c.first <= k + 4 and c.kind == "name"), None)
    return replace(chunk, last=tied.last, span=Span(chunk.span.start, tied.span.end)) if tied else chunk


def shares_subject(cut: Chunked, i: int) -> int | None:
    """ "Two men were dragged out by a crowd and beaten to death": where a participle at token i ends a row of what was done to
    somebody, the auxiliary of the row."""
    k, tokens = i, cut.tokens
    while k > 2 and (tokens[k - 1].low.endswith("ly") or tokens[k - 1].low in ("then", "later")):
        k -= 1
    ahead = tokens[i + 1].low if i + 1 < len(tokens) else "."
    if k < 4 or tokens[k - 1].low != "and" or (ahead.isalpha() and ahead not in _NO_OBJECT):
        return None
    for was in range(k - 2, 0, -1):
        if tokens[was].low in ("was", "were"):
            return was if tokens[was + 1].low in _SEIZED else None
        if tokens[was].text in ';:“"' or tokens[was].low in _CLAUSES:
            return None
    return None


_NO_OBJECT = frozenset("by in to on at near with dead when after during while and along for as alive outside inside".split())
_CLAUSES = frozenset("who which that when but while after is are has had".split())
_SEIZED = grammar("beside.seized")
