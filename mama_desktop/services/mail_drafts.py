"""Mails as .eml files that Outlook and other programs open as drafts, ready to be read once more and sent."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from mama_desktop.domain.text import clean
from mama_desktop.sheets.letter import Block, LetterTable

_STYLE = "font-family:Calibri,'Segoe UI',Arial,sans-serif;font-size:11pt;color:#1c2430"
_CELL = "border:1px solid #c3cad2;padding:4px 8px;text-align:left;vertical-align:top"


@dataclass(frozen=True)
class Enclosed:
    """A file that goes along. media_type: "application/pdf"."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True)
class MailDraft:
    """One mail, not sent. to: addresses, all under the one name. language: "sl" or "en"."""

    name: str
    to: Sequence[str]
    subject: str
    blocks: Sequence[Block]
    language: str = "sl"
    enclosed: Sequence[Enclosed] = ()


def eml(draft: MailDraft) -> bytes:
    """The draft as a file. X-Unsent lets Outlook open it for writing; who sends it is whoever opens it."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["To"] = [_address(clean(draft.name), one) for one in draft.to]
    message["Subject"] = clean(draft.subject)
    text = "\n\n".join(block if isinstance(block, str) else block.text for block in draft.blocks)
    # Written so that no server on the way has to change it.
    message.set_content(f"{text}\n", cte="quoted-printable")
    message.add_alternative(_html(draft), subtype="html", cte="quoted-printable")
    # Setting the content takes away every header of that name.
    message["Content-Language"] = draft.language
    for one in draft.enclosed:
        kind, _, subtype = one.media_type.partition("/")
        message.add_attachment(one.content, maintype=kind, subtype=subtype, filename=one.name)
    return message.as_bytes()


def _address(name: str, words: str) -> Address:
    return Address(display_name=name, addr_spec=words)


def _html(draft: MailDraft) -> str:
    inside = "\n".join(_table(b) if isinstance(b, LetterTable) else _paragraphs(b) for b in draft.blocks)
    return f'<html lang="{draft.language}"><body style="{_STYLE}">\n{inside}\n</body></html>\n'


def _paragraphs(text: str) -> str:
    said = (html.escape(part).replace("\n", "<br>\n") for part in text.strip("\n").split("\n\n"))
    return "\n".join(f'<p style="margin:0 0 11pt 0">{part or "&nbsp;"}</p>' for part in said)


def _table(table: LetterTable) -> str:
    def row(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f'<{tag} style="{_CELL}">{html.escape(cell)}</{tag}>' for cell in cells) + "</tr>"

    rows = "\n".join([row(table.headings, "th"), *(row(cells, "td") for cells in table.rows)])
    return f'<table style="border-collapse:collapse;margin:0 0 11pt 0;{_STYLE}">\n{rows}\n</table>'
