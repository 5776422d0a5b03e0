from __future__ import annotations

import csv
import json
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv as arrow_csv
from pyarrow import feather, parquet

from loadline.domain.arrow import domain_schema
from loadline.domain.errors import (
    Cancelled,
    DiskFull,
    OutputExists,
    OutputRefused,
    RunError,
)
from loadline.store.dataset import Dataset
from loadline.store.export import ExportOptions, export
from tests.support import disks
from tests.support.parts import numbers, part

SUFFIXES = (".parquet", ".csv", ".feather", ".jsonl")
MOMENTS = [
    datetime.fromisoformat("2020-02-29T12:00:00") + timedelta(microseconds=n) for n in (0, 5)
]
EVERY_TYPE = pa.record_batch(
    {
        "int": pa.array([2**63 - 1, None, -5]),
        "decimal": pa.array([0.1, None, 1e300]),
        "bool": pa.array([True, None, False]),
        "date": pa.array([date(1998, 3, 11), None, date(1, 1, 1)]),
        "moment": pa.array([*MOMENTS, None], pa.timestamp("us")),
        "text": pa.array(['a,"b"\n=c', None, ""]),
        "list": pa.array([["a", 'b"'], None, []], pa.list_(pa.string())),
        "binary": pa.array([b"\xff\0", None, b""]),
        "empty": pa.nulls(3),
        "Zäh🎉,": pa.array(["00501", "é", "🎉"]),
    }
)


def whole(folder: Path, *batches: pa.RecordBatch) -> Dataset:
    parts = [part(folder, index, batch) for index, batch in enumerate(batches)]
    return Dataset(folder, parts, domain_schema(batches[0].schema))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out ä 🎉").mkdir()
    return tmp_path / "out ä 🎉"


def numbers_in(path: Path) -> list[int]:
    if path.suffix == ".jsonl":
        return [json.loads(line)["n"] for line in path.read_text().splitlines()]
    read = {
        ".parquet": parquet.read_table,
        ".feather": feather.read_table,
        ".csv": arrow_csv.read_csv,
    }[path.suffix]
    return list(read(path)["n"].to_pylist())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_value_of_every_type_comes_back_from_parquet_and_feather(
    tmp_path: Path, out: Path
) -> None:
    found = whole(tmp_path, EVERY_TYPE)
    export(found, out / "x.parquet")
    export(found, out / "x.feather")
    expected = pa.Table.from_batches([EVERY_TYPE])
    assert parquet.read_table(out / "x.parquet").to_pylist() == expected.to_pylist()
    assert feather.read_table(out / "x.feather").equals(expected)
    assert names(out) == ["x.feather", "x.parquet"]


def test_every_value_of_every_type_can_be_read_in_csv(tmp_path: Path, out: Path) -> None:
    size = export(whole(tmp_path, EVERY_TYPE), out / "x.csv")
    assert size == (out / "x.csv").stat().st_size
    with (out / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        EVERY_TYPE.schema.names,
        [str(2**63 - 1), "0.1", "true", "1998-03-11", "2020-02-29 12:00:00", 'a,"b"\n=c',
         '["a", "b\\""]', "/wA=", "", "00501"],
        ["", "", "", "", "2020-02-29 12:00:00.000005", "", "", "", "", "é"],
        ["-5", "1e+300", "false", "0001-01-01", "", "", "[]", "", "", "🎉"],
    ]  # fmt: skip


def test_csv_tells_empty_text_from_no_value(tmp_path: Path, out: Path) -> None:
    export(whole(tmp_path, EVERY_TYPE), out / "x.csv")
    options = arrow_csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False)
    parse = arrow_csv.ParseOptions(newlines_in_values=True)
    read = arrow_csv.read_csv(out / "x.csv", convert_options=options, parse_options=parse)
    assert read["text"].to_pylist() == ['a,"b"\n=c', None, ""]


