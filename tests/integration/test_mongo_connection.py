"""*Test connection* tells what is wrong, in plain words and within 5 s."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from pymongo import common

from loadline.domain.browsing import TEST_SECONDS, Answer, Server
from loadline.domain.errors import JobError, LoadlineError, SourceRefused, SourceUnreachable
from loadline.sources import mongo_browse
from loadline.sources.mongo_browse import test_connection as answer_of
from tests.support.certificates import self_signed
from tests.support.mongo_scripted import HELLO, Behaviour, Refusal, ScriptedServer, scripted_server

HASTE = 0.6
pytestmark = pytest.mark.time_limit(20)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


@pytest.fixture(autouse=True)
def _drivers_that_end_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the driver's threads notice their end sooner, which each test waits for."""
    monkeypatch.setattr(common, "MIN_HEARTBEAT_INTERVAL", 0.02)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up sooner than a person would, so that the test does not take as long."""
    monkeypatch.setattr(mongo_browse, "TEST_SECONDS", HASTE)


def asked(uri: str, password: str = "") -> Answer:
    """Return what is answered at `uri`."""
    return answer_of(Server(uri, password), lambda rows, bytes_read: None)


def told(uri: str, password: str = "") -> tuple[type[LoadlineError], str]:
    """Return which error is told of a server, and its sentence; there must be an advice."""
    with pytest.raises(LoadlineError) as caught:
        asked(uri, password)
    assert caught.value.advice
    return type(caught.value), caught.value.sentence


def refusing(code: int, message: str) -> Behaviour:
    """Return a behaviour that answers with an error."""

    def refuse(command: dict[str, Any]) -> NoReturn:
        raise Refusal(code, message)

    return refuse


def test_all_steps_and_the_question_about_tls_fit_into_5_seconds() -> None:
    from loadline.sources.mongo_tls import ASKING_SECONDS

    assert mongo_browse.TEST_SECONDS + ASKING_SECONDS < TEST_SECONDS


def test_a_name_that_nobody_knows() -> None:
    assert told("mongodb://no-such-host.invalid") == (
        SourceUnreachable, "There is no server of this name.",
    )  # fmt: skip


def test_a_port_where_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert told(f"mongodb://127.0.0.1:{port}") == (
        SourceUnreachable, "The server refuses the connection: no database listens there.",
    )  # fmt: skip


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("options", ["", "/?tls=true"])
def test_a_server_that_takes_the_connection_and_never_answers(options: str) -> None:
    began = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        uri = f"mongodb://127.0.0.1:{listener.getsockname()[1]}{options}"
        assert told(uri) == (SourceUnreachable, "The database does not answer.")
    assert time.monotonic() - began < HASTE + 1.5


@pytest.mark.usefixtures("hasty")
def test_a_server_that_falls_silent_after_the_greeting(server: ScriptedServer) -> None:
    server.behaviours["listDatabases"] = lambda _command: {} if server.closing.wait(20) else None
    began = time.monotonic()
    assert told(server.uri) == (SourceUnreachable, "The database does not answer.")
    assert time.monotonic() - began < HASTE + 1.5


@pytest.mark.usefixtures("hasty")
def test_tls_is_wanted_and_not_given(tmp_path: Path) -> None:
    with scripted_server(context(self_signed(tmp_path))) as server:
        assert told(server.uri) == (
            SourceRefused, "The server takes encrypted connections (TLS) only.",
        )  # fmt: skip


def test_tls_is_given_and_not_wanted(server: ScriptedServer) -> None:
    assert told(server.uri + "/?tls=true") == (
        SourceUnreachable, "The server takes no encrypted connection (TLS).",
    )  # fmt: skip


def test_a_certificate_that_nobody_vouches_for_and_one_that_a_ca_file_does(tmp_path: Path) -> None:
    pem = self_signed(tmp_path)
    with scripted_server(context(pem)) as server:
        assert told(server.uri + "/?tls=true") == (
            SourceRefused, "The server's certificate is not trusted.",
        )  # fmt: skip
        assert asked(f"{server.uri}/?tls=true&tlsCAFile={pem}").encrypted


def test_a_certificate_that_was_made_for_another_name(tmp_path: Path) -> None:
    pem = self_signed(tmp_path, name="db.example")
    with scripted_server(context(pem)) as server:
        assert told(f"{server.uri}/?tls=true&tlsCAFile={pem}") == (
            SourceRefused, "The server's certificate was made for another name.",
        )  # fmt: skip


def test_a_certificate_that_is_no_longer_valid(tmp_path: Path) -> None:
    pem = self_signed(tmp_path, days=-1)
    with scripted_server(context(pem)) as server:
        assert told(f"{server.uri}/?tls=true&tlsCAFile={pem}") == (
            SourceRefused, "The server's certificate has expired.",
        )  # fmt: skip


def test_a_ca_file_that_is_not_there_or_holds_no_certificate(tmp_path: Path) -> None:
    junk = tmp_path / "junk.pem"
    junk.write_text("hello")
    address = "mongodb://127.0.0.1/?tls=true&tlsCAFile="
    assert told(f"{address}{tmp_path}/none.pem") == (
        JobError, "The file with the certificates cannot be read: No such file or directory.",
    )  # fmt: skip
    assert told(f"{address}{junk}") == (
        JobError, "A file with certificates is named that holds none.",
    )  # fmt: skip


def test_a_wrong_password(server: ScriptedServer) -> None:
    server.behaviours["saslStart"] = refusing(18, "Authentication failed.")
    assert told(server.uri.replace("//", "//ann@"), "wrong") == (
        SourceRefused, "The database does not accept this user name and password.",
    )  # fmt: skip


def test_nobody_signed_in_where_somebody_must_be(server: ScriptedServer) -> None:
    server.behaviours["listDatabases"] = refusing(13, "command listDatabases requires a login")
    assert told(server.uri) == (SourceRefused, "This user may not read here.")


@pytest.mark.parametrize("lowest_and_highest", [(0, 8), (90, 99)])
def test_a_server_that_is_too_old_or_too_new(
    server: ScriptedServer, lowest_and_highest: tuple[int, int]
) -> None:
    lowest, highest = lowest_and_highest
    hello = {**HELLO, "minWireVersion": lowest, "maxWireVersion": highest}
    server.behaviours |= dict.fromkeys(("hello", "ismaster"), lambda _command: hello)
    assert told(server.uri) == (SourceRefused, "This server is too old or too new for Loadline.")


def test_a_server_that_knows_the_greeting_by_its_old_name_only(server: ScriptedServer) -> None:
    old = {name: value for name, value in HELLO.items() if name != "helloOk"}
    server.behaviours["hello"] = refusing(59, "no such command: 'hello'")
    server.behaviours |= dict.fromkeys(("ismaster", "isMaster"), lambda _command: old)
    assert asked(server.uri).version == "0.0 scripted"


def context(pem: Path) -> ssl.SSLContext:
    """Return what a server encrypts by."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(pem)
    return made
