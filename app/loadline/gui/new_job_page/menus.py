"""The menus of a column: its type, and which other column it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from loadline.domain.jobs import ForcedType
from loadline.domain.schema import ColumnType
from loadline.domain.survey import DriftCell, Presence
from loadline.gui.theme import Theme, type_look

_TYPES: tuple[ForcedType, ...] = ("text", "int", "decimal", "bool", "date", "timestamp")


def type_menu(
    theme: Theme,
    parent: QWidget,
    now: ColumnType,
    *,
    forced: bool,
    choose: Callable[[ForcedType | None], None],
) -> QMenu:
    """Return the menu of types; `choose` gets None for *find out*."""
    menu = QMenu(parent)
    menu.setObjectName("typeMenu")
    auto = menu.addAction(menu.tr("Find out from the values"))
    auto.setCheckable(True)
    auto.setChecked(not forced)
    theme.set_icon(auto, "search" if forced else "check", "text2" if forced else "accent")
    auto.triggered.connect(partial(_call, choose, None))
    menu.addSeparator()
    for name in _TYPES:
        kind = ColumnType(name)
        look = type_look(kind)
        action = menu.addAction(look.word)
        action.setCheckable(True)
        chosen = forced and kind is now
        action.setChecked(chosen)
        icon = "check" if chosen else look.icon or "decimal"
        theme.set_icon(action, icon, "accent" if chosen else "text2")
        action.triggered.connect(partial(_call, choose, name))
    return menu


def _call(
    choose: Callable[[ForcedType | None], None], name: ForcedType | None, _checked: bool = False
) -> None:
    choose(name)


def cell_menu(
    theme: Theme,
    parent: QWidget,
    cell: DriftCell,
    column: str,
    *,
    types: QMenu,
    others: Sequence[str],
    joined: Sequence[str],
    join: Callable[[str, str], None],
    part: Callable[[str], None],
    show_values: Callable[[], None],
) -> QMenu:
    """Return the menu of a cell of the grid.

    `others` are names that this column may be joined with: for a missing cell the file's own
    columns, else the columns of the result. `joined` are names joined with it already.
    """
    menu = QMenu(parent)
    menu.setObjectName("cellMenu")
    if cell.presence is not Presence.MISSING:
        values = menu.addAction(menu.tr("Show the values"))
        theme.set_icon(values, "eye")
        values.triggered.connect(show_values)
    types.setTitle(menu.tr("Type"))
    menu.addMenu(types)
    if others:
        missing = cell.presence is Presence.MISSING
        words = menu.tr("Take it from another column") if missing else menu.tr("Join with")
        joins = menu.addMenu(words)
        theme.set_icon(joins.menuAction(), "link")
        for other in others:
            pair = (other, column) if missing else (cell.name or column, other)
            joins.addAction(other.replace("&", "&&")).triggered.connect(partial(_join, join, *pair))
    for name in joined:
        undo = menu.addAction(menu.tr("Do not join {0} any more").format(name.replace("&", "&&")))
        theme.set_icon(undo, "undo-2")
        undo.triggered.connect(partial(_part, part, name))
    return menu


def _join(join: Callable[[str, str], None], name: str, into: str, _checked: bool = False) -> None:
    join(name, into)


def _part(part: Callable[[str], None], name: str, _checked: bool = False) -> None:
    part(name)
