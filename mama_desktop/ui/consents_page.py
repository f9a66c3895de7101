"""Papers of parents: who is a minor, whose paper is missing, ticked off as they come back, the scan beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T
from mama_desktop.services import consent_table, consents, documents, events
from mama_desktop.services.files import Brought
from mama_desktop.services.papers_consent import CONSENTS
from mama_desktop.ui import dialogs
from mama_desktop.ui.brought import brought_files
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.saving import save_with
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.widgets import Chip, button, label, shortened

_MOST_BYTES = 30_000_000


class ConsentsPage(Page):
    """Opened with the key of an event."""

    kinds = frozenset({"registration", "person", "event", "consent", "guardian", "attachment", "setting"})
    help_topic = "consents"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._event = self._code = ""
        say, may = self.say, self.db.read_only is None
        self.print_button = self.add_button(say(T("Print the papers")), "print", self.print_out, primary=True)
        self.table = RowTable(
            "consents", self.speak, self.shell.habits, search_hint=say(T("Search by name, organisation …")),
            today=self.db.clock.today,
        )  # fmt: skip
        self._agreed = button(say(T("Agreed to everything")), "check-double", self.tick_everything)
        self._no_photos = button(say(T("Agreed, no photos")), "camera", self.tick_without_photos)
        self._scan = button(say(T("Attach a scan")), "paperclip", self.attach)
        if may:
            self.table.add_left(self._agreed, self._no_photos, self._scan)
        for keys, do in (("Alt+1", self.tick_everything), ("Alt+2", self.tick_without_photos)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self._agreed.setToolTip(say(T("{words} ({keys})", words=T("Agreed to everything"), keys="Alt+1")))
        self._no_photos.setToolTip(say(T("{words} ({keys})", words=T("Agreed, no photos"), keys="Alt+2")))
        self.table.set_read_only(not may)
        self.table.set_empty("children", say(T("Nobody below the age of a child is registered for this event.")))
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.opened.connect(self._on_opened)
        self.table.selection_changed.connect(self._on_selection)
        self.table.refused.connect(self._on_refused)
        # What a paper says is a consent of its own, not a cell: nothing is pasted here.
        self._tools = equip(self, self.table, of="consents", noun="", title=self._list_title)
        self._hint = label(
            say(T("Choose a row when its paper is back and say what it says; drop the scan on this page.")),
            "fieldHint", wrap=True,
        )  # fmt: skip
        body = QWidget()
        lay = QVBoxLayout(body)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.table, 1)
        lay.addWidget(self._hint)
        self._hint.setVisible(may)
        self.set_body(body)
        self.setAcceptDrops(may)

    def export(self) -> None:
        self._tools.export.to_excel()

    def _list_title(self) -> str:
        return self._title.text()

    def open(self, key: str, view: str) -> None:
        del view
        self._event = key or self._event

    def refresh(self) -> None:
        head = self.db.read(events.event_head, self._event, language=self.speak.code)
        if head is None:
            self.shell.go("events")
            return
        self._code = head.code
        say = self.say
        steps = (
            (say(T("Events")), "events"),
            (shortened(head.title(self.speak.code)), "event", self._event, "registrations"),
        )
        self.set_where(*steps, (say(T("Consents")), ""))
        self.set_title(say(T("Consents of parents")))
        self.set_about(head.title(self.speak.code))
        listing = self.db.read(consent_table.minors_table, self._event)
        self.table.set_listing(listing)
        place = listing.column("participation")
        missing = sum(1 for row in listing.rows if row[place] != consents.GIVEN)
        photo = listing.column("photo")
        no_photos = sum(1 for row in listing.rows if row[photo] == consents.REFUSED)
        chips = [Chip(say(TN("{count} minor", "{count} minors", len(listing.keys))), "neutral")]
        if missing:
            chips.append(Chip(say(TN("{count} paper missing", "{count} papers missing", missing)), "wait", "missing"))
        elif listing.keys:
            chips.append(Chip(say(T("all papers are here")), "ok"))
        if no_photos:
            words = TN("{count} must not be photographed", "{count} must not be photographed", no_photos)
            chips.append(Chip(say(words), "no"))
        self.set_chips(chips, self._on_chip)
        self._on_selection()

    def selection_words(self) -> str:
        return self.table.selection_words()

    def focus_filter(self) -> None:
        self.table.focus_filter()

    def edit(self) -> None:
        self.table.edit_current()

    # Ticking off

    def tick_everything(self) -> None:
        self._tick(consents.ON_PAPER, ())

    def tick_without_photos(self) -> None:
        self._tick(("participation", "data"), ("photo", "publication"))

    def _tick(self, given: Sequence[str], refused: Sequence[str]) -> None:
        keys = self.table.selected_keys()
        if not keys or self.db.read_only is not None:
            return
        now = self.db.clock.now()

        def both(session: Any) -> None:
            consent_table.decide(session, keys, given, True, now=now)
            consent_table.decide(session, keys, refused, False, now=now)

        self.write(both, label=TN("Paper of {count} minor", "Papers of {count} minors", len(keys)), tell=True)
        self.table.view.setFocus()

    def _on_edit(self, key: str, field: str, value: Any) -> None:
        self._on_change_many([key], field, value)

    def _on_change_many(self, keys: list[str], field: str, value: Any) -> None:
        label_ = TN("Paper of {count} minor", "Papers of {count} minors", len(keys))
        self.write(consent_table.change_cell, keys, field, value, now=self.db.clock.now(), label=label_)

    # The scan

    def attach(self) -> None:
        kinds = f"{self.say(T('Scans'))} (*.pdf *.jpg *.jpeg *.png *.tif *.tiff);;{self.say(T('All files'))} (*)"
        if chosen := dialogs.choose_file(self, self.say(T("Attach a scan")), kinds):
            self._bring(chosen)

    def _bring(self, paths: Sequence[Path]) -> None:
        keys = self.table.selected_keys()
        if not keys:
            self.shell.notice(T("Choose the row of the minor first, then drop the scan."))
            return
        try:
            found = [Brought(path.name, _content(path)) for path in paths if path.is_file()]
        except OSError:
            self.shell.show_error(
                OfficeError(T("The file could not be read."), safe=T("Nothing was added."),
                            todo=T("Close it in other programs, or copy it to this computer first."))
            )  # fmt: skip
            return
        except OfficeError as error:
            self.shell.show_error(error)
            return
        words = TN("Scan of the paper of {count} minor", "Scan of the papers of {count} minors", len(keys))
        self.write(
            consent_table.attach_scan, keys, found, now=self.db.clock.now(), who=self.db.actor.who, label=words,
            tell=True,
        )  # fmt: skip

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brought_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if found := brought_files(event.mimeData()):
            event.acceptProposedAction()
            self._bring(found)

    # Printing

    def print_out(self) -> None:
        """The papers of the chosen rows as a file; of all of them among the documents of the event."""
        keys = self.table.selected_keys()
        if not keys:
            # All of them are seen first, page by page.
            self.shell.go("event", self._event, f"documents:{CONSENTS}")
            return
        make = partial(documents.make, self.db, CONSENTS, self._code, options={"registrations": keys})
        name = f"{self._code} {self.say(documents.DOCUMENTS[CONSENTS].title).lower()}.pdf"
        save_with(self, name, lambda path, _report: make(path), T("The papers are saved."))

    # The rest

    def _on_chip(self, view: str) -> None:
        if view == "missing":
            self.table.set_wanted("participation", [consents.NONE, consents.REFUSED, consents.WITHDRAWN])

    def _on_opened(self, key: str) -> None:
        from mama_desktop.services import registrations

        if person := self.db.read(registrations.person_of, key):
            self.shell.go("person", person)

    def _on_refused(self, words: str) -> None:
        self.shell.notice(T("{words}", words=words))

    def _on_selection(self) -> None:
        some = bool(self.table.selected_keys())
        for made in (self._agreed, self._no_photos, self._scan):
            made.setEnabled(some)
        self.shell.say_selection(self.selection_words())


def _content(path: Path) -> bytes:
    if path.stat().st_size > _MOST_BYTES:
        raise OfficeError(
            T("“{name}” is larger than {most} MB.", name=path.name, most=_MOST_BYTES // 1_000_000),
            safe=T("Nothing was added."),
            todo=T("Scan in black and white, or with 200 dots per inch."),
        )
    return path.read_bytes()
