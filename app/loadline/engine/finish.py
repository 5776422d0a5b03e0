"""What follows the last task: one schema, checksums verified, the dataset sealed, the output.

Types are settled over all parts. A part whose narrower type would lose what was written is read
again, through the same backend and limits, into the same place; its task stays *done* meanwhile.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from random import random

from loadline.domain.errors import Cancelled, Failure, LoadlineError
from loadline.domain.plan import PartResult, Plan
from loadline.domain.schema import Schema
from loadline.domain.throughput import MarkKind
from loadline.engine import words
from loadline.engine.accounts import Finished
from loadline.engine.attempts import unbalanced
from loadline.engine.calls import Calls, all_of
from loadline.engine.collection_output import CollectionOutput
from loadline.engine.facts import Facts
from loadline.engine.record import Record
from loadline.engine.retry import ENDS_THE_RUN, retry_after
from loadline.engine.verify import TRIES, damaged
from loadline.engine.worker import RecountSpec, recount_source
from loadline.sources.source import Countable, ReadHints, Settled, Source

MOST_ROUNDS = 4
"""Times that parts are read again because others turned out wider."""

Again = tuple[int, ReadHints]


class Finish:
    """Finishes one run; `turn` waits until another task may start."""

    def __init__(
        self,
        calls: Calls,
        record: Record,
        facts: Facts,
        *,
        say: Callable[[str], None],
        turn: Callable[[], Awaitable[None]],
        sleep: Callable[[float], Awaitable[None]],
        collection: CollectionOutput,
    ) -> None:
        self._calls = calls
        self._record = record
        self._facts = facts
        self._say = say
        self._turn = turn
        self._sleep = sleep
        self._collection = collection
        self._unsettled: dict[int, Failure] = {}
        self._notes: tuple[str, ...] = ()

    async def finished(self, at_once: int) -> Finished:
        """Do all of it, reading again `at_once` parts side by side; raises `LoadlineError`."""
        await self._corrected(at_once)
        schema = await self._settle(at_once)
        verified = await self._verified(at_once)
        finished = await self._recounted(
            Finished(schema, verified, self._unsettled, notes=self._notes)
        )
        if not verified:
            return finished
        self._say(words.SEALING)
        await self._calls.thread(partial(self._record.seal, schema, verified))
        rows = sum(self._record.results[index].rows for index in verified)
        if self._collection.wanted:
            return await self._collection.written(finished, rows)
        return await self._written(finished, rows)

    async def _corrected(self, at_once: int) -> None:
        """Read again the parts whose rows a person has corrected, or no longer corrects."""
        plan, stale = self._record.plan, self._record.stale()
        if stale and plan is not None:
            self._say(words.RELOADING)
            fresh = ReadHints(columns=plan.columns)
            await self._read_each([(index, fresh) for index in stale], at_once)
        self._notes = words.fixed_by_hand(self._record.fixed_rows())

    async def _verified(self, at_once: int) -> frozenset[int]:
        """Return the parts that are what was told of them; a damaged one is read again, once."""
        results = self._record.results
        bad = await self._damaged(sorted(results))
        if bad:
            self._say(words.reading_damaged(len(bad)))
            again = [(index, _as_wide(results[index])) for index in sorted(bad)]
            await self._read_each(again, at_once)
            found = len(bad)
            bad = await self._damaged(sorted(bad))
            self._notes = (*self._notes, *words.were_damaged(found - len(bad)))
        return frozenset(results) - bad

    async def _damaged(self, indexes: Sequence[int]) -> set[int]:
        results = [self._record.results[index] for index in indexes]
        self._say(words.checking(len(results)))
        return await damaged(self._calls, self._record.folder.path, results)

    async def _recounted(self, finished: Finished) -> Finished:
        """Have a source count what is there now, once all of it has been read."""
        source, plan, results = self._record.source, self._record.plan, self._record.results
        if not isinstance(source, Countable) or plan is None:
            return finished
        if len(finished.verified) < len(plan.partitions):
            return finished
        self._say(words.RECOUNTING)
        read = sum(result.account.rows_read for result in results.values())
        try:
            told = await self._calls.run(
                recount_source, RecountSpec(source, plan, read), tries=TRIES
            )
        except Cancelled:
            raise
        except LoadlineError as error:
            return replace(
                finished,
                notes=(
                    *finished.notes,
                    f"Not counted after the end: {error.sentence}",
                ),
            )
        return replace(
            finished,
            notes=(*finished.notes, *told.notes),
            failure=told.failure,
            tallies=told.failure is None,
        )

    async def _settle(self, at_once: int) -> Schema:
        source, plan = self._record.source, self._record.plan
        assert plan is not None
        for last in (*[False] * MOST_ROUNDS, True):
            settled = await self._calls.thread(
                partial(_settled, source, plan, self._record.results)
            )
            again = [one for one in settled.again if one[0] not in self._unsettled]
            if not again:
                break
            if last:
                self._unsettled |= {index: _never_settles() for index, _ in again}
            else:
                await self._read_again(again, at_once)
        return settled.schema

    async def _read_again(self, again: Sequence[Again], at_once: int) -> None:
        columns = {name: str(kind) for _, hints in again for name, kind in hints.types}
        self._say(words.reading_again(len(again), list(columns.items())))
        await self._read_each(again, at_once)

    async def _read_each(self, again: Sequence[Again], at_once: int) -> None:
        line = iter(again)
        await all_of(self._one_after_another(line) for _ in range(min(at_once, len(again))))

    async def _one_after_another(self, line: Iterator[Again]) -> None:
        for index, hints in line:
            await self._read_one(index, hints)

    async def _read_one(self, index: int, hints: ReadHints) -> None:
        policy, tries = self._record.job.policy, 0
        while True:
            await self._turn()
            tries += 1
            failure = await self._attempt(index, hints, tries)
            if failure is None:
                return
            wait = retry_after(failure, tries, policy, random())
            if wait is None:
                self._unsettled[index] = failure
                return
            self._facts.mark(MarkKind.RETRY, failure.sentence, index)
            await self._sleep(wait)

    async def _attempt(self, index: int, hints: ReadHints, tries: int) -> Failure | None:
        """Read one part again; return why it did not work, or raise what ends the run."""
        serial = self._record.next_serial(index)
        spec = self._record.spec(index, serial, hints)
        deadline = self._record.job.policy.deadline
        try:
            result = await self._calls.run(self._record.work, spec, deadline=deadline)
        except LoadlineError as error:
            await self._calls.thread(partial(self._record.clean, index, serial))
            if isinstance(error, Cancelled) or error.failure.kind in ENDS_THE_RUN:
                raise
            return error.failure
        if not result.balanced:
            return unbalanced(result)
        self._record.done(result, tries)
        return None

    async def _written(self, finished: Finished, rows: int) -> Finished:
        """Export the result if the job wants it; a failure there leaves the dataset in place."""
        output = self._record.output
        if output is None:
            return finished
        if self._record.untouched and await self._calls.thread(output.exists):
            return replace(finished, output=str(output))
        from loadline.store.export import ExportSpec, export_run

        name = output.name

        def told(done: int) -> None:
            self._say(words.writing(name, done / rows if rows else 1.0))

        told(0)
        await self._calls.thread(self._record.output_begins)
        spec = ExportSpec(self._record.folder.path, output, overwrite=self._record.may_overwrite)
        try:
            await self._calls.run(
                export_run,
                spec,
                on_event=lambda event: told(getattr(event, "rows", 0)),
                tries=TRIES,
            )
        except LoadlineError as error:
            # A worker that was killed, or never had its turn, could not clean up by itself.
            await self._calls.thread(self._record.output_given_up)
            if isinstance(error, Cancelled):
                raise
            return replace(finished, failure=error.failure)
        self._record.may_overwrite = True  # from now on it is the run's own
        return replace(finished, output=str(output))


def _settled(source: Source, plan: Plan, results: Mapping[int, PartResult]) -> Settled:
    found = (results.get(partition.index) for partition in plan.partitions)
    return source.settle([result.account.schema if result else None for result in found])


def _as_wide(result: PartResult) -> ReadHints:
    return ReadHints(types=tuple((c.name, c.type) for c in result.account.schema))


def _never_settles() -> Failure:
    return Failure("SourceDamaged", "Its columns change their types with every reading.")
