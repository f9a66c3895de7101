"""What may be meant by a few typed letters, for every cell and form that completes: places, names, projects, staff."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.projects import Project
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T, fold
from mama_desktop.services import office, organisations, people, places, projects
from mama_desktop.services.transport import carriers, vehicles
from mama_desktop.store.search import find

_MOST = 12


def complete(session: Session, kind: str, beginning: str, *, language: str = "sl") -> list[Found]:
    """kind of field (town, person, carrier …), typed words → what may be meant, best first."""
    match kind:
        case "town":
            return [Found(kind, town.postal_code, town.name, town.postal_code)
                    for town in places.suggest_towns(beginning)]  # fmt: skip
        case "organisation":
            return organisations.like(session, beginning)
        case "person":
            return [hit for hit in find(session, beginning, 40) if hit.kind == "person"][:_MOST]
        case "project":
            titles = projects.project_names(session, language=language)
            return _like(kind, titles.items(), beginning)
        case "staff":
            return _like(kind, ((one.id, one.name) for one in office.staff(session)), beginning)
        case "carrier":
            return carriers.like(session, beginning)
        case "vehicle":
            return vehicles.like(session, beginning)
        case _:
            return []


def _like(kind: str, names: Iterable[tuple[str, str]], beginning: str) -> list[Found]:
    """Those whose name or one of its words begins so come before those that only contain it."""
    words = fold(beginning)
    found = [(fold(name), key, name) for key, name in names if words in fold(name)]
    found.sort(key=lambda one: (not one[0].startswith(words), f" {words}" not in one[0], one[0]))
    return [Found(kind, key, name) for _, key, name in found[:_MOST]]


def key_called(session: Session, kind: str, words: str) -> str | None:
    """The key of the project, the person or the member of staff called so (or of this key); None for no words.

    Raises OfficeError when there is none of that name, or more than one.
    """
    if not words:
        return None
    if kind == "person":
        return _person_called(session, words)
    if kind == "staff":
        known = [(one.id, one.name) for one in office.staff(session, everybody=True)]
    else:
        query = select(Project.id, Project.title_sl, Project.title_en, Project.acronym, Project.grant_number)
        known = [(key, name) for key, *names in session.execute(query) for name in names if name]
    wanted = fold(words)
    found = {key for key, name in known if key == words or fold(name) == wanted}
    if len(found) == 1:
        return found.pop()
    if found:
        raise OfficeError(T("“{name}” is the name of several.", name=words), safe=T("The old value stays."))
    what = T("Nobody in the office is called “{name}”.", name=words)
    raise OfficeError(
        what if kind == "staff" else T("There is no project called “{name}”.", name=words),
        safe=T("The old value stays."),
    )


def _person_called(session: Session, words: str) -> str:
    known = people.named(session, words)
    if len(known) == 1:
        return known[0][0]
    raise OfficeError(
        T("Several people are called {name}.", name=words)
        if known
        else T("There is no person called “{name}”.", name=words),
        safe=T("The old value stays."),
        todo=T("Choose the right one from the list that opens while you type."),
    )
