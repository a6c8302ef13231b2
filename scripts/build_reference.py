"""Write `docs/reference/` from the code: the commands, the settings, the records, the errors, the interface, the vocabulary.

    python scripts/build_reference.py            write the pages
    python scripts/build_reference.py --check    say which are not as the code has them, and end with 1

What is said there stands in the code: a command's help, a setting's description, a schema's, a docstring. Change it there.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import typer

import crossbearing
from crossbearing import api, config, errors
from crossbearing.cli import app, held, serve, write
from crossbearing.link import agreement
from crossbearing.publish import imported, records, tabular
from crossbearing.publish.export import BOOKS
from crossbearing.resolve import typed
from crossbearing.run import crew, local
from crossbearing.serve import accounts

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
PACKAGE = Path(str(crossbearing.__file__)).parent

MODEL = ("text", "provenance", "when", "where", "mention", "claim", "outcome", "decision", "incident", "coverage", "review")
"""The modules of the vocabulary, in the order in which a reader of documents meets them."""

ELSEWHERE = (held, write, imported, crew, typed, agreement, serve, accounts)
"""Modules besides `errors` that have errors of their own."""

MADE = "*Written by `scripts/build_reference.py` from the code; change it there.*"


def pages() -> dict[str, str]:
    """Each page of the reference by its file's name."""
    made = {
        "commands.md": ("Commands", commands()),
        "settings.md": ("Settings", settings()),
        "records.md": ("Records", record_fields()),
        "rules.md": ("Rules of the code books", book_rules()),
        "errors.md": ("Errors", error_tree()),
        "python.md": ("Python", python()),
        "model.md": ("The vocabulary", model()),
    }
    return {name: "\n\n".join([f"# {title}", MADE, *body]) + "\n" for name, (title, body) in made.items()}


def commands() -> Iterator[str]:
    """Each command with its arguments and options."""
    group: Any = typer.main.get_command(app)
    yield (group.help or "").strip()
    for name, command in walk(group):
        yield f"## crossbearing {name}"
        yield inspect.cleandoc(command.help or "")
        rows = [parameter(one) for one in command.params if one.name != "help"]
        yield table(("argument or option", "what it means", "default"), rows)


