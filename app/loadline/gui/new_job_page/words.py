"""Numbers, sizes and times in the words of the New job page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from loadline.gui.models.figures import count, leading, short_count, size

__all__ = ["about", "count", "files", "rough", "seconds", "short", "size"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("new job", text)


def about(number: int, *, exact: bool) -> str:
    """Return a number of rows, said to be an estimate where it is one."""
    return count(number) if exact else _tr("about {0}").format(count(rough(number)))


def rough(number: int) -> int:
    """Return an estimate with three leading digits."""
    return leading(number, 3)


def short(number: int, *, exact: bool) -> str:
    """Return a number in at most seven characters: ``10,776``, ``1.1 M``, ``~10.8 k``."""
    if exact:
        return count(number) if number < 100_000 else short_count(number)
    return f"~{count(rough(number)) if number < 10_000 else short_count(number)}"


def seconds(value: float) -> str:
    """Return an estimated time, e.g. ``About 2 seconds``."""
    if value < 1.5:
        return _tr("About a second")
    if value < 90:
        return _tr("About {0} seconds").format(round(value))
    if value < 5400:
        return _tr("About {0} minutes").format(round(value / 60))
    return _tr("About {0} hours").format(round(value / 3600))


def files(number: int) -> str:
    """Return e.g. ``7 files``."""
    return _tr("1 file") if number == 1 else _tr("{0} files").format(count(number))
