"""The travel order on paper (potni nalog): the order on the front, its settlement on the back, the report after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.allowances import PER_CENT
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import TravelOrder
from mama_desktop.domain.money import euros
from mama_desktop.domain.orders import ORDER_MEANS, absence_words, number_words, warnings_of
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import TC, T, Text, in_both
from mama_desktop.i18n import language as language_of
from mama_desktop.services.expenses.order_costs import full_per_diem
from mama_desktop.services.expenses.papers_order_parts import about_order, around, by_car, full_name, signed
from mama_desktop.services.expenses.papers_settlement import doubts_of, settlement_papers
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import codes_of, main_code, words
from mama_desktop.sheets.consent import Blank, ConsentPaper, Part
from mama_desktop.sheets.files import safe_filename

ORDER = "travel-order"
ORDER_TITLE = T("Travel order")


def make_orders(
    session: Session, target_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """One PDF of the orders whose keys stand in `target_id`, with commas between.

    options: part ("order" only the front; both sides when not said): the back of an order that is not settled yet is
    left open, to be filled in by hand. Reads only.
    """
    del who
    from mama_desktop.sheets.consent_pdf import consents_pdf

    keys = [key for key in target_id.split(",") if key]
    found = {row.id: row for row in session.scalars(select(TravelOrder).where(TravelOrder.id.in_(keys)))}
    orders = [found[key] for key in keys if key in found]
    if not orders:
        raise OfficeError(
            T("There is no such travel order."), safe=T("Nothing was printed."),
            todo=T("Name it by its number and year, like 12/2020, or name an event that has one."),
        )  # fmt: skip
    papers: list[ConsentPaper] = []
    said: list[Text] = []
    paper = language or "sl"
    for order in orders:
        known = about_order(session, order)
        papers.append(_front(session, order, known, paper, now))
        if options.get("part") != "order" and order.status != "cancelled":
            papers += settlement_papers(session, order, known, paper, now)
        said += [one for one in (*warnings_of(order), *doubts_of(session, order)) if one not in said]
        if order.status == "cancelled":
            said.insert(0, T("This travel order is cancelled."))
    name = number_words(orders[0].number, orders[0].year).replace("/", "-") if len(orders) == 1 else ""
    file_name = f"{language_of(main_code(paper)).say(ORDER_TITLE)} {name}".strip()
    return Paper(consents_pdf(papers), safe_filename(file_name, ""), tuple(said[:8]))


def orders_named(session: Session, target: str) -> str:
    """What a person names, "12/2020", the code of an event with orders, or a key → keys with commas between.

    Raises OfficeError when there is none.
    """
    number, _, year = target.strip().partition("/")
    query = select(TravelOrder.id).order_by(TravelOrder.year, TravelOrder.number)
    if number.strip().isdigit() and year.strip().isdigit():
        query = query.where(TravelOrder.number == int(number), TravelOrder.year == int(year))
    else:
        event = select(Event.id).where(Event.code == target.strip()).scalar_subquery()
        wanted = [key.strip() for key in target.split(",")]
        query = query.where(TravelOrder.id.in_(wanted) | (TravelOrder.event_id == event))
    keys = session.scalars(query).all()
    if not keys:
        raise OfficeError(
            T("There is no travel order “{name}”.", name=target),
            todo=T("Name it by its number and year, like 12/2020, or name an event that has one."),
        )
    return ",".join(keys)


# The front


def _front(session: Session, order: TravelOrder, known: About, paper: str, now: dt.datetime) -> ConsentPaper:
    number = number_words(order.number, order.year)
    title = T("Travel order No. {number}", number=number)
    sheet = around(known, order, title, T("Issued on {day}", day=order.issued_on), paper, now)
    if order.status == "cancelled":
        sheet = replace(sheet, statement=tuple(each(T("CANCELLED: this travel order is not valid."), paper)))
    person = session.get_one(Person, order.person_id)
    parts = (
        _traveller(order, person, paper),
        _journey(order, paper),
        _payment(session, order, paper),
    )
    signatures = [words(T("Place and date"), paper), signed(T("Ordered by"), order.ordered_by, paper)]
    if order.advance_cents:
        signatures.append(words(T("Advance received: date, signature of the traveller"), paper))
    return ConsentPaper(sheet, parts, tuple(signatures))


def _traveller(order: TravelOrder, person: Person, paper: str) -> Part:
    return Part(
        words(T("Who is sent"), paper),
        blanks=(
            Blank(words(T("Given name and family name"), paper), full_name(person)),
            Blank(words(T("Post"), paper), order.post),
            Blank(words(T("Home address"), paper), order.home_address),
            Blank(words(T("By whose order"), paper), order.ordered_by),
        ),
    )


def _journey(order: TravelOrder, paper: str) -> Part:
    say = language_of(main_code(paper))
    lasts = ""
    if order.leaves_at and order.returns_at and order.returns_at > order.leaves_at:
        lasts = words(absence_words(order.returns_at - order.leaves_at), paper).line
    means = words(ORDER_MEANS[order.means], paper).line if order.means in ORDER_MEANS else ""
    country = "" if order.country in ("", "SI") else country_words(order.country, paper)
    blanks = [
        Blank(words(T("Departure (day and hour)"), paper), say.date_time(order.leaves_at) if order.leaves_at else ""),
        Blank(words(T("Expected return"), paper), say.date_time(order.returns_at) if order.returns_at else ""),
        Blank(words(T("Purpose"), paper), order.purpose, wide=True),
        Blank(words(T("Route with all stops"), paper), order.route, wide=True),
        Blank(words(T("Task in short"), paper), order.task, wide=True),
        Blank(words(T("Duration"), paper), lasts),
        Blank(words(T("Country"), paper), country) if country else None,
        Blank(words(T("Approved means of transport"), paper), means),
        Blank(words(T("Registration number"), paper), order.registration_number) if by_car(order) else None,
    ]
    return Part(words(T("The journey"), paper), blanks=tuple(blank for blank in blanks if blank))


def _payment(session: Session, order: TravelOrder, paper: str) -> Part:
    say = language_of(main_code(paper))
    per_diem = words(T("no"), paper).line
    if order.per_diem:
        full = full_per_diem(session, order)
        amount = say.money(euros(full // PER_CENT) or 0) if full else ""
        per_diem = words(T("yes, {amount} for a whole day", amount=amount) if full else T("yes"), paper).line
    advance = (
        say.money(euros(order.advance_cents) or 0) if order.advance_cents else words(TC("advance", "none"), paper).line
    )
    return Part(
        words(T("Costs"), paper),
        blanks=(
            Blank(words(T("The costs are paid by"), paper), order.payer),
            Blank(words(T("Per diem"), paper), per_diem),
            Blank(words(T("Advance"), paper), advance),
            *((Blank(words(T("Remarks"), paper), order.remarks),) if order.remarks else ()),
        ),
    )


def each(text: Text, paper: str) -> Sequence[str]:
    return [language_of(code).say(text) for code in codes_of(paper)]


def country_words(code: str, paper: str) -> str:
    return words(in_both(language_of("sl").country(code), language_of("en").country(code)), paper).line
