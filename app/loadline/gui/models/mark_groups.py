"""Marks on the chart: which stand alone, and which are too close and share their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from loadline.domain.throughput import Mark, MarkKind

ICON = 14
GAP = 4
APART = 12
"""Least pixels between the words of one group and the icon of the next."""

_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class MarkLook:
    """Icon and tone of a kind of mark."""

    icon: str
    tone: str


LOOKS = {
    MarkKind.RETRY: MarkLook("rotate-ccw", "waiting"),
    MarkKind.WORKER: MarkLook("zap", "failed"),
    MarkKind.LIMIT: MarkLook("gauge", "running"),
    MarkKind.PAUSED: MarkLook("pause", "waiting"),
    MarkKind.RESUMED: MarkLook("play", "running"),
    MarkKind.SOURCE: MarkLook("triangle-alert", "failed"),
}


@dataclass(slots=True)
class MarkGroup:
    """Marks whose words would run into each other; `x` are their pixels."""

    marks: list[Mark] = field(default_factory=list)
    x: list[float] = field(default_factory=list)
    icons: list[tuple[float, MarkKind]] = field(default_factory=list)
    """Left edge and kind of every icon that is drawn."""
    words: str = ""
    words_left: float = 0.0
    right: float = 0.0

    def add(self, mark: Mark, x: float, width_of: Callable[[str], float]) -> None:
        """Take one more mark and join the words."""
        self.marks.append(mark)
        self.x.append(x)
        left = x - ICON / 2
        if not self.icons or left >= self.icons[-1][0] + ICON + 2:
            self.icons.append((left, mark.kind))
        self.words = joined(self.marks)
        self.words_left = self.icons[-1][0] + ICON + GAP
        self.right = self.words_left + width_of(self.words)

    def tip(self, most: int = 12) -> str:
        """Return the full list, one mark a line."""
        lines = [mark.text for mark in self.marks[:most]]
        rest = len(self.marks) - most
        if rest > 0:
            lines.append(_translate("MarkGroups", "and {0} more").format(rest))
        return "\n".join(lines)


def group_marks(
    marks: Sequence[Mark],
    pixel: Callable[[float], float],
    width_of: Callable[[str], float],
) -> list[MarkGroup]:
    """Return the marks in groups from left to right; `width_of` gives the width of words."""
    groups: list[MarkGroup] = []
    for mark in sorted(marks, key=lambda m: m.at):
        x = pixel(mark.at)
        if not groups or x - ICON / 2 >= groups[-1].right + APART:
            groups.append(MarkGroup())
        groups[-1].add(mark, x, width_of)
    return groups


def joined(marks: Sequence[Mark]) -> str:
    """Return the words of a group: one mark's own, or how many of each kind."""
    kinds = dict.fromkeys(mark.kind for mark in marks)
    if len(kinds) == 1:
        return _counted(marks[0].kind, marks)
    if len(kinds) > 2:
        return _translate("MarkGroups", "{0} events").format(len(marks))
    return ", ".join(_short(kind, sum(m.kind is kind for m in marks)) for kind in kinds)


def _short(kind: MarkKind, number: int) -> str:
    """Return a noun: the words of two kinds stand side by side."""
    if kind is MarkKind.RETRY:
        return _counted(kind, [Mark(0.0, kind, "")] * number)
    word = {
        MarkKind.WORKER: _translate("MarkGroups", "worker"),
        MarkKind.LIMIT: _translate("MarkGroups", "limit"),
        MarkKind.PAUSED: _translate("MarkGroups", "pause"),
        MarkKind.RESUMED: _translate("MarkGroups", "resumed"),
        MarkKind.SOURCE: _translate("MarkGroups", "source"),
    }[kind]
    return word if number == 1 else f"{number} \u00d7 {word}"


def _counted(kind: MarkKind, marks: Sequence[Mark]) -> str:
    number = len(marks)
    if kind is MarkKind.RETRY:
        one, many = _translate("MarkGroups", "1 retry"), _translate("MarkGroups", "{0} retries")
        return one if number == 1 else many.format(number)
    if number == 1 or kind in (MarkKind.PAUSED, MarkKind.RESUMED, MarkKind.LIMIT):
        return marks[-1].text.rstrip(".")
    many = {
        MarkKind.WORKER: _translate("MarkGroups", "{0} workers restarted"),
        MarkKind.SOURCE: _translate("MarkGroups", "source away {0} times"),
    }[kind]
    return many.format(number)
