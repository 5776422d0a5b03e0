"""From finished parts to a sealed dataset, and back from the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from loadline.domain.errors import Failure, OutputRefused, Place, RunError
from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.plan import Partition, PartResult, WrittenAside
from loadline.domain.receipt import Receipt, ReceiptLine, RunState
from loadline.domain.schema import Column, ColumnType
from loadline.domain.tasks import TaskState
from loadline.store import entries as en
from loadline.store.dataset import Dataset
from loadline.store.journal import Journal
from loadline.store.manifest import read_receipt, seal, write_receipt
from loadline.store.run_folder import RunFolder
from loadline.store.verify import verify_part
from loadline.store.writing import sync_files
from tests.support import disks
from tests.support.parts import numbers, result, values, write_part

NAMES = {0: "a.csv", 1: "b.csv"}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[RunFolder]:
    job = Job(name="Polls", source=CsvFolderSource(path="/data"))
    with RunFolder.create(tmp_path / "runs", job) as made:
        yield made


def results(folder: RunFolder) -> list[PartResult]:
    batches = [numbers(0, 3), numbers(3, 2)]
    written = [write_part(folder.path, index, batch) for index, batch in enumerate(batches)]
    aside = write_part(folder.path, 1, numbers(7, 1, "other"), aside=2)
    below = WrittenAside(
        2, aside.file, aside.rows, aside.bytes, aside.checksum, (Column("other", ColumnType.INT),)
    )
    first, second = (
        result(part, index, batch.schema)
        for index, (part, batch) in enumerate(zip(written, batches, strict=True))
    )
    return [first, replace(second, asides=(below,))]


def test_a_sealed_dataset_is_opened_from_its_folder_alone(folder: RunFolder) -> None:
    made = results(folder)
    seal(folder, made[0].account.schema, reversed(made), NAMES)
    found = Dataset.open(folder.path)
    assert found.num_rows == 5
    assert found.columns == ("n",)
    assert [part.name for part in found.parts] == ["a.csv", "b.csv"]
    assert found.page(2, 9)["n"].to_pylist() == [2, 3, 4]


def test_a_second_table_is_a_dataset_of_its_own(folder: RunFolder) -> None:
    made = results(folder)
    seal(folder, made[0].account.schema, made, NAMES)
    found = Dataset.open(folder.path)
    assert found.asides == (2,)
    assert values(found.aside(2).page(0, 9)) == [{"other": 7}]
    assert found.aside(2).locate(0)[0].name == "b.csv"
    with pytest.raises(KeyError):
        found.aside(3)


def test_what_was_not_sealed_is_opened_as_far_as_the_journal_knows(folder: RunFolder) -> None:
    with Journal(folder.journal) as journal:
        plan = tuple(Partition(index, name, name) for index, name in NAMES.items())
        journal.append(en.Planned(0.0, plan))
        for made in results(folder)[1:]:
            journal.append(en.PartDone(0.1, made))
    found = Dataset.open(folder.path)
    assert found.page(0, 9)["n"].to_pylist() == [3, 4]
    assert found.parts[0].name == "b.csv"
    folder.dataset.write_bytes(b"\0")
    assert Dataset.open(folder.path).num_rows == 2


def test_a_run_without_any_part_has_no_dataset(folder: RunFolder) -> None:
    with pytest.raises(RunError, match="no result yet"):
        Dataset.open(folder.path)


def test_a_dataset_of_a_newer_format_is_refused(folder: RunFolder) -> None:
    seal(folder, (), results(folder), NAMES)
    content = folder.dataset.read_text()
    folder.dataset.write_text(content.replace('"format":1', '"format":9', 1))
    with pytest.raises(RunError, match="format 9"):
        Dataset.open(folder.path)


def test_a_seal_that_cannot_be_written_leaves_the_earlier_one(folder: RunFolder) -> None:
    made = results(folder)
    seal(folder, made[0].account.schema, made[:1], NAMES)
    with disks.read_only(folder.path), pytest.raises(OutputRefused):
        seal(folder, made[0].account.schema, made, NAMES)
    assert Dataset.open(folder.path).num_rows == 3
    assert list(folder.path.glob("*.tmp")) == []


def test_a_sound_part_is_verified(folder: RunFolder) -> None:
    for made in results(folder):
        path = folder.parts / made.part
        assert verify_part(path, made.checksum, made.rows) == made.part_bytes


def test_a_changed_a_short_and_a_missing_part_are_found(folder: RunFolder) -> None:
    first, second = results(folder)
    path = folder.parts / first.part
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(RunError, match="bytes have changed") as caught:
        verify_part(path, first.checksum, first.rows)
    assert str(caught.value.place) == first.part
    with pytest.raises(RunError, match="2 rows instead of 3"):
        verify_part(folder.parts / second.part, second.checksum, 3)
    path.unlink()
    with pytest.raises(RunError, match="cannot be read"):
        verify_part(path, first.checksum, first.rows)


def test_a_receipt_comes_back_as_it_was(folder: RunFolder) -> None:
    error = Failure("SourceDamaged", "Cut off.", Place("b.csv", 3, 40))
    lines = (
        ReceiptLine(0, "a.csv", TaskState.DONE, rows_read=3, rows=3, verified=True),
        ReceiptLine(1, "b.csv", TaskState.FAILED, attempts=3, error=error),
    )
    schema = (Column("n", ColumnType.INT),)
    receipt = Receipt("polls-1", RunState.PROBLEMS, lines, schema, 1.5, notes=("odd",))
    write_receipt(folder, receipt)
    assert read_receipt(folder.receipt) == receipt


def test_a_missing_receipt_is_none_and_a_damaged_one_is_told(folder: RunFolder) -> None:
    assert read_receipt(folder.receipt) is None
    folder.receipt.write_bytes(b"{")
    with pytest.raises(RunError, match="receipt cannot be read"):
        read_receipt(folder.receipt)


def test_parts_in_any_number_are_made_to_last(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(200)]
    for path in paths:
        path.write_bytes(b"x")
    sync_files(paths[:3])
    sync_files(paths)
    sync_files([])
    with pytest.raises(FileNotFoundError):
        sync_files([tmp_path / "gone" / str(number) for number in range(200)])
