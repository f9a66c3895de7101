"""The one question before sensitive columns leave the window: as a workbook, as a PDF, by the clipboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.ui import dialogs


def is_sensitive(field: FieldInfo) -> bool:
    return field.sensitivity == "sensitive"


def asked_sensitive(parent: QWidget, speak: Language, fields: Sequence[FieldInfo]) -> bool | None:
    """Whether the sensitive ones of these columns go along; None when nothing shall. Asked only with some."""
    names = ", ".join(speak.say(field.label) for field in fields if is_sensitive(field))
    count = sum(map(is_sensitive, fields))
    if not count:
        return True
    question = TN(
        "{count} sensitive column is on the screen: {names}",
        "{count} sensitive columns are on the screen: {names}",
        count, names=names,
    )  # fmt: skip
    if count == len(fields):
        return True if dialogs.ask(parent, speak, question, T("Take them along")) == 0 else None
    answer = dialogs.ask(parent, speak, question, T("Leave them out"), T("Take them along"))
    return None if answer is None else answer == 1
