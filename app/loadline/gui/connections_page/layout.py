"""The fixed parts of the Connections page: the list's pane and the title row."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from loadline.gui.connections_page.connection_list import ConnectionList
from loadline.gui.theme import SECTION, Theme
from loadline.gui.widgets import Button, ElidedLabel, Title

LIST = 231
"""With the line at its right 232."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("connections", text)


def side_pane(theme: Theme, connections: ConnectionList) -> tuple[QWidget, Button]:
    """Return the pane of the list, and its button."""
    add = Button(theme, _tr("Add connection"), "plus")
    add.setObjectName("addConnectionButton")
    add.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    pane = QWidget()
    pane.setFixedWidth(LIST)
    column = QVBoxLayout(pane)
    column.setContentsMargins(8, 16, 8, 16)
    column.setSpacing(0)
    title = Title(_tr("Connections"))
    title.setContentsMargins(16, 0, 0, 0)
    column.addWidget(title)
    column.addSpacing(14)
    column.addWidget(connections)
    column.addSpacing(8)
    row = QHBoxLayout()
    row.setContentsMargins(8, 0, 8, 0)
    row.addWidget(add)
    column.addLayout(row)
    column.addStretch(1)
    return pane, add


def header(theme: Theme) -> tuple[QHBoxLayout, ElidedLabel, tuple[Button, Button, Button, Button]]:
    """Return the title row, its title, and the buttons delete, duplicate, test and save."""
    title = ElidedLabel("", strong=True, size=SECTION)
    delete = Button(theme, _tr("Delete"), "trash-2", "quiet")
    copy = Button(theme, _tr("Duplicate"), "copy", "quiet")
    test = Button(theme, _tr("Test connection"), "plug-zap")
    save = Button(theme, _tr("Save"), "check")
    save.setShortcut("Ctrl+S")
    save.setToolTip(_tr("Save the connection (Ctrl+S)"))
    test.setToolTip(_tr("Connect, sign in and list what is there; takes at most 5 seconds"))
    for button, name in (
        (delete, "deleteConnectionButton"), (copy, "duplicateConnectionButton"),
        (test, "testConnectionButton"), (save, "saveConnectionButton"),
    ):  # fmt: skip
        button.setObjectName(name)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(title, 1)
    for button in (delete, copy, test, save):
        row.addWidget(button)
    return row, title, (delete, copy, test, save)
