"""Colours that can be read, and a theme that can be changed while everything is on screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from loadline.domain.receipt import RunState
from loadline.domain.schema import ColumnType
from loadline.domain.tasks import TaskRow, TaskState, WaitReason
from loadline.gui.theme import (
    DARK,
    LIGHT,
    SEMIBOLD,
    SMALL,
    Theme,
    Tokens,
    Tone,
    font,
    pixmap,
    run_look,
    state_look,
    task_look,
    type_look,
)
from loadline.gui.theme.theme import style_sheet

STATES = [field.name for field in fields(Tokens) if field.type == "Tone"]
WORKING_STATES = [name for name in STATES if name != "quietdone"]


def luminance(value: str) -> float:
    """Relative luminance (WCAG 2.1)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    colour = QColor(value)
    red, green, blue = (linear(p) for p in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
@pytest.mark.parametrize("ground", ["bg", "surface", "sunken", "hover", "sel"])
def test_every_text_can_be_read_on_every_ground(tokens: Tokens, ground: str) -> None:
    texts = ["text", "text2", "text3", "accent", "axis"]
    texts += [f"{state}.text" for state in WORKING_STATES]
    low = {
        role: round(contrast(tokens.value(role), tokens.value(ground)), 2)
        for role in texts
        if contrast(tokens.value(role), tokens.value(ground)) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
@pytest.mark.parametrize("state", WORKING_STATES)
def test_a_state_can_be_read_on_its_own_soft_colour(tokens: Tokens, state: str) -> None:
    tone = tokens.tone(state)
    assert contrast(tone.text, tone.soft) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_text_on_filled_grounds_can_be_read(tokens: Tokens) -> None:
    assert contrast(tokens.onaccent, tokens.accent) >= 4.5
    assert contrast(tokens.onaccent, tokens.accenth) >= 4.5
    assert contrast(tokens.accent, tokens.accentsoft) >= 4.5
    assert contrast(tokens.quietdone.text, tokens.quietdone.fill) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_bars_stand_out_from_the_page(tokens: Tokens) -> None:
    told = [state for state in WORKING_STATES if state != "queued"]
    low = {
        state: round(contrast(tokens.tone(state).fill, tokens.surface), 2)
        for state in told
        if contrast(tokens.tone(state).fill, tokens.surface) < 3.0
    }
    assert low == {}


def test_both_themes_have_the_same_tokens_as_colours() -> None:
    for tokens in (LIGHT, DARK):
        for field in fields(Tokens):
            value = getattr(tokens, field.name)
            colours = (value.text, value.fill, value.soft) if isinstance(value, Tone) else (value,)
            if field.name != "name":
                assert all(QColor(colour).isValid() for colour in colours), field.name


@pytest.fixture
def changed_back(theme: Theme) -> Iterator[Theme]:
    """Return the theme, light again afterwards."""
    yield theme
    theme.choose("light")


def test_a_change_of_theme_reaches_palette_style_and_icons(changed_back: Theme) -> None:
    theme = changed_back
    button = QPushButton()
    theme.set_icon(button, "play", "text2")
    assert alike(ink(button.icon()), QColor(LIGHT.text2))
    app = QApplication.instance()
    assert isinstance(app, QApplication)

    theme.choose("dark")

    assert theme.tokens is DARK
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(DARK.surface)
    assert DARK.surface in app.styleSheet()
    assert LIGHT.surface not in app.styleSheet()
    assert alike(ink(button.icon()), QColor(DARK.text2))
    button.deleteLater()


def test_a_widget_that_is_gone_keeps_no_icon_alive(changed_back: Theme) -> None:
    button = QPushButton()
    changed_back.set_icon(button, "play")
    button.deleteLater()
    QApplication.processEvents()
    del button

    changed_back.choose("dark")
    changed_back.choose("light")


def ink(icon: QIcon) -> QColor:
    """Return the colour of the icon's most opaque pixel."""
    image = icon.pixmap(QSize(16, 16)).toImage()
    sides = range(image.width())
    pixels = [image.pixelColor(x, y) for x in sides for y in sides]
    return max(pixels, key=lambda pixel: pixel.alpha())


def alike(one: QColor, other: QColor) -> bool:
    """Equal up to the rounding of half-transparent pixels."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) <= 3 for a, b in pairs)


def test_icons_are_drawn_at_the_screens_own_resolution(qapp: QApplication) -> None:
    sharp = pixmap("play", "#0A66AD", 16, 2.0)
    assert (sharp.width(), sharp.devicePixelRatio()) == (32, 2.0)
    assert pixmap("play", "#0A66AD", 16, 2.0) is sharp


def test_an_icon_that_is_not_shipped_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon", "#000000")


def test_every_state_and_type_has_a_word_and_an_icon_that_is_shipped(qapp: QApplication) -> None:
    looks = [state_look(state) for state in TaskState] + [run_look(state) for state in RunState]
    for look in looks:
        assert look.word
        assert not pixmap(look.icon, LIGHT.value(f"{look.tone}.text")).isNull()
    for kind in ColumnType:
        told = type_look(kind)
        assert told.word
        assert told.sign or not pixmap(told.icon, "#000000").isNull()


def test_a_wait_says_its_reason() -> None:
    row = TaskRow(0, "a", state=TaskState.WAITING, reason=WaitReason.RETRY, until=5.0)
    assert task_look(row, now=2.9).word == "Retry in 2.1 s"
    words = {
        reason: task_look(TaskRow(0, "a", state=TaskState.WAITING, reason=reason)).word
        for reason in WaitReason
    }
    assert words[WaitReason.SOURCE] == "No answer"
    assert len(set(words.values())) == len(WaitReason)


def test_only_shipped_weights_of_inter_are_used(theme: Theme) -> None:
    made = font(SMALL, SEMIBOLD, numbers=True)
    assert (made.family(), made.pixelSize(), made.weight()) == ("Inter", 12, 600)
    assert font(SMALL, SEMIBOLD, numbers=True) is made


def test_no_token_is_left_open_in_the_style_sheet(theme: Theme) -> None:
    for tokens in (LIGHT, DARK):
        assert "$" not in style_sheet(tokens)


def test_the_style_sheet_is_back_after_many_widgets_were_made(qapp: QApplication) -> None:
    theme = Theme(qapp, "light")
    sheet = qapp.styleSheet()
    assert sheet
    with theme.laid_aside():
        assert qapp.styleSheet() == ""
    assert qapp.styleSheet() == sheet
