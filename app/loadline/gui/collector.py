"""Keeps Python's collector from holding the window up."""

from __future__ import annotations

import gc


def set_aside() -> None:
    """Take what there is now out of the collector's sight; call after much has been imported.

    Modules, classes and widgets live as long as the program. Going through all of them in every
    full collection took 28 ms of the window's thread, in which nothing was repainted.
    """
    gc.collect()
    gc.freeze()
