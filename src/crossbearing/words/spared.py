"""Words by which all who were there came to no harm: "everyone is alive", "the vessel and crew are safe"."""

from __future__ import annotations

import re

_CREW = r"(?:crew(?: ?members?)?|seafarers|sailors|passengers|occupants|personnel|hands|people)"
_SHIP = r"(?:vessel|ship|tanker|boat|carrier|craft|aircraft|helicopter)"
_ALL = re.compile(
    rf"\b(?:everyone|everybody|all(?: of)?(?: the| her| its| their| his)?(?: [\w-]+){{0,2}}? (?:{_CREW}|aboard|on board)|"
    rf"(?:(?:the|her|its|their) )?{_SHIP} and (?:(?:the|all|her|its|their) )*{_CREW}|"
    rf"(?:(?:the|her|its|their) (?:entire |whole )?)?crew(?: ?members)?)"
    r"(?: aboard| on board)?(?: (?:is|are|was|were|have been|has been|remains?|remained))?(?: all| both)?"
    r"(?: (?:reported|reportedly|said|believed|confirmed|declared))?(?: (?:to be|as))? "
    r"(?P<how>alive|survived|safe|unharmed|unhurt|uninjured|unscathed)\b"
    r"(?! (?:from|in the knowledge|place|zone|haven|house|passage|water))",
    re.I,
)
_SOME = re.compile(
    r"\b(?:rest of|remaining|remainder of|other|surviving|some of|most of|half of|until|unless|if|when|once|ensur\w+|sure|"
    r"whether|hop\w+|pray\w*|not|keep|so|rescued)(?: (?:that|all|of|the|her|its|their))*$",
    re.I,
)


def spared(words: str) -> re.Match[str] | None:
    """Where words say so, with `how` as the word for it; None where only some are meant, or it is hoped or asked."""
    found = _ALL.search(words)
    if found is None or words.rstrip().endswith("?") or _SOME.search(words[: found.start()].rstrip()):
        return None
    return found


def is_spared(words: str) -> bool:
    """Whether a figure's words are such words: nobody was killed, or nobody was hurt either."""
    return _ALL.match(words) is not None
