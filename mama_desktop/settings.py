"""The office's settings, each declared once with its default; window habits live in QSettings, apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mama_desktop.domain.text import T, Text


@dataclass(frozen=True)
class SettingInfo:
    """kind: text, bool, number, date, folder, choice. Settings without a label are not shown."""

    key: str
    default: Any = ""
    label: Text | None = None
    kind: str = "text"
    group: str = "office"


_ALL = (
    SettingInfo("office.name_sl", "", T("Legal name (Slovene)")),
    SettingInfo("office.name_en", "", T("Legal name (English)")),
    SettingInfo("office.short_name", "", T("Short name")),
    SettingInfo("office.street", "", T("Street and number")),
    SettingInfo("office.postal_code", "", T("Postal code")),
    SettingInfo("office.town", "", T("Town")),
    SettingInfo("office.country", "SI", T("Country"), "country"),
    SettingInfo("office.email", "", T("E-mail")),
    SettingInfo("office.phone", "", T("Phone")),
    SettingInfo("office.tax_number", "", T("Tax number")),
    SettingInfo("office.iban", "", T("Bank account of the office (IBAN)")),
    SettingInfo("office.bic", "", T("Code of the bank (BIC)")),
    SettingInfo("office.representative", "", T("Representative")),
    SettingInfo("office.logo", "", T("Logo"), "file"),
    # The clock stands on this day (ISO) in a sample; empty in a real workspace.
    SettingInfo("clock.stands_on"),
    SettingInfo("sample.is_sample", False, kind="bool"),
    # ZVOP-2 (UL RS 163/22): one's own consent is valid from 15; Family Code, art. 6: a child is under 18.
    SettingInfo("minors.own_consent_age", 15, T("Own consent is valid from the age of"), "number", "registration"),
    SettingInfo("minors.child_age", 18, T("Somebody is a child below the age of"), "number", "registration"),
    SettingInfo("backup.second_place", "", T("Second place for backups"), "folder", "backup"),
    SettingInfo("backup.second_place_asked", False, kind="bool", group="backup"),
    SettingInfo(
        "registration.waiting_closes",
        True,
        T("One waiting person closes an event for newcomers"),
        "bool",
        "registration",
    ),
    # How long somebody was in an online meeting to be present; as it was used the last time.
    SettingInfo("online.least_minutes", 30, kind="number", group="registration"),
    SettingInfo("paper.blank_rows", 6, T("Blank rows on a sign-in sheet"), "number", "papers"),
    SettingInfo(
        "paper.notice_sl",
        "Osebne podatke obdelujemo zaradi izvedbe dogodka in poročanja financerju. "
        "Na dogodku fotografiramo; če tega ne želite, to povejte organizatorju.",
        T("Notice on sign-in sheets (Slovene)"),
        "long-text",
        "papers",
    ),
    SettingInfo(
        "paper.notice_en",
        "Personal data are processed to run the event and to report to the funder. "
        "The event is photographed; if you object, please tell the organiser.",
        T("Notice on sign-in sheets (English)"),
        "long-text",
        "papers",
    ),
    SettingInfo(
        "form.notice_sl",
        "Osebne podatke iz prijavnice obdelujemo zaradi izvedbe dogodka (prijava, obveščanje, pot, prehrana, "
        "nastanitev) in poročanja financerju. Vidijo jih zaposleni v naši pisarni in tisti, ki jih potrebujejo za "
        "izvedbo dogodka; financer jih dobi, kolikor zahteva pogodba. Hranimo jih, dokler moramo hraniti "
        "dokumentacijo projekta. Kadar koli lahko zahtevate vpogled, popravek ali izbris podatkov in prekličete "
        "privolitev; pritožite se lahko Informacijskemu pooblaščencu.",
        T("Notice on registration forms (Slovene)"),
        "long-text",
        "papers",
    ),
    SettingInfo(
        "form.notice_en",
        "We process the personal data in this form to run the event (registration, information, travel, meals, "
        "accommodation) and to report to the funder. They are seen by our office and by those who need them to run the "
        "event; the funder receives what the contract requires. We keep them as long as we have to keep the project's "
        "documents. At any time you may ask to see, correct or erase your data and withdraw a consent; you may "
        "complain to the Information Commissioner.",
        T("Notice on registration forms (English)"),
        "long-text",
        "papers",
    ),
)
SETTINGS: dict[str, SettingInfo] = {s.key: s for s in _ALL}
