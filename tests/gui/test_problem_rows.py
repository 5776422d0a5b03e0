"""From a problem to its row in the results, through the whole program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loadline.engine.whole_record import Heard
from loadline.sources.csv_recall import row_at_line
from loadline.sources.source import ReadHints
from tests.gui.test_desktop import program, until
from tests.support.csv_folders import source_for, write_files

pytestmark = [pytest.mark.time_limit(60), pytest.mark.usefixtures("qapp")]
ODD = 300
TEXT = "".join("7,short\n" if n == ODD else f"{n},name {n},2\n" for n in range(400))


async def test_a_problem_leads_to_its_row_in_the_results_with_the_keyboard(tmp_path: Path) -> None:
    files = dict.fromkeys(("1.csv", "2.csv"), "id,name,price\n" + TEXT)
    data = write_files(tmp_path / "data", files)
    async with program(tmp_path / "runs") as desktop:
        await until(desktop.window.isVisible)
        desktop.window.path_dropped.emit(data)
        start = desktop.new_job.form.footer.start
        await until(start.isEnabled)
        start.click()
        page = desktop.run_page
        await until(lambda: page.run is not None and page.run.receipt is not None)
        await until(lambda: page.results.model.total == 800)
        page.tabs.show_page(page.problems)
        await until(lambda: page.problems.model.rowCount() == 2 and page.problems.table.leads)
        page.problems.table.selectRow(1)
        control = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(page.problems.table, Qt.Key.Key_Return, control)
        await until(lambda: page.tabs.current() is page.results)
        row = page.results.table.currentIndex().row
        await until(lambda: row() == 400 + ODD)
        await until(lambda: page.results.model.cell(400 + ODD, 0) == "7")
        (data / "2.csv").unlink()
        page.tabs.show_page(page.problems)
        QTest.keyClick(page.problems.table, Qt.Key.Key_Return, control)
        await until(lambda: "not there any more" in page.problems.notice.text())


def test_a_line_without_a_row_is_said_to_have_none(tmp_path: Path) -> None:
    folder = source_for(write_files(tmp_path / "data", {"1.csv": "id,name\n1,a\n2,b\n"}))
    plan = folder.plan(lambda _rows, _bytes: None)
    heard = Heard(lambda _rows, _bytes: None)
    rows = [row_at_line(folder, plan.partitions[0], ReadHints(), heard, n) for n in range(1, 5)]
    assert rows == [None, 0, 1, None]
