"""Pictures of a PDF's pages, for the preview in the window and for looking at papers in tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

# PDFium is not safe to be used by two threads at once.
_ONE_AT_A_TIME = Lock()


class PageImage(NamedTuple):
    """A page as it looks: width and height in pixels, rows from the top, four bytes RGBA a pixel, no padding."""

    width: int
    height: int
    rgba: bytes


def page_count(pdf: bytes | Path) -> int:
    """How many pages a PDF has."""
    with _opened(pdf) as document:
        return len(document)


def page_sizes(pdf: bytes | Path) -> list[tuple[float, float]]:
    """Width and height of each page in points, to lay out a preview before anything is drawn."""
    with _opened(pdf) as document:
        return [document.get_page_size(i) for i in range(len(document))]


def page_image(pdf: bytes | Path, index: int, scale: float = 1.0) -> PageImage:
    """One page (from 0); scale 1 is 72 dots an inch. Raises IndexError past the last page."""
    with _opened(pdf) as document:
        if not 0 <= index < len(document):
            raise IndexError(index)
        return _drawn(document, index, scale)


def page_images(pdf: bytes | Path, scale: float = 1.0) -> Iterator[PageImage]:
    """The pages one after another, each drawn when it is asked for."""
    for index in range(page_count(pdf)):
        yield page_image(pdf, index, scale)


@contextmanager
def _opened(pdf: bytes | Path) -> Iterator[Any]:
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def _drawn(document: Any, index: int, scale: float) -> PageImage:
    from pypdfium2.raw import FPDFBitmap_BGRA

    page = document[index]
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=FPDFBitmap_BGRA)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    data = bytes(bitmap.buffer)
    if stride != width * 4:
        data = b"".join(data[row * stride : row * stride + width * 4] for row in range(height))
    bitmap.close()
    page.close()
    return PageImage(width, height, data)
