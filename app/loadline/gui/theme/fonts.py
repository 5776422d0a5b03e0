"""The type scale: Inter at 20, 15, 13 and 12 pixels, with even digits where numbers stand."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Inter"
TITLE: Final = 20
SECTION: Final = 15
BODY: Final = 13
SMALL: Final = 12
Size = Literal[20, 15, 13, 12]
_SPACING = {TITLE: 98.5, SECTION: 99.0}
REGULAR, MEDIUM, SEMIBOLD = (
    QFont.Weight.Normal,
    QFont.Weight.Medium,
    QFont.Weight.DemiBold,
)


@lru_cache(maxsize=64)
def font(
    size: Size = BODY,
    weight: QFont.Weight = REGULAR,
    *,
    numbers: bool = False,
) -> QFont:
    """Return a font of the scale; `numbers` gives digits of equal width (not for file names).

    The same object is returned for the same arguments: copy it before a change.
    """
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    if size in _SPACING:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _SPACING[size])
    if numbers:
        made.setFeature(QFont.Tag("tnum"), 1)
    made.setStyleHint(QFont.StyleHint.SansSerif)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=1)
def fixed() -> QFont:
    """Return the system's fixed font at 12 pixels, for filter expressions."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(SMALL)
    return made
