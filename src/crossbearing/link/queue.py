"""What a person should look at first: the incidents on which a decision gains the most.

The gain of an incident is its weight times its doubt:

    gain = log2(1 + reports) * (1 - (1 - d1)(1 - d2)...)

The weight grows with the reports that tell of it, since what many report many will read. Each doubt d is between 0 and 1, and
they are put together as if each alone could be the reason to look: 1 where people contest it, 0.8 where someone is unsure, 0.6
where it was sent back, 0.5 where claims came after the verdict or differ from what was set, 0.4 where claims cannot
both hold, 0.5 / 2^m where its weakest link stands m above even odds, in log-odds, and 0.1 for what nobody looked at. These are
first values, set by hand; they order the queue and are written nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator

from crossbearing.model.decision import DecisionKind, Review, State
from crossbearing.model.incident import Incident
from crossbearing.model.review import Queued

CONTESTED, UNSURE, SENT_BACK, NEW_CLAIMS, CONTRADICTED, UNSEEN = 1.0, 0.8, 0.6, 0.5, 0.4, 0.1
AT_EVEN_ODDS = 0.5
"""The doubt of a link of which one happening is as likely as two; half of it for each point of the score above."""

DONE = (DecisionKind.ACCEPT, DecisionKind.REJECT)


def queue(incidents: Iterable[Incident], seen: Collection[str] = ()) -> tuple[Queued, ...]:
    """The incidents to decide on, those first on which a decision gains the most; then by id.

    `seen` are ids to leave out. What is decided and not contested is left out, unless claims came after or differ from what was
    set; so are stubs.
    """
    waiting = [_queued(one) for one in incidents if one.id not in seen and not _is_done(one.review)]
    return tuple(sorted(waiting, key=lambda one: (-one.gain, one.incident.id)))


def _is_done(review: Review | None) -> bool:
    if review is None or review.contests or review.state is State.SENT_BACK or any(one.otherwise for one in review.settings):
        return False
    decided = review.verdict in DONE or review.state is State.COMPLETED
    return review.state is State.STUB or (decided and not review.new_claims)


def _queued(incident: Incident) -> Queued:
    doubts = sorted(_doubts(incident), reverse=True)
    certain = math.prod(1 - doubt for doubt, _ in doubts)
    gain = math.log2(1 + len(incident.reports)) * (1 - certain)
    return Queued(incident, round(gain, 3), tuple(says for _, says in doubts))


def _doubts(incident: Incident) -> Iterator[tuple[float, str]]:
    """The doubts about an incident, each with its sentence."""
    review = incident.review or Review()
    for contest in review.contests:
        yield CONTESTED, f"contested: {contest.says}"
    if review.verdict is DecisionKind.UNSURE:
        yield UNSURE, "whoever looked at it was unsure"
    if review.state is State.SENT_BACK:
        yield SENT_BACK, "it was sent back"
    if review.new_claims:
        yield NEW_CLAIMS, f"{len(review.new_claims)} of its claims came after the verdict"
    for one in review.settings:
        if one.otherwise:
            told = " and ".join(each.value for each in one.otherwise)
            yield NEW_CLAIMS, f"claims that came since {one.field} was set say {told}"
    if incident.contradictions:
        many = len(incident.contradictions)
        yield CONTRADICTED, f"{many} pair{'s' * (many > 1)} of its values cannot both hold"
    judged = _judged(review)
    scores = [link.score for link in incident.links if not {link.a, link.b} <= judged]
    if scores:
        margin = max(0.0, min(scores))
        yield AT_EVEN_ODDS / 2**margin, f"its weakest link stands {margin:.1f} above even odds"
    if not review.decisions:
        yield UNSEEN, "nobody has looked at it"


def _judged(review: Review) -> set[str]:
    """The claims of which a person said that they are one happening."""
    kinds = (DecisionKind.SAME, DecisionKind.COPY)
    return {claim for one in review.decisions if one.kind in kinds for claim in (*one.subject, *one.other)}
