"""The account of a run: one line per task, and whether every line adds up."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from loadline.domain.errors import Failure
from loadline.domain.schema import Schema
from loadline.domain.tasks import COMPLETE, TaskState


class RunState(StrEnum):
    """Where a run stands."""

    PLANNING = "planning"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLING = "cancelling"
    FINISHING = "finishing"  # types are settled, checksums verified, the dataset is sealed
    DONE = "done"
    PROBLEMS = "finished with problems"  # ended, but a task failed or a line does not add up
    FAILED = "failed"  # could not be planned, stopped on a failure, or nothing was loaded
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"  # the program ended in the middle: can be resumed


RUN_ENDED = frozenset({RunState.DONE, RunState.PROBLEMS, RunState.FAILED, RunState.CANCELLED})


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One task's account. `bytes` are of the source, `part_bytes` of the part."""

    index: int
    name: str
    state: TaskState
    rows_read: int = 0
    rows: int = 0
    rejected: int = 0
    bytes: int = 0
    size: int = 0
    part: str = ""
    part_bytes: int = 0
    checksum: str = ""
    verified: bool = False
    """The part's bytes still have this checksum when the dataset is sealed."""
    attempts: int = 0
    seconds: float = 0.0
    problems: int = 0
    reader: str = ""
    reason: str = ""
    error: Failure | None = None

    @property
    def balanced(self) -> bool:
        """Complete, rows read = loaded + rejected, and the part's checksum is right."""
        return (
            self.state in COMPLETE and self.rows_read == self.rows + self.rejected and self.verified
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """The account of a run; `balanced` when every line is, and the source counts the same."""

    run: str
    state: RunState
    lines: tuple[ReceiptLine, ...]
    schema: Schema = ()
    seconds: float = 0.0
    run_folder: str = ""
    output: str = ""
    error: Failure | None = None
    """Why the run as a whole ended, where no single task did."""
    notes: tuple[str, ...] = ()
    extra: dict[str, object] = field(default_factory=dict)
    tallies: bool = True
    """What the source counts by itself is what was read."""

    @property
    def rows(self) -> int:
        """Rows in the dataset."""
        return sum(line.rows for line in self.lines if line.state in COMPLETE)

    @property
    def rows_read(self) -> int:
        """Rows met in the source by complete tasks."""
        return sum(line.rows_read for line in self.lines if line.state in COMPLETE)

    @property
    def rejected(self) -> int:
        """Rows in the problems files."""
        return sum(line.rejected for line in self.lines if line.state in COMPLETE)

    @property
    def bytes(self) -> int:
        """Bytes read from the source by complete tasks."""
        return sum(line.bytes for line in self.lines if line.state in COMPLETE)

    @property
    def problems(self) -> int:
        """Odd records, plus tasks that failed."""
        return sum(line.problems + (line.error is not None) for line in self.lines)

    @property
    def balanced(self) -> bool:
        """Every task is complete, every line and the whole add up; an empty run is not balanced."""
        return self.tallies and bool(self.lines) and all(line.balanced for line in self.lines)

    def to_json(self) -> dict[str, object]:
        """Return the object that ``loadline run --json`` prints (DESIGN §11)."""
        return {
            "run": self.run,
            "state": self.state.value,
            "rows": self.rows,
            "rejected": self.rejected,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
            "balanced": self.balanced,
            "run_folder": self.run_folder,
            "output": self.output,
            "schema": [{"name": c.name, "type": c.type.value} for c in self.schema],
            "tasks": [_task_json(line) for line in self.lines],
            "problems": self.problems,
            "notes": list(self.notes),
            "error": str(self.error) if self.error else None,
            "top": self.extra.get("top", []),
        }


def _task_json(line: ReceiptLine) -> dict[str, object]:
    return {
        "index": line.index,
        "name": line.name,
        "state": line.state.value,
        "rows": line.rows,
        "rejected": line.rejected,
        "bytes": line.bytes,
        "attempts": line.attempts,
        "seconds": round(line.seconds, 3),
        "error": str(line.error) if line.error else None,
        "reader": line.reader,
        "reason": line.reason,
        "checksum": line.checksum,
    }
