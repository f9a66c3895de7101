"""The details of an event: a form whose finished edits are stored at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import VISITS
from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T, verbatim
from mama_desktop.services import editing, events, office, organisations, places, projects
from mama_desktop.services.fields import EVENT_DETAILS
from mama_desktop.ui.form import Form
from mama_desktop.ui.page import Page

_GROUPS = (
    (None, ("title_sl", "title_en", "kind", "status", "project_id", "responsible_id")),
    (T("When"), ("precision", "deadline", "starts_on", "ends_on", "starts_at", "ends_at")),
    (T("Where"), ("format", "venue", "street", "town", "postal_code", "country", "online_link")),
    (T("Places and remarks"), ("capacity", "organisation", "remarks")),
    (T("For letters, forms and consents"), ("travel_note_sl", "travel_note_en", "bring_sl", "bring_en")),
)
_WIDE = frozenset({"title_sl", "title_en", "online_link", "remarks"})


class EventDetails(QWidget):
    """`set_event` shows one event; the form is built anew because projects and staff are choices."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._event = ""
        self._form: Form | None = None
        self._choices: tuple[object, ...] = ()
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)

    def set_event(self, event_id: str) -> None:
        self._event = event_id

    def refresh(self) -> None:
        head = self._page.db.read(events.event_head, self._event, language=self._page.speak.code)
        if head is None:
            return
        form = self._form_with_choices()
        form.set_values({key: getattr(head, key) for key in EVENT_DETAILS})
        form.set_field_visible("online_link", head.format != "in-person")
        form.set_field_visible("organisation", head.kind in VISITS)
        form.set_field_visible("ends_on", head.precision != "month")
        for key in ("starts_at", "ends_at"):
            form.set_field_visible(key, head.precision == "time")

    def focus_first(self) -> None:
        if self._form is not None:
            self._form.focus_first()

    def _form_with_choices(self) -> Form:
        """Built when first shown, and again when somebody added a project or a colleague."""
        page = self._page
        titles = page.db.read(projects.project_names, language=page.speak.code)
        staff = {s.id: s.name for s in page.db.read(office.staff, everybody=True)}
        choices = (tuple(titles.items()), tuple(staff.items()))
        if self._form is not None and choices == self._choices:
            return self._form
        if self._form is not None:
            self._form.deleteLater()
        self._choices = choices
        names = {"project": titles, "staff": staff}
        self._form = Form(page.speak, today=page.db.clock.today, complete=self._complete, wide=_WIDE)
        for title, keys in _GROUPS:
            self._form.add_group(title, [self._chosen_from(EVENT_DETAILS[key].info, names) for key in keys])
        self._form.edit_requested.connect(self._on_edit)
        self._form.set_read_only(page.db.read_only is not None)
        self._lay.addWidget(self._form)
        return self._form

    @staticmethod
    def _chosen_from(field: FieldInfo, names: dict[str, dict[str, str]]) -> FieldInfo:
        if field.kind not in names:
            return field
        choices = {"": T("none"), **{key: verbatim(name) for key, name in names[field.kind].items()}}
        return replace(field, kind="reference", choices=choices)

    def _on_edit(self, key: str, value: Any) -> None:
        page, field = self._page, EVENT_DETAILS[key].info
        label, now = T("Event: {field}", field=field.label), page.db.clock.now()
        try:
            page.db.write(editing.change, "event", [self._event], key, value, now=now, label=label)
        except OfficeError as error:
            assert self._form is not None
            self._form.set_error(key, error.what)

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        if kind == "town":
            return [Found(kind, t.postal_code, t.name, t.postal_code) for t in places.suggest_towns(beginning)]
        return self._page.db.read(organisations.like, beginning)
