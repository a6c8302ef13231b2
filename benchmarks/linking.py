"""How fast claims become incidents, how many pairs are looked at, and how both grow with the ledger.

    python benchmarks/linking.py [--claims N,N,...] [--a-day N] [--parts] [--again] [--profile] [--svg FILE]

A made ledger: invented towns, parties and reports, the same for the same seed. A ledger grows as news does, by days of about as
many claims each (`--a-day`): some three reports tell of an incident, a few incidents have dozens; a few towns have many strikes
in one day; three claims in ten bear no date or no fine place. Each size runs in a process of its own, so that its memory is
its own. Seconds are the processor's; pairs are those that the blocking leaves to be compared, and joins those that compare
as one happening. `--again` draws all but the last day, then all with that drawing at hand, and says what that saves.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import math
import pstats
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

from crossbearing.link import incidents
from crossbearing.link.candidates import candidates
from crossbearing.link.compare import score
from crossbearing.link.units import units
from crossbearing.model.claim import Actor, Claim, ClaimRole, Figure, Status, Voice, claim_id
from crossbearing.model.mention import Stance
from crossbearing.model.provenance import Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.model.where import Place, Precision
from crossbearing.resources import rows

SIZES = "1000,10000,30000,100000"
A_DAY = 150
"""Claims a day: a desk that reads a few wars."""
START = date(2021, 1, 1)
STEP = "made/1"
WORD = (Span(0, 4),)
KINDS = (
    ("Explosions/Remote violence", "Air/drone strike", ("drone", "two drones", "missile", "bomb")),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack", ("rocket", "mortar shells", "missile")),
    ("Battles", "Armed clash", ("rifles", "machine guns")),
    ("Violence against civilians", "Attack", ("rifles", "knife")),
)
SYLLABLES = "ba ren ko mi tal su dor vel na qui sha lo gar pen ti zu".split()


class World:
    """Invented countries with their towns and parties. A town's share of the news falls with its rank."""

    def __init__(self, dice: Random, countries: int = 14, towns: int = 250) -> None:
        self.countries: list[Place] = []
        self.towns: list[list[Place]] = []
        self.parties: list[list[Actor]] = []
        for n in range(countries):
            code, north, east = f"X{chr(65 + n)}", dice.uniform(-30, 55), dice.uniform(-80, 120)
            reach = dice.uniform(150, 900)
            self.countries.append(Place(f"iso:{code}", code, Precision.COUNTRY, code, None, north, east, reach))
            self.towns.append([self._town(dice, code, number, north, east, reach) for number in range(towns)])
            kinds = ("state forces", "rebel group", "rebel group", "political militia")
            self.parties.append([Actor(f"{code} {k} {m}", f"actor:{code}{m}", f"{code} {k}", k) for m, k in enumerate(kinds)])
        self.shares = [1 / (n + 1) for n in range(countries)]
        self.ranks = list(accumulate(1 / (n + 1) for n in range(towns)))

    @staticmethod
    def _town(dice: Random, code: str, number: int, north: float, east: float, reach: float) -> Place:
        away, turn = reach / 111 * math.sqrt(dice.random()), dice.uniform(0, 2 * math.pi)
        lat = north + away * math.sin(turn)
        lon = east + away * math.cos(turn) / math.cos(math.radians(lat))
        exact = dice.random() < 0.2
        precision, radius = (Precision.EXACT, 4.0) if exact else (Precision.TOWN, dice.uniform(2, 10))
        return Place(f"made:{code}{number}", f"{code}{number}", precision, code, f"{code}-{number % 8}", lat, lon, radius)


def made_ledger(many: int, a_day: int = A_DAY, seed: int = 11) -> list[Claim]:
    """So many claims, in the order in which the news came."""
    dice = Random(seed)
    world = World(dice)
    made: list[Claim] = []
    day, documents, papers = START, [], 0
    while len(made) < many:
        before = len(made)
        documents = []  # of the day, each with the happenings it has told
        while len(made) - before < a_day:
            incident = _incident(dice, world, day)
            for _ in range(min(1 + int(dice.expovariate(0.6) + (dice.paretovariate(1.3) - 1)), 80)):
                told = dice.choice(documents) if documents and dice.random() < 0.3 else None
                if told is None or incident.id in told[1]:
                    papers += 1
                    told = (f"d{papers:08}", set[str]())
                    documents.append(told)
                told[1].add(incident.id)
                made.append(_told(dice, world, incident, told[0], len(told[1]) - 1))
        day += timedelta(days=1)
    return made[:many]


