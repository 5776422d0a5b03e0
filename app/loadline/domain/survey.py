"""What is found out about a folder before the start: how files are written, where columns differ.

Made from a sample of every file; nothing here is a promise about the rows not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from loadline.domain.schema import ColumnType

if TYPE_CHECKING:
    from loadline.domain.errors import Failure


class Presence(StrEnum):
    """How a column stands in one file."""

    THERE = "there"
    MISSING = "missing"
    OTHER_TYPE = "other type"
    """Its values are of a type that the other files do not agree with."""
    WRITTEN_DIFFERENTLY = "written differently"
    """Same column, but its name or its values are spelt otherwise than in the other files."""


@dataclass(frozen=True, slots=True)
class FoundDialect:
    """How a file is written, and why this is thought so."""

    summary: str
    """For the table, e.g. ``Comma, UTF-8``."""
    evidence: str = ""
    """In a few words, e.g. ``24 cells in every line``."""
    details: tuple[str, ...] = ()
    """Whole sentences for the panel, e.g. ``Delimiter ; because 9 columns in 84 of 84 rows.``"""
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    encoding: str = "utf-8"
    comment: str = ""
    header_rows: int = 1
    skip_lines: int = 0
    compression: str = ""
    forced: tuple[str, ...] = ()
    """Names of the fields that a person has forced."""


@dataclass(frozen=True, slots=True)
class DriftCell:
    """One column in one file."""

    presence: Presence
    type: ColumnType = ColumnType.EMPTY
    name: str = ""
    """The column's name as this file writes it."""
    note: str = ""
    """Why it is marked, as a sentence for a tooltip."""


@dataclass(frozen=True, slots=True)
class SurveyedFile:
    """One file of the folder; `cells` stand in the order of `Survey.columns`."""

    name: str
    size: int
    """Bytes on disk."""
    rows: int | None = None
    """Rows, counted or estimated; None when not looked at."""
    rows_exact: bool = False
    dialect: FoundDialect | None = None
    cells: tuple[DriftCell, ...] = ()
    problems: tuple[str, ...] = ()
    """Sentences about what was odd in the sample."""
    failure: Failure | None = None
    """Why this file cannot be read."""


@dataclass(frozen=True, slots=True)
class SurveyedColumn:
    """A column of the result; `differs` where the files do not agree on it."""

    name: str
    type: ColumnType
    differs: bool = False
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """Something worth knowing before the start; `column` and `file` are where to look."""

    sentence: str
    column: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """A folder before the start; `columns` are those of the result under the column policy."""

    files: tuple[SurveyedFile, ...]
    columns: tuple[SurveyedColumn, ...]
    hints: tuple[Hint, ...] = ()
    shared_columns: int = 0
    """How many columns every file has."""
    all_columns: int = 0
    """How many different columns there are in all files."""
    seconds: float | None = None
    """Estimated seconds of the run, or None."""
    left_out: int = 0
    """Files that match the pattern but were not looked at."""
    extra: tuple[str, ...] = field(default=())
    """Names of columns that the program adds, e.g. ``_source``."""

    @property
    def rows(self) -> int:
        """Rows of all files as far as known."""
        return sum(file.rows or 0 for file in self.files)

    @property
    def rows_exact(self) -> bool:
        """Every file's rows were counted, not estimated."""
        return not self.left_out and all(file.rows_exact for file in self.files)

    @property
    def bytes(self) -> int:
        """Bytes on disk of the files looked at."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of one file, as they will stand in the result.

    `columns` are in the file's order with the types of the result; `rows` hold the text of each
    cell (None: empty).
    """

    file: str
    columns: tuple[SurveyedColumn, ...]
    rows: tuple[tuple[str | None, ...], ...]
    problems: tuple[str, ...] = ()
