"""The board of an event's transport on the sample: dragged with the mouse, driven by keys, refused in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, fold
from mama_desktop.services import deciding, parties
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport import trips
from mama_desktop.services.transport.board import Board
from mama_desktop.services.transport.moving import Spot
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.transport import board_moves
from mama_desktop.ui.transport.board_model import keys_of, mime_of
from mama_desktop.ui.transport.board_tree import BoardTree
from mama_desktop.ui.transport.board_view import BoardView
from mama_desktop.ui.transport.put_popup import targets
from tests.factories import make_event, make_leg, make_person, make_registration, make_vehicle

TOWNS = ("Maribor", "Maribor", "Maribor", "Celje", "Žalec", "Koper", "Koper", "Ljubljana", "Ptuj")


def gather(session: Session) -> str:
    """An event in Krško with nine people from seven towns."""
    event = make_event(session, town="Krško", country="SI")
    for name, town in zip("Ana Bor Cene Črt Dan Eva Fani Gal Iva".split(), TOWNS, strict=True):
        make_registration(session, event, make_person(session, given_name=name, town=town, country="SI"))
    return event.id


def plan(session: Session, event: str) -> str:
    """A van of three seats from Maribor by Celje."""
    van = make_vehicle(session, seats=3)
    return trips.add_trip(session, event, at=dt.time(9), vehicle_id=van.id, places=("Maribor", "Celje"))


@pytest.fixture
def club(real_window: MainWindow) -> str:
    return real_window.db.write(gather, label=T("Event"))


@pytest.fixture
def trip(real_window: MainWindow, club: str) -> str:
    return real_window.db.write(plan, club, label=T("Trip"))


@pytest.fixture
def view(real_window: MainWindow, club: str, trip: str) -> BoardView:
    real_window.go("event", club, "transport")
    page: Any = real_window.page
    board: BoardView = page._lazy["transport"].built().board
    return board


def _board(window: MainWindow, event: str, direction: str = "there") -> Board:
    return window.db.read(boards.board, event, direction)


def _waiting(view: BoardView, count: int) -> list[str]:
    return [line.rider for line in view.left.rows.lines() if line.rider][:count]


def _middle(tree: BoardTree, key: str) -> QPoint:
    index = tree.index_of(key)
    assert index.isValid()
    tree.scrollTo(index)
    return tree.visualRect(index).center()


def _drop(tree: BoardTree, keys: list[str], at: QPoint) -> None:
    """What Qt sends while something is dragged over and let go."""
    mime, move = mime_of(keys), Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at, move, mime, left, none),
        QDragMoveEvent(at, move, mime, left, none),
        QDropEvent(QPointF(at), move, mime, left, none),
    ):
        QApplication.sendEvent(tree.viewport(), event)
        assert event.isAccepted()


def _seated(view: BoardView, trip: str) -> dict[str, str | None]:
    return {r.id: r.stop_id for r in view.board.seated[trip]}


def test_a_person_is_dragged_with_the_mouse_from_the_left_onto_a_trip(
    view: BoardView, trip: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed and moved by the mouse; offscreen has no drag of its own, so what Qt would send on the way is sent."""
    (ana,) = _waiting(view, 1)
    carried: list[str] = []

    def carry(drag: QDrag, _actions: Qt.DropAction) -> Qt.DropAction:
        carried.extend(keys_of(drag.mimeData()))
        _drop(view.right, carried, _middle(view.right, trip))
        return Qt.DropAction.MoveAction

    monkeypatch.setattr(QDrag, "exec", carry)
    port, start = view.left.viewport(), _middle(view.left, ana)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, start + QPoint(4, 2))
    QTest.mouseMove(port, start + QPoint(QApplication.startDragDistance() + 12, 4))
    assert carried == [ana]
    qtbot.waitUntil(lambda: ana in _seated(view, trip))
    assert ana not in _waiting(view, 100)


