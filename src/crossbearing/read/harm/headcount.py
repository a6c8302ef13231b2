"""Stretches that count people: a number beside a word for them, a number alone, one person by an article.

"Two guards", "five", "a driver", "eleven of its men". An age, the number of a man's children and what counts things are no count
of people.
"""

from __future__ import annotations

import re
from itertools import takewhile

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.beside import OUT, is_headline
from crossbearing.read.chunks import Chunk, Chunked, Token
from crossbearing.read.harm.words import HARM, LIMBS
from crossbearing.read.lexicon import grammar, lexicon

NOT_PEOPLE = grammar("casualties.not_people")
COUNTABLE = ("number", "people", "group")


def once_counted(sentence: Chunked, last: int) -> list[Span]:
    """The words for people that a sentence counts up to a token."""
    found = []
    for c in sentence.chunks:
        if c.kind in ("people", "group") and c.last <= last:
            number = c.number.span if c.number else (further[0].span if (further := further_number(sentence, c)) else None)
            found += [Span(number.start, c.span.end)] if number else []
    return found


def is_of(chunk: Chunk, figure: Mention) -> bool:
    return chunk.number is not None and chunk.number.span.meets(figure.span)


def token_at(sentence: Chunked, span: Span) -> int:
    """The first token of a span."""
    return next((k for k, t in enumerate(sentence.tokens) if t.start >= span.start), len(sentence.tokens))


NOT_ONE = grammar("casualties.not_one")
PLACING = OUT - {"of"}  # "at a bar and six men"


def is_full(chunk: Chunk) -> bool:
    """A name of two words or more."""
    return chunk.kind == "name" and chunk.last - chunk.first > 1


def noun_phrase(sentence: Chunked, last: int) -> int | None:
    """Where "a militia auxiliary" or "the village head" begins that ends at a token; None where no one person stands there."""
    head = sentence.tokens[last]
    if not head.low.isalpha() or head.low in HARM or head.low in NOT_ONE or head.low in FUNCTION or head.low in _DEEDS:
        return None
    for k in range(last - 1, max(-1, last - 5), -1):
        low = sentence.tokens[k].low
        if low in ARTICLES:
            return k + 1 if low in ("a", "an", "another", "the") and not is_thing(sentence, last) else None
        if not low.replace("-", "").isalpha() or (low in FUNCTION and low not in _IN_PHRASE) or low in HARM:
            return None
    return None


_IN_PHRASE = frozenset(("police", "deputy", "national", "international", "foreign", "major"))


def is_thing(sentence: Chunked, k: int) -> bool:
    return sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind not in ("people", "voice", "group", "name")


_MADE_OF = frozenset(("bodies", "corpses", "remains", "family", "crew", "patrol", "team", "household"))


def bodies_of(sentence: Chunked, chunk: Chunk) -> Chunk:
    """ "The bodies of two teachers", "a family of five": the teachers, the five; else the stretch itself."""
    if chunk.number is not None or chunk.head.rpartition(" ")[2] not in _MADE_OF or chunk.last >= len(sentence.tokens):
        return chunk
    of = next((c for c in sentence.chunks if chunk.last < c.first <= chunk.last + 2 and c.number is not None), None)
    return of if of is not None and sentence.tokens[chunk.last].low == "of" else chunk


_DEEDS = frozenset(
    "raids strikes airstrikes attacks explosions blasts clashes massacres barrels raid strike airstrike attack".split()
)


_CLOCK = re.compile(r"0\d{3}")


def counts_things(sentence: Chunked, number: Chunk) -> bool:
    """ "15 cows", "no one else", "one of its drones": whether a number counts what is no person, or nobody besides those told."""
    if _CLOCK.fullmatch(sentence.tokens[number.first].text):
        return True  # "died 0115 Sunday"
    if sentence.tokens[number.first].low == "no" and number.last == number.first + 1 and not _of_people(sentence, number):
        return True  # "confirmed the death and gave no name"
    if number.first and sentence.tokens[number.first - 1].low.rstrip(".") in _MONEY:
        return True  # "a bounty of Rs 5 million"
    of = next((c for c in sentence.chunks if number.last < c.first <= number.last + 2), None)
    if of and of.kind == "weapon" and sentence.tokens[number.last].low == "of":
        return True
    behind = takewhile(lambda t: t.low.isalpha() and t.low not in FUNCTION, sentence.tokens[number.last : number.last + 3])
    return any(t.low in NOT_PEOPLE or t.low in LIMBS or t.low == "else" or t.low in _DEEDS for t in behind)


