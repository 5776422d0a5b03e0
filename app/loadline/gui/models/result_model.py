"""The dataset as a table of any size: pages of text are read in a thread and kept for a while.

Qt counts pixels in 32 bits, so at most `WINDOW` rows of 32 pixels are in the table at once;
`window_start` says which, and `show_window` moves on.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from loadline.domain.schema import Column, Schema
from loadline.gui.models.background import Answer, Background
from loadline.gui.models.cells import CellPage, Style, column_with, page_of, rows_as_tsv, style_of
from loadline.gui.models.row_view import RowView

if TYPE_CHECKING:
    import pyarrow as pa

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
WINDOW = 50_000_000
PAGE_CELLS = 8_000
PAGE_ROWS = 200
SCATTERED_ROWS = 40
"""Rows of a page of a view: each of them may stand in another batch, which must be decoded."""
PAGES_KEPT = 64
COPY_CELLS = 2_000_000
"""Most cells that are copied at once."""
CALM = 20.0
"""A live result is opened again only after this many times the time that opening took."""


class PagedTable(Protocol):
    """A dataset: any page of it is quick."""

    @property
    def num_rows(self) -> int:
        """How many rows it has."""

    def page(self, start: int, count: int) -> pa.Table:
        """Return rows from `start` on, at most `count`."""


@dataclass(frozen=True, slots=True)
class ResultState:
    """What a run's result is made of at a moment: its finished parts and their one schema."""

    parts: tuple[Any, ...] = ()
    schema: Schema = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A dataset at a moment of the run, with how its columns are written."""

    key: ResultState
    """Equal keys mean an equal dataset."""
    table: PagedTable
    columns: tuple[Column, ...]
    styles: tuple[Style, ...]
    sample: CellPage
    grows: bool = False
    """All rows of the dataset before are still at their places."""
    seconds: float = 0.0


class Missing(Enum):
    """Stands for a cell whose page has not been read yet."""

    LOADING = "loading"


Cell = str | None | Missing


def open_table(
    key: ResultState, table: PagedTable, columns: tuple[Column, ...], *, grows: bool = False
) -> Opened:
    """Return a dataset made ready for the table; runs in a thread, reads the first page."""
    began = time.perf_counter()
    first = table.page(0, page_rows(len(columns)))
    samples = [column.to_pylist() for column in first.columns]
    styles = tuple(map(style_of, columns, samples))
    sample = page_of(first, 0, styles)
    return Opened(key, table, columns, styles, sample, grows, time.perf_counter() - began)


def page_rows(columns: int) -> int:
    """Return how many rows a page has: fewer in a wide table."""
    return max(8, min(PAGE_ROWS, PAGE_CELLS // max(1, columns)))


class ResultModel(QAbstractTableModel):
    """Text of a dataset's cells; `reopened` tells when columns have changed."""

    reopened = Signal()
    opened = Signal()
    """Another state of the run is shown."""
    failed = Signal(str)
    copied = Signal(str)
    """Text for the clipboard."""
    met = Signal(int, int)
    """The row (from 0, of those shown) and the column of a cell that has a text."""
    placed = Signal(object)
    """Where a row that was looked for is shown (from 0); None: it is not among those shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window_start = 0
        self._opened: Opened | None = None
        self._view: RowView | None = None
        self._serial = 0
        """Counts the views, so that a page of an earlier one is not taken for one of this."""
        self._rows = 0
        self._per_page = PAGE_ROWS
        self._pages: OrderedDict[int, CellPage] = OrderedDict()
        self._pending: set[int] = set()
        self._calm_until = 0.0
        self._opening: ResultState | None = None
        self._background = Background("results", self)
        self._background.answered.connect(self._take)
        self._background.dropped.connect(self._drop)

    def open(self, key: ResultState, opener: Callable[[], Opened], at: float) -> None:
        """Show what `opener` gives, unless `key` is shown already or it is too soon."""
        if key == self._opening or (self._opened is not None and key == self._opened.key):
            return
        if at < self._calm_until:
            return
        self._opening = key
        self._background.ask(("open", key), opener)

    def clear(self) -> None:
        """Show nothing."""
        self._background.forget()
        self.beginResetModel()
        self._opened = self._opening = self._view = None
        self._serial += 1
        self._rows = self.window_start = 0
        self._pages.clear()
        self._pending.clear()
        self._calm_until = 0.0
        self.endResetModel()

    def close_reader(self) -> None:
        """End the thread that reads pages."""
        self._background.close()

    @property
    def key(self) -> ResultState | None:
        """The key of what is shown."""
        return self._opened.key if self._opened else None

    @property
    def total(self) -> int:
        """Rows that are shown, in the window or not: those of the view, or all."""
        return self.everything if self._view is None else self._view.total

    @property
    def everything(self) -> int:
        """Rows of the dataset."""
        return self._opened.table.num_rows if self._opened else 0

    @property
    def view(self) -> RowView | None:
        """Which rows are shown in which order; None: all, as they are."""
        return self._view

    def set_view(self, view: RowView | None, *, more: bool = False) -> None:
        """Show these rows; `more`: it is the view so far, with more of its rows known."""
        if more and self._view is not None and view is not None:
            self._pages.pop(self._view.ready // self._per_page, None)  # it was cut short
            self._view = view
            self._fit_rows()
            return
        self.beginResetModel()
        self._view = view
        self._serial += 1
        self.window_start = 0
        self._per_page = self._page_rows()
        self._rows = self._window_rows()
        self._pages.clear()
        self._pending.clear()
        self.endResetModel()

    def dataset_row(self, row: int) -> int | None:
        """Return the dataset's row that is shown at `row` of all that are shown (from 0)."""
        if self._view is None:
            return row if 0 <= row < self.total else None
        return self._view.row(row)

    def look_for(self, row: int) -> None:
        """Find where a row of the dataset (from 0) is shown; `placed` tells."""
        view = self._view
        if view is None:
            self.placed.emit(row if 0 <= row < self.total else None)
        else:
            self._background.ask(("place", self._page_key()), lambda: view.place(row))

    def look_in_row(self, row: int, text: str, *, case: bool) -> None:
        """Find the first cell of a row (from 0, of those shown) with a text; `met` tells."""
        if self._opened is not None:
            table = self._table(self._opened)
            key = ("cell", self._page_key(), row)
            self._background.ask(key, lambda: column_with(table(row, 1), text, case))

    @property
    def columns(self) -> Sequence[Column]:
        """Columns of the dataset."""
        return self._opened.columns if self._opened else ()

    @property
    def sample(self) -> CellPage | None:
        """The first page, from which widths are taken once."""
        return self._opened.sample if self._opened else None

    def style(self, column: int) -> Style | None:
        """Return how a column is written."""
        return self._opened.styles[column] if self._opened else None

    def show_window(self, row: int) -> int:
        """Make the dataset's row `row` part of the table; return its table row."""
        start = row // WINDOW * WINDOW
        if start != self.window_start:
            self.beginResetModel()
            self.window_start = start
            self._rows = self._window_rows()
            self.endResetModel()
        return row - start

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell's text, None where it is empty; asks for its page when it is missing."""
        row += self.window_start
        number = row // self._per_page
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            return Missing.LOADING
        self._pages.move_to_end(number)
        return page.cell(row, column) if row - page.start < page.rows else None

    def copy(self, first: int, last: int, columns: Sequence[int], *, header: bool) -> None:
        """Read table rows `first` to `last` in the thread; `copied` gives them as text."""
        if self._opened is None or not columns:
            return
        table = self._table(self._opened)
        names = [self._opened.columns[c].name for c in columns]
        start = first + self.window_start
        count = min(last - first + 1, max(1, COPY_CELLS // len(columns)))
        self._background.ask(
            ("copy", start), lambda: rows_as_tsv(table(start, count).select(names), header)
        )

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return the rows of the window."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text, tooltip or side."""
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            cell = self.cell(index.row(), index.column())
            return cell if isinstance(cell, str) else None
        if role == _Role.TextAlignmentRole:
            style = self.style(index.column())
            right = style is not None and style.right
            return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return a column's name and side."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self.columns[section].name
        if role == _Role.TextAlignmentRole:
            style = self.style(section)
            right = style is not None and style.right
            return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return None

    def _window_rows(self) -> int:
        return max(0, min(WINDOW, self.total - self.window_start))

    def _ask(self, number: int) -> None:
        if self._opened is None or number in self._pending:
            return
        if self._view is not None and number * self._per_page >= self._view.ready:
            return  # not known yet which rows these are
        self._pending.add(number)
        opened, count, table = self._opened, self._per_page, self._table(self._opened)
        start = number * count
        self._background.ask(
            ("page", (opened.key, self._serial), number),
            lambda: page_of(table(start, count), start, opened.styles),
        )

    def _table(self, opened: Opened) -> Callable[[int, int], pa.Table]:
        """Return what reads rows of what is shown, in a thread."""
        view, page = self._view, opened.table.page
        return page if view is None else lambda start, count: view.page(page, start, count)

    def _page_rows(self) -> int:
        whole = page_rows(len(self.columns))
        return whole if self._view is None else min(whole, SCATTERED_ROWS)

    def _drop(self, key: Any) -> None:
        if key[0] == "page":
            if key[1] == self._page_key():
                self._pending.discard(key[2])
        elif key[0] == "open" and key[1] == self._opening:
            self._opening = None

    def _take(self, answer: Answer) -> None:
        kind, key = answer.key[0], answer.key[1]  # type: ignore[index]
        if kind == "open":
            if key != self._opening:
                return  # a later state has been asked for since
            self._opening = None
        if answer.error:
            self.failed.emit(answer.error)
        elif kind == "open":
            self._show(answer.value)
        elif kind == "copy":
            self.copied.emit(answer.value)
        elif kind == "cell":
            if key == self._page_key():
                self.met.emit(answer.key[2], answer.value)  # type: ignore[index]
        elif kind == "place":
            if key == self._page_key():
                self.placed.emit(answer.value)
        elif key == self._page_key():
            self._store(answer.key[2], answer.value)  # type: ignore[index]

    def _page_key(self) -> tuple[ResultState | None, int]:
        return self.key, self._serial

    def _store(self, number: int, page: CellPage) -> None:
        self._pending.discard(number)
        if self._view is None or page.start + page.rows >= min(
            page.start + self._per_page, self._view.ready
        ):
            self._pages[number] = page  # else it was cut short where the view has grown since
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        first = page.start - self.window_start
        last = min(first + page.rows, self._rows) - 1
        if last >= 0 and first < self._rows:
            top = self.index(max(0, first), 0)
            self.dataChanged.emit(top, self.index(last, len(self.columns) - 1))

    def _show(self, opened: Opened) -> None:
        self._calm_until = time.monotonic() + CALM * opened.seconds
        # A view is of the dataset as it was: other parts may have come in between.
        same = self._opened is not None and self._opened.columns == opened.columns
        same = same and self._view is None
        self._pending.clear()
        if not same:
            self.beginResetModel()
            self._opened, self._view = opened, None
            self._serial += 1
            self._per_page = page_rows(len(opened.columns))
            self.window_start = 0
            self._rows = self._window_rows()
            self._pages.clear()
            self._pages[0] = opened.sample
            self.endResetModel()
            self.reopened.emit()
        else:
            self._grow(opened)
        self.opened.emit()

    def _grow(self, opened: Opened) -> None:
        if opened.grows and self._opened is not None:
            last = self._opened.table.num_rows // self._per_page
            self._pages.pop(last, None)  # it was cut short where the rows ended
        else:
            self._pages.clear()
        self._opened = opened
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Add or remove rows at the end, and have all cells painted again."""
        wanted = self._window_rows()
        if wanted > self._rows:
            self.beginInsertRows(_ROOT, self._rows, wanted - 1)
            self._rows = wanted
            self.endInsertRows()
        elif wanted < self._rows:
            self.beginRemoveRows(_ROOT, wanted, self._rows - 1)
            self._rows = wanted
            self.endRemoveRows()
        if self._rows:
            bottom = self.index(self._rows - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), bottom)
