"""A printed sheet on one line, and the part of the people it is for, in the reader's words."""

from __future__ import annotations

from mama_desktop.domain.text import TC, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services.issues import IssueInfo

PARTS: dict[str, Text] = {
    "local": TC("participants", "local"),
    "international": TC("participants", "international"),
    "unknown": TC("participants", "country not known"),
    "-": TC("participants", "without an organisation"),
}


def part_words(part: str, speak: Language) -> str:
    """Who is on a list: "" for all."""
    return speak.say(PARTS[part]) if part in PARTS else part


def issue_name(issue: IssueInfo, speak: Language) -> str:
    """What a printing is called: "izdaja 2", or "dopolnilo" to one."""
    words = T("supplement") if issue.supplement_to else T("issue {number}", number=issue.number)
    return speak.say(words)


def issue_line(issue: IssueInfo, speak: Language) -> str:
    """ "K7Q2MX · izdaja 2 · tuji · 30. 3. 2020"."""
    parts = (issue.code, issue_name(issue, speak), part_words(issue.part, speak), speak.date(issue.made_at.date()))
    return "  ·  ".join(part for part in parts if part)
