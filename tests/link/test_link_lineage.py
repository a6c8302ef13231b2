"""Lineages: reports that go back to one root count once."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import MakeClaim, make_claim
from made_pages import make_outcome

from crossbearing.link.incidents import link
from crossbearing.link.lineage import same_words
from crossbearing.model.claim import Claim, Figure, Status, Voice, claim_id
from crossbearing.model.incident import FoldKind
from crossbearing.model.outcome import Outcome
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span

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


# ---------------------------------------------------------------- roots and groups


def voiced(claim: Claim, *chain: tuple[str, str]) -> Claim:
    """The claim in voices of given kinds: `voiced(c, ("The Post", "outlet"), ("AFP", "medium"))`."""
    voices = tuple(Stated(Voice(name, kind, name), (Span(0, 4),), "test/1") for name, kind in chain)
    names = tuple(name for name, _ in chain)
    return replace(claim, chain=voices, id=claim_id(claim.document, claim.span, "test/1", claim.happening, names))


def roots(*claims: Claim, outcomes: Sequence[Outcome] = ()) -> list[str]:
    (incident,) = link(claims, (), outcomes)
    return sorted(one.root for one in incident.lineages)


def test_as_many_lineages_as_can_each_have_a_root(claim: MakeClaim) -> None:
    """One report cites two fronts, two more cite one of them each: two can know, however many tell it."""
    both = [claim("a", voices=("Alpha Front",)), claim("a", voices=("Beta Corps",))]
    assert roots(*both, claim("b", voices=("Alpha Front",)), claim("c", voices=("Beta Corps",))) == ["Alpha Front", "Beta Corps"]


def test_no_report_is_two_lineages(claim: MakeClaim) -> None:
    """Two speakers in one report are one report's word; the lineage bears the name of who printed it."""
    told = [voiced(claim("a"), ("The Post", "outlet"), (who, "claimant")) for who in ("Alpha Front", "Beta Corps")]
    assert roots(*told) == ["The Post"]


def test_a_speaker_of_its_own_makes_a_witness(claim: MakeClaim) -> None:
    """Who cites a source beside the statement that all carry adds one; who tells the rest in its own voice does not."""
    own = [claim("a", voices=("Alpha Front",)), claim("a", voices=("a security source",))]
    plain = [claim("b", voices=("Alpha Front",)), claim("b")]
    assert len(roots(*own, claim("c", voices=("Alpha Front",)))) == 2
    assert len(roots(*plain, claim("c", voices=("Alpha Front",)))) == 1


def test_what_one_agency_carries_is_one_lineage(claim: MakeClaim) -> None:
    """Two papers that have it from one agency are one, and the agency's own report with them, whoever speaks in it."""
    told = [
        voiced(claim("a"), ("The Post", "outlet"), ("Meridian", "medium"), ("a doctor", "claimant")),
        voiced(claim("b"), ("The Star", "outlet"), ("Meridian", "medium"), ("Alpha Front", "claimant")),
        voiced(claim("c"), ("Meridian Press Agency", "outlet"), ("a teacher", "claimant")),
    ]
    (incident,) = link(told)
    (line,) = incident.lineages
    assert line.root == "Meridian Press Agency"
    assert {(fold.report, fold.to, fold.kind) for fold in line.folds} == {
        ("a", "c", FoldKind.CREDIT), ("b", "c", FoldKind.CREDIT),
    }  # fmt: skip


def test_who_cites_the_other_goes_back_to_it(claim: MakeClaim) -> None:
    """ "The Post reported" beside the Post's own report: one lineage, whose root is the Post."""
    post = voiced(claim("a"), ("The Post", "outlet"), ("a doctor", "claimant"))
    star = voiced(claim("b"), ("The Star", "outlet"), ("The Post", "claimant"))
    (line,) = link([post, star])[0].lineages
    assert (line.root, [(fold.report, fold.to) for fold in line.folds]) == ("The Post", [("b", "a")])


