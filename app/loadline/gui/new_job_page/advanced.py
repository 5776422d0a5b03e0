"""What few people change: unfolded by a button that sums up its values while folded."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from loadline.domain.jobs import CsvFolderSource, MongoSource
from loadline.domain.policy import Policy
from loadline.gui.new_job_page.collection_options import CollectionOptions
from loadline.gui.theme import BODY, MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import (
    CheckBox,
    ComboBox,
    FieldLabel,
    FocusRing,
    RateStepper,
    Stepper,
    draw_icon,
    rounded,
)

_STEPPER = 120


class FoldButton(FocusRing, QAbstractButton):
    """A bar 32 high with a chevron, a word, and what is inside in short."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._summary = ""
        self.setText(text)
        self.setCheckable(True)
        self.setFixedHeight(32)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_summary(self, summary: str) -> None:
        """Tell the values inside in a few words."""
        self._summary = summary
        self.setAccessibleDescription(summary)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height; the width is the form's."""
        return QSize(200, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, chevron, word and summary."""
        painter = QPainter(self)
        color = self._theme.color
        focused = self.ring
        ground = color("hover" if self.underMouse() else "surface")
        edge = color("accent" if focused else "border")
        rounded(painter, QRectF(self.rect()), 6, ground, edge, 2 if focused else 1)
        icon = "chevron-down" if self.isChecked() else "chevron-right"
        draw_icon(painter, self._theme, icon, "text2", 14, 11, 16)
        painter.setFont(font(BODY, MEDIUM))
        painter.setPen(color("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(33, 0, self.width(), 32), middle, self.text())
        if self.isChecked():
            return
        x = 33 + QFontMetrics(painter.font()).horizontalAdvance(self.text()) + 8
        painter.setFont(font(SMALL))
        metrics = QFontMetrics(painter.font())
        room = self.width() - x - 10
        words = metrics.elidedText(self._summary, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, 0, room + 1, 32), middle, words)


class Advanced(QWidget):
    """Rate, retries, deadlines, order and columns.

    `changed`: what is read is another. `policy_changed`: only how it is run.
    """

    changed = Signal()
    policy_changed = Signal()

    def __init__(self, theme: Theme, policy: Policy) -> None:
        super().__init__()
        self._theme = theme
        self.fold = FoldButton(theme, self.tr("Advanced"))
        self.fold.setObjectName("advancedButton")
        off = self.tr("Off")
        self.rate = RateStepper(theme, self.tr("Starts per second"), 1000.0, zero=off)
        self.rate.spin.setObjectName("rateSpin")
        self.retries = Stepper(theme, self.tr("Retries"), 0, 100, zero=self.tr("None"))
        self.retries.spin.setObjectName("retriesSpin")
        seconds = self.tr(" s")
        self.deadline = Stepper(
            theme, self.tr("Without progress"), 0, 86_400, zero=off, suffix=seconds, step=30
        )
        self.deadline.spin.setObjectName("deadlineSpin")
        self.job_deadline = Stepper(
            theme, self.tr("Whole run"), 0, 604_800, zero=off, suffix=seconds, step=60
        )
        self.job_deadline.spin.setObjectName("jobDeadlineSpin")
        self.types = CheckBox(theme, self.tr("Find out types (otherwise all is text)"))
        self.types.setObjectName("inferTypesCheck")
        self.recursive = CheckBox(theme, self.tr("Also the folders inside"))
        self.recursive.setObjectName("recursiveCheck")
        self.source_column = CheckBox(theme, self.tr("Add a column with the file's name"))
        self.source_column.setObjectName("sourceColumnCheck")
        self.row_column = CheckBox(theme, self.tr("Add a column with the line number"))
        self.row_column.setObjectName("rowColumnCheck")
        self.order = ComboBox(theme, self.tr("Order of the files"))
        self.order.setObjectName("orderCombo")
        self.order.addItem(self.tr("By name"), "name")
        self.order.addItem(self.tr("By date"), "modified")
        for stepper in (self.rate, self.retries, self.deadline, self.job_deadline):
            stepper.setFixedWidth(_STEPPER)
        self.order.setFixedWidth(_STEPPER)
        self.of_collection = CollectionOptions(theme)
        self._own_source_column = False
        self.types.setChecked(True)
        self._inside = self._lay_out()
        self.set_policy(policy)
        self._connect()
        self._summarise()

    def _lay_out(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 12, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows = (
            (self.tr("Starts per second"), self.rate),
            (self.tr("Retries after a failure"), self.retries),
            (self.tr("No progress for at most"), self.deadline),
            (self.tr("Whole run at most"), self.job_deadline),
        )
        for number, (name, field) in enumerate(rows):
            label = FieldLabel(name, field)
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1, Qt.AlignmentFlag.AlignRight)
        number = len(rows)
        order = FieldLabel(self.tr("Order of the files"), self.order)
        boxes = (self.recursive, self.types, self.source_column, self.row_column)
        self._of_files: tuple[QWidget, ...] = (order, self.order, *boxes)
        grid.addWidget(order, number, 0)
        grid.addWidget(self.order, number, 1)
        for box in boxes:
            number += 1
            grid.addWidget(box, number, 0, 1, 2)
        grid.addWidget(self.of_collection, number + 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        inside.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.fold)
        column.addWidget(inside)
        return inside

    def _connect(self) -> None:
        self.fold.toggled.connect(self._inside.setVisible)
        for stepper in (self.rate, self.retries, self.deadline, self.job_deadline):
            stepper.spin.valueChanged.connect(self._policy_touched)
        self.source_column.clicked.connect(self._source_column_touched)
        for box in (self.types, self.recursive, self.source_column, self.row_column):
            box.clicked.connect(self.changed)
        self.order.activated.connect(self.changed)
        self.of_collection.fields_changed.connect(self._summarise)
        self.of_collection.chunk_changed.connect(self._summarise)

    def set_policy(self, policy: Policy) -> None:
        """Show a policy's values."""
        self.rate.set_value(policy.rate)
        self.retries.set_value(policy.retries)
        self.deadline.set_value(int(policy.deadline))
        self.job_deadline.set_value(int(policy.job_deadline))
        self._summarise()

    def show_source(self, source: CsvFolderSource, files: int) -> None:
        """Show what a source says; the file's name is a column by itself from two files on."""
        self._own_source_column = source.source_column is not None
        on = source.source_column if source.source_column is not None else files > 1
        self.source_column.setChecked(on)
        self.row_column.setChecked(source.row_column)
        self.recursive.setChecked(source.recursive)
        self.types.setChecked(source.types == "infer")
        self.order.setCurrentIndex(self.order.findData(source.order))

    def show_kind(self, *, files: bool, collection: bool) -> None:
        """Offer what concerns files or a collection, or leave it out."""
        for part in self._of_files:
            part.setVisible(files)
        self.of_collection.setVisible(collection)
        self._summarise()

    def show_collection(self, source: MongoSource) -> None:
        """Show what a source says."""
        self.of_collection.show_source(source)
        self._summarise()

    def applied(self, source: CsvFolderSource) -> CsvFolderSource:
        """Return `source` with what is said here."""
        return msgspec.structs.replace(
            source,
            recursive=self.recursive.isChecked(),
            order=self.order.currentData(),
            types="infer" if self.types.isChecked() else "text",
            source_column=self.source_column.isChecked() if self._own_source_column else None,
            row_column=self.row_column.isChecked(),
        )

    def _source_column_touched(self) -> None:
        self._own_source_column = True

    def _policy_touched(self) -> None:
        self._summarise()
        self.policy_changed.emit()

    def _summarise(self) -> None:
        number = self.retries.value()
        tries = self.tr("1 retry") if number == 1 else self.tr("{0} retries").format(number)
        rate = self.rate.value()
        limit = self.tr("{0} starts per second").format(f"{rate:g}")
        last = limit if rate else self.tr("no start limit")
        if not self.of_collection.isHidden():  # what is read is worth more than the usual speed
            tries, last = self.of_collection.summary(), limit if rate else tries
        self.fold.set_summary(f"{tries}, {last}")
