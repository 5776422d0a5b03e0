"""How an exception that reached a worker's outermost border becomes a `LoadlineError`.

Sources and the store map what they foresee, with place and advice. What gets this far is told
as well as its type allows; the rest is a `Bug` with its traceback.
"""

from __future__ import annotations

import errno
import re
import traceback

from loadline.domain.errors import (
    Bug,
    Cancelled,
    DiskFull,
    LoadlineError,
    OutOfMemory,
    OutputRefused,
    Place,
    SourceMissing,
    SourceRefused,
    SourceUnreachable,
)

LONGEST_SENTENCE = 300
LONGEST_CAUSE = 20_000
LONGEST_CHAIN = 20
"""Errors that one may come from, which are looked at."""

_NO_MEMORY = re.compile(
    r"(?i)cannot allocate memory|out of memory|not enough memory|bad_alloc"
    r"|failed to map segment|can't start new thread"
)

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUSED = frozenset({errno.EACCES, errno.EPERM})
_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR})
_DRIVE = frozenset({errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENXIO})
_NETWORK = frozenset(
    {errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.ENETRESET}
)


def as_loadline_error(error: BaseException) -> LoadlineError:
    """Return `error` itself, what its type tells in plain words, or a `Bug`. Pure."""
    if isinstance(error, Cancelled):
        return error
    if _of_memory(error):
        return out_of_memory(_traceback(error))
    if isinstance(error, LoadlineError):
        return error
    if isinstance(error, OSError):
        return _of_system(error) or as_bug(error)
    return as_bug(error)


def out_of_memory(cause: str = "") -> OutOfMemory:
    """Return the error of a task that found no more memory."""
    return OutOfMemory(
        "There was not enough memory for this task.",
        cause=cause,
        advice="Run fewer tasks at once, or close other programs.",
    )


def _of_memory(error: BaseException) -> bool:
    """Whether `error`, or one that it comes from, is that no memory could be had.

    Whoever needs memory and gets none says so in a way of its own: a library that cannot be
    loaded, a thread that cannot be started, a file that seems damaged.
    """
    link: BaseException | None = error
    for _ in range(LONGEST_CHAIN):
        if link is None:
            return False
        if isinstance(link, MemoryError) or getattr(link, "errno", None) == errno.ENOMEM:
            return True
        if isinstance(link, OSError | ImportError | RuntimeError) and _NO_MEMORY.search(str(link)):
            return True
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return False


def _of_system(error: OSError) -> LoadlineError | None:
    place = None if error.filename is None else Place(str(error.filename))
    cause = str(error)
    if error.errno in _FULL:
        return DiskFull(
            "There is no space left on the disk.", place=place, cause=cause,
            advice="Free some space, then retry what is unfinished.",
        )  # fmt: skip
    if error.errno == errno.EROFS:
        return OutputRefused("This disk can be read but not written.", place=place, cause=cause)
    if error.errno in _REFUSED:
        return SourceRefused(
            "There is no permission to open this file or folder.", place=place, cause=cause
        )
    if error.errno in _MISSING:
        return SourceMissing("This file or folder is not there.", place=place, cause=cause)
    if error.errno in _DRIVE:
        return SourceUnreachable("The disk did not answer.", place=place, cause=cause)
    if isinstance(error, (ConnectionError, TimeoutError)) or error.errno in _NETWORK:
        return SourceUnreachable("The connection broke off.", place=place, cause=cause)
    return None


def as_bug(error: BaseException) -> Bug:
    """Return a `Bug` that tells `error` and where it came from. Pure."""
    told = "".join(traceback.format_exception_only(error)).strip()
    if len(told) > LONGEST_SENTENCE:
        told = told[:LONGEST_SENTENCE] + "…"
    return Bug(f"Something went wrong that was not foreseen: {told}", cause=_traceback(error))


def _traceback(error: BaseException) -> str:
    # The end of a traceback names the error, so that is the part to keep.
    return "".join(traceback.format_exception(error))[-LONGEST_CAUSE:]
