"""A notice over a real session bus, to a stand-in for the desktop's notification service."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from loadline.gui.application.notifier import Notifier
from loadline.gui.models.end_notice import EndNotice

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

jeepney = pytest.importorskip("jeepney", reason="only Linux desktops have such a bus")
NAME = "org.freedesktop.Notifications"


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a session bus of its own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    command = [daemon, "--session", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(command, stdout=-1, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        process.terminate()


class Service:
    """Answers *Notify* and clicks on the notice at once."""

    def __init__(self) -> None:
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.told: list[Any] = []
        self._bus = open_dbus_connection("SESSION")
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self.thread = threading.Thread(target=self._serve, name="notification service")
        self.thread.start()

    def _serve(self) -> None:
        with self._bus:
            while not self.told:
                message = self._bus.receive(timeout=10.0)
                if message.header.message_type is jeepney.MessageType.method_call:
                    self.told.append(message.body)
                    self._bus.send(jeepney.new_method_return(message, "u", (7,)))
            self._say("ActionInvoked", "us", (6, "default"))  # of another program's notice
            self._say("ActionInvoked", "us", (7, "default"))

    def _say(self, signal: str, signature: str, body: tuple[object, ...]) -> None:
        place = jeepney.DBusAddress("/org/freedesktop/Notifications", NAME, NAME)
        self._bus.send(jeepney.new_signal(place, signal, signature, body))


def test_a_notice_is_shown_by_the_desktop_and_its_click_comes_back(bus: str, qtbot: QtBot) -> None:
    service, clicks = Service(), list[str]()
    notifier = Notifier()
    assert notifier.show(EndNotice("Polls: Done", "5 rows & <more>"), lambda: clicks.append("open"))
    qtbot.waitUntil(lambda: clicks == ["open"])
    service.thread.join(5.0)
    (body,) = service.told
    assert body[3:6] == ("Polls: Done", "5 rows &amp; &lt;more>", ["default", "Open"])


def test_without_a_bus_and_a_tray_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert not Notifier().show(EndNotice("Polls: Done", ""), print)
