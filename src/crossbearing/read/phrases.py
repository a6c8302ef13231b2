"""The whole phrase in which a party stands: "power transmission towers" for "towers", "union leaders" for "union".

Tables know heads and some of the words before them. What a coder writes down is the phrase as the report has it, from behind its
article, number or preposition to its head. There is no grammar here: a phrase opens where a closed word stands before it, and
goes no further than three words that could be nothing but modifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.mention import BEFALLEN, PARTIES, Mention, MentionKind, Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.words import numbers

LONGEST = 3
"""Words that a phrase may gain before what is known of it."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_BEFORE = re.compile(r"(?<![\w'’-])([^\W_][\w'’-]*)\s{1,3}$")
_NEXT = re.compile(r"\s([^\W\d_][\w-]*)")
_NO_MODIFIER = re.compile(r"ly$|['’]s?$")
_CAP_BEFORE = re.compile(r"(?<![\w'’.-])([A-ZÀ-Þ][\w'’-]*|[A-Z]\.|[bB]in|[iI]bn|[bB]int)\s{1,3}$")
# "Sen. A. B. Vidal", "Omar bin Saleh", "Hassan al-Amin": a stop within a sentence ends an abbreviation.
_CAP_NEXT = re.compile(r"\.?\s{1,3}((?:(?:bin|ibn|bint)\s|(?:al|el|as|ash|ul)[-‐‑])?[A-ZÀ-Þ][\w’-]*)")
_DATED = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October"
                    r"|November|December")  # fmt: skip
_OF = re.compile(r"\s{1,3}of(?:\s{1,3}(?:the|an?|his|her|its|their))?(?=\s)")
_NEXT_ANY = re.compile(r"\s{1,3}([^\W_][\w'’-]*)")
_TWO_NAMES = re.compile(r"\s(?:[A-ZÀ-Þ][\w’'-]*[a-zà-þ][\w’'-]*|[A-Z]\.)(?:\s(?:(?:bin|ibn|van|de|al)\s)?[A-ZÀ-Þ][\w’'-]*){1,3}")
_OWNS = re.compile(r"['’]s?$")
_RELATIVE = grammar("phrases.relative")
_GENERIC = grammar("beside.generic_head")
_VERBAL = re.compile(r"(?:ed|ing)$")
_OPENS = grammar("phrases.opens")
_DETERMINERS = grammar("chunks.determiners")
_CLOSED = _OPENS | grammar("phrases.closed") | _DETERMINERS | grammar("beside.out")
_UNNAMED = frozenset((MentionKind.PEOPLE, MentionKind.FACILITY))
_KINDS = frozenset((MentionKind.GROUP, MentionKind.PEOPLE, MentionKind.FACILITY, MentionKind.ORGANISATION, MentionKind.PERSON))


def whole(text: str, role: Role, sentence: Span, deed: Span | None = None) -> Role:
    """The role with its phrase whole, where a party is described; a name, a place, a time or a weapon stays as it is.

    A doer right before a noun for the deed stays too: in "the recent fatal police shooting" it is the shooting that is so called;
    "government forces airstrike" has a head that says nothing by itself.
    """
    held = role.mention
    if role.name not in PARTIES or held.known or not _WORD.search(held.span.of(text)) or _titled(text, sentence):
        return role
    if deed is not None and role.name is RoleName.PERPETRATOR and _before_noun(text, held.span, deed):
        return role
    opens = held.span.start == sentence.start and held.span.of(text).lower() in _RELATIVE  # "Members of the League"
    if not opens and all(word[0].isupper() for word in held.span.of(text).split()):
        span = _named(text, held.span, sentence)
    elif held.kind in _KINDS:
        span = Span(_start(text, held.span, sentence, deed), _owned(text, _end(text, held.span, sentence), sentence))
        span = _with_name(text, span, sentence)
    else:
        return role
    return role if span == held.span else Role(role.name, Mention(span, held.kind), role.score)


def _before_noun(text: str, doer: Span, deed: Span) -> bool:
    """Whether a doer stands right before a noun for its deed, and is named well enough."""
    noun = text[doer.end : deed.start].isspace() and deed.of(text).lower() in lexicon().nouns
    return noun and doer.of(text).split()[-1].lower() not in _GENERIC


