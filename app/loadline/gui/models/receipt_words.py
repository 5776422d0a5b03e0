"""What the receipt says in two lines: balanced or not, and what is missing where."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from loadline.domain.receipt import Receipt, ReceiptLine
from loadline.domain.tasks import COMPLETE, TaskState
from loadline.gui.models import figures
from loadline.gui.models.source_words import Nouns

_translate = QCoreApplication.translate
NAMED = 3
"""How many files the second line names."""


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """The strip's line and the sum below it."""

    balanced: bool
    line: str
    sum: str


def receipt_words(receipt: Receipt, words: Nouns) -> ReceiptWords:
    """Return what the strip says of `receipt`."""
    if receipt.balanced:
        return ReceiptWords(True, _balanced(receipt, words), f"{_sum(receipt)} {_checked(words)}")
    if not receipt.lines:
        told = receipt.error.sentence if receipt.error else ""
        return ReceiptWords(False, _translate("ReceiptWords", "Nothing was loaded"), told)
    off = next((x for x in receipt.lines if x.state in COMPLETE and not x.balanced), None)
    if off is not None:
        return ReceiptWords(False, _off(off), _line_sum(off))
    return _missing(receipt, words)


def shortage(line: ReceiptLine) -> int:
    """Return how many rows of a complete task are unaccounted for (negative: too many)."""
    return line.rows_read - line.rows - line.rejected


def rows(number: int) -> str:
    """Return e.g. ``1 row`` or ``64,046 rows``."""
    if number == 1:
        return _translate("ReceiptWords", "1 row")
    return _translate("ReceiptWords", "{0} rows").format(figures.count(number))


def documents(number: int) -> str:
    """Return e.g. ``1 document`` or ``5,000 documents``."""
    if number == 1:
        return _translate("ReceiptWords", "1 document")
    return _translate("ReceiptWords", "{0} documents").format(figures.count(number))


def _balanced(receipt: Receipt, words: Nouns) -> str:
    if not words.files:
        return _balanced_whole(receipt, words)
    counted = words.counted(len(receipt.lines))
    if receipt.rejected:
        text = _translate("ReceiptWords", "Balanced: {0} in {1}, {2} set aside")
        return text.format(rows(receipt.rows), counted, figures.count(receipt.rejected))
    text = _translate("ReceiptWords", "Balanced: {0} in {1}, all accounted for")
    return text.format(rows(receipt.rows), counted)


def _balanced_whole(receipt: Receipt, words: Nouns) -> str:
    """Say nothing of the pieces: how the program cut the whole is no matter at the end."""
    counted = (documents if words.documents else rows)(receipt.rows)
    if receipt.rejected:
        text = _translate("ReceiptWords", "Balanced: {0}, {1} set aside")
        return text.format(counted, figures.count(receipt.rejected))
    return _translate("ReceiptWords", "Balanced: {0}, all accounted for").format(counted)


def _sum(receipt: Receipt) -> str:
    return _equation(receipt.rows_read, receipt.rows, receipt.rejected)


def _equation(read: int, loaded: int, rejected: int) -> str:
    even = read == loaded + rejected
    text = (
        _translate("ReceiptWords", "{0} read = {1} loaded + {2} rejected.")
        if even
        else _translate("ReceiptWords", "{0} read, but {1} loaded + {2} rejected.")
    )
    return text.format(figures.count(read), figures.count(loaded), figures.count(rejected))


def _checked(words: Nouns) -> str:
    if not words.files:
        return _translate("ReceiptWords", "What was stored was checked against its checksum.")
    text = _translate("ReceiptWords", "Every {0} was checked against its checksum.")
    return text.format(words.one)


def _off(line: ReceiptLine) -> str:
    short = shortage(line)
    if short > 0:
        text = _translate("ReceiptWords", "Not balanced: {0} is short by {1}")
        return text.format(line.name, rows(short))
    if short < 0:
        text = _translate("ReceiptWords", "Not balanced: {0} has {1} too many")
        return text.format(line.name, rows(-short))
    text = _translate("ReceiptWords", "Not balanced: the stored rows of {0} were changed")
    return text.format(line.name)


def _line_sum(line: ReceiptLine) -> str:
    return f"{line.name}: {_equation(line.rows_read, line.rows, line.rejected)}"


def _missing(receipt: Receipt, words: Nouns) -> ReceiptWords:
    out = [line for line in receipt.lines if line.state not in COMPLETE]
    cancelled = all(line.state is TaskState.CANCELLED for line in out)
    text = (
        _translate("ReceiptWords", "Not complete: {0} of {1} were cancelled")
        if cancelled
        else _translate("ReceiptWords", "Not complete: {0} of {1} are missing")
    )
    if len(out) == 1:
        text = (
            _translate("ReceiptWords", "Not complete: {0} of {1} was cancelled")
            if cancelled
            else _translate("ReceiptWords", "Not complete: {0} of {1} is missing")
        )
    line = text.format(figures.count(len(out)), words.counted(len(receipt.lines)))
    names = ", ".join(x.name for x in out[:NAMED])
    if len(out) > NAMED:
        more = _translate("ReceiptWords", "{0} and {1} more")
        names = more.format(names, figures.count(len(out) - NAMED))
    loaded = _translate("ReceiptWords", "{0} of the others are loaded. Missing: {1}.")
    return ReceiptWords(False, line, loaded.format(rows(receipt.rows), names))
