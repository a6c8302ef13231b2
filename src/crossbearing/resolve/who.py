"""Who is meant: the words for an actor or a voice, worked out to an entry of the registry, a state's forces, or left as written.

In order: a name that the registry has; the same with its qualifiers taken off ("the Iran-backed X", "X fighters",
"members of X"); a country with a word for forces ("Sudanese army", "Ukraine's air defence"); people by kind; and else
the words themselves. Nothing is guessed finer than it is said, and which side is spoken of plays no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.claim import Actor, Voice
from crossbearing.model.mention import Mention
from crossbearing.model.provenance import Stated, Step
from crossbearing.model.text import Document, Span
from crossbearing.words.known import adjectives, countries, force_words, parts
from crossbearing.words.names import Found, NameIndex, fold

STEP = Step("resolve.who", "1")

# How far each way of knowing an actor may be trusted; set by hand, from sure to a guess, to order them and no more.
BY_NAME, BY_PARTS, BY_COUNTRY, WITHIN, AS_WRITTEN = 1.0, 0.9, 0.9, 0.7, 0.5

_QUOTES = re.compile(r"[\"“”„«»\[\]]|(?<!\w)['‘’]|(?<=[^\Ws])['’](?!\w)")
_POSSESSIVE = re.compile(r"(?:['’]s?)$")
_COUNT = re.compile(
    r"^(?:[\d,.]+|at least|at most|more than|up to|about|around|some|nearly|over|almost|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|dozens of|hundreds of|thousands of|scores of|a number of|a group of|groups of|several|many|most|all"
    r"|both|other|another|various|multiple|numerous|few)\s+",
    re.I,
)
_DETERMINER = re.compile(
    r"^(?:the|a|an|its|his|her|their|our|these|those|this|that|such|so[- ]called|what it (?:calls|called))\s+", re.I
)
_SIDE = (
    r"(?:backed|aligned|linked|affiliated|allied|supported|sponsored|led|run|held|controlled|occupied|funded|trained|based|installed"
    r"|appointed|inspired|friendly)"
)
_SIDED = re.compile(rf"^\S+-{_SIDE}$|^(?:pro|anti)-\S+$", re.I)
_TIED = re.compile(rf"^\s?-\s?{_SIDE}\b|^['’]s?\s+(?:allies|opponents|enemies)", re.I)
_ABBREVIATION = re.compile(r"\s*\([^()]{1,40}\)")
_OF = re.compile(r"^(?P<head>[^,]{3,60}?)\s+(?:of|from|for|belonging to|loyal to|affiliated with|inside|within)\s+(?P<whole>.+)$")
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|or|as well as|along with|together with)\s+")
_PRONOUN = frozenset(
    [
        "they",
        "it",
        "he",
        "she",
        "who",
        "which",
        "that",
        "them",
        "him",
        "her",
        "we",
        "us",
        "i",
        "you",
        "those",
        "these",
        "this",
        "what",
        "both",
        "one",
        "others",
        "someone",
        "anyone",
    ]
) | {""}
_KIND_BY_WORD = (
    ("rebel group", r"rebels?|insurgents?|guerrillas?|separatists?|dissidents?|jihadis(?:ts?)?|secessionists?|mujahideen"),
    (
        "identity militia",
        r"bandits?|herders|herdsmen|pastoralists|clan|clans|tribal|tribesmen|vigilantes?|communal|ethnic|self-defen[cs]e",
    ),
    (
        "external/other forces",
        r"coalition|peacekeepers?|mercenar(?:y|ies)|international forces?|contractors|foreign (?:forces|troops)",
    ),
    (
        "political militia",
        r"militias?|militiam[ae]n|militants?|gunm[ae]n|fighters?|resistance|factions?|gangs?|cartels?|assailants?|attackers?"
        r"|armed (?:men|man|groups?|individuals|persons|elements)|extremists?|terrorists?|suspects?|hitmen"
        r"|proxies|paramilitar(?:y|ies)|bombers?",
    ),
    (
        "state forces",
        r"army|soldiers?|troops?|police|policem[ae]n|military|navy|air force|security (?:forces|personnel|services)"
        r"|border guards?|forces|air defen[cs]es?|warplanes?|junta|gendarmes?|coast ?guard",
    ),
)
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
_SLUGS = (
    re.compile(r"^\W*(?P<slug>[A-Z][\w .’'-]{2,40}?)\s*/\s+(?=[A-Z“\"])"),  # Shafaq News / The ...
    re.compile(r"^\W*(?:[A-Z][\w.’' ,/-]{1,60}?)?\((?P<slug>[A-Z][\w .’'&/-]{1,40})\)\s*[-–—:]?"),  # KHARTOUM (Reuters) - ...
    re.compile(  # MOSCOW, January 12. /TASS/.
        r"^\W*[A-Z][\w.’' /-]{1,40},\s*(?:[A-Z][a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+\.?)(?:,?\s*\d{4})?[.,]?\s*"
        r"[(/]?(?P<slug>[A-Z][\w .’'&-]{1,30}?)[)/]?\.?\s*(?:[-–—]|(?<=/\.)|$)"
    ),
)
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

    def lived(self, at: date | None) -> bool:
        """Whether it bore the name at that time; without a time, whether it bears it still."""
        if at is None:
            return self.until is None
        return (self.since is None or self.since <= at) and (self.until is None or at <= self.until)


@dataclass(frozen=True, slots=True)
class _Meant:
    """An entry, or a composed actor, with the way it was known."""

    entry: Entry
    loaded: bool
    score: float


class Actors:
    """The registry, ready to be asked."""

    def __init__(self) -> None:
        table = resources.table("actors.yml")["actors"]
        self.entries = {row["id"]: _entry(row) for row in table if row["kind"] != "state"}
        outlets = resources.table("outlets.yml")["outlets"]
        self.outlets = {row["id"]: Entry(row["id"], row["name"], "medium", row.get("country")) for row in outlets}
        self.states = {row["iso2"]: Entry(f"state:{row['iso2']}", row["name"], "state", row["iso2"]) for row in countries()}
        self._names: NameIndex[tuple[Entry, bool]] = NameIndex(self._actor_names())
        self._safe: NameIndex[tuple[Entry, bool]] = NameIndex(self._actor_names(whole=False))
        self._searched: tuple[str, Span, tuple[Found[tuple[Entry, bool]], ...]] = ("", Span(0, 0), ())
        self._media: NameIndex[Entry] = NameIndex(_outlet_names(self.outlets))
        self._nations: NameIndex[str] = NameIndex(_nation_names())
        self._capitals = _capitals()
        self._domains = {domain: self.outlets[row["id"]] for row in outlets for domain in parts(row.get("domains"))}
        self._branches: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries.values():
            if entry.country and entry.branch:
                self._branches.setdefault((entry.country, entry.branch), []).append(entry)
        self._loaded = _loaded_words()
        self._asked = lru_cache(maxsize=8192)(self._meant)  # reports repeat the names of their parties
        self._words = {
            name: frozenset(fold(word) for word in words.split())
            for name, words in resources.table("actors.yml")["words"].items()
        }
        self._kinds = tuple((kind, re.compile(rf"\b(?:{pattern})\b", re.I)) for kind, pattern in _KIND_BY_WORD)

    # ------------------------------------------------------------------ what others ask

    def actor(self, document: Document, mention: Mention, at: date | None = None) -> Stated[Actor] | None:
        """The actor that a mention's words mean; None where they name nobody ("they").

        `at` is the time of what is told, where known: it tells apart names that passed from one body to another.
        """
        written = mention.span.of(document.text)
        found = self.meant(written, at)
        if found is None:
            return None
        if found[0].id is None and (named := self._named_before(document, mention)):
            span, entry = named
            loaded = self._takes_a_side(written)
            actor = Actor(entry.name, entry.id, written, entry.kind, entry.country, loaded)
            return Stated(actor, (mention.span, span), STEP.id, WITHIN)
        return Stated(found[0], (mention.span,), STEP.id, found[1])

    def actors(self, document: Document, mention: Mention, at: date | None = None) -> tuple[Stated[Actor], ...]:
        """Every actor of a mention that joins several ("US and British forces"); one where it joins none."""
        written = mention.span.of(document.text)
        found = [self.meant(part, at) for part in self._split(written)]
        unique = {
            actor.id or fold(actor.name): Stated(actor, (mention.span,), STEP.id, score) for actor, score in filter(None, found)
        }
        return tuple(unique.values())

    def meant(self, written: str, at: date | None = None) -> tuple[Actor, float] | None:
        """The actor that words mean, and how sure it is (0 to 1)."""
        words = cleaned(written)
        if fold(words) in _PRONOUN and words != "US":
            return None
        meant = self._asked(words, at)
        if meant is None:
            return self._unlisted(words, written), AS_WRITTEN
        entry = meant.entry
        loaded = meant.loaded or self._takes_a_side(written)
        return Actor(entry.name, entry.id or None, written, entry.kind, entry.country, loaded), meant.score

    def voice(self, document: Document, mention: Mention) -> Stated[Voice] | None:
        """Whose words they are: a medium, or a claimant under its neutral name; None where the words name nobody."""
        written = mention.span.of(document.text)
        words = cleaned(written)
        if fold(words) in _PRONOUN:
            return None
        medium = self._medium(words)
        if medium is not None:
            return Stated(Voice(medium.name, "medium", written), (mention.span,), STEP.id, BY_NAME)
        meant = self._speaker(words)
        if meant is not None:
            kind = "medium" if meant.entry.kind == "medium" else "claimant"
            return Stated(Voice(meant.entry.name, kind, written), (mention.span,), STEP.id, meant.score)
        if named := self._named_before(document, mention):
            return Stated(Voice(named[1].name, "claimant", written), (mention.span, named[0]), STEP.id, WITHIN)
        kind = "medium" if self._words["media_nouns"] & set(fold(words).split()[-1:]) else "claimant"
        return Stated(Voice(words, kind, written), (mention.span,), STEP.id, AS_WRITTEN)

    def outlet(self, document: Document) -> Stated[Voice] | None:
        """Who published the document: as its page shows, by its address, or by how it signs its text."""
        shown, address = document.metadata.outlet, document.metadata.address
        if shown and shown.value.strip():
            entry = self._medium(cleaned(shown.value)) or self._by_address(shown.value)
            return Stated(Voice(entry.name if entry else shown.value.strip(), "outlet", shown.value), (shown,), STEP.id)
        if address:
            entry = self._by_address(address.value)
            if entry or (host := _host(address.value)):
                score = BY_NAME if entry else AS_WRITTEN
                return Stated(Voice(entry.name if entry else host, "outlet", address.value), (address,), STEP.id, score)
        agency = self.agency(document)
        return agency and replace(agency, value=replace(agency.value, kind="outlet"), score=BY_PARTS)

    def agency(self, document: Document) -> Stated[Voice] | None:
        """The agency that a text is signed with at its head: "KHARTOUM (Reuters) -", "Shafaq News /", "(MENAFN)"."""
        for span in document.article()[:4]:
            for line in re.finditer(r"[^\n]+", document.text[span.start : min(span.end, span.start + 1500)]):
                for slug in _SLUGS:
                    hit = slug.match(line.group()[:160])
                    entry = hit and self._medium(re.split(r"\s*[-–/]\s*", hit["slug"])[0])
                    if hit and entry:
                        at = span.start + line.start() + hit.start("slug")
                        words = Span(at, at + len(hit["slug"]))
                        return Stated(Voice(entry.name, "medium", words.of(document.text)), (words,), STEP.id)
        return None

    # ------------------------------------------------------------------ ways of knowing

    def _meant(self, words: str, at: date | None) -> _Meant | None:
        bare = _ABBREVIATION.sub("", words).strip(" ,")
        return (
            self._listed(words, at, BY_NAME)
            or (self._meant(bare, at) if bare and bare != words else None)
            or self._peeled(words, at)
            or self._composed(words, at)
            or self._capital(words)
            or self._of(words, at)
            or self._people(words)
            or self._within(words, at)
        )

    def _listed(self, words: str, at: date | None, score: float) -> _Meant | None:
        """A name that the registry has, or a state's."""
        found = [(entry, loaded) for entry, loaded in self._names.get(words) if entry.lived(at)] or list(self._names.get(words))
        if found:
            entry, loaded = found[0]
            return _Meant(entry, loaded, score)
        nation, rest = self._nation(words)
        if nation and not rest and not _is_adjective(words):
            return _Meant(self.states[nation], False, score)
        return None

    def _peeled(self, words: str, at: date | None) -> _Meant | None:
        """A listed name among qualifiers: "the Iran-backed X", "Lebanon's X", "X fighters", "terrorist group X"."""
        heads = words.split()
        for start in range(min(6, len(heads))):
            if start and not self._may_go_before(heads[:start]):
                continue
            for end in range(len(heads), max(start, len(heads) - 4), -1):
                if (start or end < len(heads)) and all(fold(w) in self._words["group_tails"] | self._loaded for w in heads[end:]):
                    found = self._names.get(_POSSESSIVE.sub("", " ".join(heads[start:end])))
                    if found:
                        return self._listed(_POSSESSIVE.sub("", " ".join(heads[start:end])), at, BY_PARTS)
        return None

    def _may_go_before(self, heads: list[str]) -> bool:
        """Whether words only qualify the name that follows: a country, a side, a kind."""
        sided = max((at for at, w in enumerate(heads) if _SIDED.match(w) and at <= 3), default=-1)
        if sided > 0 and heads[0][:1].isupper():  # "Islamic State-affiliated X": all that stands before belongs to the side
            heads = heads[sided:]
        rest = [w for w in heads if not (_SIDED.match(w) or fold(w) in self._words["qualifiers"] | self._loaded | {"the"})]
        nation, left = self._nation(" ".join(rest))
        return not rest or (nation is not None and not left)

    def _composed(self, words: str, at: date | None) -> _Meant | None:
        """A country and a word for its forces, its rulers or its ministries."""
        ministry = re.match(r"(?:ministry of (?:the )?([\w ]+?)|([\w ]+?) ministry) (?:of|in) (?P<whole>[\w .]+)$", words, re.I)
        if ministry and (nation := self._nation(cleaned(ministry["whole"]))[0]):
            return self._ministry(nation, ministry[1] or ministry[2])
        while len(words.split()) > 1 and self._may_go_before(words.split()[:1]) and not self._nation(words)[0]:
            words = words.split(None, 1)[1]
        nation, rest = self._nation(words)
        if nation is None or not rest:
            return None
        if ministry := re.search(r"\bministry of (?:the )?([\w ]+)$|\b([\w ]+?) ministry$", rest, re.I):
            return self._ministry(nation, ministry[1] or ministry[2])
        branch = self._branch(rest)
        return self._forces(nation, branch, at) if branch else None

    def _branch(self, rest: str) -> str | None:
        """The branch that the words after a country's name mean; qualifiers before the noun do not count."""
        words, known = fold(rest).split(), force_words()
        for start in range(len(words)):
            if " ".join(words[start:]) in known:
                qualifiers = words[:start]
                fits = all(w in known or w in self._words["force_qualifiers"] | self._loaded for w in qualifiers)
                return known[" ".join(words[start:])] if fits else None
        return None

    def _forces(self, nation: str, branch: str, at: date | None) -> _Meant:
        """A state's forces: the registry's entry where it has one, else one made of the country's name."""
        listed = self._branches.get((nation, "military" if branch == "government forces" else branch), [])
        entry = next((e for e in listed if e.lived(at)), listed[0] if listed else None)
        if entry is None:
            kind = "state" if branch == "government" else "state forces"
            entry = Entry(
                f"forces:{nation}:{branch}", _BRANCH_NAMES[branch].format(self.states[nation].name), kind, nation, branch
            )
        return _Meant(entry, False, BY_COUNTRY)

    def _ministry(self, nation: str, subject: str) -> _Meant:
        subject = subject.strip().lower().replace("defense", "defence")
        row = next(row for row in countries() if row["iso2"] == nation)
        ways = (f"{word} Ministry of {subject}" for word in (row["name"], *parts(row.get("adjectives"))))
        listed = next((found[0][0] for way in ways if (found := self._names.get(way))), None)
        name = f"Ministry of {subject.title()} of {row['name']}"
        entry = listed or Entry(f"ministry:{nation}:{subject.replace(' ', '-')}", name, "organisation", nation)
        return _Meant(entry, False, BY_COUNTRY)

    def _capital(self, words: str) -> _Meant | None:
        """A capital for its government: "Moscow", "Kyiv"."""
        nation = self._capitals.get(fold(words))
        return _Meant(self.states[nation], False, BY_COUNTRY) if nation in self.states and words[:1].isupper() else None

    def _of(self, words: str, at: date | None) -> _Meant | None:
        """ "Members of X", "the army of X", "fighters loyal to X"."""
        hit = _OF.match(words)
        if not hit:
            return None
        head, whole = fold(hit["head"]).split(), cleaned(hit["whole"])
        nation, rest = self._nation(whole)
        branch = self._branch(" ".join(head))
        if nation and not rest and not _is_adjective(whole):
            return self._forces(nation, branch, at) if branch else None
        if (
            head
            and (head[-1] in self._words["group_tails"] or head[-1] in force_words())
            and not self._words["civilians"] & set(head)
        ):
            inner = self._listed(whole, at, BY_PARTS) or self._peeled(whole, at) or self._composed(whole, at)
            return inner and replace(inner, score=BY_PARTS)
        return None

    def _people(self, words: str) -> _Meant | None:
        """People by kind: civilians, protesters, rioters, with their country where it is said."""
        head = re.split(r"\s+(?:in|of|from|at|on|near|who|including|with|aboard|outside|inside)\s+", words)[0]
        last = fold(head).split()[-1:]
        nation, _ = self._nation(words)
        people = {"civilians": self._words["civilians"], **_PEOPLE}
        kind = next((kind for kind, words in people.items() if words & set(last)), "")
        if not kind or (kind == "civilians" and re.search(r"\b(?:armed|gunmen|masked)\b", words, re.I)):
            return None
        where = f" ({self.states[nation].name})" if nation else ""
        plain = {"civilian", "civilians", "protester", "protesters", "rioters", "rioter"} & set(last)
        name = kind.capitalize() + where if plain else words
        return _Meant(Entry("", name, kind, nation), False, BY_PARTS if plain else AS_WRITTEN)

    def _within(self, words: str, at: date | None) -> _Meant | None:
        """One listed name at the head or the end of longer words, where nothing says that it only stands behind another."""
        found = list(self._safe.find(words))
        known = {value[0].id for hit in found for value in hit.values}
        if len(known) != 1:
            return None
        hit = found[0]
        before, after = words[: hit.span.start], words[hit.span.end :]
        if _TIED.match(after) or re.search(
            r"(?:pro|anti|non|counter|ex)[- ]$|\b(?:against|by|under|from|on)\s+(?:the\s+)?$", before, re.I
        ):
            return None
        plain = self._words["group_tails"] | self._words["qualifiers"] | {"of", "the"}
        behind = [w for w in fold(before).split() if w not in plain and w not in force_words()]
        return None if len(behind) > 1 else self._listed(hit.span.of(words), at, WITHIN)

    def _named_before(self, document: Document, mention: Mention) -> tuple[Span, Entry] | None:
        """The one actor whose name, earlier in the article, holds the word: "the army", "the Iraqi resistance"."""
        nation, rest = self._nation(cleaned(mention.span.of(document.text)))
        core = [w for w in fold(rest).split() if w in self._words["short_forms"] or w not in self._words["group_tails"]]
        if len(core) != 1 or core[0] not in self._words["short_forms"]:
            return None
        named: dict[str, tuple[Span, Entry]] = {}
        for run in document.article():
            if run.start >= mention.span.start:
                break
            for hit in self._names_until(document.text, run, mention.span.start):
                entry = hit.values[0][0]
                if core[0] in fold(hit.span.of(document.text)).split() and nation in (None, entry.country):
                    named.setdefault(entry.id, (hit.span, entry))
        return next(iter(named.values())) if len(named) == 1 else None

    def _names_until(self, text: str, run: Span, stop: int) -> Iterator[Found[tuple[Entry, bool]]]:
        """The names in a stretch that stand before an offset; the whole stretch is searched once for all that ask."""
        searched = self._searched
        if searched[:2] != (text, run):
            self._searched = searched = (text, run, tuple(self._safe.find(text, run.start, run.end)))
        for hit in searched[2]:
            if hit.span.end <= stop:
                yield hit
                continue
            if hit.span.start < stop:  # a name that the offset cuts may begin with a shorter one
                yield from self._safe.find(text, hit.span.start, stop)
            return

    def _speaker(self, words: str) -> _Meant | None:
        """The body in whose name someone speaks; a person or an unnamed official stays as written."""
        if hit := _SPOKEN_FOR.match(words):
            words = cleaned(hit["whole"])
        listed = self._listed(words, None, BY_NAME) or self._capital(words)
        if listed:
            return listed
        if _PERSON.search(words):
            return None
        return self._peeled(words, None) or self._composed(words, None) or self._of(words, None) or self._within(words, None)

    def _medium(self, words: str) -> Entry | None:
        """An outlet's name, alone or with what it is: "Iran's X news agency", "the state-run X"."""
        heads = words.split()
        for start in range(min(6, len(heads))):
            for end in range(len(heads), max(start, len(heads) - 4), -1):
                core = _POSSESSIVE.sub("", " ".join(heads[start:end]))
                before = [w for w in heads[:start] if fold(w) not in self._words["media"]]
                fits = all(fold(w) in self._words["media"] for w in heads[end:]) and self._may_go_before(before)
                if fits and (found := self._media.get(core)):
                    return found[0]
        return None

    def _by_address(self, address: str) -> Entry | None:
        host = _host(address).split(".")
        tails = (".".join(host[at:]) for at in range(len(host) - 1))
        return next((self._domains[tail] for tail in tails if tail in self._domains), None)

    # ------------------------------------------------------------------ words

    def _nation(self, words: str) -> tuple[str | None, str]:
        """The country whose name or adjective the words begin with, and the rest of the words."""
        tokens = words.split()
        for size in range(min(5, len(tokens)), 0, -1):
            head = _POSSESSIVE.sub("", " ".join(tokens[:size])).strip(",")
            found = self._nations.get(head)
            if found and found[0] in self.states and any(c.isupper() for c in head):
                return found[0], " ".join(tokens[size:])
        return None, words

    def _split(self, written: str) -> list[str]:
        """The parts of joined actors; a last noun is lent to the countries before it ("US and British forces")."""
        if self._names.get(cleaned(written)) or not _AND.search(written):
            return [written]
        pieces = [p for p in _AND.split(written) if p.strip()]
        nation, tail = self._nation(cleaned(pieces[-1]))
        whole = []
        for piece in pieces:
            here, rest = self._nation(cleaned(piece))
            lend = here and not rest and nation and tail and self._branch(tail)
            whole.append(f"{piece} {tail}" if lend and piece is not pieces[-1] else piece)
        known = [self._asked(cleaned(p), None) or any(kind.search(p) for _, kind in self._kinds) for p in whole]
        return whole if all(known) else [written]

    def _takes_a_side(self, written: str) -> bool:
        """Whether the words hold one that is said to take a side."""
        folded = f" {fold(written)} "
        return any(f" {term} " in folded for term in self._loaded)

    def _unlisted(self, words: str, written: str) -> Actor:
        """Someone whom the registry does not have: the words themselves, with the kind and the country that they show."""
        kind = next((kind for kind, pattern in self._kinds if pattern.search(words)), "")
        nation = self._nation(words)[0] or (self._nation(words[:-1])[0] if words.endswith("s") and " " not in words else None)
        return Actor(words, None, written, kind, nation, self._takes_a_side(written))

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


