"""Claims of participants from the paper to the approval, to the cent, on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.claims import may_follow, over_cents, payable_cents, tax_number_fault
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import CLAIM_STATUSES, BankAccount, TravelClaim
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import deleting, history, merging
from mama_desktop.services.expenses import accounts, claim_costs, claim_decisions, claims, papers_claim
from mama_desktop.store.database import Database
from mama_desktop.store.history import changes_of
from tests.factories import (
    make_event,
    make_leg,
    make_organisation,
    make_person,
    make_project,
    make_registration,
)

NOW = dt.datetime(2020, 4, 6, 9)
IBAN = "SI56 1910 0000 0123 438"


def a_registration(session: Session, means: str = "train", call_year: int = 2024) -> str:
    """Somebody from Celje at an event in Zagreb, about 72 km away: 28 € (56 € green) in 2024."""
    project = make_project(session, programme="Erasmus+", action="KA153", call_year=call_year)
    event = make_event(session, town="Zagreb", country="HR", project_id=project.id)
    centre = make_organisation(session, town="Celje", postal_code="3000", country="SI")
    person = make_person(session, organisation_id=centre.id, street="Cesta 1", postal_code="3000", town="Celje")
    registration = make_registration(session, event, person)
    make_leg(session, registration, means=means)
    return registration.id


def a_claim(session: Session, means: str = "train") -> TravelClaim:
    (key,) = claims.make_claims(session, [a_registration(session, means)], now=NOW)
    return session.get_one(TravelClaim, key)


def keyed_in(session: Session, cents: int, means: str = "train", *, green: bool | None = True) -> TravelClaim:
    claim = a_claim(session, means)
    claim.green_declared = green
    claim_costs.add_cost(session, claim.id, what="Celje–Zagreb", amount_cents=cents, now=NOW)
    claim_decisions.set_returned(session, [claim.id], now=NOW)
    return claim


def test_a_claim_is_made_from_what_is_known(session: Session) -> None:
    claim = a_claim(session)
    assert (claim.route, claim.means, claim.most_cents) == ("Celje – Zagreb – Celje", "train", 5600)
    assert claim.km is not None
    assert claim.km == pytest.approx(72.2, abs=0.1)
    assert (claim.status, claim.made_on) == ("made", NOW.date())


def test_claims_made_again_are_the_same_and_keep_what_was_keyed_in(session: Session) -> None:
    claim = keyed_in(session, 3000)
    claim.most_cents = 4000
    assert claims.make_claims(session, [claim.registration_id], now=NOW) == [claim.id]
    assert (claim.status, claim.most_cents) == ("returned", 4000)


def test_a_project_without_a_rate_names_no_most(session: Session) -> None:
    (key,) = claims.make_claims(session, [a_registration(session, call_year=1999)], now=NOW)
    assert session.get_one(TravelClaim, key).most_cents is None


def test_what_exceeds_the_most_is_cut(session: Session) -> None:
    claim = keyed_in(session, 6150)
    claim_decisions.approve(session, [claim.id], now=NOW, who="Maja Zupan")
    assert (claim.status, claim.approved_cents) == ("approved", 5600)
    assert (claim.approved_on, claim.approved_by) == (NOW.date(), "Maja Zupan")


@pytest.mark.parametrize(("green", "most"), [(True, 5600), (False, 2800), (None, 2800)])
def test_without_the_declaration_only_the_standard_amount_is_paid(
    session: Session, green: bool | None, most: int
) -> None:
    claim = keyed_in(session, 6000, green=green)
    assert claims.most_of(session, claim) == most
    claim_decisions.approve(session, [claim.id], now=NOW)
    assert claim.approved_cents == most


def test_less_is_approved_only_for_a_reason(session: Session) -> None:
    claim = keyed_in(session, 3000)
    with pytest.raises(OfficeError, match="reason"):
        claim_decisions.approve(session, [claim.id], now=NOW, cents=2000)
    with pytest.raises(OfficeError, match="At most"):
        claim_decisions.approve(session, [claim.id], now=NOW, cents=3001, reason="več")
    claim_decisions.approve(session, [claim.id], now=NOW, cents=2000, reason="brez vozovnice nazaj")
    assert (claim.approved_cents, claim.reason) == (2000, "brez vozovnice nazaj")


def test_what_is_not_signed_or_claims_nothing_is_not_approved(session: Session) -> None:
    claim = a_claim(session)
    claim_decisions.set_returned(session, [claim.id], now=NOW, signed=False)
    with pytest.raises(OfficeError) as refused:
        claim_decisions.approve(session, [claim.id], now=NOW)
    assert len(refused.value.details) == 2
    assert claim.status == "returned"


def test_a_refusal_says_why_and_can_be_taken_back(session: Session) -> None:
    claim = keyed_in(session, 3000)
    with pytest.raises(OfficeError, match="reason"):
        claim_decisions.refuse(session, [claim.id], reason=" ", now=NOW)
    claim_decisions.refuse(session, [claim.id], reason="ni bil na dogodku", now=NOW, who="Maja Zupan")
    assert (claim.status, claim.reason) == ("refused", "ni bil na dogodku")
    claim_decisions.set_returned(session, [claim.id], now=NOW)
    assert (claim.status, claim.reason, claim.approved_on) == ("returned", "", None)


def test_costs_of_a_decided_claim_stay(session: Session) -> None:
    claim = keyed_in(session, 3000)
    (line,) = claims.lines_of(session, claim.id)
    claim_decisions.approve(session, [claim.id], now=NOW)
    for change in (
        lambda: claim_costs.add_cost(session, claim.id, amount_cents=100, now=NOW),
        lambda: claim_costs.change_cost(session, line.id, amount_cents=100),
        lambda: claim_costs.remove_costs(session, [line.id]),
        lambda: claims.delete_claims(session, [claim.id]),
    ):
        with pytest.raises(OfficeError):
            change()
    assert claims.claimed_cents(session, [claim.id]) == {claim.id: 3000}


def test_kilometres_of_an_own_car_follow_the_rate_of_the_day(session: Session) -> None:
    claim = a_claim(session, "own-car")
    key = claim_costs.add_cost(session, claim.id, kind="mileage", km=100, now=NOW)
    assert claims.claimed_cents(session, [claim.id])[claim.id] == 3700
    claim_costs.change_cost(session, key, km=50.5)
    (line,) = claims.lines_of(session, claim.id)
    assert (line.quantity, line.amount_cents, line.unit) == (50.5, 1869, 3700)
    claim_costs.change_cost(session, key, amount_cents=1500)
    assert (line.quantity, line.amount_cents, line.unit) == (50.5, 1500, None)


def test_a_correction_of_one_thing_leaves_the_others(session: Session) -> None:
    claim = keyed_in(session, 3000)
    (line,) = claims.lines_of(session, claim.id)
    claim_costs.change_cost(session, line.id, what="vlak")
    claim_costs.change_cost(session, line.id, day=dt.date(2020, 4, 2))
    claim_costs.change_cost(session, line.id, kind="toll")
    assert (line.what, line.day, line.kind, line.amount_cents) == ("vlak", dt.date(2020, 4, 2), "toll", 3000)
    with pytest.raises(OfficeError, match="amount"):
        claim_costs.change_cost(session, line.id, amount_cents=0)


def test_paid_by_hand_and_back(session: Session) -> None:
    claim = keyed_in(session, 3000)
    claim_decisions.approve(session, [claim.id], now=NOW)
    claim_decisions.pay_by_hand(session, [claim.id], on=dt.date(2020, 4, 7))
    assert (claim.status, claim.paid_on) == ("paid", dt.date(2020, 4, 7))
    claim_decisions.take_back_paid(session, [claim.id])
    assert (claim.status, claim.paid_on) == ("approved", None)


@pytest.mark.parametrize("status", CLAIM_STATUSES)
def test_every_status_is_reached_and_left_again(status: str) -> None:
    assert any(may_follow(other, status) for other in CLAIM_STATUSES)
    assert any(may_follow(status, other) for other in CLAIM_STATUSES)
    assert not may_follow(status, status)


def test_nothing_is_paid_before_it_is_approved() -> None:
    assert [status for status in CLAIM_STATUSES if may_follow(status, "paid")] == ["approved"]


@pytest.mark.parametrize(
    ("claimed", "most", "paid", "over"), [(100, None, 100, 0), (100, 100, 100, 0), (101, 100, 100, 1), (5, 0, 0, 5)]
)
def test_the_most(claimed: int, most: int | None, paid: int, over: int) -> None:
    assert (payable_cents(claimed, most), over_cents(claimed, most)) == (paid, over)


@pytest.mark.parametrize(
    ("words", "is_right"),
    [("", True), ("15012557", True), ("SI 1501 2557", True), ("15012558", False), ("1501255", False),
     ("HR12345678901", True)],
)  # fmt: skip
def test_tax_numbers(words: str, is_right: bool) -> None:
    assert (tax_number_fault(words) is None) is is_right


# Accounts


def test_an_account_is_checked_kept_and_masked(session: Session) -> None:
    person = make_person(session)
    with pytest.raises(OfficeError):
        accounts.set_account(session, person.id, iban="SI56 1910 0000 0123 439")
    assert accounts.account_of_person(session, person.id).iban == ""
    accounts.set_account(session, person.id, iban=IBAN, tax_number="SI 15012557")
    kept = accounts.account_of_person(session, person.id)
    assert (kept.iban, kept.masked, kept.grouped) == ("SI56191000000123438", "SI56 •••• 3438", IBAN)
    assert (kept.tax_number, kept.bic != "") == ("15012557", True)
    accounts.set_account(session, person.id, iban="", tax_number="")
    assert session.query(BankAccount).count() == 0


def test_of_two_accounts_one_stays_and_it_is_said(session: Session) -> None:
    kept, gone = make_person(session), make_person(session, email="ana@primer.si")
    accounts.set_account(session, kept.id, iban=IBAN)
    accounts.set_account(session, gone.id, iban="AT61 1904 3002 3457 3201", tax_number="15012557")
    plan = merging.plan_merge(session, "person", kept.id, gone.id)
    merging.carry_out(session, plan, now=NOW)
    left = accounts.account_of_person(session, kept.id)
    assert (left.iban, left.tax_number) == ("SI56191000000123438", "15012557")
    assert session.query(BankAccount).count() == 1
    said = " ".join(str(words) for words in plan.clashes)
    assert "3438" in said
    assert "000000123438" not in said


def test_an_account_stands_nowhere_in_the_history(sqlite_db: Database) -> None:
    person = sqlite_db.write(lambda s: make_person(s).id, label=T("Begin"))
    sqlite_db.write(accounts.set_account, person, iban=IBAN, label=T("Account"))
    sqlite_db.write(accounts.set_account, person, iban="AT61 1904 3002 3457 3201", label=T("Account"))
    number = sqlite_db.read(changes_of, "person", person)[0].number
    told = " ".join(sqlite_db.read(history.said_rows, n, words=language("sl"))[0] for n in (number - 1, number) if n)
    assert "Ana Novak" in told
    assert "000000123438" not in told
    assert "1904" not in told


# Papers


@pytest.mark.parametrize("paper", ["sl", "en", "both"])
def test_the_claim_says_what_is_known_and_opens_one_for_each(session: Session, paper: str) -> None:
    registration = session.get_one(Registration, a_registration(session))
    accounts.set_account(session, registration.person_id, iban=IBAN)
    made = papers_claim.keep_claim_papers(
        session, registration.event_id, language=paper, options={"blank": 1}, now=NOW, who="Maja Zupan"
    )
    assert isinstance(made.content, bytes)
    pages = text_of(made.content)
    assert len(pages) == 2
    for words in ("Ana Novak", "Cesta 1, 3000 Celje", "Celje – Zagreb – Celje", "SI56 •••• 3438"):
        assert words in pages[0]
        assert words not in pages[1]
    assert ("56,00" if paper != "en" else "56.00") in pages[0]
    assert "123438" not in pages[0]
    assert session.query(TravelClaim).one().registration_id == registration.id


def test_a_corrected_claim_is_printed_as_corrected(session: Session) -> None:
    claim = a_claim(session)
    claim.route, claim.most_cents = "Celje – Krško – Zagreb", 4321
    event = session.get_one(Registration, claim.registration_id).event_id
    made = papers_claim.make_claim_papers(session, event, language="sl", options={}, now=NOW, who="")
    assert isinstance(made.content, bytes)
    (page,) = text_of(made.content)
    assert "Celje – Krško – Zagreb" in page
    assert "43,21" in page


def test_only_who_travels_green_declares_it(session: Session) -> None:
    green = session.get_one(Registration, a_registration(session, "train"))
    make_registration(session, session.get_one(Event, green.event_id), make_person(session, "Bor"))
    made = papers_claim.make_green_papers(
        session, green.event_id, language="sl", options={"green": True}, now=NOW, who=""
    )  # fmt: skip
    assert isinstance(made.content, bytes)
    (page,) = text_of(made.content)
    assert "Ana Novak" in page


def test_no_paper_for_nobody(session: Session) -> None:
    with pytest.raises(OfficeError, match="Nobody"):
        papers_claim.make_claim_papers(session, make_event(session).id, language="sl", options={}, now=NOW, who="")


def text_of(data: bytes) -> list[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pages:
        return [page.get_textpage().get_text_bounded() for page in pages]


# Deleting


def test_what_is_approved_is_not_deleted_along_with_its_person(session: Session) -> None:
    claim = keyed_in(session, 3000)
    person = session.get_one(Registration, claim.registration_id).person_id
    assert deleting.what_hangs_on(session, "person", [person]).counts()["cost_line"] == 1
    claim_decisions.approve(session, [claim.id], now=NOW)
    with pytest.raises(OfficeError, match="approved or paid"):
        deleting.delete_with_all(session, "person", [person])
