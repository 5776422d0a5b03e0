"""What every run of a session uses."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadline.engine.backends.backend import Backend
from loadline.engine.clock import Clock

if TYPE_CHECKING:
    from loadline.engine.run import Run


@dataclass(frozen=True, slots=True)
class Services:
    """Where work is done, and what time it is.

    `launch` makes a run live; `fit` sees to the workers that all live runs need together;
    `tidy` is called now and then while a run grows by many tasks at once.
    """

    backend: Backend
    clock: Clock
    threads: Executor
    launch: Callable[[Run], None]
    fit: Callable[[], None]
    tidy: Callable[[], None]
