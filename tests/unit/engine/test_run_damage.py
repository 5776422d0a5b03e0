"""Run folders that are not sound: opened as far as they are, told, and read again on request."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from loadline.domain.errors import JobError, PartDamaged, RunError
from loadline.domain.receipt import RunState
from loadline.engine.run import Run
from loadline.sources.fake import Fail, Rows
from loadline.store.export import ExportSpec, export_run
from tests.support.bench import Bench, column, states
from tests.unit.engine.test_run_finish import spoil


async def ended_run(bench: Bench, output: Path | None = None) -> Run:
    """Return a run of three tasks that is done."""
    bench.plain(3, rows=2)
    async with bench.session() as session:
        run = session.start(bench.job(output=output))
        assert (await run.wait()).state is RunState.DONE
    return run


async def checked_again(bench: Bench, folder: Path) -> Run:
    """Reopen a run and have it looked through."""
    async with bench.session() as session:
        run = session.reopen(folder)
        run.check_again()
        await run.wait()
    return run


async def test_a_missing_part_is_named_and_read_again_alone(bench: Bench) -> None:
    run = await ended_run(bench)
    (run.folder / "parts" / "part-00001.arrow").unlink()
    async with bench.session() as session:
        again = session.reopen(run.folder)
        assert again.damage == ("The results of 1.csv are damaged or no longer there.",)
        assert again.state is RunState.PROBLEMS
        assert states(again) == ["done", "failed", "done"]
        assert again.receipt is not None
        assert not again.receipt.balanced
        assert again.receipt.rows == 4
        again.retry_unfinished()
        receipt = await again.wait()
        assert list(again.damage) == []
    assert receipt.state is RunState.DONE
    assert column(again) == [0, 0, 1, 1, 2, 2]
    assert [bench.source.tries(i) for i in range(3)] == [1, 2, 1]


async def test_rotten_bytes_of_a_part_are_found_and_read_again_when_asked(bench: Bench) -> None:
    run = await ended_run(bench)
    spoil(run.folder / "parts" / "part-00002.arrow")
    again = await checked_again(bench, run.folder)
    assert again.state is RunState.DONE
    assert again.receipt is not None
    assert "1 part was damaged on the disk, and read again." in again.receipt.notes
    assert column(again) == [0, 0, 1, 1, 2, 2]
    assert [bench.source.tries(i) for i in range(3)] == [1, 1, 2]


async def test_rotten_bytes_met_while_reading_are_no_longer_shown_and_read_again(
    bench: Bench,
) -> None:
    run = await ended_run(bench)
    spoil(run.folder / "parts" / "part-00001.arrow")
    async with bench.session() as session:
        again = session.reopen(run.folder)
        assert not again.damage
        with pytest.raises(PartDamaged) as met:
            column(again)
        assert met.value.sentence == "The result of 1.csv is damaged on the disk."
        assert met.value.place is not None
        again.part_damaged(met.value.place.source)
        named = ["The results of 1.csv are damaged or no longer there."]
        assert list(again.damage) == named
        assert again.state is RunState.PROBLEMS
        assert [part.name for part in again.parts()] == ["0.csv", "2.csv"]
        assert again.receipt is not None
        assert not again.receipt.balanced
        again.check_again()
        assert (await again.wait()).state is RunState.DONE
    assert column(again) == [0, 0, 1, 1, 2, 2]
    assert [bench.source.tries(i) for i in range(3)] == [1, 2, 1]


async def test_a_sound_run_that_is_looked_through_is_not_written_again(
    bench: Bench, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    run = await ended_run(bench, output)
    output.write_text("edited by a person")
    again = await checked_again(bench, run.folder)
    assert again.state is RunState.DONE
    assert output.read_text() == "edited by a person"
    spoil(run.folder / "parts" / "part-00000.arrow")
    await checked_again(bench, run.folder)
    assert output.read_text() != "edited by a person"


async def test_a_missing_list_of_parts_is_named_and_made_again(bench: Bench) -> None:
    run = await ended_run(bench)
    (run.folder / "dataset.json").unlink()
    async with bench.session() as session:
        assert session.reopen(run.folder).damage == ("The list of the result's parts is missing.",)
    again = await checked_again(bench, run.folder)
    assert (run.folder / "dataset.json").is_file()
    assert column(again) == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize("content", [None, b"", b"\xff\x00 nothing\n"])
async def test_without_a_journal_the_run_is_offered_to_be_read_again(
    bench: Bench, content: bytes | None
) -> None:
    run = await ended_run(bench)
    journal = run.folder / "journal.jsonl"
    journal.unlink() if content is None else journal.write_bytes(content)
    async with bench.session() as session:
        again = session.reopen(run.folder)
        assert again.state is RunState.INTERRUPTED
        assert "all of it must be read again" in again.damage[0]
        again.retry_unfinished()
        assert (await again.wait()).state is RunState.DONE
    assert column(again) == [0, 0, 1, 1, 2, 2]


async def test_a_damaged_line_in_the_middle_of_the_journal_is_named(bench: Bench) -> None:
    run = await ended_run(bench)
    journal = run.folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if b"PartDone" in line)
    lines[at] = b"#" * (len(lines[at]) - 1) + b"\n"
    journal.write_bytes(b"".join(lines))
    async with bench.session() as session:
        again = session.reopen(run.folder)
        assert again.damage[0] == f"The run's journal cannot be read in line {at + 1}."
        again.check_again()
        assert (await again.wait()).state is RunState.DONE
    assert column(again) == [0, 0, 1, 1, 2, 2]


async def test_a_run_whose_journal_tells_its_start_oddly_opens_all_the_same(bench: Bench) -> None:
    run = await ended_run(bench)
    lines = run.folder.joinpath("journal.jsonl").read_bytes().split(b"\n")
    lines = [re.sub(rb'"when":"[^"]*"', b'"when":"soon"', line) for line in lines]
    run.folder.joinpath("journal.jsonl").write_bytes(b"\n".join(lines))
    async with bench.session() as session:
        again = session.reopen(run.folder)
        assert (again.started_at, again.state) == (None, RunState.DONE)


@pytest.mark.parametrize("content", [None, b"", b"format = 1\nkind =", b"\xff\xfe"])
async def test_without_its_job_file_a_run_is_shown_and_exported_but_not_read_again(
    bench: Bench, tmp_path: Path, content: bytes | None
) -> None:
    run = await ended_run(bench)
    job = run.folder / "job.toml"
    job.unlink() if content is None else job.write_bytes(content)
    async with bench.session() as session:
        again = session.reopen(run.folder)
        assert again.damage[0].startswith("The run's job file is damaged")
        assert again.state is RunState.DONE
        assert states(again) == ["done"] * 3
        assert column(again) == [0, 0, 1, 1, 2, 2]
        with pytest.raises(JobError, match="nothing can be read again") as told:
            again.check_again()
        assert told.value.advice == "What it has read can be shown and exported."
        assert session.reopen(run.folder).state is RunState.DONE  # and it is let go
    target = tmp_path / "out.csv"
    export_run(ExportSpec(run.folder, target), lambda _rows, _bytes: None)
    assert target.read_text().count("\n") == 7


async def test_a_damaged_receipt_is_named_and_drawn_up_again(bench: Bench) -> None:
    run = await ended_run(bench)
    (run.folder / "receipt.json").write_bytes(b'{"run": ')
    async with bench.session() as session:
        again = session.reopen(run.folder)
        assert again.damage == ("The receipt cannot be read.",)
        assert again.receipt is not None
        assert again.receipt.rows == 6
    await checked_again(bench, run.folder)
    assert b'"verified":true' in (run.folder / "receipt.json").read_bytes()


async def test_a_run_moved_to_another_place_tells_where_it_is_now(bench: Bench) -> None:
    run = await ended_run(bench)
    moved = run.folder.rename(bench.runs_dir / "elsewhere")
    again = await checked_again(bench, moved)
    assert again.receipt is not None
    assert again.receipt.run_folder == str(moved)
    assert again.state is RunState.DONE


async def test_a_newer_format_is_refused_with_what_to_do(bench: Bench) -> None:
    run = await ended_run(bench)
    (run.folder / "run.json").write_bytes(b'{"format": 99, "run": "x", "created": ""}')
    async with bench.session() as session:
        with pytest.raises(RunError, match="format 99") as told:
            session.reopen(run.folder)
    assert told.value.advice == "Install a newer version of Loadline."


async def test_wherever_the_journal_is_cut_off_the_run_opens_and_ends_the_same(
    bench: Bench,
) -> None:
    run = await ended_run(bench)
    journal = run.folder / "journal.jsonl"
    whole = journal.read_bytes()
    chance = random.Random(6)
    async with bench.session() as session:
        for size in range(len(whole)):
            if size % 5 and chance.random() > 0.02:
                continue
            journal.write_bytes(whole[:size])
            assert session.reopen(run.folder).state is not RunState.FAILED
        for size in chance.sample(range(len(whole)), 12):
            journal.write_bytes(whole[:size])
            again = session.reopen(run.folder)
            again.check_again()
            assert (await again.wait()).state is RunState.DONE, size
            assert column(again) == [0, 0, 1, 1, 2, 2], size


@pytest.mark.parametrize("name", ["dataset.json", "receipt.json", "run.json"])
async def test_wherever_a_small_file_of_a_run_is_cut_off_the_run_can_be_mended(
    bench: Bench, name: str
) -> None:
    run = await ended_run(bench)
    file = run.folder / name
    whole = file.read_bytes()
    async with bench.session() as session:
        for size in range(0, len(whole), 7):
            file.write_bytes(whole[:size])
            again = session.reopen(run.folder)
            assert column(again) == [0, 0, 1, 1, 2, 2]
        again.check_again()
        assert (await again.wait()).balanced


async def test_what_cannot_be_read_again_is_told_and_the_rest_stays(bench: Bench) -> None:
    run = await ended_run(bench)
    (run.folder / "parts" / "part-00001.arrow").unlink()
    bench.script((Rows(2),), (Fail("SourceMissing", "It is not there."),), (Rows(2),))
    async with bench.session() as session:
        again = session.reopen(run.folder)
        again.check_again()
        receipt = await again.wait()
    assert receipt.state is RunState.PROBLEMS
    assert receipt.lines[1].error is not None
    assert receipt.rows == 4
    assert column(again) == [0, 0, 2, 2]
