"""Who is a minor, by the office's own settings: the age of a child and the age of a valid consent of one's own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from mama_desktop.services import office

CHILD_AGE, OWN_CONSENT_AGE = "minors.child_age", "minors.own_consent_age"


def child_age(session: Session) -> int:
    """Below it somebody is a child (18 by the Family Code, art. 6)."""
    return int(office.setting(session, CHILD_AGE))


def own_consent_age(session: Session) -> int:
    """From it on somebody's own consent is valid (15 by ZVOP-2, UL RS 163/22; an organiser may set it higher)."""
    return int(office.setting(session, OWN_CONSENT_AGE))
