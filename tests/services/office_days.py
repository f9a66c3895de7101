"""An office with a two-day event, its funder and its people, for the tests of papers and attendance."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.services import office
from tests import factories

NOW = dt.datetime(2020, 3, 30, 14, 5)
FIRST, SECOND = dt.date(2020, 4, 2), dt.date(2020, 4, 3)


@dataclass
class Club:
    """The event, its organisation in Krško and one abroad."""

    session: Session
    event: Event
    krsko: Organisation
    rijeka: Organisation

    def join(self, given: str, family: str, *, of: Organisation | None = None, **values: Any) -> str:
        """Register somebody (accepted); the registration's key. Values of the person come before those of the event."""
        own = {
            name: values.pop(name) for name in ("email", "phone", "birth_date", "gender", "country") if name in values
        }
        organisation = of or self.krsko
        person = factories.make_person(self.session, given, family, organisation_id=organisation.id, **own)
        return factories.make_registration(self.session, self.event, person, **values).id


def make_club(session: Session, **values: Any) -> Club:
    office.set_settings(
        session, {"office.name_sl": "Zavod Mladinska mreža MaMa", "office.name_en": "MaMa Youth Network"}
    )
    profile = factories.make_profile(
        session, name_sl="Urad RS za mladino", sentence_sl="Program sofinancira Urad.", logo_words="Urad",
        sentence_en="Co-funded by the Office.", languages="both",
    )  # fmt: skip
    project = factories.make_project(
        session, "Redna dejavnost", title_en="Regular work", grant_number="2019-3-SI02", profile_id=profile.id
    )
    event = factories.make_event(session, "2020-04-klub", **{
        "title_sl": "Klub MaMa", "title_en": "MaMa Club", "ends_on": SECOND, "project_id": project.id,
        "venue": "Dom kulture", "town": "Krško", "postal_code": "8270", **values,
    })  # fmt: skip
    krsko = factories.make_organisation(session, "Mladinski center Krško", town="Krško", country="SI")
    rijeka = factories.make_organisation(session, "Udruga mladih Rijeka", town="Rijeka", country="HR")
    return Club(session, event, krsko, rijeka)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        found = page.get_textpage()
        texts.append(re.sub(r"\s+", " ", found.get_text_range()))
        found.close()
        page.close()
    document.close()
    return texts
