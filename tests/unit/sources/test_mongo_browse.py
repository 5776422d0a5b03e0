"""What is seen of a server before a job, answered by a scripted one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from pymongo import common

from loadline.domain.browsing import CollectionSeen, DatabaseSeen, Matching, Server, Wanted
from loadline.domain.errors import JobError, SourceRefused
from loadline.sources.mongo_browse import count_matching, databases, first_documents
from loadline.sources.mongo_target import close_clients
from tests.support.mongo_scripted import Refusal, ScriptedServer, scripted_server

pytestmark = pytest.mark.time_limit(20)
PEOPLE = [{"_id": n, "name": f"Ann {n}", "home": {"city": "Ulm"}} for n in range(150)]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    monkeypatch.setattr(common, "MIN_HEARTBEAT_INTERVAL", 0.02)
    with scripted_server() as running:
        running.put("shop.people", PEOPLE)
        running.put("shop.open", [])
        running.put("shop.system.views", [])
        running.put("local.log", [])
        running.kinds["open"] = "view"
        yield running
        close_clients()


def refuse(command: dict[str, Any]) -> NoReturn:
    raise Refusal(13, "not authorized")


def heard(rows: int, bytes_read: int) -> None:
    """Nobody waits."""


def wanted(server: ScriptedServer, **more: Any) -> Wanted:
    return Wanted(Server(server.uri), "shop", "people", **more)


def test_databases_and_collections_stand_without_those_of_the_server(
    server: ScriptedServer,
) -> None:
    (shop,) = databases(Server(server.uri), heard)
    assert shop.name == "shop"
    view, people = shop.collections
    assert view == CollectionSeen("open", "view")
    assert (people.name, people.kind, people.count) == ("people", "collection", 150)
    assert people.size


def test_a_user_who_may_not_list_databases_sees_the_one_in_the_address(
    server: ScriptedServer,
) -> None:
    server.behaviours |= {"listDatabases": refuse, "listCollections": refuse}
    assert databases(Server(f"{server.uri}/shop"), heard) == (DatabaseSeen("shop"),)
    with pytest.raises(SourceRefused, match="may not read here"):
        databases(Server(server.uri), heard)


def test_collections_are_seen_although_their_sizes_may_not_be(server: ScriptedServer) -> None:
    server.behaviours["collStats"] = refuse
    (shop,) = databases(Server(server.uri), heard)
    assert shop.collections[1] == CollectionSeen("people")


def test_the_first_hundred_documents_are_a_table_and_trees(server: ScriptedServer) -> None:
    seen = first_documents(wanted(server), heard)
    assert [field.path for field in seen.fields] == ["_id", "name", "home.city"]
    assert seen.rows[1] == ("1", "Ann 1", "Ulm")
    assert len(seen.rows) == len(seen.trees) == 100
    assert [node.name for node in seen.trees[0]] == ["_id", "name", "home"]


def test_only_the_fields_that_are_asked_for_come(server: ScriptedServer) -> None:
    seen = first_documents(wanted(server, projection=("name",)), heard)
    assert [field.path for field in seen.fields] == ["_id", "name"]


def test_what_matches_is_counted_of_all(server: ScriptedServer) -> None:
    found = count_matching(wanted(server, filter='{"_id": {"$lt": 40}}'), heard)
    assert found == Matching(40, 150, exact=True)


def test_a_filter_with_a_mistake_asks_the_server_nothing(server: ScriptedServer) -> None:
    with pytest.raises(JobError, match="character 2"):
        count_matching(wanted(server, filter="{x"), heard)
    assert server.heard == []
