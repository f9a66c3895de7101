"""Ready texts of why somebody is declined or cancelled, as data, so that an office's own may stand beside them."""

from __future__ import annotations

import json
from functools import lru_cache

from mama_desktop import resources


def ready_reasons(language: str, status: str) -> list[str]:
    """The ready reasons for "declined" or "cancelled" (none for other statuses), in Slovene or English."""
    return list(_all().get(language, {}).get(status, ()))


@lru_cache(maxsize=1)
def _all() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = json.loads(
        resources.path("data", "registration_reasons.json").read_text(encoding="utf-8")
    )
    return read
