"""What the event's registration form asks: the questions in their order, and one of them beside the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.questions import QUESTION_KINDS, QuestionRow
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import adopting, events, questions
from mama_desktop.services.fields import REGISTRATION_FIELDS
from mama_desktop.ui import dialogs
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.icons import icon
from mama_desktop.ui.page import Page
from mama_desktop.ui.question_editor import QuestionEditor
from mama_desktop.ui.question_list import ICONS, QuestionList
from mama_desktop.ui.question_sets_menu import SetsMenu
from mama_desktop.ui.widgets import EmptyPage, Flow, button, label

if TYPE_CHECKING:
    from mama_desktop.ui.form_making import FormMaking

_LIST_WIDTH, _NARROWEST = 340, 250


class FormTab(QWidget):
    """`set_event`, then `refresh`. `form_actions`: a line for buttons at the right, for making the form's files."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event, self._question = page, "", ""
        self._rows: list[QuestionRow] = []
        say = page.say
        self.list = QuestionList(page.speak)
        self.list.chosen.connect(self._on_chosen)
        self.list.moved.connect(self._on_moved)
        self.list.set_read_only(page.db.read_only is not None)
        self.editor = QuestionEditor(page)
        self.editor.edit_requested.connect(self._on_edit)
        self.editor.delete_requested.connect(self.delete)
        self.editor.step_requested.connect(self.list.step)
        self.add_button = button(say(T("Add a question")), "plus")
        self.add_button.setMenu(self._kinds_menu())
        self.sets_button = button(say(T("Sets of questions")), "layer-group")
        self._sets_menu = SetsMenu(page, self.sets_button)
        self._sets_menu.inserted.connect(self._inserted)
        self.sets_button.setMenu(self._sets_menu)
        words = say(T("The form asks only who is coming. Add questions of your own, or put in a ready set."))
        self._empty = EmptyPage("list-check", words)
        self._offer = Callout("info")
        self._owing = label("", "muted", wrap=True)
        self._owing_line = QWidget()
        owing = QHBoxLayout(self._owing_line)
        owing.setContentsMargins(8, 0, 0, 0)
        owing.setSpacing(4)
        owing.addWidget(self._owing, 1)
        # Chosen in the table they can be written to as well.
        owing.addWidget(button(say(T("Show them")), "", self.show_owing, kind="plain"))
        self.form_actions = QHBoxLayout()
        self.form_actions.setSpacing(8)
        self.make_button = button(say(T("Make the form …")), "file-pen", self.make_form)
        self.form_actions.addWidget(self.make_button)
        self.making: FormMaking | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        left = QWidget()
        flow = Flow()
        left.setLayout(flow)
        if self._page.db.read_only is None:
            flow.add([self.add_button, self.sets_button])
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(left, 1)
        top.addLayout(self.form_actions)
        card = QFrame()
        card.setObjectName("card")
        self._card = card
        always = ", ".join(self._page.say(REGISTRATION_FIELDS[key].info.label) for key in questions.ALWAYS_ASKED)
        beside = QVBoxLayout(card)
        beside.setContentsMargins(6, 8, 6, 8)
        beside.setSpacing(6)
        for words, name in ((self._page.say(T("Always asked")), "fieldLabel"), (always, "fieldHint")):
            line = label(words, name, wrap=True)
            line.setContentsMargins(8, 0, 8, 0)
            beside.addWidget(line)
        beside.addWidget(self.list, 1)
        beside.addWidget(self._owing_line)
        self._right = QStackedWidget()
        self._right.addWidget(self._empty)
        self._right.addWidget(self.editor)
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addWidget(card)
        body.addWidget(self._right, 1)
        self._asking = QWidget()
        lay = QVBoxLayout(self._asking)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(top)
        lay.addWidget(self._offer)
        lay.addLayout(body, 1)
        self._views = QStackedLayout(self)
        self._views.setContentsMargins(0, 0, 0, 0)
        self._views.addWidget(self._asking)

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event, self._question = event_id, ""
            self._views.setCurrentIndex(0)

    def refresh(self) -> None:
        page = self._page
        if self.making is not None and self._views.currentWidget() is self.making:
            self.make_form()
        self._rows = page.db.read(questions.of_event, self._event)
        self._sets_menu.show_event(self._event, has_questions=bool(self._rows))
        self._question = self.list.show_questions(self._rows, self._question)
        self._show()
        self._show_offer()
        owing = len(page.db.read(questions.missing_answers, self._event))
        words = TN("{count} person owes a required answer.", "{count} people owe a required answer.", owing)
        self._owing.setText(page.say(words))
        self._owing_line.setVisible(bool(owing))

    def show_owing(self) -> None:
        """Whoever owes an answer, and nobody else, in the table of registrations."""
        self._page.shell.go("event", self._event, "registrations:owing")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._card.setFixedWidth(min(_LIST_WIDTH, max(_NARROWEST, self.width() * 36 // 100)))

    # The form's files

    def make_form(self) -> None:
        """Show the form as it will go out."""
        page = self._page
        head = page.db.read(events.event_head, self._event)
        if head is None:
            return
        if self.making is None:
            # Only now: the preview's library is no part of the first look at the questions.
            from mama_desktop.ui.form_making import FormMaking

            self.making = FormMaking(page)
            self.making.left.connect(self._on_made)
            self._views.addWidget(self.making)
        self._views.setCurrentWidget(self.making)
        self.making.show_event(self._event, head.code)

    def _on_made(self) -> None:
        self._views.setCurrentIndex(0)
        self.make_button.setFocus()

    # One question

    def _show(self) -> None:
        place = next((n for n, row in enumerate(self._rows) if row.id == self._question), None)
        self._right.setCurrentWidget(self._empty if place is None else self.editor)
        if place is not None:
            self.editor.show_question(self._rows[place], self._rows[:place])

    def _on_chosen(self, key: str) -> None:
        # What is being typed belongs to the question that is left.
        self.list.setFocus()
        self._question = key
        self._show()
        self.editor.scroll_to_top()

    def _on_moved(self, key: str, place: int) -> None:
        self._question = key
        row = self._row(key)
        label_of = T("Order of the questions: “{question}”", question=row.label)
        self._page.write(questions.move, key, place, label=label_of)

    def _on_edit(self, values: dict[str, Any]) -> None:
        page, row = self._page, self._row(self._question)
        try:
            page.db.write(
                questions.save, self._event, key=row.id, label=T("Question “{question}”", question=row.label), **values
            )
        except OfficeError as error:
            if error.details or not self.editor.set_error(next(iter(values)), error.what):
                page.shell.show_error(error)
                self.refresh()

    def delete(self) -> None:
        """The question that is chosen; what was answered stays or goes as the person says."""
        page, row = self._page, self._row(self._question)
        touched = page.db.read(questions.touched_by_deleting, row.id)
        keep, drop = T("Keep the answers as an extra column"), T("Delete the answers too")
        words: list[Text] = [T("Delete")]
        more = T("You can undo this afterwards.")
        if touched.answers:
            words = [drop] if row.sensitivity == "sensitive" else [keep, drop]
            more = TN(
                "{count} person has answered it. You can undo this afterwards.",
                "{count} people have answered it. You can undo this afterwards.", touched.answers,
            )  # fmt: skip
        question = T("Delete the question “{question}”?", question=row.label)
        answer = None if touched.depending else dialogs.ask(
            self, page.speak, question, *words, more=more, dangerous=True
        )  # fmt: skip
        if answer is None and not touched.depending:
            return
        keeps = not touched.depending and words[answer or 0] is not drop
        label_of = T("Delete the question “{question}”", question=row.label)
        place = self._rows.index(row)
        following = [one.id for one in (*self._rows[place + 1 :], *reversed(self._rows[:place]))]
        if page.write(questions.delete, row.id, keep_answers=keeps, label=label_of, tell=False) is not None:
            self._question = following[0] if following else ""
            self.refresh()
            page.shell.notice_done(label_of)

    def _row(self, key: str) -> QuestionRow:
        return next(row for row in self._rows if row.id == key)

    # Adding

    def _kinds_menu(self) -> QMenu:
        say = self._page.say
        menu = QMenu(self)
        for key, words in QUESTION_KINDS.items():
            if key != "field":
                menu.addAction(icon(ICONS[key]), say(words)).triggered.connect(partial(self._on_add, key))
        menu.addSeparator()
        self._fields_menu = menu.addMenu(icon(ICONS["field"]), say(T("Field of the program")))
        self._fields_menu.aboutToShow.connect(self._fill_fields_menu)
        return menu

    def _fill_fields_menu(self) -> None:
        self._fields_menu.clear()
        asked = {row.field_key for row in self._rows}
        for key, info in questions.ASKABLE.items():
            if key not in asked:
                action = self._fields_menu.addAction(self._page.say(info.label))
                action.triggered.connect(partial(self._on_add_field, key))

    def _on_add(self, kind: str, *_checked: bool) -> None:
        name, number = self._page.say(T("New question")), 2
        taken = {words for row in self._rows for words in row.labels.values()}
        while name in taken:
            name, number = f"{self._page.say(T('New question'))} {number}", number + 1
        self._add(kind=kind, **{f"label_{self._page.speak.code}": name})

    def _on_add_field(self, key: str, *_checked: bool) -> None:
        rule = {"accepted_only": True} if key in questions.AFTER_SELECTION else {}
        self._add(kind="field", field_key=key, **rule)

    def _add(self, **values: Any) -> None:
        key = self._page.write(questions.save, self._event, label=T("New question"), **values)
        if key:
            self._go_to(key)
            self.editor.focus(f"label_{self._page.speak.code}")

    def _go_to(self, key: str) -> None:
        self._question = key
        self.refresh()
        self.editor.scroll_to_top()

    def _inserted(self, keys: list[str] | None) -> None:
        if keys:
            self._go_to(keys[0])
            count = TN("{count} question added", "{count} questions added", len(keys))
            self._page.shell.notice_done(count)
        elif keys is not None:
            self._page.shell.notice(T("The form asks all of this already."))

    # Answers that were here before the question

    def _show_offer(self) -> None:
        say = self._page.say
        offers = self._page.db.read(adopting.adoptable, self._event)
        if not offers or self._page.db.read_only is not None:
            self._offer.tell("")
            return
        one = offers[0]
        words = TN(
            "{count} answer to “{question}” came in a file already.",
            "{count} answers to “{question}” came in a file already.", one.answers, question=one.question.label,
        )  # fmt: skip
        told = [say(words)]
        if one.unreadable:
            stays = T("These stay where they are, because they are no such answer: {words}",
                      words=", ".join(one.unreadable[:5]))  # fmt: skip
            told.append(say(stays))
        take = partial(self._on_adopt, one.question.id, one.question.label)
        self._offer.tell(" ".join(told), "info", [(say(T("Take them over")), take)])

    def _on_adopt(self, key: str, words: Text, *_checked: bool) -> None:
        label_of = T("Answers taken over: “{question}”", question=words)
        self._page.write(adopting.adopt, self._event, key, label=label_of, tell=True)
