"""What is on a server: its collections, the first documents of one, and what a filter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from loadline.domain.browsing import DatabaseSeen, DocumentsSeen, Matching, Node, Server, Wanted
from loadline.domain.errors import Failure
from loadline.gui.connections_page.action_bar import ActionBar
from loadline.gui.connections_page.document_tree import DocumentTree
from loadline.gui.connections_page.documents_table import KEY, NOTHING, DocumentsTable
from loadline.gui.connections_page.server_tree import ServerTree
from loadline.gui.connections_page.services import ConnectionsServices
from loadline.gui.new_job_page.latest import Latest
from loadline.gui.theme import Theme
from loadline.gui.widgets import IconLabel, LineEdit, Notice, Rule, SectionTitle, Segments, Text
from loadline.gui.widgets.filter_line import FilterLine

TREE = 264
_QUIET, _TABLE, _TREE = range(3)


class BrowseArea(QWidget):
    """Shows a server; `load_wanted` and `score_wanted` give database, collection and filter.

    `answered` is emitted whenever something that was asked for is shown.
    """

    load_wanted = Signal(str, str, str)
    score_wanted = Signal(str, str, str)
    answered = Signal()

    def __init__(self, theme: Theme, services: ConnectionsServices) -> None:
        super().__init__()
        self._services = services
        self._server: Server | None = None
        self._documents = Latest[DocumentsSeen](self._show_documents, self._not_shown)
        self._counts = Latest[Matching](self._show_count, self._not_counted)
        self.search = LineEdit(
            theme, self.tr("Find a collection"), icon="search", small=True,
            placeholder=self.tr("Find a collection"),
        )  # fmt: skip
        self.search.setObjectName("collectionSearch")
        self.tree = ServerTree(theme)
        self.filter = FilterLine(theme)
        self.switch = Segments(
            theme,
            self.tr("How documents are shown"),
            [("table", self.tr("Table")), ("tree", self.tr("Tree"))],
            small=True,
        )
        self.switch.setObjectName("documentsSwitch")
        self.table = DocumentsTable(theme, self.tr("First documents"))
        self.document = DocumentTree(theme, self.tr("The chosen document"))
        self.document.setObjectName("documentTree")
        self.documents = DocumentTree(theme, self.tr("First documents"))
        self.documents.setObjectName("documentsTree")
        self.notice = Notice(theme)
        self.notice.setVisible(False)
        self.bar = ActionBar(theme)
        self._quiet = (SectionTitle(), Text("", "secondary"))
        self._stack = QStackedWidget()
        self._lay_out(theme)
        self._connect()
        self.clear()

    def _lay_out(self, theme: Theme) -> None:
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(1)
        both.addWidget(self.table)
        both.addWidget(self.document)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        for page in (self._quiet_page(theme), both, self.documents):
            self._stack.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Rule(vertical=True))
        row.addLayout(self._right(), 1)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setFixedWidth(TREE - 1)
        head = QHBoxLayout()
        head.setContentsMargins(24, 8, 16, 8)
        head.addWidget(self.search)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addSpacing(4)
        column.addWidget(self.tree, 1)
        return left

    def _right(self) -> QVBoxLayout:
        self._head = QWidget()
        whole = QVBoxLayout(self._head)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 8, 24, 8)
        head.setSpacing(8)
        head.addWidget(self.filter, 1)
        switch = QVBoxLayout()
        switch.setContentsMargins(0, 2, 0, 0)
        switch.addWidget(self.switch)
        switch.addStretch(1)
        head.addLayout(switch)
        whole.addLayout(head)
        whole.addWidget(Rule())
        self._notice_box = QWidget()
        padded = QVBoxLayout(self._notice_box)
        padded.setContentsMargins(24, 8, 24, 8)
        padded.addWidget(self.notice)
        self._notice_box.setVisible(False)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._head)
        right.addWidget(self._notice_box)
        right.addWidget(self._stack, 1)
        right.addWidget(self.bar)
        return right

    def _quiet_page(self, theme: Theme) -> QWidget:
        holder = QWidget()
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(holder)
        column.setSpacing(0)
        column.addStretch(4)
        column.addWidget(IconLabel(theme, "database", "text3", 40), 0, centre)
        column.addSpacing(16)
        title, text = self._quiet
        text.setAlignment(centre)
        column.addWidget(title, 0, centre)
        column.addSpacing(6)
        column.addWidget(text, 0, centre)
        column.addStretch(5)
        return holder

    def _connect(self) -> None:
        self.search.textChanged.connect(self.tree.search)
        self.tree.collection_chosen.connect(self._collection_chosen)
        self.filter.filter_changed.connect(self._ask)
        self.switch.chosen.connect(self._switched)
        self.table.document_chosen.connect(self._document_chosen)
        self.bar.load.clicked.connect(partial(self._take, self.load_wanted))
        self.bar.score.clicked.connect(partial(self._take, self.score_wanted))

    # What is shown

    def clear(self, title: str = "", text: str = "") -> None:
        """Show no server, and why."""
        self._server = None
        self._drop()
        self.tree.set_databases(())
        self._say(title or self.tr("Nothing to see yet"), text)

    def show_server(self, server: Server, databases: Sequence[DatabaseSeen]) -> None:
        """Show what a server holds; a collection that was chosen stays so."""
        before = self.tree.chosen()
        text = self.filter.text() if server == self._server else ""
        self._server = server
        self._drop()
        self.tree.set_databases(databases)
        if not any(one.collections for one in databases):
            self._say(self.tr("No collections here"), self.tr("Or none that this user may see."))
            return
        self._say(self.tr("Choose a collection"), self.tr("Its first documents are shown here."))
        if before is not None and self.tree.chosen() == before:  # it is no news to the tree
            self._collection_chosen(*before)
            self.filter.set_text(text)
            self._ask(text)

    def _say(self, title: str, text: str) -> None:
        self._quiet[0].setText(title)
        self._quiet[1].setText(text)
        self._stack.setCurrentIndex(_QUIET)
        self._head.setVisible(False)
        self._notice_box.setVisible(False)
        self.bar.setVisible(False)

    @property
    def settled(self) -> bool:
        """Nothing is outstanding."""
        asking = self._documents.busy or self._counts.busy
        return self.filter.settled and not asking

    def _drop(self) -> None:
        for questions in (self._documents, self._counts):
            questions.drop()

    def stop(self) -> None:
        """Forget outstanding questions; call before the loop ends."""
        self._drop()

    # What is asked

    def _wanted(self, text: str) -> Wanted | None:
        chosen = self.tree.chosen()
        if self._server is None or chosen is None:
            return None
        return Wanted(self._server, *chosen, filter=text or "{}")

    def _collection_chosen(self, _database: str, _collection: str) -> None:
        self.filter.set_text("")
        self._show_documents(NOTHING)
        self._head.setVisible(True)
        self.bar.setVisible(True)
        self.bar.show_matching(None, filtered=False)
        self._ask("")

    def _ask(self, text: str) -> None:
        wanted = self._wanted(text)
        if wanted is None:
            return
        self.bar.set_ready(ready=False)
        self._documents.ask(partial(self._services.documents, wanted))
        self._counts.ask(partial(self._services.matching, wanted))

    def _show_documents(self, seen: DocumentsSeen) -> None:
        self._notice_box.setVisible(False)
        self.table.set_documents(seen)
        self.documents.show_nodes(_roots(seen), unfold=False)
        self.document.show_nodes((), unfold=False)
        self.bar.set_ready(ready=bool(seen.rows))
        if seen.rows:
            self.table.selectRow(0)
        self._switched(self.switch.key())
        self.answered.emit()

    def _not_shown(self, failure: Failure) -> None:
        if self.filter.concerns(failure):
            self.filter.show_failure(failure)  # what matched before stays in sight meanwhile
        else:
            self._show_documents(NOTHING)
            text = " ".join(filter(None, (failure.sentence, failure.advice)))
            self.notice.tell(text.replace("<", "&lt;"), icon="circle-x", tone="failed")
            self._notice_box.setVisible(True)
        self.answered.emit()

    def _show_count(self, found: Matching) -> None:
        self.filter.show_matching(found)
        self.bar.show_matching(found, filtered=bool(self.filter.text()))
        self.answered.emit()

    def _not_counted(self, failure: Failure) -> None:
        self.bar.show_matching(None, filtered=False)
        if self.filter.concerns(failure):
            self.filter.show_failure(failure)
        self.answered.emit()

    def _document_chosen(self, row: int) -> None:
        self.document.show_nodes(self.table.seen.trees[row], unfold=True)

    def _switched(self, key: str) -> None:
        if self._head.isVisibleTo(self):
            self._stack.setCurrentIndex(_TABLE if key == "table" else _TREE)

    def _take(self, wanted: SignalInstance, _checked: bool = False) -> None:
        chosen = self.tree.chosen()
        if chosen is not None:
            wanted.emit(*chosen, self.filter.text())


def _roots(seen: DocumentsSeen) -> list[Node]:
    """Return each document as one node with its ``_id`` as the value."""
    roots = []
    for number, nodes in enumerate(seen.trees):
        key = next((node.value for node in nodes if node.name == KEY), "")
        roots.append(Node(str(number + 1), key, "", nodes))
    return roots
