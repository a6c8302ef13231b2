"""Who is meant: the words for an actor or a voice, worked out to an entry of the registry, a state's forces, or left as written.

In order: a name that the registry has; the same with its qualifiers taken off ("the Iran-backed X", "X fighters",
"members of X"); a country with a word for forces ("Sudanese army", "Ukraine's air defence"); people by kind; what the
document makes plain ("the group", "the army", "regime forces": the one party named before that fits the words, or the
country of the place); and else the words themselves. Nothing is guessed finer than it is said, and which side is spoken
of plays no part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import takewhile

from crossbearing import resources
from crossbearing.model.claim import Actor, Voice
from crossbearing.model.mention import Mention
from crossbearing.model.provenance import Evidence, Stated, Step
from crossbearing.model.text import Document, Span
from crossbearing.model.where import Place
from crossbearing.words import sentences
from crossbearing.words.known import above, adjectives, countries, force_words, parts
from crossbearing.words.names import NameIndex, fold
from crossbearing.words.parties import ARMED_GROUPS

STEP = Step("resolve.who", "7")

# How far each way of knowing an actor may be trusted; set by hand, from sure to a guess, to order them and no more.
BY_NAME, BY_PARTS, BY_COUNTRY, WITHIN, BY_PLACE, AS_WRITTEN = 1.0, 0.9, 0.9, 0.7, 0.6, 0.5

_QUOTES = re.compile(r"[\"“”„«»\[\]]|(?<!\w)['‘’]|(?<=[^\Ws])['’](?!\w)")
_INITIALS = re.compile(r"\bU\.[SNK]\b\.?")  # "U.S military", "the U.S": one spelling
_NO_VOICE = re.compile(
    r"(?:(?:unconfirmed|initial|early|some|other|several|media|news|press|local|local media) )?reports?|(?-i:us)|"
    r"our (?:\w+ )?(?:correspondents?|reporters?|newspaper|office|team)|"
    r"this (?:newspaper|newsroom|website|outlet|channel|reporter|correspondent)|an? (?:article|earlier report)",
    re.I,
)
_CAPTION = re.compile(r"^(?:FILE|\d{4})\s?[-–—:]\s?(?=[A-Z])")  # "FILE - A policeman"
_WHICH = re.compile(r"^(?:first|second|third|fourth|fifth|latest|recent|deadly|deadliest|worst) (?=[\w-])")
"""Which attack it was, before whose it was: "the second recent militant attack"."""
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
_SUBORDINATE = re.compile(
    r"\b(?:linked|affiliated|allied|aligned|tied|loyal|close|allegiance|ties|links|affiliates?|branch|offshoot|allies|opponents?"
    r"|rivals?|backed|supported|funded|armed|trained)\s+(?:to|with|of|by)\s+(?:the\s+)?$|\b(?:pro|anti|ex)-$",
    re.I,
)
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|both)\s+[\"“‘']?$", re.I)
_SOME_GROUP = re.compile(
    r"\b(?:an?|another|one|new|unknown|little-known|unnamed|unidentified)\s+(?:[\w-]+\s+){0,2}"
    r"(?:group|organi[sz]ation|movement|faction|militia|gang|coalition|alliance|ministry|outfit|cartel)\b(?!,|\s+(?:called|named|known))",
    re.I,
)
_AROUND = re.compile(r"(?:\s*\([^()]{1,40}\))?(?:,\s+(?:an?|the|which is|who are)|['’]s)?(?P<words>(?:\s+[\w-]+){1,6})")
_MINISTRY = re.compile(
    r"\b(?:[Tt]he\s+)?[Mm]inistry\s+of\s+(?:[A-Za-z]+\s+){1,2}?(?:of|in)\s+(?:the\s+)?(?:[A-Z]\w+\s?){1,3}"
    r"|(?:[A-Z][\w'’.]+\s+){1,2}(?:[A-Za-z]+\s+){0,2}[Mm]inistry\b(?:\s+[oi][fn]\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)?)?"
)
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
_CREDIT = re.compile(
    r"^\W*(?:sources?|with (?:inputs?|reporting|files) from|via)\s*[:/]?\s*(?P<agency>[A-Z][\w .&-]{1,40}?)\W*$", re.I | re.M
)
_OF_STATES = frozenset({"state forces", "organisation", "state"})
_SENDERS = frozenset({"united-nations", "african-union"})
_DEFINITES = (["the"], ["this"], ["that"], ["these"], ["those"])
_OTHERS = frozenset(
    {"rival", "fellow", "unnamed", "allied", "suspected", "alleged", "former", "foreign", "other", "unidentified"}
)
_WATCHING = frozenset({"monitor", "watchdog"})
_PEOPLE_TOO = frozenset({"guard", "guards", "front", "corps", "legion"})
_SINGULAR = frozenset({"army", "military", "navy", "force", "police"})  # words for a body, not for some of its people
_OCCUPYING = frozenset({"occupation", "occupying", "occupier", "invading", "invader", "invasion"})
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "statement", "official", "officials"})
_EMBASSY = re.compile(r"(embassy|consulate)(?: (?:general|compound|complex|building|staff|officials?|spokes\w+))*$", re.I)
_OWNER = re.compile(r"(.{3,60}?)['’]s?(?:\s+(?P<of>.+))?$")
_OWNED = re.compile(r"(?:['’]s|s['’])\s+$")
_TOKEN = re.compile(r"\S+")
_BACKED = re.compile(rf"^(?:(?:[A-Z]\S*\s+){{0,3}}\S+-{_SIDE}\s+)+")
_RANK = re.compile(r"(?:['’]s?)?(?P<words>(?:[ \n]+[\w-]+){1,3})")
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


@dataclass(frozen=True, slots=True)
class _Meant:
    """An entry, or a composed actor, with the way it was known."""

    entry: Entry
    loaded: bool
    score: float


@dataclass(frozen=True, slots=True)
class _Said:
    """A party as an article names it: where, which one, and the words of its name and around it that say what it is."""

    span: Span
    entry: Entry
    words: frozenset[str]
    """Folded, without a plural's "s"."""


