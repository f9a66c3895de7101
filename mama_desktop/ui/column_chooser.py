"""Which columns a table shows, in what order, how wide, how many stand still; remembered per table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.ui.ordered_choice import moved_by_keys
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.row_paint import CellPainter
from mama_desktop.ui.row_view import RowView
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label

MOST_FROZEN = 5


Kept = dict[str, tuple[int, bool]]
"""Of each column its width and whether it is hidden, in the order of the screen."""


def as_kept(state: Any) -> Kept:
    """What `Columns.state` gave, after it was kept somewhere; nothing of what cannot be understood."""
    try:
        return {str(k): (max(int(w), 48), bool(h)) for k, w, h in state or ()}
    except (ValueError, TypeError):
        return {}


def as_frozen(count: Any) -> int:
    try:
        return min(max(int(count), 0), MOST_FROZEN)
    except (ValueError, TypeError):
        return 0


def _every_column(_key: str) -> bool:
    return True


class Columns(QObject):
    """The columns of one view. Kept in `habits` under `tables/<name>` as [key, width, hidden] in their order.

    How many of the first stand still is kept beside, under `tables/<name>.frozen`.
    """

    def __init__(self, name: str, view: RowView, painter: CellPainter, habits: QSettings | None) -> None:
        super().__init__(view)
        self._name, self._view, self._painter, self._habits = name, view, painter, habits
        self.headings = view.headings
        self.rows = view.rows
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(300)
        self._saving.timeout.connect(self.save)
        self.headings.sectionResized.connect(self._on_changed)
        self.headings.sectionMoved.connect(self._on_changed)
        self._restoring = False
        self.by_hand: set[str] = self._kept_by_hand()
        """Columns somebody has shown or hidden themselves (or by a view): those follow nothing else."""
        self.is_shown_at_first: Callable[[str], bool] = _every_column
        """Whether a column (by its key) is shown before the person has chosen."""

    def restore(self) -> None:
        """After other fields came: the remembered columns, else the fields' own widths."""
        self.set_state(self._kept(), self._kept_frozen())

    def set_state(self, kept: Kept, frozen: int) -> None:
        """Columns as `state` told them; those it does not know follow as the fields declare them."""
        self._restoring = True
        self.headings.set_frozen(frozen)
        for column, field in enumerate(self.rows.listing.fields):
            at_first = self._wanted_width(column, field.width), not self.is_shown_at_first(field.key)
            width, hidden = kept.get(field.key, at_first)
            self.headings.resizeSection(column, width)
            self.headings.setSectionHidden(column, hidden)
        known = [key for key in kept if self._place(key) >= 0]
        others = [f.key for f in self.rows.listing.fields if f.key not in kept]
        for visual, key in enumerate([*known, *others]):
            self.headings.moveSection(self.headings.visualIndex(self._place(key)), visual)
        self._restoring = False

    def state(self) -> list[tuple[str, int, bool]]:
        """(key, width, hidden) in the order of the screen."""
        order = (self.headings.logicalIndex(v) for v in range(self.headings.count()))
        return [(self.rows.field(c).key, self._width(c), self.headings.isSectionHidden(c)) for c in order]

    def set_frozen(self, count: int) -> None:
        self.headings.set_frozen(count)
        self._view.viewport().update()
        self._on_changed()

    def _wanted_width(self, column: int, width: int) -> int:
        # A heading is never cut at first sight, nor a status chip.
        needed = self.headings.needed_width(column)
        field = self.rows.field(column)
        if field.kind == "choice" and field.choices:
            metrics = self._view.fontMetrics()
            needed = max(needed, max(metrics.horizontalAdvance(w) for w in self.choice_words(column)) + 58)
        return max(scaled(width), needed)

    def choice_words(self, column: int) -> list[str]:
        return [self.rows.say(text) for text in self.rows.field(column).choices.values()]

    def fit(self, column: int) -> None:
        """As wide as the widest of the first 500 rows."""
        rows = range(min(self.rows.rowCount(), 500))
        widest = max((self._painter.needed_width(self.rows.index(r, column)) for r in rows), default=0)
        self.headings.resizeSection(column, min(max(widest, self.headings.needed_width(column)), 480))

    def shown_places(self) -> list[int]:
        return self.headings.shown_columns()

    def shown(self) -> list[str]:
        return [self.rows.field(c).key for c in self.shown_places()]

    def all(self) -> list[tuple[str, str, bool]]:
        """(key, label, shown) in the order of the screen."""
        order = [self.headings.logicalIndex(v) for v in range(self.headings.count())]
        return [
            (self.rows.field(c).key, self.rows.say(self.rows.field(c).label), not self.headings.isSectionHidden(c))
            for c in order
        ]

    def set_shown(self, key: str, shown: bool) -> None:
        if shown or len(self.shown()) > 1:
            self.headings.setSectionHidden(self._place(key), not shown)
            self.by_hand.add(key)
            self._on_changed()

    def follow(self, shown: Mapping[str, bool]) -> None:
        """Show or hide columns by what the rows hold, except those somebody decided about."""
        before, self._restoring = self._restoring, True
        for key, wanted in shown.items():
            place = self._place(key)
            if place >= 0 and key not in self.by_hand and self.headings.isSectionHidden(place) == wanted:
                self.headings.setSectionHidden(place, not wanted)
        self._restoring = before

    def hide(self, column: int) -> None:
        self.set_shown(self.rows.field(column).key, False)

    def set_order(self, keys: list[str]) -> None:
        for visual, key in enumerate(keys):
            self.headings.moveSection(self.headings.visualIndex(self._place(key)), visual)

    def reset(self) -> None:
        if self._habits is not None:
            self._habits.remove(f"tables/{self._name}")
            self._habits.remove(f"tables/{self._name}.frozen")
            self._habits.remove(f"tables/{self._name}.by_hand")
        self.by_hand.clear()
        self.restore()

    def save(self) -> None:
        if self._habits is None:
            return
        self._habits.setValue(f"tables/{self._name}", json.dumps(self.state()))
        self._habits.setValue(f"tables/{self._name}.frozen", self.headings.frozen)
        self._habits.setValue(f"tables/{self._name}.by_hand", json.dumps(sorted(self.by_hand)))

    def _width(self, column: int) -> int:
        # A hidden section tells 0.
        width = self.headings.sectionSize(column)
        return width or self._wanted_width(column, self.rows.field(column).width)

    def wanted(self) -> set[str]:
        """Keys of the columns on the screen, before any row came of those remembered; empty when nothing is known."""
        if self.rows.listing.fields:
            return set(self.shown())
        return {key for key, (_width, hidden) in self._kept().items() if not hidden}

    def _kept(self) -> Kept:
        words: Any = self._habits.value(f"tables/{self._name}") if self._habits is not None else None
        try:
            return as_kept(json.loads(words or "[]"))
        except ValueError:
            return {}

    def _kept_by_hand(self) -> set[str]:
        words: Any = self._habits.value(f"tables/{self._name}.by_hand") if self._habits is not None else None
        try:
            found = json.loads(words or "[]")
        except ValueError:
            return set()
        return {str(key) for key in found} if isinstance(found, list) else set()

    def _kept_frozen(self) -> int:
        if self._habits is None or not self._habits.contains(f"tables/{self._name}.frozen"):
            return 0
        return as_frozen(self._habits.value(f"tables/{self._name}.frozen"))

    def _place(self, key: str) -> int:
        return next((n for n, f in enumerate(self.rows.listing.fields) if f.key == key), -1)

    def _on_changed(self, *_numbers: int) -> None:
        if not self._restoring and self.rows.listing.fields:
            self._saving.start()


