"""What a list of runs knows besides their account: labels, curves, and what is not kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from loadline.domain.errors import OutputError
from loadline.domain.receipt import RunState
from loadline.store import entries as en
from loadline.store.history import list_runs, past_run
from loadline.store.retention import KeepRule, apply_rule
from loadline.store.run_curve import POINTS, read_curve
from loadline.store.run_folder import RunFolder
from loadline.store.run_label import LABEL, RunLabel, read_label, write_label
from tests.unit.store.test_history import ENDED, NOON, run

LATER = NOON + timedelta(days=1)
DAY = 24 * 60


def titles(runs: Path) -> list[str]:
    return sorted(found.title for found in list_runs(runs))


def size(folder: RunFolder) -> int:
    found = past_run(folder.path)
    assert found is not None
    return found.size


def test_a_name_is_a_label_only_and_the_folder_stays(tmp_path: Path) -> None:
    folder = run(tmp_path, "Polls", ENDED)
    write_label(folder.path, RunLabel(title="Wahl 🎉", pinned=True))
    (found,) = list_runs(tmp_path)
    assert (found.title, found.pinned, found.name) == ("Wahl 🎉", True, folder.name)
    write_label(folder.path, RunLabel())
    assert not (folder.path / LABEL).exists()
    assert titles(tmp_path) == ["Polls"]


def test_a_label_that_cannot_be_read_keeps_the_run(tmp_path: Path) -> None:
    (tmp_path / LABEL).write_bytes(b"\xff{")
    assert read_label(tmp_path) == RunLabel(pinned=True)


def test_a_label_that_cannot_be_removed_is_told(tmp_path: Path) -> None:
    (tmp_path / LABEL).mkdir()
    with pytest.raises(OutputError):
        write_label(tmp_path, RunLabel())


def test_runs_older_than_the_rule_are_deleted_and_told(tmp_path: Path) -> None:
    old = run(tmp_path, "old", ENDED, minutes=-100 * DAY)
    run(tmp_path, "young", ENDED, minutes=-80 * DAY)
    freed = size(old)
    (gone,) = apply_rule(tmp_path, KeepRule(days=90), NOON)
    assert (gone.title, gone.size) == ("old", freed)
    assert titles(tmp_path) == ["young"]
    assert apply_rule(tmp_path, KeepRule(), NOON + timedelta(days=1_000)) == []


def test_the_oldest_runs_make_room_until_the_rest_fits(tmp_path: Path) -> None:
    sizes = [size(run(tmp_path, f"run {n}", ENDED, minutes=n)) for n in range(4)]
    gone = apply_rule(tmp_path, KeepRule(most_bytes=sizes[2] + sizes[3]), LATER)
    assert [one.title for one in gone] == ["run 0", "run 1"]
    assert titles(tmp_path) == ["run 2", "run 3"]


@pytest.mark.parametrize("state", [s for s in RunState if s is not RunState.DONE])
def test_what_did_not_end_well_stays_however_old_it_is(tmp_path: Path, state: RunState) -> None:
    run(tmp_path, "open", en.RunEnded(7.5, state, tasks=2, rows=30))
    assert apply_rule(tmp_path, KeepRule(1, 1), NOON + timedelta(days=1_000)) == []
    assert titles(tmp_path) == ["open"]


def test_pinned_interrupted_unbalanced_and_used_runs_stay(tmp_path: Path) -> None:
    pinned = run(tmp_path, "pinned", ENDED)
    write_label(pinned.path, RunLabel(pinned=True))
    run(tmp_path, "interrupted", en.Sampled(3.0, 5, 5))
    run(tmp_path, "unbalanced", en.RunEnded(1.0, RunState.DONE, tasks=2, rows=30))
    used = run(tmp_path, "used", ENDED)
    with RunFolder.open(used.path, lock=True):
        assert apply_rule(tmp_path, KeepRule(1, 1), NOON + timedelta(days=1_000)) == []
    assert titles(tmp_path) == ["interrupted", "pinned", "unbalanced", "used"]


def test_a_curve_has_the_speed_of_every_span_of_the_run(tmp_path: Path) -> None:
    samples = [en.Sampled(float(second), second * 1_000, 0) for second in range(1, 13)]
    curve = read_curve(run(tmp_path, "a", *samples, ENDED).journal)
    assert len(curve) == POINTS
    assert sum(curve) * 12 / POINTS == pytest.approx(12_000)


def test_without_samples_the_finished_parts_make_the_curve(tmp_path: Path) -> None:
    journal = run(tmp_path, "a", ENDED).journal
    assert [bool(speed) for speed in read_curve(journal)] == [False] * (POINTS - 1) + [True]
    assert read_curve(tmp_path / "gone") == ()
    journal.write_bytes(b'{"entry":"Sampled",\n\xff\n')
    assert read_curve(journal) == ()
