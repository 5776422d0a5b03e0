"""Entry point; spawned workers import this file, so nothing heavy stands at its top."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the program and return its exit code."""
    multiprocessing.freeze_support()
    from loadline.bootstrap import main as start

    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
