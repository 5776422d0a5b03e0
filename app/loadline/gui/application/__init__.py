"""The running program with a window: joins pages, session and worker processes."""

from loadline.gui.application.services import Services
from loadline.gui.application.start import run_window

__all__ = ["Services", "run_window"]
