"""The letter about a missing consent: to whom it goes when nobody says more, and how it reaches a parent."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import guardians, letters, papers_letters
from mama_desktop.services.letters import Mailing, Written
from mama_desktop.store.database import Database
from tests.services.test_consents import NOW, camp, decide

__all__ = ("camp",)


def written(db: Database, camp: dict[str, str], language: str = "sl", **options: Any) -> Mailing:
    def work(session: Session) -> Mailing:
        wish = papers_letters.wish_of(
            session, camp["event"], language=language, options={"text": "consent", **options}
        )  # fmt: skip
        return letters.compose(session, wish, now=NOW)

    return db.read(work)


def names(mailing: Mailing) -> list[str]:
    return [one.recipient.given_name for one in mailing.letters]


def by_name(mailing: Mailing) -> dict[str, Written]:
    return {one.recipient.given_name: one for one in mailing.letters}


def with_parent(session: Session, camp: dict[str, str], **more: Any) -> None:
    guardians.add_guardian(session, camp["Žan"], name="Maja Šuštar", phone="041 111 222")
    (known,) = guardians.guardians_of(session, [camp["Žan"]])[camp["Žan"]]
    parent = session.get_one(Person, known.person_id)
    for field, value in {"gender": "female", "email": "maja@primer.si", **more}.items():
        setattr(parent, field, value)
    child = session.get_one(Person, camp["Žan"])
    child.email, child.street, child.postal_code, child.town = "zan@primer.si", "Šolska 2", "1000", "Ljubljana"


def test_only_minors_whose_consent_is_missing_are_written_to(db: Database, camp: dict[str, str]) -> None:
    assert names(written(db, camp)) == ["Črt", "Žan"]
    decide(db, [camp["Črt"]], True, event_id=camp["event"], source="paper")
    assert names(written(db, camp)) == ["Žan"]
    assert names(written(db, camp, to="all")) == ["Ana", "Črt", "Eva", "Neja", "Žan"]
    assert names(written(db, camp, text="before")) == ["Ana", "Črt", "Eva", "Neja", "Žan"]
    assert names(written(db, camp, text="before", to="missing-consent")) == ["Žan"]
    with pytest.raises(OfficeError, match="not one of the choices"):
        written(db, camp, to="vsem")


def test_whoever_waits_is_written_to_unless_a_status_is_said(db: Database, camp: dict[str, str]) -> None:
    def wait(session: Session) -> None:
        session.get_one(Registration, camp["r-Žan"]).status = "waiting"
        session.get_one(Registration, camp["r-Črt"]).status = "declined"

    db.write(wait, label=T("Test"))
    assert names(written(db, camp)) == ["Žan"]
    assert names(written(db, camp, statuses="accepted")) == []


def test_the_parent_is_greeted_and_addressed(db: Database, camp: dict[str, str]) -> None:
    """By mail also when the child has an address of its own; on paper at home, under the name of the parent."""
    db.write(with_parent, camp, label=T("Test"))
    one = by_name(written(db, camp))["Žan"]
    assert one.text.startswith("Spoštovana gospa Šuštar,")
    assert "mladoletna oseba: Žan Novak" in one.text
    assert (one.recipient.mail, one.recipient.mail_name) == (("maja@primer.si",), "Maja Šuštar")
    assert one.recipient.post == ("Maja Šuštar", "Šolska 2", "1000 Ljubljana")
    assert by_name(written(db, camp, "en"))["Žan"].text.startswith("Dear Ms Šuštar,")
    # Any other letter is the child's own.
    assert by_name(written(db, camp, text="before"))["Žan"].recipient.mail == ("zan@primer.si",)


def test_a_parent_without_an_address_is_reached_through_the_child(db: Database, camp: dict[str, str]) -> None:
    db.write(with_parent, camp, email="", label=T("Test"))
    one = by_name(written(db, camp))["Žan"]
    assert one.text.startswith("Spoštovana gospa Šuštar,")
    assert one.recipient.mail == ("zan@primer.si",)
    assert one.recipient.post[0] == "Maja Šuštar"


def test_nobody_to_write_to_says_why_and_what_to_do(db: Database, camp: dict[str, str]) -> None:
    decide(db, [camp["Žan"], camp["Črt"]], True, event_id=camp["event"], source="paper")
    mailing = written(db, camp)
    assert str(mailing.nobody) == "No minor is without the consent of parents at this event."
    with pytest.raises(OfficeError, match="nobody to write to") as caught:
        mailing.refuse_if_broken()
    assert caught.value.todo == mailing.todo
