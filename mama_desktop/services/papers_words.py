"""Words of a paper, in one language or in both at once, whatever the language of the window."""

from __future__ import annotations

import datetime as dt

from mama_desktop.domain.text import Text
from mama_desktop.i18n import Language, language
from mama_desktop.sheets.sheet import Words

BOTH = "both"


def codes_of(paper: str) -> tuple[str, ...]:
    """The languages of a paper: "sl", "en", or "both", Slovene first."""
    return ("sl", "en") if paper == BOTH else (paper,)


def main_code(paper: str) -> str:
    """The language in which single values (dates, numbers, names) stand on a paper."""
    return codes_of(paper)[0]


def tongue(paper: str) -> Language:
    return language(main_code(paper))


def words(text: Text, paper: str) -> Words:
    """A text of ours in the languages of the paper."""
    return Words(*(language(code).say(text) for code in codes_of(paper)))


def pair(paper: str, name_sl: str, name_en: str) -> Words:
    """A name as the office wrote it in each language; without an English one the Slovene stands alone."""
    if paper == "en":
        return Words(name_en or name_sl)
    return Words(name_sl or name_en, name_en if paper == BOTH and name_sl and name_en != name_sl else "")


def day_words(day: dt.date, paper: str) -> Words:
    """četrtek, 2. april 2020 / Thursday, 2 April 2020."""
    return Words(*(language(code).long_date(day, weekday=True) for code in codes_of(paper)))


def range_words(first: dt.date, last: dt.date | None, paper: str) -> Words:
    """2.–3. april 2020 / 2–3 April 2020."""
    if last is None or last == first:
        return day_words(first, paper)
    return Words(*(language(code).date_range(first, last) for code in codes_of(paper)))


def short_day(day: dt.date, code: str) -> str:
    """2. 4. or 2 Apr: both languages end a date with the year."""
    return language(code).date(day).rsplit(" ", 1)[0]
