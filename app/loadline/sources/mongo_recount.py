"""The account of a whole collection: counted before, read, counted after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loadline.domain.errors import Failure
from loadline.sources.mongo_size import count, kind_of_collection
from loadline.sources.source import Recounted

if TYPE_CHECKING:
    from pymongo.collection import Collection


def recount(
    docs: Collection[dict[str, Any]], query: dict[str, Any], before: int, read: int
) -> Recounted:
    """Compare what was read with what is there now and what was there before.

    A difference is a failure only where the collection has not changed: then documents were
    missed or doubled, or it is gone.
    """
    if not kind_of_collection(docs.database, docs.name):
        gone = "The collection was removed while it was loaded."
        if read == before:
            return Recounted((gone,))
        return Recounted((), Failure("SourceChanged", f"{gone} {_read_of(read, before)}"))
    counted = count(docs, query)
    after = counted.count
    if read == before == after:
        return Recounted((f"{after:,} documents counted after the end: all of them were read.",))
    if not counted.exact:
        return Recounted((f"About {after:,} documents were there at the end; {read:,} were read.",))
    if before != after:
        return Recounted((
            (f"The collection changed while it was loaded: {before:,} documents before, "
            f"{read:,} read, {after:,} after."),
        ))  # fmt: skip
    exact = docs.count_documents(query)
    if exact == read:
        return Recounted((f"{exact:,} documents counted one by one: all of them were read.",))
    return Recounted(
        (),
        Failure(
            "SourceChanged",
            f"{_read_of(read, before)} There are as many now as before.",
            advice="Load it again when nobody writes to it.",
        ),
    )


def _read_of(read: int, before: int) -> str:
    return f"{read:,} documents were read, {before:,} were counted before."
