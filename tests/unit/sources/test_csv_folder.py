from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loadline.domain.errors import (
    LoadlineError,
    SourceChanged,
    SourceDamaged,
    SourceError,
    SourceMissing,
    SourceRefused,
)
from loadline.domain.plan import ReadAccount
from loadline.domain.schema import Column, ColumnType
from loadline.sources.source import Reader, ReadHints
from tests.support.csv_folders import (
    LoadedFolder,
    load_folder,
    load_part,
    plan_of,
    read_again,
    source_for,
    write_files,
)
from tests.support.csv_loading import Collected

T = ColumnType


def names(folder: Path, **spec: object) -> list[str]:
    return [partition.name for partition in plan_of(source_for(folder, **spec)).partitions]


# Finding the files


def test_files_come_in_natural_order(tmp_path: Path) -> None:
    write_files(tmp_path, dict.fromkeys(["10.csv", "2.csv", "B.csv", "a 3.csv", "a 20.csv"], "a\n"))
    assert names(tmp_path) == ["2.csv", "10.csv", "a 3.csv", "a 20.csv", "B.csv"]


def test_files_come_in_the_order_of_their_times_when_asked(tmp_path: Path) -> None:
    write_files(tmp_path, dict.fromkeys(["a.csv", "b.csv", "c.csv"], "x\n"))
    for name, moment in (("b.csv", 1), ("c.csv", 2), ("a.csv", 3)):
        os.utime(tmp_path / name, (moment, moment))
    assert names(tmp_path, order="modified") == ["b.csv", "c.csv", "a.csv"]


def test_patterns_do_not_care_for_capitals(tmp_path: Path) -> None:
    write_files(tmp_path, dict.fromkeys(["A.CSV", "b.Tsv", "c.txt.GZ", "d.json", "e.csv.bak"], "x"))
    assert names(tmp_path) == ["A.CSV", "b.Tsv", "c.txt.GZ"]
    assert names(tmp_path, pattern=("*.JSON",)) == ["d.json"]


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    write_files(tmp_path, dict.fromkeys([".a.csv", "b.csv", ".hidden/c.csv", "sub/d.csv"], "x\n"))
    assert names(tmp_path, recursive=True) == ["b.csv", "sub/d.csv"]
    assert names(tmp_path) == ["b.csv"]


def test_a_folder_that_is_called_like_a_file_is_no_file(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "x\n", "b.csv/c.txt": "x\n"})
    assert names(tmp_path) == ["a.csv"]


def test_links_are_followed_within_the_folder_only(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in", {"a.csv": "x\n"})
    write_files(tmp_path / "out", {"secret.csv": "x\n"})
    (folder / "b.csv").symlink_to(folder / "a.csv")
    (folder / "c.csv").symlink_to(tmp_path / "out" / "secret.csv")
    (folder / "d.csv").symlink_to(folder / "nowhere.csv")
    (folder / "sub").symlink_to(tmp_path / "out")
    plan = plan_of(source_for(folder, recursive=True))
    assert [p.name for p in plan.partitions] == ["a.csv", "b.csv"]
    assert plan.notes == ("Left out: 3 links that lead out of the folder or nowhere.",)


def test_any_name_that_a_file_can_have_is_read(tmp_path: Path) -> None:
    odd = ["mit Umlaut ü.csv", "sn 🐍.csv", "100%.csv", "a?b#c.csv", "line\nend.csv"]
    write_files(tmp_path / "Ordner für π", dict.fromkeys(odd, "a,b\n1,2\n"))
    folder = tmp_path / "Ordner für π"
    Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.csv")).write_bytes(b"a,b\n1,2\n")
    loaded = load_folder(folder)
    assert {part.name for part in loaded.parts} == {*odd, "bad\ufffd.csv"}
    assert all(part.column("_source") == [part.name] for part in loaded.parts)


def test_a_partition_says_its_size_and_changes_its_state_with_the_file(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "a,b\n1,2\n"})
    source = source_for(tmp_path)
    (before,) = plan_of(source).partitions
    assert before.size == 8
    assert load_part(source, before).account.state == before.state
    write_files(tmp_path, {"a.csv": "a,b\n1,2\n3,4\n"})
    (after,) = plan_of(source).partitions
    assert after.state != before.state


# Nothing to read


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.mkdir(), "There is no file in the folder."),
        (lambda path: write_files(path, {"a.json": "x"}), "None of the 1 file in the folder"),
        (lambda path: path.write_text("a,b\n"), "is a file, not a folder"),
        (lambda path: None, "The folder is not there."),
    ],
)
def test_where_there_is_nothing_to_read_a_sentence_says_so(
    tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    make(tmp_path / "polls")
    with pytest.raises(SourceMissing, match=said) as error:
        plan_of(source_for(tmp_path / "polls"))
    assert error.value.advice
    assert "polls" in str(error.value.place)


# Files that cannot be read


def read_one(folder: Path) -> None:
    source = source_for(folder)
    for partition in plan_of(source).partitions:
        load_part(source, partition)


def test_a_file_that_has_vanished_is_named(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "a,b\n1,2\n"})
    source = source_for(tmp_path)
    (partition,) = plan_of(source).partitions
    (tmp_path / "a.csv").unlink()
    with pytest.raises(SourceChanged, match="not there any more") as error:
        load_part(source, partition)
    assert str(error.value.place) == "a.csv"


