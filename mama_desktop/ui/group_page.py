"""One working group: its members in terms, its details, its mailing, and the way to register them for an event."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services import groups, office, projects
from mama_desktop.services.groups import GroupCard
from mama_desktop.store import history
from mama_desktop.store.database import Database
from mama_desktop.ui.choose_event import ChooseEvent
from mama_desktop.ui.group_members import GroupMembers
from mama_desktop.ui.history_list import HistoryList
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.palette import Command
from mama_desktop.ui.record_form import RecordForm
from mama_desktop.ui.widgets import Chip, shortened

_GROUPS = (
    (None, ("name_sl", "name_en", "project_id", "responsible_id")),
    (T("Period"), ("starts_on", "ends_on")),
    (None, ("remarks",)),
)
_WIDE = frozenset({"name_sl", "name_en"})


class GroupPage(Page):
    """`open(key, tab)`: members (first), details, history; `members:everybody` shows the former ones too."""

    kinds = frozenset({"working_group", "membership", "person", "organisation", "project", "staff_member"})
    help_topic = "groups"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self._key, self._name = "", ""
        self.members = GroupMembers(self)
        self._form = RecordForm(self, "working_group", _GROUPS, wide=_WIDE)
        self._history = HistoryList(self, self._changes)
        self.add_button(self.say(T("Write")), "envelope", self.write_to)
        self._copy = self.add_button(self.say(T("Copy the e-mails")), "copy", self.copy_emails)
        self._copy.setToolTip(self.say(T("The addresses of those who get the group's mail, for your mail program")))
        if db.read_only is None:
            words = self.say(T("Register for an event"))
            self._register = self.add_button(words, "calendar-plus", self.register, primary=True)
        self.add_tab("members", self.say(T("Members")), self.members)
        self.add_tab("details", self.say(T("Details")), self._form)
        self.add_tab("history", self.say(T("History")), self._history)

    def open(self, key: str, view: str) -> None:
        self._key = key or self._key
        tab, _, which = view.partition(":")
        self.show_tab(tab or "members")
        self.members.show_everybody(which == "everybody")

    def write_to(self) -> None:
        """A letter or mail to those who get the group's mail now."""
        self.shell.go("letters", "", f"group:{self._key}")

    def refresh(self) -> None:
        today = self.db.clock.today()
        card = self.db.read(groups.group_card, self._key, today=today, language=self.speak.code)
        if card is None:
            # Deleted, here or by somebody else, while it was open.
            self.shell.go("groups")
            return
        self._name = card.name(self.speak.code)
        self.set_where((self.say(T("People")), "people"), (self.say(T("Working groups")), "groups"),
                       (shortened(self._name), ""))  # fmt: skip
        self.set_title(self._name)
        self._show_about(card)
        self._show_chips(card)
        choices = {
            "project": self.db.read(projects.project_names, language=self.speak.code),
            "staff": {one.id: one.name for one in self.db.read(office.staff, everybody=True)},
        }
        self._form.show_record(self._key, card.values, choices)
        self.members.show_group(self._key)
        self.tab_changed(self.tab)

    def _show_about(self, card: GroupCard) -> None:
        first, last = card.values["starts_on"], card.values["ends_on"]
        period = self.speak.date_range(first, last) if first and last else ""
        responsible = self.say(T("responsible {name}", name=card.responsible)) if card.responsible else ""
        self.set_about(card.project, responsible, period)

    def _show_chips(self, card: GroupCard) -> None:
        mailing = self.db.read(groups.mailing, self._key, today=self.db.clock.today())
        chips = [Chip(self.say(TN("{count} member", "{count} members", card.members)), "ok", "now")]
        if mailing.emails:
            number = len(mailing.emails)
            chips.append(Chip(self.say(TN("mail to {count} address", "mail to {count} addresses", number)), "neutral"))
        if mailing.without:
            words = TN("{count} without an e-mail", "{count} without an e-mail", len(mailing.without))
            chips.append(Chip(self.say(words), "wait", "now"))
        if card.terms > card.members:
            words = TN("{count} earlier term", "{count} earlier terms", card.terms - card.members)
            chips.append(Chip(self.say(words), "neutral", "everybody"))
        self.set_chips(chips, self._on_chip)

    def _on_chip(self, view: str) -> None:
        self.show_tab("members")
        self.members.show_everybody(view == "everybody")

    def tab_changed(self, key: str) -> None:
        if key == "history" and self._key:
            self._history.refresh()

    def _changes(self, limit: int) -> list[ChangeInfo]:
        return self.db.read(history.changes_of, "working_group", self._key)[:limit]

    # What the person does

    def copy_emails(self) -> None:
        """Onto the clipboard as a mail program takes them; who has no address is named."""
        mailing = self.db.read(groups.mailing, self._key, today=self.db.clock.today())
        if not mailing.emails:
            self.shell.notice(T("None of the members who get the mail has an e-mail."))
            return
        QGuiApplication.clipboard().setText("; ".join(mailing.emails))
        words = TN("{count} address copied", "{count} addresses copied", len(mailing.emails))
        if mailing.without:
            words = T("{copied}; without an e-mail: {names}", copied=words, names=", ".join(mailing.without))
        self.shell.notice(words)

    def register(self) -> None:
        popup = ChooseEvent(self, self)
        popup.chosen.connect(self._on_event)
        popup.open_below(self._register)

    def _on_event(self, event_id: str) -> None:
        self.shell.go("add-to-event", event_id, f"group:{self._key}")

    def new(self) -> None:
        self.show_tab("members")
        self.members.who.setFocus()

    def edit(self) -> None:
        if self.tab == "members":
            self.members.table.edit_current()
        else:
            self.show_tab("details")
            self._form.focus_first()

    def focus_filter(self) -> None:
        self.show_tab("members")
        self.members.table.focus_filter()

    def selection_words(self) -> str:
        return self.members.table.selection_words() if self.tab == "members" else ""

    def commands(self) -> list[Command]:
        found = [Command(self.say(T("Copy the e-mails")), self.copy_emails, "copy")]
        if self.db.read_only is None:
            found.append(Command(self.say(T("Register for an event")), self.register, "calendar-plus"))
        return found
