"""The Attendance tab of an event: its sessions, what is keyed in and what is not, and the way to key it in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from mama_desktop.domain.events import days_of
from mama_desktop.domain.text import TN, T, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import attendance, events, issues, sessions
from mama_desktop.services.attendance import SessionCount
from mama_desktop.services.issues import IssueInfo
from mama_desktop.services.sessions import SessionRow, session_name
from mama_desktop.ui.icons import icon
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.page import Page
from mama_desktop.ui.session_form import SessionForm
from mama_desktop.ui.widgets import Chip, EmptyPage, Flow, button, chip_label, clear_layout, label


class AttendanceTab(QWidget):
    """`set_event(event_id)` and `refresh()` are called by the page."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._event, self._days = "", list[dt.date]()
        self._editing = ""
        say = page.say
        self.code = QLineEdit()
        self.code.setPlaceholderText(say(T("Sheet code")))
        self.code.setAccessibleName(say(T("The code at the bottom left of the sheet, six letters and digits")))
        self.code.setToolTip(self.code.accessibleName())
        self.code.setMaximumWidth(150)
        self.code.returnPressed.connect(self._on_code)
        self.code_button = button(say(T("Key in this sheet")), "keyboard", self._on_code)
        self.online_button = button(say(T("Take in a report of an online meeting")), "video", self._on_online)
        self.add_button = button(say(T("Add a part of the programme")), "plus", self._on_add)
        self._about = QWidget()
        self._chips = Flow()
        self._about.setLayout(self._chips)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.code)
        bar.addWidget(self.code_button)
        bar.addStretch(1)
        bar.addWidget(self.online_button)
        bar.addWidget(self.add_button)
        self.form = SessionForm(page.speak)
        self.form.hide()
        self.form.stored.connect(self._on_stored)
        self.form.closed.connect(self.form.hide)
        self._cards = ScrollColumn(8)
        self._empty = EmptyPage("calendar-day", say(T("The event has no date yet, so nobody can sign for a day.")), "")
        self._holder = QWidget()
        self._stack = QStackedLayout(self._holder)
        self._stack.addWidget(self._cards)
        self._stack.addWidget(self._empty)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(bar)
        lay.addWidget(self._about)
        lay.addWidget(self.form)
        lay.addWidget(self._holder, 1)

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event = event_id
            self.form.hide()

    def refresh(self) -> None:
        if not self._event:
            return
        page = self._page
        head = page.db.read(events.event_head, self._event, language=page.speak.code)
        if head is None:
            return
        has_day = head.starts_on is not None and head.precision != "month"
        self._days = days_of(head.starts_on, head.ends_on) if has_day and head.starts_on else []
        counts = page.db.read(attendance.present_counts, self._event)
        rows = counts.sessions or tuple(
            SessionCount(row) for row in page.db.read(sessions.planned_sessions, self._event)
        )
        printed = page.db.read(issues.issues_of, self._event)
        self._stack.setCurrentIndex(0 if rows else 1)
        can_write = page.db.read_only is None
        self.add_button.setVisible(bool(self._days) and can_write)
        self.online_button.setVisible(bool(self._days) and can_write)
        self._show_sum(rows, counts.present)
        self._fill(rows, printed)

    def _show_sum(self, rows: tuple[SessionCount, ...], present: int | None) -> None:
        say = self._page.say
        clear_layout(self._chips)
        keyed = sum(row.is_keyed_in for row in rows)
        chips = []
        if rows:
            words = TN(
                "keyed in: {keyed} of {count} session", "keyed in: {keyed} of {count} sessions", len(rows), keyed=keyed
            )
            chips.append(Chip(say(words), "ok" if keyed == len(rows) else "neutral"))
        if present is not None:
            words = TN("{count} person was there at least once", "{count} people were there at least once", present)
            chips.append(Chip(say(words), "ok"))
        for chip in chips:
            self._chips.addWidget(chip_label(chip))
        self._about.setVisible(bool(chips))

    def _fill(self, rows: tuple[SessionCount, ...], printed: list[IssueInfo]) -> None:
        self._cards.clear()
        today = self._page.db.clock.today()
        for count in rows:
            theirs = [one for one in printed if count.session.id and count.session.id in one.sessions]
            card = SessionCard(count, theirs, self._page.speak, is_over=count.session.day <= today)
            card.key_in_wished.connect(self._on_key_in)
            card.set_menu(self._menu(count.session) if self._page.db.read_only is None else None)
            self._cards.add(card)

    def _menu(self, row: SessionRow) -> list[tuple[str, str, Callable[[], Any], bool]]:
        say = self._page.say
        return [
            (say(T("Change name and hours")), "pen", partial(self._on_edit, row), True),
            (say(T("Remove")), "trash", partial(self._on_remove, row), bool(row.id) and not row.is_held),
        ]

    # What the person does

    def _on_code(self) -> None:
        code = self.code.text().strip()
        if code:
            self.code.clear()
            self._page.shell.go("key-in", code)
        else:
            self.code.setFocus()

    def _on_online(self) -> None:
        self._page.shell.go("online-attendance", self._event)

    def _stored(self) -> None:
        """The days of the event as stored sessions: they are only planned until somebody needs them."""
        rows = self._page.db.read(sessions.planned_sessions, self._event)
        if not all(row.id for row in rows):
            self._page.write(sessions.ensure_sessions, self._event, label=T("Sessions for the days of the event"))

    def _on_key_in(self, row: SessionRow) -> None:
        if not row.id:
            self._stored()
            there = self._page.db.read(sessions.sessions_of, self._event)
            row = next((one for one in there if one.day == row.day), row)
        if row.id:
            self._page.shell.go("key-in", row.id)

    def _on_add(self) -> None:
        if self._days:
            self._editing = ""
            self.form.show_new(self._days)

    def _on_edit(self, row: SessionRow) -> None:
        if not row.id:
            self._stored()
            there = self._page.db.read(sessions.sessions_of, self._event)
            row = next((one for one in there if one.day == row.day), row)
        self._editing = row.id
        self.form.show_row(self._days, row)

    def _on_stored(self, values: dict[str, Any]) -> None:
        name = verbatim(values["title_sl"] or self._page.speak.date(values["day"]))
        if self._editing:
            done = self._page.write(
                sessions.edit_session, self._editing, **values, label=T("Change the session {name}", name=name)
            )
            stored = done is None and not self._differs(values)
        else:
            done = self._page.write(
                sessions.add_session, self._event, **values, label=T("Add the session {name}", name=name), tell=True
            )
            stored = done is not None
        if stored:
            self.form.hide()

    def _differs(self, values: dict[str, Any]) -> bool:
        """Whether the session is still another: a refused change leaves the form open with what was typed."""
        rows = self._page.db.read(sessions.sessions_of, self._event)
        row = next((one for one in rows if one.id == self._editing), None)
        asked = ("kind", "day", "starts_at", "ends_at")
        return row is None or any(getattr(row, key) != values[key] for key in asked)

    def _on_remove(self, row: SessionRow) -> None:
        name = verbatim(session_name(row, self._page.speak.code))
        self._page.write(sessions.remove_session, row.id, label=T("Remove the session {name}", name=name), tell=True)


