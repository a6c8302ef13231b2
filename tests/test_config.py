"""Settings are checked, and each says where it came from."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from crossbearing.config import Settings, known, load
from crossbearing.errors import ConfigError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No crossbearing.toml of the checkout is found by chance."""
    monkeypatch.chdir(tmp_path)


def written(tmp_path: Path, text: str, name: str = "mine.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def origin(config: Any, name: str) -> tuple[Any, str]:
    (found,) = (setting for setting in config.list() if setting.name == name)
    return found.value, found.origin


def test_without_anything_the_defaults_hold() -> None:
    """No file, no variable: every setting is at its default and says so, with a help of its own."""
    config = load(environment={})
    assert config.settings == Settings()
    assert [setting.name for setting in config.list()] == list(known())
    assert all(setting.origin == "default" and setting.value == setting.default for setting in config.list())
    assert len({setting.help for setting in config.list()} - {""}) == len(known())


def test_the_later_wins(tmp_path: Path) -> None:
    """Default, file, environment, option: each overrides those before it, and the origin tells which one holds."""
    file = written(tmp_path, "[run]\nworkers = 2\n[ingest]\nnesting = 0\nfile_bytes = 10\n")
    environ = {"CROSSBEARING_RUN_WORKERS": "3", "CROSSBEARING_INGEST_NESTING": "1"}
    config = load(file, environ, {"run.workers": 4, "ingest.file_bytes": None})
    assert origin(config, "run.workers") == (4, "option")
    assert origin(config, "ingest.nesting") == (1, "environment CROSSBEARING_INGEST_NESTING")
    assert origin(config, "ingest.file_bytes") == (10, str(file))
    assert origin(config, "ingest.archive_ratio")[1] == "default"
    assert config.table("run")["workers"] == 4


def test_the_file_is_found(tmp_path: Path) -> None:
    """The file in the working folder is read, unless the environment names another."""
    written(tmp_path, "[run]\nworkers = 2\n", "crossbearing.toml")
    other = written(tmp_path, "[run]\nworkers = 3\n")
    assert load(environment={}).settings.run.workers == 2
    assert load(environment={"CROSSBEARING_CONFIG": str(other)}).settings.run.workers == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[run]\nworkres = 2", ["mine.toml", "run.workres", "no such setting", "near it: run.workers"]),
        ("[rum]\nworkers = 2", ["[rum]", "no such section", "near it: run"]),
        ("[zzz]\na = 2", ["[zzz]", "there are ingest, run, read"]),
        ("run = 2", ["run", "write [run]"]),
        ("[run]\nworkers = -1", ["run.workers", "cannot be -1", "greater than or equal to 0"]),
        ('[run]\nworkers = "2"', ["run.workers", "must be a whole number, not '2'"]),
        ("[run]\nworkers = true", ["run.workers", "must be a whole number, not True"]),
        ("[run]\nworkers = 1.0", ["run.workers", "must be a whole number, not 1.0"]),
        ("[run", ["not valid TOML"]),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, says: list[str]) -> None:
    """What is wrong in a file is said with its path, its name, the reason and what is near it."""
    with pytest.raises(ConfigError) as error:
        load(written(tmp_path, text), {})
    assert all(words in str(error.value) for words in [*says, "mine.toml", "config show"])


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"CROSSBEARING_RUN_WORKER": "2"}, ["CROSSBEARING_RUN_WORKER", "near it: run.workers"]),
        ({"CROSSBEARING_RUN_WORKERS": "many"}, ["run.workers", "must be a whole number, not 'many'."]),
        ({"CROSSBEARING_CONFIG": "gone.toml"}, ["gone.toml", "CROSSBEARING_CONFIG", "no such file"]),
    ],
)
def test_a_wrong_environment_is_named(environ: dict[str, str], says: list[str]) -> None:
    """A variable that is no setting, or cannot be read, is named; others of the same prefix are left alone."""
    with pytest.raises(ConfigError) as error:
        load(environment=environ)
    assert all(words in str(error.value) for words in says)
    assert load(environment={"CROSSBEARING_CORPORA": "/x"}).settings == Settings()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A file that is asked for and is not there, or is no text, is an error of the settings."""
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "gone.toml", {})
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load(tmp_path / "bytes.toml", {})


def test_the_settings_are_the_rooms_options() -> None:
    """Each limit of the ingest room is a setting with the same name and default: none is out of reach, none says otherwise."""
    options = pytest.importorskip("crossbearing.ingest.limits").IngestOptions
    here = Settings().ingest.model_dump()
    assert {field.name: field.default for field in dataclasses.fields(options)} == here


def test_the_settings_are_the_runs_options() -> None:
    """Each setting of the run is an option of the run; 0 workers stand for its None."""
    options = pytest.importorskip("crossbearing.run.local").RunOptions()
    here = Settings().run.model_dump()
    assert {name: value or None for name, value in here.items()} == {name: getattr(options, name) for name in here}
