"""Every mapped class in one place, for the store: importing this module completes the metadata."""

from __future__ import annotations

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.base import Base
from mama_desktop.domain.capacity import ChosenOption, EventOption, Quota
from mama_desktop.domain.consents import Consent, ConsentText, Guardian
from mama_desktop.domain.duplicates import Merged, PairVerdict
from mama_desktop.domain.events import Event, Session
from mama_desktop.domain.expenses import BankAccount, CostLine, Payment, TravelClaim, TravelGrant, TravelOrder
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.groups import Membership, WorkingGroup
from mama_desktop.domain.letters import Letter, LetterRecipient, LetterTemplate
from mama_desktop.domain.office import RememberedMapping, Setting, StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.papers import Issue, IssueRow, ListTemplate, StoredFile
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Affiliation, Person
from mama_desktop.domain.projects import FunderProfile, Partner, Project
from mama_desktop.domain.questions import Question, QuestionSet
from mama_desktop.domain.rates import AllowanceRate, TravelRate
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.sources import SourceRow
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import RoadDistance, Seat, Trip, TripStop
from mama_desktop.domain.vehicles import Carrier, Vehicle
from mama_desktop.domain.views import TableView

RECORDS: tuple[type[Base], ...] = (
    Organisation, Person, FunderProfile, Project, Partner, StaffMember, Event, Session, Registration, Attendance,
    StoredFile, Issue, IssueRow, ListTemplate, Setting, RememberedMapping, Affiliation, EventOption, ChosenOption,
    Quota, Party, QuestionSet, Question, Guardian, ConsentText, Consent, Attachment, WorkingGroup, Membership,
    SourceRow, TableView, PairVerdict, Merged, LetterTemplate, Letter, LetterRecipient,
    Carrier, Vehicle, TravelLeg, Trip, TripStop, Seat, RoadDistance, TravelRate, AllowanceRate, TravelGrant,
    BankAccount, Payment, TravelClaim, TravelOrder, CostLine,
)  # fmt: skip
# Stored by content and never changed: the journal keeps their key only.
NOT_JOURNALLED = frozenset({"stored_file"})
