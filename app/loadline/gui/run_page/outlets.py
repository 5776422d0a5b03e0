"""What the page needs from the program around it: reading results, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from loadline.domain.jobs import Job
from loadline.gui.models.problem_model import ProblemPage
from loadline.gui.models.result_model import Opened, ResultState
from loadline.gui.run_page.export_menu import ExportOptions
from loadline.gui.run_page.problem_rows import RowOfLine
from loadline.gui.run_page.reading import ProblemPages, open_result
from loadline.gui.run_page.reference_rankings import RankingQuestions
from loadline.gui.run_page.result_questions import ResultQuestions
from loadline.gui.run_page.run_like import RunLike


@dataclass(frozen=True, slots=True)
class Outlets:
    """Given by whoever builds the page; what is absent is not offered.

    Attributes:
        open_result: opens a run's finished parts; called in a thread.
        read_problems: reads problem records of a run, from a number on; called in a thread.
        export: saves rows or receipt; returns at once and tells the page how it goes with
            `RunPage.export_moved` and `RunPage.export_ended`.
        stop_export: cancels the export under way; it ends when the work has really stopped.
        estimate: tells about how many bytes an export will have and how many are free, as soon
            as that is known.
        connections: names of the saved connections that a collection can be written through.
        again: shows the job to be run again.
        score: offers to score the result in a run folder.
        show_file: shows a saved file in the system's file manager.
        rankings: asks for the rankings of single references.
        results: filters, orders and searches rows, and tells facts of columns.
        row_of_line: finds the row of the result that begins in a line of a file.
        when_ready: goes on once what a job needs is there, e.g. a password.
    """

    open_result: Callable[[RunLike, ResultState, ResultState | None], Opened] = open_result
    read_problems: Callable[[RunLike, int, int], ProblemPage] = field(default_factory=ProblemPages)
    export: Callable[[RunLike, Path, ExportOptions], None] | None = None
    stop_export: Callable[[], None] | None = None
    estimate: Callable[[RunLike, Path, ExportOptions, Callable[[int, int], None]], None] | None = (
        None
    )
    connections: Callable[[], tuple[str, ...]] = tuple
    again: Callable[[Job], None] | None = None
    score: Callable[[Path], None] | None = None
    show_file: Callable[[Path], None] | None = None
    rankings: RankingQuestions | None = None
    results: ResultQuestions | None = None
    row_of_line: RowOfLine | None = None
    when_ready: Callable[[Job, Callable[[], None]], None] = lambda _job, go_on: go_on()
