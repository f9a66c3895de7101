"""The window while no workspace is open: make one, open one, try the sample; or why the last one did not open.

It needs no database: `app.py` makes it, listens to its signals, closes it and opens what was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import LANGUAGES, Language, language
from mama_desktop.ui import dialogs
from mama_desktop.ui.icons import icon
from mama_desktop.ui.recent import Recent
from mama_desktop.ui.widgets import Elided, Flow, button, label

_WIDTH = 592


class StartWindow(QWidget):
    """Signals say what the person wants; nothing is done here."""

    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    chosen = Signal(str)
    """A workspace of those opened lately, or dropped here: its path or address."""
    restore_requested = Signal(Path)
    """Put this backup in the place of the workspace that did not open."""
    language_chosen = Signal(str)
    closed = Signal()

    def __init__(
        self, speak: Language, recent: Sequence[Recent] = (), *, problem: OfficeError | None = None, location: str = ""
    ) -> None:
        """`problem`: why the workspace at `location` did not open; its `backup`, if it has one, can be restored."""
        super().__init__()
        self._speak, self._recent = speak, list(recent)
        self._problem, self._location = problem, location
        self.setWindowTitle("MaMa Desktop")
        self.setMinimumSize(640, 480)
        self.resize(920, 680)
        self.setAcceptDrops(True)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("start")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self._scroll)
        self._build()

    def set_language(self, code: str) -> None:
        self._speak = language(code)
        self._build()

    # Building

    def _build(self) -> None:
        body = QWidget()
        body.setObjectName("startBody")
        column = QWidget()
        # Of one width, so that labels which wrap know their height.
        column.setFixedWidth(_WIDTH)
        lay = QVBoxLayout(column)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(self._head())
        if self._problem is not None:
            lay.addWidget(self._problem_card(self._problem))
            lay.addSpacing(12)
            lay.addWidget(label(self._speak.say(T("Or go on with something else")), "cardTitle"))
        self._add_choices(lay)
        if self._recent:
            lay.addSpacing(12)
            lay.addWidget(label(self._speak.say(T("Recently opened")), "cardTitle"))
            lay.addWidget(self._recent_card())
        around = QHBoxLayout()
        around.setContentsMargins(24, 0, 24, 0)
        around.addStretch(1)
        around.addWidget(column)
        around.addStretch(1)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 40, 0, 32)
        whole.addLayout(around)
        whole.addStretch(1)
        self._scroll.setWidget(body)

    def _head(self) -> QVBoxLayout:
        say = self._speak.say
        row = QHBoxLayout()
        row.setSpacing(12)
        sign = QLabel()
        sign.setPixmap(icon("people-group", "accent").pixmap(36, 36))
        row.addWidget(sign)
        row.addWidget(label("MaMa Desktop", "brandLarge"), 1)
        for code, name in LANGUAGES.items():
            if code != self._speak.code:
                row.addWidget(button(name, "language", partial(self._on_language, code), kind="plain"))
        words = T(
            "Events, registrations, attendance and papers of your office, on this computer, also without a network."
        )
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addLayout(row)
        head.addWidget(label(say(words), "muted", wrap=True))
        head.addSpacing(8)
        return head

    def _add_choices(self, lay: QVBoxLayout) -> None:
        say = self._speak.say
        wanted: list[tuple[str, Text, Text, SignalInstance]] = [
            ("file-circle-plus", T("New workspace"), T("An empty file for your office; you choose where it lies."),
             self.new_requested),
            ("folder-open", T("Open a workspace"), T("A file that ends in .mama; you can also drop it here."),
             self.open_requested),
            ("flask", T("Try the sample"), T("Invented people and events; nothing in it is real."),
             self.sample_requested),
        ]  # fmt: skip
        for picture, title, words, signal in wanted:
            made = _Choice(picture, say(title), say(words))
            made.clicked.connect(signal)
            lay.addWidget(made)

    def _recent_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        lay = QVBoxLayout(card)
        lay.setContentsMargins(6, 6, 6, 6)
        lay.setSpacing(2)
        for known in self._recent:
            where = known.folder if known.is_there else self._speak.say(T("not found: {folder}", folder=known.folder))
            made = _Line(known.name, where, known.is_there)
            made.clicked.connect(partial(self.chosen.emit, known.location))
            lay.addWidget(made)
        return card

    def _problem_card(self, problem: OfficeError) -> QFrame:
        say = self._speak.say
        card = QFrame()
        card.setObjectName("card")
        lay = QVBoxLayout(card)
        lay.setContentsMargins(16, 16, 16, 16)
        lay.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        sign = QLabel()
        sign.setPixmap(icon("triangle-exclamation", "wait").pixmap(24, 24))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(say(problem.what), "dialogTitle", wrap=True), 1)
        lay.addLayout(head)
        for part in (problem.safe, problem.todo):
            if part is not None:
                lay.addWidget(label(say(part), wrap=True))
        for detail in problem.details:
            lay.addWidget(label(say(detail), "muted", wrap=True))
        if self._location:
            where = label(self._location, "fieldHint", wrap=True)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lay.addWidget(where)
        lay.addSpacing(4)
        lay.addWidget(self._ways_out(problem))
        return card

    def _ways_out(self, problem: OfficeError) -> QWidget:
        say = self._speak.say
        made = QWidget()
        row = Flow()
        made.setLayout(row)
        kept: Path | None = getattr(problem, "backup", None)
        made_at = getattr(problem, "backup_at", None)
        again = button(say(T("Try again")), "rotate-right", partial(self.chosen.emit, self._location))
        if kept is not None:
            words = (
                T("Restore the last good backup ({at})", at=made_at) if made_at else T("Restore the last good backup")
            )
            row.addWidget(
                button(say(words), "clock-rotate-left", partial(self.restore_requested.emit, kept), kind="primary")
            )
        row.addWidget(again)
        if hasattr(problem, "backup"):
            row.addWidget(button(say(T("Another backup …")), "folder-open", self._choose_backup))
        return made

    # What the person does

    def _choose_backup(self) -> None:
        say = self._speak.say
        kinds = say(T("Workspaces (*.mama);;All files (*)"))
        folder = Path(self._location).parent if self._location and "://" not in self._location else None
        for path in dialogs.choose_file(self, say(T("Open a backup")), kinds, folder):
            self.restore_requested.emit(path)

    def _on_language(self, code: str) -> None:
        self.language_chosen.emit(code)
        self.set_language(code)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls()[:1]:
            self.chosen.emit(url.toLocalFile())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


class _Choice(QPushButton):
    """A large button: picture, what it does, and a word more."""

    def __init__(self, picture: str, title: str, words: str) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        sign = QLabel()
        sign.setPixmap(icon(picture, "accent").pixmap(22, 22))
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(label(title, "cardTitle"))
        lines.addWidget(label(words, "muted", wrap=True))
        lay = QHBoxLayout(self)
        lay.setContentsMargins(16, 12, 16, 12)
        lay.setSpacing(16)
        lay.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        lay.addLayout(lines, 1)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        lay = self.layout()
        assert lay is not None
        return QSize(_WIDTH, lay.heightForWidth(_WIDTH) if lay.hasHeightForWidth() else lay.sizeHint().height())


class _Line(QPushButton):
    """A name with where it lies."""

    def __init__(self, name: str, where: str, is_there: bool) -> None:
        super().__init__()
        self.setObjectName("line")
        self.setEnabled(is_there)
        if is_there:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{name}, {where}")
        self.setToolTip(where)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(10, 6, 10, 6)
        lay.setSpacing(12)
        lay.addWidget(label(name, "" if is_there else "muted"))
        place = Elided(where)
        place.setObjectName("muted")
        lay.addWidget(place, 1)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(lay.sizeHint().height() + 4)
