"""Writing to people: a text with placeholders left, each one's letter right, and out as drafts, PDF, Word or labels."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import (
    events,
    letter_making,
    letter_texts,
    letters,
    papers_letters,
    placeholder_values,
    registrations,
)
from mama_desktop.services.letter_making import Made
from mama_desktop.services.letters import Mailing, Wish
from mama_desktop.services.recipients import Audience, of_group
from mama_desktop.services.splitting import groups_among
from mama_desktop.sheets.files import safe_filename
from mama_desktop.store.database import Database
from mama_desktop.ui import dialogs
from mama_desktop.ui.icons import icon
from mama_desktop.ui.jobs import Job, Jobs, Report
from mama_desktop.ui.label_popup import LabelPopup
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.letter_handing import HandOver
from mama_desktop.ui.letter_preview import LetterPreview
from mama_desktop.ui.letter_text_panel import LetterTextPanel, texts_of
from mama_desktop.ui.letters_made import LettersMade
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.saving import ask_where, save_at
from mama_desktop.ui.widgets import Chip, button

_PAUSE_MS = 250
_WIDE = 980
_FOLDER = "save/folder"
REGISTRATIONS, PEOPLE, GROUP, MADE = "registrations:", "people:", "group:", "made"
ORGANISATIONS, TEXT = "organisations:", "text:"


class LettersPage(Page):
    """Opened with an event's key and "registrations:key,key" (nobody named: those who take part), or without an event
    and "people:key,key", "organisations:key,key" or "group:key"; "made" shows what was written, "text:consent" takes
    that text at once ("text:consent:key,key" for these registrations)."""

    kinds = frozenset({
        "letter", "letter_recipient", "letter_template", "registration", "person", "organisation", "event", "party",
        "consent", "setting",
    })  # fmt: skip
    help_topic = "letters"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self._audience, self._code, self._turn, self._has_begun = Audience(), "", 0, False
        self._is_named, self._composed_for = False, Audience()
        self._job: Job | None = None
        self.more = button(self.say(T("Other ways")), "ellipsis")
        self.more.setMenu(self._menu())
        self._buttons.addWidget(self.more)
        self.drafts = self.add_button(self.say(T("Save mail drafts")), "envelope", self._on_drafts, primary=True)
        self.panel = LetterTextPanel(speak)
        self.preview = LetterPreview(speak)
        self.made = LettersMade(self)
        column = self._column = ScrollColumn()
        column.add(self.panel)
        # The field for the text takes what room there is.
        column.lay.setStretchFactor(self.panel, 1_000)
        writing = QWidget()
        across = QHBoxLayout(writing)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        across.addWidget(column)
        across.addWidget(self.preview, 1)
        self.add_tab("write", self.say(T("Write")), writing)
        self.add_tab(MADE, self.say(T("Written so far")), self.made)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._compose)
        self._handing = HandOver(self)
        self.panel.changed.connect(self._soon.start)
        self.panel.keep_wished.connect(self._on_keep)
        self.panel.back_wished.connect(self._on_back)
        if db.read_only is not None:
            self.panel.keep_button.hide()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for words, picture, do in (
            (T("Letters as PDF"), "file-pdf", partial(self._on_file, ".pdf")),
            (T("Letters for Word"), "file-word", partial(self._on_file, ".docx")),
            (T("Address labels …"), "tags", self._on_labels),
            (T("Hand over to the mail program"), "paper-plane", self._on_mail_program),
            (T("Copy the addresses"), "copy", self._on_copy),
            (T("PDF, a file for each organisation"), "building", partial(self._on_split, ".pdf")),
            (T("Word, a file for each organisation"), "building", partial(self._on_split, ".docx")),
        ):
            menu.addAction(icon(picture), self.say(words)).triggered.connect(do)
        return menu

    # What the frame asks

    def open(self, key: str, view: str) -> None:
        if view == MADE:
            self._audience = self._audience if self._audience.event_id == key else Audience(key)
            self.show_tab(MADE)
            return
        audience = self._asked(key, view)
        self.show_tab("write")
        is_new = audience.event_id != self._audience.event_id or not self._has_begun or view.startswith(TEXT)
        if audience != self._audience or not self._has_begun:
            groups = self.db.read(groups_among, audience.registration_ids)
            self.panel.show_readers(groups=groups, organisations=bool(audience.organisation_ids))
        self._has_begun = True
        self._audience = audience
        if is_new or not self.panel.is_changed:
            self.panel.show_texts(self.db.read(letter_texts.letter_texts))
            self.panel.choose(view.split(":")[1] if view.startswith(TEXT) else self._text_at_hand())

    def _asked(self, key: str, view: str) -> Audience:
        after = view.removeprefix(TEXT) if view.startswith(TEXT) else view
        named = tuple(part for part in after.partition(":")[2].split(",") if part)
        self._is_named = bool(named)
        if view.startswith(PEOPLE):
            return Audience(person_ids=named)
        if view.startswith(ORGANISATIONS):
            return Audience(key, organisation_ids=named)
        if view.startswith(GROUP):
            return Audience(person_ids=self.db.read(of_group, named[0], today=self.db.clock.today()) if named else ())
        if not named and key:
            found = self.db.read(registrations.registrations, key, keys=["status"], statuses=("accepted", "confirmed"))
            named = tuple(found.keys)
        return Audience(key, named)

    def _text_at_hand(self) -> str:
        """The ready text for the commonest status of those chosen."""
        if not self._audience.registration_ids:
            return "invitation" if self._audience.event_id else ""
        found = self.db.read(registrations.registrations, self._audience.event_id, keys=["status"])
        chosen = set(self._audience.registration_ids)
        statuses = [row[0] for key, row in zip(found.keys, found.rows, strict=True) if key in chosen]
        commonest = max(sorted(set(statuses)), key=statuses.count, default="accepted")
        return letter_texts.FOR_STATUS.get(commonest, "before")

    def refresh(self) -> None:
        event, organisations = self._audience.event_id, bool(self._audience.organisation_ids)
        head = self.db.read(events.event_head, event, language=self.speak.code) if event else None
        if event and head is None:
            self.shell.go("events")
            return
        self._code = head.code if head else ""
        if head is not None:
            self.set_where((self.say(T("Events")), "events"), (head.title(self.speak.code), "event", head.id, ""),
                           (self.say(T("Letters")), ""))  # fmt: skip
        else:
            where = (T("Organisations"), "organisations") if organisations else (T("People"), "people")
            self.set_where((self.say(where[0]), where[1]), (self.say(T("Letters")), ""))
        has_day = head is not None and head.starts_on is not None and head.precision != "month"
        known = self.db.read(placeholder_values.offered, event, organisations=organisations)
        self.panel.show_known(known, has_event=head is not None, has_day=has_day)
        self.panel.show_texts(self.db.read(letter_texts.letter_texts))
        written = self.made.show_event(event)
        tab = T("Written so far ({count})", count=written) if written else T("Written so far")
        self._bar.setTabText(1, self.say(tab))
        self._compose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._column.setFixedWidth(430 if self.width() > _WIDE else 384)

    def focus_filter(self) -> None:
        self.panel.body.setFocus()

    def print_out(self) -> None:
        if self.drafts.isEnabled():
            self._on_file(".pdf")

    # The preview

    @property
    def wish(self) -> Wish:
        panel = self.panel
        subjects, bodies = texts_of(panel)
        return Wish(
            self._readers(), subjects, bodies, str(panel.kind.currentData()), self._name(),
            str(panel.language.currentData()), by_organisation=panel.by_organisation.isChecked(),
            by_party=panel.by_party.isChecked() and not panel.by_party.isHidden(),
            calendar=panel.calendar.isChecked() and not panel.calendar.isHidden(),
            own_form=panel.own_form.isChecked() and not panel.own_form.isHidden(),
            files=tuple(panel.files), template=panel.chosen.key,
        )  # fmt: skip

    def _readers(self) -> Audience:
        """Those who were chosen; of a letter about consents at first only whose is missing, or all of the event whose
        is, when nobody was chosen."""
        audience, panel = self._audience, self.panel
        is_about = panel.kind.currentData() == "consent" and bool(audience.event_id) and not audience.organisation_ids
        panel.only_missing.setVisible(is_about)
        if not (is_about and panel.only_missing.isChecked()):
            return audience
        among = audience.registration_ids if self._is_named else None
        return Audience(
            audience.event_id, self.db.read(papers_letters.without_consent, audience.event_id, among)
        )  # fmt: skip

    def _show_title(self, audience: Audience) -> None:
        count = len(audience.keys)
        words = TN("Write to {count} person", "Write to {count} people", count)
        if audience.organisation_ids:
            words = TN("Write to {count} organisation", "Write to {count} organisations", count)
        self.set_title(self.say(words if count else T("Letters")))

    def _name(self) -> str:
        """As the folder and the list call it."""
        name = self.panel.name_of_text() or self.say(T("letter"))
        return f"{self._code} {name.lower()}".strip()

    def _compose(self) -> None:
        self._turn += 1
        if self._job is not None:
            self._job.cancel()
        turn, wish, now = self._turn, self.wish, self.db.clock.now()
        self._show_title(wish.audience)
        if wish.audience != self._composed_for:
            # What stands there was written to others.
            self._composed_for = wish.audience
            self.preview.wait()
            self.set_chips([])
            self._allow(False)

        def work(_report: Report) -> Mailing:
            return self.db.read(letters.compose, wish, now=now)

        self._job = self.jobs.start(T("Writing the letters"), work, done=partial(self._on_composed, turn))

    def _on_composed(self, turn: int, mailing: Mailing) -> None:
        if turn != self._turn:
            return
        self._job = None
        self.panel.show_problems(mailing.problems)
        self.preview.show_mailing(mailing)
        self._show_buttons(mailing)
        chips = [Chip(self.say(TN("{count} letter", "{count} letters", len(mailing.letters))), "neutral")]
        for count, tone, words in (
            (len(mailing.by_mail), "ok", TN("{count} by e-mail", "{count} by e-mail", len(mailing.by_mail))),
            (len(mailing.without_mail), "wait",
             TN("{count} on paper", "{count} on paper", len(mailing.without_mail))),
            (len(mailing.left_out), "no", TN("{count} left out", "{count} left out", len(mailing.left_out))),
        ):  # fmt: skip
            if count:
                chips.append(Chip(self.say(words), tone))
        self.set_chips(chips)

    def _show_buttons(self, mailing: Mailing) -> None:
        """Without a letter nothing can be written; each button says why."""
        why = "" if mailing.letters or mailing.nobody is None else self.say(mailing.nobody)
        self._allow(bool(mailing.letters), why)

    def _allow(self, can_write: bool, why: str = "") -> None:
        for one in (self.drafts, self.more):
            one.setEnabled(can_write)
            one.setToolTip(why)

    # Making

    def _on_drafts(self) -> None:
        folder = dialogs.choose_folder(self, self.say(T("A folder for the drafts")), self._last_folder())
        if folder is not None:
            self.shell.habits.setValue(_FOLDER, str(folder))
            self._start(T("Saving mail drafts"), partial(letter_making.make_drafts, self.db, self.wish, folder))

    def _on_file(self, suffix: str, *_checked: bool) -> None:
        path = ask_where(self, safe_filename(self._name(), suffix))
        if path is not None:
            self._into(path, partial(letter_making.make_file, self.db, self.wish))

    def _into(self, path: Path, make: Any) -> None:
        def write(to: Path, report: Report) -> None:
            make(to, report)

        save_at(self, path, write, T("“{name}” is saved.", name=path.name))

    def _on_split(self, suffix: str, *_checked: bool) -> None:
        folder = dialogs.choose_folder(self, self.say(T("A folder for the files")), self._last_folder())
        if folder is not None:
            make = partial(letter_making.make_by_organisation, self.db, self.wish, folder, suffix)
            self._start(T("Saving letters"), make)

    def _on_labels(self) -> None:
        popup = LabelPopup(self)
        popup.chosen.connect(self._on_label_sheet)
        popup.open_below(self.more)

    def _on_label_sheet(self, sheet: str, start: int) -> None:
        name = f"{self._code} {self.say(T('Address labels')).lower()}".strip()
        path = ask_where(self, safe_filename(name, ".pdf"))
        if path is not None:
            self._into(path, partial(letter_making.make_labels, self.db, self.wish, sheet=sheet, start=start))

    def _on_mail_program(self) -> None:
        self._handing.hand_over(self.wish)

    def _on_copy(self) -> None:
        self._handing.copy(self.wish)

    def _start(self, name: Text, make: Any) -> None:
        self.jobs.start(name, make, done=self._on_made, failed=self._on_failed)

    def _on_made(self, made: Made) -> None:
        words = TN("{count} letter in “{name}”.", "{count} letters in “{name}”.", made.count, name=made.path.name)
        if made.on_paper:
            words = TN(
                "{all} letters in “{name}”; {count} of them as a PDF, because there is no e-mail.",
                "{all} letters in “{name}”; {count} of them as a PDF, because there is no e-mail.",
                made.on_paper, all=made.count, name=made.path.name,
            )  # fmt: skip
        self.shell.notice_file(words, made.path)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, OfficeError):
            self.shell.show_error(error)
        else:
            self.jobs.bug.emit(error)

    def _last_folder(self) -> Path:
        kept = self.shell.habits.value(_FOLDER)
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(str(kept)) if kept and Path(str(kept)).is_dir() else Path(usual)

    # Texts

    def _on_keep(self, name: str) -> None:
        panel = self.panel
        subjects, bodies = texts_of(panel)
        key = self.write(
            letter_texts.keep_text, "" if name else panel.chosen.key, kind=str(panel.kind.currentData()),
            subjects=subjects, bodies=bodies, name=name, label=T("Keep a letter text"), tell=True,
        )  # fmt: skip
        if key:
            panel.show_texts(self.db.read(letter_texts.letter_texts))
            panel.choose(key)

    def _on_back(self) -> None:
        key = self.panel.chosen.key
        words = T("Back to the shipped text") if self.panel.chosen.is_shipped else T("Delete this text")
        self.write(letter_texts.back_to_shipped, key, label=words, tell=True)
        self.panel.show_texts(self.db.read(letter_texts.letter_texts))
        self.panel.choose(key)
