from __future__ import annotations

from pathlib import Path

import pytest

from loadline.domain.errors import JobError, OutputRefused
from loadline.domain.jobs import (
    Comparison,
    CsvFolderSource,
    ForcedDialect,
    Job,
    MongoSource,
    Output,
    Score,
    parse_job,
)
from loadline.domain.policy import Policy
from loadline.store.job_file import job_text, read_job, write_job
from tests.support import disks

FULL = Job(
    name='Zählung "2026" 🎉',
    kind="score",
    source=CsvFolderSource(
        path="/data/ä b",
        recursive=True,
        source_column=False,
        dialect=ForcedDialect(delimiter="\t", quote="", skip_lines=3),
        file_dialects={"a b.csv": ForcedDialect(encoding="cp1252")},
        column_types={"zip code": "text"},
    ),
    policy=Policy(concurrency=3, rate=0.5),
    score=Score(
        compare=(Comparison(field="name", measure="exact", weight=2.0),),
        reference={"name": "Ann\nLee", "tags": ["a", "b"], "home": {"city": "Köln"}},
    ),
    output=Output(path="/out/x.parquet", overwrite=True),
)


def test_a_job_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_job(tmp_path / "job.toml", FULL)
    assert read_job(tmp_path / "job.toml") == FULL


def test_what_is_left_at_its_default_is_not_written() -> None:
    text = job_text(Job(name="Polls", source=CsvFolderSource(path="/data")))
    assert "concurrency" not in text
    assert "pattern" not in text
    assert text.startswith('format = 1\nkind = "load"\n')


def test_relative_paths_are_taken_from_the_files_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jobs").mkdir()
    file = tmp_path / "jobs" / "a.toml"
    file.write_text('name = "a"\n[source]\ntype = "csv-folder"\npath = "polls"\n')
    monkeypatch.chdir(tmp_path)
    job = read_job(Path("jobs/a.toml"))
    assert isinstance(job.source, CsvFolderSource)
    assert job.source.path == str(tmp_path / "jobs" / "polls")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"name = ", "cannot be read"),
        (b'name = "a"\n[source]\ntype = "csv-folder"\npath = 3\n', "source.path"),
        (b'name = "a"\nwhat = 1\n[source]\ntype = "csv-folder"\npath = "x"\n', "what"),
        (b"", "name"),
    ],
)
def test_a_wrong_job_file_is_named_with_what_is_wrong(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "job.toml"
    file.write_bytes(content)
    with pytest.raises(JobError, match=sentence) as caught:
        read_job(file)
    assert str(caught.value.place) == str(file)


def test_a_job_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "job.toml").write_text(job_text(FULL), encoding="utf-8-sig")
    assert read_job(tmp_path / "job.toml") == FULL


def test_no_file_and_a_folder_are_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="no such job file"):
        read_job(tmp_path / "gone.toml")
    with pytest.raises(JobError, match="a folder"):
        read_job(tmp_path)


def test_a_job_that_cannot_be_written_leaves_the_old_file_alone(tmp_path: Path) -> None:
    write_job(tmp_path / "job.toml", FULL)
    with disks.read_only(tmp_path), pytest.raises(OutputRefused):
        write_job(tmp_path / "job.toml", Job(name="b", source=CsvFolderSource(path="/x")))
    assert read_job(tmp_path / "job.toml") == FULL
    assert [path.name for path in tmp_path.iterdir()] == ["job.toml"]


@pytest.mark.parametrize(
    ("uri", "written"),
    [
        ("mongodb://ann:s3cret@host/db", "mongodb://ann@host/db"),
        ("mongodb+srv://ann:p%40ss@host/?tls=true", "mongodb+srv://ann@host/?tls=true"),
        ("mongodb://ann:pa@ss@host", "mongodb://ann@host"),
        ("mongodb://:s3cret@host", "mongodb://@host"),
        ("mongodb://host:27017/?a=b", "mongodb://host:27017/?a=b"),
        ("mongodb://a:1,b:2/?authSource=x@y", "mongodb://a:1,b:2/?authSource=x@y"),
        ("mongodb://host/?tlsCertificateKeyFilePassword=s3&tls=true", "mongodb://host/?&tls=true"),
    ],
)
def test_no_password_is_ever_written(uri: str, written: str) -> None:
    source = MongoSource(uri=uri, database="d", collection="c")
    text = job_text(Job(name="m", source=source))
    assert f'uri = "{written}"' in text


def test_no_password_of_references_or_an_output_is_written() -> None:
    source = MongoSource(uri="mongodb://u:s3@host/", database="d", collection="c")
    score = Score(compare=(), reference_source=source)
    output = Output(type="mongo", uri="mongodb://u:s3@host/", database="d", collection="x")
    text = job_text(Job(name="m", kind="score", source=source, score=score, output=output))
    assert "s3" not in text
    assert text.count('uri = "mongodb://u@host/"') == 3


@pytest.mark.parametrize(
    ("told", "key", "sentence"),
    [
        ("", "output.uri", "give either uri or connection"),
        ('connection = "c"\nuri = "mongodb://h"', "output.uri", "give either uri or connection"),
        ('uri = "mongodb://h"\ndatabase = "d"', "output.collection", "is missing"),
        ('uri = "mongodb://u:s3@h@ost"', "output.uri", "no password may stand in a job file"),
        ('connection = "c"\npath = "x.csv"', "output.path", "a collection has none"),
    ],
)
def test_an_output_collection_is_named_whole_and_without_a_password(
    tmp_path: Path, told: str, key: str, sentence: str
) -> None:
    head = 'name = "x"\nsource = { type = "csv-folder", path = "." }\n[output]\ntype = "mongo"\n'
    with pytest.raises(JobError, match=sentence) as caught:
        parse_job(head + told, tmp_path)
    assert caught.value.failure.cause == key
    assert "s3" not in str(caught.value.failure)


def test_a_file_as_output_has_no_collection(tmp_path: Path) -> None:
    text = 'name = "x"\nsource = { type = "csv-folder", path = "." }\noutput = { database = "d" }'
    with pytest.raises(JobError, match=r"output\.database: only an output with type"):
        parse_job(text, tmp_path)
