"""The Runs page: every run there is, what became of it, and what can be done with it."""

from loadline.gui.runs_page.page import RunsPage, RunsServices
from loadline.gui.runs_page.runs_model import RunLine

__all__ = ["RunLine", "RunsPage", "RunsServices"]
