"""The window's loop: asyncio's promises, kept on Qt."""

from __future__ import annotations

import asyncio
import contextvars
import math
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal

from loadline.gui.loop import Loop

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


async def test_tests_run_on_the_windows_loop() -> None:
    assert isinstance(asyncio.get_running_loop(), Loop)


async def test_a_delay_is_never_short_and_hardly_long() -> None:
    loop = asyncio.get_running_loop()
    for delay in (0.001, 0.0205, 0.3):
        begun = loop.time()
        await asyncio.sleep(delay)
        assert delay <= loop.time() - begun < delay + 0.15


async def test_a_timeout_does_not_fire_early() -> None:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), 0.2)
    assert loop.time() - begun >= 0.2


@pytest.mark.parametrize("delay", [math.inf, 1e12, 2_147_484.0])
async def test_endless_delays_are_taken(delay: float) -> None:
    asyncio.get_running_loop().call_later(delay, pytest.fail, "too early").cancel()


async def test_calls_run_in_the_order_in_which_they_were_asked_for() -> None:
    loop = asyncio.get_running_loop()
    order: list[int] = []
    for number in range(200):
        loop.call_soon(order.append, number)
    await asyncio.sleep(0.01)
    assert order == list(range(200))


async def test_a_call_from_another_thread_keeps_its_context_and_runs_on_the_loops_thread() -> None:
    loop = asyncio.get_running_loop()
    name: contextvars.ContextVar[str] = contextvars.ContextVar("name")
    context = contextvars.copy_context()
    context.run(name.set, "kept")
    seen: asyncio.Future[tuple[str, int]] = loop.create_future()

    def see() -> None:
        seen.set_result((name.get(), threading.get_ident()))

    thread = threading.Thread(target=lambda: loop.call_soon_threadsafe(see, context=context))
    thread.start()
    assert await seen == ("kept", threading.get_ident())
    thread.join()


async def test_a_call_from_another_thread_can_be_cancelled() -> None:
    loop = asyncio.get_running_loop()
    loop.call_soon_threadsafe(pytest.fail, "was cancelled").cancel()
    await asyncio.sleep(0.01)


async def test_a_function_that_exits_in_a_thread_does_not_hang_the_program() -> None:
    with pytest.raises(SystemExit):
        await asyncio.to_thread(sys.exit, 3)


async def test_work_in_threads_and_programs_comes_back() -> None:
    assert await asyncio.to_thread(lambda: 41 + 1) == 42
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print('there')", stdout=asyncio.subprocess.PIPE
    )
    out, _ = await program.communicate()
    assert (out.strip(), program.returncode) == (b"there", 0)


def test_a_closed_loop_leaves_no_thread(qapp: QApplication) -> None:
    loop = Loop(qapp)
    loop.run_until_complete(asyncio.to_thread(threading.get_ident))
    loop.close()
    assert not [thread for thread in threading.enumerate() if "loadline" in thread.name]


class _Emitter(QObject):
    told = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True is immortal from 3.12 on")
def test_an_emitted_signal_keeps_the_references_to_true(qapp: QApplication) -> None:
    """PySide6 6.12.0 loses one per emit and aborts the process after some hundred."""
    emitter = _Emitter()
    emitter.told.connect(lambda _value: None)
    before = sys.getrefcount(True)
    for _ in range(100):
        emitter.told.emit(True)
    assert sys.getrefcount(True) > before - 10
