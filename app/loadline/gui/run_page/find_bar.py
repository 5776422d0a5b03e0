"""A line to find a text in the results: how many rows have it, the next one, the one before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import Button, CheckBox, LineEdit, Rule, Text


class FindBar(QWidget):
    """Below the toolbar while it is wanted; Enter and F3 lead on, with Shift back."""

    asked = Signal(str, bool)
    """A text, and whether capital and small letters differ."""
    stepped = Signal(int)
    """On to the next row (1) or back (-1)."""
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("findBar")
        self.edit = LineEdit(
            theme, self.tr("Find"), icon="search", placeholder=self.tr("Find a text"), small=True
        )
        self.edit.setObjectName("findEdit")
        self.edit.setFixedWidth(280)
        self.case = CheckBox(theme, self.tr("Match case"), size=SMALL)
        self.case.setObjectName("findCase")
        self.told = Text("", "secondary", size=SMALL, numbers=True)
        self.told.setObjectName("findCount")
        before, after = self.tr("Row before (Shift+F3)"), self.tr("Next row (F3)")
        self.before = Button(theme, icon="chevron-up", variant="quiet", size="small", name=before)
        self.after = Button(theme, icon="chevron-down", variant="quiet", size="small", name=after)
        self.close_button = Button(
            theme, icon="x", variant="quiet", size="small", name=self.tr("Close")
        )
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        for part in (self.edit, self.before, self.after, self.case, self.told):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(row)
        self.edit.returnPressed.connect(self._enter)
        self.case.toggled.connect(self._ask)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.close_bar)
        for keys, step in (("F3", 1), ("Shift+F3", -1), ("Shift+Return", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
                if "Return" in keys
                else Qt.ShortcutContext.WindowShortcut
            )
            shortcut.activated.connect(lambda step=step: self.stepped.emit(step))
        self._text = ("", False)
        self.tell("", any_hit=False)
        self.setVisible(False)

    def begin(self) -> None:
        """Ask for a text."""
        self.setVisible(True)
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def tell(self, words: str, *, any_hit: bool) -> None:
        """Say where in the hits one is."""
        self.told.setText(words)
        self.edit.setAccessibleDescription(words)
        for button in (self.before, self.after):
            button.setEnabled(any_hit)

    def forget(self) -> None:
        """Have the next Enter ask anew."""
        self._text = ("", False)
        self.tell("", any_hit=False)

    def close_bar(self) -> None:
        """Hide it."""
        self.setVisible(False)
        self.forget()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if (self.edit.text(), self.case.isChecked()) == self._text:
            self.stepped.emit(1)
        else:
            self._ask()

    def _ask(self) -> None:
        self._text = (self.edit.text(), self.case.isChecked())
        if self._text[0]:
            self.asked.emit(*self._text)
        else:
            self.tell("", any_hit=False)
