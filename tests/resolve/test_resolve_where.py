"""Toponyms in sentences of many wars come out where they are, as finely as the words say and no finer."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from crossbearing.model.mention import Mention, MentionKind, Reading
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Document, Span
from crossbearing.model.where import Place, Precision
from crossbearing.resolve.place.weighing import likeliest
from crossbearing.resolve.place.where import Places

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "where.yml").read_text(encoding="utf-8"))


def reading_of(marked: str) -> tuple[Document, Reading]:
    """A document and a reading from a text with its place mentions in brackets."""
    text, mentions = "", []
    for at, part in enumerate(re.split(r"[\[\]]", marked)):
        if at % 2:
            mentions.append(Mention(Span(len(text), len(text) + len(part)), MentionKind.PLACE))
        text += part
    edges = [0, *(m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z])", text)), len(text)]
    sentences = tuple(Span(a, b) for a, b in pairwise(edges))
    return Document("d", "c", "r", "f", text), Reading("d", "marked", sentences, tuple(mentions), (), ())


def check(found: Stated[Place] | None, want: dict[str, Any] | None, text: str) -> None:
    if want is None:
        assert found is None
        return
    assert found is not None
    place = found.value
    assert "in" not in want or place.country == want["in"]
    assert want.get("named", "") in place.name
    assert "is" not in want or place.precision == want["is"], place
    if "at" in want:
        away = place.km(Place("", "", Precision.EXACT, None, None, *want["at"]))
        assert away is not None
        assert away <= want["km"], place
    assert place.radius_km is not None
    assert place.radius_km >= 2
    assert all(isinstance(e, Span) and e.of(text).strip() for e in found.evidence)


def params() -> list[Any]:
    return [
        pytest.param(
            case, id=re.sub(r"\W+", "-", case["text"])[:50], marks=[pytest.mark.xfail(strict=True)] if case.get("fails") else []
        )
        for case in CASES
    ]


@pytest.fixture(scope="module")
def places() -> Places:
    return Places()


@pytest.mark.parametrize("case", params())
def test_a_toponym_is_placed_as_its_sentence_says(places: Places, case: dict[str, Any]) -> None:
    """Each mention comes out at its place, with its precision and country, or as no place."""
    document, asked = reading_of(case["text"])
    taken = {words: MentionKind(kind) for words, kind in case.get("taken", {}).items()}
    reading = replace(asked, mentions=tuple(replace(m, kind=taken.get(m.span.of(document.text), m.kind)) for m in asked.mentions))
    context = places.context(document, reading)
    for words, want in case.get("want", {}).items():
        mention = next(m for m in asked.mentions if m.span.of(document.text) == words)
        check(places.locate(document, mention, context), want, document.text)
    if "choose" in case:
        check(places.choose(document, asked.mentions, context), case["choose"], document.text)


def test_the_country_of_last_resort_is_the_one_most_spoken_of(places: Places) -> None:
    """A report of Sudan that mentions a foreign minister elsewhere is of Sudan."""
    document, reading = reading_of(
        "Shelling in [Sudan] went on near [El Obeid]. In [Kordofan] people fled. The French envoy left."
    )
    found = places.country_of(places.context(document, reading))
    assert found is not None
    assert found.value.country == "SD"
    assert found.value.precision is Precision.COUNTRY


def test_a_document_that_speaks_of_no_country_has_none(places: Places) -> None:
    """Nothing is made up where no words speak of a country."""
    document, reading = reading_of("The men left before noon and nobody saw them again.")
    context = places.context(document, reading)
    assert places.country_of(context) is None
    assert places.choose(document, reading.mentions, context) is None


def test_a_persons_mention_is_never_a_place(places: Places) -> None:
    """Only mentions of places, facilities and states are looked up."""
    document, reading = reading_of("[Paris] met reporters.")
    person = Mention(reading.mentions[0].span, MentionKind.PERSON)
    assert places.locate(document, person, places.context(document, reading)) is None


@pytest.mark.parametrize(("here", "there"), [("Syria", "Iraq"), ("Ukraine", "Russia"), ("Pakistan", "India")])
def test_countries_are_treated_alike(places: Places, here: str, there: str) -> None:
    """Swapping two parties' countries in one sentence swaps the places found and changes nothing else."""
    for one, other in ((here, there), (there, here)):
        document, reading = reading_of(f"A drone sent from [{other}] fell in northern [{one}], the army said.")
        context = places.context(document, reading)
        found = places.choose(document, reading.mentions, context)
        assert found is not None
        assert one in found.value.name
        assert found.value.precision is Precision.REGION


