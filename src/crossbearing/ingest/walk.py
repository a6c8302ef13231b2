"""The files under a path, in the order of their names, without leaving what was given.

A link that stays within the folder is not followed: what it points to is met in its own place. One that leaves is a
fault. The path that the user gives may itself be a link.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from crossbearing.errors import RefusedInput, StepError, UnreadableCapture
from crossbearing.ingest.droppings import is_companion, is_dropping, is_part
from crossbearing.ingest.entry import fault_of, showable
from crossbearing.model.outcome import Fault


@dataclass(frozen=True, slots=True)
class _Place:
    """A path still to be looked at."""

    path: str
    companion: bool = False
    """Whether it lies among the parts of a saved page."""


def walk(given: str) -> Iterator[str | Fault]:
    """Paths of files, as given or joined to the folder given; a fault for each that cannot be reached."""
    try:
        mode = os.stat(given).st_mode
        root = os.path.realpath(given)
    except (OSError, ValueError) as error:
        yield fault_of(_unreachable(given, error))
        return
    if not stat.S_ISDIR(mode):
        yield given
        return
    empty = True
    for found in _within(given, root):
        empty = False
        yield found
    if empty:
        yield fault_of(UnreadableCapture(_shown(given), "holds no file", "Name a folder with reports"))


def _within(given: str, root: str) -> Iterator[str | Fault]:
    """The same of a folder, whose own path is `root`."""
    todo, followed = [_Place(given)], set[str]()
    # A stack of its own: folders may be nested deeper than calls may.
    while todo:
        place = todo.pop()
        try:
            if os.path.islink(place.path) and place.path != given:
                _check_link(place.path, root, followed)
            if os.path.isdir(place.path):
                todo.extend(reversed(_children(place)))
            elif not (place.companion and is_part(place.path)):
                yield place.path
        except _Elsewhere:
            continue
        except StepError as error:
            yield fault_of(error)
        except OSError as error:
            yield fault_of(_unreachable(place.path, error))


class _Elsewhere(Exception):
    """A link to something that is met in its own place."""


def _children(place: _Place) -> list[_Place]:
    """What lies in a folder, in the order of names, without what systems leave there."""
    names = sorted(os.listdir(place.path))
    beside = frozenset(names)
    return [
        _Place(os.path.join(place.path, name), place.companion or (is_companion(name, beside) and _is_folder(place.path, name)))
        for name in names
        if not is_dropping(name)
    ]


def _is_folder(parent: str, name: str) -> bool:
    return os.path.isdir(os.path.join(parent, name))


def _check_link(path: str, root: str, followed: set[str]) -> None:
    """Let a link pass only to something within the folder that would not be met otherwise, and only once."""
    try:
        target = os.path.realpath(path, strict=True)
    except FileNotFoundError:
        raise UnreadableCapture(_shown(path), "is a link to something that is not there", "Mend or remove the link") from None
    except OSError:
        raise RefusedInput(_shown(path), "is a link that leads back to itself", "Mend or remove the link") from None
    within = os.path.relpath(target, root).split(os.sep)
    if os.path.commonpath((target, root)) != root:
        raise RefusedInput(
            _shown(path), "is a link that leaves the folder given", "If it is meant, give what it points to as a path of its own"
        )
    if not any(is_dropping(part) for part in within) or target in followed:
        raise _Elsewhere
    followed.add(target)


def _shown(path: str) -> str:
    return showable(path.replace(os.sep, "/"))


def _unreachable(path: str, error: OSError | ValueError) -> UnreadableCapture:
    """Why a path cannot be looked into, in the user's words."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UnreadableCapture(_shown(path), "no such file or folder", "Check the path")
    if isinstance(error, PermissionError):
        return UnreadableCapture(_shown(path), "may not be read by this user", "Change its permissions or run as its owner")
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableCapture(_shown(path), f"cannot be looked into ({showable(reason)})", "Check the path")
