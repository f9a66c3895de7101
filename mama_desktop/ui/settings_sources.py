"""Settings: the forms the office has taught the program: what each of their columns means, their names, forgetting."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from mama_desktop.domain.base import Choices
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.intake.sources import NAMES
from mama_desktop.services import column_mapping, list_fields, sources
from mama_desktop.services.column_mapping import COMPUTED, SHORT_ID
from mama_desktop.services.import_draft import KEEP, LEAVE_COLUMN_OUT
from mama_desktop.ui import dialogs
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import button, label

_NOUNS: Choices = {
    "registration": T("registrations"),
    "person": T("people"),
    "organisation": T("organisations"),
    "event": T("plan of events"),
}
_FORMS = (
    FieldInfo("name", T("Form"), width=260),
    FieldInfo("tool", T("Comes from"), "choice", editable=False, choices=NAMES, width=140),
    FieldInfo("noun", T("Its rows are"), "choice", editable=False, choices=_NOUNS, width=120),
    FieldInfo("columns", T("Columns"), "number", editable=False, width=80),
    FieldInfo("used_at", T("Last read"), "datetime", editable=False, width=150),
    FieldInfo("event", T("For the event"), editable=False, width=240),
)


class SettingsSources(QWidget):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._form = ""
        self._rows: dict[str, sources.ProfileRow] = {}
        say, read_only = page.say, page.db.read_only is not None
        about = T(
            "When a newer export of one of these forms is imported, its columns are understood at once. "
            "Click a name or a meaning to change it."
        )
        self.forms = RowTable("sources", page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False)
        self.forms.set_empty("table-list", say(T("The first file you import will be remembered here.")))
        self.forms.set_read_only(read_only)
        self.forms.edit_requested.connect(self._on_rename)
        self.forms.selection_changed.connect(self._on_selected)
        self.forms.refused.connect(self._on_refused)
        self.columns = RowTable(
            "source-columns", page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False
        )
        self.columns.set_empty("table-columns", say(T("Choose a form above to see its columns.")))
        self.columns.set_read_only(read_only)
        self.columns.edit_requested.connect(self._on_meaning)
        self._forget = button(say(T("Forget this form")), "trash-can", self.forget)
        if read_only:
            self._forget.hide()
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(label(say(about), "muted", wrap=True), 1)
        top.addWidget(self._forget, 0, Qt.AlignmentFlag.AlignTop)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.addWidget(self.forms)
        split.addWidget(self.columns)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 4, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(top)
        lay.addWidget(split, 1)

    def refresh(self) -> None:
        rows = self._page.db.read(sources.profiles, language=self._page.speak.code)
        self._rows = {row.fingerprint: row for row in rows}
        if self._form not in self._rows:
            self._form = rows[0].fingerprint if rows else ""
        listed: list[tuple[Any, ...]] = [(r.name, r.tool, r.noun, r.columns, r.used_at, r.event) for r in rows]
        self.forms.set_listing(Listing(_FORMS, list(self._rows), listed))
        self._show_columns()

    def show_form(self, fingerprint: str) -> None:
        if fingerprint != self._form:
            self._form = fingerprint
            self._show_columns()

    def forget(self) -> None:
        row = self._rows.get(self._form)
        if row is None:
            return
        page = self._page
        kept = page.db.read(sources.rows_kept, row.fingerprint)
        question = T("Forget the form “{name}”?", name=row.name)
        more = TN(
            "What it said of {count} person goes too, so that nobody will be compared with it; the registrations stay. "
            "You can undo this afterwards.",
            "What it said of {count} people goes too, so that nobody will be compared with it; the registrations stay. "
            "You can undo this afterwards.", kept,
        )  # fmt: skip
        if dialogs.ask(page, page.speak, question, T("Forget"), more=more, dangerous=True) == 0:
            page.write(sources.forget, row.fingerprint, label=T("Forget the form “{name}”", name=row.name), tell=True)

    def _show_columns(self) -> None:
        self._forget.setEnabled(bool(self._form))
        columns = self._page.db.read(sources.columns_of, self._form) if self._form else []
        heading: Text = T("Column of “{name}”", name=self._rows[self._form].name) if self._form else T("Column")
        meanings = _meanings(self._rows[self._form].noun if self._form else "")
        meaning = FieldInfo("meaning", T("What it means"), "choice", choices=meanings, width=300)
        fields = (FieldInfo("label", heading, editable=False, width=420), meaning)
        rows: list[tuple[Any, ...]] = [(c.label, LEAVE_COLUMN_OUT if c.left_out else c.key) for c in columns]
        self.columns.set_listing(Listing(fields, [c.label for c in columns], rows))

    def _on_selected(self) -> None:
        chosen = self.forms.selected_keys()
        if len(chosen) == 1:
            self.show_form(chosen[0])

    def _on_rename(self, key: str, _field: str, value: Any) -> None:
        self._page.write(
            sources.rename, key, str(value or ""), label=T("Name of a form: {name}", name=str(value or ""))
        )

    def _on_meaning(self, column: str, _field: str, value: Any) -> None:
        left_out = value == LEAVE_COLUMN_OUT
        self._page.write(
            sources.assign_column, self._form, column, "" if left_out else str(value or ""), left_out=left_out,
            label=T("Form “{name}”: {column}", name=self._rows[self._form].name, column=column),
        )  # fmt: skip

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(verbatim(words))


def _meanings(noun: str) -> Choices:
    """What a column of a form of these rows may mean, in words."""
    if noun in list_fields.NOUNS:
        return {KEEP: T("leave out"), **{key: info.label for key, info in list_fields.list_fields(noun).items()}}
    known = column_mapping.labels()
    fields = {key: words for key, words in known.items() if not key.startswith(COMPUTED) and key != SHORT_ID}
    return {KEEP: T("keep as an answer"), LEAVE_COLUMN_OUT: T("leave out"), **fields}