@pytest.mark.parametrize("change", ["append", "shrink", "replace", "delete"])
def test_a_file_that_changes_while_it_is_read_is_told_at_the_end(
    tmp_path: Path, change: str
) -> None:
    path = tmp_path / "a.csv"
    write_files(tmp_path, {"a.csv": "a,b\n" + "1,some text\n" * 300_000})
    source = source_for(tmp_path)
    reader = source.open(plan_of(source).partitions[0], ReadHints(), Collected())
    batches = iter(reader)
    next(batches)
    if change == "append":
        with path.open("a") as file:
            file.write("2,more\n")
    elif change == "shrink":
        os.truncate(path, 2_000_008)
    else:
        path.unlink()
        if change == "replace":
            path.write_text("a,b\n1,2\n")
    with pytest.raises(SourceChanged):
        finish(batches, reader)
    reader.close()


def finish(batches: Iterator[object], reader: Reader) -> ReadAccount:
    list(batches)
    return reader.account()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "a,b\n"})
    (tmp_path / "a.csv").chmod(0)
    with pytest.raises(SourceRefused):
        read_one(tmp_path)


def test_a_file_that_is_cut_off_says_how_far_it_could_be_read(tmp_path: Path) -> None:
    packed = gzip.compress("".join(f"{i},{i * 7919 % 1009}\n" for i in range(500_000)).encode())
    (tmp_path / "a.csv.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(SourceDamaged, match=r"cut off or damaged after [\d,]+ rows") as error:
        read_one(tmp_path)
    assert error.value.advice == "Get a complete copy of it."
    assert not error.value.transient


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst", "zip"])
def test_a_packed_file_with_wrong_bytes_is_an_error_and_no_data(
    tmp_path: Path, suffix: str
) -> None:
    from tests.unit.sources.test_csv_fast_path import pack

    path = tmp_path / f"a.csv.{suffix}"
    pack(path, "".join(f"{i},{i * 7919 % 1009}\n" for i in range(100_000)).encode())
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = content[len(content) // 2 : -200]
    path.write_bytes(content)
    with pytest.raises(SourceError) as error:
        read_one(tmp_path)
    assert str(error.value.place) == path.name


# Columns


MIXED = {
    "1.csv": "id,name,zip\n1,Ann,00501\n2,Bob,\n",
    "2.csv": "id,zip,age\n3.5,501,7\n",
    "3.csv": "name,id\nCid,4\n",
}


def types_of(folder: LoadedFolder) -> list[tuple[str, str]]:
    return [(c.name, c.type.value) for c in folder.schema]


def test_all_columns_are_kept_by_name_with_the_type_that_holds_all(tmp_path: Path) -> None:
    loaded = load_folder(write_files(tmp_path, MIXED))
    assert types_of(loaded) == [
        ("id", "decimal"), ("name", "text"), ("zip", "text"), ("age", "int"), ("_source", "text"),
    ]  # fmt: skip
    assert loaded.settled.again == ()


def test_only_common_columns_are_kept_when_asked(tmp_path: Path) -> None:
    loaded = load_folder(write_files(tmp_path, MIXED), columns="common", row_column=True)
    assert types_of(loaded) == [("id", "decimal"), ("_source", "text"), ("_row", "int")]


def test_same_columns_are_asked_for_and_a_file_without_them_fails_with_their_names(
    tmp_path: Path,
) -> None:
    source = source_for(write_files(tmp_path, MIXED), columns="same")
    plan = plan_of(source)
    assert plan.columns == ("id", "name", "zip")
    hints = ReadHints(columns=plan.columns)
    load_part(source, plan.partitions[0], hints)
    with pytest.raises(SourceDamaged, match="missing: name; not expected: age") as error:
        load_part(source, plan.partitions[1], hints)
    assert str(error.value.place) == "2.csv"


def test_same_columns_may_stand_in_another_order(tmp_path: Path) -> None:
    write_files(tmp_path, {"1.csv": "a,b\n1,x\n", "2.csv": "b,a\ny,2\n"})
    source = source_for(tmp_path, columns="same")
    plan = plan_of(source)
    part = load_part(source, plan.partitions[1], ReadHints(columns=plan.columns))
    assert part.column("a") == [2]


def test_the_source_column_says_the_file_of_every_row(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "x,y\n1,1\n2,2\n", "sub/b.csv": "x,y\n3,3\n"})
    loaded = load_folder(tmp_path, recursive=True)
    assert [part.column("_source") for part in loaded.parts] == [["a.csv"] * 2, ["sub/b.csv"]]


def test_one_file_needs_no_source_column_unless_asked(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "x,y\n1,1\n"})
    assert load_folder(tmp_path).types == {"x": "int", "y": "int"}
    assert "_source" in load_folder(tmp_path, source_column=True).types


