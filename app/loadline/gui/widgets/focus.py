"""The focus ring: shown when the keyboard brought the focus, not after a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

    Base = QWidget
else:
    Base = object

_KEYBOARD = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)


class FocusRing(Base):
    """Mixed in before a Qt class; `ring` tells whether the ring is to be painted."""

    _by_keyboard = False

    @property
    def ring(self) -> bool:
        """The keyboard is here and came by a key."""
        return self._by_keyboard and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the focus came; a window that comes back changes nothing."""
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self._by_keyboard = event.reason() in _KEYBOARD
        super().focusInEvent(event)
