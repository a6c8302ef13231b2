"""The gate: by role and route who is let in, what a session's cookie is, and under whose name what is decided stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Mount, Route

from crossbearing.serve.accounts import SESSION_HOURS, STILL_HOURS, Accounts
from crossbearing.serve.desk import Desk
from crossbearing.serve.gate import COOKIE, least
from crossbearing.serve.guard import TOKEN_HEADER
from crossbearing.serve.review import PERSON
from crossbearing.serve.roles import Role
from tests.serve.made_accounts import HOME, NAMES, OTHER_CODER, Clock, browser, sign_in, signed_in, token_in, word_of

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "access.yml").read_text())
ANN, EDITOR = NAMES[Role.CODER], NAMES[Role.EDITOR]
ASKERS = (None, *Role)


# ---------------------------------------------------------------- who is let in


def routes_of(routes: Iterable[Any]) -> Iterator[str]:
    """Every verb and path that an application answers to."""
    for one in routes:
        if hasattr(one, "original_router"):
            yield from routes_of(one.original_router.routes)
        elif isinstance(one, Mount):
            yield f"GET {one.path}"
        else:
            assert isinstance(one, Route) or hasattr(one, "methods"), f"{one!r} is of a kind that this test does not know"
            yield from (f"{verb} {one.path}" for verb in one.methods)


def test_every_route_has_its_rule(team: FastAPI) -> None:
    """Each route of the application stands in the table once, and nothing else does: a new one is thought about."""
    table = [one["route"] for one in CASES["routes"]]
    assert sorted(table) == sorted(routes_of(team.routes))


def is_let_in(client: TestClient, verb: str, path: str) -> bool:
    """Whether a request gets to its route; the ways in which it does not are as they should be. What is posted lacks its token:
    what is told of that was let in."""
    answer = client.request(verb, path, headers={TOKEN_HEADER: "none"})
    if answer.status_code == 303 and answer.headers["location"].startswith("/login?next="):
        assert verb == "GET"
        assert not path.startswith("/api/")
        return False
    if answer.status_code == 401:
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "signed in" in answer.text or verb == "HEAD"
        return False
    if answer.status_code == 403 and "is signed in as" in answer.text:
        return False
    assert answer.status_code < 400 or answer.status_code in (403, 404, 422), answer.text
    return True


@pytest.mark.parametrize("role", ASKERS, ids=str)
def test_each_role_is_let_in_where_the_table_says(team: FastAPI, role: Role | None) -> None:
    """A role gets to each route that asks for it or less, and to no other; nobody signed in gets to sign in."""
    client, wrong = signed_in(team, NAMES[role]) if role else browser(team), []
    for case in CASES["routes"]:
        verb, path = case["route"].split(" ")
        may = case["least"] == "anybody" or (role is not None and role.covers(Role(case["least"])))
        if is_let_in(client, verb, case.get("path", path)) is not may:
            wrong.append(f"{case['route']}: {'kept out' if may else 'let in'}")
    assert wrong == []


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/v1/nothing", "/static/%2e%2e/accounts", "/login/", "/login/x", "/.//login", "/LOGIN", "/staticx"]
)
def test_what_is_not_there_is_behind_the_gate_too(team: FastAPI, path: str) -> None:
    """Without a session no path but those of signing in answers otherwise than any other."""
    answer = browser(team).get(path)
    assert answer.status_code in (303, 401, 404)
    assert "week.ledger</b> holds" not in answer.text
    if answer.status_code == 404:
        assert path.startswith("/static/")


@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
def test_what_is_not_named_needs_a_role(verb: str) -> None:
    """A path that nobody thought of is a reader's to look at and a coder's to change."""
    assert least(verb, "/some/new/page") is (Role.READER if verb in ("GET", "HEAD", "OPTIONS") else Role.CODER)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("case", CASES["decisions"], ids=lambda one: f"{one['kind']} {one.get('state', '')}".strip())
def test_each_role_decides_what_the_table_says(team: FastAPI, case: dict[str, Any], role: Role) -> None:
    """What takes an editor is refused to a coder with a sentence, and recorded for an editor under the account's name."""
    client = signed_in(team, NAMES[role])
    one = client.get("/api/v1/incidents").json()["items"][0]
    wish = {"on": one["id"], "because": "seen", **{name: value for name, value in case.items() if name != "least"}}
    if case["kind"] == "open":
        blind = {"kind": "accept", "on": one["id"], "because": "seen", "round": case["on"]}
        assert signed_in(team, ANN).post("/api/v1/decisions", json=blind).status_code == 201
    answer = client.post("/api/v1/decisions", json=wish)
    if not role.covers(Role(case["least"])):
        assert answer.status_code == 403
        assert f"signed in as {role}" in answer.json()["error"]
        return
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["person"], made["rank"]) == (NAMES[role], "editor" if role.covers(Role.EDITOR) else "coder")


