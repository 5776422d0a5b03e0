"""Notifications of Linux desktops, by the interface org.freedesktop.Notifications (1.2).

Spoken with jeepney, which is there with the keyring: PySide6 can neither send the unsigned
number that *Notify* wants, nor listen to a signal. Each notice has a thread of its own that waits
for the click; it ends with the notice, at the latest after `PATIENCE` seconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from jeepney import DBusAddress, MatchRule, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields, Message
from PySide6.QtCore import QCoreApplication, QObject, Signal

from loadline.gui.models.end_notice import EndNotice

PATIENCE = 600.0
REPLY = 5.0
_AT = DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name="org.freedesktop.Notifications",
    interface="org.freedesktop.Notifications",
)
_ENDS = frozenset({"ActionInvoked", "NotificationClosed"})


class FreedesktopOutlet(QObject):
    """A notification with one action: to open the run."""

    _invoked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._invoked.connect(_call)

    def show(self, notice: EndNotice, clicked: Callable[[], object]) -> bool:
        """Show a notice where the session has a bus; whether somebody listens is not awaited."""
        try:
            bus = open_dbus_connection("SESSION")
        except (OSError, KeyError, RuntimeError):  # no bus, or no address of one
            return False
        work = threading.Thread(
            target=self._show, args=(bus, notice, clicked), name="notice", daemon=True
        )
        work.start()
        return True

    def _show(self, bus: DBusConnection, notice: EndNotice, clicked: Callable[[], object]) -> None:
        with bus:
            try:
                if _shown_and_clicked(bus, notice):
                    self._invoked.emit(clicked)
            except (OSError, TimeoutError, EOFError):
                return  # the desktop is going away, or nobody clicked


def _call(clicked: Callable[[], object]) -> None:
    clicked()


def _shown_and_clicked(bus: DBusConnection, notice: EndNotice) -> bool:
    """Show a notice, wait for its end, and return whether it was clicked."""
    rule = MatchRule(type="signal", interface=_AT.interface, path=_AT.object_path)
    bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=REPLY)
    asked = new_method_call(_AT, "Notify", "susssasa{sv}i", _arguments(notice))
    answer = bus.send_and_get_reply(asked, timeout=REPLY)
    if answer.header.message_type is not MessageType.method_return:
        return False
    number, until = answer.body[0], time.monotonic() + PATIENCE
    while True:
        told = bus.receive(timeout=max(0.0, until - time.monotonic()))
        if _member(told) in _ENDS and told.body[0] == number:
            return _member(told) == "ActionInvoked"


def _arguments(notice: EndNotice) -> tuple[object, ...]:
    text = notice.text.replace("&", "&amp;").replace("<", "&lt;")  # the body is markup
    hints = {"desktop-entry": ("s", "loadline"), "category": ("s", "transfer.complete")}
    actions = ["default", QCoreApplication.translate("EndNotice", "Open")]
    return ("Loadline", 0, "loadline", notice.title, text, actions, hints, -1)


def _member(message: Message) -> object:
    return message.header.fields.get(HeaderFields.member)
