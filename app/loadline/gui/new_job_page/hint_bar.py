"""What is worth knowing before the start, one sentence at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loadline.domain.survey import Hint
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import Button, Notice, Text


class HintBar(QWidget):
    """Shows the hints of a survey one by one; `followed` gives the one whose link was pressed."""

    followed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._hints: tuple[Hint, ...] = ()
        self._shown = 0
        self.notice = Notice(theme)
        self._place = Text("", "secondary", size=SMALL, numbers=True)
        self.next = Button(
            theme, icon="chevron-right", variant="quiet", size="small", name=self.tr("Next hint")
        )
        self.next.setObjectName("nextHintButton")
        self.notice.add(self._place)
        self.notice.add(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 8)
        column.addWidget(self.notice)
        self.notice.link_clicked.connect(self._follow)
        self.next.clicked.connect(self._turn)
        self.setVisible(False)

    def set_hints(self, hints: tuple[Hint, ...]) -> None:
        """Show these hints from the first on; without any the bar is not there."""
        if hints != self._hints:
            self._hints, self._shown = hints, 0
        self.setVisible(bool(hints))
        if hints:
            self._tell()

    @property
    def shown(self) -> Hint | None:
        """The hint that is shown."""
        return self._hints[self._shown] if self._hints else None

    def _tell(self) -> None:
        hint = self._hints[self._shown]
        link = self.tr("Show values") if hint.column else ""
        self.notice.tell(_marked(hint), icon="lightbulb", tone="waiting", link=link)
        many = len(self._hints) > 1
        place = self.tr("{0} of {1}").format(self._shown + 1, len(self._hints))
        self._place.setText(place)
        self._place.setVisible(many)
        self.next.setVisible(many)

    def _turn(self) -> None:
        self._shown = (self._shown + 1) % len(self._hints)
        self._tell()

    def _follow(self) -> None:
        if self.shown is not None:
            self.followed.emit(self.shown)


def _marked(hint: Hint) -> str:
    """Return the sentence as rich text with the column's name in semibold."""
    text = hint.sentence.replace("&", "&amp;").replace("<", "&lt;")
    if not hint.column:
        return text
    name = hint.column.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(name, f"<b>{name}</b>", 1)
