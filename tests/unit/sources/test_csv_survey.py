from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import msgspec
import pytest

from loadline.domain.errors import SourceMissing
from loadline.domain.jobs import CsvFolderSource
from loadline.domain.schema import ColumnType
from loadline.domain.survey import DriftCell, Presence, Preview, Survey
from loadline.sources import csv_survey
from loadline.sources.csv_renamed import renamed
from loadline.sources.csv_shapes import shape_of
from loadline.sources.csv_survey import preview_file, suggested_name, survey_folder
from tests.support.csv_folders import write_files

P, T = Presence, ColumnType


def spec_for(folder: Path, **spec: Any) -> CsvFolderSource:
    return msgspec.convert({"type": "csv-folder", "path": str(folder), **spec}, CsvFolderSource)


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test depend on how busy the machine is."""
    for limit in ("LOOK_SECONDS", "COUNT_SECONDS", "PREVIEW_SECONDS"):
        monkeypatch.setattr(csv_survey, limit, 60.0)


def survey(folder: Path, **spec: Any) -> Survey:
    return survey_folder(spec_for(folder, **spec), lambda rows, size: None)


def preview(folder: Path, name: str, **spec: Any) -> Preview:
    return preview_file(spec_for(folder, **spec), name, lambda rows, size: None)


def cells(found: Survey, column: str) -> list[DriftCell]:
    number = [c.name for c in found.columns].index(column)
    return [file.cells[number] for file in found.files]


def presences(found: Survey, column: str) -> list[Presence]:
    return [cell.presence for cell in cells(found, column)]


def types(found: Survey) -> dict[str, str]:
    return {column.name: column.type.value for column in found.columns}


def test_small_files_are_counted_and_told_in_words(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "x,y\n1,2\n3,4\n", "b.tsv": "x\ty\n5\t6\n"})
    found = survey(tmp_path)
    assert (found.rows, found.rows_exact, found.bytes) == (3, True, 20)
    assert [file.dialect.summary for file in found.files if file.dialect] == [
        "Comma, UTF-8", "Tab, UTF-8",
    ]  # fmt: skip
    dialect = found.files[0].dialect
    assert dialect is not None
    assert dialect.evidence == "2 cells in every line"
    assert "2 columns in 3 of 3 rows" in dialect.details[0]
    assert found.extra == ("_source",)


def test_a_large_file_is_estimated_and_said_to_be(tmp_path: Path) -> None:
    rows = 600_000
    write_files(tmp_path, {"a.csv": "x,y\n" + "10,some text\n" * rows})
    found = survey(tmp_path)
    assert not found.rows_exact
    assert abs(found.rows - rows) < rows * 0.02


def test_a_missing_column_is_marked_where_it_is_missing(tmp_path: Path) -> None:
    write_files(tmp_path, {"1.csv": "a,b\n1,2\n", "2.csv": "a,c\n1,2\n"})
    found = survey(tmp_path)
    assert presences(found, "b") == [P.THERE, P.MISSING]
    assert presences(found, "c") == [P.MISSING, P.THERE]
    assert (found.shared_columns, found.all_columns) == (1, 3)
    assert [column.differs for column in found.columns] == [False, True, True]


def test_another_type_is_marked_against_what_most_files_have(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{i}.csv": f"a,b\n1.{i},x\n" for i in range(3)})
    write_files(tmp_path, {"3.csv": "a,b\n7,x\n"})
    found = survey(tmp_path)
    assert presences(found, "a") == [P.THERE] * 3 + [P.OTHER_TYPE]
    assert types(found)["a"] == "decimal"
    assert cells(found, "a")[3].note == "This file has whole numbers, most have decimals."


def test_a_forced_type_settles_the_matter(tmp_path: Path) -> None:
    write_files(tmp_path, {"1.csv": "a,b\n1,x\n", "2.csv": "a,b\nz,x\n"})
    found = survey(tmp_path, column_types={"a": "text"})
    assert presences(found, "a") == [P.THERE, P.THERE]
    (column, _) = found.columns
    assert (column.type, column.forced) == (T.TEXT, True)


def test_two_digit_years_are_written_differently_and_a_hint_says_so(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{i}.csv": "day,b\n10/13/1998,x\n" for i in range(2)})
    write_files(tmp_path, {"2.csv": "day,b\n10/13/98,x\n"})
    found = survey(tmp_path)
    assert presences(found, "day") == [P.THERE, P.THERE, P.WRITTEN_DIFFERENTLY]
    (hint,) = found.hints
    assert hint.sentence == (
        "day has two-digit years in 1 file (10/13/98). It stays text, so nothing changes."
    )
    assert (hint.column, hint.file) == ("day", "2.csv")


def test_a_column_under_another_name_is_found_and_joining_mends_it(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{i}.csv": "pollster,b\nx,1\n" for i in range(2)})
    write_files(tmp_path, {"2.csv": "Poll-Ster,b\nx,1\n"})
    found = survey(tmp_path)
    assert presences(found, "pollster") == [P.THERE, P.THERE, P.WRITTEN_DIFFERENTLY]
    assert cells(found, "pollster")[2].name == "Poll-Ster"
    assert "looks like another name of pollster" in found.hints[0].sentence
    joined = survey(tmp_path, column_names={"Poll-Ster": "pollster"})
    assert presences(joined, "pollster") == [P.THERE] * 3
    assert joined.all_columns == 2


def test_numbers_that_stay_text_are_explained(tmp_path: Path) -> None:
    write_files(tmp_path, {"1.csv": "zip,b\n00501,x\n10001,y\n"})
    found = survey(tmp_path)
    assert found.hints[0].sentence == (
        "zip stays text: there are leading zeros (00501), which a number would change."
    )


def test_only_the_columns_of_the_result_are_shown(tmp_path: Path) -> None:
    write_files(tmp_path, {"1.csv": "a,b\n1,2\n", "2.csv": "a,c\n1,2\n"})
    assert list(types(survey(tmp_path, columns="common"))) == ["a"]
    assert list(types(survey(tmp_path, columns="same"))) == ["a", "b"]


def test_a_file_that_cannot_be_read_is_listed_with_its_error(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "x,y\n1,2\n", "b.csv.gz": b"\x1f\x8b damaged"})
    found = survey(tmp_path)
    failure = found.files[1].failure
    assert failure is not None
    assert failure.kind == "SourceDamaged"
    assert presences(Survey((found.files[0],), found.columns), "x") == [P.THERE]


def test_problems_of_the_sample_are_sentences(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "x,y\n1,2\n3\n4,5\n"})
    (problem,) = survey(tmp_path).files[0].problems
    assert problem.startswith("Line 3: ")


def test_nothing_to_look_at_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        survey(tmp_path)


def test_a_large_folder_is_looked_at_in_places_and_its_rows_are_estimated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {f"{i}.csv": "x,y\n" + "1,2\n" * 25 for i in range(60)})
    monkeypatch.setattr(csv_survey, "LOOK_SECONDS", 0.0)
    found = survey(tmp_path)
    looked = [file for file in found.files if file.dialect]
    assert 0 < len(looked) < 60
    assert len(found.files) == 60
    assert found.rows == 60 * 25
    assert not found.rows_exact
    assert found.hints[0].sentence.startswith("Looked into ")


def test_what_was_looked_at_is_known_until_the_file_changes(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "x,y\n1,2\n"})
    assert types(survey(tmp_path)) == {"x": "int", "y": "int"}
    write_files(tmp_path, {"a.csv": "x,y\n1,two\n"})
    assert types(survey(tmp_path)) == {"x": "int", "y": "text"}


def test_a_forced_delimiter_changes_the_look_of_that_file_only(tmp_path: Path) -> None:
    write_files(tmp_path, dict.fromkeys(("a.csv", "b.csv"), "x,y;z\n1,2;3\n4,5;6\n"))
    found = survey(tmp_path, file_dialects={"b.csv": {"delimiter": ";"}})
    first, second = (file.dialect for file in found.files)
    assert first is not None
    assert second is not None
    assert second.delimiter == ";"
    assert second.forced == ("delimiter",)
    assert first.forced == ()


def test_a_survey_travels_between_processes(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "x,y\n1,2\n"})
    found = survey(tmp_path)
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_preview_has_the_first_rows_as_text_with_the_types_of_the_result(
    tmp_path: Path,
) -> None:
    write_files(tmp_path, {"1.csv": "x,y\n1,\n2.50,b\n", "2.csv": "x,y\nn/a,c\n"})
    shown = preview(tmp_path, "1.csv")
    assert [(c.name, c.type) for c in shown.columns] == [("x", T.TEXT), ("y", T.TEXT)]
    assert shown.rows == (("1", ""), ("2.50", "b"))


def test_a_preview_has_at_most_a_hundred_rows(tmp_path: Path) -> None:
    write_files(tmp_path, {"1.csv": "x,y\n" + "1,2\n" * 1_000})
    assert len(preview(tmp_path, "1.csv").rows) == 100


def test_the_suggested_name_is_the_folder(tmp_path: Path) -> None:
    assert suggested_name(spec_for(tmp_path / "polls")) == "polls"


@pytest.mark.parametrize(
    ("names", "files", "expected"),
    [
        (["Name", "name "], [{"Name"}, {"name "}, {"name "}], {"Name": "name "}),
        (["pollster", "polster"], [{"pollster"}, {"polster"}], {"polster": "pollster"}),
        (["cand1_name", "cand2_name"], [{"cand1_name"}, {"cand2_name"}], {}),
        (["name", "Name"], [{"name", "Name"}], {}),
        (["a", "b"], [{"a"}, {"b"}], {}),
    ],
)
def test_names_are_alike_when_spelt_closely_and_never_in_one_file(
    names: list[str], files: list[set[str]], expected: dict[str, str]
) -> None:
    assert renamed(names, files) == expected


@pytest.mark.parametrize(
    ("values", "key"),
    [
        (["11/3/98", "1/13/99"], "short years"),
        (["11/3/1998"], "n/n/yyyy"),
        (["28.01.2018 10:00"], "n.n.yyyy"),
        (["1.234,5", "2,5"], "comma"),
        (["007", "12"], "zeros"),
        (["1234567890.1234567"], "long"),
        (["2021-01-01T00:00:00Z"], "zoned"),
        (["TRUE", "FALSE"], "True"),
    ],
)
def test_values_written_in_one_way_are_recognised(values: list[str], key: str) -> None:
    shape = shape_of(values)
    assert shape is not None
    assert shape.key == key


def test_words_have_no_shape() -> None:
    assert shape_of(["Ann", "Bob"]) is None
    assert shape_of(["11/3/98", "soon"]) is None


def test_the_grid_of_the_polls_shows_what_drifted(polls: Path) -> None:
    found = survey(polls)
    assert (found.rows, found.rows_exact) == (64_046, True)
    assert [file.rows for file in found.files] == [
        6_614, 7_977, 8_512, 9_133, 9_559, 10_776, 11_475,
    ]  # fmt: skip
    assert found.all_columns == 34
    assert presences(found, "pollno") == [P.THERE] * 4 + [P.MISSING] * 3
    assert presences(found, "poll_id") == [P.MISSING] * 4 + [P.THERE] * 3
    odd = P.WRITTEN_DIFFERENTLY
    assert presences(found, "polldate") == [P.THERE, odd, odd] + [P.THERE] * 4
    assert presences(found, "pollster_rating_id") == [P.MISSING] * 3 + [P.THERE] * 4
    hints = " ".join(hint.sentence for hint in found.hints)
    assert "polldate has two-digit years in 2 files (10/13/98)" in hints
