"""The dataset of an earlier run as a source: in order, verified, with the needed columns only."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from loadline.domain.errors import RunError, SourceChanged, SourceDamaged, SourceMissing
from loadline.domain.plan import BATCH_ROWS, Partition
from loadline.domain.receipt import RunState
from loadline.engine.earlier_run import open_earlier
from loadline.sources.dataset import DatasetSlices
from loadline.sources.source import Reader, ReadHints
from loadline.store.run_folder import RunFolder
from tests.support.mongo_reading import Heard
from tests.support.parts import numbers
from tests.support.sealed_runs import sealed_run


def source(folder: Path) -> DatasetSlices:
    return DatasetSlices(str(folder), open_earlier)


def planned(of: DatasetSlices) -> tuple[Partition, ...]:
    return of.plan(lambda _rows, _bytes: None).partitions


def opened(of: DatasetSlices, partition: Partition) -> Reader:
    return of.open(partition, ReadHints(), Heard())


def rows(of: DatasetSlices) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for partition in planned(of):
        reader = opened(of, partition)
        own = pa.Table.from_batches(list(reader), reader.schema).to_pylist()
        account = reader.account()
        assert account.rows_read == len(own) == partition.rows
        assert reader.bytes_read == partition.size
        found += own
    return found


def test_slices_give_all_rows_in_order_wherever_they_are_cut(tmp_path: Path) -> None:
    parts = [[numbers(0, 7)], [numbers(7, 1)], [numbers(8, 12)]]
    earlier = source(sealed_run(tmp_path, parts))
    for chunk in (1, 3, 7, 8, 19, 20, 1_000):
        cut = earlier.cut(chunk)
        assert [row["n"] for row in rows(cut)] == list(range(20))
        assert [p.first for p in planned(cut)] == list(range(0, 20, chunk))


def test_a_long_dataset_is_cut_so_that_several_workers_have_work(tmp_path: Path) -> None:
    earlier = source(sealed_run(tmp_path, [[numbers(0, 3 * BATCH_ROWS)]]))
    plan = earlier.cut(10_000_000).plan(lambda _rows, _bytes: None)
    assert len(plan.partitions) == 8
    assert plan.records == 3 * BATCH_ROWS


def test_only_the_needed_columns_and_the_identity_are_read(tmp_path: Path) -> None:
    batch = pa.record_batch({"_id": ["a"], "x": [1], "y": [2.5], "_source": ["f.csv"]})
    narrow = source(sealed_run(tmp_path, [[batch]])).narrowed(["y", "not there"])
    assert rows(narrow) == [{"_id": "a", "y": 2.5, "_source": "f.csv"}]


def test_rows_are_still_counted_where_no_needed_column_is_there(tmp_path: Path) -> None:
    earlier = source(sealed_run(tmp_path, [[numbers(0, 4)]])).narrowed(["not there"])
    assert len(rows(earlier)) == 4


def test_parts_of_narrower_types_come_as_the_dataset_tells_them(tmp_path: Path) -> None:
    texts = pa.record_batch({"n": ["7a", None]})
    earlier = source(sealed_run(tmp_path, [[numbers(1, 2)], [texts]]))
    assert [row["n"] for row in rows(earlier)] == ["1", "2", "7a", None]


def test_an_empty_dataset_is_one_slice_that_keeps_the_columns(tmp_path: Path) -> None:
    earlier = source(sealed_run(tmp_path, [[numbers(0, 0)]]))
    (only,) = planned(earlier)
    assert only.rows == 0
    assert opened(earlier, only).schema.names == ["n"]
    assert rows(earlier) == []


@pytest.mark.parametrize("how", ["flipped", "cut", "gone"])
def test_a_part_that_is_not_what_was_written_is_named_with_what_it_holds(
    tmp_path: Path, how: str
) -> None:
    folder = sealed_run(tmp_path, [[numbers(0, 5)], [numbers(5, 5)]])
    earlier = source(folder).cut(5)
    part = folder / "parts" / "part-00001.arrow"
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.unlink()
    if how != "gone":
        part.write_bytes(content if how == "flipped" else content[:-100])
    first, second = planned(earlier)
    assert sum(batch.num_rows for batch in opened(earlier, first)) == 5
    with pytest.raises(SourceDamaged, match=r"part-00001\.arrow .* 1\.csv,") as told:
        list(opened(earlier, second))
    assert "Run that job again" in told.value.advice


def test_a_part_that_rots_after_a_first_look_is_looked_at_again(tmp_path: Path) -> None:
    folder = sealed_run(tmp_path, [[numbers(0, 5)]])
    earlier = source(folder)
    assert len(rows(earlier)) == 5
    part = folder / "parts" / "part-00000.arrow"
    content = bytearray(part.read_bytes())
    content[-80] ^= 1
    part.write_bytes(content)
    with pytest.raises(SourceDamaged):
        rows(earlier)


def test_an_earlier_run_that_has_changed_since_is_refused(tmp_path: Path) -> None:
    folder = sealed_run(tmp_path, [[numbers(0, 5)]])
    (partition,) = planned(source(folder))
    told = json.loads((folder / "dataset.json").read_text())
    told["table"]["parts"][0]["checksum"] = "xxh3:0"
    (folder / "dataset.json").write_text(json.dumps(told))
    with pytest.raises(SourceChanged, match="no longer what it was"):
        opened(source(folder), partition)


def test_a_newer_format_is_refused_with_its_number(tmp_path: Path) -> None:
    folder = sealed_run(tmp_path, [[numbers(0, 5)]])
    for name in ("dataset.json", "run.json"):
        told = json.loads((folder / name).read_text())
        (folder / name).write_text(json.dumps(told | {"format": 9}))
        with pytest.raises(RunError, match=r"format 9; this program reads up to"):
            planned(source(folder))


def test_what_is_no_run_is_told_apart_from_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="no such run"):
        planned(source(tmp_path / "nowhere"))
    with pytest.raises(SourceMissing, match="not the folder of a run"):
        planned(source(tmp_path))


def test_a_run_without_a_result_and_one_at_work_are_refused(tmp_path: Path) -> None:
    folder = sealed_run(tmp_path, [[numbers(0, 5)]])
    (folder / "dataset.json").unlink()
    with pytest.raises(SourceMissing, match="no result yet"):
        planned(source(folder))
    with RunFolder.open(folder, lock=True), pytest.raises(Exception, match="still at work"):
        planned(source(folder))


def test_an_earlier_run_that_did_not_end_well_is_noted(tmp_path: Path) -> None:
    good = source(sealed_run(tmp_path, [[numbers(0, 5)]]))
    cut_off = source(sealed_run(tmp_path, [[numbers(0, 5)]], state=RunState.CANCELLED))
    noted = cut_off.plan(lambda _rows, _bytes: None).notes
    assert any("may not be complete" in note for note in noted)
    assert not any("complete" in note for note in good.plan(lambda _rows, _bytes: None).notes)


def test_rows_that_are_not_all_read_do_not_add_up(tmp_path: Path) -> None:
    earlier = source(sealed_run(tmp_path, [[numbers(0, 5)]]))
    plan = earlier.plan(lambda _rows, _bytes: None)
    assert earlier.recount(plan, 5).failure is None
    assert earlier.recount(plan, 4).failure is not None
    assert earlier.recount(replace(plan, records=4), 5).failure is not None
