"""The office's own settings as a form shows them, and one finished edit of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import Text
from mama_desktop.services import editing, office
from mama_desktop.services.pictures import checked_picture
from mama_desktop.settings import SETTINGS

LOGO = "office.logo"
TOWN, POSTAL_CODE = "office.town", "office.postal_code"
# What a form has to know beyond the kind by which a setting is stored.
_KINDS = {TOWN: "town", "office.email": "email", "office.phone": "phone", LOGO: "picture"}


def setting_fields(group: str) -> dict[str, FieldInfo]:
    """The settings of a group that are shown, as fields of a form."""
    return {
        info.key: FieldInfo(info.key, info.label, _KINDS.get(info.key, info.kind))
        for info in SETTINGS.values()
        if info.group == group and info.label is not None
    }


def setting_values(session: Session) -> dict[str, Any]:
    """Every setting; the logo as the bytes of its picture."""
    values = office.settings(session)
    return {**values, LOGO: office.file_content(session, values[LOGO])}


def change_setting(session: Session, key: str, value: Any) -> None:
    """Store one finished edit; a town picked from the list brings its postal code along."""
    field = setting_fields(SETTINGS[key].group)[key]
    if isinstance(value, Found):
        values = {key: value.title}
        if key == TOWN and value.key:
            values[POSTAL_CODE] = value.key
        office.set_settings(session, values)
    elif field.kind == "picture":
        office.set_settings(session, {key: office.store_file(session, checked_picture(value)) if value else ""})
    else:
        plain = editing.checked(field, value)
        office.set_settings(session, {key: SETTINGS[key].default if plain is None else plain})


def setting_label(key: str) -> Text:
    label = SETTINGS[key].label
    assert label is not None
    return label
