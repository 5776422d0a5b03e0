"""Passwords at the start of a run: never asked for on the window's thread, asked for once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loadline.domain.connections import Connection
from loadline.domain.jobs import (
    Comparison,
    CsvFolderSource,
    Job,
    MongoSource,
    Output,
    Score,
)
from loadline.gui.frame.password_question import PasswordQuestion
from loadline.store.connections import connections_file, save_connections
from loadline.store.secrets import KeyringSecrets, Secrets, SessionSecrets
from tests.support.programs import program, until

pytestmark = [pytest.mark.time_limit(30), pytest.mark.usefixtures("qapp")]
SHOP = Connection(name="Shop", hosts=("127.0.0.1:1",), user="ann")
JOB = Job(
    name="Orders",
    source=MongoSource(connection="Shop", database="shop", collection="orders"),
)


class NotedKeyring(KeyringBackend):
    """A keyring that notes on which threads it is asked."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[str, str] = {}
        self.threads: list[threading.Thread] = []

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept."""
        self.threads.append(threading.current_thread())
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.threads.append(threading.current_thread())
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Remove it."""
        self.threads.append(threading.current_thread())
        del self.kept[username]


@pytest.fixture
def noted() -> Iterator[NotedKeyring]:
    before = keyring.get_keyring()
    made = NotedKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def shop() -> Iterator[None]:
    save_connections([SHOP])
    yield
    connections_file().unlink(missing_ok=True)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Secrets:
    """Keep passwords for this test only, where the program looks for them."""
    secrets = SessionSecrets()
    monkeypatch.setattr("loadline.bootstrap.secrets", lambda: secrets)
    return secrets


async def test_a_start_asks_the_keyring_but_never_on_the_thread_of_the_window(
    tmp_path: Path, noted: NotedKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted.kept["Shop"] = "s3cret"
    secrets = KeyringSecrets()
    monkeypatch.setattr("loadline.bootstrap.secrets", lambda: secrets)
    async with program(tmp_path, lambda: secrets) as desktop:
        desktop.new_job.show_job(JOB)
        desktop.start_when_ready(JOB)
        await until(lambda: desktop.run_page.run is not None)

        assert noted.threads
        assert threading.main_thread() not in noted.threads


async def test_without_a_keyring_the_password_is_asked_for_once_and_written_nowhere(
    tmp_path: Path, kept: Secrets, own_home: Path
) -> None:
    async with program(tmp_path, lambda: kept) as desktop:
        desktop.start_when_ready(JOB)
        await until(lambda: desktop.window.findChild(PasswordQuestion) is not None)
        question = desktop.window.findChild(PasswordQuestion)
        assert isinstance(question, PasswordQuestion)
        assert "written nowhere" in question.accessibleDescription()
        assert not question.agree.isEnabled()
        QTest.keyClicks(question.password, "s3cret")
        QTest.keyClick(question.password, Qt.Key.Key_Return)
        await until(lambda: desktop.run_page.run is not None)
        first = desktop.run_page.run

        desktop.start_when_ready(JOB)
        await until(lambda: desktop.run_page.run is not first)
        assert kept.get("Shop") == "s3cret"
    written = [file for top in (tmp_path, own_home) for file in top.rglob("*") if file.is_file()]
    assert written
    assert not [file for file in written if b"s3cret" in file.read_bytes()]


def both(references: MongoSource | None, output: Output | None) -> Job:
    """Return a job that reads no collection itself."""
    folder = CsvFolderSource(path="/nowhere")
    if references is None:
        return Job(name="Orders", source=folder, output=output)
    score = Score(compare=(Comparison(field="who", measure="exact"),), reference_source=references)
    return Job(name="Orders", kind="score", source=folder, score=score)


@pytest.mark.parametrize(
    "job",
    [
        both(MongoSource(connection="Shop", database="shop", collection="leads"), None),
        both(None, Output(type="mongo", connection="Shop", database="shop", collection="x")),
    ],
    ids=["references", "output"],
)
async def test_the_passwords_of_references_and_output_are_asked_for_too(
    tmp_path: Path, kept: Secrets, job: Job
) -> None:
    async with program(tmp_path, lambda: kept) as desktop:
        desktop.start_when_ready(job)
        assert desktop.run_page.run is None
        await until(lambda: desktop.window.findChild(PasswordQuestion) is not None)
        question = desktop.window.findChild(PasswordQuestion)
        assert isinstance(question, PasswordQuestion)
        QTest.keyClicks(question.password, "s3cret")
        QTest.keyClick(question.password, Qt.Key.Key_Return)
        await until(lambda: desktop.run_page.run is not None)
        assert kept.get("Shop") == "s3cret"


async def test_a_password_that_is_not_told_starts_nothing_and_a_look_does_not_ask_again(
    tmp_path: Path, kept: Secrets
) -> None:
    async with program(tmp_path, lambda: kept) as desktop:
        desktop.new_job.show_job(JOB)
        await until(lambda: desktop.window.findChild(PasswordQuestion) is not None)
        question = desktop.window.findChild(PasswordQuestion)
        assert isinstance(question, PasswordQuestion)
        QTest.keyClick(question, Qt.Key.Key_Escape)
        await until(lambda: desktop.new_job.settled)
        assert desktop.new_job.message.text().startswith("The password of Shop is not known.")
        await until(lambda: desktop.window.findChild(PasswordQuestion) is None)

        desktop.new_job.refresh()
        await until(lambda: desktop.new_job.settled)
        assert desktop.window.findChild(PasswordQuestion) is None
        assert desktop.run_page.run is None


async def test_closing_the_program_takes_an_open_question_along(
    tmp_path: Path, kept: Secrets
) -> None:
    async with program(tmp_path, lambda: kept) as desktop:
        desktop.start_when_ready(JOB)
        await until(lambda: desktop.window.findChild(PasswordQuestion) is not None)
        desktop.quit()
        await asyncio.wait_for(until(lambda: not desktop.window.isVisible()), 10)
    assert kept.get("Shop") is None
