from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import ipc

from loadline.domain.errors import RunError
from loadline.store.part_index import batch_rows

ANY_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def written(path: Path, rows: list[int], columns: int = 3) -> Path:
    batch = pa.record_batch({f"c{number}": range(200) for number in range(columns)})
    with ipc.new_file(str(path), batch.schema) as writer:
        for count in rows:
            writer.write_batch(batch.slice(0, count))
    return path


@ANY_FOLDER
@given(rows=st.lists(st.integers(0, 200), max_size=40), columns=st.integers(1, 30))
def test_the_rows_of_each_batch_are_found(tmp_path: Path, rows: list[int], columns: int) -> None:
    assert batch_rows(written(tmp_path / "part", rows, columns)) == tuple(rows)


def test_a_part_cut_off_anywhere_is_damaged(tmp_path: Path) -> None:
    whole = written(tmp_path / "part", [5, 7]).read_bytes()
    cut = tmp_path / "cut"
    for length in range(0, len(whole), 7):
        cut.write_bytes(whole[:length])
        with pytest.raises(RunError, match="damaged"):
            batch_rows(cut)


@ANY_FOLDER
@given(data=st.data())
def test_wrong_bytes_give_an_answer_or_a_damage_and_nothing_else(
    tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(written(tmp_path / "part", [5, 7]).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    (tmp_path / "part").write_bytes(content)
    try:
        counts = batch_rows(tmp_path / "part")
    except RunError:
        return
    assert all(isinstance(count, int) for count in counts)


def test_a_missing_part_is_damage(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="damaged"):
        batch_rows(tmp_path / "gone")
