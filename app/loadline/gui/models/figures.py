"""Numbers as a person reads them: grouped by the locale, with a space before a unit."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QLocale

MINUS = "\u2212"
NONE = "\u2013"
"""Stands where a number is not known."""

_translate = QCoreApplication.translate
_SIZES = ("B", "kB", "MB", "GB", "TB", "PB")
_COUNTS = ("", " k", " M", " G", " T")


@lru_cache(maxsize=1)
def locale() -> QLocale:
    """Return the locale whose separators are used; English where the system names none."""
    default = QLocale()
    if default.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English)
    return default


def count(number: int) -> str:
    """Return e.g. ``26,433,389``."""
    return locale().toString(number).replace("-", MINUS)


def decimal(number: float, places: int) -> str:
    """Return e.g. ``29.8``, grouped, with exactly `places` decimals."""
    return locale().toString(float(number), "f", places).replace("-", MINUS)


def short_count(number: float) -> str:
    """Return at most four characters and a unit: ``999``, ``26.4 M``, ``165 k``."""
    value, step = _scaled(number, _COUNTS)
    places = 1 if step and value < 99.95 else 0
    text = decimal(value, places)
    if places and text.endswith(("0",)) and abs(value - round(value)) < 0.05:
        text = decimal(value, 0)
    return text + _COUNTS[step]


def size_parts(number: float) -> tuple[str, str]:
    """Return a size in bytes as figure and unit: ``("2.58", "GB")``, ``("107.5", "MB")``."""
    value, step = _scaled(number, _SIZES)
    places = 0 if step < 2 else 2 if step > 2 and value < 100 else 1
    return decimal(value, places), _SIZES[step]


def size(number: float) -> str:
    """Return e.g. ``107.5 MB``."""
    return " ".join(size_parts(number))


def size_in(number: float, unit: str) -> str:
    """Return a size in a given unit's figure, with as many places as `size_parts` gives it."""
    step = _SIZES.index(unit)
    return decimal(number / 1000**step, 0 if step < 2 else 2 if step > 2 else 1)


def leading(number: float, digits: int) -> int:
    """Return `number` with at most `digits` leading digits: more would only flicker."""
    whole = round(number)
    step = int(10 ** max(0, len(str(abs(whole))) - digits))
    return round(whole / step) * step


def percent(share: float) -> str:
    """Return e.g. ``44 %``; 100 only when nothing is missing."""
    return f"{int(share * 100 + 1e-9)} %"


def clock(seconds: float) -> str:
    """Return e.g. ``2:06`` or ``1:02:06``."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours}:{minutes:02}:{whole % 60:02}"
    return f"{minutes}:{whole % 60:02}"


def duration(seconds: float | None) -> str:
    """Return e.g. ``1.9 s``, ``21 s``, ``2 min 20 s``, ``3 h 5 min``; a dash when unknown."""
    if seconds is None:
        return NONE
    if seconds < 9.95:
        return _translate("Figures", "{0} s").format(decimal(seconds, 1))
    whole = round(seconds)
    if whole < 60:
        return _translate("Figures", "{0} s").format(whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        text = _translate("Figures", "{0} min {1} s") if rest else _translate("Figures", "{0} min")
        return text.format(minutes, rest)
    hours, minutes = divmod(minutes, 60)
    return _translate("Figures", "{0} h {1} min").format(count(hours), minutes)


def time_left(seconds: float | None) -> str:
    """Return a rough duration without tenths: ``2 min 20 s``, ``1 s``."""
    return duration(seconds) if seconds is None or seconds > 10 else duration_whole(seconds)


def duration_whole(seconds: float) -> str:
    """Return seconds below ten as a whole number of at least one."""
    return _translate("Figures", "{0} s").format(max(1, round(seconds)))


def _scaled(number: float, units: tuple[str, ...]) -> tuple[float, int]:
    step = 0
    while abs(number) >= 999.5 and step < len(units) - 1:
        number /= 1000.0
        step += 1
    return number, step
