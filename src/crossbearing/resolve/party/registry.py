"""The registry: every actor, state and outlet that the tables list, ready to be looked up by name, by country or by address.

What the words of a report mean is not asked here: only what is listed, and the little that a country's name and a word for
its forces say together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from crossbearing import resources
from crossbearing.words.known import adjectives, countries, force_words, parts
from crossbearing.words.names import NameIndex, fold

POSSESSIVE = re.compile(r"(?:['’]s?)$")
_CONTESTED = frozenset({"Jerusalem"})  # a capital by one side's word only: a place, never a government
_BRANCH_NAMES = {
    "military": "Military forces of {}",
    "navy": "Navy of {}",
    "air force": "Air force of {}",
    "police": "Police forces of {}",
    "security forces": "Security forces of {}",
    "intelligence": "Intelligence services of {}",
    "border guards": "Border guards of {}",
    "coast guard": "Coast guard of {}",
    "government": "Government of {}",
    "government forces": "Government forces of {}",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor or outlet of the tables."""

    id: str
    name: str
    kind: str
    country: str | None
    branch: str | None = None
    since: date | None = None
    until: date | None = None
    lands: frozenset[str] = frozenset()
    """Where it is, for what one country's name does not say."""

    def lived(self, at: date | None) -> bool:
        """Whether it bore the name at that time; without a time, whether it bears it still."""
        if at is None:
            return self.until is None
        return (self.since is None or self.since <= at) and (self.until is None or at <= self.until)


class Registry:
    """The tables, indexed."""

    def __init__(self) -> None:
        table = resources.table("actors.yml")["actors"]
        self.entries = {row["id"]: _entry(row) for row in table if row["kind"] != "state"}
        outlets = resources.table("outlets.yml")["outlets"]
        self.outlets = {row["id"]: Entry(row["id"], row["name"], "medium", row.get("country")) for row in outlets}
        self.states = {row["iso2"]: Entry(f"state:{row['iso2']}", row["name"], "state", row["iso2"]) for row in countries()}
        self.names: NameIndex[tuple[Entry, bool]] = NameIndex(self._actor_names())
        self.safe: NameIndex[tuple[Entry, bool]] = NameIndex(self._actor_names(whole=False))
        self.media: NameIndex[Entry] = NameIndex(_outlet_names(self.outlets, "aliases", "exact", "slug"))
        self.media_in_text: NameIndex[Entry] = NameIndex(_outlet_names(self.outlets, "aliases"))
        self.nations: NameIndex[str] = NameIndex(_nation_names())
        self.capitals = _capitals()
        self._domains = {domain: self.outlets[row["id"]] for row in outlets for domain in parts(row.get("domains"))}
        self.branches: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries.values():
            if entry.country and entry.branch:
                self.branches.setdefault((entry.country, entry.branch), []).append(entry)
        self.loaded = _loaded_words()
        # Reports repeat the names of their parties.
        self.nation = lru_cache(maxsize=8192)(self._nation_before)
        self.words = {
            name: frozenset(fold(word) for word in words.split())
            for name, words in resources.table("actors.yml")["words"].items()
        }
        self.generic = {
            fold(phrase): sort for sort, cell in resources.table("actors.yml")["generic"].items() for phrase in parts(cell)
        }
        self.rivals = frozenset(resources.table("actors.yml")["rivals"])
        self.coalitions = self._called("coalition")
        self.juntas = {self.entries[one].country for one in self._called("junta") if self.entries[one].branch == "government"}

    def by_address(self, address: str) -> Entry | None:
        host = host_of(address).split(".")
        tails = (".".join(host[at:]) for at in range(len(host) - 1))
        return next((self._domains[tail] for tail in tails if tail in self._domains), None)

    def _nation_before(self, words: str) -> tuple[str | None, str]:
        """The country whose name or adjective the words begin with, and the rest of the words."""
        tokens = words.split()
        for size in range(min(5, len(tokens)), 0, -1):
            head = POSSESSIVE.sub("", " ".join(tokens[:size])).strip(",")
            found = self.nations.get(head)
            if found and found[0] in self.states and any(c.isupper() for c in head):
                return found[0], " ".join(tokens[size:])
        return None, words

    def branch(self, rest: str) -> str | None:
        """The branch that the words after a country's name mean; qualifiers before the noun do not count."""
        words, known = fold(rest).split(), force_words()
        for start in range(len(words)):
            if " ".join(words[start:]) in known:
                qualifiers = words[:start]
                fits = all(w in known or w in self.words["force_qualifiers"] | self.loaded for w in qualifiers)
                return known[" ".join(words[start:])] if fits else None
        return None

    def forces(self, nation: str, branch: str, at: date | None) -> Entry:
        """A state's forces: the registry's entry where it has one, else one made of the country's name."""
        listed = self.branches.get((nation, "military" if branch == "government forces" else branch), [])
        entry = next((e for e in listed if e.lived(at)), None)
        if entry is None:
            kind = "state" if branch == "government" else "state forces"
            entry = Entry(
                f"forces:{nation}:{branch}", _BRANCH_NAMES[branch].format(self.states[nation].name), kind, nation, branch
            )
        return entry

    def ministry(self, nation: str, subject: str) -> Entry:
        subject = subject.strip().lower().replace("defense", "defence")
        row = next(row for row in countries() if row["iso2"] == nation)
        ways = (f"{word} Ministry of {subject}" for word in (row["name"], *parts(row.get("adjectives"))))
        listed = next((found[0][0] for way in ways if (found := self.names.get(way))), None)
        full = "foreign affairs" if subject == "foreign" else subject
        name = f"Ministry of {full.title()} of {row['name']}"
        return listed or Entry(f"ministry:{nation}:{full.replace(' ', '-')}", name, "organisation", nation)

    def takes_a_side(self, written: str) -> bool:
        """Whether the words hold one that is said to take a side."""
        folded = f" {fold(written)} "
        return any(f" {term} " in folded for term in self.loaded)

    def _called(self, word: str) -> frozenset[str]:
        """The entries that have the word in one of their names."""
        named = ((e, fold(name).split()) for name, (e, _) in self.names.items())
        return frozenset(entry.id for entry, words in named if word in words and entry.id in self.entries)

    def _actor_names(self, whole: bool = True) -> Iterator[tuple[str, tuple[Entry, bool]]]:
        """The registry's names; with those that are only safe as a whole mention, or without."""
        for row in resources.table("actors.yml")["actors"]:
            entry = self.entries.get(row["id"]) or self.states.get(row["country"])
            if entry is None:
                continue
            if row["kind"] != "state":
                names = (row["name"], *parts(row.get("aliases")), *(parts(row.get("exact")) if whole else ()))
                for name in {fold(n): n for n in names}.values():
                    yield name, (entry, False)
            for name in parts(row.get("loaded")):
                yield name, (entry, True)