def test_a_lineage_is_not_named_after_whom_a_report_cites_elsewhere(claim: MakeClaim) -> None:
    """Of two speakers in one report the lineage of the second does not bear the name of the first."""
    told = [claim("a", voices=("Beta Corps",)), claim("a", voices=("Alpha Front",)), claim("b", voices=("Beta Corps",))]
    named = {one.root: one.claims for one in link(told)[0].lineages}
    assert named == {"a": tuple(sorted(c.id for c in told[:2])), "Beta Corps": (told[2].id,)}


def test_one_speaker_under_two_names_is_one(claim: MakeClaim) -> None:
    """ "Staff" beside "General Staff of Aland" in one report is that staff."""
    told = [claim("a", voices=("General Staff of Aland",)), claim("a", voices=("General Staff of Aland", "Staff"))]
    assert roots(*told, claim("b", voices=("General Staff of Aland",))) == ["General Staff of Aland"]


# ---------------------------------------------------------------- with the texts

LINES = (
    "Three drones struck the grain store beside the river port shortly before dawn on Monday, the harbour master said. "
    "Two silos burned until noon and a tug that lay at the quay was holed by splinters below the waterline."
)
OWN = "The captain of a barge told this paper that seven of his crew were missing."


def quoting(claim: Claim, text: str, number: str) -> Claim:
    """The claim with its figure where the text says it."""
    at = text.index(number)
    figure = Stated(Figure(int(number), int(number), "killed"), (Span(at, at + len(number)),), "test/1")
    return replace(claim, killed=figure, when=replace(claim.when, evidence=(Span(0, 5),)) if claim.when else None)


def test_a_copy_that_adds_a_figure_is_a_witness_for_the_figure_alone(claim: MakeClaim) -> None:
    """The day stands behind one lineage, the figure that only the copy has behind one of its own, and the fold says so."""
    texts = {"a": LINES, "b": f"{LINES} A clerk of the port counted 7 dead."}
    told = [claim("a", voices=("a doctor",)), quoting(claim("b", voices=("a clerk",)), texts["b"], "7")]
    (incident,) = link(told, (), [make_outcome(name, text, day) for day, (name, text) in enumerate(texts.items(), 11)])

    (line,) = incident.lineages
    (fold,) = line.folds
    assert (fold.report, fold.to, fold.kind, fold.adds) == ("b", "a", FoldKind.COPY, ("killed: 7",))
    assert fold.shared[0].a.of(texts["b"]) == LINES.rstrip(".")
    standing = {(s.field, s.value): s.roots for s in incident.standings}
    assert len(standing["when", "2024-05-10"]) == 1
    assert standing["killed", "7"] == ("b",)


def test_copies_that_carry_the_same_addition_in_the_same_words_are_one_witness_for_it(claim: MakeClaim) -> None:
    """Two copies with one added sentence add it once; with a sentence each, twice."""
    sentence = "A clerk of the port who had worked there for thirty years counted 7 dead in the weighing house."
    for others, many in ((sentence, 1), ("By nightfall men of the fire brigade at the quay had carried 7 out.", 2)):
        texts = {"a": f"{LINES} {LINES[::-1]}", "b": f"{LINES} {sentence}", "c": f"{LINES} {others}"}
        told = [claim("a", voices=("x doctor",)), *(quoting(claim(r, voices=("a clerk",)), texts[r], "7") for r in "bc")]
        (incident,) = link(told, (), [make_outcome(name, text, ord(name) - 86) for name, text in texts.items()])
        (killed,) = [s for s in incident.standings if s.field == "killed"]
        assert len(incident.lineages) == 1
        assert len(killed.roots) == many


def test_who_denies_it_does_not_stand_behind_it(claim: MakeClaim) -> None:
    """Who is said to have done it is not said so by who denies it."""
    told = [claim("a", by="alpha", voices=("Beta Corps",)), claim("b", by="alpha", voices=("alpha",), status=Status.DENIED)]
    (standing,) = [s for s in link(told)[0].standings if s.field == "perpetrators"]
    assert standing.roots == ("Beta Corps",)


# ---------------------------------------------------------------- laws

