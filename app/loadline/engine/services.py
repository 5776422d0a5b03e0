"""What every run of a session uses."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadline.engine.backends.backend import Backend
from loadline.engine.clock import Clock

if TYPE_CHECKING:
    from loadline.domain.browsing import Server
    from loadline.domain.jobs import MongoSource, Output
    from loadline.engine.run import Run


ServerOf = Callable[["Output | MongoSource"], "Server"]
"""Gives the server that is named, with its password; raises `JobError`."""


@dataclass(frozen=True, slots=True)
class Services:
    """Where work is done, and what time it is.

    `launch` makes a run live; `fit` sees to the workers that all live runs need together;
    `tidy` is called now and then while a run grows by many tasks at once; `server_of` None:
    results go into no collection.
    """

    backend: Backend
    clock: Clock
    threads: Executor
    launch: Callable[[Run], None]
    fit: Callable[[], None]
    tidy: Callable[[], None]
    server_of: ServerOf | None = None