def _entry(row: dict[str, object]) -> Entry:
    since, until = row.get("from"), row.get("to")
    return Entry(
        str(row["id"]),
        str(row["name"]),
        str(row["kind"]),
        str(row["country"]) if row.get("country") else None,
        str(row["branch"]) if row.get("branch") else None,
        since if isinstance(since, date) else None,
        until if isinstance(until, date) else None,
        frozenset(parts(str(row.get("acts_in") or row.get("country") or ""))),
    )


def _outlet_names(outlets: dict[str, Entry], *columns: str) -> Iterator[tuple[str, Entry]]:
    """The names of outlets that stand in some columns; their display names too, but among those that are found in text."""
    for row in resources.table("outlets.yml")["outlets"]:
        named = [name for column in columns for name in parts(row.get(column))]
        for name in {fold(n): n for n in (*named, *([row["name"]] if "exact" in columns else []))}.values():
            yield name, outlets[row["id"]]


def _nation_names() -> Iterator[tuple[str, str]]:
    for row in countries():
        for name in (row["name"], *parts(row.get("aliases")), *parts(row.get("adjectives"))):
            yield name, row["iso2"]


@lru_cache(maxsize=None)
def _capitals() -> dict[str, str]:
    """Capitals, folded, to countries, with other spellings; a name that is a country's too is looked up as the country first."""
    spelled = {"Kiev": "UA", "Tel Aviv": "IL", "Washington": "US", "Naypyitaw": "MM", "Nay Pyi Taw": "MM", "N'Djamena": "TD"}
    seats = {row["capital"]: row["iso2"] for row in countries() if row.get("capital") and row["capital"] not in _CONTESTED}
    return {fold(city): nation for city, nation in {**seats, **spelled}.items()}


def is_adjective(words: str) -> bool:
    return bool(adjectives().get(words))


def _loaded_words() -> frozenset[str]:
    """Modifiers and heads that take a side, folded."""
    return frozenset(fold(row["term"]) for row in resources.table("loaded.yml")["loaded"] if row["part"] in ("modifier", "head"))


_ARCHIVED = re.compile(r"^(?:https?://)?web\.archive\.org/web/\w+/(?=\S)")
"""What the Wayback Machine puts before the address of a page that it holds."""


def host_of(address: str) -> str:
    """The host of an address, without `www.`, an archived page's its own; empty where there is none."""
    own = _ARCHIVED.sub("", address.strip().lower())
    hit = re.match(r"^(?:[a-z]+://)?(?:www\d?\.)?([\w-]+(?:\.[\w-]+)+)", own)
    return hit[1] if hit else ""
