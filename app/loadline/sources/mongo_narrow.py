"""Reading only the fields that are needed, where a server can be asked for them by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from loadline.domain.browsing import FIRST_DOCUMENTS
from loadline.sources.mongo_columns import REST
from loadline.sources.mongo_documents import each
from loadline.sources.mongo_elements import elements

if TYPE_CHECKING:
    from pymongo.collection import Collection

LOOKED_AT_BYTES = 4 << 20


def fields_of(projection: Sequence[str], only: Sequence[str] | None) -> dict[str, int] | None:
    """Return the fields that the server is asked for, None: all of them.

    They are those of `projection` (empty: all) that the columns `only` (None: all) come from.
    """
    if only is None:
        return {"_id": 1, **dict.fromkeys(projection, 1)} if projection else None
    tops = dict.fromkeys(_top(name) for name in only)
    asked = [path for path in projection if _top(path) in tops] if projection else tops
    return {"_id": 1, **dict.fromkeys(asked, 1)}


def has_odd_names(
    docs: Collection[dict[str, Any]], query: dict[str, Any], only: Sequence[str], size: int
) -> bool:
    """Tell whether one of the columns `only` may be of a field that cannot be asked for by name.

    That is one whose own name is empty, holds a dot or begins with a dollar. Looks at the first
    documents, which are of about `size` bytes, where the name of a column leaves it open.
    """
    if any(map(_is_odd, only)):
        return True
    dotted = {name.encode() for name in only if "." in name}
    if not dotted:
        return False
    number = max(1, min(FIRST_DOCUMENTS, LOOKED_AT_BYTES // max(size, 1)))
    asked = docs.find_raw_batches(query, limit=number, batch_size=number)
    batches = (bytes(batch) for batch in asked)  # type: ignore[arg-type]
    seen = (name for raw in batches for one in each(raw) for name, _, _ in elements(one))
    return any(name in dotted for name in seen)


def _is_odd(name: str) -> bool:
    return not _top(name) or name.startswith("$") or "\\" in name or name == REST[0]


def _top(name: str) -> str:
    return name.partition(".")[0]
