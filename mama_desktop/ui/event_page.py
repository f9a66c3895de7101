"""One event: head with live counts, and the tabs Details, Registrations, Attendance, Transport, Documents, History."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.events import FORMATS
from mama_desktop.domain.registrations import STATUSES as REGISTRATION_STATUSES
from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import TC, TN, T
from mama_desktop.i18n import Language
from mama_desktop.services import consents, events, history, invitations, registrations
from mama_desktop.services.events import EventHead
from mama_desktop.services.invitations import Replies
from mama_desktop.store.database import Database
from mama_desktop.ui import dialogs, event_chips
from mama_desktop.ui.brought import brought_files
from mama_desktop.ui.dropping import DropFrame, let_files_through
from mama_desktop.ui.expenses.order_door import ORDERS, order_chips
from mama_desktop.ui.history_list import HistoryList
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.widgets import Chip

if TYPE_CHECKING:
    from mama_desktop.ui.documents_tab import DocumentsTab
    from mama_desktop.ui.files_panel import FilesPanel
    from mama_desktop.ui.registrations_tab import RegistrationsTab
    from mama_desktop.ui.transport.transport_tab import TransportTab

# What is taken in when it is dropped on the event; a PDF may be a scan as well as a form: it is kept.
_TABLES = frozenset(".xlsx .xlsm .xls .xlsb .ods .csv .tsv .txt .html .htm".split())
# As many of them as a question can offer.
_MOST_TABLES = 3
_LATER_MS = 300


class EventTab(Protocol):
    """What every tab of an event can do; each is a widget."""

    def set_event(self, event_id: str) -> None: ...
    def refresh(self) -> None: ...


class _Lazy(QWidget):
    """A tab that is built when it is first seen and read again only while it is shown."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self.inside: QWidget | None = None
        self.is_new = True
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)

    def built(self) -> QWidget:
        if self.inside is None:
            self.inside = self._make()
            self._lay.addWidget(self.inside)
        return self.inside


