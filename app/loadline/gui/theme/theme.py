"""The theme in force: one palette and one style sheet, built from the tokens."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from string import Template
from typing import Literal, Protocol

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory
from shiboken6 import isValid

from loadline import assets
from loadline.gui.theme import fonts, icons
from loadline.gui.theme.tokens import DARK, LIGHT, Tokens, qcolor

Choice = Literal["system", "light", "dark"]


class HasIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon, /) -> None:
        """Show `icon`."""


@dataclass(frozen=True, slots=True)
class _Tint:
    target: weakref.ref[QObject]
    name: str
    role: str
    size: int
    on: str


class Theme(QObject):
    """Keeps the application in the colours of `tokens`; made once, handed to every widget.

    Widgets that paint themselves read `tokens` in their paint event; icons set through
    `set_icon` are drawn again in the new colours. `changed` is emitted after a change.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: Choice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice: Choice = choice
        self._tints: dict[int, _Tint] = {}
        app.setStyle(QStyleFactory.create("Fusion"))
        assets.register_fonts()
        self._set_fonts()
        self.tokens: Tokens = self._wanted()
        self._ask_system()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def choice(self) -> Choice:
        """What the person chose."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Follow the system, or stay light or dark."""
        self._choice = choice
        self._ask_system()
        self._follow()

    def color(self, role: str) -> QColor:
        """Return the colour of a role such as ``accent`` or ``failed.text``."""
        return qcolor(self.tokens.value(role))

    def pixmap(self, name: str, role: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
        """Return an icon in the colour of a role, for painting."""
        return icons.pixmap(name, self.tokens.value(role), size, ratio)

    def icon(self, name: str, role: str = "text2", size: int = 16, on: str = "") -> QIcon:
        """Return an icon in today's colours; for what lives longer use `set_icon`."""
        value = self.tokens.value
        return icons.icon(name, value(role), size, value(on) if on else "", value("border2"))

    def set_icon(
        self,
        target: QObject,
        name: str,
        role: str = "text2",
        size: int = 16,
        on: str = "",
    ) -> None:
        """Give a button or an action an icon that is drawn again when the theme changes.

        `on` is the role while it is checked. Called again it replaces the icon.
        """
        tint = _Tint(weakref.ref(target), name, role, size, on)
        self._tints[id(target)] = tint
        self._paint(tint)

    def _paint(self, tint: _Tint) -> bool:
        target = tint.target()
        if target is None or not isValid(target):
            return False
        setter = getattr(target, "setIcon")  # noqa: B009 - QObject has none, buttons and actions do
        setter(self.icon(tint.name, tint.role, tint.size, tint.on))
        resize = getattr(target, "setIconSize", None)
        if resize is not None:
            resize(QSize(tint.size, tint.size))
        return True

    def _wanted(self) -> Tokens:
        if self._choice == "system":
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _ask_system(self) -> None:
        # Native dialogs and the title bar follow this; our own colours do not depend on it.
        hints = self._app.styleHints()
        if self._choice == "system":
            hints.unsetColorScheme()
        else:
            dark = self._choice == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is self.tokens:
            return
        self.tokens = wanted
        self._apply()
        self._tints = {key: tint for key, tint in self._tints.items() if self._paint(tint)}
        self.changed.emit()

    @contextmanager
    def laid_aside(self) -> Iterator[None]:
        """Leave the style sheet off while many widgets are made.

        With it, Qt looks up the rules of a whole page again each time that the page or a part of
        it gets another parent: half of the time that the window takes to be made.
        """
        sheet = self._app.styleSheet()
        self._app.setStyleSheet("")
        try:
            yield
        finally:
            self._app.setStyleSheet(sheet)

    def _apply(self) -> None:
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens))

    def _set_fonts(self) -> None:
        QApplication.setFont(fonts.font())
        for name, made in (
            ("QAbstractButton", fonts.font(fonts.BODY, fonts.MEDIUM)),
            ("QMenu", fonts.font()),
            ("QToolTip", fonts.font(fonts.SMALL)),
            ("QStatusBar", fonts.font(fonts.SMALL)),
            ("QHeaderView", fonts.font(fonts.SMALL, fonts.MEDIUM)),
            ("QAbstractSpinBox", fonts.font(numbers=True)),
        ):
            QApplication.setFont(made, name)  # type: ignore[arg-type]  # the stub says bytes


def palette(t: Tokens) -> QPalette:
    """Return the palette of a theme."""
    role = QPalette.ColorRole
    made = QPalette()
    for name, value in {
        role.Window: t.surface, role.WindowText: t.text, role.Base: t.surface,
        role.AlternateBase: t.sunken, role.ToolTipBase: t.surface, role.ToolTipText: t.text,
        role.Text: t.text, role.PlaceholderText: t.text3, role.Button: t.surface,
        role.ButtonText: t.text, role.BrightText: t.onaccent, role.Highlight: t.accent,
        role.HighlightedText: t.onaccent, role.Link: t.accent, role.LinkVisited: t.accent,
        role.Accent: t.accent, role.Light: t.surface, role.Midlight: t.hover,
        role.Mid: t.border, role.Dark: t.border2, role.Shadow: t.border2,
    }.items():  # fmt: skip
        made.setColor(name, qcolor(value))
    faint = QColor(t.text3)
    faint.setAlphaF(0.6)
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, faint)
    return made


def style_sheet(t: Tokens) -> str:
    """Return the style sheet of a theme, from ``style/loadline.qss``."""
    values = {name: getattr(t, name) for name in t.__slots__ if isinstance(getattr(t, name), str)}
    for state in ("waiting", "failed", "done", "running", "queued"):
        tone = t.tone(state)
        values |= {f"{state}_text": tone.text, f"{state}_fill": tone.fill}
        values[f"{state}_soft"] = tone.soft
    faint = qcolor(t.text3)
    values["faint"] = f"rgba({faint.red()}, {faint.green()}, {faint.blue()}, 153)"
    return Template(assets.style("loadline.qss")).substitute(values)
