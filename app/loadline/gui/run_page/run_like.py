"""What the page needs of a run: the engine's `Run`, and whatever has the same face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from loadline.domain.board import Board
from loadline.domain.errors import Failure
from loadline.domain.fixes import Fix
from loadline.domain.jobs import Job
from loadline.domain.plan import PartResult
from loadline.domain.receipt import Receipt, RunState
from loadline.domain.schema import Schema
from loadline.domain.throughput import Throughput

if TYPE_CHECKING:
    from loadline.sources.csv_row_form import RowForm


class RunLike(Protocol):
    """A run as the window sees it; all of it is read on the window's own clocks."""

    @property
    def name(self) -> str:
        """The run's own name, which is its folder's."""

    @property
    def job(self) -> Job:
        """What is done."""

    @property
    def folder(self) -> Path:
        """Where its parts, journal and problems are."""

    @property
    def board(self) -> Board:
        """Every task's row."""

    @property
    def throughput(self) -> Throughput:
        """Samples and marks for the chart."""

    @property
    def state(self) -> RunState:
        """Where it stands."""

    @property
    def status(self) -> str:
        """One plain line about what happens now, or empty."""

    @property
    def outage(self) -> str:
        """How long the source has been silent, in one plain line, or empty."""

    @property
    def receipt(self) -> Receipt | None:
        """The account, once it has ended."""

    @property
    def failure(self) -> Failure | None:
        """Why the run as a whole ended."""

    @property
    def cap(self) -> int:
        """Tasks at once in force."""

    @property
    def rate(self) -> float:
        """Starts per second in force; 0 is off."""

    @property
    def started_at(self) -> datetime | None:
        """When it began."""

    @property
    def problems_folder(self) -> Path:
        """Where problem records are."""

    @property
    def damage(self) -> tuple[str, ...]:
        """What was wrong with its folder when it was reopened, in sentences."""

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """The rows that were corrected by hand."""

    @property
    def results(self) -> Mapping[int, PartResult]:
        """The line of every finished part, by its task's index."""

    def elapsed(self) -> float:
        """Return the seconds since the start, on the clock of the board's events."""

    def pause(self) -> None:
        """Hand nothing new out."""

    def proceed(self) -> None:
        """Go on after a pause."""

    def cancel(self) -> None:
        """Stop everything."""

    def cancel_task(self, index: int) -> None:
        """Stop one task."""

    def retry_unfinished(self) -> None:
        """Queue again what failed, was cancelled or never started."""

    def check_again(self) -> None:
        """Look through an ended run, and read again what is damaged."""

    def part_damaged(self, file: str) -> None:
        """Note that a part of an ended run was found damaged when it was read."""

    def reload(self, fixes: Sequence[Fix]) -> None:
        """Read corrected rows into their places; `fixes` are all of the run's."""

    def row_form(self, index: int, line: int) -> RowForm:
        """Return a row of a source to be corrected; called in a thread."""

    def set_cap(self, n: int) -> None:
        """Change how many run at once."""

    def set_rate(self, per_second: float) -> None:
        """Change the starts per second."""

    def parts(self) -> tuple[Any, ...]:
        """Return the finished parts so far, in index order."""

    def schema(self) -> Schema:
        """Return the schema settled, or the union so far."""
