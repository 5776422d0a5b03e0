"""Errors as facts that travel between processes."""

from __future__ import annotations

import inspect
import pickle

import pytest

from loadline.domain import errors
from loadline.domain.errors import Failure, LoadlineError, Place

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, LoadlineError)
]
MAY_PASS = {"SourceUnreachable", "WorkerDied", "OutOfMemory", "DeadlineExceeded"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_survives_the_way_between_processes(kind: type[LoadlineError]) -> None:
    place = Place("polls.csv", line=3, byte=120)
    error = kind("It broke.", place=place, cause="EIO", advice="Try again.")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert again.failure == error.failure
    assert again.failure == Failure(
        kind.__name__, "It broke.", place, "EIO", "Try again.", kind.transient
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_only_errors_that_can_pass_are_worth_a_retry(kind: type[LoadlineError]) -> None:
    assert kind.transient == (kind.__name__ in MAY_PASS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_stands_in_the_drawn_tree(kind: type[LoadlineError]) -> None:
    assert errors.__doc__ is not None
    star = " *" if kind.transient else ""
    assert f"{kind.__name__}{star}" in errors.__doc__


def test_a_failure_reads_as_one_sentence_with_place_and_advice() -> None:
    failure = Failure("SourceDamaged", "Cut off.", Place("a.csv", 1_234, 99), advice="Copy it.")
    assert str(failure) == "Cut off. (a.csv, line 1,234, byte 99) Copy it."


def test_a_place_in_a_collection_names_the_document() -> None:
    assert str(Place("people", record="507f")) == "people, _id 507f"
