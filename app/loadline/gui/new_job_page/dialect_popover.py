"""How a file is written, why this is thought so, and how to say otherwise."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from loadline.domain.jobs import ForcedDialect
from loadline.domain.survey import SurveyedFile
from loadline.gui.new_job_page.popover import Popover
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import Button, ComboBox, FieldLabel, LinkButton, Stepper, Text

_ENCODINGS = (
    "utf-8", "utf-16", "cp1252", "iso-8859-1", "iso-8859-15", "cp1250", "mac_roman",
    "shift_jis", "gb18030", "cp437",
)  # fmt: skip


_FIELD = 176


class DialectPopover(Popover):
    """Evidence and override for one file.

    `chosen` gives a `ForcedDialect` (None: find it out again) and whether it is for all files.
    """

    chosen = Signal(object, bool)

    def __init__(self, theme: Theme, parent: QWidget, file: SurveyedFile) -> None:
        super().__init__(theme, parent, file.name, 360)
        self.setObjectName("dialectPopover")
        self._file = file
        self._evidence()
        self.delimiter = self._combo(self.tr("Between the cells"), self._delimiters())
        self.encoding = self._combo(self.tr("Characters"), [(n, n) for n in _ENCODINGS])
        self.quote = self._combo(self.tr("Around the cells"), self._quotes())
        self.header = Stepper(theme, self.tr("Header rows"), 0, 8, zero=self.tr("None"), height=28)
        self.skip = Stepper(theme, self.tr("Lines to skip"), 0, 99_999, height=28)
        self._lay_out_fields()
        self._lay_out_buttons()
        self._show_found()

    def _evidence(self) -> None:
        dialect = self._file.dialect
        lines = [*(dialect.details if dialect else ()), *self._file.problems]
        if dialect and not dialect.details:
            lines = [f"{dialect.summary}. {dialect.evidence}.", *lines]
        if self._file.failure:
            lines = [str(self._file.failure)]
        for line in lines[:8]:
            self.column.addWidget(Text(line, "secondary", size=SMALL, wrap=True))

    def _combo(self, name: str, options: list[tuple[str, str]]) -> ComboBox:
        box = ComboBox(self._theme, name, small=True)
        for value, text in options:
            box.addItem(text, value)
        return box

    def _delimiters(self) -> list[tuple[str, str]]:
        return [
            (",", self.tr("Comma")),
            (";", self.tr("Semicolon")),
            ("\t", self.tr("Tab")),
            ("|", self.tr("Bar")),
            (" ", self.tr("Space")),
            (":", self.tr("Colon")),
        ]

    def _quotes(self) -> list[tuple[str, str]]:
        return [
            ('"', self.tr('Double quotes ("…")')),
            ("'", self.tr("Single quotes ('…')")),
            ("", self.tr("Nothing")),
        ]

    def _lay_out_fields(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        fields: list[tuple[str, QWidget]] = [
            (self.tr("Between the cells"), self.delimiter),
            (self.tr("Characters"), self.encoding),
            (self.tr("Around the cells"), self.quote),
            (self.tr("Header rows"), self.header),
            (self.tr("Lines to skip"), self.skip),
        ]
        for row, (name, field) in enumerate(fields):
            grid.addWidget(FieldLabel(name, field), row, 0)
            field.setFixedWidth(_FIELD)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(0, 1)
        self.column.addSpacing(4)
        self.column.addLayout(grid)

    def _lay_out_buttons(self) -> None:
        one = Button(self._theme, self.tr("For this file"), variant="primary", size="small")
        every = Button(self._theme, self.tr("For all files"), size="small")
        again = LinkButton(self._theme, self.tr("Find out again"))
        again.setToolTip(self.tr("Find out again how this file is written"))
        one.setObjectName("useForFileButton")
        every.setObjectName("useForAllButton")
        one.clicked.connect(self._for_file)
        every.clicked.connect(self._for_all)
        again.clicked.connect(self._again)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(one)
        row.addWidget(every)
        row.addStretch(1)
        row.addWidget(again)
        self.column.addSpacing(4)
        self.column.addLayout(row)

    def _show_found(self) -> None:
        dialect = self._file.dialect
        if dialect is None:
            return
        self._choose(self.delimiter, dialect.delimiter)
        self._choose(self.encoding, dialect.encoding)
        self._choose(self.quote, dialect.quote)
        self.header.set_value(dialect.header_rows)
        self.skip.set_value(dialect.skip_lines)

    def _choose(self, box: ComboBox, value: str) -> None:
        if box.findData(value) < 0:
            box.addItem(value, value)
        box.setCurrentIndex(box.findData(value))

    def forced(self) -> ForcedDialect:
        """Return what the fields say, only where it differs from what was found."""
        now = ForcedDialect(
            delimiter=self.delimiter.currentData(),
            encoding=self.encoding.currentData(),
            quote=self.quote.currentData(),
            header_rows=self.header.value(),
            skip_lines=self.skip.value(),
        )
        found = self._file.dialect
        if found is None:
            return now
        same = {
            name: None
            for name in now.__struct_fields__
            if name not in found.forced and getattr(now, name) == getattr(found, name)
        }
        return msgspec.structs.replace(now, **same)

    def _tell(self, dialect: ForcedDialect | None, every: bool) -> None:
        self.chosen.emit(dialect, every)
        self.close()

    def _for_file(self) -> None:
        self._tell(self.forced(), every=False)

    def _for_all(self) -> None:
        self._tell(self.forced(), every=True)

    def _again(self) -> None:
        self._tell(None, every=False)