def unnested(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Roles, each once, without people and sites that another target's words hold: "the wife of a chief" is not the chief too."""
    told = tuple(dict.fromkeys(roles))
    targets = [r.mention.span for r in told if r.name in BEFALLEN]
    within = {r for r in told if any(t.holds(r.mention.span) and t != r.mention.span for t in targets)}
    return tuple(r for r in told if r not in within or r.name not in BEFALLEN or r.mention.kind not in _UNNAMED)


@lru_cache(maxsize=64)
def _titled(text: str, sentence: Span) -> bool:
    """Whether capitals say nothing in a sentence, since most of its words bear one."""
    words: list[str] = _WORD.findall(sentence.of(text))
    return sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _named(text: str, span: Span, sentence: Span) -> Span:
    """A name with the capitalised words that stand right beside it."""
    start, end = span.start, span.end
    while (match := _CAP_BEFORE.search(text, sentence.start, start)) and match.group(1).lower() not in _CLOSED:
        if next(numbers.find(match.group(1)), None) is not None:
            break  # "Forty-one Ukrainian drones"
        start = match.start(1)
    while (match := _CAP_NEXT.match(text, end, sentence.end)) and not _DATED.fullmatch(match.group(1)):
        end = match.end()
    return Span(start, start + len(_OWNS.sub("", text[start:end])) if end > span.end else end)


def _with_name(text: str, span: Span, sentence: Span) -> Span:
    """One by a title with the name behind it: "officer Omar Saleh"."""
    title = span.of(text).rsplit(None, 1)[-1].lower()
    if title.endswith("s") or title not in _bearers() or not (name := _TWO_NAMES.match(text, span.end, sentence.end)):
        return span
    return Span(span.start, span.start + len(_OWNS.sub("", text[span.start : name.end()])))


@lru_cache(maxsize=1)
def _bearers() -> frozenset[str]:
    """Words for one person."""
    return frozenset(word for word in lexicon().civil | grammar("casualties.one") if " " not in word)


def _owned(text: str, end: int, sentence: Span) -> int:
    """With whose it is, where a word says little without: "offices of the Harbour Union", "members of a patrol"."""
    last = text[:end].rsplit(None, 1)[-1].lower()
    if last not in _RELATIVE or not (match := _OF.match(text, end, sentence.end)):
        return end
    at = match.end()
    for _ in range(2 * LONGEST):
        word = _NEXT_ANY.match(text, at, sentence.end)
        low = word.group(1).lower() if word else "and"
        if not word or (low in _CLOSED and low != "of") or low in lexicon().verbs:
            break
        at = word.end()
    while (tail := text[:at].rsplit(None, 1)[-1].lower()) in ("of", "the"):
        at -= len(tail) + 1
    return at if at > match.end() else end


def _start(text: str, span: Span, sentence: Span, deed: Span | None = None) -> int:
    """Where the phrase begins: behind the deed and what else closes it off, if nothing but modifiers stands between."""
    words: list[int] = [span.start]
    while len(words) <= LONGEST + 1:
        match = _BEFORE.search(text, max(sentence.start, words[-1] - 40), words[-1])
        if not match:
            return words[-1]
        low = match.group(1).lower()
        if low in _OPENS:
            return words[-2] if len(words) > 1 else span.start
        told = deed is not None and deed.holds(Span(*match.span(1)))  # "soldiers fought rebels"
        if told or low in _CLOSED or low.isdigit() or _ends(match.group(1), low):
            return words[-1]
        if _VERBAL.search(low) and not _determined(text, match.start(1), sentence):
            return words[-1]
        words.append(match.start(1))
    return span.start


def _ends(word: str, low: str) -> bool:
    """Whether a word is no modifier: a name, an owner, an adverb, a word for a deed or for speech."""
    tables = lexicon()
    told = low in tables.verbs or low in tables.nouns or low in tables.speech
    return told or word[0].isupper() or bool(_NO_MODIFIER.search(low))


def _determined(text: str, at: int, sentence: Span) -> bool:
    """Whether an article or a number stands before a word."""
    match = _BEFORE.search(text, max(sentence.start, at - 20), at)
    return match is not None and (match.group(1).lower() in _DETERMINERS or match.group(1)[0].isdigit())


def _end(text: str, span: Span, sentence: Span) -> int:
    """Where the phrase ends: behind every word that follows and can only be its head."""
    at = span.end
    while (match := _NEXT.match(text, at, sentence.end)) and match.group(1).lower() in _heads():
        at = match.end()
    return at


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """Words for people and buildings that are no words for deeds as well."""
    lex, features = lexicon(), resources.table("features.yml")
    heads = lex.armed | lex.civil | frozenset(features["facility"])
    return heads - lex.verbs.keys() - lex.nouns.keys() - {"post", "head", "home"}
