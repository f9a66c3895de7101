"""A travel order on paper: seen page by page, then printed, saved or opened, in either language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services.expenses.papers_order import make_orders
from mama_desktop.services.paper import Paper
from mama_desktop.sheets import pages
from mama_desktop.ui.documents_made import Source
from mama_desktop.ui.leaving import Leaving
from mama_desktop.ui.page import Page
from mama_desktop.ui.preview import Preview
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.widgets import Flow, button

_LANGUAGES = ("sl", "en")


class OrderSource:
    """The paper of some orders, on its way out."""

    def __init__(self, page: Page, keys: Sequence[str], language: str = "sl", *, front_only: bool = False) -> None:
        self._page, self._keys, self._language = page, list(keys), language
        self._options = {"part": "order"} if front_only else {}

    def paper(self) -> Paper:
        db = self._page.db
        return db.read(
            make_orders, ",".join(self._keys), language=self._language, options=self._options, now=db.clock.now(),
            who=db.actor.who,
        )  # fmt: skip

    def source(self) -> Source:
        return Source(f"{self.paper().file_name}.pdf", self.pdf)

    def pdf(self) -> bytes:
        return self.paper().pdf()

    def pages(self) -> int:
        return len(pages.page_sizes(self.pdf()))


class OrderPaper(QWidget):
    """`show_order(key)`: the preview is made when the tab is seen."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._key = page, ""
        say = page.say
        self.language = Segments([say(T("In Slovene")), say(T("In English"))])
        self.sides = Segments([say(T("Order and settlement")), say(T("Order only"))])
        self.leaving = Leaving(page)
        self.preview = Preview(page.speak)
        self.language.chosen.connect(self._on_chosen)
        self.sides.chosen.connect(self._on_chosen)
        top = Flow(8)
        top.add([
            self.sides, self.language,
            button(say(T("Print")), "print", self.print_shown),
            button(say(T("Save as PDF")), "file-pdf", self.save_shown),
            button(say(T("Open")), "up-right-from-square", self.open_shown),
        ])  # fmt: skip
        bar = QWidget()
        bar.setLayout(top)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addWidget(bar)
        lay.addWidget(self.preview, 1)

    def show_order(self, key: str) -> None:
        self._key = key
        try:
            self.preview.show_pdf(self._paper().pdf())
        except OfficeError as error:
            self.preview.show_words(self._page.say(error.what), "file")

    def print_shown(self) -> None:
        if self._key:
            self.leaving.print(self._paper().source(), self.preview.pages.count)

    def save_shown(self) -> None:
        if self._key:
            self.leaving.save(self._paper().source())

    def open_shown(self) -> None:
        if self._key:
            self.leaving.open(self._paper().source())

    def _paper(self) -> OrderSource:
        language = _LANGUAGES[self.language.current]
        return OrderSource(self._page, [self._key], language, front_only=self.sides.current == 1)

    def _on_chosen(self, _place: int) -> None:
        if self._key:
            self.show_order(self._key)
