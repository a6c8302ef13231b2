"""The documents say what the code does: the reference is the code's, the guides' commands exist, each word is explained."""

from __future__ import annotations

import importlib.util
import re
import shlex
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from crossbearing import errors
from crossbearing.cli import app
from crossbearing.config import known
from crossbearing.publish.records import SCHEMAS, schema

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDES = [path for path in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))) if path.exists()]

WORDS = (
    "source",
    "capture",
    "document",
    "furniture",
    "span",
    "mention",
    "toponym",
    "place",
    "interval",
    "figure",
    "attribution",
    "realis",
    "stance",
    "status",
    "claim",
    "incident",
    "copy",
    "witness",
    "lineage",
    "contradiction",
    "decision",
    "fault",
    "report",
    "happening",
    "reading",
    "stated",
    "actor",
    "voice",
    "chain",
    "dating",
    "outcome",
    "ledger",
    "step",
    "set aside",
)
"""The words of the house: one thing, one word."""


@lru_cache(maxsize=None)
def builder() -> ModuleType:
    """The script that writes the reference."""
    spec = importlib.util.spec_from_file_location("build_reference", ROOT / "scripts" / "build_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=None)
def page(name: str) -> str:
    return (DOCS / "reference" / name).read_text(encoding="utf-8")


def test_the_reference_is_what_the_code_says() -> None:
    """Each page of the reference is what its script makes of the code now; `make docs` writes them."""
    assert builder().stale() == []


def test_a_page_that_is_not_current_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that was changed by hand, one that is missing and one that nothing makes are each named."""
    monkeypatch.setattr(builder(), "REFERENCE", tmp_path)
    for name, text in builder().pages().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert builder().stale() == []
    (tmp_path / "model.md").write_text("changed")
    (tmp_path / "errors.md").unlink()
    (tmp_path / "old.md").write_text("left over")
    assert builder().stale() == ["errors.md", "model.md", "old.md"]


def test_every_command_and_option_is_documented() -> None:
    """Each command has its heading, its example and a line for each of its options."""
    group: Any = typer.main.get_command(app)
    for name, command in builder().walk(group):
        section = page("commands.md").split(f"## crossbearing {name}\n")[1].split("\n## ")[0]
        assert f"crossbearing {name}" in section, f"{name} has no example"
        for one in command.params:
            written = one.opts[0] if one.param_type_name == "option" else one.metavar or one.name.upper()
            row = next(line for line in section.splitlines() if line.startswith(f"| `{written}"))
            assert row.split(" | ")[1].strip(), f"{name} {one.opts} says nothing"


def test_every_setting_is_documented() -> None:
    """Each setting has a line."""
    assert [name for name in known() if f"| `{name}` |" not in page("settings.md")] == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_field_of_a_record_is_documented(kind: str) -> None:
    """Each field of each kind of record has a line in the section of its kind."""
    section = page("records.md").split(f"## {kind}\n")[1].split("\n## ")[0]
    assert [name for name in schema(kind)["properties"] if f"| `{name}` |" not in section] == []


def test_every_error_is_documented() -> None:
    """Each class of the tree of errors has a line with a sentence, and stands in the tree that opens the page."""
    for one in builder().classes(errors):
        assert re.search(rf"\| `{one.__name__}` \| .+ \| .+ \| .+\. \|", page("errors.md")), one
        assert re.search(rf"^ *{one.__name__}\b", page("errors.md"), re.MULTILINE), one


def test_every_word_is_in_the_glossary() -> None:
    """Each word of the house has an entry of its own, with an explanation."""
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    entries = {
        word.strip().casefold()
        for head in re.findall(r"^\*\*(.+?)\*\*[^:\n]*: \w.+", glossary, re.MULTILINE)
        for word in head.split(",")
    }
    assert [word for word in WORDS if word not in entries] == []


def commands_of(path: Path) -> list[str]:
    """Every call of a command in a guide's blocks of shell."""
    blocks = re.findall(r"```(?:sh|bash|console|shell)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [call for line in lines for call in re.findall(r"(?:^|[\s(/])crossbearing (.+?)(?=\s*(?:[|>)]|&&|#|$))", line)]


def test_the_guides_call_commands() -> None:
    """The guides do call commands, so that the next test has something to hold them to."""
    assert len([call for path in GUIDES for call in commands_of(path)]) > 10


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_the_guides_commands_are_commands(path: Path) -> None:
    """Each command that a guide calls exists, with the arguments and options that it is given there."""
    for call in commands_of(path):
        group: Any = typer.main.get_command(app)
        words = shlex.split(call)
        while hasattr(group, "commands") and words and not words[0].startswith("-"):
            assert words[0] in group.commands, f"{path.name}: crossbearing {call}"
            group, words = group.commands[words[0]], words[1:]
        if "--help" not in words and "--version" not in words:
            group.make_context(call, words)


@pytest.mark.parametrize("path", [*GUIDES, *sorted(DOCS.glob("decisions/*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """A link of a document to another file of the repository leads to a file that is there."""
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
