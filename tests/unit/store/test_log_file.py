"""The log rotates, can be read back, and holds neither passwords nor records."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from loadline.domain.redaction import homeless, redacted, without_values
from loadline.store import log_file
from loadline.store.log_file import close_log, frames_of, open_log, read_log

log = logging.getLogger("loadline.tests")
ADDRESSES = [
    "mongodb://ann:s3cret@db.example.org/shop?x=1",
    "mongodb+srv://ann:s3cret@db.example.org",
    "mongodb://ann:s3cret%40x@db.example.org",
    "mongodb://ann:p@s3cret@db.example.org",
    "mongodb://ann:p/s3cret@db.example.org",
    "mongodb://ann:a s3cret@db.example.org",
    "https://ann:s3cret@example.org/x",
    "host=db password=s3cret user=ann",
    "{'password': 's3cret', 'user': 'ann'}",
    "Authorization: Bearer s3cret",
]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """Return a file that is logged to."""
    path = tmp_path / "logs" / "loadline.log"
    handler = open_log(path)
    assert handler is not None
    yield path
    close_log(handler)


@pytest.mark.parametrize("text", ADDRESSES)
def test_a_password_is_nowhere_in_the_log(file: Path, text: str) -> None:
    log.warning("Cannot reach %s", text)
    try:
        try:
            raise ValueError(text)
        except ValueError as error:
            raise RuntimeError(f"Could not connect: {text}") from error
    except RuntimeError:
        log.exception("It broke with %s", text)
    written = file.read_text()
    assert "s3cret" not in written
    assert "Cannot reach" in written
    assert "RuntimeError\n" in written
    assert "s3cret" not in redacted(text)


def test_an_exception_keeps_its_kind_and_place_and_loses_its_words(file: Path) -> None:
    def convert(value: str) -> int:
        return int(value)

    try:
        convert("Ann Lee, 41 Main St")
    except ValueError:
        log.exception("A row could not be read")
    (entry,) = read_log(file)
    assert entry.level == "ERROR"
    assert entry.text.startswith("A row could not be read\nValueError\n")
    assert "in convert" in entry.text
    assert "Ann Lee" not in file.read_text()


def test_what_a_sentence_quotes_is_left_out() -> None:
    told = without_values("Line 7: \"Ann Lee\" is no number, and 'x' isn't either")
    assert told == "Line 7: \"\u2026\" is no number, and '\u2026' isn't either"


def test_of_a_kept_traceback_only_the_places_remain() -> None:
    cause = (
        'Traceback (most recent call last):\n  File "/home/ann/app/loadline/x.py", line 3, in go\n'
        '    raise ValueError("Ann Lee")\nValueError: Ann Lee'
    )
    assert frames_of(cause) == "  loadline/x.py:3 in go"


def test_entries_are_read_back_as_they_were_noted(file: Path) -> None:
    log.info("first\nsecond line")
    log.error("third")
    told = [(entry.level, entry.origin, entry.text) for entry in read_log(file)]
    assert told == [("INFO", "tests", "first\nsecond line"), ("ERROR", "tests", "third")]


def test_of_other_libraries_only_warnings_are_kept(file: Path) -> None:
    logging.getLogger("somebody.else").info("chatter")
    logging.getLogger("somebody.else").warning("trouble")
    assert [entry.text for entry in read_log(file)] == ["trouble"]


def test_a_full_file_makes_room_and_few_old_ones_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_file, "MOST_BYTES", 2_000)
    handler = open_log(tmp_path / "loadline.log")
    assert handler is not None
    for number in range(500):
        log.info("entry %d", number)
    close_log(handler)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["loadline.log"] + [f"loadline.log.{n}" for n in (1, 2, 3)]
    assert all(path.stat().st_size <= 2_000 for path in tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_means_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file is in the way")
    assert open_log(tmp_path / "logs" / "loadline.log") is None


def test_the_home_folder_is_written_as_a_tilde() -> None:
    assert homeless("/home/ann/Loadline/x", Path("/home/ann")) == "~/Loadline/x"
