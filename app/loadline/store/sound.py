"""Looking once whether a part's bytes are those that were written, before a value of it is used.

Rotten bytes of a disk decode without an error more often than not, and then a wrong value would be
shown or exported. Each process looks a part through when it first opens it (at the speed of the
disk; 0.1 s for 400 MB that are in memory), and again only when the file is another one.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from loadline.domain.errors import PartDamaged, Place
from loadline.store.checksum import file_checksum
from loadline.store.part_ref import PartRef

_State = tuple[int, int, int]
_lock = Lock()
_seen: dict[tuple[Path, str], _State] = {}
MOST_SEEN = 100_000


def check_part(path: Path, part: PartRef) -> None:
    """Raise `PartDamaged` when the file at `path` is not what was told of `part`.

    A part of which no checksum was told is taken as it is.
    """
    if not part.checksum:
        return
    with _lock:  # several threads of a query come to the same part at once
        try:
            state = _state(path)
            if _seen.get((path, part.checksum)) == state:
                return
            found, _ = file_checksum(path)
        except FileNotFoundError as error:
            raise damaged(part, "It is no longer there.") from error
        except OSError as error:
            raise damaged(part, str(error)) from error
        if found != part.checksum:
            raise damaged(part, f"{part.checksum} was told, {found} is there")
        if len(_seen) >= MOST_SEEN:
            _seen.clear()
        _seen[path, part.checksum] = state


def damaged(part: PartRef, cause: str) -> PartDamaged:
    """Return the error of a part that cannot be used."""
    name = part.name or part.file
    return PartDamaged(
        f"The result of {name} is damaged on the disk.",
        place=Place(part.file),
        cause=cause,
        advice="It can be read again from its source.",
    )


def _state(path: Path) -> _State:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ino
