"""Payments: each amount in one at most, the bank's file, taken back, two processes at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import Payment, TravelClaim, TravelOrder
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import documents, office
from mama_desktop.services.expenses import (
    accounts,
    claim_costs,
    claim_decisions,
    claim_rows,
    claims,
    payments,
    settlements,
    travel_orders,
)
from mama_desktop.services.expenses.payables import payables
from mama_desktop.services.expenses.travel_orders import Wish
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration
from tests.store.processes import child

NOW = dt.datetime(2020, 4, 6, 9)
PAY_ON = dt.date(2020, 4, 8)
IBAN = "SI56 1910 0000 0123 438"


def an_office(session: Session) -> None:
    office.set_settings(session, {"office.name_sl": "Zavod Mladinska mreža MaMa", "office.iban": IBAN})


def an_approved_claim(session: Session, given_name: str = "Živa", cents: int = 4250, iban: str = IBAN) -> str:
    registration = make_registration(session, make_event(session), make_person(session, given_name))
    (key,) = claims.make_claims(session, [registration.id], now=NOW)
    claim_costs.add_cost(session, key, what="vlak", amount_cents=cents, now=NOW)
    claim_decisions.set_returned(session, [key], now=NOW)
    claim_decisions.approve(session, [key], now=NOW, who="Maja Zupan")
    accounts.set_account(session, registration.person_id, iban=iban)
    return key


def an_approved_order(session: Session) -> str:
    person = make_person(session, "Rok", "Kos")
    accounts.set_account(session, person.id, iban="AT61 1904 3002 3457 3201")
    key = travel_orders.issue_order(session, Wish(person.id, advance_cents=1000), now=NOW)
    order = session.get_one(TravelOrder, key)
    order.left_at, order.returned_at = dt.datetime(2020, 4, 2, 8), dt.datetime(2020, 4, 2, 10)
    settlements.add_cost(session, key, kind="ticket", what="vlak", amount_cents=3500)
    travel_orders.set_status(session, key, "settled", now=NOW)
    travel_orders.set_status(session, key, "approved", now=NOW)
    return key


def paid(session: Session, *keys: str) -> payments.Made:
    return payments.make_payment(session, keys, pay_on=PAY_ON, now=NOW, who="Maja Zupan")


def test_claims_and_orders_wait_in_one_list(session: Session) -> None:
    claim, order = an_approved_claim(session), an_approved_order(session)
    found = payables(session)
    # In the order of family names; the advance is taken off.
    assert [(one.key, one.cents) for one in found] == [(order, 2500), (claim, 4250)]
    assert not any(one.missing for one in found)


def test_a_payment_has_a_file_for_the_bank_with_its_sum(session: Session) -> None:
    an_office(session)
    made = paid(session, an_approved_claim(session), an_approved_order(session))
    name, data = payments.payment_file(session, made.id)
    assert (made.count, made.total_cents, name) == (2, 6750, f"{made.message_id}.xml")
    root = ET.fromstring(data)
    space = root.tag.partition("}")[0] + "}"
    assert root.findtext(f".//{space}CtrlSum") == "67.50"
    assert {one.text for one in root.iter(f"{space}IBAN")} == {"SI56191000000123438", "AT611904300234573201"}
    assert [one.text for one in root.iter(f"{space}Nm")][1:] != []
    assert payables(session) == []


def test_what_stands_in_a_payment_cannot_be_paid_again(session: Session) -> None:
    an_office(session)
    key = an_approved_claim(session)
    made = paid(session, key)
    with pytest.raises(OfficeError, match="any more") as refused:
        paid(session, key)
    assert made.message_id in str(refused.value.details[0].params)
    with pytest.raises(OfficeError, match="stands in a payment"):
        claim_decisions.set_returned(session, [key], now=NOW)
    with pytest.raises(OfficeError, match="stands in a payment"):
        claim_decisions.pay_by_hand(session, [key], on=PAY_ON)


def test_who_has_no_account_is_named_and_nothing_is_made(session: Session) -> None:
    an_office(session)
    good, bad = an_approved_claim(session), an_approved_claim(session, "Bor", iban="")
    with pytest.raises(OfficeError) as refused:
        paid(session, good, bad)
    assert "Bor Novak" in str(refused.value.details[0].params)
    assert session.query(Payment).count() == 0


def test_without_the_offices_account_only_the_list_can_be_made(session: Session) -> None:
    key = an_approved_claim(session)
    with pytest.raises(OfficeError, match="who pays"):
        paid(session, key)
    made = payments.make_payment(session, [key], pay_on=PAY_ON, now=NOW, bank_file=False)
    with pytest.raises(OfficeError, match="without a file"):
        payments.payment_file(session, made.id)


def test_a_wrong_account_of_the_office_is_refused(session: Session) -> None:
    with pytest.raises(OfficeError):
        office.set_settings(session, {"office.iban": "SI56 1910 0000 0123 439"})
    an_office(session)
    assert office.setting(session, "office.iban") == IBAN


def test_paid_and_not_paid_after_all(session: Session) -> None:
    an_office(session)
    claim, order = an_approved_claim(session), an_approved_order(session)
    made = paid(session, claim, order)
    with pytest.raises(OfficeError, match="before it was made"):
        payments.mark_paid(session, [made.id], on=dt.date(2020, 4, 5), now=NOW)
    payments.mark_paid(session, [made.id], on=PAY_ON, now=NOW)
    assert (session.get_one(TravelClaim, claim).status, session.get_one(TravelClaim, claim).paid_on) == ("paid", PAY_ON)
    assert (session.get_one(TravelOrder, order).status, session.get_one(TravelOrder, order).paid_on) == ("paid", PAY_ON)
    with pytest.raises(OfficeError, match="marked as paid"):
        payments.take_back(session, [made.id])
    payments.mark_unpaid(session, [made.id], now=NOW)
    assert session.get_one(TravelClaim, claim).status == session.get_one(TravelOrder, order).status == "approved"


def test_a_payment_taken_back_releases_what_stood_in_it(session: Session) -> None:
    an_office(session)
    key = an_approved_claim(session)
    made = paid(session, key)
    payments.take_back(session, [made.id])
    assert [one.key for one in payables(session)] == [key]
    again = paid(session, key)
    assert again.message_id != made.message_id


def test_undo_takes_a_payment_back(db: Database) -> None:
    def begin(session: Session) -> str:
        an_office(session)
        return an_approved_claim(session)

    key = db.write(begin, label=T("Begin"))
    db.write(payments.make_payment, [key], pay_on=PAY_ON, now=NOW, label=T("Payment"))
    assert db.read(payables) == []
    db.undo()
    assert [one.key for one in db.read(payables)] == [key]
    assert db.read(claim_rows.payments_table).keys == []


_AT_ONCE = """
    import datetime as dt, time
    from mama_desktop.services.expenses import payments
    looked = payments._refuse_gone
    def slowly(*args, **kwargs):
        looked(*args, **kwargs)
        time.sleep(1)
    payments._refuse_gone = slowly
    db = open_workspace(sys.argv[1], actor=actor, window=False)
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        db.write(payments.make_payment, [sys.argv[2]], pay_on=dt.date(2020, 4, 8), now=dt.datetime(2020, 4, 6, 9),
                 label=T("Payment"))
        print("in")
    except OfficeError as error:
        print("refused")
    db.close()
