from __future__ import annotations

from pathlib import Path

import pytest

from loadline.domain.errors import DiskFull, RunError
from loadline.domain.plan import Problem, ProblemKind
from loadline.store.problems import ProblemLog, ProblemsWriter


def odd(number: int, raw: str = "a;b") -> Problem:
    return Problem(ProblemKind.REJECTED, f"odd {number}", line=number, raw=raw)


def write(folder: Path, index: int, *problems: Problem, attempt: int = 1) -> None:
    folder.mkdir(exist_ok=True)
    writer = ProblemsWriter(folder, index, attempt)
    for problem in problems:
        writer.write(problem)
    writer.finish()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_problems_have_their_final_name_only_when_all_are_written(tmp_path: Path) -> None:
    writer = ProblemsWriter(tmp_path, 42, 3)
    assert names(tmp_path) == []
    writer.write(odd(1))
    assert names(tmp_path) == ["part-00042.3.tmp"]
    writer.finish()
    writer.discard()
    assert names(tmp_path) == ["part-00042.jsonl"]


def test_a_later_attempt_replaces_the_problems_even_by_none(tmp_path: Path) -> None:
    write(tmp_path, 1, odd(1), odd(2))
    write(tmp_path, 1, odd(3), attempt=2)
    assert [found.problem for found in ProblemLog(tmp_path).page(0, 9)] == [odd(3)]
    write(tmp_path, 1, attempt=3)
    assert names(tmp_path) == []


def test_discarded_problems_leave_those_of_the_earlier_attempt(tmp_path: Path) -> None:
    write(tmp_path, 1, odd(1))
    writer = ProblemsWriter(tmp_path, 1, 2)
    writer.write(odd(2))
    writer.discard()
    assert names(tmp_path) == ["part-00001.jsonl"]


def test_pages_go_through_the_problems_of_all_tasks_in_order(tmp_path: Path) -> None:
    everything = []
    for index, count in ((100_000, 3), (2, 600), (7, 1), (10, 300)):
        write(tmp_path, index, *(odd(number) for number in range(count)))
    for index, count in ((2, 600), (7, 1), (10, 300), (100_000, 3)):
        everything += [(index, odd(number)) for number in range(count)]
    log = ProblemLog(tmp_path)
    assert log.count == 904
    for start in (0, 1, 255, 256, 257, 590, 600, 601, 880, 903, 904, 2_000):
        page = [(found.index, found.problem) for found in log.page(start, 40)]
        assert page == everything[start : start + 40]


def test_raw_text_of_any_bytes_and_any_length_can_be_told(tmp_path: Path) -> None:
    raw = b"caf\xe9 \xff\n\0".decode("utf-8", "surrogateescape")
    write(tmp_path, 1, odd(1, raw), odd(2, 'é🎉"\n' * 100_000))
    first, second = ProblemLog(tmp_path).page(0, 9)
    assert first.problem.raw == "caf\\udce9 \\udcff\n\0"
    assert second.problem == odd(2, 'é🎉"\n' * 100_000)


def test_there_are_no_problems_without_a_folder_or_in_an_empty_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gone"):
        log = ProblemLog(folder)
        assert (log.count, list(log.page(0, 9))) == (0, [])


def test_a_damaged_line_is_told_with_its_file(tmp_path: Path) -> None:
    write(tmp_path, 3, odd(1))
    (tmp_path / "part-00003.jsonl").write_bytes(b"\0\0\n")
    with pytest.raises(RunError, match="cannot be read") as caught:
        ProblemLog(tmp_path).page(0, 9)
    assert "part-00003" in str(caught.value.place)


def test_a_full_disk_is_told_and_no_file_is_left(tiny_disk: Path) -> None:
    writer = ProblemsWriter(tiny_disk, 1, 1)
    with pytest.raises(DiskFull):
        writer.write(odd(1, "x" * 1_000_000))
    writer.discard()
    assert names(tiny_disk) == []


def test_a_disk_that_is_full_at_the_end_leaves_no_file_either(tiny_disk: Path) -> None:
    writer = ProblemsWriter(tiny_disk, 1, 1)
    writer.write(odd(1))  # still in memory
    with pytest.raises(OSError, match="No space"):
        (tiny_disk / "other").write_bytes(bytes(1 << 20))
    with pytest.raises(DiskFull):
        writer.finish()
    assert names(tiny_disk) == ["other"]
