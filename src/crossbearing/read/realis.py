"""Whether a deed is told as done: not denied, planned, foiled, supposed or wished for."""

from __future__ import annotations

import itertools
import re

from crossbearing.model.mention import Realis
from crossbearing.read.beside import ARTICLES
from crossbearing.read.bounds import BOUNDARY, left_bound
from crossbearing.read.chunks import Chunked
from crossbearing.read.forms import BE, UNCHANGING
from crossbearing.read.lexicon import grammar, lexicon

_CAME_TO = re.compile(r"\b(?:manag(?:ed|es|ing)|succeed(?:ed|s)|(?:was|were) able) to$")


def came_to(sentence: Chunked, i: int) -> bool:
    """ "Managed to kill", "were able to seize": whether the words before a verb say that what it tells came to pass."""
    return _CAME_TO.search(" ".join(t.low for t in sentence.tokens[max(0, i - 3) : i])) is not None


def realis_of(sentence: Chunked, i: int, noun: bool, size: int = 1) -> Realis:
    """What governs the word, of so many tokens: nothing, a modal, a threat, a negation, an attempt."""
    lex, tokens = lexicon(), sentence.tokens
    lo = left_bound(sentence, i)
    # "In May, a bomb killed two": a month, and no modal.
    window = _own(["" if t.text == "May" else t.low for t in tokens[max(lo, i - (6 if noun else 5)) : i]], noun)
    window = _undenied(window)
    if lo and tokens[lo - 1].low in ("if", "unless", "whether") and not (noun and asks_who(sentence, i)):
        return Realis.HYPOTHETICAL
    if i > 1 and tokens[i - 1].low == "in" and tokens[i - 2].low in ("interest", "interested"):
        return Realis.HYPOTHETICAL
    if lo > 1 and tokens[lo - 1].low == "that" and tokens[lo - 2].low in _RUMOURS:
        return Realis.HYPOTHETICAL  # "the rumour that ...", "the risk that ..."
    if (not noun or (i and tokens[i - 1].low in ("and", "or"))) and _let(sentence, i):
        return Realis.HYPOTHETICAL
    if noun:
        if _would(sentence, i + size - 1):
            return Realis.HYPOTHETICAL
        if _awaited(sentence, i):
            return Realis.PLANNED
        if "wound" in tokens[min(i + 1, len(tokens) - 1)].low and _no_one(sentence, i, lo):
            return Realis.DENIED
        return _readied(sentence, i, lo) or _realis_of_noun(window, tokens[i - 1].low if i else "")
    window = _ungoverned(window, tokens[i].low)
    direct = tokens[i - 1].low if i else ""
    beside = direct in ("and", "or") and tokens[i].low.endswith("ing")
    if (direct == "for" or beside) and (wanted := _readied(sentence, i, lo)):
        return wanted  # "called for stabbing and shooting ..."
    if direct == "for" and any(w.startswith(_FOR_DEEDS) for w in window):
        return Realis.ASSERTED  # "would not apologise for downing the jet"
    if i == lo and tokens[i].low.endswith("ing") and _would(sentence, i):
        return Realis.HYPOTHETICAL  # "capturing the city would be a victory"
    if direct in _ENDS and "to" in window[-3:-1] and tokens[i].low.endswith("ing"):
        return Realis.HYPOTHETICAL  # "urged the army to stop shelling the town"
    if direct == "to" and len(window) > 1:
        if came_to(sentence, i) or (window[-2] in ("due", "owing") and tokens[i].low.endswith("ing")):
            return Realis.ASSERTED  # "wounded due to shelling by the army"
        governor = next((w for w in reversed(window[:-1]) if w in lex.managed or w in lex.planned or w in lex.attempted), "")
        if governor in lex.managed:  # "will be used to retake X" is planned yet
            return Realis.PLANNED if {"will", "would", "shall"} & set(window) else Realis.ASSERTED
        if governor in lex.attempted:
            return Realis.FOILED
        whoever = [t.low for t in tokens[i + 1 : i + 2]] in (["any"], ["anyone"], ["anybody"])  # "threatened to attack any ship"
        return Realis.PLANNED if governor in lex.planned and not whoever else Realis.HYPOTHETICAL
    if direct == "be" and window[-2:-1] == ["to"] and any(w.startswith(_WISHES) for w in window[-4:-2]):
        return Realis.HYPOTHETICAL  # "no one likes to be hit"
    if _no_one(sentence, i, lo) or (i + 1 < len(tokens) and tokens[i + 1].low == "nothing"):
        return Realis.DENIED
    near = window[-4:]
    if "would" in near and lo and tokens[lo - 1].low == "who" and near[0] == "would":
        return Realis.HYPOTHETICAL  # "a man who would attack any problem"
    if any(w in ("would", "will", "shall") for w in near):
        return Realis.PLANNED
    if any(w in ("could", "may", "might", "can", "cannot", "should", "must") for w in near):
        return Realis.HYPOTHETICAL
    if negated(window) or _less(window):
        return Realis.DENIED
    if any(w.startswith(("deny", "denied", "denies", "denying")) for w in window):
        return Realis.DENIED
    return Realis.ASSERTED