class EventPage(Page):
    kinds = frozenset({
        "event", "registration", "person", "organisation", "session", "attendance", "issue", "issue_row", "project",
        "staff_member", "list_template", "funder_profile", "question", "question_set",
        "attachment", "consent", "guardian", "event_option", "chosen_option", "quota", "party",
        "travel_leg", "trip", "trip_stop", "seat", "vehicle", "road_distance", "travel_order",
    })  # fmt: skip
    help_topic = "event"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self._event = ""
        self._wanted = ""
        self._head: EventHead | None = None
        self._missing = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._count_missing)
        self.add_button(self.say(T("Export to Excel")), "file-excel", self.export)
        self.add_button(self.say(T("Print the sign-in sheet")), "print", self.print_out, primary=True)
        self._lazy: dict[str, _Lazy] = {}
        for key, words, make in (
            ("details", T("Details"), self._make_details),
            ("registrations", T("Registrations"), self._make_registrations),
            ("form", TC("of the event", "Form"), self._make_form),
            ("attendance", T("Attendance"), self._make_attendance),
            ("transport", T("Transport"), self._make_transport),
            ("documents", T("Documents"), self._make_documents),
            ("files", T("Files"), self._make_files),
            ("history", T("History"), self._make_history),
        ):
            self._lazy[key] = _Lazy(make)
            self.add_tab(key, self.say(words), self._lazy[key])
        if db.read_only is None:
            DropFrame(self, self.bring)
        self.show_tab("registrations")

    # Tabs, built when first seen

    def _make_details(self) -> QWidget:
        from mama_desktop.ui.event_details import EventDetails

        return EventDetails(self)

    def _make_registrations(self) -> QWidget:
        from mama_desktop.ui.registrations_tab import RegistrationsTab

        return RegistrationsTab(self)

    def _make_form(self) -> QWidget:
        from mama_desktop.ui.form_tab import FormTab

        return FormTab(self)

    def _make_attendance(self) -> QWidget:
        from mama_desktop.ui.attendance_tab import AttendanceTab

        return AttendanceTab(self)

    def _make_transport(self) -> QWidget:
        from mama_desktop.ui.transport.transport_tab import TransportTab

        return TransportTab(self)

    def _make_documents(self) -> QWidget:
        from mama_desktop.ui.documents_tab import DocumentsTab

        return DocumentsTab(self)

    def _make_files(self) -> QWidget:
        from mama_desktop.ui.files_panel import FilesPanel

        return FilesPanel(self, "event")

    def _make_history(self) -> QWidget:
        return _EventHistory(self)

    # What the frame asks

    def preparations(self) -> list[Callable[[], object]]:
        """The tab of registrations, and what is asked of the database, asked of no event."""
        read, code = self.db.read, self.speak.code
        return [
            self._registrations,
            lambda: read(events.event_head, "", language=code),
            lambda: read(registrations.registrations, "", language=code, only=self._registrations().on_screen()),
        ]

    def open(self, key: str, view: str) -> None:
        """view: a tab, or "registrations:applied" for those of one status."""
        tab, _, status = view.partition(":")
        if key and key != self._event:
            self._event, self._missing = key, 0
            if not tab and self.tab == "history":
                tab = "registrations"
        if tab:
            self.show_tab(tab)
        self._wanted = status

    def refresh(self) -> None:
        head = self.db.read(events.event_head, self._event, language=self.speak.code)
        if head is None:
            self.shell.go("events")
            return
        self._show_head(head)
        self._show_tab_content()
        self._later.start()

    def _count_missing(self) -> None:
        """Whose parents' paper is missing is counted when the table stands: nobody waits for it."""
        head = self._head
        if head is None or head.id != self._event:
            return
        missing = self.db.read(consents.count_missing, head.id)
        if missing != self._missing:
            self._missing = missing
            self._show_chips(head)

    def tab_changed(self, key: str) -> None:
        del key
        if self._event:
            self._show_tab_content()

    def _show_tab_content(self) -> None:
        if not self.tab:
            return
        frame = self._lazy[self.tab]
        tab = cast("EventTab", frame.built())
        tab.set_event(self._event)
        tab.refresh()
        if frame.is_new:
            # Built it may have been before, while the window stood idle.
            frame.is_new = False
            let_files_through(frame)
        if self._wanted and self.tab == "documents":
            cast("DocumentsTab", tab).show_paper(self._wanted)
            self._wanted = ""
        if self._wanted and self.tab == "registrations":
            self._registrations().show_only(*self._wanted.split(","))
            self._wanted = ""
        if self._wanted and self.tab == "transport":
            cast("TransportTab", tab).show_part(self._wanted)
            self._wanted = ""

    def _transport(self) -> TransportTab:
        return cast("TransportTab", self._lazy["transport"].built())

    def _registrations(self) -> RegistrationsTab:
        return cast("RegistrationsTab", self._lazy["registrations"].built())

    def _show_head(self, head: EventHead) -> None:
        self._head = head
        where = [(self.say(T("Events")), "events")]
        if head.project:
            where.append((head.project, ""))
        self.set_where(*where)
        self.set_title(head.title(self.speak.code))
        responsible = self.say(T("responsible {name}", name=head.responsible)) if head.responsible else ""
        place = ", ".join(p for p in (head.venue, head.town if head.town not in head.venue else "") if p)
        when = self.speak.event_dates(head.starts_on, head.ends_on, head.precision) or self.say(T("date not known yet"))
        self.set_about(when, place, self.say(FORMATS[head.format]), responsible)
        self._show_chips(head)

    def _show_chips(self, head: EventHead) -> None:
        self.set_chips(self._chips_of(head), self._on_chip)

    def _chips_of(self, head: EventHead) -> list[Chip]:
        replies = self.db.read(invitations.replies, head.id) if head.counts.of("invited") else Replies()
        found = event_chips.chips_of(head, replies, self._missing, self.speak)
        return [*found, *order_chips(self, event_id=head.id)]

    def _on_chip(self, view: str) -> None:
        if view == event_chips.CONSENTS:
            self.shell.go("consents", self._event)
            return
        if view.startswith(ORDERS):
            self.shell.go("transport", "", view)
            return
        self.show_tab("registrations")
        if view == "*" and self._head is not None and self._head.counts.of("invited"):
            # As many rows as the chip counts.
            view = ",".join(status for status in REGISTRATION_STATUSES if status != "invited")
        self._registrations().show_only(*([] if view == "*" else view.split(",")))

    # Keys

    def export(self) -> None:
        """The registrations as they are shown; from any other tab the list of Documents."""
        if self.tab == "registrations":
            tab = self._registrations()
            tab.read_rest()
            tab.tools.export.to_excel()
        else:
            self._documents("export_list")

    def print_out(self) -> None:
        self._documents("print_sign_in")

    def _documents(self, what: str) -> None:
        self.show_tab("documents")
        ask = getattr(self._lazy["documents"].built(), what, None)
        if ask is not None:
            ask()

    def new(self) -> None:
        if self.tab == "transport":
            self._transport().new()
            return
        self.show_tab("registrations")
        tab = self._registrations()
        # A tab that has just come to the front gives its button a place first: the sheet opens below it.
        QTimer.singleShot(0, tab, tab.add)

    def focus_filter(self) -> None:
        if self.tab == "transport":
            self._transport().focus_filter()
            return
        self.show_tab("registrations")
        self._registrations().table.focus_filter()

    def edit(self) -> None:
        if self.tab == "registrations":
            self._registrations().table.edit_current()
        elif self.tab == "transport":
            self._transport().edit()

    def selection_words(self) -> str:
        tab = self._lazy[self.tab].inside if self.tab else None
        words = getattr(tab, "selection_words", None)
        return words() if words is not None else ""

    # Files dropped anywhere on the event

    def bring(self, paths: Sequence[Path]) -> None:
        """A table is a file of registrations, seen before it is taken in; anything else is kept with the event."""
        tables = [path for path in paths if path.suffix.lower() in _TABLES]
        others = [path for path in paths if path not in tables]
        if len(tables) > 1 or (tables and others):
            question = T("What shall be done with the table {name}?", name=tables[0].name)
            if len(tables) > 1:
                question = TN("What shall be done with {count} table?", "What shall be done with {count} tables?",
                              len(tables))  # fmt: skip
            answers = [T("Take in registrations from {name}", name=path.name) for path in tables[:_MOST_TABLES]]
            chosen = dialogs.ask(self, self.speak, question, T("Keep with the event"), *answers)
            if chosen is None:
                return
            # Of several only one can be taken in; the others are kept, so that none is lost.
            tables = [] if chosen == 0 else [tables[chosen - 1]]
            others = [path for path in paths if path not in tables]
        if others:
            if not tables:
                self.show_tab("files")
            panel = cast("FilesPanel", self._lazy["files"].built())
            panel.set_event(self._event)
            panel.bring(others)
        if tables:
            self.shell.go("import", self._event, f"file:{tables[0]}")

    def dropEvent(self, event: QDropEvent) -> None:
        """What a part of the page that takes some drops itself leaves to the page."""
        if self.db.read_only is None and (paths := brought_files(event.mimeData())):
            event.acceptProposedAction()
            self.bring(paths)


class _EventHistory(HistoryList):
    """The changes of the event and of everything of its own."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, self._changes)
        self._event = ""

    def set_event(self, event_id: str) -> None:
        self._event = event_id

    def _changes(self, limit: int) -> list[ChangeInfo]:
        return self._page.db.read(history.changes_of_event, self._event, limit=limit)
