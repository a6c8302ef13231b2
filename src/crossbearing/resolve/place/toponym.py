"""What the words in and around a toponym say of the place: what kind of thing it is, and where from it the happening lies.

"4 km west of Qamishli Airport in the Syrian province of al-Hasakah" is one name (Qamishli), a feature (airport), a relation
(west of, 4 km) and a frame that narrows it (Syrian, al-Hasakah). Nothing here knows any place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from crossbearing.model.text import Span
from crossbearing.words.patterns import any_of, any_pattern


class Feature(StrEnum):
    """What kind of thing a word beside a name makes of it."""

    NONE = ""
    AIRFIELD = "airfield"
    SITE = "site"  # a base, camp, hospital, field, crossing: a spot that bears a town's or region's name
    TOWN = "town"
    VILLAGE = "village"  # what is called so is no city
    QUARTER = "quarter"  # a part of a town
    DISTRICT = "district"
    AROUND = "around"  # "the X area": X, and what lies around it
    ADMIN1 = "admin1"
    REGION = "region"
    NATURE = "nature"  # a sea, river, mountain, desert: not what else bears its name


SETTLED = (Feature.TOWN, Feature.VILLAGE)
DIVISIONS = (Feature.DISTRICT, Feature.ADMIN1)


class Relation(StrEnum):
    """Where the happening lies, seen from the named place."""

    AT = "at"
    NEAR = "near"
    EDGE = "edge"  # its outskirts, suburbs, countryside
    FROM = "from"  # so directed, and perhaps so far, from it
    PART = "part"  # the north of it, its centre
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Toponym:
    """One toponym as the words give it."""

    full: str
    """The name with its feature words, without article and possessive."""
    core: str
    """The name without them; equal to `full` where there are none."""
    feature: Feature
    relation: Relation
    span: Span
    """From the first word of the relation to the end of the toponym."""
    bearing: float | None = None
    """Degrees clockwise from north."""
    distance_km: float | None = None
    direction: str = ""
    """The direction word as it names a part: "northern"; empty where there is none."""
    other: str = ""
    """The other end of "between A and B"."""
    origin: bool = False
    """Whether something comes from there: "launched from Iraq"."""
    locative: bool = False
    """Whether the words before say that it is a place: "in", "near", "the city of"."""
    within: bool = False
    """Whether they say that something is there: "in", "near", "the city of", and not "captured", "to", "from"."""
    metonym: bool = False
    """Whether the words use a place's name for a government or a force: "Baghdad says", "Tehran-backed"."""
    spoken: bool = False
    """Whether the clause makes it an agent that could only be a government: used for capitals and countries."""
    goes_on: bool = False
    """Whether a longer name goes on behind it that is no place's: "Georgia Street", "Jordan Ellis"."""
    rural: bool = False
    """Whether it names the country around a town, which may be its whole division: "Daraa countryside", "Homs desert"."""


