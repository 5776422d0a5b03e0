"""The filter chips: all tasks, or those of some states; also the legend of the progress bar."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loadline.domain.tasks import TaskState
from loadline.gui.theme import Look, Theme, state_look
from loadline.gui.widgets import FilterChip

ORDER = (
    TaskState.RUNNING, TaskState.CANCELLING, TaskState.WAITING, TaskState.QUEUED, TaskState.DONE,
    TaskState.KEPT, TaskState.FAILED, TaskState.CANCELLED,
)  # fmt: skip
_ALWAYS = frozenset({TaskState.RUNNING, TaskState.QUEUED, TaskState.DONE})


class StateFilter(QWidget):
    """Chips with counts; several states may be chosen, *All* lifts the filter."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("stateFilter")
        self.setAccessibleName(self.tr("Show by state"))
        self._counts: Counter[TaskState] = Counter()
        self.all = FilterChip(theme, Look("", self.tr("All"), "queued"))
        self.all.setChecked(True)
        self.all.clicked.connect(self.clear)
        self.chips = {state: FilterChip(theme, state_look(state)) for state in ORDER}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.all)
        for state, chip in self.chips.items():
            chip.setObjectName(f"chip-{state.value}")
            chip.clicked.connect(self._choose)
            chip.setVisible(state in _ALWAYS)
            row.addWidget(chip)

    def states(self) -> frozenset[TaskState] | None:
        """Return the chosen states; None: all."""
        chosen = frozenset(state for state, chip in self.chips.items() if chip.isChecked())
        return chosen or None

    def set_counts(self, counts: Counter[TaskState]) -> None:
        """Show how many tasks are in each state; states without a task are left out."""
        if counts == self._counts:
            return
        self._counts = Counter(counts)
        self.all.set_count(sum(counts.values()))
        for state, chip in self.chips.items():
            chip.set_count(counts[state])
            wanted = counts[state] > 0 or state in _ALWAYS or chip.isChecked()
            if chip.isVisibleTo(self) != wanted:
                chip.setVisible(wanted)

    def clear(self) -> None:
        """Show all states again."""
        self.all.setChecked(True)
        chosen = self.states() is not None
        for chip in self.chips.values():
            chip.setChecked(False)
        if chosen:
            self.changed.emit()

    def _choose(self) -> None:
        self.all.setChecked(self.states() is None)
        self.changed.emit()
