"""Whether a scorecard can score right, told in plain words before anything is read."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import UNSET

from loadline.domain.errors import JobError
from loadline.domain.jobs import Comparison, Score
from loadline.scoring.catalogue import CATALOGUE, VECTORS, MeasureInfo
from loadline.scoring.own import own_scorers
from loadline.scoring.places import fields_of, reference_fields, reference_value

_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$")


def reference_field(comparison: Comparison) -> str:
    """Return the reference's field that a comparison uses."""
    return comparison.against or comparison.field


def measure_of(comparison: Comparison) -> MeasureInfo:
    """Return a comparison's measure; raises `JobError` for a name that is not known."""
    return info_of(comparison.measure)


def info_of(measure: str) -> MeasureInfo:
    """Return what is told of a measure or own scorer; raises `JobError` for an unknown name."""
    info = CATALOGUE.get(measure) or own_scorers().get(measure)
    if info is None:
        raise JobError(
            f"The measure {measure} is not known.",
            cause="score.compare",
            advice=f"Known are: {', '.join([*CATALOGUE, *own_scorers()])}.",
        )
    return info


def check(score: Score, reference: Mapping[str, Any], fields: Sequence[str] | None = None) -> None:
    """Raise `JobError` for what cannot give a right score.

    `fields` are the source's columns, where they are known: what `check_card` raises, a field
    that the reference lacks, a reference's value that the measure cannot use.
    """
    check_card(score, fields)
    for comparison in score.compare:
        if comparison.measure not in CATALOGUE:
            continue  # an own scorer chooses what it looks at
        for name in reference_fields(comparison):
            if name not in reference:
                raise JobError(
                    f"The reference has no field {name}.",
                    cause="score.reference",
                    advice=f"It has: {', '.join(reference)}.",
                )
        check_value(comparison, reference_value(comparison, reference))


def check_card(score: Score, fields: Sequence[str] | None = None) -> None:
    """Raise `JobError` for a scorecard that is wrong whatever the reference.

    An unknown measure, no comparison, weights that are all 0, a missing tolerance, a field that
    the source lacks (`fields` are its columns, where they are known).
    """
    if not score.compare:
        raise JobError("The scorecard has no comparison.", cause="score.compare")
    if not sum(c.weight for c in score.compare) > 0.0:
        raise JobError(
            "All weights are 0, so every score would be empty.",
            cause="score.compare",
            advice="Give at least one comparison a weight above 0.",
        )
    for comparison in score.compare:
        info = measure_of(comparison)
        if info.unit and comparison.tolerance is UNSET:
            raise JobError(
                f"The measure {info.name} on {comparison.field} needs a tolerance in {info.unit}.",
                cause="score.compare",
            )
        if comparison.longitude and info.name != "km":
            raise JobError(
                f"The measure {info.name} on {comparison.field} takes no longitude.",
                cause="score.compare",
            )
        gone = [name for name in fields_of(comparison) if name not in (fields or (name,))]
        if fields is not None and gone:
            raise JobError(
                f"The source has no field {gone[0]}.",
                cause="score.compare",
                advice=f"It has: {', '.join(fields)}.",
            )


def check_value(comparison: Comparison, value: Any) -> None:
    """Raise `JobError` where the reference's value is not of the kind that the measure needs."""
    wrong, info = "", measure_of(comparison)
    if value is None or value == "":
        return  # compared with nothing: every record counts as missing there
    if info.name == "number" and not is_number(value):
        wrong = "is not a number"
    elif info.name == "date" and not is_date(value):
        wrong = "is not a date such as 2021-03-14"
    elif info.name in VECTORS and not _is_vector(value):
        wrong = "is not a list of numbers"
    elif info.name == "km" and len(value) != 2:
        wrong = "is not a pair of longitude and latitude"
    if wrong:
        raise JobError(
            f"The reference's {reference_field(comparison)} {wrong}: {value}.",
            cause="score.reference",
            advice="Correct it, or choose another measure.",
        )


def is_number(value: Any) -> bool:
    """Tell whether `value` is a finite number, or text that says one."""
    if isinstance(value, bool):
        return False
    try:
        return math.isfinite(float(value))
    except (TypeError, ValueError, OverflowError):
        return False


def is_date(value: Any) -> bool:
    """Tell whether `value` is a date or moment, or text that says one the ISO way."""
    if isinstance(value, date):
        return True
    try:
        written = isinstance(value, str) and _ISO.match(value)
        return bool(written and datetime.fromisoformat(value))
    except ValueError:
        return False


def _is_vector(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(is_number(v) for v in value)
