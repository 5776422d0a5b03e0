"""How dates are read: proved by the values of a column, or asked for."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from loadline.gui.new_job_page import date_choice
from loadline.gui.theme import Theme


def test_dates_are_proved_by_their_values_or_asked_for() -> None:
    proved = date_choice.order_of(["11/3/98", "28/01/18", None])
    assert proved.formats == ("%d/%m/%y",)
    assert date_choice.type_of(proved.formats[0], "timestamp") == "date"
    both = date_choice.order_of(["11/3/98"])
    assert set(both.formats) == {"%d/%m/%y", "%m/%d/%y"}
    assert date_choice.order_of(["soon"]).formats == ()


@pytest.mark.usefixtures("qapp")
def test_the_menu_of_open_orders_tells_each_by_an_example(theme: Theme) -> None:
    parent = QWidget()
    order = date_choice.order_of(["11/3/98"])
    chosen: list[str] = []
    menu = date_choice.date_menu(theme, parent, order, ["11/3/98"], chosen.append)
    words = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
    assert len(words) == 2
    assert all("1998" in word for word in words)
    menu.actions()[-1].trigger()
    assert chosen == [order.formats[-1]]
    parent.deleteLater()
