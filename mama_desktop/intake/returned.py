"""A registration form that came back, as a value: what was filled in, in which file, and which form it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from mama_desktop.domain.forms import FormIdentity
from mama_desktop.domain.text import Text
from mama_desktop.intake.tables import Cell

Answered = Cell | tuple[str, ...]


@dataclass(frozen=True)
class Returned:
    """One person's answers.

    file: its name within the folder. line: the row in a workbook, 0 in a PDF. identity: None where the file no longer
    says which form it is. values: name of a field → what was filled in (a tuple: keys of choices), only filled ones.
    labels: name of a field, or of a field and a choice ("q_1__c2"), → its words on the form. sent: when it was last
    written to, in office time. by_key: whether choices are told by their keys (a PDF), not by their words.
    """

    file: str
    identity: FormIdentity | None
    values: Mapping[str, Answered]
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    line: int = 0
    sent: dt.datetime | None = None
    by_key: bool = True


@dataclass(frozen=True)
class NotTaken:
    """A file out of which nobody is taken, and why."""

    file: str
    reason: Text


@dataclass(frozen=True)
class Folder:
    """A folder of returned forms, read. name: of the folder, or of the one file."""

    name: str
    forms: tuple[Returned, ...] = ()
    left: tuple[NotTaken, ...] = ()
