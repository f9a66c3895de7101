"""Choose a backup and see what is in it before anything is replaced."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.store.backup import BackupContents, BackupInfo, backups, contents, folder_of
from mama_desktop.ui import dialogs


def choose_backup(parent: QWidget | None, speak: Language, workspace: Path, kinds: str) -> Path | None:
    """The copy to restore, after its contents were shown and agreed to; None when nothing shall change."""
    say = speak.say
    found = backups(folder_of(workspace), workspace.stem)
    options = [say(_words(info)) for info in found]
    elsewhere = say(T("Another place …"))
    chosen = dialogs.choose(parent, speak, T("Which backup would you like to see?"), [*options, elsewhere])
    if chosen is None:
        return None
    if chosen == len(options):
        paths = dialogs.choose_file(parent, say(T("Open a backup")), kinds, folder_of(workspace))
        if not paths:
            return None
        path = paths[0]
    else:
        path = found[chosen].path
    try:
        held = contents(path)
    except OfficeError as error:
        dialogs.show_error(parent, speak, error)
        return None
    more = T("What is there now is kept beside it as a dated copy.")
    question = T("Restore this backup?")
    answer = dialogs.ask(parent, speak, question, T("Restore it"), more=more, details=_preview(held), dangerous=True)
    return path if answer == 0 else None


def _words(info: BackupInfo) -> Text:
    if info.kind == "before-upgrade":
        return T("{at} – before an upgrade", at=info.at)
    if info.kind == "replaced":
        return T("{at} – what was replaced then", at=info.at)
    return T("{at}", at=info.at)


def _preview(held: BackupContents) -> list[Text]:
    lines = [
        TN("{count} event", "{count} events", held.events),
        TN("{count} person", "{count} people", held.people),
        TN("{count} registration", "{count} registrations", held.registrations),
    ]
    if held.last_label is not None and held.last_at is not None:
        lines.append(T("Last change: {what}, {at}, {who}", what=held.last_label, at=held.last_at, who=held.last_who))
    return lines
