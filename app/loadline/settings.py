"""What a person has set for all jobs, kept as TOML in the user's configuration folder."""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from loadline.domain.errors import Place, SettingsError
from loadline.domain.policy import MOST_AT_ONCE, OnFailure, Policy

FORMAT = 1
Appearance = Literal["system", "light", "dark"]


class Defaults(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Where a new job's policy starts from (see `Policy`)."""

    concurrency: Annotated[int, Meta(ge=0, le=MOST_AT_ONCE)] = 0
    rate: Annotated[float, Meta(ge=0)] = 0.0
    deadline: Annotated[float, Meta(ge=0)] = 300.0
    retries: Annotated[int, Meta(ge=0, le=100)] = 2
    on_failure: OnFailure = "continue"

    @property
    def policy(self) -> Policy:
        """The policy that a new job begins with."""
        return Policy(**msgspec.structs.asdict(self))


class Settings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """All settings; what is left at its default is not written."""

    format: Literal[1] = 1
    appearance: Appearance = "system"
    language: str = ""
    """A locale's name, e.g. ``de``; empty: the system's."""
    notify: bool = True
    """Tell the end of a long run while another window is in front."""
    runs_folder: str = ""
    """Where run folders are kept; empty: ``Loadline`` in the home folder."""
    keep_gigabytes: Annotated[int, Meta(ge=0)] = 20
    """Room for runs; beyond it the oldest that ended well are deleted at the start. 0: no limit."""
    keep_days: Annotated[int, Meta(ge=0)] = 90
    """Days that a run which ended well is kept. 0: for ever."""
    defaults: Defaults = Defaults()

    @property
    def runs_dir(self) -> Path:
        """The folder that holds the run folders."""
        return Path(self.runs_folder).expanduser() if self.runs_folder else Path.home() / "Loadline"


def settings_file() -> Path:
    """Return where the settings are kept for this user."""
    from platformdirs import user_config_path

    return user_config_path("loadline", appauthor=False) / "settings.toml"


def load_settings(file: Path | None = None) -> Settings:
    """Return the settings in `file`, or the defaults where there is none.

    Raises `SettingsError` for a file that cannot be read, unknown keys, wrong values and a newer
    format: nothing is guessed and the file stays as it is.
    """
    file = file or settings_file()
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(file, f"The settings cannot be read: {error}.") from error
    if isinstance(table.get("format"), int) and table["format"] > FORMAT:
        raise SettingsError(
            f"The settings have format {table['format']}; this program reads up to {FORMAT}.",
            place=Place(str(file)),
            cause="format",
            advice="Install a newer version of Loadline, or move the file away.",
        )
    try:
        return msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise _wrong(file, f"The settings are not valid: {error}.") from error


def _wrong(file: Path, sentence: str) -> SettingsError:
    return SettingsError(
        sentence, place=Place(str(file)), advice="Correct the file, or move it away."
    )


def save_settings(settings: Settings, file: Path | None = None) -> None:
    """Write the settings so that the file is always whole.

    Raises `SettingsError`, also where `load_settings` refuses what is there: a newer version's
    settings, or a mistake that a person can still correct, are not written over.
    """
    import tomli_w

    file = file or settings_file()
    if file.is_file():
        load_settings(file)
    table: dict[str, Any] = {"format": FORMAT, **msgspec.to_builtins(settings)}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".settings-")
        try:
            with os.fdopen(handle, "wb") as out:
                tomli_w.dump(table, out)
                out.flush()
                os.fsync(out.fileno())
            Path(temporary).replace(file)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SettingsError(
            f"The settings cannot be saved: {error.strerror or error}.",
            place=Place(str(file)),
            advice="Check that the folder may be written.",
        ) from error
