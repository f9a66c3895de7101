"""The first questions in a new workspace: which office this is and who sits here. All of it can wait."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services import office, staff
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.settings_form import Groups, SettingsForm
from mama_desktop.ui.settings_staff import sit_here

_ME, _COLLEAGUES = "me", "colleagues"
_EXTRA = {
    _ME: FieldInfo(_ME, T("Your given and family name")),
    _COLLEAGUES: FieldInfo(_COLLEAGUES, T("Your colleagues, one in a line"), "long-text"),
}
_GROUPS: Groups = (
    (T("Your office"), ("office.name_sl", "office.name_en", "office.short_name", "office.tax_number")),
    (T("Who sits at this computer"), (_ME, _COLLEAGUES)),
    (T("Address"), ("office.street", "office.postal_code", "office.town", "office.country")),
    (T("On papers"), ("office.representative", "office.logo")),
)


class FirstStartPage(Page):
    """Place "first-start"; the window begins here while the office has no name."""

    kinds = frozenset({"setting", "staff_member"})
    help_topic = "first-start"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.set_title(self.say(T("Welcome")))
        self.set_about(
            self.say(
                T("Tell the program once about your office; every paper takes it from here. You can change it later.")
            )
        )
        self.lists_button = self.add_button(self.say(T("Bring in old lists")), "file-import", lambda: None)
        self.lists_button.setMenu(self._lists())
        self.add_button(self.say(T("Skip for now")), "", self.begin)
        self.add_button(self.say(T("Begin to work")), "arrow-right", self.begin, primary=True)
        self.form = SettingsForm(self, "office", _GROUPS, _EXTRA)
        self.form.extra_edited.connect(self._on_extra)
        self.form.form.editor(_COLLEAGUES).setFixedHeight(92)
        self.set_body(self.form)
        self.setFocusProxy(self.form.form.editor("office.name_sl"))

    def refresh(self) -> None:
        here = self.shell.sits_here()
        everybody = [(member.id, member.name) for member in self.db.read(office.staff)]
        names = dict(everybody)
        colleagues = "\n".join(name for key, name in everybody if key != here)
        self.form.refresh({_ME: names.get(here, ""), _COLLEAGUES: colleagues})

    def _lists(self) -> QMenu:
        """What an office has in Excel already: its members, its people, its plan."""
        menu = QMenu(self.lists_button)
        for words, noun in (
            (T("Organisations"), "organisation"),
            (T("People"), "person"),
            (T("Plan of events"), "event"),
        ):
            menu.addAction(self.say(words)).triggered.connect(partial(self.shell.go, "import-list", noun))
        return menu

    def begin(self) -> None:
        self.shell.go("today")

    def _on_extra(self, key: str, value: Any) -> None:
        here = self.shell.sits_here()
        if key == _COLLEAGUES:
            names = str(value or "").splitlines()
            self.write(staff.set_colleagues, names, besides=here, label=T("Colleagues"))
        elif here and value and self.db.read(staff.staff_name, here):
            self.write(staff.change_staff, here, "name", value, label=T("Staff: {field}", field=T("Name")))
            sit_here(self.shell.habits, self.db, here)
        elif value:
            added = self.write(office.add_staff, str(value), label=T("New colleague: {name}", name=str(value)))
            sit_here(self.shell.habits, self.db, added or "")
        # The change came home before it was known who sits here.
        self.refresh()
