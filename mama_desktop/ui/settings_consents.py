"""Settings: the words of the consents, on the paper for parents and on forms, in both languages and by version."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from mama_desktop.domain.consents import PURPOSES
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.services import consent_words
from mama_desktop.services.consent_words import Wording
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.editors import LongTextEditor
from mama_desktop.ui.labelled import ScrollColumn, labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.widgets import label

# Four lines, in which nearly every wording is seen as a whole.
_HEIGHT = 96
_LANGUAGES = {"sl": T("In Slovene"), "en": T("In English")}


class SettingsConsents(QWidget):
    """`choose(own)` turns to the words for parents or for participants; a finished edit is stored at once."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        say = page.say
        self.which = Segments([say(T("On the paper for parents")), say(T("On the registration form"))])
        self.which.chosen.connect(lambda _place: self.refresh())
        self.note = Callout("wait")
        self._about = label("", "fieldHint", wrap=True)
        self.blocks = {purpose: _Block(page, purpose) for purpose in PURPOSES}
        column = ScrollColumn(spacing=16)
        inside = column.widget()
        assert inside is not None
        inside.setObjectName("page")
        inside.setMaximumWidth(980)
        for block in self.blocks.values():
            block.edited.append(partial(self._on_edited, block))
            column.add(block)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 4, 0, 0)
        lay.setSpacing(12)
        lay.addWidget(self.which)
        lay.addWidget(self._about)
        lay.addWidget(self.note)
        lay.addWidget(column, 1)

    @property
    def is_own(self) -> bool:
        return self.which.current == 1

    def choose(self, own: bool) -> None:
        self.which.choose(int(own))

    def refresh(self) -> None:
        say = self._page.say
        shown = self._page.db.read(consent_words.wordings, own=self.is_own)
        about = (
            T("What participants read on the registration form and say for themselves.")
            if self.is_own
            else T("What parents sign for a minor. The number in brackets on the paper is the version.")
        )
        kept = T("Other words are a new version from today on; who consented before consented to the former words.")
        self._about.setText(f"{say(about)} {say(kept)}")
        shipped = any(one.is_shipped for one in shown)
        source = consent_words.shipped_texts()["source"]
        words = T(
            "Words that came with the program are to be confirmed by whoever looks after data in your office. "
            "Written after: {source}.", source=source,
        )  # fmt: skip
        self.note.tell(say(words) if shipped else "")
        for one in shown:
            self.blocks[one.purpose].show_wording(one)

    def _on_edited(self, block: _Block) -> None:
        text_sl, text_en = block.texts()
        before = block.shown
        if before is None or self._page.db.read_only is not None or (text_sl, text_en) == _said(before):
            return
        label_ = T("Words of a consent: {purpose}", purpose=PURPOSES[block.purpose])
        try:
            self._page.db.write(
                consent_words.new_wording, block.purpose, text_sl, text_en, on=self._page.db.clock.today(),
                own=before.own, label=label_,
            )  # fmt: skip
        except OfficeError as error:
            block.say_wrong(error.what)


class _Block(QFrame):
    """One purpose: its version, and its words in both languages beside each other."""

    def __init__(self, page: Page, purpose: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._page, self.purpose = page, purpose
        self.shown: Wording | None = None
        self.edited: list[partial[None]] = []
        say = page.say
        name = say(PURPOSES[purpose])
        self.version = label("", "muted", wrap=True)
        self.error = label("", "fieldError", wrap=True)
        self.error.hide()
        self.editors = {code: LongTextEditor(None) for code in _LANGUAGES}
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.addWidget(label(name[:1].upper() + name[1:], "groupTitle"), 0, 0, 1, 2)
        grid.addWidget(self.version, 1, 0, 1, 2)
        for place, (code, editor) in enumerate(self.editors.items()):
            grid.addWidget(labelled(say(_LANGUAGES[code]), editor), 2, place)
            grid.setColumnStretch(place, 1)
            editor.setAccessibleName(f"{name}: {say(_LANGUAGES[code])}")
            editor.setFixedHeight(_HEIGHT)
            editor.setReadOnly(page.db.read_only is not None)
            editor.finished.connect(self._on_finished)
        grid.addWidget(self.error, 3, 0, 1, 2)

    def show_wording(self, one: Wording) -> None:
        """A field that is being written in keeps what is typed, unless other words are turned to."""
        other = self.shown is None or self.shown.own != one.own
        self.shown = one
        say = self._page.say
        words = [T("Version {number}", number=one.version)]
        if one.since is not None:
            words = [T("Version {number}, since {day}", number=one.version, day=one.since)]
        if one.is_shipped:
            words.append(T("to be confirmed"))
        self.version.setText("  ·  ".join(say(part) for part in words))
        for editor, said in zip(self.editors.values(), _said(one), strict=True):
            if other or not editor.hasFocus():
                editor.set_value(said)
                self.error.hide()

    def texts(self) -> tuple[str, str]:
        text_sl, text_en = (" ".join((editor.value() or "").split()) for editor in self.editors.values())
        return text_sl, text_en

    def say_wrong(self, words: Text) -> None:
        self.error.setText(self._page.say(words))
        self.error.show()

    def _on_finished(self) -> None:
        self.error.hide()
        for tell in self.edited:
            tell()


def _said(one: Wording) -> tuple[str, str]:
    return one.text_sl, one.text_en
