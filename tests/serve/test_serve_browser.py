"""The main job in a browser, as a person does it: hand reports in, look, correct, merge, undo, export. And the screens looked at.

It needs Playwright and a Chromium of the system, named `chromium`, `chromium-browser` or `google-chrome`; without them it is
skipped. CROSSBEARING_SHOTS names a folder in which the pictures of each screen are kept.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: no browser test")
ROOT = Path(__file__).parents[2]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ATTACKS = Path(__file__).parent / "attacks"
CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SCREENS = ("/", "/review", "/documents", "/figures", "/coverage", "/faults", "/uploads", "/export", "/search?q=depot", "/nothing")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH: no browser test")


@dataclass
class Served:
    """A desk that runs as a person starts it."""

    address: str
    process: subprocess.Popen[str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`crossbearing serve` on an empty ledger, at a free port."""
    ledger = tmp_path_factory.mktemp("served") / "week.ledger"
    command = [sys.executable, "-m", "crossbearing", "serve", "--ledger", str(ledger), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ledger.parent) as process:
        assert process.stdout
        said = process.stdout.readline()
        address = next(word for word in said.split() if word.startswith("http")).rstrip("/")
        yield Served(address, process)
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A window in which nothing may fail, and from which nothing may be asked of another host."""
    context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    opened.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    opened.on("request", lambda asked: asked.url.startswith((served.address, "data:")) or wrong.append(f"asked: {asked.url}"))
    opened.goto(served.address)
    yield opened
    context.close()
    assert [one for one in wrong if "404" not in one and "422" not in one] == []


@pytest.fixture(scope="module")
def filled(browser: Browser, served: Served) -> Served:
    """The example reports, handed in by a person who watches them being read."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/uploads")
    reports = sorted(str(path) for path in (ROOT / "examples" / "reports").iterdir())
    page.set_input_files("#files", reports)
    empty = page.get_attribute("footer time", "datetime")
    page.wait_for_selector("progress")
    page.wait_for_selector(".run[data-over=yes]", timeout=120_000)
    said = page.inner_text(".run")
    assert page.get_attribute("footer time", "datetime") > empty, "the foot says as of when"
    with urllib.request.urlopen(f"{served.address}/api/v1/claims?limit=500") as answer:
        assert f" {len(json.load(answer)['items'])} claims" in page.inner_text("footer")
    assert f"done: {len(reports)} files" in said
    assert "22 new and 0 known captures" in said
    context.close()
    return served


def decide(page: Page, key: str) -> None:
    """Open a panel by its key, from wherever the focus is, once the page hears keys."""
    page.wait_for_load_state()
    page.locator("h1").click()
    page.keyboard.press(key)
    page.wait_for_selector(f"details[data-key={key}][open]")


def enter(page: Page, key: str) -> None:
    """Press a key that leads to another page, once this one hears keys, and wait for it."""
    page.wait_for_load_state()
    with page.expect_navigation():
        page.keyboard.press(key)


def test_the_main_job(page: Page, filled: Served) -> None:
    """Open an incident, see its claims, correct its place, merge it with another, undo that, export, and find it all told."""
    page.goto(filled.address)
    page.wait_for_selector("#list tbody tr:nth-child(11)")
    many = page.locator("#list tbody tr").count()
    page.click("text=Karmiel, IL")
    page.wait_for_selector("#beside")
    assert "bus stop" in page.inner_text("#beside").lower()
    incident = page.url.rpartition("/")[2]

    page.fill("#person", "Ann Lee")
    decide(page, "e")
    page.fill("input[name=value]", "Acre, IL")
    page.select_option("select[name=spans]", index=1)
    page.fill("details[open] input[name=because]", "the mayor names the quarter")
    enter(page, "Enter")
    if page.locator("[role=alert]").count():  # two places are called so: the desk says which, and one is typed
        offered = page.inner_text("[role=alert]").partition("called so: ")[2].split("; ")
        page.fill("input[name=value]", next(one for one in offered if "geonames" in one).rpartition(", a ")[0])
        page.locator("details[open] input[name=because]").focus()
        enter(page, "Enter")
    assert "Ann Lee set where to Acre, IL" in page.inner_text(".decided").replace("\n", " ")
    assert page.inner_text("h1").startswith("Acre, IL")

    decide(page, "m")
    other = page.locator("details[data-key=m] input[type=radio]").first
    label = page.locator("details[data-key=m] label.tick").first.inner_text()
    other.check()
    enter(page, "1")
    assert "same" in page.inner_text(".history")
    page.goto(filled.address)
    page.wait_for_selector("#list")
    merged = page.locator("#list tbody tr").count()
    assert merged == many - 1, label

    page.goto(f"{filled.address}/incidents/{incident}")
    if "no incident" in page.inner_text("main"):  # the merged one bears another id: a claim's history leads to it
        page.goto(f"{filled.address}/?q=Karmiel")
        page.locator("#list a.name").first.click()
    page.wait_for_selector("#beside")
    page.locator("h1").click()
    enter(page, "z")
    assert page.locator(".history .undone").count() == 1
    page.goto(filled.address)
    page.wait_for_selector("#list")
    assert page.locator("#list tbody tr").count() == many

    page.goto(f"{filled.address}/export")
    with page.expect_download() as download:
        page.click("button[formaction$='ucdp.csv']")
    rows = list(csv.DictReader(io.StringIO(Path(str(download.value.path())).read_text(encoding="utf-8"))))
    assert [row for row in rows if "Acre" in row["where_coordinates"] or "Acre" in row["where_description"]], rows[0].keys()
    page.goto(filled.address)
    page.click("text=Acre, IL")
    history = page.inner_text(".history")
    assert "Ann Lee: set where = Acre, IL" in history.replace("\n", " ")
    assert "the mayor names the quarter" in history


