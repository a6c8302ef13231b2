"""How fine a place or a day is, in the classes of the field's code books. Never finer than the words.

Sources: UCDP GED code book (`where_prec` 1 to 7, `date_prec` 1 to 5); ACLED code book (`geo_precision` and `time_precision` 1 to
3; what is known of a country or a year alone is not coded); the location accuracies of Airwars' incident records. A class is
taken from the precision of the place as the words give it, and from the radius in which it lies, whichever is coarser.
"""

from __future__ import annotations

from crossbearing.model.when import Interval
from crossbearing.model.where import FINENESS, Place, Precision

# Beyond this many kilometres around a point UCDP's class 2, and with it ACLED's 1, no longer holds.
_AROUND_KM = 25.0
_UCDP = {
    Precision.EXACT: 1, Precision.TOWN: 1, Precision.NEAR: 2, Precision.DISTRICT: 3, Precision.ADMIN1: 4, Precision.REGION: 5,
    Precision.COUNTRY: 6,
}  # fmt: skip
_ACLED = {
    Precision.EXACT: 1,
    Precision.TOWN: 1,
    Precision.NEAR: 2,
    Precision.DISTRICT: 2,
    Precision.ADMIN1: 3,
    Precision.REGION: 3,
}
_AIRWARS = {
    Precision.EXACT: "nearby landmark", Precision.TOWN: "town", Precision.NEAR: "city", Precision.DISTRICT: "district",
    Precision.ADMIN1: "province/governorate",
}  # fmt: skip


def _held(place: Place) -> Precision:
    """The precision, a district's where the place lies in a wider circle than its name says."""
    wide = (place.radius_km or 0) > _AROUND_KM and FINENESS[place.precision] < FINENESS[Precision.DISTRICT]
    return Precision.DISTRICT if wide else place.precision


def ucdp_where(place: Place) -> int:
    """UCDP's `where_prec`: 1 a spot or town, 2 within about 25 km of one, 3 a district, 4 a province, 5 vaguer, 6 a country."""
    return _UCDP[_held(place)]


def acled_where(place: Place) -> int | None:
    """ACLED's `geo_precision`, 1 to 3; None where only the country is known, which ACLED does not code."""
    return _ACLED.get(_held(place))


def airwars_where(place: Place) -> str | None:
    """Airwars' location accuracy; None for what is vaguer than a province. A named site was not measured: "nearby landmark"."""
    return _AIRWARS.get(_held(place))


def ucdp_when(interval: Interval) -> int | None:
    """UCDP's `date_prec`: 1 a day, 2 up to six days, 3 a week, 4 a month, 5 a year; None for what is longer or open."""
    return _class(interval, (1, 6, 7, 31, 366))


def acled_when(interval: Interval) -> int | None:
    """ACLED's `time_precision`: 1 a day, 2 a week, 3 a month; None for what is longer or open, which ACLED does not code."""
    return _class(interval, (1, 7, 31))


def _class(interval: Interval, most: tuple[int, ...]) -> int | None:
    days = interval.days
    return None if days is None else next((n for n, limit in enumerate(most, start=1) if days <= limit), None)
