"""What the program's exit code says about a run.

0 done and balanced · 1 ended with failures or unbalanced · 2 bad job file or usage · 3 source
cannot be reached · 130 / 143 cancelled by SIGINT / SIGTERM, after cleaning up.
"""

from __future__ import annotations

from loadline.domain.errors import Failure
from loadline.domain.receipt import Receipt, RunState

EXIT_DONE, EXIT_PROBLEMS, EXIT_USAGE, EXIT_SOURCE = 0, 1, 2, 3
_USAGE_KINDS = frozenset({"JobError", "OutputExists", "OutputRefused", "RunError"})
_SOURCE_KINDS = frozenset({"SourceMissing", "SourceUnreachable", "SourceRefused"})


def exit_code(receipt: Receipt, failure: Failure | None) -> int:
    """Return the exit code of a run that was not cancelled; `failure` is the run's own."""
    if receipt.state is RunState.DONE and receipt.balanced:
        return EXIT_DONE
    if failure is not None and failure.kind in _USAGE_KINDS:
        return EXIT_USAGE
    if failure is not None and failure.kind in _SOURCE_KINDS:
        return EXIT_SOURCE
    return EXIT_PROBLEMS
