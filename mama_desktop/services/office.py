"""The office: its settings, its staff, its logo."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.office import Setting, StaffMember
from mama_desktop.domain.text import T, clean
from mama_desktop.services.expenses.iban import account_of, grouped
from mama_desktop.settings import SETTINGS
from mama_desktop.store import stored_files


def settings(session: Session) -> dict[str, Any]:
    """Every setting, defaults filled in."""
    stored = {key: value for key, value in session.execute(select(Setting.key, Setting.value))}
    return {key: stored.get(key, info.default) for key, info in SETTINGS.items()}


def setting(session: Session, key: str) -> Any:
    stored = session.get(Setting, key)
    return SETTINGS[key].default if stored is None else stored.value


def set_settings(session: Session, values: dict[str, Any]) -> None:
    """Store the given settings; unknown keys are a bug."""
    for key, value in values.items():
        info = SETTINGS[key]
        value = clean(value) if isinstance(value, str) and info.kind == "text" else value
        if key == "office.iban" and value:
            # Whoever is paid from it waits for their money where a digit is wrong.
            value = grouped(account_of(value).iban)
        stored = session.get(Setting, key)
        if stored is None:
            session.add(Setting(key=key, value=value))
        else:
            stored.value = value


def staff(session: Session, *, everybody: bool = False) -> list[StaffMember]:
    query = select(StaffMember).order_by(StaffMember.name)
    return list(session.scalars(query if everybody else query.where(StaffMember.is_active)))


def add_staff(session: Session, name: str, *, email: str = "", phone: str = "") -> str:
    """Add somebody of the office; the key of the one who is there already under that name."""
    name = clean(name)
    if not name:
        raise OfficeError(T("Please write the name."))
    known = session.scalar(select(StaffMember).where(StaffMember.name == name))
    if known is None:
        known = StaffMember(name=name, email=clean(email), phone=clean(phone))
        session.add(known)
    known.is_active = True
    session.flush()
    return known.id


def store_file(session: Session, content: bytes) -> str:
    """Keep bytes once by content; returns their SHA-256."""
    return stored_files.keep(session, content)


def file_content(session: Session, digest: str | None) -> bytes | None:
    """The bytes of a stored file; OfficeError when they should lie beside the workspace and do not."""
    return stored_files.content_of(session, digest)
