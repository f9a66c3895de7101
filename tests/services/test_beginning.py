"""An office's old lists: organisations, people and a plan of events, compared, taken in and undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.services import beginning, beginning_writing, plan_when, short_ids
from mama_desktop.services.beginning import (
    CHANGED,
    LEAVE_OUT,
    NEW,
    NEW_ONE,
    POSSIBLE,
    PROBLEM,
    REPEATED,
    SAME,
    ListDecisions,
    ListPreview,
)
from mama_desktop.services.beginning_lookup import PROJECT, STAFF
from mama_desktop.services.list_fields import EVENT, ORGANISATION, PERSON
from mama_desktop.store.database import Database
from tests.factories import make_event, make_organisation, make_person, make_project, make_staff_member

NOW = dt.datetime(2020, 1, 10, 9, 0)


def looked_at(
    db: Database, noun: str, path: Path, rows: list[list[Any]], decisions: ListDecisions | None = None
) -> ListPreview:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    found: ListPreview = db.read(beginning.previewed, beginning.open_list(db, noun, path), decisions)
    return found


def take(db: Database, preview: ListPreview) -> beginning_writing.ListTaken:
    taken: beginning_writing.ListTaken = db.write(beginning_writing.take_in_list, preview, now=NOW, label=T("List"))
    return taken


def groups(preview: ListPreview) -> dict[str, list[str]]:
    return {key: [row.name for row in preview.group(key)] for key in beginning.GROUPS if preview.group(key)}


MEMBERS: list[list[Any]] = [
    ["Članice mreže 2020"],
    ["Zap. št.", "Naziv", "Naslov", "Pošta", "E-naslov", "Telefon", "Direktor/-ica", "Članica od", "Skrbnik"],
    [1, "Mladinski center Krško", "Cesta 1", "8270 Krško", "mck@example.org", "07 488 22 80", "Eva Kos", "1. 3. 2006",
     "Maja"],
    [2, "MC Brežice", "Gubčeva 10a", "8250 Brežice", "mcb@example.org", "", "Jan Bizjak", "", "Nova Oseba"],
    [3, "Mladinski cneter Trbovlje", "", "1420 Trbovlje", "", "", "", "", ""],
    [4, "Mladinski center Krško", "", "8270 Krško", "", "", "", "", ""],
    [5, "", "", "", "nekdo@example.org", "", "", "", ""],
]  # fmt: skip


def office(session: Session) -> dict[str, str]:
    return {
        "krsko": make_organisation(session, "MC Krško", town="Krško", postal_code="8270", email="staro@example.org").id,
        "trbovlje": make_organisation(session, "Mladinski center Trbovlje", town="Trbovlje").id,
        "maja": make_staff_member(session, "Maja Zupan").id,
        "euyou": make_project(session, "EUYOU - Evropa za mlade", acronym="EUYOU").id,
    }


@pytest.fixture
def keys(db: Database) -> dict[str, str]:
    found: dict[str, str] = db.write(office, label=T("Test"))
    return found


def test_the_members_list(db: Database, keys: dict[str, str], tmp_path: Path) -> None:
    shown = looked_at(db, ORGANISATION, tmp_path / "članice.xlsx", MEMBERS)
    assert groups(shown) == {
        NEW_ONE: ["MC Brežice"],
        CHANGED: ["Mladinski center Krško"],
        POSSIBLE: ["Mladinski cneter Trbovlje"],
        PROBLEM: [""],
        REPEATED: ["Mladinski center Krško"],
    }
    changes = {c.field: c for c in shown.group(CHANGED)[0].changes}
    assert changes["email"].ticked is False  # we have another one
    assert changes["contact_person"].ticked is True  # we have none
    assert [(one.kind, one.name, one.taken) for one in shown.along] == [(STAFF, "Nova Oseba", False)]
    shown = db.read(beginning.previewed, shown.draft, shown.decisions.bringing(shown.asked(), on=True))
    assert shown.asked() == ()
    assert (take(db, shown).new, shown.to_do()) == (1, (1, 1))

    def read(session: Session) -> dict[str, Any]:
        krsko = session.get_one(Organisation, keys["krsko"])
        brezice = session.scalars(select(Organisation).where(Organisation.name_sl == "MC Brežice")).one()
        staff = set(session.scalars(select(StaffMember.name)))
        return {
            "krško": (krsko.email, krsko.contact_person, krsko.member_since, krsko.liaison_id == keys["maja"]),
            "brežice": (brezice.town, brezice.postal_code, brezice.email, brezice.region != ""),
            "staff": staff,
        }

    assert db.read(read) == {
        "krško": ("staro@example.org", "Eva Kos", dt.date(2006, 3, 1), True),
        "brežice": ("Brežice", "8250", "mcb@example.org", True),
        "staff": {"Maja Zupan", "Nova Oseba"},
    }
    db.undo()
    assert db.read(lambda s: len(s.scalars(select(Organisation.id)).all())) == 2
    assert db.read(lambda s: set(s.scalars(select(StaffMember.name)))) == {"Maja Zupan"}


def test_decisions(db: Database, keys: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    shown = looked_at(db, ORGANISATION, path, MEMBERS)
    possible = shown.group(POSSIBLE)[0]
    assert possible.options[0].key == keys["trbovlje"]
    for what, group in ((keys["trbovlje"], CHANGED), (NEW, NEW_ONE), (LEAVE_OUT, REPEATED)):
        decided = shown.decisions.decided([possible.line], what)
        again = db.read(beginning.previewed, shown.draft, decided)
        assert possible.name in groups(again)[group]
    krsko = shown.group(CHANGED)[0]
    ticked = shown.decisions.ticked(krsko.line, "email", on=True)
    take(db, db.read(beginning.previewed, shown.draft, ticked))
    assert db.read(lambda s: s.get_one(Organisation, keys["krsko"]).email) == "mck@example.org"


def test_the_same_list_again_changes_nothing(db: Database, keys: dict[str, str], tmp_path: Path) -> None:
    take(db, looked_at(db, ORGANISATION, tmp_path / "a.xlsx", MEMBERS[:4]))
    again = looked_at(db, ORGANISATION, tmp_path / "b.xlsx", [MEMBERS[1], MEMBERS[3]])
    assert again.draft.was_known
    assert groups(again) == {SAME: ["MC Brežice"]}
    with pytest.raises(OfficeError, match="nothing"):
        take(db, again)


def test_people(db: Database, keys: dict[str, str], tmp_path: Path) -> None:
    def known(session: Session) -> list[str]:
        ana = make_person(session, "Ana", "Novak", email="ana@example.org", organisation_id=keys["krsko"])
        return [ana.id, make_person(session, "Eva", "Kos", email="eva@example.org").id]

    ana, _ = db.write(known, label=T("Test"))
    shown = looked_at(
        db, PERSON, tmp_path / "l.xlsx",
        [
            ["Ime in priimek", "Organizacija", "Funkcija", "E-pošta", "Telefon", "EMŠO"],
            ["Novak Ana", "Mladinski center Krško", "direktorica", "ana@example.org", "041 123 456", "0101006500006"],
            ["Eva Kos", "MC Celje", "", "druga@example.org", "", ""],
            ["Črt Žagar", "MC Celje", "vodja", "crt@example.org", "", ""],
        ],
    )  # fmt: skip
    assert groups(shown) == {NEW_ONE: ["Črt Žagar"], CHANGED: ["Novak Ana"], POSSIBLE: ["Eva Kos"]}
    assert [(one.kind, one.name, one.rows, one.taken) for one in shown.along] == [(ORGANISATION, "MC Celje", 2, True)]
    take(db, shown)

    def read(session: Session) -> tuple[str, str, str | None, int]:
        one = session.get_one(Person, ana)
        crt = session.scalars(select(Person).where(Person.family_name == "Žagar")).one()
        return one.function, one.phone, crt.organisation_id, len(session.scalars(select(Organisation.id)).all())

    function, phone, celje, many = db.read(read)
    assert (function, phone.replace(" ", "")[-6:], many) == ("direktorica", "123456", 3)
    assert celje not in (None, keys["krsko"])


PLAN: list[list[Any]] = [
    ["Načrt aktivnosti januar–junij 2020"],
    [],
    ["Mesec ali datum", "Dogodek", "Projekt", "Kraj", "Odgovorna oseba"],
    ["marec 2020", "Srečanje trenerjev", "EUYOU", "Krško", "Maja Zupan"],
    ["2.–3. april 2020", "Klub MaMa", "redna dejavnost", "Krško", "Maja in Nova Oseba"],
    ["III", "Študijski obisk", "", "Ljubljana", "Tretja Oseba"],
    ["marec–april", "Terenski obiski", "", "", ""],
    ["jeseni", "15. obletnica", "", "", ""],
    ["", "", "", "", ""],
]


def test_a_plan_of_events(db: Database, keys: dict[str, str], tmp_path: Path) -> None:
    shown = looked_at(db, EVENT, tmp_path / "načrt.xlsx", PLAN)
    assert groups(shown) == {
        NEW_ONE: ["Srečanje trenerjev", "Klub MaMa", "Študijski obisk", "Terenski obiski", "15. obletnica"]
    }
    assert [(one.kind, one.name) for one in shown.asked()] == [(STAFF, "Tretja Oseba"), (PROJECT, "redna dejavnost")]
    assert (shown.unread(), [row.name for row in shown.rows if row.unread]) == (1, ["15. obletnica"])
    (third, _) = shown.asked()
    shown = db.read(beginning.previewed, shown.draft, shown.decisions.bringing([third], on=True))
    assert take(db, shown).new == 5

    def read(session: Session) -> dict[str, tuple[Any, ...]]:
        return {
            e.title_sl: (e.starts_on, e.ends_on, e.precision, e.project_id == keys["euyou"], e.town, e.remarks)
            for e in session.scalars(select(Event))
        }

    found = db.read(read)
    march = dt.date(2020, 3, 1)
    assert found["Srečanje trenerjev"] == (march, None, "month", True, "Krško", "")
    assert found["Klub MaMa"][:3] == (dt.date(2020, 4, 2), dt.date(2020, 4, 3), "day")
    assert found["Klub MaMa"][5] == "Nova Oseba; redna dejavnost"
    assert found["Študijski obisk"][0] == march
    assert found["Terenski obiski"][0] == march
    assert found["Terenski obiski"][5] == "marec–april"
    assert found["15. obletnica"][0] is None
    assert found["15. obletnica"][5] == "jeseni"
    # "Maja" is the only one of that name.
    assert db.read(lambda s: set(s.scalars(select(StaffMember.name)))) == {"Maja Zupan", "Tretja Oseba"}


def test_a_plan_whose_dates_became_firm(db: Database, keys: dict[str, str], tmp_path: Path) -> None:
    def known(session: Session) -> str:
        make_event(session, title_sl="Klub MaMa", starts_on=dt.date(2019, 4, 1), code="2019-klub")
        return make_event(
            session, title_sl="Srečanje trenerjev", starts_on=dt.date(2020, 3, 1), precision="month", code="x"
        ).id

    key = db.write(known, label=T("Test"))
    rows = [PLAN[2], ["14. 3. 2020", "Srečanje trenerjev", "EUYOU", "Krško", ""], PLAN[4]]
    shown = looked_at(db, EVENT, tmp_path / "n.xlsx", rows)
    assert groups(shown) == {NEW_ONE: ["Klub MaMa"], CHANGED: ["Srečanje trenerjev"]}
    row = shown.group(CHANGED)[0]
    assert {c.field for c in row.changes} == {"when", "project", "town"}
    decided = shown.decisions.ticked(row.line, "when", on=True)
    take(db, db.read(beginning.previewed, shown.draft, decided))
    assert db.read(lambda s: (s.get_one(Event, key).starts_on, s.get_one(Event, key).precision)) == (
        dt.date(2020, 3, 14),
        "day",
    )


def test_our_own_id_tells_whose_a_row_is(db: Database, keys: dict[str, str], tmp_path: Path) -> None:
    rows = [["ID", "Naziv", "E-pošta"], [short_ids.short_id(keys["krsko"]), "Čisto drugo ime", "novo@example.org"]]
    shown = looked_at(db, ORGANISATION, tmp_path / "ours.xlsx", rows)
    row = shown.group(CHANGED)[0]
    assert row.key == keys["krsko"]
    assert all(change.ticked for change in row.changes)
    assert take(db, shown).changed == 1
    assert db.read(lambda s: s.get_one(Organisation, keys["krsko"]).name_sl) == "Čisto drugo ime"


def test_a_value_that_cannot_be_read_stays_out_and_is_said(db: Database, keys: dict[str, str], tmp_path: Path) -> None:
    rows = [MEMBERS[1], [1, "MC Nov", "", "2000 Maribor", "ni", "", "", "pred davnim", ""]]
    shown = looked_at(db, ORGANISATION, tmp_path / "a.xlsx", rows)
    (row,) = shown.group(NEW_ONE)
    assert "member_since" not in row.values
    assert any("pred davnim" in str(notice.params) for notice in row.unread)


def test_a_preview_that_is_no_longer_true_is_refused(db: Database, keys: dict[str, str], tmp_path: Path) -> None:
    shown = looked_at(db, ORGANISATION, tmp_path / "a.xlsx", MEMBERS)
    db.write(lambda s: make_organisation(s, "Mladinski center Brežice").id, label=T("Test"))
    with pytest.raises(OfficeError, match="meanwhile"):
        take(db, shown)


@pytest.mark.parametrize(
    ("words", "starts", "precision", "remarked"),
    [
        ("marec 2020", "2020-03-01", "month", False), ("marec–april", "2020-03-01", "month", True),
        ("3. 4. 2020", "2020-04-03", "day", False), ("III/2020", "2020-03-01", "month", False),
        ("konec maja 2020", "2020-05-01", "month", True), ("maja", "2020-05-01", "month", False),
        ("2020-05", "2020-05-01", "month", False), (5, "2020-05-01", "month", False),
        (dt.datetime(2020, 4, 2), "2020-04-02", "day", False), ("jeseni", None, None, True),
        ("XIII/2020", None, None, True), ("31. 2. 2020", None, None, True),
        ("marec/april 2021", "2021-03-01", "month", True), ("do junija 2020", "2020-06-01", "month", True),
    ],
)  # fmt: skip
def test_when(words: Any, starts: str | None, precision: str | None, remarked: bool) -> None:
    when, remark = plan_when.read_plan_when(words, dt.date(2020, 1, 10))
    assert (when.starts_on.isoformat() if when else None, when.precision if when else None) == (starts, precision)
    assert (remark is not None) is remarked
