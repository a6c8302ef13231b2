"""The pages of a desk with accounts: signing in, one's own password, and keeping the accounts."""

from __future__ import annotations

import re
import threading

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from crossbearing.serve.accounts import Accounts
from crossbearing.serve.guard import TOKEN_HEADER
from crossbearing.serve.roles import Role
from tests.serve.made_accounts import NAMES, OTHER_CODER, browser, sign_in, signed_in, token_in, word_of

ANN, ADMIN = NAMES[Role.CODER], NAMES[Role.ADMIN]


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/review?state=to%20do&q=a%26b", "/review?state=to%20do&q=a%26b"),
        ("/incidents/%D9%83?x=1", "/incidents/%D9%83?x=1"),
        ("/?a=/login", "/?a=/login"),
    ],
)
def test_who_signs_in_gets_to_where_they_wanted(team: FastAPI, asked: str, leads: str) -> None:
    """The page that was asked for follows the sign-in, with all that was asked of it."""
    client = browser(team)
    sent = client.get(asked).headers["location"]
    page = html.fromstring(client.get(sent).content)
    form = {one.get("name"): one.get("value") or "" for one in page.xpath("//form[@action='/login']//input")}
    answer = client.post("/login", data={**form, "name": ANN, "password": word_of(ANN)})
    assert (answer.status_code, answer.headers["location"]) == (303, leads)
    assert client.get(leads).status_code in (200, 404)


@pytest.mark.parametrize(
    "onward",
    [
        "https://attacker.invalid/",
        "//attacker.invalid",
        "/\\attacker.invalid",
        "/\t/attacker.invalid",
        "javascript:alert(1)",
        "",
        "/\r\nx: y",
        "x",
    ],
)
def test_nobody_is_led_elsewhere(team: FastAPI, onward: str) -> None:
    """A link to the sign-in leads to no other site."""
    client = browser(team)
    given = {"token": token_in(client.get("/login", params={"next": onward}).text), "name": ANN, "password": word_of(ANN)}
    answer = client.post("/login", data={**given, "next": onward})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "attacker" not in client.get("/login", params={"next": onward}).text


@pytest.mark.parametrize(
    ("name", "password"),
    [(ANN, "wrong"), ("Nobody Here", word_of(ANN)), ("", ""), ("<b>", "x"), (ANN, "x" * 5000), ("\ud800", "y"), ("\x00", "\x00")],
)
def test_a_wrong_word_is_told_in_one_sentence(team: FastAPI, name: str, password: str) -> None:
    """Whether the name, the password or both are wrong: the same sentence, the name as it was typed, and no session."""
    client = browser(team)
    given = {"token": token_in(client.get("/login").text), "name": name.encode("utf-8", "surrogatepass"), "password": password}
    answer = client.post("/login", data=given)
    assert answer.status_code == 401
    page = html.fromstring(answer.content)
    told = page.xpath("string(//*[@role='alert'])")
    assert told == "Not signed in: the name or the password is wrong, or the account is closed. Try again."
    assert not page.xpath("//b[not(normalize-space())]")
    assert "set-cookie" not in answer.headers
    assert "x" * 100 not in answer.text


def test_too_many_wrong_words_are_told(team: FastAPI, accounts: Accounts) -> None:
    """The sixth is answered with when to come again, a right one too."""
    client = browser(team)
    assert [sign_in(client, ANN, "wrong") for _ in range(5)] == [401] * 5
    given = {"token": token_in(client.get("/login").text), "name": ANN, "password": word_of(ANN)}
    answer = client.post("/login", data=given)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900
    assert "15 minutes" in answer.text
    accounts.set_password(ANN, "an altogether other one")
    assert sign_in(client, ANN, "an altogether other one") == 303, "who keeps the accounts lets them in again"


def test_many_at_once_are_counted_all(team: FastAPI) -> None:
    """Twenty wrong passwords sent together are no more than those that may be looked at."""
    token = token_in(browser(team).get("/login").text)
    found: list[int] = []

    def guess(number: int) -> None:
        given = {"token": token, "name": ANN, "password": f"guess {number}"}
        found.append(browser(team).post("/login", data=given).status_code)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [401] * 5 + [429] * 15


def test_a_sign_in_needs_the_token_of_the_page(team: FastAPI) -> None:
    """Nobody is signed in by a form that is not the desk's, so that no other site signs them in as somebody else."""
    given = {"name": ANN, "password": word_of(ANN)}
    for token in ("", "guess"):
        assert browser(team).post("/login", data={**given, "token": token}).status_code == 403


