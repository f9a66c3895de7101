"""Letters to organisations themselves, and one letter for a whole party: who reads it, who is in it, what is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.consents import Consent
from mama_desktop.domain.letters import LetterRecipient
from mama_desktop.domain.parties import Party
from mama_desktop.domain.text import T
from mama_desktop.services import documents, events, letter_making, letters, letters_kept
from mama_desktop.services.letters import Wish
from mama_desktop.services.recipients import Audience
from mama_desktop.store.database import Database
from tests.factories import make_event, make_organisation, make_person, make_registration

NOW = dt.datetime(2020, 3, 2, 9, 0)
TEXT = {"sl": "[Pozdrav],\n\n[Organizacija], [Kraj]: [Kontaktna oseba]", "en": "[Greeting],\n\n[Organisation]"}


def _unheard(_done: int, _all: int) -> None:
    return


def _centres(session: Session) -> tuple[str, ...]:
    krsko = make_organisation(
        session, "MC Krško", email="info@mc-krsko.si", contact_person="Eva Kos", street="Bohoričeva 1",
        postal_code="8270", town="Krško",
    )  # fmt: skip
    make_person(session, "Eva", "Kos", gender="female", organisation_id=krsko.id, email="eva@example.org")
    velenje = make_organisation(session, "MC Velenje", email="info@mc-velenje.si", contact_person="Oto Bor")
    rijeka = make_organisation(session, "Udruga mladih", name_en="Youth Association", country="HR")
    return krsko.id, velenje.id, rijeka.id


def _to(keys: tuple[str, ...], **more: Any) -> Wish:
    return Wish(Audience(organisation_ids=keys), {"sl": "Novice", "en": "News"}, TEXT, **more)


def test_each_organisation_is_written_to_itself(session: Session) -> None:
    keys = _centres(session)
    mailing = letters.compose(session, _to(keys), now=NOW)
    assert mailing.problems == ()
    krsko, velenje, rijeka = mailing.letters
    assert krsko.text == "Spoštovana gospa Kos,\n\nMC Krško, Krško: Eva Kos"
    assert krsko.recipient.mail == ("info@mc-krsko.si",)
    assert krsko.recipient.post == ("Eva Kos", "MC Krško", "Bohoričeva 1", "8270 Krško")
    assert krsko.recipient.file_name == "MC Krško"
    assert velenje.text.startswith("Pozdravljeni, Oto Bor,")
    assert rijeka.text == "Dear all,\n\nYouth Association"
    assert rijeka.recipient.mail == ()
    key = letters.keep(session, _to(keys), mailing.letters, "eml", now=NOW, who="")
    kept = session.scalars(select(LetterRecipient).where(LetterRecipient.letter_id == key)).all()
    assert {(one.organisation_id, one.name) for one in kept} == set(
        zip(keys, ("MC Krško", "MC Velenje", "Youth Association"), strict=True)
    )


def test_an_organisation_gets_news_that_its_contact_person_does_not_want(session: Session) -> None:
    keys = _centres(session)
    person = make_person(session, "Oto", "Bor", gender="male", organisation_id=keys[1])
    session.add(Consent(person_id=person.id, purpose="mailing", given=False))
    session.flush()
    mailing = letters.compose(session, _to(keys[1:2], kind="information"), now=NOW)
    (one,) = mailing.letters
    assert one.text.startswith("Pozdravljeni,")
    assert one.recipient.person_id is None
    (other,) = letters.compose(session, _to(keys[1:2], kind="other"), now=NOW).letters
    assert other.text.startswith("Spoštovani gospod Bor,")


def test_drafts_and_labels_for_organisations(sqlite_db: Database, tmp_path: Path) -> None:
    keys = sqlite_db.write(_centres, label=T("x"))
    made = letter_making.make_drafts(sqlite_db, _to(keys, name="novice"), tmp_path, _unheard)
    assert (made.count, made.on_paper) == (3, 1)
    assert sorted(path.name for path in made.path.glob("*.eml")) == ["MC Krško.eml", "MC Velenje.eml"]
    path = tmp_path / "nalepke.pdf"
    labels = letter_making.make_labels(sqlite_db, _to(keys), path, _unheard, sheet="", start=1)
    assert labels.count == 1
    assert path.stat().st_size > 500


def _family(session: Session) -> tuple[Any, list[Any]]:
    event = make_event(session, title_sl="Tabor")
    mother = make_person(session, "Maja", "Zajc", gender="female", email="maja@example.org", language="sl")
    party = Party(event_id=event.id, name="Družina Zajc", contact_id=mother.id)
    lonely = Party(event_id=event.id, name="Brez stika")
    session.add_all([party, lonely])
    session.flush()
    rows = [
        make_registration(session, event, mother, party_id=party.id),
        *(
            make_registration(session, event, make_person(session, given, "Zajc"), party_id=party.id)
            for given in ("Tim", "Ula", "Žan")
        ),
        *(
            make_registration(session, event, make_person(session, given, "Bor"), party_id=lonely.id)
            for given in ("Ana", "Ivo")
        ),
    ]
    return event, rows


def test_a_family_gets_one_mail_with_its_people_listed(session: Session) -> None:
    event, rows = _family(session)
    audience = Audience(event.id, tuple(one.id for one in rows))
    body = {"sl": "[Pozdrav],\n\nvidimo se na dogodku »[Dogodek]«."}
    each = letters.compose(session, Wish(audience, {"sl": "x"}, body), now=NOW)
    assert len(each.letters) == 6
    mailing = letters.compose(session, Wish(audience, {"sl": "x"}, body, by_party=True), now=NOW)
    assert mailing.problems == ()
    assert [one.recipient.name for one in mailing.letters] == ["Ana Bor", "Ivo Bor", "Maja Zajc"]
    family = mailing.letters[2]
    assert family.recipient.mail == ("maja@example.org",)
    assert family.recipient.file_name == "Družina Zajc"
    assert len(family.recipient.people) == 4
    for given in ("Maja", "Tim", "Ula", "Žan"):
        assert f"{given} Zajc" in family.text
    assert "Spoštovana gospa Zajc" in family.text
    assert "Bor" not in family.text
    own = {"sl": "[Pozdrav],\n\n[Seznam oseb]"}
    (*_, listed) = letters.compose(session, Wish(audience, {"sl": "x"}, own, by_party=True), now=NOW).letters
    assert listed.text.startswith("Spoštovana gospa Zajc")


def test_one_of_a_party_alone_keeps_the_own_letter(session: Session) -> None:
    event, rows = _family(session)
    wish = Wish(Audience(event.id, (rows[1].id,)), {"sl": "x"}, {"sl": "[Pozdrav]"}, by_party=True)
    (one,) = letters.compose(session, wish, now=NOW).letters
    assert one.recipient.given_name == "Tim"
    assert one.recipient.through


def test_the_document_letters_as_drafts_and_apart(sqlite_db: Database, tmp_path: Path) -> None:
    def fill(session: Session) -> None:
        event = make_event(session, "2020-04-klub", title_sl="Klub")
        krsko, velenje = (make_organisation(session, f"MC {name}", email=f"{name}@mc.si") for name in ("kk", "ve"))
        for given, centre in (("Ana", krsko), ("Bor", krsko), ("Cene", velenje)):
            person = make_person(session, given, "Kos", organisation_id=centre.id, email=f"{given}@b.si", language="sl")
            make_registration(session, event, person, status="accepted", organisation_id=centre.id)

    sqlite_db.write(fill, label=T("x"))

    def made(path: Path, **options: str) -> list[str]:
        paths = documents.make(sqlite_db, "letters", "2020-04-klub", path, language="sl", options=options)
        assert all(one.is_file() for one in paths)
        return [str(one.relative_to(tmp_path)) for one in paths]

    assert made(tmp_path / "vabila.eml") == ["vabila/Kos Ana.eml", "vabila/Kos Bor.eml", "vabila/Kos Cene.eml"]
    (tmp_path / "dopisi").mkdir()
    (folder,) = {str(Path(one).parent) for one in made(tmp_path / "dopisi", text="receipt")}
    assert folder.startswith("dopisi/")
    assert made(tmp_path / "nov", split="organisation") == ["nov/MC kk.eml", "nov/MC ve.eml"]
    assert made(tmp_path / "po.pdf", split="organisation", text="organisation") == ["po/MC kk.pdf", "po/MC ve.pdf"]
    assert made(tmp_path / "vsi.pdf") == ["vsi.pdf"]
    event = sqlite_db.read(events.event_by_code, "2020-04-klub")
    kept = [row.channel for row in sqlite_db.read(letters_kept.of_event, event)]
    assert sorted(kept) == ["eml", "eml", "eml", "pdf", "pdf"]
