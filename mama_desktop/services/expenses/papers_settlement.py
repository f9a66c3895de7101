"""The settlement of a travel order on paper: worked out, or left open to be filled in by hand; the report below."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from mama_desktop.domain.allowances import PER_CENT
from mama_desktop.domain.expenses import TravelOrder
from mama_desktop.domain.money import euros
from mama_desktop.domain.orders import OFFICE_CAR, absence_words, number_words
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import TC, T, Text
from mama_desktop.i18n import Language
from mama_desktop.i18n import language as language_of
from mama_desktop.services.expenses.order_costs import Cost, costs_of
from mama_desktop.services.expenses.papers_order_parts import around, by_car, full_name, signed
from mama_desktop.services.expenses.settlements import Settlement, settlement_of
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import main_code, words
from mama_desktop.sheets.consent import Blank, ConsentPaper, Grid, Part
from mama_desktop.sheets.filled_table import FilledTable, TableColumn
from mama_desktop.sheets.sheet import Words

_ROWS = 9


def settlement_papers(
    session: Session, order: TravelOrder, known: About, paper: str, now: dt.datetime
) -> list[ConsentPaper]:
    number = number_words(order.number, order.year)
    title = T("Settlement of travel order No. {number}", number=number)
    is_open = order.left_at is None or order.returned_at is None
    sheet = around(known, order, title, None, paper, now)
    person = session.get_one(Person, order.person_id)
    settled = settlement_of(session, order.id)
    parts = [_as_it_was(order, person, settled, paper)]
    if is_open:
        parts.append(_costs_by_hand(paper))
    else:
        parts.append(_costs(session, order, settled, paper))
        doubts = doubts_of(session, order)
        if doubts:
            # Said where whoever approves looks, not only in the window.
            parts.append(Part(words(T("To be confirmed"), paper), text=tuple(words(one, paper) for one in doubts)))
    report = Blank(words(T("What was done, with whom, what was agreed"), paper), order.report, wide=True)
    lines = (report, *(() if order.report else (Blank(Words(""), wide=True),) * 3))
    parts.append(Part(words(T("Report on the journey"), paper), blanks=lines))
    signatures = (
        signed(T("Settled by (date, signature)"), full_name(person), paper),
        signed(T("Approved by (date, signature)"), order.approved_by or order.ordered_by, paper),
        words(T("Paid: date, signature"), paper),
    )
    return [ConsentPaper(sheet, tuple(parts), signatures)]


def _as_it_was(order: TravelOrder, person: Person, settled: Settlement, paper: str) -> Part:
    say = language_of(main_code(paper))
    blanks = [
        Blank(words(T("Given name and family name"), paper), full_name(person)),
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
        value = "" if order.left_at is None else words(TC("meals", "none"), paper).line
        value = words(said, paper).line if any(meals) else value
        blanks.append(Blank(words(T("Meals paid by others"), paper), value))
    if order.means == OFFICE_CAR:
        shown = odometer(order, paper)
        blanks.append(Blank(words(T("Odometer at departure and return"), paper), shown))
    elif by_car(order):
        blanks.append(Blank(words(T("Kilometres"), paper), f"{plain_number(order.km, say)} km" if order.km else ""))
    return Part(words(T("The journey as it was"), paper), blanks=tuple(blanks))


def _costs(session: Session, order: TravelOrder, settled: Settlement, paper: str) -> Part:
    say = language_of(main_code(paper))
    columns = (
        TableColumn(words(T("Cost"), paper), 8.6),
        TableColumn(words(T("Day"), paper), 2.4, right=True),
        TableColumn(words(T("Quantity"), paper), 2.0, right=True),
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
        (words(T("Quantity"), paper), 2.0),
        (words(T("Rate"), paper), 2.0),
        (words(T("Annex"), paper), 1.6),
        (words(T("Amount (€)"), paper), 2.6),
    )
    return Part(
        words(T("Costs"), paper),
        text=(words(T("Please attach the tickets and receipts; legible scans or photographs are enough."), paper),),
        grid=Grid(columns, _ROWS, words(T("Together"), paper)),
    )


def doubts_of(session: Session, order: TravelOrder) -> list[Text]:
    if order.left_at is None or order.returned_at is None:
        return []
    settled = settlement_of(session, order.id)
    return [*settled.warnings, *settled.missing]


def odometer(order: TravelOrder, paper: str) -> str:
    first, last = order.odometer_start, order.odometer_end
    if first is None or last is None:
        return ""
    say = language_of(main_code(paper))
    return f"{say.number(first)}–{say.number(last)} ({say.number(last - first)} km)"


def plain_number(value: float, say: Language) -> str:
    """106 and 12,5: whole ones without a decimal."""
    return say.number(int(value) if value == int(value) else value)
