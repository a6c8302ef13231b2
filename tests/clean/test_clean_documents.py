"""The room's door: every form of capture, every reason to set aside, and no crash on any bytes."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossbearing.clean.documents import STEP, clean
from crossbearing.errors import StepError, UnreadableCapture
from crossbearing.model.text import Capture, DateKind, Document, FurnitureKind, Media, Reason, SetAside

BODY = (
    "A drone struck a fuel depot on the southern edge of Port Sudan early on Tuesday, the port authority said.",
    "Two guards were injured and a storage tank burned for several hours, according to a statement by the authority.",
    "The army blamed the Rapid Support Forces, which did not comment on the attack on the city’s port.",
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Drone hits depot - Red Sea Ledger</title>
<meta charset="utf-8"><meta property="og:title" content="Drone hits depot near Port Sudan">
<meta property="og:site_name" content="Red Sea Ledger">
<meta property="article:published_time" content="2025-05-06T08:00:00+03:00">
<link rel="canonical" href="https://ledger.example/2025/05/06/depot"><script>var x = "<p>not text</p>";</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Drone hits depot near Port Sudan</h1>
<p>{BODY[0]}</p><p>Two guards were <b>injured</b> and a storage&nbsp;tank burned for several hours,
   according to a statement by the authority.</p><figure><figcaption>Smoke over the port.</figcaption></figure><p>{BODY[2]}</p>
</article>
<aside><h3>Related</h3><p>Ferry sinks in strong winds</p></aside><footer>&copy; 2025 Red Sea Ledger</footer></body></html>"""
MAIL = (
    "From: Desk <desk@example.org>\r\nTo: list@example.org\r\nSubject: Drone hits depot near Port Sudan\r\n"
    "Date: Tue, 06 May 2025 09:30:00 +0300\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + "\r\n\r\n".join(BODY)
)
ARCHIVE = (
    "From: <Saved by Browser>\r\nSnapshot-Content-Location: https://ledger.example/2025/05/06/depot\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
    + PAGE
    + "\r\n--b--\r\n"
)
REPORT = json.dumps(
    {
        "id": "r1", "url": "https://ledger.example/2025/05/06/depot", "outlet": "Red Sea Ledger", "published": "2025-05-06",
        "captured": "2025-05-07T10:00:00+00:00", "lang": "en", "title": "Drone hits depot near Port Sudan",
        "text": "Drone hits depot near Port Sudan\n" + "\n".join(BODY),
    }
)  # fmt: skip


def capture(content: str | bytes, media: Media) -> Capture:
    data = content.encode() if isinstance(content, str) else content
    return Capture(data, hashlib.sha256(data).hexdigest(), "case", "case", media)


def document(content: str | bytes, media: Media) -> Document:
    found = clean(capture(content, media))
    assert isinstance(found, Document)
    return found


def article(found: Document) -> str:
    return " ".join(found.quote(span) for span in found.article())


@pytest.mark.parametrize(
    ("content", "media"),
    [(PAGE, Media.HTML), (MAIL, Media.MAIL), (ARCHIVE, Media.MHTML), (REPORT, Media.REPORT), ("\n".join(BODY), Media.SCRAPE)],
    ids=["html", "mail", "mhtml", "report", "scrape"],
)
def test_every_form_gives_the_article(content: str, media: Media) -> None:
    """The same report is found whatever it comes in."""
    found = document(content, media)
    assert " ".join(article(found).split()) == " ".join(BODY)
    assert found.id == "d" + hashlib.sha256(f"{found.capture}\x1f{STEP.id}".encode()).hexdigest()[:16]


def test_a_page_keeps_its_furniture_and_leads_back_to_its_source() -> None:
    """Menus, captions, related titles and footers stay in the text with their kind; exact pieces read as the source does."""
    found = document(PAGE, Media.HTML)
    kinds = {f.kind: f.span.of(found.text) for f in found.furniture}
    assert kinds[FurnitureKind.MENU] == "Home World"
    assert kinds[FurnitureKind.TITLE] == "Drone hits depot near Port Sudan"
    assert kinds[FurnitureKind.CAPTION] == "Smoke over the port."
    assert "Ferry sinks" in kinds[FurnitureKind.RELATED]
    assert kinds[FurnitureKind.FOOTER] == "© 2025 Red Sea Ledger"
    assert "not text" not in found.text
    assert all(p.text.of(found.text) == p.source.of(PAGE) for p in found.pieces if p.exact)
    assert "".join(p.text.of(found.text) for p in found.pieces) == found.text.replace("\n", "")


