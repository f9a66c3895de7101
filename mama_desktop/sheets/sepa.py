"""Payments for the bank: a SEPA credit transfer file (ISO 20022 pain.001), checked against its schema."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.sheets.files import write_through

# The banks' SEPA rules ask for version 09 since November 2023 (EPC customer-to-bank guidelines); Slovene bank programs
# took 03 since 2014 (Halcom), and some still do: the office chooses by what its bank's program takes.
NEWEST, OLDER = "pain.001.001.09", "pain.001.001.03"
VERSIONS: dict[str, Text] = {
    NEWEST: T("pain.001.001.09 (since 2023)"),
    OLDER: T("pain.001.001.03 (older bank programs)"),
}
LONGEST_NAME, LONGEST_PURPOSE, LONGEST_ID = 70, 140, 35
MOST_CENTS = 99_999_999_999
# What every bank in SEPA must be able to read (EPC217-08, Latin set).
_ALLOWED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_OTHERWISE = str.maketrans({
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "AE",
    "œ": "oe", "Œ": "OE", "ı": "i", "þ": "th", "Þ": "Th", "–": "-", "—": "-", "−": "-", "_": "-", "’": "'", "‘": "'",
    "`": "'", "´": "'", "“": "'", "”": "'", "„": "'", "»": "'", "«": "'", '"': "'", "&": "+", ";": ",", "€": "EUR",
    "[": "(", "]": ")", "{": "(", "}": ")",
})  # fmt: skip
_NO_REFERENCE = ("", "NRC", "SI99")


@dataclass(frozen=True)
class Debtor:
    """Who pays. Without a BIC the bank takes it from the IBAN."""

    name: str
    iban: str
    bic: str = ""


@dataclass(frozen=True)
class CreditTransfer:
    """One payment. purpose: what is paid, in words.

    reference: "SI00 2020-17" (a Slovene model), "RF18 5390…" (ISO 11649), "" or "NRC" for none.
    end_to_end: the office's own mark, unlike any other of the file; it comes back in the bank's statement.
    purpose_code: ISO 20022 external code list (OTHR other, BEXP business expenses).
    """

    name: str
    iban: str
    cents: int
    purpose: str
    end_to_end: str
    reference: str = ""
    bic: str = ""
    purpose_code: str = "OTHR"


def bank_text(words: str, longest: int = LONGEST_PURPOSE) -> str:
    """Words in the characters that every bank reads: č becomes c, ß ss, & +; what has no likeness becomes a space."""
    plain = unicodedata.normalize("NFKD", words.translate(_OTHERWISE)).translate(_OTHERWISE)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = " ".join(_ALLOWED.sub(" ", plain).split())
    return plain[:longest].rstrip()


def total_cents(transfers: Sequence[CreditTransfer]) -> int:
    return sum(t.cents for t in transfers)


def sepa_file(
    debtor: Debtor,
    transfers: Sequence[CreditTransfer],
    *,
    execution_date: dt.date,
    message_id: str,
    made_at: dt.datetime,
    version: str = NEWEST,
    one_debit: bool = False,
) -> bytes:
    """The whole file, the same bytes for the same values; one payment group, one execution date.

    one_debit: the bank takes the sum at once instead of each payment by itself. Raises OfficeError that names every
    payment the bank would send back; then there is no file at all.
    """
    _refuse_faults(debtor, transfers, execution_date=execution_date, message_id=message_id, made_at=made_at)
    # Loading the schemas' reader takes half a second; nobody else needs it.
    from sepaxml import SepaTransfer
    from sepaxml.validation import try_valid_xml

    payer = {"name": bank_text(debtor.name, LONGEST_NAME), "IBAN": _plain(debtor.iban), "currency": "EUR"}
    if debtor.bic:
        payer["BIC"] = _plain(debtor.bic)
    file = SepaTransfer({**payer, "batch": True}, schema=version, clean=False)
    for transfer in transfers:
        file.add_payment(_payment(transfer, execution_date))
    made = _completed(
        file.export(validate=False), transfers, message_id=message_id, made_at=made_at, version=version,
        one_debit=one_debit,
    )  # fmt: skip
    try_valid_xml(made, version)
    return made


def write_sepa(path: Path, made: bytes) -> None:
    """Put the file where the office wants it, whole or not at all."""
    write_through(path, lambda temporary: temporary.write_bytes(made))


def _payment(transfer: CreditTransfer, execution_date: dt.date) -> dict[str, object]:
    payment: dict[str, object] = {
        "name": bank_text(transfer.name, LONGEST_NAME),
        "IBAN": _plain(transfer.iban),
        "amount": transfer.cents,
        "description": bank_text(transfer.purpose),
        "execution_date": execution_date,
        "endtoend_id": transfer.end_to_end,
    }
    return {**payment, "BIC": _plain(transfer.bic)} if transfer.bic else payment


def _completed(
    xml: bytes,
    transfers: Sequence[CreditTransfer],
    *,
    message_id: str,
    made_at: dt.datetime,
    version: str,
    one_debit: bool,
) -> bytes:
    """What the library writes at random or leaves out: its marks, the time, purpose codes and references."""
    space = f"urn:iso:std:iso:20022:tech:xsd:{version}"
    root = ET.fromstring(xml)

    def put(path: str, text: str) -> None:
        for element in root.iterfind("/".join(["."] + [f"{{{space}}}{name}" for name in path.split("/")])):
            element.text = text

    put("CstmrCdtTrfInitn/GrpHdr/MsgId", message_id)
    put("CstmrCdtTrfInitn/GrpHdr/CreDtTm", made_at.replace(microsecond=0).isoformat())
    put("CstmrCdtTrfInitn/PmtInf/PmtInfId", message_id)
    put("CstmrCdtTrfInitn/PmtInf/BtchBookg", "true" if one_debit else "false")
    for bank in root.iter(f"{{{space}}}FinInstnId"):
        if not len(bank):
            ET.SubElement(ET.SubElement(bank, f"{{{space}}}Othr"), f"{{{space}}}Id").text = "NOTPROVIDED"
    for element, transfer in zip(root.iter(f"{{{space}}}CdtTrfTxInf"), transfers, strict=True):
        remittance = element[-1]
        if transfer.purpose_code:
            purpose = ET.Element(f"{{{space}}}Purp")
            ET.SubElement(purpose, f"{{{space}}}Cd").text = transfer.purpose_code
            element.insert(len(element) - 1, purpose)
        reference = _plain(transfer.reference)
        if reference not in _NO_REFERENCE:
            _refer(remittance, transfer.reference, space)
    ET.register_namespace("", space)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + bytes(ET.tostring(root, encoding="utf-8")) + b"\n"


def _refer(remittance: ET.Element, reference: str, space: str) -> None:
    """A reference in its own element, the words beside it: so Slovene banks show both (practice, to be confirmed)."""
    words = remittance[0].text
    remittance.remove(remittance[0])
    structured = ET.SubElement(remittance, f"{{{space}}}Strd")
    about = ET.SubElement(structured, f"{{{space}}}CdtrRefInf")
    kind = ET.SubElement(ET.SubElement(about, f"{{{space}}}Tp"), f"{{{space}}}CdOrPrtry")
    ET.SubElement(kind, f"{{{space}}}Cd").text = "SCOR"
    ET.SubElement(about, f"{{{space}}}Ref").text = _plain(reference)
    ET.SubElement(structured, f"{{{space}}}AddtlRmtInf").text = words


def _refuse_faults(
    debtor: Debtor,
    transfers: Sequence[CreditTransfer],
    *,
    execution_date: dt.date,
    message_id: str,
    made_at: dt.datetime,
) -> None:
    faults: list[Text] = []
    if not _is_mark(message_id):
        faults.append(T("The mark of the file “{mark}” cannot be used.", mark=message_id))
    if execution_date < made_at.date():
        faults.append(T("The day of payment {day} is past.", day=execution_date))
    if not transfers:
        faults.append(T("There is nothing to pay."))
    faults += [T("{who}: {fault}", who=T("Payer"), fault=fault) for fault in _faults_of(debtor.name, debtor.iban)]
    seen: set[str] = set()
    for transfer in transfers:
        found = [*_faults_of(transfer.name, transfer.iban), *_faults_of_transfer(transfer)]
        if transfer.end_to_end in seen:
            found.append(T("its mark stands in the file twice"))
        seen.add(transfer.end_to_end)
        who = verbatim(transfer.name.strip() or transfer.end_to_end)
        faults += [T("{who}: {fault}", who=who, fault=fault) for fault in found]
    if faults:
        raise OfficeError(
            T("The bank would send this file back."),
            safe=T("Nothing was written."),
            todo=T("Correct what is named here and make it again."),
            details=faults,
        )


def _faults_of(name: str, iban: str) -> list[Text]:
    from schwifty import IBAN

    faults = []
    if not re.search(r"[A-Za-z]", bank_text(name)):
        faults.append(T("the name is missing or not in Latin letters"))
    account = IBAN(_plain(iban), allow_invalid=True)
    if not account.is_valid:
        faults.append(T("the account (IBAN) is missing or wrong"))
    elif not account.in_sepa_zone:
        faults.append(T("the account is in a country outside SEPA"))
    return faults


def _faults_of_transfer(transfer: CreditTransfer) -> list[Text]:
    faults = []
    if transfer.cents <= 0:
        faults.append(T("there is no amount"))
    if transfer.cents > MOST_CENTS:
        faults.append(T("the amount is too large"))
    if not bank_text(transfer.purpose):
        faults.append(T("the purpose of the payment is missing"))
    if not _is_mark(transfer.end_to_end):
        faults.append(T("its mark cannot be used"))
    if not _is_reference(_plain(transfer.reference)):
        faults.append(T("the reference “{reference}” is wrong", reference=transfer.reference))
    return faults


def _is_mark(mark: str) -> bool:
    """EPC: the banks' characters, at most 35, no slash at either end and none doubled."""
    if not mark or len(mark) > LONGEST_ID or mark != bank_text(mark, LONGEST_ID):
        return False
    return not mark.startswith("/") and not mark.endswith("/") and "//" not in mark


def _is_reference(reference: str) -> bool:
    """None, a Slovene model with at most 20 digits and 2 hyphens, or RF with right check digits (ISO 11649)."""
    if reference in _NO_REFERENCE:
        return True
    if re.fullmatch(r"SI\d{2}[\d-]+", reference):
        body = reference[4:]
        return body.count("-") <= 2 and len(body) <= 22 and not body.startswith("-") and not body.endswith("-")
    if re.fullmatch(r"RF\d{2}[0-9A-Z]{1,21}", reference):
        turned = reference[4:] + reference[:4]
        return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1
    return False


def _plain(words: str) -> str:
    return re.sub(r"\s", "", words).upper()
