"""A job's result in a collection: there when it is whole, once, whatever dies in between.

Workers do the work; the collection is looked for before anything is read. An attempt that was
killed, or lost its server, is made anew: what it left has another name and is dropped. One that
had put everything in place and could not say so any more is known by what the collection holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from random import random

from loadline.domain.errors import (
    Cancelled,
    LoadlineError,
    SourceUnreachable,
    WorkerDied,
)
from loadline.domain.policy import SOURCE_GIVE_UP, backoff
from loadline.engine import words
from loadline.engine.accounts import Finished
from loadline.engine.calls import Calls
from loadline.engine.clock import Clock
from loadline.engine.collection_check import server_named
from loadline.engine.collection_once import OnceSpec, check_once, give_up, write_once
from loadline.engine.output import collection_name, collection_output
from loadline.engine.record import Record
from loadline.engine.services import ServerOf
from loadline.engine.verify import TRIES

_GIVE_UP_SECONDS = 10.0


@dataclass(frozen=True)
class CollectionOutput:
    """Puts a run's result into the collection that its job names, if it names one."""

    calls: Calls
    record: Record
    clock: Clock
    server_of: ServerOf | None
    say: Callable[[str], None]
    sleep: Callable[[float], Awaitable[None]] = field(repr=False)

    @property
    def wanted(self) -> bool:
        """The job names a collection."""
        return collection_output(self.record.job) is not None

    async def check(self) -> None:
        """Raise what can be told before anything is read; `OutputExists`, `SourceError`."""
        if not self.wanted or self.record.may_overwrite or self.record.output_was_begun:
            return
        await self.calls.run(check_once, await self._spec(), tries=TRIES)

    async def written(self, finished: Finished, rows: int) -> Finished:
        """Return `finished` with where the result is, or with why it could not be written."""
        name = collection_name(self.record.job)
        spec: OnceSpec | None = None
        try:
            spec = await self._spec()
            await self.calls.thread(self.record.collection_begins)
            await self._write(spec, rows)
        except LoadlineError as error:
            if spec and isinstance(error, Cancelled | WorkerDied | SourceUnreachable):
                await self._give_up(spec)
            if isinstance(error, Cancelled):
                raise
            return replace(finished, failure=error.failure)
        self.record.may_overwrite = True  # from now on it is the run's own
        return replace(finished, output=name)

    async def _write(self, spec: OnceSpec, rows: int) -> None:
        name, deaths, silent = f"{spec.database}.{spec.collection}", 0, _Silence(self.clock)

        def told(event: object) -> None:
            done: int = getattr(event, "rows", 0)
            if done:
                silent.over()
            self.say(words.writing(name, done / rows if rows else 1.0))

        while True:
            self.say(words.writing(name, 0.0))
            try:
                await self.calls.run(write_once, spec, on_event=told)
            except WorkerDied:
                deaths += 1
                if deaths == TRIES:
                    raise
            except SourceUnreachable:
                wait = silent.wait()
                if wait is None:
                    raise
                self.say(words.WRITING_WAITS)
                await self.sleep(wait)
            else:
                return
            spec = replace(spec, again=True)

    async def _give_up(self, spec: OnceSpec) -> None:
        """Drop what a worker that was killed could not, as far as that is possible."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        # Not by `run`, which does nothing any more after a stop.
        self.calls.submit(give_up, spec, lambda _: done.set_result(None), deadline=_GIVE_UP_SECONDS)
        await done

    async def _spec(self) -> OnceSpec:
        output = collection_output(self.record.job)
        assert output is not None
        server = await self.calls.thread(lambda: server_named(output, self.server_of))
        return OnceSpec(
            self.record.folder.path,
            server,
            output.database,
            output.collection,
            self.record.may_overwrite,
            again=self.record.output_was_begun,
            keep=self.record.untouched,
        )


class _Silence:
    """For how long the server has not answered."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: float | None = None
        self._tries = 0

    def over(self) -> None:
        """Note an answer."""
        self._since, self._tries = None, 0

    def wait(self) -> float | None:
        """Return the seconds until the next try, or None: it has been silent for too long."""
        now = self._clock.now()
        self._since = now if self._since is None else self._since
        self._tries += 1
        silent = now - self._since
        return None if silent > SOURCE_GIVE_UP else backoff(self._tries, 0.5 + random() / 2)
