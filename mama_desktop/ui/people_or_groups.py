"""Two lists of one place: the people, and the working groups they are members of."""

from __future__ import annotations

from mama_desktop.domain.text import T
from mama_desktop.ui.page import Page
from mama_desktop.ui.segments import Segments

_PLACES = ("people", "groups")


class PeopleOrGroups(Segments):
    """On both pages in the same spot; choosing the other goes there and leaves this one as it was."""

    def __init__(self, page: Page, mine: str) -> None:
        super().__init__((page.say(T("People")), page.say(T("Working groups"))))
        self._page, self._mine = page, _PLACES.index(mine)
        self.choose(self._mine)
        self.chosen.connect(self._on_chosen)

    def _on_chosen(self, place: int) -> None:
        if place != self._mine:
            self.choose(self._mine)
            self._page.shell.go(_PLACES[place])
