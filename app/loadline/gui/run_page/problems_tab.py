"""The Problems tab: what went wrong where, in sentences, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.fixes import FIXES
from loadline.domain.jobs import CsvFolderSource
from loadline.domain.receipt import RUN_ENDED
from loadline.gui.models.background import Answer, Background
from loadline.gui.models.problem_model import (
    PAGE,
    Link,
    ProblemColumn,
    ProblemModel,
    ProblemPage,
    ProblemRow,
)
from loadline.gui.models.source_words import nouns
from loadline.gui.run_page.fixing import Fixing
from loadline.gui.run_page.problem_rows import ProblemRows, RowOfLine
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import BODY, MEDIUM, Theme, font
from loadline.gui.widgets import CellDelegate, Notice, TableView, Text, draw_icon
from loadline.gui.widgets.table import PAD, Index

ReadProblems = Callable[[RunLike, int, int], ProblemPage]
"""Reads records of a run from number `start` on, at most `count`; called in a thread."""
WIDTHS, WIDTHS_NARROW = [48, 180, 104], [48, 116, 84]
NARROW = 700
"""Below this width, as beside the editor, all columns give way."""
WHAT_LEAST = 180
TODO = 284
TODO_SHARE = 42
"""Percent of the room for what can be done, in a wide window."""
_C = ProblemColumn


class ProblemDelegate(CellDelegate):
    """Icon, name in medium, and a link behind what can be done."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one cell of a problem."""
        model = index.model()
        line = model.row_at(index.row()) if isinstance(model, ProblemModel) else None
        if line is None:
            return
        column = ProblemColumn(index.column())
        if column is _C.ICON:
            role = f"{line.tone}.text"
            draw_icon(painter, self.theme, line.icon, role, 16, rect.left() + 24, rect.center().y())
            return
        area = rect.adjusted(PAD, 0, -PAD, 0)
        painter.setFont(font(BODY, MEDIUM) if column is _C.FILE else font(BODY))
        role = "text" if column in (_C.FILE, _C.WHAT) else "text2"
        painter.setPen(self.theme.color(role))
        if column is not _C.TODO or not line.link:
            self.draw_text(painter, area, str(index.data() or ""))
            return
        self.draw_text(painter, area.adjusted(0, 0, -self._link_width(line), 0), line.todo)
        painter.setFont(font(BODY, MEDIUM))
        painter.setPen(self.theme.color("accent"))
        self.draw_text(painter, self.link_rect(rect, line), line.link_word)

    def link_rect(self, rect: QRect, line: ProblemRow) -> QRect:
        """Return where the link of a cell is: behind the words, or at the right end."""
        words = QFontMetrics(font(BODY)).horizontalAdvance(line.todo + " ") if line.todo else 0
        width = self._link_width(line)
        left = min(rect.left() + PAD + words, rect.right() - PAD - width)
        return QRect(max(left, rect.left() + PAD), rect.top(), width, rect.height())

    def _link_width(self, line: ProblemRow) -> int:
        return QFontMetrics(font(BODY, MEDIUM)).horizontalAdvance(line.link_word) + 4


