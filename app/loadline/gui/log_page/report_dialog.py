"""Shows what *Copy report* copies, before it is copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from loadline.gui.theme import Theme, fixed
from loadline.gui.widgets import Button, SectionTitle, Text


class ReportDialog(QDialog):
    """The whole text, and a button that copies exactly that; opened by `open`."""

    def __init__(self, theme: Theme, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setObjectName("reportDialog")
        self.setWindowTitle(self.tr("Report for support"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 560)
        told = self.tr(
            "This is what is copied. Passwords, records and file names are left out; your home "
            "folder is written as ~."
        )
        self.text = QPlainTextEdit(text)
        self.text.setObjectName("reportText")
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Report"))
        self.text.setFont(fixed())
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.copy = Button(theme, self.tr("Copy report"), "copy", "primary")
        self.copy.setObjectName("copyReportButton")
        self.copy.clicked.connect(self._copy)
        close = Button(theme, self.tr("Close"))
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(SectionTitle(self.tr("Report for support")))
        column.addWidget(Text(told, "secondary", wrap=True))
        column.addSpacing(8)
        column.addWidget(self.text, 1)
        column.addSpacing(8)
        column.addLayout(buttons)
        self.copy.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.accept()
