"""Steps of an office day with papers: consents, guardians, files, letters and views that are kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.consents import PURPOSES, Consent, Guardian
from mama_desktop.domain.events import Event
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.filters import Filter
from mama_desktop.domain.letters import Letter
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.views import TableView
from mama_desktop.services import (
    consent_table,
    consent_words,
    consents,
    files,
    guardians,
    letter_texts,
    letters,
    letters_kept,
    views,
)
from mama_desktop.services.recipients import Audience

if TYPE_CHECKING:
    from tests.services.test_undo_everything import Day

NOW = dt.datetime(2020, 3, 2, 9, 0)
TODAY = NOW.date()


def maybe(day: Day, chance: float = 0.5) -> bool:
    return day.random.random() < chance


def consent(day: Day) -> None:
    purpose = day.random.choice(list(PURPOSES))
    event = day.random.choice([None, *day.some(Event)])
    given = day.random.choice([True, False, None])
    day.do(consents.record, day.some(Person, 3), purpose, given, now=NOW, event_id=event, given_by_name=day.word())
    if maybe(day):
        day.do(consents.withdraw, day.some(Consent, 2), on=TODAY)
    if maybe(day, 0.3):
        day.do(consent_words.new_wording, purpose, day.word(), day.word(), on=TODAY)


def papers(day: Day) -> None:
    keys = day.some(Registration, 3)
    day.do(consent_table.decide, keys, ["participation", "photo"], maybe(day), now=NOW, on=TODAY)
    scan = files.Brought("sken.pdf", b"%PDF-1.7 " + day.word().encode())
    day.do(consent_table.attach_scan, keys, [scan], now=NOW, who="Ana")


def guardian(day: Day) -> None:
    (person,) = day.some(Person)
    key = day.do(guardians.add_guardian, person, name=f"Eva {day.word()}", phone="040 111 222")
    day.do(guardians.change_guardian, key, relation="relative", is_legal=False)
    if maybe(day, 0.3):
        day.do(guardians.remove_guardians, day.some(Guardian, 2))


def file(day: Day) -> None:
    noun, record = day.random.choice(
        [("event", Event), ("person", Person), ("organisation", Organisation), ("registration", Registration)]
    )
    brought = [files.Brought("dnevni red.txt", day.word().encode()), files.Brought("potni nalog.pdf", b"%PDF-1.4")]
    day.do(files.add_files, noun, *day.some(record), brought, now=NOW, who="Ana")
    if maybe(day, 0.3):
        day.do(files.remove_files, day.some(Attachment, 2))


def letter(day: Day) -> None:
    (event,) = day.some(Event)
    keys = day.db.read(lambda s: sorted(s.scalars(select(Registration.id).where(Registration.event_id == event))))[:6]
    text = letter_texts.shipped(day.random.choice(list(letter_texts.SHIPPED)))
    wish = letters.Wish(Audience(event, tuple(keys)), text.subjects, text.bodies, text.kind, day.word())

    def keep(session: Session) -> str:
        written = letters.compose(session, wish, now=NOW).letters
        return letters.keep(session, wish, written, "eml", now=NOW, who="Ana")

    key = day.do(keep)
    day.do(letters_kept.mark_sent, key, at=day.random.choice([NOW, None]))
    if maybe(day, 0.3):
        day.do(letters_kept.delete_mailing, *day.some(Letter))


def text(day: Day) -> None:
    key = day.random.choice(list(letter_texts.SHIPPED))
    made = letter_texts.shipped(key)
    subjects = dict(made.subjects) | {"sl": day.word()}
    day.do(_keep_text, key, subjects, dict(made.bodies))
    if maybe(day):
        day.do(letter_texts.back_to_shipped, key)


def _keep_text(session: Session, key: str, subjects: dict[str, str], bodies: dict[str, str]) -> Any:
    kind, _ = letter_texts.SHIPPED[key]
    return letter_texts.keep_text(session, key, kind=kind, subjects=subjects, bodies=bodies)


def view(day: Day) -> None:
    state = views.State(filters={"status": Filter(values=frozenset({"applied"}))}, words=day.word())
    key = day.do(views.save_view, "registrations", day.word(), state)
    day.do(views.change_view, key, views.State(order=(("town", True),)))
    if maybe(day):
        day.do(views.rename_view, key, day.word())
        day.do(views.delete_view, *day.some(TableView))
