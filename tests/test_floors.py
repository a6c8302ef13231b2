"""The house holds: imports run down only, rooms do not know each other, nothing goes in circles, every file says its idea."""

from __future__ import annotations

import ast
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "crossbearing"
TESTS = ROOT / "tests"

ROOMS = ("ingest", "clean", "read", "resolve", "link", "ledger", "publish")
"""The rooms of floor 2 that must not know each other. `config` gathers their options, `stages` states their contract."""

FLOORS: tuple[tuple[str, ...], ...] = (
    ("model", "errors", "words", "resources"),
    (*ROOMS, "config", "stages"),
    ("pipeline",),
    ("run", "api"),
    ("cli", "serve", "__main__", "__init__"),
)
"""Lowest first. A module's floor is that of the first name below the package; `__init__` is the package's own face."""

FLOOR = {name: floor for floor, names in enumerate(FLOORS, start=1) for name in names}


@lru_cache(maxsize=None)
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name; a package stands under its own name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@lru_cache(maxsize=None)
def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def targets(module: str, path: Path) -> Iterator[tuple[int, str]]:
    """The line and the dotted name of everything of the package that a file imports, wherever the import stands."""
    inside = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names if name.name.split(".")[0] == "crossbearing")
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = inside.split(".")[: len(inside.split(".")) - node.level + 1]
                base = ".".join((*above, *filter(None, (node.module,))))
            if base.split(".")[0] == "crossbearing":
                for name in node.names:
                    whole = f"{base}.{name.name}"
                    yield node.lineno, whole if whole in modules() else base


def room(module: str) -> str:
    """The name that decides a module's floor."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@pytest.mark.parametrize("module", sorted(modules()))
def test_every_module_has_its_floor(module: str) -> None:
    """A module lies in a room that the list of floors names."""
    assert room(module) in FLOOR, f"{module}: no floor is named for {room(module)}; add it to FLOORS"


@pytest.mark.parametrize("module", sorted(modules()))
def test_imports_run_down_only(module: str) -> None:
    """No module imports from a floor above its own, and none on floor 2 imports another room of it."""
    wrong = []
    for line, target in targets(module, modules()[module]):
        own, other = room(module), room(target)
        if FLOOR.get(other, 99) > FLOOR.get(own, 0):
            wrong.append(f"{module}:{line} imports {target}, which lies above it")
        elif own != other and other in ROOMS and (own in ROOMS or own == "stages"):
            wrong.append(f"{module}:{line} imports {target}: rooms do not know each other")
    assert not wrong, "\n".join(wrong)


def test_no_import_goes_in_a_circle() -> None:
    """No chain of imports between files comes back to where it began, imports for types only included."""
    graph = {m: {t for _, t in targets(m, p) if t in modules() and t != m} for m, p in modules().items()}
    done: set[str] = set()

    def walk(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join((*way[way.index(module) :], module))
        if module not in done:
            for target in sorted(graph[module]):
                walk(target, (*way, module))
            done.add(module)

    for module in sorted(graph):
        walk(module, ())


@pytest.mark.parametrize("module", sorted(modules()))
def test_every_module_says_its_idea(module: str) -> None:
    """A module that holds anything opens with a docstring."""
    tree = parsed(modules()[module])
    assert not tree.body or ast.get_docstring(tree), f"{modules()[module]} opens without a docstring"


@pytest.mark.parametrize("path", sorted(TESTS.rglob("test_*.py")), ids=lambda p: str(p.relative_to(TESTS)))
def test_every_test_says_what_it_shows(path: Path) -> None:
    """A test function has a docstring that is a sentence."""
    functions = [n for n in ast.walk(parsed(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    mute = [f.name for f in functions if f.name.startswith("test_") and not (ast.get_docstring(f) or "").strip().endswith(".")]
    assert not mute, f"{path.relative_to(ROOT)}: no sentence in {', '.join(mute)}"


def test_names_of_test_files_are_unique() -> None:
    """No two test files share a name, so that each can be run and found by it."""
    twice = [name for name, n in Counter(p.name for p in TESTS.rglob("test_*.py")).items() if n > 1]
    assert not twice


@lru_cache(maxsize=None)
def kept() -> tuple[Path, ...]:
    """The files of the repository: those that git tracks or would."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout: which files are the repository's is not known")
    return tuple(p for name in listed.stdout.decode().split("\0") if name and (p := ROOT / name).is_file())


# Put together here, so that this file does not hold them.
FOREIGN = tuple(f"/{name}/".encode() for name in ("work", "root", "Users", "opt/pypi", "opt/wheels"))


def test_no_file_names_a_path_of_some_machine() -> None:
    """Nothing that is kept names a folder that only one machine has."""
    found = [f"{path.relative_to(ROOT)}: {word.decode()}" for path in kept() for word in FOREIGN if word in path.read_bytes()]
    assert not found, "\n".join(found)


def test_the_locked_lists_name_no_index() -> None:
    """The locked requirements hold hashes for every file and the address of no index or folder."""
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        words = text.split()
        addresses = ("--index", "--extra-index", "--find-links", "-i", "-f", "--trusted", "http:", "https:")
        assert not [word for word in words if word.startswith(addresses)]
        pinned = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert pinned
        assert all(line.rstrip().endswith("\\") for line in pinned), f"{name}: a line without hashes"
        assert not [line for line in pinned if line.startswith("torch")]