def walk(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command below a group, with its name as it is typed."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from walk(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def parameter(one: Any) -> tuple[str, str, str]:
    """An argument or option as a row."""
    if one.param_type_name == "argument":
        return f"`{one.metavar or one.name.upper()}`", one.help or "", "required" if one.required else ""
    takes = "" if one.is_flag else f" {one.metavar or ''}".rstrip()
    default = one.show_default if isinstance(one.show_default, str) else one.default
    given = "" if one.is_flag or default in (None, ()) else f"`{default}`"
    return ", ".join(f"`{name}{takes}`" for name in one.opts), one.help or "", given


def settings() -> Iterator[str]:
    """Each setting of each section."""
    yield inspect.cleandoc(config.__doc__ or "")
    for section, field in config.Settings.model_fields.items():
        yield f"## [{section}]"
        yield inspect.cleandoc(type(field.default).__doc__ or "")
        inside = type(field.default).model_fields
        rows = [
            (f"`{section}.{key}`", one.description or "", f"`{one.default}`", f"`{config.PREFIX}{section.upper()}_{key.upper()}`")
            for key, one in inside.items()
        ]
        yield table(("setting", "what it does", "default", "in the environment"), rows)


def record_fields() -> Iterator[str]:
    """Each field of each kind of record, and the columns of its table."""
    yield inspect.cleandoc(records.__doc__ or "")
    for name in records.SCHEMAS:
        schema = records.schema(name)
        yield f"## {name}"
        yield schema["description"]
        yield table(("field", "type", "what it says"), list(fields(schema)))
        yield "Columns in CSV: " + ", ".join(f"`{column}`" for column in tabular.columns(name)) + "."


def fields(schema: dict[str, Any], above: str = "") -> Iterator[tuple[str, str, str]]:
    """The fields of an object and of the objects within it, each as a row."""
    for key, field in schema["properties"].items():
        yield f"`{above}{key}`", kind(field), field["description"]
        if "properties" in field:
            yield from fields(field, f"{above}{key}.")
        elif "properties" in field.get("items", {}):
            yield from fields(field["items"], f"{above}{key}[].")


def kind(field: dict[str, Any]) -> str:
    """The type of a field in words."""
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{word}`" for word in field["enum"])
    named = field["type"] if isinstance(field["type"], list) else [field["type"]]
    words = ["list" if one == "array" else field.get("format", one) if one == "string" else one for one in named]
    return " or ".join(words)


def book_rules() -> Iterator[str]:
    """Each book's rules in the order in which they are tried, and the columns that none fills."""
    yield "Of each column the first rule that applies fills the cell. The sources stand in [Code books](../codebooks.md)."
    for book in BOOKS.values():
        yield f"## {book.name}, version {book.version}"
        yield f"{book.title[0].upper()}{book.title[1:]}."
        rows = [(f"`{one.id}`", one.says, one.source, str(one.version)) for one in book.rules().values()]
        yield table(("rule", "what it says", "source", "version"), rows)
        empty = {column: reason for sheet in book.sheets for column, reason in sheet.silent().items()}
        yield table(("empty column", "why"), [(f"`{column}`", reason) for column, reason in empty.items()])


def error_tree() -> Iterator[str]:
    """Each error, with what it comes under and what it means."""
    yield "A command tells an error in a sentence on stderr and ends with 2, or with 1 where no input could be read."
    yield "```\n" + textwrap.dedent(inspect.cleandoc(errors.__doc__ or "").split("\n\n")[1]) + "\n```"
    rows = []
    for module in (errors, *ELSEWHERE):
        for one in classes(module):
            if issubclass(one, errors.CrossbearingError):
                rows.append((f"`{one.__name__}`", f"`{one.__bases__[0].__name__}`", f"`{module.__name__}`", first(one.__doc__)))
    yield table(("error", "is a", "in", "when"), rows)


def classes(module: ModuleType) -> list[type]:
    """The public classes that a module defines, in the order of the source."""
    own = [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__]
    return [one for one in own if not one.__name__.startswith("_")]


def python() -> Iterator[str]:
    """The interface for programs."""
    head, _, example = inspect.cleandoc(api.__doc__ or "").partition("\n\n")
    yield head
    yield "```python\nimport crossbearing\n\n" + textwrap.dedent(example) + "\n```"
    yield f"## open_ledger\n\n`open_ledger{signature(api.open_ledger)}`"
    yield inspect.cleandoc(api.open_ledger.__doc__ or "")
    yield "## Ledger"
    yield inspect.cleandoc(api.Ledger.__doc__ or "")
    for name, method in vars(api.Ledger).items():
        if not name.startswith("_") and callable(method):
            yield f"**`{name}{signature(method)}`**\n\n{inspect.cleandoc(method.__doc__ or '')}"
    for one in (local.RunOptions, local.Progress, local.RunSummary):
        yield from described(PACKAGE / "run" / "local.py", one.__name__)


def signature(function: Any) -> str:
    """What a function takes and gives, as it is written."""
    return str(inspect.signature(function)).replace("'", "").replace("(self, ", "(").replace("(self)", "()")


def model() -> Iterator[str]:
    """Each type of the vocabulary with its fields."""
    yield "Frozen values, as the stages hand them on. Each is imported from the module that it stands under."
    for name in MODEL:
        path = PACKAGE / "model" / f"{name}.py"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield f"## crossbearing.model.{name}"
        yield inspect.cleandoc(ast.get_docstring(tree) or "")
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield from described(path, node.name)


def described(path: Path, name: str) -> Iterator[str]:
    """A class: its docstring, its fields with what stands below or beside them, its methods."""
    text = path.read_text(encoding="utf-8")
    (node,) = (one for one in ast.parse(text).body if isinstance(one, ast.ClassDef) and one.name == name)
    yield f"### {name}"
    yield inspect.cleandoc(ast.get_docstring(node) or "")
    rows, methods = [], []
    for one, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            rows.append((f"`{one.target.id}`", f"`{ast.unparse(one.annotation)}`", beneath(after) or beside(text, one.lineno)))
        elif isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant):
            rows.append((f"`{ast.unparse(one.targets[0])}`", f"`{one.value.value}`", beside(text, one.lineno)))
        elif isinstance(one, ast.FunctionDef) and not one.name.startswith("_") and ast.get_docstring(one):
            methods.append(f"- `{one.name}`: {first(ast.get_docstring(one))}")
    if rows:
        yield table(("field", "type or value", "what it says"), rows)
    if methods:
        yield "\n".join(methods)


def beneath(node: ast.stmt | None) -> str:
    """The string below a field, which says what it holds."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split())
    return ""


def beside(text: str, line: int) -> str:
    """The comment at the end of a line."""
    return text.splitlines()[line - 1].partition("  # ")[2].strip()


def first(doc: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(inspect.cleandoc(doc or "").split("\n\n")[0].split())


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in line) + " |" for line in lines)


def stale() -> list[str]:
    """The pages that are not as the code has them, and those that nothing makes."""
    made = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in REFERENCE.glob("*.md")}
    return sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    if "--check" in arguments:
        for name in stale():
            print(f"docs/reference/{name} is not as the code has it: run `make docs`.", file=sys.stderr)
        return 1 if stale() else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    made = pages()
    for path in REFERENCE.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} pages in docs/reference/")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
