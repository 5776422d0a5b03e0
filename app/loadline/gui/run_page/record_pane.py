"""All fields of the explained record, read from its source when a person wants them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.errors import Failure
from loadline.domain.jobs import Score
from loadline.gui.models import figures
from loadline.gui.models.record_model import lines_of
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.run_page.record_table import RecordTable
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import LinkButton, Text
from loadline.scoring.ranking import Hit

if TYPE_CHECKING:
    from loadline.engine.whole_record import WholeRecord

RecordOf = Callable[[RunLike, Hit], Awaitable["WholeRecord"]]
"""Asks a worker for the whole record of a hit; raises `LoadlineError`."""
MOST_KEPT = 200
"""Records that are kept after they were shown."""
_Key = tuple[int, int, str]
"""Task, row, and the checksum of its part."""


class RecordPane(QWidget):
    """A line with a link, and below it the record, once it is unfolded.

    `unfolded` tells that more room is wanted, `told` that what it shows has changed.
    """

    unfolded = Signal(bool)
    told = Signal()

    def __init__(self, theme: Theme, record_of: RecordOf | None) -> None:
        super().__init__()
        self.setObjectName("recordPane")
        self._record_of = record_of
        self._open = False
        self._now: tuple[RunLike, Score, Hit] | None = None
        self._kept: OrderedDict[_Key, WholeRecord] = OrderedDict()
        self._answers = Latest["WholeRecord"](self._answered, self._failed)
        self._asked: _Key | None = None
        self.toggle = LinkButton(theme, self.tr("Show all fields"), "chevron-right")
        self.toggle.setObjectName("showRecord")
        self.toggle.setToolTip(self.tr("Read the whole record from its source"))
        self.state = Text("", "secondary", size=SMALL, wrap=True)
        self.table = RecordTable(theme)
        self.toggle.clicked.connect(lambda: self.unfold(not self._open))
        self._lay_out()
        self.setVisible(record_of is not None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.toggle)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.state)
        column.addWidget(self.table)
        self.state.setVisible(False)
        self.table.setVisible(False)

    @property
    def offered(self) -> bool:
        """Whether whole records can be asked for."""
        return self._record_of is not None

    def unfold(self, unfolded: bool) -> None:
        """Show the record of every hit that is explained from now on, or no longer."""
        if unfolded == self._open:
            return
        self._open = unfolded
        words = self.tr("Hide all fields") if unfolded else self.tr("Show all fields")
        self.toggle.setText(words)
        self.toggle.set_icon("chevron-down" if unfolded else "chevron-right")
        self._show()
        self.unfolded.emit(unfolded)

    def show_run(self) -> None:
        """Be about another run: forget the records of the one before."""
        self._answers.drop()
        self._kept.clear()
        self._now = None

    def show_hit(self, run: RunLike, score: Score, hit: Hit) -> None:
        """Be about another hit; its record is asked for if records are shown."""
        self._now = (run, score, hit)
        self._show()

    def stop(self) -> None:
        """Forget the outstanding question."""
        self._answers.drop()

    def _show(self) -> None:
        self._answers.drop()
        self.state.setVisible(self._open)
        self.table.setVisible(False)
        if not self._open or self._now is None or self._record_of is None:
            return
        run, _, hit = self._now
        result = run.results.get(hit.partition)
        self._asked = (hit.partition, hit.row, result.checksum if result else "")
        kept = self._kept.get(self._asked)
        if kept is not None:
            self._fill(kept)
            return
        self._tell(self.tr("Reading the record from its source"))
        self._answers.ask(partial(self._record_of, run, hit))

    def _answered(self, record: WholeRecord) -> None:
        assert self._asked is not None
        self._kept[self._asked] = record
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self._fill(record)

    def _fill(self, record: WholeRecord) -> None:
        assert self._now is not None
        self.table.record.show_lines(lines_of(self._now[1], record.fields))
        self.table.setVisible(True)
        self._tell("\n".join(filter(None, (self._place(record), self._changes(record)))))

    def _place(self, record: WholeRecord) -> str:
        if record.line is not None:
            line = figures.count(record.line)
            return self.tr("From {0}, line {1}").format(record.source, line)
        if record.row is not None:
            row = figures.count(record.row + 1)
            return self.tr("From row {0} of the run {1}").format(row, record.source)
        return self.tr("From {0}").format(record.source)

    def _changes(self, record: WholeRecord) -> str:
        if record.changed:
            names = ", ".join(record.changed)
            return self.tr("It has changed since it was scored: {0}.").format(names)
        if record.source_changed:
            return self.tr("The file has changed since it was scored, this record has not.")
        return ""

    def _failed(self, failure: Failure) -> None:
        self._tell(str(failure), "failed")

    def _tell(self, sentence: str, role: str = "secondary") -> None:
        self.state.setText(sentence)
        self.state.set_role(role)
        self.told.emit()
