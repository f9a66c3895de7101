"""A `Listing` as Qt sees it: answers from memory, sorts raw values, filters folded words, never changes itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import Text, fold
from mama_desktop.i18n import Language
from mama_desktop.ui.said import NUMBERS, order_of, sayer

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
RAW = Qt.ItemDataRole.UserRole
NOTHING = Listing((), (), ())
_EMPTY: frozenset[Any] = frozenset()


class RowsModel(QAbstractTableModel):
    """`order` holds which row of the listing stands where, after filter and sort."""

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        self.listing = NOTHING
        self.order: list[int] = []
        self.sorted_by: list[tuple[str, bool]] = []
        self._words: list[str] = []
        self._wanted: dict[str, frozenset[Any]] = {}
        self._places: dict[str, int] = {}
        self._sayers: list[Callable[[Any], str]] = []
        self._orders: dict[int, list[Any]] = {}
        self._haystacks: list[str] | None = None
        self.is_read_only = False

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
        self._haystacks = None
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
        place = self._places.get(key, -1)
        try:
            return self.order.index(place)
        except ValueError:
            return -1

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

    def set_wanted(self, field_key: str, values: frozenset[Any] | None) -> None:
        """Show only rows whose field has one of these values (None among them: no value); None lifts it."""
        if values is None:
            self._wanted.pop(field_key, None)
        else:
            self._wanted[field_key] = values
        self.rearrange()

    @property
    def wanted(self) -> dict[str, frozenset[Any]]:
        return dict(self._wanted)

    def set_wanted_all(self, wanted: dict[str, frozenset[Any]]) -> None:
        self._wanted = dict(wanted)
        self.rearrange()

    def sort_by(self, sorted_by: Sequence[tuple[str, bool]]) -> None:
        """(field key, descending), the most important first."""
        self.sorted_by = list(sorted_by)
        self.rearrange()
        if self.listing.fields:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.listing.fields) - 1)

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
        order = list(range(len(self.listing.rows)))
        for field_key, values in self._wanted.items():
            column = self._column(field_key)
            if column >= 0:
                order = [i for i in order if _has(self.listing.rows[i][column], values)]
        if self._words:
            hay = self._hay()
            for word in self._words:
                order = [i for i in order if word in hay[i]]
        # Stable sorts from the least to the most important; empty cells stand last either way.
        for field_key, descending in reversed(self.sorted_by):
            column = self._column(field_key)
            if column < 0:
                continue
            rows, ranks = self.listing.rows, self._ranks(column)
            filled = [i for i in order if rows[i][column] not in (None, "", [])]
            empty = [i for i in order if rows[i][column] in (None, "", [])]
            filled.sort(key=ranks.__getitem__, reverse=descending)
            order = filled + empty
        self.order = order

    def _column(self, field_key: str) -> int:
        return next((n for n, f in enumerate(self.listing.fields) if f.key == field_key), -1)

    def _ranks(self, column: int) -> list[Any]:
        ranks = self._orders.get(column)
        if ranks is None:
            rank = order_of(self.field(column), self._speak)
            known: dict[Any, Any] = {}
            ranks = []
            for row in self.listing.rows:
                value = row[column]
                if isinstance(value, list):
                    value = tuple(value)
                if value not in known:
                    known[value] = None if value in (None, "") else rank(value)
                ranks.append(known[value])
            self._orders[column] = ranks
        return ranks

    def _hay(self) -> list[str]:
        """For each row all its words, folded. The same word is folded once: towns and organisations repeat."""
        if self._haystacks is None:
            hay: list[list[str]] = [[] for _ in self.listing.rows]
            for column, say in enumerate(self._sayers):
                folded: dict[Any, str] = {None: "", "": ""}
                for words, row in zip(hay, self.listing.rows, strict=True):
                    value = row[column]
                    if value.__class__ is list:
                        value = tuple(value)
                    known = folded.get(value)
                    if known is None:
                        known = folded[value] = fold(say(value))
                    if known:
                        words.append(known)
            self._haystacks = ["\n".join(words) for words in hay]
        return self._haystacks

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


def _has(value: Any, values: frozenset[Any]) -> bool:
    if isinstance(value, list | tuple):
        return not values.isdisjoint(value) if value else None in values
    return (None if value == "" else value) in values