def test_a_file_with_a_source_column_of_its_own_keeps_it(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "_source,y\nmine,1\n", "b.csv": "_source,y\nalso,2\n"})
    part = load_folder(tmp_path).parts[0]
    assert part.column("_source_2") == ["mine"]
    assert part.column("_source") == ["a.csv"]


def test_columns_are_joined_under_another_name(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "pollno,y\n1,1\n", "b.csv": "poll_id,y\n2,2\n"})
    loaded = load_folder(tmp_path, column_names={"pollno": "poll_id"})
    assert [part.column("poll_id") for part in loaded.parts] == [[1], [2]]
    assert [c.name for c in loaded.schema] == ["poll_id", "y", "_source"]


def test_a_join_never_puts_two_columns_of_a_file_into_one(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "pollno,poll_id\n1,7\n"})
    loaded = load_folder(tmp_path, column_names={"pollno": "poll_id"})
    assert loaded.types == {"pollno": "int", "poll_id": "int"}


# Types over the whole folder


def test_a_part_whose_text_would_be_lost_is_read_again(tmp_path: Path) -> None:
    write_files(
        tmp_path, {"1.csv": "v,w\n1.50,1\n", "2.csv": "v,w\nabc,2\n", "3.csv": "v,w\n7,3\n"}
    )
    source = source_for(tmp_path)
    loaded = load_folder(tmp_path)
    assert loaded.settled.again == ((0, ReadHints(types=(("v", T.TEXT),))),)
    parts = read_again(loaded, source)
    assert parts[0].column("v") == ["1.50"]
    assert source.settle([part.account.schema for part in parts]).again == ()


def test_long_whole_numbers_meet_decimals_as_text(tmp_path: Path) -> None:
    write_files(tmp_path, {"1.csv": "v,w\n1234567890123456,1\n", "2.csv": "v,w\n0.5,2\n"})
    loaded = load_folder(tmp_path)
    assert loaded.types["v"] == "text"
    assert [index for index, _ in loaded.settled.again] == [1]


def test_long_whole_numbers_stay_numbers_among_themselves(tmp_path: Path) -> None:
    write_files(tmp_path, {"1.csv": "v,w\n1234567890123456,1\n", "2.csv": "v,w\n5,2\n"})
    loaded = load_folder(tmp_path)
    assert loaded.types["v"] == "int"
    assert loaded.settled.again == ()


def test_a_column_that_is_empty_in_one_file_does_not_make_it_read_again(tmp_path: Path) -> None:
    write_files(tmp_path, {"1.csv": "v,w\n,1\n", "2.csv": "v,w\nabc,2\n"})
    assert load_folder(tmp_path).settled.again == ()


def test_files_that_have_failed_have_no_say(tmp_path: Path) -> None:
    source = source_for(tmp_path)
    settled = source.settle([None, (Column("a", T.INT),), None])
    assert settled.schema == (Column("a", T.INT),)


def test_no_part_at_all_has_no_columns(tmp_path: Path) -> None:
    assert source_for(tmp_path).settle([None]).schema == ()


# Real files


def test_the_polls_of_six_years_come_whole_and_in_order(polls: Path) -> None:
    loaded = load_folder(polls, pattern=("*.csv",))
    assert [part.account.rows_read for part in loaded.parts] == [
        7_977, 8_512, 9_133, 9_559, 10_776, 11_475,
    ]  # fmt: skip
    assert sum(part.table.num_rows for part in loaded.parts) == 57_432
    assert all(part.account.reader == "fast" for part in loaded.parts)
    assert {"pollno", "poll_id"} <= set(loaded.types)


def test_the_polls_say_what_their_files_say(polls: Path) -> None:
    import csv

    source = source_for(polls)
    loaded = load_folder(polls)
    parts = read_again(loaded, source)
    assert len(parts) == 7
    assert sum(part.table.num_rows for part in parts) == 64_046
    for part in parts:
        path = polls / part.name
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))
        for name, kind in part.types.items():
            if name == "_source":
                assert set(part.column(name)) == {part.name}
                continue
            written = [row[name] for row in rows]
            for text, value in zip(written, part.column(name), strict=True):
                assert same(text, value, kind), (part.name, name, text, value)


def same(text: str, value: object, kind: str) -> bool:
    if value is None:
        return text == ""
    return float(text) == value if kind == "decimal" else text == str(value)


def test_errors_are_plain_sentences(tmp_path: Path) -> None:
    with pytest.raises(LoadlineError) as error:
        plan_of(source_for(tmp_path / "not there"))
    assert error.value.sentence.endswith(".")
    assert error.value.advice.endswith(".")
