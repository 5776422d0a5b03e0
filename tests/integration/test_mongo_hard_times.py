"""Loads from servers that refuse, break off, forget, or change what they hold meanwhile."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import bson
import pytest
from pymongo import MongoClient, common

from loadline.domain.jobs import MongoSource
from loadline.domain.policy import Policy
from loadline.domain.receipt import RunState
from loadline.engine.backends.local_pool import LocalPool
from loadline.sources import mongo_target
from tests.support.mongo_runs import Loaded, load
from tests.support.mongo_scripted import (
    Behaviour,
    HangUp,
    Refusal,
    Reply,
    ScriptedServer,
    scripted_server,
)
from tests.support.mongo_server import running_server

COUNT, CHUNK = 1_000, 100
KEYS = [f"k{n:04}" for n in range(COUNT)]
DOCUMENTS = [{"_id": key, "n": n} for n, key in enumerate(KEYS)]
LARGE = [{**doc, "text": "x" * 9_000} for doc in DOCUMENTS]
"""So large that one question after another is needed for a piece."""
LATE = 18
"""A question for documents that comes when some pieces are read and some are not."""
pytestmark = pytest.mark.time_limit(30)


@pytest.fixture(autouse=True)
def _drivers_that_end_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the driver's threads notice their end sooner, which each test waits for."""
    monkeypatch.setattr(common, "MIN_HEARTBEAT_INTERVAL", 0.02)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        running.put("d.c", DOCUMENTS)
        yield running


def wanted(uri: str, *, chunk: int = CHUNK, query: str = "{}") -> MongoSource:
    """Return the source that all tests load."""
    return MongoSource(uri=uri, database="d", collection="c", chunk=chunk, filter=query)


def outcome(loaded: Loaded) -> tuple[RunState, bool, int]:
    """Return how a run ended, whether it is balanced, and its rows."""
    return loaded.receipt.state, loaded.receipt.balanced, loaded.receipt.rows


def refusing(code: int, message: str = "as the test wants") -> Behaviour:
    """Return a behaviour that answers with an error."""

    def refuse(command: dict[str, Any]) -> NoReturn:
        raise Refusal(code, message)

    return refuse


def hanging_up(command: dict[str, Any]) -> NoReturn:
    """End the connection when some of the answer has been sent."""
    raise HangUp(b"\x10\x20\0\0abc")


def at(times: tuple[int, ...], behaviour: Callable[[dict[str, Any]], Reply | None]) -> Behaviour:
    """Return what shows `behaviour` at these times of being asked, from 1, and else the usual."""
    numbers = count(1)
    return lambda command: behaviour(command) if next(numbers) in times else None


@pytest.mark.parametrize("command", ["count", "find"])
def test_a_user_who_may_not_read_the_collection(
    server: ScriptedServer, command: str, tmp_path: Path
) -> None:
    server.behaviours[command] = refusing(13, "not authorized on d to execute command")
    loaded = load(wanted(server.uri), tmp_path)
    assert outcome(loaded) == (RunState.FAILED, False, 0)
    assert loaded.said.startswith("This user may not read here.")
    assert len(server.asked(command)) == 1  # asking again does not help


def test_a_filter_that_the_server_does_not_understand(
    server: ScriptedServer, tmp_path: Path
) -> None:
    server.behaviours["count"] = refusing(2, "unknown operator: $near2")
    loaded = load(wanted(server.uri, query='{"n": {"$near2": 1}}'), tmp_path)
    assert outcome(loaded) == (RunState.FAILED, False, 0)
    assert loaded.said.startswith("The database cannot do this: unknown operator: $near2.")


def test_an_empty_collection(server: ScriptedServer, tmp_path: Path) -> None:
    server.put("d.c", [])
    assert outcome(load(wanted(server.uri), tmp_path)) == (RunState.DONE, True, 0)


@pytest.mark.parametrize("kind", ["view", "timeseries"])
def test_views_and_time_series_are_read_as_they_come(
    server: ScriptedServer, kind: str, tmp_path: Path
) -> None:
    server.kinds["c"] = kind
    server.put("d.c", LARGE)
    server.behaviours["getMore"] = at((1,), hanging_up)  # cannot go on there: begins again
    loaded = load(wanted(server.uri), tmp_path)
    assert outcome(loaded) == (RunState.DONE, True, COUNT)
    assert loaded.values() == KEYS
    assert all("sort" not in asked for asked in server.asked("find"))


@pytest.mark.parametrize(
    "breaks",
    [
        hanging_up,
        refusing(43, "cursor id 7 not found"),
        refusing(10107, "not primary"),
        refusing(91, "the server is in quiesce mode and will shut down"),
    ],
    ids=["line broken", "cursor not found", "not primary", "shutdown in progress"],
)
def test_what_breaks_off_in_a_piece_goes_on_at_the_last_document(
    server: ScriptedServer, breaks: Behaviour, tmp_path: Path
) -> None:
    server.put("d.c", LARGE)
    server.behaviours["getMore"] = at((1, 2), breaks)
    loaded = load(wanted(server.uri, chunk=COUNT), tmp_path)
    assert outcome(loaded) == (RunState.DONE, True, COUNT)
    assert loaded.values() == KEYS
    assert loaded.receipt.lines[0].attempts == 1
    gone_on = [asked["skip"] for asked in server.asked("find") if asked.get("skip")]
    assert len(gone_on) == 2
    assert gone_on[0] > 400 < gone_on[1] - gone_on[0]  # each time by what had come until then