def _incident(dice: Random, world: World, day: date) -> Claim:
    """What happened, as a claim that tells all of it."""
    (country,) = dice.choices(range(len(world.countries)), world.shares)
    (town,) = dice.choices(world.towns[country], cum_weights=world.ranks)
    event, sub, means = dice.choice(KINDS)
    by, on = dice.sample(world.parties[country], 2)
    killed = int(dice.paretovariate(0.9)) - 1
    return Claim(
        claim_id(f"{day}", Span(0, 4), STEP, dice.getrandbits(60), ()), "", "", "", "", Span(0, 4), ClaimRole.MAIN,
        Status.HAPPENED, event, sub, Stance.ASSERTS, STEP, when=Stated(Interval.day(day), WORD, STEP),
        where=Stated(town, WORD, STEP), perpetrators=(Stated(by, WORD, STEP),), targets=(Stated(on, WORD, STEP),),
        weapons=(Stated(dice.choice(means), WORD, STEP),), killed=Stated(Figure(killed, killed, "killed"), WORD, STEP),
    )  # fmt: skip


def _told(dice: Random, world: World, what: Claim, document: str, happening: int) -> Claim:
    """One report's telling: it leaves out, widens and errs as reports do."""
    assert what.when
    assert what.where
    assert what.killed
    code = what.where.value.country
    country = next(c for c in world.countries if c.country == code)
    (place,) = dice.choices((what.where, Stated(country, WORD, STEP), None), (85, 10, 5))
    day = what.when.value.earliest or START
    late = timedelta(days=1) if dice.random() < 0.08 else timedelta()
    (wide,) = dice.choices((0, 1, 6, 30), (86, 7, 5, 2))
    gunmen = Actor("gunmen", None, "unidentified gunmen")
    (by,) = dice.choices((what.perpetrators, (Stated(gunmen, WORD, STEP),), ()), (60, 10, 30))
    toll = what.killed.value.low or 0
    voices = (f"Outlet {dice.randrange(40)}", *((f"Speaker {code}{dice.randrange(6)}",) if dice.random() < 0.5 else ()))
    own = [f"{what.id}{dice.choice('abc')}"] if dice.random() < 0.5 else []  # a victim's name, a street: three to an incident
    quote = " ".join([*dice.choices(*_news(), k=24), *own])
    return replace(
        what, id=claim_id(document, Span(0, 4), STEP, happening, voices), document=document, report=document, file=document,
        quote=quote, span=Span(0, len(quote)), happening=happening, where=place, perpetrators=by,
        when=None if dice.random() < 0.15 else Stated(Interval(day + late - timedelta(days=wide), day + late), WORD, STEP),
        targets=what.targets if dice.random() < 0.5 else (), weapons=what.weapons if dice.random() < 0.5 else (),
        killed=Stated(Figure(toll, toll + dice.choice((0, 0, 2)), "killed"), WORD, STEP) if dice.random() < 0.4 else None,
        status=dice.choices((Status.HAPPENED, Status.FOILED, Status.PLANNED), (93, 5, 2))[0],
        chain=tuple(Stated(Voice(v, "claimant" if n else "outlet", v), WORD, STEP) for n, v in enumerate(voices)),
    )  # fmt: skip


@cache
def _news() -> tuple[list[str], list[int]]:
    """Words of news, each with the number of documents that hold it in the table that ships."""
    table = rows("words.csv")
    return [row["word"] for row in table], [int(row["documents"]) for row in table]


# ---------------------------------------------------------------- one size, in a process of its own


def measured(many: int, a_day: int, parts: bool, again: bool) -> dict[str, float]:
    """Seconds of `link`, pairs and joins, incidents, and the most memory in MiB; with the parts timed apart where wanted, and
    with the time that it takes where all but the last day was drawn before."""
    claims = made_ledger(many, a_day)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.process_time()
    found = incidents.link(claims)
    took = time.process_time() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = units(claims)
    began = time.process_time()
    pairs = list(candidates(told))
    blocking = time.process_time() - began
    row = {"claims": many, "seconds": took, "incidents": len(found), "pairs": len(pairs), "blocking": blocking}
    row |= {"MiB": most, "of them claims": held, "largest": max(len(i.reports) for i in found)}
    if parts:
        began = time.process_time()
        row["joins"] = sum(score(told[i], told[j]) >= 0 for i, j in pairs)
        row["comparing"] = time.process_time() - began
    if again:
        before = incidents.link(claims[:-a_day])
        began = time.process_time()
        drawn = incidents.link(claims, before=before)
        row["again"] = time.process_time() - began
        assert drawn == found
        kept = set(map(id, before))
        row["as they were"] = sum(id(one) in kept for one in drawn)
    return row