def change(client: TestClient, old: str, new: str, again: str | None = None) -> tuple[int, str]:
    """Change one's password by the form: the status, and what is told."""
    token = token_in(client.get("/password").text)
    answer = client.post("/password", data={"token": token, "old": old, "new": new, "again": again or new})
    found = re.search(r'role="alert">(.*?)<', answer.text)
    return answer.status_code, found[1] if found else ""


def test_people_change_their_own_password(team: FastAPI, accounts: Accounts) -> None:
    """With the one they have; other sessions and all tokens end, and this browser goes on in a new one."""
    client, elsewhere, token = signed_in(team, ANN), signed_in(team, ANN), accounts.issue(ANN, 1)
    before = dict(client.cookies)
    new = "grey heron on nine posts"
    assert change(client, "not it", new)[0] == 401
    assert change(client, word_of(ANN), "short")[0] == 422
    assert "second time" in change(client, word_of(ANN), new, new + "!")[1]
    assert change(client, word_of(ANN), new) == (303, "")
    assert client.get("/").status_code == 200
    assert dict(client.cookies) != before
    assert elsewhere.get("/").status_code == 303
    assert browser(team).get("/api/v1/ledger", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert [sign_in(browser(team), ANN, word) for word in (word_of(ANN), new)] == [401, 303]


def test_a_session_that_was_left_open_does_not_find_the_password(team: FastAPI) -> None:
    """Whoever sits down at it has five tries, as at the door."""
    client = signed_in(team, ANN)
    assert [change(client, f"guess {n}", "grey heron on nine posts")[0] for n in range(6)] == [401] * 5 + [429]


def keep(client: TestClient, **given: str) -> tuple[int, str]:
    """Send a form of the accounts' page: the status, and what is told."""
    answer = client.post("/accounts", data={"token": client.headers[TOKEN_HEADER], **given})
    found = html.fromstring(answer.content).xpath("string(//*[@role='alert'])") if answer.content else ""
    return answer.status_code, str(found)


def test_an_admin_keeps_the_accounts(team: FastAPI, accounts: Accounts) -> None:
    """Adds one, gives it a role and a password, closes and opens it; each is so at once."""
    admin = signed_in(team, ADMIN)
    assert keep(admin, what="add", name="Cora Bell", role="reader", password="nine posts in the river")[0] == 303
    cora = browser(team)
    assert sign_in(cora, "Cora Bell", "nine posts in the river") == 303
    assert keep(admin, what="role", name="Cora Bell", role="coder")[0] == 303
    assert 'href="/uploads"' in cora.get("/").text
    page = html.fromstring(admin.get("/accounts").content)
    row = page.xpath("//tr[th='Cora Bell']")[0]
    assert [one.text for one in row.xpath(".//option[@selected]")] == ["coder"]
    assert row.xpath("string(td[2])") == "1", "one session"
    assert keep(admin, what="close", name="Cora Bell")[0] == 303
    assert cora.get("/").status_code == 303
    assert keep(admin, what="open", name="Cora Bell")[0] == 303
    assert keep(admin, what="password", name="Cora Bell", password="ten posts in the river")[0] == 303
    assert sign_in(browser(team), "Cora Bell", "ten posts in the river") == 303
    assert accounts.get("Cora Bell").role is Role.CODER


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"what": "add", "name": ANN, "password": "nine posts in the river"}, "is called so"),
        ({"what": "add", "name": "Cora Bell", "password": "short"}, "5 characters"),
        ({"what": "add", "name": "Cora Bell", "role": "king", "password": "nine posts in the river"}, "no role"),
        ({"what": "close", "name": ADMIN}, "your own account"),
        ({"what": "role", "name": "ada  minsk", "role": "reader"}, "your own account"),
        ({"what": "close", "name": "Nobody Here"}, "no account of that name"),
        ({"what": "burn", "name": ANN}, "buttons"),
        ({}, "no account of that name"),
    ],
)
def test_what_cannot_be_done_with_accounts_is_told(team: FastAPI, given: dict[str, str], says: str) -> None:
    """Each wrong form is answered on the page, with what to do; nobody shuts the own door."""
    admin = signed_in(team, ADMIN)
    status, told = keep(admin, **given)
    assert status == 422
    assert says in told
    assert told.endswith(".")
    assert admin.get("/accounts").status_code == 200
    assert OTHER_CODER in admin.get("/accounts").text


def test_the_list_of_accounts_shows_no_secret(team: FastAPI, accounts: Accounts) -> None:
    """Neither a hash nor a token stands on the page."""
    token = accounts.issue(ANN, 1)
    page = signed_in(team, ADMIN).get("/accounts").text
    assert "argon2" not in page
    assert token not in page
