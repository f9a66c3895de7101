"""Ctrl+K: find anything (event, person, organisation, project) or any command while you type, šumniki or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T, fold
from mama_desktop.i18n import Language
from mama_desktop.ui.icons import icon, paint_icon
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.theme import tokens

Search = Callable[[str], list[Found]]
ICONS = {
    "person": "user", "organisation": "building", "project": "folder-open", "event": "people-group",
    "registration": "clipboard-user", "working_group": "users", "vehicle": "van-shuttle", "carrier": "building",
    "command": "angle-right",
}  # fmt: skip
_SHOWN = 12
_HIT_HEIGHT, _TWO_LINES = 36, 46
_HIT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Command:
    """Something the program can do; `keys` is its shortcut in words."""

    words: str
    do: Callable[[], Any]
    icon: str = "angle-right"
    keys: str = ""


class Palette(Popup):
    """`chosen(Found)` for a hit; a command is done by itself."""

    chosen = Signal(object)

    def __init__(self, search: Search, commands: Sequence[Command], speak: Language, window: QWidget) -> None:
        super().__init__(window)
        self._search, self._commands, self._speak = search, commands, speak
        self._room = 480
        self._kinds = {
            "person": speak.say(T("person")), "organisation": speak.say(T("organisation")),
            "project": speak.say(T("project")), "event": speak.say(T("event")),
            "registration": speak.say(T("registration")), "working_group": speak.say(T("working group")),
            "vehicle": speak.say(T("vehicle")), "carrier": speak.say(T("carrier")),
        }  # fmt: skip
        self._nothing = speak.say(T("Nothing found. Try a part of a name, a place or a code."))
        self.field = QLineEdit()
        self.field.setPlaceholderText(speak.say(T("Find an event, a person, an organisation or a command …")))
        self.field.setAccessibleName(speak.say(T("Find anything")))
        self.field.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.installEventFilter(self)
        self.hits = QListWidget()
        self.hits.setObjectName("found")
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setItemDelegate(_HitPainter(self.hits))
        self.hits.setMouseTracking(True)
        self.hits.itemClicked.connect(self._choose)
        self.lay.addWidget(self.field)
        self.lay.addWidget(self.hits)
        self.field.textChanged.connect(self._on_typed)
        self._on_typed("")

    def open_over(self, window: QWidget) -> None:
        width = min(640, window.width() - 96)
        self.setFixedWidth(width)
        self._room = max(window.height() - 200, 3 * _HIT_HEIGHT)
        self._fit()
        at = window.mapToGlobal(window.rect().topLeft())
        self.move(at.x() + (window.width() - width) // 2, at.y() + 64)
        self.show()
        self.field.setFocus()

    def _on_typed(self, words: str) -> None:
        self.hits.clear()
        wanted = fold(words).split()
        commands = [c for c in self._commands if all(w in fold(c.words) for w in wanted)]
        found = self._search(words) if wanted else []
        for hit in _mixed(found):
            kind = self._kinds.get(hit.kind, "")
            self._add(hit, ICONS.get(hit.kind, "file"), hit.title, self._detail(hit), kind)
        for command in commands[: _SHOWN if not found else 4]:
            self._add(command, command.icon, command.words, "", command.keys)
        if not self.hits.count():
            item = QListWidgetItem(self._nothing)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setData(_HIT, (None, "circle-info", self._nothing, "", ""))
            self.hits.addItem(item)
        self.hits.setCurrentRow(0)
        self._fit()

    def _detail(self, hit: Found) -> str:
        """When and where an event is, where a person belongs."""
        when = self._speak.event_dates(*hit.when) if hit.when is not None else ""
        return "  ·  ".join(part for part in (when, hit.detail) if part)

    def _fit(self) -> None:
        """As high as what was found."""
        rows = sum(self.hits.sizeHintForRow(row) for row in range(self.hits.count())) + 8
        self.hits.setFixedHeight(min(rows, self._room))
        self.setFixedHeight(self.sizeHint().height())

    def _add(self, what: Found | Command, picture: str, title: str, detail: str, kind: str) -> None:
        item = QListWidgetItem(f"{title}, {detail}, {kind}")
        item.setData(_HIT, (what, picture, title, detail, kind))
        self.hits.addItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8,
            }.get(Qt.Key(event.key()))  # fmt: skip
            if step is not None:
                row = min(max(self.hits.currentRow() + step, 0), self.hits.count() - 1)
                self.hits.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hits.currentItem() is not None:
                self._choose(self.hits.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _choose(self, item: QListWidgetItem) -> None:
        what = item.data(_HIT)[0]
        if what is None:
            return
        self.close()
        if isinstance(what, Command):
            what.do()
        else:
            self.chosen.emit(what)


def _mixed(found: list[Found]) -> list[Found]:
    """As many as are shown, in their order; the many people of one name leave room for what else is called so."""
    others = [hit for hit in found if hit.kind != "person"]
    room = _SHOWN - min(len(others), _SHOWN // 2)
    people = [hit for hit in found if hit.kind == "person"][:room]
    kept = {id(hit) for hit in (*people, *others)}
    return [hit for hit in found if id(hit) in kept][:_SHOWN]


class _HitPainter(QStyledItemDelegate):
    """Icon, name, its kind at the right, and below the name the muted detail."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        lines = 2 if index.data(_HIT)[3] else 1
        return QSize(200, max(_TWO_LINES if lines == 2 else _HIT_HEIGHT, lines * option.fontMetrics.height() + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        t = tokens()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        what, picture, title, detail, kind = index.data(_HIT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if what is not None and state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("accent_soft" if state & QStyle.StateFlag.State_Selected else "hover"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        paint_icon(painter, QRect(rect.left() + 12, rect.center().y() - 8, 16, 16), picture, "muted")
        metrics = painter.fontMetrics()
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        kind_width = metrics.horizontalAdvance(kind) + 12
        left, right = rect.left() + 42, rect.right() - kind_width - 12
        line = QRect(left, rect.top(), right - left, rect.height())
        if detail:
            line.setTop(rect.center().y() - metrics.height())
            line.setHeight(metrics.height())
        painter.setPen(t.color("muted"))
        painter.drawText(QRect(right + 12, rect.top(), kind_width, rect.height()), middle, kind)
        painter.setPen(t.color("text" if what is not None else "muted"))
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(line, middle, shown)
        if detail:
            painter.setPen(t.color("muted"))
            shown = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(line.translated(0, metrics.height()), middle, shown)
        painter.restore()
