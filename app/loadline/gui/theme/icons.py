"""Lucide icons, drawn from their SVG in any colour, cached per colour, size and pixel ratio."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from loadline import assets

STROKE = "1.75"
STROKE_LARGE = "1"
"""For icons from 32 pixels on, whose lines would look heavy otherwise."""
_LARGE = 32
_RATIOS = (1.0, 2.0)
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" fill="none" '
    'stroke="currentColor" stroke-width="1.75"><circle cx="9" cy="9" r="6"/>'
    '<path d="M0 9h18"/></svg>'
)

DECIMAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="2" stroke-linecap="round">'
    '<rect x="1.5" y="6" width="7.5" height="12" rx="3.75"/><path d="M12 17.6v.01"/>'
    '<rect x="15" y="6" width="7.5" height="12" rx="3.75"/></svg>'
)
"""The characters ``0.0`` where an icon is needed, as in menus."""
_OWN = {"loadline": MARK, "decimal": DECIMAL}


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    return _OWN.get(name) or assets.icon(name)


@lru_cache(maxsize=4096)
def pixmap(name: str, colour: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """Return icon `name` in `colour` (``#rrggbb``), `size` logical pixels wide and high.

    `ratio` is the device pixel ratio. ``loadline`` is the mark of the product. Raises
    `FileNotFoundError` for an icon that is not shipped.
    """
    stroke = STROKE_LARGE if size >= _LARGE else STROKE
    svg = _svg(name).replace("currentColor", colour)
    svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    side = round(size * ratio)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=1024)
def icon(name: str, colour: str, size: int = 16, on: str = "", disabled: str = "") -> QIcon:
    """Return a `QIcon` with pixmaps for ratios 1 and 2; `on` is the colour when checked."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, colour, size, ratio))
        if on:
            made.addPixmap(pixmap(name, on, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
        if disabled:
            dim = pixmap(name, disabled, size, ratio)
            made.addPixmap(dim, QIcon.Mode.Disabled)
            made.addPixmap(dim, QIcon.Mode.Disabled, QIcon.State.On)
    return made
