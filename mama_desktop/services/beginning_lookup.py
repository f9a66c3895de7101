"""What the words of an old list mean here: projects, people of the office, organisations, months in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import name_key
from mama_desktop.domain.projects import Project
from mama_desktop.domain.text import T, Text, fold, sort_key, words_of
from mama_desktop.intake.lists import ListRow
from mama_desktop.intake.meeting_rows import is_present
from mama_desktop.intake.tables import as_text
from mama_desktop.services import short_ids
from mama_desktop.services.known_people import Organisations
from mama_desktop.services.list_fields import EVENT, ORGANISATION, SHORT_ID
from mama_desktop.services.plan_when import read_plan_when

_BETWEEN_PEOPLE = re.compile(r"\s*(?:[,;/+&]|\bin\b|\band\b)\s*")
# Shorter names of projects are found inside other words.
_LONG_ENOUGH = 4


STAFF, PROJECT = "staff_member", "project"
# People come with their organisation; who works in the office, and which projects it runs, is asked first.
_PROPOSED = {ORGANISATION: True, STAFF: False, PROJECT: False}


@dataclass(frozen=True)
class Along:
    """A name in the list that nobody knows here. rows: how many name it. taken: whether it is added with the list;
    if not, the words stand in the remarks."""

    kind: str
    name: str
    rows: int
    taken: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, fold(self.name)


class Named(NamedTuple):
    """A record of another kind that a row names: its key, or None while it will be added under this name."""

    key: str | None
    name: str


@dataclass(frozen=True)
class Understood:
    """A row with its names looked up. unread: values that stay out; short: our own ID, or ""."""

    line: int
    values: dict[str, Any] = field(hash=False)
    notices: tuple[Text, ...] = ()
    unread: tuple[Text, ...] = ()
    short: str = ""

    @property
    def is_ours(self) -> bool:
        return bool(self.short)


@dataclass
class _Row:
    """A row while it is being understood. extra: words that no field holds; they go into the remarks."""

    values: dict[str, Any]
    notices: list[Text]
    unread: list[Text]
    extra: list[str] = field(default_factory=list)


class Lookup:
    """The names of other records in a list. decided: (kind, folded name) → whether an unknown one is added."""

    def __init__(self, session: Session, decided: Mapping[tuple[str, str], bool]) -> None:
        self._decided = decided
        self._unknown: dict[tuple[str, str], Along] = {}
        self._organisations = Organisations(session)
        self._staff = {fold(m.name): m for m in session.scalars(select(StaffMember))}
        self._projects: dict[str, set[str]] = {}
        for project in session.scalars(select(Project)):
            for words in (project.acronym, project.title_sl, project.title_en, project.grant_number):
                if words:
                    self._projects.setdefault(fold(words), set()).add(project.id)

    def row(self, noun: str, row: ListRow, around: dt.date) -> Understood:
        # A value that cannot be read is said and left out; the rest of its row is good.
        made = _Row(dict(row.values), list(row.notices), list(row.problems))
        short = short_ids.as_short_id(as_text(made.values.pop(SHORT_ID, "")))
        if "is_member" in made.values:
            made.values["is_member"] = is_present(made.values["is_member"]) is not False
        self._when(made, around)
        for key in ("responsible", "liaison"):
            self._responsible(made, key)
        self._project_of(made)
        self._organisation_of(made)
        for main, other in {ORGANISATION: (("name_sl", "short_name"),), EVENT: (("title_sl", "title_en"),)}.get(
            noun, ()
        ):
            if not made.values.get(main) and made.values.get(other):
                made.values[main] = made.values[other]
        if made.extra:
            made.values["remarks"] = "; ".join(filter(None, (str(made.values.get("remarks", "")), *made.extra)))
        return Understood(row.line, made.values, tuple(made.notices), tuple(made.unread), short)

    def _when(self, made: _Row, around: dt.date) -> None:
        if "when" not in made.values:
            return
        said = made.values.pop("when")
        when, remark = read_plan_when(said, around)
        if when is not None:
            made.values["when"] = when
        if remark is not None:
            (made.unread if when is None else made.notices).append(remark)
            made.extra.append(as_text(said))

    def _responsible(self, made: _Row, key: str) -> None:
        words = as_text(made.values.pop(key, ""))
        names = [part.strip() for part in _BETWEEN_PEOPLE.split(words) if words_of(part)]
        if not names:
            return
        if (member := self._member(names[0])) is not None:
            made.values[key] = member
        else:
            made.extra.append(names[0])
        if len(names) > 1:
            made.notices.append(
                T("Only {name} is kept as responsible; the others stand in the remarks.", name=names[0])
            )
            made.extra.append(", ".join(names[1:]))

    def _project_of(self, made: _Row) -> None:
        words = as_text(made.values.pop("project", ""))
        if not words_of(words):
            return
        project = self._project(words)
        if project is not None or self._is_taken(PROJECT, words):
            made.values["project"] = Named(project, words)
        else:
            made.extra.append(words)

    def _organisation_of(self, made: _Row) -> None:
        words = as_text(made.values.pop("organisation", ""))
        if not name_key(words):
            return
        key = self._organisations.called(words)
        if key is not None or self._is_taken(ORGANISATION, words):
            made.values["organisation"] = Named(key, words)
        else:
            made.extra.append(words)

    def along(self) -> tuple[Along, ...]:
        """The unknown names, by kind and name."""
        order = {kind: place for place, kind in enumerate(_PROPOSED)}
        return tuple(sorted(self._unknown.values(), key=lambda one: (order[one.kind], sort_key(one.name))))

    def _is_taken(self, kind: str, name: str) -> bool:
        key = (kind, fold(name))
        known = self._unknown.get(key)
        taken = self._decided.get(key, _PROPOSED[kind])
        self._unknown[key] = Along(kind, known.name if known else name, known.rows + 1 if known else 1, taken)
        return taken

    def _member(self, name: str) -> Named | None:
        """Somebody of the office by the whole name, or by a part of it that only one has ("Maja")."""
        known, words = self._staff.get(fold(name)), set(words_of(name))
        if known is None:
            alike = [m for m in self._staff.values() if words <= set(words_of(m.name))]
            known = alike[0] if len(alike) == 1 else None
        if known is None and not self._is_taken(STAFF, name):
            return None
        return Named(known.id if known else None, name)

    def _project(self, words: str) -> str | None:
        """By its title, acronym or number; else the only one whose name stands within these words."""
        said = fold(words)
        found = self._projects.get(said, set())
        if not found:
            for name, keys in self._projects.items():
                if min(len(name), len(said)) >= _LONG_ENOUGH and (name in said or said in name):
                    found = found | keys
        return next(iter(found)) if len(found) == 1 else None