def test_a_name_typed_before_the_script_has_come_signs_the_decision(page: Page, filled: Served) -> None:
    """A slow line brings the page before its script: what was typed in between stands in every form."""

    def slowly(route: Route) -> None:
        page.fill("#person", "Cy Moor")
        route.continue_()

    page.goto(filled.address)
    page.wait_for_selector("#list a.name")
    page.route("**/review.js", slowly)
    page.click("#list tbody tr:nth-child(2) a.name")
    page.wait_for_selector("#beside")
    decide(page, "u")
    enter(page, "1")
    assert page.locator("[role=alert]").count() == 0
    assert "Cy Moor" in page.inner_text(".history")
    page.locator("h1").click()
    enter(page, "z")


def test_a_name_is_kept_with_a_wish_that_cannot_be_recorded(page: Page, filled: Served) -> None:
    """Who typed a value that is no place types the value again, not the name."""
    page.goto(filled.address)
    page.click("#list tbody tr:nth-child(2) a.name")
    page.wait_for_selector("#beside")
    page.fill("#person", "Di Low")
    decide(page, "e")
    page.fill("input[name=value]", "Nowhere at All")
    page.fill("details[open] input[name=note]", "the map")
    page.fill("details[open] input[name=because]", "the map says so")
    enter(page, "Enter")
    assert "no place of the gazetteer" in page.inner_text("[role=alert]")
    assert page.input_value("#person") == "Di Low"


def test_the_queue_takes_two_keys(page: Page, filled: Served) -> None:
    """From the queue, Enter begins; a verdict and its reason are two keys, and the next incident follows; `?` shows the keys."""
    page.goto(f"{filled.address}/review")
    waiting = int(page.inner_text("main").split(" incidents waiting")[0].split()[-1])
    enter(page, "Enter")
    page.fill("#person", "Bo Ray")
    page.locator("h1").click()
    first = page.url
    page.keyboard.press("a")
    enter(page, "2")
    assert page.url != first
    assert "queue=true" in page.url
    assert page.input_value("#person") == "Bo Ray"
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("dialog[open]").is_visible()
    page.keyboard.press("Escape")
    second = page.url
    enter(page, "n")
    assert page.url != second
    page.goto(f"{filled.address}/review")
    assert int(page.inner_text("main").split(" incidents waiting")[0].split()[-1]) == waiting - 1


def test_list_map_and_time_line_point_at_one_another(page: Page, filled: Served) -> None:
    """A stretch of the time line and the map's frame ask the list; a row that is pointed at lights on the map."""
    page.goto(filled.address)
    page.wait_for_selector("#list")
    all_of_them = page.locator("#list tbody tr").count()
    box = page.locator("#strip").bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20)
    page.mouse.up()
    page.wait_for_url("**since=**")
    page.wait_for_selector("#list")
    some = page.locator("#list tbody tr").count()
    assert 0 < some < all_of_them
    page.goto(filled.address)
    page.wait_for_selector("#list")
    page.wait_for_timeout(500)
    page.locator("canvas").focus()
    for key in ("+", "+", "+", "+", "+", "+", "ArrowLeft"):
        page.keyboard.press(key)
    page.click("text=Only this frame")
    page.wait_for_url("**box=**")
    assert "of this question" in page.inner_text(".count")


