"""Connections that break in the middle of an answer, or fall silent: nothing doubled or lost."""

from __future__ import annotations

import time
from collections.abc import Iterator

import bson
import pytest
from pymongo.uri_parser import parse_uri

from loadline.domain.browsing import Server
from loadline.domain.errors import SourceUnreachable
from loadline.sources import mongo_target
from loadline.sources.mongo_piece import Piece
from loadline.sources.mongo_stream import Stream
from loadline.sources.mongo_target import close_clients, collection_of, reach
from tests.support.mongo_proxy import Proxy, proxy_to
from tests.support.mongo_server import fill, server_address

pytestmark = pytest.mark.time_limit(60)
COUNT, FROM, TO = 3_000, 100, 2_900
SIZE = 4_000
IDS = [f"k{n:05}" for n in range(COUNT)]
PIECES = {
    "all": (Piece("all", each=SIZE), IDS),
    "range": (Piece("range", (IDS[FROM],), (IDS[TO],), each=SIZE), IDS[FROM:TO]),
    "window": (
        Piece("window", (IDS[FROM],), (IDS[TO],), offset=FROM, count=TO - FROM, each=SIZE),
        IDS[FROM:TO],
    ),
    "ids": (Piece("ids", ids=tuple(IDS[FROM:TO]), each=SIZE), IDS[FROM:TO]),
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of a server that holds some megabytes."""
    with server_address(tmp_path_factory.mktemp("mongo")) as uri:
        fill(uri, "loadline_test", "broken", [{"_id": one, "t": "x" * SIZE} for one in IDS])
        yield int(parse_uri(uri)["nodelist"][0][1] or 27017)


@pytest.fixture
def proxy(port: int) -> Iterator[Proxy]:
    """Return a line to the server that can break."""
    with proxy_to(port) as running:
        yield running
        close_clients()


def stream(proxy: Proxy, piece: Piece) -> Stream:
    """Return a stream of a piece over the line."""
    server = Server(proxy.uri)
    docs = collection_of(server, "loadline_test", "broken")
    return Stream(docs, piece, {}, None, lambda: reach(server))


@pytest.mark.parametrize("way", list(PIECES))
def test_reading_goes_on_at_the_last_document_when_a_line_breaks_in_an_answer(
    proxy: Proxy, way: str
) -> None:
    piece, wanted = PIECES[way]
    proxy.cuts = [1_000_000, 5_000_000, 3_000_000]
    reading = stream(proxy, piece)
    found = [doc["_id"] for batch in reading for doc in bson.decode_all(batch)]
    assert found == wanted
    assert (proxy.broken, proxy.cuts) == (3, [])
    assert reading.resumed


def test_a_line_that_breaks_whenever_it_is_used_is_told_and_not_tried_for_ever(
    proxy: Proxy,
) -> None:
    proxy.cuts = [200_000] * 50
    with pytest.raises(SourceUnreachable) as told:
        list(stream(proxy, PIECES["all"][0]))
    assert told.value.sentence == "The connection to the database broke off."
    assert proxy.broken < 10


def test_a_server_that_falls_silent_in_an_answer_is_told_in_the_end(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mongo_target, "SELECT_SECONDS", 1.0)
    monkeypatch.setattr(mongo_target, "BEAT_SECONDS", 0.5)
    proxy.stall_after = 5_000_000
    began = time.monotonic()
    with pytest.raises(SourceUnreachable) as told:
        list(stream(proxy, PIECES["all"][0]))
    assert told.value.sentence == "The database does not answer."
    assert time.monotonic() - began < 10
