"""The corrections of a run, kept in its folder as ``problems/fixes.json``."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from loadline.domain.errors import Place, RunError
from loadline.domain.fixes import Fix
from loadline.store.run_folder import RunFolder
from loadline.store.writing import write_whole

FORMAT = 1
NAME = "fixes.json"


class _Kept(Struct, frozen=True):
    format: int
    fixes: tuple[Fix, ...]


def write_fixes(folder: RunFolder, fixes: Iterable[Fix]) -> None:
    """Keep all corrections of a run instead of the earlier ones; raises `OutputError`."""
    write_whole(folder.problems / NAME, msgspec.json.encode(_Kept(FORMAT, tuple(fixes))))


def read_fixes(folder: RunFolder) -> tuple[Fix, ...]:
    """Return the corrections of a run; none where none were made. Raises `RunError`."""
    path = folder.problems / NAME
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError) as error:
        raise RunError(
            "The rows that were fixed by hand cannot be read.",
            place=Place(str(path)),
            cause=str(error),
            advice="Remove that file to go on without them.",
        ) from error
    if kept.format > FORMAT:
        raise RunError(
            "The rows that were fixed by hand are of a newer format.",
            place=Place(str(path)),
            advice="Install a newer version of Loadline.",
        )
    return kept.fixes
