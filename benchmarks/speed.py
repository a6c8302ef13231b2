"""How fast reports become claims and claims incidents, on one core, and what it costs to start and to hold them.

    python benchmarks/speed.py [--articles N] [--claims N,N] [--profile]

Seconds are the processor's, of one process. Since machines differ, each figure that matters stands beside one measured in the
same run: a plain pass of a word pattern over the same text.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import json
import os
import pstats
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from _articles import OUTLETS, PLACES, SIDES, WORDS, article, document, page

from crossbearing.ledger import Writer
from crossbearing.link.incidents import link
from crossbearing.model.claim import Actor, Claim, claim_id
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Capture, Document, Media, Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place
from crossbearing.pipeline import default_parts, digest

WANTED = 100
"""Articles of 450 words a second, from clean text to claims, that the project sets itself."""
WORD = re.compile(r"\w+")


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    began = time.process_time()
    work()
    return time.process_time() - began


def reading(name: str, documents: Sequence[Document]) -> list[Claim]:
    """Clean text to claims: articles of 450 words a second, the shares of the stages, and the words' own pass beside it."""
    parts = default_parts()
    parts.resolve(documents[0], parts.read(documents[0]))  # tables are loaded once a run, and counted at the start-up
    words = sum(len(d.text.split()) for d in documents)
    read = resolve = 0.0
    claims: list[Claim] = []
    for one in documents:
        began = time.process_time()
        found = parts.read(one)
        between = time.process_time()
        claims.extend(parts.resolve(one, found).claims)
        resolve += time.process_time() - between
        read += between - began
    plain = spent(lambda: [[m.group().lower() for m in WORD.finditer(d.text)] for d in documents])
    whole = read + resolve
    print(f"{name}: {len(documents)} of {words / len(documents):.0f} words, {len(claims)} claims")
    print(f"  clean text to claims        {words / WORDS / whole:8.1f} articles of {WORDS} words a second (wanted: {WANTED})")
    print(f"  read {read / whole:.0%}, resolve {resolve / whole:.0%}; {whole / plain:.0f} times a plain pass over the words")
    return claims


def cleaning(many: int) -> None:
    """Bytes to claims, from web pages and from text."""
    parts = default_parts()
    for name, media, make in (("web pages", Media.HTML, page), ("text scrapes", Media.SCRAPE, article)):
        captures = []
        for number in range(many):
            content = make(number).encode()
            captures.append(Capture(content, hashlib.sha256(content).hexdigest(), f"{number}", f"{number}", media))
        digest(captures[0], parts)
        alone = spent(lambda captures=captures: [parts.clean(c) for c in captures])  # type: ignore[misc]
        whole = spent(lambda captures=captures: [digest(c, parts) for c in captures])  # type: ignore[misc]
        print(
            f"{name}: {many / alone:.1f} a second cleaned, {many / whole:.1f} a second to claims; clean takes {alone / whole:.0%}"
        )


# ---------------------------------------------------------------- links


