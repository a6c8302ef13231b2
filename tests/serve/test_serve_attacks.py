"""Pages are hostile input: whatever a report holds, every page that shows it is made of our elements only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from crossbearing.api import open_ledger
from crossbearing.run.local import RunOptions
from crossbearing.serve.app import application
from crossbearing.serve.desk import Desk
from crossbearing.serve.frame import visible
from crossbearing.serve.guard import TOKEN_HEADER
from crossbearing.serve.uploads import safe

ATTACKS = Path(__file__).parent / "attacks"
PAGES = sorted(path for path in ATTACKS.iterdir() if path.suffix != ".md")
NAMES = (
    '"><script>window.pwned=1<', "..", "../../../../etc/cron.d/x", "C:\\evil.txt", "a/../../b.txt", "nul\x00l.txt",
    "exe\u202etxt.html", "x" * 3000 + ".html", ".hidden", "...", " ", "javascript:window.pwned=1", "-rf", "é/ü\ud800.txt",
)  # fmt: skip
LINE = "At least four people were killed when rockets hit a market in Kirkuk on Monday, police said. "
ELEMENTS = set(
    """
    html head meta title link script body a header img nav form label input button main footer span b time h1 h2 h3 p em
    select option datalist figure svg defs pattern line g rect circle path polyline text div section table caption thead
    tbody tr th td canvas article ul ol li blockquote mark q details summary kbd fieldset legend dialog dl dt dd code
    aside figcaption
    """.split()
)
"""All that the templates are made of: anything else came from a page."""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A desk on a ledger of nothing but attack pages, an archive with hostile names and a line of a megabyte among them."""
    room = tmp_path_factory.mktemp("attacks")
    pages = room / "pages"
    pages.mkdir()
    for path in PAGES:
        (pages / path.name).write_bytes(path.read_bytes())
    (pages / "<img src=x onerror=window.pwned=1>.txt").write_text(f"Published: 12 March 2024\n\n{LINE}")
    (pages / "long.txt").write_text("Published: 12 March 2024\n\n" + LINE * 200 + "x" * 1_000_000)
    with zipfile.ZipFile(pages / "names.zip", "w") as archive:
        for n, name in enumerate(('"><script>window.pwned=1</script>.txt', "../../out.txt", "\u202etxt.exe.txt")):
            archive.writestr(name, f"Published: 12 March 2024\n\nRockets killed {n + 2} people in Basra on Monday, police said.")
    with open_ledger(room / "attacked.ledger") as ledger:
        ledger.run([pages], RunOptions(workers=1))
        assert len(list(ledger.claims())) >= len(PAGES)
    desk = Desk(room / "attacked.ledger")
    desk.refresh()
    yield TestClient(application(desk, ["testserver"]), headers={TOKEN_HEADER: desk.token})
    desk.close()


def addresses(client: TestClient) -> Iterator[str]:
    """Every page that shows words of a report."""
    yield from ("/?background=true", "/documents", "/faults", "/coverage", "/figures", "/review", "/uploads", "/export")
    yield from ("/search?q=market", "/search?q=<script>window.pwned%3D1</script>", '/?q="><script>', "/?party=<svg/onload>")
    for table in ("incidents", "documents"):
        for one in client.get(f"/api/v1/{table}", params={"limit": 200, "background": "true"}).json()["items"]:
            yield f"/{table}/{one['id']}"


def test_pages_are_made_of_our_elements_only(attacked: TestClient) -> None:
    """No page holds an element, a handler, a style or an address that its template did not bring."""
    seen = 0
    for address in addresses(attacked):
        answer = attacked.get(address)
        assert answer.status_code == 200, address
        for element in html.fromstring(answer.content).iter():
            assert isinstance(element.tag, str), f"{address}: a comment or the like"
            assert element.tag in ELEMENTS, f"{address}: {element.tag}"
            for name, value in element.attrib.items():
                assert not name.startswith("on"), f"{address}: {name}={value}"
                assert name != "style", f"{address}: {value}"
                if name in ("href", "src", "action", "formaction"):
                    assert value.startswith(("/", "#")), f"{address}: {name}={value}"
                    assert not value.startswith("//"), f"{address}: {name}={value}"
            if element.tag == "script":
                assert element.get("src", "").startswith("/static/")
                assert not element.text
        seen += 1
    assert seen > 20


def test_the_words_are_shown_as_they_stand(attacked: TestClient) -> None:
    """What tried to run is there to be read, character by character: escaping loses nothing."""
    shown = {}
    for one in attacked.get("/api/v1/documents", params={"limit": 200}).json()["items"]:
        page = html.fromstring(attacked.get(f"/documents/{one['id']}").content)
        text = attacked.get(f"/api/v1/documents/{one['id']}/spans").json()["text"]
        (node,) = page.xpath("//div[@id='text']") or [None]
        if node is not None:
            shown[one["file"].rpartition("/")[2]] = node.text_content()
            assert "".join(node.text_content().split()) == "".join(str(visible(text)).split()), one["file"]
    assert "<script>window.pwned=1</script>" in shown["breaking-out.txt"]
    assert "{{ 7 * 7 }}" in shown["template.txt"]
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067") & set("".join(shown.values()))


def test_what_turns_or_hides_text_is_shown_as_what_it_is() -> None:
    """Marks that turn the text around and control characters are shown by their numbers; ends of lines stay."""
    assert visible("a\u202egnp.exe\x07\n") == "a⟨U+202E⟩gnp.exe⟨U+0007⟩\n"
    assert visible("العربية") == "العربية"
    assert visible(None) == ""


def test_files_are_served_as_files(attacked: TestClient) -> None:
    """What leaves as data is never taken for a page: its type is said, it is not sniffed, and files are downloads."""
    for name in ("incidents.csv", "claims.jsonl", "incidents.geojson", "ucdp.csv"):
        headers = attacked.get(f"/api/v1/export/{name}").headers
        assert "html" not in headers["content-type"]
        assert headers["content-disposition"].startswith("attachment")
        assert headers["x-content-type-options"] == "nosniff"
    assert attacked.get("/api/v1/search?q=<script>").headers["content-type"] == "application/json"
    assert attacked.get("/api/v1/incidents/<script>").headers["content-type"] == "application/json"


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leads_out_of_its_folder(name: str, tmp_path: Path) -> None:
    """A file that is handed in lies within its upload's own folder, whatever it was called, and can be made there."""
    parts = safe(name)
    room = tmp_path / "room"
    path = room.joinpath(*parts)
    assert room.resolve() in path.resolve().parents
    assert not any(part.startswith(".") or len(part) > 120 for part in parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")


def test_hostile_names_are_handed_in(attacked: TestClient) -> None:
    """Files of hostile names are taken in under names that were made of theirs, none over another."""
    files = [
        ("files", (name.encode("utf-8", "replace").decode() or "x", io.BytesIO(LINE.encode()), "text/html")) for name in NAMES
    ]
    answer = attacked.post("/api/v1/uploads", files=files)
    assert answer.status_code == 202
    desk: Desk = attacked.app.state.desk  # type: ignore[attr-defined]
    room = desk.uploads.folder / answer.json()["id"]
    assert answer.json()["files"] == len([path for path in room.rglob("*") if path.is_file()]) >= len(NAMES) - 2
    assert not list(room.parent.parent.glob("etc"))
