"""Whether a further look at a folder can tell more than the last one."""

from __future__ import annotations

from loadline.domain.survey import Survey

_IN_VAIN = 2
"""Looks without news after which no further one is taken."""
_MOST = 20


class LookingOn:
    """A look takes a limited time; the next one goes on where it ended.

    Looks are taken by several processes that do not know of each other, so that one may tell
    less than the one before: then `better` is false and the earlier answer stays.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget earlier looks: what is looked at is another."""
        self._looks = 0
        self._in_vain = 0
        self._known = (-1, -1)
        self._complete = False

    @property
    def begun(self) -> bool:
        """There has been an answer already."""
        return self._looks > 0

    def better(self, survey: Survey) -> bool:
        """Take an answer; return whether it tells more than those before."""
        looked_into = sum(f.dialect is not None or f.failure is not None for f in survey.files)
        counted = sum(file.rows_exact or file.failure is not None for file in survey.files)
        self._looks += 1
        more = (looked_into, counted) > self._known
        if more:
            self._known = (looked_into, counted)
            self._complete = counted == len(survey.files)
        self._in_vain = 0 if more else self._in_vain + 1
        return more

    @property
    def worth_while(self) -> bool:
        """Whether to look again."""
        return not self._complete and self._in_vain < _IN_VAIN and self._looks < _MOST
