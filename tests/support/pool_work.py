"""Work that tests give to worker processes; small on purpose, it is imported in each of them."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from loadline.domain.errors import Cancelled, LoadlineError, SourceDamaged
from loadline.domain.plan import Report


def double(number: int, report: Report) -> int:
    return 2 * number


def nothing(_: object, report: Report) -> None:
    return None


def process_id(_: object, report: Report) -> int:
    return os.getpid()


def modules(_: object, report: Report) -> list[str]:
    return sorted(sys.modules)


def environment(name: str, report: Report) -> str | None:
    return os.environ.get(name)


def arrow_threads(_: object, report: Report) -> int:
    import pyarrow as pa

    return int(pa.cpu_count())


def many_bytes(count: int, report: Report) -> bytes:
    return bytes(count)


def length(data: bytes, report: Report) -> int:
    return len(data)


def lock(_: object, report: Report) -> object:
    return threading.Lock()


def count_up(steps: int, report: Report) -> int:
    for step in range(1, steps + 1):
        report(step, 10 * step)
    return steps


def await_file(path: Path, report: Report) -> str:
    """Report until the file is there; stops when asked."""
    while not path.exists():
        report(0, 0)
        time.sleep(0.002)
    return path.name


def await_file_deafly(path: Path, report: Report) -> str:
    """Wait without a word, so that nothing can ask it to stop."""
    while not path.exists():
        time.sleep(0.002)
    return path.name


def begin_then_sleep(started: Path, report: Report) -> None:
    """One long call that hears nothing."""
    started.touch()
    time.sleep(3600)


def swallow_the_first_cancel(started: Path, report: Report) -> None:
    """Clean up and go on, until it is asked again by the next report."""
    started.touch()
    try:
        while True:
            report(1, 1)
            time.sleep(0.002)
    except Cancelled:
        report(2, 2)


def swallow_every_cancel(started: Path, report: Report) -> NoReturn:
    started.touch()
    while True:
        with suppress(Cancelled):
            report(1, 1)
        time.sleep(0.002)


def fail_when_asked(started: Path, report: Report) -> None:
    """Turn the request to stop into an error, as a library in between may."""
    started.touch()
    try:
        while True:
            report(1, 1)
            time.sleep(0.002)
    except Cancelled:
        raise ValueError("callback failed") from None


def finish_although_asked(started: Path, report: Report) -> str:
    started.touch()
    try:
        while True:
            report(1, 1)
            time.sleep(0.002)
    except Cancelled:
        return "finished"


def exit_process(code: int, report: Report) -> NoReturn:
    os._exit(code)


def raise_system_exit(_: object, report: Report) -> NoReturn:
    sys.exit(3)


def raise_interrupt(_: object, report: Report) -> NoReturn:
    raise KeyboardInterrupt


def kill_self(number: int, report: Report) -> None:
    os.kill(os.getpid(), number)


def report_then_die(_: object, report: Report) -> None:
    report(7, 70)
    os._exit(1)


def damaged(name: str, report: Report) -> NoReturn:
    raise SourceDamaged("It is cut off.", cause=name, advice="Copy it again.")


def divide_by_zero(_: object, report: Report) -> float:
    return 1 / 0


def system_error(number: int, report: Report) -> NoReturn:
    raise OSError(number, os.strerror(number), "some.csv")


def disk_full(_: object, report: Report) -> NoReturn:
    system_error(errno.ENOSPC, report)


def out_of_memory(_: object, report: Report) -> NoReturn:
    raise MemoryError


def no_memory_for_a_library(_: object, report: Report) -> NoReturn:
    raise ImportError("libarrow.so: failed to map segment from shared object")


def no_memory_in_disguise(_: object, report: Report) -> NoReturn:
    try:
        out_of_memory(None, report)
    except MemoryError as error:
        raise SourceDamaged("It is cut off.") from error


class Stubborn(LoadlineError):
    """Cannot be read again once it was pickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return Stubborn, ()


def stubborn(_: object, report: Report) -> NoReturn:
    raise Stubborn("It does not travel.")


def print_aloud(text: str, report: Report) -> None:
    print(text)  # noqa: T201 - what work must not do, but may
    os.write(1, text.encode())


class Unloadable:
    """Fails in whoever unpickles it."""

    def __reduce__(self) -> tuple[object, ...]:
        return _refuse, ()


def _refuse() -> NoReturn:
    raise ValueError("not here")


def unloadable(_: object, report: Report) -> Any:
    return Unloadable()


def leave_at_exit(mark: Path, report: Report) -> None:
    """Have the process make a file when it ends in an orderly way."""
    import atexit

    atexit.register(mark.touch)


def interrupt_self(_: object, report: Report) -> str:
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


def hold_the_interpreter(started: Path, report: Report) -> int:
    """One call that lets no other thread of its process run."""
    started.touch()
    return sum(range(10**14))


def write_part(part: Path, report: Report) -> int:
    """Write a file the way a part is written: aside, then renamed."""
    beside = part.with_suffix(".tmp")
    with beside.open("wb") as file:
        for block in range(20):
            file.write(bytes(1000))
            report(block, 1000 * block)
    beside.replace(part)
    return part.stat().st_size


def write_for_ever(part: Path, report: Report) -> NoReturn:
    """Write until asked to stop, then leave the temporary file behind."""
    while True:
        part.with_suffix(".tmp").write_bytes(b"half")
        report(1, 1)


def write_for_ever_deafly(part: Path, report: Report) -> NoReturn:
    while True:
        part.with_suffix(".tmp").write_bytes(b"half")


def write_then_die(part: Path, report: Report) -> NoReturn:
    part.with_suffix(".tmp").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def write_then_fail(part: Path, report: Report) -> NoReturn:
    part.with_suffix(".tmp").write_bytes(b"half")
    raise SourceDamaged("It is cut off.")


def write_then_stumble(part: Path, report: Report) -> NoReturn:
    part.with_suffix(".tmp").write_bytes(b"half")
    raise ZeroDivisionError


def answer_then_die(_: object, report: Report) -> str:
    """Say three things, the last of them the result, and die half a second later."""
    threading.Timer(0.5, os._exit, [1]).start()
    report(1, 1)
    report(2, 2)
    return "answered"
