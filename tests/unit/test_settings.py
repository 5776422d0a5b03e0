"""Settings: kept whole, refused when wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from loadline.domain.errors import SettingsError
from loadline.domain.policy import Policy
from loadline.settings import Defaults, Settings, load_settings, save_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "none" / "settings.toml")

    assert settings == Settings()
    assert settings.runs_dir == Path.home() / "Loadline"
    assert settings.defaults.policy == Policy()


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    settings = Settings(
        appearance="dark",
        language="de",
        runs_folder=str(tmp_path / "läufe"),
        defaults=Defaults(concurrency=3, rate=0.5, retries=0, on_failure="stop"),
    )

    save_settings(settings, file)

    assert load_settings(file) == settings
    assert load_settings(file).defaults.policy.on_failure == "stop"
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_a_newer_format_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('format = 7\nsomething = "new"\n')

    with pytest.raises(SettingsError, match=r"format 7; this program reads up to 1"):
        load_settings(file)

    assert "format = 7" in file.read_text()


@pytest.mark.parametrize("text", ["format = 7\nsomething = 1\n", 'appearence = "dark"\n'])
def test_what_this_version_cannot_read_is_not_written_over(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)

    with pytest.raises(SettingsError):
        save_settings(Settings(appearance="dark"), file)

    assert file.read_text() == text


@pytest.mark.parametrize(
    "text",
    ['appearance = "pink"\n', "colour = 1\n", "[defaults]\nretries = -1\n", "not toml", "\x00"],
)
def test_wrong_settings_are_refused_with_the_file_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)

    with pytest.raises(SettingsError) as caught:
        load_settings(file)

    assert caught.value.place is not None
    assert str(file) in str(caught.value.place)


def test_settings_that_cannot_be_saved_say_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")

    with pytest.raises(SettingsError, match="cannot be saved"):
        save_settings(Settings(), tmp_path / "taken" / "settings.toml")