VOICES = ("Alpha Front", "Beta Corps", "a security source", "The Post", "Meridian", "Staff", "General Staff")


@st.composite
def _tellings(draw: st.DrawFn) -> tuple[list[Claim], list[Outcome]]:
    """Some reports of one strike, in their voices, with texts that share sentences."""
    pool = [f"{LINES} {n}" for n in range(2)] + [OWN, EDITED, OTHER]
    claims, outcomes = [], []
    for n in range(draw(st.integers(1, 6))):
        outlet = draw(st.sampled_from(("The Post", "The Star", "Meridian Press Agency")))
        for voice in draw(st.lists(st.sampled_from(VOICES), min_size=1, max_size=3, unique=True)):
            kind = draw(st.sampled_from(("claimant", "medium")))
            made = make_claim(
                f"r{n}", by=draw(st.sampled_from((None, "alpha", "beta"))), quote=draw(st.sampled_from((WIRE, EDITED, OTHER))),
                killed=draw(st.sampled_from((None, (3, 3), (5, 5), (4, None)))),
                weapon=draw(st.sampled_from((None, "drone", "mortar"))),
                status=draw(st.sampled_from((Status.HAPPENED, Status.HAPPENED, Status.FOILED, Status.DENIED))),
            )  # fmt: skip
            claims.append(voiced(made, (outlet, "outlet"), (voice, kind)))
        text = " ".join(draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True)))
        outcomes.append(make_outcome(f"r{n}", text, draw(st.sampled_from((None, 11, 12, 14)))))
    return claims, draw(st.sampled_from((outcomes, [])))


@settings(max_examples=150, deadline=None)
@given(told=_tellings(), seed=st.integers(0, 999))
def test_shuffled_reports_have_the_same_lineages(told: tuple[list[Claim], list[Outcome]], seed: int) -> None:
    """The order of claims and pages changes no lineage, fold, standing or contradiction."""
    claims, outcomes = told
    dice = random.Random(seed)
    assert link(claims, (), outcomes) == link(dice.sample(claims, len(claims)), (), dice.sample(outcomes, len(outcomes)))


@settings(max_examples=150, deadline=None)
@given(told=_tellings())
def test_lineages_share_no_claim_and_no_value_has_more(told: tuple[list[Claim], list[Outcome]]) -> None:
    """Each claim stands in one lineage; there are never more than tellings and denials; each value has one at least."""
    for incident in link(told[0], (), told[1]):
        held = [claim for one in incident.lineages for claim in one.claims]
        assert sorted(held) == sorted(incident.claims)
        sides = {(c.report, c.status is Status.DENIED) for c in told[0] if c.id in incident.claims}
        assert len(incident.lineages) <= len(sides)
        assert all(1 <= len(s.roots) <= len(sides) for s in incident.standings)


@settings(max_examples=100, deadline=None)
@given(told=_tellings())
def test_exchanging_the_parties_changes_no_lineage(told: tuple[list[Claim], list[Outcome]]) -> None:
    """With alpha for beta, in what they did, all folds, counts and contradictions are the same."""
    claims, outcomes = told
    other = {"alpha": "beta", "beta": "alpha"}

    def swapped(claim: Claim) -> Claim:
        doers = tuple(
            replace(p, value=replace(p.value, name=other[p.value.name], id=other[p.value.name])) for p in claim.perpetrators
        )
        return replace(claim, perpetrators=doers)

    def shape(told: Sequence[Claim], name: Callable[[str], str]) -> list[object]:
        return [
            (
                [(one.root, one.claims, one.because) for one in i.lineages],
                [[(f.report, f.to, f.kind, f.because, sorted(map(name, f.adds))) for f in one.folds] for one in i.lineages],
                sorted((s.field, name(s.value), s.roots) for s in i.standings),
                sorted((c.field, *sorted((c.a, c.b))) for c in i.contradictions),
            )
            for i in link(told, (), outcomes)
        ]

    def turned(words: str) -> str:
        return " ".join(other.get(word, word) for word in words.split())

    assert shape([swapped(c) for c in claims], turned) == shape(claims, str)
