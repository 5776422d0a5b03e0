"""The filter: extended JSON in one line, how many match, and where a mistake is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.domain.browsing import Matching
from loadline.domain.errors import Failure
from loadline.gui.models import figures
from loadline.gui.models.mistake import mistake, refused
from loadline.gui.theme import SMALL, Theme
from loadline.gui.theme.fonts import fixed
from loadline.gui.widgets.labels import Text
from loadline.gui.widgets.marked_edit import MarkedEdit
from loadline.gui.widgets.pill import IconLabel

_SETTLE = 350
"""Milliseconds without a further key before the server is asked."""


class FilterLine(QWidget):
    """`filter_changed` gives the text once a person pauses or presses Enter."""

    filter_changed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.edit = MarkedEdit(
            theme,
            self.tr("Filter"),
            placeholder=self.tr("Filter, for example {0}").format('{"state": "MN"}'),
            icon="funnel",
            small=True,
        )
        self.edit.setObjectName("filterEdit")
        self.edit.setFont(fixed())
        self.edit.setToolTip(
            self.tr("MongoDB's extended JSON, for example {0}").format('{"year": {"$gte": 2000}}')
        )
        self._icon = IconLabel(theme, "check", "done.text", 14)
        self._count = Text("", size=SMALL, numbers=True)
        self._found = QWidget(self.edit)
        self._found.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self._found)
        row.setContentsMargins(8, 0, 10, 0)
        row.setSpacing(4)
        row.addWidget(self._icon)
        row.addWidget(self._count)
        self._found.setVisible(False)
        self.wrong = Text("", "failed", size=SMALL, wrap=True)
        self.wrong.setObjectName("filterError")
        self.wrong.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self.wrong)
        self._asked = ""
        self._entered = False
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._tell)
        self.edit.textEdited.connect(self._edited)
        self.edit.returnPressed.connect(self._enter)
        self.edit.installEventFilter(self)

    def text(self) -> str:
        """Return the filter."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Show a filter without telling anyone."""
        self._settle.stop()
        self.edit.setText(text)
        self.edit.setCursorPosition(0)
        self._asked = self.text()
        self.show_asking()

    @property
    def settled(self) -> bool:
        """The text shown is the one that was told last."""
        return not self._settle.isActive()

    def _edited(self) -> None:
        self._entered = False
        self.show_asking()
        self._settle.start()

    def _enter(self) -> None:
        """Ask at once; where there is a mistake, the cursor goes to it."""
        self._entered = True
        self._tell()
        self.edit.go_to_mark()

    def _tell(self) -> None:
        self._settle.stop()
        told = self.wrong.isVisible() and self.edit.marked is None  # it may have passed
        if self.text() != self._asked or told:
            self._asked = self.text()
            self.filter_changed.emit(self._asked)

    def show_asking(self) -> None:
        """Say neither count nor mistake."""
        self._found.setVisible(False)
        self._set_wrong("")

    def show_matching(self, found: Matching) -> None:
        """Say how many match; without a filter nothing needs to be said."""
        self._set_wrong("")
        count = figures.count(found.count)
        words = self.tr("{0} match") if found.exact else self.tr("about {0} match")
        self._count.setText(words.format(count))
        self._count.set_role("done" if found.count else "secondary")
        self._icon.set_icon(*(("check", "done.text") if found.count else ("minus", "text2")))
        self._found.setVisible(bool(self.text()))
        self._place()

    def show_failure(self, failure: Failure) -> None:
        """Say what is wrong, and underline the place where the filter is at fault."""
        self._found.setVisible(False)
        self._set_wrong(failure.sentence)
        place = mistake(self.edit.text(), failure)
        if place is not None:
            self.edit.mark(*place)
        if self._entered:
            self.edit.go_to_mark()

    def concerns(self, failure: Failure) -> bool:
        """Tell whether the filter is at fault."""
        text = self.edit.text()
        return mistake(text, failure) is not None or (bool(text.strip()) and refused(failure))

    def _set_wrong(self, sentence: str) -> None:
        self.edit.set_wrong(wrong=bool(sentence))
        self.edit.clear_mark()
        self.edit.setAccessibleDescription(sentence)
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def _place(self) -> None:
        self._found.adjustSize()
        found, edit = self._found, self.edit
        found.move(edit.width() - found.width(), (edit.height() - found.height()) // 2)
        edit.setTextMargins(0, 0, found.width() if found.isVisible() else 0, 0)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Keep the count at the right end; Escape takes the filter away."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.edit.text()
        ):
            self.edit.clear()
            self._edited()
            return True
        return False
