"""The form at the left: source, how to run, where to save; Start is always in sight below it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from loadline.domain.jobs import PATTERNS, Output
from loadline.domain.policy import MOST_AT_ONCE, Policy
from loadline.domain.survey import Survey
from loadline.gui.new_job_page import words
from loadline.gui.new_job_page.advanced import Advanced
from loadline.gui.new_job_page.collection_card import CollectionCard
from loadline.gui.new_job_page.folder_zone import FolderZone
from loadline.gui.new_job_page.output_target import OutputTarget
from loadline.gui.new_job_page.recent_jobs import RecentJobs
from loadline.gui.new_job_page.run_card import RunCard
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import (
    Button,
    CheckBox,
    ComboBox,
    FieldLabel,
    IconLabel,
    LineEdit,
    Rule,
    SectionTitle,
    Segments,
    Text,
    Title,
)
from loadline.gui.widgets.filter_line import FilterLine
from loadline.gui.widgets.stepper import Stepper

WIDTH = 319
"""With the line at its right 320."""
USUAL_PATTERN = "*.csv, *.tsv, *.txt"


class Form(QWidget):
    """The fields of a job; it knows no survey and starts nothing.

    `source_changed`: what is read is another. `policy_changed`: only how it is run.
    """

    source_changed = Signal()
    policy_changed = Signal()

    def __init__(self, theme: Theme, policy: Policy) -> None:
        super().__init__()
        self._theme = theme
        self._labels: list[FieldLabel] = []
        self.setFixedWidth(WIDTH)
        self.kind = self._choice_of_source()
        self.zone = FolderZone(theme)
        self.collection = CollectionCard(theme)
        self.run_card = RunCard(theme)
        self.filter = FilterLine(theme)
        self.pattern = LineEdit(theme, self.tr("Only files named"))
        self.pattern.setObjectName("patternEdit")
        self.pattern.setText(USUAL_PATTERN)
        self.pattern.setToolTip(
            self.tr("Names with * for anything, separated by commas. Compressed files count too.")
        )
        self.what = self._choice_of_kind()
        self.columns = ComboBox(theme, self.tr("When the files have different columns"))
        self.columns.setObjectName("columnsCombo")
        for key in ("union", "common", "same"):
            self.columns.addItem("", key)
        self.on_failure = ComboBox(theme, self.tr("When a file fails"))
        self.on_failure.setObjectName("failurePolicyCombo")
        self.on_failure.addItem(self.tr("Finish the rest, then tell me"), "continue")
        self.on_failure.addItem(self.tr("Stop at the first failure"), "stop")
        self.cap = Stepper(theme, self.tr("Files at once"), 0, MOST_AT_ONCE, zero=self.tr("Auto"))
        self.cap.spin.setObjectName("capSpin")
        self.output = LineEdit(
            theme, self.tr("Save the result as"), placeholder=self.tr("in the run only")
        )
        self.output.setObjectName("outputEdit")
        self._pick = self.output.add_icon(
            "folder", QLineEdit.ActionPosition.TrailingPosition, self.tr("Choose where to save")
        )
        self.replace = CheckBox(theme, self.tr("It is there already: replace it"), size=SMALL)
        self.replace.setObjectName("replaceCheck")
        self.replace.setVisible(False)
        self.into = OutputTarget(theme)
        self.advanced = Advanced(theme, policy)
        self.footer = Footer(theme)
        self._lay_out()
        self._connect()
        self.show_columns(None)
        self.set_policy(policy)
        self.show_kind()

    def _head(self) -> QHBoxLayout:
        self.recent = RecentJobs(self._theme)
        head = QHBoxLayout()
        head.addWidget(Title(self.tr("New job")))
        head.addStretch(1)
        head.addWidget(self.recent)
        return head

    def _choice_of_source(self) -> Segments:
        options = [
            ("folder", self.tr("Folder")),
            ("mongo", self.tr("MongoDB")),
            ("run", self.tr("Earlier run")),
        ]
        kind = Segments(self._theme, self.tr("Where the data is"), options, equal=True)
        kind.setObjectName("sourceKind")
        return kind

    def _choice_of_kind(self) -> Segments:
        options = [("load", self.tr("Load into one table")), ("score", self.tr("Score the rows"))]
        what = Segments(self._theme, self.tr("What to do"), options, equal=True)
        what.setObjectName("jobKind")
        return what

    def _lay_out(self) -> None:
        fields = QWidget()
        fields.setProperty("pane", "page")
        column = QVBoxLayout(fields)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(14)
        source = QVBoxLayout()
        source.setSpacing(8)
        source.addWidget(SectionTitle(self.tr("Source")))
        source.addWidget(self.kind)
        source.addWidget(self.zone)
        source.addWidget(self.collection)
        source.addWidget(self.run_card)
        source.addWidget(self.filter)
        column.addLayout(source)
        self._of_files = [self.zone, self._pattern_row()]
        column.addWidget(self._of_files[1])
        column.addSpacing(16)
        column.addWidget(SectionTitle(self.tr("How to run")))
        column.addSpacing(11)
        column.addWidget(self.what)
        column.addSpacing(12)
        self._of_files.append(_labelled(self.columns))
        self._fails = _labelled(self.on_failure)
        column.addWidget(self._of_files[2])
        column.addWidget(self._fails)
        column.addLayout(self._run_row())
        column.addWidget(self.replace)
        column.addWidget(self.into)
        column.addSpacing(12)
        column.addWidget(self.advanced)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(fields)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = area
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(Rule())
        whole.addWidget(self.footer)

    def _pattern_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addWidget(FieldLabel(self.tr("Only files named"), self.pattern))
        row.addWidget(self.pattern, 1)
        return holder

    def show_kind(self) -> None:
        """Offer what has a meaning for a folder, for a collection, or for an earlier run."""
        files = self.kind.key() == "folder"
        for part in self._of_files:
            part.setVisible(files)
        collection = self.kind.key() == "mongo"
        self.collection.setVisible(collection)
        self.run_card.setVisible(not files and not collection)
        self.filter.setVisible(collection and self.collection.chosen)
        self.advanced.show_kind(files=files, collection=collection)
        fails = self.tr("When a file fails") if files else self.tr("When a chunk fails")
        at_once = self.tr("Files at once") if files else self.tr("Chunks at once")
        self.on_failure.setAccessibleName(fails)
        self.cap.spin.setAccessibleName(at_once)
        label = self._fails.findChild(FieldLabel)
        if isinstance(label, FieldLabel):
            label.setText(fails)
        self._labels[0].setText(at_once)

    def _run_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, field, stretch in (
            (self.tr("Files at once"), self.cap, 0),
            (self.tr("Save the result as"), self.output, 1),
        ):
            pair = QVBoxLayout()
            pair.setSpacing(4)
            label = FieldLabel(name, field)
            self._labels.append(label)
            pair.addWidget(label)
            pair.addWidget(field)
            row.addLayout(pair, stretch)
        pair.addWidget(self.into.connection)
        self.into.connection.setVisible(False)
        return row

    def _show_target(self, collection: bool) -> None:
        """Show the file to save as, or the connection whose database gets the result."""
        self.output.setVisible(not collection)
        self.into.connection.setVisible(collection)
        self._labels[1].setBuddy(self.into.connection if collection else self.output)

    def output_text(self) -> str:
        """Return the file to save as, as it is typed; empty where there is none."""
        return "" if self.into.on else self.output.text()

    def trouble(self) -> str:
        """Return what is still to be said of where the result goes; empty when nothing is."""
        return self.into.trouble()

    def showEvent(self, event: QShowEvent) -> None:
        """Know the connections that have been saved since."""
        super().showEvent(event)
        self.into.offer()

    def show_output(self, output: Output | None) -> None:
        """Show where a job's result goes."""
        self.output.setText(output.path if output else "")
        self.into.show_output(output)

    def _connect(self) -> None:
        self.kind.chosen.connect(self.show_kind)
        self.pattern.textChanged.connect(self.source_changed)
        self.columns.activated.connect(self.source_changed)
        self.advanced.fold.toggled.connect(self._unfolded)
        self.advanced.changed.connect(self.source_changed)
        self.advanced.policy_changed.connect(self.policy_changed)
        self.on_failure.activated.connect(self.policy_changed)
        self.cap.spin.valueChanged.connect(self.policy_changed)
        self.output.textChanged.connect(self.policy_changed)
        self.replace.clicked.connect(self.policy_changed)
        self._pick.triggered.connect(self._choose_output)
        self.into.changed.connect(self.policy_changed)
        self.into.switched.connect(self._show_target)

    def _unfolded(self, unfolded: bool) -> None:
        if unfolded:
            # Its height is known only after the layout's next turn.
            QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        self._area.ensureWidgetVisible(self.advanced, 0, 16)

    def patterns(self) -> tuple[str, ...]:
        """Return the patterns; the usual three include their compressed forms."""
        told = tuple(part.strip() for part in self.pattern.text().split(",") if part.strip())
        usual = tuple(USUAL_PATTERN.split(", "))
        return PATTERNS if not told or told == usual else told

    def set_patterns(self, patterns: tuple[str, ...]) -> None:
        """Show patterns without telling anyone."""
        text = USUAL_PATTERN if patterns == PATTERNS else ", ".join(patterns)
        self.pattern.blockSignals(True)
        self.pattern.setText(text)
        self.pattern.blockSignals(False)

    def policy(self) -> Policy:
        """Return the policy that the fields say."""
        more = self.advanced
        return Policy(
            concurrency=self.cap.value(),
            rate=more.rate.value(),
            deadline=float(more.deadline.value()),
            job_deadline=float(more.job_deadline.value()),
            retries=more.retries.value(),
            on_failure=self.on_failure.currentData(),
        )

    def set_policy(self, policy: Policy) -> None:
        """Show a policy."""
        self.cap.set_value(policy.concurrency)
        self.on_failure.setCurrentIndex(self.on_failure.findData(policy.on_failure))
        self.advanced.set_policy(policy)

    def show_columns(self, survey: Survey | None) -> None:
        """Say in the column policy how many columns it keeps."""
        if survey is None or not survey.all_columns:
            texts = (
                self.tr("Keep all columns"),
                self.tr("Keep those that all files have"),
                self.tr("Stop when they differ"),
            )
        else:
            keep = self.tr("Keep all {0} columns").format(words.count(survey.all_columns))
            shared = words.count(survey.shared_columns)
            texts = (
                keep,
                self.tr("Keep the {0} that all files have").format(shared),
                self.tr("Stop when they differ"),
            )
        for number, text in enumerate(texts):
            self.columns.setItemText(number, text)

    def _choose_output(self) -> None:
        folder = self.zone.folder.parent if self.zone.folder else Path.home()
        filters = ";;".join(
            (
                self.tr("Parquet (*.parquet)"),
                self.tr("Spreadsheet (*.csv)"),
                self.tr("Feather (*.feather)"),
                self.tr("JSON lines (*.jsonl)"),
            )
        )
        start = str(folder / (self.output.text() or "result.parquet"))
        dialog = QFileDialog(self, self.tr("Save the result as"), start, filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self.output.setText)
        dialog.open()


