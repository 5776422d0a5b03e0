"""The Settings page: changes hold at once, wrong ones are told and not kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loadline.domain.errors import SettingsError
from loadline.gui.settings_page import SettingsPage
from loadline.gui.theme import DARK, Theme
from loadline.settings import Settings, load_settings, save_settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def settings_page(qtbot: QtBot, theme: Theme, file: Path) -> Iterator[SettingsPage]:
    page = SettingsPage(
        theme, Settings(appearance="light"), lambda settings: save_settings(settings, file)
    )
    qtbot.addWidget(page)
    page.show()
    yield page
    theme.choose("light")


def test_the_appearance_changes_at_once_and_is_kept(
    settings_page: SettingsPage, theme: Theme, file: Path
) -> None:
    settings_page.appearance.choose("dark")
    assert theme.tokens is DARK
    assert load_settings(file).appearance == "dark"


def test_what_a_new_job_begins_with_is_kept(settings_page: SettingsPage, file: Path) -> None:
    settings_page.cap.set_value(5)
    settings_page.rate.set_value(2.5)
    settings_page.retries.set_value(0)
    settings_page.on_failure.setCurrentIndex(1)
    settings_page.on_failure.activated.emit(1)

    policy = load_settings(file).defaults.policy
    assert (policy.concurrency, policy.rate, policy.retries) == (5, 2.5, 0)
    assert policy.on_failure == "stop"
    assert policy.deadline == 300.0


def test_how_much_of_old_runs_stays_is_kept_and_0_is_all(
    settings_page: SettingsPage, file: Path
) -> None:
    assert (settings_page.keep_room.value(), settings_page.keep_days.value()) == (20, 90)
    settings_page.keep_room.set_value(5)
    settings_page.keep_days.set_value(0)
    assert settings_page.keep_days.spin.text() == "All"
    kept = load_settings(file)
    assert (kept.keep_gigabytes, kept.keep_days) == (5, 0)


def test_a_folder_for_runs_is_kept(settings_page: SettingsPage, file: Path, tmp_path: Path) -> None:
    settings_page.folder.setText(str(tmp_path / "my runs"))
    settings_page.folder.editingFinished.emit()
    assert load_settings(file).runs_dir == tmp_path / "my runs"


def test_half_a_path_is_told_and_not_kept(settings_page: SettingsPage, file: Path) -> None:
    settings_page.folder.setText("runs")
    settings_page.folder.editingFinished.emit()
    assert settings_page.notice.isVisible()
    assert "whole path" in settings_page.notice.text()
    assert not file.exists()


def test_settings_that_cannot_be_saved_are_told(qtbot: QtBot, theme: Theme) -> None:
    def full(_settings: Settings) -> None:
        raise SettingsError("The settings cannot be saved: no space left.")

    page = SettingsPage(theme, Settings(appearance="light"), full)
    qtbot.addWidget(page)
    page.show()
    page.cap.set_value(5)
    assert page.notice.text() == "The settings cannot be saved: no space left."
