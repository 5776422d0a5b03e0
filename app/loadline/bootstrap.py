"""The composition root: the only file that knows everyone."""

from __future__ import annotations

import argparse
import asyncio
import glob
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from loadline import cli
from loadline.domain.errors import JobError, LoadlineError
from loadline.domain.exit_codes import EXIT_USAGE
from loadline.domain.jobs import AnySource, CsvFolderSource, Job, MongoSource, Output, Score

if TYPE_CHECKING:
    from loadline.domain.browsing import Server
    from loadline.engine.backends.local_pool import LocalPool
    from loadline.engine.references import References
    from loadline.engine.run import Run
    from loadline.engine.session import Session
    from loadline.sources.source import Source
    from loadline.store.secrets import Secrets


def main(argv: Sequence[str]) -> int:
    """Run the command that `argv` names and return the exit code."""
    args = cli.parse(argv)
    if args.command == "run":
        return headless(args)
    from loadline.gui.application import Services, run_window

    return run_window(args, Services(local_pool, source_of, secrets, target_of))


def source_of(job: Job) -> Source:
    """Return what a job reads; raises `JobError` for what is not built in or cannot score."""
    if job.backend.type != "local":
        raise JobError(
            "This version runs on this machine only, not on a Dask cluster.",
            cause="backend.type",
            advice='Use type = "local", or leave the [backend] table out.',
        )
    source = _read_source(job.source)
    if job.score is None:
        return source
    from loadline.engine.scored import ScoredSource
    from loadline.scoring.references import only_reference

    reference = only_reference(job.score)
    if reference is not None:
        return ScoredSource(source, job.score, reference)
    from loadline.engine.many_scored import ManyScoredSource

    return ManyScoredSource(source, job.score, {}, _references(job.score))


def _references(score: Score) -> References:
    """Return where a job's many references are read from."""
    from loadline.engine.references import References
    from loadline.scoring.places import reference_fields
    from loadline.scoring.references import JSON_OR_PARQUET

    names = tuple(dict.fromkeys(n for c in score.compare for n in reference_fields(c)))
    if score.reference_source is not None:
        return References(source=_read_source(score.reference_source), fields=names)
    path = Path(score.reference_file)
    if path.suffix.lower() in JSON_OR_PARQUET:
        return References(file=str(path), fields=names)
    from loadline.sources.csv_folder import CsvFolder

    spec = CsvFolderSource(path=str(path.parent), pattern=(glob.escape(path.name),))
    return References(file=str(path), source=CsvFolder(spec), fields=names)


def _read_source(source: AnySource) -> Source:
    if isinstance(source, CsvFolderSource):
        from loadline.sources.csv_folder import CsvFolder

        return CsvFolder(source)
    if isinstance(source, MongoSource):
        from loadline.sources.mongo import MongoCollection

        return MongoCollection(source, target_of(source))
    from loadline.engine.earlier_run import open_earlier
    from loadline.sources.dataset import DatasetSlices

    return DatasetSlices(source.path, open_earlier)


def target_of(source: MongoSource | Output) -> Server:
    """Return the server that a job reads or writes to, with its password from the keyring.

    Without a window the keyring is asked here. The window has asked it before, in a thread, and
    `Secrets` remembers the answer.

    Raises `JobError` for a connection that is not saved, or an address that is not one.
    """
    from loadline.domain.browsing import Server
    from loadline.domain.connections import parse_uri, uri_of
    from loadline.store.connections import find_connection

    if source.uri:
        connection, password = parse_uri(source.uri)
        return Server(uri_of(connection), password)
    connection = find_connection(source.connection)
    password = (secrets().get(connection.name) or "") if connection.wants_password else ""
    return Server(uri_of(connection), password)


@cache
def secrets() -> Secrets:
    """Return where passwords are kept: one place for the whole program."""
    from loadline.store.secrets import open_secrets

    return open_secrets()


def local_pool(workers: int) -> LocalPool:
    """Return a pool of `workers` processes (0: one per core)."""
    from loadline.engine.backends.local_pool import LocalPool

    return LocalPool(workers or os.cpu_count() or 1, preload=("loadline.engine.worker_imports",))


def headless(args: argparse.Namespace) -> int:
    """Run a job file without a window."""
    from loadline.settings import load_settings
    from loadline.store.job_file import read_job

    try:
        job = read_job(args.job)
        runs_dir = args.runs_dir or load_settings().runs_dir
    except LoadlineError as error:
        cli.complain(error.failure)
        return EXIT_USAGE
    return asyncio.run(_headless(job, args, runs_dir))


async def _headless(job: Job, args: argparse.Namespace, runs_dir: Path) -> int:
    from loadline.engine.session import Session

    pool = local_pool(job.backend.workers)
    pool.prestart()
    try:
        async with Session(pool, runs_dir, source_of, server_of=target_of) as session:
            return await cli.run_headless(session, args, lambda s: _begin(s, job, args, runs_dir))
    finally:
        pool.close()


def _begin(session: Session, job: Job, args: argparse.Namespace, runs_dir: Path) -> Run:
    if not args.resume:
        return session.start(job)
    run = session.reopen(runs_dir / args.resume)
    for sentence in run.damage:
        cli.tell(sentence)
    run.check_again()
    return run
