"""The field in which a letter is written: placeholders in colour, what cannot be filled marked as it is typed."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from mama_desktop.services import placeholders
from mama_desktop.services.placeholders import Known
from mama_desktop.ui.theme import tokens


class PlaceholderColours(QSyntaxHighlighter):
    """Known placeholders and forms on a soft ground; unknown ones red and underlined."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.known: Known | None = None

    def highlightBlock(self, text: str) -> None:
        if self.known is None:
            return
        for part in placeholders.parts(text):
            if part.kind == "text":
                continue
            look = QTextCharFormat()
            if part.kind == "broken" or (part.kind == "value" and self.known.key_of(part.words) is None):
                look.setForeground(tokens().color("no"))
                look.setUnderlineColor(tokens().color("no"))
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            else:
                tone = "info" if part.kind == "forms" else "accent"
                look.setForeground(tokens().color(tone))
                look.setBackground(tokens().color(f"{tone}_soft"))
            # Qt counts in UTF-16 units, Python in characters.
            start = len(text[: part.start].encode("utf-16-le")) // 2
            self.setFormat(start, len(text[part.start : part.end].encode("utf-16-le")) // 2, look)


class LetterEditor(QPlainTextEdit):
    """Plain text; Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.colours = PlaceholderColours(self.document())

    def set_known(self, known: Known) -> None:
        self.colours.known = known
        self.colours.rehighlight()

    def set_text(self, words: str) -> None:
        if words != self.toPlainText():
            self.setPlainText(words)

    def insert(self, words: str) -> None:
        """At the cursor, which has the keys again."""
        self.textCursor().insertText(words)
        self.setFocus()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 190)
