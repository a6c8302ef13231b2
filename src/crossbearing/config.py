"""One TOML file, checked: every setting with its value, its default and where the value came from.

    [run]
    workers = 4

The file is `crossbearing.toml` in the working folder, or the one that `--config` or CROSSBEARING_CONFIG names. A setting
can also be given in the environment (`CROSSBEARING_RUN_WORKERS=4`) or as a command's option; the later wins: default,
file, environment, option. This module knows no room: whoever starts a run turns a section into a room's options.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crossbearing.errors import ConfigError

FILE = "crossbearing.toml"
VARIABLE = "CROSSBEARING_CONFIG"
PREFIX = "CROSSBEARING_"
MIB = 1 << 20


class Section(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class IngestSection(Section):
    """What is let in."""

    file_bytes: int = Field(
        default=64 * MIB,
        ge=1,
        description="The largest file, member of an archive or line of a JSON Lines file that is read, in bytes.",
    )
    archive_bytes: int = Field(
        default=64 * 1024 * MIB,
        ge=1,
        description="The most that one archive may unpack to, in bytes, counting archives within it.",
    )
    archive_ratio: int = Field(
        default=200,
        ge=1,
        description="The most bytes unpacked for a byte of the archive, once more than file_bytes has been unpacked.",
    )
    archive_members: int = Field(
        default=1_000_000, ge=1, description="The most members of one archive, counting those of archives within it."
    )
    nesting: int = Field(default=2, ge=0, description="How many archives may lie within one another below the first.")


class RunSection(Section):
    """How a run uses the machine."""

    workers: int = Field(
        default=0,
        ge=0,
        le=1024,
        description="How many processes read at once; one writes. 0 takes as many as there are processors.",
    )
    seconds: float = Field(
        default=60.0, gt=0, description="The longest that one capture may take; after it, the capture is a fault."
    )


class ReadSection(Section):
    """How a document is read."""

    reader: str = Field(
        default="network",
        description="The reader: `network` hears rules and network both; `rules` needs no weights and is four times as fast.",
    )


class ResolveSection(Section):
    """How what is read is worked out."""

    gazetteer: str = Field(
        default="",
        description="A gazetteer made by `crossbearing gazetteer build`; empty takes the one that ships. Another one makes "
        "other claims.",
    )


class ReviewSection(Section):
    """Who decides."""

    person: str = Field(default="", description="Who your decisions and runs are recorded as, where --as gives no other name.")
    editors: str = Field(
        default="",
        description="The names of the editors, with commas between: they settle what coders contest, and open blind rounds. "
        "At a desk with accounts their roles say who is one.",
    )


class ServeSection(Section):
    """Who comes to the desk, and by which way."""

    accounts: str = Field(
        default="",
        description="The file of accounts; empty takes the one beside the ledger, `LEDGER-accounts`. Where there is one, "
        "everybody signs in.",
    )
    hosts: str = Field(
        default="",
        description="The names by which others ask for the desk, with commas between, such as desk.example.org. It answers to no "
        "others, but for those of this machine.",
    )
    proxies: str = Field(
        default="127.0.0.1",
        description="The addresses of the reverse proxies, with commas between, that are believed when they say who asks, and "
        "that it is by https.",
    )


class Settings(BaseModel):
    """Every section of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ingest: IngestSection = IngestSection()
    run: RunSection = RunSection()
    read: ReadSection = ReadSection()
    resolve: ResolveSection = ResolveSection()
    review: ReviewSection = ReviewSection()
    serve: ServeSection = ServeSection()


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, for whoever asks what holds and why."""

    name: str
    """`section.key`."""
    value: Any
    default: Any
    help: str
    origin: str
    """`default`, the path of the file, `environment NAME`, or `option`."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings that hold, and where each came from."""

    settings: Settings
    origins: Mapping[str, str]
    """`section.key` to origin, for each setting that is not at its default."""

    def table(self, section: str) -> dict[str, Any]:
        """One section's values by key, as keyword arguments for whoever runs by them."""
        values: dict[str, Any] = getattr(self.settings, section).model_dump()
        return values

    def list(self) -> Iterator[Setting]:
        """Every setting, section by section."""
        for name, field in known().items():
            section, key = name.split(".")
            value = getattr(getattr(self.settings, section), key)
            yield Setting(name, value, field.default, field.description or "", self.origins.get(name, "default"))


