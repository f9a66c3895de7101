"""The office's settings and people, the card of a person, the page of a project, a new event."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.services import (
    events,
    new_event,
    office,
    office_card,
    person_card,
    project_card,
    projects,
    registrations,
    staff,
)
from mama_desktop.services.when import When
from mama_desktop.store.database import Database
from tests.factories import make_event, make_organisation, make_person, make_project, make_registration

LABEL = T("Test")
DAY = dt.date(2020, 4, 2)


def test_a_setting_is_checked_and_stored(db: Database) -> None:
    db.write(office_card.change_setting, "office.name_sl", "  Mreža   MaMa ", label=LABEL)
    town = Found("town", "8270", "Krško", "8270")
    db.write(office_card.change_setting, "office.town", town, label=LABEL)
    db.write(office_card.change_setting, "paper.blank_rows", 4, label=LABEL)
    values = db.read(office_card.setting_values)
    assert values["office.name_sl"] == "Mreža MaMa"
    assert (values["office.town"], values["office.postal_code"]) == ("Krško", "8270")
    assert values["paper.blank_rows"] == 4
    with pytest.raises(OfficeError):
        db.write(office_card.change_setting, "office.logo", b"no picture", label=LABEL)
    assert db.read(office_card.setting_values)["office.logo"] is None


def test_every_shown_setting_stands_in_a_form() -> None:
    from mama_desktop.settings import SETTINGS

    shown = {*office_card.setting_fields("office"), *office_card.setting_fields("papers")}
    assert shown == {k for k, info in SETTINGS.items() if info.label is not None and info.group in ("office", "papers")}


def test_staff_are_renamed_and_retired(db: Database) -> None:
    ana = db.write(office.add_staff, "Ana Novak", label=LABEL)
    db.write(office.add_staff, "Žan Bizjak", label=LABEL)
    db.write(staff.change_staff, ana, "name", "Ana Kovač", label=LABEL)
    for name in ("", "zan bizjak"):
        with pytest.raises(OfficeError):
            db.write(staff.change_staff, ana, "name", name, label=LABEL)
    db.write(staff.change_staff, ana, "is_active", False, label=LABEL)
    listing = db.read(staff.staff_listing)
    assert [(row[0], row[3]) for row in listing.rows] == [("Žan Bizjak", True), ("Ana Kovač", False)]
    assert db.read(staff.staff_name, ana) == "Ana Kovač"
    assert db.read(staff.staff_name, "") == ""


def test_colleagues_are_a_list_of_names(db: Database) -> None:
    me = db.write(office.add_staff, "Ana Novak", label=LABEL)
    db.write(staff.set_colleagues, ["Žan Bizjak", "", " Eva  Šuštar ", "Ana Novak"], besides=me, label=LABEL)
    busy = next(m.id for m in db.read(office.staff) if m.name == "Žan Bizjak")
    db.write(lambda session: make_event(session, responsible_id=busy), label=LABEL)
    db.write(staff.set_colleagues, ["Maja Dolenc"], besides=me, label=LABEL)
    rows = {row[0]: row[3] for row in db.read(staff.staff_listing).rows}
    assert rows == {"Ana Novak": True, "Maja Dolenc": True, "Žan Bizjak": False}


def test_a_card_says_what_is_missing(db: Database) -> None:
    def fill(session: Session) -> tuple[str, str]:
        centre = make_organisation(session, country="SI")
        bare = make_person(session)
        whole = make_person(
            session, "Špela", "Čater", organisation_id=centre.id, email="s@example.org", birth_year=2000,
            gender="female", town="Krško", country="SI",
        )  # fmt: skip
        return bare.id, whole.id

    bare, whole = db.write(fill, label=LABEL)
    card = db.read(person_card.person_card, bare)
    assert card is not None
    assert [m.field for m in card.missing] == ["organisation", "email", "birth_date", "gender", "town", "country"]
    card = db.read(person_card.person_card, whole)
    assert card is not None
    assert (card.name, card.organisation, card.missing) == ("Špela Čater", "Mladinski center Krško", ())
    assert db.read(person_card.person_card, "nobody") is None


def test_partners_are_added_by_their_name(db: Database) -> None:
    project = db.write(projects.add_project, "Most", label=LABEL)
    known = db.write(lambda session: make_organisation(session, "Zavod BOB", country="SI").id, label=LABEL)
    db.write(project_card.add_partner, project, Found("organisation", known, "Zavod BOB"), label=LABEL)
    new = db.write(project_card.add_partner, project, "Udruga mladih Rijeka", label=LABEL)
    with pytest.raises(OfficeError):
        db.write(project_card.add_partner, project, "zavod bob", label=LABEL)
    db.write(projects.set_partner, project, new, "lead", label=LABEL)
    rows = db.read(project_card.partner_rows, project).rows
    assert rows == [("Udruga mladih Rijeka", "lead", ""), ("Zavod BOB", "partner", "SI")]
    card = db.read(project_card.project_card, project)
    assert card is not None
    assert [m.field for m in card.missing] == ["grant_number", "profile_id", "starts_on", "title_en"]


def test_a_title_makes_an_event(db: Database) -> None:
    key = db.write(new_event.create_event, title="Klub MaMa", when=None, label=LABEL)
    month = When(dt.date(2020, 5, 1), precision="month")
    dated = db.write(new_event.create_event, title="Zbor", when=month, kind="meeting", town="Krško", label=LABEL)
    first, second = (db.read(events.event_head, k) for k in (key, dated))
    assert first is not None
    assert second is not None
    assert (first.code, first.starts_on) == ("klub", None)
    assert (second.code, second.precision, second.kind, second.town) == ("2020-05-zbor", "month", "meeting", "Krško")
    with pytest.raises(OfficeError):
        db.write(new_event.create_event, title=" ", when=None, label=LABEL)


def test_a_copy_takes_over_everything_but_people_and_date(db: Database) -> None:
    def fill(session: Session) -> str:
        project = make_project(session)
        old = make_event(
            session, title_sl="Klub", title_en="Club", project_id=project.id, town="Krško", venue="MC Krško",
            precision="time", starts_at=dt.time(9), ends_at=dt.time(17), capacity=60, kind="training",
        )  # fmt: skip
        make_registration(session, old)
        return old.id

    old = db.write(fill, label=LABEL)
    when = When(DAY, DAY + dt.timedelta(days=1))
    same = db.read(
        events.event_head, db.write(new_event.create_event, title="Klub", when=when, copy_of=old, label=LABEL)
    )
    assert same is not None
    assert (same.title_en, same.venue, same.capacity, same.kind) == ("Club", "MC Krško", 60, "training")
    assert (same.starts_on, same.ends_on, same.precision, same.starts_at) == (DAY, when.ends_on, "time", dt.time(9))
    assert same.counts.registered == 0
    other = db.read(
        events.event_head,
        db.write(new_event.create_event, title="Zbor", when=None, town="Koper", copy_of=old, label=LABEL),
    )
    assert other is not None
    assert (other.title_sl, other.title_en, other.town, other.venue, other.starts_on) == ("Zbor", "", "Koper", "", None)
    assert other.code == "zbor"
    assert not db.read(registrations.registrations, other.id).keys


def test_events_to_copy_are_found_by_any_part(db: Database) -> None:
    db.write(lambda session: make_event(session, title_sl="Klub v Žalcu", town="Žalec", starts_on=DAY), label=LABEL)
    found = db.read(new_event.like, "zalc")
    assert [(f.title, f.detail) for f in found] == [("Klub v Žalcu", "2. april 2020 · Žalec")]
