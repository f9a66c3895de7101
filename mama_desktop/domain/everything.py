"""Every mapped class in one place, for the store: importing this module completes the metadata."""

from __future__ import annotations

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.base import Base
from mama_desktop.domain.events import Event, Session
from mama_desktop.domain.office import RememberedMapping, Setting, StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.papers import Issue, IssueRow, ListTemplate, StoredFile
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import FunderProfile, Partner, Project
from mama_desktop.domain.registrations import Registration

RECORDS: tuple[type[Base], ...] = (
    Organisation, Person, FunderProfile, Project, Partner, StaffMember, Event, Session, Registration, Attendance,
    StoredFile, Issue, IssueRow, ListTemplate, Setting, RememberedMapping,
)  # fmt: skip
# Stored by content and never changed: the journal keeps their key only.
NOT_JOURNALLED = frozenset({"stored_file"})
