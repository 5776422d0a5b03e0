"""Exports as Excel workbooks, written in a stream: memory does not grow with the rows.

The cells of a sheet are in a file of their own until all are there, then they are packed: for a
while an export needs about twice the room of its unpacked sheets (`unpacked_bytes`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO, Self
from zipfile import ZipFile

from loadline.store.partial import cells_of
from loadline.store.xlsx_cells import Style, cells, style_of
from loadline.store.xlsx_target import Target

if TYPE_CHECKING:
    import pyarrow as pa

    from loadline.store.xlsx_book import Sheet

MOST_ROWS = 1_048_575
"""Rows of data in a sheet; its first row holds the names."""
MOST_COLUMNS = 16_384
_CELLS = 50_000
"""Written at a time, in about a fifth of a second; then a stop is asked for."""
_BYTES = 8 << 20
_FORMATS: dict[Style, str] = {"date": "yyyy\\-mm\\-dd", "moment": "yyyy\\-mm\\-dd\\ hh:mm:ss.000"}
_WIDTHS: dict[Style, int] = {"date": 11, "moment": 23}


class ExcelWriter:
    """One sheet, or several with the same names in the first row when there are more rows."""

    def __init__(
        self, file: BinaryIO, schema: pa.Schema, tell: Callable[[], None] | None = None
    ) -> None:
        """`tell` is called now and then while cells are written or packed, and may raise."""
        from loadline.store.xlsx_book import new_book

        self._at_end = ExitStack()
        self._tell = tell
        self._target = Target(file, tell)
        self._book = new_book(self._target, self._at_end.enter_context(_folder_for(file)))
        self._names = schema.names
        self._styles = [style_of(field.type) for field in schema]
        self._formats = {
            style: self._book.add_format({"num_format": code}) for style, code in _FORMATS.items()
        }
        self._sheets: list[Sheet] = []
        self._row = 0

    def __enter__(self) -> Self:
        """Give the writer."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Pack the sheets; the folder of what was unfinished is gone afterwards."""
        try:
            if kind is None:
                self._pack()
        except BaseException:
            self._target.give_up()
            raise
        finally:
            for sheet in self._sheets:
                with suppress(OSError):  # a full disk, which is told already
                    sheet.give_up()
            self._at_end.close()

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        at_once = max(1, _CELLS // max(1, len(self._names)))
        at_once = max(1, min(at_once, _BYTES * batch.num_rows // max(1, batch.nbytes)))
        start = 0
        while start < batch.num_rows:
            if not self._sheets or self._row > MOST_ROWS:
                self._begin()
            rows = batch.slice(start, min(at_once, MOST_ROWS + 1 - self._row))
            self._add(rows)
            if self._tell is not None:
                self._tell()
            start += rows.num_rows

    def _pack(self) -> None:
        from xlsxwriter.exceptions import FileCreateError

        if not self._sheets:
            self._begin()
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # the `OSError` that it hides

    def _begin(self) -> None:
        from loadline.store.xlsx_book import Sheet

        number = len(self._sheets) + 1
        sheet = self._book.add_worksheet("Rows" if number == 1 else f"Rows {number}", Sheet)
        sheet.freeze_panes(1, 0)
        for place, style in enumerate(self._styles):
            if style in _WIDTHS:
                sheet.set_column(place, place, _WIDTHS[style])  # or Excel shows only ####
        self._sheets.append(sheet)
        for place, name in enumerate(self._names):
            sheet.write_string(0, place, name)
        self._row = 1

    def _add(self, rows: pa.RecordBatch) -> None:
        sheet = self._sheets[-1]
        columns = [
            (place, cells(column), self._writer(sheet, column.type))
            for place, column in enumerate(rows.columns)
        ]
        write_text = sheet.write_string
        for number in range(rows.num_rows):
            row = self._row + number
            for place, values, write_other in columns:
                value = values[number]
                if value.__class__ is str:
                    write_text(row, place, value)
                elif value is not None:
                    write_other(row, place, value)
        self._row += rows.num_rows

    def _writer(self, sheet: Sheet, kind: pa.DataType) -> Callable[[int, int, Any], object]:
        """Return what writes the values of a column that are no text."""
        import pyarrow as pa

        if pa.types.is_boolean(kind):
            return sheet.write_boolean  # type: ignore[no-any-return]
        shown = self._formats.get(style_of(kind))
        if shown is None:
            return sheet.write_number  # type: ignore[no-any-return]
        return lambda row, place, value: sheet.write_number(row, place, value, shown)


def unpacked_bytes(book: BinaryIO) -> int:
    """Return how many bytes the sheets of a workbook have before they are packed."""
    with ZipFile(book) as packed:
        return sum(entry.file_size for entry in packed.infolist())


@contextmanager
def _folder_for(file: BinaryIO) -> Iterator[Path]:
    """Give a folder next to `file`, or the system's for one in memory; it is gone afterwards."""
    if isinstance(file, BytesIO):
        with TemporaryDirectory() as temporary:
            yield Path(temporary)
        return
    folder = cells_of(Path(file.name))
    shutil.rmtree(folder, ignore_errors=True)  # of a program that was killed
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
