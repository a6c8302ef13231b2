"""Who is said to have said what: cues of speech, their voices, and the medium that carries them.

A voice holds for its sentence. A pronoun or a bare noun ("it added", "the source said") goes back to the last voice
named; "told X", "citing Y" and "X reported that Y said" nest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crossbearing.model.mention import Attribution, Mention, MentionKind, Stance
from crossbearing.model.text import Span
from crossbearing.read.beside import called
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.doers import mutual
from crossbearing.read.fighters import FIGHTERS
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.realis import negated

_SPEAKERS = ("actor", "state", "medium", "group", "people", "voice", "name")
_PRONOUNS = frozenset(["it", "he", "she", "they", "who"])
_BARE = grammar("voices.bare")
_ADVERBS = grammar("voices.adverbs")
_NOUN_BEFORE = grammar("voices.noun_before")
_AGAIN = grammar("voices.again")


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice found in one sentence: the attribution, and where its cue stands."""

    attribution: Attribution
    cue: int
    """Token index of the cue."""
    source: Chunk | None
    again: bool = False
    """Whether the words only point back to a voice named before."""


_CUES = frozenset(("according", "citing", "quoting", "per", "reportedly", "allegedly", "purportedly"))


def voices(sentence: Chunked, last: Mention | None, party: Mention | None = None) -> list[Voice]:
    """The attributions of one sentence, outermost first.

    `last`: the voice that a pronoun goes back to; `party`: the one that "the group" goes back to.
    """
    found: list[Voice] = []
    speech = lexicon().speech
    for i, token in enumerate(sentence.tokens):
        if token.low in _ACCOUNTS:
            found += _account(sentence, i, last, party)
        stance = speech.get(token.low)
        if stance is None and (
            (token.low in _LAYS and _lays_blame(sentence, i))
            or (token.low in _FINDS and _says_that(sentence, i))
            or (token.low in _SPOKE and [t.low for t in sentence.tokens[i + 1 : i + 2]] == ["of"])
        ):
            stance = Stance.ASSERTS
        if token.low in _CALLS and _calls_it_false(sentence, i):
            stance = Stance.DENIES
        if token.low == "at" and _put_by_another(sentence, i):
            found += [_of_number(sentence, voice, i) for voice in _verbal(sentence, i, Stance.ASSERTS, last, party)]
        if token.low in ("has", "had", "have") and [t.low for t in sentence.tokens[i + 1 : i + 3]] == ["it", "that"]:
            found += _verbal(sentence, i, Stance.ASSERTS, last, party)
        if stance is None and token.low not in _CUES:
            continue
        if sentence.at[i] >= 0 and sentence.chunks[sentence.at[i]].kind != "number":
            continue
        if token.low == "according" or (token.low in ("citing", "quoting", "per")):
            found += _prepositional(sentence, i)
        elif stance and (sides := mutual(sentence, i, i + 1)):
            cue = Span(token.start, token.end)
            said = (Attribution(cue, sentence.span, Stance(stance), _mention(side)) for side in sides)
            found += [Voice(one, i, side) for one, side in zip(said, sides, strict=True)]
        elif stance and not _is_noun(sentence, i):
            made = _verbal(sentence, i, Stance(stance), last, party)
            found += [_of_number(sentence, voice, i + 1) for voice in made] if token.low in _SPOKE else made
        elif token.low in ("reportedly", "allegedly", "purportedly"):
            found.append(Voice(Attribution(Span(token.start, token.end), sentence.span, Stance.RELAYS), i, None))
    return _nested(found + [outer for voice in found for outer in _citing(sentence, voice, found)])


_FINDS = grammar("voices.finds")
_SPOKE = frozenset(("spoke", "speaks"))
_CALLS = frozenset(("called", "calls", "branded", "labelled", "labeled"))
_FALSE = re.compile(
    r"(?:it|this|that|(?:the|these|those|such) (?:\w+ )?(?:reports?|claims?|accusations?|allegations?|charges?|accounts?)) "
    r"(?:as )?(?:an? )?(?:\w+ly )?(?:false|untrue|baseless|unfounded|groundless|fabricat\w+|invent\w+|lies?|fake|disinformation|"
    r"propaganda|nonsense)\b"
)


