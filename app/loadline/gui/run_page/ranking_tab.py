"""The ranking of a scoring run, live: scorecard, best hits over all scores, explanation."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from loadline.domain.errors import JobError
from loadline.domain.jobs import Job, Score
from loadline.domain.receipt import RUN_ENDED
from loadline.engine.ranked import LiveRanking, share_done
from loadline.gui.models import figures
from loadline.gui.run_page.ranking_table import RankingTable
from loadline.gui.run_page.reference_rankings import RankingQuestions, ReferenceRankings
from loadline.gui.run_page.run_like import RunLike
from loadline.gui.run_page.score_histogram import ScoreHistogram
from loadline.gui.run_page.scorecard_pane import ScorecardPane
from loadline.gui.run_page.why_pane import WhyPane
from loadline.gui.theme import SMALL, Look, Theme
from loadline.gui.widgets import Button, LinkButton, Pill, SectionTitle, Text
from loadline.scoring.ranking import Hit, Ranking
from loadline.scoring.references import only_reference

LEFT, RIGHT = 264, 328
WIDE, WIDEST = 37, 560
"""Percent of the width, and pixels, that a whole record gets at most."""
STEADY = 0.1
"""From this share of the work on, hits that have not changed are called unchanged."""


class RankingTab(QWidget):
    """`follow` folds in what has finished; `refresh` shows it. `change_asked` gives the job."""

    change_asked = Signal(object)
    export_asked = Signal()
    above_asked = Signal(int)
    """The records from this step of the histogram on are to be saved."""

    def __init__(self, theme: Theme, questions: RankingQuestions | None = None) -> None:
        super().__init__()
        self.setProperty("pane", "page")
        self._job: Job | None = None
        self._score: Score | None = None
        self._live: LiveRanking | None = None
        self._ranking: Ranking | None = None
        self._watched = False
        self._picked = False
        self._changed_at = 0.0
        self.card = ScorecardPane(theme)
        self.references = ReferenceRankings(theme, questions)
        self._seen: RunLike | None = None
        self.title = SectionTitle()
        self.pill = Pill(theme)
        self.pill.setObjectName("rankingSteady")
        self.export = Button(theme, self.tr("Export"), "download")
        self.export.setObjectName("exportRanking")
        self.export.setToolTip(self.tr("Save this ranking as a spreadsheet"))
        self.table = RankingTable(theme)
        self.histogram = ScoreHistogram(theme)
        self.above = LinkButton(theme, "", "download")
        self.above.setObjectName("exportAbove")
        self.why = WhyPane(theme, questions.record if questions is not None else None)
        self.why.setMinimumWidth(260)
        self._lay_out()
        self.table.hit_chosen.connect(self._pick)
        self.why.moved.connect(self._move)
        self.why.record.unfolded.connect(self._make_room)
        self.histogram.threshold_moved.connect(self._tell_above)
        self.above.clicked.connect(lambda: self.above_asked.emit(self.histogram.first))
        self.export.clicked.connect(self.export_asked)
        self.references.changed.connect(self._reference_changed)
        self.card.change.clicked.connect(self._ask_change)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for pane in (self._left(), self._middle(), self.why):
            split.addWidget(pane)
        split.setStretchFactor(1, 1)
        split.setSizes([LEFT, 500, RIGHT])
        self._split = split
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setMinimumWidth(200)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.references.list)
        column.addWidget(self.card, 1)
        return left

    def _middle(self) -> QWidget:
        middle = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(24, 6, 24, 6)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.pill)
        head.addStretch(1)
        head.addWidget(self.export)
        below = QHBoxLayout()
        below.setContentsMargins(24, 8, 24, 0)
        below.setSpacing(8)
        below.addWidget(Text(self.tr("All scores"), strong=True))
        below.addWidget(Text(self.tr("how many records per score"), "secondary", size=SMALL), 1)
        below.addWidget(self.above)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        column.addWidget(self.histogram)
        return middle

    def minimumSizeHint(self) -> QSize:
        """Return little: the tabs may be folded small."""
        return QSize(600, 64)

    def show_run(self, run: RunLike) -> None:
        """Show the ranking of another run; of a run that does not score, nothing."""
        self._job = run.job
        self._score = score = _with_reference(run.job.score)
        self._live = LiveRanking(score) if score is not None else None
        self._ranking = None
        self._picked = False
        self._watched = run.state not in RUN_ENDED
        self._changed_at = run.elapsed()
        self.why.show_nothing()
        self.why.record.show_run()
        self._seen = run
        if score is not None:  # before the references tell of a change: no hits of another card
            self.table.hits.show_hits(score, ())
        self.references.show_run(run, many=score is not None and score.reference is None)
        if score is not None:
            self.title.setText(self.tr("Top {0}").format(figures.count(score.top)))
            self.card.show_score(score)
            self.follow(run)
            self.refresh(run)

    def follow(self, run: RunLike) -> None:
        """Fold in the chunks that have finished since."""
        if self._live is None:
            return
        before = self._live.ranking.hits
        self._ranking = self._live.update(run.results, len(run.board.rows), _sizes(run))
        if self._ranking.hits != before:
            self._changed_at = run.elapsed()

    def refresh(self, run: RunLike) -> None:
        """Show what is known now."""
        ranking, score = self._ranking, self._score
        if ranking is None or score is None:
            return
        self.references.follow()
        hits = ranking.hits if self.references.hits is None else self.references.hits
        chosen = self._chosen()
        if hits != self.table.hits.hits:
            self.table.hits.show_hits(score, hits)
            self._choose_again(chosen)
        self.histogram.set_counts(ranking.counts)
        self._tell_above()
        self.export.setEnabled(bool(ranking.hits))
        self._tell_steady(run, ranking)

    def _reference_changed(self) -> None:
        """Show the ranking of another reference, from its best record on."""
        run, score = self._seen, self._score
        if run is None or score is None:
            return
        number = self.references.number
        self._picked = False
        self.card.show_score(self.references.with_reference(score, number))
        self.refresh(run)
        self._explain(max(0, self.table.chosen()))

    def _tell_steady(self, run: RunLike, ranking: Ranking) -> None:
        """Say for how long the hits have stood; of a run from disk the order is not known."""
        done = share_done(run.results, len(run.board.rows), _sizes(run))
        share = ranking.unchanged_for(done)
        ended = run.state in RUN_ENDED
        steady = self._watched and share >= STEADY and bool(ranking.hits)
        if steady:
            text = self.tr("Unchanged for the last {0}").format(figures.percent(share))
            self.pill.set_look(Look("anchor", text, "done"))
        elif ranking.hits and not ended:
            ago = figures.duration_whole(run.elapsed() - self._changed_at)
            self.pill.set_look(Look("clock", self.tr("Last change {0} ago").format(ago), "queued"))
        elif not ended:
            self.pill.set_look(Look("hourglass", self.tr("Nothing scored yet"), "queued"))
        self.pill.setVisible(steady or not ended)

    def _tell_above(self) -> None:
        """Offer to save the records that the threshold counts, once the run has its result."""
        count = self.histogram.above()
        there = self._seen is not None and self._seen.receipt is not None
        self.above.setVisible(count > 0 and there)
        self.above.setText(self.tr("Export the {0}").format(figures.count(count)))

    def _chosen(self) -> Hit | None:
        row = self.table.chosen()
        hits = self.table.hits.hits
        return hits[row] if 0 <= row < len(hits) else None

    def _choose_again(self, chosen: Hit | None) -> None:
        """Keep the record that a person has picked, wherever it stands now; else the best."""
        hits = self.table.hits.hits
        places = {(hit.partition, hit.row): place for place, hit in enumerate(hits)}
        place = places.get((chosen.partition, chosen.row), 0) if chosen and self._picked else 0
        if not hits:
            self.why.show_nothing()
        elif place != self.table.chosen():
            picked = self._picked
            self.table.choose(place)
            self._picked = picked
        self._explain(place)

    def _pick(self, place: int) -> None:
        self._picked = True
        self._explain(place)

    def _explain(self, place: int) -> None:
        hits = self.table.hits.hits
        if self._score is not None and place < len(hits):
            score = self.references.with_reference(self._score, hits[place].reference)
            self.why.show_hit(score, hits, place)
            if self._seen is not None:
                self.why.record.show_hit(self._seen, score, hits[place])

    def _make_room(self, wanted: bool) -> None:
        """Give a whole record more of the width, and take it back."""
        left, middle, right = self._split.sizes()
        wide = min(WIDEST, (left + middle + right) * WIDE // 100) if wanted else RIGHT
        if (wide > right) == wanted:
            self._split.setSizes([left, middle + right - wide, wide])

    def stop(self) -> None:
        """Forget outstanding questions."""
        self.references.stop()
        self.why.record.stop()

    def _move(self, step: int) -> None:
        place = self.table.chosen() + step
        if 0 <= place < len(self.table.hits.hits):
            self.table.choose(place)

    def _ask_change(self) -> None:
        if self._job is not None:
            self.change_asked.emit(self._job)


def _sizes(run: RunLike) -> list[int]:
    return [row.size for row in run.board.rows]


def _with_reference(score: Score | None) -> Score | None:
    """Return the scorecard with its reference's values, where their small file can be read."""
    if score is None or score.reference is not None:
        return score
    try:
        return msgspec.structs.replace(score, reference=only_reference(score))
    except JobError:
        return score  # the file has gone since: the points are told without its values