# ---------------------------------------------------------------- under whose name


def first_of(client: TestClient) -> str:
    """The id of an incident."""
    return str(client.get("/api/v1/incidents").json()["items"][0]["id"])


@pytest.mark.parametrize("person", [OTHER_CODER, "ann lee", "Ann Lee2", "Somebody"])
def test_nobody_decides_under_another_name(team: FastAPI, person: str) -> None:
    """A name in a form or a body that is not the account's is refused with a sentence, whoever asks."""
    client = signed_in(team, ANN)
    one = first_of(client)
    wish = {"kind": "accept", "on": one, "because": "seen", "person": person}
    answers = [
        client.post("/api/v1/decisions", json=wish),
        client.post(f"/incidents/{one}", data={**wish, "token": client.headers[TOKEN_HEADER]}),
    ]
    for answer in answers:
        assert answer.status_code == 403
        assert "signed in as Ann Lee" in answer.text
    assert client.get("/api/v1/decisions").json()["items"] == []
    assert client.post("/api/v1/decisions", json={**wish, "person": ANN}).json()["person"] == ANN


def test_a_form_decides_under_the_accounts_name(team: FastAPI) -> None:
    """A page asks for no name and keeps none in a cookie; a cookie or a setting that names another changes nothing."""
    client = signed_in(team, ANN)
    client.cookies.set(PERSON, OTHER_CODER)
    one = first_of(client)
    page = client.get(f"/incidents/{one}").text
    assert 'id="person"' not in page
    assert 'name="person"' not in page
    form = {"token": token_in(page), "kind": "accept", "on": one, "because": "seen"}
    answer = client.post(f"/incidents/{one}", data=form)
    assert answer.status_code == 303
    assert PERSON not in answer.headers.get("set-cookie", "")
    assert [made["person"] for made in client.get("/api/v1/decisions").json()["items"]] == [ANN]


def test_a_coder_undoes_their_own_and_an_editor_anybodys(team: FastAPI) -> None:
    """The page offers the undo to whoever may press it, and the API holds to the same."""
    ann, bo, edith = (signed_in(team, name) for name in (ANN, OTHER_CODER, EDITOR))
    one = first_of(ann)
    made = ann.post("/api/v1/decisions", json={"kind": "accept", "on": one, "because": "seen"}).json()["id"]
    undo = {"kind": "undo", "on": made, "because": "wrong"}
    offered = [f'value="{made}"' in client.get(f"/incidents/{one}").text for client in (ann, bo, edith)]
    assert offered == [True, False, True]
    assert [client.post("/api/v1/decisions", json=undo).status_code for client in (bo, edith)] == [422, 201]


