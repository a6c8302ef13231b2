"""What is given is held once, whole and never shortened; what breaks the words is stopped at the door."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
import stores
import strategies
from hypothesis import HealthCheck, given, settings

from crossbearing.errors import RefusedInput
from crossbearing.ledger import Reader, Writer
from crossbearing.ledger.verify import verify
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Media, Shown, Span


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(strategies.outcomes())
def test_what_is_given_is_held(fresh, pair):
    """A capture's bytes and all that was made of them come back equal, and a repeat adds nothing."""
    capture, outcome = pair
    path = fresh()
    with Writer(path) as writer, Reader(path) as reader:
        assert writer.append(outcome, capture) == outcome
        counts = reader.counts()
        writer.append(outcome, capture)

        assert reader.counts() == counts
        assert list(reader.outcomes()) == [outcome]
        assert tuple(reader.claims()) == outcome.claims
        assert reader.capture(capture.sha256) == capture


@pytest.mark.parametrize("name", ["a\x00b", "\ufdd0", "a\ufdd00\x00\ufdd01", "‏a\u2028b"])
def test_a_name_of_any_characters_comes_back(path, a_capture, a_fault, name):
    """Also one that a database of its own accord would not take."""
    with Writer(path) as writer, Reader(path) as reader:
        writer.append_capture(a_capture(file=name, report=name))
        writer.append_fault(replace(a_fault(), file=name, sentence=name))
        assert reader.capture(a_capture().sha256).file == name
        assert [(one.file, one.sentence) for one in reader.faults()] == [(name, name)]
    assert list(verify(path)) == []


def _wrong_quote(claim):
    return replace(claim, quote="Three rockets fel")


def _past_the_end(claim):
    return replace(claim, weapons=(Stated("rocket", (Span(0, 9999),), "s"),))


def _shown_past_the_end(claim):
    return replace(claim, chain=(Stated("x", (Shown("x", "line", "x", Span(0, 9999)),), "s"),))


def _no_words(claim):
    return replace(claim, quote="", span=Span(3, 3))


def _of_another(claim):
    return replace(claim, document="dother")


def _unsure_of_its_score(claim):
    return replace(claim, score=float("nan"))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_wrong_quote, "quotes 'Three rockets fel', but the text at 0:16 reads 'Two rockets fell'"),
        (_past_the_end, "rests on 0:9999, but the text ends at 65"),
        (_shown_past_the_end, "rests on 0:9999"),
        (_no_words, "quotes ''"),
        (_of_another, "is of another document"),
        (_unsure_of_its_score, "no finite score"),
    ],
)
def test_a_claim_without_its_words_is_stopped(path, a_capture, an_outcome, spoil, says):
    """The outcome is held as a fault with its document, and without its claims."""
    outcome = an_outcome()
    with Writer(path) as writer, Reader(path) as reader:
        stored = writer.append(replace(outcome, claims=(spoil(outcome.claims[0]),)), a_capture())

        assert list(reader.claims()) == []
        assert list(reader.outcomes()) == [stored]
        assert list(reader.documents()) == [outcome.document]
        (fault,) = reader.faults()
        assert (fault.error, fault.stage) == ("BrokenReading", "ledger")
        assert says in fault.sentence


def test_two_claims_with_one_id_are_stopped(path, a_capture, an_outcome):
    """An id that names two claims names none."""
    outcome = an_outcome()
    with Writer(path) as writer:
        stored = writer.append(replace(outcome, claims=outcome.claims * 2), a_capture())
    assert "one id" in stored.fault.sentence


def test_text_that_cannot_be_written_is_a_fault(path, a_capture, an_outcome):
    """Half a surrogate pair is no character; the capture's bytes are held all the same."""
    outcome = an_outcome()
    document = replace(outcome.document, text=outcome.document.text + "\ud83d")
    with Writer(path) as writer, Reader(path) as reader:
        writer.append(replace(outcome, document=document), a_capture())
        (fault,) = reader.faults()

        assert "cannot be written down" in fault.sentence
        assert reader.capture(a_capture().sha256) == a_capture()


def test_a_name_that_is_no_text_is_refused(path, a_capture, an_outcome):
    """Bytes in a path that are no UTF-8 are named in the refusal, escaped."""
    capture = a_capture(file="\udcff.txt")
    with Writer(path) as writer:
        with pytest.raises(RefusedInput, match=r"\\udcff.*Rename"):
            writer.append_capture(capture)
        with pytest.raises(RefusedInput, match=r"\\udcff.*Rename"):
            writer.append(an_outcome(), capture)


def test_the_same_bytes_are_one_capture_with_two_places(path, a_capture):
    """The first place gives the capture its form and its name; the second is held beside it."""
    with Writer(path) as writer, Reader(path) as reader:
        first, new = writer.append_capture(a_capture(file="a.txt"))
        second, newer = writer.append_capture(replace(a_capture(file="b.html"), media=Media.HTML))

        assert (new, newer) == (True, False)
        assert second == first == reader.capture(first.sha256)
        assert [place.file for place in reader.locations(first.sha256)] == ["a.txt", "b.html"]


def test_a_fault_is_held_once_until_it_is_mended(path, a_capture, an_outcome, a_fault):
    """The same fault again adds nothing; mended and broken again, it stands again."""
    capture = a_capture()
    with Writer(path) as writer, Reader(path) as reader:
        writer.append_capture(capture)
        assert [writer.append_fault(a_fault(capture)) for _ in range(3)] == [True, False, False]
        writer.append(an_outcome(), capture)
        assert list(reader.faults()) == []
        assert writer.append_fault(a_fault(capture))
        assert list(reader.faults()) == [a_fault(capture)]


def test_an_outcome_is_held_whole_or_not_at_all(path, a_capture, an_outcome, monkeypatch):
    """A write that breaks in the middle leaves nothing of the outcome behind."""
    import crossbearing.ledger.writer as room

    def broken(*_):
        raise MemoryError

    with Writer(path) as writer, Reader(path) as reader:
        monkeypatch.setattr(room, "document_row", broken)
        with pytest.raises(MemoryError):
            writer.append(an_outcome(), a_capture())
        assert set(reader.counts().values()) == {0}


def test_several_writers_take_turns(path, tmp_path):
    """Four processes that write the same things at once leave each thing once, and none fails."""
    script = tmp_path / "write.py"
    script.write_text(
        "import hashlib, sys\n"
        "from crossbearing.ledger import Writer\n"
        "from crossbearing.model.text import Capture, Media\n"
        "with Writer(sys.argv[1]) as writer:\n"
        "    for n in range(40):\n"
        "        b = str(n).encode()\n"
        "        writer.append_capture(Capture(b, hashlib.sha256(b).hexdigest(), f'{n}', f'{n}', Media.SCRAPE))\n"
    )
    writers = [subprocess.Popen([sys.executable, str(script), path]) for _ in range(4)]

    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    with Reader(path) as reader:
        assert reader.counts()["captures"] == reader.counts()["locations"] == 40
    with stores.sql(path) as connection:
        stamps = [row[0] for row in connection.execute("SELECT recorded_at FROM captures ORDER BY seq")]
    assert stamps == sorted(set(stamps))
