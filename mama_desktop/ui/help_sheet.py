"""F1: what this page is for and which keys there are; from the handbook where it has a page for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mama_desktop import resources
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui import dialogs

KEYS: tuple[tuple[str, Text], ...] = (
    ("Ctrl+K", T("Find anything: an event, a person, an organisation, a command")),
    ("Ctrl+Z · Ctrl+Y", T("Undo · redo, whatever it was and wherever it was")),
    ("Ctrl+N", T("Add")),
    ("Ctrl+F", T("Search in the table")),
    ("Ctrl+F, Ctrl+F", T("A row of filters under the headings")),
    ("Alt+↓", T("Filter the column of the current cell")),
    ("Alt+V", T("Views of the table")),
    ("F2", T("Edit the cell")),
    ("Ctrl+D", T("Fill the chosen cells with the first one")),
    ("Shift+Space", T("Choose the whole row")),
    ("Delete · Ctrl+Delete", T("Empty the chosen cells · delete the row")),
    ("Ctrl+C · Ctrl+V", T("Copy to Excel · paste from Excel")),
    ("Ctrl+E", T("Export to Excel")),
    ("Ctrl+P", T("Print the sign-in sheet")),
    ("Ctrl+1 … Ctrl+9", T("Go to a place at the left")),
    ("Ctrl+Tab", T("Next tab")),
    ("Alt+←", T("Back to where you were")),
    ("Alt+F", T("File menu")),
    ("F5", T("Read again")),
)


TAB_TOPICS = {
    "form": "form", "attendance": "key-in", "transport": "transport", "documents": "documents", "backups": "backups",
    "history": "history", "claims": "claims", "payments": "claims", "orders": "travel-orders",
}  # fmt: skip
"""Tabs that have a page of the handbook of their own."""


def topic_of(page_topic: str, tab: str) -> str:
    """The topic of what is shown: its tab's where the handbook has one."""
    return TAB_TOPICS.get(tab, page_topic)


def show_help(parent: QWidget | None, speak: Language, topic: str) -> None:
    page = resources.path("handbook", speak.code, f"{topic}.md")
    about = page.read_text(encoding="utf-8") if page.is_file() else ""
    rows = "\n".join(f"- **{keys}**: {speak.say(words)}" for keys, words in KEYS)
    title = speak.say(T("Keys"))
    dialogs.show_page(parent, speak, T("Help"), f"{about}\n\n### {title}\n\n{rows}\n")
