"""What a line on a person's card is, for all who add some to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mama_desktop.domain.text import Text


@dataclass(frozen=True)
class Line:
    """One fact of a registration: what it is about, and what is so. values: said one after the other with commas.

    field: of the registration, where the card itself corrects it.
    """

    label: Text
    values: tuple[Text, ...]
    field: str = ""


Lines = Callable[[Session, Sequence[str], str], dict[str, list[Line]]]
