"""What the intake is told of our fields, and what it was taught."""

from __future__ import annotations

from mama_desktop.domain.text import T
from mama_desktop.intake.headings import assign, recognise
from mama_desktop.intake.mapping import fingerprint
from mama_desktop.intake.tables import RawRow, Table
from mama_desktop.services import column_mapping
from mama_desktop.services.fields import REGISTRATION_FIELDS
from mama_desktop.store.database import Database


def test_every_target_has_a_label_and_every_field_a_target() -> None:
    keys = {target.key.removeprefix(column_mapping.COMPUTED) for target in column_mapping.targets()}
    assert set(REGISTRATION_FIELDS) - {"applied_at"} <= keys
    assert {target.key for target in column_mapping.targets()} == set(column_mapping.labels())


def test_a_mapping_is_remembered_for_the_shape_of_the_file(db: Database) -> None:
    table = Table("", (1,), ("Kdo si", "Pišeš se", "Kaj rad ješ"), (RawRow(2, ("Ana", "Novak", "vegan")),))
    targets = {target.key: target for target in column_mapping.targets()}
    shape = fingerprint(table.headings)
    assert db.read(column_mapping.remembered, shape) is None
    mapping = recognise(table, column_mapping.targets())
    for index, key in enumerate(("given_name", "family_name", "diet")):
        mapping = assign(table, mapping, index, targets[key])
    for _ in range(2):
        db.write(column_mapping.remember, shape, mapping.remember(), label=T("Remember the columns"))
    past = db.read(column_mapping.remembered, shape)
    again = recognise(table, column_mapping.targets(), past)
    assert [column.key for column in again.columns] == ["given_name", "family_name", "diet"]
