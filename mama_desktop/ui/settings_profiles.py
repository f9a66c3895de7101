"""Settings: what stands on the papers of each funder, edited by the office; nobody edits code to add a funder."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T
from mama_desktop.services import profiles
from mama_desktop.services.profiles import PROFILE_FIELDS, ProfileRow
from mama_desktop.ui import dialogs
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.form import Form
from mama_desktop.ui.order_editor import OrderEditor
from mama_desktop.ui.page import Page
from mama_desktop.ui.picture_editor import PictureEditor
from mama_desktop.ui.profile_list import ProfileList, certainty_chip
from mama_desktop.ui.widgets import Chip, button, chip_label, clear_layout, label

_GROUPS = (
    (None, ("name_sl", "name_en")),
    (T("Sentences and notices"), ("sentence_sl", "sentence_en", "notice_sl", "notice_en")),
    (T("Logo"), ("logo_file", "logo_words")),
    (T("Sheets and lists"), ("languages", "sign_in_columns", "list_columns")),
    (None, ("one_sheet_for_days", "email_on_sheet", "organiser_signs", "split_local")),
    (T("Where this is from"), ("certainty", "year", "source")),
)
_WIDE = frozenset({"logo_file"})
_LINES = 92


class SettingsProfiles(QWidget):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._profile = ""
        self._rows: dict[str, ProfileRow] = {}
        say = page.say
        self.list = ProfileList(page.speak)
        self.list.chosen.connect(self._on_chosen)
        self._add = button(say(T("Add")), "plus", self.add)
        self._copy = button(say(T("Copy")), "copy", self.copy)
        self._delete = button(say(T("Delete")), "trash-can", self.delete)
        self._name = label("", "emptyTitle", wrap=True)
        policy = self._name.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self._name.setSizePolicy(policy)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._warning = Callout("wait")
        self.form = self._make_form()
        self._lay_out()
        for widget in (self._add, self._copy, self._delete):
            widget.setVisible(page.db.read_only is None)

    def _make_form(self) -> Form:
        page = self._page
        editors: dict[str, QWidget] = {}
        for key, info in PROFILE_FIELDS.items():
            if info.kind == "ordered":
                editors[key] = OrderEditor(info, page.speak)
            elif info.kind == "picture":
                editors[key] = PictureEditor(page.speak)
        form = Form(page.speak, today=page.db.clock.today, wide=_WIDE)
        for title, keys in _GROUPS:
            form.add_group(title, [PROFILE_FIELDS[key] for key in keys], editors)
        for key, info in PROFILE_FIELDS.items():
            if info.kind == "long-text":
                form.editor(key).setFixedHeight(_LINES)
        form.edit_requested.connect(self._on_edit)
        if page.db.read_only is not None:
            form.set_read_only(True)
        return form

    def _lay_out(self) -> None:
        left = QFrame()
        left.setObjectName("card")
        left.setFixedWidth(248)
        beside = QVBoxLayout(left)
        beside.setContentsMargins(6, 6, 6, 8)
        beside.setSpacing(8)
        beside.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(2, 0, 2, 0)
        buttons.setSpacing(8)
        for made in (self._add, self._copy):
            buttons.addWidget(made, 1)
        beside.addLayout(buttons)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._name, 1)
        head.addWidget(self._delete)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(head)
        right.addLayout(self._chips)
        right.addWidget(self._warning)
        right.addWidget(self.form, 1)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(24)
        lay.addWidget(left)
        lay.addLayout(right, 1)

    def refresh(self) -> None:
        page = self._page
        rows = page.db.read(profiles.profiles, language=page.speak.code)
        self._rows = {row.id: row for row in rows}
        self._profile = self.list.show_profiles(rows, self._profile)
        self._show()

    def add(self) -> None:
        names = {row.name for row in self._rows.values()}
        name, number = self._page.say(T("New funder")), 2
        while name in names:
            name, number = f"{self._page.say(T('New funder'))} {number}", number + 1
        self._go_to(self._page.write(profiles.add_profile, name, label=T("New funder profile")))

    def copy(self) -> None:
        if self._profile:
            name = self._page.say(T("{name} (copy)", name=self._rows[self._profile].name))
            label = T("Copy of a funder profile")
            self._go_to(self._page.write(profiles.copy_profile, self._profile, name, label=label))

    def delete(self) -> None:
        row = self._rows.get(self._profile)
        if row is None:
            return
        question = T("Delete the profile “{name}”?", name=row.name)
        more = T("You can undo this afterwards.")
        page = self._page
        if dialogs.ask(page, page.speak, question, T("Delete"), more=more, dangerous=True) == 0:
            label = T("Delete the profile “{name}”", name=row.name)
            page.write(profiles.delete_profile, self._profile, label=label, tell=True)

    def _go_to(self, key: str | None) -> None:
        if key:
            self._profile = key
            self.refresh()
            self.form.verticalScrollBar().setValue(0)
            name = self.form.editor("name_sl")
            name.setFocus()
            if isinstance(name, QLineEdit):
                name.selectAll()

    def _on_chosen(self, key: str) -> None:
        # What is being typed belongs to the profile that is left.
        self.list.setFocus()
        self._profile = key
        self._show()
        self.form.verticalScrollBar().setValue(0)

    def _show(self) -> None:
        row = self._rows.get(self._profile)
        values = self._page.db.read(profiles.profile_values, self._profile) if row is not None else None
        self.form.setVisible(values is not None)
        if row is None or values is None:
            return
        say = self._page.say
        self._name.setText(row.name)
        clear_layout(self._chips)
        used = TN("{count} project takes it", "{count} projects take it", row.projects)
        for chip in (certainty_chip(row.certainty, self._page.speak), Chip(say(used))):
            self._chips.addWidget(chip_label(chip))
        self._chips.addStretch(1)
        self._delete.setEnabled(not row.is_own)
        to_confirm = row.certainty == "C" and bool(values["sentence_sl"] or values["notice_sl"])
        words = T("Compare the sentences with your contract. When they are right, choose “official source” below.")
        self._warning.tell(say(words) if to_confirm else "")
        self.form.set_values(values)

    def _on_edit(self, key: str, value: Any) -> None:
        row = self._rows[self._profile]
        label = T("Profile “{name}”: {field}", name=row.name, field=PROFILE_FIELDS[key].label)
        try:
            self._page.db.write(profiles.change_profile, self._profile, key, value, label=label)
        except OfficeError as error:
            self.form.set_error(key, error.what)
