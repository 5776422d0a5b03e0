"""What few connections need: certificates, replica set, read preference, the user's database."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QWidget

from loadline.domain.connections import Connection
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import CheckBox, ComboBox, FieldLabel, LineEdit

_PREFERENCES = ("", "primary", "primaryPreferred", "secondary", "secondaryPreferred", "nearest")


class ConnectionMore(QWidget):
    """The fields under *More*; `changed` when a person changes one."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.ca_file = self._file_edit(theme, self.tr("Certificate authority (CA)"))
        self.ca_file.setObjectName("caFileEdit")
        self.certificate = self._file_edit(theme, self.tr("Client certificate"))
        self.certificate.setObjectName("certificateEdit")
        self.auth_database = LineEdit(
            theme, self.tr("Database of the user"), placeholder=self.tr("usual: admin")
        )
        self.auth_database.setObjectName("authDatabaseEdit")
        self.replica_set = LineEdit(
            theme, self.tr("Replica set"), placeholder=self.tr("found by itself")
        )
        self.replica_set.setObjectName("replicaSetEdit")
        self.preference = ComboBox(theme, self.tr("Read from"))
        self.preference.setObjectName("readPreferenceCombo")
        words = (
            self.tr("Usual (primary)"), self.tr("Primary only"), self.tr("Primary, else secondary"),
            self.tr("Secondary only"), self.tr("Secondary, else primary"), self.tr("Nearest"),
        )  # fmt: skip
        for key, word in zip(_PREFERENCES, words, strict=True):
            self.preference.addItem(word, key)
        self.unverified = CheckBox(theme, self.tr("Accept any certificate"), size=SMALL)
        self.unverified.setObjectName("unverifiedCheck")
        self.unverified.setToolTip(
            self.tr("Not safe: whoever stands between this computer and the server can read along.")
        )
        self.uri = LineEdit(theme, self.tr("The whole address (URI)"))
        self.uri.setObjectName("wholeUriEdit")
        self.uri.setToolTip(
            self.tr("What all fields say, without the password. Changes here change the fields.")
        )
        self._lay_out()
        for edit in (self.ca_file, self.certificate, self.auth_database, self.replica_set):
            edit.textEdited.connect(self.changed)
        self.preference.activated.connect(self.changed)
        self.unverified.clicked.connect(self.changed)

    def _file_edit(self, theme: Theme, name: str) -> LineEdit:
        edit = LineEdit(theme, name, placeholder=self.tr("none"))
        pick = edit.add_icon(
            "folder", QLineEdit.ActionPosition.TrailingPosition, self.tr("Choose a file")
        )
        edit.setProperty("title", name)
        pick.triggered.connect(self._browse)
        return edit

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column, share in enumerate((125, 100, 100)):
            grid.setColumnStretch(column, share)
        for top, left, name, field in (
            (0, 0, self.tr("Certificate authority (CA)"), self.ca_file),
            (0, 1, self.tr("Client certificate"), self.certificate),
            (0, 2, self.tr("Database of the user"), self.auth_database),
            (3, 0, self.tr("Replica set"), self.replica_set),
            (3, 1, self.tr("Read from"), self.preference),
        ):
            grid.addWidget(FieldLabel(name, field), top, left)
            grid.addWidget(field, top + 1, left)
            field.setMinimumWidth(80)
        grid.addWidget(self.unverified, 4, 2, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(FieldLabel(self.tr("The whole address (URI)"), self.uri), 6, 0)
        grid.addWidget(self.uri, 7, 0, 1, 3)
        for row in (2, 5):
            grid.setRowMinimumHeight(row, 4)

    def show_connection(self, connection: Connection) -> None:
        """Show what a connection says."""
        self.ca_file.setText(connection.ca_file)
        self.certificate.setText(connection.certificate_file)
        self.auth_database.setText(connection.auth_database)
        self.replica_set.setText(connection.replica_set)
        self.preference.setCurrentIndex(self.preference.findData(connection.read_preference))
        self.unverified.setChecked(connection.tls_unverified)

    def applied(self, connection: Connection) -> Connection:
        """Return `connection` with what is said here."""
        return msgspec.structs.replace(
            connection,
            ca_file=self.ca_file.text().strip(),
            certificate_file=self.certificate.text().strip(),
            auth_database=self.auth_database.text().strip(),
            replica_set=self.replica_set.text().strip(),
            read_preference=self.preference.currentData(),
            tls_unverified=self.unverified.isChecked() and connection.tls,
        )

    def set_encrypted(self, encrypted: bool) -> None:
        """Offer certificates only where the connection is encrypted."""
        for field in (self.ca_file, self.certificate, self.unverified):
            field.setEnabled(encrypted)

    def _browse(self) -> None:
        action = self.sender()
        edit = action.parent()
        if not isinstance(edit, LineEdit):
            return
        start = edit.text() or str(Path.home())
        dialog = QFileDialog(self, str(edit.property("title")), start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(edit.setText)
        dialog.fileSelected.connect(self.changed)
        dialog.open()
