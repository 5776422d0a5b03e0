"""Asks for the password of a connection, over the window, without stopping anything."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from loadline.domain.connections import Connection
from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, FieldLabel, IconLabel, LineEdit, SectionTitle, Text


class PasswordQuestion(QDialog):
    """`answer` becomes what was typed, or None; opened by `open`, never `exec`."""

    def __init__(
        self, theme: Theme, parent: QWidget, connection: Connection, *, lasting: bool
    ) -> None:
        super().__init__(parent)
        self.setObjectName("passwordQuestion")
        title = self.tr("Password for {0}").format(connection.name)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self.password = LineEdit(theme, self.tr("Password"), icon="key-round")
        self.password.setObjectName("askedPasswordEdit")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.agree = Button(theme, self.tr("Continue"), "check", "primary")
        self.agree.setObjectName("agreeButton")
        self.agree.setDefault(True)
        self.agree.setEnabled(False)
        self.refuse = Button(theme, self.tr("Cancel"))
        self.refuse.setObjectName("refuseButton")
        self._lay_out(theme, title, self._told(connection, lasting=lasting))
        self.password.textChanged.connect(self._dress)
        self.agree.clicked.connect(self.accept)
        self.refuse.clicked.connect(self.reject)
        self.finished.connect(self._ended)
        self.password.setFocus()

    def _told(self, connection: Connection, *, lasting: bool) -> str:
        where = self.tr("User {0} on {1}.").format(connection.user, ", ".join(connection.hosts))
        kept = (
            self.tr("It is kept in your system keyring, and nowhere else.")
            if lasting
            else self.tr("This system has no keyring: it is kept until the program is closed, "
                         "and written nowhere.")
        )  # fmt: skip
        self.setAccessibleDescription(f"{where} {kept}")
        return f"{where}\n{kept}"

    def _lay_out(self, theme: Theme, title: str, told: str) -> None:
        body = Text(told, "secondary", wrap=True)
        body.setFixedWidth(360)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(SectionTitle(title))
        words.addWidget(body)
        words.addSpacing(8)
        words.addWidget(FieldLabel(self.tr("Password"), self.password))
        words.addWidget(self.password)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(IconLabel(theme, "key-round", "accent", 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.refuse)
        buttons.addWidget(self.agree)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(24)
        column.addLayout(row)
        column.addLayout(buttons)

    def _dress(self) -> None:
        self.agree.setEnabled(bool(self.password.text()))

    def _ended(self, result: int) -> None:
        if not self.answer.done():
            agreed = result == int(QDialog.DialogCode.Accepted)
            self.answer.set_result(self.password.text() if agreed else None)
        self.password.clear()


async def ask_password(
    theme: Theme, parent: QWidget, connection: Connection, *, lasting: bool
) -> str | None:
    """Return what a person types, or None; the question goes away when nobody waits any more."""
    question = PasswordQuestion(theme, parent, connection, lasting=lasting)
    question.open()
    try:
        return await question.answer
    except asyncio.CancelledError:
        question.reject()
        raise
