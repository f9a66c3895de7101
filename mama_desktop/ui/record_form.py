"""The form of one record on its own page: fields of the registry in groups; a finished edit is stored at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.services import completing, editing, places
from mama_desktop.services.counting import OverCapacity
from mama_desktop.ui import asking
from mama_desktop.ui.dropping import let_files_through
from mama_desktop.ui.form import Form
from mama_desktop.ui.page import Page

Groups = Sequence[tuple[Text | None, Sequence[str]]]
_LABELS = {
    "person": T("Person"), "organisation": T("Organisation"), "project": T("Project"),
    "working_group": T("Working group"), "trip": T("Trip"), "vehicle": T("Vehicle"),
    "carrier": T("Carrier"), "travel_order": T("Travel order"), "travel_claim": T("Travel claim"),
}  # fmt: skip


class RecordForm(QWidget):
    """`show_record` shows one record of the noun ("person", "project"); the form is built anew when choices change."""

    def __init__(self, page: Page, noun: str, groups: Groups, *, wide: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self._page, self._noun, self._groups, self._wide = page, noun, groups, wide
        self._key = ""
        self._values: Mapping[str, Any] = {}
        self._choices: Mapping[str, Mapping[str, str]] = {}
        self._form: Form | None = None
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)

    def show_record(
        self, key: str, values: Mapping[str, Any], choices: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        """`choices`: for a kind of field ("profile") the keys and names there are to choose from."""
        form = self._form_with(choices or {})
        if key != self._key and form.isAncestorOf(form.focusWidget() or form):
            form.setFocus()
        self._key, self._values = key, values
        form.set_values(values)

    def focus_field(self, key: str) -> None:
        if self._form is not None:
            editor = self._form.editor(key)
            self._form.ensureWidgetVisible(editor, 0, 80)
            editor.setFocus()

    def set_editable(self, editable: bool) -> None:
        """What is closed is only read; in a read-only view everything is."""
        if self._form is not None:
            self._form.set_read_only(not editable or self._page.db.read_only is not None)

    def set_field_visible(self, key: str, visible: bool) -> None:
        if self._form is not None:
            self._form.set_field_visible(key, visible)

    def focus_first(self) -> None:
        if self._form is not None:
            self._form.focus_first()

    def _form_with(self, choices: Mapping[str, Mapping[str, str]]) -> Form:
        if self._form is not None and choices == self._choices:
            return self._form
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
        self._choices = choices
        page = self._page
        form = Form(page.speak, today=page.db.clock.today, complete=self._complete, wide=self._wide)
        for title, keys in self._groups:
            form.add_group(title, [self._with_choices(editing.REGISTRIES[self._noun][key].info) for key in keys])
        form.edit_requested.connect(self._on_edit)
        if page.db.read_only is not None:
            form.set_read_only(True)
        let_files_through(form)
        self._lay.addWidget(form)
        self._form = form
        return form

    def _with_choices(self, field: FieldInfo) -> FieldInfo:
        names = self._choices.get(field.kind)
        if names is None:
            return field
        choices = {"": T("none"), **{key: verbatim(name) for key, name in names.items()}}
        return replace(field, kind="reference", choices=choices)

    def _on_edit(self, field_key: str, value: Any) -> None:
        if isinstance(value, Found) and value.title == self._values.get(field_key):
            return
        page, field = self._page, editing.REGISTRIES[self._noun][field_key].info
        label = T("{noun}: {field}", noun=_LABELS[self._noun], field=field.label)
        now = page.db.clock.now()
        try:
            page.db.write(editing.change, self._noun, [self._key], field_key, value, now=now, label=label)
        except OverCapacity:
            asking.write(page, editing.change, self._noun, [self._key], field_key, value, now=now, label=label)
        except OfficeError as error:
            assert self._form is not None
            self._form.set_error(field_key, error.what)

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        if kind == "town":
            country = str(self._values.get("country") or "SI")
            found = places.suggest_towns(beginning, country=country)
            return [Found(kind, t.postal_code, t.name, t.postal_code) for t in found]
        return self._page.db.read(completing.complete, kind, beginning, language=self._page.speak.code)
