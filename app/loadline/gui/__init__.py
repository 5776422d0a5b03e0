"""The window: shows what the engine does, and does no work itself."""
