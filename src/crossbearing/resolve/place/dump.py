"""The files that GeoNames publishes: which is which, what a line of them says, and which names and kinds of thing are kept.

    allCountries.txt, SY.txt, cities500.txt   19 columns: everything that has a name
    admin1CodesASCII.txt, admin2Codes.txt      4 columns: the divisions' usual names
    alternateNamesV2.txt                       8 to 10 columns: other names, old names, names in other languages

Each as it is, or in the .zip in which it is published; which is which is told by its columns, not by its name.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from crossbearing import resources
from crossbearing.errors import NothingUsable
from crossbearing.resolve.place.gazetteer import Kind, bare
from crossbearing.words.names import fold

FORM = "2"  # of what is made of a line; a build of another form is begun anew
LONGEST_LINE = 1 << 20  # bytes; the longest of allCountries.txt has some 15,000
WHERE = "Take allCountries.zip, or one country's file, from https://download.geonames.org/export/dump/"

KEPT: dict[str, tuple[Kind, str, float]] = {
    **{f"S.{code}": (Kind.SITE, word, km) for codes, word, km in (
        ("AIRP", "airport", 4), ("AIRF AIRH", "airfield", 3), ("AIRB", "air base", 5), ("INSM MILB", "military base", 4),
        ("FT", "fort", 3), ("NSY", "shipyard", 3), ("HSP HSPC HSPD", "hospital", 2), ("CMPRF", "refugee camp", 4),
        ("CMP", "camp", 4), ("PRN", "prison", 3), ("PS PSN PSH", "power station", 4), ("DAM", "dam", 4), ("BDG", "bridge", 2),
        ("OILR", "refinery", 4), ("OILT OILP", "oil terminal", 4), ("PSTB CSTM", "crossing", 4), ("PSTP", "post", 3),
        ("RSTN", "station", 2), ("UNIV", "university", 3), ("STDM", "stadium", 2), ("PAL", "palace", 2), ("MKT", "market", 2),
        ("MN MNAU MNC MNCU MNFE MNQR", "mine", 5), ("MSTY", "monastery", 2), ("MSQE", "mosque", 2), ("GOSP", "gas plant", 4),
        ("CTRN", "nuclear centre", 4), ("FCL", "facility", 3), ("WTRW", "waterworks", 3),
    ) for code in codes.split()},
    **{f"L.{code}": (Kind.SITE, word, km) for code, word, km in (
        ("MILB", "military base", 5), ("NVB", "naval base", 5), ("PRT", "port", 5), ("OILF", "oil field", 8),
        ("GASF", "gas field", 8), ("INDS", "industrial area", 6),
    )},
    **{f"L.{code}": (Kind.LAND, word, km) for code, word, km in (
        ("RGN", "region", 80), ("RGNE", "region", 80), ("AREA", "area", 15), ("LCTY", "locality", 6), ("CST", "coast", 80),
        ("TRB", "tribal area", 40), ("BTL", "battlefield", 8), ("PRK", "park", 25), ("RES", "reserve", 25),
    )},
    **{f"T.{code}": (Kind.LAND, word, km) for code, word, km in (
        ("MT", "mountain", 8), ("MTS", "mountains", 50), ("HLL", "hill", 4), ("HLLS", "hills", 20), ("ISL", "island", 10),
        ("ISLS", "islands", 40), ("PEN", "peninsula", 30), ("CAPE", "cape", 6), ("VAL", "valley", 25), ("PASS", "pass", 6),
        ("DSRT", "desert", 150), ("PLN", "plain", 40), ("PLAT", "plateau", 60), ("UPLD", "upland", 60), ("DLTA", "delta", 40),
    )},
    **{f"H.{code}": (Kind.LAND, word, km) for code, word, km in (
        ("STM", "river", 60), ("STMI", "river", 60), ("WAD", "wadi", 40), ("CNL", "canal", 40), ("LK", "lake", 15),
        ("LKS", "lakes", 30),
        ("RSV", "reservoir", 15), ("BAY", "bay", 20), ("GULF", "gulf", 150), ("STRT", "strait", 40), ("SEA", "sea", 400),
        ("SWMP", "swamp", 25), ("MRSH", "marsh", 25), ("LGN", "lagoon", 10), ("CHN", "channel", 25), ("HBR", "harbour", 5),
    )},
}  # fmt: skip
"""Feature class and code to the kind, the word and the reach in km of what is kept beside towns and divisions. A river is as
wide as a name of it leaves open: its one point says nothing of where along it."""

DIVISIONS = ("ADM1", "ADM2", "ADM3", "ADM4", "ADMD")
NO_LANGUAGE = frozenset(("link", "wkdt", "post", "iata", "icao", "faac", "unlc", "phon", "piny", "tcid"))
# -- the inputs -----------------------------------------------------------------------------------------------------------

FORMS = ("places", "admin1", "admin2", "names")
"""What an input can be, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a text file, or the text within a .zip."""

    path: Path
    member: str
    """Within a .zip; empty else."""
    form: str
    size: int
    """Bytes, unpacked."""
    mark: str
    """Tells this input from another under the same name: its size and its beginning, hashed."""

    @property
    def name(self) -> str:
        return self.path.name + (f":{self.member}" if self.member else "")


def source_of(path: Path) -> Source:
    """The input at a path, known by its columns. Raises `NothingUsable` with a sentence where it is no such dump."""
    member, size = _member(path)
    with opened(path, member) as file:
        head = file.read(1 << 16)
    if not head.strip():
        raise NothingUsable(f"{path}: is empty, and no GeoNames dump. {WHERE}.")
    lines = [line for line in head.decode("utf-8", "replace").splitlines() if line.strip()][:200]
    forms = [form for line in lines if (form := _form(line.split("\t")))]
    if len(forms) * 2 < len(lines):
        columns = len(lines[0].split("\t"))
        raise NothingUsable(
            f"{path}: is no GeoNames dump: its first line has {columns} column{'s' * (columns != 1)} parted by tabs, and a dump "
            f"has 19 (places), 4 (codes of divisions) or 8 to 10 (alternate names). {WHERE}."
        )
    form = max(sorted(set(forms)), key=forms.count)
    return Source(path, member, form, size, hashlib.sha256(f"{FORM} {form} {size} ".encode() + head).hexdigest()[:32])


def _member(path: Path) -> tuple[str, int]:
    """(the file within the .zip that holds the rows, its size); no member for what is no .zip."""
    try:
        if not zipfile.is_zipfile(path):
            return "", path.stat().st_size
        with zipfile.ZipFile(path) as archive:
            texts = [i for i in archive.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename.lower()]
    except FileNotFoundError as error:
        raise NothingUsable(f"{path}: no such file.") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise NothingUsable(f"{path}: cannot be read ({error}).") from error
    if not texts:
        raise NothingUsable(f"{path}: holds no .txt file, and is no GeoNames dump. {WHERE}.")
    most = max(texts, key=lambda i: i.file_size)
    return most.filename, most.file_size


@contextmanager
def opened(path: Path, member: str) -> Iterator[IO[bytes]]:
    try:
        if member:
            with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
                yield packed
        else:
            with path.open("rb") as plain:
                yield plain
    except (OSError, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
        raise NothingUsable(f"{path}: breaks off or cannot be read ({error}). Fetch it again.") from error
    except Exception as error:
        if type(error).__module__ == "zlib":  # damaged within
            raise NothingUsable(f"{path}: is damaged ({error}). Fetch it again.") from error
        raise


def _form(cells: list[str]) -> str:
    """What a row is by its columns; empty where it is nothing of GeoNames."""
    if len(cells) == 19 and cells[0].strip("\ufeff").isdigit():
        return "places"
    if len(cells) == 4 and re.fullmatch(r"[A-Z]{2}\.[^.\s]+", cells[0]):
        return "admin1"
    if len(cells) == 4 and re.fullmatch(r"[A-Z]{2}\.[^.\s]+\.\S+", cells[0]):
        return "admin2"
    if 8 <= len(cells) <= 10 and cells[0].isdigit() and cells[1].isdigit():
        return "names"
    return ""


# -- lines ---------------------------------------------------------------------------------------------------------------


def skip_to(file: IO[bytes], offset: int, source: Source) -> None:
    if offset and not source.member:
        file.seek(offset)
        return
    left = offset  # what is packed can only be read from its start
    while left:
        left -= len(file.read(min(left, 1 << 20))) or left


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """Line by line; one that is longer than any row is given in pieces, each a fault."""
    while line := file.readline(LONGEST_LINE):
        yield line


def cells_of(raw: bytes) -> list[str]:
    """A line's columns; none for an empty line. Raises `ValueError` with the reason where it cannot be one."""
    if len(raw) >= LONGEST_LINE:
        raise ValueError(f"is longer than {LONGEST_LINE} bytes")
    try:
        text = raw.decode("utf-8").rstrip("\r\n").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start})") from error
    if "\0" in text:
        raise ValueError("holds a zero byte")
    return text.split("\t") if text.strip() else []