class SessionCard(QFrame):
    """One session: its name, day and hours, its sheets, and whether it is keyed in."""

    key_in_wished = Signal(object)

    def __init__(self, count: SessionCount, printed: list[IssueInfo], speak: Language, *, is_over: bool) -> None:
        super().__init__()
        self.setObjectName("card")
        self._row, say = count.session, speak.say
        said = session_name(self._row, speak.code)
        name = label(said[:1].upper() + said[1:], "emptyTitle", wrap=True)
        about = label("  ·  ".join(self._about(printed, speak)), "muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(about)
        self.key_in_button: QPushButton = button(
            say(T("Look at the key-in")) if count.is_keyed_in else say(T("Key in attendance")),
            "eye" if count.is_keyed_in else "keyboard", self._on_key_in,
        )  # fmt: skip
        self.key_in_button.setAccessibleName(f"{self.key_in_button.text().strip()}: {name.text()}")
        self.more_button = button("", "ellipsis")
        self.more_button.setText("")
        self.more_button.setFixedWidth(36)
        self.more_button.setAccessibleName(say(T("More about {session}", session=name.text())))
        self.more_button.setToolTip(say(T("Change or remove")))
        lay = QHBoxLayout(self)
        lay.setContentsMargins(16, 10, 12, 10)
        lay.setSpacing(12)
        lay.addLayout(words, 1)
        for chip in self._chips(count, speak, is_over=is_over):
            lay.addWidget(chip_label(chip), 0, Qt.AlignmentFlag.AlignVCenter)
        lay.addWidget(self.key_in_button)
        lay.addWidget(self.more_button)

    def _about(self, printed: list[IssueInfo], speak: Language) -> list[str]:
        row = self._row
        parts = [speak.long_date(row.day, weekday=True)]
        if row.starts_at or row.ends_at:
            parts.append("–".join(speak.time(at) for at in (row.starts_at, row.ends_at) if at))
        if printed:
            codes = ", ".join(one.code for one in printed[:3]) + (" …" if len(printed) > 3 else "")
            parts.append(speak.say(TN("printed sheet {codes}", "printed sheets {codes}", len(printed), codes=codes)))
        elif not row.is_confirmed:
            parts.append(speak.say(T("no sheet is printed yet")))
        return parts

    def _chips(self, count: SessionCount, speak: Language, *, is_over: bool) -> list[Chip]:
        say = speak.say
        if not count.is_keyed_in:
            return [Chip(say(T("not keyed in")), "wait" if is_over else "neutral")]
        total = (count.present or 0) + (count.absent or 0) + (count.excused or 0)
        return [Chip(say(T("keyed in: present {present} of {total}", present=count.present or 0, total=total)), "ok")]

    def set_menu(self, entries: list[tuple[str, str, Callable[[], Any], bool]] | None) -> None:
        """What "…" offers: words, icon, what it does, whether it can be done; None hides it."""
        self.more_button.setVisible(entries is not None)
        menu = QMenu(self.more_button)
        for words, picture, do, enabled in entries or ():
            action = QAction(icon(picture), words, menu)
            action.triggered.connect(do)
            action.setEnabled(enabled)
            menu.addAction(action)
        self.more_button.setMenu(menu)

    def _on_key_in(self) -> None:
        self.key_in_wished.emit(self._row)
