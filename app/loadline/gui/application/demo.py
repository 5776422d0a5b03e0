"""The demonstration: the sample loads; with ``--screenshot`` a picture is taken and it ends."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

from loadline.domain.exit_codes import exit_code

if TYPE_CHECKING:
    from loadline.engine.run import Run
    from loadline.gui.main_window import MainWindow
    from loadline.gui.run_page.page import RunPage

SETTLE = 1.0
"""Seconds from the run's end to the picture: the tables show the end within half of it."""


async def finish_demo(
    window: MainWindow,
    page: RunPage,
    run: Run,
    picture: Path | None,
    over: asyncio.Future[int],
) -> None:
    """Wait for the sample; with `picture` write it, print the receipt and end the program."""
    receipt = await run.wait()
    if picture is None:
        return
    await asyncio.sleep(SETTLE)
    window.grab().save(str(picture))
    print(json.dumps(receipt.to_json(), indent=2), flush=True)  # noqa: T201
    if not over.done():
        over.set_result(exit_code(receipt, run.failure))
