"""Exports as Excel workbooks, written in a stream: memory does not grow with the rows.

Texts stand in the sheet itself and not in a table of shared ones, which would have to be held.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, BinaryIO, Self
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa

from loadline.store.xlsx_sheet import DATE_STYLE, MOMENT_STYLE, rows_xml

if TYPE_CHECKING:
    from loadline.store.export import ExportOptions

MOST_ROWS = 1_048_575
"""Rows of data in a sheet; its first row holds the names."""
MOST_COLUMNS = 16_384
_CELLS = 200_000
_BYTES = 8 << 20
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class XlsxWriter:
    """One sheet, or several with the same names in the first row when there are more rows."""

    def __init__(self, file: BinaryIO, schema: pa.Schema, _options: ExportOptions) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1)
        self._names = schema.names
        self._sheet: IO[bytes] | None = None
        self._sheets = 0
        self._row = 0

    def __enter__(self) -> Self:
        """Give the writer."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write the last sheet's end and what the sheets are called."""
        if kind is None:
            if self._sheet is None:
                self._begin()
            self._end()
            self._write_rest()
            self._zip.close()
            return
        if self._sheet is not None:
            self._sheet.close()
        self._zip.fp = None  # or it would write a list of contents to a file that is given up

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        at_once = max(1, _CELLS // max(1, len(self._names)))
        at_once = max(1, min(at_once, _BYTES * batch.num_rows // max(1, batch.nbytes)))
        start = 0
        while start < batch.num_rows:
            if self._sheet is None or self._row > MOST_ROWS:
                self._begin()
            rows = batch.slice(start, min(at_once, MOST_ROWS + 1 - self._row))
            self._add(rows.columns, rows.num_rows)
            start += rows.num_rows

    def _add(self, columns: Sequence[pa.Array], count: int) -> None:
        assert self._sheet is not None
        if columns:
            self._sheet.write(rows_xml(columns, self._row + 1))
        self._row += count

    def _begin(self) -> None:
        if self._sheet is not None:
            self._end()
        self._sheets += 1
        info = _entry(f"xl/worksheets/sheet{self._sheets}.xml")
        self._sheet = self._zip.open(info, "w", force_zip64=True)
        self._sheet.write(
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            "</sheetView></sheetViews><sheetData>".encode()
        )
        self._row = 0
        self._add([pa.array([name], pa.string()) for name in self._names], 1)

    def _end(self) -> None:
        assert self._sheet is not None
        self._sheet.write(b"</sheetData></worksheet>")
        self._sheet.close()
        self._sheet = None

    def _write_rest(self) -> None:
        numbers = range(1, self._sheets + 1)
        types = f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        types += f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        types += "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
            f'ContentType="{_KIND}.worksheet+xml"/>'
            for n in numbers
        )
        rels = "application/vnd.openxmlformats-package.relationships+xml"
        default = f'<Default Extension="rels" ContentType="{rels}"/>'
        default += '<Default Extension="xml" ContentType="application/xml"/>'
        links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        links.append((f"rId{self._sheets + 1}", "styles", "styles.xml"))
        sheets = "".join(
            f'<sheet name="Rows{"" if n == 1 else f" {n}"}" sheetId="{n}" r:id="rId{n}"/>'
            for n in numbers
        )
        book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
        whole = [("rId1", "officeDocument", "xl/workbook.xml")]
        for name, text in (
            ("[Content_Types].xml", f'<Types xmlns="{_TYPES}">{default}{types}</Types>'),
            ("_rels/.rels", _relations(whole)),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", _relations(links)),
            ("xl/styles.xml", _styles()),
        ):
            self._zip.writestr(_entry(name), _HEAD + text)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, time.localtime()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _relations(links: Sequence[tuple[str, str, str]]) -> str:
    lines = (
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(f'{_OFFICE}/{kind}')} "
        f"Target={quoteattr(target)}/>"
        for key, kind, target in links
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'


def _styles() -> str:
    codes = {DATE_STYLE: "yyyy\\-mm\\-dd", MOMENT_STYLE: "yyyy\\-mm\\-dd\\ hh:mm:ss.000"}
    formats = "".join(
        f'<numFmt numFmtId="{163 + n}" formatCode="{code}"/>' for n, code in codes.items()
    )
    cells = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' + "".join(
        f'<xf numFmtId="{163 + n}" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/>'
        for n in codes
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(codes) + 1}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )
