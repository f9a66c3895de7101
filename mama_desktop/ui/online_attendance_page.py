"""Taking in a report of an online meeting: who was there how long, who nobody is, and one click that writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from mama_desktop.domain.attendance import MARKS
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import TN, T, verbatim
from mama_desktop.intake.meeting_reports import MeetingReport, open_report, united
from mama_desktop.services import events, online_attendance, sessions
from mama_desktop.services.online_attendance import (
    LEAVE_OUT,
    MISSING,
    POSSIBLE,
    PRESENT,
    SHORT,
    UNKNOWN,
    WALK_IN,
    OnlineOptions,
    OnlinePreview,
    OnlineRow,
)
from mama_desktop.services.papers_about import hours
from mama_desktop.ui import dialogs
from mama_desktop.ui.brought import brought_files
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.online_options import OnlineOptionsBar
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.who_is_it import WhoIsIt
from mama_desktop.ui.widgets import Chip, EmptyPage, button

FILE = "file:"
_FOLDER = "import/folder"
_ENDINGS = "*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods *.html"
_STATES = {
    PRESENT: T("present"), SHORT: T("too short"), POSSIBLE: T("possible match"), UNKNOWN: T("not recognised"),
    MISSING: T("not in the report"),
}  # fmt: skip
_TONES = {PRESENT: "ok", SHORT: "no", POSSIBLE: "wait", UNKNOWN: "wait", MISSING: "neutral"}
_DECISIONS = {"": T("to decide"), WALK_IN: T("walk-in"), LEAVE_OUT: T("left out"), "known": T("chosen")}
_FIELDS = (
    FieldInfo("group", T("What it says"), "choice", editable=False, choices=_STATES, width=140),
    FieldInfo("name", T("Name"), editable=False, width=190),
    FieldInfo("minutes", T("Minutes"), "number", editable=False, width=80),
    FieldInfo("written", T("In the report"), editable=False, width=220),
    FieldInfo("email", T("E-mail"), "email", editable=False, width=200),
    FieldInfo("organisation", T("Organisation"), editable=False, width=190),
    FieldInfo("decision", T("Decision"), "choice", editable=False, choices=_DECISIONS, width=100),
    FieldInfo("keyed", T("Keyed in by hand"), "choice", editable=False, choices=MARKS, width=130),
)


class OnlineAttendancePage(Page):
    """Opened with an event and, as view, "file:<path>"; nothing is stored before the button."""

    kinds = frozenset({"registration", "person", "organisation", "event", "session", "attendance"})
    help_topic = "online-attendance"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._event = ""
        self._turn = 0
        self.report: MeetingReport | None = None
        self.options = OnlineOptions()
        self.preview: OnlinePreview | None = None
        say = self.say
        self.other_button = self.add_button(say(T("Another file …")), "folder-open", self.open_files)
        self.take_button = self.add_button(say(T("Take in the attendance")), "check-double", self.take_in, primary=True)
        self.note = Callout("no")
        self._zone = EmptyPage("video", "")
        self._zone.asked.connect(self.open_files)
        self.bar = OnlineOptionsBar(self.speak)
        self.bar.changed.connect(self._on_options)
        self.hint = Callout("wait")
        self.table = RowTable(
            "online-attendance", self.speak, self.shell.habits, search_hint=say(T("Name, organisation …")),
            today=self.db.clock.today,
        )  # fmt: skip
        self.table.set_empty("users", "")
        self.table.selection_changed.connect(self._on_selection)
        self.table.opened.connect(self._on_opened)
        self._walk_in = button(say(T("Register as walk-in")), "user-plus", partial(self._decide_chosen, WALK_IN))
        self._leave = button(say(T("Leave out")), "xmark", partial(self._decide_chosen, LEAVE_OUT))
        self.table.add_left(self._walk_in, self._leave)
        self.who = WhoIsIt(self.speak)
        self.who.combo.activated.connect(self._on_who)
        self._build()
        self.setAcceptDrops(self.db.read_only is None)

    def _build(self) -> None:
        work = QWidget()
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self.bar)
        inside.addWidget(self.hint)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.who)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._zone)
        self._stack.addWidget(work)
        body = QWidget()
        lay = QVBoxLayout(body)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addWidget(self.note)
        lay.addWidget(holder, 1)
        self.set_body(body)

    # What the window asks

    def open(self, key: str, view: str) -> None:
        if key and key != self._event:
            self._event = key
            self._forget()
        if view.startswith(FILE):
            self.read_files([Path(view.removeprefix(FILE))])

    def refresh(self) -> None:
        head = self.db.read(events.event_head, self._event, language=self.speak.code) if self._event else None
        if head is None:
            self.shell.go("events")
            return
        title = head.title(self.speak.code)
        self.set_where((self.say(T("Events")), "events"), (title, "event", self._event, "attendance"))
        self.set_title(self.say(T("Report of an online meeting")))
        if self.report is not None:
            self._compare()
        self._show_state()

    def selection_words(self) -> str:
        return self.table.selection_words() if self.report is not None else ""

    def focus_filter(self) -> None:
        self.table.focus_filter()

    # The files

    def open_files(self) -> None:
        folder = self.shell.habits.value(_FOLDER)
        kinds = self.say(T("Reports and tables")) + f" ({_ENDINGS});;" + self.say(T("All files")) + " (*)"
        title = self.say(T("Open the report of the meeting"))
        if chosen := dialogs.choose_file(self, title, kinds, Path(str(folder)) if folder else None):
            self.shell.habits.setValue(_FOLDER, str(chosen[0].parent))
            self.read_files(chosen)

    def read_files(self, paths: Sequence[Path]) -> None:
        self._forget()
        turn = self._turn
        head = self.db.read(sessions.planned_sessions, self._event)
        days = tuple(dict.fromkeys(row.day for row in head))

        def read(report: Report) -> MeetingReport:
            return united([open_report(path, days, report) for path in paths])

        name = ", ".join(path.name for path in paths)
        self._zone.set_content("video", self.say(T("Reading “{name}” …", name=name)))
        self.jobs.start(
            T("Reading {name}", name=verbatim(name)), read, done=partial(self._on_read, turn),
            failed=partial(self._on_unread, turn),
        )  # fmt: skip

    def _on_read(self, turn: int, report: MeetingReport) -> None:
        if turn != self._turn:
            return
        self.report = report
        self.options = self.db.read(online_attendance.proposed, self._event, report)
        self.bar.show_options(self.db.read(sessions.planned_sessions, self._event), self.options)
        self._compare()
        self._show_state()
        self.bar.least.setFocus()

    def _on_unread(self, turn: int, error: BaseException) -> None:
        if turn != self._turn:
            return
        self._forget()
        if isinstance(error, OfficeError):
            self.note.tell(" ".join(self.say(words) for words in (error.what, error.todo) if words is not None), "no")
        else:
            self.jobs.bug.emit(error)
        self._show_state()

    def _forget(self) -> None:
        self._turn += 1
        self.report = self.preview = None
        self.options = OnlineOptions()
        self.note.tell("")
        self._show_state()

    # What the person changes

    def _on_options(self) -> None:
        self.options = self.bar.options(self.options)
        self._compare()

    def _on_who(self, _place: int) -> None:
        if (row := self._current()) is not None and row.numbers:
            self._decide([row], str(self.who.combo.currentData()))

    def _decide_chosen(self, what: str) -> None:
        self._decide([row for row in self._chosen() if row.numbers], what)

    def _decide(self, rows: Sequence[OnlineRow], what: str) -> None:
        decided = dict(self.options.decided)
        for number in (n for row in rows for n in row.numbers):
            decided[number] = what
            if not what:
                del decided[number]
        self.options = replace(self.options, decided=decided)
        self._compare()

    # Comparing, beside the window; only the latest answer is shown

    def _compare(self) -> None:
        report, options = self.report, self.options
        if report is None:
            return
        self._turn += 1
        turn = self._turn

        def work(_report: Report) -> OnlinePreview | None:
            if turn != self._turn:
                return None
            return self.db.read(online_attendance.preview, self._event, report, options)

        self.jobs.start(T("Comparing with what is known"), work, done=partial(self._on_compared, turn))

    def _on_compared(self, turn: int, preview: OnlinePreview | None) -> None:
        if preview is None or turn != self._turn:
            return
        self.preview = preview
        self.table.set_empty("users", self.say(T("The report names nobody.")))
        # Whom somebody has to decide about stands first.
        rows = sorted(preview.rows, key=lambda row: row.group not in (POSSIBLE, UNKNOWN))
        self.table.set_listing(Listing(_FIELDS, [_key(row) for row in rows], [_cells(row) for row in rows]))
        counts = preview.counts()
        words = {
            PRESENT: TN("{count} present", "{count} present", counts[PRESENT]),
            SHORT: TN("{count} too short", "{count} too short", counts[SHORT]),
            POSSIBLE: TN("{count} possible match", "{count} possible matches", counts[POSSIBLE]),
            UNKNOWN: TN("{count} not recognised", "{count} not recognised", counts[UNKNOWN]),
            MISSING: TN("{count} not in the report", "{count} not in the report", counts[MISSING]),
        }
        chips = [Chip(self.say(words[key]), _TONES[key], key) for key in words if counts[key] or key == PRESENT]
        self.set_chips(chips, self._on_chip)
        self._tell(preview)
        self._show_state()
        self._on_selection()

    def _tell(self, preview: OnlinePreview) -> None:
        """What has to be known before the click, the most important first."""
        say, said = self.say, []
        if not preview.sessions:
            said.append(say(T("Choose the part of the programme that the report is about.")))
        if preview.confirmed:
            names = ", ".join(sessions.label(row, self.speak.code) for row in preview.confirmed)
            said.append(
                say(T("Keyed in and confirmed already, open it for correction first: {sessions}.", sessions=names))
            )
        keyed = sum(row.keyed for row in preview.rows)
        self.bar.overwrite.setVisible(bool(keyed))
        if keyed and not self.options.overwrite:
            words = TN(
                "{count} person was keyed in otherwise by hand; that stays.",
                "{count} people were keyed in otherwise by hand; that stays.", keyed,
            )  # fmt: skip
            said.append(say(words))
        undecided = sum(row.group in (POSSIBLE, UNKNOWN) and not row.decided for row in preview.rows)
        if undecided:
            words = TN(
                "{count} person of the report is not decided and stays out: choose the row and say below who it is.",
                "{count} people of the report are not decided and stay out: choose a row and say below who it is.",
                undecided,
            )
            said.append(say(words))
        if self.report is not None and self.report.waited:
            said.append(say(T("Time in the waiting room is not counted.")))
        self.hint.tell(" ".join(said), "wait" if undecided or keyed or not preview.sessions else "info")

    def _show_state(self) -> None:
        report, preview = self.report, self.preview
        self._stack.setCurrentIndex(0 if report is None else 1)
        may = self.db.read_only is None
        self.other_button.setVisible(report is not None)
        self.take_button.setVisible(report is not None)
        can = preview is not None and bool(preview.sessions) and not preview.confirmed and may
        self.take_button.setEnabled(can)
        if report is None:
            self.set_chips([])
            self._zone.set_content(
                "video",
                self.say(T(
                    "Drop the attendance report of Zoom, Teams or Google Meet here, or a list with a column "
                    "“prisoten”. You will see what would happen before anything is stored."
                )),
                self.say(T("Open a file …")) if may else "",
            )  # fmt: skip
            self.set_about()
        else:
            starts, ends = report.starts, report.ends
            when = self.speak.date(starts.date()) if starts else ""
            times = hours(starts.time() if starts else None, ends.time() if ends else None, self.speak.code)
            self.set_about(report.name, report.title, when, times)

    # Writing

    def take_in(self) -> None:
        report = self.report
        if report is None:
            return
        taken = self.write(
            online_attendance.take_in, self._event, report, self.options, who=self.db.actor.who,
            now=self.db.clock.now(), label=T("Attendance from {file}", file=verbatim(report.name)),
        )  # fmt: skip
        if taken is None:
            return
        self._forget()
        self.shell.go("event", self._event, "attendance")
        self.shell.notice_done(online_attendance.words_of(taken))

    # The rest

    def _on_chip(self, view: str) -> None:
        self.table.set_wanted("group", [view])

    def _rows(self) -> dict[str, OnlineRow]:
        return {_key(row): row for row in self.preview.rows} if self.preview is not None else {}

    def _chosen(self) -> list[OnlineRow]:
        rows = self._rows()
        return [rows[key] for key in self.table.selected_keys() if key in rows]

    def _current(self) -> OnlineRow | None:
        chosen = self._chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _on_selection(self) -> None:
        chosen = [row for row in self._chosen() if row.numbers]
        for made in (self._walk_in, self._leave):
            made.setEnabled(bool(chosen) and self.db.read_only is None)
        row = self._current()
        self.who.show_row(row if row is not None and row.numbers else None, self.preview)
        self.shell.say_selection(self.selection_words())

    def _on_opened(self, key: str) -> None:
        from mama_desktop.services import registrations

        row = self._rows().get(key)
        if row is not None and row.registration_id:
            if person := self.db.read(registrations.person_of, row.registration_id):
                self.shell.go("person", person)
        elif row is not None:
            self.who.combo.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brought_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if found := brought_files(event.mimeData()):
            event.acceptProposedAction()
            self.read_files(found)


def _key(row: OnlineRow) -> str:
    return f"n{row.numbers[0]}" if row.numbers else f"r{row.registration_id}"


def _cells(row: OnlineRow) -> tuple[Any, ...]:
    decision = None
    if row.numbers and row.registration_id is None:
        decision = row.decided if row.decided in _DECISIONS else "known"
    keyed = next((one.keyed for one in row.told if one.keyed), None)
    return (row.group, row.name, row.minutes, row.written, row.email, row.organisation, decision, keyed)
