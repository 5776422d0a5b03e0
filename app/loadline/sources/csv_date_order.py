"""Which comes first, day or month: proved by the values of a column, or left open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_DATE = re.compile(
    r"\s*(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})"
    r"(?:[ T](\d{1,2}):(\d{2})(:\d{2})?( ?[AaPp][Mm])?)?\s*"
)
_ORDERS = ("dmy", "mdy", "ymd", "ydm")
_ASKED = ("dmy", "mdy")
"""Orders that are offered as a choice; the others are taken only where proved."""


@dataclass(frozen=True, slots=True)
class DateOrder:
    """What is known about how a column writes its dates.

    Attributes:
        formats: strptime formats that all values follow, the usual ones first; empty: no dates.
        evidence: the value that proves the only format, or why there are several.
    """

    formats: tuple[str, ...] = ()
    evidence: str = ""

    @property
    def proved(self) -> bool:
        """There is one way only to read the values."""
        return len(self.formats) == 1


def find_date_order(values: Iterable[str]) -> DateOrder:
    """Tell in which order day, month and year stand in a column's filled values.

    ``28/01/2018`` proves day first, ``11/13/98`` month first; ``11/3/98`` alone proves nothing,
    and both formats are returned for a person to choose from.
    """
    open_orders = list(_ORDERS)
    shapes: set[tuple[str, str, str]] = set()
    proof = ""
    for value in values:
        if not value.strip():
            continue
        match = _DATE.fullmatch(value)
        if match is None:
            return DateOrder()
        left = [o for o in open_orders if _fits(o, match)]
        if len(left) < len(open_orders) and len(left) == 1:
            proof = value.strip()
        open_orders = left
        shapes.add((match[2], _clock(match), _year_digits(match)))
        if not open_orders or len(shapes) > 1:
            return DateOrder()
    if not shapes:
        return DateOrder()
    return _order(open_orders, shapes.pop(), proof)


def _order(orders: Sequence[str], shape: tuple[str, str, str], proof: str) -> DateOrder:
    separator, clock, digits = shape
    likely = [o for o in orders if o in _ASKED] or list(orders)
    if digits == "first":
        likely = [o for o in orders if o.startswith("y")]
        likely = ["ymd"] if "ymd" in likely else likely
    year = "%y" if digits == "two" else "%Y"
    formats = tuple(
        separator.join({"d": "%d", "m": "%m", "y": year}[part] for part in o) + clock
        for o in likely
    )
    if len(formats) == 1:
        return DateOrder(formats, f"proved by {proof}" if proof else "the year comes first")
    return DateOrder(formats, "no value has a day above 12: day and month could be exchanged")


def _fits(order: str, match: re.Match[str]) -> bool:
    parts = dict(zip(order, (match[1], match[3], match[4]), strict=True))
    if len(parts["d"]) > 2 or len(parts["m"]) > 2 or len(parts["y"]) not in (2, 4):
        return False
    if order.startswith("y") and len(parts["y"]) != 4:
        return False
    return 1 <= int(parts["d"]) <= 31 and 1 <= int(parts["m"]) <= 12


def _year_digits(match: re.Match[str]) -> str:
    if len(match[1]) == 4:
        return "first"
    return "two" if len(match[4]) == 2 else "four"


def _clock(match: re.Match[str]) -> str:
    if match[5] is None:
        return ""
    half = match[8] or ""
    hours = "%I" if half else "%H"
    seconds = ":%S" if match[7] else ""
    blank = " " if half.startswith(" ") else ""
    return f" {hours}:%M{seconds}{blank}{'%p' if half else ''}"
