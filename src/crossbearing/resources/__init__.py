"""The tables that a person edits, shipped as package data, and the one door to them."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from crossbearing.errors import MissingResource


def path(name: str) -> Path:
    """Where a table lies on disk."""
    found = Path(str(files(__name__) / name))
    if not found.exists():
        raise MissingResource(name, "no such file in the package")
    return found


@lru_cache(maxsize=None)
def table(name: str) -> Any:
    """A YAML table, parsed. Callers must not change it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path(name).read_text(encoding="utf-8"), Loader=loader)
    except yaml.YAMLError as error:
        raise MissingResource(name, f"not valid YAML ({error})") from error


@lru_cache(maxsize=None)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV table with a header; lines that start with # are comments."""
    with path(name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@lru_cache(maxsize=None)
def header(name: str) -> dict[str, Any]:
    """What the comment lines of a CSV table say of it, as YAML. Raises MissingResource where they say nothing."""
    lines = path(name).read_text(encoding="utf-8").splitlines()
    try:
        said = yaml.safe_load("\n".join(line[2:] for line in lines if line.startswith("#")))
    except yaml.YAMLError as error:
        raise MissingResource(name, f"its header is not valid YAML ({error})") from error
    if not isinstance(said, dict):
        raise MissingResource(name, "it has no header")
    return said
