"""The right of the Problems tab: one odd row, corrected by hand and checked while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from loadline.domain.fixes import Fix
from loadline.gui.models import figures
from loadline.gui.theme import SMALL, Theme, fixed
from loadline.gui.widgets import Button, ElidedLabel, SectionTitle, TableView, Text

if TYPE_CHECKING:
    from loadline.gui.models.problem_model import ProblemRow
    from loadline.sources.csv_row_form import Checked, RowForm

Key = tuple[int, int, str]
"""Task, line, and what stands there."""
WIDTH = 480
NAME = 160
EDIT_HEIGHT = 52


class FixPane(QWidget):
    """Tells with `changed` that a correction was made or taken back; the tab keeps them.

    `reload_asked` wants all corrections to be read into the result, `closed` the pane to go.
    """

    changed = Signal(object, object)
    """The `ProblemRow`, and the `Fix` or None."""
    reload_asked = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("fixPane")
        self.setFixedWidth(WIDTH)
        self.line: ProblemRow | None = None
        self._form: RowForm | None = None
        self.title = SectionTitle()
        close = self.tr("Close")
        self.close_button = Button(theme, icon="x", variant="quiet", size="small", name=close)
        self.original = ElidedLabel(role="secondary", size=SMALL)
        self.original.setFont(fixed())
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("fixEdit")
        self.edit.setAccessibleName(self.tr("The row as it is to be read"))
        self.edit.setFont(fixed())
        self.edit.setFixedHeight(EDIT_HEIGHT)
        self.edit.setTabChangesFocus(True)
        self.edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._cells = QStandardItemModel()
        self.cells = TableView(theme, self.tr("What each column gets"))
        self.cells.setModel(self._cells)
        self.cells.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cells.horizontalHeader().setStretchLastSection(True)
        self.told = Text("", "secondary", size=SMALL, wrap=True)
        self.undo = Button(theme, self.tr("Take the fix back"), variant="quiet", size="small")
        self.undo.setObjectName("undoFixButton")
        self.reload = Button(theme, self.tr("Reload these rows"), "refresh-cw", "primary", "small")
        self.reload.setObjectName("reloadButton")
        self._lay_out()
        self.edit.textChanged.connect(self._typed)
        self.undo.clicked.connect(self._take_back)
        self.reload.clicked.connect(self.reload_asked)
        self.close_button.clicked.connect(self.closed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.undo)
        foot.addWidget(self.reload)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.original)
        column.addWidget(self.edit)
        column.addWidget(self.cells, 1)
        column.addWidget(self.told)
        column.addLayout(foot)

    def ask(self, line: ProblemRow) -> None:
        """Announce the row that is being looked up."""
        self.line, self._form = line, None
        self.title.setText(self.tr("{0}, {1}").format(line.file, line.where.lower()))
        self._show_text("")
        self.original.setText("")
        self._cells.clear()
        self.edit.setEnabled(False)
        self.undo.setVisible(False)
        self._tell(self.tr("Looking the row up"), "secondary")

    def show_form(self, form: RowForm, fix: Fix | None) -> None:
        """Show the row as it stands in its file, or as it was corrected earlier."""
        assert self.line is not None
        self._form = form
        text = form.text or self.line.raw
        self.original.setText(self.tr("In the file: {0}").format(text))
        self.original.setToolTip(text)
        self._show_text(fix.text if fix else text)
        self.edit.setEnabled(True)
        self.edit.setFocus()
        self._check(form.check(self.edit.toPlainText()))
        self.undo.setVisible(fix is not None)

    def refuse(self, sentence: str) -> None:
        """Tell why the row cannot be corrected."""
        self._tell(sentence, "failed")

    def count(self, pending: int, *, allowed: bool) -> None:
        """Tell how many corrections wait to be read into the result."""
        words = {0: self.tr("Reload these rows"), 1: self.tr("Reload this row")}
        many = self.tr("Reload {0} rows").format(figures.count(pending))
        self.reload.set_look(words.get(pending, many), "refresh-cw")
        self.reload.setEnabled(allowed and pending > 0)

    def _show_text(self, text: str) -> None:
        with QSignalBlocker(self.edit):
            self.edit.setPlainText(text)

    def _typed(self) -> None:
        if self._form is None or self.line is None:
            return
        text = self.edit.toPlainText()
        checked = self._form.check(text)
        self._check(checked)
        same = text == (self._form.text or self.line.raw)
        fix = None
        if not same and not checked.wrong:
            line = self.line
            fix = Fix(line.index, line.line or 0, line.raw, text, checked.cells)
        self.undo.setVisible(not same)
        self.changed.emit(self.line, fix)

    def _check(self, checked: Checked) -> None:
        assert self._form is not None
        names = [column.name for column in self._form.columns]
        titles = [self.tr("Column"), self.tr("Gets")]
        self._cells.setHorizontalHeaderLabels(titles)
        self._cells.setRowCount(max(len(names), len(checked.cells)))
        for row in range(self._cells.rowCount()):
            name = names[row] if row < len(names) else self.tr("(no column)")
            cell = checked.cells[row] if row < len(checked.cells) else ""
            for column, shown in enumerate((name, cell)):
                item = QStandardItem(shown)
                item.setEditable(False)
                item.setToolTip(shown)
                self._cells.setItem(row, column, item)
        self.cells.set_widths([NAME])
        if checked.wrong:
            self._tell(checked.wrong, "failed")
        elif any(checked.remarks):
            told = zip(names, checked.remarks, strict=False)
            name, remark = next(one for one in told if one[1])
            self._tell(f"{name}: {remark}.", "secondary")
        else:
            self._tell(self.tr("Every column gets its cell."), "secondary")

    def _tell(self, sentence: str, role: str) -> None:
        self.told.setText(sentence)
        self.told.set_role(role)

    def _take_back(self) -> None:
        if self._form is not None and self.line is not None:
            self._show_text(self._form.text or self.line.raw)
            self._check(self._form.check(self.edit.toPlainText()))
            self.undo.setVisible(False)
            self.changed.emit(self.line, None)


def pending(fixes: Mapping[Key, Fix], applied: Mapping[Key, Fix]) -> int:
    """Return how many rows are corrected otherwise than the result has them."""
    keys = fixes.keys() | applied.keys()
    return sum(fixes.get(key) != applied.get(key) for key in keys)