def test_a_past_instant_is_kept_from_page_to_page(page: Page, filled: Served) -> None:
    """Who looks at a past instant stays there from page to page, map and forms included, until they ask for now."""
    page.goto(filled.address)
    page.wait_for_selector("#list")
    then = page.get_attribute("footer time", "datetime")
    assert then
    page.goto(f"{filled.address}/?as_of={then.replace('+', '%2B')}")
    page.wait_for_selector(".banner")
    page.locator("#list a.name").first.click()
    page.wait_for_selector(".banner")
    assert "as_of=" in page.url
    page.fill("#find", "depot")
    enter(page, "Enter")
    assert "as_of=" in page.url
    page.click("text=What is held now")
    page.wait_for_selector("h1")
    assert "as_of" not in page.url


def test_a_lit_word_says_what_it_became(page: Page, filled: Served) -> None:
    """In a document, a lit word under the pointer or the keyboard's focus lights what it became, and the other way round."""
    page.goto(f"{filled.address}/documents?became=read")
    page.locator("a.name").first.click()
    page.wait_for_url("**/documents/*")
    word = page.locator(".lit.is-where").first
    word.hover()
    assert "where:" in page.locator("aside li.hot").first.inner_text()
    page.locator(".lit").first.focus()
    assert page.locator(".lit.hot").count() >= 1
    page.locator("aside li[data-line]:not(.unseen)").first.hover()
    assert page.locator(".lit.hot").count() >= 1


def _a_document(page: Page, filled: Served) -> None:
    page.goto(f"{filled.address}/documents?q=depot&became=read")
    page.locator("a.name").first.click()
    page.wait_for_url("**/documents/*")
    page.wait_for_load_state()


def _last_evidence(served: Served) -> tuple[dict[str, Any], str]:
    """What the last decision stands on, and the text of the document that it names at that place."""
    with urllib.request.urlopen(f"{served.address}/api/v1/decisions?limit=500") as answer:
        (cited,) = json.load(answer)["items"][-1]["evidence"]
    with urllib.request.urlopen(f"{served.address}/api/v1/documents/{cited['document']}/spans") as answer:
        return cited, json.load(answer)["text"][cited["start"] : cited["end"]]


def test_every_list_goes_by_key(page: Page, filled: Served) -> None:
    """`j` and `k` go down and up the incidents, the queue, the documents and what a search found; Enter opens."""
    for path in ("/", "/review", "/documents", "/search?q=depot"):
        page.goto(f"{filled.address}{path}")
        links = page.locator("main a.name")
        for key, at in (("j", 0), ("j", 1), ("k", 0)):
            page.keyboard.press(key)
            assert links.nth(at).evaluate("one => one === document.activeElement"), (path, key)
        address = links.first.get_attribute("href")
        enter(page, "Enter")
        assert address
        assert page.url.partition("?")[0].partition("#")[0].endswith(address.partition("?")[0].partition("#")[0])


def test_many_claims_scroll_in_a_frame_of_their_own(page: Page, filled: Served) -> None:
    """At twice the size, wherever one has scrolled to, a field's name and a claim's head stand beside what is read."""
    page.set_viewport_size({"width": 640, "height": 400})
    page.goto(f"{filled.address}/?sort=-reports")
    page.locator("#list a.name").first.click()
    page.wait_for_load_state()
    frame = page.locator(".framed")
    frame.evaluate("one => { one.scrollIntoView(); one.scrollTo(400, 300); }")
    edges = frame.bounding_box()
    assert edges
    lefts = "one => one.getBoundingClientRect().left"
    seen = [one.evaluate(lefts) for one in page.locator(".beside tbody th").all()]
    assert all(abs(left - edges["x"]) < 2 for left in seen), "names are frozen"
    head = page.locator(".beside thead").bounding_box()
    assert head
    assert abs(head["y"] - edges["y"]) < 2, "heads are frozen"
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth && one.scrollHeight > one.clientHeight")


def test_words_chosen_by_keyboard_support_a_value(page: Page, filled: Served) -> None:
    """In a document's text arrows choose words and Enter uses them: what is recorded are these words at their own place."""
    _a_document(page, filled)
    page.locator("#text").focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    words = page.evaluate("getSelection().toString().trim()")
    assert len(words.split()) >= 3
    page.keyboard.press("Enter")
    page.fill("#use input[name=value]", "4")
    page.fill("#use input[name=because]", "it says so")
    page.fill("#use input[name=person]", "Ann Lee")
    enter(page, "Enter")
    cited, text = _last_evidence(filled)
    assert cited["quote"] == text == words
    assert words in page.inner_text(".history")