@dataclass(frozen=True, slots=True)
class _Article:
    """What an article names, in order: the parties, the countries, and where its sentences start."""

    parties: tuple[_Said, ...]
    nations: tuple[tuple[int, str], ...]
    """Offsets of countries' names, adjectives and capitals, with ISO 3166-1 alpha-2."""
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known where words ask for a party: who and which countries were named before, and where it happened."""

    before: tuple[_Said, ...]
    nations: frozenset[str]
    lead: int
    """Where the first two sentences end."""
    near: int
    """Where the sentence before begins."""
    country: str | None
    own: str | None
    """The country of the place, where it has one army that all call by that name."""


@dataclass(frozen=True, slots=True)
class _Generic:
    """Words that name a party only by what is known already: their class in the table, noun, country and branch."""

    sort: str
    noun: str
    definite: bool
    nation: str | None
    branch: str | None


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
        self._article: tuple[str, _Article] = ("", _Article((), (), ()))
        self._media: NameIndex[Entry] = NameIndex(_outlet_names(self.outlets, "aliases", "exact", "slug"))
        self._media_in_text: NameIndex[Entry] = NameIndex(_outlet_names(self.outlets, "aliases"))
        self._nations: NameIndex[str] = NameIndex(_nation_names())
        self._capitals = _capitals()
        self._domains = {domain: self.outlets[row["id"]] for row in outlets for domain in parts(row.get("domains"))}
        self._branches: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries.values():
            if entry.country and entry.branch:
                self._branches.setdefault((entry.country, entry.branch), []).append(entry)
        self._loaded = _loaded_words()
        # Reports repeat the names of their parties and of their sources.
        self._asked = lru_cache(maxsize=8192)(self._meant)
        self._nation = lru_cache(maxsize=8192)(self._nation_before)
        self._medium = lru_cache(maxsize=8192)(self._medium_in)
        self._words = {
            name: frozenset(fold(word) for word in words.split())
            for name, words in resources.table("actors.yml")["words"].items()
        }
        self._generic = {
            fold(phrase): sort for sort, cell in resources.table("actors.yml")["generic"].items() for phrase in parts(cell)
        }
        self._rivals = frozenset(resources.table("actors.yml")["rivals"])
        self._coalitions = self._called("coalition")
        self._juntas = {self.entries[one].country for one in self._called("junta") if self.entries[one].branch == "government"}
        self._kinds = tuple((kind, re.compile(rf"\b(?:{pattern})\b", re.I)) for kind, pattern in _KIND_BY_WORD)

    # ------------------------------------------------------------------ what others ask

    def actor(
        self, document: Document, mention: Mention, at: date | None = None, place: Stated[Place] | None = None
    ) -> Stated[Actor] | None:
        """The actor that a mention's words mean; None where they name nobody ("they", "both sides").

        `at` is the time of what is told, where known: it tells apart names that passed from one body to another.
        `place` is where it happened: "government forces" are those of its country.
        """
        mention = self._with_owner(document, mention, at)
        written = mention.span.of(document.text)
        found = self.meant(written, at)
        if found is None:
            return None
        if found[0].id is None and (plain := self._in_context(document, mention, at, place)):
            entry, evidence, score = plain
            actor = Actor(entry.name, entry.id, written, entry.kind, entry.country, self._takes_a_side(written))
            return Stated(actor, (mention.span, *evidence), STEP.id, score)
        if found[0].id is None and fold(found[0].name) in self._words["nobody"]:
            return None
        return Stated(found[0], (mention.span,), STEP.id, found[1])

    def actors(
        self, document: Document, mention: Mention, at: date | None = None, place: Stated[Place] | None = None
    ) -> tuple[Stated[Actor], ...]:
        """Every actor of a mention that joins several ("US and British forces"); one where it joins none. As `actor` else."""
        pieces = self._split(mention.span.of(document.text))
        if len(pieces) == 1:
            return tuple(filter(None, [self.actor(document, mention, at, place)]))
        found = [self.meant(part, at) for part in pieces]
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

    def voice(
        self, document: Document, mention: Mention, at: date | None = None, place: Stated[Place] | None = None
    ) -> Stated[Voice] | None:
        """Whose words they are: a medium, or a claimant under its neutral name; None where the words name nobody.

        `at` and `place` as for `actor`.
        """
        written = mention.span.of(document.text)
        words = cleaned(written)
        if fold(words) in _PRONOUN or _NO_VOICE.fullmatch(words):
            return None
        medium = self._medium(words)
        if medium is not None:
            return Stated(Voice(medium.name, "medium", written), (mention.span,), STEP.id, BY_NAME)
        whole = self._with_owner(document, mention, at)
        meant = self._speaker(cleaned(whole.span.of(document.text)), at)
        if meant is not None:
            kind = "medium" if meant.entry.kind == "medium" else "claimant"
            return Stated(Voice(meant.entry.name, kind, whole.span.of(document.text)), (whole.span,), STEP.id, meant.score)
        if carried := self._medium_before(document, mention):
            return Stated(Voice(carried[1].name, "medium", written), (mention.span, carried[0]), STEP.id, WITHIN)
        if plain := self._in_context(document, mention, at, place):
            return Stated(Voice(plain[0].name, "claimant", written), (mention.span, *plain[1]), STEP.id, plain[2])
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
                    if hit and _is_short_for(hit["slug"], document):
                        return None  # the outlet signs its own copy
                    if hit and entry:
                        at = span.start + line.start() + hit.start("slug")
                        words = Span(at, at + len(hit["slug"]))
                        return Stated(Voice(entry.name, "medium", words.of(document.text)), (words,), STEP.id)
        return None

    def credited(self, document: Document) -> Stated[Voice] | None:
        """The agency that a line by itself names as the source: "Source: AFP", "With inputs from Reuters"."""
        for hit in _CREDIT.finditer(document.text):
            if entry := self._medium(hit["agency"]):
                words = Span(*hit.span("agency"))
                return Stated(Voice(entry.name, "medium", words.of(document.text)), (words,), STEP.id)
        return None

    # ------------------------------------------------------------------ ways of knowing

    def _with_owner(self, document: Document, mention: Mention, at: date | None) -> Mention:
        """A mention that names nobody by itself, with the country before it by which it does: "army" in "Israel's army"."""
        text, start = document.text, mention.span.start
        if not _OWNED.search(text, max(0, start - 8), start) or self._asked(cleaned(mention.span.of(text)), at):
            return mention
        tokens = list(_TOKEN.finditer(text, max(0, start - 48), start))[-4:]
        for token in tokens:
            nation, rest = self._nation(text[token.start() : start].strip())
            whole = Span(token.start(), mention.span.end)
            if nation and not rest and self._asked(cleaned(whole.of(text)), at):
                return replace(mention, span=whole)
        return mention

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
        owner = _OWNER.match(" ".join(rest))  # "Hezbollah's Radwan Force": whose it is
        return not rest or (nation is not None and not left) or bool(owner and self._names.get(owner[1]))

    def _composed(self, words: str, at: date | None) -> _Meant | None:
        """A country and a word for its forces, its rulers or its ministries."""
        owner = _OWNER.match(words)
        ruled = self._listed(owner[1], at, BY_PARTS) if owner and owner["of"] else None
        if owner and ruled and ruled.entry.branch == "government" and (branch := self._branch(owner["of"])):
            return replace(
                self._forces(ruled.entry.country or "", branch, at or ruled.entry.until), loaded=ruled.loaded
            )  # "the X junta's air force"
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
        if house := _EMBASSY.match(rest):
            name = f"{house[1].capitalize()} of {self.states[nation].name}"
            return _Meant(Entry(f"{house[1].lower()}:{nation}", name, "organisation", nation), False, BY_COUNTRY)
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
        entry = next((e for e in listed if e.lived(at)), None)
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
        full = "foreign affairs" if subject == "foreign" else subject
        name = f"Ministry of {full.title()} of {row['name']}"
        entry = listed or Entry(f"ministry:{nation}:{full.replace(' ', '-')}", name, "organisation", nation)
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
        """One listed name at the head or the end of longer words, where nothing says that it only stands behind another.

        A name of one word behind a capital of another's ("the River Hamas") is a part of a name of its own.
        """
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
        behind = [w for w in fold(re.sub(r"['’]s\b", "", before)).split() if w not in plain and w not in force_words()]
        last = before.split()[-1] if behind else ""
        own = " " not in hit.span.of(words) and last[:1].isupper() and not last.endswith(("'s", "’s"))
        return None if own or len(behind) > 1 else self._listed(hit.span.of(words), at, WITHIN)

    # ------------------------------------------------------------------ what the document makes plain

    def _in_context(
        self, document: Document, mention: Mention, at: date | None, place: Stated[Place] | None
    ) -> tuple[Entry, tuple[Evidence, ...], float] | None:
        """The party that "the group", "the army" or "regime forces" stand for: its entry, the words that show it, how sure."""
        asked = self._asked_for(document.text, mention.span)
        if asked is None:
            return None
        scene = self._scene(document, mention.span.start, place.value.country if place else None)
        whose = {"forces": self._army_of, "domestic": self._home_of, "government": self._rule_of, "occupation": self._abroad_of}
        if asked.sort in whose:
            nation, said = whose[asked.sort](asked, scene)
            entry = None if nation is None else self._forces(nation, asked.branch or "military", at).entry
        else:
            said = None if self._some_other(document.text, asked, scene, mention.span.start) else self._party(asked, scene)
            entry = said.entry if said else self._of_place(asked, scene, at)
        if not entry or not (said or place):
            return None
        return (entry, (said.span,), WITHIN) if said else (entry, place.evidence if place else (), BY_PLACE)

    def _asked_for(self, text: str, span: Span) -> _Generic | None:
        """What words ask for that name a party only by what is known already; None where they say more, or less."""
        written = span.of(text)
        words = cleaned(written)
        nation, rest = self._nation(words)
        tokens = fold(_BACKED.sub("", rest)).split()
        while len(tokens) > 1 and tokens[-1] in _SPEAKERS:  # "the army spokesman" speaks for the army
            tokens.pop()
        definite = _points_back(text, span)
        if tokens[-1:] == ["ministry"]:
            return _Generic("ministry", " ".join(tokens), definite, nation, None)
        for start in range(len(tokens)):
            sort = self._generic.get(" ".join(tokens[start:]))
            if sort:
                before = set(tokens[:start])
                plain = self._words["qualifiers"] | self._words["force_qualifiers"] | self._loaded
                people = sort == "name" and tokens[-1] in _PEOPLE_TOO and words.split()[-1].islower()  # "the guards fired"
                if before - plain or before & _OTHERS or people:
                    return None
                key = next((w for w in tokens if w in self._words["short_forms"]), tokens[-1])
                noun = tokens[start] if sort in ("domestic", "government", "occupation") else key
                branch = "government" if sort == "government" else self._branch(" ".join(tokens[start:]))
                return _Generic(sort, _singular(noun), definite, nation, branch)
        return None

    def _scene(self, document: Document, stop: int, country: str | None) -> _Scene:
        """What the article has named before an offset."""
        article = self._read(document)
        near = _near(article.starts, stop)
        before = tuple(said for said in article.parties if said.span.end <= stop)
        nations = frozenset(nation for start, nation in article.nations if start < stop)
        lead = article.starts[2] if len(article.starts) > 2 else stop
        return _Scene(before, nations, lead, near, country, country if country not in self._rivals else None)

    def _party(self, asked: _Generic, scene: _Scene) -> _Said | None:
        """The one party named before that fits: the nearest where a noun points back ("the group"), else the only one."""
        fits = [s for s in scene.before if self._fits(asked, s) and asked.nation in (None, s.entry.country)]
        near = [s for s in fits if s.span.start >= scene.near]
        worded = [s for s in fits if asked.noun in s.words]
        both = [s for s in near if s in worded]
        if not asked.definite:
            return self._one(worded) if asked.noun in self._words["short_forms"] else None
        if asked.sort in ("group", "ministry"):
            return self._one(near) or self._one(both) if near else self._one(worded) or self._one(fits)
        if asked.sort == "fighters":
            at_home = [s for s in fits if scene.country is None or s.entry.country in (None, scene.country)]
            return self._one(worded) or self._one(both) or self._one(near) or (self._one(fits) if at_home == fits else None)
        return self._one(worded if asked.sort == "name" else fits) or self._one(both)

    def _fits(self, asked: _Generic, said: _Said) -> bool:
        """Whether a party can be so called: by its kind, or by a word of its name."""
        entry, over = said.entry, above().get(said.entry.id, frozenset())
        if asked.sort == "ministry":
            return set(asked.noun.replace("defense", "defence").split()) <= said.words
        if asked.sort == "name":
            return entry.kind != "state"
        if asked.sort == "coalition":
            return entry.id in self._coalitions
        if asked.sort == "peacekeepers":
            return entry.kind in ("external/other forces", "monitor") and bool(over & _SENDERS)
        if asked.noun in _WATCHING:
            return entry.kind == "monitor"
        own_masters = entry.branch is None and not any(one.startswith("state:") for one in over)
        watches = own_masters and entry.kind in ("monitor", "organisation")
        named_so = entry.kind == "external/other forces" and asked.noun in said.words  # "Wagner Group"
        return entry.kind in ARMED_GROUPS or (asked.sort == "group" and (watches or named_so))

    def _one(self, said: list[_Said]) -> _Said | None:
        """The party that all of these are, as it was named last: one entry, or one with those over it and under it."""
        ids = {s.entry.id for s in said}
        over = above()
        chain = all(a == b or a in over.get(b, ()) or b in over.get(a, ()) for a in ids for b in ids)
        return said[-1] if said and chain else None

    def _some_other(self, text: str, asked: _Generic, scene: _Scene, stop: int) -> bool:
        """Whether the words just before speak of "a group" that no table names: then "the group" is that one."""
        if asked.sort not in ("group", "fighters"):
            return False
        return any(asked.noun in fold(hit.group()).split() for hit in _SOME_GROUP.finditer(text, scene.near, stop))

    def _of_place(self, asked: _Generic, scene: _Scene, at: date | None) -> Entry | None:
        """The one mission, coalition or ministry that the country of the place has."""
        if asked.sort == "ministry":
            subject = asked.noun.removesuffix("ministry").strip()
            foreign = scene.nations - {scene.own}
            return self._ministry(scene.own, subject).entry if subject and scene.own and not foreign else None
        if scene.country is None or asked.sort not in ("coalition", "peacekeepers") or asked.noun == "mission":
            return None
        over = above()
        sent = [
            e
            for e in self.entries.values()
            if scene.country in e.lands
            and e.kind == "external/other forces"
            and e.lived(at)
            and (e.id in self._coalitions if asked.sort == "coalition" else bool(over.get(e.id, frozenset()) & _SENDERS))
        ]
        return sent[0] if len(sent) == 1 else None

    def _army_of(self, asked: _Generic, scene: _Scene) -> tuple[str | None, _Said | None]:
        """Whose army: the only one so called before, the only state's whose forces were named, or the place's own."""
        nations = (asked.nation,) if asked.nation else self.states
        forces = [s for s in scene.before if s.entry.kind == "state forces" and s.entry.country in nations]
        worded = _by_nation(s for s in forces if asked.noun in s.words)
        named = worded or _by_nation(forces)
        if len(named) == 1:
            nation, said = next(iter(named.items()))
            abroad = asked.nation is None and scene.own not in (None, nation)
            vague = not (asked.definite or asked.nation or scene.own) and asked.noun not in _SINGULAR
            news = said.span.start >= scene.near or any(s.span.start < scene.lead for s in forces)
            return (None, None) if vague or (abroad and not (worded and asked.definite and news)) else (nation, said)
        return (None, None) if named or asked.nation or scene.nations - {scene.own} else (scene.own, None)

    def _home_of(self, asked: _Generic, scene: _Scene) -> tuple[str | None, _Said | None]:
        """Whose "government forces" or "police": those of the country of the place, or of the only state so called before."""
        named = _by_nation(s for s in scene.before if asked.noun in s.words and s.entry.kind in _OF_STATES)
        its = asked.branch == "government forces" and (scene.country or "", "military") in self._branches
        own = scene.country if its else scene.own  # two may say "the army", but only one has a government that others recognise
        if own is not None:
            return (None, None) if len(named) == 1 and own not in named else (own, named.get(own))
        return next(iter(named.items())) if len(named) == 1 else (None, None)

    def _rule_of(self, asked: _Generic, scene: _Scene) -> tuple[str | None, _Said | None]:
        """Whose "junta" or "government": the only one named so, or the place's where no other state was named."""
        named = _by_nation(s for s in scene.before if asked.noun in s.words and s.entry.kind in _OF_STATES)
        if not asked.definite or len(named) > 1:
            return None, None
        if named:
            return next(iter(named.items()))
        fits = scene.own and (asked.noun != "junta" or scene.own in self._juntas)
        return (scene.own, None) if fits and not scene.nations - {scene.own} else (None, None)

    def _abroad_of(self, asked: _Generic, scene: _Scene) -> tuple[str | None, _Said | None]:
        """Whose "occupation": the state named so before, or the only state named that is not the place's own."""
        states = [s for s in scene.before if s.entry.kind in _OF_STATES and s.entry.country not in (None, scene.country)]
        worded = _by_nation(s for s in states if s.words & _OCCUPYING)
        named = worded or (_by_nation(states) if scene.country else {})
        return next(iter(named.items())) if len(named) == 1 else (None, None)

    def _read(self, document: Document) -> _Article:
        """What the article names, kept for the next who asks about the same text."""
        if self._article[0] != document.text:
            text, runs = document.text, document.article()
            nations = [list(self._nations_in(text, run)) for run in runs]
            parties = [s for run, near in zip(runs, nations, strict=True) for s in self._parties(text, run, near)]
            parties.sort(key=lambda s: s.span.start)
            starts = tuple(s.start for run in runs for s in sentences.split(text, run))
            named = tuple((span.start, nation) for near in nations for span, nation in near)
            self._article = text, _Article(tuple(parties), named, starts)
        return self._article[1]

    def _nations_in(self, text: str, run: Span) -> Iterator[tuple[Span, str]]:
        for hit in self._nations.find(text, run.start, run.end):
            if hit.values[0] in self.states and not _TIED.match(text[hit.span.end : hit.span.end + 16]):
                yield hit.span, hit.values[0]

    def _parties(self, text: str, run: Span, nations: list[tuple[Span, str]]) -> Iterator[_Said]:
        """The parties of a stretch: names of the registry, ministries, and forces as a country's ("Chadian army")."""
        taken: set[int] = set()
        for hit in self._safe.find(text, run.start, run.end):
            taken.update(range(hit.span.start, hit.span.end))
            after = text[hit.span.end : hit.span.end + 16]
            if not _TIED.match(after) and not _SUBORDINATE.search(text[max(0, hit.span.start - 32) : hit.span.start]):
                yield self._said(text, hit.span, hit.values[0][0], hit.values[0][0].name)
        for ministry in _MINISTRY.finditer(text, run.start, run.end) if text.find("inistry", run.start, run.end) >= 0 else ():
            if not taken & {ministry.start(), ministry.end() - 1} and (found := self._composed(cleaned(ministry.group()), None)):
                yield self._said(text, Span(*ministry.span()), found.entry, found.entry.name)
        for span, nation in nations:
            rest = _RANK.match(text, span.end, min(run.end, span.end + 48))
            words = rest["words"].split() if rest and span.start not in taken else []
            for size in range(len(words), 0, -1):
                if branch := self._branch(" ".join(words[:size])):
                    end = text.index(words[size - 1], span.end) + len(words[size - 1])
                    # by its branch, not by a listed name: states are called alike, whatever the table calls their forces
                    yield self._said(text, Span(span.start, end), self._forces(nation, branch, None).entry, branch)
                    break

    def _said(self, text: str, span: Span, entry: Entry, name: str) -> _Said:
        """A party with the words of its names and, beside it, those that say what it is ("X rebels", "the group X")."""
        kinds = self._words["group_tails"] | self._words["qualifiers"]
        words = [*fold(span.of(text)).split(), *fold(name).split()]
        before = re.search(r"(?:[\w-]+ ){1,4}$", text[max(0, span.start - 48) : span.start])
        after = _AROUND.match(text, span.end, span.end + 64)
        words += takewhile(kinds.__contains__, reversed(fold(before.group()).split()) if before else ())
        words += takewhile(kinds.__contains__, fold(after["words"]).split() if after else ())
        return _Said(span, entry, frozenset(map(_singular, words)))

    def _speaker(self, words: str, at: date | None) -> _Meant | None:
        """The body in whose name someone speaks; a person or an unnamed official stays as written."""
        if hit := _SPOKEN_FOR.match(words):
            words = cleaned(hit["whole"])
        listed = self._listed(words, at, BY_NAME) or self._capital(words)
        if listed:
            return listed
        if _PERSON.search(words):
            return None
        return self._peeled(words, at) or self._composed(words, at) or self._of(words, at) or self._within(words, at)

    def _medium_in(self, words: str) -> Entry | None:
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

    def _medium_before(self, document: Document, mention: Mention) -> tuple[Span, Entry] | None:
        """The medium that "the agency" points back to: the only one named just before, else the only one named at all."""
        words, start = fold(cleaned(document.quote(mention.span))).split(), mention.span.start
        if (
            len(words) > 2
            or words[-1:] != [w for w in words if w in self._words["media_nouns"]]
            or not _points_back(document.text, mention.span)
        ):
            return None
        text, near = document.text, _near(self._read(document).starts, start)
        runs = [Span(run.start, min(run.end, start)) for run in document.article() if run.start < start]
        found = [(hit.span, hit.values[0]) for run in runs for hit in self._media_in_text.find(text, run.start, run.end)]
        last = [(span, entry) for span, entry in found if span.start >= near] or found
        return last[-1] if len({entry.id for _, entry in last}) == 1 else None

    def _by_address(self, address: str) -> Entry | None:
        host = _host(address).split(".")
        tails = (".".join(host[at:]) for at in range(len(host) - 1))
        return next((self._domains[tail] for tail in tails if tail in self._domains), None)

    # ------------------------------------------------------------------ words

    def _nation_before(self, words: str) -> tuple[str | None, str]:
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

    def _called(self, word: str) -> frozenset[str]:
        """The entries that have the word in one of their names."""
        named = ((e, fold(name).split()) for name, (e, _) in self._names.items())
        return frozenset(entry.id for entry, words in named if word in words and entry.id in self.entries)

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
    words = _CAPTION.sub("", " ".join(_QUOTES.sub(" ", written).split()).strip(" ,;:.-–—"))
    words = _INITIALS.sub(lambda m: m[0].replace(".", ""), words)
    while True:
        shorter = _WHICH.sub("", _COUNT.sub("", _DETERMINER.sub("", words)))
        if shorter == words or not shorter:
            return words
        words = shorter


