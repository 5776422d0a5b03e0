"""Shows one chapter in the window's own type and colours, pictures as wide as the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPainter, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from loadline.gui.theme import Theme, qcolor
from loadline.gui.theme.tokens import Tokens

WIDEST = 760
"""Pixels of a line of text; longer ones are hard to follow."""
_MARGIN = 32
_STYLE = """
body { color: %(text)s; font-size: 14px; }
h1 { font-size: 22px; font-weight: 600; margin-top: 0; margin-bottom: 4px; }
h2 { font-size: 16px; font-weight: 600; margin-top: 24px; margin-bottom: 4px; }
p, li { line-height: 150%%; }
p { margin-top: 6px; margin-bottom: 6px; }
li { margin-bottom: 4px; }
a { color: %(accent)s; text-decoration: none; }
b { font-weight: 600; }
code, kbd, pre { color: %(text)s; background-color: %(sunken)s; }
th { color: %(text2)s; font-weight: 600; text-align: left; padding: 4px 16px 4px 0; }
td { padding: 4px 16px 4px 0; }
p.picture { line-height: 100%%; margin-top: 12px; }
p.caption { color: %(text3)s; font-size: 12px; }
"""


class Reader(QTextBrowser):
    """Reads chapters; links between them work, links to the outside open in the browser."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._path: Path | None = None
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Manual"))
        self.setObjectName("manualText")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setProperty("pane", "manual")
        self.anchorClicked.connect(self._follow)
        theme.changed.connect(self._again)

    def show_chapter(self, path: Path) -> None:
        """Show the chapter in this file, from its beginning."""
        self._path = path
        self._again()
        self.verticalScrollBar().setValue(0)

    def chapter_of(self, url: QUrl) -> str:
        """Return the key of the chapter that a link leads to, empty for anything else."""
        name = url.path()
        return name[:-5].partition("-")[2] if url.isRelative() and name.endswith(".html") else ""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture as wide as the text, sharp on every screen; nothing from elsewhere."""
        if kind != QTextDocument.ResourceType.ImageResource.value or self._path is None:
            return None
        root = self._path.parents[1].resolve()
        path = (self._path.parent / QUrl(name).path()).resolve()
        picture = QImage(str(path)) if path.is_relative_to(root) else QImage()
        if picture.isNull():
            return None
        ratio = self.devicePixelRatioF()
        size = QSize(int(self._line() * ratio), picture.height())
        scaled = picture.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        scaled = scaled.convertToFormat(QImage.Format.Format_RGB32)
        with QPainter(scaled) as painter:
            painter.setPen(qcolor(self._theme.tokens.border))
            painter.drawRect(scaled.rect().adjusted(0, 0, -1, -1))
        scaled.setDevicePixelRatio(ratio)
        return scaled

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines from growing too long to read."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._again()

    def _line(self) -> int:
        return min(WIDEST, max(200, self.viewport().width() - 2 * _MARGIN))

    def _again(self) -> None:
        if self._path is None:
            return
        at = self.verticalScrollBar().value()
        self.document().setDefaultStyleSheet(_STYLE % _colours(self._theme.tokens))
        self.document().setDocumentMargin(_MARGIN)
        self.document().clear()
        self.setHtml(self._path.read_text(encoding="utf-8"))
        frame = self.document().rootFrame().frameFormat()
        right = max(_MARGIN, self.viewport().width() - _MARGIN - self._line())
        frame.setRightMargin(right)
        self.document().rootFrame().setFrameFormat(frame)
        self.verticalScrollBar().setValue(at)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)


def _colours(tokens: Tokens) -> dict[str, str]:
    names = ("text", "text2", "text3", "accent", "sunken")
    return {name: getattr(tokens, name) for name in names}
