"""Jobs: frozen descriptions of work, and the job file that says them in TOML (DESIGN §11)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from loadline.domain.connections import masked, parse_uri
from loadline.domain.errors import JobError, Place
from loadline.domain.policy import Policy

FORMAT = 1
PATTERNS = tuple(
    f"*.{name}{packed}"
    for name in ("csv", "tsv", "txt")
    for packed in ("", ".gz", ".bz2", ".xz", ".zst", ".zip")
)

ForcedType = Literal["text", "int", "decimal", "bool", "date", "timestamp"]


class ForcedDialect(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What a person forces about how the files are written; unset fields are found per file."""

    delimiter: str | None = None
    quote: str | None = None
    """The quote character; an empty text means that nothing is quoted."""
    escape: str | None = None
    encoding: str | None = None
    comment: str | None = None
    header_rows: Annotated[int, Meta(ge=0, le=8)] | None = None
    skip_lines: Annotated[int, Meta(ge=0)] | None = None


class CsvFolderSource(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag="csv-folder",
    tag_field="type",
):
    """A folder of CSV files."""

    path: str
    pattern: tuple[str, ...] = PATTERNS
    recursive: bool = False
    order: Literal["name", "modified"] = "name"
    types: Literal["infer", "text"] = "infer"
    columns: Literal["union", "common", "same"] = "union"
    source_column: bool | None = None
    """None: on when there is more than one file."""
    row_column: bool = False
    dialect: ForcedDialect = ForcedDialect()
    file_dialects: dict[str, ForcedDialect] = {}
    """What is forced for one file, by its name relative to the folder."""
    column_types: dict[str, ForcedType] = {}
    date_formats: dict[str, str] = {}
    """A strptime format for a column that is not written the ISO way."""
    column_names: dict[str, str] = {}
    """Joins a column with another: name in the file → name in the dataset."""


class MongoSource(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag="mongo",
    tag_field="type",
):
    """A MongoDB collection; exactly one of `connection` and `uri`, without a password."""

    database: str
    collection: str
    connection: str = ""
    uri: str = ""
    filter: str = "{}"
    projection: tuple[str, ...] = ()
    chunk: Annotated[int, Meta(ge=1)] = 5_000


class DatasetSource(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag="dataset",
    tag_field="type",
):
    """The dataset of an earlier run."""

    path: str


AnySource = CsvFolderSource | MongoSource | DatasetSource