def apart(many: int, options: argparse.Namespace) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, str(Path(__file__)), "--one", str(many), "--a-day", str(options.a_day)]
    asked = [name for name, wanted in (("--parts", options.parts), ("--again", options.again)) if wanted]
    done = subprocess.run([*command, *asked], capture_output=True, text=True, check=True)
    row: dict[str, float] = json.loads(done.stdout)
    return row


def growth(rows: Sequence[dict[str, float]], name: str) -> str:
    """The exponent by which a figure grows between the last two sizes ten times apart or more: 1 is linear."""
    last = rows[-1]
    first = next((r for r in reversed(rows[:-1]) if last["claims"] >= 10 * r["claims"]), rows[0])
    exponent = math.log(last[name] / first[name]) / math.log(last["claims"] / first["claims"])
    return f"{name} grow as the claims to the power of {exponent:.2f} from {first['claims']:,} to {last['claims']:,}"


def plot(rows: Sequence[dict[str, float]]) -> str:
    """Seconds against claims on two scales of powers of ten, beside what growing with the claims alone would be."""
    first, last = rows[0], rows[-1]
    low, high = math.floor(math.log10(first["seconds"])), math.ceil(math.log10(last["seconds"]))
    left, right = math.floor(math.log10(first["claims"])), math.ceil(math.log10(last["claims"]))

    def at(claims: float, seconds: float) -> tuple[float, float]:
        x = 60 + 300 * (math.log10(claims) - left) / (right - left)
        return round(x, 1), round(230 - 200 * (math.log10(seconds) - low) / (high - low), 1)

    marks = []
    for power in range(low, high + 1):
        y = at(1, 10**power)[1]
        marks.append(f'<path d="M60 {y}H360" stroke="#ccc"/><text x="54" y="{y + 4}" text-anchor="end">{10**power:g} s</text>')
    for power in range(left, right + 1):
        marks.append(f'<text x="{at(10**power, 1)[0]}" y="248" text-anchor="middle">{10**power:,}</text>')
    points = [at(row["claims"], row["seconds"]) for row in rows]
    straight = [at(c, first["seconds"] * c / first["claims"]) for c in (first["claims"], last["claims"])]
    line = "M" + "L".join(f"{x} {y}" for x, y in points)
    plain = "M" + "L".join(f"{x} {y}" for x, y in straight)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3.5"/>' for x, y in points)
    drawn = f'<path d="{plain}" stroke="#999" stroke-dasharray="5 4"/><path d="{line}" stroke="currentColor" fill="none"/>{dots}'
    labels = f'{"".join(marks)}<text x="210" y="266" text-anchor="middle">claims (dashed: in proportion)</text>'
    style = 'font-family="sans-serif" font-size="11" fill="currentColor"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 275" width="380" height="275" {style}>'
    return f"{head}{labels}{drawn}</svg>\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", default=SIZES, help="sizes, with commas")
    parser.add_argument("--a-day", type=int, default=A_DAY, help="claims of one day")
    parser.add_argument("--parts", action="store_true", help="count the joins too, and time comparing apart")
    parser.add_argument("--again", action="store_true", help="also draw again after one more day, the drawing before it at hand")
    parser.add_argument("--profile", type=int, metavar="CLAIMS", help="the functions that take most time themselves, and no more")
    parser.add_argument("--svg", type=Path, help="write the plot of seconds against claims here")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.one, options.a_day, options.parts, options.again)))
        return
    if options.profile:
        claims, profiler = made_ledger(options.profile, options.a_day), cProfile.Profile()
        profiler.runcall(incidents.link, claims)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(15)
        return
    rows = []
    for size in options.claims.split(","):
        row = apart(int(size), options)
        rows.append(row)
        print(
            f"{row['claims']:>9,} claims {row['seconds']:8.1f} s  {row['claims'] / row['seconds']:8,.0f} claims a second "
            f"{row['pairs']:>11,} pairs {row['pairs'] / row['claims']:6.1f} a claim (made in {row['blocking']:.1f} s) "
            f"{row['incidents']:>8,} incidents, the largest of {row['largest']} reports "
            f"{row['MiB']:6,.0f} MiB, {row['of them claims']:,.0f} of them the claims",
            flush=True,
        )
        if options.parts:
            print(f"{'':10}{row['joins']:,} joins, compared in {row['comparing']:.1f} s")
        if options.again:
            print(
                f"{'':10}one day more: {row['again']:.1f} s with the drawing before at hand, {row['seconds']:.1f} s without; "
                f"{row['as they were']:,} incidents taken as they were"
            )
    if len(rows) > 1:
        print(growth(rows, "seconds"), growth(rows, "pairs"), sep="\n")
        if options.svg:
            options.svg.write_text(plot(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
