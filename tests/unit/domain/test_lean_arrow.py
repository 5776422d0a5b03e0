"""Arrow leaves pandas alone until somebody asks for it."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import sys
from loadline.domain.lean_arrow import keep_pandas_out
if {lean}: keep_pandas_out()
import pyarrow as pa
pa.array(["a", None]).to_numpy(zero_copy_only=False)
loaded = "pandas" in sys.modules
frame = pa.table({{"a": [1, 2]}}).to_pandas()
print(loaded, frame["a"].sum())
"""


def told(*, lean: bool) -> str:
    program = _PROGRAM.format(lean=lean)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return ended.stdout.decode().strip()


def test_arrow_does_not_load_pandas_and_frames_still_work() -> None:
    assert told(lean=True) == "False 3"


def test_without_it_arrow_loads_pandas() -> None:
    assert told(lean=False) == "True 3"
