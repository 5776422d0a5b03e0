"""Kills and power cuts: whatever the moment, going on ends with what an undisturbed run has.

The normal suite takes a few moments; ``make faults`` takes all of them.
"""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import faults
from tests.support.faults import FULL, Bed, Ended

if TYPE_CHECKING:
    import pyarrow as pa


def assert_whole(bed: Bed, ended: Ended, wanted: pa.Table) -> None:
    """Check that the dataset is the undisturbed one, the account adds up, and nothing is left."""
    assert ended.code == 0, ended.err
    assert ended.receipt is not None
    assert ended.receipt["balanced"]
    run = bed.only_run()
    assert run is not None
    assert faults.table(run).equals(wanted)
    assert bed.leftovers() == []


def undisturbed(bed: Bed) -> pa.Table:
    """Run once in peace, return the dataset, and clear the run away."""
    ended = bed.run()
    assert ended.code == 0, ended.err
    run = bed.only_run()
    assert run is not None
    table = faults.table(run)
    shutil.rmtree(bed.runs_dir)
    return table


@pytest.mark.time_limit(150 if FULL else 20)
def test_workers_killed_at_random_cost_their_attempts_and_nothing_else(tmp_path: Path) -> None:
    kills, files = (200, 400) if FULL else (5, 40)
    bed = faults.bed(tmp_path, files, 60_000 if FULL else 20_000)
    wanted = undisturbed(bed)
    program = bed.start()
    dead = faults.shoot_workers(program, kills, seed=3, every=0.1 if FULL else 0.03)
    ended = bed.end(program)
    assert dead >= (200 if FULL else 1)
    assert_whole(bed, ended, wanted)


@pytest.mark.time_limit(240 if FULL else 20)
def test_a_program_killed_at_random_moments_is_resumed_to_the_same_result(tmp_path: Path) -> None:
    bed = faults.bed(tmp_path, 40, 20_000)
    wanted = undisturbed(bed)
    kills, ends = 0, 0
    for wait in faults.moments(seed=11, count=10_000, first=0.2, last=0.9):
        if kills >= (50 if FULL else 2):
            break
        run = bed.only_run()
        program = bed.start(resume=run.name if run else "")
        with suppress(subprocess.TimeoutExpired):
            program.wait(wait)
        if program.poll() is None:
            bed.kill(program)
            kills += 1
            continue
        assert_whole(bed, bed.end(program), wanted)
        ends += 1
        shutil.rmtree(bed.runs_dir)
    assert_whole(bed, bed.go_on(), wanted)
    assert ends or not FULL


def cuts(writes: int) -> range:
    """Return the writes before which the power goes: all, or some that differ."""
    return range(1, writes + 1, 1 if FULL else 16)


@pytest.mark.time_limit(300 if FULL else 30)
@pytest.mark.parametrize("torn", [False, True] if FULL else [True])
def test_a_power_cut_between_any_two_writes_loses_nothing(tmp_path: Path, torn: bool) -> None:
    bed = faults.bed(tmp_path, 3, 30, output=True, workers=2 if FULL else 1)
    bed.runs_dir.mkdir()
    whole, writes = bed.cut(0)
    run = bed.only_run()
    assert run is not None, whole.err
    wanted = faults.table(run)
    assert_whole(bed, whole, wanted)
    assert bed.output is not None
    output = bed.output.read_bytes()
    assert writes > 40
    for at in cuts(writes):
        shutil.rmtree(bed.runs_dir)
        bed.runs_dir.mkdir()
        cut, _ = bed.cut(at, torn=torn)
        if cut.code == 0:  # fewer writes this time: it had ended before
            continue
        assert cut.code == -9, cut.err
        assert_whole(bed, bed.go_on(), wanted)
        assert bed.output.read_bytes() == output, f"write {at}"