def test_a_drop_on_a_stop_gives_the_stop_and_on_a_person_the_stop_of_that_person(
    view: BoardView, trip: str, qtbot: QtBot
) -> None:
    celje = view.board.trips[0].stops[1].id
    one, two = _waiting(view, 2)
    _drop(view.right, [one], _middle(view.right, celje))
    qtbot.waitUntil(lambda: _seated(view, trip) == {one: celje})
    _drop(view.right, [two], _middle(view.right, one))
    qtbot.waitUntil(lambda: _seated(view, trip) == {one: celje, two: celje})
    assert view._right_head.findChildren(QLabel)[-2].text() == "2 with a seat"


def test_dragged_back_to_the_left_they_are_without_transport_and_undo_puts_them_back(
    view: BoardView, trip: str, real_window: MainWindow, qtbot: QtBot
) -> None:
    (one,) = _waiting(view, 1)
    view.put([one], Spot(trip))
    _drop(view.left, [one], _middle(view.left, _waiting(view, 1)[0]))
    qtbot.waitUntil(lambda: one in _waiting(view, 100))
    real_window.undo()
    assert one in _seated(view, trip)
    real_window.undo()
    assert one in _waiting(view, 100)


def test_a_drop_on_own_way_says_that_they_need_none(view: BoardView, qtbot: QtBot) -> None:
    one, two = _waiting(view, 2)
    view.put([two], Spot(own_way=True))
    _drop(view.left, [one], _middle(view.left, "own-way"))
    qtbot.waitUntil(lambda: {r.id for r in view.board.own_way} >= {one, two})


def test_a_drop_beside_the_trips_moves_nobody(view: BoardView, trip: str, qtbot: QtBot) -> None:
    (one,) = _waiting(view, 1)
    view.right.collapseAll()
    _drop(view.right, [one], QPoint(20, view.right.viewport().height() - 3))
    qtbot.wait(20)
    assert not _seated(view, trip)


