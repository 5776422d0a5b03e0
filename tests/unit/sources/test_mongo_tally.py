"""Which fields have columns, as the documents of one part or the counts of all parts say it."""

from __future__ import annotations

from typing import Any

from bson import json_util

from loadline.domain.schema import Column, ColumnType
from loadline.sources.mongo_settle import settle
from loadline.sources.mongo_tally import told_tally
from loadline.sources.source import ReadHints
from tests.support.mongo_reading import read

RARE = [
    {"_id": n, "name": "x", "_extra": n, **{f"f{n}_{k}": k for k in range(5)}} for n in range(200)
]


def test_the_counts_of_a_part_tell_what_has_columns_and_what_has_not() -> None:
    _, account = read(RARE)
    tally = told_tally(account.schema)
    assert tally is not None
    assert (tally.documents, tally.columns) == (200, {"_id": 200, "name": 200})
    assert (len(tally.rest), tally.rest["f7_1"], tally.rest["_extra"]) == (1_001, 1, 200)


def test_a_part_that_is_read_as_it_was_has_the_same_columns() -> None:
    table, account = read(RARE)
    hints = ReadHints(types=tuple((column.name, column.type) for column in account.schema))
    fewer, _ = read(RARE[:3], hints)
    assert fewer.equals(table.slice(0, 3))


def test_a_field_called_as_the_rest_is_stays_a_column_when_its_part_is_read_again() -> None:
    docs: list[dict[str, Any]] = [{"_id": 1, "_extra": "own"}, {"_id": 2, "_extra": None}]
    table, account = read(docs)
    hints = ReadHints(types=tuple((column.name, column.type) for column in account.schema))
    assert table["_extra"].to_pylist() == ["own", None]
    assert read(docs, hints)[0]["_extra"].to_pylist() == ["own", None]


def test_a_single_document_has_no_columns_but_the_common_ones() -> None:
    hints = ReadHints(types=(("_extra", ColumnType.TEXT),), columns=("_id", "name"))
    table, _ = read(RARE[:1], hints)
    assert table.column_names == ["_id", "name", "_extra"]
    rest = {key: value for key, value in RARE[0].items() if key not in ("_id", "name")}
    assert json_util.loads(table["_extra"][0].as_py()) == rest


def test_only_parts_with_other_columns_are_read_again() -> None:
    parts = [read(docs)[1].schema for docs in (RARE[:150], RARE[150:])]
    assert [column.name for column in parts[0]][-1] == "_extra"
    ((index, hints),) = settle(parts).again
    assert (index, hints.columns) == (1, ("_id", "name"))
    parts[1] = read(RARE[150:], hints)[1].schema
    settled = settle(parts)
    assert [column.name for column in settled.schema] == ["_id", "name", "_extra"]
    assert settled.again == ()


def test_parts_of_a_run_that_has_no_counts_are_settled_by_their_columns() -> None:
    new, old = read(RARE)[1].schema, (Column("_id", ColumnType.INT, form="int"),)
    settled = settle([old, new])
    assert [column.name for column in settled.schema] == ["_id", "name", "_extra"]
    assert settled.again == ()
