"""The form of one connection; the address is kept in step with the fields beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from loadline.domain.connections import Connection, Mechanism, parse_uri, uri_of
from loadline.domain.errors import JobError
from loadline.gui.connections_page.connection_more import ConnectionMore
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import (
    CheckBox,
    ComboBox,
    FieldLabel,
    LineEdit,
    LinkButton,
    Text,
)

MECHANISMS: tuple[Mechanism, ...] = (
    "", "SCRAM-SHA-256", "SCRAM-SHA-1", "MONGODB-X509", "PLAIN",
)  # fmt: skip
_NO_USER = "none"
if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_MASK = "\u2022" * 12
DOT = 12
"""Pixels that one dot of a typed password takes at most."""
BESIDE = 54
"""Key, edge and gap around dots and note in the password's field."""


class ConnectionForm(QWidget):
    """Fields of a `Connection`; `changed` when a person changes one of them.

    A password is never shown again: a kept one is told by dots in the empty field.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._base = Connection(name="")
        self._error = ""
        self._filling = False
        self._written = ""
        self._whole = ""
        self.name = LineEdit(theme, self.tr("Name"))
        self.name.setObjectName("connectionNameEdit")
        self.mechanism = ComboBox(theme, self.tr("Sign in with"))
        self.mechanism.setObjectName("mechanismCombo")
        self._fill_mechanisms()
        self.user = LineEdit(theme, self.tr("User name"))
        self.user.setObjectName("userEdit")
        self.address = LineEdit(theme, self.tr("Address"), placeholder="mongodb://localhost:27017")
        self.address.setObjectName("mongoUriEdit")
        self.address.setToolTip(
            self.tr("An address with user name and password can be pasted: it is taken apart.")
        )
        self.password = LineEdit(theme, self.tr("Password"), icon="key-round")
        self.password.setObjectName("passwordEdit")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.tls = CheckBox(theme, self.tr("Encrypted (TLS)"))
        self.tls.setObjectName("tlsCheck")
        self.more_button = LinkButton(theme, self.tr("More"), "chevron-right", role="text2")
        self.more_button.setObjectName("moreButton")
        self.more_button.setCheckable(True)
        self.more_button.setAccessibleDescription(
            self.tr("Certificates, replica set, read preference")
        )
        self.more = ConnectionMore(theme)
        self.more.setVisible(False)
        self.wrong = Text("", "failed", size=SMALL, wrap=True)
        self.wrong.setVisible(False)
        self._kept = Text("", "hint", size=SMALL)
        self._lay_out()
        self._connect()

    def _fill_mechanisms(self) -> None:
        words = {
            "": self.tr("User name and password"),
            "SCRAM-SHA-256": self.tr("Password, SCRAM-SHA-256"),
            "SCRAM-SHA-1": self.tr("Password, SCRAM-SHA-1"),
            "MONGODB-X509": self.tr("Client certificate"),
            "PLAIN": self.tr("Directory (LDAP)"),
        }
        self.mechanism.addItem(self.tr("No sign-in"), _NO_USER)
        for mechanism in MECHANISMS:
            self.mechanism.addItem(words[mechanism], mechanism)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for column, share in enumerate((125, 100, 100)):
            grid.setColumnStretch(column, share)
        rows = ((self.name, self.mechanism, self.user), (self.address, self.password))
        words = (
            (self.tr("Name"), self.tr("Sign in with"), self.tr("User name")),
            (self.tr("Address"), self.tr("Password")),
        )
        for number, (fields, labels) in enumerate(zip(rows, words, strict=True)):
            top = number * 4
            for column, (field, label) in enumerate(zip(fields, labels, strict=True)):
                grid.addWidget(FieldLabel(label, field), top, column)
                grid.addWidget(field, top + 2, column)
                field.setMinimumWidth(80)
            grid.setRowMinimumHeight(top + 1, 4)
            grid.setRowMinimumHeight(top + 3, 12)
        self._inside = QHBoxLayout(self.password)
        self._inside.setContentsMargins(36, 0, 10, 0)
        self._inside.addStretch(1)
        self._inside.addWidget(self._kept)
        self._kept.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        side = QHBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.tls)
        side.addWidget(self.more_button)
        side.addStretch(1)
        grid.addLayout(side, 6, 2)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(0)
        column_box.addLayout(grid)
        column_box.addWidget(self.wrong)
        column_box.addWidget(self.more)

    def _connect(self) -> None:
        self.name.textEdited.connect(self._touched)
        self.user.textEdited.connect(self._touched)
        self.password.textEdited.connect(self._password_edited)
        self.address.textEdited.connect(self._address_edited)
        self.address.editingFinished.connect(self._show_address)
        self.mechanism.activated.connect(self._mechanism_chosen)
        self.tls.clicked.connect(self._tls_clicked)
        self.more_button.toggled.connect(self._unfold)
        self.more.changed.connect(self._touched)
        self.more.uri.textEdited.connect(self._uri_edited)
        self.more.uri.editingFinished.connect(self._show_uri)

    # What it shows

    def show_connection(self, connection: Connection) -> None:
        """Show a connection, with an empty password field."""
        self._filling = True
        self._base = connection
        self.name.setText(connection.name)
        self.user.setText(connection.user)
        self.password.clear()
        self.tls.setChecked(connection.tls)
        self.more.show_connection(connection)
        signs_in = bool(connection.user or connection.mechanism)
        key = connection.mechanism if signs_in else _NO_USER
        if self.mechanism.findData(key) < 0:  # one that an address may say, but few people use
            self.mechanism.addItem(key, key)
        self.mechanism.setCurrentIndex(self.mechanism.findData(key))
        self._error = ""
        self._filling = False
        self._show_address()
        if not self.more.uri.hasFocus():
            self._show_uri()
        self._dress()

    def set_kept(self, kept: bool | None, *, lasting: bool) -> None:
        """Say whether a password is kept (None: not known yet), and for how long."""
        self.password.setPlaceholderText(_MASK if kept else "")
        if not lasting:
            text = self.tr("kept for this session only")
        else:
            text = self.tr("in your keyring") if kept else ""
        self._kept.setText(text)
        self._dress_note()
        self.password.setToolTip(
            self.tr("Kept in the keyring of this system, and nowhere else.")
            if lasting
            else self.tr(
                "This system has no keyring: the password is kept for this session only, "
                "and asked for again after the next start."
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the note beside the password where there is room now."""
        super().resizeEvent(event)
        self._dress_note()

    def connection(self) -> Connection:
        """Return the connection that the fields say."""
        signs_in = self.mechanism.currentData() != _NO_USER
        told = msgspec.structs.replace(
            self._base,
            name=self.name.text().strip(),
            user=self.user.text().strip() if signs_in else "",
            mechanism=self.mechanism.currentData() if signs_in else "",
            tls=self.tls.isChecked(),
        )
        return self.more.applied(told)

    @property
    def typed_password(self) -> str:
        """The password that was typed, or nothing."""
        return self.password.text() if self.connection().wants_password else ""

    @property
    def error(self) -> str:
        """What is wrong with the fields, in one sentence, or nothing."""
        return self._error

    # What a person changes

    def _address_edited(self, text: str) -> None:
        text = text.strip()
        pasted, self._written = abs(len(text) - len(self._written)) > 1, text
        if "://" not in text:
            text = f"mongodb://{text}"
        try:
            found, password = parse_uri(text, self.name.text())
        except JobError as error:
            self._set_error(error.sentence)
            self._touched()
            return
        self._set_error("")
        plain = "@" not in text  # no user in the address: the fields beside it stay
        kept = self.connection()
        bare = "?" not in text
        found = msgspec.structs.replace(
            kept if bare else found,
            name=kept.name, hosts=found.hosts, srv=found.srv,
            database=found.database or kept.database,
            user=kept.user if plain else found.user,
            mechanism=kept.mechanism if plain and bare else found.mechanism,
            tls=(found.srv or (kept.tls and not self._base.srv)) if bare else found.tls,
        )  # fmt: skip
        typed = password or self.password.text()
        cursor, written = self.address.cursorPosition(), self.address.text()
        self.show_connection(found)
        self.password.setText(typed)
        if password and pasted:
            self.address.setCursorPosition(len(self.address.text()))
        else:  # one who is still typing wants to go on where the cursor is
            self.address.setText(written)
            self.address.setCursorPosition(cursor)
        self._touched()

    def _show_address(self) -> None:
        if self._error:
            return
        told = self.connection()
        shown = msgspec.structs.replace(Connection(name=told.name), hosts=told.hosts, srv=told.srv,
                                        tls=told.srv, database=told.database)  # fmt: skip
        text = uri_of(shown)
        self.address.setText(text if told.database else text.rstrip("/"))
        self.address.setCursorPosition(0)

    def _uri_edited(self, text: str) -> None:
        """Take the whole address for what it says; a password in it goes where it belongs."""
        pasted, self._whole = abs(len(text) - len(self._whole)) > 1, text
        try:
            found, password = parse_uri(text.strip(), self.name.text())
        except JobError as error:
            self._set_error(error.sentence)
            self.address.set_wrong(wrong=False)
            self.more.uri.set_wrong(wrong=True)
            self._touched()
            return
        self._set_error("")
        typed = password or self.password.text()
        self.show_connection(msgspec.structs.replace(found, name=self.name.text().strip()))
        self.password.setText(typed)
        self._touched()
        if password and pasted:
            self._show_uri()  # it is not to be read from the screen

    def _show_uri(self) -> None:
        if not self._error:
            self._whole = uri_of(self.connection())
            self.more.uri.setText(self._whole)
            self.more.uri.setCursorPosition(0)

    def _mechanism_chosen(self) -> None:
        self._dress()
        self._touched()

    def _tls_clicked(self) -> None:
        self._dress()
        self._touched()

    def _password_edited(self) -> None:
        self._dress()
        self._touched()

    def _touched(self) -> None:
        if not self._filling:
            self._dress()
            if not self.more.uri.hasFocus():
                self._show_uri()
            self.changed.emit()

    def _dress(self) -> None:
        """Offer only what has a meaning with the other fields."""
        key = self.mechanism.currentData()
        self.user.setEnabled(key != _NO_USER)
        self.password.setEnabled(key not in (_NO_USER, "MONGODB-X509", "GSSAPI"))
        self._dress_note()
        self.more.set_encrypted(self.tls.isChecked())

    def _dress_note(self) -> None:
        """Hide the note of where a password is kept where the dots need its room."""
        dots = len(self.password.text()) or len(self.password.placeholderText())
        wanted = self._kept.sizeHint().width() + dots * DOT + BESIDE
        roomy = wanted <= self.password.width()
        self._kept.setVisible(self.password.isEnabled() and roomy)

    def _set_error(self, sentence: str) -> None:
        self._error = sentence
        self.address.set_wrong(wrong=bool(sentence))
        self.more.uri.set_wrong(wrong=False)
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def _unfold(self, unfolded: bool) -> None:
        self.more.setVisible(unfolded)
        self.more_button.set_icon("chevron-down" if unfolded else "chevron-right")
        QTimer.singleShot(0, self, self.updateGeometry)
