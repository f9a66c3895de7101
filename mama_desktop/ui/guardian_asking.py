"""Who is meant by the name of a parent or guardian: found among the known people before a new one is made."""

from __future__ import annotations

from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T, verbatim
from mama_desktop.services import people
from mama_desktop.store.search import find
from mama_desktop.ui import dialogs
from mama_desktop.ui.page import Page

_MOST = 3


def people_like(page: Page, beginning: str) -> list[Found]:
    """The people a name, an e-mail or a phone begins like, while it is typed."""
    return [hit for hit in page.db.read(find, beginning, 40) if hit.kind == "person"][:8]


def meant(page: Page, who: Found | str, *, children: frozenset[str] = frozenset()) -> Found | str | None:
    """Somebody picked, or a name as it was typed; asks when people of this name are known. None: leave it.

    children: keys of the people whose guardian is named; a child may be called like a parent.
    """
    if isinstance(who, Found):
        return who
    known = [one for one in page.db.read(people.named, who) if one[0] not in children][:_MOST]
    if not known:
        return who
    answers = [T("It is {person}", person=words) for _, words in known]
    question = T("Somebody called {name} is known already. Is it the same person?", name=who)
    chosen = dialogs.ask(page, page.speak, question, *answers, T("Somebody else: add a new person"))
    if chosen is None:
        return None
    if chosen == len(known):
        return who
    key, words = known[chosen]
    return Found("person", key, str(page.say(verbatim(words))))
