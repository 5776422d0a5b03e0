"""The program's own controls; every one takes the `Theme` it paints with.

Measures are those of the visual target; nothing here knows a page.
"""

from loadline.gui.widgets.button import Button
from loadline.gui.widgets.card import Card, DropZone, dropped_path
from loadline.gui.widgets.chips import FilterChip
from loadline.gui.widgets.fields import CheckBox, ComboBox, LineEdit
from loadline.gui.widgets.focus import FocusRing
from loadline.gui.widgets.labels import (
    BigNumber,
    ElidedLabel,
    FieldLabel,
    Rule,
    SectionTitle,
    Text,
    Title,
)
from loadline.gui.widgets.link import LinkButton
from loadline.gui.widgets.notice import Notice
from loadline.gui.widgets.painting import draw_icon, rounded
from loadline.gui.widgets.pill import IconLabel, Pill, TypeChip, chip_width, draw_chip
from loadline.gui.widgets.segments import Segments
from loadline.gui.widgets.stepper import RateStepper, Stepper
from loadline.gui.widgets.table import CellDelegate, HeaderView, TableView

__all__ = [
    "BigNumber", "Button", "Card", "CellDelegate", "CheckBox", "ComboBox", "DropZone",
    "ElidedLabel", "FieldLabel", "FilterChip", "FocusRing", "HeaderView", "IconLabel", "LineEdit",
    "LinkButton", "Notice", "Pill", "RateStepper", "Rule", "SectionTitle", "Segments", "Stepper",
    "TableView", "Text", "Title", "TypeChip", "chip_width", "draw_chip", "draw_icon",
    "dropped_path", "rounded",
]  # fmt: skip
