"""From the scorecard on the New job page to the ranking of its run, with real worker processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rapidfuzz.distance import JaroWinkler

from loadline.bootstrap import local_pool, source_of
from loadline.domain.jobs import Job, Score
from loadline.domain.policy import Policy
from loadline.domain.receipt import RunState
from loadline.engine.session import Session
from loadline.gui.application.desk import Desk
from loadline.gui.application.example_desk import ExampleDesk
from loadline.gui.application.exports import Exports
from loadline.gui.new_job_page import NewJobPage, NewJobServices
from loadline.gui.run_page.export_menu import ExportOptions
from loadline.gui.run_page.outlets import Outlets
from loadline.gui.run_page.page import RunPage
from loadline.store.dataset import Dataset
from loadline.store.job_file import read_job, write_job
from tests.support.new_jobs import looked_at, until
from tests.support.scored_runs import COMPARE, PEOPLE, REFERENCE, write_people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loadline.engine.backends.local_pool import LocalPool
    from loadline.engine.run import Run
    from loadline.gui.theme import Theme


@pytest.fixture
def pool() -> Iterator[LocalPool]:
    made = local_pool(2)
    made.prestart()
    yield made
    made.close()


@pytest.mark.time_limit(60)
async def test_a_scorecard_scores_first_the_preview_and_then_every_record(
    qtbot: QtBot, theme: Theme, pool: LocalPool, tmp_path: Path
) -> None:
    desk = Desk(pool)
    job = await _filled_in(qtbot, theme, desk, write_people(tmp_path / "people"))
    page = RunPage(theme, Outlets())
    qtbot.addWidget(page)
    async with Session(pool, tmp_path / "runs", source_of) as session:
        run = session.start(job)
        page.show_run(run)
        page.show()
        await run.wait()
        page.ranking.follow(run)
        page.ranking.refresh(run)
        assert run.state is RunState.DONE
        hits = page.ranking.table.hits.hits
        assert [hit.fields["name"] for hit in hits][:2] == ["Elizabeth Ray", "Elisabeth Rae"]
        assert page.ranking.histogram.total == len(PEOPLE)
        dataset = Dataset.open(run.folder)
        scores = [v for batch in dataset.batches() for v in batch.column("score").to_pylist()]
        assert sorted(scores, reverse=True) == pytest.approx([hit.score for hit in hits])
        await _saved(Exports(desk, page), run, page, tmp_path)
        again = session.reopen(run.folder)
        page.show_run(again)
        assert [hit.score for hit in page.ranking.table.hits.hits] == [h.score for h in hits]
    page.hide()
    page.close_readers()


async def _filled_in(qtbot: QtBot, theme: Theme, desk: Desk, folder: Path) -> Job:
    """Fill in the New job page as a person does, and return the job that it starts."""
    jobs = list[Job]()
    services = NewJobServices(
        desk.survey,
        desk.preview,
        jobs.append,
        write_job,
        read_job,
        score_rows=ExampleDesk(desk, source_of).score,
    )
    form = NewJobPage(theme, services, Policy())
    qtbot.addWidget(form)
    form.show()
    form.take_path(folder)
    form.form.what.choose("score")
    await looked_at(form)
    await until(form.scoring.changed, lambda: form.scoring.panel.rows)
    form.scoring.panel.show_score(Score(compare=COMPARE), REFERENCE)
    await until(form.scoring.scored, lambda: form.scoring.row_scores.scores)
    assert form.scoring.row_scores.scores[0] == pytest.approx(1.0)
    assert "Best of the 2 first rows: 1.000, row 1" in form.scoring.panel.example.text()
    assert form.scoring.panel.rows[1].example.text() == "“1977-03-02” and “1977-03-12”: 0.97"
    await _with_the_first_of_many(form, folder)
    form.form.output.setText("")
    form.start()
    form.stop()
    return jobs[0]


async def _with_the_first_of_many(form: NewJobPage, folder: Path) -> None:
    """See the example of the first of many references, and come back to the one."""
    wanted = folder.parent / "wanted.csv"
    wanted.write_text("name,born,city\nElsbeth Rae,1977-03-03,Westburg\nTom Hall,,\n")
    panel = form.scoring.panel
    panel.how_many.choose("many")
    panel.how_many.chosen.emit("many")
    panel.source.take_file(str(wanted))
    await until(form.scoring.scored, lambda: "first reference" in panel.example.text())
    alike = JaroWinkler.normalized_similarity("Elsbeth Rae", "Elisabeth Rae")
    assert panel.rows[0].example.text() == f"“Elsbeth Rae” and “Elisabeth Rae”: {alike:.2f}"
    panel.how_many.choose("one")
    panel.how_many.chosen.emit("one")


async def _saved(exports: Exports, run: Run, page: RunPage, folder: Path) -> None:
    """Save the ranking, and the records above a threshold; both are what is on screen."""
    hits = page.ranking.table.hits.hits
    saved = folder / "top.csv"
    await exports.save(run, saved, ExportOptions("ranking"))
    lines = saved.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("rank,score,points: name,points: born,points: city,")
    assert len(lines) == 1 + len(PEOPLE)
    page.ranking.histogram.set_threshold(0.9)
    assert page.ranking.above.text() == "Export the 3"
    best = folder / "best.csv"
    above = ExportOptions("above", first=page.ranking.histogram.first)
    await exports.save(run, best, above)
    kept = best.read_text(encoding="utf-8-sig").splitlines()
    names = [line.split(",")[0].strip('"') for line in kept[1:]]
    assert names == [h.fields["name"] for h in hits[:3]]
