"""The people of the office as Settings shows them: their table, one finished edit, who of them sits here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.groups import WorkingGroup
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, clean, fold, sort_key
from mama_desktop.services import editing

STAFF_FIELDS = (
    FieldInfo("name", T("Name"), width=180),
    FieldInfo("email", T("E-mail"), "email", width=190),
    FieldInfo("phone", T("Phone"), "phone", width=140),
    FieldInfo("is_active", T("Works here"), "bool", width=100),
    FieldInfo("events", T("Events"), "number", editable=False, width=80),
)
_BY_KEY = {info.key: info for info in STAFF_FIELDS}


def staff_listing(session: Session) -> Listing:
    """Everybody of the office, those who work here first, with how many events each is responsible for."""
    count = select(func.count()).where(Event.responsible_id == StaffMember.id).correlate(StaffMember).scalar_subquery()
    columns = (StaffMember.name, StaffMember.email, StaffMember.phone, StaffMember.is_active, count)
    found = [tuple(row) for row in session.execute(select(StaffMember.id, *columns))]
    found.sort(key=lambda row: (not row[4], sort_key(row[1])))
    return Listing(STAFF_FIELDS, [row[0] for row in found], [row[1:] for row in found])


def change_staff(session: Session, key: str, field_key: str, value: object) -> None:
    """Give one field of somebody of the office a value; a name is needed and names nobody else."""
    member = session.get_one(StaffMember, key)
    value = editing.checked(_BY_KEY[field_key], value)
    if field_key == "name":
        value = clean(str(value))
        if not value:
            raise OfficeError(T("Please write the name."), safe=T("The old value stays."))
        others = session.scalars(select(StaffMember.name).where(StaffMember.id != key))
        if fold(value) in {fold(name) for name in others}:
            raise OfficeError(T("“{name}” is on the list already.", name=value), safe=T("The old value stays."))
    setattr(member, field_key, value)
    session.flush()


def staff_name(session: Session, key: str) -> str:
    """The name of somebody of the office; empty when nobody has this key."""
    return session.scalar(select(StaffMember.name).where(StaffMember.id == key)) or ""


def set_colleagues(session: Session, names: Sequence[str], *, besides: str = "") -> None:
    """Make these the people of the office besides the one of key `besides`; who is left out is retired, or goes."""
    wanted = {fold(clean(name)): clean(name) for name in names if clean(name)}
    for member in session.scalars(select(StaffMember).where(StaffMember.id != besides)):
        if wanted.pop(fold(member.name), None) is not None:
            member.is_active = True
        elif any(
            session.scalar(select(func.count()).where(column == member.id))
            for column in (Event.responsible_id, WorkingGroup.responsible_id)
        ):
            member.is_active = False
        else:
            session.delete(member)
    me = session.get(StaffMember, besides) if besides else None
    session.add_all(StaffMember(name=name) for name in wanted.values() if me is None or fold(me.name) != fold(name))
    session.flush()
