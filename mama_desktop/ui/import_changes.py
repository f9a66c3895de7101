"""What the person changes on the way in: a column's meaning makes another draft, a decision another preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mama_desktop.intake.mapping import Mapping
from mama_desktop.services import import_draft
from mama_desktop.services.import_draft import Draft, Preview
from mama_desktop.ui.import_columns import ImportColumns
from mama_desktop.ui.import_preview import ImportPreview

MakeDraft = Callable[..., Draft]


def connect_columns(
    columns: ImportColumns,
    current: Callable[[], Draft | None],
    show: Callable[[Draft], None],
    make: MakeDraft,
    language: str,
) -> None:
    """Each choice in the columns shows another draft. make: `make_draft` for the same file, from its reading on."""

    def change(do: Callable[..., Draft]) -> Callable[..., None]:
        def changed(*chosen: Any) -> None:
            draft = current()
            if draft is not None:
                show(do(draft, *chosen))

        return changed

    def meaning(do: Callable[..., Mapping]) -> Callable[..., None]:
        return change(lambda draft, *chosen: replace(draft, mapping=do(draft.mapping, *chosen)))

    def kept(mapping: Mapping, index: int, on: bool) -> Mapping:
        return mapping.keeping(mapping.keep | {index} if on else mapping.keep - {index})

    columns.assigned.connect(change(import_draft.assigned))
    columns.dates_chosen.connect(meaning(Mapping.with_dates))
    columns.names_chosen.connect(meaning(Mapping.with_names))
    columns.keeping_changed.connect(meaning(kept))
    columns.year_wanted.connect(meaning(lambda mapping, on: replace(mapping, emso_year=on)))
    columns.newer_chosen.connect(change(lambda draft, on: import_draft.as_newer(draft, on, language=language)))
    columns.sheet_chosen.connect(change(lambda draft, place: make(draft.reading, sheet=place)))
    columns.heading_chosen.connect(
        change(lambda draft, line: make(draft.reading, sheet=draft.sheet, heading=line))
    )  # fmt: skip


def connect_groups(
    groups: ImportPreview, current: Callable[[], Preview | None], show: Callable[[Preview], None]
) -> None:
    """Each decision in the preview shows it anew."""

    def change(do: Callable[..., Preview]) -> Callable[..., None]:
        def changed(*chosen: Any) -> None:
            preview = current()
            if preview is not None:
                show(do(preview, *chosen))

        return changed

    groups.decided.connect(change(Preview.decided))
    groups.ticked.connect(change(Preview.ticked))
    groups.settled.connect(change(Preview.settled))
    groups.all_settled.connect(change(Preview.settled_all))
    groups.withdrawing.connect(change(Preview.withdrawing))
    groups.all_withdrawing.connect(change(Preview.withdrawing_all))
    groups.unsplit.connect(change(Preview.unsplit))
    groups.whole_chosen.connect(change(Preview.whole))
