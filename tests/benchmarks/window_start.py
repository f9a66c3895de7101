"""One start of the real program on a workspace: prints how long it took until the window was painted and idle."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import psutil  # type: ignore[import-untyped]  # it brings no stubs
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from mama_desktop.__main__ import main


class _FirstPaint(QObject):
    """Sees the first paint of the window, and says so when nothing more is waiting after it."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        middle = window.centralWidget()
        assert middle is not None
        middle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        measured = {
            "seconds": time.time() - _begun,
            "processor": time.process_time(),
            "memory": psutil.Process().memory_info().rss / 2**20,
        }
        print(json.dumps(measured), flush=True)
        os._exit(0)


def _exec(app: Any) -> int:
    window = next(w for w in app.topLevelWidgets() if isinstance(w, QMainWindow))
    _FirstPaint(window)
    return int(_real_exec())


if __name__ == "__main__":
    # The program is started as always; only its event loop is entered by our door.
    _real_exec = QApplication.exec
    QApplication.exec = _exec  # type: ignore[method-assign,assignment]  # see above
    # The moment at which the parent began to start us: the system's own is rounded to a second.
    _begun = float(sys.argv[2])
    sys.argv = ["mama-desktop", "-w", sys.argv[1]]
    main()
