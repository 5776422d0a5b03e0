"""The log: what the program noted, and a report for support."""
