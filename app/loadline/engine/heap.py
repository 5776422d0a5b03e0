"""The one place that tells Python's garbage collector what it need not look at.

Modules, classes and widgets live as long as the program: going through all of them in a full
collection took 28 ms of the window's thread (`set_aside`).

A full collection looks at every object of the process. Ten thousand tasks are some 200,000
objects that are not garbage, and looking at them took 70 to 210 ms here, several times in a run.
So what a run has gathered is set aside as it grows (`gc.freeze`), and given back to the collector
when no run is live any more: nothing is lost to it for good.
"""

from __future__ import annotations

import gc

STEP = 500
"""Tasks planned or ended between two settings-aside."""


def set_aside() -> None:
    """Take what there is now out of the collector's sight; call after much has been imported."""
    gc.collect()
    gc.freeze()


class Heap:
    """Follows how many facts the live runs have gathered."""

    def __init__(self) -> None:
        self._set_aside: int | None = None

    def grown_to(self, facts: int) -> None:
        """Set aside what there is when it has become much more; takes some milliseconds then."""
        if self._set_aside is not None and facts < self._set_aside + STEP:
            return
        gc.collect(1)  # the young ones: cheap, and most garbage is young
        gc.freeze()
        self._set_aside = facts

    def give_back(self) -> None:
        """Let the collector see everything again, what was imported too: nothing is hurried now."""
        if self._set_aside is not None:
            gc.unfreeze()
            self._set_aside = None
