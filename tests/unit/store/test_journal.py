from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import wait
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadline.domain.errors import DiskFull, Failure, OutputRefused, Place
from loadline.domain.plan import Partition, PartResult, Problem, ProblemKind, ReadAccount
from loadline.domain.receipt import RunState
from loadline.domain.schema import Column, ColumnType
from loadline.domain.throughput import Mark, MarkKind
from loadline.store import entries as en
from loadline.store.journal import Journal
from loadline.store.replay import last_words, replay
from tests.support import disks
from tests.support.waiting import until

PROBLEM = Problem(ProblemKind.REPAIRED, "one cell too few", "filled", line=3, raw='a;"b')
ACCOUNT = ReadAccount(
    10, 1, 300, (Column("a", ColumnType.INT),), (PROBLEM,), 1, "tolerant", "a quote", "300 7"
)
ERROR = Failure("SourceDamaged", "Cut off.", Place("b.csv", 3, 40), "EOF", "Get it again.")
EVERY_KIND: list[en.AnyEntry] = [
    en.RunOpened("polls-1", "xxh3:00", "2026-11-21T14:32:07+01:00", "0.1.0"),
    en.Planned(0.1, (Partition(0, "a.csv", "/a.csv", 300, None, "300 7"),), ("a note",), ("a",)),
    en.AttemptStarted(0.2, 0, 1, 2, 1),
    en.AttemptFailed(0.3, 0, 1, ERROR, final=True),
    en.PartDone(0.4, PartResult(0, ACCOUNT, 9, 1_000, "xxh3:01", 0.1, "part-00000.arrow"), 2),
    en.PartKept(0.5, 0),
    en.PartLost(0.5, 0, "its source has changed"),
    en.TaskCancelled(0.6, 0),
    en.OutputBegun(0.65, "/out/polls.csv", "2049:77"),
    en.LimitChanged(0.7, 4, 2.5),
    en.Paused(0.8),
    en.Resumed(0.9),
    en.Marked(Mark(1.0, MarkKind.WORKER, "Worker 2 ended", 0)),
    en.Sampled(1.1, 10, 300, 1 << 20),
    en.RunContinued(1.2, "2026-11-21T14:40:00+01:00", (0,)),
    en.RunEnded(1.3, RunState.PROBLEMS, tasks=1, failed=1, error=ERROR),
]  # fmt: skip