def _calls_it_false(sentence: Chunked, i: int) -> bool:
    """ "The rebels called the report false"."""
    return _FALSE.match(" ".join(t.low for t in sentence.tokens[i + 1 : i + 9])) is not None


_PUTS = frozenset(("put", "puts"))


def _put_by_another(sentence: Chunked, i: int) -> bool:
    """ "Police put the toll at five, a local doctor at nine": whether a verb is left out here."""
    lows = [t.low for t in sentence.tokens[:i]]
    put = next((k for k, low in enumerate(lows) if low in _PUTS), None)
    return put is not None and "at" in lows[put:] and lows.count(",") > 0 and _counts_behind(sentence, i) is not None


def _counts_behind(sentence: Chunked, i: int) -> Chunk | None:
    """The number alone that stands right behind a token."""
    number = next((c for c in sentence.chunks if c.first == i + 1 and c.kind == "number"), None)
    alone = number is not None and (number.last >= len(sentence.tokens) or sentence.tokens[number.last].text in ".;,")
    return number if alone else None


def _of_number(sentence: Chunked, voice: Voice, i: int) -> Voice:
    """A voice that says the number behind a token and no more; else the voice as it is."""
    number = _counts_behind(sentence, i)
    if number is None:
        return voice
    return replace(voice, attribution=replace(voice.attribution, content=number.span, pieces=(number.span,)))


def _says_that(sentence: Chunked, i: int) -> bool:
    """ "The court found that", "the army regrets that": words of speech where "that" follows; not "it was found that"."""
    lows = [t.low for t in sentence.tokens[max(0, i - 1) : i + 2]]
    return len(lows) == 3 and lows[2] == "that" and lows[0] not in ("was", "were", "been", "to")


_LAYS = {
    **dict.fromkeys(("put", "puts", "laid", "lays", "pinned", "pins", "placed", "places"), ("blame", 3)),
    **dict.fromkeys(("hold", "holds", "held"), ("responsible", 9)),
    **dict.fromkeys(("point", "points", "pointed"), ("finger", 3)),
}


def _lays_blame(sentence: Chunked, i: int) -> bool:
    """ "Put the blame on X", "holds X responsible": words by which somebody says whose deed it was. "Was held" has no voice."""
    noun, reach = _LAYS[sentence.tokens[i].low]
    lows = [t.low for t in sentence.tokens[max(0, i - 1) : i + reach + 1]]
    return noun in lows[1:] and lows[0] not in ("was", "were", "been", "is", "are", "be", "to")


def _is_noun(sentence: Chunked, i: int) -> bool:
    """Whether a word that could be a cue is a noun or an adjective here: "the report", "claims", "reported attacks"."""
    word = sentence.tokens[i].low
    before = sentence.tokens[i - 1].low if i else ""
    after = sentence.tokens[i + 1].low if i + 1 < len(sentence.tokens) else ""
    if word in (
        "report",
        "reports",
        "claim",
        "claims",
        "count",
        "counts",
        "estimate",
        "record",
        "state",
        "post",
        "warn",
        "note",
        "notes",
    ) and (
        before in _NOUN_BEFORE
        or i == 0
        or (after in ("of", "by", "from", "that") and before not in ("it", "he", "she", "they") and sentence.at[i - 1] < 0)
    ):
        return True
    behind = sentence.tokens[i + 2].low if i + 2 < len(sentence.tokens) else ""
    if word == "states" and (not after or after in ".,;"):
        return True  # "between Plateau and Kaduna states"
    if after == "to" and behind in ("have", "be") and word in _SAID_TO:
        return True  # "a militia said to have fired it": said of it, and by nobody named
    if before in ("is", "are", "was", "were", "be", "been", "being") and after != "by":
        return word not in ("quoted", "cited")
    return word in (
        "carry",
        "carried",
        "carries",
        "post",
        "posted",
        "publish",
        "count",
        "record",
        "saying",
        "set",
        "described",
    ) and after not in ("that", ":", "on")


_SAID_TO = frozenset(("said", "reported", "alleged"))


def _mention(chunk: Chunk) -> Mention:
    kind = {
        "state": MentionKind.STATE,
        "medium": MentionKind.ORGANISATION,
        "group": MentionKind.GROUP,
        "people": MentionKind.PEOPLE,
        "voice": MentionKind.ORGANISATION,
        "name": MentionKind.PERSON,
    }.get(chunk.kind, MentionKind.GROUP)
    return Mention(chunk.span, kind, chunk.known.id if chunk.known else None)


