"""Rows corrected by hand: they go into their places, and the files stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from loadline.domain.fixes import Fix
from loadline.domain.plan import Problem
from loadline.domain.receipt import RunState
from loadline.engine.run import Run
from loadline.store.problems import ProblemLog
from tests.support.bench import Bench, column
from tests.support.csv_folders import source_for, write_files

FILES = {
    "a.csv": "id,name,price\n1,Ann,2\n2,Bob\n3,Cy,4\n4,Dee,5,x\n5,Eve,6\n",
    "b.csv": "id,name,price\n6,Flo,7\n7,Gus,8\n",
}


@pytest.fixture
def data(bench: Bench, tmp_path: Path) -> Path:
    """Give a folder with two odd rows, which is what the bench's source reads."""
    folder = write_files(tmp_path / "data", FILES)
    bench.source = source_for(folder)  # type: ignore[assignment]
    return folder


def problems(run: Run) -> list[Problem]:
    log = ProblemLog(run.problems_folder)
    return [found.problem for found in log.page(0, 100)]


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def fix(line: int, raw: str, text: str, index: int = 0) -> Fix:
    return Fix(index, line, raw, text, tuple(text.split(",")))


BOB = fix(3, "2,Bob", "2,Bob,3")
DEE = fix(5, "4,Dee,5,x", "4,Dee,5")


async def reload(run: Run, fixes: Sequence[Fix]) -> None:
    run.reload(fixes)
    await run.wait()


async def test_fixed_rows_go_into_their_places_and_are_accounted_for(
    bench: Bench, data: Path
) -> None:
    async with bench.session() as session:
        run = session.start(bench.job())
        await run.wait()
        assert column(run, "price") == [2, None, 4, 5, 6, 7, 8]
        before = run.results[1]
        await reload(run, [BOB, DEE])
    assert run.receipt is not None
    assert run.receipt.state is RunState.DONE
    assert run.receipt.balanced
    assert run.receipt.notes == ("2 rows were fixed by hand.",)
    assert column(run, "price") == [2, 3, 4, 5, 6, 7, 8]
    assert column(run, "id") == [1, 2, 3, 4, 5, 6, 7]
    assert "_extra" not in [c.name for c in run.receipt.schema]
    assert run.results[1] is before
    assert contents(data) == FILES
    assert [(p.what, p.line) for p in problems(run)] == [
        ("fixed by hand", 3),
        ("fixed by hand", 5),
    ]


async def test_a_fix_is_taken_back(bench: Bench, data: Path) -> None:
    async with bench.session() as session:
        run = session.start(bench.job())
        await run.wait()
        table, told = [column(run, name) for name in ("id", "price", "_extra")], problems(run)
        await reload(run, [BOB, DEE])
        await reload(run, [])
    assert [column(run, name) for name in ("id", "price", "_extra")] == table
    assert problems(run) == told
    assert run.receipt is not None
    assert run.receipt.notes == ()


async def test_a_row_without_a_fault_can_be_fixed_too_and_may_widen_its_column(
    bench: Bench, data: Path
) -> None:
    async with bench.session() as session:
        run = session.start(bench.job())
        await run.wait()
        await reload(run, [fix(3, "8", "7,Gus,eight", index=1)])
    assert column(run, "price") == ["2", "", "4", "5", "6", "7", "eight"]


async def test_fixes_survive_a_restart_and_a_damaged_part(bench: Bench, data: Path) -> None:
    async with bench.session() as session:
        run = session.start(bench.job())
        await run.wait()
        await reload(run, [BOB])
    (run.folder / "parts" / "part-00000.arrow").unlink()
    async with bench.session() as session:
        again = session.reopen(run.folder)
        assert again.fixes == (BOB,)
        again.retry_unfinished()
        await again.wait()
        assert column(again, "price")[1] == 3
        assert again.receipt is not None
        assert again.receipt.notes == ("1 row was fixed by hand.",)


async def test_a_kill_before_the_row_was_read_again_loses_no_fix(bench: Bench, data: Path) -> None:
    async with bench.session() as session:
        run = session.start(bench.job())
        await run.wait()
        journal = run.folder / "journal.jsonl"
        size = journal.stat().st_size
        await reload(run, [BOB])
    journal.write_bytes(journal.read_bytes()[:size])
    async with bench.session() as session:
        again = session.reopen(run.folder)
        again.check_again()
        await again.wait()
    assert column(again, "price")[1] == 3


async def test_a_fix_for_a_file_that_is_gone_keeps_the_part_and_says_so(
    bench: Bench, data: Path
) -> None:
    async with bench.session() as session:
        run = session.start(bench.job())
        await run.wait()
        (data / "a.csv").unlink()
        await reload(run, [BOB])
        assert run.receipt is not None
        assert run.receipt.state is RunState.PROBLEMS
        assert run.receipt.lines[0].error is not None
        assert run.receipt.lines[0].error.kind == "SourceChanged"
        assert column(run, "price") == [2, None, 4, 5, 6, 7, 8]
        await reload(run, [])
        assert run.receipt.balanced


async def test_a_fix_whose_row_is_no_longer_there_is_told(bench: Bench, data: Path) -> None:
    async with bench.session() as session:
        run = session.start(bench.job())
        await run.wait()
        await reload(run, [fix(3, "2,Bob,but other", "2,Bob,3,4")])
    assert "a row that was fixed by hand is no longer there" in [p.what for p in problems(run)]
    assert run.receipt is not None
    assert run.receipt.notes == ()


async def test_the_form_of_a_row_tells_what_each_cell_becomes(bench: Bench, data: Path) -> None:
    async with bench.session() as session:
        run = session.start(bench.job())
        await run.wait()
        form = run.row_form(0, 3)
    assert form.text == "2,Bob"
    assert [(c.name, c.type.value) for c in form.columns] == [
        ("id", "int"),
        ("name", "text"),
        ("price", "int"),
    ]
    short = form.check("2,Bob")
    assert short.wrong == "The row has 2 cells, 3 are needed."
    good = form.check('2,"Bob, jr.",3')
    assert (good.cells, good.wrong) == (("2", "Bob, jr.", "3"), "")
    assert form.check('2,"Bob,3').wrong == "A quote is opened and not closed."
    assert form.check("2,Bob,3x").remarks[2] == ("the column holds whole numbers: it becomes text")
