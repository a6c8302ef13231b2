"""Who does it and to whom: the parties of a happening by its clause, and, where that names nobody, by who speaks of it or is
blamed for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossbearing.model.mention import Mention, Realis, Stance
from crossbearing.model.text import Span
from crossbearing.read.beside import ARTICLES, GENERIC_HEAD, OUT, PARTY, as_mention, before_of, subject_of, unfolded
from crossbearing.read.bounds import left_bound
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.doers import BE, LAID, doers_of, listed, mutual, sent_by_others, together
from crossbearing.read.forms import DIES
from crossbearing.read.lexicon import grammar, lexicon
from crossbearing.read.realis import negated
from crossbearing.read.targets import targets_of
from crossbearing.read.triggers import Found
from crossbearing.read.voices import Voice


def parties(
    cut: Chunked, found: Found, lo: int, hi: int, heard: list[Voice], voice: Mention | None, party: Mention | None
) -> tuple[list[Mention], list[Chunk]]:
    """Who does it, and to whom."""
    doers = doers_of(cut, found, lo)
    spoken_of = found.trigger.lemma not in DIES and found.trigger.cls != "foil"
    armed = next((v.attribution.source for v in heard if v.attribution.source and _armed_voice(v)), None)
    spoken_of = spoken_of and not any(t.low.startswith(_INQUIRY) for t in cut.tokens[max(lo, found.first - 5) : found.first])
    if not doers and spoken_of and (answered := _answered(cut, found, lo)):
        doers = [as_mention(unfolded(cut, answered))]
    if not doers and spoken_of and _own_deed(cut, found, heard):
        band = next((v.attribution.source for v in heard if _is_band(cut, v)), None)
        spoken = armed or band or (voice if any(v.again for v in heard) else None)
        if spoken is None and _defends(cut):
            spoken = next((v.attribution.source for v in heard if v.source and v.source.head in _COMMANDS), None)
        doers = [spoken] if spoken else []
    if not doers and spoken_of and not found.passive and _subject_pronoun(cut, found, lo):
        told_by = any(v.source is not None and (v.source.kind == "people" or v.source.head in _ONLOOKERS) for v in heard)
        spoken = voice if heard and not told_by else None  # "a witness said they fired"
        theirs = any(t.low in ("they", "their") for t in cut.tokens[max(lo, found.first - 4) : found.first])
        doers = [m for m in (_accused(cut, found), *((party, spoken) if theirs else (spoken, party))) if m][:1]
    if found.realis is Realis.DENIED and (denier := _denier(heard) or _speaks_for_itself(cut, found, voice)):
        doers = [denier]
    if doers and _points_back(cut, doers[0]):
        doers = [m for m in (armed, voice if heard else None, party) if m][:1] or doers
    doers = [d for d in doers if not _is_nobody(cut, d)]
    targets = targets_of(cut, found, lo, hi)
    said = [d.span for d in doers]
    behind = cut.tokens[found.last - 1].end
    speaking = [s.span for v in heard if (s := v.attribution.source) and s.span.start >= behind]
    # "No one was hurt, according to the Emergency Service"; "slaughtered the guests, the mayor said".
    said += [s for s in speaking if found.trigger.cls == "casualty" or _behind_comma(cut, s)]
    return doers, [t for t in targets if t.span not in said]


def _accused(cut: Chunked, found: Found) -> Mention | None:
    """ "X blamed Y, saying they had shelled the town": of Y it is said."""
    parties_ = (c for c in reversed(cut.chunks) if c.last <= found.first and c.kind in PARTY)
    return next((as_mention(c) for c in parties_ if before_of(cut, c) in _BLAMES), None)


def _is_nobody(cut: Chunked, doer: Mention) -> bool:
    """ "No person or group has claimed it"."""
    before = [t.low for t in cut.tokens if t.end <= doer.span.start][-4:]
    return before[-1:] in (["no"], ["neither"]) or (before[-1:] == ["or"] and "no" in before)


_BLAMES = frozenset(("blamed", "blames", "blaming", "accused", "accuses", "accusing"))
_ONLOOKERS = grammar("parties.onlookers")


def _behind_comma(cut: Chunked, span: Span) -> bool:
    """Whether a comma stands before a stretch and its article."""
    before = [t for t in cut.tokens if t.end <= span.start and t.low not in ARTICLES]
    return bool(before) and before[-1].text == ","


def blamed_by(cut: Chunked, found: Found) -> list[Mention]:
    """Whom words of blame name: the party right behind them, or the one "to" which a deed is attributed."""
    if found.trigger.lemma == "attribute":
        return [as_mention(unfolded(cut, c)) for c in _attributed(cut, found)]
    if found.trigger.lemma == "blame" and (found.noun or _laid_on(cut, found)):
        return [as_mention(unfolded(cut, c)) for c in _laid_on(cut, found)]
    if found.passive:  # "both A and B were accused of shelling X"
        subject = subject_of(cut, found.first, left_bound(cut, found.first))
        of = found.last < len(cut.tokens) and cut.tokens[found.last].low in ("of", "for")
        return [as_mention(unfolded(cut, c)) for c in together(cut, subject)] if of and subject and subject.kind in PARTY else []
    chunk = next((c for c in cut.chunks if found.last <= c.first <= found.last + 2), None)
    if not _of_a_deed(cut, found):
        return []
    if chunk and chunk.kind == "group":  # "the paramilitary X": by name
        chunk = next((c for c in cut.chunks if c.first == chunk.last and c.kind == "actor"), chunk)
    return [as_mention(unfolded(cut, c)) for c in listed(cut, chunk)] if chunk and chunk.kind in PARTY else []


def each_other(cut: Chunked, found: Found) -> list[list[Mention]]:
    """ "The army and the rebels blamed each other": for each side whom it blames, in the order of the sides."""
    sides = mutual(cut, found.first, found.last) if found.trigger.cls == "blame" else []
    return [[as_mention(unfolded(cut, c)) for c in sides if c is not side] for side in sides]


def _laid_on(cut: Chunked, found: Found) -> list[Chunk]:
    """ "Blamed the raid on X", "put the blame for it on X", "the raid was blamed on X": X, where it is a deed that is laid on
    them; of "the raid on X on Y" the last."""
    end = next((k for k in range(found.last, len(cut.tokens)) if cut.tokens[k].text in ",.;:"), len(cut.tokens))
    ons = [k for k in range(found.last, min(found.last + LAID, end)) if cut.tokens[k].low in ("on", "upon") and cut.at[k] < 0]
    laid = ((k, next((c for c in cut.chunks if k < c.first <= k + 3), None)) for k in reversed(ons))
    k, party = next(((k, c) for k, c in laid if c is not None and c.kind in PARTY), (0, None))
    between = {t.low for t in cut.tokens[found.last : k]}
    deed = found.noun or found.passive or between & {"it", "this", "that", "both", "them"} or between & lexicon().nouns.keys()
    return listed(cut, party) if party is not None and deed else []


def _of_a_deed(cut: Chunked, found: Found) -> bool:
    """Whether what somebody is accused of, or blamed for, is a deed: "of shelling a town", and not "of leaving the talks", "for
    allowing the attack"."""
    why = ("of",) if found.trigger.lemma == "accuse" else ("for",)
    ofs = [k for k in range(found.last, min(found.last + LAID, len(cut.tokens))) if cut.tokens[k].low in why]
    if not ofs:
        return True
    # "Accused the forces of the government of shelling it": the "of" before what is done.
    of = next((k for k in ofs if cut.tokens[k + 1 : k + 2] and cut.tokens[k + 1].low.endswith("ing")), ofs[0])
    told = [t.low for t in cut.tokens[of + 1 : of + 9]]
    if told and told[0] in _LOOKED_ON:
        return False
    return why == ("for",) or any(w in lexicon().verbs or w in lexicon().nouns or w in _THE_DEED for w in told)


