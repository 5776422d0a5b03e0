"""What is wrong with a run's folder, and the way to have it mended."""

from __future__ import annotations

from html import escape

from loadline.gui.run_page.run_like import RunLike
from loadline.gui.theme import Theme
from loadline.gui.widgets import Notice


class DamageNotice(Notice):
    """Names the damage until it is mended; its link asks for that."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("damageNotice")
        self.setVisible(False)

    def show_run(self, run: RunLike) -> None:
        """Tell what is wrong with a run, or hide."""
        if not run.damage:
            self.setVisible(False)
            return
        told = " ".join(escape(sentence) for sentence in run.damage)
        link = self.tr("Read it again")
        self.tell(told, icon="triangle-alert", tone="failed", link=link)
