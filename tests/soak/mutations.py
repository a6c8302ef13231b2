"""Damage of every kind that reports meet on their way, made from a seed so that each can be made again.

seeds() -> reports of every format    mutated(number, base) -> one damaged input with its name
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"

TITLE = "Drone strike on fuel depot near Kosti kills at least 12, ministry says"
BODY = (
    "KOSTI (Ravel Post) - A drone struck a fuel depot on the eastern edge of Kosti early on Wednesday, killing at least 12 "
    "people and wounding more than 30, the health ministry said.",
    "“The toll may rise,” a ministry spokeswoman told Ravel Post. Two witnesses told the agency that the second raid in three "
    "days came at around 4:15 a.m. local time (0215 GMT).",
    "The army denied that it had carried out the attack. A militia calling itself the River Front claimed responsibility in a "
    "statement on its channel, saying it had fired “five rockets and an explosive drone” at “the occupier’s depot”.",
    "Air defences intercepted three other drones north-west of the airport, according to the governor, Omar Delg.",
    "More than 24,300 people have been killed since 15 April 2023, the monitor North Nile Watch said in its report of late 2024.",
    "Связь с городом прервана, сообщил корреспондент. وقال شهود إن الانفجار وقع فجرا. El alcalde pidió calma.",
)
FURNITURE = (
    "folder_openWorld access_time4 months ago",
    "Share on Facebook Tweet Email",
    "We use cookies to improve your experience. Accept",
    "Read also: Ceasefire talks resume in Marn after shelling kills three",
    "© 2024 Ravel Post. All rights reserved.",
)


def page() -> bytes:
    """A saved page with a head that shows dates, an article, and furniture around it."""
    words = "\n".join(f"<p>{p}</p>" for p in BODY)
    around = "".join(f"<li><a href='/x{n}'>{line}</a></li>" for n, line in enumerate(FURNITURE))
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-11-06T09:10:00+02:00"})
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>{TITLE} | Ravel Post</title>"
        f"<meta property='article:published_time' content='2024-11-06T09:10:00+02:00'>"
        f"<script type='application/ld+json'>{data}</script></head><body><nav><ul>{around}</ul></nav>"
        f"<article><h1>{TITLE}</h1><time datetime='2024-11-06'>6 November 2024</time>\n{words}</article>"
        f"<aside>{FURNITURE[3]}</aside><footer>{FURNITURE[4]}</footer></body></html>"
    ).encode()


def scrape() -> bytes:
    """A text scrape: furniture, the title twice, the words."""
    return "\n\n".join((*FURNITURE[:3], TITLE, TITLE, "6 November 2024", *BODY, *FURNITURE[3:])).encode()


def mhtml() -> bytes:
    """A page as a browser saves it into one file."""
    body = base64.encodebytes(page()).replace(b"\n", b"\r\n")
    return (
        b"From: <Saved by a browser>\r\nSubject: =?utf-8?Q?Kosti?=\r\nDate: Wed, 6 Nov 2024 12:00:00 -0000\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----b--"\r\n\r\n'
        b"------b--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: https://ravelpost.example/kosti\r\n\r\n" + body + b"\r\n------b----\r\n"
    )


def mail() -> bytes:
    """A newsletter."""
    return (
        "Message-ID: <1@ravelpost.example>\r\nMIME-Version: 1.0\r\nFrom: Ravel Post <desk@ravelpost.example>\r\n"
        f"Subject: {TITLE}\r\nDate: Wed, 06 Nov 2024 09:10:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n" + "\r\n\r\n".join(BODY)
    ).encode()


def pdf() -> bytes:
    """A page of PDF with a text layer, written by hand."""
    plain = "\n".join((TITLE, *BODY)).encode("ascii", "ignore").decode().replace("(", "").replace(")", "")
    text = "\n".join(f"({line}) Tj T*" for line in plain.split("\n"))
    stream = f"BT /F1 11 Tf 14 TL 40 780 Td\n{text}\nET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def lines() -> bytes:
    """JSON Lines of three reports, one of them a page."""
    reports: list[dict[str, object]] = [
        {"id": "r1", "url": "https://ravelpost.example/2024/11/06/kosti", "outlet": "Ravel Post", "published": "2024-11-06"},
        {"id": 2, "outlet": None, "published": None, "text": BODY[1]},
        {"html": page().decode()},
    ]
    reports[0] |= {"lang": "en", "text": "\n\n".join(BODY)}
    return b"".join(json.dumps(r, ensure_ascii=n == 1).encode() + b"\n" for n, r in enumerate(reports))


@lru_cache(maxsize=1)
def seeds() -> tuple[tuple[str, bytes], ...]:
    """Names and bytes of one report, or a few, in every format, with the project's examples."""
    files = {
        "page.html": page(),
        "scrape.txt": scrape(),
        "saved.mhtml": mhtml(),
        "letter.eml": mail(),
        "paper.pdf": pdf(),
        "reports.jsonl": lines(),
        "report.json": json.dumps([json.loads(line) for line in lines().splitlines()]).encode(),
        "cyrillic.txt": scrape().decode().encode("cp1251", "replace"),
        "wide.txt": scrape().decode().encode("utf-16"),
    }
    packed, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, tarfile.open(fileobj=tarred, mode="w") as tape:
        for name, content in files.items():
            # A fixed day, so that a seed makes the same bytes on every day.
            archive.writestr(zipfile.ZipInfo(f"week/{name}", (2024, 11, 6, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
            info = tarfile.TarInfo(f"week/{name}")
            info.size = len(content)
            tape.addfile(info, io.BytesIO(content))
    files |= {
        "week.zip": packed.getvalue(),
        "week.tar": tarred.getvalue(),
        "week.tar.gz": gzip.compress(tarred.getvalue(), mtime=0),
        "week.tar.bz2": bz2.compress(tarred.getvalue()),
        "week.tar.xz": lzma.compress(tarred.getvalue()),
        "reports.jsonl.gz": gzip.compress(lines(), mtime=0),
    }
    if EXAMPLES.is_dir():
        files |= {f"example-{path.name}": path.read_bytes() for path in sorted(EXAMPLES.iterdir()) if path.is_file()}
    return tuple(files.items())


Mutation = Callable[[bytes, Random], bytes]


def _spot(content: bytes, random: Random) -> int:
    return random.randint(0, len(content))


def flip(content: bytes, random: Random) -> bytes:
    """A few bytes become others."""
    out = bytearray(content)
    for _ in range(random.choice((1, 4, 40))):
        if out:
            out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def cut(content: bytes, random: Random) -> bytes:
    """The head, the tail or a stretch is lost."""
    a, b = sorted((_spot(content, random), _spot(content, random)))
    return random.choice((content[:a], content[b:], content[:a] + content[b:]))


def splice(content: bytes, random: Random) -> bytes:
    """The middle of another input stands in this one."""
    other = random.choice(seeds())[1]
    a, b = sorted((_spot(other, random), _spot(other, random)))
    at = _spot(content, random)
    return content[:at] + other[a : min(b, a + 20_000)] + content[at:]


def repeat(content: bytes, random: Random) -> bytes:
    """A stretch stands many times."""
    at = _spot(content, random)
    chunk = content[at : at + random.choice((1, 3, 20, 400))]
    return content[:at] + chunk * min(random.choice((2, 30, 2000)), 40_000 // max(len(chunk), 1)) + content[at:]


def swap_encoding(content: bytes, random: Random) -> bytes:
    """Written in another encoding than it was, or through two of them."""
    text = content.decode(random.choice(("utf-8", "latin-1", "cp1252")), "replace")
    other = random.choice(("utf-16", "utf-16-be", "utf-32", "cp1251", "cp1256", "koi8-r", "shift_jis", "utf-7"))
    return text.encode(other, "replace")


def lie_of_charset(content: bytes, random: Random) -> bytes:
    """Declares an encoding that it is not in, or one that does not exist."""
    lies = (b"utf-16", b"shift_jis", b"x-nonsense", b"\xff\xfe", b"utf-7", b"base64", b"idna", b"rot13", b"undefined", b"")
    lie = random.choice(lies)
    for old in (b"charset='utf-8'", b"charset=utf-8", b"charset=UTF-8"):
        if old in content:
            return content.replace(old, b"charset=" + lie)
    return b'<?xml version="1.0" encoding="' + lie + b'"?><meta charset="' + lie + b'">' + content


def hurt_headers(content: bytes, random: Random) -> bytes:
    """The structures of an archive, a PDF or a mail are damaged where they stand."""
    marks = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"ustar", b" obj", b"xref", b"boundary=", b"Content-", b"\x1f\x8b")
    places = [at for mark in marks for at in _places(content, mark)]
    out = bytearray(content)
    for _ in range(random.randint(1, 4)):
        if places:
            at = random.choice(places) + random.randint(0, 46)
            width = random.choice((1, 2, 4, 8))
            out[at : at + width] = random.choice((b"\xff", b"\x00", random.randbytes(1))) * width
    return bytes(out)


def _places(content: bytes, mark: bytes) -> list[int]:
    found, at = [], content.find(mark)
    while at >= 0 and len(found) < 200:
        found.append(at)
        at = content.find(mark, at + 1)
    return found


# What stops parsers and patterns: deep nesting, huge lines, unended things, numbers and dates that cannot be.
_POISON: tuple[bytes, ...] = (
    b"<div>" * 20_000,
    b"<b><i><a href=x>" * 3_000,
    b"<table><tr><td>" * 2_000,
    b"[" * 20_000,
    b'{"a":' * 5_000,
    b"(" * 5_000,
    "“".encode() * 5_000,
    b"\"'" * 5_000,
    b"a" * 200_000,
    b"killed 12 " * 10_000,
    b"Kosti, " * 10_000,
    b"said that " * 5_000,
    b"Al-" * 20_000,
    b"the second " * 5_000,
    b"1,000,000," * 5_000,
    b"9" * 5_000,
    b" " * 100_000,
    b"\n" * 50_000,
    b"\t \xc2\xa0" * 20_000,
    b". " * 20_000,
    b"U.S." * 10_000,
    b"Mr. " * 10_000,
    b"<!--",
    b"<script>",
    b"<![CDATA[",
    b"</html>",
    b"<plaintext>",
    b"<svg><style><!--</style>",
    b"&#x110000;&#xD800;&#0;&#99999999999999;&amp" * 50,
    b"\x00" * 1_000,
    b"\xed\xa0\x80\xed\xb0\x80" * 50,
    "\u202e\u200f\u2066\ufeff\u0000\u2028\u0085".encode() * 50,
    ("Z" + "\u0301" * 500).encode() * 20,
    "İıſßﬁ\U0001f4a5\U000e0001".encode() * 200,
    b" on 31 February 99999 at 25:61 GMT+99, 00/00/0000, 99.99.9999 ",
    b" 999999999999999999999999 years ago, in 0 BC, since -1 October ",
    b" at least -12 to 5 killed, between 9 and 2 wounded, 1e309 dead, \xc2\xbd hurt ",
    b" <time datetime='99999-99-99T99:99:99+99:99'> <meta property='article:published_time' content='0000-00-00'> ",
    b"\r\n\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 300,
)


def poison(content: bytes, random: Random) -> bytes:
    """Something that stops a parser stands somewhere."""
    at = _spot(content, random)
    return content[:at] + random.choice(_POISON) + content[at:]


_MARKS = (b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\u12", b"\\ud800", b"null", b"\n", b"NaN")


def break_json(content: bytes, random: Random) -> bytes:
    """Quotes, brackets, commas and escapes come and go."""
    out = bytearray(content)
    for _ in range(random.randint(1, 6)):
        at = random.randint(0, len(out))
        out[at : at + random.randint(0, 1)] = random.choice(_MARKS)
    return bytes(out)


def reshape(content: bytes, random: Random) -> bytes:
    """The words lose their breaks, their blanks, their capitals or their order."""
    text = content.decode("utf-8", "surrogateescape")
    words = text.split(" ")
    random.shuffle(words)
    blanks = (text.replace("\n", " "), text.replace(" ", ""), text.replace(" ", "\n"))
    text = random.choice((*blanks, text.upper(), text.lower(), text[::-1], " ".join(words)))
    return text.encode("utf-8", "surrogatepass")


MUTATIONS: tuple[Mutation, ...] = (
    flip,
    cut,
    splice,
    repeat,
    swap_encoding,
    lie_of_charset,
    hurt_headers,
    poison,
    break_json,
    reshape,
)
ENDINGS = ("", ".html", ".txt", ".mhtml", ".eml", ".pdf", ".jsonl", ".json", ".zip", ".tar", ".tar.gz", ".xz", ".docx", ".PHP")
# An input is kept below this, in bytes: what is tried here is damage, not size.
LARGEST = 400_000


def mutated(number: int, base: int) -> tuple[str, bytes, tuple[str, ...]]:
    """The name, bytes and mutations of one damaged input: the same for the same two numbers."""
    random = Random(f"{base}:{number}")
    name, content = random.choice(seeds())
    chosen = random.choices(MUTATIONS, k=random.choice((1, 1, 2, 3)))
    for mutation in chosen:
        content = mutation(content, random)[:LARGEST]
    if random.random() < 0.15:
        name = name.split(".")[0] + random.choice(ENDINGS)
    return name, content, (name, *(m.__name__ for m in chosen))
