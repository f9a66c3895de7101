"""Files of a record: once by content, photos reduced on request, taken off and brought back."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.papers import StoredFile
from mama_desktop.domain.text import T
from mama_desktop.services import editing, files
from mama_desktop.services.files import Added, Brought
from mama_desktop.services.pictures import REDUCED_PIXELS
from mama_desktop.store.database import Database
from tests import factories

NOW = dt.datetime(2020, 4, 2, 9, 0)
SCAN = Brought("Lista prisotnosti – sken.pdf", b"%PDF-1.7 " + bytes(range(256)) * 800)


def photo(width: int = 4000, height: int = 3000) -> bytes:
    from PIL import Image

    made = Image.effect_noise((width, height), 60).convert("RGB")
    camera = Image.Exif()
    camera[0x0110] = "a camera"
    written = BytesIO()
    made.save(written, "JPEG", quality=95, exif=camera)
    return written.getvalue()


def event_of(db: Database) -> str:
    return db.write(lambda s: factories.make_event(s).id, label=T("Test"))


def add(db: Database, key: str, *brought: Brought, noun: str = "event", reduce: bool = False) -> Added:
    return db.write(files.add_files, noun, key, brought, now=NOW, who="Ana", reduce=reduce, label=T("Add"))


def names(db: Database, key: str, noun: str = "event") -> list[str]:
    return [row[0] for row in db.read(files.files_of, noun, key).rows]


def test_a_file_is_kept_once_and_comes_back(db: Database) -> None:
    event = event_of(db)
    added = add(db, event, SCAN)
    again = add(db, event, Brought("drugo ime.pdf", SCAN.content))
    assert (again.keys, again.twice) == (added.keys, ("drugo ime.pdf",))
    assert db.read(files.file_called, added.keys[0]) == SCAN
    other = event_of(db)
    add(db, other, SCAN)
    assert db.read(lambda s: s.scalar(select(func.count()).select_from(StoredFile))) == 1
    assert names(db, other) == [SCAN.name]


def test_two_contents_of_one_name_are_told_apart(db: Database) -> None:
    event = event_of(db)
    add(db, event, Brought("račun.pdf", b"one"), Brought("račun.pdf", b"two"), Brought("račun.pdf", b"three"))
    assert sorted(names(db, event)) == ["račun (2).pdf", "račun (3).pdf", "račun.pdf"]


def test_photos_are_reduced_only_on_request(db: Database) -> None:
    from PIL import Image

    event, content = event_of(db), photo()
    kept = add(db, event, Brought("foto.jpg", content))
    assert db.read(files.file_called, kept.keys[0]).content == content
    small = add(db, event, Brought("foto.jpg", content), SCAN, reduce=True)
    reduced = db.read(files.file_called, small.keys[0]).content
    with Image.open(BytesIO(reduced)) as picture:
        assert max(picture.size) == REDUCED_PIXELS
        assert not picture.getexif()
    assert small.saved == len(content) - len(reduced) > 0
    assert db.read(files.file_called, small.keys[1]) == SCAN
    assert files.can_be_reduced([Brought("foto.JPG", content), SCAN, Brought("mala.jpg", b"x")]) == 1


def test_what_cannot_be_kept_is_refused_whole(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    event = event_of(db)
    with pytest.raises(OfficeError, match="empty"):
        add(db, event, SCAN, Brought("prazna.txt", b""))
    monkeypatch.setattr(files, "LARGEST", 100)
    with pytest.raises(OfficeError, match="larger than"):
        add(db, event, SCAN)
    assert names(db, event) == []


def test_files_of_registrations_stand_with_the_event_and_the_person(db: Database) -> None:
    def register(session: object) -> tuple[str, str, str]:
        made = factories.make_registration(session)  # type: ignore[arg-type]  # the session of the write
        return made.id, made.event_id, made.person_id

    registration, event, person = db.write(register, label=T("Test"))
    add(db, registration, SCAN, noun="registration")
    assert names(db, event) == names(db, person, "person") == [SCAN.name]
    assert names(db, registration, "registration") == [SCAN.name]


@pytest.mark.parametrize("noun", ["event", "person", "project", "organisation"])
def test_every_noun_takes_files_and_undo_takes_them_off(db: Database, noun: str) -> None:
    make: Any = {"event": factories.make_event, "person": factories.make_person, "project": factories.make_project,
            "organisation": factories.make_organisation}[noun]  # fmt: skip
    key = db.write(lambda s: make(s).id, label=T("Test"))
    added = add(db, key, SCAN, noun=noun)
    db.write(editing.change, "attachment", added.keys, "kind", "scan", now=NOW, label=T("Kind"))
    db.write(files.remove_files, added.keys, label=T("Remove"))
    assert names(db, key, noun) == []
    db.undo()
    assert db.read(files.files_of, noun, key).rows[0][1] == "scan"
    db.undo()
    db.undo()
    assert names(db, key, noun) == []
