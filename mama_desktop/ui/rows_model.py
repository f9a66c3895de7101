"""A `Listing` as Qt sees it: answers from memory, sorts raw values, filters folded words, never changes itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import Text, fold
from mama_desktop.i18n import Language
from mama_desktop.ui.matching_rows import ColumnValues, Haystack, holding, is_empty, is_narrower
from mama_desktop.ui.said import NUMBERS, order_of, sayer

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
RAW = Qt.ItemDataRole.UserRole
NOTHING = Listing((), (), ())
NO_FILTER = Filter()
Order = list[tuple[str, bool]]


class RowsModel(QAbstractTableModel):
    """`order` holds which row of the listing stands where, after filter and sort."""

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        self.listing = NOTHING
        self.order: list[int] = []
        self.sorted_by: Order = []
        self.marks: dict[tuple[str, str], str] = {}
        """(row's key, field's key) → why what was pasted there could not be taken."""
        self.is_read_only = False
        self.only_words = ""
        """Why only some rows are shown, besides the filters of columns; "" when all are."""
        self._only: frozenset[str] | None = None
        self._words: list[str] = []
        self._filters: dict[str, Filter] = {}
        self._places: dict[str, int] = {}
        self._sayers: list[Callable[[Any], str]] = []
        self._orders: dict[int, list[Any]] = {}
        self._columns: dict[int, ColumnValues] = {}
        self._haystack = Haystack(NOTHING, ())
        # All rows as sorted, and those of them that pass the columns' filters: a keystroke begins from here.
        self._sorted: list[int] | None = None
        self._passed: list[int] | None = None
        self._found: tuple[list[str], list[int]] | None = None

    # The listing

    def set_listing(self, listing: Listing) -> None:
        """Take new rows, keeping filter and order."""
        self.beginResetModel()
        if [f.key for f in listing.fields] != [f.key for f in self.listing.fields]:
            self.sorted_by = [s for s in self.sorted_by if any(f.key == s[0] for f in listing.fields)]
        self.listing = listing
        self._places = {key: row for row, key in enumerate(listing.keys)}
        self._sayers = [sayer(f, self._speak) for f in listing.fields]
        self._orders.clear()
        self._columns.clear()
        known = self._haystack if self._haystack.is_whole else None
        self._haystack = Haystack(listing, self._sayers, known)
        self._sorted = self._passed = None
        self._arrange()
        self.endResetModel()

    def say(self, text: Text | str) -> str:
        return self._speak.say(text)

    def field(self, column: int) -> FieldInfo:
        return self.listing.fields[column]

    def raw(self, index: Index) -> Any:
        return self.listing.rows[self.order[index.row()]][index.column()]

    def words(self, row: int, column: int) -> str:
        """What the cell of a row of the screen says."""
        value, field = self.listing.rows[self.order[row]][column], self.field(column)
        is_said = type(value) is str and not field.choices and field.kind != "country"
        return value if is_said else self._sayers[column](value)

    def key(self, row: int) -> str:
        return self.listing.keys[self.order[row]]

    def row_of(self, key: str) -> int:
        """The row of the screen that shows this key, or -1."""
        return self.rows_of([key])[0]

    def rows_of(self, keys: Sequence[str]) -> list[int]:
        """The rows of the screen that show these keys, -1 for what is not shown."""
        wanted = [self._places.get(key, -1) for key in keys]
        if len(wanted) > 3:
            rows = {place: row for row, place in enumerate(self.order)}
            return [rows.get(place, -1) for place in wanted]
        return [self.order.index(place) if place in self.order else -1 for place in wanted]

    def values_of(self, column: int) -> list[tuple[Any, str, int]]:
        """The different values of a column with their words and how often, in their order."""
        many = self.field(column).kind == "choices"
        counts: dict[Any, int] = {}
        for row in self.listing.rows:
            value = row[column]
            for one in (value or (None,)) if many else (value,):
                plain = None if one == "" else one
                counts[plain] = counts.get(plain, 0) + 1
        say, rank = sayer(self.field(column), self._speak), order_of(self.field(column), self._speak)
        found = [(v, say([v] if many and v is not None else v), n) for v, n in counts.items()]
        return sorted(found, key=lambda f: (f[0] is None, () if f[0] is None else rank(f[0])))

    # Filter and order

    def set_filter(self, words: str) -> None:
        """Show the rows in which every word occurs, in whatever column, accents or not."""
        self._words = fold(words).split()
        self.rearrange()

    def prepare(self) -> bool:
        """A few milliseconds of getting ready for the quick filter; False when it is ready."""
        return self._haystack.step()

    @property
    def filters(self) -> dict[str, Filter]:
        """What each filtered column has to hold, by field."""
        return dict(self._filters)

    def filter_of(self, field_key: str) -> Filter:
        return self._filters.get(field_key, NO_FILTER)

    def filter_by(self, field_key: str, asked: Filter | None) -> None:
        """Show only rows whose field is what the filter asks; None or one that asks nothing lifts it."""
        if not field_key:
            self.show_only(None, "")
            return
        if asked:
            self._filters[field_key] = asked
        elif self._filters.pop(field_key, None) is None:
            return
        self._passed = None
        self.rearrange()

    def set_filters(self, filters: dict[str, Filter]) -> None:
        """All of them at once; those not given are lifted, and every row may be shown again."""
        self._only, self.only_words = None, ""
        self._filters = {key: asked for key, asked in filters.items() if asked}
        self._passed = None
        self.rearrange()

    def show_only(self, keys: Collection[str] | None, words: str) -> None:
        """Show only these rows, and why in words; None: all of them again."""
        self._only, self.only_words = (None, "") if keys is None else (frozenset(keys), words)
        self._passed = None
        self.rearrange()

    @property
    def wanted(self) -> dict[str, frozenset[Any]]:
        """Of the filters those that ask for certain values."""
        return {key: asked.values for key, asked in self._filters.items() if asked.values is not None}

    def set_wanted(self, field_key: str, values: frozenset[Any] | None) -> None:
        """Show only rows whose field has one of these values (None among them: no value); None lifts it."""
        self.filter_by(field_key, None if values is None else Filter(values=values))

    def sort_by(self, sorted_by: Sequence[tuple[str, bool]]) -> None:
        """(field key, descending), the most important first."""
        self.sorted_by = list(sorted_by)
        self._sorted = self._passed = None
        self.rearrange()
        if self.listing.fields:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.listing.fields) - 1)

    def order_after(self, column: int, add: bool) -> Order:
        """What a click on a heading makes of the order: up, down, unsorted; with `add` beside the others."""
        key = self.field(column).key
        following = {None: False, False: True, True: None}[dict(self.sorted_by).get(key)]
        order = [s for s in self.sorted_by if s[0] != key] if add else []
        return order if following is None else [*order, (key, following)]

    def rearrange(self) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(self.listing.keys[self.order[i.row()]], i.column()) for i in before]
        self._arrange()
        if before:
            rows = {place: row for row, place in enumerate(self.order)}
            after = [rows.get(self._places[key], -1) for key, _ in kept]
            moved = [self.index(r, c) if r >= 0 else QModelIndex() for r, (_, c) in zip(after, kept, strict=True)]
            self.changePersistentIndexList(before, moved)
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        if self._sorted is None:
            self._sorted = self._in_order()
        if self._passed is None:
            self._passed, self._found = self._passing(self._sorted), None
        self.order = self._matching(self._passed)

    def _in_order(self) -> list[int]:
        """All rows by stable sorts from the least to the most important; empty cells stand last either way."""
        order = list(range(len(self.listing.rows)))
        for field_key, descending in reversed(self.sorted_by):
            column = self._column(field_key)
            if column < 0:
                continue
            ranks = self._ranks(column)
            empty = [i for i in order if ranks[i] is None] if None in ranks else []
            filled = [i for i in order if ranks[i] is not None] if empty else order
            filled.sort(key=ranks.__getitem__, reverse=descending)
            order = filled + empty
        return order

    def _passing(self, order: list[int]) -> list[int]:
        if self._only is not None:
            order = [i for i in order if self.listing.keys[i] in self._only]
        for field_key, asked in self._filters.items():
            column = self._column(field_key)
            if column >= 0:
                if column not in self._columns:
                    self._columns[column] = ColumnValues(self.listing, column, self._sayers[column])
                order = self._columns[column].passing(order, asked)
        return order

    def _matching(self, passed: list[int]) -> list[int]:
        if not self._words:
            self._found = None
            return passed
        among, words = passed, self._words
        # Whoever goes on typing looks among what was left before, for what is new.
        if self._found is not None and is_narrower(self._words, self._found[0]):
            among, words = self._found[1], [w for w in self._words if w not in self._found[0]]
        found = holding(among, self._haystack.rows(), words)
        self._found = (self._words, found)
        return found

    def _column(self, field_key: str) -> int:
        return next((n for n, f in enumerate(self.listing.fields) if f.key == field_key), -1)

    def _ranks(self, column: int) -> list[Any]:
        """Of each row what its cell is sorted by, None for an empty one; the same value is asked once."""
        ranks = self._orders.get(column)
        if ranks is None:
            rank = order_of(self.field(column), self._speak)
            values = [row[column] for row in self.listing.rows]
            try:
                different = set(values)
            except TypeError:
                values = [tuple(v) if v.__class__ is list else v for v in values]
                different = set(values)
            known = {value: None if is_empty(value) else rank(value) for value in different}
            ranks = self._orders[column] = [known[value] for value in values]
        return ranks

    # What Qt asks

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.listing.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row(), index.column())
        if role in (RAW, Qt.ItemDataRole.EditRole):
            return self.raw(index)
        if role == Qt.ItemDataRole.TextAlignmentRole and self.field(index.column()).kind in NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._speak.say(self.field(section).label)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.field(index.column()).editable and not self.is_read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags
