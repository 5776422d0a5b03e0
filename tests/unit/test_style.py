"""The house's measures: short files, short functions, names that say something."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(file for top in ("app", "tests", "packaging") for file in (ROOT / top).rglob("*.py"))
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "misc", "manager", "common"}


def functions() -> Iterator[tuple[str, int]]:
    """Yield where each function stands and how many lines it has."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                place = f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield place, node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_500_lines_and_half_of_them_are_short() -> None:
    lines = {file: file.read_text(encoding="utf-8").count("\n") for file in FILES}
    assert [f"{file}: {count}" for file, count in lines.items() if count > 500] == []
    assert sorted(lines.values())[len(lines) // 2] <= 150


def test_no_function_is_longer_than_50_lines_and_most_are_shorter_than_25() -> None:
    found = list(functions())
    assert [f"{place}: {count}" for place, count in found if count > 50] == []
    assert sum(count < 25 for _place, count in found) >= 0.9 * len(found)


def test_every_name_says_what_is_in_the_file() -> None:
    assert [file for file in FILES if file.stem in EMPTY_NAMES] == []
    assert [file for file in FILES if file.parent.name in EMPTY_NAMES] == []
