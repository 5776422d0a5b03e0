"""The sample server is offered again, filled, when filling it went wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from loadline.domain.errors import WorkerDied
from loadline.gui.application.sample_desk import SampleDesk
from loadline.store.connections import connections_file

pytestmark = pytest.mark.time_limit(30)


class DiesOnce:
    """A desk whose first worker is killed before it has done anything."""

    def __init__(self) -> None:
        self.asked = 0

    async def ask(self, work: Any, spec: Any) -> Any:
        """Answer in a thread, but for the first time."""
        self.asked += 1
        if self.asked == 1:
            raise WorkerDied("The worker process was killed.")
        return await asyncio.to_thread(work, spec, lambda rows, bytes_read: None)


async def test_a_sample_that_could_not_be_filled_is_filled_at_the_next_try(tmp_path: Path) -> None:
    desk = DiesOnce()
    samples = SampleDesk(desk, tmp_path)  # type: ignore[arg-type]
    try:
        with pytest.raises(WorkerDied):
            await samples.connection()
        connection = await samples.connection()
        with MongoClient[dict[str, Any]](f"mongodb://{connection.hosts[0]}") as client:
            assert "harbour" in client.list_database_names()
        await samples.connection()
        assert desk.asked == 2  # once filled, it is only found
    finally:
        await samples.stop()
        connections_file().unlink(missing_ok=True)
