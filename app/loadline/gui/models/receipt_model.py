"""The receipt as a table, and as text for the clipboard."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from loadline.domain.receipt import Receipt, ReceiptLine
from loadline.gui.models import figures
from loadline.gui.models.source_words import Nouns
from loadline.gui.theme.fonts import BODY, MEDIUM, font
from loadline.gui.theme.states import state_look

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


class ReceiptColumn(IntEnum):
    """The columns of the receipt."""

    NUMBER = 0
    FILE = 1
    STATE = 2
    READ = 3
    LOADED = 4
    REJECTED = 5
    BYTES = 6
    TRIES = 7
    SECONDS = 8
    READER = 9
    ERROR = 10
    CHECKSUM = 11


WIDTHS = [48, 168, 104, 96, 96, 72, 80, 48, 72, 64, 128]
_C = ReceiptColumn
_LEFT = frozenset({_C.FILE, _C.STATE, _C.READER, _C.CHECKSUM, _C.ERROR})


class ReceiptModel(QAbstractTableModel):
    """One row per task; `sums` gives the line that stands below them."""

    def __init__(self) -> None:
        super().__init__()
        self.receipt: Receipt | None = None
        self._words: Nouns | None = None

    def show_receipt(self, receipt: Receipt | None, words: Nouns | None = None) -> None:
        """Show another receipt, or none; `words` say what its lines are of."""
        self.beginResetModel()
        self._words = words or self._words
        self.receipt = receipt
        self.endResetModel()

    def line_at(self, row: int) -> ReceiptLine | None:
        """Return the receipt's line of a table row."""
        lines = self.receipt.lines if self.receipt else ()
        return lines[row] if 0 <= row < len(lines) else None

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() or self.receipt is None else len(self.receipt.lines)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(ReceiptColumn)

    def data(self, index: AnyIndex, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text, side, font or tooltip."""
        line = self.line_at(index.row())
        if line is None:
            return None
        column = ReceiptColumn(index.column())
        match role:
            case _Role.DisplayRole:
                return text(line, column)
            case _Role.TextAlignmentRole:
                left = column in _LEFT
                return Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
            case _Role.FontRole:
                if column is _C.FILE:
                    return font(BODY, MEDIUM)
                return font(BODY, numbers=column not in _LEFT)
            case _Role.ToolTipRole if column in _LEFT:
                return f"{line.reader}: {line.reason}" if line.reason and column is _C.READER else (
                    text(line, column) or None
                )  # fmt: skip
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return self.titles()[section]
        if role == _Role.TextAlignmentRole:
            left = ReceiptColumn(section) in _LEFT
            return Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        return None

    def titles(self) -> tuple[str, ...]:
        """Return all titles."""
        head = self._words.head if self._words else self.tr("File")
        read = self._words.read if self._words else self.tr("Rows read")
        return (
            self.tr("#"), head, self.tr("State"), read,
            self.tr("Loaded"), self.tr("Rejected"), self.tr("Read"), self.tr("Tries"),
            self.tr("Seconds"), self.tr("Reader"), self.tr("Message"), self.tr("Checksum"),
        )  # fmt: skip

    def sums(self) -> dict[ReceiptColumn, str]:
        """Return the sums of all lines."""
        if self.receipt is None:
            return {}
        lines = self.receipt.lines
        return {
            _C.FILE: self.tr("Sum"),
            _C.READ: figures.count(sum(x.rows_read for x in lines)),
            _C.LOADED: figures.count(sum(x.rows for x in lines)),
            _C.REJECTED: figures.count(sum(x.rejected for x in lines)),
            _C.BYTES: figures.size(sum(x.bytes for x in lines)),
            _C.SECONDS: figures.decimal(sum(x.seconds for x in lines), 1),
        }

    def as_tsv(self) -> str:
        """Return all lines as tab-separated text with plain numbers."""
        if self.receipt is None:
            return ""
        rows = ["\t".join(self.titles())]
        rows += ["\t".join(_plain(line)) for line in self.receipt.lines]
        return "\n".join(rows) + "\n"


def text(line: ReceiptLine, column: ReceiptColumn) -> str:
    """Return what a cell shows."""
    match column:
        case _C.NUMBER:
            return figures.count(line.index + 1)
        case _C.FILE:
            return line.name
        case _C.STATE:
            return state_look(line.state).word
        case _C.READ | _C.LOADED | _C.REJECTED:
            number = {_C.READ: line.rows_read, _C.LOADED: line.rows, _C.REJECTED: line.rejected}
            return figures.count(number[column])
        case _C.BYTES:
            return figures.size(line.bytes)
        case _C.TRIES:
            return str(line.attempts or "")
        case _C.SECONDS:
            return figures.decimal(line.seconds, 1)
        case _C.READER:
            return line.reader
        case _C.CHECKSUM:
            return line.checksum
    return str(line.error) if line.error else line.reason


def _plain(line: ReceiptLine) -> list[str]:
    cells = (
        line.index + 1, line.name, line.state.value, line.rows_read, line.rows, line.rejected,
        line.bytes, line.attempts, f"{line.seconds:.3f}", line.reader, text(line, _C.ERROR),
        line.checksum,
    )  # fmt: skip
    return [str(cell).replace("\t", " ").replace("\n", " ") for cell in cells]
