"""Settings of the office as a form: a finished edit is stored at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T, Text
from mama_desktop.services import office_card, places
from mama_desktop.ui.form import Form
from mama_desktop.ui.page import Page
from mama_desktop.ui.picture_editor import PictureEditor

Groups = Sequence[tuple[Text | None, Sequence[str]]]
OFFICE_GROUPS: Groups = (
    (T("The office"), ("office.name_sl", "office.name_en", "office.short_name", "office.tax_number")),
    (T("Address"), ("office.street", "office.postal_code", "office.town", "office.country")),
    (T("Contact"), ("office.email", "office.phone")),
    (T("On papers"), ("office.representative", "office.iban", "office.logo")),
)
REGISTRATION_GROUPS: Groups = (
    (T("Waiting list"), ("registration.waiting_closes",)),
    (T("Minors"), ("minors.own_consent_age", "minors.child_age")),
)
PAPER_GROUPS: Groups = (
    (T("Notices on sign-in sheets"), ("paper.notice_sl", "paper.notice_en")),
    (T("Notices on registration forms"), ("form.notice_sl", "form.notice_en")),
    (T("Sign-in sheets"), ("paper.blank_rows",)),
)
WIDE = frozenset({"registration.waiting_closes", "office.name_sl", "office.name_en", "office.logo"})


class SettingsForm(QWidget):
    extra_edited = Signal(str, object)

    def __init__(self, page: Page, group: str, groups: Groups, extra: Mapping[str, FieldInfo] | None = None) -> None:
        """`extra`: fields that are no settings; their edits come as `extra_edited(key, value)`."""
        super().__init__()
        self._page = page
        fields = {**office_card.setting_fields(group), **(extra or {})}
        self._extra = frozenset(extra or ())
        self.form = Form(page.speak, today=page.db.clock.today, complete=self._complete, wide=WIDE)
        pictures = {key: PictureEditor(page.speak) for key, info in fields.items() if info.kind == "picture"}
        for title, keys in groups:
            self.form.add_group(title, [fields[key] for key in keys], pictures)
        self.form.edit_requested.connect(self._on_edit)
        if page.db.read_only is not None:
            self.form.set_read_only(True)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.form)

    def refresh(self, extra: Mapping[str, Any] | None = None) -> None:
        self.form.set_values({**self._page.db.read(office_card.setting_values), **(extra or {})})

    def _on_edit(self, key: str, value: Any) -> None:
        if key in self._extra:
            self.extra_edited.emit(key, value)
            return
        label = T("Setting: {field}", field=office_card.setting_label(key))
        try:
            self._page.db.write(office_card.change_setting, key, value, label=label)
        except OfficeError as error:
            self.form.set_error(key, error.what)

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        return [Found(kind, t.postal_code, t.name, t.postal_code) for t in places.suggest_towns(beginning)]
