"""The guard: who is answered, by which name, and what a browser is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from crossbearing.cli import app
from crossbearing.serve.app import STATIC, application
from crossbearing.serve.desk import Desk
from crossbearing.serve.guard import HEADERS, TOKEN_HEADER, is_loopback, name_of, names_for

WISH = {"kind": "accept", "on": "i0", "because": "x", "person": "A"}


@pytest.mark.parametrize(
    "address",
    ["/", "/api/v1/incidents", "/nothing", "/static/desk.css", "/incidents/i0", "/api/v1/export/incidents.csv", "/?box=1"],
)
def test_every_answer_is_marked(client: TestClient, address: str) -> None:
    """Each answer, of whatever status and kind, bears all the headers of the guard."""
    found = client.get(address).headers
    assert {name: found[name] for name in HEADERS} == HEADERS
    policy = found["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    "host", ["attacker.invalid", "attacker.invalid:8765", "127.0.0.1.attacker.invalid", "", "[::2]", "localhost."]
)
def test_another_name_is_not_answered(desk: Desk, host: str) -> None:
    """A request that names another host is refused, whatever it asks: another site's name may lead here."""
    client = TestClient(application(desk, names_for("127.0.0.1")), base_url="http://127.0.0.1")
    assert client.get("/api/v1/ledger", headers={"host": host}).status_code == 403
    for own in ("localhost:8765", "127.0.0.1:1", "[::1]:8765", "LOCALHOST"):
        assert client.get("/api/v1/ledger", headers={"host": own}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://attacker.invalid"},
        {"origin": "null"},
        {"origin": "http://testserver:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {TOKEN_HEADER: ""},
        {TOKEN_HEADER: "guess"},
        {TOKEN_HEADER: "gü"},
    ],
)
def test_nothing_is_done_for_another_site(client: TestClient, headers: dict[str, str]) -> None:
    """A request that changes something is refused where it comes from another site's page or lacks the token."""
    given = {name: value.encode() for name, value in headers.items()}
    assert client.post("/api/v1/decisions", json=WISH, headers=given).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"origin": "http://testserver"}, {"sec-fetch-site": "same-origin", "origin": "null"}])
def test_a_page_of_this_desk_and_a_program_may(client: TestClient, headers: dict[str, str]) -> None:
    """With the token a page of this desk is heard, and a program, which says nothing of where it comes from."""
    assert client.post("/api/v1/decisions", json=WISH, headers=headers).status_code == 422, (
        "it is heard, and told that i0 is none"
    )


@pytest.mark.parametrize("path", ["/uploads", "/incidents/i0"])
def test_a_form_needs_the_token(client: TestClient, path: str) -> None:
    """A form without the token of its page, or with that of another desk, is refused."""
    for data in ({"kind": "accept"}, {"kind": "accept", "token": "guess"}):
        assert client.post(path, data=data).status_code == 403


def test_no_other_page_can_read_the_token(client: TestClient) -> None:
    """No answer allows another origin to read it."""
    answer = client.get("/api/v1/token", headers={"origin": "http://attacker.invalid"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("desk.lan", False),
    ],
)
def test_only_this_machine_is_listened_for(host: str, is_here: bool, tmp_path: Path) -> None:
    """An address that others can reach is refused with what to do instead, and no ledger is made."""
    assert is_loopback(host) is is_here
    if not is_here:
        ledger = tmp_path / "new.ledger"
        refused = CliRunner().invoke(app, ["serve", "--ledger", str(ledger), "--host", host])
        assert refused.exit_code == 2
        assert "no accounts" in refused.output
        assert not ledger.exists()


@pytest.mark.parametrize(
    ("host", "name"), [("a:80", "a"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]"), ("A", "a"), ("", ""), ("[x", "[x]")]
)
def test_a_name_is_told_from_its_port(host: str, name: str) -> None:
    """The name in a Host header is what stands before the port, an address of version 6 with its brackets."""
    assert name_of(host) == name


def test_a_desk_answers_to_the_names_of_its_settings(desk: Desk) -> None:
    """Names that others ask by stand in the settings, with commas between, in any case, with or without a port."""
    names = names_for("0.0.0.0", " desk.example.org, Other.Example:443,, ")
    assert names - names_for("0.0.0.0") == {"desk.example.org", "other.example"}
    client = TestClient(application(desk, names), base_url="http://desk.example.org")
    assert client.get("/health").status_code == 200
    assert client.get("/health", headers={"host": "desk.example"}).status_code == 403


def test_what_is_served_as_it_lies_calls_nobody() -> None:
    """No script, style or picture of the screen names another host, and no template holds a script or a style of its own."""
    own = [path for path in STATIC.iterdir() if path.is_file()]
    assert len(own) > 6
    for path in own:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text, path
        assert "https:" not in text, path
        assert "//cdn" not in text, path
    for path in (STATIC.parent / "templates").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), path
        assert "autoescape" not in text, path
        assert "http" not in text.replace("http-equiv", ""), path
        assert " style=" not in text, path
        assert not [tag for tag in text.split("<script")[1:] if 'src="/static/' not in tag.partition(">")[0]], path
