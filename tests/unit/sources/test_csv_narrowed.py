"""Scoring a folder types only the columns that it needs; rows, problems and scores stay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from loadline.domain.jobs import Comparison, CsvFolderSource, Score
from loadline.domain.schema import ColumnType
from loadline.engine.scored import ScoredSource
from loadline.sources.csv_folder import CsvFolder
from loadline.sources.source import ReadHints, StartOver
from tests.support.csv_loading import Collected

if TYPE_CHECKING:
    from loadline.domain.plan import ReadAccount
    from loadline.sources.source import Source

CARD = Score(
    compare=(
        Comparison(field="price", measure="number", tolerance=50.0),
        Comparison(field="name", measure="jaro-winkler"),
    ),
    reference={"price": 40, "name": "Ann Lee"},
)
ROWS = 20_000


class Whole(ScoredSource):
    """Scores with every column in its type."""

    def narrowed_source(self) -> Source:
        """Return the source as it is."""
        return self.source


@dataclass(frozen=True)
class Read:
    """A file's records, its account, what was told of it, and how often it was begun."""

    table: pa.Table
    account: ReadAccount
    problems: list[tuple[str, int | None, str]]
    begun: int


def read(source: Source) -> Read:
    (partition,) = source.plan(lambda _rows, _bytes: None).partitions
    hints, begun = ReadHints(), 0
    while True:
        begun += 1
        sink = Collected()
        reader = source.open(partition, hints, sink)
        try:
            table = pa.Table.from_batches(list(reader), reader.schema)
            account = reader.account()
        except StartOver as again:
            hints = again.hints
            continue
        finally:
            reader.close()
        told = [(p.what, p.line, p.raw) for p in sink.problems]
        return Read(table, account, told, begun)


def folder(
    tmp_path: Path, late: str = "", short: bool = False, rows: int = ROWS
) -> CsvFolderSource:
    """Write a file whose columns `when` and `count` are of no use to the scorecard."""
    lines = [f"{n},{n % 90}.5,Ann {n % 7},2024-01-{1 + n % 28:02},{n}" for n in range(rows)]
    if late:
        lines[-2] = f'1,2.5,Ann,{late},"x, y"'
    if short:
        lines[rows // 2] = "7,3.5,short"
    (tmp_path / "a.csv").write_text("\n".join(["id,price,name,when,count", *lines, ""]))
    return CsvFolderSource(path=str(tmp_path))


def both(spec: CsvFolderSource) -> tuple[Read, Read]:
    assert CARD.reference is not None
    return tuple(  # type: ignore[return-value]
        read(kind(CsvFolder(spec), CARD, CARD.reference)) for kind in (Whole, ScoredSource)
    )


def same(whole: Read, narrow: Read) -> None:
    assert narrow.table.equals(whole.table)
    assert narrow.problems == whole.problems
    assert narrow.account.schema == whole.account.schema
    extra = {"hits", "histogram", "wrong"}
    assert {name: narrow.account.extra[name] for name in extra} == {
        name: whole.account.extra[name] for name in extra
    }
    assert narrow.account.rows_read == whole.account.rows_read == narrow.table.num_rows


def test_scores_and_kept_columns_are_those_of_a_full_reading(tmp_path: Path) -> None:
    whole, narrow = both(folder(tmp_path))
    same(whole, narrow)
    assert narrow.table.schema.field("id").type == pa.int64()
    assert narrow.account.reader == "fast"


def test_a_short_row_is_told_and_kept_in_a_narrow_reading(tmp_path: Path) -> None:
    whole, narrow = both(folder(tmp_path, short=True))
    same(whole, narrow)
    assert narrow.account.reader == "tolerant"
    assert any("short" in raw for _, _, raw in narrow.problems)


def test_a_column_of_no_use_that_widens_late_does_not_begin_the_file_anew(tmp_path: Path) -> None:
    whole, narrow = both(folder(tmp_path, late="soon", rows=8 * ROWS))
    same(whole, narrow)
    assert whole.begun == 2
    assert narrow.begun == 1


def test_what_does_not_fit_a_forced_type_is_told_of_every_column(tmp_path: Path) -> None:
    spec = folder(tmp_path, late="soon")
    types = CsvFolderSource(path=spec.path, column_types={"when": "date"})
    whole, narrow = both(types)
    same(whole, narrow)
    assert [(what, raw) for what, _, raw in narrow.problems] == [("when is not a date", "soon")]


def test_columns_that_are_not_needed_are_there_as_their_text(tmp_path: Path) -> None:
    source = CsvFolder(folder(tmp_path)).narrowed(["price"])
    found = read(source)
    kinds = {column.name: column.type for column in found.account.schema}
    assert kinds == {
        "id": ColumnType.INT, "price": ColumnType.DECIMAL, "name": ColumnType.TEXT,
        "when": ColumnType.TEXT, "count": ColumnType.TEXT,
    }  # fmt: skip
    assert found.table.column("when").to_pylist()[:2] == ["2024-01-01", "2024-01-02"]
    assert read(replace(source, only=None)).table.num_rows == ROWS
