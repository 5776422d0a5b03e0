"""What is kept on disk: run folders, journals, parts, datasets, exports."""
