"""Work of one run in the backend and in threads, its news brought to the loop's thread.

Nothing here is cancelled behind the backend's back: to stop means to ask the backend, and to wait
until its future is done, which is when the work has really stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import CancelledError, Executor, Future
from typing import Any, TypeVar

from loadline.domain.errors import Cancelled, Failure, WorkerDied
from loadline.engine.backends.backend import Backend, Work, WorkEvent
from loadline.engine.backends.unforeseen import as_loadline_error
from loadline.engine.inbox import Inbox

T = TypeVar("T")
OnEnd = Callable[["Future[Any]"], None]
OnEvent = Callable[[WorkEvent], None]


class Call:
    """One piece of work under way."""

    __slots__ = ("future", "on_end", "on_event")

    def __init__(self, on_end: OnEnd, on_event: OnEvent | None) -> None:
        self.future: Future[Any] | None = None
        self.on_end = on_end
        self.on_event = on_event

    def cancel(self) -> None:
        """Ask for a stop; `on_end` tells when it has come about."""
        if self.future is not None:
            self.future.cancel()


class Calls:
    """All work under way of one run. Use on the loop's thread only.

    `on_bug` is told of an error in a handler of news, which nobody else would see.
    """

    def __init__(
        self, backend: Backend, threads: Executor, on_bug: Callable[[Exception], None]
    ) -> None:
        self._backend = backend
        self._threads = threads
        self._on_bug = on_bug
        self._inbox = Inbox(self._handle)
        self._open: set[Call] = set()
        self._idle: asyncio.Future[None] | None = None
        self._stopped = False

    def submit(
        self,
        work: Work,
        spec: Any,
        on_end: OnEnd,
        *,
        on_event: OnEvent | None = None,
        deadline: float = 0.0,
    ) -> Call:
        """Have the backend do ``work(spec, report)``; news come to the handlers."""
        call = Call(on_end, on_event)
        put = self._inbox.put
        told = None if on_event is None else lambda event: put((call, event))
        call.future = self._backend.submit(work, spec, on_event=told, deadline=deadline)
        self._watch(call, call.future)
        return call

    def in_thread(self, function: Callable[[], Any], on_end: OnEnd) -> None:
        """Have a thread call `function`, which must be short; it cannot be stopped."""
        call = Call(on_end, None)
        self._watch(call, self._threads.submit(function))

    async def run(
        self,
        work: Work,
        spec: Any,
        *,
        on_event: OnEvent | None = None,
        deadline: float = 0.0,
        tries: int = 1,
    ) -> Any:
        """Return what the backend's ``work(spec, report)`` returns, or raise what it raises.

        It is done again at once, up to `tries` times, when a worker dies under it.
        """
        for left in reversed(range(tries)):
            if self._stopped:
                raise Cancelled("Stopped.")
            done: asyncio.Future[Future[Any]] = asyncio.get_running_loop().create_future()
            self.submit(work, spec, _teller(done), on_event=on_event, deadline=deadline)
            try:
                return result_of(await done)
            except WorkerDied:
                if not left:
                    raise
        raise ValueError("tries must be at least 1")

    async def thread(self, function: Callable[[], T]) -> T:
        """Return what `function` returns in a thread, or raise what it raises."""
        done: asyncio.Future[Future[T]] = asyncio.get_running_loop().create_future()
        self.in_thread(function, _teller(done))
        return result_of(await done)

    def stop(self) -> None:
        """Ask everything under way to stop; a later `run` raises `Cancelled`."""
        self._stopped = True
        for call in list(self._open):
            call.cancel()

    def go_on(self) -> None:
        """Allow `run` again after `stop`."""
        self._stopped = False

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._open:
            self._idle = asyncio.get_running_loop().create_future()
            await self._idle

    def _watch(self, call: Call, future: Future[Any]) -> None:
        self._open.add(call)
        future.add_done_callback(lambda done: self._inbox.put((call, done)))

    def _handle(self, news: tuple[Call, WorkEvent | Future[Any]]) -> None:
        call, what = news
        try:
            if not isinstance(what, Future):
                if call.on_event is not None:
                    call.on_event(what)
                return
            self._open.discard(call)
            call.on_end(what)
        except Exception as error:  # noqa: BLE001 - a border: it ends in a failed run
            self._on_bug(error)
        if not self._open and self._idle is not None and not self._idle.done():
            self._idle.set_result(None)


async def all_of(awaitables: Iterable[Awaitable[T]]) -> list[T]:
    """Wait for all of them, then return their results or raise the first error."""
    ended = await asyncio.gather(*awaitables, return_exceptions=True)
    results: list[T] = []
    for one in ended:
        if isinstance(one, BaseException):
            raise one
        results.append(one)
    return results


def _teller(told: asyncio.Future[Future[T]]) -> Callable[[Future[T]], None]:
    def tell(done: Future[T]) -> None:
        if not told.done():  # nobody may be waiting any more
            told.set_result(done)

    return tell


def result_of(future: Future[T]) -> T:
    """Return a done future's result; raises its error, a stop always as `Cancelled`."""
    if was_cancelled(future):
        raise Cancelled("Stopped.")
    return future.result()


def was_cancelled(future: Future[Any]) -> bool:
    """Tell whether a done future was stopped on request."""
    if future.cancelled():
        return True
    stops = (Cancelled, CancelledError, asyncio.CancelledError)
    return isinstance(future.exception(), stops)


def failure_of(error: BaseException) -> Failure:
    """Return any error as a fact; one that nobody foresaw as a `Bug` with its traceback."""
    return as_loadline_error(error).failure
