"""What the door lets in, byte for byte, and what it says about the rest."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import socket
import stat
import sys
import tarfile
import time
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossbearing.ingest.files import IngestOptions, ingest
from crossbearing.model.outcome import Fault
from crossbearing.model.text import Capture, Media

PAGE = b"<!DOCTYPE html><html><head><title>Shelling in Kosti</title></head><body><p>Two shells fell on Kosti.</p></body></html>"
SCRAPE = b"Ravel Post\n\nTwo shells fell on Kosti on Tuesday, residents said.\n"
MAIL = (
    b"Message-ID: <1@ravelpost.example>\r\nMIME-Version: 1.0\r\nFrom: desk@ravelpost.example\r\nSubject: Kosti\r\n\r\n"
    b"Two shells fell.\r\n"
)
MHTML = (
    b"From: <Saved by a browser>\r\nSubject: Kosti\r\nDate: Wed, 17 Jan 2024 08:30:00 +0200\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x"\r\n\r\n--x\r\n'
    b"Content-Type: text/html\r\n\r\n" + PAGE
)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"


def taken(*paths: Path | str, **limits: int) -> list[Capture | Fault]:
    return list(ingest(paths, IngestOptions(**limits)))


def captures(*paths: Path | str, **limits: int) -> list[Capture]:
    found = taken(*paths, **limits)
    assert [f for f in found if isinstance(f, Fault)] == []
    return [c for c in found if isinstance(c, Capture)]


def fault(*paths: Path | str, **limits: int) -> Fault:
    (found,) = taken(*paths, **limits)
    assert isinstance(found, Fault)
    assert found.stage == "ingest"
    assert found.sentence.startswith(f"{found.file}: ")
    assert found.sentence.endswith(".")
    return found


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def lines(*reports: object) -> bytes:
    return b"".join(json.dumps(r).encode() + b"\n" for r in reports)


# --- documents -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.html", PAGE, Media.HTML),
        ("a.HTM", PAGE, Media.HTML),
        ("a.html", b"Two shells fell on Kosti.", Media.HTML),
        ("a.mhtml", MHTML, Media.MHTML),
        ("a.mht", MHTML, Media.MHTML),
        ("a.html", MHTML, Media.MHTML),
        ("a.txt", SCRAPE, Media.SCRAPE),
        ("a.eml", MAIL, Media.MAIL),
        ("a.pdf", PDF, Media.PDF),
        ("a.pdf", b"junk before\n" + PDF, Media.PDF),
        ("a.html", PDF, Media.PDF),
        ("a.txt", PAGE, Media.HTML),
        ("a.txt", b"\xef\xbb\xbf \n<!-- saved from url=(0014)about:internet --><html>", Media.HTML),
        ("a.pdf", PAGE, Media.HTML),
        ("a.eml", PAGE, Media.HTML),
        ("a", PAGE, Media.HTML),
        ("a", b"<p>Two shells fell on Kosti.</p>", Media.HTML),
        ("a", SCRAPE, Media.SCRAPE),
        ("a", MAIL, Media.MAIL),
        ("a", PDF, Media.PDF),
        ("a.php", PAGE, Media.HTML),
        ("index.php@id=7", PAGE, Media.HTML),
        ("a.md", SCRAPE, Media.SCRAPE),
        ("a.txt", "Два снаряда упали на Кости.".encode("utf-16"), Media.SCRAPE),
        ("a.txt", "Two shells fell on Kosti.".encode("utf-16-le"), Media.SCRAPE),
        ("a.txt", "Два снаряда упали на Кости.".encode("cp1251"), Media.SCRAPE),
        ("a.txt", b"RIFFS in the ruling party, two shells on Kosti", Media.SCRAPE),
        ("a.txt", b"From: Kosti\nBy: Ravel Post\n\nTwo shells fell.", Media.SCRAPE),
        ("a.txt", b"", Media.SCRAPE),
        ("a.html", b"", Media.HTML),
        ("a.jsonl", b"", Media.SCRAPE),
        ("a", b"", Media.SCRAPE),
        (".story", SCRAPE, Media.SCRAPE),
    ],
)
def test_a_document_is_handed_on_as_what_it_is(tmp_path: Path, name: str, content: bytes, media: Media) -> None:
    """A file's bytes come out unchanged with their hash, under the form that name and bytes show together."""
    path = tmp_path / name
    path.write_bytes(content)
    (capture,) = captures(path)
    assert capture.media is media
    assert capture.content == content
    assert capture.sha256 == hashlib.sha256(content).hexdigest()
    assert capture.file == capture.report == path.as_posix()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.png", PNG, "picture"),
        ("a.html", PNG, "picture"),
        ("a", b"\x7fELF\x02\x01\x01" + bytes(64), "program"),
        ("a.bin", bytes(range(256)) * 20, "unknown kind"),
        ("a.txt", bytes(range(256)) * 20, "binary data under the name of text"),
        ("a.css", b"body { color: red }", "code of a page"),
        ("a.csv", b"date,place\n2024-01-02,Kosti\n", "table"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", "7z archive"),
        ("a.docx", zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "office document"),
        ("a.zip", b"Not found", "not the zip archive"),
        ("a.gz", bytes(range(256)), "not the gzip archive"),
        ("a.rss", b"<rss><channel/></rss>", "feed"),
    ],
)
def test_what_is_no_report_is_a_fault_that_says_what_it_is(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    """A file that cannot be a report is named for what it is."""
    path = tmp_path / name
    path.write_bytes(content)
    found = fault(path)
    assert found.error == "RefusedInput"
    assert word in found.sentence


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    """The limit on one file is exact, and the sentence names it."""
    (tmp_path / "a.txt").write_bytes(b"a" * 1000)
    (tmp_path / "b.txt").write_bytes(b"b" * 1001)
    first, second = taken(tmp_path, file_bytes=1000)
    assert isinstance(first, Capture)
    assert isinstance(second, Fault)
    assert second.error == "RefusedInput"
    assert "1,000 bytes" in second.sentence


def test_the_day_of_capture_comes_from_the_input_alone(tmp_path: Path) -> None:
    """An MHTML's own Date header says when it was saved; a file's time on disk never does."""
    (tmp_path / "a.mhtml").write_bytes(MHTML)
    (tmp_path / "b.mhtml").write_bytes(MHTML.replace(b"Wed, 17 Jan 2024", b"Sat, 99 Foo 99999"))
    (tmp_path / "c.html").write_bytes(PAGE)
    (tmp_path / "d.eml").write_bytes(b"Date: Wed, 17 Jan 2024 08:30:00 +0200\r\n" + MAIL)
    saved = [c.captured for c in captures(tmp_path)]
    assert saved == [datetime(2024, 1, 17, 6, 30, tzinfo=UTC), None, None, None]


# --- paths and folders -----------------------------------------------------------------------------------------------


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    """Files come in the order of names, deep ones in their folder's place, and twice the same way."""
    for name in ("b.txt", "a/z.txt", "a/b/c.html", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(SCRAPE)
    found = [Path(c.file).relative_to(tmp_path).as_posix() for c in captures(tmp_path)]
    assert found == ["a/b/c.html", "a/z.txt", "b.txt", "c.txt"]
    assert captures(tmp_path) == captures(tmp_path)


def test_a_path_stays_as_the_user_gave_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path stays relative, and a folder's children are joined to it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(SCRAPE)
    monkeypatch.chdir(tmp_path)
    assert [c.file for c in captures("in", "in/", "in/a.txt", Path("in"))] == ["in/a.txt"] * 4
    assert [c.file for c in ingest("in") if isinstance(c, Capture)] == ["in/a.txt"]


@pytest.mark.parametrize("name", ["nowhere", "nowhere/a.txt", "a\0b", "x" * 5000])
def test_a_path_that_is_not_there_is_a_fault_and_the_next_is_read(tmp_path: Path, name: str) -> None:
    """A wrong path costs only itself."""
    (tmp_path / "a.txt").write_bytes(SCRAPE)
    first, second = taken(f"{tmp_path}/{name}", tmp_path / "a.txt")
    assert isinstance(first, Fault)
    assert "Check the path" in first.sentence
    assert isinstance(second, Capture)


def test_what_systems_leave_in_folders_is_passed_over(tmp_path: Path) -> None:
    """Droppings give neither capture nor fault; another hidden file is read."""
    for name in (".DS_Store", "._a.txt", "Thumbs.db", "__MACOSX/._a.txt", ".git/HEAD", "~$notes.docx", ".kept.txt", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(SCRAPE)
    (tmp_path / "a.zip").write_bytes(zipped({"__MACOSX/._b.txt": b"\x00\x05", "b.txt": SCRAPE}))
    assert [Path(c.file).name for c in captures(tmp_path)] == [".kept.txt", "a.txt", "b.txt"]


def test_the_parts_of_a_saved_page_are_passed_over_with_it(tmp_path: Path) -> None:
    """Styles, pictures and frames beside a saved page are no reports; a PDF among them is, and so is a folder without page."""
    for name, content in {
        "Kosti.html": PAGE,
        "Kosti_files/style.css": b"p {}",
        "Kosti_files/logo.png": PNG,
        "Kosti_files/frame.html": PAGE,
        "Kosti_files/deep/ad.js": b"x()",
        "Kosti_files/statement.pdf": PDF,
        "Ravel-Dateien/a.css": b"p {}",
        "Ravel.htm": PAGE,
        "case_files/a.html": PAGE,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    wanted = ["Kosti.html", "Kosti_files/statement.pdf", "Ravel.htm", "case_files/a.html"]
    assert [Path(c.file).relative_to(tmp_path).as_posix() for c in captures(tmp_path)] == wanted
    packed = {p.relative_to(tmp_path).as_posix(): p.read_bytes() for p in sorted(tmp_path.rglob("*")) if p.is_file()}
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.zip").write_bytes(zipped(packed))
    assert [c.file.split("!/")[1] for c in captures(tmp_path / "out/a.zip")] == wanted


def test_links_are_followed_nowhere_out_of_the_folder(tmp_path: Path) -> None:
    """A link that leaves is refused, one that stays gives its target once, loops and dead ends are faults."""
    home, away = tmp_path / "home", tmp_path / "away"
    for folder in (home / "real", away, home / ".git/annex"):
        folder.mkdir(parents=True)
    (away / "secret.txt").write_bytes(SCRAPE)
    (home / "real" / "a.txt").write_bytes(SCRAPE)
    (home / ".git/annex/b.txt").write_bytes(SCRAPE)
    for name, target in {
        "1-out.txt": away / "secret.txt",
        "2-out": away,
        "3-in.txt": home / "real" / "a.txt",
        "4-in": home / "real",
        "5-up": home,
        "6-self": home / "6-self",
        "7-dead": home / "nowhere",
        "8-annexed.txt": home / ".git/annex/b.txt",
        "9-annexed-again.txt": home / ".git/annex/b.txt",
    }.items():
        (home / name).symlink_to(target)
    found = {Path(f.file).name: f.error if isinstance(f, Fault) else "read" for f in taken(home)}
    assert found == {
        "1-out.txt": "RefusedInput",
        "2-out": "RefusedInput",
        "6-self": "RefusedInput",
        "7-dead": "UnreadableCapture",
        "8-annexed.txt": "read",
        "a.txt": "read",
    }


def test_a_link_that_the_user_gives_is_meant(tmp_path: Path) -> None:
    """A path given may itself be a link, to a file or to a folder."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(SCRAPE)
    (tmp_path / "file").symlink_to("in/a.txt")
    (tmp_path / "folder").symlink_to("in")
    assert [c.content for c in captures(tmp_path / "file", tmp_path / "folder")] == [SCRAPE, SCRAPE]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes in the file system")
def test_pipes_sockets_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    """What is no file is refused at once, in a folder and when given."""
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(tmp_path / "sock"))
        found = taken(tmp_path, "/dev/null")
    assert [f.error for f in found if isinstance(f, Fault)] == ["RefusedInput"] * 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes in the file system")
def test_a_file_that_turns_into_a_pipe_is_refused_without_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a path was a moment ago is not believed: the opened file itself is looked at."""
    (tmp_path / "a.txt").write_bytes(SCRAPE)
    os.mkfifo(tmp_path / "pipe")
    opened = os.open
    monkeypatch.setattr(os, "open", lambda path, flags, *rest: opened(tmp_path / "pipe", flags, *rest))
    assert fault(tmp_path / "a.txt").error == "RefusedInput"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "no"), "may not be read"),
        (FileNotFoundError(2, "no"), "was gone"),
        (OSError(5, "I/O error"), "I/O error"),
    ],
)
def test_a_file_that_cannot_be_opened_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    """A file without permission, one that vanishes and a bad disk each give their own sentence."""
    (tmp_path / "a.txt").write_bytes(SCRAPE)

    def refuse(*_: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    assert words in fault(tmp_path).sentence


def test_a_folder_without_permission_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be listed costs only itself."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b.txt").write_bytes(SCRAPE)
    listed = os.listdir

    def guarded(path: str) -> list[str]:
        if path.endswith("a"):
            raise PermissionError(13, "no")
        return listed(path)

    monkeypatch.setattr(os, "listdir", guarded)
    first, second = taken(tmp_path)
    assert isinstance(first, Fault)
    assert "permissions" in first.sentence
    assert isinstance(second, Capture)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' paths are shorter")
