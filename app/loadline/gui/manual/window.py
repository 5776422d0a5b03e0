"""A window of its own for the manual, so that it can be read beside the work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from loadline.gui.manual.chapters import LANGUAGE, Chapter, chapters
from loadline.gui.manual.reader import Reader
from loadline.gui.theme import Theme

_LIST = 216
_LINE = 32
_KEY = Qt.ItemDataRole.UserRole


class ManualWindow(QWidget):
    """The chapters on the left, the text on the right; Esc closes it."""

    def __init__(self, theme: Theme, parent: QWidget, language: str = LANGUAGE) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("manualWindow")
        self.setWindowTitle(self.tr("Loadline manual"))
        self.setProperty("pane", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(1040, 760)
        self._chapters: tuple[Chapter, ...] = chapters(language)
        self.list = QListWidget()
        self.list.setObjectName("manualChapters")
        self.list.setAccessibleName(self.tr("Chapters"))
        self.list.setProperty("role", "chapters")
        self.list.setFixedWidth(_LIST)
        for chapter in self._chapters:
            item = QListWidgetItem(chapter.title, self.list)
            item.setData(_KEY, chapter.key)
            item.setSizeHint(QSize(0, _LINE))
        self.reader = Reader(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.reader, 1)
        self.list.currentRowChanged.connect(self._chosen)
        self.reader.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)

    def open_at(self, key: str) -> None:
        """Show the chapter of this key, or the first; bring the window to the front."""
        keys = [chapter.key for chapter in self._chapters]
        self.list.setCurrentRow(keys.index(key) if key in keys else 0)
        self.show()
        self.raise_()
        self.activateWindow()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> str:
        """Return the key of the chapter on screen."""
        return str(self.list.currentItem().data(_KEY))

    def _chosen(self, row: int) -> None:
        if row >= 0:
            self.reader.show_chapter(self._chapters[row].path)

    def _follow(self, url: QUrl) -> None:
        key = self.reader.chapter_of(url)
        if key:
            self.open_at(key)
