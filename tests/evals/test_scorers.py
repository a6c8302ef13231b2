"""The scorers of readers, on made-up readings of made-up texts: what is right counts, what is off by a word does not."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "evals"))

import _readers
import entities
import events
import voices

from crossbearing.model.mention import (
    Attribution,
    Happening,
    Mention,
    MentionKind,
    Reading,
    Realis,
    Role,
    RoleName,
    Stance,
)
from crossbearing.model.text import Document, Span
from crossbearing.stages import Read

TEXT = "The mayor said, on Monday, that Anna Vo believes the old bridge was bombed by rebels near Port Ada."
Record = dict[str, Any]


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def piece(words: str) -> dict[str, int]:
    return {"start": at(words).start, "end": at(words).end}


def reads(**found: Any) -> Read:
    """A reader that finds the same in every document."""
    empty: dict[str, Any] = {"mentions": (), "happenings": (), "attributions": ()}

    def read(document: Document) -> Reading:
        return Reading(document.id, "made", (Span(0, len(document.text)),), **(empty | found))

    return read


# ---------------------------------------------------------------- what they share


def test_a_document_is_all_article() -> None:
    """A document is all article."""
    document = _readers.document("d1", TEXT, "The mayor said")
    assert document.article() == (Span(0, len(TEXT)),)
    assert document.metadata.title is not None
    assert document.metadata.title.span == Span(0, 14)


def test_a_title_that_stands_elsewhere_has_no_place() -> None:
    """A title that stands elsewhere has no place."""
    title = _readers.document("d1", TEXT, "Bridge bombed").metadata.title
    assert title is not None
    assert title.span is None


def test_a_reader_comes_by_name_or_by_default() -> None:
    """A reader comes by name or by default."""
    document = _readers.document("d1", TEXT)
    assert _readers.reader("rules")(document).document == "d1"
    assert _readers.reader()(document).document == "d1"


def test_a_token_covered_in_part_is_covered() -> None:
    """A token covered in part is covered."""
    tokens = _readers.Tokenized("Well-known (old) names_2.")
    assert [tokens.spans[i].of(tokens.text) for i in sorted(tokens.of([Span(2, 7), Span(12, 14)]))] == [
        "Well",
        "-",
        "known",
        "old",
    ]
    assert tokens.of([Span(4, 4)]) == frozenset()
    assert len(tokens.words) == 4


def test_an_empty_tally_is_nought() -> None:
    """An empty tally is nought."""
    assert _readers.Tally().f1 == 0.0
    assert (_readers.Tally(1, 2, 4) + _readers.Tally(1, 0, 0)).f1 == pytest.approx(2 / 3)


# ---------------------------------------------------------------- voices

OUTER = {
    "source": [piece("The mayor")],
    "cue": [piece("said")],
    "content": [piece("that Anna Vo believes the old bridge was bombed by rebels near Port Ada")],
}
INNER = {
    "source": [piece("Anna Vo")],
    "cue": [piece("believes")],
    "content": [piece("the old bridge was bombed"), piece("near Port Ada")],
}
VOICES: Record = {"id": "d1", "text": TEXT, "attributions": [OUTER, INNER]}


@dataclass(frozen=True, slots=True)
class Pieced(Attribution):
    """An attribution of a reader that knows of pieces."""

    pieces: tuple[Span, ...] = ()
    cue_pieces: tuple[Span, ...] = ()
    source_pieces: tuple[Span, ...] = ()


def attribution(source: str, cue: str, *content: str) -> Attribution:
    pieces = tuple(map(at, content))
    person = Mention(at(source), MentionKind.PERSON)
    return Pieced(at(cue), Span(pieces[0].start, pieces[-1].end), Stance.ASSERTS, person, pieces=pieces)


WHOLE = attribution("The mayor", "said", "that Anna Vo believes the old bridge was bombed by rebels near Port Ada")
WITHIN = attribution("Anna Vo", "believes", "the old bridge was bombed", "near Port Ada")


def heard(*attributions: Attribution, record: Record = VOICES) -> dict[str, float]:
    return {name: t.f1 for name, t in voices.scored(record, reads(attributions=attributions)).items()}


def test_annotators_agree_as_far_as_their_second_views_are_the_first(tmp_path: Path) -> None:
    """A view with one of two attributions has all of its units right and half of the gold's."""
    assert voices.agreement(tmp_path) == {}
    half = {**VOICES, "other_annotators": {"b": VOICES["attributions"][:1]}}
    with gzip.open(tmp_path / "train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in (half, VOICES))
    agreed = voices.agreement(tmp_path)["exact_cue"]
    assert (agreed.right, agreed.found, agreed.gold) == (1, 1, len(VOICES["attributions"]))


def test_voices_heard_rightly_score_one() -> None:
    """Voices heard rightly score one."""
    assert set(heard(WHOLE, WITHIN).values()) == {1.0}


def test_a_source_a_word_short_is_not_exact_and_yet_linked() -> None:
    """A source a word short is not exact and yet linked."""
    found = heard(attribution("mayor", "said", "that Anna Vo believes the old bridge was bombed by rebels near Port Ada"), WITHIN)
    assert found["exact_source"] == 0.5
    assert found["exact_content"] == 1.0
    assert found["exact"] == pytest.approx(5 / 6)
    assert 0.8 < found["token_source"] < 1.0
    assert found["linked"] == 1.0


def test_a_wrong_cue_unlinks() -> None:
    """A wrong cue unlinks."""
    found = heard(
        attribution("The mayor", "Monday", "that Anna Vo believes the old bridge was bombed by rebels near Port Ada"), WITHIN
    )
    assert found["linked"] == 0.5
    assert found["nested"] == 0.0


def test_marks_count_only_where_it_is_strict() -> None:
    """Marks count only where it is strict."""
    found = heard(
        attribution("The mayor", "said,", "that Anna Vo believes the old bridge was bombed by rebels near Port Ada."), WITHIN
    )
    assert found["exact_cue"] == found["exact_content"] == found["linked"] == 0.5
    assert found["exact_lenient"] == found["linked_lenient"] == 1.0


def test_a_cue_that_is_a_mark_stays_where_it_is_lenient() -> None:
    """A cue that is a mark stays where it is lenient."""
    record = {**VOICES, "attributions": [{**OUTER, "cue": [piece(",")]}]}
    assert heard(attribution("The mayor", ",", "Monday"), record=record)["exact_cue_lenient"] == 1.0


def test_a_content_in_pieces_is_one_unit() -> None:
    """A content in pieces is one unit."""
    found = heard(WHOLE, attribution("Anna Vo", "believes", "the old bridge was bombed by rebels near Port Ada"))
    assert found["exact_content"] == 0.5
    assert found["linked"] == 1.0


def test_without_pieces_the_span_is_taken() -> None:
    """Without pieces the span is taken."""
    plain = Attribution(WHOLE.cue, WHOLE.content, Stance.ASSERTS, WHOLE.source)
    assert heard(plain, WITHIN)["exact"] == 1.0


def test_a_source_heard_twice_is_two_units() -> None:
    """A source heard twice is two units."""
    record = {**VOICES, "attributions": [OUTER, {**INNER, "source": OUTER["source"]}]}
    assert heard(WHOLE, record=record)["exact_source"] == pytest.approx(2 / 3)
    assert heard(WHOLE, WITHIN, record=record)["exact_source"] == 0.5


def test_a_hidden_source_is_no_unit() -> None:
    """A hidden source is no unit."""
    record = {**VOICES, "attributions": [{**OUTER, "source": []}]}
    passive = Attribution(WHOLE.cue, WHOLE.content, Stance.RELAYS)
    scores = voices.scored(record, reads(attributions=(passive,)))
    assert scores["exact_source"] == _readers.Tally()
    assert scores["linked"].f1 == 1.0


def test_a_nested_pair_is_found_whatever_is_wrong_else() -> None:
    """A nested pair is found whatever is wrong else."""
    loose = attribution("Monday", "believes the", "rebels")
    scores = voices.scored(VOICES, reads(attributions=(WHOLE, loose)))
    assert scores["nested"] == _readers.Tally(1, 1, 1)
    assert voices.scored(VOICES, reads(attributions=(WHOLE,)))["nested"] == _readers.Tally(0, 0, 1)


# ---------------------------------------------------------------- entities


def entity(words: str, label: str, confidence: float = 1.0) -> Record:
    return {**piece(words), "label": label, "confidence": confidence}


ENTITIES: Record = {
    "id": "d1",
    "text": TEXT,
    "entities": [
        entity("The mayor", "Person"),
        entity("Monday", "Temporal"),
        entity("Anna Vo", "Person"),
        entity("the old bridge", "Location"),
        entity("rebels", "Organisation"),
        entity("Port Ada", "Location"),
        entity("Ada", "Nationality"),
        entity("bombed", "Weapon", 0.3),
    ],
}
MENTIONS = tuple(
    Mention(at(words), kind)
    for words, kind in (
        ("The mayor", MentionKind.PERSON),
        ("Monday", MentionKind.TIME),
        ("Anna Vo", MentionKind.PERSON),
        ("old bridge", MentionKind.FACILITY),
        ("rebels", MentionKind.GROUP),
        ("Port Ada.", MentionKind.PLACE),
    )
)


def marked(*mentions: Mention, record: Record = ENTITIES) -> dict[str, _readers.Tally]:
    return entities.scored(record, reads(mentions=mentions))


def test_mentions_marked_rightly_score_one_whatever_their_edges() -> None:
    """Mentions marked rightly score one whatever their edges."""
    scores = marked(*MENTIONS)
    assert {name: t.f1 for name, t in scores.items() if t.gold} == {name: 1.0 for name, t in scores.items() if t.gold}
    assert scores["exact_typed"] == _readers.Tally(6, 6, 6)


def test_a_shifted_mention_overlaps_only() -> None:
    """A shifted mention overlaps only."""
    scores = marked(*MENTIONS[:3], Mention(at("bridge was"), MentionKind.FACILITY), *MENTIONS[4:])
    assert scores["exact"] == scores["exact_typed"] == _readers.Tally(5, 6, 6)
    assert scores["overlap_typed"].f1 == 1.0
    assert scores["exact_Location"] == _readers.Tally(1, 2, 2)


def test_a_wrong_kind_is_right_without_type_only() -> None:
    """A wrong kind is right without type only."""
    scores = marked(*MENTIONS[:5], Mention(at("Port Ada"), MentionKind.WEAPON))
    assert scores["exact"].f1 == 1.0
    assert scores["overlap_typed"] == _readers.Tally(5, 6, 6)
    assert scores["overlap_typed_Weapon"] == _readers.Tally(0, 1, 0)


def test_a_long_mention_is_right_once() -> None:
    """A long mention is right once."""
    scores = marked(Mention(at("rebels near Port Ada"), MentionKind.PLACE))
    assert scores["overlap"] == _readers.Tally(1, 1, 6)


def test_unsure_gold_is_none_and_what_is_left_out_excuses() -> None:
    """Unsure gold is none and what is left out excuses."""
    assert marked(Mention(at("bombed"), MentionKind.WEAPON))["overlap"] == _readers.Tally(0, 1, 6)
    record = {**ENTITIES, "entities": [entity("Ada", "Nationality"), entity("rebels", "Organisation")]}
    assert marked(Mention(at("Ada"), MentionKind.STATE), record=record)["overlap"] == _readers.Tally(0, 0, 1)


def test_pronouns_can_be_left_out() -> None:
    """Pronouns can be left out."""
    record = {
        **ENTITIES,
        "text": TEXT + " He",
        "entities": [{"start": len(TEXT) + 1, "end": len(TEXT) + 3, "label": "Person", "confidence": 1}],
    }
    scores = marked(record=record)
    assert scores["exact"] == _readers.Tally(0, 0, 1)
    assert scores["exact_named"] == _readers.Tally()


# ---------------------------------------------------------------- events


def trigger(words: str, kairos: str, **arguments: str) -> Record:
    return {
        "type": kairos,
        "trigger": [at(words).start, at(words).end],
        "args": [{"role": r, "spans": [[at(w).start, at(w).end]], "entity": f"{r}1"} for r, w in arguments.items()],
    }


EVENTS: Record = {
    "id": "d1",
    "text": TEXT,
    "entities": [
        {"id": "Attacker1", "mentions": [[at("rebels").start, at("rebels").end], [at("Anna Vo").start, at("Anna Vo").end]]}
    ],
    "events": [
        trigger("bombed", "Conflict.Attack.DetonateExplode", Attacker="rebels", Target="bridge", Place="Ada"),
        trigger("said", "Contact.Contact.Unspecified"),
    ],
}


def happening(words: str, event_type: str, **roles: str) -> Happening:
    whole = Span(0, len(TEXT))
    parts = tuple(Role(RoleName(name), Mention(at(role), MentionKind.PLACE)) for name, role in roles.items())
    return Happening(at(words), whole, event_type, "", Realis.ASSERTED, parts)


EXPLOSION = "Explosions/Remote violence"
BOMBED = happening(
    "bombed", EXPLOSION, perpetrator="rebels near Port Ada", target="the old bridge", place="Port Ada.", time="Monday"
)


def told(*happenings: Happening, record: Record = EVENTS) -> dict[str, _readers.Tally]:
    return events.scored(record, reads(happenings=happenings))


def test_events_told_rightly_score_one() -> None:
    """Events told rightly score one."""
    scores = told(BOMBED)
    wanted = {name: t for name, t in scores.items() if t.gold}
    assert {name: t.recall for name, t in wanted.items()} == dict.fromkeys(wanted, 1.0)
    assert scores["trigger_typed"] == _readers.Tally(1, 1, 1)
    assert scores["arguments_head"] == scores["given_coref"] == _readers.Tally(3, 3, 3)


def test_a_longer_trigger_overlaps_only() -> None:
    """A longer trigger overlaps only."""
    scores = told(happening("was bombed", EXPLOSION))
    assert scores["trigger_exact"] == _readers.Tally(0, 1, 1)
    assert scores["trigger_overlap"] == scores["trigger_typed"] == _readers.Tally(1, 1, 1)


def test_a_type_that_does_not_fit() -> None:
    """A type that does not fit."""
    scores = told(happening("bombed", "Battles"))
    assert scores["trigger_exact"].f1 == 1.0
    assert scores["trigger_typed"] == _readers.Tally(0, 1, 1)


def test_what_is_left_out_excuses() -> None:
    """What is left out excuses."""
    assert told(happening("said", "Protests"))["trigger_overlap"] == _readers.Tally(0, 0, 1)
    assert told(happening("near", "Protests"))["trigger_overlap"] == _readers.Tally(0, 1, 1)


def test_arguments_of_a_false_trigger_count_end_to_end_only() -> None:
    """Arguments of a false trigger count end to end only."""
    scores = told(BOMBED, happening("believes", EXPLOSION, place="Port Ada"))
    assert scores["arguments_head"] == _readers.Tally(3, 4, 3)
    assert scores["given_head"] == _readers.Tally(3, 3, 3)


def test_another_mention_of_the_entity_is_right_by_coreference() -> None:
    """Another mention of the entity is right by coreference."""
    scores = told(happening("bombed", EXPLOSION, perpetrator="Anna Vo"))
    assert scores["arguments_head_perpetrator"] == _readers.Tally(0, 1, 1)
    assert scores["arguments_coref_perpetrator"] == _readers.Tally(1, 1, 1)


def test_victim_for_target_is_right_where_they_are_one() -> None:
    """Victim for target is right where they are one."""
    scores = told(happening("bombed", EXPLOSION, victim="the old bridge"))
    assert scores["arguments_head"] == _readers.Tally(0, 1, 3)
    assert scores["arguments_head_pooled"] == _readers.Tally(1, 1, 3)


def test_events_on_one_trigger_are_one() -> None:
    """Events on one trigger are one."""
    twice = {**EVENTS, "events": [*EVENTS["events"], trigger("bombed", "Life.Die.Unspecified", Victim="mayor")]}
    scores = told(BOMBED, happening("bombed", "Battles"), record=twice)
    assert scores["trigger_exact"] == _readers.Tally(1, 1, 1)
    assert scores["arguments_head"] == _readers.Tally(3, 3, 4)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("the members of a militia", "members"),
        ("two soldiers, who fled", "soldiers"),
        ("Port Ada's bridge", "bridge"),
        ("Port Ada's", "Ada"),
        ("a Mig-29", "29"),
        ("the", "the"),
    ],
)
def test_the_head_of_a_span(words: str, wanted: str) -> None:
    """The head of a span."""
    tokens = _readers.Tokenized(words)
    head = events.head(Span(0, len(words)), tokens)
    assert head is not None
    assert tokens.spans[head].of(words) == wanted


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("measured", "corpus", "record", "found", "measure"),
    [
        (voices.measured, "gum", VOICES, {"attributions": (WHOLE, WITHIN)}, "linked"),
        (entities.measured, "re3d", ENTITIES, {"mentions": MENTIONS}, "exact_typed"),
        (events.measured, "wikievents", EVENTS, {"happenings": (BOMBED,)}, "given_head"),
    ],
)
def test_a_folder_is_measured(
    measured: Callable[..., dict[str, dict[str, float]]],
    corpus: str,
    record: Record,
    found: dict[str, Any],
    measure: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The corpus that is there is measured with the reader of the name; one that is not is left out."""
    assert measured(tmp_path) == {}
    (tmp_path / corpus).mkdir()
    with gzip.open(tmp_path / corpus / "dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    module = sys.modules[measured.__module__]
    for named in (module, sys.modules["_readers"]):
        monkeypatch.setattr(named, "reader", {"made": reads(**found)}.__getitem__)
    figures = measured(tmp_path, "made")
    assert list(figures) == [corpus]
    assert figures[corpus][measure] == 1.0
    assert list(module.errors(tmp_path / corpus, reads(**found))) == []
    monkeypatch.setattr(sys, "argv", [corpus, "--reader", "made", "--corpora", str(tmp_path), "--errors", "2"])
    module.main()
    said = capsys.readouterr().out
    assert corpus in said
    assert "1.000" in said
    assert "missed" not in said
