"""Texts, plurals, dates and numbers in a given language (gettext and Babel's CLDR data)."""

from __future__ import annotations

import datetime as dt
import gettext
import io
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mama_desktop import resources
from mama_desktop.domain.text import InBoth, Text

LANGUAGES = {"sl": "Slovenščina", "en": "English"}
NBSP = "\u00a0"

_MONTHS = {
    "sl": "januar februar marec april maj junij julij avgust september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
# Running text takes the genitive in Slovene: 5. marca 2020 (facts.md 6.1).
_MONTHS_GENITIVE = {
    "sl": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra".split(),
    "en": _MONTHS["en"],
}
_DAYS = {
    "sl": "ponedeljek torek sreda četrtek petek sobota nedelja".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}


class Language:
    """One language: `say` a Text, translate a message, write dates, times and numbers its way."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._catalogue = _load(code)

    def say(self, text: Text | str) -> str:
        """The words of a Text; a plain string is returned as it is."""
        if isinstance(text, str):
            return text
        if text.plural:
            form = self._catalogue.ngettext(text.message, text.plural, text.count or 0)
        elif text.context:
            form = self._catalogue.pgettext(text.context, text.message)
        else:
            form = self._catalogue.gettext(text.message) if text.message else ""
        params = dict(text.all_params)
        if text.plural and isinstance(params.get("count"), int):
            params["count"] = self.number(params["count"])
        return form.format(**{k: self._value(v) for k, v in params.items()}) if params else form

    def _value(self, value: Any) -> Any:
        match value:
            case Text():
                return self.say(value)
            case InBoth():
                return value.of(self.code)
            case dt.datetime():
                return self.date_time(value)
            case dt.date():
                return self.date(value)
            case dt.time():
                return self.time(value)
            case _:
                return value

    def gettext(self, message: str, **params: Any) -> str:
        return self.say(Text(message, params=params))

    def ngettext(self, one: str, many: str, count: int, **params: Any) -> str:
        return self.say(Text(one, many, count, params))

    # Dates: 2. 4. 2020 · 2 April 2020; ranges with an en dash (slovar.md).
    def date(self, day: dt.date) -> str:
        """2. 4. 2020 in Slovene, 2 Apr 2020 in English (day and month never to be mixed up)."""
        if self.code == "sl":
            return f"{day.day}. {day.month}. {day.year}"
        return f"{day.day} {_MONTHS['en'][day.month - 1][:3]} {day.year}"

    def long_date(self, day: dt.date, *, weekday: bool = False) -> str:
        """četrtek, 2. april 2020 · Thursday, 2 April 2020."""
        dot = "." if self.code == "sl" else ""
        words = f"{day.day}{dot} {_MONTHS[self.code][day.month - 1]} {day.year}"
        return f"{self.weekday(day)}, {words}" if weekday else words

    def weekday(self, day: dt.date) -> str:
        return _DAYS[self.code][day.weekday()]

    def month(self, day: dt.date, *, genitive: bool = False) -> str:
        """april 2020, or in running Slovene aprila 2020."""
        return f"{(_MONTHS_GENITIVE if genitive else _MONTHS)[self.code][day.month - 1]} {day.year}"

    def date_range(self, first: dt.date, last: dt.date | None) -> str:
        """2.–3. april 2020 · 30. april–2. maj 2020 · 2–3 April 2020."""
        if last is None or last == first:
            return self.long_date(first)
        dot = "." if self.code == "sl" else ""
        if first.year != last.year:
            return f"{self.long_date(first)}–{self.long_date(last)}"
        if first.month != last.month:
            return f"{first.day}{dot} {_MONTHS[self.code][first.month - 1]}–{self.long_date(last)}"
        return f"{first.day}{dot}–{self.long_date(last)}"

    def event_dates(self, first: dt.date | None, last: dt.date | None, precision: str) -> str:
        """The dates of an event as known so far: "maj 2020", "2.–3. april 2020", or nothing."""
        if first is None:
            return ""
        return self.month(first) if precision == "month" else self.date_range(first, last)

    def time(self, at: dt.time) -> str:
        """9.12 in Slovene, 09:12 in English."""
        return f"{at.hour}.{at.minute:02}" if self.code == "sl" else f"{at.hour:02}:{at.minute:02}"

    def date_time(self, at: dt.datetime) -> str:
        """2. 4. 2020 ob 9.12 · 2 Apr 2020, 09:12."""
        between = " ob " if self.code == "sl" else ", "
        return f"{self.date(at.date())}{between}{self.time(at.time())}"

    def number(self, value: float | int | Decimal, decimals: int | None = None) -> str:
        """1.234,5 in Slovene, 1,234.5 in English; the house style groups from 1,000 on (CLDR from 10,000)."""
        words = f"{value:,.{decimals}f}" if decimals is not None else f"{value:,}"
        words = words.replace("-", "\u2212")
        return words.translate(str.maketrans(",.", ".,")) if self.code == "sl" else words

    def money(self, amount: Decimal | float | int) -> str:
        """1.234,56 € · €1,234.56."""
        words = self.number(amount, 2)
        return f"{words}{NBSP}€" if self.code == "sl" else f"€{words}"

    def country(self, code: str) -> str:
        """The name of an ISO 3166-1 alpha-2 country (CLDR), or the code itself when unknown."""
        return _territories(self.code).get(code, code)


@lru_cache
def language(code: str) -> Language:
    """The language of a code, `sl` or `en`; loaded once."""
    return Language(code if code in LANGUAGES else "sl")


@lru_cache
def _territories(code: str) -> dict[str, str]:
    from babel import Locale

    names = {k: v for k, v in Locale(code).territories.items() if len(k) == 2 and k.isalpha()}
    if code == "sl":
        names |= {"BA": "Bosna in Hercegovina", "MK": "Severna Makedonija"}
    return names


def country_names() -> dict[str, dict[str, str]]:
    """For each language, ISO 3166-1 alpha-2 code to name."""
    return {code: _territories(code) for code in LANGUAGES}


def _load(code: str) -> gettext.NullTranslations:
    """English is the catalogue's key. A compiled catalogue is used unless the text beside it is newer."""
    source = resources.path("locale", f"{code}.po")
    compiled = source.with_suffix(".mo")
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    if not source.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    packed = io.BytesIO()
    with source.open("rb") as file:
        write_mo(packed, read_po(file, locale=code))
    packed.seek(0)
    return gettext.GNUTranslations(packed)
