"""How a file is written, in words."""

from __future__ import annotations

from collections.abc import Iterator

from loadline.domain.jobs import ForcedDialect
from loadline.domain.survey import FoundDialect
from loadline.sources.csv_dialect import Dialect
from loadline.sources.csv_look import Look

_ENCODINGS = {
    "utf-8": "UTF-8",
    "ascii": "UTF-8",
    "cp1252": "Windows-1252",
    "mac-roman": "Mac Roman",
    "mac_roman": "Mac Roman",
    "shift_jis": "Shift-JIS",
    "cp932": "Shift-JIS",
    "gb18030": "GB 18030",
}
_DELIMITERS = {
    ",": "Comma",
    ";": "Semicolon",
    "\t": "Tab",
    "|": "Vertical bar",
    " ": "Blank",
    ":": "Colon",
    "": "One column",
}
_PACKED = {"gz": "gzip", "bz2": "bzip2", "xz": "xz", "zst": "Zstandard", "zip": "zip"}
_LINE_ENDS = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}


def encoding_name(encoding: str) -> str:
    """Return an encoding as a person knows it."""
    lower = encoding.lower()
    if lower.startswith(("utf-16", "utf-32")):
        return encoding[:6].upper()
    return _ENCODINGS.get(lower, encoding.upper())


def dialect_in_words(look: Look, forced: ForcedDialect) -> FoundDialect:
    """Return what the page shows of a file's dialect; `look.dialect` must be there."""
    dialect = look.dialect or Dialect()
    delimiter = _DELIMITERS.get(dialect.delimiter) or f"Delimiter {dialect.delimiter}"
    summary = [delimiter, encoding_name(dialect.encoding)]
    if dialect.compression:
        summary.append(_PACKED[dialect.compression])
    return FoundDialect(
        summary=", ".join(summary),
        evidence=_evidence(look, dialect),
        details=tuple(_details(dialect)),
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        escape=dialect.escape,
        encoding=dialect.encoding,
        comment=dialect.comment,
        header_rows=dialect.header_rows,
        skip_lines=dialect.skip_lines,
        compression=dialect.compression or "",
        forced=tuple(
            field for field in ForcedDialect.__struct_fields__ if getattr(forced, field) is not None
        ),
    )


def _evidence(look: Look, dialect: Dialect) -> str:
    cells = "1 cell" if dialect.width == 1 else f"{dialect.width:,} cells"
    if not dialect.width:
        return "no table"
    return f"{cells} in {'most lines' if look.problems else 'every line'}"


def _details(dialect: Dialect) -> Iterator[str]:
    if dialect.evidence:
        yield f"{dialect.evidence[:1].upper()}{dialect.evidence[1:]}."
    if dialect.bom:
        yield "It begins with a byte order mark."
    if dialect.quote:
        yield f"Cells may be quoted with {dialect.quote}."
    if dialect.line_end != "\n":
        yield f"Lines end with {_LINE_ENDS.get(dialect.line_end, 'another line end')}."
    if dialect.skip_lines:
        lines = "1 line stands" if dialect.skip_lines == 1 else f"{dialect.skip_lines} lines stand"
        yield f"{lines} above the header."
    if dialect.header_rows == 0:
        yield "There is no header: columns are numbered."
    elif dialect.header_rows > 1:
        yield f"The header has {dialect.header_rows} rows, joined into one name each."
    if not dialect.fast and dialect.why_not_fast:
        yield f"Read with care: {dialect.why_not_fast}."
