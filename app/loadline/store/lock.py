"""A lock that keeps a second program from writing the same run, and ends with its holder.

The system releases it when the holder ends in whatever way, so a killed program leaves no stale
lock. The file stays; who holds it, or held it last, stands in it as a process number.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from loadline.domain.errors import Place, RunError
from loadline.store.writing import writing

_TRIES, _PAUSE = 5, 0.02
"""Somebody who only looks whether it is locked holds it for a moment."""
_CANNOT = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS})


class FolderLock:
    """Held from its making to `release`."""

    def __init__(self, path: Path) -> None:
        """Lock the file at `path`; raises `RunError` when another holds it, `OutputError`."""
        with writing(path):
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            self._lock(path)
        except BaseException:
            os.close(self._file)
            raise
        with suppress(OSError):  # the number is only for people
            os.ftruncate(self._file, 0)
            os.write(self._file, b"%d\n" % os.getpid())

    def release(self) -> None:
        """Let another have it; harmless if repeated."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    def _lock(self, path: Path) -> None:
        for left in reversed(range(_TRIES)):
            if _try_lock(self._file):
                return
            if left:
                time.sleep(_PAUSE)
        holder = os.pread(self._file, 32, 0).decode(errors="replace").strip() if _POSIX else ""
        raise RunError(
            "Another program is working on this run.",
            place=Place(str(path.parent)),
            cause=f"process {holder}" if holder else "",
            advice="Wait until it ends, or end that program.",
        )


def is_locked(path: Path) -> bool:
    """Tell whether somebody holds the lock file at `path`."""
    try:
        file = os.open(path, os.O_RDONLY if _POSIX else os.O_RDWR)
    except OSError:
        return False
    try:
        return not _try_lock(file)
    finally:
        os.close(file)


_POSIX = sys.platform != "win32"

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> bool:
        os.lseek(file, 1 << 30, os.SEEK_SET)  # beyond the text, so that it stays readable
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in _CANNOT  # no locks on this drive: go on without
        return True
