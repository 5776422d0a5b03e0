"""The New job page: choose a folder, see how it is written, start."""

from loadline.gui.new_job_page.page import NewJobPage
from loadline.gui.new_job_page.services import NewJobServices

__all__ = ["NewJobPage", "NewJobServices"]
