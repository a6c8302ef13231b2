"""Those whom harm befell without a number: one person, or several one by one, by name, pronoun, article or verb.

"Patrolman X Y was killed", "killing a gold digger", "wounding her", "Ali Omar and his son were killed", "a third was hurt".
"""

from __future__ import annotations

import re

from crossbearing.model.mention import Mention, MentionKind
from crossbearing.model.text import Span
from crossbearing.read.beside import OUT
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.harm import listed
from crossbearing.read.harm.headcount import (
    ARTICLES,
    COUNTABLE,
    FUNCTION,
    MORE_THAN_ONE,
    NOT_ONE,
    NOT_PEOPLE,
    ONE,
    PLACING,
    counts_things,
    describes,
    is_doer,
    is_full,
    is_one_of_people,
    is_single,
    is_thing,
    noun_phrase,
    once_counted,
    opens_at,
)
from crossbearing.read.harm.side_by_side import companions, has_harm
from crossbearing.read.harm.words import (
    BY_HAND,
    HARM,
    KILLED,
    LIVES,
    LOST,
    SLAYINGS,
    idiom_of_death,
    no_harm,
    not_asserted,
    to_death,
)
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.words import ordinals


def one_by_one(sentence: Chunked, i: int, passive: bool) -> tuple[Mention, Mention] | None:
    """ "Ali Omar and his son were killed", "the pilot and his mate died", "killing X Y, his wife and two guards": one by one."""
    tokens = sentence.tokens
    lost_lives = tokens[i].low == "lost" and [t.low for t in tokens[i + 1 : i + 3]] == ["their", "lives"]
    died = tokens[i].low in _DIED or lost_lives or (not passive and idiom_of_death(sentence, i))
    # "The killing of X and his mate", "took the lives of the chief and four guards".
    of = tokens[i].low in SLAYINGS | LIVES and [t.low for t in tokens[i + 1 : i + 2]] == ["of"]
    run = None if passive or died else listed.behind(sentence, i + 1 + of)
    if run is None and (passive or died) and (verb := verb_at(sentence, i)) > 1:
        who = verb - (tokens[verb - 1].low == "who")
        run = listed.before(sentence, who - 1) if died or tokens[verb].low in ("were", "are", "have", "had") else None
    if run is not None and run[0] < i and tokens[run[0] - 1].low in lexicon().verbs:
        return None  # "shelling also hit X and dozens were injured"
    if run is None or not ((named := listed.is_named(sentence, run)) or _unknown(sentence, run)):
        return None
    span = listed.span(sentence, run)
    if named:
        return Mention(span, MentionKind.PERSON), Mention(span, MentionKind.PERSON)
    return Mention(span, MentionKind.FIGURE), Mention(span, MentionKind.PEOPLE)


_STRUCK = frozenset(("shot", "hit", "stabbed", "struck", "wounded", "injured", "beaten", "attacked", "burned", "burnt"))


def also_died(sentence: Chunked, i: int) -> int | None:
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
    people = [c for c in sentence.chunks if run[0] <= c.first <= run[1] and c.kind in COUNTABLE]
    return len(people) < 2 or any(t.low == "of" for t in sentence.tokens[run[0] : run[1]])


def verb_at(sentence: Chunked, i: int) -> int:
    """Where the auxiliaries of a word of harm begin: of "are believed to have been killed" at "are"."""
    k = i
    while k and (sentence.tokens[k - 1].low in TO_BE | _AUXILIARY or sentence.tokens[k - 1].low.endswith("ly")):
        k -= 1
    return k


_AUXILIARY = frozenset("was were is are has have had now both all known said feared dead".split())
STILL_DONE = frozenset(("die", "dies", "dying", "kill", "kills"))
WAS = frozenset(("was", "is", "has", "had"))
TO_BE = grammar("casualties.to_be")
_HE = frozenset(("he", "she"))


