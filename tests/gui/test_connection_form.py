"""The form of a connection and its address say the same, whichever is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from loadline.domain.connections import Connection, uri_of
from loadline.gui.connections_page.connection_form import ConnectionForm
from loadline.gui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit
    from pytestqt.qtbot import QtBot

WHOLE = Connection(
    name="Shop", hosts=("db1.example:27018", "[::1]:27019"), user="CN=ann", tls=True,
    mechanism="MONGODB-X509", auth_database="$external", ca_file="/etc/ca.pem",
    certificate_file="/etc/ann.pem", replica_set="rs0", read_preference="secondaryPreferred",
)  # fmt: skip


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> ConnectionForm:
    made = ConnectionForm(theme)
    qtbot.addWidget(made)
    made.more_button.setChecked(True)
    made.resize(800, 400)
    made.show()
    made.show_connection(Connection(name="Shop"))
    return made


def typed(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def test_the_fields_make_the_whole_address(form: ConnectionForm) -> None:
    typed(form.address, "mongodb://db1.example:27018,[::1]:27019")
    form.mechanism.setCurrentIndex(form.mechanism.findData("MONGODB-X509"))
    form.mechanism.activated.emit(form.mechanism.currentIndex())
    typed(form.user, "CN=ann")
    QTest.keyClick(form.tls, Qt.Key.Key_Space)
    typed(form.more.ca_file, "/etc/ca.pem")
    typed(form.more.certificate, "/etc/ann.pem")
    typed(form.more.auth_database, "$external")
    typed(form.more.replica_set, "rs0")
    form.more.preference.setCurrentIndex(form.more.preference.findData("secondaryPreferred"))
    form.more.preference.activated.emit(form.more.preference.currentIndex())
    assert form.connection() == WHOLE
    assert form.more.uri.text() == uri_of(WHOLE)
    assert not form.password.isEnabled()


def test_the_whole_address_fills_the_fields(form: ConnectionForm) -> None:
    typed(form.more.uri, uri_of(WHOLE))
    assert form.connection() == WHOLE
    assert form.address.text() == "mongodb://db1.example:27018,[::1]:27019"
    assert form.more.replica_set.text() == "rs0"
    assert form.mechanism.currentData() == "MONGODB-X509"


def test_a_password_in_the_whole_address_goes_to_its_own_field(form: ConnectionForm) -> None:
    edit = form.more.uri
    edit.setFocus()
    edit.selectAll()
    edit.insert("mongodb://ann:s3cret@db.example/")
    edit.textEdited.emit(edit.text())
    assert form.password.text() == "s3cret"
    assert "s3cret" not in edit.text()
    assert edit.text() == "mongodb://ann@db.example/"


def test_an_address_that_is_none_is_told_until_it_is_mended(form: ConnectionForm) -> None:
    typed(form.more.uri, "mongodb://db.example:99999/")
    assert form.wrong.text() == "99999 is not a port: it is a number up to 65535."
    assert form.more.uri.property("wrong") is True
    typed(form.more.uri, "mongodb://db.example:9999/")
    assert form.error == ""
    assert form.connection().hosts == ("db.example:9999",)


def test_the_note_beside_a_password_gives_way_to_its_dots(form: ConnectionForm) -> None:
    form.resize(800, 400)
    form.show_connection(Connection(name="Shop", user="ann"))
    form.set_kept(None, lasting=False)
    note = next(one for one in form.password.findChildren(QLabel) if one.text())
    assert note.isVisible()
    typed(form.password, "s3cret word")
    assert not note.isVisible()
    typed(form.password, "s")
    assert note.isVisible()
    form.resize(2400, 400)
    QApplication.processEvents()
    typed(form.password, "s3cret word")
    assert note.isVisible()
