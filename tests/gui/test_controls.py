"""The program's own controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from loadline.gui.widgets import Button, ComboBox, RateStepper, Segments, Stepper, TableView
from tests.support.new_jobs import until

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.gui.theme import Theme

LEFT = Qt.MouseButton.LeftButton


def turn_wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, QPointF(widget.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_zero_reads_as_a_word(qtbot: QtBot, theme: Theme) -> None:
    cap = Stepper(theme, "Files at once", 0, 64, zero="Auto")
    rate = RateStepper(theme, "Starts per second", 100.0, zero="Off")
    qtbot.addWidget(cap)
    qtbot.addWidget(rate)
    assert (cap.spin.text(), rate.spin.text()) == ("Auto", "Off")
    QTest.mouseClick(cap.plus, LEFT)
    QTest.mouseClick(rate.plus, LEFT)
    assert (cap.value(), rate.value()) == (1, 0.5)
    QTest.mouseClick(cap.minus, LEFT)
    QTest.mouseClick(cap.minus, LEFT)
    assert cap.value() == 0


async def test_the_wheel_changes_a_number_only_when_it_is_focused(
    qtbot: QtBot, theme: Theme, qapp: QApplication
) -> None:
    cap = Stepper(theme, "Files at once", 0, 64)
    qtbot.addWidget(cap)
    cap.show()
    cap.activateWindow()
    await until(qapp.focusWindowChanged, cap.isActiveWindow)
    cap.spin.clearFocus()
    turn_wheel(cap.spin)
    assert cap.value() == 0
    cap.spin.setFocus()
    turn_wheel(cap.spin)
    assert cap.value() == 1


def test_the_wheel_does_not_change_a_choice_that_is_only_passed(qtbot: QtBot, theme: Theme) -> None:
    box = ComboBox(theme, "Order")
    qtbot.addWidget(box)
    box.addItems(["a", "b"])
    box.setCurrentIndex(1)
    turn_wheel(box)
    assert box.currentIndex() == 1


def test_exactly_one_segment_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    switch = Segments(theme, "Columns", [("some", "13 that differ"), ("all", "All 34")])
    qtbot.addWidget(switch)
    chosen: list[str] = []
    switch.chosen.connect(chosen.append)
    assert switch.key() == "some"
    QTest.mouseClick(switch.button("all"), LEFT)
    QTest.mouseClick(switch.button("all"), LEFT)
    assert (switch.key(), chosen) == ("all", ["all"])


@pytest.mark.parametrize(("size", "height"), [("small", 28), ("normal", 32), ("big", 40)])
def test_buttons_have_the_heights_of_the_design(
    qtbot: QtBot, theme: Theme, size: str, height: int
) -> None:
    button = Button(theme, "Start", "play", "primary", size)  # type: ignore[arg-type]
    qtbot.addWidget(button)
    button.show()
    assert button.height() == height
    assert button.accessibleName() == "Start"


def test_a_ring_is_for_the_keyboard_only(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, "Start")
    qtbot.addWidget(button)
    button.show()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not button.ring
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.ring == button.hasFocus()


def test_a_tables_columns_are_never_sized_by_their_contents(qtbot: QtBot, theme: Theme) -> None:
    table = TableView(theme, "Files")
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(3, 3))
    header = table.horizontalHeader()
    modes = {header.sectionResizeMode(section) for section in range(3)}
    assert modes == {header.ResizeMode.Interactive}
    assert table.verticalHeader().sectionResizeMode(0) == header.ResizeMode.Fixed
    assert table.rowHeight(0) == 32
