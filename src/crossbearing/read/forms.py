"""What form a word that can tell of a deed has in its clause: a noun or a verb, active or passive."""

from __future__ import annotations

from crossbearing.read.beside import ARTICLES, OUT, before_of
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.lexicon import Trigger, grammar, lexicon

DIES = frozenset(("die", "perish", "lose life", "lose lives"))
"""Verbs that are said of the one whom it befell."""
UNCHANGING = frozenset(("hit", "hurt", "set", "put", "cut", "slit", "beat"))
"""Verbs whose past reads as their present does."""
UNDER_FIRE = "come under fire"
"""The one verb whose subject it befalls in the active."""
HARM = ("casualty", "wreck")
"""Classes of words that only say what came of a happening."""
BE = grammar("triggers.be")
"""The forms of "be"."""
_SKIP = grammar("triggers.skip")
NOUN_BEFORE = grammar("triggers.noun_before")
"""Words behind which one that is both is a noun."""
_NOUN_AFTER = grammar("triggers.noun_after")


def flies(chunk: Chunk) -> str:
    return "weapon" if is_manned(chunk) else chunk.kind


def is_manned(chunk: Chunk) -> bool:
    """Whether a craft has people in it."""
    return chunk.head.split(" ")[-1] in _MANNED


_MANNED = grammar("roles.manned")


def particle_at(sentence: Chunked, i: int, particle: str) -> int:
    """Where a verb's particle stands, shortly behind it; 0 where none does."""
    return next((k for k in range(i + 1, min(i + 7, len(sentence.tokens))) if sentence.tokens[k].low == particle), 0)


# "X bombing kills nine": what a headline says that came of a deed.
_COMES_OF_IT = frozenset(
    ("kills", "leaves", "injures", "wounds", "claims", "hits", "targets", "rocks", "kill", "leave", "injure", "wound")
)


_ACCUSES = frozenset(("accused", "accuses", "accuse", "accusing"))


def is_noun(sentence: Chunked, i: int, verb: Trigger) -> bool:
    """Whether a word with a verb's form is a noun (or an adjective) here."""
    tokens = sentence.tokens
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if verb.lemma in ("hit", "hurt"):
        return before in ("direct", "a", "the", "of", "big", "hard", "hardest", "be", "first", "many")
    if verb.form in ("past", "participle"):
        adjectival = (
            before in ("the", "a", "an", "direct")
            and verb.lemma not in ("hurt",)
            and (after not in ("by", "in", "at", "on") or verb.lemma == "hit")
        )
        return adjectival or (verb.lemma == "hit" and before in ("direct", "a", "be"))
    if verb.form == "ing":
        if (
            before == "of"
            and verb.cls in ("open", "clash")
            and any(t.low in _ACCUSES for t in tokens[max(0, i - 9) : max(0, i - 2)])
        ):
            return False  # "accused the army of attacking its positions"
        return (
            before in NOUN_BEFORE - {"after", "by", "since", "following", "in", "from", "for"}
            or after == "of"
            or (before in ("'s", "’s") and _is_time(sentence, i - 2))  # "Tuesday's bombing"
            or (
                i > 0
                and sentence.at[i - 1] >= 0
                and sentence.chunks[sentence.at[i - 1]].kind in ("adjective", "state", "actor", "site", "area", "name")
                and (after in _NOUN_AFTER or after in _COMES_OF_IT or i + 1 == len(tokens))
            )
        )
    if before in (
        "to",
        "not",
        "n't",
        "they",
        "who",
        "it",
        "we",
        "would",
        "could",
        "will",
        "may",
        "might",
        "can",
        "should",
        "did",
        "does",
        "do",
    ):
        return False
    prior = sentence.over(i - 1) if i else None
    if prior and prior.kind in ("group", "people", "weapon", "actor") and counts(sentence, i + 1):
        return tokens[i].low in lexicon().nouns  # "gunmen kill 10 villagers", against "the rebel attack 10 miles away"
    if prior and prior.kind in ("actor", "group", "people", "weapon", "state", "voice", "name") and after not in _NOUN_AFTER:
        return not (
            prior.kind in ("group", "people", "weapon", "actor", "state")
            and i + 1 < len(tokens)
            and (sentence.at[i + 1] >= 0 or after in ("the", "a", "an", "its", "their"))
        )
    return True


def is_passive(sentence: Chunked, i: int, end: int, trigger: Trigger) -> bool:
    """Whether a participle at tokens [i, end) is governed by a form of "be", or has nobody behind it to whom it is done."""
    if trigger.lemma == UNDER_FIRE:
        return True
    if trigger.form not in ("past", "participle") and trigger.lemma.split()[0] not in UNCHANGING:
        return False
    k = i - 1
    while k >= 0 and (
        sentence.tokens[k].low in _SKIP
        or sentence.tokens[k].text in '"“”'
        or (sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind == "number")
    ):
        k -= 1
    if k >= 0 and sentence.tokens[k].low in BE:
        return True
    after = sentence.tokens[end].low if end < len(sentence.tokens) else ""
    by = after == "by" and trigger.lemma not in DIES
    return by or _fired_on(sentence, end, trigger) or _without_object(sentence, i, end, trigger)


