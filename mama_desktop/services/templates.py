"""Templates of lists: the ready ones and those the office saved, for one event or for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.papers import ListTemplate
from mama_desktop.domain.text import T, Text, clean, fold, verbatim
from mama_desktop.i18n import LANGUAGES, language
from mama_desktop.services import fields, papers_about
from mama_desktop.services.papers_list import ACCEPTED, LIST, ListOptions, everything

EVERYTHING, CONTACTS, FUNDER, HOTEL, BUS = "everything", "contact-list", "funder", "hotel", "bus-firm"
READY: dict[str, Text] = {
    EVERYTHING: T("Everything"),
    CONTACTS: T("Contact list"),
    FUNDER: T("For the funder"),
    HOTEL: T("For the hotel"),
    BUS: T("For the bus firm"),
}
_COLUMNS = {
    CONTACTS: ("family_name", "given_name", "organisation", "function", "phone", "email", "town"),
    # An annex asks for name and address of the sending organisation (facts 2.1).
    FUNDER: (
        "family_name", "given_name", "organisation", "organisation_town", "organisation_country", "origin", "gender",
        "age_band", "role",
    ),
    HOTEL: ("family_name", "given_name", "gender", "arrival", "departure"),
    BUS: ("family_name", "given_name", "phone", "town"),
}  # fmt: skip


@dataclass(frozen=True)
class TemplateInfo:
    """A template to choose. key: a ready one's name or a saved one's id. event_id: None for the whole office."""

    key: str
    name: Text
    options: ListOptions
    is_ready: bool = False
    event_id: str | None = None


def templates(session: Session, event_id: str) -> list[TemplateInfo]:
    """The ready templates, then those of the office and of this event by name."""
    ready = [TemplateInfo(key, name, _ready(session, event_id, key), is_ready=True) for key, name in READY.items()]
    return ready + [_saved(one) for one in _stored(session, event_id)]


def template_called(session: Session, event_id: str, name: str) -> TemplateInfo:
    """The template of a key or a name (in either language, without accents); an unknown one is refused."""
    known = templates(session, event_id)
    wanted = fold(name)
    for one in reversed(known):
        if name == one.key or wanted in {fold(language(code).say(one.name)) for code in LANGUAGES}:
            return one
    raise OfficeError(
        T("There is no template called “{name}”.", name=name),
        todo=T("Choose one of these:"),
        details=[one.name for one in known],
    )


def save_template(session: Session, name: str, options: ListOptions, *, event_id: str | None = None) -> str:
    """Save columns under a name, for one event or for the whole office; the same name there is replaced. → its key."""
    name = _checked(name)
    if not options.columns:
        raise OfficeError(T("Choose at least one column."), safe=T("Nothing was saved."))
    one = _of_name(session, name, event_id)
    if one is None:
        one = ListTemplate(name=name, document=LIST, event_id=event_id)
        session.add(one)
    one.columns = list(options.columns)
    one.options = {"statuses": list(options.statuses), "for_outsiders": options.for_outsiders}
    session.flush()
    return one.id


def rename_template(session: Session, key: str, name: str) -> None:
    one = session.get_one(ListTemplate, key)
    name = _checked(name)
    other = _of_name(session, name, one.event_id)
    if other is not None and other.id != key:
        raise OfficeError(T("There is a template called “{name}” already.", name=name), safe=T("Nothing was changed."))
    one.name = name
    session.flush()


def delete_template(session: Session, key: str) -> None:
    session.delete(session.get_one(ListTemplate, key))
    session.flush()


def _ready(session: Session, event_id: str, key: str) -> ListOptions:
    if key == EVERYTHING:
        return everything(session, event_id)
    columns = _COLUMNS[key]
    if key == FUNDER:
        asked = [k for k in papers_about.about(session, event_id).profile.list_columns if _is_field(k)]
        columns = tuple(asked) or columns
    return ListOptions(columns, ACCEPTED, for_outsiders=key in (HOTEL, BUS))


def _is_field(key: str) -> bool:
    return key in fields.REGISTRATION_FIELDS or key.startswith(fields.ANSWER)


def _saved(one: ListTemplate) -> TemplateInfo:
    options = ListOptions(
        tuple(one.columns), tuple(one.options.get("statuses", ())), bool(one.options.get("for_outsiders"))
    )
    return TemplateInfo(one.id, verbatim(one.name), options, event_id=one.event_id)


def _stored(session: Session, event_id: str) -> Sequence[ListTemplate]:
    query = select(ListTemplate).where(
        ListTemplate.document == LIST, or_(ListTemplate.event_id == event_id, ListTemplate.event_id.is_(None))
    )
    return sorted(session.scalars(query), key=lambda one: (one.event_id is not None, fold(one.name)))


def _of_name(session: Session, name: str, event_id: str | None) -> ListTemplate | None:
    query = select(ListTemplate).where(ListTemplate.document == LIST, ListTemplate.event_id == event_id)
    return next((one for one in session.scalars(query) if fold(one.name) == fold(name)), None)


def _checked(name: str) -> str:
    name = clean(name)
    if not name:
        raise OfficeError(T("Please write the template's name."))
    if fold(name) in {fold(language(code).say(text)) for code in LANGUAGES for text in READY.values()} | set(READY):
        raise OfficeError(
            T("“{name}” is the name of a ready template.", name=name), todo=T("Choose another name for yours.")
        )
    return name
