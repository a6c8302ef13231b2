"""Why a field says what it says: which claims give it, in which words, by which step, and what else was claimed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from crossbearing.cli import shown
from crossbearing.cli.held import NotHeld, Said
from crossbearing.link.undated import beside
from crossbearing.model.claim import Actor, Claim, Figure
from crossbearing.model.decision import Review, value_text
from crossbearing.model.incident import Incident
from crossbearing.model.outcome import Dating, Outcome
from crossbearing.model.provenance import Evidence, Stated
from crossbearing.model.text import Span
from crossbearing.model.when import Interval
from crossbearing.publish.records import Record, document_record


@dataclass(frozen=True, slots=True)
class Given:
    """What one claim gives for a field."""

    value: str
    """As it reads, with all that the claim says of it."""
    same: str
    """The part of it by which two claims say the same or something else."""
    evidence: tuple[Evidence, ...]
    step: str
    score: float


def _one(stated: Stated[Any] | None, reads: Callable[..., str], same: Callable[..., str] | None = None) -> list[Given]:
    if stated is None:
        return []
    value = reads(stated.value)
    return [Given(value, same(stated.value) if same else value, stated.evidence, stated.step, stated.score)]


def _actors(actors: Sequence[Stated[Actor]]) -> list[Given]:
    return [given for one in actors for given in _one(one, _actor, lambda actor: shown.plain(actor.name))]


def _actor(actor: Actor) -> str:
    said = (
        ""
        if actor.written == actor.name
        else f", written “{shown.plain(actor.written)}”" + (", a loaded name" if actor.loaded else "")
    )
    return f"{shown.plain(actor.name)} ({actor.id or 'not in the registry'}{said})"


def _figure(stated: Stated[Figure] | None) -> list[Given]:
    return _one(stated, shown.count, lambda figure: shown.figure(figure.low, figure.high))


def _words(claim: Claim, value: str) -> list[Given]:
    return [Given(value, value, (claim.span,), claim.step, claim.score)]


FIELDS: dict[str, Callable[[Claim], list[Given]]] = {
    "when": lambda claim: _one(claim.when, shown.days),
    "where": lambda claim: _one(claim.where, shown.place),
    "perpetrators": lambda claim: _actors(claim.perpetrators),
    "targets": lambda claim: _actors(claim.targets),
    "weapons": lambda claim: [given for one in claim.weapons for given in _one(one, shown.plain, str.casefold)],
    "killed": lambda claim: _figure(claim.killed),
    "injured": lambda claim: _figure(claim.injured),
    "status": lambda claim: _words(claim, claim.status.value),
    "event_type": lambda claim: _words(claim, f"{claim.event_type}: {claim.sub_event_type}"),
}
"""Each field that can be explained, and what one claim gives for it."""

PUBLISHED = "published"
"""The field of a document that can be explained."""


ALSO_CALLED = {
    "what": "event_type", "kind": "event_type", "sub_event_type": "event_type", "place": "where", "location": "where",
    "date": "when", "day": "when", "by": "perpetrators", "actor": "perpetrators", "against": "targets", "target": "targets",
    "with": "weapons", "means": "weapons", "deaths": "killed", "fatalities": "killed", "wounded": "injured",
}  # fmt: skip
"""What the screen and the code books call a field."""


def explain_incident(incident: Incident, held: Record, field: str, said: Sequence[Said]) -> list[RenderableType]:
    """One field of an incident: its value, each claim that gives one, who is silent, and what cannot both hold.

    `held` is the incident's record. Raises `NotHeld` for a field that cannot be explained.
    """
    field = ALSO_CALLED.get(field, field)
    if field not in FIELDS:
        raise NotHeld(f"{field}: no field that can be explained. There are {', '.join(FIELDS)}; for a document, {PUBLISHED}.")
    parts: list[RenderableType] = [Text(f"{field} of {incident.id}: {_held(held, field)}", style="bold")]
    parts.extend(_set_by(incident, field))
    silent: list[str] = []
    alternatives: dict[str, list[str]] = {}
    for number, one in enumerate(said, start=1):
        given = FIELDS[field](one.claim)
        if not given:
            silent.append(f"claim {number}")
            continue
        parts.append(_claim(number, one, given))
        for each in given:
            alternatives.setdefault(each.same, []).append(f"claim {number}")
    parts.extend(_alternatives(alternatives, silent))
    named = {one.claim.id: f"claim {place}" for place, one in enumerate(said, start=1)}
    for clash in incident.contradictions:
        if clash.field == field:
            both = f"{named.get(clash.a, clash.a)} and {named.get(clash.b, clash.b)}"
            parts.append(Text(f"Cannot both hold: {both}. {shown.plain(clash.says)}"))
    return parts


def _set_by(incident: Incident, field: str) -> list[RenderableType]:
    """Who set the field, and on what it stands; who contests it."""
    review = incident.review or Review()
    made = {one.id: one for one in review.decisions}
    lines: list[RenderableType] = []
    for one in (setting for setting in review.settings if setting.field == field):
        said = shown.plain(value_text(one.claims_say) or "nothing")
        lines.append(Text(f"Set by {shown.plain(one.person)} on {one.at:%Y-%m-%d}: {shown.plain(one.reason)} [{one.decision}]"))
        lines.extend(Text(f"  “{shown.plain(cited.quote)}” in {cited.document}") for cited in made[one.decision].evidence)
        lines.extend([Text(f"  {shown.plain(made[one.decision].note)}")] if made[one.decision].note else [])
        lines.append(Text(f"The claims alone give: {said}"))
    return [*lines, *(Text(f"Contested: {shown.plain(one.says)}") for one in review.contests if one.about == field)]


def explain_document(outcome: Outcome, field: str, others: Iterable[Outcome] = ()) -> list[RenderableType]:
    """When a page was written, as far as it shows or says: each piece of evidence, its words, and the days it alone allows.

    Of a page without a date also its likeliest days, and which of them lie in the week that the `others` are of, if they are.
    """
    if field != PUBLISHED:
        raise NotHeld(f"{field}: of a document only {PUBLISHED} can be explained.")
    record = document_record(outcome)
    document, dating = outcome.document, outcome.dating
    if document is None or dating is None:
        return [Text(f"{record['file'] or record['id']} was not read, so it has no date: {record['reason']}")]
    days = shown.interval(dating.published.earliest, dating.published.latest)
    known = "any day" if days == shown.NOTHING else days
    sure = f" ({dating.chance:.0%} likely)" if days != shown.NOTHING else ""
    parts: list[RenderableType] = [Text(f"{PUBLISHED} of {document.file}: {known}{sure}", style="bold")]
    for one in dating.because:
        lines = [shown.plain(one.says), *(_evidence(piece, document.text) for piece in one.evidence)]
        if one.allows:
            lines.append(f"alone it allows {one.allows}")
        parts.append(Padding(Text("\n".join(lines)), (0, 0, 1, 2), expand=False))
    parts.extend(_likeliest(outcome, dating, others))
    if not dating.because:
        parts.append(Text("  Nothing on the page or in its words says when it was written."))
    if dating.contradiction:
        parts.append(Text(f"Cannot both hold: {shown.plain(dating.contradiction)}"))
    return parts


LISTED = 8
"""So many stretches of likely days are listed."""


def _likeliest(outcome: Outcome, dating: Dating, others: Iterable[Outcome]) -> list[RenderableType]:
    """The likeliest days of a page whose date is open, and what the dated pages beside it make of them."""
    if dating.published.days or not dating.likely:
        return []
    lines = [Text(f"Its likeliest days, {dating.share:.0%} together: {_stretches(dating.likely)}")]
    said = (other.dating.published for other in others if other.dating and other.capture != outcome.capture)
    if found := beside(dating, said):
        where = shown.interval(found.week.earliest, found.week.latest)
        lines.append(
            Text(
                f"{found.within} of the ledger's {found.dated} dated reports are of {where}. "
                f"If it is of the same time: {_stretches(found.days)}"
            )
        )
    return [*lines]


def _stretches(days: Sequence[Interval]) -> str:
    """The latest of some stretches of days, in order, and how many are left out before them."""
    left = len(days) - LISTED
    listed = ", ".join(shown.interval(one.earliest, one.latest) for one in days[-LISTED:])
    return f"{left} earlier, {listed}" if left > 0 else listed


def _held(record: Record, field: str) -> str:
    """The incident's value as it reads in a table."""
    value = record[field]
    if field == "event_type":
        return f"{value}: {record['sub_event_type']}"
    if value is None or value == []:
        return "not said"
    if isinstance(value, list):
        return "; ".join(shown.plain(one) for one in value)
    if isinstance(value, str):
        return value
    if field == "when":
        return shown.interval(value["earliest"], value["latest"])
    return shown.plain(value["name"]) if field == "where" else shown.figure(value["low"], value["high"])


