"""Comparing a reference with every record: measures, scorecards, rankings."""