_MONEY = frozenset(("rs", "$", "us$", "usd", "€", "£", "inr", "pkr", "n", "₦", "ksh", "tk", "p", "php"))


def _of_people(sentence: Chunked, number: Chunk) -> bool:
    """Whether a number counts people, or harm: "no civilians", "no other deaths", "no one"."""
    behind = sentence.tokens[number.last : number.last + 3]
    near = any(c.kind in ("people", "group", "voice") and number.last <= c.first <= number.last + 2 for c in sentence.chunks)
    return near or any(t.low in _HARMS or t.low in ("one", "more", "body") for t in behind)


_HARMS = HARM | frozenset("casualties casualty losses loss fatalities deaths injuries victims wounded dead survivors".split())


def people_of(sentence: Chunked, number: Chunk) -> Mention | None:
    """ "Four puppet soldiers": the people behind a number and up to two words that no table knows."""
    people = next((c for c in sentence.chunks if number.last < c.first <= number.last + 2), None)
    between = sentence.tokens[number.last : people.first] if people else ()
    if (
        people is None
        or people.kind not in ("people", "group")
        or any(t.low in FUNCTION | HARM or not t.low.isalpha() for t in between)
    ):
        return None
    return Mention(people.span, MentionKind.PEOPLE)


def opens_at(sentence: Chunked, chunk: Chunk) -> int:
    """The first token of a chunk, its number or the article of one person included."""
    if chunk.number is None and (article := _article(sentence, chunk)) is not None:
        return article
    start = chunk.number.span.start if chunk.number else chunk.span.start
    k = chunk.first
    while k and sentence.tokens[k - 1].start >= start:
        k -= 1
    return k


def family_of(sentence: Chunked, chunk: Chunk, i: int) -> Chunk:
    """ "Seven members of one family", "six people from one family", "ten of the 14 miners were killed": the members, the six, the
    ten; "one of two people killed": the two."""
    of = opens_at(sentence, chunk) - 1
    of -= sentence.tokens[max(0, of)].low in _THEIRS
    known = chunk.head != "family" and (chunk.number is None or chunk.last == i)
    if known or of < 1 or sentence.tokens[of].low not in ("of", "from"):
        return chunk
    return next((c for c in sentence.chunks if c.last == of and c.number), chunk)


def further_number(sentence: Chunked, people: Chunk) -> tuple[Mention, Mention | None] | None:
    """ "Two more civilians", "74 port workers", "40 government troops": the number that stands before the word between."""
    beside = next((c for c in sentence.chunks if c.last == people.first and c.kind in ("site", "area", "weapon", "voice")), None)
    if beside is not None and beside.number is not None:
        return figure_of(beside)[0], Mention(people.span, MentionKind.PEOPLE)
    worded = next((c for c in sentence.chunks if c.kind == "number" and 0 < people.first - c.last <= 2 and c.number), None)
    between = sentence.tokens[worded.last : people.first] if worded else ()
    theirs = len(between) == 2 and between[0].low == "of" and between[1].low in _THEIRS
    if worded is not None and (theirs or all(map(describes, between))):
        return figure_of(worded)[0], Mention(people.span, MentionKind.PEOPLE)  # "twelve artisanal miners", "eleven of its men"
    first = people.first - 1
    if first < 1 or sentence.tokens[first].low not in ("more", "other", "additional", "further"):
        return None
    number = next((c for c in sentence.chunks if c.last == first and c.number is not None), None)
    return (figure_of(number)[0], Mention(people.span, MentionKind.PEOPLE)) if number else None


_THEIRS = frozenset(("its", "their", "his", "her", "our", "the"))