@lru_cache(maxsize=1)
def load_actors() -> Actors:
    """The shipped registry."""
    return Actors()


def cleaned(written: str) -> str:
    """Words without the quotes, brackets, articles and counts around them, in one line."""
    words = " ".join(_QUOTES.sub(" ", written).split()).strip(" ,;:.-–—")
    if words.endswith((" U.S", " U.N")) or words in ("U.S", "U.N"):
        words += "."
    while True:
        shorter = _COUNT.sub("", _DETERMINER.sub("", words))
        if shorter == words or not shorter:
            return words
        words = shorter


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
    )


def _outlet_names(outlets: dict[str, Entry]) -> Iterator[tuple[str, Entry]]:
    for row in resources.table("outlets.yml")["outlets"]:
        names = (row["name"], *(name for column in ("aliases", "exact", "slug") for name in parts(row.get(column))))
        for name in {fold(n): n for n in names}.values():
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


def _is_adjective(words: str) -> bool:
    return bool(adjectives().get(words))


def _loaded_words() -> frozenset[str]:
    """Modifiers and heads that take a side, folded."""
    return frozenset(fold(row["term"]) for row in resources.table("loaded.yml")["loaded"] if row["part"] in ("modifier", "head"))


def _host(address: str) -> str:
    """The host of an address, without `www.`; empty where there is none."""
    hit = re.match(r"^(?:[a-z]+://)?(?:www\d?\.)?([\w-]+(?:\.[\w-]+)+)", address.strip().lower())
    return hit[1] if hit else ""
