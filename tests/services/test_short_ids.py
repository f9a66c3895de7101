"""Short codes: stable, mended when misread, refused when mistyped, and led back to their record."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from mama_desktop.domain.base import new_key
from mama_desktop.domain.text import T
from mama_desktop.services import short_ids
from mama_desktop.store.database import Database
from tests.factories import make_person

_CODES = st.uuids().map(lambda u: short_ids.short_id(u.hex))


@given(st.uuids())
def test_a_code_is_stable_and_reads_itself(key: object) -> None:
    code = short_ids.short_id(str(key))
    assert code == short_ids.short_id(str(key))
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{5}", code)
    assert short_ids.as_short_id(f" {code.lower().replace('-', ' ')} ") == code


@given(_CODES, st.integers(0, 9), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_seen(code: str, place: int, letter: str) -> None:
    if place == 4 or code[place] == letter:
        return
    assert short_ids.as_short_id(code[:place] + letter + code[place + 1 :]) == ""


def test_what_is_no_code_is_none() -> None:
    for words in ("", "ID", "12", "K7Q2", "1234-567890", "Ana Novak", "ŽŽŽŽ-ŽŽŽŽŽ"):
        assert short_ids.as_short_id(words) == ""


def test_a_code_leads_back_to_its_record(db: Database) -> None:
    def add(session: Session) -> list[str]:
        return [make_person(session, family_name=name).id for name in ("Žagar", "Novak", "Đurić")]

    keys = db.write(add, label=T("x"))
    codes = [short_ids.short_id(key) for key in keys]
    assert db.read(short_ids.resolve, "person", codes[1].lower()) == keys[1]
    assert db.read(short_ids.resolve, "organisation", codes[1]) is None
    assert db.read(short_ids.resolve, "person", short_ids.short_id(new_key())) is None
    assert db.read(short_ids.resolve_all, "person", [*codes, "?"]) == dict(zip(codes, keys, strict=True))
