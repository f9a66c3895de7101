"""A registration form as a value: the joint between those who know what is asked and those who write it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mama_desktop.domain.forms import FormIdentity
from mama_desktop.sheets.sheet import Fact, Words

NOTHING = Words("")
# Filled by the writer.
_PAGES = Words("{page} / {pages}")
FieldKind = Literal[
    "text", "long-text", "number", "date", "bool", "choice", "choices", "email", "phone", "agree", "tick", "file"
]
# What somebody fills in: words, the key of a choice, keys of several, yes or no, a day.
Filled = str | bool | dt.date | int | float | tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """key: under which it comes back."""

    key: str
    words: Words


@dataclass(frozen=True)
class FormField:
    """One thing that is asked.

    name: ASCII, by which the answer is known when the form comes back. help: how to answer. only_if: to whom it is
    asked, in words. wide: it has the width of the page. A "tick" is one box beside its words; "agree" is a decision:
    yes or no; a "file" cannot be filled in, the form asks to add it to the message.
    """

    name: str
    label: Words
    kind: FieldKind = "text"
    help: Words = NOTHING
    choices: tuple[Choice, ...] = ()
    required: bool = False
    only_if: Words = NOTHING
    wide: bool = False


@dataclass(frozen=True)
class FormSection:
    """Fields under a heading. lines: sentences between the two (a data-protection notice)."""

    title: Words
    fields: tuple[FormField, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormWords:
    """What the writers say between the questions, in the languages of the form."""

    required: Words
    yes: Words
    no: Words
    agree: Words
    disagree: Words
    one_of: Words
    several_of: Words
    date_hint: Words
    file_hint: Words
    number: Words = NOTHING


@dataclass(frozen=True)
class Form:
    """A form for one event, all words ready to be printed.

    language: "sl" or "en", how dates are written. dates: of the event. intro, intro_xlsx: how to fill it in on paper
    and in a workbook, where to return it and until when.
    logos, funding, footer_left, page_word, author, created: as of a Sheet. identity: by which it is known again.
    """

    title: Words
    sections: tuple[FormSection, ...]
    words: FormWords
    identity: FormIdentity
    language: str = "sl"
    dates: Words = NOTHING
    facts: tuple[Fact, ...] = ()
    intro: tuple[str, ...] = ()
    intro_xlsx: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    logos_left: tuple[bytes, ...] = ()
    logos_right: tuple[bytes, ...] = ()
    footer_left: str = ""
    page_word: Words = _PAGES
    author: str = ""
    created: dt.datetime | None = None

    def fields(self) -> Iterator[FormField]:
        for section in self.sections:
            yield from section.fields
