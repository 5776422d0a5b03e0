"""``loadline run`` on real files: what comes out, in which order, and with which exit code."""

from __future__ import annotations

import gzip
import signal
from pathlib import Path

import pyarrow as pa
import pytest

from loadline.domain.jobs import Backend, CsvFolderSource, Job, Output
from loadline.domain.policy import Policy
from loadline.store.dataset import Dataset
from loadline.store.job_file import write_job
from tests.support import command

YEARS = ["2016", "2018", "2019", "2020", "2021", "2023"]


def job_file(folder: Path, source: CsvFolderSource, **more: object) -> Path:
    path = folder / "job.toml"
    write_job(path, Job(name="Test", source=source, **more))  # type: ignore[arg-type]
    return path


def csv_folder(folder: Path, files: dict[str, str]) -> Path:
    data = folder / "data"
    data.mkdir()
    for name, text in files.items():
        (data / name).write_text(text, encoding="utf-8")
    return data


def values(ended: command.Ended) -> pa.Table:
    dataset = Dataset.open(Path(ended.receipt["run_folder"]))
    return pa.Table.from_batches(list(dataset.batches()))


@pytest.mark.time_limit(120)
def test_the_six_polls_files_load_in_the_order_of_the_years_and_balance(
    polls: Path, tmp_path: Path
) -> None:
    tables = []
    for cap in (1, 6):
        folder = tmp_path / str(cap)
        folder.mkdir()
        source = CsvFolderSource(path=str(polls), pattern=("*.csv",))
        job = job_file(folder, source, policy=Policy(concurrency=cap))
        ended = command.run(job, without_qt=True)
        assert ended.code == 0, ended.err
        assert ended.receipt["rows"] == 57_432
        assert ended.receipt["balanced"] is True
        assert [task["name"][10:14] for task in ended.receipt["tasks"]] == YEARS
        tables.append(values(ended))
    assert tables[0].equals(tables[1])
    assert tables[0]["_source"].unique().to_pylist() == [f"raw-polls-{y}.csv" for y in YEARS]


def test_names_are_in_natural_order_and_columns_are_united(tmp_path: Path) -> None:
    data = csv_folder(
        tmp_path,
        {"10.csv": "a,b\n3,x\n", "2.csv": "a\n2\n", "1.csv": "a,zip\n1,00501\n"},
    )
    ended = command.run(job_file(tmp_path, CsvFolderSource(path=str(data))))
    assert ended.code == 0, ended.err
    table = values(ended)
    assert table["a"].to_pylist() == [1, 2, 3]
    assert table["zip"].to_pylist() == ["00501", None, None]
    assert table["_source"].to_pylist() == ["1.csv", "2.csv", "10.csv"]


def test_an_empty_folder_is_named_and_ends_with_code_3(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    ended = command.run(job_file(tmp_path, CsvFolderSource(path=str(tmp_path / "data"))))
    assert ended.code == 3
    assert str(tmp_path / "data") in ended.err


def test_no_matching_file_names_the_pattern(tmp_path: Path) -> None:
    data = csv_folder(tmp_path, {"notes.md": "hello"})
    ended = command.run(job_file(tmp_path, CsvFolderSource(path=str(data), pattern=("*.csv",))))
    assert ended.code == 3
    assert "*.csv" in ended.err


def test_a_file_instead_of_a_folder_is_told(tmp_path: Path) -> None:
    data = csv_folder(tmp_path, {"a.csv": "a\n1\n"})
    ended = command.run(job_file(tmp_path, CsvFolderSource(path=str(data / "a.csv"))))
    assert ended.code == 3
    assert "a.csv" in ended.err


def test_paths_with_blanks_umlauts_and_emoji_work(tmp_path: Path) -> None:
    odd = tmp_path / "Zähler stände 🎉"
    odd.mkdir()
    data = csv_folder(odd, {"Größe 1 🎈.csv": "a\n1\n"})
    ended = command.run(job_file(odd, CsvFolderSource(path=str(data))))
    assert ended.code == 0, ended.err
    assert ended.receipt["tasks"][0]["name"] == "Größe 1 🎈.csv"


def test_a_cut_off_gz_fails_alone_and_keeps_the_rest(tmp_path: Path) -> None:
    data = csv_folder(tmp_path, {"a.csv": "a\n1\n", "c.csv": "a\n3\n"})
    whole = gzip.compress("\n".join(["a", *map(str, range(200_000))]).encode())
    (data / "b.csv.gz").write_bytes(whole[: len(whole) // 2])
    ended = command.run(job_file(tmp_path, CsvFolderSource(path=str(data))))
    assert ended.code == 1
    states = {task["name"]: task["state"] for task in ended.receipt["tasks"]}
    assert states == {"a.csv": "done", "b.csv.gz": "failed", "c.csv": "done"}
    assert ended.receipt["balanced"] is False
    assert "b.csv.gz" in ended.err
    left = sorted(p.name for p in (Path(ended.receipt["run_folder"]) / "parts").iterdir())
    assert left == ["part-00000.arrow", "part-00002.arrow"]


def test_stop_names_what_never_ran(tmp_path: Path) -> None:
    files = {f"{n}.csv": "a\n1\n" for n in range(2, 40)}
    data = csv_folder(tmp_path, files)
    (data / "1.csv.gz").write_bytes(b"\x1f\x8b\x08 this is no gz")
    policy = Policy(concurrency=1, on_failure="stop")
    ended = command.run(job_file(tmp_path, CsvFolderSource(path=str(data)), policy=policy))
    assert ended.code == 1
    states = [task["state"] for task in ended.receipt["tasks"]]
    assert states[0] == "failed"
    assert states[-1] == "cancelled"
    assert len(states) == 39


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            'kind = "load"\nname = "x"\ncolour = 1\n[source]\ntype = "csv-folder"\npath = "."',
            "colour",
        ),
        (
            'name = "x"\n[source]\ntype = "csv-folder"\npath = "."\n[policy]\nconcurrency = "four"',
            "policy.concurrency",
        ),
        ('name = "x"\n[source]\ntype = "csv-folder"', "path"),
        ('name = "x"\n[source\n', "line 2"),
        ('format = 2\nname = "x"', "format 2"),
    ],
)
def test_a_wrong_job_file_names_the_key(tmp_path: Path, text: str, named: str) -> None:
    job = tmp_path / "job.toml"
    job.write_text(text)
    ended = command.run(job)
    assert ended.code == 2
    assert named in ended.err
    assert "job.toml" in ended.err
    assert "Traceback" not in ended.err