def describes(token: Token) -> bool:
    """Whether a word can be one that describes people: no function word, and none for harm."""
    return token.low.isalpha() and token.low not in FUNCTION | HARM and not token.cap


def aboard(sentence: Chunked, chunk: Chunk) -> int:
    """Where the words for people end, "on board" and "aboard" included."""
    behind = [t.low for t in sentence.tokens[chunk.last : chunk.last + 2]]
    return chunk.last + (1 if behind[:1] == ["aboard"] else 2 if behind in (["on", "board"], ["on", "it"]) else 0)


ARTICLES = frozenset(("a", "an", "one", "the", "his", "her", "their", "its", "another", "at", "least", "both"))
GENERIC = frozenset(("people", "persons", "civilians", "dead", "victims", "members", "martyrs", "bodies"))


def said_up_to(sentence: Chunked, chunk: Chunk) -> int:
    """Where a countable stretch ends with the word that its number counts and the party whose they are: "two soldiers of the X
    army (X)", "one instructor of Y"."""
    tokens, k = sentence.tokens, chunk.last
    if [t.text for t in tokens[k : k + 3 : 2]] == ["(", ")"] and tokens[k + 1].low.isdigit():
        k += 3  # "three (3) soldiers"
    beside = next((c for c in sentence.chunks if c.first == k and c.kind in ("actor", "group", "adjective")), None)
    if chunk.kind == "number" and beside is not None and beside.number is None:
        k = beside.last  # "three CODECO"
    elif [t.low for t in tokens[k : k + 3]] in (["of", "his", "own"], ["of", "its", "own"], ["of", "their", "own"]):
        return k + 3
    while chunk.kind == "number" and k < min(chunk.last + 3, len(tokens)) and sentence.at[k] < 0:
        if not describes(tokens[k]) and tokens[k].text not in '"“”':
            break
        k += 1
    of = next((c for c in sentence.chunks if k < c.first <= k + 2 and c.kind in _WHOSE), None)
    if of is None or tokens[k].low != "of" or (of.first == k + 2 and tokens[k + 1].low != "the"):
        return k
    k = of.last
    if k < len(tokens) and tokens[k].text == "(":
        return next((n + 1 for n in range(k, min(k + 4, len(tokens))) if tokens[n].text == ")"), k)
    return k


def is_whose(sentence: Chunked, chunk: Chunk) -> bool:
    """Whether a stretch is the party whose those counted before it are."""
    return any(c.last < chunk.first < said_up_to(sentence, c) for c in sentence.chunks if c.kind in COUNTABLE and c is not chunk)


_WHOSE = ("actor", "group", "state", "name")


def is_age(sentence: Chunked, chunk: Chunk) -> bool:
    """ "A woman, 45, and her son": a number alone between commas."""
    around = (sentence.tokens[k].text for k in (chunk.first - 1, chunk.last) if 0 <= k < len(sentence.tokens))
    return chunk.kind == "number" and all(text in ",()" for text in around)


def _of_age(sentence: Chunked, chunk: Chunk) -> bool:
    """ "A man of 54", "a boy aged 9", "girl (12)": the age of one person."""
    opens = opens_at(sentence, chunk)  # of "a boy of nine wounded" at "nine"
    k = opens - 2
    one = sentence.over(k) if k >= 0 else None
    before = [t.low for t in sentence.tokens[max(0, opens - 3) : opens]]
    if "," not in before and not {"aged", "age"}.isdisjoint(before):
        return True  # "two girls aged 9 and 11"
    return one is not None and sentence.tokens[k + 1].low in ("of", "aged", "(") and is_one_of_people(one)


_PARENT = frozenset(("father", "mother", "parent", "parents", "widow", "widower", "dad", "mum"))


def of_one(sentence: Chunked, number: Chunk) -> bool:
    """Whether a number says how old somebody is, or of how many children the father."""
    of = [t.low for t in sentence.tokens[max(0, number.first - 2) : number.first]]
    parent = of[-1:] == ["of"] and not _PARENT.isdisjoint(of)
    return parent or _follows_name(sentence, number) or _of_age(sentence, number) or _bracketed(sentence, number)