class Backend(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where tasks run."""

    type: Literal["local", "dask"] = "local"
    workers: Annotated[int, Meta(ge=0, le=256)] = 0
    """Processes; 0 is one per core."""
    address: str = ""


class Comparison(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One comparison of a scorecard."""

    field: str
    measure: str
    against: str = ""
    """The reference's field; empty: the same name."""
    longitude: str = ""
    """For ``km``: the longitude's field, of record and reference, where `field` is the latitude."""
    weight: Annotated[float, Meta(ge=0)] = 1.0
    tolerance: Annotated[float, Meta(gt=0)] | UnsetType = UNSET


class Score(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a scoring job compares, with one record or with each of many.

    Exactly one of `reference` (a record), `reference_file` (.csv, .json, .jsonl or .parquet) and
    `reference_source` (a folder, a collection or an earlier run).
    """

    compare: tuple[Comparison, ...]
    reference: dict[str, Any] | None = None
    reference_file: str = ""
    reference_source: AnySource | None = None
    top: Annotated[int, Meta(ge=1, le=100_000)] = 10
    missing: Literal["ignore", "zero", "half"] = "ignore"


Sheets = Literal["refuse", "several", "first"]
"""More rows than an Excel sheet takes: an error, further sheets, or only the first rows."""


class CsvOutput(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a CSV file is written."""

    delimiter: Annotated[str, Meta(min_length=1, max_length=1, pattern=r"^[ -!#-~\t]$")] = ","
    """One sign, not the quote."""
    encoding: str = "utf-8"
    """``utf-8-sig`` is UTF-8 with the mark that Excel wants."""
    safe: bool = False
    """Put a ``'`` before cells that a spreadsheet would run as a formula."""


class Output(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the result goes besides the run folder: a file, or a MongoDB collection.

    A file's suffix chooses its format. A collection is named by `database`, `collection` and
    exactly one of `connection` and `uri`, without a password.
    """

    type: Literal["file", "mongo"] = "file"
    path: str = ""
    connection: str = ""
    uri: str = ""
    database: str = ""
    collection: str = ""
    overwrite: bool = False
    csv: CsvOutput = CsvOutput()
    sheets: Sheets = "refuse"


class Job(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frozen description of work: source, what to do, policy, backend, output."""

    format: Literal[1] = 1
    kind: Literal["load", "score"] = "load"
    name: str
    source: AnySource
    policy: Policy = Policy()
    backend: Backend = Backend()
    score: Score | None = None
    output: Output | None = None


def parse_job(text: str, folder: Path, file: str = "job file") -> Job:
    """Return the job that TOML `text` says; relative paths are taken from `folder`.

    Raises `JobError` with the key's path for TOML that cannot be read, unknown keys, wrong
    types and values, and for a format of a later version.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise JobError(f"The job file cannot be read: {error}.", place=Place(file)) from error
    if isinstance(table.get("format"), int) and table["format"] > FORMAT:
        raise JobError(
            f"The job file has format {table['format']}; this program reads up to {FORMAT}.",
            place=Place(file),
            advice="Install a newer version of Loadline.",
        )
    try:
        job = msgspec.convert(table, Job)
    except msgspec.ValidationError as error:
        raise _wrong(str(error), file) from error
    _check(job, file)
    return absolute(job, folder)


_TYPE_WORDS = (
    ("int", "a whole number"),
    ("float", "a number"),
    ("str", "text"),
    ("bool", "true or false"),
    ("array", "a list"),
    ("object", "a table"),
    ("null", "nothing"),
)


def _wrong(message: str, file: str) -> JobError:
    match = re.fullmatch(r"(?s)(.*?)(?: - at `(?:key )?(.*)`)?", message)
    what, where = (match.group(1), match.group(2)) if match else (message, None)
    key = (where or "").removeprefix("$").removeprefix(".")
    for pattern, words in (
        ("unknown", "this key is not known"),
        ("missing required", "is missing"),
    ):
        field = re.search(rf"{pattern} field `(.*)`", what)
        if field:
            key = f"{key}.{field.group(1)}" if key else field.group(1)
            what = words
    for type_name, words in _TYPE_WORDS:
        what = what.replace(f"`{type_name}`", words)
    sentence = f"{key}: {what}." if key else f"{what}."
    return JobError(sentence, place=Place(file), cause=key, advice="Correct it and start again.")


def _check(job: Job, file: str) -> None:
    problem = ""
    if job.kind == "score" and job.score is None:
        problem = "score: a scoring job needs a [score] table"
    elif job.kind == "load" and job.score is not None:
        problem = 'score: only a job with kind = "score" has a [score] table'
    elif isinstance(job.source, MongoSource) and bool(job.source.connection) == bool(
        job.source.uri
    ):
        problem = "source.uri: give either uri or connection"
    elif job.output and _wrong_output(job.output):
        problem = _wrong_output(job.output)
    elif job.backend.type == "dask" and not job.backend.address:
        problem = "backend.address: a Dask cluster needs its scheduler's address"
    elif job.score and _references(job.score) != 1:
        problem = "score.reference: give one of reference, reference_file and reference_source"
    if problem:
        key = problem.partition(":")[0]
        raise JobError(f"{problem}.", place=Place(file), cause=key)


def _wrong_output(output: Output) -> str:
    """Return what is wrong with where the result goes, begun with the key; empty: nothing."""
    if not _is_encoding(output.csv.encoding):
        return f"output.csv.encoding: {output.csv.encoding} is not an encoding"
    if output.type == "file":
        named = ("connection", "uri", "database", "collection")
        wrong = next((name for name in named if getattr(output, name)), "")
        return f'output.{wrong}: only an output with type = "mongo" has one' if wrong else ""
    if output.path:
        return "output.path: a collection has none"
    if bool(output.connection) == bool(output.uri):
        return "output.uri: give either uri or connection"
    if output.uri and (parse_uri(output.uri)[1] or masked(output.uri) != output.uri):
        return "output.uri: no password may stand in a job file; save a connection instead"
    missing = next((n for n in ("database", "collection") if not getattr(output, n)), "")
    return f"output.{missing}: is missing" if missing else ""


def _references(score: Score) -> int:
    given = (score.reference is not None, score.reference_file, score.reference_source)
    return sum(bool(each) for each in given)


def _is_encoding(name: str) -> bool:
    try:
        "".encode(name)
    except LookupError:
        return False
    return True


def absolute(job: Job, folder: Path) -> Job:
    """Return `job` with every relative path taken from `folder`."""

    def full(path: str) -> str:
        return str(folder / Path(path).expanduser()) if path else path

    replace = msgspec.structs.replace
    if isinstance(job.source, CsvFolderSource | DatasetSource):
        job = replace(job, source=replace(job.source, path=full(job.source.path)))
    if job.score and job.score.reference_file:
        job = replace(job, score=replace(job.score, reference_file=full(job.score.reference_file)))
    if job.score and isinstance(job.score.reference_source, CsvFolderSource | DatasetSource):
        source = job.score.reference_source
        source = replace(source, path=full(source.path))
        job = replace(job, score=replace(job.score, reference_source=source))
    if job.output and job.output.path:
        job = replace(job, output=replace(job.output, path=full(job.output.path)))
    return job


def job_table(job: Job) -> dict[str, Any]:
    """Return the TOML table of `job`, without what is left at its default."""
    table: dict[str, Any] = msgspec.to_builtins(job, str_keys=True)
    return {"format": FORMAT, "kind": job.kind, **_without_none(table)}


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_none(v) for k, v in value.items() if v is not None and v != {}}
    if isinstance(value, list | tuple):
        return [_without_none(v) for v in value]
    return value