def _is_short_for(slug: str, document: Document) -> bool:
    """Whether letters are those of the outlet that the page shows: "(SPA)" of the Savanna Press Agency."""
    shown = document.metadata.outlet
    initials = "".join(word[0] for word in shown.value.split() if word[:1].isupper()) if shown else ""
    return slug.isupper() and len(slug) > 1 and slug == initials


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


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def _points_back(text: str, span: Span) -> bool:
    """Whether words begin with "the" or "this", or stand just behind it."""
    return fold(span.of(text)).split()[:1] in _DEFINITES or bool(_DEFINITE.search(text[max(0, span.start - 8) : span.start]))


def _near(starts: tuple[int, ...], at: int) -> int:
    """Where the sentence before the one at an offset begins."""
    return starts[max(0, bisect_right(starts, at) - 2)] if starts else 0


def _by_nation(said: Iterable[_Said]) -> dict[str, _Said]:
    """The countries of parties, each with the party of it that was named last."""
    return {s.entry.country: s for s in said if s.entry.country}


def _is_adjective(words: str) -> bool:
    return bool(adjectives().get(words))


def _loaded_words() -> frozenset[str]:
    """Modifiers and heads that take a side, folded."""
    return frozenset(fold(row["term"]) for row in resources.table("loaded.yml")["loaded"] if row["part"] in ("modifier", "head"))


_ARCHIVED = re.compile(r"^(?:https?://)?web\.archive\.org/web/\w+/(?=\S)")
"""What the Wayback Machine puts before the address of a page that it holds."""


def _host(address: str) -> str:
    """The host of an address, without `www.`, an archived page's its own; empty where there is none."""
    own = _ARCHIVED.sub("", address.strip().lower())
    hit = re.match(r"^(?:[a-z]+://)?(?:www\d?\.)?([\w-]+(?:\.[\w-]+)+)", own)
    return hit[1] if hit else ""
