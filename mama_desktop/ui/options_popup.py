"""What somebody has chosen of an event's options, corrected on the card: one of a group, or as many as they like."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QWidget

from mama_desktop.domain.text import TC, T
from mama_desktop.services import capacity, editing
from mama_desktop.services.capacity import OptionRow
from mama_desktop.ui import asking
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import button, label, shortened

_LONGEST = 60
# Higher than this the list of options scrolls.
_HIGHEST = 360


class OptionsPopup(Popup):
    """Filled with what the registration has chosen; "Save" writes, and asks once for what is full."""

    def __init__(self, page: Page, registration_id: str, event_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._registration = page, registration_id
        say = page.say
        self.setMinimumWidth(380)
        self.lay.addWidget(label(say(T("Options chosen")), "emptyTitle", wrap=True))
        self.choices: dict[str, QAbstractButton] = {}
        offered = page.db.read(capacity.options, event_id, page.speak.code)
        self._taken = page.db.read(capacity.options_of, registration_id)
        column = ScrollColumn(4)
        for name, options in groupby(offered, key=lambda option: option.group):
            if name:
                column.add(label(name, "fieldLabel", wrap=True))
            self._add_group(column, list(options))
        self.lay.addWidget(column)
        column.setFixedHeight(min(column.lay.sizeHint().height() + 4, _HIGHEST))
        self.save = button(say(T("Save")), "check", self.give, kind="primary")
        self.lay.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)

    def _add_group(self, column: ScrollColumn, options: list[OptionRow]) -> None:
        """Those of which one may be taken can be let go of as well: "none" stands below them."""
        exclusive = [o for o in options if o.only_one and o.group]
        together = QButtonGroup(self)
        for option in options:
            made = QRadioButton() if option in exclusive else QCheckBox()
            self._describe(made, option)
            if option in exclusive:
                together.addButton(made)
            self.choices[option.id] = made
            column.add(made)
        if exclusive:
            nothing = QRadioButton(self._page.say(TC("of options", "none")))
            together.addButton(nothing)
            column.add(nothing)
            nothing.setChecked(together.checkedButton() is None)

    def _describe(self, made: QAbstractButton, option: OptionRow) -> None:
        remark = f"  ({self._page.say(option.remark)})" if option.remark is not None else ""
        made.setText(shortened(option.name, _LONGEST).replace("&", "&&") + remark)
        made.setAccessibleName(option.name + remark)
        if len(option.name) > _LONGEST:
            made.setToolTip(option.name)
        made.setChecked(option.id in self._taken)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # "None" as well: the keys begin where the choice stands.
        standing = [made for made in self.findChildren(QAbstractButton) if made.isChecked()]
        (standing or [*self.choices.values(), self.save])[0].setFocus()

    def give(self) -> None:
        wanted = [key for key, choice in self.choices.items() if choice.isChecked()]
        self.close()
        if wanted == self._taken:
            return
        page = self._page
        asking.write(
            page, editing.change, "registration", [self._registration], "options", wanted, now=page.db.clock.now(),
            label=T("Registration: {field}", field=T("Options chosen")), tell=True,
        )  # fmt: skip
