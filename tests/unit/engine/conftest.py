"""The bench for tests of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Return an engine on the bench, with two workers."""
    bench = Bench(tmp_path)
    yield bench
    bench.close()