def test_a_full_vehicle_offers_to_put_in_the_first_ones(
    view: BoardView, trip: str, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = _waiting(view, 5)
    view.together.click()
    asked: list[tuple[str, str]] = []
    answer: list[int | None] = [None]

    def ask(_parent: Any, speak: Any, question: Any, *answers: Any, **_more: Any) -> int | None:
        asked.append((speak.say(question), speak.say(answers[0])))
        return answer[0]

    monkeypatch.setattr(dialogs, "ask", ask)
    view.put(people, Spot(trip))
    assert asked == [("“Maribor – Krško” has 3 free seats left.", "Put in the first 3, leave the others")]
    assert not _seated(view, trip)
    answer[0] = 0
    view.put(people, Spot(trip))
    assert set(_seated(view, trip)) == set(people[:3])
    label = real_window.db.undo_label()
    assert label is not None
    first = next(r.name for r in view.board.seated[trip] if r.id == people[0])
    assert str(label) == f"{first} and 2 more → Maribor – Krško"


def test_a_wholly_full_vehicle_refuses_in_words(view: BoardView, trip: str, said: list[tuple[str, Any]]) -> None:
    view.together.click()
    *three, fourth = _waiting(view, 4)
    view.put(three, Spot(trip))
    view.put([fourth], Spot(trip))
    ((what, error),) = said
    assert (what, str(error.what)) == ("error", "“Maribor – Krško” is full.")
    assert fourth not in _seated(view, trip)


def test_the_keys_choose_and_put_and_take_out(
    view: BoardView, trip: str, real_window: MainWindow, qtbot: QtBot
) -> None:
    view.together.setChecked(False)
    view.together.clicked.emit()
    one, two, three = _waiting(view, 3)
    view.left.setFocus()
    view.left.choose([one])
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(view.left, key)
    assert view.left.chosen() == [three]
    QTest.keyClick(view.left, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.left, Qt.Key.Key_Space)
    assert view.left.chosen() == [two, three]
    QTest.keyClick(view.left, Qt.Key.Key_M)
    popup: Any = QApplication.activePopupWidget()
    QTest.keyClicks(popup.field, "cel")
    assert popup.list.count() == 1
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    celje = view.board.trips[0].stops[1].id
    assert _seated(view, trip) == {two: celje, three: celje}
    view.right.setFocus()
    view.right.choose([two])
    QTest.keyClick(view.right, Qt.Key.Key_Delete)
    assert _seated(view, trip) == {three: celje}
    view.right.choose([three])
    QTest.keyClick(view.right, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)


def test_space_opens_and_closes_a_trip_and_that_stays_over_a_refresh(view: BoardView, trip: str) -> None:
    view.put(_waiting(view, 1), Spot(trip))
    view.right.setCurrentIndex(view.right.index_of(trip))
    QTest.keyClick(view.right, Qt.Key.Key_Space)
    assert not view.right.isExpanded(view.right.index_of(trip))
    view.refresh()
    assert not view.right.isExpanded(view.right.index_of(trip))


def test_a_party_goes_along_and_the_habit_is_remembered(
    view: BoardView, trip: str, real_window: MainWindow, club: str
) -> None:
    one, two = _waiting(view, 2)
    real_window.db.write(parties.gather, club, [one, two], name="Skupaj", label=T("Together"))
    view.left.choose([one])
    assert view.selection_words() == "1 person chosen  ·  1 goes along"
    assert board_moves.with_companions(real_window.page, view.board, [one]) == [one, two]
    view.together.click()
    assert view.selection_words() == "1 person chosen"
    assert real_window.habits.value("transport/together") == "false"


def test_who_cancels_disappears_from_the_trip_by_themselves(
    view: BoardView, trip: str, real_window: MainWindow
) -> None:
    (one,) = _waiting(view, 1)
    view.put([one], Spot(trip))
    real_window.db.write(
        deciding.decide, [one], "cancelled", now=real_window.db.clock.now(), label=T("Cancelled")
    )  # fmt: skip
    assert one not in [r.id for r in view.board.riders()]
    assert not view.right.index_of(one).isValid()


def test_the_filter_finds_people_at_both_sides_without_accents(view: BoardView, trip: str, qtbot: QtBot) -> None:
    (one,) = _waiting(view, 1)
    name = next(r.name for r in view.board.riders() if r.id == one)
    view.put([one], Spot(trip))
    view.filter.setText(fold(name))
    qtbot.waitUntil(lambda: len(_waiting(view, 100)) < 5)
    assert view.right.index_of(one).isValid()
    assert view.right.index_of(view.board.trips[0].stops[0].id).isValid()


def test_the_way_back_has_its_own_board(view: BoardView, trip: str, real_window: MainWindow, club: str) -> None:
    view.put(_waiting(view, 2), Spot(trip))
    back = real_window.db.write(trips.return_trip, trip, label=T("Back"))
    view.ways.choose(1)
    assert [t.id for t in view.board.trips] == [back]
    assert view.board.here.seated == 2
    view.show_trip(trip)
    assert view.ways.current == 0


def test_a_new_trip_is_made_from_where_people_wait(
    view: BoardView, club: str, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    van = real_window.db.write(lambda session: make_vehicle(session, "Kombi osmih", seats=8).id, label=T("Van"))
    went: list[tuple[str, ...]] = []
    monkeypatch.setattr(real_window, "go", lambda *where, **_more: went.append(where))
    view.new()
    popup: Any = QApplication.activePopupWidget()
    assert popup.towns.count() > 3
    popup.time.setText("25.00")
    popup.give()
    assert len(_board(real_window, club).trips) == 1
    popup.vehicle.setCurrentIndex(popup.vehicle.findData(van))
    popup.time.setText("10.30")
    popup.give()
    made = next(t for t in _board(real_window, club).trips if t.id != view.board.trips[0].id)
    assert went == [("trip", made.id)]
    assert made.arrives_at is not None
    assert made.arrives_at.time() == dt.time(10, 30)
    assert (made.taken, made.seats) == (8, 8)
    assert [stop.place for stop in made.stops] == ["Koper", "Ljubljana", "Maribor", "Ptuj", "Celje", "Krško"]


def test_every_line_has_a_name_for_a_screen_reader(view: BoardView, trip: str) -> None:
    (one,) = _waiting(view, 1)
    name = next(r.name for r in view.board.riders() if r.id == one)
    index = view.left.index_of(one)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith(name)
    about = view.right.index_of(trip).data(Qt.ItemDataRole.AccessibleTextRole)
    assert about.startswith("Maribor – Krško, ")
    assert about.endswith("0 of 3 seats taken")
    assert view.left.accessibleName() == "Who has no seat"


def test_who_only_reads_moves_nobody(view: BoardView, trip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = _waiting(view, 1)
    view.left.set_movable(False)
    assert not view.left.rows.flags(view.left.index_of(one)) & Qt.ItemFlag.ItemIsDragEnabled
    mime = mime_of([one])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.MoveAction, mime, left, none)
    QApplication.sendEvent(view.left.viewport(), event)
    assert not event.isAccepted()


def test_the_sheets_of_a_trip_open_with_that_trip_chosen(
    view: BoardView, trip: str, real_window: MainWindow, club: str
) -> None:
    real_window.db.write(plan, club, label=T("Another trip"))
    shown = view.board.trip(trip)
    assert shown is not None
    menu = view._menus.menu_of(shown)
    next(a for a in menu.actions() if a.text() == "Driver’s sheet").trigger()
    page: Any = real_window.page
    assert page.tab == "documents"
    other = page._lazy["documents"].built().other
    assert (other.key, other.options["trip"]) == ("driver-sheet", trip)


def test_the_way_back_is_made_by_one_button_and_a_trip_is_deleted_after_a_question(
    view: BoardView, trip: str, real_window: MainWindow, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.put(_waiting(view, 2), Spot(trip))
    shown = view.board.trip(trip)
    assert shown is not None
    back = view._menus.bring_back(shown)
    assert back
    assert real_window.page is not view._page
    assert [(t.id, t.taken) for t in _board(real_window, club, "back").trips] == [(back, 2)]
    real_window.go_back()
    offered = [action.text() for action in view._menus.menu_of(shown).actions()]
    assert "Make the way back" not in offered
    assert "Open the way back" in offered
    monkeypatch.setattr(dialogs, "ask", lambda *_question, **_more: None)
    view._menus.delete(shown)
    assert _board(real_window, club).trips
    monkeypatch.setattr(dialogs, "ask", lambda *_question, **_more: 0)
    view._menus.delete(view.board.trips[0])
    assert not _board(real_window, club).trips


def test_where_no_trip_goes_back_all_outward_ones_are_brought_back_in_one_step(
    view: BoardView, trip: str, real_window: MainWindow, club: str
) -> None:
    view.put(_waiting(view, 2), Spot(trip))
    view.ways.choose(1)
    assert view._no_trips._button.text().strip() == "Make the way back of all outward trips"
    view._no_trips._button.click()
    assert [(t.return_of_id, t.taken) for t in view.board.trips] == [(trip, 2)]
    real_window.undo()
    assert not view.board.trips


def test_a_trip_that_leaves_before_the_plane_lands_warns_where_it_is_chosen_and_when_it_is_done(
    view: BoardView, trip: str, real_window: MainWindow, club: str
) -> None:
    ana = next(rider for rider in _board(real_window, club).without if rider.name.startswith("Ana"))

    def lands(session: Session) -> None:
        make_leg(
            session, session.get_one(Registration, ana.id), means="plane", time=dt.time(23, 50), needs_transport=True
        )

    real_window.db.write(lands, label=T("Leg"))
    view.refresh()
    assert next(one for one in view.left.rows.lines() if one.rider == ana.id).detail.startswith("plane 23:50")
    words = [target.words for target in targets(view.board, real_window.page.speak, ana.id)]
    assert sum("leaves too early" in one for one in words) == 2
    view.put([ana.id], Spot(trip))
    assert "Too early for Ana" in real_window._notices.words()
    line = next(one for one in view.right.rows.lines() if one.rider == ana.id)
    assert (line.right, line.tone) == ("leaves too early", "no")


def test_a_full_trip_says_so_where_people_are_put(view: BoardView, trip: str, real_window: MainWindow) -> None:
    view.put(_waiting(view, 3), Spot(trip))
    view.refresh()
    (head,) = [one.words for one in targets(view.board, real_window.page.speak) if one.spot == Spot(trip)]
    assert "full" in head