def _undenied(window: list[str]) -> list[str]:
    """ "Did not deny", "neither confirmed nor denied": what is not denied is left open."""
    at = next((k for k, w in enumerate(window) if w.startswith(("deny", "denied", "denies"))), 0)
    return window[at + 1 :] if at and negated(window[max(0, at - 3) : at]) else window


def negated(lows: list[str]) -> bool:
    """Whether a word that denies stands among these."""
    return any(w in _NOT or w.endswith(("n't", "n’t")) for w in lows)


def _own(window: list[str], noun: bool) -> list[str]:
    """ "A man who could not flee was shot", "when they could not flee, they shot": what governs the verb before is none of this
    one's."""
    if not noun and "," in window[:-1] and window[window.index(",") + 1] in _SUBJECTS:
        window = window[window.index(",") + 1 :]
    at = next((k for k in range(len(window) - 1, 0, -1) if window[k] in ("was", "were")), 0)
    held = (a in _OF_VERBS and b not in _OF_NOUNS for a, b in itertools.pairwise(window[:at]))
    return window[at:] if not noun and at > 1 and window[at - 1].isalpha() and any(held) else window


def _ungoverned(window: list[str], word: str) -> list[str]:
    """ "A man who could not run burnt to death": a past form that no "be" or "have" stands before is governed by no modal."""
    at = max((k for k, w in enumerate(window) if w in _MODALS), default=-1)
    behind = [w for w in window[at + 1 :] if w not in ("not", "n't")]
    known = lexicon().verbs.get(word)
    past = word.endswith("ed") or (known is not None and known.form == "past" and known.lemma not in UNCHANGING)
    return window[-1:] if at >= 0 and past and behind and behind[0].isalpha() and _HELPS.isdisjoint(behind) else window


_MODALS = frozenset(("could", "would", "can", "might", "cannot"))
_HELPS = frozenset(("be", "been", "being", "have", "has", "had", "get", "gets", "got", "and", "or", "to", "that", "was", "were"))
_SUBJECTS = frozenset(("he", "she", "it", "they", "we", "i"))
_OF_VERBS = frozenset(("not", "n't", "could", "would", "can", "will", "might", "did"))
_OF_NOUNS = ARTICLES | {"one", "single", "all", "any", "every", "many", "much", "far"}


_NOT = frozenset(("not", "n't", "never", "no", "neither", "nor", "without", "nobody", "nothing", "none", "nowhere"))


_RUMOURS = grammar("triggers.rumours")


def _no_one(sentence: Chunked, i: int, lo: int) -> bool:
    """ "None of the villages in X was shelled", "neither the bank nor the school was raided": nobody, from further off."""
    for k in range(i - 1, lo - 1, -1):
        low = sentence.tokens[k].low
        if low in ("none", "neither", "nobody", "nothing"):
            return True
        if low in (";", "and", "but", "said", "says", "denied", "deny", "denies") or (
            low == "," and k + 1 < i and sentence.tokens[k + 1].low in ("and", "but")
        ):
            return False
    return False


def asks_who(sentence: Chunked, i: int) -> bool:
    """ "Whether the group was behind the killing of X": the question is who did it, and it took place."""
    lows = [t.low for t in sentence.tokens[max(0, i - _QUESTION) : i]]
    asked = lows.index("whether") if "whether" in lows else len(lows)
    at = next((k for k in range(len(lows) - 1, asked, -1) if lows[k] in BEHIND), None)
    return at is not None and not _THE.isdisjoint(lows[at + 1 :])


_QUESTION = 16
BEHIND = ("responsible", "behind", "involved", "implicated", "linked", "complicit", "connected")
"""What those are who did a deed, where it is asked."""
_THE = frozenset(("the", "this", "that", "those", "these", "his", "her", "its", "their", "'s", "’s"))


def _let(sentence: Chunked, i: int) -> bool:
    """ "Let nobody leave this tent and attack a house", "do not burn the shops": what is asked, or forbidden."""
    k = next((k for k in range(i - 1, -1, -1) if sentence.tokens[k].text in '.;:"“' or k == i - 12), -1) + 1
    opens = [t.low for t in sentence.tokens[k : k + 3]]
    verb = lexicon().verbs.get(sentence.tokens[i].low)
    asked = opens[:1] == ["let"] or opens[:2] in (["do", "not"], ["do", "n't"]) or opens[:1] == ["never"]
    return asked and verb is not None and verb.form == "base"


