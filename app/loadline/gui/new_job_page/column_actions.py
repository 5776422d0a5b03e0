"""What a click on a cell, a type or a dialect offers, and what it changes in the source."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect

from loadline.domain.errors import Failure
from loadline.domain.jobs import CsvFolderSource, ForcedDialect, ForcedType
from loadline.domain.schema import ColumnType
from loadline.domain.survey import DriftCell, Presence, Preview, Survey
from loadline.gui.new_job_page.date_choice import ISO, date_menu, order_of, type_of
from loadline.gui.new_job_page.dialect_popover import DialectPopover
from loadline.gui.new_job_page.drift_model import FIRST, WRITTEN
from loadline.gui.new_job_page.drift_panel import DriftPanel
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.new_job_page.menus import cell_menu, type_menu
from loadline.gui.new_job_page.popover import ValuesPopover
from loadline.gui.new_job_page.services import NewJobServices
from loadline.gui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

_JOINS_OFFERED = 40
Change = Callable[[CsvFolderSource], CsvFolderSource]


class ColumnActions(QObject):
    """Opens menus and panels; `change` is called with a function from old to new source."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        drift: DriftPanel,
        services: NewJobServices,
        source: Callable[[], CsvFolderSource | None],
        change: Callable[[Change], None],
    ) -> None:
        super().__init__(window)
        self._theme, self._window, self._drift, self._services = theme, window, drift, services
        self._source, self._change = source, change
        self._column = ""
        self._anchor = QRect()
        self._corner = QPoint()
        self._kind: ForcedType = "date"
        self._values = Latest[Preview](self._show_values, self._no_values)
        self._dates = Latest[Preview](self._show_order, self._no_values)

    @property
    def _survey(self) -> Survey:
        return self._drift.model.survey

    def stop(self) -> None:
        """Forget outstanding questions."""
        self._values.drop()
        self._dates.drop()

    def cell_pressed(self, index: QModelIndex) -> None:
        """Offer what can be done with a cell of the table of files."""
        table = self._drift.table
        anchor = table.cell_corner(index)
        self._corner = anchor.bottomLeft()
        if index.column() == WRITTEN:
            self._open_dialect(index.row(), anchor)
        elif index.column() >= FIRST:
            cell = self._drift.model.cell(index.row(), index.column())
            if cell is not None:
                name = self._drift.model.column_name(index.column())
                self._open_cell(index.row(), cell, name, anchor)

    def type_wanted(self, column: str, corner: QPoint) -> None:
        """Offer the types of a column."""
        self._corner = corner
        self._type_menu(column).popup(corner)

    def follow(self, column: str, file: str, anchor: QRect) -> None:
        """Show the values of a column, in `file` or in the first file that stands out."""
        number = next((i for i, c in enumerate(self._survey.columns) if c.name == column), -1)
        odd = (Presence.OTHER_TYPE, Presence.WRITTEN_DIFFERENTLY)
        for each in self._survey.files:
            marked = number < len(each.cells) and each.cells[number].presence in odd
            if number >= 0 and not file and marked:
                file = each.name
        self._ask_values(column, file or self._drift.chosen_file(), anchor)

    def _open_dialect(self, row: int, anchor: QRect) -> None:
        panel = DialectPopover(self._theme, self._window, self._drift.model.file(row))
        panel.chosen.connect(partial(self._set_dialect, self._drift.model.file(row).name))
        panel.open_at(anchor)

    def _set_dialect(
        self,
        file: str,
        dialect: ForcedDialect | None,
        every: bool,
    ) -> None:
        def changed(source: CsvFolderSource) -> CsvFolderSource:
            others = {name: d for name, d in source.file_dialects.items() if name != file}
            if dialect is None:
                return msgspec.structs.replace(
                    source, file_dialects=others, dialect=ForcedDialect()
                )
            if every:
                return msgspec.structs.replace(source, file_dialects={}, dialect=dialect)
            return msgspec.structs.replace(source, file_dialects={**others, file: dialect})

        self._change(changed)

    def _type_menu(self, column: str) -> QMenu:
        known = {c.name: c for c in self._survey.columns}.get(column)
        now = known.type if known else ColumnType.TEXT
        forced = known.forced if known else False
        choose = partial(self._set_type, column)
        return type_menu(self._theme, self._window, now, forced=forced, choose=choose)

    def _set_type(self, column: str, kind: ForcedType | None) -> None:
        source = self._source()
        if kind in ("date", "timestamp") and source is not None:
            self._column, self._kind = column, kind
            asked = msgspec.structs.replace(
                source, column_types={**source.column_types, column: "text"}
            )
            file = self._drift.chosen_file()
            self._dates.ask(partial(self._services.preview, asked, file))
        else:
            self._force(column, kind, "")

    def _show_order(self, preview: Preview) -> None:
        """Take the order that the values prove, or ask for it where they leave it open."""
        values = _values_of(preview, self._column)
        order = order_of(values)
        choose = partial(self._force_date, self._column, self._kind)
        if len(order.formats) > 1:
            date_menu(self._theme, self._window, order, values, choose).popup(self._corner)
        else:
            choose(next(iter(order.formats), ""))

    def _force_date(self, column: str, kind: ForcedType, format_: str) -> None:
        self._force(column, type_of(format_, kind), "" if format_ in ISO else format_)

    def _force(self, column: str, kind: ForcedType | None, format_: str) -> None:
        def changed(source: CsvFolderSource) -> CsvFolderSource:
            types = {name: t for name, t in source.column_types.items() if name != column}
            if kind is not None:
                types[column] = kind
            formats = {name: f for name, f in source.date_formats.items() if name != column}
            if format_:
                formats[column] = format_
            return msgspec.structs.replace(source, column_types=types, date_formats=formats)

        self._change(changed)

    def _open_cell(self, row: int, cell: DriftCell, column: str, anchor: QRect) -> None:
        file = self._drift.model.file(row)
        source = self._source()
        joined = source.column_names if source else {}
        if cell.presence is Presence.MISSING:
            # Only what this file has and the others lack can be the missing column.
            others = [
                c.name
                for c, each in zip(self._survey.columns, file.cells, strict=False)
                if each.presence is not Presence.MISSING and c.differs
            ]
        else:
            others = [c.name for c in self._survey.columns if c.name != column and c.differs]
        menu = cell_menu(
            self._theme,
            self._window,
            cell,
            column,
            types=self._type_menu(column),
            others=others[:_JOINS_OFFERED],
            joined=[name for name, into in joined.items() if into == column],
            join=self._join,
            part=self._part,
            show_values=partial(self._ask_values, column, file.name, anchor),
        )
        menu.popup(anchor.bottomLeft())

    def _join(self, name: str, into: str) -> None:
        def changed(source: CsvFolderSource) -> CsvFolderSource:
            names = {**source.column_names, name: into}
            return msgspec.structs.replace(source, column_names=names)

        self._change(changed)

    def _part(self, name: str) -> None:
        def changed(source: CsvFolderSource) -> CsvFolderSource:
            names = {n: into for n, into in source.column_names.items() if n != name}
            return msgspec.structs.replace(source, column_names=names)

        self._change(changed)

    def _ask_values(self, column: str, file: str, anchor: QRect, *_checked: bool) -> None:
        source = self._source()
        if source is None:
            return
        self._column, self._anchor = column, anchor
        self._values.ask(partial(self._services.preview, source, file))

    def _show_values(self, preview: Preview) -> None:
        values = _values_of(preview, self._column)
        panel = ValuesPopover(self._theme, self._window, self._column, preview.file, values)
        panel.open_at(self._anchor)

    def _no_values(self, failure: Failure) -> None:
        panel = ValuesPopover(self._theme, self._window, self._column, str(failure), ())
        panel.open_at(self._anchor)


def _values_of(preview: Preview, column: str) -> list[str | None]:
    names = [each.name for each in preview.columns]
    place = names.index(column) if column in names else -1
    return [row[place] for row in preview.rows if 0 <= place < len(row)]