def _labelled(box: ComboBox) -> QWidget:
    """Return a field under its name."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 12)
    column.setSpacing(4)
    column.addWidget(FieldLabel(box.accessibleName(), box))
    column.addWidget(box)
    return holder


class Footer(QWidget):
    """What the job gives, Start and Save job."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("pane", "page")
        self._title = Text(self.tr("You get one table"), strong=True)
        self._icon = IconLabel(theme, "table", "text2")
        self._totals = Text("", "secondary", size=SMALL, wrap=True)
        self.start = Button(theme, self.tr("Start"), "play", "primary", "big")
        self.start.setObjectName("startButton")
        self.start.setShortcut(QKeySequence("Ctrl+Return"))
        self.start.setToolTip(self.tr("Start the job (Ctrl+Enter)"))
        self.save = Button(theme, self.tr("Save job"), "bookmark")
        self.save.setObjectName("saveJobButton")
        self.save.setFixedHeight(40)
        self.save.setShortcut(QKeySequence.StandardKey.Save)
        self.save.setToolTip(self.tr("Save these settings as a job file (Ctrl+S)"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        totals = QHBoxLayout()
        totals.setContentsMargins(24, 0, 0, 0)
        totals.addWidget(self._totals)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.start, 1)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(2)
        column.addLayout(totals)
        column.addSpacing(12)
        column.addLayout(buttons)

    def tell(self, title: str, totals: str, *, ready: bool, wrong: bool = False) -> None:
        """Say what the job gives, or why it cannot be started."""
        self._title.setText(title)
        self._totals.setText(totals)
        icon = "triangle-alert" if wrong else "table"
        self._icon.set_icon(icon, "failed.text" if wrong else "text2")
        self.start.setEnabled(ready)
        self.save.setEnabled(ready)

    def words(self) -> str:
        """Return what is said, for tests and screen readers."""
        return f"{self._title.text()}: {self._totals.text()}"
