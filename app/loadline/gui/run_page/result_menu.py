"""The menu of a cell of the results, and of a column's header."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from loadline.domain.query import Filter, FilterKind
from loadline.gui.models.cells import LONGEST
from loadline.gui.run_page.result_query import ResultQuery
from loadline.gui.run_page.result_table import ResultTable
from loadline.gui.theme import Theme


class ResultMenu(QObject):
    """Opens where the mouse or the keyboard asks for it."""

    def __init__(
        self, theme: Theme, table: ResultTable, query: ResultQuery,
        *, begin_filter: Callable[[int], None], show_facts: Callable[[int], None],
        show_origin: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(table)
        self._theme, self._table, self._query = theme, table, query
        self._begin_filter = begin_filter
        self._show_facts = show_facts
        self._show_origin = show_origin
        table.menu_asked.connect(self._open)
        table.head.menu_asked.connect(self._open)

    def _open(self, row: int, section: int, at: QPoint) -> None:
        menu = self.menu(row, section)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def menu(self, row: int, section: int) -> QMenu:
        """Return the menu of a cell; `row` below 0: of the column."""
        menu = QMenu(self._table)
        if self._query.offered and section >= 0:
            self._add_order(menu, section)
            if row >= 0:
                self._add_values(menu, row, section)
            self._add(menu, "funnel", self.tr("Filter this column \u2026"),
                      partial(self._begin_filter, section))  # fmt: skip
            self._add(menu, "chart-column", self.tr("Facts about this column"),
                      partial(self._show_facts, section))  # fmt: skip
        if row >= 0:
            menu.addSeparator()
            if self._query.offered:
                origin = self.tr("Where this row comes from")
                self._add(menu, "file-text", origin, self._show_origin, "F4")
            copy = self._table.copy_asked.emit
            self._add(menu, "copy", self.tr("Copy"), copy, "Ctrl+C")
        return menu

    def _add_order(self, menu: QMenu, section: int) -> None:
        ask = self._table.sort_to.emit
        up, down = self.tr("Sort ascending"), self.tr("Sort descending")
        self._add(menu, "arrow-up", up, partial(ask, section, False), "Alt+Up")
        self._add(menu, "arrow-down", down, partial(ask, section, True), "Alt+Down")
        if self._query.query.sort:
            back = self.tr("Order of the source")
            self._add(menu, "list", back, self._query.clear_order)
        menu.addSeparator()

    def _add_values(self, menu: QMenu, row: int, section: int) -> None:
        model = self._table.results
        cell, name = model.cell(row, section), model.columns[section].name
        if not (cell is None or isinstance(cell, str)):
            return
        if cell is not None and (len(cell) >= LONGEST or "\u23ce" in cell or "\u21e5" in cell):
            return  # not the value as it stands there
        kind = FilterKind.EQUALS if cell else FilterKind.EMPTY
        only = Filter(column=name, kind=kind, value=cell or "")
        without = Filter(column=name, kind=kind, value=cell or "", negate=True)
        add = self._query.add_filter
        self._add(menu, "funnel", self.tr("Only rows with this value"), partial(add, only))
        self._add(menu, "funnel-x", self.tr("Without this value"), partial(add, without))

    def _add(
        self, menu: QMenu, icon: str, word: str, act: Callable[[], object], keys: str = ""
    ) -> None:
        suffix = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        action = menu.addAction(f"{word}\t{suffix}" if keys else word)
        action.triggered.connect(lambda _checked: act())
        self._theme.set_icon(action, icon)
