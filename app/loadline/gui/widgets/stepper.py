"""Number fields with a minus and a plus: one frame, no default arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from loadline.gui.theme import MEDIUM, Theme, font
from loadline.gui.widgets.painting import rounded

_SIDE = 28
_VALUE = 36


class _StepperFrame(QWidget):
    """The frame around the field and its two buttons."""

    def __init__(
        self, theme: Theme, spin: QSpinBox | QDoubleSpinBox, name: str, height: int
    ) -> None:
        super().__init__()
        self._theme = theme
        self.spin = spin
        self._longest = self.locale().toString(round(spin.maximum())) + (
            ".0" if isinstance(spin, QDoubleSpinBox) else ""
        )
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(spin)
        self._dress_spin(name)
        self.minus = self._side_button("minus", self.tr("Less: {0}").format(name))
        self.plus = self._side_button("plus", self.tr("More: {0}").format(name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(1)
        row.addWidget(self.minus)
        row.addWidget(spin, 1)
        row.addWidget(self.plus)
        self.minus.clicked.connect(spin.stepDown)
        self.plus.clicked.connect(spin.stepUp)

    def _dress_spin(self, name: str) -> None:
        spin = self.spin
        spin.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        spin.setFrame(False)
        spin.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        spin.setFont(font(weight=MEDIUM, numbers=True))
        spin.setAccessibleName(name)
        spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel alone gives no focus
        spin.setKeyboardTracking(False)
        spin.setGroupSeparatorShown(True)
        spin.installEventFilter(self)
        spin.lineEdit().installEventFilter(self)

    def _side_button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setFixedWidth(_SIDE)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        button.setAutoRepeat(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same in the field
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setStyleSheet("QToolButton, QToolButton:hover { border: none; background: none; }")
        self._theme.set_icon(button, icon, "text2", 14)
        return button

    def sizeHint(self) -> QSize:
        """Return the two sides and the widest of the shown texts."""
        metrics = QFontMetrics(self.spin.font())
        texts = (
            self.spin.specialValueText(),
            self._longest,
        )
        widest = max(metrics.horizontalAdvance(text) for text in texts)
        suffix = metrics.horizontalAdvance(self.spin.suffix())
        return QSize(2 * _SIDE + 2 + max(_VALUE, widest + suffix + 20), self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel change the value only while the field is focused."""
        if event.type() == QEvent.Type.Wheel and not self.spin.hasFocus():
            event.ignore()
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame and the two lines."""
        painter = QPainter(self)
        color = self._theme.color
        focused = self.spin.hasFocus()
        border = color("accent" if focused else "border2" if self.isEnabled() else "border")
        ground = color("surface") if self.isEnabled() else None
        rounded(painter, QRectF(self.rect()), 6, ground, border, 2 if focused else 1)
        for x in (_SIDE, self.width() - _SIDE - 1):
            painter.fillRect(x, 1, 1, self.height() - 2, color("border"))


class Stepper(_StepperFrame):
    """Whole numbers. `zero` is what 0 reads as, e.g. *Auto*; the `QSpinBox` is `spin`."""

    changed = Signal(int)

    def __init__(
        self,
        theme: Theme,
        name: str,
        low: int,
        high: int,
        value: int = 0,
        *,
        zero: str = "",
        suffix: str = "",
        step: int = 1,
        height: int = 32,
    ) -> None:
        spin = QSpinBox()
        spin.setRange(low, high)
        spin.setSingleStep(step)
        spin.setSpecialValueText(zero)
        spin.setSuffix(suffix)
        spin.setValue(value)
        super().__init__(theme, spin, name, height)
        self._whole = spin
        spin.valueChanged.connect(self.changed)

    def value(self) -> int:
        """Return the number."""
        return self._whole.value()

    def set_value(self, value: int) -> None:
        """Show another number."""
        self._whole.setValue(value)


class RateStepper(_StepperFrame):
    """Numbers with one decimal. `zero` is what 0 reads as; the `QDoubleSpinBox` is `spin`."""

    changed = Signal(float)

    def __init__(
        self,
        theme: Theme,
        name: str,
        high: float,
        value: float = 0.0,
        *,
        zero: str = "",
        suffix: str = "",
        step: float = 0.5,
        height: int = 32,
    ) -> None:
        spin = QDoubleSpinBox()
        spin.setDecimals(1)
        spin.setRange(0.0, high)
        spin.setSingleStep(step)
        spin.setSpecialValueText(zero)
        spin.setSuffix(suffix)
        spin.setValue(value)
        super().__init__(theme, spin, name, height)
        self._decimal = spin
        spin.valueChanged.connect(self.changed)

    def value(self) -> float:
        """Return the number."""
        return self._decimal.value()

    def set_value(self, value: float) -> None:
        """Show another number."""
        self._decimal.setValue(value)
