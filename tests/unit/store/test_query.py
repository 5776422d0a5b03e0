"""Filter, order and search against a slow and obvious implementation."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadline.domain.errors import QueryError
from loadline.domain.query import Filter, FilterKind, Find, Query, Sort
from loadline.domain.schema import Column, ColumnType
from loadline.store import query_order, query_scan
from loadline.store.query import (
    FindSpec,
    QuerySpec,
    find_rows,
    first_rows,
    query_rows,
    read_rows,
)
from loadline.store.query_scan import RowsSpec
from tests.support.parts import part

Row = tuple[int | None, float | None, str | None]
SCHEMA = (
    Column("n", ColumnType.INT),
    Column("x", ColumnType.DECIMAL),
    Column("t", ColumnType.TEXT),
)
ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(-3, 3),
        st.none() | st.sampled_from([-1.5, 0.0, 2.25, math.nan, math.inf]),
        st.none() | st.sampled_from(["", "a", "B", "b", "Äb", "äB", "ab", "10", "9"]),
    ),
    max_size=60,
)
SORTS = st.lists(
    st.builds(Sort, column=st.sampled_from("nxt"), descending=st.booleans()),
    min_size=1,
    max_size=3,
    unique_by=lambda sort: sort.column,
).map(tuple)
FILTERS = st.one_of(
    st.builds(Filter, column=st.sampled_from("nxt"), kind=st.just(FilterKind.EMPTY),
              negate=st.booleans()),
    st.builds(Filter, column=st.just("t"), kind=st.just(FilterKind.CONTAINS),
              value=st.sampled_from(["b", "ä", "0"]), case=st.booleans(), negate=st.booleans()),
    st.builds(Filter, column=st.just("n"), kind=st.just(FilterKind.EQUALS),
              value=st.sampled_from(["2", "-1"]), negate=st.booleans()),
    st.builds(Filter, column=st.just("n"), kind=st.just(FilterKind.RANGE),
              value=st.sampled_from(["", "-1", "0.5"]), high=st.sampled_from(["1", "2"]),
              above=st.booleans(), below=st.booleans(), negate=st.booleans()),
)  # fmt: skip
WITH_FOLDER = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut where a few rows are enough to cut."""
    monkeypatch.setattr(query_scan, "SLICE", 7)
    monkeypatch.setattr(query_order, "RANGE_ROWS", 16)


def written(folder: Path, rows: list[Row]) -> RowsSpec:
    """Write rows as two parts."""
    half = len(rows) // 2
    kinds = (pa.int64(), pa.float64(), pa.string())
    parts = []
    for index, some in enumerate((rows[:half], rows[half:])):
        columns = [pa.array([row[place] for row in some], kind) for place, kind in enumerate(kinds)]
        parts.append(part(folder, index, pa.record_batch(columns, names=["n", "x", "t"])))
    return RowsSpec(folder, tuple(parts), SCHEMA)


def nothing(rows: int, bytes_read: int) -> None:
    """Hear a report."""


def answer(folder: Path, rows: list[Row], query: Query) -> list[int]:
    spec = QuerySpec(written(folder, rows), query, folder / "answer")
    view = query_rows(spec, nothing)
    assert view.rows * 8 == (folder / "answer").stat().st_size
    found: list[int] = read_rows(view).tolist()
    return found


def has_value(cell: object) -> bool:
    return cell is not None and cell != ""


def passes(row: Row, chosen: Filter) -> bool:
    cell = row["nxt".index(chosen.column)]
    match chosen.kind:
        case FilterKind.EMPTY:
            kept = not has_value(cell)
        case FilterKind.CONTAINS:
            text, value = str(cell), chosen.value
            kept = cell is not None and (
                value in text if chosen.case else value.lower() in text.lower()
            )
        case FilterKind.EQUALS:
            kept = cell is not None and cell == float(chosen.value)
        case FilterKind.RANGE:
            kept = cell is not None and within(float(cell), chosen)
    return kept != chosen.negate


def within(cell: float, chosen: Filter) -> bool:
    low = float(chosen.value) if chosen.value else -math.inf
    high = float(chosen.high)
    after = cell > low if chosen.above else cell >= low
    before = cell < high if chosen.below else cell <= high
    return after and before


