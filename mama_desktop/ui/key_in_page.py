"""Keying in a signed sheet: its own rows and numbers, everyone proposed as present, exceptions marked, confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.attendance import MARKS
from mama_desktop.domain.capacity import Exceeded
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.services import attendance, deciding, events, issues, organisations, walk_ins
from mama_desktop.services.attendance import KeyIn
from mama_desktop.services.papers_about import hours
from mama_desktop.services.sessions import label as session_label
from mama_desktop.services.walk_ins import Known
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.issue_words import issue_line
from mama_desktop.ui.key_in_bar import KeyInBar, state_words
from mama_desktop.ui.key_in_rows import LETTERS, Line, LinesModel, LinesView, key_words, line_of
from mama_desktop.ui.page import Action, Page
from mama_desktop.ui.walk_in_bar import WalkInBar
from mama_desktop.ui.widgets import Chip, EmptyPage, Flow, chip_label, clear_layout, label

_KEY = re.compile(r"[0-9a-f]{32}")


class KeyInPage(Page):
    """Opened with a sheet's code (view: one of its sessions), with the key of a session, or with nothing."""

    kinds = frozenset({"attendance", "session", "issue", "issue_row", "registration", "person", "event"})
    help_topic = "key-in"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._code, self._session = "", ""
        self._just_opened = True
        self._shown: KeyIn | None = None
        confirm = self.say(T("Confirm the key-in"))
        self.confirm_button = self.add_button(confirm, "check-double", self.confirm, primary=True)
        self.reopen_button = self.add_button(self.say(T("Correct the key-in")), "lock-open", self.reopen)
        self._build()
        self._confirm_keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        self._confirm_keys.activated.connect(self.confirm)

    # Building

    def _build(self) -> None:
        say = self.say
        self.bar = KeyInBar(self.speak)
        self.bar.sheet_wished.connect(self._on_sheet)
        self.bar.part_wished.connect(self._on_part)
        self._count_chips = QWidget()
        self._count_chips.setMinimumHeight(self.bar.sizeHint().height())
        self._chip_row = QHBoxLayout(self._count_chips)
        self._chip_row.setContentsMargins(0, 0, 0, 0)
        top = QWidget()
        flow = Flow(12)
        flow.add([self.bar, self._count_chips])
        top.setLayout(flow)
        self.note = Callout("info")
        self.model = LinesModel(say)
        letters = LETTERS[self.speak.code]
        self.lines = LinesView(self.model, letters, say(T("type a name …")))
        self.lines.setAccessibleName(say(T("Key in attendance")))
        self.lines.marks_wished.connect(self._on_marks)
        self.lines.walk_in_began.connect(self._on_walk_in)
        self.lines.selectionModel().currentRowChanged.connect(self._show_place)
        frame = QFrame()
        frame.setObjectName("tableFrame")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.lines)
        self.walk_in = WalkInBar(self.speak, self._known_people, self._organisations)
        self.walk_in.known_chosen.connect(self._on_known)
        self.walk_in.new_wished.connect(self._on_new)
        self.walk_in.left.connect(self.lines.setFocus)
        self.hint = label(key_words(letters, say), "fieldHint", wrap=True)
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(8)
        work.addWidget(frame, 1)
        work.addWidget(self.hint)
        work.addWidget(self.walk_in)
        self._empty = EmptyPage("keyboard", "")
        body = QWidget()
        lay = QVBoxLayout(body)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addWidget(top)
        lay.addWidget(self.note)
        lay.addWidget(self._work, 1)
        lay.addWidget(self._empty, 1)
        self.set_body(body)

    # What the window asks

    def open(self, key: str, view: str) -> None:
        is_session = bool(_KEY.fullmatch(key))
        self._code, self._session = ("", key) if is_session else (key, view)
        self.walk_in.clear()
        self._just_opened = True

    def refresh(self) -> None:
        self._shown = None
        if self._code or self._session:
            try:
                self._shown = self.db.read(attendance.rows_to_key_in, code=self._code, session_id=self._session)
            except OfficeError as error:
                self.note.tell(" ".join(self.say(words) for words in (error.what, error.todo) if words), "wait")
                self._code = ""
        shown = self._shown
        self._work.setVisible(shown is not None)
        self._empty.setVisible(shown is None)
        for widget in (self.confirm_button, self.reopen_button):
            widget.setVisible(shown is not None)
        if shown is None:
            self._show_nothing()
        else:
            self._show(shown)

    def new(self) -> None:
        if self._shown is not None and not self.lines.is_read_only:
            self.walk_in.begin("")

    def focus_filter(self) -> None:
        self.bar.code.setFocus()
        self.bar.code.selectAll()

    # Showing

    def _show_nothing(self) -> None:
        self.set_where((self.say(T("Events")), "events"))
        self.set_title(self.say(T("Key in attendance")))
        self.set_about()
        self._count_chips.hide()
        self._empty.set_content(
            "keyboard",
            self.say(T("Type the code from the bottom left of the signed sheet and press Enter.")),
        )
        self.setFocusProxy(self.bar.code)
        self.bar.show_nothing()

    def _show(self, shown: KeyIn) -> None:
        self._session = shown.session.id
        code, say = self.speak.code, self.say
        head = self.db.read(events.event_head, shown.event_id, language=code)
        title = head.title(code) if head is not None else ""
        self.set_where((say(T("Events")), "events"), (title, "event", shown.event_id, "attendance"))
        self.set_title(say(T("Key in attendance")))
        self.set_about(
            session_label(shown.session, code),
            hours(shown.session.starts_at, shown.session.ends_at, code),
            say(T("sheet {code}", code=shown.code)) if shown.code else "",
        )
        printed = self.db.read(issues.issues_of, shown.event_id, session_id=shown.session.id)
        self.bar.show_key_in(shown, printed)
        confirmed = shown.session.is_confirmed
        self.lines.is_read_only = confirmed or self.db.read_only is not None
        self.walk_in.set_read_only(self.lines.is_read_only)
        self.hint.setVisible(not self.lines.is_read_only)
        self.confirm_button.setVisible(not confirmed)
        self.confirm_button.setEnabled(self.db.read_only is None)
        self.reopen_button.setVisible(confirmed and self.db.read_only is None)
        self._count_chips.show()
        words, tone = state_words(shown)
        self.note.tell(say(words) if words is not None else "", tone)
        row = max(self.lines.currentIndex().row(), 0)
        self.model.set_lines([line_of(one, say) for one in shown.rows])
        if shown.rows and not self.lines.currentIndex().isValid():
            self.lines.selectRow(min(row, len(shown.rows) - 1))
        # The window gives a page the focus when it comes to it; here the rows take the keys.
        self.setFocusProxy(self.lines)
        if self._just_opened:
            self._just_opened = False
            self.lines.selectRow(0)
            self.lines.setFocus()
        self.lines.scrollTo(self.lines.currentIndex())
        self._show_counts()
        self._show_place()

    def counts(self) -> dict[str, int]:
        """Marks on the screen, by mark."""
        return {mark: sum(line.mark == mark for line in self.model.lines) for mark in MARKS}

    def _show_counts(self) -> None:
        counts, shown = self.counts(), self._shown
        if shown is None:
            return
        state = (
            Chip(self.say(T("keyed in")), "ok")
            if shown.session.is_confirmed
            else Chip(self.say(T("not keyed in")), "neutral")
        )
        clear_layout(self._chip_row)
        for chip in (
            state,
            Chip(self.say(T("present: {number}", number=counts["present"])), "ok"),
            Chip(self.say(T("absent: {number}", number=counts["absent"])), "no"),
            Chip(self.say(T("excused: {number}", number=counts["excused"])), "wait"),
        ):
            self._chip_row.addWidget(chip_label(chip))

    def _blank_line(self) -> int | None:
        """The number of the line a walk-in comes to: the chosen one when it is blank, else the first blank one."""
        current = self.lines.current_line()
        if current is not None and current.is_blank:
            return current.number
        return next((line.number for line in self.model.lines if line.is_blank), None)

    def _show_place(self, *_where: object) -> None:
        self.walk_in.set_place(self._blank_line())

    # What the person does

    def _on_sheet(self, code: str) -> None:
        self.shell.go("key-in", code)

    def _on_part(self, part: str) -> None:
        self.shell.go("key-in", self._code or part, part if self._code else "")

    def _on_marks(self, marks: dict[str, str]) -> None:
        if self._shown is None:
            return
        names = {line.registration_id: line.name for line in self.model.lines}
        said = {mark: words for mark, words in MARKS.items()}
        first, mark = next(iter(marks.items()))
        words = (
            T("{name}: {mark}", name=names.get(first, ""), mark=said[mark])
            if len(marks) == 1
            else TN("{count} person: {mark}", "{count} people: {mark}", len(marks), mark=said[mark])
        )
        self.write(
            attendance.set_marks, self._shown.session.id, marks, who=self.db.actor.who, now=self.db.clock.now(),
            label=words,
        )  # fmt: skip

    def _on_walk_in(self, words: str) -> None:
        self.walk_in.begin(words)

    def _known_people(self, typed: str) -> list[Known]:
        return self.db.read(walk_ins.known_people, self._shown.event_id, typed) if self._shown else []

    def _organisations(self, typed: str) -> list[str]:
        return [found.title for found in self.db.read(organisations.like, typed, limit=10)]

    def _on_known(self, known: Known) -> None:
        there = [
            line for line in self.model.lines if known.registration_id and line.registration_id == known.registration_id
        ]
        if there:
            self.walk_in.clear()
            self.lines.go_to(there[0].number)
            self.lines.setFocus()
            self._on_marks({there[0].registration_id or "": "present"})
            self.shell.notice(
                T("{name} is on the list already, on line {number}.", name=known.name, number=there[0].number)
            )
            return
        self._add(known.name, person_id=known.person_id)

    def _on_new(self, name: str, organisation: str) -> None:
        self._add(name, name=name, organisation=organisation)

    def _add(self, said: str, **who: Any) -> None:
        shown, number = self._shown, self._blank_line()
        if shown is None:
            return
        # Nobody is asked at the door; what it comes to is said, and stands in the history.
        over: list[Exceeded] = []
        added = self.write(
            walk_ins.add_walk_in, shown.event_id, shown.session.id, who=self.db.actor.who, now=self.db.clock.now(),
            code=shown.code, number=number, over=over, **who,
            label=lambda _key: deciding.over_words(T("Add a walk-in: {name}", name=said), over),
        )  # fmt: skip
        if added is None:
            return
        self.walk_in.clear()
        place = [line.number for line in self.model.lines if line.registration_id == added]
        if place:
            self.lines.go_to(place[0])
        if number is not None and place:
            words = T("{name} is added on line {number}.", name=said, number=place[0])
        else:
            words = T("{name} is added below the last line of the sheet.", name=said)
        self.shell.notice_done(deciding.over_words(words, over))
        self.walk_in.name.setFocus()

    def confirm(self, without_other_sheets: bool = False) -> None:
        """Confirm what stands on the screen; another sheet of the session that is not keyed in is asked about here."""
        shown = self._shown
        if shown is None or self.lines.is_read_only:
            return
        marks = {line.registration_id: line.mark for line in self.model.lines if line.registration_id}
        try:
            counted = self.db.write(
                attendance.confirm, shown.session.id, who=self.db.actor.who, now=self.db.clock.now(), code=shown.code,
                marks=marks, without_other_sheets=without_other_sheets is True,
                label=T("Confirm the key-in of {session}", session=self._part_words(shown)),
            )  # fmt: skip
        except OfficeError as error:
            self._ask_about(shown, error)
            return
        words = TN(
            "Confirmed: {count} person was present.", "Confirmed: {count} people were present.", counted.present or 0
        )
        self._go_on(shown, words)

    def _ask_about(self, shown: KeyIn, error: OfficeError) -> None:
        waiting = [
            one for one in self.db.read(attendance.sheets_not_keyed_in, shown.session.id) if one.code != shown.code
        ]
        if not waiting:
            self.shell.show_error(error)
            return
        names = ", ".join(issue_line(one, self.speak) for one in waiting)
        words = self.say(
            T("Not confirmed yet: another printed sheet of this session is not keyed in ({sheets}).", sheets=names)
        )
        other = partial(self.shell.go, "key-in", waiting[0].code, shown.session.id)
        self.note.tell(words, "wait", [
            (self.say(T("Key in {code}", code=waiting[0].code)), other),
            (self.say(T("Nobody signed on it: confirm")), partial(self.confirm, True)),
        ])  # fmt: skip
        self.note.focus_answer()

    def _go_on(self, shown: KeyIn, words: Any) -> None:
        """The next session on the same sheet, while the paper lies on the desk; else back to the event."""
        undo = Action(T("Undo"), self.shell.undo)
        rest = [part for part in shown.sessions if not part.is_confirmed and part.id != shown.session.id]
        if rest and shown.code:
            self.shell.go("key-in", shown.code, rest[0].id)
        else:
            self.shell.go("event", shown.event_id, "attendance")
        self.shell.notice(words, undo)

    def reopen(self) -> None:
        if self._shown is not None:
            self.write(
                attendance.reopen,
                self._shown.session.id,
                label=T("Open the key-in of {session} again", session=self._part_words(self._shown)),
            )

    def _part_words(self, shown: KeyIn) -> Text:
        return verbatim(session_label(shown.session, self.speak.code))

    def selection_words(self) -> str:
        lines: Sequence[Line] = self.model.lines
        return self.say(TN("{count} line", "{count} lines", len(lines))) if lines else ""
