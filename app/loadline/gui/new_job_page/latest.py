"""Questions of which only the newest answer counts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from loadline.domain.errors import Failure, LoadlineError

T = TypeVar("T")


class Latest(Generic[T]):
    """Asks again and again; the answer to an older question is dropped.

    `answered` gets the answer, `failed` the failure in plain words. Both are called on the
    window's loop. An error nobody foresaw goes to the loop's exception handler as well.
    """

    def __init__(self, answered: Callable[[T], None], failed: Callable[[Failure], None]) -> None:
        self._answered = answered
        self._failed = failed
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is outstanding."""
        return self._task is not None

    def ask(self, question: Callable[[], Awaitable[T]]) -> None:
        """Forget the question before and ask this one; needs a running loop."""
        self.drop()
        self._task = asyncio.get_running_loop().create_task(self._run(question))

    def drop(self) -> None:
        """Forget the outstanding question."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self, question: Callable[[], Awaitable[T]]) -> None:
        mine = asyncio.current_task()
        try:
            answer = await question()
        except LoadlineError as error:
            if self._task is mine:
                self._task = None
                self._failed(error.failure)
            return
        # A question that could not be cancelled may still answer: it is not the newest any more.
        if self._task is mine:
            self._task = None
            self._answered(answer)
