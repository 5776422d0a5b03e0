"""Files and drift with title, switch, legend and hints."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.survey import Presence, Survey
from loadline.gui.new_job_page import words
from loadline.gui.new_job_page.drift_model import DriftModel
from loadline.gui.new_job_page.drift_table import FROZEN, DriftTable, draw_presence
from loadline.gui.new_job_page.hint_bar import HintBar
from loadline.gui.theme import SMALL, Theme, font
from loadline.gui.widgets import SectionTitle, Segments, Text


class Legend(QWidget):
    """What the signs of the grid mean, 32 high."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(32)
        self.setFont(font(SMALL))
        self._items = (
            (Presence.THERE, self.tr("there")),
            (Presence.MISSING, self.tr("missing, filled with empty cells")),
            (Presence.OTHER_TYPE, self.tr("other type")),
            (Presence.WRITTEN_DIFFERENTLY, self.tr("written differently")),
        )
        self.setAccessibleName(", ".join(text for _, text in self._items))

    def sizeHint(self) -> QSize:
        """Return the height; the width is the panel's."""
        return QSize(480, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each sign with its words."""
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        x = 24.0
        for presence, text in self._items:
            mark = 8 if presence is Presence.THERE else 18
            draw_presence(painter, self._theme, presence, QRectF(x, 7, mark, 19))
            x += mark + 6
            painter.setFont(self.font())
            painter.setPen(self._theme.color("text2"))
            area = QRectF(x, 0, self.width() - x, 32)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
            x += metrics.horizontalAdvance(text) + 24


class DriftPanel(QWidget):
    """The upper half of the preview.

    `file_chosen` gives the name of the file whose row was chosen, `cell_pressed` the index of a
    cell that was clicked, `hint_followed` the `Hint` whose link was pressed.
    """

    file_chosen = Signal(str)
    cell_pressed = Signal(object)
    hint_followed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._person_chose = False
        self.model = DriftModel(self)
        self.table = DriftTable(theme, self.tr("Files and where their columns differ"))
        self.table.setModel(self.model)
        self._found = Text("", "secondary", size=SMALL)
        self._label = Text(self.tr("Columns"), "secondary", size=SMALL)
        self.switch = Segments(
            theme,
            self.tr("Columns shown"),
            [("some", self.tr("Those that differ")), ("all", self.tr("All"))],
            small=True,
        )
        self.switch.setObjectName("driftSwitch")
        self._head = self._make_head()
        self.hint_bar = HintBar(theme)
        self.legend = Legend(theme)
        self._lay_out()
        self.switch.chosen.connect(self._switched)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.pressed_cell.connect(self.cell_pressed)
        self.hint_bar.followed.connect(self.hint_followed)

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(SectionTitle(self.tr("Files")))
        top.addWidget(self._found, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._label)
        below.addWidget(self.switch)
        below.addStretch(1)
        column = QVBoxLayout(head)
        column.setContentsMargins(24, 18, 8, 0)
        column.setSpacing(14)
        column.addLayout(top)
        column.addLayout(below)
        column.addStretch(1)
        return head

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.legend)
        column.addWidget(self.hint_bar)

    def set_survey(self, survey: Survey) -> None:
        """Show another survey; the chosen file stays chosen where it is still there."""
        before = self.chosen_file()
        self.model.set_survey(survey)
        self._tell_counts(survey)
        self.hint_bar.set_hints(survey.hints)
        names = [file.name for file in survey.files]
        row = names.index(before) if before in names else 0
        if names and self.table.currentIndex().row() != row:
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _tell_counts(self, survey: Survey) -> None:
        total = len(survey.files) + survey.left_out
        found = self.tr("{0} found, in this order").format(words.count(total))
        if survey.left_out:
            looked = words.count(len(survey.files))
            found = self.tr("{0} found, the first {1} looked at").format(words.count(total), looked)
        self._found.setText(found)
        self._tell_switch(survey)

    def _tell_switch(self, survey: Survey) -> None:
        differ = sum(column.differs for column in survey.columns)
        self.switch.set_text("some", self.tr("{0} that differ").format(words.count(differ)))
        self.switch.set_text("all", self.tr("All {0}").format(words.count(len(survey.columns))))
        self.switch.button("some").setEnabled(differ > 0)
        if not differ or not self._person_chose:
            self._choose("some" if differ else "all")

    def _choose(self, key: str) -> None:
        """Choose for the person, who may still choose otherwise."""
        chose = self._person_chose
        self.switch.choose(key)
        self._person_chose = chose

    def chosen_file(self) -> str:
        """Return the name of the chosen file, or an empty text."""
        row = self.table.currentIndex().row()
        files = self.model.survey.files
        return files[row].name if 0 <= row < len(files) else ""

    def natural_height(self) -> int:
        """Return the height that shows every file, the legend and the hints."""
        bar = self.hint_bar.heightForWidth(self.width()) if self.hint_bar.isVisibleTo(self) else 0
        return self.table.natural_height() + 32 + bar

    def _switched(self, key: str) -> None:
        self._person_chose = True
        file = self.chosen_file()
        self.model.set_only_differing(key == "some")
        names = [each.name for each in self.model.survey.files]
        if file in names:
            self.table.setCurrentIndex(self.model.index(names.index(file), 0))

    def _row_changed(
        self,
        new: QModelIndex | QPersistentModelIndex,
        _old: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if new.isValid():
            self.file_chosen.emit(self.model.file(new.row()).name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep title and switch over the left part of the header."""
        super().resizeEvent(event)
        self._head.setGeometry(0, 0, FROZEN, 112)
        self._head.raise_()
