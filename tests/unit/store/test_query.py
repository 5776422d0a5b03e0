"""Filters and orders on real parts, against a slow and obvious way to say the same."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadline.domain.arrow import domain_schema
from loadline.domain.errors import Cancelled, QueryError
from loadline.domain.query import Filter, FilterKind, Find, Query, Sort
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

WORDS = ["", "a", "B", "b", "Ab", "aB", "ÄB", "äb", "zz", None]
Row = tuple[int | None, str | None]
ROWS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(-3, 3)), st.sampled_from(WORDS)), max_size=40
)
SORTS = st.lists(
    st.tuples(st.sampled_from(["number", "word"]), st.booleans()),
    min_size=1,
    max_size=2,
    unique_by=lambda sort: sort[0],
)


def quiet(rows: int, bytes_read: int) -> None:
    """Take progress without a word."""


def written(folder: Path, rows: list[Row]) -> RowsSpec:
    """Write rows as two parts."""
    middle = len(rows) // 2
    batches = [
        pa.record_batch(
            {
                "number": pa.array([number for number, _ in some], pa.int64()),
                "word": pa.array([word for _, word in some], pa.string()),
            }
        )
        for some in (rows[:middle], rows[middle:])
    ]
    parts = tuple(part(folder, place, batch) for place, batch in enumerate(batches))
    return RowsSpec(folder, parts, domain_schema(batches[0].schema))


def answer(spec: RowsSpec, query: Query) -> list[int]:
    """Return the row numbers that a worker would write."""
    view = query_rows(QuerySpec(spec, query, spec.folder / "view"), quiet)
    found: list[int] = read_rows(view).tolist()
    return found


def slowly_ordered(rows: list[Row], sorts: list[tuple[str, bool]]) -> list[int]:
    """Order rows the obvious way: last key first, what is empty at the end."""
    order = list(range(len(rows)))
    for column, descending in reversed(sorts):
        keys = [number if column == "number" else (word or "").lower() or None
                for number, word in rows]  # fmt: skip
        full = [row for row in order if keys[row] is not None]
        ranked = sorted({keys[row] for row in full}, reverse=descending)  # type: ignore[type-var]
        places = {key: place for place, key in enumerate(ranked)}
        order = sorted(full, key=lambda row: places[keys[row]]) + [
            row for row in order if keys[row] is None
        ]
    return order


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, sorts=SORTS, ranges=st.sampled_from([3, 1_000]))
def test_an_order_is_that_of_the_obvious_way_in_one_range_or_many(
    rows: list[Row], sorts: list[tuple[str, bool]], ranges: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(query_order, "RANGE_ROWS", ranges)
        patch.setattr(query_scan, "SLICE", 7)
        spec = written(Path(folder), rows)
        query = Query(sort=tuple(Sort(column=c, descending=d) for c, d in sorts))
        expected = slowly_ordered(rows, sorts)
        assert answer(spec, query) == expected
        first = first_rows(QuerySpec(spec, query, Path(folder) / "first"), quiet)
        assert list(first.rows) == expected
        assert first.total == len(rows)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, low=st.integers(-3, 3), high=st.integers(-3, 3), negate=st.booleans())
def test_a_range_keeps_what_lies_in_it_and_its_negation_all_else(
    rows: list[Row], low: int, high: int, negate: bool
) -> None:
    chosen = Filter(
        column="number", kind=FilterKind.RANGE, value=str(low), high=str(high), negate=negate
    )
    expected = [
        place
        for place, (number, _) in enumerate(rows)
        if (number is not None and low <= number <= high) != negate
    ]
    with tempfile.TemporaryDirectory() as folder:
        assert answer(written(Path(folder), rows), Query(filters=(chosen,))) == expected


@pytest.mark.parametrize("case", [False, True])
def test_contains_looks_at_letter_case_only_when_asked(tmp_path: Path, case: bool) -> None:
    rows: list[Row] = [(place, word) for place, word in enumerate(WORDS)]
    chosen = Filter(column="word", kind=FilterKind.CONTAINS, value="b", case=case)
    expected = [
        place
        for place, word in enumerate(WORDS)
        if word is not None and "b" in (word if case else word.lower())
    ]
    assert answer(written(tmp_path, rows), Query(filters=(chosen,))) == expected


def test_empty_is_no_value_and_the_empty_text(tmp_path: Path) -> None:
    spec = written(tmp_path, [(1, "a"), (None, ""), (3, None)])
    words = Filter(column="word", kind=FilterKind.EMPTY)
    numbers = Filter(column="number", kind=FilterKind.EMPTY)
    assert answer(spec, Query(filters=(words,))) == [1, 2]
    assert answer(spec, Query(filters=(words, numbers))) == [1]


def test_hits_are_places_in_the_view_that_is_shown(tmp_path: Path) -> None:
    chance = random.Random(1)
    rows: list[Row] = [(chance.randrange(100), chance.choice(["hit", "miss"])) for _ in range(60)]
    spec = written(tmp_path, rows)
    query = Query(sort=(Sort(column="number"),))
    view = query_rows(QuerySpec(spec, query, tmp_path / "view"), quiet)
    hits = find_rows(FindSpec(spec, Find(text="HIT"), view, tmp_path / "hits"), quiet)
    shown = read_rows(view).tolist()
    expected = [place for place, row in enumerate(shown) if rows[row][1] == "hit"]
    assert read_rows(hits).tolist() == expected


def test_a_value_that_the_column_cannot_have_is_told(tmp_path: Path) -> None:
    spec = written(tmp_path, [(1, "a")])
    chosen = Filter(column="number", kind=FilterKind.EQUALS, value="many")
    with pytest.raises(QueryError, match="“many” is not a number"):
        answer(spec, Query(filters=(chosen,)))


def test_a_query_stops_when_it_is_asked_to(tmp_path: Path) -> None:
    spec = written(tmp_path, [(1, "a")] * 10)

    def stop(rows: int, bytes_read: int) -> None:
        raise Cancelled("Cancelled.")

    query = Query(sort=(Sort(column="number"),))
    with pytest.raises(Cancelled):
        query_rows(QuerySpec(spec, query, tmp_path / "view"), stop)