def _prepositional(sentence: Chunked, i: int) -> list[Voice]:
    """ "According to X", "citing X": the voice stands behind the cue."""
    after = i + 2 if sentence.tokens[i].low == "according" else i + 1
    source = next((c for c in sentence.chunks if after <= c.first <= after + 3 and c.kind in (*_SPEAKERS, "adjective")), None)
    beyond = source is None or any(t.text == "," for t in sentence.tokens[after : source.first])
    if sentence.tokens[i].low == "according" and beyond and (plain := _plain(sentence, after)):
        source = plain
    elif source is None or (sentence.tokens[i].low == "per" and source.kind == "people"):
        return []
    else:
        source = _best(sentence, source)
    cue = Span(sentence.tokens[i].start, sentence.tokens[min(after, len(sentence.tokens)) - 1].end)
    return [Voice(Attribution(cue, sentence.span, Stance.ASSERTS, _mention(source), medium=_is_medium(source)), i, source)]


def _plain(sentence: Chunked, first: int) -> Chunk | None:
    """ "According to its makers, ...": a voice by words that no table knows, as far as the comma."""
    tokens = sentence.tokens
    last = next((k for k in range(first, min(first + _WORDS, len(tokens))) if tokens[k].text in ",."), first)
    while first < last and (tokens[first].low in _HIS or tokens[first].low in ("the", "a", "an")):
        first += 1
    if first >= last or not all(t.low.isalpha() and t.text == t.low for t in tokens[first:last]):
        return None
    return Chunk(first, last, "people", Span(tokens[first].start, tokens[last - 1].end), head=tokens[last - 1].low)


_WORDS = 5
"""So many words at most, and a comma, make a voice that no table knows."""


def _citing(sentence: Chunked, voice: Voice, found: list[Voice]) -> list[Voice]:
    """ "X, citing Y, spoke of a strike": X carries it, where no verb of speech has it say so."""
    i = voice.cue
    carrier = _chunk_at(sentence, i - 2) if i > 1 and sentence.tokens[i - 1].text == "," else None
    if carrier is None or sentence.tokens[i].low not in ("citing", "quoting") or not _is_medium(carrier):
        return []
    mention = _mention(carrier)
    if any(v.attribution.source == mention for v in found):
        return []
    return [Voice(Attribution(voice.attribution.cue, sentence.span, Stance.RELAYS, mention, medium=True), i, carrier)]


_ACCOUNTS = frozenset(("account", "accounts", "information", "telling", "reckoning", "words"))
_HIS = frozenset(("its", "their", "his", "her"))


def _account(sentence: Chunked, i: int, last: Mention | None, party: Mention | None) -> list[Voice]:
    """ "By X's account", "in its words": the owner of the account speaks."""
    tokens, k, owner = sentence.tokens, i - 1, None
    if k > 0 and tokens[k].low in ("'s", "’s", "'", "’"):
        owner = _chunk_at(sentence, k - 1)
        k = owner.first if owner else -1
    elif k < 0 or tokens[k].low not in _HIS:
        return []
    while k > 0 and (tokens[k - 1].low in ("the", "a", "own") or k == i):
        k -= 1
    if k < 1 or tokens[k - 1].low not in ("by", "in", "on") or (owner is None and last is None):
        return []
    cue = Span(tokens[k - 1].start, tokens[i].end)
    again = owner is None or (owner.kind in ("voice", "group") and _points_back(sentence, owner))
    if owner is not None and not again:
        owner = _best(sentence, owner)
    source = _mention(owner) if owner and not again else (party if owner and owner.kind == "group" else last) or last
    return [Voice(Attribution(cue, sentence.span, Stance.ASSERTS, source), i, owner, again)] if source else []


