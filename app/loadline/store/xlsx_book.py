"""XlsxWriter as Loadline needs it: row by row onto the disk, and nothing taken for anything else.

XlsxWriter's streaming mode (``constant_memory``) holds one row; what is before is in files of
its folder until `Workbook.close` packs them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from loadline.store.xlsx_target import Target


class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A sheet that keeps every digit, and every text as the text that it is."""

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        """Write a number with all 17 digits that some need; XlsxWriter rounds to 16."""
        told = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{told}><v>{number!r}</v></c>")

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        """Write a text that begins with ``<r>`` as the text that it is, not as its own XML."""
        self._xml_inline_string(string, preserve=True, attributes=attributes)

    def give_up(self) -> None:
        """Close the file of rows."""
        self._opt_close()


def new_book(file: Target, folder: Path) -> Workbook:
    """Return a workbook for `file` whose unfinished sheets are in `folder`."""
    options = {
        "constant_memory": True,
        "tmpdir": str(folder),
        "use_zip64": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    return Workbook(file, options)
