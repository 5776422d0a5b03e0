"""Orders, ranges, searches and facts over every kind of column, against plain Python."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadline.domain.arrow import domain_schema
from loadline.domain.query import Filter, FilterKind, Find, Query, Sort
from loadline.domain.statistics import ColumnStatistics
from loadline.store import query_order, query_scan, value_counts
from loadline.store.query import FindSpec, QuerySpec, find_rows, first_rows, query_rows, read_rows
from loadline.store.query_scan import RowsSpec
from loadline.store.statistics import StatisticsSpec, column_statistics
from tests.support.parts import part

BIG = 2**53
KINDS: dict[str, tuple[pa.DataType, list[Any]]] = {
    "whole": (pa.int64(), [-(2**63), -BIG - 1, -BIG, 0, 7, BIG, BIG + 1, BIG + 2, 2**63 - 1]),
    "decimal": (pa.float64(), [-math.inf, -1.5, -0.0, 0.0, 0.1, 0.3, 2.25, 1e300, math.nan]),
    "truth": (pa.bool_(), [False, True]),
    "day": (pa.date32(), [date(1, 1, 1), date(1969, 12, 31), date(2021, 3, 4), date(9999, 12, 31)]),
    "moment": (
        pa.timestamp("us"),
        [datetime(1900, 1, 1), datetime(2021, 3, 4, 5, 6, 7, 8), datetime(2021, 3, 4, 5, 6, 7)],  # noqa: DTZ001
    ),
    "text": (pa.string(), ["", "a", "B", "b", "Äb", "äB", "10", "9", "\U0001f600", "zz" * 40]),
    "list": (pa.list_(pa.int64()), [[], [1], [1, 2], [12], [None]]),
}
NAMES = tuple(KINDS)
SORTED = tuple(name for name in NAMES if name != "list")
ROW = st.tuples(*(st.none() | st.sampled_from(cells) for _, cells in KINDS.values()))
ROWS = st.lists(ROW, max_size=40)
FEW = settings(deadline=None, max_examples=60)


def nothing(rows: int, bytes_read: int) -> None:
    """Hear a report."""


def written(folder: Path, rows: list[tuple[Any, ...]]) -> RowsSpec:
    """Write rows as three parts, the middle one the smallest."""
    cuts = [0, len(rows) // 2, len(rows) // 2 + 1, max(len(rows), len(rows) // 2 + 1)]
    schema = pa.schema([(name, kind) for name, (kind, _) in KINDS.items()])
    parts = []
    for index in range(3):
        some = rows[cuts[index] : cuts[index + 1]]
        columns = [pa.array([row[n] for row in some], one.type) for n, one in enumerate(schema)]
        parts.append(part(folder, index, pa.record_batch(columns, schema=schema)))
    return RowsSpec(folder, tuple(parts), domain_schema(schema))


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut where a few rows are enough to cut, and cut again what is cut."""
    monkeypatch.setattr(query_scan, "SLICE", 7)
    monkeypatch.setattr(query_order, "RANGE_ROWS", 3)
    monkeypatch.setattr(query_order, "SAMPLE_PIECES", 2)
    monkeypatch.setattr(query_order, "SAMPLE_ROWS", 4)


def rank(cell: Any) -> int:
    """Return 0 for a value, 1 for not a number, 2 for none."""
    if cell is None or cell == "":
        return 2
    return int(cell != cell)


def in_order(rows: list[tuple[Any, ...]], sorts: list[Sort]) -> list[int]:
    """Sort by the last key first: Python's sort keeps equal rows as they stand."""
    found = list(range(len(rows)))
    for sort in reversed(sorts):
        cells = [row[NAMES.index(sort.column)] for row in rows]
        keys = [cell.lower() if isinstance(cell, str) else cell for cell in cells]
        values = [row for row in found if rank(cells[row]) == 0]
        values.sort(key=lambda row, keys=keys: keys[row], reverse=sort.descending)  # type: ignore[misc]
        found = values + [r for n in (1, 2) for r in found if rank(cells[r]) == n]
    return found