def test_a_page_shows_what_it_says_of_itself() -> None:
    """Title, outlet, address and each date come with the place that shows them; the title's words in the text are found."""
    shown = document(PAGE, Media.HTML).metadata
    assert shown.title is not None
    assert (shown.title.value, shown.title.where) == ("Drone hits depot near Port Sudan", "meta og:title")
    assert shown.title.span is not None
    assert shown.outlet is not None
    assert shown.outlet.value == "Red Sea Ledger"
    assert [(d.kind, d.shown.value) for d in shown.dates] == [
        (DateKind.PUBLISHED, "2025-05-06T08:00:00+03:00"),
        (DateKind.URL, "2025-05-06"),
        (DateKind.COPYRIGHT, "2025"),
    ]


def test_a_reports_fields_are_shown() -> None:
    """What a report says of itself is kept, with the field that says it, and its title's words are no article."""
    found = document(REPORT, Media.REPORT)
    assert found.metadata.outlet is not None
    assert found.metadata.outlet.where == "json outlet"
    assert [(d.kind, d.shown.value, d.shown.where) for d in found.metadata.dates] == [
        (DateKind.PUBLISHED, "2025-05-06", "json published"),
        (DateKind.URL, "2025-05-06", "url"),
    ]
    assert found.captured is not None
    assert found.metadata.title is not None
    assert found.metadata.title.span is not None


def test_a_records_lone_lines_are_no_furniture() -> None:
    """What is all that a record tells is article, be it as short as a button; only the record's own title stands apart."""
    for lines in ("5 security personnel killed", "BREAKING\n\n- 3 killed\n- 11 injured\nDrone attack on bus station in Nikopol"):
        found = document(json.dumps({"text": lines, "published": "2024-11-20"}), Media.REPORT)
        assert article(found) == lines
    told = json.dumps({"title": "Market shelled in Taiz", "text": "Market shelled in Taiz\nTwo traders were killed."})
    found = document(told, Media.REPORT)
    assert article(found).strip() == "Two traders were killed."
    assert [f.kind for f in found.furniture] == [FurnitureKind.TITLE]


def test_a_mails_head_is_shown() -> None:
    """Subject, sender and date are what a message shows of itself."""
    shown = document(MAIL, Media.MAIL).metadata
    assert shown.title is not None
    assert shown.title.value == "Drone hits depot near Port Sudan"
    assert shown.dates[0].shown.value == "2025-05-06T09:30:00+03:00"


FILM = (
    "Film review: The Long Bridge\nThe director of this war film asks much of his cast, and the film's best scenes "
    "belong to its lead actor, "
    "whose performance holds the plot together.\nThe screenplay is thin and the characters thinner, but the cinema "
    "was full and the "
    "audience laughed where the director wanted it to, in scene after scene of a film that is half an hour too long.\n"
    "Rating: 3/5, and a soundtrack that readers of the novel will like better than the film's other characters do."
)
MATCH = (
    "United win the cup\nThe striker scored two goals in the second half as the home team beat their rivals in the "
    "cup semi-final, and "
    "the coach said after the match that his team had earned the win.\nThe goalkeeper saved a penalty kick before "
    "half-time, and the "
    "midfielder who scored the third goal of the match left the stadium to the cheers of the club's fans.\nThe team "
    "is third in the "
    "league this season and plays the last match of the championship at home."
)
FOREIGN = (
    "Los bomberos apagaron el incendio en el puerto después de varias horas, según informó la autoridad portuaria. Dos guardias "
    "resultaron heridos y fueron trasladados al hospital de la ciudad, donde permanecen en observación. El ejército "
    "no hizo ninguna "
    "declaración sobre lo ocurrido durante la noche en las afueras."
)
INDEX = "\n".join(
    f"Council {a} votes on new plan for {b}"
    for a in ("north", "south", "west", "east")
    for b in ("roads", "schools", "parks", "water")
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("  \n \n", Reason.EMPTY),
        ("Home\nNews\nAbout us\nContact us\nPrivacy Policy", Reason.NO_ARTICLE),
        (INDEX, Reason.INDEX),
        ("404 Not Found\nThe page you are looking for does not exist.", Reason.ERROR),
        (FILM, Reason.FICTION),
        (MATCH, Reason.SPORT),
        (FOREIGN, Reason.LANGUAGE),
    ],
    ids=["empty", "no article", "index", "error", "film", "match", "language"],
)
def test_what_is_no_report_is_set_aside(text: str, reason: Reason) -> None:
    """Each kind of page that is no report is set aside with its reason and a sentence."""
    found = clean(capture(text, Media.SCRAPE))
    assert isinstance(found, SetAside)
    assert found.reason is reason
    assert found.because


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a football stadium during a match on Sunday and killed nine fans, police said. The team's "
        "coach and two players "
        "were wounded when an explosion hit the gate after the second goal was scored. The league has called off all "
        "matches this week.",
        "Attackers shot dead the director of the national film archive at a cinema on Friday, police said. Two actors "
        "were wounded in the "
        "attack, which came before the screening of a documentary film about the war. No group said that it had carried it out.",
        "The army denied access to the camp. A resident said that access was denied after the shelling.",
    ],
    ids=["stadium", "cinema", "denied"],
)
def test_a_real_report_is_not_set_aside(text: str) -> None:
    """A report of violence among players, actors or closed gates is read."""
    assert isinstance(clean(capture(text, Media.SCRAPE)), Document)


