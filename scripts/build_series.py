"""Make the package's own small copy of the cumulative series: dates and numbers only, one CSV file a series.

    python scripts/build_series.py [FOLDER]

FOLDER holds gaza_daily.csv, west_bank_daily.csv, lebanon_daily.csv and META.json (default: ../shared/series beside the
checkout). Each file that it writes opens with a header in comment lines, which is YAML: the package reads it to know
what the numbers are of. Another series is another such file in `src/crossbearing/resources/series/`.
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "crossbearing" / "resources" / "series"


@dataclass(frozen=True)
class Series:
    """One file to write: its header, where its rows come from, and which columns hold the numbers."""

    name: str
    source: str
    header: dict[str, object]
    killed: tuple[str, str]
    """The column as the source published it, and the one filled in where it published none."""
    injured: tuple[str, str]
    only: tuple[str, str] | None = None
    """A column and the value that its rows must have."""
    reported: tuple[str, str] | None = None
    """A column and the value that it has where the source gave the numbers on that day, and did not fill them in."""


WHAT = "cumulative totals as published by the counting body on that day; disputed by others, and held here only to date pages"
GAZA = Series(
    "gaza",
    "gaza_daily.csv",
    {
        "name": "the war in Gaza",
        "places": ["Gaza", "Gaza Strip"],
        "people": ["Gazans", "Palestinians"],
        "since": "2023-10-07",
        "counts": f"people killed and injured in the Gaza Strip, {WHAT}",
        "counted_by": "Ministry of Health in Gaza (where it gave none: Government Media Office, or filled in between)",
    },
    ("killed_cum", "ext_killed_cum"),
    ("injured_cum", "ext_injured_cum"),
)
WEST_BANK = Series(
    "west_bank",
    "west_bank_daily.csv",
    {
        "name": "the West Bank since 7 October 2023",
        "places": ["West Bank"],
        "people": [],
        "since": "2023-10-07",
        "counts": f"people killed and injured in the West Bank, {WHAT}",
        "counted_by": "Palestinian Ministry of Health and UN OCHA",
    },
    ("killed_cum", "killed_cum"),
    ("injured_cum", "injured_cum"),
    reported=("flash_source", "un"),
)
LEBANON_HEADER = {
    "places": ["Lebanon"],
    "people": ["Lebanese"],
    "counts": f"people killed and injured in Lebanon, {WHAT}",
    "counted_by": "Ministry of Public Health of Lebanon (before 28 October 2024 as relayed by UN OCHA and WHO)",
}
LEBANON_2023 = Series(
    "lebanon_2023",
    "lebanon_daily.csv",
    {"name": "Lebanon since 8 October 2023", **LEBANON_HEADER, "since": "2023-10-08"},
    ("killed_cum_reported", "killed_cum_reported"),
    ("injured_cum_reported", "injured_cum_reported"),
    ("phase", "1"),
)
LEBANON_2026 = Series(
    "lebanon_2026",
    "lebanon_daily.csv",
    {"name": "Lebanon since 2 March 2026", **LEBANON_HEADER, "since": "2026-03-02"},
    ("killed_cum_reported", "killed_cum_reported"),
    ("injured_cum_reported", "injured_cum_reported"),
    ("phase", "2"),
)


def main() -> None:
    """Write every series, or say what is missing."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "series"
    if not folder.is_dir():
        sys.exit(f"{folder}: no such folder. Give the folder that holds gaza_daily.csv as the first argument.")
    meta = json.loads((folder / "META.json").read_text(encoding="utf-8"))
    TARGET.mkdir(parents=True, exist_ok=True)
    for series in (GAZA, WEST_BANK, LEBANON_2023, LEBANON_2026):
        text = written(series, folder, meta)
        (TARGET / f"{series.name}.csv").write_text(text, encoding="utf-8", newline="\n")
        print(f"{series.name}.csv: {text.count(chr(10))} lines")


def written(series: Series, folder: Path, meta: dict[str, str]) -> str:
    """The file's text: the header as comments, then date, killed, injured, and whether the source gave both itself."""
    header = series.header | {"source": meta["source"], "licence": meta["licence"]}
    lines = [f"# {line}" for line in yaml.safe_dump(header, sort_keys=False, allow_unicode=True, width=110).splitlines()]
    lines.append("date,killed,injured,given")
    with (folder / series.source).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if series.only and row[series.only[0]] != series.only[1]:
                continue
            killed, injured = (row[given] or row[filled] for given, filled in (series.killed, series.injured))
            told = series.reported is None or row[series.reported[0]] == series.reported[1]
            given = int(bool(told and row[series.killed[0]] and row[series.injured[0]]))
            lines.append(f"{row['report_date']},{killed},{injured},{given}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
