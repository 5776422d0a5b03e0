"""Cards and the drop zone: framed grounds with radius 8."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QWidget

from loadline.gui.theme import Theme
from loadline.gui.widgets.painting import rounded

ZoneLook = Literal["empty", "over", "chosen"]


class Card(QFrame):
    """A frame of 1 px with radius 8; `ground` and `edge` are roles of the tokens."""

    def __init__(
        self,
        theme: Theme,
        *,
        ground: str = "surface",
        edge: str = "border",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._ground, self._edge = theme, ground, edge

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and frame."""
        color = self._theme.color
        edge = color(self._edge) if self._edge else None
        rounded(QPainter(self), QRectF(self.rect()), 8, color(self._ground), edge)


def dropped_path(data: QMimeData) -> Path | None:
    """Return the one local folder or file that is dragged, or None."""
    urls = [url for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None


class DropZone(QFrame):
    """Takes one dropped folder or file; `dropped` is emitted with its `Path`.

    Three looks: ``empty`` (dashed on `sunken`), ``over`` (accent dashes on `accentsoft`, also
    while something is dragged anywhere over the window) and ``chosen`` (solid).
    """

    dropped = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._resting: ZoneLook = "empty"
        self._over = False
        self.setAcceptDrops(True)

    def set_chosen(self, chosen: bool) -> None:
        """Show that something has been chosen."""
        self._resting = "chosen" if chosen else "empty"
        self.update()

    def set_over(self, over: bool) -> None:
        """Show that something is dragged over it, or over the window around it."""
        self._over = over
        self.update()

    @property
    def look(self) -> ZoneLook:
        """How it looks now."""
        return "over" if self._over else self._resting

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a single local path."""
        if dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Rest again."""
        self.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the path on."""
        self.set_over(False)
        path = dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and solid or dashed frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        rect = QRectF(self.rect())
        look = self.look
        if look == "chosen":
            rounded(painter, rect, 8, color("accentsoft"), color("accent"))
            return
        ground, edge = ("accentsoft", "accent") if look == "over" else ("sunken", "text3")
        pen = QPen(color(edge), 1)
        pen.setDashPattern([6.0, 4.0])
        painter.setPen(pen)
        painter.setBrush(color(ground))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 7.5, 7.5)
        painter.setPen(Qt.PenStyle.NoPen)
