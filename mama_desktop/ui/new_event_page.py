"""A new event: a title is enough, a month or date better; or a copy of an earlier one."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mama_desktop.domain.events import KINDS
from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services import events, new_event, places, projects
from mama_desktop.store.database import Database
from mama_desktop.ui.editors import ChoiceEditor, PickEditor
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.labelled import ScrollColumn, labelled
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.when_field import WhenField
from mama_desktop.ui.widgets import button, label

_WIDEST = 640
_COPY = FieldInfo("copy", T("Copy of an earlier event"), "event")
_TOWN = FieldInfo("town", T("Town"), "town")
_KIND = FieldInfo("kind", T("Kind"), "choice", choices=KINDS)


class NewEventPage(Page):
    """`open(project key)` proposes the project; `open(event key, "copy")` proposes a copy of that event."""

    kinds = frozenset({"project"})
    help_topic = "events"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        say = self.say
        self.set_where((say(T("Events")), "events"), (say(T("New")), ""))
        self.set_title(say(T("New event")))
        self.set_about(say(T("A title is enough to begin with. Everything else can be written later.")))
        self.title = QLineEdit()
        self.title.returnPressed.connect(self.create_event)
        self.when = WhenField(speak, db.clock.today)
        self.when.line.returnPressed.connect(self.create_event)
        self.kind = ChoiceEditor(_KIND, speak, None)
        self.kind.set_value(None)
        self.project = ChoiceEditor(FieldInfo("project", T("Paying project"), "reference"), speak, None)
        self.town = PickEditor(_TOWN, speak, self._complete, None)
        self.town.returnPressed.connect(self.create_event)
        self.copy_of = PickEditor(_COPY, speak, self._complete, None)
        self.copy_of.setPlaceholderText(say(T("Begin to type its title …")))
        self.copy_of.finished.connect(self._on_copy_chosen)
        self.wrong = label("", "fieldError", wrap=True)
        self.wrong.hide()
        self.title.textEdited.connect(self.wrong.hide)
        self._create = button(say(T("Create the event")), "check", self.create_event, kind="primary")
        self._create.setEnabled(db.read_only is None)
        self._build()
        self.setFocusProxy(self.title)

    def _build(self) -> None:
        say = self.say
        column = ScrollColumn(spacing=16)
        inside = column.widget()
        assert inside is not None
        inside.setObjectName("page")
        inside.setMaximumWidth(_WIDEST)
        first = labelled(say(T("Title")), self.title)
        first_lay = first.layout()
        assert first_lay is not None
        first_lay.addWidget(self.wrong)
        column.add(first)
        column.add(self.when)
        column.add(_beside(labelled(say(T("Kind")), self.kind), labelled(say(T("Town")), self.town)))
        column.add(labelled(say(T("Paying project")), self.project))
        hint = say(T("Place, hours, project and details are taken over; people, sheets and the date are not."))
        column.add(labelled(say(T("Copy of an earlier event")), self.copy_of, hint))
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._create)
        row.addWidget(button(say(T("Cancel")), do=self._on_cancel))
        row.addStretch(1)
        column.add(buttons)
        self.set_body(column)
        order = (self.title, self.when.line, self.kind, self.town, self.project, self.copy_of, self._create)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def open(self, key: str, view: str) -> None:
        self._empty()
        self._fill_projects()
        if view == "copy":
            head = self.db.read(events.event_head, key, language=self.speak.code)
            if head is not None:
                dates = self.speak.event_dates(head.starts_on, head.ends_on, head.precision)
                self.copy_of.set_value(Found("event", key, head.title(self.speak.code), dates))
                self._on_copy_chosen()
        elif key:
            self.project.set_value(key)

    def refresh(self) -> None:
        self._fill_projects()

    def create_event(self) -> None:
        """Store it and go there; what is missing or cannot be read is said in its place."""
        if self.db.read_only is not None:
            return
        if not self.title.text().strip():
            self.wrong.setText(self.say(T("Please write the event's title.")))
            self.wrong.show()
            self.title.setFocus()
            return
        if not self.when.is_readable():
            self.when.say_wrong()
            return
        town, copied = self.town.value(), self.copy_of.value()
        key = self.write(
            new_event.create_event,
            title=self.title.text(),
            when=self.when.value(),
            kind=self.kind.value() or "",
            project_id=self.project.value() or None,
            town=town.title if isinstance(town, Found) else town or "",
            postal_code=town.key if isinstance(town, Found) else "",
            responsible_id=self.shell.sits_here() or None,
            copy_of=copied.key if isinstance(copied, Found) else "",
            label=T("New event: {title}", title=self.title.text().strip()),
        )
        if key:
            self._empty()
            self.shell.go("event", key, "details")

    def _fill_projects(self) -> None:
        chosen = self.project.value()
        names = self.db.read(projects.project_names, language=self.speak.code)
        self.project.clear()
        self.project.addItem(self.say(T("none yet")), None)
        for key, name in names.items():
            self.project.addItem(name, key)
        self.project.set_value(chosen)

    def _empty(self) -> None:
        for field in (self.title, self.when, self.town, self.copy_of):
            field.clear()
        self.kind.set_value(None)
        self.project.set_value(None)
        self.wrong.hide()

    def _on_copy_chosen(self) -> None:
        """A copy begins with the title, kind, project and town of what it copies, to be seen and changed here."""
        copied = self.copy_of.value()
        head = self.db.read(events.event_head, copied.key) if isinstance(copied, Found) else None
        if head is None:
            return
        if not self.title.text().strip():
            self.title.setText(head.title_sl)
        self.kind.set_value(self.kind.value() or head.kind)
        self.project.set_value(self.project.value() or head.project_id)
        if not self.town.text().strip():
            self.town.setText(head.town)

    def _on_cancel(self) -> None:
        self._empty()
        self.shell.go("events")

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        if kind == "town":
            return [Found(kind, t.postal_code, t.name, t.postal_code) for t in places.suggest_towns(beginning)]
        return self.db.read(new_event.like, beginning, language=self.speak.code)


def _beside(*fields: QWidget) -> QWidget:
    made = QWidget()
    lay = QHBoxLayout(made)
    lay.setContentsMargins(0, 0, 0, 0)
    lay.setSpacing(24)
    for field in fields:
        lay.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return made
