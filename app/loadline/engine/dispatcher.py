"""Who is next, and what holds it back: the one place that hands out tasks.

Tasks go out in the order of their indexes, through the gates: paused, cap, rate, source health,
memory. What the next task waits for stands on the board. Nothing is polled: `hand_out` is called
when something has changed, and sets an alarm for the moment at which time alone changes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from loadline.domain import events as ev
from loadline.domain.errors import Failure, SourceUnreachable
from loadline.domain.tasks import TaskState, WaitReason
from loadline.engine.attempts import Attempts
from loadline.engine.clock import Alarm, Clock
from loadline.engine.facts import Facts
from loadline.engine.health import Outage
from loadline.engine.limits import StartRate


@dataclass(frozen=True, slots=True)
class Hold:
    """Why nothing is handed out, and the clock's moment at which to look again, if known."""

    reason: WaitReason
    until: float | None = None


class Dispatcher:
    """Hands out the tasks of one run; `on_change` is called when it is time to look again."""

    def __init__(
        self,
        facts: Facts,
        clock: Clock,
        attempts: Attempts,
        rate: StartRate,
        on_change: Callable[[], None],
    ) -> None:
        self.cap = 1
        self.rate = rate
        self.paused = False
        self.low_memory = False
        self.holding: Hold | None = None
        self._facts = facts
        self._clock = clock
        self._attempts = attempts
        self._order = attempts.order
        self._on_change = on_change
        self._alarm: Alarm | None = None
        self._shown: int | None = None

    @property
    def outage(self) -> Outage | None:
        """How long the source has been silent, while it is."""
        return self._attempts.health.outage(self._clock.now())

    @property
    def over(self) -> bool:
        """Nothing is left to hand out, and nothing is with the backend."""
        return not self._order and not self._attempts.flying

    def hand_out(self) -> None:
        """Hand out what may go now; raises `SourceUnreachable` when an outage lasts too long."""
        now = self._clock.now()
        self._give_up_if_silent(now)
        due = self._order.come_due(now)
        self.holding = None
        while (index := self._order.first()) is not None:
            self.holding = self._hold(now)
            if self.holding is not None:
                break
            self._hand(index, now)
        self._show(index, due)
        self._set_alarm()

    def close(self) -> None:
        """Set no more alarms."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _hand(self, index: int, now: float) -> None:
        self._order.take()
        self.rate.start(now)
        if self._attempts.health.down:
            self._attempts.health.probe = index
        if self._shown == index:
            self._shown = None
        self._attempts.begin(index)

    def _hold(self, now: float) -> Hold | None:
        flying = len(self._attempts.flying)
        if self.paused:
            return Hold(WaitReason.PAUSED)
        if flying >= self.cap:
            return Hold(WaitReason.SLOT)
        if (due := self.rate.next_at()) > now:
            return Hold(WaitReason.RATE, due)
        if (due := self._attempts.health.next_at()) > now:
            return Hold(WaitReason.SOURCE, due if due != float("inf") else None)
        if self.low_memory and flying:  # one at a time always goes, or the run would never end
            return Hold(WaitReason.MEMORY)
        return None

    def _show(self, index: int | None, due: list[int]) -> None:
        """Tell what the next task waits for, and the retries that have come due behind it."""
        if self._shown is not None and self._shown != index:
            self._back_in_line(self._shown)
        self._shown = index if self.holding else None
        if index is None or self.holding is None:
            return
        for waiting in {index, *due}:
            if waiting in self._order:
                self._facts.wait(waiting, self.holding.reason, self.holding.until)

    def _back_in_line(self, index: int) -> None:
        row = self._facts.board.rows[index]
        if row.state is TaskState.WAITING and row.attempt == 0 and index in self._order:
            self._facts.tell(ev.TaskQueued(index, self._facts.now()))

    def _set_alarm(self) -> None:
        self.close()
        moments = [self._order.next_due(), self._attempts.health.gives_up_at]
        if self.holding is not None and self.holding.until is not None:
            moments.append(self.holding.until)
        when = min(moments)
        if when != float("inf"):
            self._alarm = self._clock.call_at(when, self._on_change)

    def _give_up_if_silent(self, now: float) -> None:
        if self._attempts.health.given_up(now):
            raise SourceUnreachable(
                "The source has not answered for 10 minutes.",
                cause=_last_cause(self._facts),
                advice="Check the connection, then retry what is unfinished.",
            )


def _last_cause(facts: Facts) -> str:
    errors: list[Failure] = [
        row.error for row in facts.board.rows if row.error and row.reason is WaitReason.SOURCE
    ]
    return str(errors[-1]) if errors else ""
