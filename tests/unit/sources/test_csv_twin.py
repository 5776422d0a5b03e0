"""A short look must say what the long one says, or leave it to the long one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadline.domain.jobs import ForcedDialect
from loadline.sources.csv_dialect import Dialect, find_dialect
from loadline.sources.csv_twin import Twins

FORCED = ForcedDialect()
KNOWN = b"id,at,kind,price\n1,2022-01-01,a,1.5\n2,2022-01-02,b,2.5\n3,2022-01-03,a,3.5\n"


def look(sample: bytes) -> Dialect:
    return find_dialect(sample, whole=True, forced=FORCED)


def known() -> Twins:
    twins = Twins()
    twins.learn(KNOWN, FORCED, look(KNOWN))
    return twins


def test_a_twin_is_told_as_the_long_look_tells_it() -> None:
    sample = b"id,at,kind,price\n7,2023-01-01,x,9.5\n8,2023-01-02,y,8.5\n"
    found = known().find(sample, FORCED)
    assert found is not None
    # What to watch for comes from the file with more rows.
    assert replace(found, watched=()) == replace(look(sample), watched=())


@pytest.mark.parametrize(
    "sample",
    [
        b"id;at;kind;price\n7;2023-01-01;x;9.5\n",
        b"id,at,kind,price\n7,2023-01-01,x\n",
        b"id,at,kind,price\n7,2023-01-01,x,9.5,more\n",
        b'id,at,kind,price\n7,2023-01-01,"x",9.5\n',
        b"id,at,kind,price\n7,2023-01-01,it's,9.5\n",
        b"id,at,kind,price\n7,2023-01-01,\xe4,9.5\n",
        b"id,at,kind,price\n7,2023-01-01,x,9.5\r8,2023-01-01,x,9.5\n",
        b"id,at,kind,price\n7,2023-01-01,x,9.5\n\n8,2023-01-01,x,9.5\n",
        b"id,at,kind,price\n7,2023-01-01,x,9.5\n,,,\n",
        b"id,at,kind,price\n7,2023-01-01,x,9.5\nid,at,kind,price\n8,2023-01-01,x,9.5\n",
        b"id,at,kind,price\n7,2023-01-01,x,9.5\nname,town,street,zip\na,b,c,d\n",
        b"id,at,kind,price\n#7,2023-01-01,x,9.5\n",
        b"id,at,kind,price\n",
    ],
)
def test_whatever_could_mean_something_else_is_left_to_the_long_look(sample: bytes) -> None:
    assert known().find(sample, FORCED) is None


def test_other_settings_have_other_twins() -> None:
    assert known().find(KNOWN, ForcedDialect(header_rows=2)) is None


CELL = st.text(st.sampled_from("ab1.- "), max_size=4)


@given(st.lists(st.tuples(st.integers(0, 99), CELL, CELL), min_size=1, max_size=6))
def test_any_plain_table_reads_the_same_either_way(rows: list[tuple[int, str, str]]) -> None:
    lines = ["id,first,second", *(f"{n},{a},{b}" for n, a, b in rows), ""]
    sample = "\n".join(lines).encode()
    base = b"id,first,second\n1,a,b\n2,b,a\n3,a,a\n"
    twins = Twins()
    twins.learn(base, FORCED, look(base))
    found, slow = twins.find(sample, FORCED), look(sample)
    if found is not None and slow.confident and slow.second_line is None:
        assert (found.delimiter, found.names, found.data_line, found.skip_lines) == (
            slow.delimiter,
            slow.names,
            slow.data_line,
            slow.skip_lines,
        )
