"""One value for many rows: which field, what value, and a button that says how many rows it will change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.ui.cell_editing import CellEditing
from mama_desktop.ui.editors import as_editor
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.widgets import button, label

_ONE_EACH = frozenset({"family_name", "given_name", "name", "name_sl", "name_en", "title_sl", "title_en", "title"})


class ChangeMany(Popup):
    changed = Signal(list, str, object)

    def __init__(
        self, fields: Sequence[FieldInfo], place: int, keys: list[str], editing: CellEditing, speak: Language,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._editing, self._keys = editing, keys
        # Nobody gives many people one name.
        self._fields = [f for f in fields if f.editable and f.key not in _ONE_EACH]
        self.setMinimumWidth(320)
        say = speak.say
        self._choice = QComboBox()
        self._choice.setAccessibleName(say(T("Field")))
        for field in self._fields:
            self._choice.addItem(say(field.label), field.key)
        wanted = fields[place].key if 0 <= place < len(fields) else ""
        proposed = wanted if self._choice.findData(wanted) >= 0 else "status"
        self._choice.setCurrentIndex(max(self._choice.findData(proposed), 0))
        self._error = label("", "fieldError", wrap=True)
        self._error.hide()
        self._error_words = say(T("This cannot be read. Check what you typed."))
        self._slot = QVBoxLayout()
        self._go = button(
            say(TN("Change {count} row", "Change {count} rows", len(keys))), "check", self._on_go, kind="primary"
        )
        self.lay.addWidget(label(say(T("Field")), "fieldLabel"))
        self.lay.addWidget(self._choice)
        self.lay.addWidget(label(say(T("New value")), "fieldLabel"))
        self.lay.addLayout(self._slot)
        self.lay.addWidget(self._error)
        self.lay.addSpacing(4)
        self.lay.addWidget(self._go)
        self._editor: QWidget = QWidget()
        self._slot.addWidget(self._editor)
        self._choice.currentIndexChanged.connect(self._on_field)
        self._on_field(self._choice.currentIndex())

    def _on_field(self, place: int) -> None:
        self._slot.removeWidget(self._editor)
        self._editor.hide()
        self._editor.deleteLater()
        self._editor = self._editing.make(self._fields[place])
        as_editor(self._editor).set_value(None)
        self._slot.addWidget(self._editor)
        QWidget.setTabOrder(self._choice, self._editor)
        QWidget.setTabOrder(self._editor, self._go)
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    def _on_go(self) -> None:
        try:
            value = as_editor(self._editor).value()
        except Unreadable:
            self._error.setText(self._error_words)
            self._error.show()
            self.adjustSize()
            return
        key = self._fields[self._choice.currentIndex()].key
        self.close()
        self.changed.emit(self._keys, key, value)