def test_a_report_in_a_language_not_read_says_so() -> None:
    """The language that a report gives itself counts."""
    found = clean(capture(json.dumps({"text": " ".join(BODY), "lang": "fr"}), Media.REPORT))
    assert isinstance(found, SetAside)
    assert found.reason is Reason.LANGUAGE


@pytest.mark.parametrize(
    ("content", "media", "why"),
    [
        (b"{broken", Media.REPORT, "not JSON"),
        (b"[1]", Media.REPORT, "no object"),
        (b'{"id": "x"}', Media.REPORT, "neither"),
        (b"not a pdf", Media.PDF, "cannot be read"),
        (bytes(range(32)) * 40, Media.SCRAPE, "no text"),
        (b"Subject: x\r\nContent-Type: image/png\r\n\r\nabc", Media.MAIL, "no text part"),
    ],
    ids=["json", "array", "fields", "pdf", "binary", "mail"],
)
def test_what_cannot_be_read_is_a_fault_with_a_sentence(content: bytes, media: Media, why: str) -> None:
    """Bytes that hold no text in the form they are said to have raise one error that says what and why."""
    with pytest.raises(UnreadableCapture) as error:
        clean(capture(content, media))
    assert why in str(error.value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Café Zürich".encode("utf-16"), "Café Zürich"),
        (b"\xef\xbb\xbfplain words here", "plain words here"),
        ("naïve café".encode(), "naïve café"),
    ],
)
def test_encodings_are_told_apart(content: bytes, expected: str) -> None:
    """A mark at the start or UTF-8 by itself gives the text."""
    found = clean(capture(content, Media.SCRAPE))
    text = found.text if isinstance(found, Document) else found.document and found.document.text
    assert text == expected


HEADLINES = (
    "Drone hits grain silo on Danube, two hurt", "Army jets bomb market town in Darfur", "Talks on truce adjourned for a week",
    "Rebels ambush fuel lorries in north of Mali", "Late penalty sends Rovers through", "Bank holds rates for third month",
    "Rockets fall on border town at dawn", "Ministry warns of floods along river",
)  # fmt: skip


def listed(form: str) -> str:
    """An index page of the headlines, each with its age or date: linked in HTML, or as a scrape has it."""
    pairs = [(headline, f"{n} May 2024" if form == "dated" else f"{n} hours ago") for n, headline in enumerate(HEADLINES, 2)]
    if form == "html":
        rows = "".join(f'<li><a href="/{n}">{h}</a> <span>{a}</span></li>' for n, (h, a) in enumerate(pairs))
        head = "<html><head><title>Latest | Desk</title></head>"
        return f"{head}<body><h1>Latest</h1><ul>{rows}</ul><footer>A desk for news.</footer></body></html>"
    if form == "cards":
        rows = "".join(f'<div><span>{a}</span><h3><a href="/">{h}</a></h3></div>' for h, a in pairs)
        return f"<html><head><title>Latest | Desk</title></head><body><nav><a>Home</a></nav><main>{rows}</main></body></html>"
    between = {"lines": "\n", "one line": " ", "dated": "\n"}[form]
    return "Home\nWorld\nSport\n\n" + "\n".join(h + between + a for h, a in pairs) + "\n\nOlder posts"


@pytest.mark.parametrize("form", ["html", "cards", "lines", "one line", "dated"])
def test_a_list_of_dated_headlines_is_an_index(form: str) -> None:
    """Headlines with an age or a date each, and no sentence, are set aside as an index, however they come."""
    found = clean(capture(listed(form), Media.HTML if form in ("html", "cards") else Media.SCRAPE))
    assert isinstance(found, SetAside)
    assert found.reason is Reason.INDEX