def test_folders_may_be_nested_deeper_than_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder deeper than Python's calls may go is walked to its end."""
    monkeypatch.chdir(tmp_path)
    depth = sys.getrecursionlimit() + 100
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("a.txt").write_bytes(SCRAPE)
    try:
        (capture,) = captures(tmp_path)
        assert capture.content == SCRAPE
    finally:
        # By hand: what clears the folder of a test away calls itself for every level.
        os.unlink("a.txt")
        for _ in range(depth):
            os.chdir("..")
            os.rmdir("d")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are no text")
def test_names_that_are_no_text_can_be_stored(tmp_path: Path) -> None:
    """A file name of stray bytes or with a line break is escaped, so that a ledger can hold it."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\n.txt")).write_bytes(SCRAPE)
    (capture,) = captures(tmp_path)
    assert capture.file == f"{tmp_path.as_posix()}/\\udcff\\n.txt"
    assert capture.file.encode()


# --- JSON Lines ------------------------------------------------------------------------------------------------------


def test_each_line_is_a_capture_of_its_own_bytes(tmp_path: Path) -> None:
    """A line's bytes are kept as they stand, blank lines are counted, and the id is the report's own or the place."""
    one = '{"id": 7,  "text": "Two shells fell on Кости."}'.encode()
    two = b'{"html": "<p>Two shells</p>", "captured": "2024-01-17T08:30:00+02:00"}'
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + one + b"\r\n\n" + two)
    first, second = captures(path)
    assert (first.content, first.file, first.report) == (one, f"{path}#1", "7")
    assert (second.content, second.file, second.report) == (two, f"{path}#3", f"{path}#3")
    assert (first.media, first.captured) == (Media.REPORT, None)
    assert second.captured == datetime(2024, 1, 17, 6, 30, tzinfo=UTC)
    assert first.sha256 == hashlib.sha256(one).hexdigest()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"text": "cut', "not valid JSON"),
        (b"\xff{}", "not in UTF-8"),
        (b'["text"]', "a list"),
        (b"null", "null"),
        (b"12", "a number"),
        (b'{"id": 1}', "without `text` or `html`"),
        (b'{"text": null}', "without `text` or `html`"),
        (b'{"text": 4}', "without `text` or `html`"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "not valid JSON"),
        (b'{"text": "' + b"a" * 200_000 + b'"}', "longer than 150,000 bytes"),
    ],
)
def test_a_line_that_is_no_report_is_a_fault_and_the_rest_is_read(tmp_path: Path, line: bytes, words: str) -> None:
    """A broken line names itself, and the lines around it are read."""
    good = lines({"id": "g", "text": "Two shells fell."})
    path = tmp_path / "a.jsonl"
    path.write_bytes(good + line + b"\n" + good)
    first, broken, last = taken(path, file_bytes=150_000)
    assert isinstance(first, Capture)
    assert isinstance(last, Capture)
    assert last.file.endswith("#3")
    assert isinstance(broken, Fault)
    assert broken.file == f"{path}#2"
    assert words in broken.sentence


@pytest.mark.parametrize(
    ("name", "content", "reports"),
    [
        ("a.json", b'\n{"id": "x",\n "text": "Two shells"}\n', ["x"]),
        ("a.json", b'{"id": "x", "text": "Two shells"}', ["x"]),
        ("a.json", b' [{"id": "x", "text": "a"} ,\n{"text": "b"}]', ["x", "#2"]),
        ("a.json", lines({"id": "x", "text": "a"}, {"id": "y", "text": "b"}), ["x", "y"]),
        ("a.json", lines({"id": "x", "text": "a" * 100_000}, {"id": "y", "text": "b"}), ["x", "y"]),
        ("a.ndjson", lines({"id": "x", "text": "a"}), ["x"]),
        ("a.jsonl.gz", gzip.compress(lines({"id": "x", "text": "a"}, {"id": True, "text": "b"}), mtime=0), ["x", "#2"]),
        ("a.txt", lines({"id": "x", "text": "a"}, {"id": "y", "text": "b"}), ["x", "y"]),
        ("a", lines({"id": "\ud800\0", "text": "a"}), ["\\ud800\\x00"]),
    ],
)
def test_json_is_taken_in_every_shape_that_reports_come_in(tmp_path: Path, name: str, content: bytes, reports: list[str]) -> None:
    """One object, a list, JSON Lines under another name, compressed: the same reports."""
    path = tmp_path / name
    path.write_bytes(content)
    found = captures(path)
    assert [c.report.removeprefix(str(path)) for c in found] == reports
    assert all(json.loads(c.content)["text"] for c in found)


def test_a_list_that_breaks_off_gives_what_stands_before(tmp_path: Path) -> None:
    """The elements of a list are read up to where it is broken, and the break is a fault."""
    (tmp_path / "a.json").write_bytes(b'[{"text": "a"}, {"text": "b"}, {"te')
    found = taken(tmp_path)
    assert [type(f) for f in found] == [Capture, Capture, Fault]


def test_a_large_json_lines_file_is_never_held_whole(tmp_path: Path) -> None:
    """Reading 40 MiB of lines takes a small part of that in memory, packed or not."""
    path = tmp_path / "a.jsonl"
    one = json.dumps({"text": "Two shells fell on Kosti. " * 400}).encode() + b"\n"
    with path.open("wb") as file:
        for _ in range(4000):
            file.write(one)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(one * 100, 1) * 40)
    tracemalloc.start()
    count = sum(isinstance(c, Capture) for c in ingest([tmp_path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 8000
    assert peak < 4 << 20


# --- archives --------------------------------------------------------------------------------------------------------

MEMBERS = {"week/a.html": PAGE, "week/b.txt": SCRAPE, "c.jsonl": lines({"id": "x", "text": "a"}, {"text": "b"})}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(MEMBERS)),
        ("a", zipped(MEMBERS)),
        ("a.tar", tarred(MEMBERS)),
        ("a.tar.gz", tarred(MEMBERS, "w:gz")),
        ("a.tgz", tarred(MEMBERS, "w:gz")),
        ("a.tar.bz2", tarred(MEMBERS, "w:bz2")),
        ("a.tar.xz", tarred(MEMBERS, "w:xz")),
        ("a.txz", tarred(MEMBERS, "w:xz")),
        ("a.download", tarred(MEMBERS, "w:gz")),
    ],
)
def test_members_of_archives_are_captures(tmp_path: Path, name: str, content: bytes) -> None:
    """Every kind of archive gives its members byte for byte, under the archive's path and theirs."""
    path = tmp_path / name
    path.write_bytes(content)
    found = captures(path)
    assert [c.file.removeprefix(f"{path}!/") for c in found] == ["week/a.html", "week/b.txt", "c.jsonl#1", "c.jsonl#2"]
    assert [c.report.removeprefix(f"{path}!/") for c in found] == ["week/a.html", "week/b.txt", "x", "c.jsonl#2"]
    assert [c.content for c in found][:2] == [PAGE, SCRAPE]