def _bracketed(sentence: Chunked, chunk: Chunk) -> bool:
    """ "[12] He was wounded", "the officer (33) was wounded": a mark or an age."""
    around = [sentence.tokens[k].text for k in (chunk.first - 1, chunk.last) if 0 <= k < len(sentence.tokens)]
    return around in (["[", "]"], ["(", ")"])


def _follows_name(sentence: Chunked, chunk: Chunk) -> bool:
    """ "Musa Bello, 25, was shot dead", "a herder, 60, was hit": an age behind a name, or a word for one person."""
    if chunk.first < 2 or sentence.tokens[chunk.first - 1].text not in ",(" or not is_age(sentence, chunk):
        return False
    one = sentence.over(chunk.first - 2)
    if one is None:
        return noun_phrase(sentence, chunk.first - 2) is not None
    return one.kind in ("name", "voice") or is_one_of_people(one)


ONE = grammar("casualties.one")
MORE_THAN_ONE = (
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


def is_one_of_people(chunk: Chunk) -> bool:
    """Whether a word is for one person: "driver", "soldier", "baby"."""
    last = chunk.head.rpartition(" ")[2]
    one = (
        chunk.head in lexicon().civil
        or chunk.head in lexicon().claimants
        or last in ONE
        or (last in lexicon().armed and last.endswith(_WHO_ACTS))
    )
    return one and chunk.number is None and not chunk.head.endswith(MORE_THAN_ONE)


# "Herder", "militiaman"; no "helicopter".
_WHO_ACTS = ("der", "ler", "ger", "per", "cker", "der", "man", "tor", "ier", "eer", "ist")


# An unknown word for one person ends like one of these.
_DOERS = ("er", "or", "man", "woman", "ist", "ess", "ian", "ant", "mate", "chief", "hand", "head")


def is_doer(low: str) -> bool:
    """Whether a word that no table has is for one person, by its end: "conductor", "waitress"."""
    many = low.endswith(MORE_THAN_ONE) and not low.endswith("ess")
    return low.endswith(_DOERS) and not many and low not in NOT_ONE | NOT_PEOPLE


def is_single(sentence: Chunked, chunk: Chunk) -> bool:
    """ "The driver", "a soldier", "a newborn baby": one person without a number; in a headline also without an article."""
    if not is_one_of_people(chunk) or _body_of_many(sentence, chunk):
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
    alone = behind is None or behind.head in HARM or behind.kind not in ("people", "group", "voice")
    return alone and before not in ("of", "each", "every", "no", "many", "several")


def _article(sentence: Chunked, chunk: Chunk) -> int | None:
    """Where the article of one person stands, with up to two words between that are no stretch ("a third", "an elderly")."""
    if chunk.kind not in ("people", "group") or chunk.head.endswith(MORE_THAN_ONE):
        return None
    for k in range(chunk.first - 1, max(-1, chunk.first - 4), -1):
        token = sentence.tokens[k]
        if token.low in _SINGLE and (k == chunk.first - 1 or token.low in _OF_ONE):
            return k
        inside = sentence.chunks[sentence.at[k]].kind if sentence.at[k] >= 0 else ""
        other = inside not in ("", "time") and not (inside == "site" and k == chunk.first - 1)  # "a taxi driver"
        if not token.text[0].isalnum() or token.cap or token.low in HARM or other or token.low in FUNCTION:
            return None
    return None


_OWNED = frozenset(("'s", "’s"))
_OF_ONE = frozenset(("a", "an", "one", "another", "his", "her"))
_SINGLE = _OF_ONE | {"the", "their", "its"} | _OWNED
FUNCTION = grammar("chunks.function") - frozenset(("young", "second", "third", "old", "new", "local", "senior", "special"))


def figure_of(chunk: Chunk) -> tuple[Mention, Mention | None]:
    people = Mention(chunk.span, MentionKind.PEOPLE) if chunk.kind != "number" else None
    span = chunk.number.span if chunk.number else chunk.span
    return Mention(span, MentionKind.FIGURE), people
