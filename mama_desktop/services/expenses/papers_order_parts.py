"""What the order and its settlement share on paper: the heading, names, signatures."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import TravelOrder
from mama_desktop.domain.orders import OFFICE_CAR, number_words
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.text import T, Text
from mama_desktop.services import funders, office, papers_about
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import main_code, words
from mama_desktop.sheets.sheet import Fact, Sheet, Words


def about_order(session: Session, order: TravelOrder) -> About:
    """As around a paper of an event; an order without an event has an empty one."""
    event = session.get(Event, order.event_id) if order.event_id else None
    project = session.get(Project, order.project_id) if order.project_id else None
    profile = funders.profile_of(session, order.project_id)
    values = office.settings(session)
    return About(
        event or Event(title_sl="", title_en=""),
        project,
        profile,
        values,
        office.file_content(session, values["office.logo"]),
        office.file_content(session, profile.logo_file),
    )


def around(known: About, order: TravelOrder, title: Text, right: Text | None, paper: str, now: dt.datetime) -> Sheet:
    event = known.event
    address = ", ".join(
        part
        for part in (
            str(known.office["office.street"]),
            f"{known.office['office.postal_code']} {known.office['office.town']}".strip(),
        )
        if part
    )
    facts = [Fact(words(T("Issued by"), paper), one.value) for one in papers_about.organiser_fact(known, paper)]
    if address:
        facts.append(Fact(words(T("Address"), paper), address))
    if tax := str(known.office["office.tax_number"]):
        facts.append(Fact(words(T("Tax number"), paper), tax))
    if event.title_sl:
        facts.append(papers_about.event_fact(known, paper))
    facts += papers_about.project_fact(known, paper)
    left, logo = papers_about.logos(known)
    foot = words(T("Travel order {number}", number=number_words(order.number, order.year)), paper).line
    return Sheet(
        key="travel-order", title=words(title, paper), columns=(), language=main_code(paper),
        heading_right=words(right, paper) if right else Words(""),
        facts=tuple(facts), funding=papers_about.funding(known, paper), page_word=papers_about.page_word(paper),
        logos_left=left, logos_right=logo, footer_left=f"{foot} · {event.code}" if event.code else foot,
        author=known.organiser_sl, created=now,
    )  # fmt: skip


def signed(label: Text, name: str, paper: str) -> Words:
    plain = words(label, paper)
    return Words(f"{plain.first}: {name}", f"{plain.second}: {name}" if plain.second else "") if name else plain


def full_name(person: Person) -> str:
    return f"{person.given_name} {person.family_name}".strip()


def by_car(order: TravelOrder) -> bool:
    return order.means in ("own-car", OFFICE_CAR) or bool(order.registration_number)