def checked(cells: list[str], form: str) -> list[str]:
    """The columns, if a row of this form can have them. Raises `ValueError` with the reason."""
    least, most = {"places": (19, 19), "names": (4, 10)}.get(form, (4, 4))
    if not least <= len(cells) <= most:
        raise ValueError(f"has {len(cells)} column{'s' * (len(cells) != 1)} instead of {most}")
    for column, name in {"places": ((0, "id"),), "names": ((1, "id"),)}.get(form, ((3, "id"),)):
        if not cells[column].isdigit():
            raise ValueError(f"column {column + 1} ({name}) is no number: {cells[column][:40]!r}")
    if form == "places":
        for column, name, bound in ((4, "latitude", 90), (5, "longitude", 180)):
            _degrees(cells[column], f"column {column + 1} ({name})", bound)
        if not (cells[14] or "0").isdigit():
            raise ValueError(f"column 15 (population) is no number: {cells[14][:40]!r}")
    if not cells[{"places": 1, "names": 3}.get(form, 1)].strip():
        raise ValueError("has no name")
    return cells


def _degrees(cell: str, what: str, bound: int) -> None:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise ValueError(f"{what} is no number: {cell[:40]!r}")
    if abs(value) > bound:
        raise ValueError(f"{what} lies off the globe: {cell[:40]!r}")


