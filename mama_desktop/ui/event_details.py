"""The details of an event: a form whose finished edits are stored at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import VISITS
from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T, verbatim
from mama_desktop.services import capacity, editing, events, office, organisations, places, projects, waiting_blocks
from mama_desktop.services.fields import EVENT_DETAILS
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.capacity_form import Options, Quotas
from mama_desktop.ui.form import Form
from mama_desktop.ui.page import Page

CLOSES, OPTIONS, QUOTAS = "closes", "options", "quotas"
# None of them is a column of the event: whether it closes may be left to the office, the others are rows of their own.
_CLOSES = FieldInfo(
    CLOSES, T("Does one waiting person close the event for newcomers?"), "choice",
    choices={
        "office": T("as the office's settings say"), "yes": T("yes, newcomers go on the waiting list"), "no": T("no"),
    },
)  # fmt: skip
_CLOSES_VALUES = {"office": None, "yes": True, "no": False}
_OWN = {
    CLOSES: _CLOSES, OPTIONS: FieldInfo(OPTIONS, T("Options")), QUOTAS: FieldInfo(QUOTAS, T("Quotas")),
}  # fmt: skip
_GROUPS = (
    (None, ("title_sl", "title_en", "kind", "status", "project_id", "responsible_id")),
    (T("When"), ("precision", "deadline", "starts_on", "ends_on", "starts_at", "ends_at")),
    (T("Where"), ("format", "venue", "street", "town", "postal_code", "country", "online_link")),
    (T("Places and options"), ("capacity", CLOSES, OPTIONS, QUOTAS)),
    (None, ("organisation", "remarks")),
    (T("For letters, forms and consents"), ("travel_note_sl", "travel_note_en", "bring_sl", "bring_en")),
)
_WIDE = frozenset({"title_sl", "title_en", "online_link", "remarks", OPTIONS, QUOTAS})


class EventDetails(QWidget):
    """`set_event` shows one event; the form is built anew because projects and staff are choices."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._event = ""
        self._form: Form | None = None
        self._choices: tuple[object, ...] = ()
        self._options: Options | None = None
        self._quotas: Quotas | None = None
        self.over = Callout("wait")
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.setSpacing(8)
        self._lay.addWidget(self.over)

    def set_event(self, event_id: str) -> None:
        self._event = event_id

    def refresh(self) -> None:
        head = self._page.db.read(events.event_head, self._event, language=self._page.speak.code)
        if head is None:
            return
        form = self._form_with_choices()
        values = {key: getattr(head, key) for key in EVENT_DETAILS}
        closes = next(said for said, value in _CLOSES_VALUES.items() if value == head.waiting_closes)
        form.set_values({**values, CLOSES: closes})
        self._show_places()
        form.set_field_visible("online_link", head.format != "in-person")
        form.set_field_visible("organisation", head.kind in VISITS)
        form.set_field_visible("ends_on", head.precision != "month")
        for key in ("starts_at", "ends_at"):
            form.set_field_visible(key, head.precision == "time")

    def _show_places(self) -> None:
        """Options and quotas; and what is over: nobody is taken out when there are fewer places."""
        page = self._page
        for part in (self._options, self._quotas):
            if part is not None:
                part.show_event(self._event)
        over = page.db.read(capacity.exceeded, self._event, language=page.speak.code)
        said = [T("{name}: {now}", name=one.name or verbatim(one.value), now=one.now) for one in over]
        words = T(
            "More take a place than there are places: {what}. Nobody was taken out.",
            what="; ".join(page.say(one) for one in said),
        )
        self.over.tell(page.say(words) if over else "")

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
        self._options, self._quotas = Options(page), Quotas(page)
        own = {OPTIONS: self._options, QUOTAS: self._quotas}
        for title, keys in _GROUPS:
            fields = [_OWN.get(key) or self._chosen_from(EVENT_DETAILS[key].info, names) for key in keys]
            self._form.add_group(title, fields, own)
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
        page = self._page
        if key == CLOSES:
            words = T("Event: {field}", field=EVENT_DETAILS["waiting_closes"].info.label)
            page.write(waiting_blocks.set_closes, self._event, _CLOSES_VALUES[value], label=words)
            return
        field = EVENT_DETAILS[key].info
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