def obvious_order(rows: list[Row], sorts: tuple[Sort, ...]) -> list[int]:
    """Sort by the last key first: Python's sort keeps equal rows as they stand."""
    found = list(range(len(rows)))
    for sort in reversed(sorts):
        place = "nxt".index(sort.column)
        found = sorted_by(found, lambda n, place=place: rows[n][place], sort.descending)  # type: ignore[misc]
    return found


def sorted_by(rows: list[int], cell: Callable[[int], Any], descending: bool) -> list[int]:
    def rank(row: int) -> int:
        value = cell(row)
        if not has_value(value):
            return 2
        return int(isinstance(value, float) and math.isnan(value))

    def key(row: int) -> Any:
        value = cell(row)
        return value.lower() if isinstance(value, str) else value

    values = [row for row in rows if rank(row) == 0]
    ordered = sorted(values, key=key, reverse=descending)  # equal ones keep their order
    return ordered + [row for row in rows if rank(row) == 1] + [r for r in rows if rank(r) == 2]


@WITH_FOLDER
@given(rows=ROWS, filters=st.lists(FILTERS, min_size=1, max_size=2))
def test_filters_keep_what_the_obvious_test_keeps(
    tmp_path: Path, rows: list[Row], filters: list[Filter]
) -> None:
    wanted = [n for n, row in enumerate(rows) if all(passes(row, one) for one in filters)]
    assert answer(tmp_path, rows, Query(filters=tuple(filters))) == wanted


@WITH_FOLDER
@given(rows=ROWS, sorts=SORTS)
def test_the_order_is_the_obvious_one(
    tmp_path: Path, rows: list[Row], sorts: tuple[Sort, ...]
) -> None:
    assert answer(tmp_path, rows, Query(sort=sorts)) == obvious_order(rows, sorts)


@WITH_FOLDER
@given(rows=ROWS, sorts=SORTS, filters=st.lists(FILTERS, max_size=1))
def test_the_first_rows_are_the_beginning_of_the_whole_order(
    tmp_path: Path, rows: list[Row], sorts: tuple[Sort, ...], filters: list[Filter]
) -> None:
    query = Query(filters=tuple(filters), sort=sorts)
    whole = answer(tmp_path, rows, query)
    first = first_rows(QuerySpec(written(tmp_path, rows), query, tmp_path / "first"), nothing)
    assert first.total == len(whole)
    assert list(first.rows) == whole[: len(first.rows)]
    assert len(first.rows) == min(len(whole), 1_000)


@WITH_FOLDER
@given(rows=ROWS, text=st.sampled_from(["b", "2", "Ä", "1"]), case=st.booleans())
def test_a_text_is_found_at_its_places_in_a_view(
    tmp_path: Path, rows: list[Row], text: str, case: bool
) -> None:
    spec = written(tmp_path, rows)
    query = Query(sort=(Sort(column="n", descending=True),))
    view = query_rows(QuerySpec(spec, query, tmp_path / "view"), nothing)
    find = Find(text=text, case=case, columns=("n", "t"))

    def has_it(row: int) -> bool:
        cells = [str(rows[row][place]) for place in (0, 2) if rows[row][place] is not None]
        return any(text in c if case else text.lower() in c.lower() for c in cells)

    found = find_rows(FindSpec(spec, find, view, tmp_path / "hits"), nothing)
    shown = read_rows(view).tolist()
    assert read_rows(found).tolist() == [place for place, row in enumerate(shown) if has_it(row)]
    everywhere = find_rows(FindSpec(spec, find, None, tmp_path / "all"), nothing)
    assert read_rows(everywhere).tolist() == [n for n in range(len(rows)) if has_it(n)]


def test_the_first_rows_stay_right_when_most_have_to_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loadline.store.query.FIRST_ROWS", 5)
    rows: list[Row] = [(n * 7919 % 101, None, None) for n in range(400)]
    query = Query(sort=(Sort(column="n"),))
    first = first_rows(QuerySpec(written(tmp_path, rows), query, tmp_path / "first"), nothing)
    assert list(first.rows) == obvious_order(rows, query.sort)[:5]


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ((Filter(column="n", kind=FilterKind.EQUALS, value="many"),), "“many” is not a number."),
        ((Filter(column="gone", kind=FilterKind.EMPTY),), "There is no column gone."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_plain_words(
    tmp_path: Path, filters: tuple[Filter, ...], sentence: str
) -> None:
    with pytest.raises(QueryError) as refused:
        answer(tmp_path, [(1, 2.0, "a")], Query(filters=filters))
    assert refused.value.failure.sentence == sentence