class ProblemTable(TableView):
    """Links are pressed with the mouse or with Enter."""

    link_pressed = Signal(object)
    """The `ProblemRow` whose link it is."""
    row_wanted = Signal(object)
    """The `ProblemRow` whose row in the result is to be shown."""

    def __init__(self, theme: Theme, model: ProblemModel) -> None:
        super().__init__(theme, "")
        self.setAccessibleName(self.tr("Problems"))
        self.setObjectName("problemsTable")
        self._problems = model
        self.leads = False
        """Rows of the result can be found."""
        self.setModel(model)
        self._paints = ProblemDelegate(theme, self)
        self.setItemDelegate(self._paints)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setStretchLastSection(True)
        self.set_widths(WIDTHS)

    def fit(self) -> None:
        """Give what happened all the room between the fixed columns."""
        width = self.viewport().width()
        self.set_widths(WIDTHS if width >= NARROW else WIDTHS_NARROW)
        room = width - sum(WIDTHS if width >= NARROW else WIDTHS_NARROW)
        todo = min(max(TODO, room * TODO_SHARE // 100), room - WHAT_LEAST)
        self.setColumnWidth(_C.WHAT, max(WHAT_LEAST, room - todo))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the room beside the editor."""
        super().resizeEvent(event)
        self.fit()

    def _link_at(self, event: QMouseEvent) -> ProblemRow | None:
        index = self.indexAt(event.position().toPoint())
        line = self._problems.row_at(index.row()) if index.column() == _C.TODO else None
        if line is None or not line.link:
            return None
        inside = self._paints.link_rect(self.visualRect(index), line)
        return line if inside.contains(event.position().toPoint()) else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow the link under the mouse."""
        super().mouseReleaseEvent(event)
        line = self._link_at(event)
        if line is not None:
            self.link_pressed.emit(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at links."""
        super().mouseMoveEvent(event)
        over = self._link_at(event) is not None
        hand = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(hand if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows the link of the selected problem."""
        line = self._problems.row_at(self.currentIndex().row())
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and line and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._want_row(line)
        elif enter and line and line.link:
            self.link_pressed.emit(line)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Lead to the row in the result."""
        super().mouseDoubleClickEvent(event)
        line = self._problems.row_at(self.indexAt(event.position().toPoint()).row())
        if line is not None:
            self._want_row(line)

    def _want_row(self, line: ProblemRow) -> None:
        if self.leads and line.at is not None:
            self.row_wanted.emit(line)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the sentence or the raw text."""
        line = self._problems.row_at(self.currentIndex().row())
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = f"{line.file}, {line.where}: {line.what}"
        if self.leads and line.at is not None:
            shown = menu.addAction(self.tr("Show the row in the result\tCtrl+Enter"))
            shown.triggered.connect(lambda: self._want_row(line))
        menu.addAction(self.tr("Copy message")).triggered.connect(lambda: _copy(told))
        if line.raw:
            raw = menu.addAction(self.tr("Copy what stands there"))
            raw.triggered.connect(lambda: _copy(line.raw))
        menu.popup(event.globalPos())


class ProblemsTab(QWidget):
    """The table, or a sentence where there is no problem."""

    retry_asked = Signal()
    reload_asked = Signal(object)
    """All corrections of the run, to be read into their places."""
    row_found = Signal(int)
    """A problem's row of the dataset, from 0, that is to be shown."""
    room_asked = Signal()
    """A row is being corrected: that needs more height than a list."""

    def __init__(
        self, theme: Theme, read: ReadProblems, row_of_line: RowOfLine | None = None
    ) -> None:
        super().__init__()
        self.model = ProblemModel()
        self.table = ProblemTable(theme, self.model)
        self._read = read
        self._run: RunLike | None = None
        self._known = (0, "")
        self._background = Background("problems", self)
        self._background.answered.connect(self._take)
        self.notice = Notice(theme)
        self.notice.setVisible(False)
        self._rows: ProblemRows | None = None
        if row_of_line is not None:
            self._rows = ProblemRows(self.notice, row_of_line, self)
            self._rows.found.connect(self.row_found)
        self._none = Text(self.tr("No problem so far."), "hint")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self.table)
        self.fixing = Fixing(theme, self.table, self)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._stack, 1)
        row.addWidget(self.fixing.rule)
        row.addWidget(self.fixing.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addLayout(row, 1)
        self.fixing.reload_asked.connect(self.reload_asked)
        self.model.more_asked.connect(self._ask)
        self.table.link_pressed.connect(self._follow)
        self.table.row_wanted.connect(self._lead)

    def show_run(self, run: RunLike) -> None:
        """Show the problems of another run."""
        self._background.forget()
        self._run = run
        self._known = (0, "")
        self.model.words = nouns(run.job)
        self.model.fixable = isinstance(run.job.source, CsvFolderSource)
        self.model.clear_records(more=False)
        self.fixing.show_run(run)
        self.refresh(run)

    def refresh(self, run: RunLike) -> None:
        """Show the problems of this moment."""
        rows = run.board.rows
        self.model.show_tasks(rows, run.job.policy.retries + 1)
        records = (sum(row.problems for row in rows if row.problems), _reading(run))
        self.fixing.refresh(run)
        if records != self._known:
            # Read from the start: a file that ended later may stand before the others.
            self._known = records
            self.model.clear_records(more=False)
            self._ask(0)
        self.table.leads = self._rows is not None and run.state in RUN_ENDED
        empty = not self.model.rowCount() and not self._known[0]
        self._stack.setCurrentIndex(0 if empty else 1)
        self.table.fit()

    def count(self, run: RunLike) -> int:
        """Return how many problems the run has had so far."""
        rows = run.board.rows
        return sum(r.problems + (r.error is not None) for r in rows if r.problems or r.error)

    def show_task(self, index: int) -> None:
        """Select the first problem of a task."""
        row = self.model.row_of_task(index)
        if row is not None:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

    def close_reader(self) -> None:
        """End the thread that reads the files."""
        self._background.close()
        if self._rows is not None:
            self._rows.stop()
        self.fixing.close_reader()

    def event(self, event: QEvent) -> bool:
        """Fit the columns when the size changes."""
        if event.type() == QEvent.Type.Resize:
            self.table.fit()
        return super().event(event)

    def _ask(self, start: int) -> None:
        run = self._run
        if run is not None:
            key = (run.name, self._known, start)
            self._background.ask(key, lambda: self._read(run, start, PAGE))

    def _take(self, answer: Answer) -> None:
        run = self._run
        if run is None or answer.key[:2] != (run.name, self._known):  # type: ignore[index]
            return
        if answer.error:
            self.notice.tell(answer.error, icon="circle-x", tone="failed")
            return
        self.notice.setVisible(False)
        self.model.add_records(answer.value)

    def _lead(self, line: ProblemRow) -> None:
        if self._rows is not None and self._run is not None:
            self._rows.ask(self._run, line)

    def _follow(self, line: ProblemRow) -> None:
        if line.link is Link.RETRY:
            self.retry_asked.emit()
        elif line.link is Link.FIX:
            self.room_asked.emit()
            self.fixing.begin(line)


def _reading(run: RunLike) -> str:
    """Return what changes when parts were read again: their corrections."""
    if run.state not in RUN_ENDED:
        return ""
    return "".join(found.account.extra.get(FIXES, "") for found in run.results.values())


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
