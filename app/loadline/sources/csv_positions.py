"""Where lines begin and quotes stand in a block of bytes, found for the whole block at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int64]
LF, CR = b"\n\r"


def line_starts(block: bytes) -> Positions:
    """Return where each line begins, and the block's size."""
    ends = np.flatnonzero(np.frombuffer(block, np.uint8) == LF) + 1
    if not len(ends) or ends[-1] != len(block):
        ends = np.append(ends, len(block))
    return np.concatenate((np.zeros(1, np.int64), ends))


def record_lines(block: bytes, quote: bytes) -> Positions:
    """Return the index of the first line of each record of a block with regular quotes."""
    view = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(view == LF)
    if not len(ends) or ends[-1] != len(block) - 1:
        ends = np.append(ends, len(block))
    lines = np.arange(len(ends) + 1)
    if quote and quote in block:
        inside = np.searchsorted(np.flatnonzero(view == quote[0]), ends) % 2 == 1
        outside: Positions = lines[:-1][~np.concatenate((np.zeros(1, bool), inside[:-1]))]
        return outside
    return lines[:-1]


def regular(block: bytes, quote: bytes, delimiter: bytes) -> bool:
    """Tell whether every quote of a block opens, closes or doubles as RFC 4180 has it."""
    view = np.frombuffer(block, np.uint8)
    where = np.flatnonzero(view == quote[0])
    if len(where) % 2:
        return False
    beside = np.zeros(256, bool)
    beside[[delimiter[0], LF, CR, quote[0]]] = True
    opens, closes = where[0::2], where[1::2]
    if len(opens) and opens[0] == 0:
        opens = opens[1:]
    if len(closes) and closes[-1] == len(block) - 1:
        closes = closes[:-1]
    return bool(beside[view[opens - 1]].all() and beside[view[closes + 1]].all())


def undecodable(block: bytes, bounds: Positions) -> npt.NDArray[np.bool_]:
    """Tell which lines are not UTF-8."""
    flags = np.zeros(len(bounds) - 1, bool)
    at = 0
    while at < len(block):
        try:
            block[at:].decode("utf-8")
        except UnicodeDecodeError as error:
            line = int(np.searchsorted(bounds, at + error.start, "right")) - 1
            flags[line] = True
            at = int(bounds[line + 1])
        else:
            break
    return flags


def has_blank_line(block: bytes) -> bool:
    """Tell whether a block holds a line with nothing in it."""
    return block.startswith((b"\n", b"\r\n")) or b"\n\n" in block or b"\n\r\n" in block


def count_lines(block: bytes) -> int:
    """Return how many line ends a block has."""
    return int(np.count_nonzero(np.frombuffer(block, np.uint8) == LF))
