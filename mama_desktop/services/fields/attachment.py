"""The fields of a file kept with a record."""

from __future__ import annotations

from mama_desktop.domain.files import ATTACHMENT_KINDS, Attachment
from mama_desktop.domain.text import T
from mama_desktop.services.fields.field import computed, plain, registry


def _megabytes(_language: str, size: int) -> float:
    return max(round(size / 1e6, 1), 0.1)


ATTACHMENT_FIELDS = registry(
    plain(Attachment.name, T("File"), width=300),
    plain(Attachment.kind, T("What it is"), "choice", choices=ATTACHMENT_KINDS, width=190),
    computed("size", T("Size (MB)"), (Attachment.size,), _megabytes, "number", width=90),
    plain(Attachment.added_at, T("Added on"), "datetime", editable=False, width=150),
    plain(Attachment.added_by, T("Added by"), editable=False, width=140),
    plain(Attachment.remarks, T("Remarks"), "long-text", width=240),
)
