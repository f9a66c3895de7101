"""Columns that are shown only where they say something follow the event, until somebody decides about them."""

from __future__ import annotations

from typing import Any

import pytest

from mama_desktop.services import events
from mama_desktop.ui import registration_columns, registrations_tab
from mama_desktop.ui.main_window import MainWindow


@pytest.fixture
def tab(real_window: MainWindow) -> Any:
    real_window.go("event", real_window.db.read(events.event_by_code, "2020-03-euyou-spoznavni-mkc"), "registrations")
    page: Any = real_window.page
    return page.findChild(registrations_tab.RegistrationsTab)


def test_they_are_shown_and_hidden_from_event_to_event_with_the_same_fields(
    tab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = tab.table.columns
    order = registration_columns.default_columns_first

    def opened(*telling: str) -> None:
        monkeypatch.setattr(
            registrations_tab, "default_columns_first", lambda listing: (order(listing)[0], frozenset(telling))
        )
        tab._is_new = True
        tab.refresh()

    def shown() -> set[str]:
        return {"is_late", "reply", "party"} & set(columns.shown())

    opened()
    assert shown() == set()
    opened("is_late", "party")
    assert shown() == {"is_late", "party"}
    opened("reply")
    assert shown() == {"reply"}
    # What somebody has hidden or shown themselves stays so.
    columns.set_shown("reply", False)
    columns.set_shown("party", True)
    opened("reply")
    assert shown() == {"party"}
    columns.save()
    assert columns._kept_by_hand() == {"reply", "party"}
    # While somebody works in the event nothing is taken away.
    opened("is_late")
    monkeypatch.setattr(registrations_tab, "default_columns_first", lambda listing: (order(listing)[0], frozenset()))
    tab.refresh()
    assert shown() == {"is_late", "party"}
    columns.reset()
    assert columns.by_hand == set()
