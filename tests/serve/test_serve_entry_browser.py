"""Signing in, deciding and signing out in a browser, as people of a team do it; and the screens of it looked at.

It needs what `test_serve_browser.py` needs, and is skipped with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crossbearing.serve.accounts import ENDING
from crossbearing.serve.roles import Role
from tests.serve.made_accounts import NAMES, OTHER_CODER, Clock, filled, word_of

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: no browser test")

from tests.serve.test_serve_browser import CHROMIUM, QUIET, _shoot, decide, enter, unsound

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
ANN, EDITOR, ADMIN, READER = (NAMES[role] for role in (Role.CODER, Role.EDITOR, Role.ADMIN, Role.READER))

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH: no browser test")


@pytest.fixture(scope="module")
def address(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`crossbearing serve` on the example reports, with accounts beside them."""
    from tests.serve.conftest import copy

    ledger = copy(examples, tmp_path_factory.mktemp("team") / "week.ledger")
    filled(Path(f"{ledger}{ENDING}"), Clock())
    command = [sys.executable, "-m", "crossbearing", "serve", "--ledger", str(ledger), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ledger.parent) as process:
        assert process.stdout
        yield next(word for word in process.stdout.readline().split() if word.startswith("http")).rstrip("/")
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield found
        found.close()


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a window for a person who is signed in, in which no script may fail and no other host be asked."""
    wrong: list[str] = []
    contexts = []

    def opened(name: str | None = None, **more: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **more})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda asked: asked.url.startswith((address, "data:")) or wrong.append(f"asked: {asked.url}"))
        page.goto(address)
        if name:
            sign_in(page, name)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def sign_in(page: Page, name: str, password: str | None = None) -> None:
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", password or word_of(name))
    page.click("main button[type=submit]")


def test_a_team_works_at_one_desk(window: Callable[..., Page], address: str) -> None:
    """A coder signs in, decides without giving a name, and signs out; an editor undoes and completes; a reader only reads."""
    ann = window()
    assert "/login" in ann.url
    sign_in(ann, ANN, "not the password")
    assert "wrong" in ann.inner_text("[role=alert]")
    sign_in(ann, ANN)
    ann.wait_for_selector("#list")
    assert ANN in ann.inner_text(".self")
    assert "coder" in ann.inner_text(".self")
    ann.click("text=Karmiel, IL")
    ann.wait_for_selector("#act")
    incident = ann.url
    decide(ann, "a")
    enter(ann, "1")
    assert f"{ANN}: accept" in ann.inner_text(".history").replace("\n", " ")
    decide(ann, "w")
    assert "completed" not in ann.inner_text("details[open] select")
    ann.keyboard.press("Escape")

    edith = window(EDITOR)
    edith.goto(incident)
    decide(edith, "w")
    edith.select_option("details[open] select", "completed")
    edith.fill("details[open] input[name=because]", "checked")
    enter(edith, "Enter")
    assert "State: completed" in edith.inner_text(".decided")

    reader = window(READER)
    reader.goto(incident)
    assert reader.locator("#act").count() == 0
    assert f"{ANN}: accept" in reader.inner_text(".history").replace("\n", " ")

    ann.locator("h1").click()
    enter(ann, "z")
    assert ann.locator(".history .undone").count() == 1
    ann.click("text=Sign out")
    ann.wait_for_selector("input[name=password]")
    ann.goto(incident)
    assert "/login?next=" in ann.url
    sign_in(ann, ANN)
    ann.wait_for_selector("#act")
    assert ann.url == incident


def test_an_admin_adds_somebody(window: Callable[..., Page]) -> None:
    """The account that was added signs in, changes its password, and goes on."""
    admin = window(ADMIN)
    admin.click("nav >> text=Accounts")
    admin.fill(".stacked input[name=name]", "Cora Bell")
    admin.select_option(".stacked select", "coder")
    admin.fill(".stacked input[name=password]", "nine posts in the river")
    admin.click("text=Add >> visible=true >> nth=-1")
    admin.wait_for_selector("th:has-text('Cora Bell')")
    cora = window()
    sign_in(cora, "Cora Bell", "nine posts in the river")
    cora.click(".self a")
    cora.fill("input[name=old]", "nine posts in the river")
    for field in ("new", "again"):
        cora.fill(f"input[name={field}]", "ten posts in the river")
    cora.click("main button[type=submit]")
    cora.wait_for_selector("#list")


def test_a_session_that_ended_is_told(window: Callable[..., Page]) -> None:
    """What is sent in a session that ended is not done, and the page says to sign in."""
    bo = window(OTHER_CODER)
    bo.click("text=Lashio, MM")
    bo.wait_for_selector("#act")
    bo.context.clear_cookies()
    decide(bo, "a")
    enter(bo, "1")
    assert "Not signed in" in bo.inner_text("h1")
    bo.click("main a")
    sign_in(bo, OTHER_CODER)
    bo.wait_for_selector("#list")


@pytest.mark.parametrize(
    ("name", "width", "scale", "scheme"), [("1280", 1280, 1.0, "light"), ("dark", 1280, 1.0, "dark"), ("200", 640, 2.0, "light")]
)
def test_each_screen_of_accounts_is_sound(
    window: Callable[..., Page], address: str, name: str, width: int, scale: float, scheme: Any
) -> None:
    """No screen of a team has a serious finding of axe or overflows the window, light or dark, at twice the size too."""
    size: Any = {"width": width, "height": 800 if scale == 1 else 400}
    more: Any = {"viewport": size, "device_scale_factor": scale, "color_scheme": scheme, "bypass_csp": True}
    outside, admin, ann = window(None, **more), window(ADMIN, **more), window(ANN, **more)
    looked = [(outside, "/login?next=/review"), (admin, "/accounts"), (admin, "/password"), (admin, "/"), (ann, "/accounts")]
    found: list[str] = []
    for page, path in looked:
        page.goto(f"{address}{path}")
        page.wait_for_timeout(300)
        _shoot(page, f"team-{'refused-' if page is ann else ''}{name}", path)
        found += unsound(page, path)
    assert found == []
