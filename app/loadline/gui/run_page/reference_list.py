"""The references of a run with many: a list to search, whose first line is all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from loadline.gui.models import figures
from loadline.gui.theme import Theme
from loadline.gui.widgets import LineEdit, SectionTitle

LINE = 28
HEIGHT = 76 + 5 * LINE
Index = QModelIndex | QPersistentModelIndex


class _Found(QSortFilterProxyModel):
    """Shows the lines that hold the searched text; the first line always."""

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]
        """Tell whether a line is shown."""
        return row == 0 or super().filterAcceptsRow(row, parent)


class _Line(QStyledItemDelegate):
    """Lines of 28 px, cut at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return 28 px of height."""
        return QSize(80, LINE)


class ReferenceList(QWidget):
    """`chosen` gives the number of a reference, from 1; 0 stands for all of them."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = SectionTitle()
        self.search = LineEdit(
            theme,
            self.tr("Find a reference"),
            icon="search",
            small=True,
            placeholder=self.tr("Find a reference"),
        )
        self.search.setObjectName("referenceSearch")
        self.search.setClearButtonEnabled(True)
        self._lines = QStringListModel(self)
        self._found = _Found(self)
        self._found.setSourceModel(self._lines)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = QListView()
        self.list.setObjectName("referenceList")
        self.list.setAccessibleName(self.tr("References"))
        self.list.setModel(self._found)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.search.textChanged.connect(self._found.setFilterFixedString)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.setFixedHeight(HEIGHT)

    def show_references(self, names: Sequence[str]) -> None:
        """Show references by name, all of them chosen."""
        self.title.setText(self.tr("{0} references").format(figures.count(len(names))))
        numbered = [f"{number}  {name}" for number, name in enumerate(names, start=1)]
        self.search.clear()
        self._lines.setStringList([self.tr("All: each with its nearest"), *numbered])
        self.choose(0)

    def choose(self, number: int) -> None:
        """Choose a reference; 0: all of them."""
        place = self._found.mapFromSource(self._lines.index(number, 0))
        self.list.setCurrentIndex(place)
        self.list.scrollTo(place)

    def number(self) -> int:
        """Return the chosen reference, from 1; 0: all of them."""
        return max(0, self._found.mapToSource(self.list.currentIndex()).row())

    def _moved(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.number())