"""


def test_two_processes_never_pay_the_same_claim(db: Database) -> None:
    def begin(session: Session) -> str:
        an_office(session)
        return an_approved_claim(session)

    key = db.write(begin, label=T("Begin"))
    two = [child(_AT_ONCE, db.location, key) for _ in range(2)]
    for process in two:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in two:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    told = []
    for process in two:
        out, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        told.append(out.strip())
    assert sorted(told) == ["in", "refused"]
    assert len(db.read(claim_rows.payments_table).keys) == 1


def test_the_accountants_list_of_an_event_and_of_a_period(sqlite_db: Database, tmp_path: Path) -> None:
    def begin(session: Session) -> str:
        an_office(session)
        keys = [an_approved_claim(session), an_approved_claim(session, "Bor", 900)]
        payments.make_payment(session, keys[:1], pay_on=PAY_ON, now=NOW)
        registration = session.get_one(TravelClaim, keys[0]).registration_id
        event = session.get_one(Registration, registration).event_id
        return session.get_one(Event, event).code

    code = sqlite_db.write(begin, label=T("Begin"))
    import openpyxl

    for target, amounts in ((code, [42.5]), ("2020-04", [42.5, 9]), ("2020", [42.5, 9])):
        (path,) = documents.make(sqlite_db, "payments", target, tmp_path / f"{target}.xlsx", language="sl")
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
        assert [cell for cell in cells if cell in (42.5, 9)] == amounts
        assert IBAN in cells
    with pytest.raises(OfficeError, match="nothing to pay"):
        documents.make(sqlite_db, "payments", "2019", tmp_path / "none.pdf", language="en")
