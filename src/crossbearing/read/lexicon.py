"""The reader's words, compiled once from the tables that a person edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crossbearing import resources


def grammar(name: str) -> frozenset[str]:
    """A set of small words that a rule tells things by, from `grammar.yml`."""
    return frozenset(resources.table("grammar.yml")[name])


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that speaks of a happening: its class (a key of `types` or a rule's name), its lemma and its form."""

    cls: str
    lemma: str
    form: str  # "noun", "plural", "base", "s", "past", "participle", "ing"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every table of the reader, keyed by lower-case word or phrase."""

    types: Mapping[str, tuple[str, str]]
    verbs: Mapping[str, Trigger]
    nouns: Mapping[str, Trigger]
    armed: frozenset[str]
    civil: frozenset[str]
    modifiers: frozenset[str]
    weapons: Mapping[str, str]
    weapon_modifiers: frozenset[str]
    speech: Mapping[str, str]
    claimants: frozenset[str]
    media: frozenset[str]
    planned: frozenset[str]
    attempted: frozenset[str]
    managed: frozenset[str]
    hypothetical: frozenset[str]
    negated: frozenset[str]
    support: frozenset[str]
    parted: Mapping[str, tuple[tuple[tuple[str, ...], Trigger], ...]]
    """By the first word of a verb of several, between whose words its object may stand, the words that follow."""
    never_before: frozenset[str]
    never_after: frozenset[str]
    first_words: frozenset[str]
    """First words of every phrase above that has several, so that most words cost one look-up."""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The tables of `resources/`, inflected and indexed."""
    happenings, people = resources.table("happenings.yml"), resources.table("people.yml")
    weapons, cues = resources.table("weapons.yml"), resources.table("cues.yml")
    nouns: dict[str, Trigger] = {}
    for noun, cls in happenings["nouns"].items():
        nouns[noun] = Trigger(cls, noun, "noun")
        nouns[_plural(noun)] = Trigger(cls, noun, "noun" if cls == "casualty" else "plural")  # one shooting leaves many wounds
    verbs: dict[str, Trigger] = {}
    for verb, cls in happenings["verbs"].items():
        for word, form in forms(verb, happenings["irregular"]):
            verbs.setdefault(word, Trigger(cls, verb, form))
    parted: dict[str, list[tuple[tuple[str, ...], Trigger]]] = {}
    for verb in happenings["parted"]:
        for word, form in forms(verb, happenings["irregular"]):
            first, *rest = word.split()
            parted.setdefault(first, []).append((tuple(rest), Trigger(happenings["verbs"][verb], verb, form)))
    kinds = {word: cls for cls, words in weapons.items() if cls != "modifiers" for word in words}
    speech = {word: stance for stance, words in cues["verbs"].items() for word in words}
    phrases = [
        *nouns,
        *verbs,
        *people["armed"],
        *people["civil"],
        *kinds,
        *weapons["modifiers"],
        *cues["claimants"],
        *cues["media"],
    ]
    return Lexicon(
        types={cls: (pair[0], pair[1]) for cls, pair in happenings["types"].items()},
        verbs=verbs,
        nouns=nouns,
        armed=_lower(people["armed"]),
        civil=_lower(people["civil"]),
        modifiers=_lower(people["modifiers"]),
        weapons=kinds,
        weapon_modifiers=_lower(weapons["modifiers"]),
        speech=speech,
        claimants=_lower(cues["claimants"]),
        media=_lower(cues["media"]),
        planned=_lower(cues["planned"]),
        attempted=_lower(cues["attempted"]),
        managed=_lower(cues["managed"]),
        hypothetical=_lower(cues["hypothetical"]),
        negated=_lower(cues["negated"]),
        support=_lower(happenings["support"]),
        parted={first: tuple(rests) for first, rests in parted.items()},
        never_before=_lower(happenings["never_before"]),
        never_after=_lower(happenings["never_after"]),
        first_words=frozenset(p.split()[0].lower() for p in phrases if " " in p),
    )


def spoken(alternatives: str) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """The words that a form of `kinds.yml` has in its brackets, each with lemma and form where it is a verb."""
    table = resources.table("kinds.yml")
    for part in alternatives.split("|"):
        verb, tilde, rest = part.partition("~")
        if tilde:
            yield from ((word + rest, (verb, form)) for word, form in forms(verb, table["irregular"]))
        else:
            named = table["words"][part[1:-1]] if part.startswith("<") else [part]
            yield from ((word, _as_verb(word, table["irregular"])) for word in named)


def _as_verb(phrase: str, irregular: Mapping[str, list[str]]) -> tuple[str, str] | None:
    """Lemma and form of a word that stands there as it is, where it is a verb's: by the table, or by its ending."""
    first = phrase.split()[0]
    for lemma, (_, past, participle, ing) in irregular.items():
        for form, known in (("participle", participle), ("past", past), ("ing", ing)):
            if first == known:
                return lemma, form
    return (phrase, "past") if first.endswith("ed") else (phrase, "ing") if first.endswith("ing") else None


@lru_cache(maxsize=1)
def telling() -> frozenset[str]:
    """The first words of all that can tell of a kind of `kinds.yml`."""
    rows = resources.table("kinds.yml")["kinds"]
    brackets = (form[form.index("[") + 1 : form.index("]")] for row in rows for form in row["tells"])
    return frozenset(word.split()[0] for inside in brackets for word, _ in spoken(inside))


def _lower(words: list[str]) -> frozenset[str]:
    return frozenset(str(w).lower() for w in words)


def _plural(noun: str) -> str:
    if noun.endswith(("sh", "ch", "s")):
        return noun + "es"
    return noun + "s"


def forms(verb: str, irregular: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """A verb's forms, each with its name; `irregular` gives those that no rule does. Of several words the first is inflected."""
    first, _, rest = verb.partition(" ")
    others: list[str] = []
    if rest:
        return [(f"{word} {rest}", form) for word, form in forms(first, irregular)]
    if verb in irregular:
        s, past, participle, ing, *others = irregular[verb]
    elif verb.endswith("e"):
        s, past, participle, ing = verb + "s", verb + "d", verb + "d", verb[:-1] + "ing"
    else:
        s, past, participle, ing = _plural(verb), verb + "ed", verb + "ed", verb + "ing"
    found = [(verb, "base"), (s, "s"), (past, "past"), (participle, "participle"), (ing, "ing")]
    found += [(other, "past") for other in others]
    return [(w, f) for w, f in found if "-" not in w or verb in irregular]
