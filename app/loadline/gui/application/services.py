"""What the composition root hands to the program with a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadline.domain.jobs import Job, MongoSource, Output
from loadline.store.secrets import Secrets, open_secrets

if TYPE_CHECKING:
    from loadline.domain.browsing import Server
    from loadline.engine.backends.local_pool import LocalPool
    from loadline.sources.source import Source


@dataclass(frozen=True, slots=True)
class Services:
    """How to make a pool of so many worker processes, the source that a job reads, passwords.

    `server_of` gives the server that a job names; None: results go into no collection.
    """

    pool: Callable[[int], LocalPool]
    source_of: Callable[[Job], Source]
    secrets: Callable[[], Secrets] = open_secrets
    server_of: Callable[[MongoSource | Output], Server] | None = None
