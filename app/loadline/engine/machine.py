"""The machine's memory: how much is free, and how much the program's processes hold."""

from __future__ import annotations

from dataclasses import dataclass

LOW_SHARE = 0.10
LOW_MOST = 1 << 30
"""Free memory is low under a tenth of all, and under 1 GiB."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Memory at a moment, in bytes; `held` is of this process and the workers below it."""

    free: int
    total: int
    held: int

    @property
    def low(self) -> bool:
        """So little is free that no further task should start."""
        return self.free < min(self.total * LOW_SHARE, LOW_MOST)


def measure() -> Machine:
    """Measure now; takes some milliseconds, so call it in a thread."""
    import psutil

    memory = psutil.virtual_memory()
    held = 0
    here = psutil.Process()
    for process in [here, *here.children(recursive=True)]:
        try:
            held += process.memory_info().rss
        except psutil.Error:
            continue  # it ended meanwhile, or may not be looked at
    return Machine(free=memory.available, total=memory.total, held=held)
