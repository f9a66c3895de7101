"""The one write of an import: asked once when it goes over capacity, and afterwards what has to be known of it."""

from __future__ import annotations

from functools import partial

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import import_draft
from mama_desktop.services.counting import OverCapacity
from mama_desktop.services.import_draft import Preview
from mama_desktop.services.taking_in import Taken
from mama_desktop.ui import dialogs
from mama_desktop.ui.page import Page


def take_in(page: Page, preview: Preview) -> Taken | None:
    """Take in as decided; None when nothing was written, and then the person knows why."""
    store = partial(import_draft.store, preview=preview, now=page.db.clock.now())
    label = partial(import_draft.label_of, preview.draft.name)
    try:
        taken: Taken = page.db.write(store, label=label)
        return taken
    except OverCapacity as error:
        if not _wants_over(page, error):
            page.refresh()
            return None
    except OfficeError as error:
        page.shell.show_error(error)
        page.refresh()
        return None
    written: Taken | None = page.write(partial(store, over_capacity=True), label=label)
    return written


def _wants_over(page: Page, error: OverCapacity) -> bool:
    first = error.exceeded[0]
    number = {"places": first.places, "taken": first.taken}
    question = (
        T("There are {places} places; with these it would be {taken}. Take them in all the same?", **number)
        if first.kind == "event"
        else T("{name}: there are {places} places; with these it would be {taken}. Take them in all the same?",
               name=first.name or verbatim(first.value), **number)
    )  # fmt: skip
    details = [T("{name}: {now}", name=one.name or verbatim(one.value), now=one.now) for one in error.exceeded]
    more = T("The file accepts them. This stays in the history. Nothing of the file is taken in if you leave it.")
    answer = dialogs.ask(
        page, page.speak, question, T("Take in over capacity"), more=more,
        details=details if len(details) > 1 else (), dangerous=True,
    )  # fmt: skip
    return answer is not None


def summary(taken: Taken, speak: Language) -> str:
    """What was done, what it freed for others and who has to be told."""
    return "  ".join(speak.say(words) for words in (import_draft.words_of(taken), *taken.notes))
