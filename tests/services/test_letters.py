"""Letters read aloud: to a woman, a man and a non-binary person; who is written to, through whom, and what is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.consents import Consent, Guardian
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.letters import LetterTemplate
from mama_desktop.domain.parties import Party
from mama_desktop.services import events, letter_texts, letters, letters_kept, office, organisations, people
from mama_desktop.services.letters import Wish
from mama_desktop.services.recipients import Audience
from tests.factories import make_event, make_organisation, make_person, make_registration, make_staff_member

NOW = dt.datetime(2020, 3, 2, 9, 0)


def _event(session: Session, **values: Any) -> Any:
    office.set_settings(session, {
        "office.name_sl": "Mladinska mreža MaMa", "office.name_en": "MaMa Youth Network", "office.town": "Ljubljana",
    })  # fmt: skip
    responsible = make_staff_member(session, phone="01 234 56 78", email="maja@mama.si")
    told = {
        "title_sl": "Mladi v gibanju", "title_en": "Youth on the Move", "ends_on": dt.date(2020, 4, 3),
        "starts_at": dt.time(10), "ends_at": dt.time(17, 30), "precision": "time", "venue": "Mladinski center Krško",
        "town": "Krško", "postal_code": "8270", "responsible_id": responsible.id, "bring_sl": "copate in dobro voljo",
        "bring_en": "slippers and a good mood", "travel_note_sl": "Od postaje je pet minut peš.",
        "travel_note_en": "It is a five-minute walk from the station.", **values,
    }  # fmt: skip
    return make_event(session, **told)


def _wish(session: Session, event: Any, *registrations: Any, text: str = "acceptance", **more: Any) -> Wish:
    chosen = letter_texts.letter_text(session, text)
    audience = Audience(event.id, tuple(one.id for one in registrations))
    return Wish(audience, chosen.subjects, chosen.bodies, chosen.kind, str(chosen.name), template=text, **more)


def _three(session: Session, language: str) -> tuple[Any, dict[str, letters.Written]]:
    event = _event(session)
    made = [
        make_registration(session, event, make_person(session, given, family, gender=gender, language=language))
        for given, family, gender in (
            ("Ana", "Novak", "female"), ("Marko", "Kovač", "male"), ("Žan", "Šuštar", "non-binary"),
        )
    ]  # fmt: skip
    mailing = letters.compose(session, _wish(session, event, *made), now=NOW)
    assert mailing.problems == ()
    assert mailing.empty == ()
    return event, {one.recipient.given_name: one for one in mailing.letters}


_SLOVENE = """{greeting},

z veseljem vam sporočamo, da je vaša prijava na dogodek »Mladi v gibanju« sprejeta. Veseli nas, da boste z nami kot {as_what}.

Kdaj: 2.–3. april 2020
Ura: začetek ob 10.00, konec zadnji dan ob 17.30
Kje: Mladinski center Krško, 8270 Krško

Kako priti: Od postaje je pet minut peš.

S seboj prinesite: copate in dobro voljo

Prosimo, da nam udeležbo potrdite z odgovorom na to sporočilo. Če se dogodka ne boste mogli udeležiti, nam to sporočite čim prej, da bomo mesto lahko ponudili nekomu s čakalnega seznama.

Lep pozdrav

Maja Zupan
01 234 56 78
maja@mama.si
Mladinska mreža MaMa"""  # noqa: E501 - the whole wording, as it is read aloud
_ENGLISH = """{greeting},

We are happy to let you know that your registration for “Youth on the Move” has been accepted. We look forward to having you with us.

When: 2–3 April 2020
Time: begins at 10:00, ends on the last day at 17:30
Where: Mladinski center Krško, 8270 Krško

How to get there: It is a five-minute walk from the station.

Please bring along: slippers and a good mood

Please confirm that you are coming by replying to this message. If you cannot come after all, tell us as soon as possible, so that we can offer your place to somebody on the waiting list.

Kind regards,