def _verbal(sentence: Chunked, i: int, stance: Stance, last: Mention | None, party: Mention | None) -> list[Voice]:
    token = sentence.tokens[i]
    cue = Span(token.start, token.end)
    after = sentence.tokens[i + 1].low if i + 1 < len(sentence.tokens) else ""
    source, again = (_behind_by(sentence, i), False) if after == "by" else _subject(sentence, i)
    if withheld(token.low, stance, [t.low for t in sentence.tokens[max(0, i - 3) : i]]):
        if stance is Stance.CLAIMS:
            return []
        stance = Stance.CANNOT_CONFIRM
    if stance is Stance.CLAIMS and not (
        after == "responsibility"
        or after in ("credit", "that", "to", "it", "them", "both", "all", "these", "those", "the", "a", "an", "several", "its")
        or after in lexicon().nouns
    ):
        stance = Stance.ASSERTS
    when = _time(sentence, i)
    if source and not again and _nobody(sentence, source):
        return []
    if source and source.head in _PAPERS:
        issuer = _issuer(sentence, source)
        if issuer is not None:
            source, again = issuer, False
        elif again or source.last - source.first == 1:
            # What says it is no voice: who put it out is the one heard last, or the party that acted last.
            whose = last or party
            return [Voice(Attribution(cue, sentence.span, stance, whose, time=when), i, source if whose else None, again=True)]
    if source and again:
        # "The group" is the party that spoke or acted last; "the source" the voice that did; where there is none, itself.
        behind = None if source.head in FIGHTERS else last  # an army that spoke last is not "the rebels"
        mention: Mention | None = (party if source.kind == "group" else last) or behind or _mention(source)
    else:
        mention = _mention(source) if source else last if again else None
    if mention is None and not again:
        return []
    found: list[Voice] = []
    if token.low in ("told", "tells", "telling"):
        carrier = next(
            (c for c in sentence.chunks if i < c.first <= i + 4 and c.kind in ("medium", "voice", "actor", "name")), None
        )
        if carrier and (_is_medium(carrier) or _called_medium(sentence, carrier)):
            found.append(Voice(Attribution(cue, sentence.span, Stance.RELAYS, _mention(carrier), medium=True), i, carrier))
    carried = stance is Stance.RELAYS and bool(source and source.kind == "name")  # an outlet that no table knows
    medium = bool(source and (_is_medium(source) or carried) and not again)
    if stance is Stance.RELAYS and not medium:
        stance = Stance.ASSERTS  # a witness who reports asserts; only a medium relays
    found.append(Voice(Attribution(cue, sentence.span, stance, mention, medium=medium, time=when), i, source, again))
    return found


def withheld(cue: str, stance: Stance, before: list[str]) -> bool:
    """ "Has neither claimed nor denied it", "cannot confirm": whether the words before a cue take back what it would do."""
    return (stance in (Stance.CLAIMS, Stance.DENIES) or cue.startswith("confirm")) and negated(before)


_PAPERS = frozenset(("statement", "communique", "communiqué"))


_ISSUED = frozenset(("issued", "issues", "released", "releases", "published", "publishes", "circulated", "posted", "distributed"))


def _issuer(sentence: Chunked, paper: Chunk) -> Chunk | None:
    """ "X's statement", "a statement by X": who put it out, where the words say so."""
    tokens = sentence.tokens
    k = paper.first - 1
    if k > 0 and tokens[k].low in ("'s", "’s", "'", "’") and (owner := _chunk_at(sentence, k - 1)):
        return _best(sentence, owner)
    while k > 0 and (tokens[k].low in ("a", "the", "its") or tokens[k].low in _ADVERBS):
        k -= 1
    if k > 0 and (tokens[k].low in _ISSUED or (tokens[k].low == "out" and tokens[k - 1].low in ("put", "puts"))):
        k -= 1 + (tokens[k].low == "out")
        while k >= 0 and (tokens[k].low in _ADVERBS or tokens[k].low in ("later", "has", "have", "had", "also", "then")):
            k -= 1
        if owner := _chunk_at(sentence, k):
            return _best(sentence, owner)
    k = paper.last
    while k < len(tokens) and tokens[k].low in ("issued", "released", "put", "out", "attributed", "published", "signed"):
        k += 1
    if k >= len(tokens) or tokens[k].low not in ("by", "from", "of", "to"):
        return None
    return next((c for c in sentence.chunks if k < c.first <= k + 3 and c.kind in _SPEAKERS), None)


def _called_medium(sentence: Chunked, carrier: Chunk) -> bool:
    """ "Told X, a news agency": an outlet that no table knows, by what it is called."""
    if carrier.last >= len(sentence.tokens) or sentence.tokens[carrier.last].text != ",":
        return False
    called = next((c for c in sentence.chunks if carrier.last < c.first <= carrier.last + 5), None)
    return called is not None and _is_medium(called)


