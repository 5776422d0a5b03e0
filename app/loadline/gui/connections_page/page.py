"""The Connections page: a list, the form of one connection, and what is on its server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.browsing import Server
from loadline.domain.connections import Connection, uri_of
from loadline.domain.errors import Failure, JobError, LoadlineError
from loadline.domain.jobs import MongoSource
from loadline.gui.connections_page.book import ConnectionBook, Outcome, Seen
from loadline.gui.connections_page.browse_area import BrowseArea
from loadline.gui.connections_page.connection_form import ConnectionForm
from loadline.gui.connections_page.connection_list import ConnectionList, ConnectionModel
from loadline.gui.connections_page.layout import header, side_pane
from loadline.gui.connections_page.services import ConnectionsServices
from loadline.gui.connections_page.welcome import NoConnections
from loadline.gui.connections_page.words import connected, failed
from loadline.gui.frame.question import Question
from loadline.gui.frame.status import StatusItem
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.theme import Theme
from loadline.gui.widgets import Notice, Rule
from loadline.sources.sample_collection import CALLS, DATABASE

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent


@dataclass(frozen=True, slots=True)
class _Kept:
    """Whether the shown connection's password is kept, and whether passwords last."""

    kept: bool
    lasting: bool


class ConnectionsPage(QWidget):
    """`answered` whenever a question that the page asked has been answered."""

    answered = Signal()

    def __init__(self, theme: Theme, services: ConnectionsServices) -> None:
        super().__init__()
        self.setObjectName("connectionsPage")
        self.setAccessibleName(self.tr("Connections"))
        self._theme = theme
        self._services = services
        self._row = -1
        self._asked = ""
        self._lasting: bool | None = None
        self._handing: Callable[[], None] | None = None
        self.book = ConnectionBook()
        self._looks = Latest[Seen](self._reached, self._not_reached)
        self._passwords = Latest[_Kept](self._told_kept, self._say)
        self._saves = Latest[bool](self._password_kept, self._say)
        self._samples = Latest[Connection](self._sample_there, self._no_sample)
        self._shown_next: tuple[str, str] | None = None
        self.list = ConnectionList(theme)
        self._lines = ConnectionModel()
        self.list.setModel(self._lines)
        self.form = ConnectionForm(theme)
        self.notice = Notice(theme)
        self.notice.setVisible(False)
        self.browse = BrowseArea(theme, services)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        side, self.add_button = side_pane(self._theme, self.list)
        head, self.title, buttons = header(self._theme)
        self.delete_button, self.copy_button, self.test_button, self.save_button = buttons
        form = QVBoxLayout()
        form.setContentsMargins(24, 12, 24, 16)
        form.setSpacing(0)
        form.addLayout(head)
        form.addSpacing(12)
        form.addWidget(self.form)
        form.addWidget(self.notice)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(form)
        column.addWidget(Rule())
        column.addWidget(self.browse, 1)
        self.nothing = NoConnections(self._theme, offered=self._services.sample_offered)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(work)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(Rule(vertical=True))
        row.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.delete_pressed.connect(self.ask_delete)
        self.add_button.clicked.connect(self.add)
        self.nothing.add.clicked.connect(self.add)
        self.nothing.sample_wanted.connect(self.try_sample)
        self.delete_button.clicked.connect(self.ask_delete)
        self.copy_button.clicked.connect(self.duplicate)
        self.test_button.clicked.connect(self.test)
        self.save_button.clicked.connect(self.save)
        self.form.changed.connect(self._form_changed)
        self.browse.load_wanted.connect(self._load)
        self.browse.score_wanted.connect(self._score)
        self.browse.answered.connect(self.answered)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the saved connections when the page is first seen."""
        super().showEvent(event)
        if self._row < 0:
            self.reread()

    def reread(self) -> None:
        """Show the saved connections, the first one chosen."""
        try:
            self.book.saved = self._services.connections()
        except LoadlineError as error:
            self._say(error.failure)
        self._fill(0 if self.book.saved else -1)

    # The list

    def _fill(self, row: int) -> None:
        """Show all lines, with `row` chosen."""
        with QSignalBlocker(self.list.selectionModel()):
            self._lines.set_lines(self.book.lines())
        self.list.setFixedHeight(min(self.list.wanted_height(), 12 * 48))
        self._row = -1
        if row < 0:
            self._stack.setCurrentIndex(0)
            self.setFocusProxy(self.nothing.add)
            return
        self._stack.setCurrentIndex(1)
        self.setFocusProxy(self.list)
        index = self._lines.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        with QSignalBlocker(self.list.selectionModel()):
            self.list.selectionModel().setCurrentIndex(index, flag)
        self.list.viewport().update()
        self._show(row)

    def _chosen(self) -> None:
        row = self.list.currentIndex().row()
        if row < 0 or row == self._row:
            return
        if self.book.draft is not None and row < len(self.book.saved):
            self.book.draft = None
            self._fill(row)
            return
        self._show(row)

    def _show(self, row: int) -> None:
        self._row = row
        connection = self.book.all()[row]
        self._looks.drop()
        self.notice.setVisible(False)
        self.form.show_connection(connection)
        self.form.set_kept(None, lasting=True)
        self._passwords.ask(partial(self._find_kept, connection.name))
        outcome = self.book.outcomes.get(connection.name) if self._is_saved() else None
        self._show_outcome(outcome)
        self._dress()
        if outcome is None and self._is_saved():
            self._look()

    def _is_saved(self) -> bool:
        return 0 <= self._row < len(self.book.saved)

    def _dress(self) -> None:
        self.title.setText(self.form.name.text().strip() or self.tr("New connection"))
        saved = self._is_saved()
        self.copy_button.setVisible(saved)
        typed = self.form.password.text()
        changed = not saved or bool(typed) or self.form.connection() != self._shown()
        ready = not self.form.error
        self.save_button.setEnabled(ready and changed)
        self.test_button.setEnabled(ready)  # while it tests, too: the keyboard would go to Save

    def _shown(self) -> Connection:
        return self.book.all()[self._row]

    # What a person does

    def add(self) -> None:
        """Begin a new connection."""
        self.book.add()
        self._fill(len(self.book.saved))
        self.form.address.setFocus()

    def try_sample(self) -> None:
        """Start the sample server, and show what is on it."""
        if self._samples.busy:
            return
        self.nothing.show_starting(starting=True)
        self._samples.ask(self._services.sample)

    def _sample_there(self, connection: Connection) -> None:
        self.nothing.show_starting(starting=False)
        self.book.draft = None
        self.book.outcomes.pop(connection.name, None)
        self._shown_next = (DATABASE, CALLS)
        self.book.saved = self._services.connections()
        names = [one.name for one in self.book.saved]
        self._fill(names.index(connection.name))
        self.list.setFocus()

    def _no_sample(self, failure: Failure) -> None:
        self.nothing.show_failure(failure.sentence)
        self._say(failure)

    def duplicate(self) -> None:
        """Begin a copy of the chosen connection."""
        self.book.add(self._shown())
        self._fill(len(self.book.saved))
        self.form.name.setFocus()
        self.form.name.selectAll()

    def ask_delete(self) -> None:
        """Ask whether to delete the chosen connection; a new one goes at once."""
        if self._row < 0:
            return
        if not self._is_saved():
            self._delete()
            return
        title = self.tr("Delete the connection {0}?").format(self._shown().name)
        text = self.tr("Its password is removed from the keyring, too. The database stays.")
        agree, refuse = self.tr("Delete"), self.tr("Keep")
        Question(self._theme, self, title, text, agree, refuse, self._delete).open()

    def _delete(self) -> None:
        if self._is_saved():
            gone = self._shown()
            kept = tuple(one for one in self.book.saved if one is not gone)
            if not self._store(kept):
                return
            self.book.outcomes.pop(gone.name, None)
            self._saves.ask(partial(self._forget, gone.name))
        self.book.draft = None
        self._fill(min(self._row, len(self.book.saved) - 1))
        (self.list if self.book.saved else self.nothing.add).setFocus()

    def save(self) -> bool:
        """Save what the form says; return whether it could be."""
        told, row = self._told(), self._row
        if row < 0 or self.form.error:
            return False
        before = self._shown() if self._is_saved() else None
        try:
            kept = self.book.with_changed(row, told)
        except JobError as error:
            self._say(error.failure)
            return False
        if not self._store(kept):
            return False
        self.book.draft = None
        self._move_outcome(before, told)
        self._saves.ask(partial(self._keep, before, told, self.form.typed_password))
        with QSignalBlocker(self.list.selectionModel()):
            self._lines.set_lines(self.book.lines())
        self.form.show_connection(told)
        self._dress()
        return True

    def _told(self) -> Connection:
        told = self.form.connection()
        if told.name:
            return told
        self.form.name.setText(self.book.free_name(told.hosts[0].partition(":")[0]))
        return self.form.connection()

    def _store(self, kept: tuple[Connection, ...]) -> bool:
        try:
            self._services.save(kept)
        except LoadlineError as error:
            self._say(error.failure)
            return False
        self.book.saved = kept
        return True

    def _move_outcome(self, before: Connection | None, told: Connection) -> None:
        outcome = self.book.outcomes.pop(before.name if before else "", None)
        if outcome is not None and self._asked == self._question(told):
            self.book.outcomes[told.name] = outcome

    def test(self) -> None:
        """Connect with what the form says, and list what is there."""
        if not self.form.error:
            self._look()

    def _load(self, database: str, collection: str, text: str, *, score: bool = False) -> None:
        if self.save_button.isEnabled() and not self.save():
            return
        source = MongoSource(
            database=database,
            collection=collection,
            connection=self._shown().name,
            filter=text or "{}",
        )
        self._handing = partial(self._services.load, source, score=score)
        if not self._saves.busy:  # else the password is not yet where it is looked for
            self._hand_over()

    def _hand_over(self) -> None:
        handing, self._handing = self._handing, None
        if handing is not None:
            handing()

    def _score(self, database: str, collection: str, text: str) -> None:
        self._load(database, collection, text, score=True)

    def _form_changed(self) -> None:
        self.notice.setVisible(False)
        if not self._is_saved() and self.book.draft is not None:
            self.book.draft = self.form.connection()
            self._lines.set_lines(self.book.lines())
        self._dress()

    # What is asked, and what comes of it

    def _question(self, told: Connection) -> str:
        return uri_of(told)

    def _look(self) -> None:
        told = self.form.connection()
        self._asked = self._question(told)
        words = self.tr("Connecting to {0} …").format(", ".join(told.hosts))
        self.notice.tell(words.replace("<", "&lt;"), icon="hourglass", tone="queued")
        if not isinstance(self.book.outcomes.get(self._key()), Seen):
            self.browse.clear(self.tr("Connecting"), "")
        self._looks.ask(partial(self._reach, told, self._key(), self.form.typed_password))
        self._dress()

    def _key(self) -> str:
        return self._shown().name if self._is_saved() else ""

    async def _reach(self, told: Connection, name: str, typed: str) -> Seen:
        password = typed
        if told.wants_password and not typed:
            password = (await self._services.password(name) if name else None) or ""
            if not password:
                raise JobError(
                    self.tr("The password is missing."),
                    cause="password",
                    advice=self.tr("Type it, then test the connection."),
                )
        awake = await self._services.awake(told)
        server = Server(uri_of(awake), password)
        answer = await self._services.test(server)
        return Seen(server, answer, await self._services.databases(server))

    def _reached(self, seen: Seen) -> None:
        self._note(seen)
        chosen, self._shown_next = self._shown_next, None
        if chosen is not None:
            self.browse.tree.choose(*chosen)

    def _not_reached(self, failure: Failure) -> None:
        self._note(failure)

    def _note(self, outcome: Seen | Failure) -> None:
        self.book.outcomes[self._key()] = outcome
        self._lines.set_lines(self.book.lines())
        self._show_outcome(outcome)
        self._dress()
        self.answered.emit()

    def _show_outcome(self, outcome: Outcome) -> None:
        if isinstance(outcome, Seen):
            words = connected(outcome.answer, unverified=self.form.connection().tls_unverified)
            self.notice.tell(words, icon="circle-check", tone="done")
            self.browse.show_server(outcome.server, outcome.databases)
        elif outcome is not None:
            self.notice.tell(failed(outcome), icon="circle-x", tone="failed")
            self.browse.clear(self.tr("Not connected"), self.tr("Why stands above."))
        else:
            text = self.tr("Test the connection to see what the server holds.")
            self.browse.clear(self.tr("Nothing to see yet"), text)

    def _say(self, failure: Failure) -> None:
        self.notice.tell(failed(failure), icon="circle-x", tone="failed")
        self.answered.emit()

    # Passwords

    async def _find_kept(self, name: str) -> _Kept:
        lasting = await self._services.lasting()
        kept = bool(name) and await self._services.password(name) is not None
        return _Kept(kept, lasting)

    def _told_kept(self, found: _Kept) -> None:
        self._lasting = found.lasting
        self.form.set_kept(found.kept and self._is_saved(), lasting=found.lasting)
        self.answered.emit()

    async def _keep(self, before: Connection | None, told: Connection, typed: str) -> bool:
        """Keep the typed password, or take a kept one along to the new name."""
        old = before.name if before else ""
        password = typed
        if old and old != told.name:
            password = password or await self._services.password(old) or ""
            await self._services.forget_password(old)
        if told.wants_password and password:
            return await self._services.keep_password(told.name, password)
        return True

    async def _forget(self, name: str) -> bool:
        await self._services.forget_password(name)
        return True

    def _password_kept(self, _lasting: bool) -> None:
        if self._row >= 0:
            self._passwords.ask(partial(self._find_kept, self._shown().name))
        self._hand_over()
        self.answered.emit()

    def safety(self) -> StatusItem | None:
        """Return what the status bar says about passwords, once it is known."""
        if self._lasting is None:
            return None
        if self._lasting:
            return StatusItem(
                self.tr("Passwords are kept in your system keyring only"), "key-round"
            )
        text = self.tr("No keyring on this system: passwords are kept for this session only")
        return StatusItem(text, "key-round", "waiting.text")

    @property
    def settled(self) -> bool:
        """Nothing is outstanding."""
        questions = (self._looks, self._passwords, self._saves, self._samples)
        asking = any(one.busy for one in questions)
        return not asking and self.browse.settled

    def stop(self) -> None:
        """Forget outstanding questions; call before the loop ends."""
        for questions in (self._looks, self._passwords, self._saves, self._samples):
            questions.drop()
        self.browse.stop()
