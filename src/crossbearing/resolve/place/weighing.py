"""What speaks for each place that a name may mean: its kind and people, the lands spoken of, the words beside it, the places
around; and how likely that makes each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crossbearing import resources
from crossbearing.model.where import COARSE, Place
from crossbearing.resolve.place.bearers import NEARBY_KM, NO_VILLAGE, OF_A_TOWN, PRIOR, fits, not_places, spelt_alike
from crossbearing.resolve.place.frames import Beside
from crossbearing.resolve.place.gazetteer import Candidate, Kind, apart_km
from crossbearing.resolve.place.placing import AROUND_A_SITE, as_place
from crossbearing.resolve.place.spoken_of import AGAINST, ALONE, FURTHER, PEOPLED, PlaceContext, in_context
from crossbearing.resolve.place.toponym import Feature, Relation, Toponym
from crossbearing.words.names import fold

# What the several grounds for a candidate are worth beside each other. Set by hand on sentences of our own and on the dev
# halves of GeoWebNews and LGL (evals/places.py); a candidate's population counts as its power of ten, 2.7 to 7.4.
PEOPLE = 1.0  # times the power of ten of a town's or district's people, 2 to 7.4
LISTED = 5.0  # a town that the table of areas lists, as one of a hundred thousand people
COUNTRY_SHARE = 6.0  # times the share of the document's places that lie in the country
COUNTRY_SPOKEN = 2.0  # the document speaks of the country at all
BESIDE = 8.0  # the words beside the toponym name the country
BESIDE_DIVISION = 5.0  # or the division
DIVISION_SPOKEN = 1.5
NEAR_OTHERS = 3.0  # next to another place of the document, falling off over 100 km
CAPITAL = 4.0
ONLY_SOUNDS = -4.0
OWN_NAME = 1.5  # the name is the place's own, and not a further or former one
OF_ITS_KIND = 5.0  # "Walker County" is sooner the county than the town
COMPANY = 4.0  # times the share of the document's names that could lie in the same division
IN_COMPANY = 0.3  # from this share on, the division that the names share is spoken of, whether or not its country is
# Of the posterior: fitted by likelihood on every second development article of LGL, GeoWebNews and GeoVirus.
TEMPERATURE = 1.0
# How often none of the candidates is meant: where the likeliest is a division, a region or a country, and where it is finer.
NONE_OF_THESE = {True: 0.013, False: 0.044}
A_PART = 0.25  # of the document's places: in a land with less, only what lies near another of them is likely by its sound
_COUNTIES = ("-county", "-parish", "-borough")  # which are seldom called by the bare name
ABROAD = 30_000  # people, from which on a town far away is where a country's forces can have gone
NEXT_DOOR, NEXT_DOOR_KM = 1.25, 500.0  # a town is next to a country within so many of its radii, and so many km more
GIVEN_NAME = 300_000  # a given name ("Hassan") is a town only from this size on, or in a country the document speaks of


@dataclass(frozen=True, slots=True)
class Weighed:
    """A toponym's words, and what can bear its name."""

    words: Toponym
    beside: Beside
    scored: tuple[tuple[float, Candidate], ...]
    best: Candidate | None

    def totals(self) -> tuple[tuple[Candidate, float], ...]:
        """Each candidate with what speaks for it, the likeliest first; one thing that bears the name twice stands once."""
        totals: dict[str, tuple[Candidate, float]] = {}
        top = max((score for score, _ in self.scored), default=0.0)
        for score, c in self.scored:
            total = top + 0.1 if c is self.best else score  # a town before the division that is named after it
            if c.id not in totals or total > totals[c.id][1]:
                totals[c.id] = c, total
        return tuple(sorted(totals.values(), key=lambda ct: -ct[1]))

    def shares(self) -> tuple[tuple[Candidate, float], ...]:
        """Each candidate with its probability, the likeliest first."""
        totals = self.totals()
        top = totals[0][1] if totals else 0.0
        weights = [math.exp((total - top) / TEMPERATURE) for _, total in totals]
        some = 1.0 - NONE_OF_THESE[bool(totals) and as_place(totals[0][0]).precision in COARSE]
        return tuple((c, some * weight / sum(weights)) for (c, _), weight in zip(totals, weights, strict=True))

    @property
    def sure(self) -> float:
        """The probability of the likeliest."""
        found = self.shares()
        return found[0][1] if found else 0.0


def likeliest(found: Sequence[tuple[Place, float]], level: float = 0.9) -> tuple[tuple[Place, float], ...]:
    """The fewest of a posterior's places whose probabilities sum to at least `level`; all of them where they do not."""
    kept: list[tuple[Place, float]] = []
    for place, share in sorted(found, key=lambda one: -one[1]):
        if sum(one for _, one in kept) >= level:
            break
        kept.append((place, share))
    return tuple(kept)