def test_every_value_of_every_type_can_be_read_in_json_lines(tmp_path: Path, out: Path) -> None:
    export(whole(tmp_path, EVERY_TYPE), out / "x.jsonl")
    rows = [json.loads(line) for line in (out / "x.jsonl").read_text("utf-8").splitlines()]
    assert [row["int"] for row in rows] == [2**63 - 1, None, -5]
    assert [row["moment"] for row in rows] == [
        "2020-02-29 12:00:00", "2020-02-29 12:00:00.000005", None,
    ]  # fmt: skip
    assert [row["list"] for row in rows] == [["a", 'b"'], None, []]
    assert [row["binary"] for row in rows] == ["/wA=", None, ""]
    assert rows[0]["text"] == 'a,"b"\n=c'
    assert list(rows[0]) == EVERY_TYPE.schema.names


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_order_of_the_source_is_kept_and_no_row_is_lost(
    tmp_path: Path, out: Path, suffix: str
) -> None:
    found = whole(tmp_path, numbers(0, 100_000), numbers(100_000, 1), numbers(100_001, 70_000))
    export(found, out / f"x{suffix}")
    assert numbers_in(out / f"x{suffix}") == list(range(170_001))


def test_parquet_has_row_groups_that_a_page_can_be_read_from(tmp_path: Path, out: Path) -> None:
    found = whole(tmp_path, numbers(0, 200_000), *(numbers(n, 1_000) for n in range(100)))
    export(found, out / "x.parquet")
    file = parquet.ParquetFile(out / "x.parquet")
    rows = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    assert max(rows) <= 131_072
    assert len(rows) <= 6
    file.close()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_dataset_without_rows_or_columns_is_a_file_all_the_same(
    tmp_path: Path, out: Path, suffix: str
) -> None:
    export(Dataset(tmp_path, [], domain_schema(EVERY_TYPE.schema)), out / f"a{suffix}")
    export(Dataset(tmp_path, [], ()), out / f"b{suffix}")
    assert names(out) == [f"a{suffix}", f"b{suffix}"]


