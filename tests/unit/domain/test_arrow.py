from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from loadline.domain.arrow import arrow_schema, arrow_type, column_type, domain_schema
from loadline.domain.schema import Column, ColumnType


@pytest.mark.parametrize("kind", ColumnType)
def test_every_column_type_comes_back_from_its_arrow_type(kind: ColumnType) -> None:
    assert column_type(arrow_type(kind)) is kind
    schema = (Column("a", kind), Column("b", ColumnType.INT))
    assert domain_schema(arrow_schema(schema)) == schema


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        (pa.uint32(), ColumnType.INT),
        (pa.uint64(), ColumnType.TEXT),  # beyond 64 bits with a sign
        (pa.float32(), ColumnType.DECIMAL),
        (pa.decimal128(10, 2), ColumnType.TEXT),
        (pa.timestamp("ms"), ColumnType.TIMESTAMP),
        (pa.timestamp("ns"), ColumnType.TEXT),
        (pa.timestamp("us", "UTC"), ColumnType.TEXT),
        (pa.date64(), ColumnType.TIMESTAMP),
        (pa.large_string(), ColumnType.TEXT),
        (pa.dictionary(pa.int8(), pa.string()), ColumnType.TEXT),
        (pa.dictionary(pa.int8(), pa.int64()), ColumnType.INT),
        (pa.large_list(pa.large_string()), ColumnType.LIST),
        (pa.list_(pa.bool_()), ColumnType.TEXT),
        (pa.binary(12), ColumnType.BINARY),
        (pa.struct([("a", pa.int64())]), ColumnType.TEXT),
    ],
)
def test_other_arrow_types_are_what_holds_their_values_unchanged(
    stored: pa.DataType, kind: ColumnType
) -> None:
    assert column_type(stored) is kind


def test_knowing_the_words_does_not_load_pyarrow() -> None:
    code = "import sys, loadline.domain.arrow, loadline.store.dataset, loadline.store.run_folder\n"
    code += "import loadline.store.journal, loadline.store.history, loadline.store.export\n"
    code += "sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
