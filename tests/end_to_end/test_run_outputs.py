"""Where ``loadline run`` writes the result besides the run folder."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from loadline.domain.errors import JobError
from loadline.domain.jobs import parse_job
from tests.support import command

ROWS = "id;note\n00501;=1+1\n7;é\n"


def job(folder: Path, output: str) -> Path:
    (folder / "data").mkdir()
    (folder / "data" / "a.csv").write_text(ROWS, encoding="utf-8")
    path = folder / "job.toml"
    path.write_text(
        'format = 1\nname = "Out"\n[source]\ntype = "csv-folder"\npath = "data"\n'
        f"[output]\n{output}\n"
    )
    return path


def test_the_suffix_xlsx_writes_a_workbook(tmp_path: Path) -> None:
    ended = command.run(job(tmp_path, 'path = "out.xlsx"'))
    assert ended.code == 0, ended.err
    assert ended.receipt["output"] == str(tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert list(sheet.values) == [("id", "note"), ("00501", "=1+1"), ("7", "é")]


def test_the_suffix_db_writes_a_database(tmp_path: Path) -> None:
    ended = command.run(job(tmp_path, 'path = "out.db"'))
    assert ended.code == 0, ended.err
    with closing(sqlite3.connect(tmp_path / "out.db")) as database:
        assert database.execute('SELECT * FROM "out"').fetchall() == [("00501", "=1+1"), ("7", "é")]


def test_a_csv_is_written_as_the_job_file_says(tmp_path: Path) -> None:
    how = 'path = "out.csv"\ncsv = { delimiter = ";", encoding = "cp1252", safe = true }'
    ended = command.run(job(tmp_path, how))
    assert ended.code == 0, ended.err
    told = (tmp_path / "out.csv").read_bytes()
    assert told.splitlines() == [b'"id";"note"', b'"00501";"\'=1+1"', b'"7";"\xe9"']


@pytest.mark.parametrize(
    ("how", "key"),
    [
        ('csv = { delimiter = ";;" }', "output.csv.delimiter"),
        ("csv = { delimiter = '\"' }", "output.csv.delimiter"),
        ('csv = { encoding = "klingon" }', "output.csv.encoding"),
        ('csv = { encoding = "hex" }', "output.csv.encoding"),
        ('sheets = "all"', "output.sheets"),
    ],
)
def test_a_wrong_way_to_write_is_told_before_the_start(tmp_path: Path, how: str, key: str) -> None:
    text = job(tmp_path, f'path = "out.csv"\n{how}').read_text()
    with pytest.raises(JobError) as told:
        parse_job(text, tmp_path)
    assert told.value.cause == key
