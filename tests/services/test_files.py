"""Files of a record: once by content, photos reduced on request, taken off and brought back."""

from __future__ import annotations

import datetime as dt
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.papers import StoredFile
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import editing, file_answers, files, questions, registrations
from mama_desktop.services.fields import ANSWER
from mama_desktop.services.files import Added, Brought
from mama_desktop.services.pictures import REDUCED_PIXELS
from mama_desktop.store import stored_files
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
    assert files.can_be_reduced([("foto.JPG", len(content)), (SCAN.name, len(SCAN.content)), ("mala.jpg", 1)]) == 1


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


def ask_for_a_file(db: Database) -> tuple[str, str, str]:
    """An event, a registration to it, and the field of its question for a file."""

    def make(session: Any) -> tuple[str, str, str]:
        event = factories.make_event(session)
        registration = factories.make_registration(session, event, factories.make_person(session))
        key = questions.save(session, event.id, label_sl="Potrdilo", kind="file")
        return event.id, registration.id, ANSWER + key

    return db.write(make, label=T("Test"))


def said_in_the_table(db: Database, event: str, field: str) -> Any:
    listing = db.read(registrations.registrations, event, language="sl")
    return listing.rows[0][[f.key for f in listing.fields].index(field)]


def test_a_question_is_answered_by_a_file_and_undone_in_one(db: Database) -> None:
    event, key, field = ask_for_a_file(db)
    kept = db.write(file_answers.attach, key, field, SCAN, now=NOW, who="Ana", label=T("Attach"))
    assert db.read(file_answers.file_of, key, field) == kept
    assert said_in_the_table(db, event, field) == SCAN.name
    assert names(db, event) == [SCAN.name]
    db.undo()
    assert (db.read(file_answers.file_of, key, field), names(db, event)) == (None, [])
    db.redo()
    db.write(file_answers.empty, [key], field, now=NOW, label=T("Empty"))
    assert (said_in_the_table(db, event, field), names(db, event)) == ("", [SCAN.name])


def test_removing_the_file_empties_the_answer_in_the_same_change(db: Database) -> None:
    event, key, field = ask_for_a_file(db)
    kept = db.write(file_answers.attach, key, field, SCAN, now=NOW, who="Ana", label=T("Attach"))
    other = add(db, key, Brought("drugo.pdf", b"%PDF"), noun="registration").keys[0]
    db.write(files.remove_files, [other], label=T("Remove"))
    assert db.read(file_answers.file_of, key, field) == kept
    db.write(files.remove_files, [kept], label=T("Remove"))
    assert db.read(lambda s: s.get_one(Registration, key).answers) == {}
    db.undo()
    assert said_in_the_table(db, event, field) == SCAN.name


def test_an_answer_for_nobody_is_refused(db: Database) -> None:
    event, key, field = ask_for_a_file(db)
    with pytest.raises(OfficeError, match="is empty"):
        db.write(file_answers.attach, key, field, Brought("prazno.pdf", b""), now=NOW, who="", label=T("Attach"))
    db.write(registrations.remove, [key], label=T("Remove"))
    with pytest.raises(OfficeError, match="deleted meanwhile"):
        db.write(file_answers.attach, key, field, SCAN, now=NOW, who="", label=T("Attach"))
    assert names(db, event) == []


def test_what_was_prepared_before_is_kept_as_it_was_measured(db: Database) -> None:
    event, content = event_of(db), photo()
    large = db.read(files.prepared, Brought("foto.jpg", content), reduce=True)
    small = db.read(files.prepared, Brought("malo.txt", b"small"))
    added = add(db, event, large, small)
    assert added.saved == large.saved > 500_000
    assert len(db.read(files.file_called, added.keys[0]).content) == large.size == len(content) - large.saved
    assert db.read(files.file_called, added.keys[1]).content == b"small"


def test_files_whose_bytes_are_gone_are_marked(sqlite_db: Database) -> None:
    event = event_of(sqlite_db)
    add(sqlite_db, event, SCAN, Brought("malo.txt", b"small"))
    assert "missing" not in [f.key for f in sqlite_db.read(files.files_of, "event", event).fields]
    shutil.rmtree(stored_files.folder_of(Path(sqlite_db.location)))
    listing = sqlite_db.read(files.files_of, "event", event)
    assert listing.fields[-1].key == "missing"
    assert {row[0]: row[-1] for row in listing.rows} == {SCAN.name: True, "malo.txt": False}