def test_every_kind_of_entry_comes_back_as_it_was(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        for entry in EVERY_KIND:
            journal.append(entry)
    told = replay(tmp_path / "journal")
    assert list(told.entries) == EVERY_KIND
    assert {type(entry) for entry in EVERY_KIND} == set(en.AnyEntry.__args__)
    assert (told.damage, told.torn) == ((), False)


def test_what_is_flushed_is_in_the_file(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        for number in range(1_000):
            journal.append(en.TaskCancelled(0.0, number))
            if number % 100 == 99:
                journal.flush().result(10)
                assert len(replay(tmp_path / "journal").entries) == number + 1


def test_all_flushes_are_answered_in_any_number(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        asked = []
        for number in range(200):
            journal.append(en.TaskCancelled(0.0, number))
            asked.append(journal.flush())
        assert not wait(asked, 10).not_done
    assert len(replay(tmp_path / "journal").entries) == 200


def test_an_entry_reaches_the_file_by_itself(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        journal.append(en.Paused(1.0))
        until(lambda: replay(tmp_path / "journal").entries, "the entry is written")


def test_a_closed_journal_can_be_closed_and_flushed_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.append(en.Paused(1.0))
    journal.close()
    journal.close()
    assert journal.flush().result(1) is None


def test_a_journal_goes_on_after_a_torn_line(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path) as journal:
        journal.append(en.Paused(1.0))
    with path.open("ab") as file:
        file.write(b'{"entry":"Resumed","at":' + b"2" * 200_000)
    assert replay(path).torn
    assert replay(path).entries == (en.Paused(1.0),)
    with Journal(path) as journal:
        journal.append(en.Paused(3.0))
    assert replay(path).entries == (en.Paused(1.0), en.Paused(3.0))
    assert (replay(path).damage, replay(path).torn) == ((), False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(length=st.integers(0, 3_000))
def test_a_journal_cut_off_anywhere_tells_all_whole_lines(tmp_path: Path, length: int) -> None:
    lines = [en.encode_entry(entry) + b"\n" for entry in EVERY_KIND]
    path = tmp_path / "journal"
    content = b"".join(lines)[:length]
    path.write_bytes(content)
    told = replay(path)
    assert list(told.entries) == EVERY_KIND[: content.count(b"\n")]
    assert told.damage == ()
    Journal(path).close()
    assert replay(path).entries == told.entries
    assert not replay(path).torn


def test_damage_in_the_middle_is_told_by_line_and_passed_over(tmp_path: Path) -> None:
    lines = [en.encode_entry(entry) for entry in EVERY_KIND]
    lines[1] = b"\0" * 50
    lines[3] = b'{"entry":"FromTheFuture","at":1}'
    lines[6] = b"\xff\xfe"
    (tmp_path / "journal").write_bytes(b"\n".join(lines) + b"\n")
    told = replay(tmp_path / "journal")
    assert [found.line for found in told.damage] == [2, 4, 7]
    assert len(told.entries) == len(EVERY_KIND) - 3


def test_a_missing_journal_is_a_damage_and_not_an_error(tmp_path: Path) -> None:
    told = replay(tmp_path / "journal")
    assert told.entries == ()
    assert "missing" in told.damage[0].what


def test_the_latest_line_of_a_part_stands_until_it_is_lost(tmp_path: Path) -> None:
    def done(index: int, rows: int) -> en.PartDone:
        return en.PartDone(0.0, PartResult(index, ACCOUNT, rows, 1, "", 0.1))

    with Journal(tmp_path / "journal") as journal:
        for entry in (done(2, 1), done(0, 2), done(2, 3), done(1, 4), en.PartLost(0.0, 1, "")):
            journal.append(entry)
    results = replay(tmp_path / "journal").results()
    assert [(index, result.rows) for index, result in results.items()] == [(0, 2), (2, 3)]


def test_the_end_is_found_without_reading_everything_and_only_if_it_is_the_end(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal"
    end = en.RunEnded(9.0, RunState.DONE, rows=5)
    with Journal(path) as journal:
        for number in range(20_000):
            journal.append(en.TaskCancelled(0.0, number))
        journal.append(end)
    assert last_words(path) == replay(path).end == end
    with Journal(path) as journal:
        journal.append(en.RunContinued(9.0, "2026-11-21T14:40:00+01:00"))
    assert last_words(path) is None
    assert replay(path).end is None


def test_a_full_disk_is_told_to_whoever_flushes_and_to_whoever_appends(tiny_disk: Path) -> None:
    path = tiny_disk / "journal"
    journal = Journal(path)
    journal.append(en.Paused(1.0))
    journal.append(en.PartLost(0.0, 1, "x" * 1_000_000))
    journal.append(en.Resumed(2.0))
    with pytest.raises(DiskFull, match="The disk is full"):
        journal.flush().result(10)
    with pytest.raises(DiskFull):
        journal.append(en.Paused(3.0))
    with pytest.raises(DiskFull):
        journal.flush().result(10)
    with pytest.raises(DiskFull):
        journal.close()
    told = replay(path)
    assert told.entries == (en.Paused(1.0),) or told.entries == ()
    assert not told.torn


def test_a_journal_in_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    with disks.read_only(tmp_path), pytest.raises(OutputRefused):
        Journal(tmp_path / "journal")


WRITER = """
import sys
from pathlib import Path
from loadline.store import entries as en
from loadline.store.journal import Journal
journal = Journal(Path(sys.argv[1]))
number = 0
while True:
    journal.append(en.TaskCancelled(0.0, number))
    if number % 500 == 0:
        journal.flush().result()
        print(number, flush=True)
    number += 1
"""


def test_a_killed_program_loses_nothing_that_was_flushed(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        flushed = [int(program.stdout.readline()) for _ in range(5)][-1]
        os.kill(program.pid, signal.SIGKILL)
    told = replay(path)
    numbers = [entry.index for entry in told.entries if isinstance(entry, en.TaskCancelled)]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > flushed
    assert told.damage == ()
