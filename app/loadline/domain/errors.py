"""The tree of errors, each with a plain sentence, a place, a cause and what the user can do.

::

    LoadlineError
    ├── JobError                 a job file or a form is wrong
    ├── QueryError               a filter does not fit its column
    ├── SettingsError            the settings file is wrong or of a newer format
    ├── SourceError
    │   ├── SourceMissing        no such folder, no matching file, no such collection
    │   ├── SourceUnreachable *  a server or a network drive does not answer
    │   ├── SourceRefused        no permission, wrong password
    │   ├── SourceChanged        a file vanished or changed while it was read
    │   └── SourceDamaged        cut off, not decodable, not a table
    ├── OutputError
    │   ├── DiskFull
    │   ├── OutputRefused        read-only folder, no permission
    │   └── OutputExists         the target is there and may not be replaced
    ├── WorkerError
    │   ├── WorkerDied *         the process ended without an answer
    │   │   └── OutOfMemory *    it found no more memory, and was ended for that
    │   ├── DeadlineExceeded *   no progress for longer than allowed
    │   ├── WorkersUnavailable   worker processes cannot be started
    │   └── Bug                  an error nobody foresaw, with its traceback as the cause
    ├── RunError                 a run folder is damaged, locked or of a newer format
    │   └── PartDamaged          a part's bytes are not those that were written
    └── Cancelled                asked to stop, and stopped

``*`` marks errors that can pass: only these are retried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened: a file with line and byte, or a collection with an ``_id``.

    `line` counts from 1, `byte` from 0; both are of the decompressed content.
    """

    source: str
    line: int | None = None
    byte: int | None = None
    record: str = ""

    def __str__(self) -> str:
        """Return e.g. ``polls.csv, line 12, byte 340``."""
        parts = [self.source]
        if self.line is not None:
            parts.append(f"line {self.line:,}")
        if self.byte is not None:
            parts.append(f"byte {self.byte:,}")
        if self.record:
            parts.append(f"_id {self.record}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a fact: what is journalled, shown and sent between processes."""

    kind: str
    sentence: str
    place: Place | None = None
    cause: str = ""
    advice: str = ""
    transient: bool = False

    def __str__(self) -> str:
        """Return sentence, place and advice in one line."""
        where = f" ({self.place})" if self.place else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{self.sentence}{where}{advice}"


class LoadlineError(Exception):
    """Base of all foreseen errors; picklable, so that workers can send it."""

    transient: ClassVar[bool] = False

    def __init__(
        self,
        sentence: str,
        *,
        place: Place | None = None,
        cause: str = "",
        advice: str = "",
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.place = place
        self.cause = cause
        self.advice = advice

    @property
    def failure(self) -> Failure:
        """The error as a fact."""
        return Failure(
            kind=type(self).__name__,
            sentence=self.sentence,
            place=self.place,
            cause=self.cause,
            advice=self.advice,
            transient=self.transient,
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by class, sentence and fields."""
        return _rebuild, (
            type(self),
            self.sentence,
            self.place,
            self.cause,
            self.advice,
        )


def _rebuild(
    kind: type[LoadlineError],
    sentence: str,
    place: Place | None,
    cause: str,
    advice: str,
) -> LoadlineError:
    return kind(sentence, place=place, cause=cause, advice=advice)


class JobError(LoadlineError):
    """A job file or a form is wrong; `place.record` is unused, `cause` is the key's path."""


class QueryError(LoadlineError):
    """A filter, an order or a search does not fit the dataset's columns."""


class SettingsError(LoadlineError):
    """The settings file is wrong or of a newer format; `cause` is the key's path."""


class SourceError(LoadlineError):
    """Something is wrong with what is read."""


class SourceMissing(SourceError):
    """No such folder, no matching file, no such collection."""


class SourceUnreachable(SourceError):
    """A server or a network drive does not answer; may pass."""

    transient = True


class SourceRefused(SourceError):
    """No permission to read, or a wrong password."""


class SourceChanged(SourceError):
    """A file vanished or changed while it was read."""


class SourceDamaged(SourceError):
    """Cut off, not decodable, or not a table."""


class OutputError(LoadlineError):
    """Something is wrong with what is written."""


class DiskFull(OutputError):
    """No space left for parts, journal or export."""


class OutputRefused(OutputError):
    """A folder or file may not be written."""


class OutputExists(OutputError):
    """The target is there and may not be replaced."""


class WorkerError(LoadlineError):
    """Something is wrong with a worker process."""


class WorkerDied(WorkerError):
    """A worker process ended without an answer; the attempt is lost, nothing else."""

    transient = True


class OutOfMemory(WorkerDied):
    """A task found no more memory; its worker is replaced before the next, which it would fail."""


class DeadlineExceeded(WorkerError):
    """No progress for longer than the deadline; the worker was ended."""

    transient = True


class WorkersUnavailable(WorkerError):
    """Worker processes cannot be started at all."""


class Bug(WorkerError):
    """An error nobody foresaw; `cause` holds the traceback."""


class RunError(LoadlineError):
    """A run folder is damaged, locked by another program or of a newer format."""


class PartDamaged(RunError):
    """A part's bytes are not those that were written; `place` is its file inside ``parts/``."""


class Cancelled(LoadlineError):
    """Asked to stop, and stopped; not a failure."""


class TransitionError(RuntimeError):
    """A bug in the program: an event that a task's state does not allow."""
