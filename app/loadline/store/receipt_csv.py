"""The receipt as a spreadsheet: a line per task, then the sums."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from loadline.domain.receipt import Receipt, ReceiptLine
from loadline.store.writing import write_whole

_HEADER = (
    "number", "name", "state", "rows_read", "rows_loaded", "rows_rejected", "balanced", "bytes",
    "checksum", "tries", "seconds", "reader", "reason", "error",
)  # fmt: skip


def write_receipt(receipt: Receipt, path: Path) -> None:
    """Write `receipt` to `path` as UTF-8 with a byte order mark; raises `OutputError`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADER)
    writer.writerows(_cells(line) for line in receipt.lines)
    sums = (receipt.rows_read, receipt.rows, receipt.rejected, receipt.balanced, receipt.bytes)
    writer.writerow(("", "sum", receipt.state.value, *sums))
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _cells(line: ReceiptLine) -> tuple[object, ...]:
    return (
        line.index + 1, _harmless(line.name), line.state.value, line.rows_read, line.rows,
        line.rejected, line.balanced, line.bytes, line.checksum, line.attempts,
        round(line.seconds, 3), line.reader, line.reason, str(line.error or ""),
    )  # fmt: skip


def _harmless(text: str) -> str:
    """Return a file's name so that no spreadsheet runs it as a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text
