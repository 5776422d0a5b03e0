"""What makes a job a run: hand-out, limits, retries, order, cancel, workers."""
