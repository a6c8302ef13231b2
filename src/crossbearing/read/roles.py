"""Hang parties, means, places and times on the words that speak of happenings, by nearness within the clause.

A sentence gives one draft for each happening that it tells apart. Words for one happening in one clause ("fired rockets
that hit the base") are folded; a party and its target that change places make two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crossbearing.model.mention import Happening, Mention, MentionKind, Realis, Role, RoleName, Stance
from crossbearing.model.text import Span
from crossbearing.read.casualties import Casualty
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import lexicon
from crossbearing.read.triggers import Found, left_bound, right_bound
from crossbearing.read.voices import Voice
from crossbearing.words.numbers import NumberWords
from crossbearing.words.times import Beginning, Bound, Length, Within

_ARTICLES = frozenset("the a an its their his some both".split())
_PARTY = ("actor", "group", "state", "adjective", "medium")
_VICTIM = ("actor", "group", "people", "state", "voice")
_SPOT = ("site", "area", "name")
_OUT = frozenset(
    "in on at near of from to with against for into over inside across around outside within toward towards amid under targeting between along through by than like".split()
)
_AT = frozenset("at on against into toward towards near targeting".split())
_GENERIC_HEAD = frozenset(
    "fighters fighter members member forces force militants militant units unit troops soldiers elements men gunmen personnel factions faction group groups".split()
)
_MANY = re.compile(
    r"\b(?:dozens|scores|hundreds|thousands|series|string|spate|wave of|run of|jump in|spike in|uptick in|flurry of|barrage of attacks|repeated|numerous|many|most|various|such|similar|any|more|further|all|recent|previous|past|other|almost daily|daily|regular(?:ly)?|often|usually|"
    r"in recent (?:days|weeks|months)|in the past|over the past|times|times or more|stepped up|step up|intensified|increased|risen|rise|surge|escalat\w+|have (?:repeatedly|often|regularly)|more and more|since)\b",
    re.I,
)
_PERIOD = re.compile(r"^(?:since|from|over|in recent|in the (?:past|last)|during|for the past|for)\b", re.I)
_TYPE_ORDER = ("suicide", "chemical", "air", "shelling", "grenade", "ied", "arms")
_ORDINAL = {w: n for n, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)}


@dataclass(frozen=True, slots=True)
class Draft:
    """A happening as one sentence tells it, and the party that later sentences may mean by "it"."""

    happening: Happening
    party: Mention | None


def drafts(
    text: str,
    cut: Chunked,
    found: list[Found],
    heard: list[Voice],
    hurt: list[Casualty],
    voice: Mention | None,
    party: Mention | None,
) -> list[Draft]:
    """The happenings of one sentence."""
    zones = motives(cut)
    usable = [
        f for f in found if _stands(text, cut, f) and not any(a < f.first < b for a, b in zones if not _since_alone(cut, a))
    ]
    if any(f.realis in (Realis.ASSERTED, Realis.FOILED) for f in usable):
        usable = [f for f in usable if f.realis is not Realis.PLANNED]
    strong = [f for f in usable if f.trigger.cls not in ("casualty", "foil")]
    foils = [f for f in usable if f.trigger.cls == "foil"]
    chosen = strong or foils or [f for f in usable if f.trigger.cls == "casualty" and not all(h.cumulative for h in hurt)]
    made = [_draft(text, cut, f, heard, voice, party) for f in chosen]
    foiled = bool(foils) and any(f.realis is Realis.ASSERTED for f in foils)
    if foiled and strong:
        made = [
            replace(d, happening=replace(d.happening, realis=Realis.FOILED))
            if d.happening.realis in (Realis.ASSERTED, Realis.FOILED) and _foil_covers(cut, d, foils)
            else d
            for d in made
        ]
    return [piece for draft in _folded(text, cut, made) for piece in _split(cut, draft)]


def _since_alone(cut: Chunked, start: int) -> bool:
    """ "Since" dates what stands behind it, but "the first since" tells of what stands before; neither hides a trigger of its own clause."""
    return False


def opens_period(chunk: Chunk) -> bool:
    """Whether a time says since when rather than when."""
    words = chunk.time
    return words is not None and (
        words.bound in (Bound.SINCE, Bound.BEFORE, Bound.UNTIL) or isinstance(words.form, Within | Length | Beginning)
    )


def _foil_covers(cut: Chunked, draft: Draft, foils: list[Found]) -> bool:
    """ "Shot down" speaks of the happening unless it comes with words that something hit."""
    words = " ".join(t.low for t in cut.tokens)
    return not re.search(
        r"\b(?:direct(?:ly)? hit|hit directly|one (?:of them )?(?:did )?(?:hit|reach)|but (?:one|the third|another))\b", words
    )


def _stands(text: str, cut: Chunked, found: Found) -> bool:
    """Whether the trigger has what its class needs: a weapon to launch, people to engage, a party that claims an operation."""
    lo, hi = left_bound(cut, found.first), right_bound(cut, found.last - 1)
    near = [c for c in cut.chunks if lo <= c.first < hi]
    cls = found.trigger.cls
    if cls in ("weapon", "weapon-subject"):
        if found.trigger.lemma == "send" and not any(t.low in _AT for t in cut.tokens[found.first : hi]):
            return False
        return any(c.kind == "weapon" and abs(c.first - found.first) < 12 for c in near) or (
            found.trigger.lemma == "fire" and found.last < len(cut.tokens) and cut.tokens[found.last].low in ("on", "at", "upon")
        )
    if cls == "engage":
        return any(c.kind in ("people", "group", "weapon") and found.last <= c.first <= found.last + 4 for c in near)
    if cls == "foil":
        return any(c.kind == "weapon" for c in cut.chunks) or any(
            t.low in ("attack", "attacks", "strike", "strikes", "raid", "assault", "plot") for t in cut.tokens
        )
    if cls == "claimed":
        return any(
            t.low in ("claimed", "claims", "announced", "announces", "carried", "conducted", "responsibility") for t in cut.tokens
        ) and not any(c.kind == "actor" and c.last == found.first for c in cut.chunks)
    return cls != "campaign"


def _draft(text: str, cut: Chunked, found: Found, heard: list[Voice], voice: Mention | None, party: Mention | None) -> Draft:
    lo, hi = left_bound(cut, found.first), right_bound(cut, found.last - 1)
    weapons = _weapons(cut, found, lo, hi)
    doers, targets = _parties(text, cut, found, lo, hi, heard, voice, party)
    spots = _spots(cut, found, lo, hi, heard)
    whens = _times(cut, found, heard)
    event_type, sub = _type(cut, found, weapons, doers, targets)
    parts = [Role(RoleName.PERPETRATOR, m) for m in doers] + [Role(RoleName.TARGET, _as_mention(c)) for c in targets]
    parts += [Role(RoleName.MEANS, _as_mention(c)) for c in weapons] + [Role(RoleName.PLACE, _as_mention(c)) for c in spots]
    parts += [Role(RoleName.TIME, _as_mention(c)) for c in whens]
    realis = Realis.FOILED if found.trigger.cls == "foil" and found.realis is Realis.ASSERTED else found.realis
    if found.noun and realis is Realis.ASSERTED and _recalled(cut, found, lo):
        realis = Realis.BACKGROUND
    happening = Happening(
        trigger=Span(cut.tokens[found.first].start, cut.tokens[found.last - 1].end),
        sentence=cut.span,
        event_type=event_type,
        sub_event_type=sub,
        realis=realis,
        roles=tuple(parts),
        generic=_generic(cut, found, lo, hi, whens),
        ordinal=_ordinal(cut, found),
        score=0.9 if found.trigger.cls not in ("casualty", "blast", "foil") else 0.6,
    )
    return Draft(happening, doers[0] if doers else None)


def _recalled(cut: Chunked, found: Found, lo: int) -> bool:
    """ "... after the massacre": a noun behind "after" recalls what its sentence does not tell."""
    if any(
        c.time is not None and c.time.bound in (Bound.AFTER, Bound.SINCE) and 0 <= found.first - c.last <= 4 for c in cut.chunks
    ):
        return True
    if not lo or cut.tokens[lo - 1].low not in ("after", "following", "since"):
        return False
    return found.first - lo <= 7 and any(t.low in lexicon().verbs or t.low in lexicon().nouns for t in cut.tokens[: lo - 1])


def _as_mention(chunk: Chunk) -> Mention:
    kind = {
        "actor": MentionKind.GROUP,
        "state": MentionKind.STATE,
        "adjective": MentionKind.STATE,
        "group": MentionKind.GROUP,
        "people": MentionKind.PEOPLE,
        "voice": MentionKind.ORGANISATION,
        "medium": MentionKind.ORGANISATION,
        "site": MentionKind.FACILITY,
        "weapon": MentionKind.WEAPON,
        "time": MentionKind.TIME,
        "number": MentionKind.FIGURE,
    }.get(chunk.kind, MentionKind.PLACE)
    return Mention(chunk.span, kind, chunk.known.id if chunk.known else None)


def _before(cut: Chunked, chunk: Chunk) -> str:
    """The word before a stretch, articles and quotation marks passed over."""
    k = chunk.first - 1
    while k >= 0 and (
        cut.tokens[k].low in ("the", "a", "an", "its", "their", "two", "three", "several", "many")
        or cut.tokens[k].text in "\"“‘'"
        or (cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind == "number")
    ):
        k -= 1
    return cut.tokens[k].low if k >= 0 else ""


def _weapons(cut: Chunked, found: Found, lo: int, hi: int) -> list[Chunk]:
    """The weapons of the clause, else those of the sentence: the nearest first."""
    near = [c for c in cut.chunks if c.kind == "weapon" and lo <= c.first < hi]
    return sorted(
        near or [c for c in cut.chunks if c.kind == "weapon" and abs(c.first - found.first) < 14],
        key=lambda c: abs(c.first - found.first),
    )[:3]


def _parties(
    text: str, cut: Chunked, found: Found, lo: int, hi: int, heard: list[Voice], voice: Mention | None, party: Mention | None
) -> tuple[list[Mention], list[Chunk]]:
    """Who does it, and to whom."""
    doers = _doers(text, cut, found, lo, hi)
    if not doers and found.trigger.lemma != "die" and _own_deed(cut, found, heard):
        spoken = next((v.attribution.source for v in heard if v.attribution.source and _armed_voice(v)), None) or (
            voice if any(v.again for v in heard) else None
        )
        if spoken is None and _defends(cut):
            spoken = next((v.attribution.source for v in heard if v.source and v.source.head in _COMMANDS), None)
        doers = [spoken] if spoken else []
    if not doers and found.trigger.lemma != "die" and not found.passive and not found.noun and _subject_pronoun(cut, found, lo):
        doers = [m for m in (voice if heard else None, party) if m][:1]
    if doers and _points_back(cut, doers[0]):
        doers = [
            m
            for m in (
                next((v.attribution.source for v in heard if v.attribution.source and _armed_voice(v)), None),
                voice if heard else None,
                party,
            )
            if m
        ][:1] or doers
    targets = _targets(cut, found, lo, hi)
    return doers, [t for t in targets if all(t.span != d.span for d in doers)]


def _doers(text: str, cut: Chunked, found: Found, lo: int, hi: int) -> list[Mention]:
    by = _by(cut, found, hi)
    if by:
        return [_as_mention(by)]
    if found.trigger.cls == "foil" or (found.trigger.cls == "casualty" and found.passive):
        return []
    if found.noun:
        return [_as_mention(c) for c in _noun_doer(cut, found, lo)]
    if found.passive:
        return []
    subject = _subject(cut, found.first, lo)
    if subject is None or subject.kind not in _PARTY:
        of = _owner(cut, subject) if subject and subject.kind == "weapon" else None
        return [_as_mention(of)] if of else []
    if found.trigger.lemma == "die":
        return []
    return [_as_mention(_unfolded(cut, subject))]


def _by(cut: Chunked, found: Found, hi: int) -> Chunk | None:
    """ "... by X": the party behind the trigger."""
    for k in range(found.last, min(found.last + 14, len(cut.tokens))):
        if cut.tokens[k].low == "by" and cut.at[k] < 0:
            if k > found.last and (
                cut.tokens[k - 1].low.endswith("ed") or cut.tokens[k - 1].low in ("held", "run", "led", "seen", "known", "used")
            ):
                continue  # "the airbase, held by X": X holds it, and does not strike it
            nxt = next(
                (
                    c
                    for c in cut.chunks
                    if k < c.first <= k + 3
                    and all(t.low in _ARTICLES or not t.text.isalnum() for t in cut.tokens[k + 1 : c.first])
                ),
                None,
            )
            if (
                nxt
                and nxt.kind in ("state", "adjective")
                and nxt.last < len(cut.tokens)
                and cut.at[nxt.last] >= 0
                and cut.chunks[cut.at[nxt.last]].kind in ("site", "area")
            ):
                return None
            if nxt and nxt.kind == "number":
                nxt = next((c for c in cut.chunks if c.first == nxt.last), None)
            if nxt and nxt.kind == "weapon":
                return _owner(cut, nxt)
            if nxt and nxt.kind in _PARTY:
                return _unfolded(cut, nxt)
            return None
        if cut.tokens[k].text in ";:" or cut.tokens[k].low in ("said", "according"):
            return None
    return None


def _noun_doer(cut: Chunked, found: Found, lo: int) -> list[Chunk]:
    """ "A US airstrike", "X's attack", "X carried out an attack"."""
    k = found.first - 1
    while (
        k >= lo
        and (cut.at[k] < 0 or cut.chunks[cut.at[k]].kind in ("weapon", "number"))
        and cut.tokens[k].low not in _OUT
        and cut.tokens[k].text not in ",;."
    ):
        if cut.tokens[k].low in lexicon().support or cut.tokens[k].low in ("behind", "launched"):
            subject = _subject(cut, k, lo)
            return [_unfolded(cut, subject)] if subject and subject.kind in _PARTY else []
        if cut.tokens[k].low in lexicon().verbs or cut.tokens[k].low in lexicon().speech:
            break
        k -= 1
    if k >= lo and cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind in _PARTY and found.first - k <= 6:
        owner = cut.chunks[cut.at[k]]
        verb_between = any(t.low in lexicon().support for t in cut.tokens[k + 1 : found.first])
        if found.first - owner.last <= 3 or verb_between:
            return [owner]
    for k in range(found.first - 1, max(lo - 1, found.first - 8), -1):
        if cut.tokens[k].low in lexicon().support and cut.at[k] < 0:
            subject = _subject(cut, k, lo)
            if subject and subject.kind in _PARTY:
                return [_unfolded(cut, subject)]
    return []


def _subject(cut: Chunked, i: int, lo: int) -> Chunk | None:
    """The stretch that a verb at token i is said of: the nearest before it that hangs on no preposition."""
    reach = lo
    if lo and cut.tokens[lo - 1].low in ("who", "which", "that"):
        reach = max(0, lo - 5)
    left = [c for c in cut.chunks if reach <= c.first and c.last <= i and c.kind not in ("time", "number")]
    for chunk in reversed(left):
        if _before(cut, chunk) not in _OUT | {"("}:
            return chunk
    return None


def _owner(cut: Chunked, chunk: Chunk | None) -> Chunk | None:
    """ "Drones of X", "X drones", "Shia drones": whose a weapon is."""
    if chunk is None:
        return None
    prior = next((c for c in cut.chunks if c.last == chunk.first and c.kind in _PARTY), None)
    after = next(
        (
            c
            for c in cut.chunks
            if chunk.last < c.first <= chunk.last + 3 and c.kind in _PARTY and _before(cut, c) in ("of", "from", "by")
        ),
        None,
    )
    return prior or after


def _unfolded(cut: Chunked, chunk: Chunk) -> Chunk:
    """ "Fighters of the X": the X. "X fighters" is itself."""
    if chunk.head in _GENERIC_HEAD and chunk.known is None:
        after = next(
            (
                c
                for c in cut.chunks
                if chunk.last < c.first <= chunk.last + 3 and c.kind == "actor" and _before(cut, c) in ("of", "from")
            ),
            None,
        )
        return after or chunk
    return chunk


_COMMANDS = frozenset(("official", "officials", "command", "department", "army", "military", "spokesperson", "spokesman"))


def _defends(cut: Chunked) -> bool:
    """Whether a body speaks of its own "self-defence strike"."""
    return bool(re.search(r"self ?- ?defen[sc]e", " ".join(t.low for t in cut.tokens)))


def _points_back(cut: Chunked, doer: Mention) -> bool:
    """ "Its fighters", "the group": a bare head that goes back to a party named before."""
    chunk = next((c for c in cut.chunks if c.span == doer.span), None)
    if chunk is None or chunk.kind != "group" or chunk.known is not None or chunk.last - chunk.first > 1 or not chunk.first:
        return False
    return cut.tokens[chunk.first - 1].low in ("its", "their", "the", "this", "same", "'s", "’s") and chunk.head in _GENERIC_HEAD


def _armed_voice(voice: Voice) -> bool:
    """Whether a voice is a party that could claim a deed rather than one that reports it."""
    source = voice.source
    return bool(source and source.kind in ("actor", "group", "state") and not voice.attribution.medium)


def _own_deed(cut: Chunked, found: Found, heard: list[Voice]) -> bool:
    """Whether the words tell of the speaker's own deed: a claim of responsibility, "says its drone hit", "announced a strike"."""
    words = " ".join(t.low for t in cut.tokens)
    if re.search(
        r"claim\w* (?:the )?responsib|claimed credit|responsib\w+ for|says? (?:it|they) (?:was|were) behind|was behind|endorsed|took responsib",
        words,
    ):
        return found.noun or found.trigger.cls != "foil"
    if any(v.attribution.stance is Stance.CLAIMS for v in heard):
        return True
    if re.search(r"self - ?defen[sc]e|self-defen[sc]e|precision strikes?", words) and found.trigger.cls in (
        "open",
        "air",
        "engage",
        "weapon",
    ):
        return True
    if found.trigger.cls in ("engage",) and any(_armed_voice(v) for v in heard):
        return True
    lo = left_bound(cut, found.first)
    near = [t.low for t in cut.tokens[max(lo - 1, 0) : found.first]]
    if found.noun:
        return any(w in ("announced", "announces", "claimed", "claims", "announcing") for w in near)
    return any(w in ("its", "their", "it", "they") for w in near) and any(_armed_voice(v) or v.again for v in heard)


