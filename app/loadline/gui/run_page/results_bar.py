"""The toolbar of the Results tab: filters, how many rows, what a worker does, and the tools."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loadline.gui.models import figures
from loadline.gui.models.receipt_words import rows
from loadline.gui.models.result_model import WINDOW, ResultModel
from loadline.gui.run_page.export_menu import ExportButton
from loadline.gui.run_page.filter_chips import FilterChips
from loadline.gui.run_page.result_query import ResultQuery
from loadline.gui.theme import MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import Button, LineEdit, LinkButton, Text


class ResultsBar(QWidget):
    """44 high; it shows what the query and the model say."""

    turned = Signal(int)
    """Show the rows after (1) or before (-1) those in the table."""
    row_asked = Signal(int)
    """Go to a row, counted from 1."""

    def __init__(self, theme: Theme, model: ResultModel, query: ResultQuery) -> None:
        super().__init__()
        self._model = model
        self._query = query
        self.export = ExportButton(theme)
        self.chips = FilterChips(theme)
        self.sum = Text("", "secondary", numbers=True)
        self.sum.setFont(font(SMALL, MEDIUM, numbers=True))
        self.sum.setObjectName("resultsSum")
        self.busy = Text("", "secondary", size=SMALL)
        self.cancel = LinkButton(theme, self.tr("Cancel"))
        self.cancel.setObjectName("queryCancel")
        self.cancel.clicked.connect(query.cancel)
        self._make_go(theme)
        before, after = self.tr("The rows before these"), self.tr("The rows after these")
        self.before = Button(theme, icon="chevron-left", variant="quiet", size="small", name=before)
        self.after = Button(theme, icon="chevron-right", variant="quiet", size="small", name=after)
        self.before.clicked.connect(lambda: self.turned.emit(-1))
        self.after.clicked.connect(lambda: self.turned.emit(1))
        self._make_tools(theme)
        self._lay_out()
        self.chips.removed.connect(query.remove_filter)
        self.chips.cleared.connect(query.clear_filters)
        self.renew()

    def _make_go(self, theme: Theme) -> None:
        self.go = LineEdit(theme, self.tr("Go to row"), placeholder=self.tr("Row"), small=True)
        self.go.setObjectName("goToRow")
        self.go.setToolTip(self.tr("Go to row (Ctrl+G)"))
        self.go.setFixedWidth(80)
        self.go.setValidator(QIntValidator(1, 2_147_483_647, self.go))
        self.go.returnPressed.connect(self._go)

    def _make_tools(self, theme: Theme) -> None:
        def tool(icon: str, name: str) -> Button:
            button = Button(theme, icon=icon, size="small", name=name)
            button.setVisible(self._query.can_ask)
            return button

        self.searching = tool("search", self.tr("Find in the results (Ctrl+F)"))
        self.filter = tool("funnel", self.tr("Filter the rows (Ctrl+L)"))
        self.statistics = tool("chart-column", self.tr("Facts about a column (Ctrl+I)"))
        self.searching.setObjectName("resultsFind")
        self.filter.setObjectName("resultsFilter")
        self.statistics.setObjectName("resultsStatistics")

    def _lay_out(self) -> None:
        self.setFixedHeight(44)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.chips)
        self.sum.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        for part in (self.sum, self.busy, self.cancel, self.before, self.after):
            row.addWidget(part)
        row.addStretch(1)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        for tool in (self.filter, self.searching, self.statistics, self.go):
            tools.addWidget(tool)
        row.addLayout(tools)
        row.addWidget(self.export)

    def renew(self) -> None:
        """Show filters, counts and what a worker does."""
        query, model = self._query, self._model
        self.chips.show_filters(query.query.filters)
        self._count()
        sorts = bool(query.query.sort)
        words = self.tr("Sorting …") if sorts else self.tr("Filtering …")
        self.busy.setText(words)
        self.busy.setVisible(query.hinted)
        self.cancel.setVisible(query.hinted)
        for tool in (self.searching, self.filter, self.statistics):
            tool.setEnabled(query.offered)
        self.export.setEnabled(query.rows is not None and model.total > 0 and not query.busy)

    def start_going(self) -> None:
        """Ask for the number of a row."""
        self.go.setFocus()
        self.go.selectAll()

    def _count(self) -> None:
        model = self._model
        total, everything = model.total, model.everything
        if model.view is not None and total != everything:
            text = self.tr("{0} of {1}").format(figures.count(total), rows(everything))
        else:
            columns = figures.count(model.columnCount())
            text = self.tr("{0}, {1} columns").format(rows(everything), columns)
        many = total > WINDOW
        if many:
            first = model.window_start
            shown = (first + 1, first + model.rowCount())
            text += "   " + self.tr("rows {0} to {1}").format(*map(figures.count, shown))
        self.sum.setText(text)
        self.before.setVisible(many)
        self.after.setVisible(many)
        self.before.setEnabled(model.window_start > 0)
        self.after.setEnabled(model.window_start + WINDOW < total)

    def _go(self) -> None:
        number, known = self.go.locale().toLongLong(self.go.text())
        if known:
            self.row_asked.emit(number)
