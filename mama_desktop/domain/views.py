"""Views of tables under a name: which rows, which columns, in which order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Json, Key


class TableView(Base):
    """A view the office keeps. table: "registrations", "people" … state: filters, columns, order."""

    __tablename__ = "table_view"

    id: Mapped[Key]
    table: Mapped[str] = mapped_column("of_table", String(40), index=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=1)
    state: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