_LINKS = frozenset(("of", "for", "to", "on", "the", "and", "against", "de", "del", "la"))


def _long_name(sentence: Chunked, k: int) -> Chunk | None:
    """ "The Committee to Protect X says": a name of several stretches, whole, where it fills all from the comma to the cue."""
    tokens = sentence.tokens
    first = k + 1
    while first > 0 and (tokens[first - 1].text[0].isupper() or tokens[first - 1].low in _LINKS):
        first -= 1
    if first > 0 and tokens[first - 1].text not in ',"“”—–:':
        return None
    while first <= k and (tokens[first].low in _LINKS or not tokens[first].text[0].isupper()):
        first += 1
    held = [c for c in sentence.chunks if first <= c.first and c.last <= k + 1]
    links = {t.low for t in tokens[first : k + 1]} & (_LINKS - {"the", "and"})
    if len(held) < 2 and k + 1 - first == (held[0].last - held[0].first if held else 0):
        return None
    if not held or not links or not tokens[k].text[0].isupper() or held[0].kind in ("time", "number", "people", "group"):
        return None
    if tokens[first].low in lexicon().claimants and not tokens[first].cap and first:
        return None
    if sum(c.kind in ("actor", "medium") for c in held) > 1 or any(c.kind in ("time", "weapon") for c in held):
        return None
    known = next((c.known for c in held if c.kind in ("actor", "medium")), None)
    return Chunk(first, k + 1, "actor" if known else "voice", Span(tokens[first].start, tokens[k].end), known=known, head="")


def _behind_by(sentence: Chunked, i: int) -> Chunk | None:
    """ "... was claimed by X": the voice stands behind its passive verb."""
    chunk = next((c for c in sentence.chunks if i + 1 < c.first <= i + 4 and c.kind in _SPEAKERS), None)
    return _best(sentence, chunk) if chunk else None


_HARM = frozenset(("casualty", "casualties", "fatality", "fatalities", "injuries", "victims", "dead"))


def _nobody(sentence: Chunked, source: Chunk) -> bool:
    """ "No group has claimed it", "nobody claimed it": nobody speaks, nor do the dead."""
    if sentence.tokens[source.first].low in ("nobody", "none", "no-one") or source.head in _HARM:
        return True  # "12 casualties reported"
    before = sentence.tokens[source.first - 1].low if source.first else ""
    return before in ("no", "neither") or bool(source.number and source.number.high == 0)


def _subject(sentence: Chunked, i: int) -> tuple[Chunk | None, bool]:
    """The voice of a cue at token i, and whether it only points back."""
    tokens = sentence.tokens
    k = i - 1
    while k >= 0 and (
        (
            tokens[k].low in ("on", "in", "at", "late", "early")
            and k + 1 < i
            and sentence.at[k + 1] >= 0
            and sentence.chunks[sentence.at[k + 1]].kind == "time"
        )
        or tokens[k].low in _ADVERBS
        or tokens[k].text in '"”’)'
        or (sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind == "time")
        or (tokens[k].low == "of" and sentence.at[k + 1] >= 0 and sentence.chunks[sentence.at[k + 1]].kind == "time")
    ):
        k -= 1
    if k >= 0 and tokens[k].low in _PRONOUNS and tokens[k].low != "who":
        return None, True
    if k >= 0 and tokens[k].low == "and":
        return _before_and(sentence, k)
    if k >= 0 and tokens[k].text == ",":
        return _across_apposition(sentence, k, i)
    if k > 2 and (name := _long_name(sentence, k)):
        return name, False
    source = _chunk_at(sentence, k) or _of_its_wing(sentence, k)
    if source is not None and _ends_quotation(sentence, source, i) and (behind := _inverted(sentence, i))[0]:
        return behind
    while source is not None and source.kind in ("state", "name") and (before := _preposition(sentence, source)) is not None:
        # "A militia in Iraq said": who speaks stands before the place.
        k = before - 1
        source = _chunk_at(sentence, k)
    if source is None or k < 0 or tokens[k].text in ".,;:":
        return _inverted(sentence, i)
    if source.kind in ("voice", "group") and _points_back(sentence, source):
        return source, True
    return _best(sentence, source), False


