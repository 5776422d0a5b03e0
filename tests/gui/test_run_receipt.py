"""What the receipt says: balanced or not, and which file is short by how many rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from loadline.domain.jobs import DatasetSource, Job, MongoSource
from loadline.domain.receipt import Receipt, ReceiptLine, RunState
from loadline.domain.tasks import TaskState
from loadline.gui.models.receipt_model import ReceiptColumn
from loadline.gui.models.receipt_words import receipt_words
from loadline.gui.models.source_words import Nouns, nouns
from tests.support.run_pages import NewPage, Recorded, new_page, recorded
from tests.support.scripted_run import FileScript, ScriptedRun

__all__ = ["new_page", "recorded"]  # fixtures
WORDS = Nouns(
    "file", "files", "Files at once", "Find", "Cancel", "Follow",
    "File", "Rows read", "Rows read = loaded + rejected.", "Correct the file",
)  # fmt: skip
CALLS = MongoSource(database="harbour", collection="calls", connection="Sample server")
LEFT = Qt.MouseButton.LeftButton


def line(index: int, **changes: object) -> ReceiptLine:
    made = ReceiptLine(
        index, f"{index}.csv", TaskState.DONE, rows_read=100, rows=98, rejected=2, verified=True
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def receipt(*lines: ReceiptLine) -> Receipt:
    return Receipt("r", RunState.DONE, lines)


def test_a_balanced_receipt_accounts_for_every_row() -> None:
    told = receipt_words(receipt(line(0), line(1)), WORDS)
    assert told.balanced
    assert told.line == "Balanced: 196 rows in 2 files, 4 set aside"
    assert told.sum.startswith("200 read = 196 loaded + 4 rejected.")


def test_the_receipt_of_a_collection_says_nothing_of_the_pieces_it_was_cut_into() -> None:
    words = nouns(Job(name="Calls", source=CALLS))
    told = receipt_words(receipt(line(0), line(1)), words)
    assert told.line == "Balanced: 196 documents, 4 set aside"
    one = line(0, rows_read=1, rows=1, rejected=0)
    told = receipt_words(receipt(one), words)
    assert told.line == "Balanced: 1 document, all accounted for"
    assert "chunk" not in told.sum


def test_the_receipt_of_a_run_made_from_a_run_counts_rows() -> None:
    words = nouns(Job(name="Again", source=DatasetSource(path="runs/first")))
    told = receipt_words(receipt(line(0, rejected=0, rows=100)), words)
    assert told.line == "Balanced: 100 rows, all accounted for"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rows": 97}, "Not balanced: 1.csv is short by 1 row"),
        ({"rows": 40}, "Not balanced: 1.csv is short by 58 rows"),
        ({"rows": 99}, "Not balanced: 1.csv has 1 row too many"),
        ({"verified": False}, "Not balanced: the stored rows of 1.csv were changed"),
    ],
)
def test_an_unbalanced_receipt_says_what_is_wrong_with_which_file(
    changes: dict[str, object], sentence: str
) -> None:
    told = receipt_words(receipt(line(0), line(1, **changes)), WORDS)
    assert not told.balanced
    assert told.line == sentence


def test_an_unbalanced_file_says_how_it_does_not_add_up() -> None:
    told = receipt_words(receipt(line(0, rows=40)), WORDS)
    assert told.sum == "0.csv: 100 read, but 40 loaded + 2 rejected."


def test_missing_files_are_counted_and_named() -> None:
    out = [line(n, state=TaskState.FAILED, rows=0, rejected=0, rows_read=0) for n in range(1, 6)]
    told = receipt_words(receipt(line(0), *out), WORDS)
    assert told.line == "Not complete: 5 of 6 files are missing"
    assert told.sum.endswith("Missing: 1.csv, 2.csv, 3.csv and 2 more.")


def test_cancelled_files_are_said_to_be_cancelled() -> None:
    told = receipt_words(receipt(line(0), line(1, state=TaskState.CANCELLED)), WORDS)
    assert told.line == "Not complete: 1 of 2 files was cancelled"


def test_an_empty_receipt_is_not_balanced() -> None:
    assert receipt_words(receipt(), WORDS).line == "Nothing was loaded"


def ended_run() -> ScriptedRun:
    files = [FileScript("a.csv", 3_000_000, 1_200, rejected=200), FileScript("b.csv", 10, 34)]
    run = ScriptedRun(files, name="Polls")
    run.plan()
    run.run_to_end()
    return run


def test_the_receipt_tab_has_a_line_per_file_and_the_sums(new_page: NewPage) -> None:
    page = new_page(ended_run())
    page.tabs.show_page(page.receipt)
    model = page.receipt.model
    loaded = [model.index(row, ReceiptColumn.LOADED).data() for row in range(model.rowCount())]
    assert loaded == ["1,000", "34"]
    sums = model.sums()
    assert sums[ReceiptColumn.READ] == "1,234"
    assert sums[ReceiptColumn.REJECTED] == "200"


def test_the_receipt_is_copied_with_plain_numbers(new_page: NewPage) -> None:
    page = new_page(ended_run())
    page.tabs.show_page(page.receipt)
    QTest.mouseClick(page.receipt.copy, LEFT)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("#\tFile\tState\tRows read")
    assert lines[1].startswith("1\ta.csv\tdone\t1200\t1000\t200\t3000000\t")
    assert len(lines) == 3


def test_while_a_run_goes_on_the_tab_says_when_the_receipt_comes(new_page: NewPage) -> None:
    run = ScriptedRun([FileScript("a.csv")])
    run.plan()
    page = new_page(run)
    page.tabs.show_page(page.receipt)
    assert not page.receipt.table.isVisible()


def test_an_export_goes_to_whoever_writes_it_and_comes_back_as_a_notice(
    new_page: NewPage, recorded: Recorded, tmp_path: object
) -> None:
    from pathlib import Path

    page = new_page(ended_run())
    path = Path(str(tmp_path)) / "polls.csv"
    page.results.export.harmless_box.setChecked(False)
    page.exporting.choose(page.exporting.receipt_format())
    page.exporting.save(str(path))
    assert [(p, o.what, o.harmless) for p, o in recorded.exports] == [(path, "receipt", False)]
    assert not page.results.export.isEnabled()
    page.export_moved(50, 200)
    assert "25 %" in page.header.export_notice.text()
    page.export_ended(path, None)
    assert page.header.export_notice.isVisible()
    assert "Saved as" in page.header.export_notice.text()
    assert page.results.export.isEnabled()
