"""The window's frame: rail, status bar and questions."""
