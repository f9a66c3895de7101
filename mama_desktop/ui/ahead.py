"""What the first click on an event needs, made ready while the window stands idle: one small step after the other."""

from __future__ import annotations

import contextlib
import gc
import importlib
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.page import Page

# Nobody clicks before; what a person does meanwhile comes between two steps.
_IDLE_MS = 500
# The most clicked page, in the order in which its parts need one another: each takes a few milliseconds.
PARTS = (
    "services.consents", "services.history", "services.invitations", "ui.history_list", "ui.event_page",
    "services.file_answers", "ui.add_person", "ui.decide_menu", "ui.waiting_list", "ui.free_places",
    "ui.registrations_tab",
)  # fmt: skip


def get_ready(window: MainWindow) -> None:
    """Begin half a second from now, when the window has been painted and read."""
    QTimer.singleShot(_IDLE_MS, window, partial(_go_on, window, steps(window)))


def steps(window: MainWindow) -> Iterator[Callable[[], object]]:
    """Everything that is made ready, in pieces during which nobody notices that the window does not listen."""
    for part in PARTS:
        yield partial(importlib.import_module, f"mama_desktop.{part}")
    yield partial(window.prepare, "event")
    page = window.prepare("event")
    if page is not window.page:
        yield from page.preparations()
        yield partial(_style, page)
    # What is loaded now stays to the end: no collection looks through it again while somebody waits for a table.
    yield gc.collect
    yield gc.freeze


def _style(page: Page) -> None:
    """Fonts, colours and sizes of everything on it, which are otherwise found out when it is first shown."""
    if (frame := page.parentWidget()) is not None:
        page.resize(frame.size())
    for widget in (page, *page.findChildren(QWidget)):
        widget.ensurePolished()


def _go_on(window: MainWindow, left: Iterator[Callable[[], object]]) -> None:
    step = next(left, None)
    if step is None:
        return
    # A server that is away for a moment is met again, and said, at the click.
    with contextlib.suppress(OfficeError):
        step()
    QTimer.singleShot(0, window, partial(_go_on, window, left))
