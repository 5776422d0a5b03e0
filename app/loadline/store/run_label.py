"""What a person calls a run, and whether it is to be kept: ``label.json`` in its folder.

It is no part of the run's account: the folder keeps its name, and the file may be written while
somebody works on the run.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from loadline.store.writing import write_whole, writing

LABEL = "label.json"


class RunLabel(Struct, frozen=True, omit_defaults=True):
    """Empty `title`: the run is called as its job."""

    title: str = ""
    pinned: bool = False
    """Never deleted by a rule."""
    dismissed: str = ""
    """Which failed end a person has dismissed, as `loadline.store.history.PastRun.end` tells it."""


def read_label(folder: Path) -> RunLabel:
    """Return the label of the run in `folder`; one that cannot be read pins the run."""
    try:
        return msgspec.json.decode((folder / LABEL).read_bytes(), type=RunLabel)
    except FileNotFoundError:
        return RunLabel()
    except (OSError, ValueError, RecursionError):
        return RunLabel(pinned=True)  # it may have been


def write_label(folder: Path, label: RunLabel) -> None:
    """Keep the label of the run in `folder`, whole or not at all; raises `OutputError`."""
    if label == RunLabel():
        with writing(folder / LABEL):
            (folder / LABEL).unlink(missing_ok=True)
    else:
        write_whole(folder / LABEL, msgspec.json.encode(label))
