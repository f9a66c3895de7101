"""What is chosen in a table, as ranges of cells; a row that holds a chosen cell counts as chosen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex

from mama_desktop.ui.rows_model import RowsModel

Range = tuple[int, int, int, int]
"""First row, last row, first column, last column, all inclusive."""
Kept = list[tuple[list[str], int, int]]
"""For each range the keys of its rows, its first and its last column."""


class ChosenCells:
    """Reads the selection once after each change: painting asks it a thousand times."""

    def __init__(self, rows: RowsModel, selection: QItemSelectionModel) -> None:
        self._rows, self._selection = rows, selection
        self._ranges: list[Range] | None = None
        self._all: tuple[int, int] | None = None
        self._starts: list[int] = []
        self._ends: list[int] = []
        selection.selectionChanged.connect(self.forget)
        rows.layoutAboutToBeChanged.connect(self._before_layout)
        rows.layoutChanged.connect(self._after_layout)
        rows.modelReset.connect(self.forget)

    def forget(self, *_what: object) -> None:
        self._ranges = None

    def _before_layout(self, *_what: object) -> None:
        ranges, last = self.ranges(), self._rows.rowCount() - 1
        self._all = next(((left, right) for top, bottom, left, right in ranges if (top, bottom) == (0, last)), None)

    def _after_layout(self, *_what: object) -> None:
        self.forget()
        if self._all is not None and self._rows.rowCount() and not self.ranges():
            # Qt drops what is chosen when all of it was and some rows have gone: those left are chosen still.
            left, right = self._all
            first, last = self._rows.index(0, left), self._rows.index(self._rows.rowCount() - 1, right)
            self._selection.select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._all = None

    def ranges(self) -> list[Range]:
        if self._ranges is None:
            found = self._selection.selection()
            ranges = (found.at(place) for place in range(found.count()))
            self._ranges = [(r.top(), r.bottom(), r.left(), r.right()) for r in ranges]
            self._starts, self._ends = _merged(sorted((top, bottom) for top, bottom, _, _ in self._ranges))
        return self._ranges

    def has_row(self, row: int) -> bool:
        self.ranges()
        place = bisect_right(self._starts, row) - 1
        return place >= 0 and row <= self._ends[place]

    def rows(self) -> list[int]:
        """In the order of the screen."""
        self.ranges()
        return [row for start, end in zip(self._starts, self._ends, strict=True) for row in range(start, end + 1)]

    def row_count(self) -> int:
        self.ranges()
        return sum(end - start + 1 for start, end in zip(self._starts, self._ends, strict=True))

    def are_whole_rows(self, columns: Sequence[int]) -> bool:
        """Whether of each chosen row all these columns are chosen."""
        wanted = set(columns)
        return bool(self.ranges()) and all(wanted <= set(range(r[2], r[3] + 1)) for r in self.ranges())

    def cells(self, columns: Sequence[int]) -> dict[int, list[int]]:
        """Row → which of these columns are chosen in it, both in the order of the screen."""
        found: dict[int, set[int]] = {}
        for top, bottom, left, right in self.ranges():
            some = {c for c in columns if left <= c <= right}
            for row in range(top, bottom + 1) if some else ():
                found[row] = found[row] | some if row in found else some
        return {row: [c for c in columns if c in found[row]] for row in sorted(found)}

    # Kept over new rows

    def keep(self) -> Kept:
        return [([self._rows.key(r) for r in range(t, b + 1)], left, right) for t, b, left, right in self.ranges()]

    def choose(self, kept: Kept) -> None:
        """Choose the same again, wherever those rows stand now."""
        last = self._rows.columnCount() - 1
        selection = QItemSelection()
        for keys, left, right in kept:
            found = sorted(row for row in self._rows.rows_of(keys) if row >= 0)
            for start, end in zip(*_merged([(row, row) for row in found]), strict=True):
                selection.select(self._rows.index(start, left), self._rows.index(end, min(right, last)))
        self._selection.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def choose_whole_rows(self) -> None:
        last = self._rows.columnCount() - 1
        self.choose([(keys, 0, last) for keys, _, _ in self.keep()])

    def choose_rows(self, keys: Sequence[str]) -> None:
        self.choose([(list(keys), 0, self._rows.columnCount() - 1)] if keys else [])

    def current(self) -> tuple[str, int]:
        """The key of the row and the column of the current cell; ("", 0) without one."""
        index = self._selection.currentIndex()
        return (self._rows.key(index.row()), index.column()) if index.isValid() else ("", 0)

    def make_current(self, key: str, column: int) -> None:
        """The cell becomes the current one, what is chosen stays."""
        row = self._rows.row_of(key) if key else -1
        if row >= 0:
            index = self._rows.index(row, min(column, self._rows.columnCount() - 1))
            self._selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def go_to(self, index: QModelIndex) -> None:
        """Only this cell, which becomes the current one."""
        self._selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _merged(spans: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Sorted spans without overlaps, those that touch as one: their starts and their ends."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in spans:
        if ends and start <= ends[-1] + 1:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends
