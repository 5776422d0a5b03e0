from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from loadline.domain.jobs import CsvFolderSource, Job
from loadline.domain.plan import Partition
from loadline.domain.receipt import RunState
from loadline.store import entries as en
from loadline.store.history import list_runs, past_run
from loadline.store.journal import Journal
from loadline.store.retention import KeepRule, not_kept
from loadline.store.run_folder import RunFolder, finish_deletions
from tests.support.parts import numbers, result, write_part

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
ENDED = en.RunEnded(7.5, RunState.DONE, tasks=2, rows=30, rejected=1, problems=4, balanced=True)


def run(runs: Path, name: str, *entries: en.Entry, minutes: int = 0) -> RunFolder:
    job = Job(name=name, source=CsvFolderSource(path="/data"))
    with RunFolder.create(runs, job, NOON + timedelta(minutes=minutes)) as folder:
        written = write_part(folder.path, 0, numbers(0, 10))
        with Journal(folder.journal) as journal:
            journal.append(en.Planned(0.1, (Partition(0, "a", "a"), Partition(1, "b", "b"))))
            journal.append(en.PartDone(0.5, result(written, 0, numbers(0, 1).schema)))
            for entry in entries:
                journal.append(entry)
    return folder


def test_an_ended_run_tells_its_end(tmp_path: Path) -> None:
    folder = run(tmp_path, "Zählung 🎉", ENDED)
    (found,) = list_runs(tmp_path)
    assert (found.name, found.title, found.kind) == (folder.name, "Zählung 🎉", "load")
    assert (found.state, found.rows, found.seconds, found.tasks) == (RunState.DONE, 30, 7.5, 2)
    assert (found.rejected, found.problems, found.balanced) == (1, 4, True)
    assert found.started == NOON
    assert found.size == folder.size() > 1_000
    assert found.damage == ()


def test_a_run_that_has_not_ended_is_interrupted_unless_somebody_works_on_it(
    tmp_path: Path,
) -> None:
    folder = run(tmp_path, "a", en.Sampled(3.0, 5, 5))
    found = past_run(folder.path)
    assert found is not None
    assert (found.state, found.rows, found.tasks) == (RunState.INTERRUPTED, 10, 2)
    assert (found.seconds, found.balanced) == (3.0, False)
    with RunFolder.open(folder.path, lock=True):
        found = past_run(folder.path)
        assert found is not None
        assert found.state is RunState.RUNNING


def test_a_run_that_went_on_after_its_end_has_not_ended(tmp_path: Path) -> None:
    folder = run(tmp_path, "a", ENDED, en.RunContinued(7.5, "2026-11-21T13:00:00+00:00"))
    found = past_run(folder.path)
    assert found is not None
    assert found.state is RunState.INTERRUPTED


def test_the_latest_run_comes_first(tmp_path: Path) -> None:
    for minutes in (2, 10, 1):
        run(tmp_path, f"m{minutes}", ENDED, minutes=minutes)
    assert [found.title for found in list_runs(tmp_path)] == ["m10", "m2", "m1"]


def test_a_damaged_run_is_listed_with_its_damage(tmp_path: Path) -> None:
    folder = run(tmp_path, "a", ENDED)
    folder.job_file.write_bytes(b"\xff")
    (found,) = list_runs(tmp_path)
    assert found.title == folder.name
    assert "not a job file" in found.damage[0]
    assert found.rows == 30
    folder.journal.unlink()
    (found,) = list_runs(tmp_path)
    assert found.state is RunState.INTERRUPTED
    assert "journal is missing" in found.damage[1]


def test_a_damaged_line_of_the_journal_is_told(tmp_path: Path) -> None:
    folder = run(tmp_path, "a", en.Paused(1.0))
    lines = folder.journal.read_bytes().split(b"\n")
    lines[0] = b"?"
    folder.journal.write_bytes(b"\n".join(lines))
    (found,) = list_runs(tmp_path)
    assert found.rows == 10
    assert "(line 1)" in found.damage[0]


def test_a_run_of_a_newer_format_is_listed_and_says_so(tmp_path: Path) -> None:
    folder = run(tmp_path, "a", ENDED)
    mark = folder.path / "run.json"
    mark.write_text(mark.read_text().replace('"format":1', '"format":4'))
    (found,) = list_runs(tmp_path)
    assert "format 4" in found.damage[0]


def test_other_folders_files_and_links_are_no_runs(tmp_path: Path) -> None:
    folder = run(tmp_path / "runs", "a", ENDED)
    (tmp_path / "runs" / "empty").mkdir()
    (tmp_path / "runs" / "file").touch()
    (tmp_path / "runs" / ".hidden").mkdir()
    elsewhere = run(tmp_path / "elsewhere", "b", ENDED)
    (tmp_path / "runs" / "link").symlink_to(elsewhere.path, target_is_directory=True)
    assert [found.folder for found in list_runs(tmp_path / "runs")] == [folder.path]
    assert list_runs(tmp_path / "gone") == []


def test_a_deletion_that_was_cut_short_is_finished(tmp_path: Path) -> None:
    folder = run(tmp_path, "a", ENDED)
    shutil.move(folder.path, tmp_path / f".{folder.name}.deleting")
    kept = run(tmp_path, "b", ENDED)
    finish_deletions(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]


@pytest.mark.parametrize("created", ["2026-11-21", "0001-01-01", "9999-12-31T23:59:59", "?", "٣"])
def test_a_time_that_is_told_oddly_takes_no_run_from_the_list_or_the_rule(
    tmp_path: Path, created: str
) -> None:
    run(tmp_path, "sound", ENDED)
    mark = run(tmp_path, "odd", ENDED).path / "run.json"
    mark.write_text(f'{{"format": 1, "run": "odd", "created": "{created}"}}')
    found = list_runs(tmp_path)
    assert sorted(each.title for each in found) == ["odd", "sound"]
    doomed = not_kept(found, KeepRule(days=1), NOON + timedelta(days=3))
    assert "sound" in [each.title for each in doomed]


@pytest.mark.parametrize("content", [b'{"x":' + b"[" * 50_000, b'{"title":"\xff"}'])
def test_files_of_a_run_that_nobody_can_decode_leave_it_in_the_list(
    tmp_path: Path, content: bytes
) -> None:
    folder = run(tmp_path, "a", ENDED)
    (folder.path / "run.json").write_bytes(content)
    (folder.path / "label.json").write_bytes(content)
    with folder.journal.open("ab") as journal:
        journal.write(content + b"\n")
    (found,) = list_runs(tmp_path)
    assert (found.title, found.rows, found.pinned) == ("a", 30, True)
