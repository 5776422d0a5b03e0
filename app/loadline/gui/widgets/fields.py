"""Check boxes, switches, combos and line edits in the program's own look."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListView, QWidget

from loadline.gui.theme import BODY, SMALL, Theme, font
from loadline.gui.theme.fonts import Size
from loadline.gui.widgets.focus import FocusRing
from loadline.gui.widgets.painting import draw_icon, rounded


class CheckBox(FocusRing, QCheckBox):
    """A check box of 16 px, radius 4, in the accent with a check of 12 px."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        size: Size = BODY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setFont(font(size))
        self.setAccessibleName(text.replace("&", ""))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return box 16, gap 8 and the text."""
        metrics = QFontMetrics(self.font())
        width = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        return QSize(2 + 16 + 8 + width + 2, 24)

    def minimumSizeHint(self) -> QSize:
        """Return the same: no label is cut."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """Take clicks anywhere on box and text."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, check, text and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        top = (self.height() - 16) // 2
        box = QRectF(2, top, 16, 16)
        if self.isChecked():
            role = "accenth" if self.underMouse() else "accent"
            rounded(painter, box, 4, color(role if self.isEnabled() else "border2"))
            draw_icon(painter, self._theme, "check", "onaccent", 12, 4, top + 8)
        else:
            ground = color("hover" if self.underMouse() else "surface")
            rounded(
                painter,
                box,
                4,
                ground,
                color("border2" if self.isEnabled() else "border"),
            )
        if self.ring:
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)
        painter.setPen(color("text" if self.isEnabled() else "text3"))
        area = QRectF(26, 0, self.width() - 26, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(area, flags, self.text())


class ComboBox(QComboBox):
    """A combo box 32 high (toolbars 28) with the double chevron; the wheel needs focus."""

    def __init__(
        self,
        theme: Theme,
        name: str = "",
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        choices = QListView(self)
        choices.setAccessibleName(name)
        self.setView(choices)
        self.setFixedHeight(28 if small else 32)
        self.setProperty("compact", small)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFont(font())
        self.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value, unless focused."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and the double chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        role = "text2" if self.isEnabled() else "border2"
        middle = self.height() / 2
        draw_icon(
            painter,
            self._theme,
            "chevrons-up-down",
            role,
            14,
            self.width() - 24,
            middle,
        )


class LineEdit(QLineEdit):
    """A line edit 32 high (toolbars 28); `icon` stands at its left."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        icon: str = "",
        placeholder: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(28 if small else 32)
        self.setProperty("compact", small)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setAcceptDrops(False)  # a folder dropped here is meant for the window
        self.setFont(font(SMALL) if small else font())
        if icon:
            self.add_icon(icon, QLineEdit.ActionPosition.LeadingPosition)

    def add_icon(
        self,
        icon: str,
        position: QLineEdit.ActionPosition = QLineEdit.ActionPosition.TrailingPosition,
        name: str = "",
    ) -> QAction:
        """Add a small icon inside; connect the returned action where it does something."""
        action = QAction(name, self)
        action.setToolTip(name)
        self._theme.set_icon(action, icon, "text3", 14)
        self.addAction(action, position)
        return action

    def set_wrong(self, wrong: bool) -> None:
        """Turn the border to the failed colour, or back."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)
