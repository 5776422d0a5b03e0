"""Scorers that other distributions bring: entry points of the group ``loadline.scorers``.

A scorer is a function ``score(reference, frame) -> Series``: `reference` is a dict of the
reference's fields, `frame` a pandas frame of the records with every field that the scorecard
compares, the result a Series of as many numbers from 0 to 1. In a scorecard it is named like a
measure.

They are found where Python finds them, and in `scorers_folder`. Listing scorers reads metadata
and source text only; nothing of them is imported before a worker scores.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loadline.domain.errors import JobError, Place, SourceDamaged
from loadline.scoring.catalogue import CATALOGUE, MeasureInfo

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

GROUP = "loadline.scorers"
_ADVICE = "Correct the scorer, then retry what is unfinished."


def scorers_folder() -> Path:
    """Return the folder for own scorers, as ``pip install --target`` fills it; it may be missing.

    It is looked into besides what is installed, also by a program that has no Python of its own.
    """
    from platformdirs import user_data_path

    return user_data_path("loadline", appauthor=False) / "scorers"


def _look_into_folder() -> None:
    """Find what is in the folder, too; at the end of the path nothing of it hides anything."""
    folder = str(scorers_folder())
    if folder not in sys.path:
        sys.path.append(folder)
        importlib.invalidate_caches()


@cache
def own_scorers() -> Mapping[str, MeasureInfo]:
    """Return the scorers that are installed, by name; a measure's name cannot be taken."""
    _look_into_folder()
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: _info(point) for point in found if point.name not in CATALOGUE}


def _info(point: EntryPoint) -> MeasureInfo:
    told = _docstring(point).strip().partition("\n")[0].rstrip(".")
    return MeasureInfo(
        point.name, point.name, told or "an own scorer", f"{point.value}(reference, frame)", GROUP
    )


def _docstring(point: EntryPoint) -> str:
    """Return the docstring of a scorer as its source text has it; empty where it cannot be read."""
    if point.dist is None:
        return ""
    stem = point.module.replace(".", "/")
    for name in (f"{stem}.py", f"{stem}/__init__.py"):
        path = Path(str(point.dist.locate_file(name)))
        try:
            tree = ast.parse(path.read_bytes())
        except (OSError, SyntaxError, ValueError):
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == point.attr:
                return ast.get_docstring(node) or ""
    return ""


@cache
def load_scorer(name: str) -> Callable[[Mapping[str, Any], pd.DataFrame], Any]:
    """Import a scorer; raises `JobError` where that is not possible. In a worker only."""
    _look_into_folder()
    for point in entry_points(group=GROUP, name=name):
        try:
            function = point.load()
        except Exception as error:
            raise JobError(
                f"The scorer {name} cannot be loaded: {type(error).__name__}: {error}.",
                cause="score.compare",
            ) from error
        if callable(function):
            return function  # type: ignore[no-any-return]
    raise JobError(f"The scorer {name} is not installed here.", cause="score.compare")


def closeness_by(
    name: str, reference: Mapping[str, Any], batch: pa.RecordBatch
) -> np.ndarray[Any, Any]:
    """Return float64 (n,): what scorer `name` gives the records of `batch`.

    Raises `SourceDamaged` with the record (from 1, in its batch) and the line of the scorer where
    it fails, and where its result is not n numbers from 0 to 1.
    """
    function = load_scorer(name)
    frame = batch.to_pandas()
    try:
        told = function(dict(reference), frame)
    except Exception as error:
        raise _failed(name, function, reference, frame, error) from error
    return _checked(name, told, len(frame))


def _checked(name: str, told: Any, rows: int) -> np.ndarray[Any, Any]:
    """Return the result as numbers; raises `SourceDamaged` for anything else."""
    import numpy as np
    import pandas as pd

    if not isinstance(told, pd.Series):
        raise _wrong(name, f"gives a {type(told).__name__} and not a pandas Series")
    if len(told) != rows:
        raise _wrong(name, f"gives {len(told):,} scores for {rows:,} records")
    try:
        numbers = told.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise _wrong(name, f"gives {told.dtype} and not numbers") from error
    bad = np.flatnonzero(~((numbers >= 0.0) & (numbers <= 1.0)))  # NaN is neither
    if len(bad):
        value, at = numbers[bad[0]], int(bad[0]) + 1
        raise _wrong(name, f"gives {value:g} for record {at:,}, which is not from 0 to 1", at)
    return numbers


def _wrong(name: str, what: str, record: int | None = None) -> SourceDamaged:
    place = Place(name, record="" if record is None else str(record))
    return SourceDamaged(f"The scorer {name} {what}.", place=place, advice=_ADVICE)


def _failed(
    name: str,
    function: Callable[[Mapping[str, Any], pd.DataFrame], Any],
    reference: Mapping[str, Any],
    frame: pd.DataFrame,
    error: Exception,
) -> SourceDamaged:
    file, line = _line(function, error)
    record = _record(function, reference, frame, type(error))
    where = "" if record is None else f" at record {record:,}"
    return SourceDamaged(
        f"The scorer {name} failed{where}, {Path(file).name} line {line}: "
        f"{type(error).__name__}: {error}.",
        place=Place(file, line=line or None),
        advice=_ADVICE,
    )


def _line(function: Callable[..., Any], error: Exception) -> tuple[str, int]:
    """Return file and line of the scorer's own source at which `error` came up."""
    code = getattr(function, "__code__", None)
    own = code.co_filename if code is not None else ""
    found, trace = (own, 0), error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == own:
            found = (own, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _record(
    function: Callable[[Mapping[str, Any], pd.DataFrame], Any],
    reference: Mapping[str, Any],
    frame: pd.DataFrame,
    kind: type[Exception],
) -> int | None:
    """Return the first record (from 1) with which alone a scorer fails alike; None: no single one.

    Halves are tried, so that a few calls are enough.
    """

    def fails(piece: pd.DataFrame) -> bool:
        try:
            function(dict(reference), piece)
        except Exception as error:  # noqa: BLE001 - a border: told with the record it is found at
            return isinstance(error, kind)
        return False

    start, stop = 0, len(frame)
    while stop - start > 1:
        middle = (start + stop) // 2
        if fails(frame.iloc[start:middle].reset_index(drop=True)):
            stop = middle
        elif fails(frame.iloc[middle:stop].reset_index(drop=True)):
            start = middle
        else:
            return None
    return start + 1
