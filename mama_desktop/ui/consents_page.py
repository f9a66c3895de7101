"""Papers of parents: who is a minor, whose paper is missing, ticked off as they come back, the scan beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain import ages
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T
from mama_desktop.services import consent_table, consents, events, minors, registrations
from mama_desktop.services.papers_consent import CONSENTS
from mama_desktop.ui import dialogs
from mama_desktop.ui.brought import brought_files
from mama_desktop.ui.guardian_asking import meant, people_like
from mama_desktop.ui.letters_page import TEXT
from mama_desktop.ui.page import Page
from mama_desktop.ui.paper_strip import PaperStrip
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.scans import scans
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.widgets import Chip, shortened


class ConsentsPage(Page):
    """Opened with the key of an event."""

    kinds = frozenset({"registration", "person", "event", "consent", "guardian", "attachment", "setting"})
    help_topic = "consents"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._event = self._paper = ""
        say, may = self.say, self.db.read_only is None
        self.add_button(say(T("Write to parents")), "envelope", self.write_to_parents)
        self.print_button = self.add_button(say(T("Print the papers")), "print", self.print_out, primary=True)
        self.table = RowTable(
            "consents", self.speak, self.shell.habits, search_hint=say(T("Name, organisation …")),
            today=self.db.clock.today, complete=lambda _kind, beginning: people_like(self, beginning),
        )  # fmt: skip
        self.strip = PaperStrip(self)
        self.code = self.strip.code
        self.strip.code_read.connect(self._on_code)
        self.strip.agreed.connect(self.tick_everything)
        self.strip.no_photos.connect(self.tick_without_photos)
        self.strip.scan_wished.connect(self.attach)
        for keys, do in (("Alt+1", self.tick_everything), ("Alt+2", self.tick_without_photos)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self.table.set_read_only(not may)
        self.table.set_empty("children", say(T("Nobody below the age of a child is registered for this event.")))
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.opened.connect(self._on_opened)
        self.table.selection_changed.connect(self._on_selection)
        self.table.refused.connect(self._on_refused)
        # What a paper says is a consent of its own, not a cell: nothing is pasted here.
        self._tools = equip(self, self.table, of="consents", noun="", title=self._list_title)
        body = QWidget()
        lay = QVBoxLayout(body)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.table, 1)
        lay.addWidget(self.strip)
        self.strip.setVisible(may)
        self.set_body(body)
        self.setAcceptDrops(may)

    def export(self) -> None:
        self._tools.export.to_excel()

    def _list_title(self) -> str:
        return self._title.text()

    def open(self, key: str, view: str) -> None:
        if key and key != self._event:
            self._event = key
            self.strip.reset()
        self._paper = view

    def refresh(self) -> None:
        head = self.db.read(events.event_head, self._event, language=self.speak.code)
        if head is None:
            self.shell.go("events")
            return
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
        young = self._young_without_data(listing)
        if young:
            words = TN(
                "{count} without consent of parents for personal data",
                "{count} without consent of parents for personal data", young,
            )  # fmt: skip
            chips.append(Chip(say(words), "wait", "data"))
        self.set_chips(chips, self._on_chip)
        if self._paper:
            key, self._paper = self._paper, ""
            self._show_paper(key)
        self._on_selection()

    def _young_without_data(self, listing: Listing) -> int:
        limit = self.db.read(minors.own_consent_age)
        age, data = listing.column("age"), listing.column("data")
        return sum(1 for row in listing.rows if ages.is_below(row[age], limit) and row[data] != consents.GIVEN)

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
        if not keys or self.db.read_only is not None or (paper := self.strip.said()) is None:
            return
        how: dict[str, Any] = {"now": self.db.clock.now(), "on": paper.on, "by": paper.by, "version": paper.version}

        def both(session: Any) -> int:
            consent_table.decide(session, keys, refused, False, **how)
            return consent_table.decide(session, keys, given, True, **how)

        by_scanner = self.code.hasFocus()
        label_ = TN("Paper of {count} minor", "Papers of {count} minors", len(keys))
        before = self.table.shown_keys()
        if self.write(both, label=label_, tell=True) is None or by_scanner:
            # The next paper is scanned: it says itself whose it is.
            self.code.selectAll()
            return
        self._go_on(before, keys[-1])
        self.table.view.setFocus()

    def _go_on(self, before: Sequence[str], last: str) -> None:
        """To the next minor whose paper is missing, in the order in which the rows stood."""
        listing = self.table.rows.listing
        place = listing.column("participation")
        missing = {
            key for key, row in zip(listing.keys, listing.rows, strict=True) if row[place] != consents.GIVEN
        }  # fmt: skip
        shown = set(self.table.shown_keys())
        start = before.index(last) + 1 if last in before else 0
        for key in [*before[start:], *before[:start]]:
            if key in missing and key in shown:
                self.table.select([key])
                return

    # The code on the paper

    def _on_code(self) -> None:
        words = self.code.text().strip()
        if not words:
            return
        found = self.db.read(consent_table.find_paper, self._event, words)
        if found is None:
            self.shell.notice(T("No paper has the code “{code}”.", code=shortened(words)))
            self.code.selectAll()
        elif found[0] != self._event:
            self.shell.go("consents", *found)
            self.shell.notice(T("This paper belongs to another event, which is open now."))
        else:
            self._show_paper(found[1])

    def _show_paper(self, key: str) -> None:
        """Choose the row of a paper, also behind a filter."""
        if key not in self.table.rows.listing.keys:
            self.shell.notice(T("Who this paper is for is no minor of this event any more."))
            return
        if key not in self.table.shown_keys():
            self.table.set_filters({})
            self.table.set_wanted("participation", None)
        self.table.select([key])
        self.code.setFocus()
        self.code.selectAll()

    def _on_edit(self, key: str, field: str, value: Any) -> None:
        self._on_change_many([key], field, value)

    def _on_change_many(self, keys: list[str], field: str, value: Any) -> None:
        label_ = TN("Paper of {count} minor", "Papers of {count} minors", len(keys))
        if field == "guardian" and value:
            people = (self.db.read(registrations.person_of, key) for key in keys)
            value = meant(self, value, children=frozenset(key for key in people if key))
            if value is None:
                self.refresh()
                return
        how: dict[str, Any] = {}
        if field in consents.ON_PAPER and value in (consents.GIVEN, consents.REFUSED):
            if (paper := self.strip.said()) is None:
                self.refresh()
                return
            # The name on the strip belongs to the row that is chosen.
            by = paper.by if list(keys) == self.table.selected_keys() else ""
            how = {"on": paper.on, "by": by, "version": paper.version}
        self.write(consent_table.change_cell, keys, field, value, now=self.db.clock.now(), **how, label=label_)

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
            found = scans(paths)
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
        """The papers of the chosen rows, or of all, seen first, page by page, among the documents of the event."""
        chosen = ",".join(self.table.selected_keys())
        self.shell.go("event", self._event, f"documents:{CONSENTS}" + (f":{chosen}" if chosen else ""))

    def write_to_parents(self) -> None:
        """The letter about the missing consent, to those of the chosen whose is missing, or to all whose is."""
        chosen = ",".join(self.table.selected_keys())
        self.shell.go("letters", self._event, f"{TEXT}consent" + (f":{chosen}" if chosen else ""))

    # The rest

    def _on_chip(self, view: str) -> None:
        if view == "missing":
            self.table.set_wanted("participation", [consents.NONE, consents.REFUSED, consents.WITHDRAWN])
        elif view == "data":
            self.table.set_wanted("data", [consents.NONE, consents.REFUSED, consents.WITHDRAWN])

    def _on_opened(self, key: str) -> None:
        if person := self.db.read(registrations.person_of, key):
            self.shell.go("person", person)

    def _on_refused(self, words: str) -> None:
        self.shell.notice(T("{words}", words=words))

    def _on_selection(self) -> None:
        keys, listing = self.table.selected_keys(), self.table.rows.listing
        if listing.fields:
            family, given = listing.column("family_name"), listing.column("given_name")
            row = dict(zip(listing.keys, listing.rows, strict=True))
            self.strip.show_rows(keys, [f"{row[key][given]} {row[key][family]}".strip() for key in keys])
        self.shell.say_selection(self.selection_words())
