"""Hears when a part turns out to be damaged while rows of it are read for the Results tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loadline.domain.errors import PartDamaged
from loadline.gui.models.result_model import Opened, PagedTable, ResultState
from loadline.gui.run_page.run_like import RunLike

if TYPE_CHECKING:
    import pyarrow as pa

OpenResult = Callable[[RunLike, ResultState, ResultState | None], Opened]


class DamageWatch(QObject):
    """Opens results through `open_result`; `found` tells of damage, on the window's thread."""

    found = Signal(object, str)
    """The run, and the name of the file that is damaged."""

    def __init__(self, open_result: OpenResult, parent: QObject) -> None:
        super().__init__(parent)
        self._open = open_result

    def open_result(self, run: RunLike, state: ResultState, before: ResultState | None) -> Opened:
        """Open a run's parts; called in a thread."""

        def tell(file: str) -> None:
            self.found.emit(run, file)

        try:
            opened = self._open(run, state, before)
        except PartDamaged as error:
            tell(_file(error))
            raise
        return replace(opened, table=_Watched(opened.table, tell))


@dataclass(frozen=True, slots=True)
class _Watched:
    """A table whose damage is told."""

    table: PagedTable
    tell: Callable[[str], None]

    @property
    def num_rows(self) -> int:
        """How many rows it has."""
        return self.table.num_rows

    def page(self, start: int, count: int) -> pa.Table:
        """Return rows; raises what the table raises."""
        try:
            return self.table.page(start, count)
        except PartDamaged as error:
            self.tell(_file(error))
            raise


def _file(error: PartDamaged) -> str:
    return error.place.source if error.place else ""