def _fired_on(sentence: Chunked, end: int, trigger: Trigger) -> bool:
    """ "Porters fired on above Baneh": those who were."""
    lows = [t.low for t in sentence.tokens[end : end + 3]]
    if trigger.lemma != "fire" or lows[:1] not in (["on"], ["upon"], ["at"]) or "least" in lows:
        return False
    return len(lows) < 2 or lows[1] in _WHERE or lows[1] in ".,;:"


_WHERE = frozenset(("above", "in", "near", "at", "outside", "inside", "by", "from", "while", "when", "as", "after", "during"))


def _without_object(sentence: Chunked, i: int, end: int, trigger: Trigger) -> bool:
    """ "Three shot dead in X", "clinic hit in a raid": a headline's passive, which leaves out the word for "was"."""
    before = sentence.over(i - 1) if i else None
    if trigger.lemma not in _TRANSITIVE:
        thing = before if before is not None and before.kind in ("site", "area") else None
        if thing is None or trigger.cls not in _ON_THINGS or (i > 1 and _hangs(sentence, thing)):
            return False
    if sentence.tokens[i - 1].low in ("someone", "somebody"):
        return False
    if trigger.lemma == "shoot" and (
        _AT_NOBODY & {t.low for t in sentence.tokens[end : end + 3]} or _shot_at(sentence, end, before)
    ):
        return False
    k = end
    while k < len(sentence.tokens) and (sentence.tokens[k].low in _SKIP | _STILL or _harmed_too(sentence, k)):
        k += 1
    if k >= len(sentence.tokens):
        return before is not None or i == 0
    if k + 1 < len(sentence.tokens) and sentence.tokens[k].low in ("on", "in", "at") and _is_time(sentence, k + 1):
        k += 1
    token = sentence.tokens[k]
    if _is_time(sentence, k):  # "kidnapped on Monday two priests" has its object behind the day
        last = sentence.chunks[sentence.at[k]].last
        return last >= len(sentence.tokens) or not _opens_people(sentence, last)
    counted = sentence.tokens[k + 1].low if k + 1 < len(sentence.tokens) else ""
    if counted in ("least", "most", "many", "few") or is_number(sentence, k):
        return False  # "killed at least 20 villagers", "abducted as many as 80 girls"
    return token.low in NO_OBJECT or token.text in ".,;:)"


def _is_time(sentence: Chunked, k: int) -> bool:
    return sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind == "time"


def _shot_at(sentence: Chunked, k: int, by: Chunk | None) -> bool:
    """ "Shot at officers", "gunmen shot at a house", "shot at a car", against "four shot at a bar"."""
    if k >= len(sentence.tokens) or sentence.tokens[k].low != "at":
        return False
    if by is not None and by.head.rpartition(" ")[2] in GUNMEN:
        return True
    behind = next((c for c in sentence.chunks if k < c.first <= k + 5 and c.kind != "number"), None)
    person = behind is not None and sentence.tokens[behind.first].low.rstrip(".") in ("mr", "mrs", "ms", "miss", "dr")
    if behind is not None and behind.head in _CARRIERS:
        return True
    return behind is None or person or behind.kind not in ("site", "area", "name", "time")


_CARRIERS = grammar("roles.carriers") | {"vehicle", "vehicles", "bus", "buses", "convoy", "motorcade", "jeep", "jeeps", "coach"}
GUNMEN = frozenset(("gunmen", "gunman", "bandits", "assailants", "attackers", "raiders", "jihadists"))
"""Who comes with arms, and is seldom shot."""


def _opens_people(sentence: Chunked, k: int) -> bool:
    """Whether people, their number or their article stand at a token."""
    people = sentence.at[k] >= 0 and sentence.chunks[sentence.at[k]].kind != "name"
    return people or is_number(sentence, k) or sentence.tokens[k].low in ARTICLES


def is_number(sentence: Chunked, k: int) -> bool:
    """Whether a number begins at a token, be it a stretch of its own or one of the people that it counts."""
    return any(c.number is not None and c.number.span.start == sentence.tokens[k].start for c in sentence.chunks)


def counts(sentence: Chunked, k: int) -> bool:
    """Whether a number begins at a token, or "at least" before one."""
    low = [token.low for token in sentence.tokens[k : k + 2]]
    return low in (["at", "least"], ["at", "most"]) or (bool(low) and is_number(sentence, k))


def _hangs(sentence: Chunked, chunk: Chunk) -> bool:
    """Whether a stretch hangs on a preposition: "troops in the village attacked" leaves the village unharmed."""
    return before_of(sentence, chunk) in OUT


def _harmed_too(sentence: Chunked, k: int) -> bool:
    """ "Shot and wounded in ...": a second word for what befell the same people."""
    low = sentence.tokens[k].low
    if low == "and":
        return k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].low in _HARMED
    return low in _HARMED


_TRANSITIVE = grammar("triggers.transitive")
NO_OBJECT = grammar("triggers.no_object")
"""Words that stand behind a verb without an object."""
_ON_THINGS = ("open", "shelling", "bombed", "casualty", "burnt", "looting")
_AT_NOBODY = frozenset(("air", "sky", "into", "back", "towards", "toward"))
_HARMED = frozenset(("wounded", "injured", "killed", "hurt"))
_STILL = frozenset(("dead", "down", "to", "death", "multiple", "several", "times", "alive", "unharmed"))