def _of_its_wing(sentence: Chunked, k: int) -> Chunk | None:
    """ "X's armed wing said": the body X."""
    tokens = sentence.tokens
    if k < 3 or tokens[k].low not in ("wing", "arm", "branch"):
        return None
    owner = next((n for n in range(k - 1, max(0, k - 4), -1) if tokens[n].low in ("'s", "’s", "'", "’")), None)
    return None if owner is None else _chunk_at(sentence, owner - 1)


def _ends_quotation(sentence: Chunked, last: Chunk, i: int) -> bool:
    """ "... into X" said Y: whether a stretch ends what is quoted before a cue, and is no name in quotation marks."""
    if sentence.tokens[i - 1].text not in '"”':
        return False
    opened = next((k for k in range(last.first - 1, -1, -1) if sentence.tokens[k].text in '"“'), -1)
    return last.first - opened > _WORDS


def _preposition(sentence: Chunked, chunk: Chunk) -> int | None:
    """The token of the preposition that a place hangs on, its article passed over; None where it hangs on none."""
    k = chunk.first - 1
    if k >= 0 and sentence.tokens[k].low == "the":
        k -= 1
    return k if k >= 0 and sentence.tokens[k].low in ("in", "of", "from", "near", "for", "at") else None


def _chunk_at(sentence: Chunked, k: int) -> Chunk | None:
    """The stretch that ends at token k, closing marks of acronyms and quotes passed over."""
    while k >= 0 and sentence.tokens[k].text in ")]\"”’'(" and sentence.at[k] < 0:
        k -= 1
    if k < 0 or sentence.at[k] < 0:
        return None
    chunk = sentence.chunks[sentence.at[k]]
    return chunk if chunk.kind in _SPEAKERS else None


def _before_and(sentence: Chunked, k: int) -> tuple[Chunk | None, bool]:
    """ "X put out a video and claimed responsibility": the second verb is said of what the first is."""
    for chunk in sentence.chunks:
        if chunk.last > k:
            break
        if chunk.last < len(sentence.tokens) and sentence.tokens[chunk.last].low in ("'s", "’s"):
            continue  # "Sudan's army denied it and blamed ...": the army
        first = chunk.first
        while first and "-" in sentence.tokens[first - 1].low:
            first -= 1  # "the state-backed X"
        before = sentence.tokens[first - 1].low if first else ""
        if chunk.kind in ("actor", "group", "voice", "state", "medium") and (
            not first or before in ("the", "a", "an", ",", "“", '"')
        ):
            return (
                (chunk, True)
                if chunk.kind in ("voice", "group") and _points_back(sentence, chunk)
                else (_best(sentence, chunk), False)
            )
    return None, False


def _across_apposition(sentence: Chunked, k: int, i: int) -> tuple[Chunk | None, bool]:
    """ "X, an umbrella of Y, said": the voice stands before the first comma; ", said X" and "..., X said" do not come here."""
    opening = next((j for j in range(k - 1, -1, -1) if sentence.tokens[j].text == ","), -1)
    goes_on = opening > 0 and sentence.tokens[opening + 1].low in ("and", "but", "while", "as")
    if opening > 0 and not goes_on and (source := _chunk_at(sentence, opening - 1)) and k - opening < 30:
        if source.kind in ("voice", "group") and _points_back(sentence, source):
            return source, True
        return _best(sentence, source), False
    return _inverted(sentence, i)


def _inverted(sentence: Chunked, i: int) -> tuple[Chunk | None, bool]:
    """ "..., said the ministry": the voice stands behind its verb."""
    before = sentence.tokens[i - 1].text if i else ""
    if before not in (",", '"', "”", "’", "'") and i:
        return None, False
    for j in range(i + 1, min(i + 4, len(sentence.tokens))):
        if sentence.at[j] >= 0:
            chunk = sentence.chunks[sentence.at[j]]
            if chunk.kind in ("voice", "actor", "group", "medium", "name"):
                if chunk.kind in ("voice", "group") and _points_back(sentence, chunk):
                    return chunk, True
                return _best(sentence, chunk), False
            return None, False
        if sentence.tokens[j].low in ("that", "it", "on", ":", "in"):
            return None, False
    return None, False


def _is_medium(source: Chunk) -> bool:
    """Whether a voice is one that carries what others say."""
    return (
        source.kind == "medium" or (source.known is not None and source.known.kind == "medium") or source.head in lexicon().media
    )


