"""One word that tells of a happening, and all that hangs on it: who, whom, with what, where, when."""

from __future__ import annotations

import re
from dataclasses import replace

from crossbearing.model.mention import Happening, Mention, MentionKind, Realis, Role, RoleName, Stance
from crossbearing.model.text import Span
from crossbearing.read.beside import as_mention, subject_of
from crossbearing.read.bounds import a_day_after, left_bound, right_bound
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.figurative import is_recalled
from crossbearing.read.folding import Draft
from crossbearing.read.forms import HARM, is_manned
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.many import counted_from, generic
from crossbearing.read.parties import parties
from crossbearing.read.spots import spots_of, times_of
from crossbearing.read.sub_events import downed, type_of
from crossbearing.read.targets import ridden
from crossbearing.read.triggers import Found
from crossbearing.read.voices import Voice
from crossbearing.words import ordinals
from crossbearing.words.time_forms import Bound

_ORDINAL = {word: n for n, word in enumerate(ordinals.UNITS[:10], 1)}


def drafted(
    text: str,
    cut: Chunked,
    found: Found,
    heard: list[Voice],
    voice: Mention | None,
    party: Mention | None,
    zones: list[tuple[int, int]],
    head: int,
    tolled: bool = False,
    brief: bool = False,
) -> Draft:
    """One trigger's happening. `tolled`: whether the sentence counts people hurt, and not over a period. `brief`: whether the
    report is a line or two, which tells no habits."""
    lo, hi = max(left_bound(cut, found.first), head), right_bound(cut, found.last - 1)
    weapons = _weapons(cut, found, lo, hi)
    doers, targets = parties(cut, found, lo, hi, heard, voice, party)
    if craft := (downed(cut, found) if found.trigger.cls == "downed" else _craft_hit(found, weapons)):
        weapons, targets = [w for w in weapons if w != craft], [replace(craft, kind="site")]
        doers = [d for d in doers if not _owns(text, d.span, craft)]
    spots = spots_of(cut, found, lo, hi, heard, zones, head)
    spots = [c for c in spots if c.kind != "name" or not any(c.span == d.span for d in doers)]  # "fighters of the XYZ"
    if doers and found.trigger.cls not in HARM and _answers(cut, hi):
        spots = [c for c in spots if c.first < hi]
    whens = times_of(text, cut, found, heard, zones, head)
    event_type, sub = type_of(cut, found, weapons, doers, targets)
    if _unhurt(cut, found) and (means := _means_named(cut)):
        found, (event_type, sub) = replace(found, realis=Realis.ASSERTED), lexicon().types[means]
    if brief and not spots and not targets and (struck := _struck_there(cut, found)):
        targets = [struck]
    parts = [Role(RoleName.PERPETRATOR, m) for m in doers] + [Role(RoleName.TARGET, as_mention(c)) for c in targets]
    parts += _named_means(cut, found, weapons)
    parts += [Role(RoleName.MEANS, as_mention(c)) for c in weapons] + [Role(RoleName.PLACE, as_mention(c)) for c in spots]
    parts += [Role(RoleName.TIME, as_mention(c)) for c in whens]
    if found.realis is Realis.ASSERTED and _denied(cut, found, heard):
        found = replace(found, realis=Realis.DENIED)
    realis = Realis.FOILED if found.trigger.cls == "foil" and found.realis is Realis.ASSERTED else found.realis
    rescued = _of_the_rescued(cut, found)
    if rescued and "releas" not in cut.words:  # who releases them may have taken them
        parts = [p for p in parts if p.name is not RoleName.PERPETRATOR]
    recalled = rescued or (found.noun and _recalled(cut, found, lo)) or _counted_from(cut, found, lo) or is_recalled(cut)
    if realis is Realis.ASSERTED and recalled:
        realis = Realis.BACKGROUND
    happening = Happening(
        trigger=Span(cut.tokens[found.first].start, cut.tokens[found.last - 1].end),
        sentence=cut.span,
        event_type=event_type,
        sub_event_type=sub,
        realis=realis,
        roles=tuple(parts),
        generic=generic(cut, found, lo, hi, whens, spots, tolled and bool(spots or whens), brief and bool(spots or targets)),
        ordinal=_ordinal(cut, found),
        score=0.9 if found.trigger.cls not in ("casualty", "blast", "foil") or _by_arms(cut, found, lo) else 0.6,
    )
    return Draft(happening, doers[0] if doers else None)


