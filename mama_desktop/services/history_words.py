"""The words of History: what each column of a changed record is called, and how its values are said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import MARKS, Attendance
from mama_desktop.domain.base import Base
from mama_desktop.domain.capacity import ChosenOption, EventOption, Quota
from mama_desktop.domain.consents import PURPOSES, RELATIONS, Consent, ConsentText, Guardian
from mama_desktop.domain.events import SESSION_KINDS, Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.expenses import BankAccount, TravelClaim, TravelGrant, TravelOrder
from mama_desktop.domain.groups import Membership
from mama_desktop.domain.letters import LetterRecipient, LetterTemplate
from mama_desktop.domain.money import euros
from mama_desktop.domain.office import Setting, StaffMember
from mama_desktop.domain.orders import number_words
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.papers import Issue, ListTemplate
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import OFFICE_ROLES, FunderProfile, Partner, Project
from mama_desktop.domain.questions import QUESTION_KINDS, SENSITIVITIES, Question, QuestionSet
from mama_desktop.domain.rates import RATE_ITEMS, AllowanceRate, TravelRate
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.sources import SourceRow
from mama_desktop.domain.text import T, Text, in_both
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.domain.vehicles import Carrier, Vehicle
from mama_desktop.i18n import Language
from mama_desktop.services import fields, questions
from mama_desktop.services.expenses.grant_rows import GRANT_FIELDS
from mama_desktop.services.fields.claim import CLAIM_COST_FIELDS, CLAIM_FIELDS, PAYMENT_FIELDS
from mama_desktop.services.fields.orders import ORDER_DETAILS, ORDER_FIELDS
from mama_desktop.services.fields.rates import ALLOWANCE_FIELDS, TRAVEL_RATE_FIELDS
from mama_desktop.services.office_card import setting_fields
from mama_desktop.services.profiles import PROFILE_FIELDS
from mama_desktop.services.staff import STAFF_FIELDS
from mama_desktop.settings import SETTINGS

# Records no screen edits field by field, so no registry of fields says what their columns are called.
_OTHERS: dict[type[Base], tuple[FieldInfo, ...]] = {
    EventSession: (
        FieldInfo("kind", T("Kind"), "choice", choices=SESSION_KINDS),
        FieldInfo("day", T("Day"), "date"),
        FieldInfo("title_sl", T("Title in Slovene")),
        FieldInfo("title_en", T("Title in English")),
        FieldInfo("starts_at", T("Begins at"), "time"),
        FieldInfo("ends_at", T("Ends at"), "time"),
        FieldInfo("confirmed_at", T("Key-in confirmed"), "datetime"),
        FieldInfo("confirmed_by", T("Confirmed by")),
    ),
    Attendance: (
        FieldInfo("mark", T("Attendance"), "choice", choices=MARKS),
        FieldInfo("keyed_by", T("Keyed in by")),
    ),
    Partner: (FieldInfo("role", T("Role"), "choice", choices=OFFICE_ROLES),),
    ListTemplate: (
        FieldInfo("name", T("Name")),
        FieldInfo("columns", T("Columns"), choices={k: f.info.label for k, f in fields.REGISTRATION_FIELDS.items()}),
    ),
    FunderProfile: tuple(PROFILE_FIELDS.values()),
    StaffMember: STAFF_FIELDS,
    EventOption: (
        FieldInfo("name_sl", T("Name in Slovene")),
        FieldInfo("name_en", T("Name in English")),
        FieldInfo("places", T("Places"), "number"),
    ),
    Quota: (FieldInfo("places", T("Places"), "number"),),
    Party: (FieldInfo("name", T("Name")), FieldInfo("contact_email", T("E-mail"))),
    Issue: (FieldInfo("sent_to", T("Sent to")), FieldInfo("sent_at", T("Sent"), "datetime")),
    LetterRecipient: (FieldInfo("sent_at", T("Sent"), "datetime"),),
    LetterTemplate: (
        FieldInfo("name", T("Name")),
        FieldInfo("subject_sl", T("Subject in Slovene")),
        FieldInfo("subject_en", T("Subject in English")),
        FieldInfo("body_sl", T("Text in Slovene"), "long-text"),
        FieldInfo("body_en", T("Text in English"), "long-text"),
    ),
    Question: (
        FieldInfo("kind", T("Kind of answer"), "choice", choices=QUESTION_KINDS),
        FieldInfo("label_sl", T("Question in Slovene")),
        FieldInfo("label_en", T("Question in English")),
        FieldInfo("help_sl", T("Explanation in Slovene")),
        FieldInfo("help_en", T("Explanation in English")),
        FieldInfo("choices", T("Choices")),
        FieldInfo("required", T("Required"), "bool"),
        FieldInfo("accepted_only", T("Ask only those accepted"), "bool"),
        FieldInfo("sensitivity", T("Sensitivity"), "choice", choices=SENSITIVITIES),
        FieldInfo("position", T("Order"), "number"),
    ),
    QuestionSet: (FieldInfo("name", T("Name")),),
    Consent: (
        FieldInfo("purpose", T("Purpose"), "choice", choices=PURPOSES),
        FieldInfo("given", T("Consent given"), "bool"),
        FieldInfo("given_on", T("Signed on"), "date"),
        FieldInfo("withdrawn_on", T("Withdrawn on"), "date"),
    ),
    TripStop: (
        FieldInfo("at", T("Arrives"), "datetime"),
        FieldInfo("at_by_hand", T("Time set by hand"), "bool"),
    ),
    Guardian: (FieldInfo("relation", T("Relation"), "choice", choices=RELATIONS),),
    # That an account was changed is told, never the account.
    BankAccount: (
        FieldInfo("iban", T("Bank account (IBAN)"), "secret"),
        FieldInfo("bic", T("Code of the bank (BIC)"), "secret"),
        FieldInfo("holder", T("Holder of the account")),
        FieldInfo("tax_number", T("Tax number"), "secret"),
    ),
    ConsentText: (FieldInfo("text_sl", T("Wording in Slovene")), FieldInfo("text_en", T("Wording in English"))),
}
_FIELDS: dict[tuple[str, str], FieldInfo] = {
    (f.record.__tablename__, f.writes.key): f.info
    for registry in (
        fields.REGISTRATION_FIELDS, fields.PERSON_FIELDS, fields.ORGANISATION_FIELDS, fields.EVENT_FIELDS,
        fields.EVENT_DETAILS, fields.PROJECT_FIELDS, fields.ATTACHMENT_FIELDS, fields.GROUP_FIELDS,
        fields.GROUP_DETAILS, fields.MEMBERSHIP_FIELDS, fields.ORGANISATION_DETAILS, fields.AFFILIATION_FIELDS,
        fields.TRAVEL_FIELDS, fields.TRIP_FIELDS, fields.TRIP_STOP_FIELDS, fields.SEAT_FIELDS,
        fields.VEHICLE_FIELDS, fields.CARRIER_FIELDS,
        CLAIM_FIELDS, CLAIM_COST_FIELDS, PAYMENT_FIELDS, ORDER_FIELDS, ORDER_DETAILS,
        GRANT_FIELDS, TRAVEL_RATE_FIELDS, ALLOWANCE_FIELDS,
    )
    for f in registry.values()
    if f.writes is not None and f.record is not None
} | {(record.__tablename__, info.key): info for record, infos in _OTHERS.items() for info in infos}  # fmt: skip
_SETTINGS: dict[str, FieldInfo] = {
    key: info for group in {s.group for s in SETTINGS.values()} for key, info in setting_fields(group).items()
}
# What a key in a column points to, and what a person calls that.
_NAMED = {
    "organisation": (Organisation.id, Organisation.name_sl),
    "project": (Project.id, Project.title_sl),
    "profile": (FunderProfile.id, FunderProfile.name_sl),
    "staff": (StaffMember.id, StaffMember.name),
    "vehicle": (Vehicle.id, Vehicle.name),
    "carrier": (Carrier.id, Carrier.name),
    "event": (Event.id, Event.title_sl),
    "person": (Person.id, Person.given_name + " " + Person.family_name),
    "stop": (TripStop.id, TripStop.place),
    "trip": (Trip.id, Trip.name),
}
# Called by the person they belong to, directly or through a registration.
_OF_SOMEBODY = frozenset(
    record.__tablename__
    for record in (
        Registration, Attendance, Membership, ChosenOption, TravelLeg, BankAccount, TravelClaim,
        TravelGrant,
    )
)  # fmt: skip
# Kept in hundredths of a cent, known to people in euros.
_IN_EUROS = (AllowanceRate.__tablename__, "amount")
_UNSAID = frozenset({"picture", "file", "secret"})


def name_of(session: Session, table: str, row: dict[str, Any], words: Language) -> str:
    """What a person calls the record; empty when it has no name."""
    if table == SourceRow.__tablename__:
        row = row.get("values") or {}
    if table in (Person.__tablename__, SourceRow.__tablename__):
        return f"{row.get('given_name', '')} {row.get('family_name', '')}".strip()
    if table == Setting.__tablename__:
        known = _SETTINGS.get(str(row.get("key")))
        return words.say(known.label) if known else ""
    if table == Seat.__tablename__:
        # Who was moved, and out of or into what.
        who, trip = _name_of_registered(session, row), _named(session, "trip", row.get("trip_id"))
        return f"{who} ({trip})" if trip else who
    if table in _OF_SOMEBODY:
        return _name_of_registered(session, row)
    if table == TravelOrder.__tablename__:
        return number_words(row["number"], row["year"]) if row.get("number") else ""
    if table in (TravelRate.__tablename__, AllowanceRate.__tablename__):
        return _name_of_rate(row, words)
    if table == Partner.__tablename__:
        return _named(session, "organisation", row.get("organisation_id"))
    if table == Question.__tablename__ and row.get("field_key") in questions.ASKABLE and not row.get("label_sl"):
        return words.say(questions.ASKABLE[row["field_key"]].label)
    for column in ("title_sl", "name_sl", "name", "label_sl", "label_en", "message_id", "what", "code", "place", "day"):
        if row.get(column):
            return words.say(Text("{value}", params={"value": row[column]}))
    return ""


def _name_of_rate(row: dict[str, Any], words: Language) -> str:
    if item := RATE_ITEMS.get(str(row.get("item"))):
        return words.say(item)
    return " ".join(str(row[part]) for part in ("programme", "action", "call_year_from") if row.get(part))


def field_of(table: str, column: str) -> FieldInfo | None:
    """What a person knows a column by; None for one nobody sees."""
    return _FIELDS.get((table, column))


def said_changes(
    session: Session, table: str, before: dict[str, Any], after: dict[str, Any], words: Language
) -> list[str]:
    """ "Town: — → Krško" for each column a person knows that is not what it was."""
    if table == Setting.__tablename__:
        # The setting itself stands at the head of the line.
        field = _SETTINGS.get(str(after.get("key")))
        return [_values(session, field, before["value"], after["value"], words)] if field else []
    said = []
    for column, value in after.items():
        known = _FIELDS.get((table, column))
        if before.get(column) == value:
            continue
        if (table, column) == (Registration.__tablename__, "answers"):
            said += _answers(session, before.get(column) or {}, value or {}, words)
        elif known is not None:
            was = before.get(column)
            if (table, column) == _IN_EUROS:
                was, value = (None if amount is None else amount / 10_000 for amount in (was, value))
            said.append(_change(session, known, was, value, words))
    return said


def _answers(session: Session, before: dict[str, Any], after: dict[str, Any], words: Language) -> list[str]:
    said = []
    for heading in {**before, **after}:
        was, now = before.get(heading), after.get(heading)
        if was == now:
            continue
        question = questions.by_key(session, heading) if fields.is_key(heading) else None
        info = questions.field_of(question) if question else None
        name = (
            words.say(info.label) if info else words.say(T("deleted question")) if fields.is_key(heading) else heading
        )
        if info and info.kind == "date":
            was, now = (words.date(dt.date.fromisoformat(day)) if day else None for day in (was, now))
        said.append(f"{name}: {_say(info, was, words)} → {_say(info, now, words)}")
    return said


def _change(session: Session, field: FieldInfo, before: Any, after: Any, words: Language) -> str:
    return f"{words.say(field.label)}: {_values(session, field, before, after, words)}"


def _values(session: Session, field: FieldInfo, before: Any, after: Any, words: Language) -> str:
    if field.kind in _UNSAID:
        return words.say(T("changed") if after else T("removed"))
    if field.kind in ("driver", "leader"):
        before, after = (_name_of_registered(session, {"registration_id": key}) for key in (before, after))
    elif field.kind in _NAMED:
        before, after = (_named(session, field.kind, key) for key in (before, after))
    return f"{_say(field, before, words)} → {_say(field, after, words)}"


def _say(field: FieldInfo | None, value: Any, words: Language) -> str:
    if value in (None, "", [], {}):
        return "—"
    choices = field.choices if field else {}
    if isinstance(value, bool):
        return words.say(T("yes") if value else T("no"))
    if isinstance(value, list):
        return ", ".join(words.say(choices.get(v, str(v)) if isinstance(v, str) else _of_choice(v)) for v in value)
    if isinstance(value, str):
        return words.country(value) if field and field.kind == "country" else words.say(choices.get(value, value))
    if field and field.kind == "money":
        return words.money(euros(value) or 0)
    return words.say(Text("{value}", params={"value": value}))


def _of_choice(value: Any) -> Text | str:
    """A choice of a question as it is stored."""
    return in_both(value.get("sl", ""), value.get("en", "")) if isinstance(value, dict) else str(value)


def _named(session: Session, kind: str, key: Any) -> str:
    identity, name = _NAMED[kind]
    return (session.scalar(select(name).where(identity == key)) or "") if key else ""


def _name_of_registered(session: Session, row: dict[str, Any]) -> str:
    query = select(Person.given_name, Person.family_name)
    if "person_id" in row:
        query = query.where(Person.id == row["person_id"])
    else:
        query = query.join(Registration, Registration.person_id == Person.id)
        query = query.where(Registration.id == row.get("registration_id"))
    found = session.execute(query).one_or_none()
    return " ".join(found).strip() if found else ""
