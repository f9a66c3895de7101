"""The stops of a trip as a table: corrected in the cell, ordered by dragging their number or by keys, added by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.planning.roads import ROAD_FACTOR
from mama_desktop.services import editing
from mama_desktop.services.place_suggestions import suggest_places
from mama_desktop.services.transport import stops
from mama_desktop.services.transport.trip_card import TripCard
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.editors import PickEditor
from mama_desktop.ui.icons import icon
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_writes import TableWrites
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label

_PLACE = FieldInfo("place", T("Stop"), "town")
_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class TripStops(QWidget):
    """`show_card` shows the stops of one trip."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._trip = page, ""
        say, writes = page.say, page.db.read_only is None
        self.notice = Callout("wait")
        self.place = PickEditor(_PLACE, page.speak, _complete, None)
        self.place.setPlaceholderText(say(T("Place of another stop …")))
        self.place.setAccessibleName(say(T("Place of another stop")))
        self.place.setMaximumWidth(scaled(320))
        self.place.returnPressed.connect(self.add)
        self.add_button = button(say(T("Add the stop")), "plus", self.add)
        self.up = _arrow(page, "arrow-up", T("Move up"), "Ctrl+↑", self.move_up)
        self.down = _arrow(page, "arrow-down", T("Move down"), "Ctrl+↓", self.move_down)
        self.remove_button = button(say(T("Take the stop away")), "xmark", self.remove)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.place, 1)
        for made in (self.add_button, self.up, self.down, self.remove_button):
            bar.addWidget(made)
        bar.addStretch(1)
        self._bar = QWidget()
        self._bar.setLayout(bar)
        bar.setContentsMargins(0, 0, 0, 0)
        if not writes:
            self._bar.hide()
        self.table = RowTable(
            "trip-stops", page.speak, page.shell.habits, complete=_complete,
            today=page.db.clock.today, toolbar=False,
        )  # fmt: skip
        self.table.view.setAccessibleName(say(T("Stops in the order of the drive")))
        self.table.set_empty("route", say(T("The trip has no stops yet. Write the place of the first one above.")))
        self.table.set_read_only(not writes)
        # The order of the drive is the order of the table.
        self.table.headings.sort_requested.disconnect(self.table.toggle_sort)
        self.table.edit_requested.connect(self._on_edit)
        self.table.delete_requested.connect(self._on_delete)
        self.table.selection_changed.connect(self._show_buttons)
        self.table.refused.connect(self._on_refused)
        if writes:
            TableWrites(page, self.table, "trip_stop")
            self.drag = RowDrag(self.table)
            self.drag.dropped = self.move_to
            self.table.view.installEventFilter(self)
        hint = T(
            "Times follow from the distances; a time you type stays, and follows again when you empty it. Kilometres "
            "are estimated (straight line × {factor}); what you type is kept for these two places.",
            factor=page.speak.number(ROAD_FACTOR),
        )  # fmt: skip
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.notice)
        lay.addWidget(self._bar)
        lay.addWidget(self.table, 1)
        lay.addWidget(label(say(hint), "fieldHint", wrap=True))

    def show_card(self, card: TripCard) -> None:
        if card.trip.id != self._trip:
            self.place.clear()
        self._trip = card.trip.id
        self.table.set_listing(card.stops)
        self.notice.tell(
            "\n".join(f"{stop.place}: {card.notices[stop.id]}" for stop in card.trip.stops if stop.id in card.notices)
        )
        self._show_buttons()

    # Order

    def move_up(self) -> None:
        self._step(-1)

    def move_down(self) -> None:
        self._step(1)

    def move_to(self, key: str, position: int) -> None:
        """A stop to a position counted from 1."""
        self._page.write(stops.move_stop, key, position, label=T("Order of the stops"), tell=True)
        self.table.select([key])

    def _step(self, step: int) -> None:
        key, keys = self.table.current_key(), list(self.table.rows.listing.keys)
        place = keys.index(key) + step if key in keys else -1
        if 0 <= place < len(keys):
            self.move_to(key, place + 1)
            self.table.view.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Ctrl with an arrow moves the stop, as it does in every ordered list."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and (step := _KEYS.get(Qt.Key(event.key())))
        ):
            self._step(step)
            return True
        return False

    # Adding and taking away

    def add(self) -> None:
        said = self.place.value()
        place = said.title if isinstance(said, Found) else said
        if not place:
            self.place.setFocus()
            return
        words = T("New stop: {place}", place=place)
        key = self._page.write(stops.add_stop, self._trip, place, label=words, tell=True)
        if key:
            self.place.clear()
            self.table.select([key])
            self.place.setFocus()

    def remove(self) -> None:
        self._on_delete(self.table.selected_keys())

    def _on_delete(self, keys: list[str]) -> None:
        if not keys or self._page.db.read_only is not None:
            return
        words = TN("Take {count} stop away", "Take {count} stops away", len(keys))
        left = self._page.write(_remove, keys, label=words, tell=not self._seated(keys))
        if left:
            words = TN(
                "{count} person got on there and has a seat without a stop now.",
                "{count} people got on there and have seats without a stop now.", left,
            )  # fmt: skip
            self._page.shell.notice_done(words)

    def _seated(self, keys: list[str]) -> int:
        rows = self.table.rows.listing
        column = rows.column("people")
        return sum(row[column] for key, row in zip(rows.keys, rows.rows, strict=True) if key in keys)

    # Edits

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        page, field = self._page, editing.REGISTRIES["trip_stop"][field_key].info
        words = T("{noun}: {field}", noun=T("Stop"), field=field.label)
        page.write(editing.change, "trip_stop", [key], field_key, value, now=page.db.clock.now(), label=words)

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(T("{words}", words=words))

    def _show_buttons(self) -> None:
        keys, current = list(self.table.rows.listing.keys), self.table.current_key()
        place = keys.index(current) if current in keys else -1
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < len(keys) - 1)
        self.remove_button.setEnabled(bool(self.table.selected_keys()))
        self._page.shell.say_selection(self.table.selection_words())


