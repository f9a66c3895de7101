"""What a registration says of minors and consents; read beside the registration, never written through its table."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from sqlalchemy import String, case, cast, func, or_, select

from mama_desktop.domain import ages
from mama_desktop.domain.consents import Consent
from mama_desktop.domain.events import Event
from mama_desktop.domain.office import Setting
from mama_desktop.domain.registrations import STAYS_AWAY, Registration
from mama_desktop.domain.text import T
from mama_desktop.services.fields.field import computed
from mama_desktop.services.fields.person import BIRTH, age

MINOR = {"yes": T("minor"), "no": T("of age"), "unknown": T("not known")}
CONSENT_STATES = {
    "given": T("consent given"),
    "refused": T("refused"),
    "withdrawn": T("withdrawn"),
    "none": T("not known"),
}
_CHILD_AGE = select(Setting.value).where(Setting.key == "minors.child_age").scalar_subquery()
_STATE = case((Consent.withdrawn_on.is_not(None), "withdrawn"), (Consent.given, "given"), else_="refused")


def _standing(purpose: str) -> Any:
    """The decision that stands for this registration: that for the event before a general one, the last of several."""
    return (
        select(_STATE)
        .where(
            Consent.person_id == Registration.person_id,
            Consent.purpose == purpose,
            or_(Consent.event_id == Registration.event_id, Consent.event_id.is_(None)),
        )
        .order_by(Consent.event_id.is_(None), Consent.recorded_at.desc(), Consent.id.desc())
        .limit(1)
        .correlate(Registration)
        .scalar_subquery()
    )


PARTICIPATION = _standing("participation")


# The decisions of all purposes come as one text, so that a column more costs the table nothing; of one purpose the last
# in the order of the letters stands: that for the event before a general one, of several the latest.
_PART, _NEXT = "\x1f", "\x1e"
_DECIDED = (
    select(
        func.aggregate_strings(
            Consent.purpose + _PART + case((Consent.event_id.is_(None), "0"), else_="1") + _PART
            + cast(Consent.recorded_at, String) + _PART + Consent.id + _PART + _STATE,
            _NEXT,
        )
    )
    .where(
        Consent.person_id == Registration.person_id,
        or_(Consent.event_id == Registration.event_id, Consent.event_id.is_(None)),
    )
    .correlate(Registration)
    .scalar_subquery()
)  # fmt: skip


def _said(purpose: str, _language: str, decided: str | None) -> str:
    """What stands for a purpose, of the text of all decisions."""
    if not decided:
        return "none"
    last = max((one for one in decided.split(_NEXT) if one.startswith(purpose + _PART)), default="")
    return last.rpartition(_PART)[2] or "none"


def _minor(language: str, child_age: int | None, day: dt.date | None, *born: Any) -> str:
    years = age(language, day, *born)
    limit = child_age or ages.ADULT_AGE
    return {True: "yes", False: "no", None: "unknown"}[ages.is_below(years, limit)]


def _missing(language: str, status: str, decided: str | None, child_age: int | None, *known: Any) -> bool:
    comes = status not in STAYS_AWAY or status in ("applied", "waiting", "invited")
    agreed = _said("participation", language, decided) == "given"
    return comes and not agreed and _minor(language, child_age, *known) == "yes"


CONSENT_FIELDS = (
    computed("minor", T("Minor"), (_CHILD_AGE, Event.starts_on, *BIRTH), _minor, "choice", choices=MINOR, width=110),
    computed(
        "consent_missing", T("Parents' consent missing"),
        (Registration.status, _DECIDED, _CHILD_AGE, Event.starts_on, *BIRTH), _missing, "bool", width=120,
    ),
    *(
        computed(
            key, label, (_DECIDED,), partial(_said, purpose), "choice", choices=CONSENT_STATES, sensitivity="personal",
            width=140,
        )
        for key, purpose, label in (
            ("consent_participation", "participation", T("Consent: participation")),
            ("photo", "photo", T("Being photographed")),
            ("consent_publication", "publication", T("Consent: publication of photos")),
            ("consent_data", "data", T("Consent: personal data")),
            ("consent_mailing", "mailing", T("Consent: news and invitations")),
        )
    ),
)  # fmt: skip