def test_a_cluster_that_is_not_built_in_is_refused_not_ignored(tmp_path: Path) -> None:
    data = csv_folder(tmp_path, {"a.csv": "a\n1\n"})
    cluster = Backend(type="dask", address="tcp://127.0.0.1:8786")
    ended = command.run(job_file(tmp_path, CsvFolderSource(path=str(data)), backend=cluster))
    assert ended.code == 2
    assert "Dask" in ended.err


def test_a_job_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    ended = command.run(tmp_path / "missing.toml")
    assert ended.code == 2
    assert "missing.toml" in ended.err


def test_an_output_that_exists_is_told_before_anything_is_read(tmp_path: Path) -> None:
    data = csv_folder(tmp_path, {"a.csv": "a\n1\n"})
    target = tmp_path / "out.parquet"
    target.write_text("precious")
    source = CsvFolderSource(path=str(data))
    ended = command.run(job_file(tmp_path, source, output=Output(path=str(target))))
    assert ended.code == 2
    assert target.read_text() == "precious"
    assert "out.parquet" in ended.err


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".feather", ".jsonl"])
def test_the_result_is_saved_in_the_format_of_its_suffix(tmp_path: Path, suffix: str) -> None:
    data = csv_folder(tmp_path, {"a.csv": "a,b\n1,x\n2,y\n"})
    target = tmp_path / f"out{suffix}"
    source = CsvFolderSource(path=str(data))
    ended = command.run(job_file(tmp_path, source, output=Output(path=str(target))))
    assert ended.code == 0, ended.err
    assert target.stat().st_size > 0
    assert ended.receipt["output"] == str(target)
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_cancels_cleans_up_and_is_the_exit_code(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    rows = "a,b,c\n" + "1,some text here,2.5\n" * 400_000
    data = csv_folder(tmp_path, {f"{n}.csv": rows for n in range(6)})
    # One start in 100 seconds: the run is certain to be under way when the signal arrives.
    job = job_file(tmp_path, CsvFolderSource(path=str(data)), policy=Policy(rate=0.01))
    process = command.start("run", job, "--json", "--runs-dir", tmp_path / "runs", folder=tmp_path)
    command.until(lambda: list(tmp_path.glob("runs/*/parts/*.arrow")), seconds=30)
    process.send_signal(number)
    ended = command.ended(process)
    assert ended.code == code, ended.err
    assert ended.receipt["state"] == "cancelled"
    assert {task["state"] for task in ended.receipt["tasks"]} == {"done", "cancelled"}
    assert not list(tmp_path.glob("runs/*/parts/*.tmp"))


def test_settings_of_a_newer_format_are_refused_in_a_sentence_and_stay(tmp_path: Path) -> None:
    data = csv_folder(tmp_path, {"1.csv": "a,b\n1,2\n"})
    job = job_file(tmp_path, CsvFolderSource(path=str(data)))
    settings = tmp_path / "config" / "loadline" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('format = 2\nlook = "new"\n')

    process = command.start("run", job, without_qt=True, folder=tmp_path)
    out, err = process.communicate(timeout=15)

    assert (process.returncode, out) == (2, "")
    assert "The settings have format 2; this program reads up to 1." in err
    assert "Traceback" not in err
    assert "cause:" not in err
    assert settings.read_text() == 'format = 2\nlook = "new"\n'
