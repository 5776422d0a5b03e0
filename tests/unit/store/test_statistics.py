"""Facts of a column against Python's own statistics."""

from __future__ import annotations

import statistics
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadline.domain.query import View
from loadline.domain.schema import Column, ColumnType
from loadline.store import query_scan, value_counts
from loadline.store.query_scan import RowsSpec
from loadline.store.statistics import StatisticsSpec, column_statistics
from tests.support.parts import part

WITH_FOLDER = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)


def spec_of(folder: Path, kind: ColumnType, cells: pa.Array, view: View | None) -> StatisticsSpec:
    rows = RowsSpec(folder, (part(folder, 0, pa.record_batch({"v": cells})),), (Column("v", kind),))
    return StatisticsSpec(rows, "v", view)


def nothing(rows: int, bytes_read: int) -> None:
    """Hear a report."""


@WITH_FOLDER
@given(
    cells=st.lists(st.none() | st.integers(-1_000, 1_000), max_size=200),
    most=st.sampled_from([3, 500_000]),
)
def test_facts_of_numbers_are_right_also_with_too_many_to_count(
    tmp_path: Path, cells: list[int | None], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query_scan, "SLICE", 16)
        patch.setattr(value_counts, "MOST_DISTINCT", most)
        spec = spec_of(tmp_path, ColumnType.INT, pa.array(cells, pa.int64()), None)
        told = column_statistics(spec, nothing)
    values = [cell for cell in cells if cell is not None]
    assert (told.rows, told.empty) == (len(cells), len(cells) - len(values))
    assert told.smallest == min(values, default=None)
    assert told.largest == max(values, default=None)
    if told.distinct_exact:
        assert told.distinct == len(set(values))
    if values:
        assert told.mean == pytest.approx(statistics.fmean(values))
        assert told.median in (statistics.median_low(values), None)
        assert told.histogram is not None
        assert sum(told.histogram.bars) == len(values)


def test_a_view_counts_only_its_rows_whatever_their_order(tmp_path: Path) -> None:
    path = tmp_path / "view"
    np.array([5, 1, 3], "<i8").tofile(path)
    view = View(path=str(path), rows=3)
    cells = pa.array(["a", "b", "c", "b", "e", ""])
    told = column_statistics(spec_of(tmp_path, ColumnType.TEXT, cells, view), nothing)
    assert (told.rows, told.empty, told.distinct) == (3, 1, 1)
    assert [(one.value, one.count) for one in told.top] == [("b", 2)]
    assert told.frequencies == (2,)
    assert told.mean is None