def test_a_posterior_is_a_distribution_with_the_likeliest_first(places: Places) -> None:
    """Its probabilities fall, sum to less than one by what none of the candidates is meant, and begin with what is placed."""
    document, reading = reading_of("Gunmen attacked a market in [Tripoli]. The Libyan police and the army of Lebanon sent help.")
    context = places.context(document, reading)
    found = places.posterior(document, reading.mentions[0], context)
    shares = [share for _, share in found]
    assert shares == sorted(shares, reverse=True)
    assert 0.9 < sum(shares) < 1.0
    placed = places.locate(document, reading.mentions[0], context)
    assert placed is not None
    assert found[0][0] == placed.value
    assert {"LY", "LB"} <= {place.country for place, _ in found}


def test_what_the_document_says_moves_the_posterior(places: Places) -> None:
    """One name among the words of two countries is each one's, by what the rest of the report speaks of."""
    means = {}
    for country in ("Libyan", "Lebanese"):
        document, reading = reading_of(f"Gunmen attacked a market in [Tripoli], {country} medics said. The {country} army came.")
        found = places.posterior(document, reading.mentions[0], places.context(document, reading))
        means[country] = found[0][0].country
        assert found[0][1] > 0.7
    assert means == {"Libyan": "LY", "Lebanese": "LB"}


def test_the_likeliest_are_the_fewest_that_reach_the_level() -> None:
    """A set holds no place more than its level needs, and all of them where they do not reach it."""
    a, b, c = (Place(name, name, Precision.TOWN, None) for name in "abc")
    assert likeliest(((b, 0.3), (a, 0.65), (c, 0.02))) == ((a, 0.65), (b, 0.3))
    assert likeliest(((a, 0.95), (b, 0.01))) == ((a, 0.95),)
    assert likeliest(((a, 0.5), (b, 0.2))) == ((a, 0.5), (b, 0.2))
    assert likeliest(()) == ()


def test_what_a_name_means_is_told_whatever_the_words_do_with_it(places: Places) -> None:
    """A government that speaks, an adjective and "south of" are no place of a happening, but each name means a place."""
    document, reading = reading_of("[Baghdad] said that a [Syrian] patrol was hit south of [Mosul], Iraq.")
    context = places.context(document, reading)
    seat, adjective, town = reading.mentions
    assert places.locate(document, seat, context) is None
    assert places.locate(document, adjective, context) is None
    meant = [places.meant(document, m, context) for m in (seat, adjective, town)]
    assert [m and m.value.name for m in meant] == ["Baghdad", "Syria", "Mosul"]
    assert meant[2] is not None
    assert meant[2].value.precision is Precision.TOWN


@pytest.mark.parametrize(
    ("marked", "chosen"),
    [
        ("Shells hit [Baquba] in [Iraq].", "Baquba"),
        ("He was seized in [Afghanistan] and taken to [Guantanamo].", "Afghanistan"),
        ("Gunmen struck in the [Kadhimiya] neighbourhood of [Baghdad], Iraq.", "Kadhimiya"),
        ("A mine went off in [Qwsttrop], near [Farah], Afghanistan.", "Qwsttrop"),
        ("The men took [Anderson] in [Porto Alegre], Brazil.", "Porto Alegre"),
        ("[Moscow] said drones had hit [Engels], Russia.", "Engels"),
    ],
)
def test_of_several_mentions_the_one_that_says_where(places: Places, marked: str, chosen: str) -> None:
    """The first place, or a finer one that can lie within it; a name that no table knows counts where it stands as a place."""
    document, reading = reading_of(marked)
    picked = places.pick(document, reading.mentions, places.context(document, reading))
    assert picked is not None
    assert picked.span.of(document.text) == chosen


@pytest.mark.parametrize(("short", "country"), [("W.Va.", "US"), ("Calif.", "US"), ("N.S.W.", "AU")])
def test_dotted_short_names_are_the_states_that_they_stand_for(places: Places, short: str, country: str) -> None:
    """The style books' short names are read with their dots, and other letters with a dot are nobody's."""
    document, reading = reading_of(f"Two men were shot in Springfield, [{short}], on Monday.")
    found = places.locate(document, reading.mentions[0], places.context(document, reading))
    assert found is not None
    assert (found.value.country, found.value.precision) == (country, Precision.ADMIN1)
    document, reading = reading_of("Two men were shot in Springfield, [Xyz.], on Monday.")
    assert places.locate(document, reading.mentions[0], places.context(document, reading)) is None


def test_a_surname_is_no_town(places: Places) -> None:
    """A name that somebody bears on the page is a town only where something is said to be there."""
    marked = "Jacob Plano fled. Officers hit [Plano] in the arm, police in Texas said."
    document, reading = reading_of(marked)
    assert places.locate(document, reading.mentions[0], places.context(document, reading)) is None
    document, reading = reading_of("Jacob Plano fled. Officers shot a man in [Plano], police in Texas said.")
    found = places.locate(document, reading.mentions[0], places.context(document, reading))
    assert found is not None
    assert found.value.name == "Plano"
