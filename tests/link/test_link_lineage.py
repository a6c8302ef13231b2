"""Lineages: reports that go back to one root count once."""

from __future__ import annotations

from made_claims import MakeClaim

from crossbearing.link.incidents import link
from crossbearing.link.lineage import same_words
from crossbearing.model.claim import Status

WIRE = "Three drones struck the grain store beside the river port shortly before dawn, burning silos, the harbour master said"
EDITED = (
    "Three drones struck the grain store beside the river port shortly before dawn, the harbour master said, and two silos burned"
)
OTHER = "Residents of the port district spoke of a long night of explosions and of smoke that could be seen from the far bank"


def test_reports_that_cite_one_speaker_are_one_lineage(claim: MakeClaim) -> None:
    """Ten outlets that carry one group's statement are one lineage, with the reason said."""
    (incident,) = link([claim(f"r{n}", voices=(f"Outlet {n}", "Alpha Front")) for n in range(10)])

    assert len(incident.lineages) == 1
    assert incident.lineages[0].because == "10 reports go back to Alpha Front"


def test_unnamed_speakers_are_not_taken_for_one(claim: MakeClaim) -> None:
    """Two reports that cite a security source need not have the same one."""
    (incident,) = link(
        [claim("a", voices=("A Post", "a security source")), claim("b", voices=("B Post", "a security source"), quote=OTHER)]
    )

    assert len(incident.lineages) == 2


def test_a_denial_is_no_copy_of_what_it_denies(claim: MakeClaim) -> None:
    """Who denies, in the report that carries the claim, is a root of their own."""
    told = [claim(r, voices=(f"{r} Post", "Alpha Front")) for r in ("a", "b")]
    (incident,) = link([*told, claim("a", voices=("a Post", "Beta Command"), status=Status.DENIED)])

    assert [(lineage.root, len(lineage.claims)) for lineage in incident.lineages if lineage.root != "Beta Command"] == [
        ("Alpha Front", 2)
    ]
    assert [len(lineage.claims) for lineage in incident.lineages if lineage.root == "Beta Command"] == [1]


def test_the_same_words_are_one_lineage(claim: MakeClaim) -> None:
    """A wire report and its edited copy fold, an independent witness does not."""
    (incident,) = link([claim("a", quote=WIRE), claim("b", quote=EDITED), claim("c", quote=OTHER)])

    assert sorted(len(lineage.claims) for lineage in incident.lineages) == [1, 2]


def test_short_quotes_say_nothing_about_copies() -> None:
    """Three words in common are no copy."""
    assert same_words("drones hit the port", "drones hit the port") == 0.0
    assert same_words(WIRE, WIRE) == 1.0
    assert same_words(WIRE, OTHER) == 0.0
