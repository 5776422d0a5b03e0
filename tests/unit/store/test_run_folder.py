from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from loadline.domain.errors import DiskFull, OutputRefused, RunError
from loadline.domain.jobs import CsvFolderSource, Job
from loadline.store.lock import FolderLock
from loadline.store.run_folder import RunFolder, run_name
from tests.support import disks
from tests.support.parts import numbers, write_part

NOW = datetime(2026, 11, 21, 14, 32, 7, tzinfo=UTC)


def job(name: str = "Polls") -> Job:
    return Job(name=name, source=CsvFolderSource(path="/data/polls"))


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Polls", "polls"),
        ("Zählung Köln", "zählung-köln"),
        ("Za\u0308hlung", "zählung"),  # written with a combining mark
        ("a/b\\..\\c:*?", "a-b-c"),
        ("🎉 Party 🎉", "party"),
        ("🎉", "run"),
        ("..", "run"),
        ("世界" * 100, "世界" * 20),
        ("con", "con"),
    ],
)
def test_a_run_is_named_after_its_job_and_the_time(name: str, folder: str) -> None:
    assert run_name(name, NOW) == f"{folder}-2026-11-21-14-32-07"


def test_runs_of_the_same_second_have_different_folders(tmp_path: Path) -> None:
    folders = [RunFolder.create(tmp_path / "runs", job(), NOW) for _ in range(3)]
    assert [folder.name.removeprefix("polls-2026-11-21-14-32-07") for folder in folders] == [
        "", "-2", "-3",
    ]  # fmt: skip
    for folder in folders:
        folder.unlock()


def test_a_folder_tells_its_job_and_itself(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path, job("Zählung 🎉"), NOW) as made:
        pass
    found = RunFolder.open(made.path)
    assert found.job() == job("Zählung 🎉")
    assert (found.mark().format, found.mark().run) == (1, made.name)
    assert found.mark().created == "2026-11-21T14:32:07+00:00"


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"format":2,"run":"x","created":"","more":[]}')
    with pytest.raises(RunError, match="format 2; this program reads up to 1"):
        RunFolder.open(tmp_path)


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gone"):
        with pytest.raises(RunError, match="not the folder of a run"):
            RunFolder.open(folder)


def test_a_run_whose_mark_is_damaged_is_still_a_run(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path, job(), NOW) as made:
        (made.path / "run.json").write_bytes(b"\0\0")
    assert RunFolder.open(made.path).mark().run == made.name


def test_a_read_only_runs_folder_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with disks.read_only(tmp_path), pytest.raises(OutputRefused, match="may not be written"):
        RunFolder.create(tmp_path, job())
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_half_made_run(tmp_path: Path) -> None:
    with disks.small_disk(tmp_path / "disk", 4) as disk:
        with pytest.raises(DiskFull):
            RunFolder.create(disk, job("x" * 5_000))
        assert list(disk.iterdir()) == []


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first = RunFolder.create(tmp_path, job())
    with pytest.raises(RunError, match="Another program is working") as caught:
        RunFolder.open(first.path, lock=True)
    assert str(os.getpid()) in caught.value.cause
    assert RunFolder.open(first.path).in_use
    first.unlock()
    with RunFolder.open(first.path, lock=True) as second:
        assert second.in_use
    assert not first.in_use


HOLDER = """
import sys
from pathlib import Path
from loadline.store.run_folder import RunFolder
folder = RunFolder.open(Path(sys.argv[1]), lock=True)
print("locked", flush=True)
sys.stdin.read()
"""


def test_another_program_holds_the_lock_until_it_is_killed(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path, job()) as folder:
        pass
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"locked\n"
        with pytest.raises(RunError, match="Another program"):
            folder.lock()
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
    folder.lock()
    folder.unlock()


def test_leftovers_are_removed_and_nothing_else(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.tmp").write_text("mine")
    with RunFolder.create(tmp_path, job()) as folder:
        part = write_part(folder.path, 1, numbers(0, 1))
        for path in (folder.parts, folder.problems, folder.path):
            (path / "part-00007.2.tmp").write_text("x")
        (folder.parts / "link.tmp").symlink_to(outside / "mine.tmp")
        folder.problems.joinpath("kept.jsonl").write_text("")
        assert folder.remove_leftovers() == [
            "part-00007.2.tmp", "link.tmp", "part-00007.2.tmp", "part-00007.2.tmp",
        ]  # fmt: skip
        assert [path.name for path in folder.parts.iterdir()] == [part.file]
        assert folder.problems.joinpath("kept.jsonl").exists()
    assert (outside / "mine.tmp").read_text() == "mine"


def test_leftovers_are_not_looked_for_behind_a_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.tmp").write_text("mine")
    with RunFolder.create(tmp_path, job()) as folder:
        folder.parts.rmdir()
        folder.parts.symlink_to(outside, target_is_directory=True)
        assert folder.remove_leftovers() == []
        folder.delete()
    assert (outside / "mine.tmp").read_text() == "mine"


def test_what_one_attempt_left_is_removed_and_not_what_others_write(tmp_path: Path) -> None:
    mine = ["part-00001.3.tmp", "part-00001.aside-2.3.tmp", "part-00001.aside-3.3.tmp"]
    others = ["part-00001.33.tmp", "part-00011.3.tmp", "part-00001.aside-2.4.tmp"]
    with RunFolder.create(tmp_path, job()) as folder:
        for name in [*mine, *others]:
            (folder.parts / name).write_text("x")
        (folder.problems / "part-00001.3.tmp").write_text("x")
        assert sorted(folder.remove_attempt(1, 3)) == sorted([*mine, "part-00001.3.tmp"])
        assert sorted(path.name for path in folder.parts.iterdir()) == sorted(others)
        assert list(folder.problems.iterdir()) == []


def test_a_run_is_deleted_with_its_size_told(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path, job())
    folder.unlock()
    (folder.parts / "big").write_bytes(bytes(100_000))
    assert folder.size() > 100_000
    assert folder.delete() >= 100_000
    assert list(tmp_path.iterdir()) == []


def test_a_run_in_use_elsewhere_is_not_deleted(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path, job()) as folder:
        with pytest.raises(RunError, match="Another program"):
            RunFolder.open(folder.path).delete()
        assert folder.parts.is_dir()


def test_a_run_that_was_killed_while_it_was_made_is_cleared_away_by_the_next(
    tmp_path: Path,
) -> None:
    half = tmp_path / ".polls-2026-11-21-14-32-07.new"
    (half / "parts").mkdir(parents=True)
    with RunFolder.create(tmp_path, job()) as folder:
        assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_run_that_another_program_makes_at_this_moment_is_left_alone(tmp_path: Path) -> None:
    making = tmp_path / ".other.new"
    making.mkdir()
    lock = FolderLock(making / "lock")
    RunFolder.create(tmp_path, job()).unlock()
    assert making.is_dir()
    lock.release()
