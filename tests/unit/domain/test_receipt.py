"""The account of a run: it balances only when every line does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadline.domain.errors import Failure, Place
from loadline.domain.receipt import RUN_ENDED, Receipt, ReceiptLine, RunState
from loadline.domain.schema import Column, ColumnType
from loadline.domain.tasks import COMPLETE, TaskState

GOOD = ReceiptLine(
    0, "a.csv", TaskState.DONE, rows_read=10, rows=8, rejected=2, bytes=100, verified=True
)

lines = st.builds(
    ReceiptLine,
    index=st.just(0),
    name=st.just("a"),
    state=st.sampled_from(list(TaskState)),
    rows_read=st.integers(0, 5),
    rows=st.integers(0, 5),
    rejected=st.integers(0, 5),
    verified=st.booleans(),
    problems=st.integers(0, 3),
)


def receipt(*listed: ReceiptLine) -> Receipt:
    return Receipt("polls-1", RunState.DONE, tuple(listed))


@given(st.lists(lines))
def test_a_receipt_balances_only_when_every_line_adds_up(listed: list[ReceiptLine]) -> None:
    account = receipt(*listed)
    assert account.balanced == (bool(listed) and all(line.balanced for line in listed))
    if account.balanced:
        assert account.rows_read == account.rows + account.rejected
    assert account.rows == sum(line.rows for line in listed if line.state in COMPLETE)


@pytest.mark.parametrize(
    "change",
    [{"rows_read": 11}, {"rows": 9}, {"verified": False}, {"state": TaskState.CANCELLED}],
)
def test_one_thing_wrong_unbalances_a_line(change: dict[str, object]) -> None:
    assert GOOD.balanced
    assert not replace(GOOD, **change).balanced  # type: ignore[arg-type]


def test_an_empty_run_is_not_balanced() -> None:
    assert not receipt().balanced


def test_a_failed_task_counts_as_a_problem_and_its_rows_do_not_count() -> None:
    failed = replace(GOOD, state=TaskState.FAILED, problems=0, error=Failure("Bug", "No."))
    assert receipt(GOOD, failed).problems == 1
    assert receipt(GOOD, failed).rows == 8


def test_the_json_object_says_what_the_design_promises() -> None:
    error = Failure("SourceDamaged", "Cut off.", Place("b.csv", line=1_200))
    failed = ReceiptLine(1, "b.csv", TaskState.FAILED, error=error, attempts=1)
    account = replace(receipt(GOOD, failed), schema=(Column("zip", ColumnType.TEXT),))
    told = json.loads(json.dumps(account.to_json()))
    promised = "run state rows rejected bytes seconds balanced run_folder output schema tasks"
    assert set(promised.split()) | {"problems", "top"} <= set(told)
    assert told["schema"] == [{"name": "zip", "type": "text"}]
    assert told["tasks"][1]["error"] == "Cut off. (b.csv, line 1,200)"
    assert (told["rows"], told["rejected"], told["balanced"]) == (8, 2, False)


def test_an_interrupted_run_has_not_ended() -> None:
    assert RunState.INTERRUPTED not in RUN_ENDED