def _subject_pronoun(cut: Chunked, found: Found, lo: int) -> bool:
    return (
        any(t.low in ("it", "they", "its", "their") for t in cut.tokens[max(lo, found.first - 4) : found.first])
        and _subject(cut, found.first, lo) is None
    )


def _targets(cut: Chunked, found: Found, lo: int, hi: int) -> list[Chunk]:
    """To whom it is done: the subject of a passive, the object of a verb, what stands behind "on", "against", "at"."""
    if found.trigger.cls in ("blast",) or found.trigger.cls == "foil":
        return [c for c in cut.chunks if c.kind in ("site", "group") and _before(cut, c) in _AT][:2]
    if found.passive or found.trigger.lemma == "die" or _came_under(cut, found):
        subject = _subject(cut, found.first - (2 if _came_under(cut, found) else 0), lo)
        if subject and subject.kind in (*_VICTIM, "site", "name") and found.trigger.cls not in ("weapon",):
            return [subject]
    behind = [c for c in cut.chunks if found.last <= c.first < hi and c.kind in (*_VICTIM, "site", "name")]
    if found.noun or found.trigger.cls.startswith("weapon"):
        behind = [
            c
            for c in behind
            if _before(cut, c) in _AT
            or (_before(cut, c) in ("of", "in") and c.kind in ("people", "group"))
            or (_before(cut, c) == "of" and c.kind == "site")
        ]
    elif behind and behind[0].first - found.last > 5:
        return []
    taken: list[Chunk] = []
    for chunk in behind:
        if taken and not _joined(cut, taken[-1], chunk):
            break
        taken.append(chunk)
    return taken[:3]


