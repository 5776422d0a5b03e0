"""The log: one rotating file in the platform's log folder, without secrets and without data.

A line is ``2026-11-21 14:32:07.120 INFO engine.run: words``; further lines of an entry begin
with four blanks. Of an exception the file keeps its kind and where it came from; its words are
left out, because they may quote a record.
"""

from __future__ import annotations

import logging
import re
import traceback
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from loadline.domain.redaction import without_values

MOST_BYTES = 1_000_000
OLDER_FILES = 3
TAIL = 512_000
"""Bytes at the end of the file that are shown."""
_FRAME = re.compile(r'^\s*File "([^"]+)", line (\d+), in (.+)$', re.MULTILINE)
_LINE = re.compile(
    r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) (DEBUG|INFO|WARNING|ERROR|CRITICAL) (\S+): (.*)$"
)
_Raised = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry; `text` may have several lines."""

    when: str
    level: str
    origin: str
    text: str

    def __str__(self) -> str:
        """Return the entry as it stands in the file."""
        return f"{self.when} {self.level} {self.origin}: {self.text}"


class Wording(logging.Formatter):
    """Writes an entry so that nobody's password and no record is in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the entry's lines."""
        when = f"{self.formatTime(record, '%Y-%m-%d %H:%M:%S')}.{int(record.msecs):03}"
        text = without_values(record.getMessage())
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        origin = record.name.removeprefix("loadline.")
        return f"{when} {record.levelname} {origin}: " + text.replace("\n", "\n    ")

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - logging's name
        """Return kinds and places of an exception and what caused it."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines.append(type(error).__qualname__)
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {_short(f.filename)}:{f.lineno} in {f.name}" for f in frames]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class LogFile(RotatingFileHandler):
    """Takes what the program notes, and of what it is built on only warnings."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(file, maxBytes=MOST_BYTES, backupCount=OLDER_FILES, encoding="utf-8")
        self.setFormatter(Wording())

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether an entry is kept."""
        own = record.name.startswith("loadline")
        return record.levelno >= (logging.INFO if own else logging.WARNING)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Lose the entry: a full disk must not stop what is logged."""


def log_file() -> Path:
    """Return where the log is for this user."""
    from platformdirs import user_log_path

    return user_log_path("loadline", appauthor=False) / "loadline.log"


def open_log(file: Path) -> LogFile | None:
    """Log to `file` from now on; None where it cannot be written. `close_log` ends it."""
    try:
        handler = LogFile(file)
    except OSError:
        return None
    logging.getLogger().addHandler(handler)
    logging.getLogger("loadline").setLevel(logging.INFO)
    return handler


def close_log(handler: LogFile) -> None:
    """Log no more."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def read_log(file: Path, most: int = TAIL) -> list[LogEntry]:
    """Return the latest entries, the oldest first; none where there is no file."""
    try:
        with file.open("rb") as source:
            size = source.seek(0, 2)
            source.seek(max(0, size - most))
            text = source.read().decode("utf-8", errors="replace")
    except OSError:
        return []
    found: list[LogEntry] = []
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is not None:
            found.append(LogEntry(*match.groups()))
        elif found and line.startswith("    "):
            last = found[-1]
            found[-1] = LogEntry(last.when, last.level, last.origin, f"{last.text}\n{line[4:]}")
    return found


def frames_of(cause: str) -> str:
    """Return the places in a traceback that was kept as text, without its code and words."""
    return "\n".join(f"  {_short(f)}:{n} in {name}" for f, n, name in _FRAME.findall(cause))


def _short(filename: str) -> str:
    """Return a file's name from its package on."""
    parts = Path(filename).parts
    for mark in ("site-packages", "app", "lib"):
        if mark in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(mark) :])
    return parts[-1] if parts else filename