def with_named(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Killing commander X Y and two of his guards": one by name, and those counted beside."""
    k = i + 1
    if [t.low for t in sentence.tokens[k : k + 2]] in (["him", "and"], ["her", "and"]):
        return _beside_named(sentence, i, k + 1)
    name = next((c for c in sentence.chunks if k <= c.first < i + 6 and c.kind == "name"), None)
    between = [n for n in range(k, name.first) if sentence.at[n] < 0] if name else []
    if name is None or not all(describes(sentence.tokens[n]) or sentence.tokens[n].low in ARTICLES for n in between):
        return None
    return _beside_named(sentence, i, name.last)


def _beside_named(sentence: Chunked, i: int, last: int) -> tuple[Mention, Mention] | None:
    """One told by name up to a token, with those counted behind the "and" that stands there."""
    beside = next((c for c in sentence.chunks if opens_at(sentence, c) == last + 1 and c.kind in COUNTABLE), None)
    if beside is None or sentence.tokens[last].low != "and" or not (beside.number or is_single(sentence, beside)):
        return None
    if has_harm(sentence, beside) or counts_things(sentence, beside):
        return None
    span = Span(sentence.tokens[i + 1].start, beside.span.end)
    return Mention(span, MentionKind.FIGURE), Mention(span, MentionKind.PEOPLE)


_NAMED_AS = re.compile(
    r"^(?:killed|dead) (?:[^ ]+ ){0,12}?(?:was|were|are)\b|"
    r"\b(?:dead|victims?|killed|fatalities) (?:[^ ]+ ){0,8}?(?:(?:was|were|are|as|been) )(?:named|identified) as\b"
)


def named_dead(sentence: Chunked) -> tuple[Mention, Mention] | None:
    """ "The killing of X Y", "X's murder", "the dead were named as X Y and Z": by name."""
    if said := _NAMED_AS.search(sentence.words):
        run = listed.behind(sentence, said.group().count(" ") + sentence.words[: said.start()].count(" ") + 1)
        if run and listed.is_named(sentence, run):
            figure = Mention(listed.span(sentence, run), MentionKind.PERSON)
            return figure, figure
    for i, token in enumerate(sentence.tokens):
        shot = token.low == "death" and i > 0 and sentence.tokens[i - 1].low == "shooting"
        if (token.low not in SLAYINGS and not shot) or no_harm(sentence, i) or not_asserted(sentence, i):
            continue
        behind = [t.low for t in sentence.tokens[i + 1 : i + 2]]
        whose = sentence.at[i - 2] if i > 1 and sentence.tokens[i - 1].low in ("'s", "’s") else -1
        if whose >= 0 and behind != ["of"] and _is_person(name := sentence.chunks[whose]):
            return one_person(sentence, (i, i), (name.first, name.last - 1))
        if behind == ["of"] and (slain := _slain(sentence, i)) is not None:
            return slain
    return None


def _is_person(chunk: Chunk) -> bool:
    """Whether a stretch is a name, or a word for one person: "the doctor's murder"."""
    return chunk.kind == "name" or (chunk.kind == "people" and chunk.number is None and is_one_of_people(chunk))


def _slain(sentence: Chunked, i: int) -> tuple[Mention, Mention] | None:
    """ "The killing of X Y", "the murder of former minister X Y and 21 others", "the murder of a delivery driver"."""
    tokens = sentence.tokens
    one = next((c for c in sentence.chunks if i + 2 < c.first <= i + 6 and is_one_of_people(c)), None)
    if one is not None and tokens[i + 2].low in ("a", "an") and all(t.low not in FUNCTION for t in tokens[i + 3 : one.first]):
        return one_person(sentence, (i, i), (i + 2, one.last - 1))
    of = next((c for c in sentence.chunks if i + 2 <= c.first <= i + 7 and c.kind == "name"), None)
    if of is None or not is_full(of):
        return None
    titles = [c for c in sentence.chunks if i + 2 <= c.first < of.first and c.kind in ("voice", "people", "adjective")]
    said = {k for c in titles for k in range(c.first, c.last)}
    if not all(k in said or tokens[k].low in ARTICLES or describes(tokens[k]) for k in range(i + 2, of.first)):
        return None
    if [t.low for t in tokens[of.last : of.last + 2]] == ["and", "of"]:
        return None  # "and of Z": of more than one, each by name
    return _beside_named(sentence, i + 1, of.last) or one_person(sentence, (i, i), (of.first, of.last - 1))


def one_befallen(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "An auxiliary was wounded", "Patrolman X Y was killed", "he was shot dead": by its verb one person, whatever the word."""
    tokens, k = sentence.tokens, i - 1
    while k > 0 and (tokens[k].low in TO_BE or (tokens[k].low.endswith("ly") and sentence.at[k] < 0)):
        k -= 1
    if tokens[i - 1].text == "," and (named := _named_before(sentence, i)):
        return named
    died = tokens[i].low in _DIED
    by_rank = tokens[_before_of(sentence, k)].low in ONE  # "a captain of the police died"
    if died and not by_rank and _SOON.isdisjoint(t.low for t in tokens[i : i + 6]) and companions(sentence, i) is None:
        return None  # "the writer died in 2013"
    perfect = k == i - 1 and tokens[k].low in ("has", "had") and not died  # "a bomb had killed a sergeant"
    if k < 0 or perfect or (tokens[k].low not in WAS and not died) or tokens[i].low in LOST | STILL_DONE:
        return _one_done_to(sentence, i)
    verb = k if tokens[k].low in WAS else k + 1
    if verb < 1:
        return None
    last = verb - 1
    if tokens[last].low == "who" and (name := _named_up_to(sentence, last - (tokens[last - 1].text == ","))):
        # "Ali Omar, 55, who was killed with his wife"; who is killed alone in words beside may be of another deed.
        return one_person(sentence, (verb, i), (name.first, name.last - 1)) if companions(sentence, i) else None
    if tokens[last].text == "," and (name := _apposed(sentence, last)) is not None:
        return one_person(sentence, (verb, i), (name.first, name.last - 1))
    if tokens[last].text == ",":  # "the owner, a father of six, died"
        last = next((k for k in range(last - 1, 0, -1) if tokens[k].text == ","), 1) - 1
        first = noun_phrase(sentence, last) if tokens[last + 2].low in ("a", "an") else None
    else:
        first = last if tokens[last].low in _HE else _who(sentence, last, died)
    if first is None and tokens[i].low in KILLED:  # "the head of the bank was shot dead"
        first = noun_phrase(sentence, _before_of(sentence, last))
    return None if first is None else one_person(sentence, (verb, i), (first, last))


def _before_of(sentence: Chunked, last: int) -> int:
    """The word before "of the bank", where such words end at a token; else the token itself."""
    k = last
    while k > max(0, last - 4) and (
        sentence.at[k] >= 0 or sentence.tokens[k].low not in FUNCTION or (k < last and sentence.tokens[k].low in ARTICLES)
    ):
        k -= 1
    return k - 1 if k and sentence.tokens[k].low == "of" else last


_DIED = frozenset(("died", "succumbed"))
_SOON = grammar("casualties.soon")


def _who(sentence: Chunked, last: int, died: bool) -> int | None:
    """Where the words for one person that end at a token begin: a name, or an article and a word for one."""
    named = sentence.over(last)
    if named is not None and (named.kind not in ("name", "people", "voice") or named.number):
        return noun_phrase(sentence, last)
    if named is not None and named.kind == "name" and (is_full(named) or not died):
        return noun_phrase(sentence, named.first - 2) if _hangs(sentence, named) else named.first
    return noun_phrase(sentence, last)


_BY_WHICH = frozenset(("in", "by", "when", "during", "while", "near", "outside", "along", "alongside"))


def _named_before(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Officers Ali Omar and Sam Reed, killed in a raid", "Aya Sharif, 6, wounded in a raid": who is named before the comma."""
    tokens = sentence.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].low not in _BY_WHICH or not tokens[i].low.endswith(("ed", "slain", "hurt")):
        return None
    names = {
        c.last: c for c in sentence.chunks if is_full(c) or (c.kind == "name" and c.first > 1 and tokens[c.first - 1].text == ".")
    }
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
    return next((c for c in sentence.chunks if c.last == last and is_full(c)), None)


def _hangs(sentence: Chunked, name: Chunk) -> bool:
    """Whether a name hangs on a preposition and is not who is told of: "a woman at the grave of X Y is detained"."""
    before = sentence.tokens[name.first - 1].low if name.first else ""
    return before in PLACING or (before == "of" and (k := name.first - 2) > 0 and sentence.at[k] < 0)


def _apposed(sentence: Chunked, comma: int) -> Chunk | None:
    """ "Ali Omar, a guard at the gate, was killed": the name that the words between the commas say more of."""
    for c in sentence.chunks:
        before = sentence.tokens[c.first - 1].low if c.first else ""
        opened = sentence.tokens[c.last].text == "," if c.last < comma else c.last == comma and before == ","
        if is_full(c) and opened and before not in OUT:
            return c
    return None


def _one_done_to(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Killing a gold digger", "killing the village head, X Y", "wounding her": one person behind an act, by an article and a
    word for one, by a pronoun, or by the name that follows."""
    tokens = sentence.tokens
    if [t.low for t in tokens[i + 1 : i + 2]] in (["him"], ["her"]) and sentence.at[i + 1] < 0 and _ends_there(sentence, i + 2):
        return one_person(sentence, (i, i), (i + 1, i + 1))
    if (last := _one_behind(sentence, i)) is not None:
        return one_person(sentence, (i, i), (i + 2, last))
    comma = next((k for k in range(i + 2, min(i + 7, len(tokens) - 2)) if tokens[k].text == ","), None)
    name = sentence.over(comma + 1) if comma else None
    if comma is None or name is None or name.kind != "name" or name.last - name.first < 2:
        return None
    first = noun_phrase(sentence, comma - 1)
    return one_person(sentence, (i, i), (first, comma - 1)) if first == i + 2 else None


def one_person(sentence: Chunked, verb: tuple[int, int], who: tuple[int, int]) -> tuple[Mention, Mention]:
    """A figure of one person, from the first token to the last of the verb that says so and of the words for who it is."""
    at, people = (Span(sentence.tokens[a].start, sentence.tokens[b].end) for a, b in (verb, who))
    return Mention(at, MentionKind.FIGURE), Mention(people, MentionKind.PEOPLE)


def _one_behind(sentence: Chunked, i: int) -> int | None:
    """The last word of "a gold digger" right behind a word that kills or wounds; None where no single being stands there."""
    tokens = sentence.tokens
    if i + 2 >= len(tokens) or tokens[i + 1].low not in ("a", "an", "the") or tokens[i].low == "died":
        return None
    if not tokens[i].low.endswith(("ed", "ing", "death")):
        return None  # "a drug kills a virus"
    if tokens[i].low.endswith("ing") and i and tokens[i - 1].low not in (",", "and", "while", "when", "by"):
        return None  # "killing a leader kills a movement"
    last = i + 1
    while last + 1 < len(tokens) and tokens[last + 1].text.islower() and tokens[last + 1].low not in FUNCTION | HARM:
        last += 1
    doer = is_doer(tokens[last].low)
    if not 0 < last - i - 1 <= 3 or (tokens[i + 1].low == "the" and not doer):
        return None  # "killed the deal"
    first = last if doer else i + 2  # "the village head": the village is no one, its head is
    things = (t.low in NOT_PEOPLE | NOT_ONE for t in tokens[first : last + 1])
    none = any(things) or any(is_thing(sentence, k) for k in range(first, last + 1))
    return None if none or (tokens[last].low.endswith(MORE_THAN_ONE) and not doer) else last


def is_theirs(sentence: Chunked, i: int) -> bool:
    """ "His body": of one told before."""
    return not _WHOSE.isdisjoint(t.low for t in sentence.tokens[max(0, i - 2) : i])


def body_found(sentence: Chunked, i: int) -> bool:
    """ "His headless body was found by the road": that he is dead, and no word of his funeral."""
    return not _FOUND.isdisjoint(t.low for t in sentence.tokens[i + 1 : i + 5])


_WHOSE = frozenset(("his", "her", "whose", "my", "your"))
_FOUND = frozenset(("found", "discovered", "recovered", "dumped", "thrown", "turned", "retrieved", "pulled"))


def done_to_them(sentence: Chunked, i: int, before: Chunked | None) -> tuple[Mention, Mention] | None:
    """ "Lined up six men and shot them dead", "gunned them down": as many as the words before count, where they count people
    once."""
    tokens = sentence.tokens
    at = next((k for k in (i + 1, i - 1) if 0 < k < len(tokens) and tokens[k].low == "them"), None)
    if at is None or tokens[at - 1].low in _OF_THEM:
        return None
    counted = once_counted(sentence, at) or (once_counted(before, len(before.tokens)) if before else [])
    if len(counted) != 1:
        return None
    them = Span(tokens[at].start, tokens[at].end)
    return Mention(them, MentionKind.FIGURE), Mention(counted[0], MentionKind.PEOPLE)


_OF_THEM = frozenset(("of", "for", "with", "by", "to", "from", "among", "and"))


def named_to_death(sentence: Chunked, i: int) -> tuple[Mention, Mention] | None:
    """ "Beat Ali Omar to death": one by name, between the blows and the death."""
    if i < 3 or not to_death(sentence, i) or sentence.at[i - 2] < 0:
        return None
    name = sentence.chunks[sentence.at[i - 2]]
    struck = name.first > 0 and sentence.tokens[name.first - 1].low in BY_HAND
    return one_person(sentence, (i, i), (name.first, name.last - 1)) if name.kind == "name" and struck else None


def _ends_there(sentence: Chunked, k: int) -> bool:
    """Whether no noun goes on behind a pronoun: "wounding her" against "wounding her son"."""
    return k >= len(sentence.tokens) or not sentence.tokens[k].low.isalpha() or sentence.tokens[k].low in FUNCTION


def another_one(sentence: Chunked, i: int) -> tuple[Mention, Mention | None] | None:
    """ "Another died of wounds", "and a third was hurt": one more, without a word for people."""
    tokens, k = sentence.tokens, i - 1
    while k > 0 and (tokens[k].low in TO_BE | WAS | {"have"} or tokens[k].low.endswith("ly")) and tokens[k].low != "and":
        k -= 1
    if k < 0 or sentence.at[k] >= 0:
        return None
    ordinal = k > 0 and tokens[k].low in ORDINALS and tokens[k - 1].low == "a"
    if tokens[k].low != "another" and not ordinal:
        return None
    return Mention(Span(tokens[k - ordinal].start, tokens[k].end), MentionKind.FIGURE), None


ORDINALS = frozenset(ordinals.UNITS[1:6])
