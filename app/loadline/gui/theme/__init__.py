"""Colours, type, icons and how states look.

In short: ``theme.tokens.accent`` is today's colour, ``theme.color("failed.text")`` a `QColor`,
``theme.set_icon(button, "play", "onaccent")`` an icon that follows the theme,
``font(SMALL, MEDIUM, numbers=True)`` a font, ``task_look(row, now)`` icon, word and tone.
"""

from loadline.gui.theme.fonts import (
    BODY,
    MEDIUM,
    REGULAR,
    SECTION,
    SEMIBOLD,
    SMALL,
    TITLE,
    fixed,
    font,
)
from loadline.gui.theme.icons import pixmap
from loadline.gui.theme.states import (
    Look,
    TypeLook,
    run_look,
    state_look,
    task_look,
    type_look,
    wait_word,
)
from loadline.gui.theme.theme import Choice, Theme
from loadline.gui.theme.tokens import DARK, LIGHT, Tokens, Tone, qcolor

__all__ = [
    "BODY", "DARK", "LIGHT", "MEDIUM", "REGULAR", "SECTION", "SEMIBOLD", "SMALL", "TITLE",
    "Choice", "Look", "Theme", "Tokens", "Tone", "TypeLook", "fixed", "font", "pixmap", "qcolor",
    "run_look", "state_look", "task_look", "type_look", "wait_word",
]  # fmt: skip
