"""The QR of a page: a short text as rows of dark stretches, ready to be drawn."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def qr_runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Modules on a side, and the dark stretches (row from the top, first column, length).

    Error correction M. The mask is fixed: every mask is valid and readable, and choosing the prettiest of the
    eight takes ten times as long as the whole page.
    """
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, 2)
    side = code.getModuleCount()
    runs = []
    for row in range(side):
        start = None
        for column in range(side + 1):
            dark = column < side and code.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((row, start, column - start))
                start = None
    return side, tuple(runs)
