"""A finished PDF on the printer: its pages as pictures of 300 dots an inch, drawn beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T
from mama_desktop.sheets import pages
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.page import Page

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300


def picture_of(pdf: bytes, index: int, scale: float) -> QImage:
    """A page as a picture; scale 1 is 72 dots an inch. The picture owns its bytes."""
    drawn = pages.page_image(pdf, index, scale)
    image = QImage(drawn.rgba, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGBA8888)
    return image.copy()


def draw_pages(pdf: bytes, printer: QPrinter, report: Report) -> int:
    """Draw the pages on the printer, each as it lies or stands; returns how many. Called beside the window."""
    sizes = pages.page_sizes(pdf)
    printer.setResolution(DPI)
    printer.setFullPage(True)
    _turn(printer, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise OfficeError(
            T("The printer does not answer."), safe=T("Nothing was printed."),
            todo=T("Check that it is on and connected, or save the PDF and print it elsewhere."),
        )  # fmt: skip
    try:
        for index, size in enumerate(sizes):
            report(index, len(sizes))
            if index:
                _turn(printer, size)
                printer.newPage()
            scale = DPI / 72
            picture = picture_of(pdf, index, scale)
            painter.drawImage(QRectF(0, 0, size[0] * scale, size[1] * scale), picture)
    finally:
        painter.end()
    return len(sizes)


def _turn(printer: QPrinter, size: tuple[float, float]) -> None:
    lies = size[0] > size[1]
    orientation = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    paper = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(paper, orientation, QMarginsF(0, 0, 0, 0)))


def say_printed(page: Page, name: str, count: int) -> None:
    """Say that it is on its way."""
    words = TN("{count} page was sent to {printer}.", "{count} pages were sent to {printer}.", count, printer=name)
    page.shell.notice(words)
