"""Whom words name by themselves: a listed name, alone or among qualifiers, a country with a word for its forces, people by kind.

In order: a name that the registry has; the same with its qualifiers taken off ("the Iran-backed X", "X fighters",
"members of X"); a country with a word for forces ("Sudanese army", "Ukraine's air defence"); people by kind. Nothing
is guessed finer than it is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from crossbearing.model.provenance import Step
from crossbearing.resolve.party.registry import POSSESSIVE, Entry, Registry, is_adjective
from crossbearing.words.known import force_words
from crossbearing.words.names import fold

STEP = Step("resolve.who", "10")

# How far each way of knowing an actor may be trusted; set by hand, from sure to a guess, to order them and no more.
BY_NAME, BY_PARTS, BY_COUNTRY, WITHIN, BY_PLACE, AS_WRITTEN = 1.0, 0.9, 0.9, 0.7, 0.6, 0.5

_QUOTES = re.compile(r"[\"“”„«»\[\]]|(?<!\w)['‘’]|(?<=[^\Ws])['’](?!\w)")
_INITIALS = re.compile(r"\bU\.[SNK]\b\.?")  # "U.S military", "the U.S": one spelling
_CAPTION = re.compile(r"^(?:FILE|\d{4})\s?[-–—:]\s?(?=[A-Z])")  # "FILE - A policeman"
_WHICH = re.compile(r"^(?:first|second|third|fourth|fifth|latest|recent|deadly|deadliest|worst) (?=[\w-])")
"""Which attack it was, before whose it was: "the second recent militant attack"."""
_COUNT = re.compile(
    r"^(?:[\d,.]+|at least|at most|more than|up to|about|around|some|nearly|over|almost|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|dozens of|hundreds of|thousands of|scores of|a number of|a group of|groups of|several|many|most|all"
    r"|both|other|another|various|multiple|numerous|few)\s+",
    re.I,
)
_DETERMINER = re.compile(
    r"^(?:the|a|an|its|his|her|their|our|these|those|this|that|such|so[- ]called|what it (?:calls|called))\s+", re.I
)
SIDE = (
    r"(?:backed|aligned|linked|affiliated|allied|supported|sponsored|led|run|held|controlled|occupied|funded|trained|based|installed"
    r"|appointed|inspired|friendly)"
)
_SIDED = re.compile(rf"^\S+-{SIDE}$|^(?:pro|anti)-\S+$", re.I)
TIED = re.compile(rf"^\s?-\s?{SIDE}\b|^['’]s?\s+(?:allies|opponents|enemies)", re.I)
_ABBREVIATION = re.compile(r"\s*\([^()]{1,40}\)")
_OF = re.compile(r"^(?P<head>[^,]{3,60}?)\s+(?:of|from|for|belonging to|loyal to|affiliated with|inside|within)\s+(?P<whole>.+)$")
_PEOPLE = {
    "protesters": frozenset({"protester", "protesters", "protestors", "demonstrators", "demonstrator"}),
    "rioters": frozenset({"rioter", "rioters", "mob", "looters"}),
}
_PERSON = re.compile(
    r"\b(?:officials?|sources?|officers?|commanders?|minister|president|governor|mayor|leader|general|colonel|analysts?|witness(?:es)?|residents?"
    r"|locals|medics|eyewitness(?:es)?|activists?|volunteers?|lawmakers?|diplomats?|chief|ambassador|head|director|doctors?|survivors?)\b",
    re.I,
)
_SPOKEN_FOR = re.compile(
    r"^(?:\S+\s+){0,2}?(?:spokes(?:man|woman|person|people)|statements?)\s+(?:for|of|by|from)\s+(?P<whole>.+)$", re.I
)
_EMBASSY = re.compile(r"(embassy|consulate)(?: (?:general|compound|complex|building|staff|officials?|spokes\w+))*$", re.I)
_OWNER = re.compile(r"(.{3,60}?)['’]s?(?:\s+(?P<of>.+))?$")


@dataclass(frozen=True, slots=True)
class Meant:
    """An entry, or a composed actor, with the way it was known."""

    entry: Entry
    loaded: bool
    score: float


class Namer:
    """The registry, asked in a report's words."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._words = registry.words
        # Reports repeat the names of their parties and of their sources.
        self.asked = lru_cache(maxsize=8192)(self._meant)

    def _meant(self, words: str, at: date | None) -> Meant | None:
        bare = _ABBREVIATION.sub("", words).strip(" ,")
        return (
            self._listed(words, at, BY_NAME)
            or (self._meant(bare, at) if bare and bare != words else None)
            or self._peeled(words, at)
            or self.composed(words, at)
            or self._capital(words)
            or self._of(words, at)
            or self._people(words)
            or self._within(words, at)
        )

    def _listed(self, words: str, at: date | None, score: float) -> Meant | None:
        """A name that the registry has, or a state's."""
        found = [(entry, loaded) for entry, loaded in self._registry.names.get(words) if entry.lived(at)] or list(
            self._registry.names.get(words)
        )
        if found:
            entry, loaded = found[0]
            return Meant(entry, loaded, score)
        nation, rest = self._registry.nation(words)
        if nation and not rest and not is_adjective(words):
            return Meant(self._registry.states[nation], False, score)
        return None

    def _peeled(self, words: str, at: date | None) -> Meant | None:
        """A listed name among qualifiers: "the Iran-backed X", "Lebanon's X", "X fighters", "terrorist group X"."""
        heads = words.split()
        for start in range(min(6, len(heads))):
            if start and not self.may_go_before(heads[:start]):
                continue
            for end in range(len(heads), max(start, len(heads) - 4), -1):
                if (start or end < len(heads)) and all(
                    fold(w) in self._words["group_tails"] | self._registry.loaded for w in heads[end:]
                ):
                    found = self._registry.names.get(POSSESSIVE.sub("", " ".join(heads[start:end])))
                    if found:
                        return self._listed(POSSESSIVE.sub("", " ".join(heads[start:end])), at, BY_PARTS)
        return None

    def may_go_before(self, heads: list[str]) -> bool:
        """Whether words only qualify the name that follows: a country, a side, a kind."""
        sided = max((at for at, w in enumerate(heads) if _SIDED.match(w) and at <= 3), default=-1)
        if sided > 0 and heads[0][:1].isupper():  # "Islamic State-affiliated X": all that stands before belongs to the side
            heads = heads[sided:]
        rest = [
            w for w in heads if not (_SIDED.match(w) or fold(w) in self._words["qualifiers"] | self._registry.loaded | {"the"})
        ]
        nation, left = self._registry.nation(" ".join(rest))
        owner = _OWNER.match(" ".join(rest))  # "Hezbollah's Radwan Force": whose it is
        return not rest or (nation is not None and not left) or bool(owner and self._registry.names.get(owner[1]))

    def composed(self, words: str, at: date | None) -> Meant | None:
        """A country and a word for its forces, its rulers or its ministries."""
        owner = _OWNER.match(words)
        ruled = self._listed(owner[1], at, BY_PARTS) if owner and owner["of"] else None
        if owner and ruled and ruled.entry.branch == "government" and (branch := self._registry.branch(owner["of"])):
            return replace(
                _by_country(self._registry.forces(ruled.entry.country or "", branch, at or ruled.entry.until)),
                loaded=ruled.loaded,
            )  # "the X junta's air force"
        ministry = re.match(r"(?:ministry of (?:the )?([\w ]+?)|([\w ]+?) ministry) (?:of|in) (?P<whole>[\w .]+)$", words, re.I)
        if ministry and (nation := self._registry.nation(cleaned(ministry["whole"]))[0]):
            return _by_country(self._registry.ministry(nation, ministry[1] or ministry[2]))
        while len(words.split()) > 1 and self.may_go_before(words.split()[:1]) and not self._registry.nation(words)[0]:
            words = words.split(None, 1)[1]
        nation, rest = self._registry.nation(words)
        if nation is None or not rest:
            return None
        if ministry := re.search(r"\bministry of (?:the )?([\w ]+)$|\b([\w ]+?) ministry$", rest, re.I):
            return _by_country(self._registry.ministry(nation, ministry[1] or ministry[2]))
        if house := _EMBASSY.match(rest):
            name = f"{house[1].capitalize()} of {self._registry.states[nation].name}"
            return _by_country(Entry(f"{house[1].lower()}:{nation}", name, "organisation", nation))
        branch = self._registry.branch(rest)
        return _by_country(self._registry.forces(nation, branch, at)) if branch else None

    def _capital(self, words: str) -> Meant | None:
        """A capital for its government: "Moscow", "Kyiv"."""
        nation = self._registry.capitals.get(fold(words))
        known = nation in self._registry.states and words[:1].isupper()
        return _by_country(self._registry.states[nation]) if nation and known else None

    def _of(self, words: str, at: date | None) -> Meant | None:
        """ "Members of X", "the army of X", "fighters loyal to X"."""
        hit = _OF.match(words)
        if not hit:
            return None
        head, whole = fold(hit["head"]).split(), cleaned(hit["whole"])
        nation, rest = self._registry.nation(whole)
        branch = self._registry.branch(" ".join(head))
        if nation and not rest and not is_adjective(whole):
            return _by_country(self._registry.forces(nation, branch, at)) if branch else None
        if (
            head
            and (head[-1] in self._words["group_tails"] or head[-1] in force_words())
            and not self._words["civilians"] & set(head)
        ):
            inner = self._listed(whole, at, BY_PARTS) or self._peeled(whole, at) or self.composed(whole, at)
            return inner and replace(inner, score=BY_PARTS)
        return None

    def _people(self, words: str) -> Meant | None:
        """People by kind: civilians, protesters, rioters, with their country where it is said."""
        head = re.split(r"\s+(?:in|of|from|at|on|near|who|including|with|aboard|outside|inside)\s+", words)[0]
        last = fold(head).split()[-1:]
        nation, _ = self._registry.nation(words)
        people = {"civilians": self._words["civilians"], **_PEOPLE}
        kind = next((kind for kind, words in people.items() if words & set(last)), "")
        if not kind or (kind == "civilians" and re.search(r"\b(?:armed|gunmen|masked)\b", words, re.I)):
            return None
        where = f" ({self._registry.states[nation].name})" if nation else ""
        plain = {"civilian", "civilians", "protester", "protesters", "rioters", "rioter"} & set(last)
        name = kind.capitalize() + where if plain else words
        return Meant(Entry("", name, kind, nation), False, BY_PARTS if plain else AS_WRITTEN)

    def _within(self, words: str, at: date | None) -> Meant | None:
        """One listed name at the head or the end of longer words, where nothing says that it only stands behind another.

        A name of one word behind a capital of another's ("the River Hamas") is a part of a name of its own.
        """
        found = list(self._registry.safe.find(words))
        known = {value[0].id for hit in found for value in hit.values}
        if len(known) != 1:
            return None
        hit = found[0]
        before, after = words[: hit.span.start], words[hit.span.end :]
        if TIED.match(after) or re.search(
            r"(?:pro|anti|non|counter|ex)[- ]$|\b(?:against|by|under|from|on)\s+(?:the\s+)?$", before, re.I
        ):
            return None
        plain = self._words["group_tails"] | self._words["qualifiers"] | {"of", "the"}
        behind = [w for w in fold(re.sub(r"['’]s\b", "", before)).split() if w not in plain and w not in force_words()]
        last = before.split()[-1] if behind else ""
        own = " " not in hit.span.of(words) and last[:1].isupper() and not last.endswith(("'s", "’s"))
        return None if own or len(behind) > 1 else self._listed(hit.span.of(words), at, WITHIN)

    def speaker(self, words: str, at: date | None) -> Meant | None:
        """The body in whose name someone speaks; a person or an unnamed official stays as written."""
        if hit := _SPOKEN_FOR.match(words):
            words = cleaned(hit["whole"])
        listed = self._listed(words, at, BY_NAME) or self._capital(words)
        if listed:
            return listed
        if _PERSON.search(words):
            return None
        return self._peeled(words, at) or self.composed(words, at) or self._of(words, at) or self._within(words, at)


def _by_country(entry: Entry) -> Meant:
    return Meant(entry, False, BY_COUNTRY)


def cleaned(written: str) -> str:
    """Words without the quotes, brackets, articles and counts around them, in one line."""
    words = _CAPTION.sub("", " ".join(_QUOTES.sub(" ", written).split()).strip(" ,;:.-–—"))
    words = _INITIALS.sub(lambda m: m[0].replace(".", ""), words)
    while True:
        shorter = _WHICH.sub("", _COUNT.sub("", _DETERMINER.sub("", words)))
        if shorter == words or not shorter:
            return words
        words = shorter
