"""The pages: each answers, is made so that anyone can use it, and does its work without scripts too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jinja2 import Environment
from lxml import html

from crossbearing.api import open_ledger
from crossbearing.run.local import RunOptions
from crossbearing.serve.app import application
from crossbearing.serve.desk import Desk
from crossbearing.serve.frame import environment
from crossbearing.serve.index import drawn_incident
from crossbearing.serve.review import PERSON

SCREENS = ("/", "/review", "/documents", "/figures", "/coverage", "/faults", "/uploads", "/export", "/search", "/search?q=depot")


def tree(client: TestClient, address: str, status: int = 200) -> html.HtmlElement:
    """A page, parsed."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:500]
    return html.fromstring(answer.content)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def contested(client: TestClient) -> str:
    """The address of the incident that most reports tell of."""
    answer = client.get("/api/v1/incidents", params={"contested": "true", "sort": "-reports"})
    return f"/incidents/{answer.json()['items'][0]['id']}"


def post(client: TestClient, address: str, **fields: object) -> str:
    """Send a form of a page as a browser without scripts does; returns where it leads."""
    token = tree(client, address).xpath("//meta[@name='crossbearing-token']/@content")[0]
    answer = client.post(address.partition("?")[0], data={"token": token, **fields})
    assert answer.status_code == 303, answer.text[:2000]
    return str(answer.headers["location"])


@pytest.mark.parametrize("address", [*SCREENS, "incident", "document"])
def test_every_page_is_sound(client: TestClient, address: str) -> None:
    """One heading of the first rank, landmarks, a title, a label for each field, a header for each column, unique ids."""
    if address == "incident":
        address = contested(client)
    elif address == "document":
        address = f"/documents/{client.get('/api/v1/documents').json()['items'][0]['id']}"
    page = tree(client, address)
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//title")[0].text.endswith("· Crossbearing")
    assert page.xpath("/html/@lang") == ["en"]
    assert [len(page.xpath(f"//{name}")) for name in ("header[@class='top']", "main", "footer", "nav")][:3] == [1, 1, 1]
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        labelled = field.xpath("ancestor::label") or field.get("aria-label") or page.xpath(f"//label[@for='{field.get('id')}']")
        assert labelled, html.tostring(field)
    for table in page.xpath("//table"):
        assert table.xpath("caption") or table.get("class") == "beside"
        assert all(cell.get("scope") for cell in table.xpath(".//th"))
    for one in page.xpath("//svg[not(@aria-hidden)]"):
        assert one.get("role") == "img"
        assert one.get("aria-label")
    for reference in page.xpath("//@aria-labelledby"):
        assert reference in ids