def test_archives_within_archives_are_opened_to_a_depth(tmp_path: Path) -> None:
    """Two archives within one another below the first are opened, a third is refused."""
    inner = tarred({"deep.txt": SCRAPE}, "w:gz")
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": zipped({"c.tgz": inner, "d.zip": zipped({"e.zip": zipped({})})})}))
    first, second = taken(tmp_path)
    assert isinstance(first, Capture)
    assert first.file.endswith("a.zip!/b.zip!/c.tgz!/deep.txt")
    assert isinstance(second, Fault)
    assert second.file.endswith("b.zip!/d.zip!/e.zip")
    assert "within 3 others" in second.sentence


@pytest.mark.parametrize("packed", [zipped, tarred])
def test_a_burst_of_bytes_is_stopped(tmp_path: Path, packed: object) -> None:
    """An archive that unpacks to far more than its size ends with one fault, by ratio, by bytes and by members."""
    bomb = {f"{n}.txt": b"a" * 900_000 for n in range(40)}
    content = zipped(bomb) if packed is zipped else tarred(bomb, "w:gz")
    (tmp_path / "a.zip").write_bytes(content)
    for limits, words in (
        ({"file_bytes": 1_000_000, "archive_ratio": 50}, "50 times its size"),
        ({"archive_bytes": 5_000_000}, "5,000,000 bytes"),
        ({"archive_members": 7}, "7 members"),
    ):
        found = taken(tmp_path, **limits)
        assert sum(isinstance(f, Fault) for f in found) == 1
        assert isinstance(found[-1], Fault)
        assert found[-1].error == "RefusedInput"
        assert found[-1].file.endswith("a.zip")
        assert words in found[-1].sentence


