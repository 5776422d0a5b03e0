"""The page of one run: header, chart, task table, tabs."""