def made_up_claims(many: int) -> list[Claim]:
    """Claims on as many reports, four to an incident on average, spread over days as they grow in number."""
    chance = Random(7)
    template = default_parts()
    model = next(
        c for n in range(9) for c in template.resolve(document(n), template.read(document(n))).claims if c.when and c.where
    )
    made = []
    for number in range(many):
        happening = chance.randrange(many // 4)
        own = Random(happening)
        day = date(2023, 1, 1) + timedelta(days=own.randrange(max(many // 40, 1)))
        (town, country), side = own.choice(PLACES), own.choice(SIDES)
        place = Place(town, town, model.where.value.precision, country, None, own.uniform(-40, 60), own.uniform(-80, 120), 5.0)
        paper = f"d{number:016}"
        assert model.when is not None
        made.append(
            replace(
                model,
                id=claim_id(paper, Span(0, 10), "bench", 0, (OUTLETS[number % 6],)),
                document=paper,
                report=f"{number}",
                quote=f"{side} struck {town}, {OUTLETS[number % 6]} said, {happening}",
                when=replace(model.when, value=Interval.day(day)),
                where=Stated(place, (Span(0, 10),), "bench"),
                perpetrators=(Stated(Actor(side, side.lower(), side), (Span(0, 10),), "bench"),),
            )
        )
    return made


def linking(sizes: Sequence[int]) -> None:
    """Claims linked a second, and how the time grows with their number."""
    before: tuple[int, float] | None = None
    for many in sizes:
        claims = made_up_claims(many)
        found: list[int] = []
        took = spent(lambda claims=claims, found=found: found.append(len(link(claims, ()))))  # type: ignore[misc]
        growth = f"; {many / before[0]:.0f} times the claims take {took / before[1]:.1f} times as long" if before else ""
        print(f"link: {many} claims to {found[0]} incidents in {took:.2f} s, {many / took:,.0f} claims a second{growth}")
        before = (many, took)


# ---------------------------------------------------------------- room and start-up


def room(many: int) -> None:
    """Bytes that the ledger takes for a claim, all told."""
    parts = default_parts()
    with tempfile.TemporaryDirectory() as folder:
        path, claims, text = str(Path(folder) / "speed.ledger"), 0, 0
        with Writer(path) as writer:
            for number in range(many):
                content = article(number).encode()
                text += len(content)
                capture = Capture(content, hashlib.sha256(content).hexdigest(), f"{number}", f"{number}", Media.SCRAPE)
                outcome = digest(capture, parts)
                claims += len(outcome.claims)
                writer.append(outcome, capture)
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    print(f"ledger: {size / claims:,.0f} bytes a claim, {size / many:,.0f} a report of {text / many:,.0f} bytes")


def starting() -> None:
    """Seconds from the command to its end, and the most memory it takes."""
    with tempfile.TemporaryDirectory() as folder:
        report, ledger = Path(folder) / "report.txt", Path(folder) / "one.ledger"
        report.write_text(article(1), encoding="utf-8")
        commands = (
            ("python -c pass", ["-c", "pass"]),
            ("crossbearing --help", ["-m", "crossbearing", "--help"]),
            ("crossbearing run, one report", ["-m", "crossbearing", "run", str(report), "--ledger", str(ledger)]),
            ("crossbearing incidents", ["-m", "crossbearing", "incidents", "--ledger", str(ledger)]),
        )
        for name, command in commands:
            best = min(_timed([sys.executable, *command]) for _ in range(3))
            print(f"start: {name:30} {best:6.2f} s")


def _timed(command: list[str]) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, env={**os.environ, "NO_COLOR": "1"}, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return time.perf_counter() - began


def profile(documents: Sequence[Document]) -> None:
    """The five functions that take most time themselves."""
    parts = default_parts()
    profiler = cProfile.Profile()
    profiler.enable()
    for one in documents:
        parts.resolve(one, parts.read(one))
    profiler.disable()
    stats = pstats.Stats(profiler)
    rows = sorted(stats.stats.items(), key=lambda row: -row[1][2])[:5]  # type: ignore[attr-defined]
    whole = sum(row[2] for row in stats.stats.values())  # type: ignore[attr-defined]
    print("profile, by a function's own time:")
    for (file, line, name), (_, calls, own, _, _) in rows:
        where = f"{Path(file).parent.name}/{Path(file).name}:{line} " if line else ""
        print(f"  {own / whole:6.1%} {calls / len(documents):8.0f} calls an article   {where}{name}")


def annotated() -> list[Document]:
    """The annotated development reports, where they lie beside the checkout."""
    corpora = os.environ.get("CROSSBEARING_CORPORA") or Path(__file__).resolve().parents[2] / "shared" / "corpora"
    file = Path(corpora) / "us_bases_dev" / "reports.jsonl"
    if not file.is_file():
        return []
    reports = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [document(n, report["text"], report["published"]) for n, report in enumerate(reports)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--claims", default="2000,8000", help="sizes for the links, with commas")
    parser.add_argument("--profile", action="store_true", help="print the profile's top five as well")
    options = parser.parse_args()
    documents = [document(n) for n in range(options.articles)]
    reading("made-up articles", documents)
    if reports := annotated():
        reading("us_bases_dev", reports)
    cleaning(min(options.articles, 100))
    room(min(options.articles, 100))
    linking([int(size) for size in options.claims.split(",")])
    starting()
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most in this process")
    if options.profile:
        profile(documents)


if __name__ == "__main__":
    main()
