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
from mama_desktop.domain.orders import OFFICE_CAR, ORDER_MEANS, absence_words, number_words, warnings_of
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.text import T, Text, in_both
from mama_desktop.i18n import Language
from mama_desktop.i18n import language as language_of
from mama_desktop.services import funders, office, papers_about
from mama_desktop.services.expenses.order_costs import Cost, costs_of, full_per_diem
from mama_desktop.services.expenses.settlements import Settlement, settlement_of
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import codes_of, main_code, words
from mama_desktop.sheets.consent import Blank, ConsentPaper, Grid, Part
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.filled_table import FilledTable, TableColumn
from mama_desktop.sheets.sheet import Fact, Sheet, Words

ORDER = "travel-order"
ORDER_TITLE = T("Travel order")
_ROWS = 9


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
        known = _about(session, order)
        papers.append(_front(session, order, known, paper, now))
        if options.get("part") != "order" and order.status != "cancelled":
            papers += _back(session, order, known, paper, now)
        said += [one for one in (*warnings_of(order), *_doubts(session, order)) if one not in said]
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


def _about(session: Session, order: TravelOrder) -> About:
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


def _around(known: About, order: TravelOrder, title: Text, right: Text | None, paper: str, now: dt.datetime) -> Sheet:
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
        key=ORDER, title=words(title, paper), columns=(), language=main_code(paper),
        heading_right=words(right, paper) if right else Words(""),
        facts=tuple(facts), funding=papers_about.funding(known, paper), page_word=papers_about.page_word(paper),
        logos_left=left, logos_right=logo, footer_left=f"{foot} · {event.code}" if event.code else foot,
        author=known.organiser_sl, created=now,
    )  # fmt: skip


# The front


def _front(session: Session, order: TravelOrder, known: About, paper: str, now: dt.datetime) -> ConsentPaper:
    number = number_words(order.number, order.year)
    title = T("Travel order No. {number}", number=number)
    around = _around(known, order, title, T("Issued on {day}", day=order.issued_on), paper, now)
    if order.status == "cancelled":
        around = replace(around, statement=tuple(_each(T("CANCELLED: this travel order is not valid."), paper)))
    person = session.get_one(Person, order.person_id)
    parts = (
        _traveller(order, person, paper),
        _journey(order, paper),
        _payment(session, order, paper),
    )
    signatures = [words(T("Place and date"), paper), _signed(T("Ordered by"), order.ordered_by, paper)]
    if order.advance_cents:
        signatures.append(words(T("Advance received: date, signature of the traveller"), paper))
    return ConsentPaper(around, parts, tuple(signatures))


