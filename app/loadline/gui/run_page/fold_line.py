"""The line that an ended run's chart and table fold into."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from loadline.domain.tasks import TaskState
from loadline.gui.models import figures
from loadline.gui.models.source_words import nouns
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import BODY, MEDIUM, SMALL, Theme, font, state_look
from loadline.gui.widgets import draw_icon, rounded

HEIGHT = 36
_SHOWN = (
    TaskState.DONE, TaskState.KEPT, TaskState.FAILED, TaskState.CANCELLED, TaskState.RUNNING,
    TaskState.WAITING, TaskState.QUEUED,
)  # fmt: skip


class FoldLine(QAbstractButton):
    """*Files and speed*, how many ended how, size and speed; a click unfolds."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: list[tuple[TaskState, int]] = []
        self._facts = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(self.tr("Files and speed"))
        self.setVisible(False)

    def tell(self, run: RunLike) -> None:
        """Show the sums of a run."""
        many = nouns(run.job).many
        self.setText(self.tr("{0} and speed").format(many[:1].upper() + many[1:]))
        board = run.board
        self._counts = [(s, board.counts[s]) for s in _SHOWN if board.counts[s]]
        seconds = run.receipt.seconds if run.receipt else run.elapsed()
        speed = figures.leading(board.rows_loaded / seconds, 3) if seconds > 0 else 0
        retries = self.tr("no retries")
        if board.retries:
            one, many = self.tr("1 retry"), self.tr("{0} retries")
            retries = one if board.retries == 1 else many.format(figures.count(board.retries))
        facts = (
            figures.size(board.bytes_read),
            self.tr("{0} rows/s").format(figures.count(speed)),
            retries,
        )
        self._facts = ", ".join(facts)
        told = ", ".join(f"{n} {state_look(s).word}" for s, n in self._counts)
        self.setAccessibleName(f"{self.text()}: {told}")
        self.setAccessibleDescription(self._facts)
        self.update()

    def facts(self) -> str:
        """Return the sums as shown."""
        return self._facts

    def sizeHint(self) -> QSize:
        """Return 36 px of height."""
        return QSize(400, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint chevron, name, counts and facts on sunken ground."""
        painter = QPainter(self)
        color = self._theme.color
        painter.fillRect(self.rect(), color("hover" if self.underMouse() else "sunken"))
        painter.fillRect(0, 0, self.width(), 1, color("border"))
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, color("border"))
        chevron = "chevron-down" if self.isChecked() else "chevron-right"
        draw_icon(painter, self._theme, chevron, "text2", 16, 24, 18)
        x = self._word(painter, 52, self.text(), "text")
        for state, number in self._counts:
            look = state_look(state)
            draw_icon(painter, self._theme, look.icon, f"{look.tone}.text", 16, x + 10, 18)
            word = f"{figures.count(number)} {look.word.lower()}"
            x = self._word(painter, x + 34, word, f"{look.tone}.text")
        painter.setFont(font(SMALL, numbers=True))
        painter.setPen(color("text2"))
        area = QRectF(x + 12, 0, self.width() - x - 36, HEIGHT)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._facts)
        if self.hasFocus():
            rounded(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, None, color("accent"))

    def _word(self, painter: QPainter, x: float, word: str, role: str) -> float:
        painter.setFont(font(BODY, MEDIUM))
        painter.setPen(self._theme.color(role))
        width = QFontMetrics(painter.font()).horizontalAdvance(word)
        area = QRectF(x, 0, width + 2, HEIGHT)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, word)
        return x + width
