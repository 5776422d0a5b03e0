"""Which tasks there are to do: all of a new run, or what an earlier start left undone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from random import random

from loadline.domain import events as ev
from loadline.domain.errors import LoadlineError, SourceMissing
from loadline.domain.plan import Partition, Plan
from loadline.domain.policy import Policy
from loadline.domain.tasks import COMPLETE, TaskState
from loadline.engine import words
from loadline.engine.calls import Calls
from loadline.engine.facts import Facts
from loadline.engine.record import Record
from loadline.engine.retry import retry_after
from loadline.engine.verify import TRIES, damaged
from loadline.engine.worker import plan_source

Tell = Callable[[Iterable[ev.TaskEvent]], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]


class Planning:
    """Makes the list of a new run, or looks at what stands of an earlier start."""

    def __init__(
        self,
        calls: Calls,
        record: Record,
        facts: Facts,
        *,
        say: Callable[[str], None],
        tell: Tell,
        sleep: Sleep,
    ) -> None:
        self._calls = calls
        self._record = record
        self._facts = facts
        self._say = say
        self._tell = tell
        self._sleep = sleep

    async def todo(self) -> Sequence[int]:
        """Return the tasks to hand out; raises what listing the source raises."""
        if self._record.plan is not None:
            return await self._again(self._record.plan)
        plan = await self._listed()
        if not plan.partitions:
            raise SourceMissing(
                "There is nothing to read here.", advice="Choose another source or pattern."
            )
        # In a thread: the line of 10,000 partitions takes longer than a frame.
        await self._calls.thread(partial(self._record.planned, plan))
        await self._tell(self._queued(plan.partitions))
        return range(len(plan.partitions))

    async def _listed(self) -> Plan:
        policy, tries = self._record.job.policy, 0
        while True:
            try:
                plan = await self._calls.run(
                    plan_source, self._record.source, deadline=_planning_deadline(policy),
                    tries=TRIES,
                )  # fmt: skip
            except LoadlineError as error:
                tries += 1
                wait = retry_after(error.failure, tries, policy, random())
                if wait is None:
                    raise
                await self._sleep(wait)
            else:
                assert isinstance(plan, Plan)
                return plan

    async def _again(self, plan: Plan) -> Sequence[int]:
        changed = await self._renewed(plan)
        rows = self._facts.board.rows
        kept = [row.index for row in rows if row.state is TaskState.KEPT]
        gone = await self._gone(kept, changed)
        todo = [r.index for r in rows if r.state not in COMPLETE or r.index in gone]
        back = {r.index for r in rows if r.state is not TaskState.QUEUED}.intersection(todo)
        self._record.continued(todo)
        for index, why in gone.items():
            self._record.lost(index, why)
        partitions = self._record.plan.partitions if self._record.plan else ()
        await self._tell(self._queued(p for p in partitions if p.index in back))
        return todo

    async def _gone(self, kept: Sequence[int], changed: set[int]) -> dict[int, str]:
        """Return which kept parts no longer stand, and why."""
        self._say(words.CHECKING_KEPT)
        results = [self._record.results[index] for index in kept]
        broken = await damaged(self._calls, self._record.folder.path, results)
        gone = dict.fromkeys(sorted(changed.intersection(kept)), "The source has changed.")
        return gone | dict.fromkeys(broken, "The part's file is damaged.")

    async def _renewed(self, plan: Plan) -> set[int]:
        """Look at the source again where it can tell changes; return what has changed."""
        if not any(p.state for p in plan.partitions):
            return set()
        fresh = {p.key: p for p in (await self._listed()).partitions}
        newer = {
            p.index: replace(fresh[p.key], index=p.index)
            for p in plan.partitions
            if p.key in fresh and fresh[p.key].state != p.state
        }
        notes = plan.notes + _notes(plan.partitions, fresh)
        await self._calls.thread(partial(self._record.renewed, newer, notes))
        return set(newer)

    def _queued(self, partitions: Iterable[Partition]) -> Iterable[ev.TaskEvent]:
        for partition in partitions:
            yield ev.TaskQueued(partition.index, self._facts.now(), partition.name, partition.size)


def _planning_deadline(policy: Policy) -> float:
    """Return the seconds without progress; a short one is meant for attempts at one task."""
    return max(policy.deadline, Policy().deadline) if policy.deadline else 0.0


def _notes(planned: Sequence[Partition], fresh: dict[str, Partition]) -> tuple[str, ...]:
    known = {p.key for p in planned}
    gone = sum(p.key not in fresh for p in planned)
    new = sum(key not in known for key in fresh)
    notes = []
    if gone:
        notes.append(f"{gone:,} of the listed sources are no longer there.")
    if new:
        notes.append(f"{new:,} new sources came after the start; they are not part of this run.")
    return tuple(notes)
