"""Everything of a table that needs the workspace, in one call: views, export, blocks of cells, notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from mama_desktop.domain.text import Text
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_export import TableExport
from mama_desktop.ui.table_writes import TableWrites
from mama_desktop.ui.view_menu import Views


@dataclass(frozen=True)
class TableTools:
    """What was connected; the page asks `export.to_excel()` at Ctrl+E."""

    views: Views
    export: TableExport
    writes: TableWrites | None = None


def equip(page: Page, table: RowTable, *, of: str, noun: str, title: Callable[[], str]) -> TableTools:
    """Connect a table of a page.

    of: its name among the views ("registrations", "people"). noun: what its rows are ("registration", …); "" when
    their cells cannot be changed and no list of them comes back. title: of an exported list.
    """
    table.told.connect(partial(_tell, page))
    views = Views(page, table, of)
    export = TableExport(page, table, title, has_ids=bool(noun))
    writes = TableWrites(page, table, noun) if noun and page.db.read_only is None else None
    return TableTools(views, export, writes)


def _tell(page: Page, words: Text) -> None:
    page.shell.notice(words)
