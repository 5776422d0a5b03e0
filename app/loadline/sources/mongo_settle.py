"""One schema for all parts of a collection, and which parts are to be read again for it.

Kinds are joined as in `loadline.sources.mongo_kinds`. A part is read again where its column holds
other texts than the dataset's will: a field of numbers here that is mixed elsewhere, a
sub-document whose keys turned out to be data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loadline.domain.schema import Column, ColumnType, Schema
from loadline.sources.mongo_columns import MOST_KEYS, RARE, REST
from loadline.sources.mongo_kinds import COLUMN, Kind, join
from loadline.sources.mongo_layout import LITERAL
from loadline.sources.mongo_tally import Fields, fields_of_all, own_form
from loadline.sources.source import ReadHints, Settled

_OF_TYPE = {column: kind for kind, column in reversed(COLUMN.items())}
_KINDS = frozenset(kind.value for kind in Kind)
_AS_MIXED = frozenset({Kind.EMPTY, Kind.STRING, Kind.MIXED, Kind.WHOLE})
_AS_ITEMS = frozenset({Kind.EMPTY, Kind.EMPTIES, Kind.STRINGS, Kind.ITEMS})


@dataclass(slots=True)
class _Joined:
    kind: Kind = Kind.EMPTY
    wide: bool = False
    literal: bool = False
    parts: list[tuple[int, Kind]] = field(default_factory=list)

    def add(self, index: int, column: Column) -> None:
        kind = kind_of_column(column)
        self.kind = join(self.kind, kind)
        self.wide |= column.wide
        self.literal |= own_form(column).endswith(LITERAL)
        self.parts.append((index, kind))

    @property
    def settled(self) -> Kind:
        """The kind of the dataset's column; long whole numbers do not become doubles."""
        if self.wide and self.kind is Kind.DECIMAL:
            return Kind.MIXED
        if self.wide and self.kind is Kind.NUMBERS:
            return Kind.ITEMS
        return Kind.STRINGS if self.kind is Kind.EMPTIES else self.kind


def kind_of_column(column: Column) -> Kind:
    """Return the kind that a part tells of its column, or the one that its type says."""
    form = own_form(column).removesuffix(LITERAL)
    if form in _KINDS:
        return Kind(form)
    return _OF_TYPE.get(column.type, Kind.MIXED)


def settle(schemas: Sequence[Schema | None]) -> Settled:
    """Settle the schemas of all parts, in index order."""
    columns: dict[str, _Joined] = {}
    for index, schema in enumerate(schemas):
        for column in schema or ():
            columns.setdefault(column.name, _Joined()).add(index, column)
    hints: dict[int, dict[str, ColumnType]] = {}
    fields = fields_of_all(schemas)
    whole = _whole(columns, fields)
    settled: dict[str, Column] = {}
    parents = {above for name, one in columns.items() for above in _above(name, one)}
    for name, one in columns.items():
        top = next((above for above in _above(name, one) if above in whole), None)
        if top is not None or name in whole:
            top = top or name
            settled.setdefault(top, Column(top, ColumnType.TEXT, form=Kind.WHOLE.value))
            for index, kind in one.parts:
                if top != name or kind not in _AS_MIXED:
                    hints.setdefault(index, {})[top] = ColumnType.TEXT
        elif one.kind is not Kind.EMPTY or name not in parents:
            settled[name] = _column(name, one, hints)
    if fields.common is not None and REST[0] in settled:
        settled[REST[0]] = settled.pop(REST[0])  # behind all others, as in a single part
    return Settled(tuple(settled.values()), tuple(_again(hints, fields)))


def _again(
    hints: dict[int, dict[str, ColumnType]], fields: Fields
) -> Iterator[tuple[int, ReadHints]]:
    """Yield the parts to read again, each with all that it must be read with."""
    for index in fields.otherwise_read():
        hints.setdefault(index, {})
    for index in sorted(hints):
        types = {name: kind for name, kind in hints[index].items() if fields.has(name)}
        wanted = fields.wanted(index)
        if wanted is not None:
            yield index, replace(wanted, types=(*wanted.types, *types.items()))
        elif types:
            every = fields.every if REST[0] in types else ()  # a field may be called so, too
            yield index, ReadHints(types=tuple(types.items()), columns=every)


def _column(name: str, one: _Joined, hints: dict[int, dict[str, ColumnType]]) -> Column:
    kind = one.settled
    column = COLUMN.get(kind, ColumnType.TEXT)
    for index, own in one.parts:
        if not _fits(own, kind):
            hints.setdefault(index, {})[name] = column
    return Column(name, column, wide=one.wide, form=kind.value)


def _fits(own: Kind, wanted: Kind) -> bool:
    """Tell whether a part's values are told in the dataset's column as they should be."""
    if wanted in (Kind.MIXED, Kind.WHOLE):
        return own in _AS_MIXED
    return wanted is not Kind.ITEMS or own in _AS_ITEMS


def _above(name: str, one: _Joined) -> Iterator[str]:
    """Yield the sub-documents that a column is in, the outermost first."""
    if one.literal:
        return
    place = name.find(".")
    while place >= 0:
        yield name[:place]
        place = name.find(".", place + 1)


def _whole(columns: dict[str, _Joined], fields: Fields) -> set[str]:
    """Return the sub-documents whose keys are data, in a part or over all parts."""
    keys: dict[str, dict[str, set[int]]] = {}
    for name, one in columns.items():
        for above in _above(name, one):
            key = name[len(above) + 1 :].partition(".")[0]
            at = keys.setdefault(above, {}).setdefault(key, set())
            at.update(index for index, _ in one.parts)
    told = {name for name, one in columns.items() if one.kind is Kind.WHOLE and name != REST[0]}
    wide = {above: found for above, found in keys.items() if len(found) > MOST_KEYS}
    return told | {above for above, found in wide.items() if _over_all(above, found, fields)}


def _over_all(above: str, found: dict[str, set[int]], fields: Fields) -> bool:
    counted = fields.are_data(above)
    return _are_data(found) if counted is None else counted


def _are_data(found: dict[str, set[int]]) -> bool:
    if len(found) <= MOST_KEYS:
        return False
    parts = len(set().union(*found.values()))
    counts = Counter({key: len(at) for key, at in found.items()})
    rare = sum(count * RARE < parts or (count == 1 and parts > 1) for count in counts.values())
    return rare * 2 > len(found)
