"""Asks for the password of a connection, over the window, without stopping anything."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from loadline.domain.connections import Connection
from loadline.gui.frame.question import Asking
from loadline.gui.theme import Theme
from loadline.gui.widgets import Button, FieldLabel, LineEdit


class PasswordQuestion(Asking):
    """`answer` becomes what was typed, or None; opened by `open`, never `exec`."""

    def __init__(
        self, theme: Theme, parent: QWidget, connection: Connection, *, lasting: bool
    ) -> None:
        title = QCoreApplication.translate("PasswordQuestion", "Password for {0}")
        told = _told(connection, lasting=lasting)
        super().__init__(theme, parent, title.format(connection.name), told)
        self.setObjectName("passwordQuestion")
        self.answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self.password = LineEdit(theme, self.tr("Password"), icon="key-round")
        self.password.setObjectName("askedPasswordEdit")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        agree = Button(theme, self.tr("Continue"), "check", "primary")
        agree.setDefault(True)
        agree.setEnabled(False)
        label = FieldLabel(self.tr("Password"), self.password)
        refuse = Button(theme, self.tr("Cancel"))
        self.ask(agree, refuse, "key-round", "accent", label, self.password)
        self.password.textChanged.connect(self._dress)
        self.finished.connect(self._ended)
        self.password.setFocus()

    def _dress(self) -> None:
        self.agree.setEnabled(bool(self.password.text()))

    def _ended(self, result: int) -> None:
        if not self.answer.done():
            agreed = result == int(QDialog.DialogCode.Accepted)
            self.answer.set_result(self.password.text() if agreed else None)
        self.password.clear()


def _told(connection: Connection, *, lasting: bool) -> str:
    translate = QCoreApplication.translate
    where = translate("PasswordQuestion", "User {0} on {1}.")
    kept = translate("PasswordQuestion", "It is kept in your system keyring, and nowhere else.")
    if not lasting:
        kept = translate(
            "PasswordQuestion",
            "This system has no keyring: it is kept until the program is closed, "
            "and written nowhere.",
        )
    return f"{where.format(connection.user, ', '.join(connection.hosts))}\n{kept}"


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
