"""How an exception at a worker's border becomes an error with a plain sentence."""

from __future__ import annotations

import errno
import os

import pytest

from loadline.domain.errors import (
    Bug,
    Cancelled,
    DiskFull,
    LoadlineError,
    OutOfMemory,
    OutputRefused,
    Place,
    SourceDamaged,
    SourceMissing,
    SourceRefused,
    SourceUnreachable,
)
from loadline.engine.backends.unforeseen import (
    LONGEST_CAUSE,
    LONGEST_SENTENCE,
    as_loadline_error,
)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, OutputRefused),
        (errno.EACCES, SourceRefused),
        (errno.EPERM, SourceRefused),
        (errno.ENOENT, SourceMissing),
        (errno.EIO, SourceUnreachable),
        (errno.ESTALE, SourceUnreachable),
        (errno.ECONNRESET, SourceUnreachable),
        (errno.ETIMEDOUT, SourceUnreachable),
        (errno.EHOSTUNREACH, SourceUnreachable),
        (errno.EINVAL, Bug),
    ],
)
def test_system_errors_are_told_by_their_number(number: int, kind: type[LoadlineError]) -> None:
    error = as_loadline_error(OSError(number, os.strerror(number), "polls.csv"))
    assert type(error) is kind
    if kind is not Bug:
        assert error.place == Place("polls.csv")
    assert os.strerror(number) in error.cause


def test_connection_errors_without_a_number_may_pass() -> None:
    assert as_loadline_error(ConnectionResetError()).transient
    assert as_loadline_error(TimeoutError("timed out")).transient


def test_an_error_of_our_own_stays_itself() -> None:
    error = DiskFull("Full.")
    assert as_loadline_error(error) is error


def test_missing_memory_says_what_to_do() -> None:
    error = as_loadline_error(MemoryError())
    assert type(error) is OutOfMemory
    assert error.transient
    assert error.advice


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)),
        ImportError("libx.so: failed to map segment from shared object"),
        RuntimeError("can't start new thread"),
    ],
)
def test_missing_memory_is_known_in_every_guise(error: Exception) -> None:
    assert type(as_loadline_error(error)) is OutOfMemory
    damaged = SourceDamaged("It is cut off.")
    damaged.__cause__ = error
    assert type(as_loadline_error(damaged)) is OutOfMemory


def test_a_request_to_stop_is_no_lack_of_memory() -> None:
    asked = Cancelled("Cancelled.")
    asked.__context__ = MemoryError()
    assert as_loadline_error(asked) is asked


def test_an_error_whose_text_cannot_be_made_is_told_all_the_same() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert "Mute" in as_loadline_error(Mute()).sentence


def test_endless_texts_are_cut_and_keep_the_name_of_the_error() -> None:
    try:
        raise ValueError("x" * 100_000)
    except ValueError as raised:
        error = as_loadline_error(raised)
    assert len(error.sentence) < LONGEST_SENTENCE + 100
    assert "ValueError" in error.sentence
    assert len(error.cause) <= LONGEST_CAUSE
