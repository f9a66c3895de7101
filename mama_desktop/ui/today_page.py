"""Today: what starts, what waits, what is missing; each line opens the filtered list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import today
from mama_desktop.services.today import Line, Section
from mama_desktop.store import places as backup_places
from mama_desktop.store.database import Database
from mama_desktop.ui.duplicates_known import known_count
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.widgets import Chip, Elided, button, chip_label, clear_layout, label

_TAB = {
    "registrations": "registrations", "attendance": "attendance", "details": "details",
    "travel": "transport:legs:incomplete", "transport": "transport:board",
}  # fmt: skip
_NOTHING = {
    "this-week": T("Nothing starts this week."),
    "next-week": T("Nothing starts next week."),
    "deadlines": T("No deadline in the next two weeks."),
    "to-decide": T("No registration waits for a decision."),
    "no-answer": T("Everybody invited has answered."),
    "not-keyed-in": T("All sheets are keyed in."),
}
_CALENDAR = frozenset({"this-week", "next-week", "deadlines"})
_WIDE = 1000
# Lines of a card before the rest is asked for.
_FIRST = 8


class TodayPage(Page):
    kinds = frozenset({
        "event", "registration", "session", "attendance", "staff_member", "setting", "consent", "question", "person",
        "travel_leg", "trip", "seat",
    })  # fmt: skip

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.set_title(self.say(T("Today")))
        self._mine = self.add_button(self.say(T("Only mine")), "user-check", self._on_mine)
        self._mine.setCheckable(True)
        if self.db.read_only is None:
            self.add_button(self.say(T("Add an event")), "plus", self.new, primary=True)
        inside = QWidget()
        inside.setObjectName("page")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 12, 12)
        self._grid.setSpacing(16)
        self._warnings = QVBoxLayout()
        self._cards: list[QFrame] = []
        self._columns = 2
        self._whole: set[str] = set()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.set_body(scroll)

    def new(self) -> None:
        self.shell.go("new-event")

    def _on_mine(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        day = self.db.clock.today()
        me = self.shell.sits_here()
        self._mine.setVisible(bool(me))
        mine = me if self._mine.isChecked() else None
        self.set_about(self.speak.long_date(day, weekday=True))
        sections = self.db.read(today.today, day=day, responsible_id=mine or None)
        clear_layout(self._grid)
        alike = self._duplicates_card()
        self._cards = [*(self._card(s) for s in sections), *([alike] if alike else []), self._backup_card()]
        self._place()

    def _place(self) -> None:
        self._columns = 2 if self.width() >= _WIDE else 1
        rows = -(-len(self._cards) // self._columns)
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // self._columns, number % self._columns)
        self._grid.setRowStretch(rows, 1)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (2 if self.width() >= _WIDE else 1) != self._columns:
            self._place()

    # Cards

    def _card(self, section: Section) -> QFrame:
        tone = "wait" if section.lines and section.key not in _CALENDAR else "neutral"
        number = section.total if tone == "wait" else len(section.lines)
        frame, lay = self._frame(section.title, Chip(str(number), tone))
        counted = any(self._number(line) for line in section.lines)
        is_whole = section.key in self._whole or len(section.lines) <= _FIRST
        for line in section.lines if is_whole else section.lines[:_FIRST]:
            lay.addWidget(self._line(line, counted=counted))
        if not is_whole:
            more = TN("and {count} more event", "and {count} more events", len(section.lines) - _FIRST)
            go_on = button(self.say(more), do=partial(self._show_whole, section.key), kind="plain")
            lay.addWidget(go_on, 0, Qt.AlignmentFlag.AlignLeft)
        if not section.lines:
            lay.addWidget(_words(self.say(_NOTHING[section.key]), "muted"))
        lay.addStretch(1)
        return frame

    def _show_whole(self, section: str) -> None:
        """The rest of a section comes where one looks; it stays until the window is closed."""
        self._whole.add(section)
        self.refresh()

    def _duplicates_card(self) -> QFrame | None:
        """People who look alike, when somebody has let them be looked for."""
        count = known_count(self.shell.habits, self.db, "person")
        if not count:
            return None
        frame, lay = self._frame(T("People who look alike"), Chip(self.speak.number(count), "wait"))
        words = TN("{count} pair waits for a decision.", "{count} pairs wait for a decision.", count)
        made = _LineButton(self.say(words), "", "", counted=False)
        made.clicked.connect(partial(self.shell.go, "duplicates"))
        lay.addWidget(made)
        lay.addStretch(1)
        return frame

    def _frame(self, title: Text, chip: Chip | None) -> tuple[QFrame, QVBoxLayout]:
        frame = QFrame()
        frame.setObjectName("card")
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        lay = QVBoxLayout(frame)
        # Lines have eight pixels of their own around their words, to show that they can be clicked.
        lay.setContentsMargins(8, 12, 8, 12)
        lay.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 8, 0)
        head.addWidget(label(self.say(title), "cardTitle"))
        head.addStretch(1)
        if chip is not None:
            head.addWidget(chip_label(chip))
        lay.addLayout(head)
        lay.addSpacing(4)
        return frame, lay

    def _line(self, line: Line, *, counted: bool) -> QWidget:
        title = line.title_en if self.speak.code == "en" and line.title_en else line.title_sl
        made = _LineButton(title, self._when(line), self._number(line), counted=counted)
        made.clicked.connect(partial(self._open, line))
        return made

    def _open(self, line: Line) -> None:
        if line.kind == "consents":
            self.shell.go("consents", line.event_id)
            return
        view = f"registrations:{line.status}" if line.status else _TAB.get(line.kind, "registrations")
        self.shell.go("event", line.event_id, view)

    def _when(self, line: Line) -> str:
        if line.note is not None:
            return self.say(line.note)
        if line.deadline:
            return self.say(T("deadline {day}", day=line.deadline))
        return self.speak.event_dates(line.starts_on, line.ends_on, line.precision)

    def _number(self, line: Line) -> str:
        if line.kind == "event":
            return f"{line.number} / {line.capacity}" if line.capacity else str(line.number)
        return str(line.number) if line.number else ""

    def _backup_card(self) -> QFrame:
        """Age of the last backup, and that every copy lies on one disk while it does."""
        frame, lay = self._frame(T("Backups"), None)
        if self.db.dialect != "sqlite":
            words = T("This workspace lies on a server; whoever looks after the server makes its backups.")
            lay.addWidget(_words(self.say(words), "muted"))
            lay.addStretch(1)
            return frame
        newest = backup_places.last_backup(self.db)
        last = T("No backup yet.") if newest is None else T("Last backup: {at}", at=newest)
        lay.addWidget(_words(self.say(last), "" if newest else "muted"))
        only_one_disk = backup_places.only_on_own_disk(self.db)
        if only_one_disk:
            warning = T("Every copy lies on the same disk as the workspace. If it fails, everything is lost.")
            lay.addWidget(_words(self.say(warning), "warning"))
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(button(self.say(T("Back up now")), "shield-halved", self.shell.back_up))
        if only_one_disk:
            choose = T("Choose a second place …")
            row.addWidget(button(self.say(choose), "hard-drive", partial(self.shell.go, "settings", "", "backups")))
        row.addStretch(1)
        lay.addSpacing(4)
        lay.addLayout(row)
        lay.addStretch(1)
        return frame


def _words(words: str, name: str) -> QLabel:
    """Words of a card on the left edge of its lines."""
    made = label(words, name, wrap=True)
    made.setContentsMargins(8, 0, 8, 0)
    return made


class _LineButton(QPushButton):
    """One line to click: title, when (muted), number at the right."""

    def __init__(self, title: str, when: str, number: str, *, counted: bool) -> None:
        """`counted`: some line of the card has a number, so every line keeps the room for one."""
        super().__init__()
        self.setObjectName("line")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(" · ".join(part for part in (title, when, number) if part))
        lay = QHBoxLayout(self)
        lay.setContentsMargins(8, 5, 8, 5)
        lay.setSpacing(12)
        what = Elided(title)
        lay.addWidget(what, 1)
        lay.addWidget(label(when, "muted"))
        count = label(number, "number")
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        count.setMinimumWidth(self.fontMetrics().horizontalAdvance("00 / 000"))
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        what.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if counted:
            lay.addWidget(count)
        self.setMinimumHeight(lay.sizeHint().height())
