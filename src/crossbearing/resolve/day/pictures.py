"""What a picture's caption says of a day: the date is the picture's, and what it shows the traces of lies before it.

"Soldiers guard the square in Cali, May 24, 2024, after Monday's attack": the attack was not on the 24th. Pages that lose their
layout leave captions among the sentences, and their dates are told more plainly than any other.
"""

from __future__ import annotations

import re

from crossbearing.model.text import Span
from crossbearing.words.time_forms import Calendar, TimeWords

_LATER = r"(?:the|an?|one|two|three|four|five|several|\d+) (?:days?|weeks?|months?|years?) (?:after|since)\b"
_AFTER = re.compile(rf"[,;]? (?:after|following|{_LATER})")
"""What stands behind the day of a picture where the deed was before it."""
_COUNTED = re.compile(rf"\b{_LATER}[^;:]*$", re.I)


def is_pictures(text: str, sentence: Span, trigger: Span, words: TimeWords) -> bool:
    """Whether a time is the day of the picture that a sentence is the caption of, and not that of the deed that it tells."""
    day, form = words.span, words.form
    if not (isinstance(form, Calendar) and form.year and form.day):
        return False
    behind = _AFTER.match(text, day.end, sentence.end) is not None and trigger.start > day.end
    return behind or (trigger.start < day.start and _COUNTED.search(text[sentence.start : trigger.start]) is not None)