def _points_back(sentence: Chunked, source: Chunk) -> bool:
    """ "The source", "its statement": a bare noun behind a word that says which."""
    before = sentence.tokens[source.first - 1].low if source.first else ""
    one = source.last - source.first == 1 and not sentence.tokens[source.first].text[0].isupper()  # "the Command" is a name
    return one and sentence.tokens[source.first].low in _BARE and before in _AGAIN - {"a"}


def _best(sentence: Chunked, source: Chunk) -> Chunk:
    """The body that a person speaks for, where it stands right beside the person: "Pentagon press secretary Pat Ryder"."""
    if source.known is not None and source.kind in ("medium", "actor"):
        return source
    if source.kind == "group" and (name := called(sentence, source)):
        return name
    at = sentence.chunks.index(source)
    for other in reversed(sentence.chunks[max(0, at - 3) : at]):
        if (
            other.last >= source.first - 2
            and other.kind in ("actor", "voice", "state")
            and not any(t.text in ".,;:" for t in sentence.tokens[other.last : source.first])
        ):
            if other.kind == "actor" or source.kind == "name":
                return other
            if other.kind == "voice" and source.kind == "name":
                # "Governor X Y": the office and the name are one voice.
                source = replace(
                    source, first=other.first, kind="voice", head=other.head, span=Span(other.span.start, source.span.end)
                )
    return source


def _time(sentence: Chunked, i: int) -> Mention | None:
    """When it was said: a time right behind the cue, or before the voice with nothing that happens between."""
    triggers = lexicon().verbs
    for chunk in sentence.chunks:
        if chunk.kind != "time" or _of_a_deed(sentence, chunk):
            continue
        between = sentence.tokens[i + 1 : chunk.first] if chunk.first > i else sentence.tokens[chunk.last : i]
        if len(between) > (9 if chunk.first > i else 24):
            continue
        if chunk.last <= i and between and between[0].low == "," and _is_comma(sentence, i + 1):
            continue  # "On Tuesday, the rebels said, a jet bombed the market"
        if any(t.text in ";:" or t.low == "that" for t in between) and chunk.first > i:
            continue
        busy = (chunk.first > i and any(t.low in _AUXILIARY for t in between)) or any(
            t.low in triggers or t.low in lexicon().nouns or (t.low in lexicon().speech and t.low not in ("statement",))
            for t in between
        )
        opens = chunk.first <= 2 or (chunk.first <= 6 and any(t.low in _SAYINGS for t in sentence.tokens[: chunk.first]))
        if not busy and (chunk.first > i or opens or i - chunk.last <= 1):
            return Mention(chunk.span, MentionKind.TIME)
    return None


_AUXILIARY = frozenset(("had", "has", "have", "was", "were", "is", "are"))
"""What opens what is said: "said it had blown up a tank on Monday"."""


def _is_comma(sentence: Chunked, i: int) -> bool:
    return i < len(sentence.tokens) and sentence.tokens[i].low == ","


# "In a statement on Monday the army said".
_SAYINGS = frozenset(("statement", "message", "post", "communique", "communiqué", "briefing", "interview", "video", "letter"))
_TIME_GOES_ON = frozenset(("'s", "’s", "morning", "afternoon", "evening", "night"))


def _of_a_deed(sentence: Chunked, time: Chunk) -> bool:
    """ "Friday's drone strike", "the Friday morning attack": a time that stands before a deed says when that was."""
    for k in range(time.last, min(time.last + 4, len(sentence.tokens))):
        if sentence.tokens[k].low in lexicon().nouns:
            return True
        weapon = sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind == "weapon"
        if not weapon and sentence.tokens[k].low not in _TIME_GOES_ON:
            return False
    return False


def _nested(found: list[Voice]) -> list[Voice]:
    """Media first: a medium carries whoever speaks in the same sentence. One voice is heard once."""
    seen: set[tuple[Span, bool] | None] = set()
    ordered: list[Voice] = []
    for voice in sorted(found, key=lambda v: (not v.attribution.medium, v.cue)):
        source = voice.attribution.source
        key = (source.span, voice.attribution.stance is Stance.DENIES) if source else None
        if key is not None and key in seen:
            continue
        seen.add(key)
        ordered.append(voice)
    return ordered
