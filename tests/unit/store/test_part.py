from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import ipc

from loadline.domain.errors import DiskFull, OutputRefused
from loadline.store.checksum import checksum
from loadline.store.part import JOINED_BYTES, MOST_BYTES, PartWriter
from loadline.store.part_index import batch_rows
from tests.support import disks
from tests.support.parts import numbers, write_part


def content(path: Path) -> pa.Table:
    with pa.OSFile(str(path), "rb") as file:
        return ipc.open_file(file).read_all()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def noise(rows: int, width: int) -> pa.RecordBatch:
    """Rows of text that cannot be compressed."""
    return pa.record_batch({"text": [os.urandom(width // 2).hex() for _ in range(rows)]})


def test_a_part_has_its_final_name_only_when_it_is_whole(tmp_path: Path) -> None:
    writer = PartWriter(tmp_path, 42, 3, numbers(0, 1).schema)
    writer.write(numbers(0, 10))
    assert names(tmp_path) == ["part-00042.3.tmp"]
    written = writer.finish()
    assert names(tmp_path) == ["part-00042.arrow"]
    whole = (tmp_path / written.file).read_bytes()
    assert (written.rows, written.bytes, written.checksum) == (10, len(whole), checksum(whole))
    assert content(tmp_path / written.file)["n"].to_pylist() == list(range(10))


def test_the_index_grows_beyond_five_digits(tmp_path: Path) -> None:
    assert write_part(tmp_path, 123_456, numbers(0, 1)).file == "part-123456.arrow"


def test_a_discarded_part_leaves_nothing_and_keeps_the_earlier_one(tmp_path: Path) -> None:
    written = write_part(tmp_path, 1, numbers(0, 5))
    writer = PartWriter(tmp_path / "parts", 1, 2, numbers(0, 1).schema)
    writer.write(numbers(0, 50_000))
    writer.discard()
    assert names(tmp_path / "parts") == [written.file]
    assert content(tmp_path / "parts" / written.file).num_rows == 5


def test_a_part_that_is_read_again_replaces_the_old_one(tmp_path: Path) -> None:
    first = write_part(tmp_path, 1, numbers(0, 5))
    second = write_part(tmp_path, 1, numbers(7, 2), attempt=2)
    assert names(tmp_path / "parts") == [first.file]
    assert content(tmp_path / "parts" / second.file)["n"].to_pylist() == [7, 8]
    assert first.checksum != second.checksum


def test_small_batches_are_joined_in_order_and_large_ones_cut(tmp_path: Path) -> None:
    small = [numbers(start, 100) for start in range(0, 2_000, 100)]
    written = write_part(tmp_path, 1, *small, numbers(2_000, 150_000), numbers(152_000, 7))
    path = tmp_path / "parts" / written.file
    assert batch_rows(path) == (2_000, 65_536, 65_536, 150_000 - 2 * 65_536, 7)
    assert content(path)["n"].to_pylist() == list(range(152_007))


def test_many_small_batches_never_become_one_of_more_rows_than_allowed(tmp_path: Path) -> None:
    written = write_part(
        tmp_path, 1, *(numbers(start, 15_000) for start in range(0, 90_000, 15_000))
    )
    assert batch_rows(tmp_path / "parts" / written.file) == (60_000, 30_000)


def test_batches_of_huge_cells_are_cut_down_to_single_rows(tmp_path: Path) -> None:
    huge = pa.record_batch({"text": ["a" * MOST_BYTES, "b" * MOST_BYTES, "c"]})
    written = write_part(tmp_path, 1, huge)
    assert batch_rows(tmp_path / "parts" / written.file) == (1, 1, 1)


def test_joined_batches_stay_small_in_bytes(tmp_path: Path) -> None:
    one = noise(10, 90_000)  # just below what is written at once
    written = write_part(tmp_path, 1, *[one] * 12)
    rows = batch_rows(tmp_path / "parts" / written.file)
    assert sum(rows) == 120
    assert max(rows) * 90_000 <= JOINED_BYTES + one.nbytes


def test_a_dictionary_may_change_between_batches(tmp_path: Path) -> None:
    def encoded(values: list[str | None]) -> pa.RecordBatch:
        return pa.record_batch({"s": pa.array(values * 20_000).dictionary_encode()})

    first, second = ["a", "b", None], ["c", "b", None]
    written = write_part(tmp_path, 1, *(encoded(v) for v in (first, second, first)))
    found = content(tmp_path / "parts" / written.file)["s"].to_pylist()
    assert found == first * 20_000 + second * 20_000 + first * 20_000


def test_a_header_without_rows_is_a_part_and_nothing_at_all_is_none(tmp_path: Path) -> None:
    empty = write_part(tmp_path, 1, numbers(0, 0))
    assert (empty.rows, empty.file) == (0, "part-00001.arrow")
    assert content(tmp_path / "parts" / empty.file).schema == numbers(0, 0).schema
    nothing = write_part(tmp_path, 1, pa.RecordBatch.from_pylist([], pa.schema([])), attempt=2)
    assert (nothing.rows, nothing.file) == (0, "")
    assert names(tmp_path / "parts") == []


def test_a_full_disk_is_told_and_no_file_is_left(tiny_disk: Path) -> None:
    batch = noise(500, 10_000)
    writer = PartWriter(tiny_disk, 1, 1, batch.schema)
    with pytest.raises(DiskFull, match="The disk is full") as caught:
        writer.write(batch)
    assert "part-00001" in str(caught.value.place)
    writer.discard()
    assert names(tiny_disk) == []


def test_a_disk_that_is_full_at_the_very_end_leaves_no_file_either(tiny_disk: Path) -> None:
    batch = noise(40, 10_000)
    writer = PartWriter(tiny_disk, 1, 1, batch.schema)
    writer.write(batch)  # joined with later ones, so nothing is written yet
    with pytest.raises(DiskFull):
        writer.finish()
    assert names(tiny_disk) == []


def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    with disks.read_only(folder), pytest.raises(OutputRefused, match="may not be written"):
        PartWriter(folder, 1, 1, numbers(0, 1).schema)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="not there"):
        PartWriter(tmp_path / "gone", 1, 1, numbers(0, 1).schema)
