"""What workers do for a result in a collection, so that it is written once."""

from __future__ import annotations

from dataclasses import dataclass

from loadline.domain.plan import Report
from loadline.engine.collection_export import CollectionSpec


@dataclass(frozen=True, slots=True)
class OnceSpec(CollectionSpec):
    """A result as work for a worker; `again`: an earlier attempt may have done all of it."""

    again: bool = False
    keep: bool = False
    """Whatever is there is the result, and stays."""


def write_once(spec: OnceSpec, report: Report) -> int:
    """Write a run's rows, unless they are there; return how many. Raises what writing raises."""
    from loadline.engine.collection_export import content_of_rows, export_to_collection
    from loadline.sources import mongo_write
    from loadline.sources.mongo_content import content_there

    where = (spec.server, spec.database, spec.collection)
    if (spec.again or spec.keep) and mongo_write.is_there(*where):
        content = content_of_rows(spec, report)
        if spec.keep or content_there(*where, report) == content:
            mongo_write.give_up(*where)  # what was only to be dropped
            return content.documents
    return export_to_collection(spec, report)


def check_once(spec: OnceSpec, report: Report) -> None:
    """Raise `OutputExists` where the collection is there already; raises `SourceError`."""
    from loadline.sources.mongo_write import check_free

    report(0, 0)
    check_free(spec.server, spec.database, spec.collection)


def give_up(spec: CollectionSpec, report: Report) -> None:
    """Drop what a killed worker has left; raises `SourceError`."""
    from loadline.sources import mongo_write

    mongo_write.give_up(spec.server, spec.database, spec.collection)
