"""A worker's first work before it is asked about rows: importing what that needs."""

from __future__ import annotations

from loadline.domain.plan import Report


def get_ready(spec: None, report: Report) -> None:
    """Import what queries need; takes half a second in a new process."""
    import loadline.store.query
    import loadline.store.statistics  # noqa: F401

    report(0, 0)
