"""Which collection a job's result goes into, and whether it may."""

from __future__ import annotations

from loadline.domain.browsing import Server
from loadline.domain.connections import parse_uri
from loadline.domain.errors import JobError, OutputRefused, Place
from loadline.domain.jobs import AnySource, Job, MongoSource, Output
from loadline.engine.output import collection_output
from loadline.engine.services import ServerOf

_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})


def check_collection(job: Job, server_of: ServerOf | None) -> None:
    """Raise `JobError` or `OutputRefused` for a collection that the result cannot go into.

    The keyring may be asked for its password.
    """
    output = collection_output(job)
    if output is None:
        return
    server = server_named(output, server_of)
    read = [job.source, *([job.score.reference_source] if job.score else [])]
    if any(_is_source(output, server, source, server_of) for source in read):
        raise OutputRefused(
            "The result would replace the records that are read.",
            place=Place(f"{output.database}.{output.collection}"),
            advice="Choose another collection.",
        )


def _is_source(
    output: Output, server: Server, source: AnySource | None, server_of: ServerOf | None
) -> bool:
    if not isinstance(source, MongoSource):
        return False
    if (source.database, source.collection) != (output.database, output.collection):
        return False
    return bool(_hosts(server) & _hosts(server_named(source, server_of)))


def _hosts(server: Server) -> frozenset[str]:
    """Return the servers of an address, each with its port, this machine by one name."""
    found = set()
    for host in parse_uri(server.uri)[0].hosts:
        name, colon, port = host.lower().rpartition(":")
        if not colon or port.endswith("]"):
            name, port = host.lower(), "27017"
        found.add(f"{'localhost' if name in _HERE else name}:{port}")
    return frozenset(found)


def server_named(named: Output | MongoSource, server_of: ServerOf | None) -> Server:
    """Return the server of a collection; raises `JobError`. The keyring may be asked."""
    if server_of is None:
        raise JobError("Results cannot be written to a collection here.", cause="output.type")
    return server_of(named)