def scored_of(
    words: Toponym, found: Sequence[Candidate], beside: Beside, context: PlaceContext
) -> list[tuple[float, int, Candidate]]:
    """(score, minus its place in the order of look-up, candidate) of each that the document makes likely at all."""
    fitting = [c for c in found if fits(words, c)] or [
        c
        for c in found
        if c.kind in (Kind.CITY, Kind.AREA, Kind.ADMIN1)
        and words.feature is not Feature.NATURE
        and not (words.feature is Feature.VILLAGE and c.population >= NO_VILLAGE)
    ]
    if words.feature is Feature.REGION and any(c.kind is not Kind.CITY for c in fitting):
        fitting = [c for c in fitting if c.kind is not Kind.CITY]  # "Kharkiv region" is not Kharkiv
    home = any(c.exact and c.kind in PEOPLED and in_context(c, context) for c in fitting)
    fitting = [c for c in fitting if not (home and c.kind is Kind.AREA and len(c.countries) == 1 and not in_context(c, context))]
    own = {c.id for c in found if c.kind is Kind.AREA}  # "Djugu territory" does not vouch for the town of Djugu
    others = [a for a in context.anchors if a.id not in own]
    return [
        (_score(words, c, beside, context, others), -i, c) for i, c in enumerate(fitting) if _likely(words, c, beside, context)
    ]


def _score(words: Toponym, c: Candidate, beside: Beside, context: PlaceContext, others: Sequence[Candidate]) -> float:
    score = LISTED if c.is_listed_town else PRIOR[c.kind]
    score += PEOPLE * math.log10(c.population + 100) if c.kind in (Kind.CITY, Kind.ADMIN2) else 0.0
    lies_in = c.countries or ((c.country,) if c.country else ())
    share = max((context.countries.get(code, 0.0) for code in lies_in), default=0.0)
    score += COUNTRY_SHARE * share + (COUNTRY_SPOKEN if share else 0.0)
    if beside.countries:
        score += BESIDE if beside.countries & set(lies_in) else -BESIDE
    if c.admin1:
        if beside.divisions:
            score += BESIDE_DIVISION if fold(c.admin1) in beside.divisions else -BESIDE_DIVISION / 2
        score += DIVISION_SPOKEN * (fold(c.admin1) in context.divisions)
    away = min((apart_km(c, other) for other in others if other.id != c.id), default=9e9)
    score += NEAR_OTHERS * math.exp(-away / 100)
    score += COMPANY * context.company.get((c.country, c.admin1), 0.0)
    if c.kind is Kind.FACILITY and words.feature in AROUND_A_SITE:
        score -= PRIOR[Kind.FACILITY]  # "the Harir district" is sooner the town's than the base's
    if fold(c.name) in (fold(words.core), fold(words.full)):
        score += OWN_NAME + CAPITAL * c.capital  # "Philadelphia" is no capital, though Amman was once called so
    if c.kind is Kind.ADMIN2 and words.feature is Feature.DISTRICT:
        score += OF_ITS_KIND
    if c.kind is Kind.ADMIN2 and words.feature is Feature.NONE and c.id.endswith(_COUNTIES):
        score -= OF_ITS_KIND
    return score + (0.0 if c.exact else ONLY_SOUNDS)


