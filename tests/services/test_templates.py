"""Templates: the ready ones, and the office's own by name."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.services import funders, templates
from mama_desktop.services.papers import ListOptions
from tests.services.office_days import Club, make_club

MINE = ListOptions(("family_name", "answer:Majica", "phone"), ("accepted",))


@pytest.fixture
def club(session: Session) -> Club:
    return make_club(session)


def keys(club: Club) -> list[str]:
    return [one.key for one in templates.templates(club.session, club.event.id)]


def test_the_ready_ones_come_first_in_both_languages(club: Club) -> None:
    assert keys(club) == ["everything", "contact-list", "funder", "hotel", "bus-firm"]
    for name in ("hotel", "Za hotel", "for the HOTEL"):
        assert templates.template_called(club.session, club.event.id, name).key == "hotel"
    bus = templates.template_called(club.session, club.event.id, "bus-firm").options
    assert bus.columns == ("family_name", "given_name", "phone", "town")


def test_everything_has_answers_but_nothing_sensitive(club: Club) -> None:
    club.join("Ana", "Čater", answers={"Majica": "M"}, allergies="arašidi")
    columns = templates.template_called(club.session, club.event.id, "everything").options.columns
    assert "answer:Majica" in columns
    assert "allergies" not in columns


def test_the_funders_columns_come_from_its_profile(club: Club) -> None:
    funders.profile_of(club.session, club.event.project_id).list_columns = ["given_name", "email", "never-heard-of"]
    options = templates.template_called(club.session, club.event.id, "Za financerja").options
    assert options.columns == ("given_name", "email")


def test_saved_by_name_for_the_office_and_for_one_event(club: Club) -> None:
    office = templates.save_template(club.session, " Majice ", MINE)
    own = templates.save_template(club.session, "majice", ListOptions(("phone",)), event_id=club.event.id)
    assert keys(club)[5:] == [office, own]
    found = templates.template_called(club.session, club.event.id, "MAJICE")
    assert (found.key, found.options.columns) == (own, ("phone",))
    templates.delete_template(club.session, own)
    assert templates.template_called(club.session, club.event.id, "majice").options == MINE
    assert templates.save_template(club.session, "Majice", ListOptions(("email",))) == office


def test_renaming_and_refusing(club: Club) -> None:
    key = templates.save_template(club.session, "Majice", MINE)
    templates.save_template(club.session, "Sobe", MINE)
    templates.rename_template(club.session, key, "Velikosti")
    for refused in ("sobe", "Za hotel", " "):
        with pytest.raises(OfficeError):
            templates.rename_template(club.session, key, refused)
    with pytest.raises(OfficeError):
        templates.save_template(club.session, "Prazna", ListOptions(()))
    with pytest.raises(OfficeError) as unknown:
        templates.template_called(club.session, club.event.id, "neznana")
    assert len(unknown.value.details) == 7