def test_no_template_is_compiled_while_people_ask(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the application stands, its pages answer without the compiler of templates."""
    environment.cache_clear()
    client = TestClient(application(desk, ["testserver"]))
    monkeypatch.delattr(Environment, "compile")
    assert all(client.get(address).status_code == 200 for address in SCREENS)


def test_an_empty_ledger_says_what_to_do(tmp_path: Path, opened: Callable[[Path], Desk]) -> None:
    """Every screen of a ledger that holds nothing answers, and the list says how to begin."""
    desk = opened(tmp_path / "new.ledger")
    client = TestClient(application(desk, ["testserver"]))
    for address in SCREENS:
        tree(client, address)
    assert "Add reports" in words(tree(client, "/").xpath("//p[@class='empty']")[0])


def test_claims_stand_side_by_side(client: TestClient) -> None:
    """An incident's page has a column for each claim, its words lit, and marks the fields of which some cannot both hold."""
    address = contested(client)
    record = client.get(f"/api/v1{address}").json()
    page = tree(client, address)
    assert len(page.xpath("//th[contains(@class, 'claim')]")) == len(record["claims"])
    assert {row.xpath("string(th)").split()[0] for row in page.xpath("//tr[contains(@class, 'clashing')]")} == {
        {"perpetrators": "by", "event_type": "what"}.get(one["field"], one["field"]) for one in record["contradictions"]
    }
    quotes = [words(one) for one in page.xpath("//tr[@class='says']//blockquote")]
    held = [" ".join(one["quote"].split()) for one in client.get(f"/api/v1{address}/claims").json()["items"]]
    assert sorted(quotes) == sorted(held)
    assert page.xpath("//tr[@class='says']//mark")
    assert len(page.xpath("//*[@class='lineages']/*[@class='leaf']")) == len(record["claims"])
    for line in record["lineages"]:
        assert line["because"] in words(page)


def test_a_correction_a_merge_and_an_undo_without_scripts(client: TestClient) -> None:
    """Forms alone correct a field, merge, undo, and the history tells it all with the person's name."""
    address = contested(client)
    key = address.rpartition("/")[2]
    other = next(one["id"] for one in client.get("/api/v1/incidents").json()["items"] if one["id"] != key)
    evidence = tree(client, address).xpath("//select[@name='spans']/option[@value!='']/@value")[0]
    form = {
        "kind": "set",
        "on": key,
        "field": "killed",
        "value": "7",
        "spans": evidence,
        "because": "counted",
        "person": "Ann Lee",
    }
    back = post(client, address, **form)
    page = tree(client, back)
    assert "Ann Lee set killed to 7" in words(page)
    assert words(page.xpath("//ol[@class='history']/li")[-1]).endswith("undo")
    merged = post(client, back, kind="same", on=key, other=other, other_id="", reason="one retells the other", person="Ann Lee")
    page = tree(client, merged)
    assert len(page.xpath("//th[contains(@class, 'claim')]")) > 2
    last = page.xpath("//ol[@class='history']//form")[-1]
    undo = {field.get("name"): field.get("value") or "" for field in last.xpath(".//input")}
    apart = post(client, merged, **{**undo, "person": "Ann Lee"})
    page = tree(client, apart)
    assert page.xpath("//li[@class='undone']")
    assert client.get(f"/api/v1{address}").json()["killed"]["low"] == 7, "what was not undone stands"


def test_what_is_not_recorded_is_told_on_the_page(client: TestClient) -> None:
    """A decision that cannot be comes back with the reason, and with what was typed."""
    address = contested(client)
    token = tree(client, address).xpath("//meta[@name='crossbearing-token']/@content")[0]
    form = {"token": token, "kind": "set", "on": address.rpartition("/")[2], "field": "where", "value": "Tripoli", "note": "n",
            "because": "b", "person": "Ann Lee"}  # fmt: skip
    answer = client.post(address, data=form)
    assert answer.status_code == 422
    page = html.fromstring(answer.content)
    assert "places are called so" in words(page.xpath("//*[@role='alert']")[0])
    assert page.xpath("//input[@name='value']/@value") == ["Tripoli"]
    assert "where" in page.xpath("//select[@name='field']/option[@selected]/@value")


def test_the_queue_leads_on(client: TestClient) -> None:
    """After a verdict in the queue the next incident comes; in a blind round what one has coded does not come again."""
    first = client.get("/review/next", params={"queue": "true", "round": "week-1"}).headers["location"]
    key = first.partition("?")[0].rpartition("/")[2]
    gain = tree(client, first).xpath("//input[@name='gain']/@value")[0]
    form = {"kind": "accept", "on": key, "gain": gain, "queue": "true", "round": "week-1", "reason": "seen", "person": "Ann Lee"}
    second = post(client, first, **form)
    assert second.startswith("/incidents/")
    assert key not in second

    def meets(person: str) -> str:
        own = TestClient(client.app, cookies={PERSON: person}, follow_redirects=False)
        return str(own.get("/review/next", params={"queue": "true", "round": "week-1"}).headers["location"])

    assert key not in meets("Ann%20Lee")
    assert key in meets("Bo"), "whoever has not coded it meets it"
    assert "Ann Lee" not in words(tree(TestClient(client.app), f"/incidents/{key}"))


def test_a_past_page_decides_nothing(client: TestClient, desk: Desk, ledger: Path, tmp_path: Path) -> None:
    """A page as of an instant says so, shows what was held then, and has no forms to decide with."""
    address = contested(client)
    then = client.get("/api/v1/ledger").json()["instant"]
    (tmp_path / "later.txt").write_text(
        "Published: 14 March 2024\n\nA bomb killed two soldiers outside Mosul on Wednesday, the army said."
    )
    with open_ledger(ledger) as held:
        held.run([tmp_path / "later.txt"], RunOptions(workers=1))
    desk.refresh()
    page = tree(client, f"{address}?as_of={then.replace('+', '%2B')}")
    assert "what was held at" in words(page.xpath("//p[@class='banner']")[0])
    assert not page.xpath("//section[@id='act']")
    assert tree(client, address).xpath("//section[@id='act']")


def test_totals_stand_on_the_series_that_they_are_of(client: TestClient) -> None:
    """A total cited is drawn on the chart of the series that its sentence names, within the days of its page."""
    page = tree(client, "/figures")
    headings = [words(one) for one in page.xpath("//h2")]
    assert "Killed, the war in Gaza" in headings
    assert page.xpath("//figure[@class='chart']//*[@class='dot']")
    assert "43,469" in words(page)


def test_each_value_says_how_many_lineages_stand_behind_it(client: TestClient, desk: Desk) -> None:
    """Where claims give more than one value of a field, the incident's column tells of each by how many lineages it is told."""
    address = contested(client)
    with desk.asking() as held:
        incident = drawn_incident(held.connection, address.rpartition("/")[2])
    assert incident
    told: dict[str, set[str]] = {}
    for one in incident.standings:
        told.setdefault(one.field, set()).add(f"{one.value}: {len(one.roots)} lineage{'s' * (len(one.roots) != 1)}")
    page = tree(client, address)
    for field in ("status", "perpetrators", "killed"):
        shown = {words(one).replace("\u200b", "") for one in page.xpath(f"//tr[contains(@class, 'row-{field}')]//li")}
        assert shown == (told.get(field, set()) if len(told.get(field, ())) > 1 else set())
    assert page.xpath("//ul[@class='standings']")


def the_text(client: TestClient) -> tuple[str, str, str]:
    """A document of which an incident tells, its text, and the incident."""
    claim = client.get("/api/v1/claims").json()["items"][0]
    return claim["document"], client.get(f"/api/v1/documents/{claim['document']}/spans").json()["text"], claim["incident"]


def evidence(client: TestClient) -> list[dict[str, object]]:
    """What the last decision stands on."""
    found: list[dict[str, object]] = client.get("/api/v1/decisions").json()["items"][-1]["evidence"]
    return found


def test_words_typed_are_found_where_they_stand(client: TestClient) -> None:
    """Words of a document support a value without a script: they are looked up letter by letter, line breaks or not."""
    document, text, incident = the_text(client)
    words = " ".join(text.split()[3:12])
    form = {"kind": "set", "on": incident, "field": "killed", "value": "3", "quote": f"“{words}”", "document": document,
            "because": "it says so", "person": "Ann Lee"}  # fmt: skip
    post(client, f"/incidents/{incident}", **form)
    (cited,) = evidence(client)
    assert cited["quote"] == text[int(str(cited["start"])) : int(str(cited["end"]))]
    assert str(cited["quote"]).split() == words.split()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"quote": "no report has these words"}, "does not stand in"),
        ({"quote": "the"}, "times"),
        ({"quote": "x", "document": "d0"}, "holds no document"),
        ({"spans": "{document}:5-20", "seen": "other words"}, "the text there reads"),
        ({"spans": "{document}:5-99999999"}, "the text there reads"),
    ],
)
def test_words_that_are_not_there_support_nothing(client: TestClient, given: dict[str, str], says: str) -> None:
    """Words that stand nowhere, or in more than one place, or otherwise than they were seen, are refused with what to do."""
    document, _, incident = the_text(client)
    token = tree(client, "/").xpath("//meta[@name='crossbearing-token']/@content")[0]
    form = {name: value.replace("{document}", document) for name, value in given.items()}
    form |= {"kind": "set", "on": incident, "field": "killed", "value": "3", "because": "it says so", "person": "Ann Lee"}
    answer = client.post(f"/incidents/{incident}", data={"token": token, **form})
    assert answer.status_code == 422
    assert says in words(html.fromstring(answer.content).xpath("//*[@role='alert']")[0])
    assert client.get("/api/v1/decisions").json()["items"] == []


