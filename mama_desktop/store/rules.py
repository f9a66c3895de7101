"""What the store asks the office's rules while it takes a change back; it knows none of them itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy.orm import Session

from mama_desktop.domain.text import Text


class Rules(Protocol):
    """Asked only when later changes stand: what is taken back in order finds everything as it was left."""

    def limited(self) -> frozenset[str]:
        """The tables whose rows are put back only where what they hold is still free."""

    def still_free(self, session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        """Of rows about to be put back, the keys of those that are still free."""

    def lost(self, session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> Sequence[Text]:
        """What is said of rows that stay out, at most a few lines."""

    def before(self, session: Session, touched: Sequence[Mapping[str, Any]]) -> Any:
        """What `refusal` compares with; touched: the registrations about to be put back or changed, as they will be."""

    def refusal(self, session: Session, before: Any) -> Text | None:
        """Why the change must not be taken back after all: others hold now what it would hold again."""
