"""The manual that F1 opens: chapters of plain HTML with pictures of the real window."""

from loadline.gui.manual.window import ManualWindow

__all__ = ["ManualWindow"]
