"""The frozen program's first file: the command ``loadline``, and every worker it spawns."""

import multiprocessing
import sys

if __name__ == "__main__":
    # Before anything else: in a spawned worker this call is the whole program.
    multiprocessing.freeze_support()
    from loadline.__main__ import main

    sys.exit(main())