@pytest.mark.parametrize(("role", "states"), [(Role.CODER, False), (Role.EDITOR, True)])
def test_only_what_a_role_may_do_is_offered(team: FastAPI, role: Role, states: bool) -> None:
    """A reader's pages have no forms that decide or hand in; a coder's do not offer what takes an editor."""
    reader, client = signed_in(team, NAMES[Role.READER]), signed_in(team, NAMES[role])
    one = first_of(client)
    page, read = client.get(f"/incidents/{one}").text, reader.get(f"/incidents/{one}").text
    assert ("<option>completed" in page, 'id="act"' in page, 'id="act"' in read) == (states, True, False)
    for path, words in (("/uploads", 'id="drop"'), ("/review", 'id="begin"'), ("/", 'href="/uploads"')):
        assert words in client.get(path).text
        assert words not in reader.get(path).text
    assert 'href="/accounts"' not in client.get("/").text
    assert 'href="/accounts"' in signed_in(team, NAMES[Role.ADMIN]).get("/").text
    assert f"{NAMES[role]}</a>" in page
    assert re.search(rf'<span class="soft">{role}</span>', page)


# ---------------------------------------------------------------- blind rounds


def test_one_coder_sees_nothing_of_the_others_till_the_round_is_open(team: FastAPI, desk: Desk) -> None:
    """By no page and no list does one coder, or an editor, see what another judged blind, nor what they judged and undid."""
    ann, bo, edith = (signed_in(team, name) for name in (ANN, OTHER_CODER, EDITOR))
    one = first_of(ann)
    wish = {"on": one, "because": "the zebra reason", "round": "week-1"}
    first = ann.post("/api/v1/decisions", json={**wish, "kind": "reject"}).json()
    ann.post("/api/v1/decisions", json={"kind": "undo", "on": first["id"], "because": "the zebra slip"})
    ann.post("/api/v1/decisions", json={**wish, "kind": "set", "field": "killed", "value": "77", "note": "the zebra note"})
    ann.post("/api/v1/decisions", json={**wish, "kind": "accept"})
    paths = [case.get("path", case["route"].split(" ")[1]) for case in CASES["routes"] if case["route"].startswith("GET")]
    paths = [path.replace("i0", one) for path in paths]
    more = [f"/incidents/{one}?queue=true&round=week-1", "/review?round=week-1", f"/api/v1/decisions?person={ANN}"]
    more += [f"/api/v1/decisions?incident={one}", "/api/v1/changes?limit=5000", "/search?q=reason", "/api/v1/search?q=reason"]

    def told(client: TestClient) -> list[str]:
        return [path for path in (*paths, *more) if "zebra" in client.get(path).text]

    assert told(bo) == told(edith) == []
    assert set(told(ann)) == {f"/incidents/{one}", f"/incidents/{one}?queue=true&round=week-1"}, "one's own history"
    assert ANN not in bo.get("/api/v1/changes").text
    bo.post("/api/v1/decisions", json={**wish, "kind": "reject", "because": "otherwise"})
    assert edith.post("/api/v1/decisions", json={"kind": "open", "on": "week-1", "because": "both are done"}).status_code == 201
    desk.refresh()
    assert f"/incidents/{one}" in told(bo)
    assert "/api/v1/decisions?person=Ann Lee" in told(bo)
    assert "contested" in bo.get("/review").text.lower()


def test_what_was_set_blind_cannot_be_set_again_by_another(team: FastAPI) -> None:
    """An earlier value is taken over by those who may see it: nobody finds out so what another judged blind."""
    ann, bo = signed_in(team, ANN), signed_in(team, OTHER_CODER)
    one = first_of(ann)
    wish = {"kind": "set", "on": one, "because": "seen"}
    blind = {**wish, "field": "killed", "value": "77", "note": "the list", "round": "week-1"}
    made = ann.post("/api/v1/decisions", json=blind).json()["id"]
    refused = bo.post("/api/v1/decisions", json={**wish, "again": made})
    assert refused.status_code == 422
    assert "77" not in refused.text.replace(made, ""), "but for an id that happens to hold it"
    assert ann.post("/api/v1/decisions", json={**wish, "again": made, "round": "week-1"}).status_code == 201


def test_what_is_handed_in_bears_the_accounts_name(team: FastAPI) -> None:
    """Of each upload it is told who sent it, to programs and on the page, which leads no other name into the ledger."""
    ann = signed_in(team, ANN)
    sent = ann.post("/api/v1/uploads", files=[("files", ("a.txt", b"nothing to read", "text/plain"))], data={"person": EDITOR})
    assert sent.json()["person"] == ANN
    assert f"by {ANN}" in ann.get("/uploads").text