@FEW
@given(
    rows=ROWS,
    sorts=st.lists(
        st.builds(Sort, column=st.sampled_from(SORTED), descending=st.booleans()),
        min_size=1,
        max_size=4,
        unique_by=lambda sort: sort.column,
    ),
)
def test_every_kind_is_sorted_as_python_sorts_it(
    rows: list[tuple[Any, ...]], sorts: list[Sort]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spec = QuerySpec(written(Path(folder), rows), Query(sort=tuple(sorts)), Path(folder) / "a")
        expected = in_order(rows, sorts)
        assert read_rows(query_rows(spec, nothing)).tolist() == expected
        assert list(first_rows(spec, nothing).rows) == expected
        assert {path.name for path in Path(folder).iterdir()} == {"parts", "a"}


@FEW
@given(
    rows=ROWS,
    name=st.sampled_from(["whole", "decimal", "truth", "day", "moment"]),
    data=st.data(),
    negate=st.booleans(),
    above=st.booleans(),
    below=st.booleans(),
)
def test_a_range_of_every_kind_is_the_one_that_python_compares(
    rows: list[tuple[Any, ...]], name: str, data: Any, negate: bool, above: bool, below: bool
) -> None:
    values = [value for value in KINDS[name][1] if value == value]
    low, high = (data.draw(st.sampled_from(values)) for _ in range(2))
    chosen = Filter(
        column=name, kind=FilterKind.RANGE, value=typed(low), high=typed(high),
        above=above, below=below, negate=negate,
    )  # fmt: skip
    cells = [row[NAMES.index(name)] for row in rows]
    expected = [
        place
        for place, cell in enumerate(cells)
        if (
            cell is not None
            and (cell > low if above else cell >= low)
            and (cell < high if below else cell <= high)
        )
        != negate
    ]
    with tempfile.TemporaryDirectory() as folder:
        spec = QuerySpec(
            written(Path(folder), rows), Query(filters=(chosen,)), Path(folder) / "view"
        )
        assert read_rows(query_rows(spec, nothing)).tolist() == expected


def typed(value: Any) -> str:
    """Return a value as a person writes it, exact to the last digit."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return str(value).lower() if isinstance(value, bool) else str(value)


@FEW
@given(rows=ROWS, text=st.sampled_from(["1", "5", "tru", "B", "äb", "2021-03", "[1", "\U0001f600"]))
def test_a_text_is_found_in_whatever_kind_writes_it(rows: list[tuple[Any, ...]], text: str) -> None:
    names = ("whole", "truth", "day", "text", "list")

    def has_it(row: tuple[Any, ...]) -> bool:
        cells = [row[NAMES.index(name)] for name in names]
        return any(text.lower() in shown(cell).lower() for cell in cells if cell is not None)

    with tempfile.TemporaryDirectory() as folder:
        spec = FindSpec(
            written(Path(folder), rows), Find(text=text, columns=names), None, Path(folder) / "hits"
        )
        found = read_rows(find_rows(spec, nothing)).tolist()
    assert found == [place for place, row in enumerate(rows) if has_it(row)]


def shown(cell: Any) -> str:
    if isinstance(cell, list):
        return "[" + ", ".join("null" if one is None else str(one) for one in cell) + "]"
    return str(cell)


@FEW
@given(
    rows=st.lists(ROW, min_size=1, max_size=60),
    name=st.sampled_from(NAMES),
    most=st.sampled_from([2, 500_000]),
)
def test_facts_of_every_kind_are_those_that_python_counts(
    rows: list[tuple[Any, ...]], name: str, most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(value_counts, "MOST_DISTINCT", most)
        patch.setattr(value_counts, "HASHED", most)
        told = column_statistics(StatisticsSpec(written(Path(folder), rows), name), nothing)
    cells = [row[NAMES.index(name)] for row in rows]
    values = [shown(c) if name == "list" else c for c in cells if c is not None and c != ""]
    assert (told.rows, told.empty) == (len(rows), len(rows) - len(values))
    counted = Counter("nan" if value != value else value for value in values)
    assert told.distinct == min(len(counted), most)
    assert told.distinct_exact == (len(counted) <= most)
    check_values(told, name, [value for value in values if value == value])
    if told.distinct_exact:
        top = Counter({str_key(one.value): one.count for one in told.top})
        expected = Counter({str_key(value): count for value, count in counted.items()})
        assert all(expected[value] == count for value, count in top.items())
        assert sorted(top.values()) == sorted(expected.values())[-len(top) :] if top else True


def str_key(value: Any) -> Any:
    return "nan" if value != value else value


def check_values(told: ColumnStatistics, name: str, values: list[Any]) -> None:
    assert told.smallest == min(values, default=None)
    assert told.largest == max(values, default=None)
    if told.histogram is not None:
        assert sum(told.histogram.bars) == len(values)
    if name == "decimal":
        assert (told.mean is None) == (not values)
    if name == "whole" and values:
        assert told.mean == pytest.approx(sum(values) / len(values), rel=1e-9, abs=4_096)
