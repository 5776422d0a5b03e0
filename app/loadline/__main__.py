"""Entry point; spawned workers import this file, so nothing heavy stands at its top."""

from __future__ import annotations

import multiprocessing
import sys

INTERRUPTED = 130


def main() -> int:
    """Run the program and return its exit code."""
    multiprocessing.freeze_support()
    try:
        from loadline.bootstrap import main as start

        return start(sys.argv[1:])
    except KeyboardInterrupt:  # before the run listens itself; the session has closed by now
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
