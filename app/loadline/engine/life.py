"""The life of a run, from its plan to its receipt, as one coroutine.

Everything else only changes what this coroutine does next, and wakes it up; nothing polls. A stop,
whoever asks for it, takes one way: nothing more is handed out, what runs is asked to stop, and the
run ends when the last worker has let go and the last temporary file is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from loadline.domain import events as ev
from loadline.domain.errors import Cancelled, DeadlineExceeded, Failure, LoadlineError
from loadline.domain.fixes import Fix
from loadline.domain.receipt import Receipt, RunState
from loadline.domain.tasks import ENDED, TaskState
from loadline.domain.throughput import Sample
from loadline.engine import words
from loadline.engine.accounts import Finished, receipt_of
from loadline.engine.attempts import Attempts
from loadline.engine.calls import Calls, failure_of
from loadline.engine.clock import Alarm
from loadline.engine.collection_output import CollectionOutput
from loadline.engine.dispatcher import Dispatcher
from loadline.engine.facts import Facts
from loadline.engine.finish import Finish
from loadline.engine.limits import StartRate
from loadline.engine.machine import Machine
from loadline.engine.planning import Planning
from loadline.engine.record import Record
from loadline.engine.services import Services

PER_TURN = 200
"""Board changes before the loop gets a turn, where all tasks change at once."""
LIVE = frozenset({RunState.PLANNING, RunState.RUNNING, RunState.FINISHING})


class Life:
    """What a run does. Use on the loop's thread only.

    Attributes:
        phase: planning, running, finishing, or how it has ended.
        said: what it does, in phases other than running.
        stopping: asked to stop, not stopped yet.
        failure: why the run as a whole ended, where it did not simply finish.
        receipt: the account, once ended.
        fixes: rows corrected by hand that this start is for; None: it is for what is unfinished.
    """

    def __init__(self, record: Record, services: Services, facts: Facts) -> None:
        self.phase = RunState.PLANNING
        self.said = words.PLANNING
        self.stopping = False
        self.failure: Failure | None = None
        self.receipt: Receipt | None = None
        self.fixes: tuple[Fix, ...] | None = None
        self._facts = facts
        self._record = record
        self._clock = services.clock
        self._tidy = services.tidy
        policy = record.job.policy
        self.calls = Calls(services.backend, services.threads, self._bug)
        self.attempts = Attempts(
            facts, self.calls, self._clock, record, policy,
            on_fatal=self.stop, on_change=self.wake,
        )  # fmt: skip
        rate = StartRate(policy.rate)
        self.dispatcher = Dispatcher(facts, self._clock, self.attempts, rate, self.wake)
        self._collection = CollectionOutput(
            self.calls, record, self._clock, services.server_of, self._say, self._sleep
        )
        self._bell: asyncio.Future[None] | None = None
        self._sleeping: set[asyncio.Future[None]] = set()
        self._deadline: Alarm | None = None

    @property
    def live(self) -> bool:
        """It has not ended, nor does it wait to be continued."""
        return self.phase in LIVE

    def restore(self, state: RunState, receipt: Receipt | None) -> None:
        """Be where an earlier start has ended; without a receipt one is drawn up."""
        self.failure = receipt.error if receipt else None
        self._record.may_overwrite |= bool(receipt and receipt.output)
        receipt = receipt or replace(self._receipt(None), state=state)
        self.receipt, self.phase, self.said = receipt, state, words.ended(receipt)

    def begin(self) -> None:
        """Make everything ready for `through`."""
        self.phase, self.said = RunState.PLANNING, words.PLANNING
        self.failure = self.receipt = None
        self.stopping = self.dispatcher.paused = False
        self.attempts.new_start()
        self.calls.go_on()
        self._facts.start_clock()
        seconds = self._record.job.policy.job_deadline
        if seconds:
            self._deadline = self._clock.call_at(self._clock.now() + seconds, self._too_late)

    def wake(self) -> None:
        """Look again at what there is to do."""
        _ring(self._bell)

    def stop(self, failure: Failure | None) -> None:
        """Begin to stop, because of `failure` or (None) because somebody asked."""
        if self.stopping or not self.live:
            return
        self.stopping = True
        self.failure = failure
        self.calls.stop()
        for sleeper in list(self._sleeping):
            _ring(sleeper)
        self.wake()
        self.attempts.stop()

    def sample(self, machine: Machine | None) -> None:
        """Note the totals of this moment."""
        board = self._facts.board
        held = machine.held if machine else 0
        sample = Sample(self._facts.now(), board.rows_loaded, board.bytes_read, held)
        self._facts.throughput.add(sample)
        self._record.sampled(sample)
        low = machine is not None and machine.low
        if low is not self.dispatcher.low_memory:
            self.dispatcher.low_memory = low
            self.wake()

    async def through(self) -> None:
        """Live to the end. A cancelled caller stops the run, and gets away when it has ended."""
        inner = asyncio.ensure_future(self._live())
        cancelled: asyncio.CancelledError | None = None
        while not inner.done():
            try:
                await asyncio.wait([inner])
            except asyncio.CancelledError as asked:
                cancelled = asked
                self.stop(None)
        inner.result()
        if cancelled is not None:
            raise cancelled

    async def _live(self) -> None:
        finished: Finished | None = None
        try:
            await self._plan()
            await self._read()
            finished = await self._finish()
        except Cancelled:
            self.stop(None)  # already under way, unless the backend was closed under us
        except LoadlineError as error:
            self.stop(error.failure)
        except Exception as error:  # noqa: BLE001 - a border: the run fails and shows it
            self._bug(error)
        finally:
            # Also when the loop itself is shut down in the middle.
            await self._wind_down()
            await self._end(finished)

    async def _plan(self) -> None:
        await self.calls.thread(self._record.folder.remove_leftovers)
        if self.fixes is not None:
            await self.calls.thread(partial(self._record.write_fixes, self.fixes))
            self.fixes = None
            return
        await self.calls.thread(self._record.read_fixes)
        await self._collection.check()
        planning = Planning(
            self.calls, self._record, self._facts,
            say=self._say, tell=self._tell_all, sleep=self._sleep,
        )  # fmt: skip
        todo = await planning.todo()
        self._check()
        rows = self._facts.board.rows  # some may have been cancelled one by one meanwhile
        self.attempts.order.add(i for i in todo if rows[i].state not in ENDED)

    async def _read(self) -> None:
        self.phase = RunState.RUNNING
        while True:
            self._check()
            self.dispatcher.hand_out()
            if self.dispatcher.over:
                return
            self._bell = asyncio.get_running_loop().create_future()
            await self._bell

    async def _finish(self) -> Finished:
        self.phase, self.said = RunState.FINISHING, words.SETTLING
        finish = Finish(
            self.calls, self._record, self._facts,
            say=self._say, turn=self._turn, sleep=self._sleep, collection=self._collection,
        )  # fmt: skip
        finished = await finish.finished(self.dispatcher.cap)
        if self._record.job.score is not None:
            from loadline.engine.rankings import ranked

            finished = await ranked(self.calls, self._record, finished)
        self._check()
        return finished

    async def _tell_all(self, events: Iterable[ev.TaskEvent]) -> None:
        """Put many events on the board, with turns for the loop between."""
        for count, event in enumerate(events, start=1):
            self._facts.tell(event)
            if count % PER_TURN == 0:
                self._tidy()
                await asyncio.sleep(0)

    async def _turn(self) -> None:
        """Wait until the rate allows another start, and note it."""
        rate = self.dispatcher.rate
        while not self.stopping and (due := rate.next_at()) > self._clock.now():
            await self._sleep(due - self._clock.now())
        rate.start(self._clock.now())

    async def _sleep(self, seconds: float) -> None:
        """Wait, until a stop at the longest."""
        if self.stopping:
            return
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleeping.add(sleeper)
        alarm = self._clock.call_at(self._clock.now() + seconds, partial(_ring, sleeper))
        try:
            await sleeper
        finally:
            alarm.cancel()
            self._sleeping.discard(sleeper)

    async def _wind_down(self) -> None:
        """Wait until nothing is under way, then cancel what never ended."""
        self.dispatcher.close()
        if self._deadline is not None:
            self._deadline.cancel()
        await self.calls.idle()
        self.attempts.flying.clear()
        await self._tell_all(self._given_up())

    def _given_up(self) -> Iterator[ev.TaskEvent]:
        for row in list(self._facts.board.rows):
            if row.state is TaskState.RUNNING:  # only after a bug
                yield ev.TaskCancelling(row.index, self._facts.now())
            if row.state not in ENDED:
                yield ev.TaskCancelled(row.index, self._facts.now())

    async def _end(self, finished: Finished | None) -> None:
        self.sample(None)
        self._facts.stop_clock()
        if finished is not None:
            self.failure = self.failure or finished.failure
        receipt = None
        try:
            receipt = await self.calls.thread(partial(self._receipt, finished))
            await self.calls.thread(partial(self._record.ended, receipt))
        except Exception as error:  # noqa: BLE001 - a border: an unsaved account is shown
            self.failure = self.failure or failure_of(error)
            receipt = self._receipt(finished) if receipt else self._bare_receipt(self.failure)
            await self.calls.thread(self._record.let_go)
        self.receipt = receipt
        self.stopping = False
        self.phase, self.said = receipt.state, words.ended(receipt)

    def _receipt(self, finished: Finished | None) -> Receipt:
        return receipt_of(self._record, self._facts, finished, self.failure)

    def _bare_receipt(self, failure: Failure) -> Receipt:
        name, path = self._record.folder.name, str(self._record.folder.path)
        return Receipt(name, RunState.FAILED, (), run_folder=path, error=failure)

    def _check(self) -> None:
        if self.stopping:
            raise Cancelled("Stopped.")

    def _say(self, said: str) -> None:
        self.said = said

    def _bug(self, error: Exception) -> None:
        self.stop(failure_of(error))

    def _too_late(self) -> None:
        seconds = self._record.job.policy.job_deadline
        self.stop(
            DeadlineExceeded(
                f"The run took longer than the {seconds:,.0f} seconds that it may take.",
                advice="Allow more time, then retry what is unfinished.",
            ).failure
        )


def _ring(bell: asyncio.Future[None] | None) -> None:
    if bell is not None and not bell.done():
        bell.set_result(None)
