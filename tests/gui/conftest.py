"""The theme that the tests of the window paint with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loadline.gui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """Return the light theme."""
    return Theme(qapp, "light")
