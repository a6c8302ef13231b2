"""Coverage as plain records: each stated count against the ledger, and the estimates of what there was in all."""

from __future__ import annotations

from crossbearing.model.claim import StatedCount
from crossbearing.model.coverage import Estimate, Gap
from crossbearing.publish.records import ESTIMATE, GAP, Record, day_of, names_of, words


def gap_record(gap: Gap, text: str) -> Record:
    """One stated count as `crossbearing.gap/1`. `text` is the whole text of the document that says it first."""
    count = gap.count
    return {
        "schema": GAP,
        "id": count.id,
        "counted": count.count.value.counted,
        "low": count.count.value.low,
        "high": count.count.value.high,
        "ordinal": count.ordinal,
        "status": count.status.value,
        "event_type": count.event_type,
        "sub_event_type": count.sub_event_type,
        "period": {
            "earliest": day_of(gap.period.earliest),
            "latest": day_of(gap.period.latest),
            "stated": words(count.when, text) if count.when else None,
        },
        "where": [place.value.name for place in count.where],
        "perpetrators": names_of(one.value.name for one in count.perpetrators),
        "targets": names_of(one.value.name for one in count.targets),
        "part_of": count.part_of,
        "told": [_told(one) for one in gap.counts],
        "surely": list(gap.surely),
        "possibly": list(gap.possibly),
        "missing": gap.missing,
        "beyond": gap.beyond,
        "says": gap.says,
    }


def estimate_record(estimate: Estimate) -> Record:
    """One estimate as `crossbearing.estimate/1`, its numbers to a tenth of a happening."""
    total, low, high, error = (
        None if one is None else round(one, 1) for one in (estimate.total, estimate.low, estimate.high, estimate.error)
    )
    return {
        "schema": ESTIMATE,
        "method": estimate.method,
        "about": estimate.about,
        "held": estimate.held,
        "total": total,
        "low": low,
        "high": high,
        "error": error,
        "points": [
            {"day": p.day.isoformat(), "stated": p.stated, "surely": p.surely, "possibly": p.possibly} for p in estimate.points
        ],
        "assumes": list(estimate.assumes),
        "says": estimate.says,
    }


def _told(count: StatedCount) -> Record:
    return {
        "report": count.report,
        "file": count.file,
        "chain": [voice.value.name for voice in count.chain],
        "quote": count.quote,
        "start": count.span.start,
        "end": count.span.end,
    }