def _came_under(cut: Chunked, found: Found) -> bool:
    before = [t.low for t in cut.tokens[max(0, found.first - 4) : found.first]]
    return found.noun and "under" in before and any(w in ("came", "come", "comes", "coming", "was", "were", "is") for w in before)


def _joined(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    between = [t.low for t in cut.tokens[one.last : other.first]]
    return len(between) <= 4 and all(
        w in ("and", ",", "the", "a", "an", "at", "in", "near", "of", "on", "forces", "base") for w in between
    )


def _spots(cut: Chunked, found: Found, lo: int, hi: int, heard: list[Voice]) -> list[Chunk]:
    """The places of the clause, those behind the trigger first; else of the sentence. A voice's own country is none."""
    voices = [v.source.span for v in heard if v.source]
    cue = [v.cue for v in heard]
    zones = motives(cut)
    head = dateline(cut)

    def off(c: Chunk) -> bool:
        """Whether the stretch stands in words for why or since when, or in the dateline."""
        return c.first < head or any(a <= c.first < b and not a <= found.first < b for a, b in zones)

    def usable(c: Chunk) -> bool:
        if c.kind not in (*_SPOT, "state") or not c.named or any(s.meets(c.span) for s in voices) or off(c):
            return False
        if c.kind == "state" and _before(cut, c) not in (
            "in",
            "across",
            "inside",
            "into",
            "northern",
            "southern",
            "eastern",
            "western",
            "northeastern",
            "northwestern",
            "southeastern",
            "southwestern",
            "central",
            "and",
            ",",
            "neighboring",
            "neighbouring",
            "from",
            "'s",
            "’s",
            "on",
            "within",
            "throughout",
        ):
            return False
        if c.kind == "state" and c.last < len(cut.tokens) and (cut.at[c.last] >= 0 or cut.tokens[c.last].low in lexicon().verbs):
            return False  # "US bases", "Israel bombed": the state is a party here
        if _before(cut, c) == "to" and _ties(cut, c):
            return False
        if (
            c.kind == "name"
            and _before(cut, c)
            not in _OUT | {",", "and", "city", "town", "village", "of", "called", "named", "(", "capital", "–", "-", "as"}
            and not (c.first >= found.last)
        ):
            return False
        return _before(cut, c) != "from" or c.kind != "state"

    all_ = [c for c in cut.chunks if usable(c)]
    inside = [c for c in all_ if lo <= c.first < hi]
    behind = [c for c in inside if c.first >= found.last]
    before = [c for c in inside if c.last <= found.first]
    chosen = behind + before if not found.passive else before + behind
    named = [c for c in chosen if c.named]
    if not any(c.named for c in chosen) or all(c.kind == "state" for c in named):
        rest = [c for c in all_ if c not in chosen and c.named and not any(abs(c.first - k) < 2 for k in cue)]
        chosen = chosen + sorted(rest, key=lambda c: abs(c.first - found.first))
    return chosen[:6]


def _owns(cut: Chunked, i: int) -> bool:
    """Whether what stands behind a possessive is no place: "Gaza's people", against "Iraq's Anbar province"."""
    for k in range(i, min(i + 4, len(cut.tokens))):
        if cut.at[k] >= 0:
            return cut.chunks[cut.at[k]].kind not in ("site", "area", "name")
        if cut.tokens[k].low in (
            "northern",
            "southern",
            "eastern",
            "western",
            "central",
            "north",
            "south",
            "east",
            "west",
            "northeastern",
            "northwestern",
            "southeastern",
            "southwestern",
        ):
            return False
    return True


def _located(cut: Chunked, chunk: Chunk, found: Found) -> bool:
    """Whether a bare name stands where a place would: behind a preposition, in a list behind one, or as the object of the trigger."""
    before = _before(cut, chunk)
    if before in ("city", "town", "village", "called", "named", "capital", "as"):
        return True
    if before in _OUT - {"by", "with", "from", "like", "than"}:
        return True
    if before in (",", "and"):
        k = next((c for c in reversed(cut.chunks) if c.last <= chunk.first - 1), None)
        return (
            k is not None
            and chunk.first - k.last <= 3
            and (k.kind in ("site", "area", "state") or (k.kind == "name" and _located(cut, k, found)))
        )
    return not found.noun and not found.passive and 0 <= chunk.first - found.last <= 2


_MOTIVES = re.compile(
    r"\b(?:in (?:\w+ )?(?:response|retaliation|reply|answer|revenge|reprisal|support|solidarity|protest|return)|retaliation for|because of|because|since|amid|as part of|over (?:the |its |their )?(?:\w+(?:['’]s)? )?(?:support|part|war|backing|role|crimes)|"
    r"after (?:the )?(?:start|outbreak|beginning)|support for|backing of|pointing to|against (?:the )?(?:people|crimes)|the war (?:on|in|against)|war (?:on|in)|condemn\w*|crimes|gave as (?:a )?reason|for (?:its|their|the) (?:support|crimes|role)|in the name of|the fight against|to (?:avenge|support|help|protest))\b",
    re.I,
)


def motives(cut: Chunked) -> list[tuple[int, int]]:
    """The stretches of tokens that say why, or since when: what is named there is not where it happened."""
    text = " ".join(t.text for t in cut.tokens)
    starts: list[int] = []
    at = 0
    offsets = {}
    for i, token in enumerate(cut.tokens):
        offsets[at] = i
        at += len(token.text) + 1
    starts = [offsets[m.start()] for m in _MOTIVES.finditer(text) if m.start() in offsets]
    zones: list[tuple[int, int]] = []
    for start in starts:
        end = next(
            (k for k in range(start + 1, len(cut.tokens)) if cut.tokens[k].text in ",;" and cut.at[k] < 0), len(cut.tokens)
        )
        # At the head of a sentence the reason ends at its comma; a list within it is rare.
        zones.append((start, end))
    return zones


def _clause_end(cut: Chunked, start: int) -> int:
    """The next comma or semicolon outside of brackets."""
    depth = 0
    for k in range(start + 1, len(cut.tokens)):
        text = cut.tokens[k].text
        depth += (text in "([") - (text in ")]")
        if text in ",;" and depth <= 0 and cut.at[k] < 0:
            return k
    return len(cut.tokens)


_DATELINE = re.compile(
    r"^(?:\([^)]{2,60}\)\s*)?(?:[A-Z][\w'’. -]{2,40}(?:,[^–—:/]{0,40})?(?:\s*\([^)]{2,40}\))?\s*(?:[-–—:]{1,2}|\.?\s*/[A-Z]{2,12}/\.?)\s|[A-Z][\w .]{2,30}\s?/\s)"
)


def dateline(cut: Chunked) -> int:
    """The token behind a dateline or an agency's slug ("BAGHDAD (Reuters) - "); 0 where the sentence has none."""
    text = cut_text(cut)
    match = _DATELINE.match(text)
    if match is None or not (match.group()[:4].isupper() or "(" in match.group() or "/" in match.group()):
        return 0
    end = cut.tokens[0].start + match.end()
    return next((i for i, t in enumerate(cut.tokens) if t.start >= end), 0)


def cut_text(cut: Chunked) -> str:
    """The first words of the sentence as they stand, blanks where tokens leave them."""
    first = cut.tokens[0].start if cut.tokens else 0
    out: list[str] = []
    at = first
    for token in cut.tokens[:40]:
        out.append(" " * (token.start - at) + token.text)
        at = token.end
    return "".join(out)


def _ties(cut: Chunked, chunk: Chunk) -> bool:
    """ "Factions close to X": a party's ties, not a place."""
    k = chunk.first - 1
    while k > 0 and cut.tokens[k].low in ("to", "close", "loyal", "tied", "linked", "allied", "affiliated", "the", "next"):
        k -= 1
    return k >= 0 and cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind in ("group", "people", "actor", "voice")


def _times(cut: Chunked, found: Found, heard: list[Voice]) -> list[Chunk]:
    """The times of the happening, nearest first: those of what was said are the voices'."""
    spoken = [v.attribution.time.span for v in heard if v.attribution.time]
    zones, head = motives(cut), dateline(cut)
    found_times = [
        c
        for c in cut.chunks
        if c.kind == "time"
        and c.span not in spoken
        and c.first >= head
        and not any(a < c.first < b and not a <= found.first < b for a, b in zones)
    ]
    return sorted(found_times, key=lambda c: (abs(c.first - found.first), c.first))


def _type(cut: Chunked, found: Found, weapons: list[Chunk], doers: list[Mention], targets: list[Chunk]) -> tuple[str, str]:
    """The event type: what the word says, narrowed by the means, else by whom it befalls."""
    lex = lexicon()
    means = [lex.weapons.get(w.head, "") for w in weapons]
    cls = found.trigger.cls
    kind = next((k for k in _TYPE_ORDER if k in means), None)
    if cls in lex.types and cls not in ("attack", "clash", "strike"):
        return lex.types[cls]
    if (
        kind
        and kind != "arms"
        and cls in ("open", "weapon", "weapon-subject", "blast", "foil", "bombing", "casualty", "claimed", "engage", "attack")
    ):
        return lex.types[kind]
    if cls == "bombing":
        return lex.types["ied"]
    if cls == "blast":
        return lex.types["strike"]
    if cls in ("attack", "clash"):
        return lex.types[cls]
    civil = bool(targets) and targets[0].kind == "people"
    if cls in ("casualty", "engage"):
        return lex.types["attack" if civil else "clash"]
    if kind == "arms" or any(
        t.low in ("gunmen", "bandits", "militiamen", "stormed", "ambushed", "raided", "opened") for t in cut.tokens
    ):
        return lex.types["attack" if civil else "clash"]
    return lex.types["strike"]


_TIMES = re.compile(
    r"\b\d+ times (?:or more )?(?:since|in|over|between|from)\b|\b\d+ times or more\b|\b(?:dozens|scores) of times\b|\b(?:several|many|\d+|two|three|four|five|six) times\b"
)
_HABIT = re.compile(r"\b(?:often|usually|regularly|repeatedly|frequently|routinely|in past years|almost daily|every day|more and more)\b")
_PERFECT = re.compile(
    r"\b(?:have|has|had) (?:\w+ )?(?:been )?(?:\w+ly )?(?:answered|carried|conducted|launched|claimed|stepped|attacked|targeted|fired|made|hit|struck|staged|"
    r"seen|faced|killed|mounted|recorded|intensified|increased|used|assaulted|come under)"
)
_PERIODS = re.compile(r"\bsince\b|\bin recent\b|\bover the past\b|\bin the past\b|\bso far\b|\blately\b|\bnow\b.{0,20}\b(?:dozens|scores)\b")


def _generic(cut: Chunked, found: Found, lo: int, hi: int, whens: list[Chunk]) -> bool:
    """Whether the words speak of many happenings or of a habit, so that no single one can be drawn from them."""
    words = " ".join(t.low for t in cut.tokens)
    window = " ".join(t.low for t in cut.tokens[max(lo, found.first - 9) : min(hi, found.last + 8)])
    if _HABIT.search(window) or (_TIMES.search(words) and "first" not in window and "second time" not in window):
        return True
    perfect = _PERFECT.search(window)
    period = any(opens_period(c) for c in whens) or bool(_PERIODS.search(words))
    counted = next(
        (c.number for c in cut.chunks if c.kind == "number" and c.last <= found.first <= c.last + 3 and found.noun), None
    )
    if found.noun and found.trigger.form == "plural" and _many(cut, found, lo, hi, whens, counted, bool(perfect), period):
        return True
    if perfect and period:
        return not re.search(r"\b(?:first|second|third|latest)\b", window)
    return found.trigger.form in ("base", "s") and not found.noun and bool(_MANY.search(window)) and "more than" not in window


def _many(
    cut: Chunked, found: Found, lo: int, hi: int, whens: list[Chunk], counted: NumberWords | None, perfect: bool, period: bool
) -> bool:
    """Whether a plural noun speaks of more happenings than the sentence tells apart."""
    if counted:
        return (counted.low or 0) >= 5 or perfect or period
    if period or _MANY.search(" ".join(t.low for t in cut.tokens[max(lo, found.first - 6) : found.first])):
        return True
    before = cut.tokens[found.first - 1].low if found.first else ""
    return before in ("past", "earlier", "against", "from") or not _pinned(cut, found, lo, hi, whens)


def _pinned(cut: Chunked, found: Found, lo: int, hi: int, whens: list[Chunk]) -> bool:
    """Whether a plural is held to one place or day: a named spot in its clause, "the attacks", a day of its own."""
    before = [t.low for t in cut.tokens[max(lo, found.first - 4) : found.first]]
    if any(w in ("the", "these", "those", "both") for w in before[-2:]):
        return True
    named = any(c.kind in _SPOT and c.named and lo <= c.first < hi for c in cut.chunks)
    return named or any(c.time is not None and c.time.has_day and not opens_period(c) for c in whens)


def _ordinal(cut: Chunked, found: Found) -> int | None:
    """ "The second raid": the happening's place in a told order."""
    if match := re.search(r"\bfor the (second|third|fourth|fifth) time\b", " ".join(t.low for t in cut.tokens)):
        return _ORDINAL[match.group(1)]
    for token in cut.tokens[max(0, found.first - 4) : found.first]:
        if token.low in _ORDINAL and found.noun:
            return _ORDINAL[token.low]
        if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", token.low):
            return int(match.group(1))
    return None


def _folded(text: str, cut: Chunked, made: list[Draft]) -> list[Draft]:
    """Words of one sentence for one happening, put together: the first to be asserted leads."""
    kept: list[Draft] = []
    for draft in made:
        same = next((k for k, other in enumerate(kept) if _one(text, cut, other, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            kept[same] = _merged(kept[same], draft)
    return kept


def _one(text: str, cut: Chunked, a: Draft, b: Draft) -> bool:
    """Whether two drafts of a sentence are one happening: alike in what is real, and with no party on both ends."""
    x, y = a.happening, b.happening
    if x.generic != y.generic or (
        x.realis is not y.realis and Realis.ASSERTED in (x.realis, y.realis) and Realis.FOILED not in (x.realis, y.realis)
    ):
        return False
    between = text[min(x.trigger.end, y.trigger.end) : max(x.trigger.start, y.trigger.start)].lower()
    if re.search(
        r"\b(?:after|in response to|in retaliation|following|in answer to|another|a second|while|came after|followed by)\b",
        between,
    ) and (x.role(RoleName.PERPETRATOR) or y.role(RoleName.PERPETRATOR) or "another" in between or "a second" in between):
        return False
    doers_x, doers_y = {m.span for m in x.role(RoleName.PERPETRATOR)}, {m.span for m in y.role(RoleName.PERPETRATOR)}
    targets_x, targets_y = {m.span for m in x.role(RoleName.TARGET)}, {m.span for m in y.role(RoleName.TARGET)}
    if doers_x & targets_y or doers_y & targets_x:
        return False
    return not (
        doers_x
        and doers_y
        and not doers_x & doers_y
        and "and" in between.split()
        and targets_x
        and targets_y
        and not targets_x & targets_y
    )


def _merged(a: Draft, b: Draft) -> Draft:
    x, y = (a.happening, b.happening) if a.happening.score >= b.happening.score else (b.happening, a.happening)
    held = {(r.name, r.mention.span) for r in x.roles}
    names = {r.name for r in x.roles}
    extra = tuple(
        r
        for r in y.roles
        if (r.name, r.mention.span) not in held
        and (r.name in (RoleName.PLACE, RoleName.MEANS, RoleName.TIME) or r.name not in names)
    )
    finer = (
        y
        if x.sub_event_type == "Strike, means unknown" and y.sub_event_type != x.sub_event_type and y.event_type == x.event_type
        else x
    )
    realis = Realis.FOILED if Realis.FOILED in (x.realis, y.realis) else x.realis
    return Draft(
        replace(
            x,
            roles=x.roles + extra,
            sub_event_type=finer.sub_event_type,
            event_type=finer.event_type,
            realis=realis,
            ordinal=x.ordinal or y.ordinal,
        ),
        a.party or b.party,
    )


def _split(cut: Chunked, draft: Draft) -> list[Draft]:
    """One draft for each of several sites that are listed as struck: "bases in X and Y"."""
    happening = draft.happening
    if hours := _hours(cut, happening):
        return [
            Draft(
                replace(
                    happening, roles=tuple(r for r in happening.roles if r.name is not RoleName.TIME or r.mention.span == hour)
                ),
                draft.party,
            )
            for hour in hours
        ]
    spots = [
        c
        for c in cut.chunks
        if c.kind in ("site", "name") and c.named and any(c.span == m.span for m in happening.role(RoleName.PLACE))
    ]
    listed: list[Chunk] = []
    for one, other in zip(spots, spots[1:], strict=False):
        if _listed(cut, one, other):
            listed = [*(listed or [one]), other]
    if len(listed) < 2 and _two_apart(cut, happening):
        return [Draft(replace(happening, ordinal=n), draft.party) for n in (1, 2)]
    if len(listed) < 2 or happening.generic:
        return [draft]
    pieces: list[Draft] = []
    for site in listed:
        others = {c.span for c in listed if c is not site}
        kept = tuple(r for r in happening.roles if not (r.name in (RoleName.PLACE, RoleName.TARGET) and r.mention.span in others))
        pieces.append(Draft(replace(happening, roles=kept), draft.party))
    return pieces


def _hours(cut: Chunked, happening: Happening) -> list[Span]:
    """Two times of day that are listed side by side: "at 11:30 pm on Monday and at 1 am on Tuesday"."""
    spans = {m.span for m in happening.role(RoleName.TIME)}
    timed = [c for c in cut.chunks if c.span in spans and c.time is not None and c.time.clock is not None and c.time.has_day]
    for one, other in zip(timed, timed[1:], strict=False):
        between = [t.low for t in cut.tokens[one.last : other.first]]
        if "and" in between and len(between) <= 4:
            return [one.span, other.span]
    return []


def _two_apart(cut: Chunked, happening: Happening) -> bool:
    """"Two separate attacks": two happenings that the sentence tells no further apart."""
    return not happening.generic and bool(
        re.search(r"\b(?:two|2) (?:separate|different) (?:\w+ )?(?:attacks|strikes|raids)\b", " ".join(t.low for t in cut.tokens))
    )


_BETWEEN = frozenset(
    "and the , at in near on one another base bases a an us american also both military western eastern northern southern northeastern northwestern southeastern southwestern central".split()
)


def _listed(cut: Chunked, one: Chunk, other: Chunk) -> bool:
    """Whether two places stand side by side rather than one within the other: "and" between them, or a wider area and "and"."""
    between = [
        t.low
        for k, t in enumerate(cut.tokens[one.last : other.first], one.last)
        if not (cut.at[k] >= 0 and cut.chunks[cut.at[k]].kind in ("state", "area"))
    ]
    return len(between) <= 7 and "and" in between and all(w in _BETWEEN for w in between)
