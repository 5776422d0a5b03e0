"""What the composition root hands to the program with a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadline.domain.jobs import Job
from loadline.store.secrets import Secrets, open_secrets

if TYPE_CHECKING:
    from loadline.engine.backends.local_pool import LocalPool
    from loadline.sources.source import Source


@dataclass(frozen=True, slots=True)
class Services:
    """How to make a pool of so many worker processes, the source that a job reads, passwords."""

    pool: Callable[[int], LocalPool]
    source_of: Callable[[Job], Source]
    secrets: Callable[[], Secrets] = open_secrets