_LOOKED_ON = frozenset(("failing", "not", "allowing", "letting", "ignoring", "backing", "supporting", "harbouring", "harboring"))
_THE_DEED = frozenset(("it", "this", "that", "both", "responsibility", "involvement", "role", "behind"))


def _attributed(cut: Chunked, found: Found) -> list[Chunk]:
    """ "Attributed the raid to X", "the raid was attributed to X": X, where it is a deed that is."""
    to = next((k for k in range(found.last, min(found.last + 10, len(cut.tokens))) if cut.tokens[k].low == "to"), None)
    if to is None:
        return []
    thrown = any(c.kind == "weapon" and found.last <= c.first < to for c in cut.chunks)  # "attribute the drone to X"
    if not thrown and not any(t.low in lexicon().nouns for t in cut.tokens[max(0, found.first - 8) : to]):
        return []
    party = next((c for c in cut.chunks if to < c.first <= to + 3 and c.kind in PARTY), None)
    return listed(cut, party) if party else []


_INQUIRY = ("investigat", "inquir", "prob")
_COMMANDS = frozenset(("official", "officials", "command", "department", "army", "military", "spokesperson", "spokesman"))


def _denier(heard: list[Voice]) -> Mention | None:
    """Who denies: the deed is said to be theirs."""
    return next((v.attribution.source for v in heard if v.attribution.stance is Stance.DENIES and v.attribution.source), None)


def _speaks_for_itself(cut: Chunked, found: Found, voice: Mention | None) -> Mention | None:
    """ "We deny shelling X", "our forces fired nothing": who says so of a deed that would be theirs."""
    return voice if any(t.low in ("we", "our") for t in cut.tokens[max(0, found.first - 6) : found.first]) else None


def _defends(cut: Chunked) -> bool:
    """Whether a body speaks of its own "self-defence strike"."""
    return bool(re.search(r"self ?- ?defen[sc]e", cut.words))


def _points_back(cut: Chunked, doer: Mention) -> bool:
    """ "Its fighters", "the group": a bare head that goes back to a party named before."""
    chunk = next((c for c in cut.chunks if c.span == doer.span), None)
    if chunk is None or chunk.kind != "group" or chunk.known is not None or chunk.last - chunk.first > 1 or not chunk.first:
        return False
    return cut.tokens[chunk.first - 1].low in ("its", "their", "the", "this", "same", "'s", "’s") and chunk.head in GENERIC_HEAD


