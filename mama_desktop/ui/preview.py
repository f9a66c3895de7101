"""A paper in the window, page by page, as it will be printed: fitted to the width or as large as wanted."""

from __future__ import annotations

from collections import OrderedDict
from itertools import accumulate

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.sheets import pages
from mama_desktop.ui.printing import picture_of
from mama_desktop.ui.theme import tokens
from mama_desktop.ui.widgets import EmptyPage, button, label

_GAP, _EDGE, _KEPT = 12, 12, 8
_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class Pages(QAbstractScrollArea):
    """The pages below each other; only those in sight are drawn. `moved`: another page is in front."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        self._before, self._widest = [0.0], 595.0
        self._zoom: float | None = None
        self._kept: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def set_pdf(self, pdf: bytes) -> None:
        """Show another document, in the same place when it is the same as long."""
        sizes = pages.page_sizes(pdf) if pdf else []
        same = len(sizes) == len(self._sizes)
        at = self.verticalScrollBar().value()
        self._pdf, self._sizes = pdf, sizes
        # Once, because a list of 10,000 people has 700 pages and each repaint asks where they begin.
        self._before = [0.0, *accumulate(size[1] for size in sizes)]
        self._widest = max((size[0] for size in sizes), default=595.0)
        self._kept.clear()
        self._arrange()
        self.verticalScrollBar().setValue(at if same else 0)
        self.viewport().update()
        self.moved.emit()

    @property
    def count(self) -> int:
        return len(self._sizes)

    @property
    def current(self) -> int:
        """The page in front, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        at = 0
        for index in range(len(self._sizes)):
            if self._top(index) <= middle:
                at = index
        return at

    def go_to(self, index: int) -> None:
        if self._sizes:
            index = min(max(index, 0), len(self._sizes) - 1)
            self.verticalScrollBar().setValue(int(self._top(index)) - _GAP)

    def zoom(self, step: int) -> None:
        """Larger (1), smaller (-1), or as wide as the room (0)."""
        index = self.current
        if step == 0:
            self._zoom = None
        else:
            now = self._scale()
            larger = [s for s in _STEPS if s > now + 0.01]
            smaller = [s for s in _STEPS if s < now - 0.01]
            self._zoom = (larger[0] if larger else _STEPS[-1]) if step > 0 else (smaller[-1] if smaller else _STEPS[0])
        self._arrange()
        self.go_to(index)
        self.viewport().update()

    def _scale(self) -> float:
        return self._zoom or max(self.viewport().width() - 2 * _EDGE, 100) / self._widest

    def _top(self, index: int) -> float:
        return self._before[index] * self._scale() + (index + 1) * _GAP

    def _arrange(self) -> None:
        scale = self._scale()
        height, width = self._top(len(self._sizes)), max((s[0] for s in self._sizes), default=0) * scale + 2 * _EDGE
        room = self.viewport().size()
        for bar, wanted, seen in (
            (self.verticalScrollBar(), height, room.height()), (self.horizontalScrollBar(), width, room.width()),
        ):  # fmt: skip
            bar.setRange(0, max(int(wanted - seen), 0))
            bar.setPageStep(seen)
            bar.setSingleStep(48)

    def _picture(self, index: int, width: int) -> QImage:
        key = (index, width)
        if key not in self._kept:
            self._kept[key] = picture_of(self._pdf, index, width / self._sizes[index][0])
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def _on_scrolled(self, _at: int) -> None:
        self.viewport().update()
        self.moved.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), t.color("side"))
        scale, ratio = self._scale(), self.devicePixelRatioF()
        down, right = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        room = self.viewport().rect()
        for index, size in enumerate(self._sizes):
            width, height = size[0] * scale, size[1] * scale
            top = self._top(index) - down
            if top > room.height() or top + height < 0:
                continue
            left = max((room.width() - width) / 2, _EDGE) - right
            place = QRectF(round(left), round(top), round(width), round(height))
            painter.drawImage(place, self._picture(index, round(place.width() * ratio)))
            painter.setPen(t.color("line"))
            painter.drawRect(place)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        index = self.current
        super().resizeEvent(event)
        self._arrange()
        if self.verticalScrollBar().value():
            self.go_to(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = event.key(), self.verticalScrollBar()
        moves = {
            Qt.Key.Key_PageDown: self.current + 1, Qt.Key.Key_PageUp: self.current - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count - 1,
        }  # fmt: skip
        if key in moves:
            self.go_to(moves[Qt.Key(key)])
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + (bar.singleStep() if key == Qt.Key.Key_Down else -bar.singleStep()))
        elif event.text() in ("+", "-", "0"):
            self.zoom({"+": 1, "-": -1, "0": 0}[event.text()])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)


class Preview(QWidget):
    """The pages with their numbers and the zoom; words instead when there is nothing to show."""

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        say = speak.say
        self.pages = Pages()
        self.pages.setAccessibleName(say(T("Preview")))
        self.pages.moved.connect(self._show_place)
        self._place = label("", "muted")
        self._empty = EmptyPage("file-lines", "")
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 6, 8, 6)
        bar.setSpacing(4)
        self.previous = self._button("chevron-up", say(T("Previous page (Page Up)")))
        self.next = self._button("chevron-down", say(T("Next page (Page Down)")))
        self._smaller = self._button("minus", say(T("Smaller (−)")))
        self._fit = self._button("arrows-left-right", say(T("As wide as the window (0)")))
        self._larger = self._button("plus", say(T("Larger (+)")))
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self._smaller.clicked.connect(self._on_smaller)
        self._fit.clicked.connect(self._on_fit)
        self._larger.clicked.connect(self._on_larger)
        bar.addWidget(self.previous)
        bar.addWidget(self.next)
        bar.addSpacing(4)
        bar.addWidget(self._place)
        bar.addStretch(1)
        for one in (self._smaller, self._fit, self._larger):
            bar.addWidget(one)
        frame = QFrame()
        frame.setObjectName("tableFrame")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.pages)
        self._stack.addWidget(self._empty)
        inside.addLayout(bar)
        inside.addWidget(holder, 1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(frame)

    def show_pdf(self, pdf: bytes) -> None:
        self.pages.set_pdf(pdf)
        self._stack.setCurrentIndex(0)
        self._show_place()

    def show_words(self, words: str, picture: str = "file-lines") -> None:
        """Why there is no paper to see."""
        self.pages.set_pdf(b"")
        self._empty.set_content(picture, words)
        self._stack.setCurrentIndex(1)
        self._show_place()

    def _button(self, picture: str, words: str) -> QPushButton:
        made = button("", picture, kind="plain")
        made.setText("")
        made.setFixedWidth(34)
        made.setToolTip(words)
        made.setAccessibleName(words)
        return made

    def _show_place(self) -> None:
        count, current = self.pages.count, self.pages.current
        words = self._speak.say(T("page {page} of {pages}", page=current + 1, pages=count)) if count else ""
        self._place.setText(words)
        self.previous.setEnabled(current > 0)
        self.next.setEnabled(current + 1 < count)
        for one in (self._smaller, self._fit, self._larger):
            one.setEnabled(bool(count))

    def _on_previous(self) -> None:
        self.pages.go_to(self.pages.current - 1)

    def _on_next(self) -> None:
        self.pages.go_to(self.pages.current + 1)

    def _on_smaller(self) -> None:
        self.pages.zoom(-1)

    def _on_fit(self) -> None:
        self.pages.zoom(0)

    def _on_larger(self) -> None:
        self.pages.zoom(1)
