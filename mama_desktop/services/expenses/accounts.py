"""Where a person is paid: account and tax number, checked before they are kept, shown whole only on demand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.claims import compact_tax_number, tax_number_fault
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import BankAccount
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T, clean
from mama_desktop.services import counting
from mama_desktop.services.expenses import iban as ibans


@dataclass(frozen=True)
class KeptAccount:
    """What is known of where somebody is paid; "" where nothing is. holder: "" where it is the person."""

    person_id: str
    iban: str = ""
    bic: str = ""
    holder: str = ""
    tax_number: str = ""

    @property
    def masked(self) -> str:
        return ibans.masked(self.iban)

    @property
    def grouped(self) -> str:
        return ibans.grouped(self.iban)


def account_of_person(session: Session, person_id: str) -> KeptAccount:
    return accounts_of(session, [person_id])[person_id]


def accounts_of(session: Session, person_ids: Collection[str]) -> dict[str, KeptAccount]:
    """Person → account, an empty one for somebody of whom nothing is known."""
    found = {key: KeptAccount(key) for key in person_ids}
    for some in counting.chunks(found):
        for row in session.scalars(select(BankAccount).where(BankAccount.person_id.in_(some))):
            found[row.person_id] = KeptAccount(row.person_id, row.iban, row.bic, row.holder, row.tax_number)
    return found


def set_account(
    session: Session, person_id: str, *, iban: str | None = None, holder: str | None = None, bic: str | None = None,
    tax_number: str | None = None,
) -> None:  # fmt: skip
    """Keep what is said (None: as it was; "": nothing). Raises OfficeError for a wrong account or tax number; the
    bank's code follows from the account where the list of banks has it."""
    row = session.scalars(select(BankAccount).where(BankAccount.person_id == person_id)).one_or_none()
    if row is None:
        row = BankAccount(person_id=person_id, iban="", bic="", holder="", tax_number="")
    if iban is not None:
        account = ibans.account_of(iban) if ibans.compact(iban) else ibans.Account("")
        if account.iban != row.iban:
            row.iban, row.bic = account.iban, account.bic
    if tax_number is not None:
        if fault := tax_number_fault(tax_number):
            raise OfficeError(fault, safe=T("The old value stays."), todo=T("Compare it with the paper."))
        row.tax_number = compact_tax_number(tax_number)[:20]
    if holder is not None:
        row.holder = clean(holder)[:200]
    if bic is not None:
        row.bic = _bic(bic)
    if not (row.iban or row.bic or row.holder or row.tax_number):
        # Nothing is known any more: no empty record stays behind.
        if row in session:
            session.delete(row)
    else:
        session.add(row)
    session.flush()


def shared_with(session: Session, person_id: str, iban: str) -> list[str]:
    """The names of others who are paid on the same account (a family, or a slip of the hand), in their order."""
    query = (
        select(Person.given_name, Person.family_name)
        .join(BankAccount, BankAccount.person_id == Person.id)
        .where(BankAccount.iban == ibans.compact(iban), BankAccount.person_id != person_id)
        .order_by(Person.family_name, Person.given_name, Person.id)
    )
    return [f"{given} {family}".strip() for given, family in session.execute(query)] if ibans.compact(iban) else []


def _bic(words: str) -> str:
    from schwifty import BIC
    from schwifty.exceptions import SchwiftyException

    plain = ibans.compact(words)
    if not plain:
        return ""
    try:
        return str(BIC(plain))
    except SchwiftyException as error:
        raise OfficeError(
            T("The code of the bank (BIC) has 8 or 11 letters and digits."),
            safe=T("The old value stays."),
            todo=T("Leave it empty: the bank finds it by the account."),
        ) from error
