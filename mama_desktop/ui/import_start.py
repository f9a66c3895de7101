"""Where a file of registrations comes in: dropped, opened or pasted; and while it is read, how long it takes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from mama_desktop.domain.text import TC, T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.theme import tokens
from mama_desktop.ui.widgets import button, label


class ImportStart(QWidget):
    """`open_wished`, `folder_wished`, `paste_wished`, `stop_wished`."""

    open_wished = Signal()
    folder_wished = Signal()
    paste_wished = Signal()
    stop_wished = Signal()

    def __init__(self, speak: Language, *, hint: Text | None = None, kinds_of_files: Text | None = None) -> None:
        """hint, kinds_of_files: other words than the registrations'; then no folder of forms is offered."""
        super().__init__()
        self._speak = speak
        say = speak.say
        self.note = Callout("no")
        self._zone = _Zone()
        self.hint = label(say(hint or T("Drop the file with the registrations here.")), "emptyTitle", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.open_button = button(say(T("Open a file …")), "folder-open", self.open_wished.emit, kind="primary")
        self.folder_button = button(say(T("A folder of returned forms …")), "folder-tree", self.folder_wished.emit)
        if hint is not None:
            self.folder_button.hide()  # Never shown here: without a parent it would be a window for a moment.
        self.folder_button.setToolTip(say(T("Our registration forms as they came back, PDF and Excel together")))
        self.paste_button = button(say(TC("button", "Paste")), "paste", self.paste_wished.emit)
        self.paste_button.setToolTip(
            say(T("Cells from Excel, a table from an e-mail, or names under each other (Ctrl+V)"))
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.folder_button)
        buttons.addWidget(self.paste_button)
        buttons.addStretch(1)
        kinds = label(say(kinds_of_files or T(
            "Excel, LibreOffice or CSV, as Google Forms, Microsoft Forms, 1KA, Eventbrite, pretix or Indico give it; "
            "returned registration forms, one or a whole folder of them; "
            "or cells, a table from an e-mail, names under each other, pasted with Ctrl+V. "
            "You will see what would happen before anything is stored."
        )), "muted", wrap=True)  # fmt: skip
        kinds.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        kinds.setFixedWidth(600)
        # A wrapped label that is centred is given the height of fewer lines than it has.
        kinds.setMinimumHeight(kinds.heightForWidth(600))
        zone = QVBoxLayout(self._zone)
        zone.setContentsMargins(24, 24, 24, 32)
        zone.setSpacing(16)
        zone.addStretch(2)
        zone.addWidget(_Sign(), 0, Qt.AlignmentFlag.AlignHCenter)
        zone.addWidget(self.hint)
        zone.addLayout(buttons)
        zone.addWidget(kinds, 0, Qt.AlignmentFlag.AlignHCenter)
        zone.addStretch(3)
        waiting = QWidget()
        self._reading = label("", "emptyTitle", wrap=True)
        self._reading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(280)
        bar.setAccessibleName(say(T("The file is being read")))
        stop = button(say(TC("of a job", "Stop")), "xmark", self.stop_wished.emit)
        wait = QVBoxLayout(waiting)
        wait.setSpacing(16)
        wait.addStretch(2)
        wait.addWidget(self._reading)
        wait.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        wait.addWidget(stop, 0, Qt.AlignmentFlag.AlignHCenter)
        wait.addStretch(3)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._zone)
        self._stack.addWidget(waiting)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addWidget(self.note)
        lay.addWidget(holder, 1)

    def show_waiting(self, name: str) -> None:
        self.note.tell("")
        words = T("Reading “{name}” …", name=name) if name else T("Reading what was pasted …")
        self._reading.setText(self._speak.say(words))
        self._stack.setCurrentIndex(1)

    def show_zone(self, trouble: str = "") -> None:
        """The place to drop, with what went wrong with the last file above it."""
        self._stack.setCurrentIndex(0)
        self.note.tell(trouble, "no")

    def set_dragged_over(self, is_over: bool) -> None:
        self._zone.is_over = is_over
        self._zone.update()


class _Sign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(48, 48)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self.rect().adjusted(4, 4, -4, -4), "file-import", "muted")
        painter.end()


class _Zone(QFrame):
    is_over = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(t.color("accent" if self.is_over else "thumb"), 2 if self.is_over else 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(t.color("accent_soft" if self.is_over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        painter.end()