def test_a_collection_that_is_removed_while_it_is_loaded(
    server: ScriptedServer, tmp_path: Path
) -> None:
    server.behaviours["find"] = at((LATE,), lambda _command: server.remove("d.c"))
    loaded = load(wanted(server.uri), tmp_path)
    assert (loaded.receipt.state, loaded.receipt.balanced) == (RunState.PROBLEMS, False)
    assert "The collection was removed while it was loaded." in loaded.said


def test_a_collection_of_a_real_server_that_is_removed_while_it_is_loaded(tmp_path: Path) -> None:
    with running_server(tmp_path / "server") as real, MongoClient[Any](real.uri) as client:
        client["d"]["c"].insert_many(LARGE)
        with LocalPool(1) as pool:
            handed = pool.submit
            numbers = count(1)

            def submit(*args: Any, **more: Any) -> Any:
                if next(numbers) == 6:
                    client["d"]["c"].drop()
                return handed(*args, **more)

            pool.submit = submit  # type: ignore[method-assign]
            loaded = load(wanted(real.uri), tmp_path / "runs", Policy(concurrency=1), pool)
    assert (loaded.receipt.state, loaded.receipt.balanced) == (RunState.PROBLEMS, False)
    assert 0 < loaded.receipt.rows < COUNT
    assert "The collection was removed while it was loaded." in loaded.said


@pytest.mark.parametrize(
    ("more", "read"),
    [({"_id": "k9999"}, COUNT + 1), ({"_id": "a"}, COUNT)],
    ids=["behind what is read", "before what is read"],
)
def test_a_collection_that_grows_while_it_is_loaded(
    server: ScriptedServer, more: dict[str, Any], read: int, tmp_path: Path
) -> None:
    grown = sorted([*DOCUMENTS, more], key=lambda doc: str(doc["_id"]))
    server.behaviours["find"] = at((LATE,), lambda _command: server.put("d.c", grown))
    loaded = load(wanted(server.uri), tmp_path)
    assert outcome(loaded) == (RunState.DONE, True, read)
    assert len(set(loaded.values())) == read
    assert (
        f"The collection changed while it was loaded: 1,000 documents before, {read:,} read, "
        "1,001 after."
    ) in loaded.said


def test_a_document_that_is_no_utf_8(server: ScriptedServer, tmp_path: Path) -> None:
    odd = bson.encode({"_id": KEYS[500], "text": "caf?"}).replace(b"?", b"\xe9")
    raw = [bson.encode(doc) for doc in DOCUMENTS]
    server.put("d.c", DOCUMENTS)
    server.replace("d.c", [*raw[:500], odd, *raw[501:]])
    loaded = load(wanted(server.uri), tmp_path)
    assert outcome(loaded) == (RunState.DONE, True, COUNT)
    assert loaded.receipt.problems == 1
    assert loaded.values("text")[500] == "caf\\xe9"


def test_a_server_that_goes_through_everything_for_a_range_is_asked_by_lists(
    server: ScriptedServer, tmp_path: Path
) -> None:
    def slow(command: dict[str, Any]) -> None:
        if command.get("skip") or {"$gte", "$lt"} & set(command["filter"].get("_id", ())):
            server.closing.wait(0.12)

    server.behaviours["find"] = slow
    loaded = load(wanted(server.uri), tmp_path)
    assert outcome(loaded) == (RunState.DONE, True, COUNT)
    assert loaded.values() == KEYS
    read = [asked["filter"]["_id"] for asked in server.asked("find") if asked["filter"].get("_id")]
    assert sum("$in" in one for one in read) == len(loaded.receipt.lines) == COUNT // CHUNK
    assert sum("$gte" in one for one in read) <= 2  # while it was measured


def test_a_server_that_takes_the_connection_and_never_answers_a_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mongo_target, "SELECT_SECONDS", 0.1)
    monkeypatch.setattr(mongo_target, "CONNECT_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        uri = f"mongodb://127.0.0.1:{silent.getsockname()[1]}"
        loaded = load(wanted(uri), tmp_path, Policy(retries=0))
    assert outcome(loaded) == (RunState.FAILED, False, 0)
    assert loaded.said.startswith("The database does not answer.")


def test_a_server_that_answers_no_question_for_documents_is_given_up_by_the_deadline(
    server: ScriptedServer, tmp_path: Path
) -> None:
    def silent(command: dict[str, Any]) -> Reply | None:
        if "projection" in command:
            return None  # a question of the plan
        return {} if server.closing.wait(20) else None

    server.behaviours["find"] = silent
    policy = Policy(retries=0, deadline=0.5)
    with LocalPool(1, preload=("loadline.engine.worker_imports",)) as pool:
        loaded = load(wanted(server.uri, chunk=COUNT // 2), tmp_path, policy, pool)
    assert (loaded.receipt.rows, loaded.receipt.balanced) == (0, False)
    assert [str(line.error) for line in loaded.receipt.lines] == [
        "No progress for 0.5 seconds."
    ] * 2


def test_a_server_that_is_slow_to_greet_whoever_connects_is_loaded_all_the_same(
    server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mongo_target, "SELECT_SECONDS", 0.1)
    slow: Behaviour = lambda _command: {} if server.closing.wait(0.3) else None  # noqa: E731
    server.behaviours |= {"hello": slow, "ismaster": slow}
    loaded = load(wanted(server.uri), tmp_path, Policy(retries=0))
    assert outcome(loaded) == (RunState.DONE, True, COUNT)
