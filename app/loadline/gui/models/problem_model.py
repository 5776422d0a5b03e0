"""Problems as a table: tasks that failed, those tried again, then odd records from the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from loadline.domain.errors import Place
from loadline.domain.fixes import BY_HAND
from loadline.domain.plan import Problem, ProblemKind
from loadline.domain.tasks import TaskRow, TaskState
from loadline.gui.models import figures
from loadline.gui.models.source_words import Nouns

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_translate = QCoreApplication.translate
PAGE = 500
"""Records read at a time."""
RAW_SHOWN = 300


class ProblemColumn(IntEnum):
    """The columns of the problems table."""

    ICON = 0
    FILE = 1
    WHERE = 2
    WHAT = 3
    TODO = 4


class Link(StrEnum):
    """What the link of a problem does."""

    NONE = ""
    RETRY = "retry"
    FIX = "fix"


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    """An odd record as it stands in a problems file, with the task it came from."""

    index: int
    name: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """Some of a run's problem records in order; `more` says that others follow."""

    entries: tuple[ProblemEntry, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One line of the table; `link` words are part of the last column."""

    index: int
    icon: str
    tone: str
    file: str
    where: str
    what: str
    todo: str
    link: Link = Link.NONE
    link_word: str = ""
    raw: str = ""
    line: int | None = None
    """In the source, where the record is one that can be corrected."""
    at: int | None = None
    """Its line in the source, where it has one and may be in the result."""


class ProblemModel(QAbstractTableModel):
    """Lines of tasks first; records are added page by page as the table is scrolled."""

    more_asked = Signal(int)
    """The table wants the records from this one on."""

    def __init__(self) -> None:
        super().__init__()
        self.words: Nouns | None = None
        self.fixable = False
        """Rows can be corrected by hand."""
        self._tasks: list[ProblemRow] = []
        self._records: list[ProblemRow] = []
        self._more = False
        self._asked = False

    def show_tasks(self, rows: Sequence[TaskRow], tries: int) -> None:
        """Show the tasks with an error, failed ones first."""
        told = [row for row in rows if row.error is not None and row.state in _TOLD]
        told.sort(key=lambda row: (row.state is not TaskState.FAILED, row.index))
        new = [task_problem(row, tries) for row in told]
        if new == self._tasks:
            return
        if len(new) == len(self._tasks):
            self._tasks = new
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, ProblemColumn.TODO))
            return
        self._resize(len(new))
        self._tasks = new
        self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, ProblemColumn.TODO))

    def clear_records(self, *, more: bool) -> None:
        """Forget the records; `more` says that there are some to read."""
        if self._records:
            first = len(self._tasks)
            self.beginRemoveRows(_ROOT, first, first + len(self._records) - 1)
            self._records = []
            self.endRemoveRows()
        self._more, self._asked = more, False

    def add_records(self, page: ProblemPage) -> None:
        """Take the next records."""
        self._more, self._asked = page.more, False
        if page.entries:
            first = self.rowCount()
            self.beginInsertRows(_ROOT, first, first + len(page.entries) - 1)
            self._records += [
                record_problem(entry, self.words, fixable=self.fixable) for entry in page.entries
            ]
            self.endInsertRows()

    def row_at(self, row: int) -> ProblemRow | None:
        """Return a line of the table."""
        if row < 0:
            return None
        if row < len(self._tasks):
            return self._tasks[row]
        row -= len(self._tasks)
        return self._records[row] if row < len(self._records) else None

    def row_of_task(self, index: int) -> int | None:
        """Return the first line that tells of a task."""
        lines = (*self._tasks, *self._records)
        return next((n for n, line in enumerate(lines) if line.index == index), None)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Tell whether there are records that have not been read."""
        return self._more and not self._asked

    def fetchMore(self, parent: AnyIndex) -> None:
        """Ask for the next page of records."""
        self._asked = True
        self.more_asked.emit(len(self._records))

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many lines there are so far."""
        return 0 if parent.isValid() else len(self._tasks) + len(self._records)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(ProblemColumn)

    def data(self, index: AnyIndex, role: int = _Role.DisplayRole) -> Any:
        """Return a cell's text or tooltip."""
        line = self.row_at(index.row())
        if line is None:
            return None
        if role == _Role.DisplayRole:
            return _cells(line)[index.column()]
        if role == _Role.ToolTipRole and index.column() >= ProblemColumn.WHAT:
            text = line.what if index.column() == ProblemColumn.WHAT else _cells(line)[4]
            return f"{text}\n{line.raw[:RAW_SHOWN]}".strip()
        if role == _Role.ToolTipRole:
            return _cells(line)[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        head = self.words.head if self.words else self.tr("File")
        titles = ("", head, self.tr("Where"), self.tr("What happened"),
                  self.tr("What you can do"))  # fmt: skip
        return titles[section]

    def _resize(self, count: int) -> None:
        now = len(self._tasks)
        if count > now:
            self.beginInsertRows(_ROOT, now, count - 1)
            self._tasks += [_BLANK] * (count - now)
            self.endInsertRows()
        else:
            self.beginRemoveRows(_ROOT, count, now - 1)
            del self._tasks[count:]
            self.endRemoveRows()


_BLANK = ProblemRow(-1, "info", "queued", "", "", "", "")
_TOLD = frozenset({TaskState.FAILED, TaskState.WAITING, TaskState.RUNNING})


def task_problem(row: TaskRow, tries: int) -> ProblemRow:
    """Return what the table says of a task with an error."""
    assert row.error is not None
    failed = row.state is TaskState.FAILED
    nothing = _translate("Problems", "Nothing: it is tried again by itself")
    if row.state is TaskState.RUNNING:
        nothing = _translate("Problems", "Nothing: it is being tried again")
    where = _place(row.error.place)
    if not failed or not where:
        attempt = _translate("Problems", "Try {0} of {1}").format(row.attempt, tries)
        where = where or attempt
    return ProblemRow(
        index=row.index,
        icon="circle-x" if failed else "hourglass",
        tone="failed" if failed else "waiting",
        file=row.name,
        where=where,
        what=row.error.sentence,
        todo=row.error.advice if failed else nothing,
        link=Link.RETRY if failed else Link.NONE,
        link_word=_translate("Problems", "Retry unfinished") if failed else "",
        raw=row.error.cause,
    )


def record_problem(
    entry: ProblemEntry, words: Nouns | None = None, *, fixable: bool = False
) -> ProblemRow:
    """Return what the table says of an odd record."""
    problem = entry.problem
    rejected = problem.kind is ProblemKind.REJECTED
    what = f"{_sentence(problem.what)} {_sentence(problem.done)}".strip()
    mend = words.mend if words else _translate("Problems", "Correct the file, then load it again")
    todo = {
        ProblemKind.REJECTED: mend,
        ProblemKind.REPAIRED: _translate("Problems", "Check the row in the result"),
        ProblemKind.NOTE: _translate("Problems", "Nothing"),
    }[problem.kind]
    place = Place("", problem.line, problem.byte, problem.record)
    fixed = problem.kind is ProblemKind.NOTE and problem.what == BY_HAND
    fixable = fixable and problem.line is not None and bool(problem.raw)
    fixable = fixable and (fixed or problem.kind is not ProblemKind.NOTE)
    word = _translate("Problems", "Change") if fixed else _translate("Problems", "Fix it")
    return ProblemRow(
        index=entry.index,
        icon="pencil" if fixed else "circle-x" if rejected else "info",
        tone="failed" if rejected else "queued",
        file=entry.name,
        where=_place(place) or _counted(problem.count),
        what=what,
        todo="" if fixed and fixable else todo,
        link=Link.FIX if fixable else Link.NONE,
        link_word=word if fixable else "",
        raw=problem.raw,
        line=problem.line if fixable else None,
        at=None if rejected else problem.line,
    )


def _sentence(text: str) -> str:
    """Return a reader's words as a sentence."""
    if not text:
        return ""
    end = "" if text[-1] in ".!?" else "."
    return text[0].upper() + text[1:] + end


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    if place.line is not None:
        return _translate("Problems", "Line {0}").format(figures.count(place.line))
    if place.record:
        return f"_id {place.record}"
    if place.byte is not None:
        return _translate("Problems", "Byte {0}").format(figures.count(place.byte))
    return ""


def _counted(count: int) -> str:
    if count <= 1:
        return ""
    return _translate("Problems", "{0} records").format(figures.count(count))


def _cells(line: ProblemRow) -> tuple[str, ...]:
    todo = f"{line.todo} {line.link_word}".strip()
    return ("", line.file, line.where, line.what, todo)