def test_words_chosen_by_pointer_support_a_value(page: Page, filled: Served) -> None:
    """In an incident, words selected in a claim's sentence are offered for a correction, and stand under it afterwards."""
    page.goto(filled.address)
    page.locator("#list a.name").first.click()
    page.wait_for_load_state()
    sentence = page.locator(".says blockquote").first
    box = sentence.bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 8, steps=4)
    page.mouse.up()
    words = page.evaluate("getSelection().toString().trim()")
    assert words
    page.locator("#selected button").click()
    page.fill("#person", "Ann Lee")
    page.select_option("details[open] select[name=field]", "killed")
    page.fill("details[open] input[name=value]", "4")
    page.fill("details[open] input[name=because]", "it says so")
    enter(page, "Enter")
    cited, text = _last_evidence(filled)
    assert cited["quote"] == text == words


def test_attack_pages_do_nothing(page: Page, filled: Served) -> None:
    """With the attack pages in the ledger, no page runs anything of theirs, nor asks anything of another host."""
    page.goto(f"{filled.address}/uploads")
    page.set_input_files("#files", sorted(str(path) for path in ATTACKS.iterdir() if path.suffix != ".md"))
    page.wait_for_selector(".run:nth-child(2)")
    page.wait_for_selector(".run:first-child[data-over=yes]", timeout=120_000)
    with urllib.request.urlopen(f"{filled.address}/api/v1/incidents?country=IQ&background=true") as answer:
        attacked = [one["id"] for one in json.load(answer)["items"]]
    assert attacked
    documents = [f"/documents/{one}" for one in _documents(filled)]
    for path in ("/?country=IQ", "/search?q=market", *(f"/incidents/{one}" for one in attacked), *documents):
        page.goto(f"{filled.address}{path}")
        page.wait_for_timeout(50)
        assert page.evaluate("window.pwned") is None, path


def _documents(served: Served) -> list[str]:
    with urllib.request.urlopen(f"{served.address}/api/v1/documents?q=pwned&limit=50") as answer:
        return [one["id"] for one in json.load(answer)["items"]]


def _first(page: Page, served: Served) -> tuple[str, str]:
    """The addresses of the most contested incident and of a document."""
    page.goto(f"{served.address}/?contested=true&sort=-reports")
    incident = page.locator("#list a.name").first.get_attribute("href")
    page.goto(f"{served.address}/documents?became=read")
    document = page.locator("a.name").first.get_attribute("href")
    assert incident
    assert document
    return incident, document


@pytest.mark.parametrize(
    ("name", "width", "scale", "scheme"), [("1280", 1280, 1.0, "light"), ("dark", 1280, 1.0, "dark"), ("200", 640, 2.0, "light")]
)
def test_each_screen_is_sound(browser: Browser, filled: Served, name: str, width: int, scale: float, scheme: Any) -> None:
    """No screen, light or dark, at 1280 pixels or at twice the size, has a serious finding of axe or overflows the window."""
    size: Any = {"width": width, "height": 800 if scale == 1 else 400}
    context = browser.new_context(viewport=size, device_scale_factor=scale, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found: list[str] = []
    for path in (*SCREENS, *_first(page, filled)):
        page.goto(f"{filled.address}{path}")
        page.wait_for_timeout(400)
        _shoot(page, name, path)
        found += unsound(page, path)
    context.close()
    assert found == []


def unsound(page: Page, path: str) -> list[str]:
    """What is wrong with the screen that a page shows: serious findings of axe, and whether it overflows the window."""
    page.add_script_tag(path=str(AXE))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    found = [
        f"{path}: {one['impact']}: {one['help']}: {one['nodes'][0]['html'][:160]}"
        for one in result["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{path}: {wide} pixels wider than the window"] if wide > 0 else [])


def _shoot(page: Page, name: str, path: str) -> None:
    """Keep a picture of a screen, where a folder is named for them."""
    folder = os.environ.get("CROSSBEARING_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        screen = path.strip("/").split("/")[0].split("?")[0] or "incidents"
        kind = "-one" if path.count("/") > 1 else ""
        page.screenshot(path=f"{folder}/{screen}{kind}-{name}.png", full_page=True)


def test_it_ends_when_told(served: Served) -> None:
    """The desk is still there after all of this, and answers."""
    assert served.process.poll() is None
    until = time.monotonic() + 5
    with urllib.request.urlopen(f"{served.address}/api/v1/ledger") as answer:
        assert answer.status == 200
    assert time.monotonic() < until
