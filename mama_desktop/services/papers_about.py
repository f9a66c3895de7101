"""What stands around every paper of an event: the office, the one paying project, its funder, date and place."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.events import Event
from mama_desktop.domain.projects import FunderProfile, Project
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import NBSP, language
from mama_desktop.services import funders, office
from mama_desktop.services.papers_words import codes_of, main_code, pair, words
from mama_desktop.sheets.sheet import Fact, Words

_NUMBER = re.compile(r" (?=\d+\w?$)")


@dataclass(frozen=True)
class About:
    """Everything a heading needs, read once. The logos are pictures as PNG or JPEG bytes."""

    event: Event
    project: Project | None
    profile: FunderProfile
    office: dict[str, Any]
    office_logo: bytes | None
    funder_logo: bytes | None

    @property
    def organiser_sl(self) -> str:
        return str(self.office["office.name_sl"] or self.office["office.short_name"])

    def default_language(self) -> str:
        return self.profile.languages or "sl"


def about(session: Session, event_id: str) -> About:
    event = session.get_one(Event, event_id)
    project = session.get(Project, event.project_id) if event.project_id else None
    profile = funders.profile_of(session, event.project_id)
    values = office.settings(session)
    return About(
        event,
        project,
        profile,
        values,
        office.file_content(session, values["office.logo"]),
        office.file_content(session, profile.logo_file),
    )


def logos(known: About) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Left the office, right the paying project's funder and nobody else; words in a box where no picture is known."""
    name = str(known.office["office.short_name"] or known.organiser_sl)
    left = known.office_logo or (words_logo(name) if name else None)
    right = known.funder_logo
    if right is None and known.profile.logo_words:
        right = words_logo(known.profile.logo_words)
    return (left,) if left else (), (right,) if right else ()


def event_fact(known: About, paper: str) -> Fact:
    return Fact(words(T("Event"), paper), pair(paper, known.event.title_sl, known.event.title_en).line, strong=True)


def project_fact(known: About, paper: str) -> tuple[Fact, ...]:
    """The paying project with its grant number; nothing without a project."""
    if known.project is None:
        return ()
    title = pair(paper, known.project.title_sl, known.project.title_en).line
    parts = [title, known.project.grant_number]
    return (Fact(words(T("Project"), paper), " · ".join(part for part in parts if part)),)


def organiser_fact(known: About, paper: str) -> tuple[Fact, ...]:
    name = pair(paper, known.organiser_sl, str(known.office["office.name_en"])).line
    return (Fact(words(T("Organiser"), paper), name),) if name else ()


def venue_fact(known: About, paper: str) -> tuple[Fact, ...]:
    """Place and full address; an online event says so."""
    value = place(known, paper)
    return (Fact(words(T("Venue"), paper), value),) if value else ()


def place(known: About, paper: str) -> str:
    event = known.event
    online = words(T("online"), paper).line
    if event.format == "online":
        return online
    # A street and its number stay on one line.
    street = _NUMBER.sub(NBSP, event.street)
    parts = [event.venue, street, f"{event.postal_code} {event.town}".strip()]
    if event.country and event.country != (known.office["office.country"] or "SI") and any(parts):
        parts.append(" / ".join(dict.fromkeys(language(code).country(event.country) for code in codes_of(paper))))
    address = ", ".join(part for part in parts if part)
    if event.format != "hybrid":
        return address
    also = words(T("and online"), paper).line
    return f"{address}, {also}" if address else online


def hours(first: dt.time | None, last: dt.time | None, paper: str) -> str:
    """10.00–17.30 · 10:00–17:30; only a beginning or only an end is said in words."""
    say = language(main_code(paper)).time
    if first and last:
        return f"{say(first)}–{say(last)}"
    if first:
        return words(T("from {time}", time=first), paper).line
    return words(T("until {time}", time=last), paper).line if last else ""


def notices(known: About, paper: str) -> tuple[str, ...]:
    """The office's notice and the funder's own, each language on its own line."""
    profile = known.profile
    own = [str(known.office[f"paper.notice_{code}"]) for code in codes_of(paper)]
    return tuple(text for text in (*own, *_sentences(profile.notice_sl, profile.notice_en, paper)) if text)


def funding(known: About, paper: str) -> tuple[str, ...]:
    """The disclosure sentence of the paying project's funder; short ones of two languages share a line."""
    said = _sentences(known.profile.sentence_sl, known.profile.sentence_en, paper)
    return (" / ".join(said),) if said and sum(map(len, said)) < 200 else said


def _sentences(text_sl: str, text_en: str, paper: str) -> tuple[str, ...]:
    chosen = pair(paper, text_sl, text_en)
    return tuple(text for text in (chosen.first, chosen.second) if text)


def warnings(known: About, paper: str) -> list[Text]:
    """What a person should look at before this paper is handed out."""
    found: list[Text] = []
    event, profile = known.event, known.profile
    if event.status == "cancelled":
        found.append(T("This event is cancelled."))
    if event.status == "postponed":
        found.append(T("This event is postponed."))
    if not known.organiser_sl:
        found.append(T("The office's name is not written in Settings yet: the paper has no organiser."))
    if known.project is None:
        found.append(T("The event has no project: no project and no funder stand on the paper."))
    elif not known.project.profile_id:
        found.append(T("The project has no funder profile: no funder's logo and sentence stand on the paper."))
    name = pair(paper, profile.name_sl, profile.name_en).first
    if profile.certainty == "C" and (profile.sentence_sl or profile.notice_sl):
        found.append(T("To be confirmed: the texts of the profile “{name}”. Check them with the funder.", name=name))
    if "en" in codes_of(paper) and profile.sentence_sl and not profile.sentence_en:
        found.append(T("The profile “{name}” has no sentence in English; the Slovene one is printed.", name=name))
    return found


def page_word(paper: str) -> Words:
    """ "stran {page} od {pages}", filled by the writer of the paper."""
    return words(T("page {page} of {pages}", page="{page}", pages="{pages}"), paper)


@lru_cache(maxsize=32)
def words_logo(text: str) -> bytes:
    """A quiet box with words, as a picture: stands where a logo will stand once its file is given."""
    from PIL import Image, ImageDraw, ImageFont

    lines = text.split(" / ")
    scale, height, pad = 4, 46, 24
    font = ImageFont.truetype(str(resources.path("fonts", "NotoSans-Regular.ttf")), (10 if lines[1:] else 11) * scale)
    wide = max(int(max(font.getlength(line) for line in lines)) + 2 * pad * scale, 140 * scale)
    picture = Image.new("RGB", (wide, height * scale), "#FFFFFF")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle(
        (2, 2, wide - 3, height * scale - 3), radius=4 * scale, fill="#F1F5F6", outline="#C3CAD2", width=scale
    )
    pen.multiline_text(
        (wide / 2, height * scale / 2), "\n".join(lines), fill="#5B6675", font=font, anchor="mm", align="center"
    )
    data = BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()