def test_every_text_on_a_page_says_where_it_begins(client: TestClient) -> None:
    """What a page shows of a document is the document's text at the place that it names, run by run."""
    incident = contested(client)
    texts = {}
    for one in tree(client, incident).xpath("//*[@data-document]"):
        name, start = one.get("data-document"), int(one.get("data-at"))
        texts.setdefault(name, client.get(f"/api/v1/documents/{name}/spans").json()["text"])
        said = one.text_content()
        assert texts[name][start : start + len(said)] == said
    assert texts
    name = next(iter(texts))
    (shown,) = tree(client, f"/documents/{name}").xpath("//*[@id='text']")
    assert shown.text_content().rstrip() == texts[name].rstrip()


def test_what_came_after_a_value_was_set_is_flagged_until_it_is_confirmed(client: TestClient) -> None:
    """On the incident's page, in the list, the queue and the API; one form says that the value still holds."""
    found = client.get(f"/api/v1{contested(client)}").json()
    told = client.get(f"/api/v1/incidents/{found['id']}/claims").json()["items"]
    seen = next(one["id"] for one in told if one["killed"])
    form = {"kind": "set", "on": found["id"], "claims": seen, "field": "killed", "value": "700", "note": "a list",
            "because": "counted", "person": "Ann Lee"}  # fmt: skip
    address = post(client, f"/incidents/{found['id']}", **form)
    page = tree(client, address)
    assert "Does 700 still hold?" in words(page)
    (setting,) = client.get(f"/api/v1{address}").json()["review"]["set"]
    assert seen not in {claim for one in setting["otherwise"] for claim in one["claims"]}
    assert "outdated" in words(tree(client, "/"))
    why = next(one["why"] for one in client.get("/api/v1/queue?limit=500").json()["items"] if one["incident"] == found["id"])
    assert any("since killed was set" in one for one in why)

    (again,) = page.xpath("//div[@class='outdated']//form")
    given = {one.get("name"): one.get("value") for one in again.xpath(".//input[@type='hidden']")} | {"because": "still 700"}
    assert client.post(address, data=given).status_code == 303
    assert "still hold?" not in words(tree(client, address))
    (setting,) = client.get(f"/api/v1{address}").json()["review"]["set"]
    assert (setting["value"], setting["otherwise"], setting["reason"]) == ("700", [], "still 700")


