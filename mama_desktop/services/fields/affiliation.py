"""The fields of a former affiliation of a person."""

from __future__ import annotations

from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Affiliation
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services.fields.field import Field, name_in, plain, registry

AFFILIATION_FIELDS = registry(
    Field(
        FieldInfo("organisation", T("Organisation"), "organisation", width=260),
        (Organisation.name_sl, Organisation.name_en), name_in, writes=Affiliation.organisation_id,
    ),
    plain(Affiliation.function, T("Function"), width=160),
    plain(Affiliation.since, T("Since"), "date", width=110),
    plain(Affiliation.until, T("Until"), "date", width=110),
    plain(Affiliation.email, T("E-mail"), "email", sensitivity="personal", width=200),
    plain(Affiliation.phone, T("Phone"), "phone", sensitivity="personal", width=150),
)  # fmt: skip
