"""Icons of which a scrape keeps only the name: "folder_openSudan access_time7 May 2024".

A page draws its icons with a font in which a word is a picture; without the font the word stands there, run together with
what the picture stands for. So the name tells what follows: a section, a date, an author.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class Icon(StrEnum):
    """What an icon stands before."""

    SECTION = "section"
    DATE = "date"
    UPDATED = "updated"
    BYLINE = "byline"
    OTHER = "other"


class Part(NamedTuple):
    """A stretch of a line, and the icon before it (None before the first icon)."""

    icon: Icon | None
    start: int
    end: int


# Names as the common icon fonts have them (Material Icons; Font Awesome's are told by the words in them).
_NAMES = {
    Icon.SECTION: "folder_open folder_special label_outline local_offer bookmark_border folder label category bookmark",
    Icon.DATE: "access_time access_alarm query_builder watch_later calendar_today calendar_month event_note event_available "
    "date_range schedule today event history timer",
    Icon.UPDATED: "edit_calendar update autorenew",
    Icon.BYLINE: "person_outline person_pin perm_identity account_circle mode_edit border_color person face create edit",
    Icon.OTHER: "star_border favorite_border remove_red_eye chat_bubble_outline chat_bubble mode_comment location_on star "
    "favorite visibility comment share print place language public",
}
_OF = {name: icon for icon, names in _NAMES.items() for name in names.split()}
_FONT = {
    "clock": Icon.DATE,
    "calendar": Icon.DATE,
    "folder": Icon.SECTION,
    "tag": Icon.SECTION,
    "user": Icon.BYLINE,
    "pen": Icon.BYLINE,
}
"""Words in a Font Awesome name."""
LABEL = 4
"""Words of what stands on the line below an icon that stands alone."""


def _either(names: list[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


# A name that is a word counts only where a capital or a digit is run together with it; one with "_" counts anywhere.
_ICON = re.compile(
    rf"(?:{_either([n for n in _OF if '_' in n])})(?![a-z_])|"
    rf"(?<![A-Za-z_])(?:{_either([n for n in _OF if '_' not in n])})(?=[A-Z0-9])|"
    r"(?<![\w-])(?:fa[bsrl]? )?(?:fa|icon)-(?P<font>[a-z]+(?:-[a-z]+){0,3})(?=[A-Z0-9\s]|$)"
)
_FEW = 15
"""Words of a line that an icon makes furniture where it does not begin with one; "_" in running text is a name's."""


def shows(text: str, words: int) -> bool:
    """Whether a line is one of icons with what they stand for, and no sentence."""
    if text[:1].islower() and _ICON.match(text):
        return True
    return words <= _FEW and "_" in text and any("_" in m.group() for m in _ICON.finditer(text))


def alone(text: str) -> Icon | None:
    """What an icon stands before whose name is all that the line has; None where the line is none."""
    match = _ICON.fullmatch(text) if "_" in text or "-" in text else None
    return _meant(match) if match else None


def parts(text: str) -> tuple[Part, ...]:
    """The line cut at its icons, their names left out; one part where it has none."""
    found = []
    icon, at = None, 0
    for match in _ICON.finditer(text):
        found.append(Part(icon, at, match.start()))
        icon, at = _meant(match), match.end()
    found.append(Part(icon, at, len(text)))
    return tuple(part for part in found if part.icon or text[part.start : part.end].strip()) or (Part(None, 0, len(text)),)


def _meant(match: re.Match[str]) -> Icon:
    if match["font"] is None:
        return _OF[match.group()]
    return next((icon for word, icon in _FONT.items() if word in match["font"]), Icon.OTHER)
