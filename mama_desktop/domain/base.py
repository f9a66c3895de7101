"""What every mapped class stands on: names of constraints, keys made on this machine, choices with a label."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Annotated, Any

from sqlalchemy import JSON, Connection, MetaData, String, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapper, mapped_column

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_key() -> str:
    """A UUID version 7 as 32 hexadecimal digits: made on any machine, in order of time (kind to indexes)."""
    milliseconds = int(time.time() * 1000) & (2**48 - 1)
    tail = int.from_bytes(os.urandom(10), "big")
    value = milliseconds << 80 | 0x7 << 76 | (tail >> 68 & 0xFFF) << 64 | 0b10 << 62 | tail & (2**62 - 1)
    return f"{value:032x}"


Key = Annotated[str, mapped_column(String(32), primary_key=True, default=new_key)]
Json = JSON().with_variant(JSONB(), "postgresql")
Choices = dict[str, Text]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=_NAMES)

    @classmethod
    def derived(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Columns that follow from others (search and match keys); empty where a class has none."""
        del values
        return {}


def derived_column(context: DefaultExecutionContext, cls: type[Base], name: str) -> Any:
    """The default of a derived column, for ORM and bulk inserts alike."""
    parameters: dict[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy 2.1
    return cls.derived(parameters)[name]


@event.listens_for(Base, "before_insert", propagate=True)
@event.listens_for(Base, "before_update", propagate=True)
def _refuse_too_long(mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    """A file would keep any length and a server none too long: both refuse it, in the same words."""
    for name, most in _lengths(mapper):
        value = target.__dict__.get(name)
        if type(value) is str and len(value) > most:
            raise OfficeError(
                T("“{beginning}…” is too long: at most {most} characters fit here.", beginning=value[:40], most=most),
                safe=T("Nothing was changed."),
            )


@cache
def _lengths(mapper: Mapper[Any]) -> tuple[tuple[str, int], ...]:
    columns = ((attribute.key, attribute.columns[0].type) for attribute in mapper.column_attrs)
    return tuple((name, kind.length) for name, kind in columns if isinstance(kind, String) and kind.length)


@event.listens_for(Base, "before_update", propagate=True)
def _derive_again(_mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    columns = {c.key: getattr(target, c.key) for c in target.__mapper__.column_attrs}
    for name, value in type(target).derived(columns).items():
        if columns[name] != value:
            setattr(target, name, value)
