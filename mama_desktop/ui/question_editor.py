"""One question beside the list: its words, its kind and choices, of whom and when it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mama_desktop.domain.questions import QUESTION_KINDS, SENSITIVITIES, QuestionRow
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.services import questions
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.choices_editor import ChoicesEditor
from mama_desktop.ui.editors import as_editor
from mama_desktop.ui.form import Form
from mama_desktop.ui.icons import icon
from mama_desktop.ui.lines import Lines
from mama_desktop.ui.page import Page
from mama_desktop.ui.widgets import button, label

_OWN_KINDS = {key: words for key, words in QUESTION_KINDS.items() if key != "field"}
# A choice needs a key: an empty one would show as a field nobody has filled in.
_ALWAYS = "always"
_WIDE = frozenset({"choices", "shown_if"})


class QuestionEditor(QWidget):
    """`edit_requested(values)`: a finished edit, by the names `questions.save` takes; `delete_requested`,
    `step_requested(-1 or 1)`."""

    edit_requested = Signal(dict)
    delete_requested = Signal()
    step_requested = Signal(int)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._question: QuestionRow | None = None
        self._built: tuple[Any, ...] = ()
        self._form: Form | None = None
        self._keys: list[str] = []
        say = page.say
        self._name = Lines("emptyTitle", 2)
        self.up = self._small("arrow-up", T("Move up"), -1)
        self.down = self._small("arrow-down", T("Move down"), 1)
        self.delete_button = button(say(T("Delete")), "trash-can", self.delete_requested.emit)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        for made in (self.up, self.down, self.delete_button):
            head.addWidget(made)
            if page.db.read_only is not None:
                made.hide()
        self._about = label("", "muted", wrap=True)
        self._hint = Callout("info")
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.setSpacing(8)
        self._lay.addLayout(head)
        self._lay.addWidget(self._about)
        self._lay.addWidget(self._hint)

    def show_question(self, row: QuestionRow, earlier: Sequence[QuestionRow]) -> None:
        """`earlier`: the questions before it, among which those with choices may decide whether it is shown."""
        say = self._page.say
        deciding = [one for one in earlier if questions.may_decide(one)]
        self._name.set_words(say(row.label))
        is_field = row.kind == "field"
        self._about.setText(say(T("A field of the program: answers stand in the registration or with the person.")))
        self._about.setVisible(is_field)
        hint = questions.hint(row)
        self._hint.tell(say(hint) if hint else "")
        decides = next((one for one in deciding if one.id == row.shown_if_id), None)
        shape = (row.id, row.kind, tuple((one.id, one.label) for one in deciding), decides)
        key = self._key_with_focus()
        if self._form is None or shape != self._built:
            self._build(row, deciding, decides)
            self._built = shape
            if key and self._question is not None and self._question.id == row.id:
                self.focus(key)
        self._question = row
        assert self._form is not None
        self._form.set_values(_values(row))
        self._form.set_field_visible("sensitivity", not is_field)

    def focus(self, key: str) -> None:
        if self._form is None:
            return
        editor = self._form.editor(key)
        if isinstance(editor, ChoicesEditor):
            editor.focus_new()
        else:
            editor.setFocus()
            if isinstance(editor, QLineEdit):
                editor.selectAll()

    def scroll_to_top(self) -> None:
        if self._form is not None:
            self._form.verticalScrollBar().setValue(0)

    def set_error(self, key: str, words: Text) -> bool:
        """Say what is wrong under its field; False when there is no such field here."""
        if self._form is None or key not in self._keys:
            return False
        self._form.set_error(key, words)
        return True

    def editor(self, key: str) -> QWidget:
        """The editor of one of the values, for what is driven from outside."""
        assert self._form is not None
        return self._form.editor(key)

    def _build(self, row: QuestionRow, deciding: Sequence[QuestionRow], decides: QuestionRow | None) -> None:
        page = self._page
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
        form = Form(page.speak, today=page.db.clock.today, wide=_WIDE)
        words = [FieldInfo("label_sl", T("Question in Slovene")), FieldInfo("label_en", T("Question in English"))]
        editors: dict[str, QWidget] = {}
        kinds: list[FieldInfo] = []
        if row.kind != "field":
            kinds = [FieldInfo("kind", T("Kind of answer"), "choice", choices=_OWN_KINDS)]
        if row.kind in ("choice", "choices"):
            kinds.append(FieldInfo("choices", T("Choices"), "ordered"))
            editors["choices"] = ChoicesEditor(page.speak)
        kinds.insert(min(len(kinds), 1), FieldInfo("sensitivity", T("Sensitivity"), "choice", choices=SENSITIVITIES))
        form.add_group(None, [*words, *kinds], editors)
        asked = [
            FieldInfo("required", T("Required"), "bool"),
            FieldInfo("accepted_only", T("Ask only those accepted"), "bool"),
        ]
        if deciding:
            after = {one.id: T("after an answer to “{question}”", question=one.label) for one in deciding}
            choices = {_ALWAYS: T("always"), **after}
            asked.append(FieldInfo("shown_if_id", T("When it is asked"), "choice", choices=choices))
        if decides is not None:
            field = FieldInfo("shown_if", T("When the answer is"), "choices",
                              choices=questions.condition_choices(decides))  # fmt: skip
            asked.append(field)
        form.add_group(T("Of whom it is asked"), asked)
        helps = [
            FieldInfo("help_sl", T("Explanation in Slovene"), "long-text"),
            FieldInfo("help_en", T("Explanation in English"), "long-text"),
        ]
        form.add_group(T("Explanation below the question"), helps)
        for info in helps:
            form.editor(info.key).setFixedHeight(64)
            form.editor(info.key).setMinimumHeight(64)
        if decides is not None:
            ticks = form.editor("shown_if")
            assert isinstance(ticks, QListWidget)
            ticks.setFixedHeight(ticks.sizeHint().height())
            # A tick is a whole edit: what is asked of whom is seen at once.
            ticks.itemClicked.connect(self._on_ticked)
        form.edit_requested.connect(self._on_edit)
        form.set_read_only(page.db.read_only is not None)
        self._lay.addWidget(form, 1)
        self._form = form
        self._keys = [info.key for info in (*words, *kinds, *asked, *helps)]

    def _small(self, picture: str, words: Text, step: int) -> Any:
        made = button("", do=partial(self._on_step, step))
        made.setIcon(icon(picture))
        made.setFixedWidth(40)
        said = self._page.say(words)
        made.setToolTip(said)
        made.setAccessibleName(said)
        return made

    def _on_step(self, step: int, *_checked: bool) -> None:
        self.step_requested.emit(step)

    def _key_with_focus(self) -> str:
        if self._form is None:
            return ""
        focused = self._form.focusWidget()
        if focused is None or not focused.hasFocus():
            return ""
        return next((key for key in self._keys if self._form.editor(key) is focused), "")

    def _on_ticked(self, _item: QListWidgetItem) -> None:
        assert self._form is not None
        as_editor(self._form.editor("shown_if")).finished.emit()

    def _on_edit(self, key: str, value: Any) -> None:
        values = {key: "" if value is None else value}
        if value == _ALWAYS and key == "shown_if_id":
            values = {"shown_if_id": None}
        elif key == "shown_if_id":
            # The first answer is the likeliest: a condition without one would never be true.
            row = self._page.db.read(questions.by_key, value)
            values["shown_if"] = list(questions.condition_choices(row))[:1] if row else []
        self.edit_requested.emit(values)


def _values(row: QuestionRow) -> dict[str, Any]:
    choices = [{"key": key, "sl": w.get("sl", ""), "en": w.get("en", "")} for key, w in row.choices.items()]
    return {
        "label_sl": row.labels.get("sl", ""), "label_en": row.labels.get("en", ""), "kind": row.kind,
        "choices": choices, "sensitivity": row.sensitivity, "required": row.required,
        "accepted_only": row.accepted_only, "shown_if_id": row.shown_if_id or _ALWAYS, "shown_if": list(row.shown_if),
        "help_sl": row.helps.get("sl", ""), "help_en": row.helps.get("en", ""),
    }  # fmt: skip
