"""How a workbook is made: exact cells, files next to its place, and nothing left of a failure."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest

from loadline.domain.errors import Cancelled, DiskFull
from loadline.store import xlsx_format, xlsx_target
from loadline.store.export import export
from loadline.store.partial import cells_of, partial_of
from tests.support.parts import numbers
from tests.unit.store.test_export_tables import out, sheets, whole

__all__ = ["out"]


def test_every_digit_is_kept_and_texts_that_look_like_marks_of_the_writer(
    tmp_path: Path, out: Path
) -> None:
    values = [0.1 + 0.2, 1e23, -123456.78901234567]
    texts = ["<r>x</r>", "<r><t>a</t></r>", " {=1} "]
    export(whole(tmp_path, pa.record_batch({"f": values, "t": texts})), out / "x.xlsx")
    ((_, *rows),) = sheets(out / "x.xlsx")
    assert rows == list(zip(values, texts, strict=True))


def test_a_workbook_is_made_next_to_its_place_and_what_a_killed_program_left_is_gone(
    tmp_path: Path, out: Path
) -> None:
    left = cells_of(partial_of(out / "x.xlsx"))
    left.mkdir()
    (left / "old").touch()
    seen: list[str] = []
    found = whole(tmp_path, numbers(0, 2_000), numbers(2_000, 2_000))

    def look(rows: int, bytes_read: int) -> None:
        if 0 < rows < 4_000:
            seen.extend(sorted(path.name for path in out.iterdir()))
            assert not (left / "old").exists()

    export(found, out / "x.xlsx", report=look)
    assert set(seen) == {"x.xlsx.partial", "x.xlsx.partial.cells"}
    assert [path.name for path in out.iterdir()] == ["x.xlsx"]


def test_a_workbook_can_be_cancelled_within_a_batch(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_format, "_CELLS", 100)
    asked: list[int] = []

    def stop(rows: int, bytes_read: int) -> None:
        asked.append(rows)
        if len(asked) == 3:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        export(whole(tmp_path, numbers(0, 1_000)), out / "x.xlsx", report=stop)
    assert asked == [0, 0, 0]
    assert list(out.iterdir()) == []


def test_a_workbook_can_be_cancelled_while_it_is_packed(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_target, "TOLD_EVERY", 1_000)

    def stop(rows: int, bytes_read: int) -> None:
        if rows == 20_000:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        export(whole(tmp_path, numbers(0, 20_000)), out / "x.xlsx", report=stop)
    assert list(out.iterdir()) == []


def test_a_disk_that_is_full_when_a_workbook_is_packed_is_told(
    tmp_path: Path, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_target, "TOLD_EVERY", 1)

    def somebody_writes(rows: int, bytes_read: int) -> None:
        if rows == 2_000:
            with suppress(OSError), (tiny_disk / "filler").open("ab", buffering=0) as file:
                while file.write(b"x" * 4_096):
                    pass

    with pytest.raises(DiskFull, match="full"):
        export(whole(tmp_path, numbers(0, 2_000)), tiny_disk / "x.xlsx", report=somebody_writes)
    assert [path.name for path in tiny_disk.iterdir()] == ["filler"]
