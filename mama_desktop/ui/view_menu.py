"""Named views of a table behind one button: choose, keep what is shown, change, rename, delete."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu

from mama_desktop.domain.text import T
from mama_desktop.services import views
from mama_desktop.services.views import State, View
from mama_desktop.ui import dialogs
from mama_desktop.ui.icons import icon
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_menu import passing_menu
from mama_desktop.ui.widgets import button, label


class Views:
    """The button "Views" of one table; `of` is the table's name in the workspace."""

    def __init__(self, page: Page, table: RowTable, of: str) -> None:
        self._page, self._table, self._of = page, table, of
        self._last: View | None = None
        self.button = button(page.say(T("Views")), "table-list", self.open)
        self.button.setToolTip(page.say(T("Ready and kept views of this table (Alt+V)")))
        self.button.setShortcut("Alt+V")
        table.add_tool(self.button)

    # Choosing

    def open(self) -> None:
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 4)))

    def menu(self) -> QMenu:
        page, say = self._page, self._page.say
        menu = passing_menu(self._table)
        own, ready = self.own(), self.ready()
        for view in own:
            self._add(menu, view, "bookmark")
        if own:
            menu.addSeparator()
        for view in ready:
            self._add(menu, view, "filter")
        if ready:
            menu.addSeparator()
        everything = menu.addAction(icon("rotate-left"), say(T("Show all rows")))
        everything.triggered.connect(self.show_all)
        if page.db.read_only is None:
            menu.addSeparator()
            keep = menu.addAction(icon("floppy-disk"), say(T("Keep what is shown as a view …")))
            keep.triggered.connect(self.ask_name)
            for view in own:
                menu.addMenu(self._about(menu, view))
        return menu

    def own(self) -> list[View]:
        """Those the office keeps."""
        found: list[View] = self._page.db.read(views.views, self._of)
        return found

    def ready(self) -> list[View]:
        keys = [field.key for field in self._table.rows.listing.fields]
        return views.ready_views(self._of, keys, today=self._page.db.clock.today())

    def show(self, view: View, *_checked: bool) -> None:
        """Show what a view shows."""
        self._last = view
        table, state = self._table, view.state
        if state.columns or state.frozen is not None:
            kept = {key: (width, hidden) for key, width, hidden in state.columns}
            table.columns.set_state(kept, state.frozen or 0)
            table.columns.by_hand |= kept.keys()
            table.columns.save()
        if state.order:
            table.sort_by(*state.order)
        filters, strange = views.known_filters(state.filters, table.rows.listing.fields)
        table.set_filters(filters, state.words)
        if strange:
            self._page.shell.notice(
                T("“{name}”: the filter “{field}” belongs to another event and is left out here.",
                  name=view.name, field=strange[0])
            )  # fmt: skip
        table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._page.shell.say_selection(table.selection_words())

    def show_all(self, *_checked: bool) -> None:
        self._last = None
        self._table.set_filters({})

    def now(self) -> State:
        """What the table shows now."""
        table = self._table
        return State(
            filters=table.rows.filters, words=table.search.text(), columns=tuple(table.columns.state()),
            frozen=table.headings.frozen, order=tuple(table.rows.sorted_by),
        )  # fmt: skip

    # Keeping

    def ask_name(self, *_checked: bool) -> None:
        last = self._last
        name = self._page.say(last.name) if last is not None and last.key else ""
        popup = _Name(self._page, T("Name of the view"), T("Keep the view"), name)
        popup.given.connect(self.save)
        popup.open_below(self.button)

    def save(self, name: str) -> None:
        """Keep what is shown under a name; one of that name is overwritten."""
        label = T("View kept: {name}", name=name)
        if self._page.write(views.save_view, self._of, name, self.now(), label=label, tell=True):
            self._last = next((v for v in self.own() if self._page.say(v.name) == name), None)

    def _about(self, menu: QMenu, view: View) -> QMenu:
        say = self._page.say
        one = QMenu(say(T("“{name}” …", name=view.name)), menu)
        one.setIcon(icon("bookmark"))
        for words, picture, do in (
            (T("Change it to what is shown now"), "floppy-disk", self.change),
            (T("Rename …"), "pen", self.ask_rename),
            (T("Delete the view"), "trash", self.delete),
        ):
            one.addAction(icon(picture), say(words)).triggered.connect(partial(_given, do, view))
        return one

    def change(self, view: View) -> None:
        label = T("View changed: {name}", name=view.name)
        self._page.write(views.change_view, view.key, self.now(), label=label, tell=True)

    def ask_rename(self, view: View) -> None:
        popup = _Name(self._page, T("New name of the view"), T("Rename"), self._page.say(view.name))
        popup.given.connect(partial(self.rename, view))
        popup.open_below(self.button)

    def rename(self, view: View, name: str) -> None:
        self._page.write(views.rename_view, view.key, name, label=T("View renamed: {name}", name=name), tell=True)

    def delete(self, view: View) -> None:
        question = T("Delete the view “{name}”?", name=view.name)
        more = T("The rows and columns it showed stay as they are. You can undo this afterwards.")
        if dialogs.ask(self._page, self._page.speak, question, T("Delete"), more=more, dangerous=True) is not None:
            label = T("View deleted: {name}", name=view.name)
            self._page.write(views.delete_view, view.key, label=label, tell=True)

    def _add(self, menu: QMenu, view: View, picture: str) -> None:
        shown = self._is_shown(view)
        action = menu.addAction(icon("check" if shown else picture), self._page.say(view.name))
        action.setCheckable(True)
        action.setChecked(shown)
        action.triggered.connect(partial(self.show, view))

    def _is_shown(self, view: View) -> bool:
        table = self._table
        return (
            dict(view.state.filters) == table.rows.filters
            and view.state.words == table.search.text()
            and bool(view.state.filters or view.state.words)
        )


def _given(do: Any, view: View, *_checked: bool) -> None:
    do(view)


class _Name(Popup):
    """A name to be typed, Enter or the button gives it."""

    given = Signal(str)

    def __init__(self, page: Page, words: Any, action: Any, name: str) -> None:
        super().__init__(page)
        say = page.say
        self.setMinimumWidth(300)
        self.field = QLineEdit(name)
        self.field.setMaxLength(120)
        self.field.setAccessibleName(say(words))
        self.field.selectAll()
        self.field.returnPressed.connect(self._on_go)
        self.lay.addWidget(label(say(words), "fieldLabel"))
        self.lay.addWidget(self.field)
        self.lay.addWidget(button(say(action), "check", self._on_go, kind="primary"))
        self.field.setFocus()

    def _on_go(self) -> None:
        if name := self.field.text().strip():
            self.close()
            self.given.emit(name)