class ColumnChooser(Popup):
    """A list of all columns: Space or a click shows and hides, dragging or Ctrl+Up / Ctrl+Down moves."""

    def __init__(self, columns: Columns, speak: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self._list = _MovableList()
        self._list.setObjectName("choices")
        self._list.setAccessibleName(speak.say(T("Columns")))
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._fill()
        self._list.itemChanged.connect(self._on_item)
        self._list.model().rowsMoved.connect(self._on_moved)
        hint = label(speak.say(T("Drag, or Ctrl with an arrow key, to change the order.")), "fieldHint", wrap=True)
        back = button(speak.say(T("As at first")), "rotate-left", self._on_reset, kind="plain")
        self._frozen = QComboBox()
        self._frozen.setAccessibleName(speak.say(T("First columns that stand still")))
        self._frozen.addItem(speak.say(T("none")), 0)
        for count in range(1, MOST_FROZEN + 1):
            self._frozen.addItem(speak.say(TN("the first {count}", "the first {count}", count)), count)
        self._frozen.setCurrentIndex(columns.headings.frozen)
        self._frozen.activated.connect(self._on_frozen)
        still = QHBoxLayout()
        still.addWidget(label(speak.say(T("First columns that stand still"))), 1)
        still.addWidget(self._frozen)
        self.lay.addWidget(self._list)
        self.lay.addWidget(hint)
        self.lay.addLayout(still)
        self.lay.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)

    def _fill(self) -> None:
        self._list.clear()
        for key, words, shown in self._columns.all():
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )  # fmt: skip
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _on_item(self, item: QListWidgetItem) -> None:
        self._columns.set_shown(item.data(Qt.ItemDataRole.UserRole), item.checkState() == Qt.CheckState.Checked)

    def _on_moved(self, *_where: object) -> None:
        self._columns.set_order([self._list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(self._list.count())])

    def _on_frozen(self, count: int) -> None:
        self._columns.set_frozen(count)

    def _on_reset(self) -> None:
        self._columns.reset()
        self._frozen.setCurrentIndex(self._columns.headings.frozen)
        self._list.itemChanged.disconnect(self._on_item)
        self._fill()
        self._list.itemChanged.connect(self._on_item)


class _MovableList(QListWidget):
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The style sheet's row height counts only from the first showing on.
        self.doItemsLayout()

    def sizeHint(self) -> QSize:
        height = min(self.count(), 14) * max(self.sizeHintForRow(0), 28) + 14
        return QSize(max(self.sizeHintForColumn(0) + 48, 240), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not moved_by_keys(self, event):
            super().keyPressEvent(event)