def test_formulas_can_be_defused_without_touching_numbers(tmp_path: Path, out: Path) -> None:
    cells = ["=1+1", "+49 30", "-x", "@a", "a=b", None, "", "\ttab"]
    batch = pa.record_batch({"=name": cells, "n": pa.array(range(-3, 5))})
    export(whole(tmp_path, batch), out / "x.csv", options=ExportOptions(defuse=True))
    with (out / "x.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["'=name", "n"]
    assert [row[0] for row in rows] == [
        "'=1+1", "'+49 30", "'-x", "'@a", "a=b", "", "", "'\ttab",
    ]  # fmt: skip
    assert rows[0][1] == "-3"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_csv_can_be_written_in_another_encoding_and_with_another_delimiter(
    tmp_path: Path, out: Path, encoding: str
) -> None:
    batch = pa.record_batch({"ä": ["é;", "ö"] * 50_000})
    options = ExportOptions(encoding=encoding, delimiter=";")
    export(whole(tmp_path, batch), out / "x.csv", options=options)
    with (out / "x.csv").open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows == [["ä"], *[["é;"], ["ö"]] * 50_000]


def test_a_sign_that_the_encoding_lacks_is_named_and_nothing_is_left(
    tmp_path: Path, out: Path
) -> None:
    found = whole(tmp_path, pa.record_batch({"a": ["é", "🎉"]}))
    with pytest.raises(OutputRefused, match="🎉 does not exist in the encoding cp1252"):
        export(found, out / "x.csv", options=ExportOptions(encoding="cp1252"))
    with pytest.raises(OutputRefused, match="encoding klingon is not known"):
        export(found, out / "x.csv", options=ExportOptions(encoding="klingon"))
    assert names(out) == []


def test_some_columns_can_be_exported(tmp_path: Path, out: Path) -> None:
    options = ExportOptions(columns=("text", "int"))
    export(whole(tmp_path, EVERY_TYPE), out / "x.parquet", options=options)
    assert parquet.read_table(out / "x.parquet").schema.names == ["text", "int"]


def test_progress_is_told_in_rows_and_bytes(tmp_path: Path, out: Path) -> None:
    told: list[tuple[int, int]] = []
    found = whole(tmp_path, *(numbers(n, 20_000) for n in range(5)))
    export(found, out / "x.csv", report=lambda rows, size: told.append((rows, size)))
    assert [rows for rows, _ in told] == [0, 20_000, 40_000, 60_000, 80_000, 100_000]
    assert [size for _, size in told] == sorted(size for _, size in told)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_cancelled_export_leaves_nothing_and_the_earlier_file(
    tmp_path: Path, out: Path, suffix: str
) -> None:
    def report(rows: int, bytes_read: int) -> None:
        if rows:
            assert f"x{suffix}.partial" in names(out)
            raise Cancelled("Stopped.")

    found = whole(tmp_path, numbers(0, 70_000))
    (out / f"x{suffix}").write_text("earlier")
    with pytest.raises(Cancelled):
        export(found, out / f"x{suffix}", overwrite=True, report=report)
    assert names(out) == [f"x{suffix}"]
    assert (out / f"x{suffix}").read_text() == "earlier"


def test_an_existing_file_is_replaced_only_if_allowed(tmp_path: Path, out: Path) -> None:
    found = whole(tmp_path, numbers(0, 3))
    (out / "x.csv").write_text("earlier")
    with pytest.raises(OutputExists, match="there already"):
        export(found, out / "x.csv")
    assert (out / "x.csv").read_text() == "earlier"
    export(found, out / "x.csv", overwrite=True)
    assert (out / "x.csv").read_text() == '"n"\n0\n1\n2\n'


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path, out: Path) -> None:
    found = whole(tmp_path, numbers(0, 3))
    with pytest.raises(OutputExists):
        export(found, out / "x.csv", report=lambda *_: (out / "x.csv").touch())
    assert names(out) == ["x.csv"]
    assert (out / "x.csv").read_text() == ""


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_too_little_room_is_told_before_anything_is_written(
    tmp_path: Path, tiny_disk: Path, suffix: str
) -> None:
    asked: list[int] = []
    with pytest.raises(DiskFull, match="not enough room"):
        export(
            whole(tmp_path, numbers(0, 3_000_000)),
            tiny_disk / f"x{suffix}",
            report=lambda rows, _: asked.append(rows),
        )
    assert asked == []
    assert names(tiny_disk) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_disk_that_fills_meanwhile_is_told_and_nothing_is_left(
    tmp_path: Path, tiny_disk: Path, suffix: str
) -> None:
    filler = tiny_disk / "filler"

    def somebody_writes(rows: int, bytes_read: int) -> None:
        with suppress(OSError), filler.open("ab", buffering=0) as file:
            while file.write(b"x" * 4_096):
                pass

    with pytest.raises(DiskFull, match="full"):
        export(
            whole(tmp_path, numbers(0, 20_000)), tiny_disk / f"x{suffix}", report=somebody_writes
        )
    assert names(tiny_disk) == ["filler"]


def test_wrong_targets_are_told_before_anything_is_read(tmp_path: Path, out: Path) -> None:
    found = whole(tmp_path, numbers(0, 3))
    (out / "folder.csv").mkdir()
    for target, sentence in [
        (out / "x.docx", "suffix .docx does not say a format"),
        (out / "x", "does not say a format"),
        (out / "folder.csv", "This is a folder"),
        (out / "gone" / "x.csv", "not there"),
    ]:
        with pytest.raises(OutputRefused, match=sentence):
            export(found, target)
    with disks.read_only(out), pytest.raises(OutputRefused, match="may not be written"):
        export(found, out / "x.csv")
    assert names(out) == ["folder.csv"]


def test_a_damaged_part_ends_the_export_and_nothing_is_left(tmp_path: Path, out: Path) -> None:
    found = whole(tmp_path, numbers(0, 100), numbers(0, 100))
    (tmp_path / "parts" / "part-00001.arrow").write_bytes(b"")
    with pytest.raises(RunError, match="damaged"):
        export(found, out / "x.parquet")
    assert names(out) == []