def _claim(number: int, said: Said, given: list[Given]) -> RenderableType:
    claim = said.claim
    voices = " ← ".join(shown.plain(voice.value.name) for voice in claim.chain) or shown.NOTHING
    lines = [f"claim {number}, {claim.id}: {voices} ({claim.stance.value}) in {shown.plain(claim.file)}"]
    for each in given:
        lines.append(f"  {each.value}")
        lines.extend(f"    {_evidence(piece, said.text)}" for piece in each.evidence)
        lines.append(f"    by {each.step}" + (f", sure to {each.score:.2f}" if each.score < 1 else ""))
    return Padding(Text("\n".join(lines)), (0, 0, 1, 2), expand=False)


def _alternatives(alternatives: dict[str, list[str]], silent: list[str]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if len(alternatives) > 1:
        parts.append(Text("Alternatives", style="bold"))
        parts.extend(Text(f"  {value}: {', '.join(dict.fromkeys(claims))}") for value, claims in alternatives.items())
    elif alternatives:
        parts.append(Text("Alternatives: none; every claim that speaks of it says the same."))
    if silent:
        parts.append(Text(f"Silent on it: {', '.join(silent)}."))
    return parts


def _evidence(evidence: Evidence, text: str) -> str:
    """The words, and where they stand."""
    if isinstance(evidence, Span):
        return f"“{shown.plain(evidence.of(text))}” at {evidence.start}-{evidence.end}"
    return f"“{shown.plain(evidence.quote)}” ({evidence.where})"