def test_no_page_asks_a_team_for_a_name(team: FastAPI) -> None:
    """Each form of each incident and document records under the account's name; a reader's pages have no form that decides."""
    ann, reader = signed_in(team, ANN), signed_in(team, NAMES[Role.READER])
    ids = [f"/incidents/{one['id']}" for one in ann.get("/api/v1/incidents").json()["items"]]
    ids += [f"/documents/{one['id']}" for one in ann.get("/api/v1/documents?became=read").json()["items"]]
    assert len(ids) > 20
    assert [path for path in ids if 'name="person"' in ann.get(path).text] == []
    assert [path for path in ids if 'name="kind"' in reader.get(path).text] == []
    assert [path for path in ids if 'name="kind"' in ann.get(path).text]


# ---------------------------------------------------------------- sessions


def cookie_of(answer: Any) -> dict[str, str]:
    """The parts of the session's cookie as an answer sets it."""
    parts = [part.strip().partition("=") for part in answer.headers["set-cookie"].split(";")]
    return {"name": parts[0][0], "value": parts[0][2], **{name.lower(): value for name, _, value in parts[1:]}}


def test_the_cookie_is_out_of_the_reach_of_scripts_and_other_sites(team: FastAPI) -> None:
    """It is for this host's requests only, ends with the session, and by https is told to no other way and no other host."""
    for base, name, secure in ((HOME, COOKIE, False), ("https://desk.example", f"__Host-{COOKIE}", True)):
        client = browser(team, base)
        given = {"token": token_in(client.get("/login").text), "name": ANN, "password": word_of(ANN)}
        found = cookie_of(client.post("/login", data=given))
        assert found["name"] == name
        assert (found["samesite"], found["path"], found["max-age"]) == ("strict", "/", str(int(SESSION_HOURS * 3600)))
        assert "httponly" in found
        assert ("secure" in found) is secure
        assert "domain" not in found
        assert len(found["value"]) >= 43, "256 bits"
        assert client.get("/").status_code == 200
        assert found["value"] not in client.get("/").text


def test_each_sign_in_is_another_session(team: FastAPI, accounts: Accounts) -> None:
    """A token that was there before is neither taken over nor goes on: nobody can have put a session there for another."""
    form = {"token": token_in(browser(team).get("/login").text), "name": ANN, "password": word_of(ANN)}
    planted = browser(team).post("/login", data=form, headers={"cookie": f"{COOKIE}={'planted' * 8}"})
    assert cookie_of(planted)["value"] != "planted" * 8
    client = browser(team)
    assert sign_in(client, OTHER_CODER) == 303
    before = client.cookies[COOKIE]
    assert sign_in(client, ANN) == 303
    assert client.cookies[COOKIE] != before
    again = browser(team)
    again.cookies.set(COOKIE, before)
    assert again.get("/").status_code == 303
    assert accounts.get(OTHER_CODER).sessions == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.sampled_from([one.get("path", one["route"].split(" ")[1]) for one in CASES["routes"] if one["least"] != "anybody"]),
    st.sampled_from(["GET", "POST"]),
    st.binary(max_size=300).map(lambda found: found.translate(None, b"\r\n\x00")),
    st.booleans(),
)
def test_no_made_up_header_lets_anybody_in(team: FastAPI, path: str, verb: str, header: bytes, is_cookie: bool) -> None:
    """Whatever bytes come as a cookie or as a token, the answer is to sign in, and never a crash."""
    name, before = ("cookie", f"{COOKIE}=".encode()) if is_cookie else ("authorization", b"Bearer ")
    answer = browser(team).request(verb, path, headers={name: before + header.strip()})
    assert answer.status_code in (303, 401)
    assert answer.status_code == 401 or answer.headers["location"].startswith("/login?next=")


