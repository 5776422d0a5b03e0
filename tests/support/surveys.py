"""A made-up folder of polls as a survey would find it: seven files, 34 columns, 13 that differ."""

from __future__ import annotations

from loadline.domain.schema import ColumnType
from loadline.domain.survey import (
    DriftCell,
    FoundDialect,
    Hint,
    Presence,
    Preview,
    Survey,
    SurveyedColumn,
    SurveyedFile,
)

T, M = Presence.THERE, Presence.MISSING
O, W = Presence.OTHER_TYPE, Presence.WRITTEN_DIFFERENTLY  # noqa: E741
DIFFERING: dict[str, tuple[Presence, ...]] = {
    "pollno": (T, T, T, T, M, M, M),
    "polldate": (T, W, W, T, T, T, T),
    "samplesize": (O, O, T, T, T, T, T),
    "pollster_rating_id": (M, M, M, T, T, T, T),
    "poll_id": (M, M, M, M, T, T, T),
    "question_id": (M, M, M, M, T, T, T),
    "race_id": (M, M, M, M, T, T, T),
    "cand1_party": (M, M, M, M, T, T, T),
    "cand2_party": (M, M, M, M, T, T, T),
    "methodology": (M, M, M, M, M, T, T),
    "cand1_id": (M, M, M, M, M, T, T),
    "cand2_id": (M, M, M, M, M, T, T),
    "advancedplusminus": (M, M, M, M, M, W, T),
}
SAME = (
    "race", "year", "location", "pollster", "partisan", "type_simple", "type_detail", "cand1_name",
    "cand1_pct", "cand2_name", "cand2_pct", "cand3_pct", "margin_poll", "electiondate",
    "cand1_actual", "cand2_actual", "margin_actual", "error", "bias", "rightcall", "comment",
)  # fmt: skip
FILES = (
    ("raw-polls-2014.tsv", 6_614, 1_096_593, "Tab, UTF-8", "24 cells in every line"),
    ("raw-polls-2016.csv", 7_977, 1_221_484, "Comma, UTF-8", "24 cells in every line"),
    ("raw-polls-2018.csv", 8_512, 1_325_653, "Comma, UTF-8", "24 cells in every line"),
    ("raw-polls-2019.csv", 9_133, 1_518_316, "Comma, UTF-8", "25 cells in every line"),
    ("raw-polls-2020.csv", 9_559, 1_797_348, "Comma, UTF-8", "29 cells in every line"),
    ("raw-polls-2021.csv", 10_776, 2_503_881, "Comma, UTF-8", "33 cells in every line"),
    ("raw-polls-2023.csv", 11_475, 2_672_085, "Comma, UTF-8", "33 cells in every line"),
)
_NUMBERS = {"year": ColumnType.INT, "samplesize": ColumnType.DECIMAL}


def column_type(name: str) -> ColumnType:
    """Return the type that a column of the polls has in the result."""
    if name.endswith(("_pct", "_poll", "_actual")) or name in {"error", "bias"}:
        return ColumnType.DECIMAL
    return _NUMBERS.get(name, ColumnType.TEXT)


def polls() -> Survey:
    """Return the survey of the polls."""
    names = [*SAME[:4], *DIFFERING, *SAME[4:]]
    columns = tuple(SurveyedColumn(n, column_type(n), differs=n in DIFFERING) for n in names)
    files = []
    for number, (name, rows, size, dialect, evidence) in enumerate(FILES):
        cells = tuple(
            DriftCell(DIFFERING[n][number] if n in DIFFERING else T, column_type(n), n)
            for n in names
        )
        details = (f"Delimiter {dialect.split(',')[0].lower()}: {evidence}.", "UTF-8 fits.")
        mark = "\t" if name.endswith("tsv") else ","
        found = FoundDialect(dialect, evidence, details, delimiter=mark)
        files.append(SurveyedFile(name, size, rows, True, found, cells))
    sentence = (
        "polldate has two-digit years in 2 files (10/13/98). It stays text, so nothing changes."
    )
    return Survey(
        tuple(files), columns, (Hint(sentence, "polldate", "raw-polls-2016.csv"),),
        shared_columns=21, all_columns=34, seconds=2.0, extra=("_source",),
    )  # fmt: skip


def preview(file: str, rows: int = 100) -> Preview:
    """Return first rows of one of the polls' files."""
    survey = polls()
    names = ("race", "year", "location", "pollster", "polldate", "samplesize", "margin_poll")
    known = {column.name: column for column in survey.columns}
    columns = tuple(known[name] for name in names)
    places = ("ID-1", "ID-2", "US", "NV", "NY", "OH")
    pollsters = ("Garin-Hart-Yang Research Group", "Zogby Analytics, telephone", "Mason-Dixon")
    lines = tuple(
        (
            f"1998_House-G_{places[i % 6]}", "1998", places[i % 6], pollsters[i % 3],
            "10/13/1998", str(372 + 28 * i), "−3.7",
        )
        for i in range(rows)
    )  # fmt: skip
    return Preview(file, columns, lines)
