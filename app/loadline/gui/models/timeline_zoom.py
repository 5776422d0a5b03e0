"""How near the timeline is looked at: zoom around a moment, move, and never leave the run."""

from __future__ import annotations

from loadline.gui.models.time_axis import Span

STEP = 1.25
"""One notch of the wheel."""
KEY_STEP = 1.6
NEAREST = 0.05
"""Seconds: the shortest span that is shown."""


def zoomed(span: Span, whole: Span, factor: float, at: float) -> Span | None:
    """Return `span` nearer (factor above 1) or farther, `at` staying where it is.

    None when all of `whole` is in sight: then there is nothing to zoom.
    """
    seconds = max(min(NEAREST, whole.seconds), span.seconds / factor)
    if seconds >= whole.seconds * 0.999:
        return None
    share = (at - span.start) / span.seconds
    return inside(Span(at - share * seconds, at + (1.0 - share) * seconds), whole)


def moved(span: Span, whole: Span, seconds: float) -> Span:
    """Return `span` later by `seconds`, or as far as the run goes."""
    return inside(Span(span.start + seconds, span.end + seconds), whole)


def inside(span: Span, whole: Span) -> Span:
    """Return `span` pushed into `whole`."""
    seconds = min(span.seconds, whole.seconds)
    start = min(max(span.start, whole.start), whole.end - seconds)
    return Span(start, start + seconds)


def around(span: Span, whole: Span, first: float, last: float) -> Span:
    """Return a span as long as `span` with `first` to `last` in its middle, longer if need be."""
    seconds = max(span.seconds, (last - first) * 1.5)
    middle = (first + last) / 2
    return inside(Span(middle - seconds / 2, middle + seconds / 2), whole)
