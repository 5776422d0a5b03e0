"""The commands: ``loadline``, ``loadline run JOB`` and ``loadline demo``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from loadline import __version__
from loadline.domain.errors import Failure, JobError, LoadlineError
from loadline.domain.exit_codes import EXIT_USAGE, exit_code
from loadline.domain.receipt import Receipt, RunState

if TYPE_CHECKING:
    from loadline.engine.run import Run
    from loadline.engine.session import Session


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the command line's meaning; ends the program with code 2 when it has none."""
    parser = argparse.ArgumentParser(
        prog="loadline", description="Load many files or records in order, and in full."
    )
    parser.add_argument("--version", action="version", version=f"Loadline {__version__}")
    parser.set_defaults(command="window", job=None)
    commands = parser.add_subparsers(title="commands")
    run = commands.add_parser("run", help="run a job file without a window")
    run.set_defaults(command="run")
    run.add_argument("job", type=Path, help="the job file (TOML)")
    run.add_argument("--json", action="store_true", help="print the receipt as JSON")
    run.add_argument("--runs-dir", type=Path, help="where run folders are kept")
    run.add_argument("--resume", metavar="RUN", help="go on with this run, by its name")
    opened = commands.add_parser("open", help="open the window with a job file or a folder")
    opened.set_defaults(command="window")
    opened.add_argument("job", type=Path, nargs="?", help="a job file or a folder")
    demo = commands.add_parser("demo", help="open the window with a sample folder loading")
    demo.set_defaults(command="demo")
    demo.add_argument("--screenshot", type=Path, help="write a picture when done, and end")
    return parser.parse_args(_with_command(argv))


def _with_command(argv: Sequence[str]) -> list[str]:
    # A desktop hands over a bare path when a job file or a folder is double-clicked.
    known = {"run", "open", "demo"}
    if argv and argv[0] not in known and not argv[0].startswith("-"):
        return ["open", *argv]
    return list(argv)


def complain(failure: Failure) -> None:
    """Write an error for a person to stderr: what, where, why, what to do."""
    lines = [f"loadline: {failure.sentence}"]
    if failure.place:
        lines.append(f"  where: {failure.place}")
    if failure.cause and failure.kind not in {"JobError", "SettingsError"}:
        lines.append(f"  cause: {failure.cause}")
    if failure.advice:
        lines.append(f"  {failure.advice}")
    print("\n".join(lines), file=sys.stderr)


def tell(sentence: str) -> None:
    """Write to stderr what a person should know although it is no error of this command."""
    print(f"loadline: {sentence}", file=sys.stderr)


async def run_headless(
    session: Session, args: argparse.Namespace, begin: Callable[[Session], Run]
) -> int:
    """Run one job to its end on the running loop and return the exit code."""
    from loadline.headless import Progress

    try:
        run = begin(session)
    except LoadlineError as error:
        complain(error.failure)
        return EXIT_USAGE
    signals = Signals(run)
    with signals, Progress(run):
        receipt = await run.wait()
    if args.json:
        print(json.dumps(receipt.to_json()), flush=True)
    if run.failure is not None:
        complain(run.failure)
    _name_failures(receipt)
    if signals.code and receipt.state is RunState.CANCELLED:
        return signals.code
    return exit_code(receipt, run.failure)


def _write(text: str) -> None:
    """Write to stdout; a reader that has gone away is no error of the run."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # What is flushed at the interpreter's end must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _name_failures(receipt: Receipt, most: int = 10) -> None:
    failed = [line for line in receipt.lines if line.error is not None]
    for line in failed[:most]:
        assert line.error is not None
        print(f"  {line.name}: {line.error}", file=sys.stderr)
    if len(failed) > most:
        print(f"  … and {len(failed) - most:,} more", file=sys.stderr)


def usage_error(error: JobError) -> int:
    """Tell a wrong job file and return its exit code."""
    complain(error.failure)
    return EXIT_USAGE


class Signals:
    """Turns SIGINT and SIGTERM into an awaited cancel; the second SIGINT ends at once."""

    def __init__(self, run: Run) -> None:
        self.code = 0
        self._run = run
        self._loop = asyncio.get_running_loop()

    def __enter__(self) -> Self:
        """Begin to listen."""
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self._loop.add_signal_handler(number, self._received, number)
            except NotImplementedError:  # Windows
                signal.signal(number, self._from_outside)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self._loop.remove_signal_handler(number)
            except NotImplementedError:
                signal.signal(number, signal.SIG_DFL)

    def _from_outside(self, number: int, _frame: object) -> None:
        self._loop.call_soon_threadsafe(self._received, number)

    def _received(self, number: int) -> None:
        if self.code and number == signal.SIGINT:
            # Workers end by themselves when their pipe closes.
            os._exit(self.code)
        self.code = self.code or 128 + number
        self._run.cancel()
