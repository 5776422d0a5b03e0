"""How a column writes its dates: proved by its values, or asked for, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QMenu, QWidget

from loadline.domain.jobs import ForcedType
from loadline.gui.theme import Theme
from loadline.sources.csv_date_order import DateOrder, find_date_order

ISO = frozenset({"%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"})
"""What is read without a format."""
Choose = Callable[[str], None]


def order_of(values: Sequence[str | None]) -> DateOrder:
    """Return in which order the values tell day, month and year."""
    return find_date_order(value for value in values if value)


def type_of(format_: str, wanted: ForcedType) -> ForcedType:
    """Return what a format gives: a date, or a moment where it has a clock."""
    if not format_:
        return wanted
    return "timestamp" if "%H" in format_ or "%I" in format_ else "date"


def date_menu(
    theme: Theme, parent: QWidget, order: DateOrder, values: Sequence[str | None], choose: Choose
) -> QMenu:
    """Return a menu of the orders that the values leave open, each told by an example."""
    example = next(value.strip() for value in values if value and value.strip())
    menu = QMenu(parent)
    menu.setObjectName("dateMenu")
    head = menu.addAction(menu.tr("What does {0} mean?").format(example))
    head.setEnabled(False)
    menu.addSeparator()
    for format_ in order.formats:
        action = menu.addAction(_in_words(example, format_))
        theme.set_icon(action, "calendar")
        action.triggered.connect(partial(_chosen, choose, format_))
    return menu


def _chosen(choose: Choose, format_: str, _checked: bool = False) -> None:
    choose(format_)


def _in_words(example: str, format_: str) -> str:
    day = datetime.strptime(example, format_)  # noqa: DTZ007 - a day as written, without a zone
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
