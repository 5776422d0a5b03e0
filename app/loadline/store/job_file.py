"""Job files: read with every mistake named, written whole and without a secret."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import tomli_w

from loadline.domain.errors import JobError, Place
from loadline.domain.jobs import AnySource, Job, MongoSource, job_table, parse_job
from loadline.store.writing import write_whole

_SECRET_OPTIONS = re.compile(
    r"(?i)([?&;,]|%2C)(tlsCertificateKeyFilePassword=|AWS_SESSION_TOKEN(?::|%3A))[^&;,]*"
)
_PASSWORD = re.compile(r"^([a-z+]+://[^/?#@:]*):(?!\d+[,/?]).*@", re.DOTALL)
"""A password, even one with signs that ought to be escaped; a port number is none."""


def read_job(path: Path) -> Job:
    """Return the job that the file at `path` says; relative paths are taken from its folder.

    Raises `JobError` with the file, and the key's path where one is at fault.
    """
    place = Place(str(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise JobError("There is no such job file.", place=place) from error
    except IsADirectoryError as error:
        raise JobError("This is a folder, not a job file.", place=place) from error
    except UnicodeDecodeError as error:
        raise JobError(
            "This is not a job file: it is not UTF-8 text.", place=place, cause=str(error)
        ) from error
    except OSError as error:
        raise JobError(
            f"The job file cannot be read: {error.strerror or error}.", place=place
        ) from error
    return parse_job(text, path.absolute().parent, str(path))


def write_job(path: Path, job: Job) -> None:
    """Write `job` to `path` as TOML, whole or not at all; raises `OutputError`."""
    write_whole(path, job_text(job).encode())


def job_text(job: Job) -> str:
    """Return `job` as TOML; a password in an address is left out."""
    return tomli_w.dumps(job_table(_without_secrets(job)), multiline_strings=False)


def _without_secrets(job: Job) -> Job:
    replace = msgspec.structs.replace
    job = replace(job, source=_bare(job.source))
    if job.score is not None and job.score.reference_source is not None:
        bare = _bare(job.score.reference_source)
        job = replace(job, score=replace(job.score, reference_source=bare))
    if job.output is not None and job.output.uri:
        job = replace(job, output=replace(job.output, uri=_bare_uri(job.output.uri)))
    return job


def _bare(source: AnySource) -> AnySource:
    if not isinstance(source, MongoSource) or not source.uri:
        return source
    return msgspec.structs.replace(source, uri=_bare_uri(source.uri))


def _bare_uri(uri: str) -> str:
    return _SECRET_OPTIONS.sub(r"\1", _PASSWORD.sub(r"\1@", uri))
