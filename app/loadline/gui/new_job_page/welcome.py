"""The first start: one drop zone, a few ways in, three steps."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from loadline.gui.theme import SECTION, SEMIBOLD, SMALL, Theme, font
from loadline.gui.widgets import Button, Card, DropZone, IconLabel, LinkButton, Rule, Text, Title

WIDTH = 720


class WayIn(Card):
    """A card with an icon, a title, two lines and a button, perhaps a link to sample data."""

    sample_wanted = Signal()

    def __init__(
        self, theme: Theme, icon: str, title: str, text: str, button: Button, name: str
    ) -> None:
        super().__init__(theme)
        self.button = button
        button.setObjectName(name)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(theme, icon, "accent", 20))
        label = Text(title)
        label.setFont(font(weight=SEMIBOLD))
        head.addWidget(label, 1)
        body = Text(text, "secondary", size=SMALL, wrap=True)
        body.setMinimumHeight(36)
        body.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(8)
        column.addWidget(body, 1)
        self._sample = LinkButton(theme, self.tr("Try a sample server"), "flask-conical")
        self._sample.setToolTip(
            self.tr("Starts a small database server on this computer; it ends with the program.")
        )
        self._sample.setVisible(False)
        self._sample.clicked.connect(self.sample_wanted)
        indented = QHBoxLayout()
        indented.setContentsMargins(0, 0, 0, 0)
        indented.addWidget(self._sample)
        indented.addStretch(1)
        column.addLayout(indented)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def offer_sample(self) -> None:
        """Show the link."""
        self._sample.setObjectName("sampleConnectionLink")
        self._sample.setVisible(True)


class Welcome(QWidget):
    """Signals: `folder_dropped` with a `Path`; the others when their button is pressed."""

    folder_dropped = Signal(object)
    browse = Signal()
    sample = Signal()
    open_job = Signal()
    connect_wanted = Signal()

    def __init__(self, theme: Theme, sample_text: str) -> None:
        super().__init__()
        self._theme = theme
        self.zone = DropZone(theme)
        self.zone.setAccessibleName(self.tr("Drop a folder here"))
        self._fill_zone()
        self.zone.dropped.connect(self.folder_dropped)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(16)
        if sample_text:
            self._add_sample(sample_text)
        self._add_connection()
        self._add_saved_job()
        self._lay_out()

    def _fill_zone(self) -> None:
        title = Text(self.tr("Drop a folder with CSV files here"))
        title.setFont(font(SECTION, SEMIBOLD))
        hint = self.tr(".csv, .tsv, .txt, also zipped. Your files are only read, never changed.")
        self.choose = Button(
            self._theme, self.tr("Choose a folder"), "folder-open", variant="primary"
        )
        self.choose.setObjectName("welcomeBrowseButton")
        self.choose.setShortcut("Ctrl+O")
        self.choose.setToolTip(self.tr("Choose a folder (Ctrl+O)"))
        self.choose.clicked.connect(self.browse)
        self.zone.setFixedHeight(248)
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self.zone)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(IconLabel(self._theme, "folder-down", "accent", 40), 0, centre)
        column.addSpacing(16)
        column.addWidget(title, 0, centre)
        column.addSpacing(6)
        column.addWidget(Text(hint, "secondary", size=SMALL), 0, centre)
        column.addSpacing(20)
        column.addWidget(self.choose, 0, centre)
        column.addStretch(1)

    def _add_sample(self, text: str) -> None:
        button = Button(self._theme, self.tr("Load the sample"), "play")
        button.clicked.connect(self.sample)
        title = self.tr("Try it with sample data")
        self.add_card(WayIn(self._theme, "flask-conical", title, text, button, "loadSampleButton"))

    def _add_connection(self) -> None:
        button = Button(self._theme, self.tr("Add a connection"), "plus")
        button.clicked.connect(self.connect_wanted)
        title = self.tr("Connect to MongoDB")
        text = self.tr("Browse a server, pick a collection, load it or score it.")
        name = "addConnectionCardButton"
        self.connection = WayIn(self._theme, "database", title, text, button, name)
        self.add_card(self.connection)

    def _add_saved_job(self) -> None:
        button = Button(self._theme, self.tr("Open a job file"), "file")
        button.clicked.connect(self.open_job)
        title = self.tr("Open a saved job")
        text = self.tr("Run it again with the same settings, on new files too.")
        self.add_card(WayIn(self._theme, "bookmark", title, text, button, "openJobButton"))

    def add_card(self, card: WayIn) -> None:
        """Add another way in."""
        self._cards.addWidget(card, 1)

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setFixedWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Title(self.tr("Welcome to Loadline")))
        column.addSpacing(6)
        lead = self.tr(
            "Turn many files or database records into one table, and see that no row was lost."
        )
        column.addWidget(Text(lead, "secondary"))
        column.addSpacing(24)
        column.addWidget(self.zone)
        column.addSpacing(16)
        column.addLayout(self._cards)
        column.addSpacing(32)
        column.addWidget(Rule())
        column.addSpacing(24)
        column.addLayout(self._steps())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(9)
        centred = QHBoxLayout()  # an alignment would not ask for the height at this width
        centred.addStretch(1)
        centred.addWidget(middle)
        centred.addStretch(1)
        outer.addLayout(centred)
        outer.addStretch(10)

    def _steps(self) -> QBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        steps = (
            ("eye", self.tr("1 Check"), self.tr("See how each file is written and where columns differ.")),  # noqa: E501
            ("play", self.tr("2 Start"), self.tr("Watch every file, change the speed, pause or cancel.")),  # noqa: E501
            ("scale", self.tr("3 Balanced"), self.tr("Get a receipt that accounts for every row.")),
        )  # fmt: skip
        for icon, title, text in steps:
            words = QVBoxLayout()
            words.setSpacing(4)
            heading = Text(title)
            heading.setFont(font(weight=SEMIBOLD))
            words.addWidget(heading)
            words.addWidget(Text(text, "secondary", size=SMALL, wrap=True))
            words.addStretch(1)
            step = QHBoxLayout()
            step.setSpacing(12)
            icon_label = IconLabel(self._theme, icon, "text2", 20)
            step.addWidget(icon_label, 0, Qt.AlignmentFlag.AlignTop)
            step.addLayout(words, 1)
            row.addLayout(step, 1)
        return row

    def set_dragged(self, over: bool) -> None:
        """Show that something is held over the window."""
        self.zone.set_over(over)


def is_job_file(path: Path) -> bool:
    """Tell whether a dropped path is a job file rather than a folder."""
    return path.suffix.lower() in {".loadline", ".toml"} and path.is_file()