_AWAITED = frozenset(("expected", "scheduled", "due", "slated", "feared", "anticipated", "looming", "imminent"))
_AHEAD = _AWAITED | {"planned", "likely", "set"}


def _awaited(sentence: Chunked, i: int) -> bool:
    """ "More strikes are expected", "a march is planned for Friday"; but "the attack was planned abroad" took place."""
    near = [t.low for t in sentence.tokens[i + 1 : i + 5]]
    for k, low in enumerate(near[:-1]):
        if low in ("is", "are", "was", "were"):
            words = near[k + 1 : k + 3]
            return bool((_AHEAD if low in ("is", "are") else _AWAITED) & set(words)) and "by" not in near[k + 1 :]
    return False


def _would(sentence: Chunked, i: int) -> bool:
    """ "A direct hit on the silo would release ammonia": what would come of it, were it to happen."""
    verbs, tokens = lexicon().verbs, sentence.tokens
    for k in range(i + 1, min(i + 10, len(tokens))):
        low = tokens[k].low
        if low in ("would", "could", "might"):
            return True
        if sentence.at[k] < 0 and (low in verbs or low in BE or low in BOUNDARY or low in (",", "and", "has", "had", "have")):
            return False
    return False


def _less(window: list[str]) -> bool:
    """ "Still less", "let alone": what was denied before is denied of this too."""
    pairs = list(itertools.pairwise(window))
    return any(pair in pairs for pair in (("still", "less"), ("much", "less"), ("let", "alone")))


def _readied(sentence: Chunked, i: int, lo: int) -> Realis | None:
    """ "Readying missiles for a second salvo", "called for attacks": a noun that "for" hangs on what is wanted or made ready."""
    lows = [t.low for t in sentence.tokens[lo:i]]
    if "for" not in lows[-5:]:
        return None
    at = len(lows) - 1 - lows[::-1].index("for")
    if any(w in _TURNS for w in lows[at + 1 :]):
        return None
    wanted = any(w in _CALLS for w in lows[max(0, at - 1) : at]) or any(w in _READY for w in lows[max(0, at - 8) : at])
    return Realis.PLANNED if wanted else None


_TURNS = frozenset(("of", "into", "after", "on", "in", "over", "about", "to", "from", "at", "against"))
_ENDS = frozenset(("stop", "cease", "halt", "quit", "end"))
_ABOUT = frozenset(("about", "poised", "wanted", "hoped", "hoping", "hopes", "wants"))
_WISHES = ("like", "want", "deserv", "hope", "wish", "prefer", "ought", "fear", "hate")
_FOR_DEEDS = ("apolog", "prais", "thank", "condemn", "criticis", "criticiz", "blam", "forgiv", "punish", "sentence", "convict")
"""How the words begin whose "for" says what was done."""
_CALLS = grammar("triggers.calls")
_READY = grammar("triggers.ready")
_INTENT = grammar("triggers.intent")
_UNREAL = grammar("triggers.unreal")
_STOPPED = grammar("triggers.stopped")


def _realis_of_noun(window: list[str], direct: str) -> Realis:
    """What governs a noun: the few words before it."""
    near = window[-5:]
    told_of = any(w.isdigit() and len(w) == 4 for w in near) or (direct == "planned" and {"was", "were"} & set(near))
    if any(w in _INTENT for w in near) and not told_of:  # "accused of plotting the 2005 assassination", "it was a planned attack"
        return Realis.PLANNED
    if any(a.startswith("warn") and b == "of" for a, b in itertools.pairwise(near)):
        return Realis.HYPOTHETICAL
    if direct in ("no", "without", "not") or near[-2:-1] in (["no"], ["not"], ["without"]):
        return Realis.DENIED
    if any(b == "to" and a in _ABOUT for a, b in itertools.pairwise(near)):
        return Realis.PLANNED  # "was about to carry out an attack"
    if any(a == "to" and b in _ENDS for a, b in itertools.pairwise(near)):
        return Realis.HYPOTHETICAL  # "how to stop their advance"
    if any(pair in (("ahead", "of"), ("called", "off")) for pair in itertools.pairwise(near)):
        return Realis.PLANNED
    if "than" in near and any(w in ("would", "could", "might") for w in window):
        return Realis.HYPOTHETICAL
    told = near[-3:]
    if {"the", "this", "his", "her", "their", "'s", "’s"} & set(told):
        told = [w for w in told if not w.startswith("condemn")]  # "condemned the murder of X": there was one
    if direct in ("any", "further", "possible", "potential", "against") or any(w in _UNREAL for w in told):
        return Realis.HYPOTHETICAL
    if any(w in ("denied", "denies", "deny", "denying") for w in near):
        return Realis.DENIED
    return Realis.FOILED if any(w in _STOPPED for w in near) else Realis.ASSERTED