BEARINGS = {
    "north": 0.0, "north-northeast": 22.5, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_FEATURES: dict[Feature, str] = {
    Feature.AIRFIELD: (
        "international airport|military airport|civilian airport|airport|air force base|military air ?base|air ?base|"
        "air ?field|air ?strip|airdrome|aerodrome|helipad"
    ),
    Feature.SITE: (
        "(?:military|army|naval|logistics|operating|coalition|joint|militia|rebel|government|peacekeeping|police) base|"
        "support site|landing zone|base|military camp|army camp|"
        "training camp|refugee camp|displacement camp|idp camp|camp|"
        "garrison|barracks|outpost|military post|headquarters|military complex|compound|complex|depot|"
        "oil ?fields?|gas ?fields?|refinery|oil terminal|terminal|(?:thermal |nuclear )?power plant|power station|"
        "substation|dam|sea ?port|port|harbou?r|bridge|(?:general |military |teaching |children's )?hospital|clinic|prison|jail|"
        "detention cent(?:er|re)|"
        "border crossing|crossing|border gate|checkpoint|gold mine|coal mine|mine|market|mosque|church|cathedral|monastery|"
        "temple|"
        "caf[eé]|restaurant|bar|night ?club|bakery|mall|warehouse|kindergarten|police station|bus stop|"
        "apartment (?:complex|building|block)|apartments|"
        "school|university|factory|steel ?works|forest|junction|roundabout|highway|expressway|motorway|road|"
        "railway station|train station|station"
    ),
    Feature.TOWN: "capital city|port city|city|town|settlement|urban-type settlement",
    Feature.VILLAGE: "village|hamlet|kibbutz|moshav",
    Feature.QUARTER: "neighbou?rhoods?|suburbs?|quarter|subdivision|slum",
    Feature.DISTRICT: (
        "sub-?district|districts?|county|counties|raion|rayon|local government area|lga|commune|woreda|zone|cercle|circle|"
        "locality|municipality|township|territory|tehsil|taluk|canton|division|agency|block|subcounty|payam"
    ),
    Feature.AROUND: "area",
    Feature.ADMIN1: (
        "provinces?|governorates?|oblasts?|states?|prefectures?|departments?(?! stores?)|federal district|administrative region|"
        "krai|republic|wilayat|wilaya"
    ),
    Feature.REGION: "regions?|front|axis|direction|enclave|strip|peninsula|islands?",
    Feature.NATURE: (
        "seas?|gulf|strait|lake|river|canal|bay|delta|valley|mountains?|mountain range|desert|plateau|highlands|plains?"
    ),
}
_CLASS = {f: re.compile(rf"(?:{words})", re.I) for f, words in _FEATURES.items()}
_ANY = "|".join(_FEATURES.values())
KINDS = any_pattern((_ANY,))  # the same, quicker, where what stands behind a feature says where it ends
_AFTER_NAME = re.compile(rf"^(?P<core>.+?)(?:['’]s?)?[\s-]+(?P<feature>{KINDS})$", re.I)
_KIND = re.compile(KINDS, re.I)
_BEFORE_NAME = re.compile(
    rf"^(?:the\s+)?(?:(?:\w+ern|\w+-?(?:east|west)\w*|border|coastal|strategic|key|besieged|occupied)\s+)?(?P<feature>{_ANY})\s+of\s+(?P<core>.+)$",
    re.I,
)
_PREFIXED = re.compile(
    r"^(?P<feature>camp|mount|lake|kibbutz|moshav|village|town|city|district|base|county)\s+(?P<core>[A-Z].+)$", re.I
)
_NEXT_FEATURE = re.compile(rf"^(?:['’]s)?[ -](?P<feature>{_ANY})\b", re.I)
# "Anbar, Diyala and Nineveh provinces"
_SEVERAL = any_of(
    "counties provinces governorates oblasts prefectures departments districts municipalities townships woredas zones states "
    "regions".split()
)
_LISTED_FEATURE = re.compile(
    rf"(?:(?:, (?:and )?| and | or )(?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,2}}){{1,8}} (?P<feature>{_SEVERAL})\b"
)
# "Hasaka, a northeastern province": what kind of division or settlement the name means.
_LIVED_IN = "|".join(_FEATURES[f] for f in (Feature.ADMIN1, Feature.DISTRICT, Feature.TOWN, Feature.VILLAGE, Feature.QUARTER))
_EXPLAINED = re.compile(rf"^,\s+an?\s+(?:[\w-]+\s+){{0,3}}?(?P<feature>{_LIVED_IN})\b", re.I)
_OF_FEATURE = re.compile(rf"\b(?P<feature>{KINDS})\s+(?:of|called|named|at|in)\s+(?:the\s+)?[\"“”'‘’]?$", re.I)

_DIR = r"(?:due\s+)?(?P<dir>north[- ]?east|north[- ]?west|south[- ]?east|south[- ]?west|north|south|east|west)(?:wards?)?"
_KIND_OF = rf"(?:(?:the\s+)?(?:[\w’'-]+\s+){{0,3}}?(?:{_ANY})\s+(?:of|at|in)\s+)?(?:the\s+)?[\"“”'‘’]?"
_WORDED = {
    "half a": 0.5,
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "a dozen": 12, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a few": 4, "several": 6,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d+(?:[.,]\d+)?|{'|'.join(sorted(_WORDED, key=len, reverse=True))})"
_UNIT = r"(?P<unit>km|kms|kilomet(?:er|re)s?|nautical\s+miles?|nm|miles?|mi|met(?:er|re)s|m)"
_FAR = re.compile(
    rf"\b{_NUMBER}[\s-]*{_UNIT}\b(?:\s*\([^)]*\))?\s*(?:to\s+the\s+|in\s+the\s+)?(?:{_DIR}\s*)?(?:of|from|outside|off|away\s+from)\s+{_KIND_OF}$",
    re.I,
)
_DIRECTED = re.compile(
    rf"\b(?P<inside>(?:in|on|across)\s+the\s+)?(?:to\s+the\s+)?(?:just\s+|far\s+)?{_DIR}\s+(?:of|from)\s+{_KIND_OF}$", re.I
)
_NEAR = re.compile(
    r"\b(?:near|nearby|close\s+to|closer\s+to|outside(?:\s+of)?|just\s+off|off(?:\s+the\s+coast\s+of)?|around|surrounding|in\s+the\s+vicinity\s+of|"
    r"the\s+vicinity\s+of|adjacent\s+to|next\s+to|beside|not\s+far\s+from|towards?|bordering|overlooking|approaching|(?:in|to)\s+the\s+area\s+(?:of|around)|"
    r"(?:walk|drive|ride|march|journey|hours?|minutes|road|track|path|highway)\s+(?:away\s+|leading\s+)?from|"
    rf"en\s+route\s+to|on\s+the\s+road\s+to|leading\s+to|along)\s+{_KIND_OF}$",
    re.I,
)
_EDGE_WORD = (
    r"(?:outskirts|edges?|suburbs?|countryside|periphery|fringes?|hinterlands?|approaches|perimeter|environs|"
    r"rural areas|farmland)"
)
_EDGE_ALONE = re.compile(_EDGE_WORD)
_EDGE = re.compile(
    rf"\b(?:in|on|at|to|from|of|near|along)?\s*(?:the\s+|its\s+)?(?:(?P<dir>[a-z-]+)\s+)?{_EDGE_WORD}\s+of\s+{_KIND_OF}$", re.I
)
_EDGE_AFTER = re.compile(
    rf"^(?:\s+(?:city|town|province|governorate))?(?:['’]s?)?\s+(?:(?P<dir>north\w*|south\w*|east\w*|west\w*|rural|outer)\s+)?{_EDGE_WORD}\b",
    re.I,
)
_EDGE_LAST = re.compile(rf"(?:['’]s?)?\s+(?:(?:north|south|east|west)\w*\s+|rural\s+)?{_EDGE_WORD}$", re.I)
_PART = re.compile(
    r"\b(?P<dir>(?:north|south)(?:[- ]?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|central|far[- ]north(?:ern)?|upper|lower|"
    r"rural|coastal|inner|greater)"
    r"\s+(?:part\s+of\s+|parts\s+of\s+|areas?\s+of\s+)?(?:the\s+)?[\"“”'‘’]?$",
    re.I,
)
_PART_PREFIX = re.compile(
    r"^(?P<dir>(?:north|south)(?:[- ]?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|central|upper|lower|rural|greater|downtown)"
    r"\s+(?P<rest>\S.*)$",
    re.I,
)
_PART_SUFFIX = re.compile(r"^(?P<rest>[A-Z].*) (?P<dir>(?:North|South)(?:[- ]?(?:[Ee]ast|[Ww]est))?|East|West|Central)$")
_RELATED_INSIDE = re.compile(
    r"^(?P<lead>(?:near|outside|around|close to|off|(?:the\s+)?(?:road|highway|route)\s+from|"
    rf"(?:the\s+)?(?:\w+\s+)?{_EDGE_WORD}\s+of|"
    rf"(?:{_NUMBER}[\s-]*{_UNIT}\s+)?{_DIR.replace('(?P<dir>', '(?P<dirx>')}\s+of)\s+(?:the\s+)?)(?=\S)",
    re.I,
)
_MEETINGS = ("between", "border of", "boundary of")
"""What stands before two places that something lies between."""
_MEETING = rf"\b{any_of(_MEETINGS)}"
_BETWEEN_LAST = re.compile(
    rf"{_MEETING}\s+(?:the\s+)?(?:\w+\s+(?:of|and)\s+)?(?P<other>[A-Z][\w'’-]*(?:[ -][\w'’-]+){{0,3}}?)\s+and\s+(?:the\s+)?$"
)
_BETWEEN_FIRST = re.compile(rf"{_MEETING}\s+(?:the\s+)?(?:(?:cities|towns|villages|provinces|districts)\s+of\s+)?$", re.I)
_AND_OTHER = re.compile(r"^\s+and\s+(?:the\s+)?(?P<other>[A-Z][\w'’-]*(?:[ -][A-Z][\w'’-]*){0,2})")
_LINES = any_of(("road", "highway", "expressway", "motorway", "route", "railway", "rail line", "track", "axis"))
_END = r"(?P<other>[A-Z][\w'’]*(?:[ -][A-Z][\w'’]*){0,2})"
_RUNS = rf"\b{_LINES}\s+(?:(?:\w+ing\s+)?from|linking|connecting|joining|links|connects|that (?:links|connects))"
# "The road from A to B", "the highway linking A and B", "the A - B road", "the A to B highway".
_ROAD_LAST = re.compile(rf"{_RUNS}\s+{_END}\s+(?:to|and|with)\s+$")
_ROAD_FIRST = re.compile(rf"{_RUNS}\s+$")
_TO_OTHER = re.compile(rf"^\s+(?:to|and|with)\s+{_END}")
_LINED_OTHER = re.compile(rf"^(?:\s?[-‐‑–—]\s?|\s+to\s+){_END}\s+(?:main\s+|national\s+)?{_LINES}\b")
_JOINS, _RUN = (" to ", " and ", " with "), ("from ", "linking ", "connecting ", "joining ", "links ", "connects ")
_ROAD = re.compile(
    r"\b(?:road|highway|route|stretch|line|area|region|border|land|junction|somewhere|located|lies|halfway|midway)\b", re.I
)
_THERE = "in|at|near|inside|outside|into|across|over|around|throughout|within|off"
_REACHED = (
    "toward|towards|from|to|on|through|against|of|above|along|reached|entered|stormed|bombed|shelled|struck|hit|targeted|captured|"
    "seized|besieged|raided|attacked"
)
_LOCATIVE = re.compile(
    rf"(?:\b{any_pattern((_THERE, _REACHED))}\s+(?:the\s+|downtown\s+|nearby\s+)?(?:[\w’'-]+\s+){{0,2}}?|"
    rf"\b{KINDS}\s+of\s+)[\"“”'‘’]?$",
    re.I,
)
_STRICT_LOCATIVE = re.compile(
    rf"(?:\b{any_pattern((_THERE,))}\s+(?:the\s+|downtown\s+|nearby\s+)?|"
    rf"\b{any_pattern((_ANY, 'strongholds?|bastion|hub'))}\s+of\s+)[\"“”'‘’]?$",
    re.I,
)
# Ends of the last word without which the pattern beside each finds nothing: looked at first, since the patterns are slow.
_LINKS = ("of", "called", "named", "at", "in")
_STRICT = ("in", "at", "near", "inside", "outside", "into", "across", "over", "around", "throughout", "within", "off", "of")
_ARTICLES = frozenset(("", "the", "downtown", "nearby"))
_QUOTES = "\"“”'‘’"
_SAYING = (
    r"said|says|say|saying|announced|announces|denied|denies|vowed|vows|warned|warns|accused|accuses|claimed|claims|insisted|insists|"
    r"condemned|condemns|rejected|rejects|seeks|sought|wants|wanted|threatened|threatens|urged|urges|agreed|agrees|blamed|blames|"
    r"called|calls|considers|believes|hopes|plans|demanded|demands|declined|refused|refuses|responded|responds|supports|backs|"
    r"supplied|supplies|provided|provides|imposed|imposes|pledged|pledges|acknowledged|confirmed|stressed|signalled|signaled|maintains|argues"
)
_METONYM_AFTER = re.compile(
    rf"^(?:[-‐‑](?:[a-z]+ed|led|born|made|built|friendly|style|held|run|bound)\b|"
    rf"\s+(?:has\s+|have\s+|had\s+|also\s+|repeatedly\s+|recently\s+|later\s+|previously\s+|since\s+|long\s+)*(?:{_SAYING})\b)",
    re.I,
)
_AGENT_AFTER = re.compile(
    r"^\s+(?:(?:has|have|had|will|would|could|should|may|might|must|did|does|also|itself|is|was)\s+)*(?:launched|waged|fired|carried\s+out|conducted|"
    r"struck|bombed|invaded|attacked|killed|sent|deployed|withdrew|shot\s+down|intercepted|retaliated|responded|started|began|ended|used|supported|"
    r"armed|torpedoed|designated|sanctioned|occupied|seized|been\s+(?:providing|arming|supporting|accused))\b",
    re.I,
)
# "The Niger army": those who act for a state. And what bears a name of its own that begins with a state's: "Georgia Street".
_FORCES_AFTER = re.compile(r"^\s+(?:army|armed\s+forces|air\s+force|navy|government|military|junta|parliament)\b", re.I)
_NAME_GOES_ON = re.compile(r"^ [A-Z][a-z]+, (?:an?|the|who|aged|\d+)\b")
_STREET_AFTER = re.compile(r"^ (?:Street|Avenue|Boulevard|Lane|Drive)\b")
# "The Sokola 1 sector", "Operation X", "Task Force X": what forces call their own.
_COMMAND_AFTER = re.compile(r"^ \d+(?: \w+)? (?:sector|operation|brigade|battalion|command|task force)\b", re.I)
_COMMAND_BEFORE = re.compile(r"\b(?:Operation|Exercise|Task Force|Sector|Brigade|Battalion|Company|Unit)s? $")
_PLACE_NOUN = (
    rf"(?:{_ANY}|{_EDGE_WORD}|centre|center|downtown|streets?|north\w*|south\w*|east\w*|west\w*|old\s+city|capital|border|airspace|territory|soil|"
    r"green\s+zone|second|largest|main|biggest|international|[A-Z])"
)
OWNED = re.compile(rf"^['’]s?\s+(?!(?:\w+\s+)?{_PLACE_NOUN})[a-z]")
"""What a country has that is no place: "'s defence ministry"."""
_DEALINGS = (
    "tensions?|relations|ties|agreement|deal|dialogue|truce|war|engagement|contacts|co-?operation|rivalry|disputes?|row|crisis"
)
_TALK_BEFORE = re.compile(
    rf"\b(?:talks|negotiations|ceasefire|conflict|diplomacy|{_DEALINGS})"
    r"\s+(?:between|with)\s+(?:[\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}\s+and\s+)?$|"
    r"\b(?:support|pressure|orders?|permission|aid|weapons|approval|sanctions|visit|loyal|allegiance|message|demand)\s+(?:from|on|by|to)\s+$|\bbacked\s+by\s+$",
    re.I,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_ATTRIBUTE = re.compile(
    r"^ (?!(?:and|or|on|in|at|to|by|with|after|before|where|which|who|has|have|had|was|were|is|are|will|said|as|for|from|since|"
    r"during|but|that|when|over|near|via|would|could|did|until|while|because|late|early)\b)[a-z]"
)
# What comes from there, or lies on this side of it.
_ORIGIN = re.compile(
    r"\b(?:from(?:\s+neighbou?ring)?|out\s+of|(?:borders?|frontier|boundary)\s+with|"
    r"(?:governor|mayor|head|chief|prefect|emir|bishop|archbishop|spokes\w+)\s+(?:of|for))\s+(?:inside\s+|within\s+)?(?:the\s+)?$",
    re.I,
)
# Where one looked on from, spoke, or mourned, and not where it was: "seen from X", "told reporters in X", "a funeral in X".
ASIDE = re.compile(
    r"\b(?:(?:seen|visible|viewed|photographed|filmed|heard) (?:as far as|from)|"
    r"(?:[Ss]peaking|[Tt]old|[Aa]ddressing|[Bb]riefed|[Bb]riefing) (?:[\w’'-]+ ){1,4}(?:in|at|from)|"
    r"(?:funerals?|burials?|vigils?|memorials?) (?:[\w’'-]+ ){0,4}?(?:in|at|near|outside)) (?:the )?$"
)
_OWNER = re.compile(r"^(?!People['’]s\s+Rep)[A-Z][\w ]+?['’]s?\s+(?=[A-Za-z])")
_ENDS = re.compile(r"(?P<one>[A-Z][\w'’]+(?: [A-Z][\w'’]+)?)[-‐‑–](?P<other>[A-Z][\w'’]+(?: [A-Z][\w'’]+)?)")
_OPEN_LAND = re.compile(r"\s(?:desert|plains?|steppe|badlands)$", re.I)
_LINE = re.compile(r"\b(?:roads?|highway|motorway|expressway|railway|route|axis)\b", re.I)
FRAMING = re.compile(
    rf"(?:['’]s?)?(?:\s+(?:{_ANY}|\w+ern|\w*(?:north|south|east|west)\w*|capital|central|coastal|occupied|besieged|disputed|main|largest|"
    r"second|biggest|war-torn|restive|of|the|in|and))*\s*[\"“”'‘’]?",
    re.I,
)
"""What may stand between a country's name or adjective and the toponym that it frames: "Syrian [city of] X"."""
_NAME = re.compile(
    r"\b(?!(?:In|At|On|Near|From|Of|To|Across|Around|Outside|Inside|Off|Over|The)\s)"
    r"(?:(?:al|el|as|ash|ad|ar|an|at|az|ez|ed)-)?[A-Z][\w’'-]*"
    r"(?:(?: (?:de|del|la|al|el|du))? (?:(?:al|el|as|ash|ad|ar|an|at|az|ez)-)?[A-Z][\w’'-]*)*"
)
_HELD = re.compile(
    rf"(?:['’]s?)?[\s,(]*(?:(?:(?:{KINDS}|\w+ern|an?|the|in|of|on|at|near|nearby|outside|about|some|around|roughly|just|only|"
    r"approximately|nearly|located|situated|lying|which lies|which is|part|parts|small|remote|rural|coastal|central|border|"
    r"farming|mining|fishing|neighbou?ring|adjacent|and (?:the )?(?:nearby|neighbou?ring|adjacent))\b|"
    r"['’]s)[\s,(]*)*[\"“”'‘’]?",
    re.I,
)
"""What may stand between a name and that of what it lies in: "[X], a small village in the district of [Y]"."""

_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}$")  # "the U.S.": its last dot is its own
_KM = {"k": 1.0, "n": 1.852, "mi": 1.609, "m": 0.001, "me": 0.001}  # by the first letters of the unit
_STREET = re.compile(
    r"\b(?:Street|Avenue|Road|Boulevard|Drive|Lane|Court|Way|Place|Parkway|Highway|St|Ave|Rd|Blvd|Dr)\.?$|"
    r"\w(?:stra(?:ß|ss)e|straat|gatan?|gade)$|"
    r"^(?:Avenida|Avenue|Boulevard|Calle|Carrera|Rue|Rua|Via|Viale|Corso|Piazza|Plaza|Praça|Jalan)\s"
)
_BACK = 90  # characters before a toponym in which its relation may stand: "some 15 kilometres to the northeast of the town of"


def read(text: str, span: Span, sentence: Span) -> Toponym:
    """The toponym at a span, with what its sentence says around it."""
    start, end = span.start, span.end
    written = text[start:end]
    if inside := _RELATED_INSIDE.match(written):  # the mention itself begins with the relation: "west of Qamishli Airport"
        start += inside.end()
        written = text[start:end]
    elif (owner := _OWNER.match(written)) and not _KIND.fullmatch(written, owner.end()):
        # "Syria's al-Tanf": what owns it is its frame; "Aleppo's airport" is named after it.
        start += owner.end()
        written = text[start:end]
    outside = _EDGE_LAST.search(written, 1)
    if outside:  # or ends with it: "Daraa countryside"
        end = start + outside.start()
        written = text[start:end]
    before = text[max(sentence.start, start - _BACK) : start]
    after = text[end : max(end, min(sentence.end, end + _BACK))]
    marks = " \"“”'‘’," if _DOTTED.search(written) else " \"“”'‘’.,"
    full = re.sub(r"^(?:the|nearby)\s+", "", _POSSESSIVE.sub("", written.strip(marks)), flags=re.I)
    tail, last = _tail(before)
    core, feature = _feature(full, before, after, tail, last)
    relation, reach, bearing, distance, direction, other = _relation(before, after, tail)
    locative = relation not in (Relation.AT, Relation.PART) or (
        last.endswith(_STRICT) and bool(_STRICT_LOCATIVE.search(before, tail))
    )
    loose = locative or bool(_LOCATIVE.search(before, tail))
    metonym = not locative and bool(_METONYM_AFTER.match(after) or _TALK_BEFORE.search(before, tail))
    spoken = metonym or (not locative and bool(_AGENT_AFTER.match(after) or (not loose and OWNED.match(after))))
    if (full.isupper() and _ATTRIBUTE.match(after)) or _FORCES_AFTER.match(after):  # "a US airstrike"
        spoken = True
    if relation is Relation.AT and start == sentence.start and after.startswith(": "):
        relation = Relation.NEAR  # "Gao: a bus burned": a headline's rubric is the town that people know
    part_of_name = bool(_STREET_AFTER.match(after) or _COMMAND_AFTER.match(after) or _COMMAND_BEFORE.search(before, tail)) or (
        not loose and feature is Feature.NONE and bool(_NAME_GOES_ON.match(after))
    )
    if _METONYM_AFTER.match(after) and after[:1] in "-‐‑":
        metonym = spoken = True
    whole = Span(start - reach, end)
    lead = before[: len(before) - reach] if reach else before
    origin = (relation in (Relation.AT, Relation.PART) and bool(_ORIGIN.search(lead))) or bool(ASIDE.search(lead))
    return Toponym(
        full,
        core,
        feature,
        relation,
        whole,
        bearing,
        distance,
        direction,
        other,
        origin,
        loose,
        locative,
        metonym,
        spoken,
        part_of_name,
        outside is not None and outside.group().lower().endswith(("countryside", "countrysides", "areas", "farmland")),
    )


def _tail(before: str) -> tuple[int, str]:
    """Where the last eight words of what stands before a toponym begin, since none of the short patterns reaches further
    back; and the last of them, articles and quotation marks left out."""
    pieces = before.rsplit(None, 8)
    last = ""
    for last in reversed(pieces):
        if last.strip(_QUOTES).lower() not in _ARTICLES:
            break
    return (len(pieces[0]) if len(pieces) == 9 else 0), last.lower()


def part_of(words: Toponym) -> Toponym | None:
    """The same toponym with its first word read as a direction: "northern Aleppo", the north of Aleppo; or with its last:
    "Baringo South". None where neither is one."""
    if part := _PART_PREFIX.match(words.core) or _PART_SUFFIX.match(words.full):
        towards = _bearing(part["dir"])
        relation = Relation.PART if words.relation is Relation.AT else words.relation
        return replace(
            words, full=part["rest"], core=part["rest"], relation=relation, direction=part["dir"].lower(), bearing=towards
        )
    return None


def land_of(words: Toponym) -> Toponym | None:
    """The same toponym as the land around its name: "Palmyra desert"; None where it is named after none."""
    if words.core == words.full or not _OPEN_LAND.search(words.full):
        return None
    relation = Relation.EDGE if words.relation in (Relation.AT, Relation.PART) else words.relation
    return replace(words, full=words.core, feature=Feature.NONE, relation=relation, rural=True)


def ends_of(words: Toponym) -> Toponym | None:
    """The same toponym as what lies between its ends: "the Gao-Ansongo road"; None where it is no line that is named so."""
    if (ends := _ENDS.fullmatch(words.core)) and (words.feature is Feature.SITE or _LINE.search(words.full)):
        return replace(words, full=ends["one"], core=ends["one"], relation=Relation.BETWEEN, other=ends["other"])
    return None


def _feature(full: str, before: str, after: str, tail: int, last: str) -> tuple[str, Feature]:
    """The bare name and the kind of thing, from the mention's own words, else from the words beside it."""
    for pattern in (_AFTER_NAME, _BEFORE_NAME, _PREFIXED):
        if (m := pattern.match(full)) and len(m["core"]) > 1:
            return re.sub(r"^(?:the)\s+", "", _POSSESSIVE.sub("", m["core"]), flags=re.I), _class_of(m["feature"])
    if m := _NEXT_FEATURE.match(after) or _EXPLAINED.match(after):
        return full, _class_of(m["feature"])
    if after.startswith((", ", " and ", " or ")) and (m := _LISTED_FEATURE.match(after)):
        return full, _class_of(re.sub(r"s$", "", re.sub("ies$", "y", m["feature"])))
    if last.endswith(_LINKS) and (m := _OF_FEATURE.search(before, tail)):
        return full, _class_of(m["feature"]) if " of" in m.group().lower() or " named" in m.group() else Feature.NONE
    return full, Feature.NONE


def _class_of(words: str) -> Feature:
    return next((f for f, pattern in _CLASS.items() if pattern.fullmatch(words)), Feature.NONE)


def _relation(before: str, after: str, tail: int) -> tuple[Relation, int, float | None, float | None, str, str]:
    """(relation, characters that its words reach back, bearing, km, direction word, other end)."""
    if m := _FAR.search(before):
        unit = m["unit"].lower()
        number = m["number"].lower().replace(",", ".")
        km = float(_WORDED.get(number) or number) * _KM[unit[0] if unit[0] in "kn" else unit[:2]]
        return Relation.FROM, len(before) - m.start(), _bearing(m["dir"]), km, "", ""
    lowered = before.lower()  # a search in it costs little, and most of what stands before a toponym holds none of these
    directed = any(word in lowered for word in ("north", "south", "east", "west"))
    if _EDGE_ALONE.search(lowered) and (m := _EDGE.search(before)):
        return Relation.EDGE, len(before) - m.start(), _bearing(m["dir"]), None, "", ""
    if directed and (m := _DIRECTED.search(before)):
        relation = Relation.PART if m["inside"] else Relation.FROM
        return relation, len(before) - m.start(), _bearing(m["dir"]), None, m["dir"].lower() if m["inside"] else "", ""
    between = any(words in lowered for words in _MEETINGS)
    if between and (m := _BETWEEN_LAST.search(before)) and _between(before[: m.end()]):
        return Relation.BETWEEN, len(before) - m.start(), None, None, "", m["other"]
    if between and (m := _BETWEEN_FIRST.search(before)) and (other := _AND_OTHER.match(after)) and _between(before[: m.end()]):
        return Relation.BETWEEN, len(before) - m.start(), None, None, "", other["other"]
    if lowered.endswith(_JOINS) and (m := _ROAD_LAST.search(before)):
        return Relation.BETWEEN, len(before) - m.start(), None, None, "", m["other"]
    if lowered.endswith(_RUN) and (m := _ROAD_FIRST.search(before)) and (other := _TO_OTHER.match(after)):
        return Relation.BETWEEN, len(before) - m.start(), None, None, "", other["other"]
    if other := _LINED_OTHER.match(after):
        return Relation.BETWEEN, 0, None, None, "", other["other"]
    if m := _NEAR.search(before):
        return Relation.NEAR, len(before) - m.start(), None, None, "", ""
    if m := _EDGE_AFTER.match(after):
        return Relation.EDGE, 0, _bearing(m["dir"]), None, "", ""
    if m := _PART.search(before, tail):
        return Relation.PART, len(before) - m.start(), _bearing(m["dir"]), None, m["dir"].lower(), ""
    return Relation.AT, 0, None, None, "", ""


def _between(lead: str) -> bool:
    """Whether what stands before "between A and B" speaks of land and not of talks."""
    return bool(_ROAD.search(lead[-60:])) or not re.search(
        rf"\b(?:talks?|clash\w*|fighting|exchange\w*|diploma\w+|{_DEALINGS})\b", lead[-60:], re.I
    )


def _bearing(word: str | None) -> float | None:
    """Degrees of a direction word; None for "rural" and for none."""
    if not word:
        return None
    return BEARINGS.get(re.sub(r"[- ]|wards?$|ern$", "", word.lower()))


def is_street(words: str) -> bool:
    """Whether words name a street, which lies in the town that everybody there knows."""
    return _STREET.search(words) is not None


def names(text: str, start: int, end: int) -> Iterator[Span]:
    """The runs of capitalised words in a stretch that may be names, without the possessive behind them."""
    for match in _NAME.finditer(text, start, end):
        yield Span(match.start(), match.end() - (2 if match.group().endswith(("'s", "’s")) else 0))


def behind(text: str, start: int, end: int, sentence: Span) -> Iterator[tuple[Toponym, Span]]:
    """The toponyms behind a name, as long as nothing stands between but words for what lies in what, or near it."""
    for span in names(text, start, end):
        words = read(text, span, sentence)
        if not is_held(text, start, max(start, min(words.span.start, span.start))):
            return
        yield words, span
        start = span.end


def is_held(text: str, start: int, end: int) -> bool:
    """Whether only words for what lies in what stand between two names."""
    return start <= end and _HELD.fullmatch(text, start, end) is not None


def bearing(word: str) -> float | None:
    """Degrees clockwise from north of a direction word ("northern", "south-east"); None where it is none."""
    return _bearing(word)
