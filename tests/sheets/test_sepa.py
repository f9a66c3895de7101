"""Payments for the bank: valid by the schema, the same bytes every time, whole or not at all."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mama_desktop.domain.errors import OfficeError
from mama_desktop.i18n import language
from mama_desktop.sheets.sepa import (
    NEWEST,
    OLDER,
    VERSIONS,
    CreditTransfer,
    Debtor,
    bank_text,
    sepa_file,
    total_cents,
    write_sepa,
)

OFFICE = Debtor("Mladinska mreža MaMa", "SI56 1910 0000 0123 438", "SZKBSI2X")
ANA = CreditTransfer(
    "Ana Žagar Čuk",
    "SI56020101234567854",
    2139,
    "Potni stroški, Klub MaMa 2.–3. 4. 2020",
    "MAMA-2020-1",
    "SI00 2020-17",
)
LUKA = CreditTransfer("Luka Đurić & sin", "HR1210010051863000160", 5, "Dnevnica", "MAMA-2020-2")
JANA = CreditTransfer(
    "Jana Weiß", "DE89370400440532013000", 123456, "Reise", "MAMA-2020-3", "RF18 5390 0754 7034", "COBADEFF"
)
NOON = dt.datetime(2020, 4, 6, 12, 0, 1, 250)


def make(*transfers: CreditTransfer, **other: Any) -> bytes:
    values: dict[str, Any] = {"execution_date": dt.date(2020, 4, 7), "message_id": "MAMA-P-2020-1", "made_at": NOON}
    return sepa_file(other.pop("debtor", OFFICE), transfers, **{**values, **other})


def told(xml: bytes, path: str, version: str = NEWEST) -> list[str]:
    space = {"p": f"urn:iso:std:iso:20022:tech:xsd:{version}"}
    found = ET.fromstring(xml).findall(".//" + "/".join(f"p:{name}" for name in path.split("/")), space)
    return [element.text or "" for element in found]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_stands_in_the_file(version: str) -> None:
    xml = make(ANA, LUKA, JANA, version=version)
    assert xml.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022')
    xml.decode("ascii")

    def at(path: str) -> list[str]:
        return told(xml, path, version)

    assert at("GrpHdr/MsgId") == at("PmtInf/PmtInfId") == ["MAMA-P-2020-1"]
    assert at("GrpHdr/CreDtTm") == ["2020-04-06T12:00:01"]
    assert at("GrpHdr/NbOfTxs") == at("PmtInf/NbOfTxs") == ["3"]
    assert at("GrpHdr/CtrlSum") == at("PmtInf/CtrlSum") == ["1256.00"]
    assert at("InstdAmt") == ["21.39", "0.05", "1234.56"]
    assert at("EndToEndId") == ["MAMA-2020-1", "MAMA-2020-2", "MAMA-2020-3"]
    assert at("Cdtr/Nm") == ["Ana Zagar Cuk", "Luka Duric + sin", "Jana Weiss"]
    assert at("CdtrAcct/Id/IBAN") == [t.iban for t in (ANA, LUKA, JANA)]
    assert at("DbtrAcct/Id/IBAN") == ["SI56191000000123438"]
    assert at("Purp/Cd") == ["OTHR"] * 3
    assert at("CdtrRefInf/Ref") == ["SI002020-17", "RF18539007547034"]
    assert at("Strd/AddtlRmtInf") == ["Potni stroski, Klub MaMa 2.-3. 4. 2020", "Reise"]
    assert at("RmtInf/Ustrd") == ["Dnevnica"]
    assert at("PmtInf/BtchBookg") == ["false"]
    assert at("BICFI" if version == NEWEST else "BIC") == ["SZKBSI2X", "COBADEFF"]
    assert at("ReqdExctnDt/Dt" if version == NEWEST else "ReqdExctnDt") == ["2020-04-07"]


@pytest.mark.parametrize("version", VERSIONS)
def test_without_a_bank_s_code_the_bank_takes_it_from_the_account(version: str) -> None:
    xml = make(LUKA, debtor=replace(OFFICE, bic=""), one_debit=True, version=version)
    assert told(xml, "DbtrAgt/FinInstnId/Othr/Id", version) == ["NOTPROVIDED"]
    assert told(xml, "PmtInf/BtchBookg", version) == ["true"]


def test_the_same_values_make_the_same_bytes() -> None:
    assert make(ANA, LUKA) == make(ANA, LUKA)
    assert make(ANA, LUKA) != make(LUKA, ANA)


@pytest.mark.parametrize("reference", ["", "NRC", "nrc", "SI99", "SI00 1", "SI05 1234567-88-99", "RF18539007547034"])
def test_references_that_pass(reference: str) -> None:
    assert make(replace(ANA, reference=reference))


@pytest.mark.parametrize(
    "reference", ["17", "SI00", "SI00 -1", "SI00 1-2-3-4", "SI00 12345678901234567890123", "RF19539007547034", "SI00 A"]
)
def test_references_that_do_not(reference: str) -> None:
    with pytest.raises(OfficeError):
        make(replace(ANA, reference=reference))


@pytest.mark.parametrize(
    ("changes", "slovene"),
    [
        ({"cents": 0}, "zneska ni"),
        ({"cents": -5}, "zneska ni"),
        ({"cents": 100_000_000_000}, "znesek je prevelik"),
        ({"iban": "SI56191000000123439"}, "račun (IBAN) manjka ali je napačen"),
        ({"iban": ""}, "račun (IBAN) manjka ali je napačen"),
        ({"purpose": "  "}, "namen plačila manjka"),
        ({"name": "Јован Петровић"}, "ime manjka ali ni zapisano v latinici"),
        ({"end_to_end": "x" * 36}, "oznake izplačila ni mogoče uporabiti"),
        ({"end_to_end": "a//b"}, "oznake izplačila ni mogoče uporabiti"),
        ({"end_to_end": "MAMA-2020-2"}, "njegova oznaka je v datoteki dvakrat"),
        ({"reference": "SI00 X"}, "sklic »SI00 X« je napačen"),
        ({"iban": "TR330006100519786457841326"}, "račun je v državi zunaj območja SEPA"),
    ],
)
def test_one_wrong_payment_and_there_is_no_file(changes: dict[str, Any], slovene: str) -> None:
    with pytest.raises(OfficeError) as refused:
        make(LUKA, replace(ANA, **changes))
    (fault,) = refused.value.details
    name = changes.get("name", "Ana Žagar Čuk")
    assert language("sl").say(fault) == f"{name}: {slovene}"
    assert language("en").say(fault).startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"execution_date": dt.date(2020, 4, 5)}, "Dan izplačila 5. 4. 2020 je že mimo."),
        ({"message_id": ""}, "Oznake datoteke »« ni mogoče uporabiti."),
        ({"message_id": "š"}, "Oznake datoteke »š« ni mogoče uporabiti."),
        ({"debtor": replace(OFFICE, iban="SI56")}, "Plačnik: račun (IBAN) manjka ali je napačen"),
    ],
)
def test_a_wrong_file_is_not_made(other: dict[str, Any], words: str) -> None:
    with pytest.raises(OfficeError) as refused:
        make(ANA, **other)
    assert [language("sl").say(line) for line in refused.value.details] == [words]
    with pytest.raises(OfficeError, match="send this file back"):
        make()


def test_on_disk_whole(tmp_path: Path) -> None:
    path = tmp_path / "placila.xml"
    write_sepa(path, make(ANA))
    assert path.read_bytes() == make(ANA)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Čačak Šiška Žužemberk Đakovo ćuk", "Cacak Siska Zuzemberk Dakovo cuk"),
        ("Æsir œuvre Łódź Øre straße İzmir ığdır", "AEsir oeuvre Lodz Ore strasse Izmir igdir"),
        ("»Klub« – 5 € & več; [a] {b} x_y “z” 'w'", "'Klub' - 5 EUR + vec, (a) (b) x-y 'z' 'w'"),
        ("1\n2\t3  4", "1 2 3 4"),
        ("a" * 200, "a" * 140),
        ("汉字 7", "7"),
    ],
)
def test_characters_of_the_banks(words: str, plain: str) -> None:
    assert bank_text(words) == plain


@given(st.text(), st.integers(1, 140))
def test_whatever_is_written_the_bank_reads_it(words: str, longest: int) -> None:
    text = bank_text(words, longest)
    assert len(text) <= longest
    assert text.isascii()
    assert text == text.strip() == bank_text(text, longest)


names = st.text(min_size=1, max_size=90).filter(lambda s: any(c.isascii() and c.isalpha() for c in bank_text(s, 70)))


@given(st.lists(st.tuples(names, st.integers(1, 10**9), st.text(max_size=200)), min_size=1, max_size=5))
@settings(max_examples=8, deadline=None)
def test_any_list_is_valid_and_adds_up(rows: list[tuple[str, int, str]]) -> None:
    transfers = [
        CreditTransfer(name, ANA.iban, cents, f"Pot {words}", f"E-{n}", "SI00 5" if n % 2 else "")
        for n, (name, cents, words) in enumerate(rows)
    ]
    (total,) = told(make(*transfers, version=OLDER), "GrpHdr/CtrlSum", OLDER)
    assert total == f"{total_cents(transfers) // 100}.{total_cents(transfers) % 100:02}"
