"""Real data, where it lies beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[4] / "shared" / "realdata"


@pytest.fixture(scope="session")
def polls() -> Path:
    """Give the folder of real election polls."""
    if not (REAL / "polls").is_dir():
        pytest.skip("the folder of real polls is not beside the project")
    return REAL / "polls"
