"""Columns of a list kept under a name, and let go of."""

from __future__ import annotations

from typing import Any

from mama_desktop.domain.text import T
from mama_desktop.services import templates
from mama_desktop.services.papers import ListOptions
from mama_desktop.ui.page import Page


def save(page: Page, name: str, options: ListOptions, event_id: str | None) -> Any:
    """Keep them for one event, or for the whole office; returns the key, None where it was refused and said."""
    return page.write(
        templates.save_template, name, options, event_id=event_id,
        label=T("Save the template {name}", name=name), tell=True,
    )  # fmt: skip


def delete(page: Page, key: str) -> None:
    page.write(templates.delete_template, key, label=T("Delete a template of a list"), tell=True)