def _traveller(order: TravelOrder, person: Person, paper: str) -> Part:
    return Part(
        words(T("Who is sent"), paper),
        blanks=(
            Blank(words(T("Given name and family name"), paper), _full_name(person)),
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
    country = "" if order.country in ("", "SI") else _country(order.country, paper)
    blanks = [
        Blank(words(T("Departure (day and hour)"), paper), say.date_time(order.leaves_at) if order.leaves_at else ""),
        Blank(words(T("Expected return"), paper), say.date_time(order.returns_at) if order.returns_at else ""),
        Blank(words(T("Purpose"), paper), order.purpose, wide=True),
        Blank(words(T("Route with all stops"), paper), order.route, wide=True),
        Blank(words(T("Task in short"), paper), order.task, wide=True),
        Blank(words(T("Duration"), paper), lasts),
        Blank(words(T("Country"), paper), country) if country else None,
        Blank(words(T("Approved means of transport"), paper), means),
        Blank(words(T("Registration number"), paper), order.registration_number) if _by_car(order) else None,
    ]
    return Part(words(T("The journey"), paper), blanks=tuple(blank for blank in blanks if blank))


def _payment(session: Session, order: TravelOrder, paper: str) -> Part:
    say = language_of(main_code(paper))
    per_diem = words(T("no"), paper).line
    if order.per_diem:
        full = full_per_diem(session, order)
        amount = say.money(euros(full // PER_CENT) or 0) if full else ""
        per_diem = words(T("yes, {amount} for a whole day", amount=amount) if full else T("yes"), paper).line
    advance = say.money(euros(order.advance_cents) or 0) if order.advance_cents else words(T("none"), paper).line
    return Part(
        words(T("Costs"), paper),
        blanks=(
            Blank(words(T("The costs are paid by"), paper), order.payer),
            Blank(words(T("Per diem"), paper), per_diem),
            Blank(words(T("Advance"), paper), advance),
            *((Blank(words(T("Remarks"), paper), order.remarks),) if order.remarks else ()),
        ),
    )


# The back


def _back(session: Session, order: TravelOrder, known: About, paper: str, now: dt.datetime) -> list[ConsentPaper]:
    number = number_words(order.number, order.year)
    title = T("Settlement of travel order No. {number}", number=number)
    is_open = order.left_at is None or order.returned_at is None
    around = _around(known, order, title, None, paper, now)
    person = session.get_one(Person, order.person_id)
    settled = settlement_of(session, order.id)
    parts = [_as_it_was(order, person, settled, paper)]
    if is_open:
        parts.append(_costs_by_hand(paper))
    else:
        parts.append(_costs(session, order, settled, paper))
        doubts = _doubts(session, order)
        if doubts:
            # Said where whoever approves looks, not only in the window.
            parts.append(Part(words(T("To be confirmed"), paper), text=tuple(words(one, paper) for one in doubts)))
    report = Blank(words(T("What was done, with whom, what was agreed"), paper), order.report, wide=True)
    lines = (report, *(() if order.report else (Blank(Words(""), wide=True),) * 3))
    parts.append(Part(words(T("Report on the journey"), paper), blanks=lines))
    signatures = (
        _signed(T("Settled by (date, signature)"), _full_name(person), paper),
        _signed(T("Approved by (date, signature)"), order.approved_by or order.ordered_by, paper),
        words(T("Paid: date, signature"), paper),
    )
    return [ConsentPaper(around, tuple(parts), signatures)]


def _as_it_was(order: TravelOrder, person: Person, settled: Settlement, paper: str) -> Part:
    say = language_of(main_code(paper))
    blanks = [
        Blank(words(T("Given name and family name"), paper), _full_name(person)),
        Blank(words(T("Settled on"), paper), say.date(order.settled_on) if order.settled_on else ""),
        Blank(words(T("Departure (day and hour)"), paper), say.date_time(order.left_at) if order.left_at else ""),
        Blank(words(T("Return (day and hour)"), paper), say.date_time(order.returned_at) if order.returned_at else ""),
        Blank(words(T("Absence"), paper), words(absence_words(settled.absence), paper).line if settled.absence else ""),
    ]
    if order.country not in ("", "SI"):
        out, back = order.border_out_at, order.border_back_at
        blanks += [
            Blank(words(T("Border crossed on the way out"), paper), say.date_time(out) if out else ""),
            Blank(words(T("Border crossed on the way back"), paper), say.date_time(back) if back else ""),
        ]
    meals = (order.breakfasts, order.lunches, order.dinners)
    if order.per_diem:
        said = T("{breakfasts} breakfasts, {lunches} lunches, {dinners} dinners", breakfasts=meals[0], lunches=meals[1],
                 dinners=meals[2])  # fmt: skip
        value = (
            words(said, paper).line if any(meals) else ("" if order.left_at is None else words(T("none"), paper).line)
        )
        blanks.append(Blank(words(T("Meals paid by others"), paper), value))
    if order.means == OFFICE_CAR:
        odometer = _odometer(order, paper)
        blanks.append(Blank(words(T("Odometer at departure and return"), paper), odometer))
    elif _by_car(order):
        blanks.append(Blank(words(T("Kilometres"), paper), f"{plain_number(order.km, say)} km" if order.km else ""))
    return Part(words(T("The journey as it was"), paper), blanks=tuple(blanks))


def _costs(session: Session, order: TravelOrder, settled: Settlement, paper: str) -> Part:
    say = language_of(main_code(paper))
    columns = (
        TableColumn(words(T("Cost"), paper), 8.6),
        TableColumn(words(T("Day"), paper), 2.4, right=True),
        TableColumn(words(T("Number"), paper), 2.0, right=True),
        TableColumn(words(T("Rate"), paper), 2.4, right=True),
        TableColumn(words(T("Annex"), paper), 1.6, right=True),
        TableColumn(words(T("Amount"), paper), 2.8, right=True),
    )
    rows = tuple(_cost_row(cost, paper) for cost in costs_of(session, order))
    to_pay = settled.to_pay_cents
    result = T("To be paid out to the traveller") if to_pay >= 0 else T("To be returned by the traveller")
    totals = (
        (words(T("Costs together"), paper), say.money(euros(settled.total_cents) or 0)),
        (words(T("Advance received"), paper), say.money(euros(settled.advance_cents) or 0)),
        (words(result, paper), say.money(euros(abs(to_pay)) or 0)),
    )
    return Part(words(T("Costs"), paper), table=FilledTable(columns, rows, totals))


def _cost_row(cost: Cost, paper: str) -> tuple[str, ...]:
    say = language_of(main_code(paper))
    # 0,37 € as rates are written; a per diem has whole cents as well.
    unit = "" if cost.unit is None else say.money(euros(cost.unit // PER_CENT) or 0)
    return (
        words(cost.what, paper).line,
        say.date(cost.day) if cost.day else "",
        "" if cost.quantity is None else plain_number(cost.quantity, say),
        unit,
        str(cost.annex) if cost.annex else "",
        say.money(euros(cost.amount_cents) or 0),
    )


def _costs_by_hand(paper: str) -> Part:
    columns = (
        (words(T("Cost: per diem, mileage, ticket, toll …"), paper), 7.6),
        (words(T("Day"), paper), 2.0),
        (words(T("Number"), paper), 2.0),
        (words(T("Rate"), paper), 2.0),
        (words(T("Annex"), paper), 1.6),
        (words(T("Amount (€)"), paper), 2.6),
    )
    return Part(
        words(T("Costs"), paper),
        text=(words(T("Please attach the tickets and receipts; legible scans or photographs are enough."), paper),),
        grid=Grid(columns, _ROWS, words(T("Together"), paper)),
    )


def _doubts(session: Session, order: TravelOrder) -> list[Text]:
    if order.left_at is None or order.returned_at is None:
        return []
    settled = settlement_of(session, order.id)
    return [*settled.warnings, *settled.missing]


def _signed(label: Text, name: str, paper: str) -> Words:
    plain = words(label, paper)
    return Words(f"{plain.first}: {name}", f"{plain.second}: {name}" if plain.second else "") if name else plain


def _each(text: Text, paper: str) -> Sequence[str]:
    return [language_of(code).say(text) for code in codes_of(paper)]


def _country(code: str, paper: str) -> str:
    return words(in_both(language_of("sl").country(code), language_of("en").country(code)), paper).line


def _full_name(person: Person) -> str:
    return f"{person.given_name} {person.family_name}".strip()


def _by_car(order: TravelOrder) -> bool:
    return order.means in ("own-car", OFFICE_CAR) or bool(order.registration_number)


def _odometer(order: TravelOrder, paper: str) -> str:
    first, last = order.odometer_start, order.odometer_end
    if first is None or last is None:
        return ""
    say = language_of(main_code(paper))
    return f"{say.number(first)}–{say.number(last)} ({say.number(last - first)} km)"


def plain_number(value: float, say: Language) -> str:
    """106 and 12,5: whole ones without a decimal."""
    return say.number(int(value) if value == int(value) else value)
