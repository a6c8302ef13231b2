"""What somebody is called whom no table has: in the report's own words, but for those that take a side.

"Terrorist groups", "the regime's helicopters" name the opponents of whoever speaks. In a name such a word gives way to a plain
one, or goes (`instead` in `resources/loaded.yml`); as written it stays where it stands, in the quote.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from crossbearing import resources

_SOMEBODY = "armed group"
"""Who is called nothing but such words."""
_PLAIN = re.compile(
    r"(?:armed|army|soldiers?|troops?|forces|police(?:m[ae]n)?|gunm[ae]n|militants?|fighters?|rebels?|insurgents?|militia(?:m[ae]n|s)?|"
    r"gangs?|bandits?|attackers?|assailants?|civilians?|people|residents|villagers|protesters?|women|men|children|groups?|members|"
    r"opposition|government|militar[yi]\w*)$",
    re.I,
)
"""Words that are written large for no other reason than that a sentence begins with them."""


def neutral(words: str) -> str:
    """The words as a name that takes no side; without any such word they are given back, but for the sentence's capital."""
    at, instead, alone = _table()
    if at.search(words):
        said = at.sub(lambda m: (instead if m.end() < len(words) else alone)[m[0].lower()], words)
        left = [word for before, word in pairwise(["", *said.split()]) if word.lower() != before.lower()]
        words = " ".join(left) or _SOMEBODY
    first, _, rest = words.partition(" ")
    if first.istitle() and _PLAIN.match(first) and not any(letter.isupper() for letter in rest):
        return words[0].lower() + words[1:]
    return words


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    """What to look for, what stands instead, and what does so where the word ends a name: "the enemy"."""
    rows = {row["term"].lower(): row for row in resources.table("loaded.yml")["loaded"] if "instead" in row}
    instead = {term: row["instead"] or "" for term, row in rows.items()}
    alone = {term: row.get("alone", instead[term]) for term, row in rows.items()}
    terms = "|".join(map(re.escape, sorted(rows, key=len, reverse=True)))
    return re.compile(rf"(?<![\w'’-])(?:{terms})(?!\w)", re.I), instead, alone