def test_an_id_that_a_merge_took_leads_on(client: TestClient) -> None:
    """The page of the incident that is gone shows the one that it became part of; the API says which that is."""
    first, second = client.get("/api/v1/incidents?limit=2").json()["items"]
    now = post(client, f"/incidents/{first['id']}", kind="same", on=first["id"], other=second["id"], because="one", person="Ann")
    (gone,) = {first["id"], second["id"]} - {now.rpartition("/")[2]}
    assert words(tree(client, f"/incidents/{gone}").xpath("//h1")[0]) == words(tree(client, now).xpath("//h1")[0])
    answer = client.get(f"/api/v1/incidents/{gone}")
    assert answer.status_code == 404
    assert now.rpartition("/")[2] in answer.json()["error"]
    told = [one["says"] for one in client.get("/api/v1/changes").json()["items"] if one["of"] == "decision"]
    assert gone in told[-1]


def test_the_first_characters_of_an_id_lead_on(client: TestClient) -> None:
    """What the command line prints of an id opens the page, with what else was asked; what several begin with opens none."""
    for table in ("incidents", "documents"):
        one = client.get(f"/api/v1/{table}?limit=1").json()["items"][0]["id"]
        led = client.get(f"/{table}/{one[:8]}?queue=true", follow_redirects=False)
        assert (led.status_code, led.headers["location"]) == (307, f"/{table}/{one}?queue=true")
        assert client.get(f"/{table}/{one[:1]}").status_code == 404


def test_changes_keep_a_closed_round_closed(client: TestClient) -> None:
    """Of a decision in a blind round that nobody opened the API tells that it was made, and not what it says."""
    (one,) = client.get("/api/v1/incidents?limit=1").json()["items"]
    post(client, f"/incidents/{one['id']}", kind="reject", on=one["id"], because="secret", person="Ann", round="week-1")
    told = client.get("/api/v1/changes").json()["items"][-1]
    assert told["says"] == "a decision of the blind round week-1"