def _of_the_rescued(cut: Chunked, found: Found) -> bool:
    """ "Troops rescued eight kidnapped students": what had befallen those who are free again, and nobody's new deed."""
    if found.noun or cut.tokens[found.first].low not in _TAKEN or found.last >= len(cut.tokens):
        return False
    behind = cut.over(found.last) or cut.over(found.first)
    return behind is not None and behind.kind in ("people", "group") and _FREED.search(cut.words) is not None


_TAKEN = frozenset(("kidnapped", "abducted", "captured"))
_FREED = re.compile(r"\b(?:rescu|freed|frees?\b|releas|recover|liberat)\w*")


def _craft_hit(found: Found, weapons: list[Chunk]) -> Chunk | None:
    """ "A rocket hit the helicopter", "the jet was struck": a craft with people in it, and what befell it."""
    if found.noun or found.trigger.lemma not in ("hit", "strike"):
        return None
    manned = (w for w in weapons if is_manned(w))
    return next((w for w in manned if 0 <= (found.first - w.last if found.passive else w.first - found.last) <= 2), None)


def _owns(text: str, party: Span, craft: Chunk) -> bool:
    """Whether a party is only named as whose a craft is: "a Russian helicopter", "a helicopter of the Russian army"."""
    before = party.end <= craft.span.start and not text[party.end : craft.span.start].strip(" -'’s")
    behind = craft.span.end <= party.start and text[craft.span.end : party.start].strip() in ("of", "of the", "from the")
    return before or behind or craft.span.holds(party)


def by_bomb(cut: Chunked, found: Found) -> bool:
    """ "A bomb wrecked the post office": what was laid there did it, whatever else the sentence tells."""
    if found.trigger.cls != "wreck" or found.noun or found.passive:
        return False
    subject = subject_of(cut, found.first, left_bound(cut, found.first))
    return subject is not None and lexicon().weapons.get(subject.head) == "ied"


def _struck_there(cut: Chunked, found: Found) -> Chunk | None:
    """ "Strike in residential area", "school on fire after shelling": all that a line says of what was hit, or where."""
    known = lexicon().types.get(found.trigger.cls)
    if found.trigger.cls not in _ON_SITES and (known is None or known[0] != "Explosions/Remote violence"):
        return None
    lo, hi = left_bound(cut, found.first), right_bound(cut, found.last - 1)
    unnamed = [c for c in cut.chunks if c.kind in ("site", "area") and not c.named and not ridden(cut, c)]
    sites = [c for c in unnamed if c.head not in _NOWHERE]
    here = [c for c in sites if lo <= c.first < hi] or [c for c in sites if not _parted(cut, c, found)]
    nearest = min(here, key=lambda c: (c.first < found.last, abs(c.first - found.first)), default=None)
    return replace(nearest, kind="site") if nearest is not None else None


def _parted(cut: Chunked, chunk: Chunk, found: Found) -> bool:
    """Whether a colon or a semicolon stands between a stretch and the word that tells."""
    return any(t.text in ":;" for t in cut.tokens[min(chunk.last, found.last) : max(chunk.first, found.first)])


_ON_SITES = ("open", "blast", "bombing", "bombed", "weapon-subject", "shooting")
_NOWHERE = frozenset(
    ("area", "areas", "region", "border", "front", "axis", "sector", "site", "sites", "position", "positions", "countryside")
)


def _by_arms(cut: Chunked, found: Found, lo: int) -> bool:
    """ "The warplanes killed five": harm that arms did is a deed, whoever had them."""
    if found.noun or found.passive or found.trigger.lemma not in ("kill", "wound", "injure"):
        return False
    subject = subject_of(cut, found.first, lo)
    return subject is not None and subject.kind == "weapon"


def _named_means(cut: Chunked, found: Found, weapons: list[Chunk]) -> list[Role]:
    """ "An airstrike": a word that says by itself what struck, where none else does."""
    words = " ".join(t.low for t in cut.tokens[found.first : found.last])
    if weapons or words not in lexicon().weapons:
        return []
    span = Span(cut.tokens[found.first].start, cut.tokens[found.last - 1].end)
    return [Role(RoleName.MEANS, Mention(span, MentionKind.WEAPON))]


def _answers(cut: Chunked, k: int) -> bool:
    """Whether a clause opens at token k that tells what another did before: "after it used ...", "after militants fired ..."."""
    if k + 1 >= len(cut.tokens) or cut.tokens[k].low not in ("after", "because"):
        return False
    party = any(c.kind in ("actor", "group") and k < c.first <= k + 2 for c in cut.chunks)
    return party or cut.tokens[k + 1].low in ("it", "they", "he", "she")


