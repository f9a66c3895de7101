"""The carpool as tables: the drivers who offer seats, and each seeker with the driver proposed or chosen for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services.transport.carpool import Carpool, Match

DRIVER = "driver"
# Nobody makes a detour that long: naming who would be the nearest helps nobody.
_FAR_KM = 200.0
_SEEKER_FIELDS = (
    FieldInfo("name", T("Looks for a ride"), editable=False, width=160),
    FieldInfo("place", T("Place"), editable=False, width=130),
    FieldInfo(DRIVER, T("Could ride with"), "reference", width=170),
    FieldInfo("notice", T("Notice"), editable=False, width=290),
    FieldInfo("detour", T("Detour, km"), "decimal", editable=False, width=96),
    FieldInfo("apart", T("Apart, min"), "number", editable=False, width=96),
    FieldInfo("at", T("Time"), "time", editable=False, width=80),
    FieldInfo("phone", T("Phone"), "phone", "personal", editable=False, width=140),
)
_DRIVER_FIELDS = (
    FieldInfo("name", T("Offers seats"), editable=False, width=180),
    FieldInfo("place", T("Place"), editable=False, width=150),
    FieldInfo("free", T("Free seats"), "number", editable=False, width=96),
    FieldInfo("seats", T("Seats offered"), "number", editable=False, width=110),
    FieldInfo("taken", T("Ride along"), "number", editable=False, width=96),
    FieldInfo("day", T("Day"), "date", editable=False, width=100),
    FieldInfo("at", T("Time"), "time", editable=False, width=80),
    FieldInfo("phone", T("Phone"), "phone", "personal", editable=False, width=140),
)


def seekers_listing(shown: Carpool, speak: Language) -> Listing:
    """Keys are registrations. The driver's cell holds a registration; a person may choose another one."""
    drivers = {offer.registration_id: verbatim(offer.name) for offer in shown.offers}
    fields = tuple(
        replace(info, choices={"": T("nobody"), **drivers}) if info.key == DRIVER else info for info in _SEEKER_FIELDS
    )
    rows = []
    for seeker in shown.seekers:
        match = shown.proposed.get(seeker.registration_id)
        said = notices(match) if match else (_nobody(shown, shown.matches.get(seeker.registration_id, ())),)
        rows.append(
            (
                seeker.name, seeker.place.name, match.offer.registration_id if match else "",
                "; ".join(speak.say(one) for one in said), match.detour_km if match else None,
                match.minutes_apart if match else None, seeker.time, seeker.phone,
            )
        )  # fmt: skip
    return Listing(fields, [seeker.registration_id for seeker in shown.seekers], rows)


def drivers_listing(shown: Carpool) -> Listing:
    rows = [
        (o.name, o.place.name, o.free, o.seats, o.taken, o.day, o.time, o.phone) for o in shown.offers
    ]  # fmt: skip
    return Listing(_DRIVER_FIELDS, [offer.registration_id for offer in shown.offers], rows)


def notices(match: Match) -> tuple[Text, ...]:
    """What is to be known before somebody rides so."""
    found = []
    if match.needs_agreement:
        found.append(T("a minor: only with the agreement of the guardians"))
    if match.minutes_apart is None:
        found.append(T("agree on the hour"))
    return tuple(found)


def _nobody(shown: Carpool, matches: Sequence[Match]) -> Text:
    """Why nobody is proposed, and who would be next."""
    if not shown.offers:
        return T("nobody offers a seat")
    if not matches:
        return T("the place is not known")
    left = {offer.registration_id: offer.free for offer in shown.offers}
    for match in shown.proposed.values():
        left[match.offer.registration_id] -= 1
    nearest = next((match for match in matches if left[match.offer.registration_id] > 0), None)
    if nearest is None:
        return T("all seats are taken")
    if nearest.detour_km > _FAR_KM:
        return T("nobody drives anywhere near")
    return T("nearest: {name}, {km} km more", name=nearest.offer.name, km=round(nearest.detour_km))