def known() -> dict[str, Any]:
    """Every setting there is: `section.key` to its pydantic field."""
    sections = {name: type(field.default) for name, field in Settings.model_fields.items()}
    return {f"{name}.{key}": field for name, section in sections.items() for key, field in section.model_fields.items()}


def load(
    file: str | os.PathLike[str] | None = None,
    environment: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Config:
    """Read and check the settings that hold now.

    `file` is the one asked for; without it CROSSBEARING_CONFIG, else `crossbearing.toml` where there is one.
    `options` maps `section.key` to a value; None counts as not given. Raises `ConfigError`.
    """
    environ = os.environ if environment is None else environment
    path = _file(file, environ)
    tables: dict[str, dict[str, Any]] = {}
    origins: dict[str, str] = {}
    for name, value, origin in (*_of_file(path), *_of_environment(environ), *_of_options(options or {})):
        section, key = name.split(".")
        tables.setdefault(section, {})[key] = _checked(name, value, origin)
        origins[name] = origin
    return Config(Settings.model_validate(tables), origins)


def _file(asked: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> Path | None:
    """The file to read; None where none is asked for and none lies here."""
    named = asked or environ.get(VARIABLE)
    path = Path(named) if named else Path(FILE)
    if path.is_file():
        return path
    if named:
        raise ConfigError(str(path), "--config" if asked else VARIABLE, "no such file")
    return None


def _of_file(path: Path | None) -> Iterator[tuple[str, Any, str]]:
    if path is None:
        return
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(str(path), "the file", f"cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "the file", f"is not valid TOML ({error})") from error
    sections = list(Settings.model_fields)
    for section, table in found.items():
        if section not in sections:
            raise ConfigError(str(path), f"[{section}]", _unknown("section", section, sections))
        if not isinstance(table, dict):
            raise ConfigError(str(path), section, f"a section is a table: write [{section}] on a line of its own")
        for key, value in table.items():
            yield _known(f"{section}.{key}", str(path)), value, str(path)


def _of_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Any, str]]:
    for section in Settings.model_fields:
        start = f"{PREFIX}{section.upper()}_"
        for variable in sorted(v for v in environ if v.startswith(start)):
            name = f"{section}.{variable.removeprefix(start).lower()}"
            yield _known(name, f"environment, {variable}"), environ[variable], f"environment {variable}"


def _of_options(options: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    for name, value in options.items():
        if value is not None:
            yield _known(name, "option"), value, "option"


def _known(name: str, where: str) -> str:
    """The name, if there is such a setting."""
    names = list(known())
    if name not in names:
        raise ConfigError(where, name, _unknown("setting", name, names))
    return name


def _unknown(what: str, name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=3, cutoff=0.6)
    return f"no such {what}" + (f"; near it: {', '.join(near)}" if near else f"; there are {', '.join(names)}")


def _checked(name: str, value: Any, origin: str) -> Any:
    """The value, if the setting can have it. Only the environment's words are turned into numbers."""
    section, key = name.split(".")
    try:
        held = getattr(Settings(), section).model_validate({key: value}, strict=not origin.startswith("environment"))
    except ValidationError as error:
        raise ConfigError(origin, name, _why_not(error.errors()[0]["type"], error.errors()[0]["msg"], value)) from error
    return getattr(held, key)


def _why_not(kind: str, said: str, value: Any) -> str:
    """Why a setting cannot have a value, from the kind and the words of pydantic's error."""
    if kind.startswith(("int_", "float_")):
        return f"must be a {'whole ' if kind.startswith('int_') else ''}number, not {value!r}"
    said = said.removeprefix("Value error, ")
    return f"cannot be {value!r}: {said[:1].lower() + said[1:]}"