def _armed_voice(voice: Voice) -> bool:
    """Whether a voice is a party that could claim a deed rather than one that reports it."""
    source = voice.source
    return bool(source and source.kind in ("actor", "group", "state") and not voice.attribution.medium)


def _is_band(cut: Chunked, voice: Voice) -> bool:
    """Whether a voice that no table knows bears the name of an armed body: "the Front for the Liberation of X (FLX)"."""
    source = voice.source
    if source is None or source.kind not in ("name", "voice") or voice.attribution.medium:
        return False
    words = cut.tokens[max(0, source.first - 12) : source.last]
    return any(t.text in _BANDS for t in words)


_BANDS = frozenset(("Front", "Army", "Movement", "Brigade", "Brigades", "Forces", "Guards", "Resistance", "Battalion", "Legion"))
_OWNED = re.compile(
    r"claim\w* (?:the )?responsib|claimed credit|responsib\w+ for|says? (?:it|they) (?:was|were) behind|"
    r"was behind|endorsed|took responsib|takes? credit|took credit"
)


def _own_deed(cut: Chunked, found: Found, heard: list[Voice]) -> bool:
    """Whether the words tell of the speaker's own deed: a claim of responsibility, "says its drone hit", "announced a strike"."""
    words = cut.words
    if owned := _OWNED.search(words):
        return not negated(words[: owned.start()].lower().split()[-4:])
    if any(v.attribution.stance is Stance.CLAIMS for v in heard):
        return True
    if _hits_its_own(cut, found):
        return False
    if re.search(r"self - ?defen[sc]e|self-defen[sc]e|precision strikes?", words) and found.trigger.cls in (
        "open",
        "air",
        "engage",
        "weapon",
    ):
        return True
    if found.trigger.cls == "engage" and any(_armed_voice(v) for v in heard):
        return True
    lo = left_bound(cut, found.first)
    near = [t.low for t in cut.tokens[max(lo - 1, 0) : found.first]]
    if found.noun:
        return any(w in ("announced", "announces", "claimed", "claims", "announcing") for w in near) or "told of" in " ".join(
            near
        )
    if found.passive or sent_by_others(cut, found):
        return False  # "it shot down drones launched at the port", "its base was struck": done to them
    if any(w in ("it", "its") for w in _subjects(near)) and any(_is_band(cut, v) for v in heard):
        return True
    return any(w in (*_PRONOUNS, "theirs") for w in _subjects(near)) and any(_armed_voice(v) or v.again for v in heard)


def _hits_its_own(cut: Chunked, found: Found) -> bool:
    """ "X said that a blast hit one of its bases": what is the speaker's is what was hit."""
    ahead = cut.tokens[found.last : found.last + 5]
    own = next((k for k, t in enumerate(ahead, found.last) if t.low in ("its", "their", "our")), None)
    return own is not None and any(own < c.first <= own + 2 and c.kind in ("site", "group", "people") for c in cut.chunks)


def _answered(cut: Chunked, found: Found, lo: int) -> Chunk | None:
    """ "A jet attacked an armed group after it fired missiles": whom the deed before answers, as the nearest party is."""
    if found.noun or found.passive or not lo or cut.tokens[lo - 1].low != "after" or cut.tokens[lo].low not in ("it", "they"):
        return None
    told = [c for c in cut.chunks if c.last <= lo - 1 and c.kind in ("group", "actor", "weapon")]
    return told[-1] if len(told) > 1 and told[-1].kind != "weapon" else None


def _subject_pronoun(cut: Chunked, found: Found, lo: int) -> bool:
    """Whether a pronoun is what the trigger, or the verb that carries it ("it carried out an attack"), is said of."""
    verb = found.first
    if found.noun:
        carries = [k for k in range(max(lo, found.first - 6), found.first) if cut.tokens[k].low in lexicon().support]
        if not carries:
            return False
        verb = carries[0]
    row = cut.tokens[verb - 1].low == "and" and cut.tokens[lo].low == "they"  # "they burned 12 houses and looted the clinic"
    near = _subjects([t.low for t in cut.tokens[lo if row else max(lo, verb - 4) : verb]])
    return not sent_by_others(cut, found) and any(w in _PRONOUNS for w in near) and subject_of(cut, verb, lo) is None


_PRONOUNS = ("it", "they", "its", "their")


def _subjects(words: list[str]) -> Iterator[str]:
    """Words without the pronoun of "a base with soldiers in it", which is nobody's who speaks, of "checked their papers and
    shot them", of whom it is done to, and of "it was the worst raid", which is the raid."""
    last = max((n for n, word in enumerate(words) if word == "and"), default=-1)
    for n, word in enumerate(words):
        before, behind = words[n - 1] if n else "", words[n + 1] if n + 1 < len(words) else ""
        raid = behind in BE and words[n + 2 : n + 3] in (["the"], ["a"], ["an"], ["one"])
        hangs = (word == "it" and (before in OUT or raid)) or (word in ("its", "their") and n < last)
        if not hangs:
            yield word