def _likely(words: Toponym, c: Candidate, beside: Beside, context: PlaceContext) -> bool:
    """Whether the document makes a candidate likely at all, so that "Hemo" of Syria is no hamlet on another continent."""
    lies_in = set(c.countries or (c.country or "",))
    if beside.excludes(c):
        return False
    if beside.divisions and beside.countries and not beside.countries & lies_in and c.kind is not Kind.COUNTRY:
        return False  # "the village of X in the Donetsk region" is none of another land
    if beside.countries and not beside.countries & lies_in and not in_context(c, context) and not fits(words, c):
        return False  # nor "the X district" of a Syrian town the Iraqi province that is called so
    if c.kind is Kind.CITY and fold(words.core) in _buildings():
        return False  # "the Central American University" is no University in Florida
    if beside.countries & lies_in or (c.admin1 and fold(c.admin1) in beside.divisions):
        return c.exact or (c.kind is not Kind.ADMIN2 and fold(words.core) not in not_places()["words"])  # "on Monday": no Munday
    here = in_context(c, context) or (c.exact and context.company.get((c.country, c.admin1), 0.0) >= IN_COMPANY)
    if words.feature is Feature.SITE and context.countries and not in_context(c, context):
        return False  # the Salem Mosque stands in no Salem, and in no land that is not spoken of
    wordlike = fold(words.core) in not_places()["words"]
    if wordlike and fold(c.name) == fold(words.full) != fold(words.core):
        wordlike = fold(words.core) not in not_places()["common"]  # "Story City" is no story
    if wordlike and c.kind in (Kind.CITY, Kind.ADMIN2) and not (c.capital and c.exact):
        return here and (words.within or (words.locative and spelt_alike(words.core, c))) and c.population >= ALONE
    if wordlike and c.kind is Kind.ADMIN1:
        return here  # "the Northwest" is Cameroon's only where Cameroon is spoken of
    if fold(words.core) in not_places()["given_names"] and c.kind in (Kind.CITY, Kind.ADMIN2):
        return (here and words.locative) or c.population >= GIVEN_NAME
    if not c.exact:
        great = words.within and c.population >= FURTHER
        near = (great or not _is_out_of_reach(c, context)) and not _is_of_an_actor(c, context)
        return here and c.kind is not Kind.ADMIN2 and near
    if here or c.kind in (Kind.COUNTRY, Kind.FACILITY, Kind.AREA):
        return True
    if c.kind is Kind.ADMIN2:
        return not context.countries and c.population >= ALONE
    if c.kind is Kind.ADMIN1:
        return (not context.countries and c.population >= ALONE) or words.feature is Feature.ADMIN1 or c.population >= AGAINST
    own = spelt_alike(words.core, c) or spelt_alike(words.full, c)
    if (own or c.population >= ALONE) and _is_next_door(c, context):
        return True
    if own and context.acting and context.forces and c.population >= ABROAD:
        return True  # "French troops retook Gao"
    return c.population >= (AGAINST if context.countries else ALONE if own else FURTHER)


@lru_cache(maxsize=1)
def _buildings() -> frozenset[str]:
    return frozenset(resources.table("features.yml")["facility"])


def _is_next_door(c: Candidate, context: PlaceContext) -> bool:
    """Whether a town can be where a country's forces went: "Turkish jets bombed X", of which there is none at home."""
    return any(apart_km(c, land) <= NEXT_DOOR * land.radius_km + NEXT_DOOR_KM for land in context.acting)


def _is_of_an_actor(c: Candidate, context: PlaceContext) -> bool:
    """Whether a town lies in a land that the document speaks of less than of others, and names no place of that is near: more
    often one that had a part in it ("US-led") than one in which it was."""
    if context.countries.get(c.country or "", 0.0) >= A_PART:
        return False
    return all(apart_km(c, a) > NEARBY_KM + a.radius_km for a in context.anchors if a.country == c.country and a.id != c.id)


def _is_out_of_reach(c: Candidate, context: PlaceContext) -> bool:
    """Whether a town that is only spelt much like a name lies far from all places of its land that the document names beyond
    doubt, be they more than the seat of its government."""
    others = [a for a in context.anchors if a.country == c.country and not a.capital and a.id != c.id]
    return c.kind is Kind.CITY and bool(others) and all(apart_km(c, a) > NEARBY_KM + a.radius_km for a in others)


def best_of(words: Toponym, scored: Sequence[tuple[float, int, Candidate]]) -> Candidate | None:
    """The likeliest candidate; None where there is none."""
    if not scored:
        return None
    best = max(scored)[2]
    if best.kind is Kind.ADMIN1 and words.feature in OF_A_TOWN and words.relation is not Relation.PART:
        # "in Aleppo" without "province" is the city, where the division is named after one.
        towns = [c for _, _, c in scored if c.kind is Kind.CITY and c.country == best.country and c.population >= 10_000]
        within = [c for c in towns if c.exact and (c.capital or c.admin1 == best.name or apart_km(c, best) <= best.radius_km)]
        return max(within, key=lambda c: c.population) if within else best
    return best


def told_apart(words: Toponym, beside: Beside, found: Sequence[Candidate]) -> Sequence[Candidate]:
    """What bears the name, without the towns and divisions that share it with a country, a continent or a sea, where
    nothing but a list of countries ("Mexico, China and Japan") stands beside."""
    if words.full.isupper() and len(words.full) <= 3 and not any(c.kind is Kind.COUNTRY for c in found):
        found = [c for c in found if c.kind is not Kind.CITY or c.name.isupper()]  # "OAS" is no town called Oas
    wide = [c for c in found if c.exact and (c.kind is Kind.COUNTRY or (c.kind is Kind.AREA and c.radius_km >= 400))]
    if not wide or beside.divisions or words.feature not in (Feature.NONE, Feature.NATURE, Feature.REGION):
        return found
    own = {fold(words.core), fold(words.full)}
    kept = [
        c for c in found if c in wide or (c.kind is Kind.ADMIN1 and fold(c.name) in own) or c.kind in (Kind.AREA, Kind.FACILITY)
    ]
    return kept or found