class RowDrag(QObject):
    """A row dragged by its first column to another place; a line shows where. `dropped(key, position from 1)`."""

    def __init__(self, table: RowTable) -> None:
        super().__init__(table)
        self.dropped: Callable[[str, int], None] | None = None
        self._table, self._key, self._start = table, "", QPoint()
        self._line = QFrame(table.view.viewport())
        self._line.setObjectName("dropLine")
        self._line.setStyleSheet("background: palette(highlight);")
        self._line.hide()
        table.view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        at = event.position().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            index = self._table.view.indexAt(at)
            by_number = index.isValid() and self._table.rows.field(index.column()).key == "position"
            self._key, self._start = (self._table.rows.key(index.row()) if by_number else ""), at
            return False
        if event.type() == QEvent.Type.MouseMove and self._key:
            if not self._line.isHidden() or abs(at.y() - self._start.y()) >= 6:
                self._show_line(at)
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and self._key:
            key, self._key = self._key, ""
            if not self._line.isHidden():
                self._line.hide()
                keys = list(self._table.rows.listing.keys)
                gap, place = self._gap(at), keys.index(key)
                position = gap if gap > place else gap + 1
                if self.dropped is not None and position != place + 1:
                    self.dropped(key, position)
                return True
        return False

    def _gap(self, at: QPoint) -> int:
        """Between which rows: 0 before the first one."""
        view, count = self._table.view, self._table.rows.rowCount()
        for row in range(count):
            if at.y() < view.rowViewportPosition(row) + view.rowHeight(row) // 2:
                return row
        return count

    def _show_line(self, at: QPoint) -> None:
        view, gap = self._table.view, self._gap(at)
        last = self._table.rows.rowCount() - 1
        y = view.rowViewportPosition(gap) if gap <= last else view.rowViewportPosition(last) + view.rowHeight(last)
        self._line.setGeometry(0, max(y - 1, 0), view.viewport().width(), 2)
        self._line.show()
        self._line.raise_()


def _remove(session: Any, keys: list[str]) -> int:
    return sum(stops.remove_stop(session, key) for key in keys)


def _complete(_kind: str, beginning: str) -> list[Found]:
    return suggest_places(beginning)


def _arrow(page: Page, picture: str, words: Text, keys: str, do: Callable[[], None]) -> QPushButton:
    made = button("", do=do)
    made.setIcon(icon(picture))
    made.setFixedWidth(scaled(40))
    made.setToolTip(f"{page.say(words)} ({keys})")
    made.setAccessibleName(page.say(words))
    return made