def test_a_bomb_within_an_archive_ends_the_whole_archive(tmp_path: Path) -> None:
    """The budget is one over all depths: no flood of faults, and no second try."""
    bomb = zipped({f"{n}.txt": b"a" * 900_000 for n in range(40)})
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": bomb, "c.zip": bomb}))
    (tmp_path / "b.txt").write_bytes(SCRAPE)
    found = taken(tmp_path, archive_bytes=5_000_000)
    assert sum(isinstance(f, Fault) for f in found) == 1
    assert isinstance(found[-1], Capture)


def test_a_member_that_leads_out_is_refused(tmp_path: Path) -> None:
    """Absolute names, names with `..`, links that leave, devices: each a fault. Links within are their targets."""
    (tmp_path / "a.zip").write_bytes(zipped({"/etc/a.txt": SCRAPE, "../b.txt": SCRAPE, "C:\\c.txt": SCRAPE, "x\\d.txt": SCRAPE}))
    found = taken(tmp_path / "a.zip")
    assert [isinstance(f, Fault) for f in found] == [True, True, True, False]
    assert found[-1].file.endswith("a.zip!/x/d.txt")

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, target in (
            ("out", tarfile.SYMTYPE, "../../etc/passwd"),
            ("root", tarfile.SYMTYPE, "/etc/passwd"),
            ("hard", tarfile.LNKTYPE, "/etc/passwd"),
            ("pipe", tarfile.FIFOTYPE, ""),
            ("within", tarfile.SYMTYPE, "week/a.html"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
    (tmp_path / "b.tar").write_bytes(out.getvalue())
    found = taken(tmp_path / "b.tar")
    assert [f.file.split("!/")[1] for f in found] == ["out", "root", "hard", "pipe"]
    assert {f.error for f in found if isinstance(f, Fault)} == {"RefusedInput"}


def test_a_link_in_a_zip_is_treated_as_one(tmp_path: Path) -> None:
    """A link stored in a zip is not read as if its target's path were words."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, target in (("out", "/etc/passwd"), ("within", "a.txt")):
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, target)
    (tmp_path / "a.zip").write_bytes(out.getvalue())
    assert fault(tmp_path).file.endswith("!/out")


def test_an_encrypted_member_is_a_fault(tmp_path: Path) -> None:
    """A member under a password names itself, and the others are read."""
    content = bytearray(zipped({"a.txt": SCRAPE, "b.txt": SCRAPE}))
    content[6] |= 1  # the flag in the first local header
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and in the table of contents
    (tmp_path / "a.zip").write_bytes(content)
    first, second = taken(tmp_path)
    assert isinstance(first, Fault)
    assert "encrypted" in first.sentence
    assert isinstance(second, Capture)


def test_a_member_whose_checksum_is_wrong_is_a_fault(tmp_path: Path) -> None:
    """Damage within one member of a zip costs only that member."""
    content = bytearray(zipped({"a.txt": SCRAPE * 40, "b.txt": SCRAPE}))
    content[40] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(content)
    first, second = taken(tmp_path)
    assert isinstance(first, Fault)
    assert first.error == "UnreadableCapture"
    assert isinstance(second, Capture)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(MEMBERS)[:200]),
        ("a.zip", b"PK\x03\x04" + bytes(100)),
        ("a.zip", b""),
        ("a.tar", b""),
        ("a.tar", tarred(MEMBERS)[:1000]),
        ("a.tar", tarred(MEMBERS)[:1024] + b"\xff" * 2048),
        ("a.tar.gz", tarred(MEMBERS, "w:gz")[:-30]),
        ("a.tar.bz2", tarred(MEMBERS, "w:bz2")[:-30]),
        ("a.tar.xz", tarred(MEMBERS, "w:xz")[:-30]),
        ("a.html.gz", gzip.compress(PAGE, mtime=0)[:-20]),
        ("a.html.gz", gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0)),
        ("a.txt.xz", lzma.compress(SCRAPE)[:-8]),
        ("a.txt.bz2", bz2.compress(SCRAPE)[:-8]),
        ("a.tar", bytes(10240)),
        ("a.tar", bytes(512) + tarred(MEMBERS)[512:]),
        ("a.zip", zipped({})),
        ("a.json", b" []"),
        ("a.jsonl", b"\n \n"),
    ],
)
def test_a_damaged_or_empty_archive_ends_in_a_fault(tmp_path: Path, name: str, content: bytes) -> None:
    """A cut, damaged or empty archive says so, whatever could be read before."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.txt").write_bytes(SCRAPE)
    found = taken(tmp_path)
    assert isinstance(found[-2], Fault)
    assert isinstance(found[-1], Capture)


def test_tars_one_behind_the_other_are_all_read(tmp_path: Path) -> None:
    """The zeros that end a tar do not hide a second one behind it."""
    (tmp_path / "a.tar").write_bytes(tarred({"a.txt": SCRAPE}) + tarred({"b.txt": PAGE}))
    assert [c.content for c in captures(tmp_path)] == [SCRAPE, PAGE]


def test_lines_before_the_cut_of_a_packed_file_are_read(tmp_path: Path) -> None:
    """Of a truncated .jsonl.gz, the whole lines before the cut are captures and the cut is one fault."""
    reports = [{"id": n, "text": hashlib.sha256(bytes([n % 256])).hexdigest() * 9} for n in range(2000)]
    content = gzip.compress(lines(*reports))
    (tmp_path / "a.jsonl.gz").write_bytes(content[: len(content) // 2])
    found = taken(tmp_path)
    assert sum(isinstance(f, Capture) for f in found) > 500
    assert [type(f) for f in found[-2:]] == [Capture, Fault]


def test_a_tar_header_that_would_fill_the_memory_is_stopped(tmp_path: Path) -> None:
    """An extended header of many MiB is damage, and is not read."""
    out = io.BytesIO()
    info = tarfile.TarInfo("./PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 32 << 20
    out.write(info.tobuf() + b"0" * info.size + bytes(1024))
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(out.getvalue(), 1))
    tracemalloc.start()
    found = fault(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "header runs on" in found.sentence
    assert peak < 8 << 20


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.html.gz", gzip.compress(PAGE, mtime=0)), ("a.html.bz2", bz2.compress(PAGE)), ("a.html.xz", lzma.compress(PAGE))],
)
def test_a_single_compressed_page_is_the_page(tmp_path: Path, name: str, content: bytes) -> None:
    """A page compressed by itself is a capture of the page's bytes under the file's own path."""
    (tmp_path / name).write_bytes(content)
    (capture,) = captures(tmp_path)
    assert (capture.content, capture.media) == (PAGE, Media.HTML)
    assert capture.file.endswith(name)


def test_looking_at_a_file_takes_no_longer_for_what_it_holds(tmp_path: Path) -> None:
    """Runs of blanks, comments and headers do not make the look at a file's head slow."""
    for number, chunk in enumerate((b"\n", b" ", b"<!--a-->", b"<!-- ", b"a: b\n", b"[ ", b"<?xml ")):
        (tmp_path / f"{number}").write_bytes(chunk * 60_000)
    began = time.process_time()
    assert len(captures(tmp_path)) == 7
    assert time.process_time() - began < 1.0


# --- properties ------------------------------------------------------------------------------------------------------

TREE = st.dictionaries(
    st.text("abc", min_size=1, max_size=4).map(lambda s: f"{s}.txt"), st.text(max_size=60).map(str.encode), min_size=1, max_size=6
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(members=TREE)
def test_the_same_files_give_the_same_captures_however_packed(
    tmp_path_factory: pytest.TempPathFactory, members: dict[str, bytes]
) -> None:
    """A folder, a zip and a tar of the same files give the same bytes, hashes and forms, or fault alike."""
    root = tmp_path_factory.mktemp("tree")
    (root / "f").mkdir()
    for name, content in members.items():
        (root / "f" / name).write_bytes(content)
    ordered = dict(sorted(members.items()))
    (root / "f.zip").write_bytes(zipped(ordered))
    (root / "f.tar.gz").write_bytes(tarred(ordered, "w:gz"))

    def shape(path: Path) -> list[tuple[str, ...]]:
        return [(f.sha256, f.media.value) if isinstance(f, Capture) else (f.error,) for f in ingest([path])]

    assert shape(root / "f") == shape(root / "f.zip") == shape(root / "f.tar.gz")


ENDINGS = ("txt", "html", "json", "jsonl", "zip", "tar", "gz", "tgz", "pdf", "mht", "xz")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["a", *(f"a.{end}" for end in ENDINGS)]),
    content=st.binary(max_size=200) | st.text(max_size=80).map(lambda s: s.encode("utf-8", "surrogatepass")),
)
def test_any_bytes_are_a_capture_or_a_fault(tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes) -> None:
    """Whatever bytes lie under whatever name, something is handed on and nothing is raised."""
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    found = list(ingest([path]))
    assert found
    for one in found:
        assert isinstance(one, Capture | Fault)
        assert one.file.startswith(path.as_posix())


@pytest.mark.parametrize("limit", ["file_bytes", "archive_bytes", "archive_ratio", "archive_members", "nesting"])
def test_a_limit_that_lets_nothing_in_is_refused(limit: str) -> None:
    """An option that cannot be is refused by name."""
    with pytest.raises(ValueError, match=limit):
        IngestOptions(**{limit: -1})


def test_a_broken_line_says_where_once(tmp_path: Path) -> None:
    """The decoder's own words may end in "at"; the place is said once."""
    (tmp_path / "x.jsonl").write_bytes(b'{"text": "a\n')
    (fault,) = ingest([tmp_path / "x.jsonl"])
    assert isinstance(fault, Fault)
    assert "starting at character 9." in fault.sentence


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    """A folder without any file is a fault of its own."""
    (tmp_path / "empty" / "within").mkdir(parents=True)
    (fault,) = ingest([tmp_path / "empty"])
    assert isinstance(fault, Fault)
    assert fault.sentence.endswith("empty: holds no file. Name a folder with reports.")
