"""Reports made of templates, for trials that need many: invented towns and outlets, in the messy forms of saved pages."""

from __future__ import annotations

from pathlib import Path
from random import Random

TOWNS = ("Varsh", "Kolmena", "Dert", "Osk Hollow", "Tamar Ford", "Ninth Well", "Belarra", "Quarry Gate")
SIDES = ("the Northern Front", "government troops", "the Lake Brigade", "border guards")
OUTLETS = ("Lakeside Courier", "The Ridge Post", "Delta Monitor", "Harbour Wire")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

LEADS = (
    "At least {n} people were killed when rockets hit a market in {town} on {day}, {outlet} reported.",
    "{side} said on {day} that a drone they blame on {other} had struck a depot near {town}, wounding {n} soldiers.",
    "Clashes between {side} and {other} in {town} left {n} fighters dead overnight, the town council said.",
    "{other} denied on {day} that their aircraft had bombed {town}, where medics counted {n} injured.",
    "A roadside bomb killed {n} members of {side} outside {town} early on {day}.",
)
REST = (
    "Residents told {outlet} that they heard two blasts before dawn.",
    "It was the second attack on {town} in a week.",
    "More than {many} people have been killed since the war began in January 2023, according to the health office.",
    "{side} did not comment. {other} said it would respond.",
)
FURNITURE = "menu Home News Sport\nfolder_open{town} access_time4 months ago\nShare on all channels\n"


def write_reports(folder: Path, many: int, seed: int) -> None:
    """So many reports, some copies of one another, an index page, an empty page and a damaged one among them."""
    chance = Random(seed)
    made: list[str] = []
    for n in range(many):
        if n % 9 == 8:
            text = chance.choice(made)
        elif n % 25 == 3:
            text = "Home\nNews\nSport\n" + "\n".join(f"More from {town}" for town in TOWNS)
        elif n % 31 == 5:
            text = ""
        else:
            text = _report(chance, n)
        made.append(text)
        body = b"\xff\xfe\x00" + bytes([n % 256]) * 40 if n % 37 == 11 else text.encode()
        (folder / f"report-{n:04}.txt").write_bytes(body)


def _report(chance: Random, n: int) -> str:
    side, other = chance.sample(SIDES, 2)
    facts = {
        "n": chance.randint(1, 40),
        "many": f"{chance.randint(10, 90)},000",
        "town": chance.choice(TOWNS),
        "day": chance.choice(DAYS),
        "outlet": chance.choice(OUTLETS),
        "side": side,
        "other": other,
    }
    lines = [chance.choice(LEADS), *chance.sample(REST, 3)]
    text = "\n\n".join(line.format(**facts) for line in lines)
    shown = f"{facts['outlet']}\nPublished: 2024-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}\n"
    return (FURNITURE.format(**facts) if n % 2 else "") + shown + f"Report {n} from {facts['town']}\n\n" + text + "\n"