def test_signing_out_ends_the_session_and_not_only_the_cookie(team: FastAPI) -> None:
    """Who kept the cookie's value cannot go on by it, and the browser is told to forget its pages."""
    client = signed_in(team, ANN)
    kept = client.cookies[COOKIE]
    assert client.post("/logout", data={"token": "guess"}).status_code == 403
    assert client.get("/").status_code == 200
    answer = client.post("/logout", data={"token": client.headers[TOKEN_HEADER]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert COOKIE not in client.cookies
    thief = browser(team)
    thief.cookies.set(COOKIE, kept)
    assert thief.get("/").status_code == 303


@pytest.mark.parametrize("end", ["password", "close", "still", "over"])
def test_a_session_ends(team: FastAPI, accounts: Accounts, clock: Clock, end: str) -> None:
    """With another password, a closed account, too long without a request, and its last hour; the next request is not let in."""
    client = signed_in(team, ANN)
    token = accounts.issue(ANN, 30)
    program = browser(team)
    program.headers["authorization"] = f"Bearer {token}"
    assert (client.get("/").status_code, program.get("/api/v1/ledger").status_code) == (200, 200)
    if end == "password":
        accounts.set_password(ANN, "an altogether other one")
    elif end == "close":
        accounts.close(ANN)
    elif end == "still":
        clock.hours(STILL_HOURS)
    else:
        for _ in range(int(SESSION_HOURS)):
            clock.hours(1)
            client.get("/")
    assert client.get("/").status_code == 303
    assert client.get("/api/v1/ledger").status_code == 401
    assert program.get("/api/v1/ledger").status_code == (401 if end in ("password", "close") else 200)


def test_a_role_is_that_of_now(team: FastAPI, accounts: Accounts) -> None:
    """Who is made a reader decides nothing more, in the session that was open."""
    client = signed_in(team, ANN)
    wish = {"kind": "accept", "on": first_of(client), "because": "seen"}
    assert client.post("/api/v1/decisions", json=wish).status_code == 201
    accounts.set_role(ANN, Role.READER)
    assert client.post("/api/v1/decisions", json=wish).status_code == 403


# ---------------------------------------------------------------- tokens of forms and of programs


def test_a_forms_token_is_its_sessions(team: FastAPI, desk: Desk) -> None:
    """Neither the token of the desk, nor that of another's session, nor the session's own will do for one's own."""
    client, other = signed_in(team, ANN), signed_in(team, OTHER_CODER)
    one = first_of(client)
    wish = {"kind": "accept", "on": one, "because": "seen"}
    for token in (desk.token, other.headers[TOKEN_HEADER], client.cookies[COOKIE], ""):
        assert client.post("/api/v1/decisions", json=wish, headers={TOKEN_HEADER: token}).status_code == 403
        assert client.post(f"/incidents/{one}", data={**wish, "token": token}).status_code == 403
        for path in ("/uploads", "/logout", "/password"):
            assert client.post(path, data={"token": token}).status_code == 403
    assert client.post("/api/v1/decisions", json=wish).status_code == 201


@pytest.mark.parametrize("headers", [{"origin": "http://attacker.invalid"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_does_nothing_with_a_session(team: FastAPI, headers: dict[str, str]) -> None:
    """Not even with the right token: what comes from another site's page is refused, signing in and out with it."""
    client = signed_in(team, ANN)
    wish = {"kind": "accept", "on": first_of(client), "because": "seen"}
    assert client.post("/api/v1/decisions", json=wish, headers=headers).status_code == 403
    assert client.post("/logout", data={"token": client.headers[TOKEN_HEADER]}, headers=headers).status_code == 403
    given = {"token": token_in(client.get("/login").text), "name": ANN, "password": word_of(ANN)}
    assert browser(team).post("/login", data=given, headers=headers).status_code == 403


def test_a_program_comes_in_by_a_token(team: FastAPI, accounts: Accounts, clock: Clock) -> None:
    """As the account, with its role, without a form's token; until its day, and by no cookie."""
    program = browser(team)
    token = accounts.issue(ANN, 2)
    program.headers["authorization"] = f"bearer {token}"
    one = first_of(program)
    answer = program.post("/api/v1/decisions", json={"kind": "accept", "on": one, "because": "seen"})
    assert (answer.status_code, answer.json()["person"], answer.json()["rank"]) == (201, ANN, "coder")
    state = {"kind": "state", "state": "completed", "on": one, "because": "seen"}
    assert program.post("/api/v1/decisions", json=state).status_code == 403
    assert program.get("/accounts").status_code == 403
    by_cookie = browser(team)
    by_cookie.cookies.set(COOKIE, token)
    assert by_cookie.get("/api/v1/ledger").status_code == 401
    clock.hours(49)
    assert program.get("/api/v1/ledger").status_code == 401


@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Bearer guess", "Bearer " + "x" * 5000, "Basic QW5uOng=", "bearer \xff"])
def test_a_wrong_token_is_not_let_in(team: FastAPI, given: str) -> None:
    """A token that is none is refused, whatever cookie comes with it; another scheme is none of ours."""
    client = browser(team)
    headers = {"authorization": given.encode("latin-1")}
    assert client.get("/api/v1/ledger", headers=headers).status_code == 401
    session = signed_in(team, ANN)
    assert session.get("/api/v1/ledger", headers=headers).status_code == (200 if given.startswith("Basic") else 401)


def test_the_description_says_how_programs_come_in(team: FastAPI, client: TestClient) -> None:
    """The OpenAPI description of a desk with accounts asks for a bearer token, that of one without for none."""
    described = signed_in(team, ANN).get("/api/v1/openapi.json").json()
    assert [one["scheme"] for one in described["components"]["securitySchemes"].values()] == ["bearer"]
    assert described["paths"]["/api/v1/incidents"]["get"]["security"]
    assert "securitySchemes" not in client.get("/api/v1/openapi.json").json().get("components", {})


# ---------------------------------------------------------------- by which way


@pytest.mark.parametrize("path", ["/", "/login", "/api/v1/ledger"])
def test_nobody_reads_along(team: FastAPI, accounts: Accounts, path: str) -> None:
    """By http under a name that is not this machine's, neither a password nor a session nor a token is heard."""
    client = browser(team, "http://desk.example")
    client.headers["authorization"] = f"Bearer {accounts.issue(ANN, 1)}"
    if path == "/login":
        given = {"token": token_in(client.get("/login").text), "name": ANN, "password": word_of(ANN)}
        answer = client.post("/login", data=given)
        assert "set-cookie" not in answer.headers
    else:
        answer = client.get(path)
    assert answer.status_code == 403
    assert "https" in answer.text
    assert client.get("/health").status_code == 200
    client = browser(team, "https://desk.example")
    client.headers["authorization"] = f"Bearer {accounts.issue(ANN, 1)}"
    assert client.get(path).status_code == 200


def test_accounts_that_vanish_let_nobody_in(team: FastAPI, accounts: Accounts) -> None:
    """Where the file cannot be read any more the desk says so, and answers nothing else."""
    client = signed_in(team, ANN)
    accounts.path.unlink()
    answer = client.get("/api/v1/ledger")
    assert answer.status_code == 503
    assert "accounts" in answer.json()["error"]
    assert client.get("/").status_code == 503


def test_without_accounts_nobody_signs_in(client: TestClient) -> None:
    """A desk of one machine has no such pages, shows no name in its head, and answers as ever."""
    for path in ("/login", "/password", "/accounts"):
        assert client.get(path).status_code == 404
        assert client.post(path, data={}).status_code == 404
    assert "Sign out" not in client.get("/").text
    assert client.get("/health").status_code == 200


def test_no_answer_is_kept_beside_the_browser(team: FastAPI) -> None:
    """Whatever is answered may be kept for one person only, and is asked for anew; what is static may be kept."""
    client = signed_in(team, ANN)
    for path in ("/", "/api/v1/ledger", "/api/v1/token", "/api/v1/export/incidents.csv", "/login", "/nothing", "/accounts"):
        assert client.get(path).headers["cache-control"] == "private, no-cache", path
    assert "cache-control" not in client.get("/static/desk.css").headers
