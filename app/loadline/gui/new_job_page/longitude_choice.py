"""The longitude of kilometres, where latitude and longitude stand in two fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from loadline.gui.new_job_page.reference_text import text_of
from loadline.gui.theme import Theme
from loadline.gui.widgets import ComboBox, LineEdit

_FIELD, _VALUE = 152, 104
_PAIRS = (("latitude", "longitude"), ("lat", "lon"), ("lat", "lng"), ("lat", "long"), ("y", "x"))


class LongitudeChoice(QObject):
    """A field, and the reference's value for it; the widgets are laid out by the row.

    `chosen`: another field. `typed`: the field and the text of the reference's value.
    """

    chosen = Signal()
    typed = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._numbers: tuple[str, ...] = ()
        self.field = ComboBox(theme, self.tr("Field of the longitude"), small=True)
        self.field.setFixedWidth(_FIELD)
        self.field.setToolTip(
            self.tr("The field of the longitude; the one before it has the latitude")
        )
        self.value = LineEdit(
            theme, self.tr("Longitude compared with"), small=True,
            placeholder=self.tr("longitude …"),
        )  # fmt: skip
        self.value.setFixedWidth(_VALUE)
        self.set_fields(())
        self.field.activated.connect(self.chosen)
        self.value.textEdited.connect(lambda text: self.typed.emit(self.name, text))

    @property
    def name(self) -> str:
        """The field; empty: latitude and longitude stand in one."""
        return str(self.field.currentData() or "")

    def set_fields(self, numbers: Sequence[str]) -> None:
        """Offer these fields; the one chosen stays."""
        self._numbers, before = tuple(numbers), self.name
        with QSignalBlocker(self.field):
            self.field.clear()
            self.field.addItem(self.tr("and longitude"), "")
            for name in dict.fromkeys([*numbers, *([before] if before else [])]):
                self._add(name)
        self.choose(before)

    def choose(self, name: str) -> None:
        """Show that this field has the longitude, without telling anyone."""
        with QSignalBlocker(self.field):
            if name and self.field.findData(name) < 0:
                self._add(name)
            self.field.setCurrentIndex(max(0, self.field.findData(name)))

    def _add(self, name: str) -> None:
        self.field.addItem(self.tr("longitude: {0}").format(name), name)

    def guess(self, latitude: str) -> None:
        """Choose the field whose name belongs to that of `latitude`, where it is a number."""
        if latitude not in self._numbers or self.name:
            return
        for here, there in _PAIRS:
            for name in self._numbers:
                if here in latitude.lower() and name.lower() == latitude.lower().replace(
                    here, there
                ):
                    self.choose(name)
                    self.chosen.emit()
                    return

    def show_reference(self, reference: Mapping[str, Any]) -> None:
        """Show the reference's value of the field."""
        if self.name:
            self.value.setText(text_of(reference.get(self.name)))

    def set_visible(self, wanted: bool, *, many: bool) -> None:
        """Show the field for kilometres, and the value for one reference in two fields."""
        self.field.setVisible(wanted)
        self.value.setVisible(wanted and not many and bool(self.name))
