"""What a taken-in file writes, gathered row by row and written in a few statements for all of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from mama_desktop.domain.base import Base, new_key
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.intake.candidates import Candidate
from mama_desktop.intake.sensitive import mask
from mama_desktop.services import asked_columns, known_people, places, questions
from mama_desktop.services.comparison import Change, Option
from mama_desktop.services.differences import PERSON_TEXTS, STATUSES_TAKEN
from mama_desktop.services.fields import ANSWER
from mama_desktop.services.known_people import Organisations
from mama_desktop.services.transport import travel_columns
from mama_desktop.services.transport.travel_columns import TRAVEL_COLUMNS
from mama_desktop.store.inserting import insert_rows

Values = dict[str, Any]
_ADDRESS = ("postal_code", "town", "country")
_DERIVED_FROM = frozenset({"family_name", "given_name", "email", "phone", "other_phone"})


class Writing:
    """One file's writing: `register`, `add_person` and `change` gather, `write` stores."""

    def __init__(self, session: Session, event_id: str, now: dt.datetime, organisations: Organisations) -> None:
        self.session = session
        self.event_id = event_id
        self.now = now
        self.organisations = organisations
        self.people: list[Values] = []
        self.registrations: list[Values] = []
        self.new_organisations: list[Values] = []
        # Key of a person or of a registration → what was before and what is to be, by column.
        self._of_people: dict[str, dict[str, tuple[Any, Any]]] = defaultdict(dict)
        self._of_registrations: dict[str, dict[str, tuple[Any, Any]]] = defaultdict(dict)
        self._without_organisation: dict[str, str] = {}
        self._asked: list[QuestionRow] | None = None
        # Registration → what its legs of travel are to say, and what they said; both by column.
        self._travel: dict[str, dict[str, Any]] = defaultdict(dict)
        self._travel_before: dict[str, dict[str, Any]] = defaultdict(dict)
        # Registration → the status it had and the one it is to have.
        self.steps: dict[str, tuple[str, str]] = {}
        self._region = cache(places.region_of)

    def add_person(self, row: Candidate) -> str:
        """A person not known yet; returns the key."""
        values = row.values
        person: Values = {name: _kept(values.get(name) or "") for name in PERSON_TEXTS}
        person |= {
            "id": new_key(),
            "birth_date": values.get("birth_date"),
            "birth_year": values.get("birth_year"),
            "age_group": values.get("age_group") or "",
            "age_group_on": values.get("age_group_on"),
            "gender": values.get("gender") or "unknown",
            "language": values.get("language") or "",
            "organisation_id": self._organisation(values),
            "region": self._region(person["postal_code"], person["town"], person["country"]),
            "remarks": "",
        }
        person |= Person.derived(person)
        self.people.append(person)
        return str(person["id"])

    def register(self, row: Candidate, person_id: str, source_line: str, organisation_id: str | None = None) -> str:
        """A new registration; returns its key. organisation_id: for a row that does not say whom one represents."""
        values, key = row.values, new_key()
        status = values.get("status")
        organisation = self._organisation(values)
        if organisation:
            self._without_organisation[person_id] = organisation
        self.registrations.append({
            "id": key,
            "event_id": self.event_id,
            "person_id": person_id,
            "organisation_id": organisation or organisation_id,
            "status": status if status in STATUSES_TAKEN else "applied",
            "status_since": self.now,
            "role": values.get("role") or "participant",
            "active": values.get("active"),
            "arrival": values.get("arrival"),
            "departure": values.get("departure"),
            "diet": list(values.get("diet") or ()),
            "allergies": _kept(values.get("allergies") or ""),
            "remarks": _kept(values.get("remarks") or ""),
            "emergency_name": _kept(values.get("emergency_name") or "")[:200],
            "emergency_relation": _kept(values.get("emergency_relation") or "")[:100],
            "emergency_phone": _kept(values.get("emergency_phone") or "")[:60],
            "source": "import",
            "source_line": _kept(source_line)[:300],
            "applied_at": values.get("submitted_at") or self.now,
            "answers": self._stored(_kept_answers(row.answers)),
        })  # fmt: skip
        if travel := {name: _kept(value) for name, value in values.items() if name in TRAVEL_COLUMNS}:
            self._travel[key] = travel
        return key

    def change(self, option: Option, accepted: Sequence[Change], row: Candidate) -> None:
        """These changes of a known person and, where there is one, the registration."""
        of_person = self._of_people[option.person_id]
        of_registration = self._of_registrations[option.registration_id or ""]
        for change in accepted:
            after = _kept(change.after)
            if change.of_person:
                of_person[change.field] = (change.before, after)
            elif change.field == "status" and option.registration_id:
                # A step frees what was held, or may not follow: that is decided in one place.
                self.steps[option.registration_id] = (change.before, str(after))
            elif change.field in TRAVEL_COLUMNS and option.registration_id:
                self._travel[option.registration_id][change.field] = after
                self._travel_before[option.registration_id][change.field] = change.before
            elif change.field == "organisation":
                of_registration["organisation_id"] = (change.before, self._organisation(row.values))
            else:
                of_registration[_kept(change.field)] = (change.before, after)
        if "age_group" in of_person:
            of_person["age_group_on"] = (None, row.values.get("age_group_on"))
        sent = row.values.get("submitted_at")
        # Of repeated sign-ups the last counts, its time included: the same row is not proposed again the next time.
        if sent and of_registration:
            of_registration["applied_at"] = (None, sent)

    def write(self) -> None:
        """Write everything gathered. Raises OfficeError when a value is not what the preview showed."""
        _insert(self.session, Organisation, self.new_organisations)
        _insert(self.session, Person, self.people)
        _insert(self.session, Registration, self.registrations)
        self._write_people()
        self._write_registrations()
        self._write_travel()
        self.session.expire_all()

    def _write_travel(self) -> None:
        if not self._travel:
            return
        there = travel_columns.told(self.session, self.event_id)
        for key, before in self._travel_before.items():
            if any(there.get(key, {}).get(name, "") != (was or "") for name, was in before.items()):
                raise changed_meanwhile()
        travel_columns.take(self.session, self._travel, now=self.now)

    def _write_people(self) -> None:
        added = {person["id"] for person in self.people}
        homeless = {key: org for key, org in self._without_organisation.items() if key not in added}
        changed = {key: changes for key, changes in self._of_people.items() if changes}
        known = known_people.by_key(self.session, changed.keys() | homeless.keys())
        if not known.keys() >= changed.keys() | homeless.keys():
            raise changed_meanwhile()
        updates: dict[str, Values] = {}
        for key, person in known.items():
            changes = changed.get(key, {})
            _check(changes, person._asdict(), "age_group_on")
            new: Values = {name: after for name, (_, after) in changes.items()}
            if key in homeless and person.organisation_id is None:
                new["organisation_id"] = homeless[key]
            now = person._asdict() | new
            if new.keys() & set(_ADDRESS):
                new["region"] = self._region(*(now[name] for name in _ADDRESS))
            if new.keys() & _DERIVED_FROM:
                new |= Person.derived(now)
            if new:
                updates[key] = new
        _update(self.session, Person, updates)

    def _write_registrations(self) -> None:
        changed = {key: changes for key, changes in self._of_registrations.items() if key and changes}
        if not changed:
            return
        known = {r.id: r for r in known_people.registered(self.session, self.event_id).values()}
        updates: dict[str, Values] = {}
        for key, changes in changed.items():
            if key not in known:
                raise changed_meanwhile()
            ours = known[key]
            _check(changes, ours._asdict() | {ANSWER + h: a for h, a in ours.answers.items()}, "applied_at")
            new: Values = {}
            for name, (_, after) in changes.items():
                if name.startswith(ANSWER):
                    new["answers"] = new.get("answers", ours.answers) | {name.removeprefix(ANSWER): after}
                else:
                    new[name] = after
            if "answers" in new:
                new["answers"] = self._stored(new["answers"])
            updates[key] = new
        _update(self.session, Registration, updates)

    def _stored(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Answers as they are kept: those to the event's own questions typed and under their keys."""
        if self._asked is None:
            self._asked = questions.of_event(self.session, self.event_id)
        return asked_columns.stored(said, self._asked) if self._asked and said else dict(said)

    def _organisation(self, values: Mapping[str, Any]) -> str | None:
        """The key of the row's organisation, found in any spelling or created once."""
        name, town = _kept(values.get("organisation") or ""), _kept(values.get("organisation_town") or "")
        if not self.organisations.mark(name, town):
            return None
        known = self.organisations.called(name, town)
        if known is not None:
            return known
        country = (
            values.get("organisation_country")
            or values.get("country")
            or ("SI" if self._region("", town, "SI") else "")
        )
        added: Values = {
            "id": new_key(), "name_sl": name, "name_en": "", "short_name": "", "kind": "other", "street": "",
            "postal_code": "", "town": town, "country": country, "region": self._region("", town, country), "email": "",
            "phone": "", "contact_person": "", "is_member": False, "remarks": "",
        }  # fmt: skip
        self.new_organisations.append(added | Organisation.derived(added))
        self.organisations.add(added["id"], name, town)
        return str(added["id"])


def changed_meanwhile() -> OfficeError:
    return OfficeError(
        T("Somebody has changed the registrations since this preview was made."),
        safe=T("Nothing was taken in."),
        todo=T("Look at the preview again; it will be made anew."),
    )


def _check(changes: dict[str, tuple[Any, Any]], now: Mapping[str, Any], *unseen: str) -> None:
    """Refuse when a value is no longer what the preview showed as the one before."""
    for name, (before, _) in changes.items():
        if name not in unseen and name != "organisation_id" and (now.get(name) or "") != (before or ""):
            raise changed_meanwhile()


def _kept(value: Any) -> Any:
    """The value without any EMŠO: the intake leaves them out already, and here nothing passes by."""
    return mask(value, iban=False) if type(value) is str and len(value) > 11 else value


def _kept_answers(answers: Mapping[str, str]) -> dict[str, str]:
    return {_kept(heading): _kept(words) for heading, words in answers.items() if words} if answers else {}


def _table(record: type[Base]) -> Table:
    return record.metadata.tables[record.__tablename__]


def _insert(session: Session, record: type[Base], rows: list[Values]) -> None:
    insert_rows(session, _table(record), rows)


def _update(session: Session, record: type[Base], updates: Mapping[str, Values]) -> None:
    """Rows that change the same columns go in one statement."""
    table = _table(record)
    groups: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for key, new in updates.items():
        groups[tuple(sorted(new))].append({"its_key": key} | {f"new_{name}": value for name, value in new.items()})
    for names, rows in groups.items():
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
        session.execute(update(table).where(table.c.id == bindparam("its_key")).values(values), rows)
