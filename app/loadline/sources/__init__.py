"""Where records come from: CSV folders, MongoDB collections, datasets of earlier runs."""