def kind_of(row: list[str]) -> Kind | None:
    """What of ours a row is; None for what is left out (streets, shops, historical divisions, ...)."""
    if row[6] == "P":
        return Kind.CITY
    if row[6] == "A" and row[7] in DIVISIONS:
        return Kind.ADMIN1 if row[7] == "ADM1" else Kind.ADMIN2
    known = KEPT.get(f"{row[6]}.{row[7]}")
    return known[0] if known else None


# -- names ------------------------------------------------------------------------------------------------------------------

KINDS_OF_DIVISION = (
    "province provincia governorate muhafazat oblast region district state department county prefecture republic respublika"
    " kray krai rayon raion marz changwat mintaqat wilayat e shabiyat of the city division territory municipality"
    " sheng shi zizhiqu zhuangzu huizu rajons voivodeship apskritis atholhu baladiyat opstina"
)
TYPE_WORDS = frozenset(KINDS_OF_DIVISION.split())


def without_type(name: str) -> str:
    """ "Muhafazat Kirkuk" to "Kirkuk", "Province du Soum" to "Soum"; a name that is nothing else stays."""
    kept = " ".join(w for w in name.split() if fold(w) not in TYPE_WORDS - {"e", "of", "the", "city"})
    kept = re.sub(r"^(?:du|de la|de l'|del|des|de|of|of the)\s+", "", kept) if kept != name else kept
    return kept if len(kept) > 2 and kept.lower() not in ("eastern", "western", "northern", "southern", "central") else name


@lru_cache(maxsize=1)
def country_names() -> frozenset[str]:
    """The folded names and adjectives of every country: no other place's alias."""
    found = set()
    for row in resources.rows("countries.csv"):
        for cell in (row["name"], *row["aliases"].split("|"), *row["adjectives"].split("|")):
            found.add(bare(fold(cell)))
    return frozenset(found)


def spellings(name: str, aliases: Iterable[str], population: int) -> Iterator[str]:
    """The folded names under which a place is found, without those that would find it by mistake."""
    if main := bare(fold(name)):
        yield main
    for alias in aliases:
        # An alias all in lower case is a letter-by-letter romanisation ("swldw"); one in capitals is a code.
        if alias == alias.lower() or (alias.isupper() and len(alias) <= 4) or not latin(alias):
            continue
        folded = bare(fold(alias))
        short = len(folded) <= 2 or (len(folded) == 3 and population < 100_000)
        if not short and folded not in country_names() and not any(c.isdigit() for c in folded) and len(folded) <= 40:
            yield folded


def display(name: str) -> str:
    """A romanised name as English prose prints it: without macrons, under-dots and ayns ("Al Qāmishlī" to "Al Qamishli")."""
    parts = unicodedata.normalize("NFKD", name)
    kept = "".join(
        c
        for c in parts
        if c not in "\u0304\u0323\u0331\u0327\u032e\u02bc\u02bb\u02bf\u02be\u2018\u2019"
        or "ç" in name.lower()
        or "ş" in name.lower()
    )
    return unicodedata.normalize("NFC", kept)


def latin(text: str) -> bool:
    """Whether every letter is a Latin one."""
    return text.isascii() or all(unicodedata.name(c, "").startswith("LATIN") for c in text if c.isalpha())
