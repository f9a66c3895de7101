"""Organisations: member youth centres, municipalities, schools, ministries, partners abroad."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key, derived_column
from mama_desktop.domain.text import T, fold, words_of

KINDS: Choices = {
    "youth-centre": T("youth centre"),
    "youth-organisation": T("youth organisation"),
    "ngo": T("non-governmental organisation"),
    "municipality": T("municipality"),
    "school": T("school"),
    "university": T("university or faculty"),
    "ministry": T("ministry or public body"),
    "company": T("company"),
    "network": T("network"),
    "other": T("other"),
}

# Names arrive in twenty spellings: "MC Krško", "Mladinski center Krško". Customary short forms are written out.
_WRITTEN_OUT = {
    "mc": "mladinski center", "mkc": "mladinski kulturni center", "os": "osnovna sola", "ss": "srednja sola",
    "obc": "obcina", "mo": "mestna obcina",
}  # fmt: skip


def name_key(name: str) -> str:
    """The folded name by which two spellings of an organisation meet; empty for an empty name."""
    return " ".join(_WRITTEN_OUT.get(word, word) for word in words_of(name))


class Organisation(Base):
    __tablename__ = "organisation"

    id: Mapped[Key]
    name_sl: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300), default="")
    short_name: Mapped[str] = mapped_column(String(100), default="")
    kind: Mapped[str] = mapped_column(String(30), default="other")
    street: Mapped[str] = mapped_column(String(200), default="")
    postal_code: Mapped[str] = mapped_column(String(20), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    region: Mapped[str] = mapped_column(String(10), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    contact_person: Mapped[str] = mapped_column(String(200), default="")
    is_member: Mapped[bool] = mapped_column(default=False)
    member_since: Mapped[dt.date | None]
    member_until: Mapped[dt.date | None]
    # Who in the office looks after it.
    liaison_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    remarks: Mapped[str] = mapped_column(default="")
    name_key: Mapped[str] = mapped_column(
        String(400), index=True, default=lambda context: derived_column(context, Organisation, "name_key")
    )
    short_key: Mapped[str] = mapped_column(
        String(200), index=True, default=lambda context: derived_column(context, Organisation, "short_key")
    )
    search: Mapped[str] = mapped_column(default=lambda context: derived_column(context, Organisation, "search"))

    @classmethod
    def derived(cls, values: dict[str, Any]) -> dict[str, Any]:
        parts = [values.get(k) or "" for k in ("name_sl", "short_name", "name_en", "town", "email", "phone")]
        return {
            "name_key": name_key(parts[0])[:400],
            "short_key": name_key(parts[1])[:200],
            "search": fold(" ".join(p for p in parts if p)),
        }
