"""Disks, files, clocks and memory that fail a program; afterwards it ends as undisturbed."""

from __future__ import annotations

import resource
import shutil
import subprocess
from pathlib import Path

import psutil
import pytest

from tests.integration.test_faults_kills import assert_whole, undisturbed
from tests.support import disks, faults, waiting
from tests.support.faults import FULL, Bed

only_in_full = pytest.mark.skipif(not FULL, reason="takes longer: make faults")


def started(bed: Bed) -> Path:
    """Return the folder of the run that has just begun."""
    waiting.until(bed.only_run, "a run folder")
    run = bed.only_run()
    assert run is not None
    return run


def test_a_full_disk_ends_the_run_with_that_said_and_room_lets_it_go_on(tmp_path: Path) -> None:
    bed = faults.bed(tmp_path, 12, 20_000, workers=1)
    wanted = undisturbed(bed)
    with disks.small_disk(bed.runs_dir, 900) as disk:
        ended = bed.run()
        assert ended.code == 1, ended.err
        assert "The disk is full." in ended.err
        assert bed.leftovers() == []
        name = started(bed).name
        shutil.copytree(disk / name, tmp_path / "moved" / name)
    shutil.copytree(tmp_path / "moved" / name, bed.runs_dir / name)
    shutil.rmtree(tmp_path / "moved")
    assert_whole(bed, bed.go_on(), wanted)


def test_a_file_cut_short_while_it_is_read_fails_alone_and_is_read_again(tmp_path: Path) -> None:
    bed = faults.bed(tmp_path, 3, 200_000 if FULL else 80_000)
    wanted = undisturbed(bed)
    file = tmp_path / "data" / "1.csv"
    whole, times = file.read_bytes(), file.stat()
    program = bed.start()
    waiting.until(lambda: _journal_has(bed, '"AttemptStarted"'), "an attempt")
    with file.open("r+b") as cut:
        cut.truncate(len(whole) // 3)
    ended = bed.end(program)
    assert ended.receipt is not None
    if ended.code:  # else it had been read to its end before
        assert [task["state"] for task in ended.receipt["tasks"]].count("failed") == 1
        assert not ended.receipt["balanced"]
    file.write_bytes(whole)
    assert_whole(bed, bed.go_on(), wanted)
    assert file.stat().st_size == times.st_size


@only_in_full
def test_a_source_that_changed_between_kill_and_resume_is_read_anew(tmp_path: Path) -> None:
    bed = faults.bed(tmp_path, 4, 100_000)
    program = bed.start()
    waiting.until(lambda: _journal_has(bed, '"PartDone"'), "a part")
    bed.kill(program)
    for number in range(4):
        file = tmp_path / "data" / f"{number}.csv"
        file.write_text(file.read_text() + "9,later,9\n")
    ended = bed.go_on()
    run = bed.only_run()
    assert run is not None
    resumed = faults.table(run)
    shutil.rmtree(bed.runs_dir)
    assert undisturbed(bed).equals(resumed)
    assert ended.receipt is not None
    assert ended.receipt["balanced"]


def test_a_system_clock_that_jumps_by_a_day_changes_nothing(tmp_path: Path) -> None:
    bed = faults.bed(tmp_path, 6, 2_000, workers=1)
    wanted = undisturbed(bed)
    ended = bed.run_with_jumping_clock()
    assert_whole(bed, ended, wanted)
    assert ended.receipt is not None
    assert 0.0 < ended.receipt["seconds"] < 60.0
    assert all(0.0 <= task["seconds"] < 60.0 for task in ended.receipt["tasks"])


@only_in_full
@pytest.mark.time_limit(40)
def test_a_worker_that_may_have_no_more_memory_costs_one_attempt_and_says_so(
    tmp_path: Path,
) -> None:
    bed = faults.bed(tmp_path, 8, 100_000)
    wanted = undisturbed(bed)
    program = bed.start()
    waiting.until(lambda: _journal_has(bed, '"PartDone"'), "a part")
    worker = psutil.Process(faults.workers_of(program.pid)[0])
    limit = worker.memory_info().rss  # less than it has: nothing more can be had
    worker.rlimit(resource.RLIMIT_AS, (limit, limit))
    ended = bed.end(program)
    assert_whole(bed, ended, wanted)
    failed = [entry["error"] for entry in bed.journal() if entry["entry"] == "AttemptFailed"]
    assert len(failed) == 1
    # Said of the task, or of the worker that ended of it.
    assert "memory" in failed[0]["sentence"], ended.err


@pytest.mark.parametrize("what", ["runs", "run"] if FULL else ["runs"])
def test_a_folder_that_may_not_be_written_is_named_and_nothing_is_left(
    tmp_path: Path, what: str
) -> None:
    bed = faults.bed(tmp_path, 3, 100, workers=1)
    wanted = undisturbed(bed)
    bed.runs_dir.mkdir()
    if what == "run":
        bed.kill(_after_the_first_part(bed))
    with disks.read_only(bed.runs_dir):
        ended = bed.go_on()
        assert ended.code == 2, ended.err
        assert "may not be written" in ended.err
    assert_whole(bed, bed.go_on(), wanted)


def _after_the_first_part(bed: Bed) -> subprocess.Popen[str]:
    program = bed.start()
    waiting.until(lambda: _journal_has(bed, '"PartDone"'), "a part")
    return program


def _journal_has(bed: Bed, entry: str) -> bool:
    run = bed.only_run()
    journal = run / "journal.jsonl" if run else None
    return journal is not None and journal.is_file() and entry in journal.read_text()