@pytest.mark.parametrize(
    "sentence",
    [
        "Two people were hurt when a drone hit a grain silo on the Danube on Monday, the harbour office said.",
        "Three soldiers died.",
    ],
    ids=["sentence", "three words"],
)
@pytest.mark.parametrize("form", ["html", "cards", "lines", "one line", "dated"])
def test_a_short_report_with_a_list_below_it_is_read(form: str, sentence: str) -> None:
    """One sentence above a list of dated headlines is a report."""
    page = listed(form)
    if form in ("html", "cards"):
        page = page.replace("<body>", f"<body><h1>Drone hits silo in Reni</h1><p>{sentence}</p>")
    else:
        page = f"Drone hits silo in Reni\n\n{sentence}\n\n{page}"
    found = clean(capture(page, Media.HTML if form in ("html", "cards") else Media.SCRAPE))
    assert not (isinstance(found, SetAside) and found.reason is Reason.INDEX)


POSTS = (
    "Rockets heard over the port, sirens since ten", "Our men fire on the bridge at Karsk", "Two lorries burn on the coast road",
    "Bread line hit in the old town, many hurt", "Drones over Marda again", "Long live the fighters of the north",
    "Convoy hit near Osel, more later", "Fire in the depot at Lun",
)  # fmt: skip


@pytest.mark.parametrize(
    "form", ["[{n:02}/03/2026 09:1{n}]\n{post}", "[{n:02}/03/2026 09:1{n}] {post}", "Marda Today, [{n}.3.2026 9:1{n}]\n{post}"]
)
def test_an_export_of_posts_is_no_index(form: str) -> None:
    """A channel saved post by post, each under its minute, is read, though its posts leave out the last stop."""
    page = "\n\n".join(form.format(n=n, post=post) for n, post in enumerate(POSTS, 1))
    assert not isinstance(clean(capture(page, Media.SCRAPE)), SetAside)


def test_lines_that_run_on_are_no_headlines() -> None:
    """A list of dated lines in each of which a sentence ends is a report."""
    rows = (
        f"{n} March 2026\n{post}. The people of the quarter are safe and stay inside until the morning"
        for n, post in enumerate(POSTS, 1)
    )
    assert not isinstance(clean(capture("\n".join(rows), Media.SCRAPE)), SetAside)


def pdf(text: str, trailer: str = "") -> bytes:
    """A PDF of one page, by hand: its objects, where each begins, and the trailer that leads to them."""
    stream = "BT /F1 12 Tf 20 160 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in text.split("\n") if line) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Filter/Standard/V 1/R 2/P -4/O <{'41' * 32}>/U <{'42' * 32}>>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 7\n0000000000 65535 f \n{table}trailer<</Size 7/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def test_a_pdfs_text_layer_is_read() -> None:
    """The lines of a PDF's page come out, and are the article."""
    found = document(pdf("\n".join(BODY).replace("’", "'")), Media.PDF)
    assert " ".join(article(found).split()) == " ".join(BODY).replace("’", "'")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (pdf(""), "no text layer"),
        (pdf(BODY[0], "/Encrypt 6 0 R/ID[<31><31>]"), "locked with a password"),
        (pdf(BODY[0])[:300], "cannot be read"),
    ],
    ids=["pictures", "locked", "cut off"],
)
def test_a_pdf_without_text_says_why(content: bytes, why: str, caplog: pytest.LogCaptureFixture) -> None:
    """Pictures, a password and a file cut off are each told apart in a sentence, and no library speaks beside it."""
    with pytest.raises(UnreadableCapture) as error:
        clean(capture(content, Media.PDF))
    assert why in str(error.value)
    assert caplog.records == []


SEEDS = ((PAGE, Media.HTML), (MAIL, Media.MAIL), (ARCHIVE, Media.MHTML), (REPORT, Media.REPORT), ("\n".join(BODY), Media.SCRAPE))


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.binary(max_size=12)), max_size=6),
    st.sampled_from(list(Media)),
    st.booleans(),
)
@settings(max_examples=250, deadline=None)
def test_no_bytes_crash_it(seed: tuple[str, Media], edits: list[tuple[int, int, bytes]], other: Media, swap: bool) -> None:
    """Mutated captures give a document, are set aside, or raise a step's error; a document's marks and map stay true."""
    data = seed[0].encode()
    for at, size, new in edits:
        at %= len(data) + 1
        data = data[:at] + new + data[at + size :]
    try:
        found = clean(capture(data, other if swap else seed[1]))
    except StepError:
        return
    whole = found.document if isinstance(found, SetAside) else found
    if whole is None:
        return
    at = 0
    for furniture in whole.furniture:
        assert at <= furniture.span.start < furniture.span.end <= len(whole.text)
        at = furniture.span.end
    at = 0
    for piece in whole.pieces:
        assert at <= piece.text.start < piece.text.end <= len(whole.text)
        assert not piece.exact or len(piece.text) == len(piece.source)
        at = piece.text.end
    whole.text.encode("utf-8")
