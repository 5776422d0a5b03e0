"""Loadline: load many files or collections at once, in order, and account for every row."""

__version__ = "0.1.0"
