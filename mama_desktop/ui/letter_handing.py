"""Addresses on their way to the mail program, or batch by batch on the clipboard when they do not fit."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T
from mama_desktop.services import letter_handing, letter_making
from mama_desktop.services.letters import Wish
from mama_desktop.services.mail_program import batches
from mama_desktop.ui import dialogs
from mama_desktop.ui.page import Action, Page


class HandOver:
    """What the page of letters does with the addresses of a mailing."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def hand_over(self, wish: Wish) -> None:
        """Open the mail program once for each language; what does not fit goes to the clipboard, and is said."""
        page = self._page
        try:
            mailing, found = page.db.read(letter_handing.handings, wish, now=page.db.clock.now())
        except OfficeError as error:
            page.shell.show_error(error)
            return
        if not found:
            page.shell.notice(T("None of them has an e-mail."))
            return
        links = [one.given.link for one in found if one.given.link]
        rest = tuple(batch for one in found for batch in one.given.batches)
        opened = [dialogs.open_link(link) for link in links]
        if not all(opened):
            # No mail program is set up: the addresses are of use elsewhere.
            rest = batches([mail for one in found for mail in one.addresses])
        letter_making.keep_handed_over(page.db, wish, mailing, "clipboard" if rest else "mailto")
        if rest:
            self._put(rest, 0)
        elif all(one.is_common for one in found):
            page.shell.notice(T("The mail program has the addresses in the blind copy, with subject and text."))
        else:
            page.shell.notice(
                T("The mail program has the addresses. The text is different for everybody: save drafts to use it.")
            )

    def copy(self, wish: Wish) -> None:
        """The addresses only, in batches."""
        page = self._page
        try:
            mailing, found = page.db.read(letter_handing.handings, wish, now=page.db.clock.now())
        except OfficeError as error:
            page.shell.show_error(error)
            return
        rest = batches(list(dict.fromkeys(mail for one in found for mail in one.addresses)))
        if not rest:
            page.shell.notice(T("None of them has an e-mail."))
            return
        letter_making.keep_handed_over(page.db, wish, mailing, "clipboard")
        self._put(rest, 0)

    def _put(self, rest: tuple[str, ...], place: int) -> None:
        QGuiApplication.clipboard().setText(rest[place])
        count = rest[place].count(";") + 1
        if len(rest) == 1:
            words = TN("{count} address is on the clipboard.", "{count} addresses are on the clipboard.", count)
            self._page.shell.notice(words)
            return
        words = TN(
            "Batch {number} of {all}: {count} address is on the clipboard. All at once would be too many.",
            "Batch {number} of {all}: {count} addresses are on the clipboard. All at once would be too many.",
            count, number=place + 1, all=len(rest),
        )  # fmt: skip
        if place + 1 < len(rest):
            self._page.shell.notice(words, Action(T("Copy the next batch"), partial(self._put, rest, place + 1)))
        else:
            self._page.shell.notice(words)