Maja Zupan
01 234 56 78
maja@mama.si
MaMa Youth Network"""  # noqa: E501 - the whole wording, as it is read aloud


@pytest.mark.parametrize(
    ("name", "greeting", "as_what"),
    [
        ("Ana", "Spoštovana gospa Novak", "udeleženka"),
        ("Marko", "Spoštovani gospod Kovač", "udeleženec"),
        ("Žan", "Pozdravljeni, Žan Šuštar", "del skupine"),
    ],
)
def test_the_acceptance_in_slovene_is_read_aloud(
    paper_session: Session, name: str, greeting: str, as_what: str
) -> None:  # fmt: skip
    _, written = _three(paper_session, "sl")
    assert written[name].text == _SLOVENE.format(greeting=greeting, as_what=as_what)
    assert written[name].subject == "Vaša prijava je sprejeta: Mladi v gibanju"


@pytest.mark.parametrize(
    ("name", "greeting"), [("Ana", "Dear Ms Novak"), ("Marko", "Dear Mr Kovač"), ("Žan", "Dear Žan Šuštar")]
)
def test_the_acceptance_in_english_is_read_aloud(paper_session: Session, name: str, greeting: str) -> None:
    _, written = _three(paper_session, "en")
    assert written[name].text == _ENGLISH.format(greeting=greeting)
    assert written[name].subject == "Your registration is accepted: Youth on the Move"


@pytest.mark.parametrize("key", letter_texts.SHIPPED)
def test_every_ready_text_is_whole_in_both_languages(paper_session: Session, key: str) -> None:
    event = _event(paper_session, deadline=dt.date(2020, 3, 20), online_link="https://example.org/klic")
    centre = make_organisation(paper_session, email="info@example.org", contact_person="Eva Kos")
    made = [
        make_registration(
            paper_session, event, make_person(paper_session, given, language=code, organisation_id=centre.id),
            diet=["vegan"],
        )
        for given, code in (("Ana", "sl"), ("Jo", "en"))
    ]  # fmt: skip
    wish = _wish(paper_session, event, *made, text=key, by_organisation=key == "organisation")
    mailing = letters.compose(paper_session, wish, now=NOW)
    assert mailing.problems == ()
    assert mailing.empty == ()
    for one in mailing.letters:
        assert "[" not in one.text + one.subject
        assert "|" not in one.text
        assert len(one.text) > 150
        assert "\n\n\n" not in one.text
        assert ("Lep pozdrav" in one.text) == (one.language == "sl")


def test_a_line_without_a_value_is_left_out_and_said(session: Session) -> None:
    event = _event(session, bring_sl="", bring_en="", responsible_id=None)
    mailing = letters.compose(session, _wish(session, event, make_registration(session, event)), now=NOW)
    text = mailing.letters[0].text
    assert "S seboj prinesite" not in text
    assert "\n\n\n" not in text
    assert "Lep pozdrav\n\nMladinska mreža MaMa" in text
    said = [str(one.words) for one in mailing.empty]
    assert "“What to bring” is empty for 1 person: Ana Novak" in said


def test_an_unknown_placeholder_stops_everything(session: Session) -> None:
    event = _event(session)
    wish = Wish(Audience(event.id, (make_registration(session, event).id,)), {"sl": "x"}, {"sl": "[Imee] [a|b]"})
    mailing = letters.compose(session, wish, now=NOW)
    assert [str(one) for one in mailing.problems] == [
        "There is no placeholder [Imee].", "[a|b] needs three forms: for a woman, for a man, and neutral.",
    ]  # fmt: skip
    with pytest.raises(OfficeError):
        mailing.refuse_if_broken()


def test_sensitive_fields_and_own_remarks_are_no_placeholders(session: Session) -> None:
    from mama_desktop.services.placeholder_values import offered

    keys = {one.key for one in offered(session, _event(session).id).offered}
    assert {"given_name", "town", "organisation", "event_title", "responsible_phone", "greeting"} <= keys
    assert not keys & {"allergies", "remarks", "emergency_name", "emergency_phone", "source_line"}


def test_each_in_their_language_and_why(session: Session) -> None:
    event = _event(session)
    croat = make_organisation(session, "Udruga mladih", country="HR")
    rows = [
        make_registration(session, event, make_person(session, given, organisation_id=org, language=code))
        for given, org, code in (("Ana", None, ""), ("Ivo", croat.id, ""), ("Mia", croat.id, "sl"))
    ]
    mailing = letters.compose(session, _wish(session, event, *rows), now=NOW)
    found = {one.recipient.given_name: (one.language, str(one.recipient.why_language or "")) for one in mailing.letters}
    assert found["Ana"] == ("sl", "no language is written")
    assert found["Ivo"] == ("en", "no language is written; the country is not ours")
    assert found["Mia"] == ("sl", "")
    only_slovene = Wish(mailing_audience(rows, event), {"sl": "Zadeva", "en": ""}, {"sl": "Besedilo", "en": ""})
    instead = {one.recipient.given_name: one for one in letters.compose(session, only_slovene, now=NOW).letters}
    assert instead["Ivo"].language == "sl"
    assert instead["Ivo"].instead
    assert instead["Ivo"].text == "Besedilo"


def mailing_audience(rows: list[Any], event: Any) -> Audience:
    return Audience(event.id, tuple(one.id for one in rows))


def test_mail_goes_to_the_contact_person_or_the_guardian(session: Session) -> None:
    event = _event(session)
    leader = make_person(session, "Eva", "Kos", email="eva@example.org")
    group = Party(event_id=event.id, name="MC Krško", contact_id=leader.id)
    session.add(group)
    session.flush()
    mother = make_person(session, "Maja", "Zajc", email="maja.zajc@example.org")
    child = make_person(session, "Tim", "Zajc", birth_date=dt.date(2008, 5, 1))
    session.add(Guardian(person_id=child.id, guardian_id=mother.id))
    session.flush()
    rows = [
        make_registration(session, event, leader, party_id=group.id),
        make_registration(session, event, make_person(session, "Lan", "Bor", email="lan@b.si"), party_id=group.id),
        make_registration(session, event, child),
        make_registration(session, event, make_person(session, "Nik", "Rus", email="anonymous")),
    ]
    mailing = letters.compose(session, _wish(session, event, *rows), now=NOW)
    to = {one.recipient.given_name: one.recipient for one in mailing.letters}
    assert to["Eva"].mail == ("eva@example.org",)
    assert to["Eva"].through is None
    assert to["Lan"].mail == ("eva@example.org",)
    assert to["Lan"].mail_name == "Eva Kos"
    assert to["Lan"].through
    assert to["Tim"].mail == ("maja.zajc@example.org",)
    assert "guardian" in str(to["Tim"].through)
    assert [one.recipient.given_name for one in mailing.without_mail] == ["Nik"]


@pytest.mark.parametrize(("kind", "left"), [("information", True), ("invitation", True), ("acceptance", False)])
def test_who_refused_news_is_left_out_of_them_only(session: Session, kind: str, left: bool) -> None:
    event = _event(session)
    wants, refuses, withdrew = (make_person(session, given) for given in ("Ana", "Bor", "Cene"))
    session.add(Consent(person_id=refuses.id, purpose="mailing", given=False))
    session.add(Consent(person_id=withdrew.id, purpose="mailing", withdrawn_on=dt.date(2020, 2, 1)))
    session.add(Consent(person_id=wants.id, purpose="photo", given=False))
    session.flush()
    rows = [make_registration(session, event, one) for one in (wants, refuses, withdrew)]
    wish = Wish(mailing_audience(rows, event), {"sl": "Novice"}, {"sl": "Pozdravljeni"}, kind)
    mailing = letters.compose(session, wish, now=NOW)
    assert [one.name for one in mailing.left_out] == (["Bor Novak", "Cene Novak"] if left else [])
    assert len(mailing.letters) == (1 if left else 3)


def test_one_to_each_contact_person_with_only_its_own_people(session: Session) -> None:
    event = _event(session)
    krsko = make_organisation(session, "MC Krško", email="info@mc-krsko.si", contact_person="Eva Kos")
    velenje = make_organisation(session, "MC Velenje", email="info@mc-velenje.si")
    make_person(session, "Eva", "Kos", gender="female", organisation_id=krsko.id)
    rows = [
        make_registration(session, event, make_person(session, given, "Bor", organisation_id=org))
        for given, org in (("Ana", krsko.id), ("Ema", krsko.id), ("Ivo", velenje.id), ("Oto", None))
    ]
    mailing = letters.compose(session, _wish(session, event, *rows, text="organisation", by_organisation=True), now=NOW)
    krsko_letter, velenje_letter, alone = mailing.letters
    assert krsko_letter.recipient.mail == ("info@mc-krsko.si",)
    assert krsko_letter.text.startswith("Spoštovana gospa Kos,")
    assert "Ana Bor" in krsko_letter.text
    assert "Ema Bor" in krsko_letter.text
    assert "Ivo" not in krsko_letter.text
    assert "Ivo Bor" in velenje_letter.text
    assert "Ana" not in velenje_letter.text
    assert velenje_letter.recipient.mail_name == "MC Velenje"
    assert alone.recipient.given_name == "Oto"


def test_what_was_written_is_kept_as_it_was(session: Session) -> None:
    event = _event(session)
    person = make_person(session, email="ana@example.org")
    registration = make_registration(session, event, person)
    wish = _wish(session, event, registration)
    mailing = letters.compose(session, wish, now=NOW)
    key = letters.keep(session, wish, mailing.letters, "eml", now=NOW, who="Maja Zupan")
    person.given_name = "Anja"
    session.flush()
    (row,) = letters_kept.of_event(session, event.id)
    assert (row.id, row.count, row.sent, row.made_by, row.channel) == (key, 1, 0, "Maja Zupan", "eml")
    assert letters_kept.mark_sent(session, key, at=NOW) == 1
    assert letters_kept.mark_sent(session, key, at=NOW) == 0
    (mine,) = letters_kept.of_person(session, person.id)
    assert mine.reader == "Ana Novak"
    assert mine.address == "ana@example.org"
    assert mine.sent_at == NOW
    assert mine.body == mailing.letters[0].text
    assert mine.event == "Mladi v gibanju"
    people.delete_people(session, [person.id])
    (kept,) = letters_kept.readers(session, key)
    assert kept.reader == "Ana Novak"
    event_id = event.id
    events.delete_events(session, [event_id])
    assert letters_kept.of_event(session, event_id) == []
    assert letters_kept.readers(session, key) == []


def test_an_organisation_that_was_written_to_can_be_deleted(session: Session) -> None:
    centre = make_organisation(session)
    person = make_person(session, organisation_id=centre.id)
    wish = Wish(Audience(person_ids=(person.id,)), {"sl": "x"}, {"sl": "[Pozdrav], [Organizacija]"})
    mailing = letters.compose(session, wish, now=NOW)
    assert mailing.letters[0].text == "Pozdravljeni, Ana Novak, Mladinski center Krško"
    letters.keep(session, wish, mailing.letters, "pdf", now=NOW, who="")
    people.delete_people(session, [person.id])
    assert organisations.delete_organisations(session, [centre.id]) == 1


def test_the_office_keeps_its_own_text_and_goes_back(session: Session) -> None:
    texts = {"sl": "Naše vabilo\n\n[Pozdrav]", "en": "Our invitation"}
    assert letter_texts.keep_text(session, "invitation", kind="invitation", subjects={"sl": "A"}, bodies=texts)
    own = letter_texts.letter_text(session, "invitation")
    assert own.bodies["sl"] == texts["sl"]
    assert own.is_shipped
    assert own.id
    assert letter_texts.keep_text(session, "invitation", kind="invitation", subjects={"sl": "B"}, bodies=texts)
    assert session.query(LetterTemplate).count() == 1
    letter_texts.back_to_shipped(session, "invitation")
    assert "vabimo vas" in letter_texts.letter_text(session, "invitation").bodies["sl"]
    key = letter_texts.keep_text(session, "", kind="other", subjects={}, bodies=texts, name="Prednovoletno")
    assert letter_texts.letter_text(session, "prednovoletno").key == key
    with pytest.raises(OfficeError):
        letter_texts.keep_text(session, "", kind="other", subjects={}, bodies=texts, name="Prednovoletno")