def _unhurt(cut: Chunked, found: Found) -> bool:
    """ "Debris fell on a roof, but no one was hurt": what is denied is the harm, not that something came down."""
    return found.trigger.cls == "casualty" and found.realis is Realis.DENIED and _NOBODY.search(cut.words) is not None


_NOBODY = re.compile(r"\b(?:no one|nobody|no (?:people|civilians|soldiers|troops|staff|crew))\b")


def _means_named(cut: Chunked) -> str | None:
    """The kind of the first weapon that the sentence names, in whatever part of it."""
    kinds = (lexicon().weapons.get(t.low) for t in cut.tokens)
    return next((kind for kind in kinds if kind and kind != "arms" and kind in lexicon().types), None)


def _denied(cut: Chunked, found: Found, heard: list[Voice]) -> bool:
    """ "X denied that the base had been hit": what stands behind a denial is denied; to deny a part in it is not."""
    cue = next((v.cue for v in heard if v.attribution.stance is Stance.DENIES and v.cue < found.first), None)
    if cue is None or found.first - cue > 12:
        return False
    if any(cue < v.cue <= found.first and v.attribution.stance is not Stance.DENIES for v in heard):
        return False  # "rejected the accusation and said that the army had done it"
    return not any(
        t.low in ("responsibility", "involvement", "role", "link", "any", "part") for t in cut.tokens[cue : found.first]
    )


def _recalled(cut: Chunked, found: Found, lo: int) -> bool:
    """ "... after the massacre": a noun behind "after" recalls what its sentence does not tell."""
    if any(
        c.time is not None and c.time.bound in (Bound.AFTER, Bound.SINCE) and 0 <= found.first - c.last <= 4 for c in cut.chunks
    ):
        return True
    if not lo or cut.tokens[lo - 1].low not in ("after", "following", "since"):
        return False
    known = (lexicon().verbs.get(t.low) or lexicon().nouns.get(t.low) for t in cut.tokens[: lo - 1])
    told = {one.cls for one in known if one is not None}
    definite = cut.tokens[found.first - 1].low in ("the", "this", "that")
    if told and told <= {*HARM, "burnt"} and not definite and found.first - lo <= 3:
        return False  # "house destroyed after missile strike": what the strike did
    return found.first - lo <= 7 and bool(told)


def _counted_from(cut: Chunked, found: Found, lo: int) -> bool:
    """ "Suspended since March, when a leader was killed", "a year since the church was attacked on 18 November 2025": what
    something only goes back to."""
    if lo and counted_from(cut, found, cut.tokens[lo - 1].low):
        return True
    return _SINCE_WHEN.search(" ".join(t.low for t in cut.tokens[: found.first])) is not None


_SINCE_WHEN = re.compile(r"\bsince (?:\w+ ){1,5}, when\b[^,;]*$")


def _weapons(cut: Chunked, found: Found, lo: int, hi: int) -> list[Chunk]:
    """The weapons of the clause, else those of the sentence: the nearest first."""
    used = [c for c in cut.chunks if c.kind == "weapon" and not _kept_there(cut, c)]
    near = [c for c in used if lo <= c.first < hi]
    return sorted(
        near or [c for c in used if abs(c.first - found.first) < 14 and not _apart(cut, c, found)],
        key=lambda c: abs(c.first - found.first),
    )[:3]


def _kept_there(cut: Chunked, chunk: Chunk) -> bool:
    """ "A depot of rockets", "the missile factory": what is kept or made where somebody strikes, and not the means."""
    before = [t.low for t in cut.tokens[max(0, chunk.first - 2) : chunk.first]]
    behind = [t.low for t in cut.tokens[chunk.last : chunk.last + 1]]
    return (before[-1:] == ["of"] and before[0] in _STORES) or (bool(behind) and behind[0] in _STORES)


_STORES = grammar("roles.stores")


def _apart(cut: Chunked, chunk: Chunk, found: Found) -> bool:
    """Whether a semicolon stands between a stretch and the word that tells, or "a day after"."""
    between = range(min(chunk.last, found.last), max(chunk.first, found.first))
    return any(cut.tokens[k].text == ";" or a_day_after(cut, k) for k in between)


def _ordinal(cut: Chunked, found: Found) -> int | None:
    """ "The second raid": the happening's place in a told order."""
    if match := re.search(r"\bfor the (second|third|fourth|fifth) time\b", cut.words):
        return _ORDINAL[match.group(1)]
    for token in cut.tokens[max(0, found.first - 4) : found.first]:
        if token.low in _ORDINAL and found.noun:
            return _ORDINAL[token.low]
        if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", token.low):
            return int(match.group(1))
    return None
