"""Funder profiles are edited, added, copied and deleted by the office."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services import funders, profiles
from mama_desktop.services.pictures import WIDEST_PIXELS, checked_picture
from mama_desktop.store.database import Database
from tests.factories import make_project

LABEL = T("Change the profiles")


def picture(width: int = 300, height: int = 100, kind: str = "PNG") -> bytes:
    kept = BytesIO()
    Image.new("RGB", (width, height), "#0B6E69").save(kept, kind)
    return kept.getvalue()


@pytest.fixture
def shipped(db: Database) -> Database:
    db.write(funders.ensure_profiles, label=LABEL)
    return db


def key_of(db: Database, name: str) -> str:
    return next(row.id for row in db.read(profiles.profiles) if row.name == name)


def test_own_funds_stand_first_and_uses_are_counted(shipped: Database) -> None:
    ursm = key_of(shipped, "Urad RS za mladino")
    shipped.write(lambda session: make_project(session, profile_id=ursm), label=LABEL)
    rows = shipped.read(profiles.profiles)
    assert rows[0].is_own
    assert {row.name: row.projects for row in rows if row.projects} == {"Urad RS za mladino": 1}


def test_every_field_is_stored(shipped: Database) -> None:
    key = key_of(shipped, "Urad RS za mladino")
    for field, value in (
        ("sentence_sl", " Sofinancira Urad. "), ("languages", "sl"), ("one_sheet_for_days", True), ("year", 2021),
        ("sign_in_columns", ["organisation", "name", "no such column"]), ("certainty", "A"), ("logo_words", "URSM"),
    ):  # fmt: skip
        shipped.write(profiles.change_profile, key, field, value, label=LABEL)
    values = shipped.read(profiles.profile_values, key)
    assert values is not None
    assert values["sentence_sl"] == "Sofinancira Urad."
    assert values["sign_in_columns"] == ["organisation", "name"]
    assert (values["languages"], values["year"], values["certainty"]) == ("sl", 2021, "A")
    assert values["one_sheet_for_days"] is True


def test_a_name_is_needed_and_free(shipped: Database) -> None:
    key = key_of(shipped, "Urad RS za mladino")
    for name in ("", "  ", "lastna SREDSTVA"):
        with pytest.raises(OfficeError):
            shipped.write(profiles.change_profile, key, "name_sl", name, label=LABEL)
    with pytest.raises(OfficeError):
        shipped.write(profiles.change_profile, key, "year", 12, label=LABEL)


def test_a_new_one_and_a_copy(shipped: Database) -> None:
    added = shipped.write(profiles.add_profile, "Mestna občina Celje", label=LABEL)
    shipped.write(profiles.change_profile, added, "sentence_sl", "Sofinancira občina.", label=LABEL)
    names = [shipped.write(profiles.copy_profile, added, "Občina (kopija)", label=LABEL) for _ in range(2)]
    found = {row.id: row for row in shipped.read(profiles.profiles)}
    assert [found[key].name for key in names] == ["Občina (kopija)", "Občina (kopija) 2"]
    values = shipped.read(profiles.profile_values, names[1])
    assert values is not None
    assert values["sentence_sl"] == "Sofinancira občina."
    assert found[added].certainty == "C"


def test_only_what_nobody_takes_is_deleted(shipped: Database) -> None:
    used = key_of(shipped, "Urad RS za mladino")
    shipped.write(lambda session: make_project(session, "Most", profile_id=used), label=LABEL)
    with pytest.raises(OfficeError) as refused:
        shipped.write(profiles.delete_profile, used, label=LABEL)
    assert [str(detail) for detail in refused.value.details] == ["Most"]
    with pytest.raises(OfficeError):
        shipped.write(profiles.delete_profile, key_of(shipped, "Lastna sredstva"), label=LABEL)
    free = shipped.write(profiles.add_profile, "Občina", label=LABEL)
    shipped.write(profiles.delete_profile, free, label=LABEL)
    assert shipped.read(profiles.profile_values, free) is None
    shipped.undo()
    assert shipped.read(profiles.profile_values, free) is not None


def test_a_logo_is_kept_and_taken_away(shipped: Database) -> None:
    key = key_of(shipped, "Urad RS za mladino")
    shipped.write(profiles.change_profile, key, "logo_file", picture(), label=LABEL)
    values = shipped.read(profiles.profile_values, key)
    assert values is not None
    assert Image.open(BytesIO(values["logo_file"])).size == (300, 100)
    shipped.write(profiles.change_profile, key, "logo_file", None, label=LABEL)
    values = shipped.read(profiles.profile_values, key)
    assert values is not None
    assert values["logo_file"] is None


def test_pictures_are_made_small_and_others_are_refused() -> None:
    large = Image.open(BytesIO(checked_picture(picture(4000, 1000))))
    assert large.size == (WIDEST_PIXELS, WIDEST_PIXELS // 4)
    small = picture(kind="JPEG")
    assert checked_picture(small) == small
    assert Image.open(BytesIO(checked_picture(picture(kind="BMP")))).format == "PNG"
    for content in (b"", b"not a picture", picture()[:60], b"<svg/>"):
        with pytest.raises(OfficeError):
            checked_picture(content)
