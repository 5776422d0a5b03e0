"""The ranking of a run with many references: all of them, one of them, found by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from rapidfuzz.distance import JaroWinkler

from loadline.bootstrap import local_pool, source_of
from loadline.domain.jobs import Comparison, CsvFolderSource, Job, Score
from loadline.engine.session import Session
from loadline.gui.application.desk import Desk
from loadline.gui.application.ranking_desk import ranking_questions
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.page import RunPage
from tests.support.new_jobs import until
from tests.support.scored_runs import PEOPLE, write_people

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loadline.engine.backends.local_pool import LocalPool
    from loadline.gui.run_page.ranking_tab import RankingTab
    from loadline.gui.theme import Theme

NAMES = ("Mary Lea", "Tom Hall", "Elsbeth Rae")


@pytest.fixture
def pool() -> Iterator[LocalPool]:
    made = local_pool(1)
    made.prestart()
    yield made
    made.close()


def names(tab: RankingTab) -> list[str]:
    return [hit.fields["name"] for hit in tab.table.hits.hits]


def best(wanted: str) -> list[str]:
    people = sorted(PEOPLE, key=lambda p: -JaroWinkler.normalized_similarity(wanted, p[0]))
    return [person[0] for person in people[:2]]


@pytest.mark.time_limit(60)
async def test_a_reference_that_is_searched_and_chosen_shows_its_own_ranking(
    qtbot: QtBot, theme: Theme, pool: LocalPool, tmp_path: Path
) -> None:
    file = tmp_path / "wanted.csv"
    file.write_text("name,note\n" + "".join(f"{name},x\n" for name in NAMES))
    compare = (Comparison(field="name", measure="jaro-winkler"),)
    job = Job(
        name="Many",
        kind="score",
        source=CsvFolderSource(path=str(write_people(tmp_path / "people"))),
        score=Score(compare=compare, reference_file=str(file), top=2),
    )
    desk = Desk(pool)
    page = RunPage(theme, Outlets(rankings=ranking_questions(desk, source_of)))
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    tab = page.ranking
    async with Session(pool, tmp_path / "runs", source_of) as session:
        run = session.start(job)
        page.show_run(run)
        await run.wait()
        lines = tab.references.list
        await until(tab.references.changed, lambda: lines.list.model().rowCount() == 4)
        tab.follow(run)
        tab.refresh(run)
        assert tab.references.number == 0
        nearest = {hit.fields["name"]: hit.compared_with for hit in tab.table.hits.hits}
        assert nearest == {"Elsbeth Ray": "Elsbeth Rae", "Tom Hill": "Tom Hall"}
        QTest.keyClicks(lines.search, "rae")
        assert lines.list.model().rowCount() == 2
        lines.choose(3)
        await until(tab.references.changed, lambda: tab.references.hits)
        assert names(tab) == best("Elsbeth Rae")
        assert "Elsbeth Rae" in tab.why.lines[0].toolTip()
        lines.choose(0)
        assert set(names(tab)) == {"Elsbeth Ray", "Tom Hill"}
    page.close_readers()
