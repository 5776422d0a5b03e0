"""Settings: appearance, language, where runs are kept, what a new job begins with, about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from loadline.domain.errors import SettingsError
from loadline.domain.policy import MOST_AT_ONCE
from loadline.gui.settings_page.about import About, licences_folder
from loadline.gui.theme import SMALL, Theme
from loadline.gui.widgets import (
    Button,
    CheckBox,
    ComboBox,
    FieldLabel,
    LineEdit,
    Notice,
    RateStepper,
    Rule,
    SectionTitle,
    Segments,
    Stepper,
    Text,
    Title,
)
from loadline.settings import Defaults, Settings

WIDTH = 560
_FIELDS = 240
_PLAIN_LANGUAGES = 2
"""The system's and English: without a translation there is nothing to choose."""


class SettingsPage(QWidget):
    """Changes hold at once: `save` gets the new `Settings` and may raise `SettingsError`."""

    log_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        save: Callable[[Settings], None],
        languages: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.setObjectName("settingsPage")
        self.setAccessibleName(self.tr("Settings"))
        self._theme = theme
        self._settings = settings
        self._save = save
        self.notice = Notice(theme)
        self.notice.setVisible(False)
        self._make_fields(theme, languages)
        self._lay_out()
        self._show()
        self._connect()
        self.setFocusProxy(self.appearance.button("system"))

    def _make_fields(self, theme: Theme, languages: tuple[str, ...]) -> None:
        self.appearance = Segments(
            theme,
            self.tr("Appearance"),
            [
                ("system", self.tr("As the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ],
        )
        self.appearance.setObjectName("appearanceSwitch")
        self.language = ComboBox(theme, self.tr("Language"), parent=self)
        self.language.setVisible(False)
        self.language.setObjectName("languageCombo")
        self.language.addItem(self.tr("As the system"), "")
        for name in ("en", *languages):
            self.language.addItem(QLocale(name).nativeLanguageName().capitalize(), name)
        self.folder = LineEdit(theme, self.tr("Folder for runs"))
        self.folder.setObjectName("runsFolderEdit")
        self._browse = self.folder.add_icon(
            "folder", QLineEdit.ActionPosition.TrailingPosition, self.tr("Choose a folder")
        )
        self.log = Button(theme, self.tr("Show log"), "file-text")
        self.log.setObjectName("logButton")
        self.notify = CheckBox(theme, self.tr("Notify me"))
        self.notify.setObjectName("notifyCheck")
        self.cap = Stepper(theme, self.tr("Files at once"), 0, MOST_AT_ONCE, zero=self.tr("Auto"))
        self.cap.spin.setObjectName("defaultCapSpin")
        self.rate = RateStepper(theme, self.tr("Starts per second"), 1000.0, zero=self.tr("Off"))
        self.rate.spin.setObjectName("defaultRateSpin")
        self.retries = Stepper(theme, self.tr("Retries"), 0, 100, zero=self.tr("None"))
        self.retries.spin.setObjectName("defaultRetriesSpin")
        self.on_failure = ComboBox(theme, self.tr("When a file fails"))
        self.on_failure.setObjectName("defaultFailureCombo")
        self.on_failure.addItem(self.tr("Finish the rest, then tell me"), "continue")
        self.on_failure.addItem(self.tr("Stop at the first failure"), "stop")
        self.keep_room = Stepper(
            theme, self.tr("Gigabytes to keep"), 0, 100_000, zero=self.tr("All")
        )
        self.keep_room.spin.setObjectName("keepRoomSpin")
        self.keep_days = Stepper(theme, self.tr("Days to keep"), 0, 36_500, zero=self.tr("All"))
        self.keep_days.spin.setObjectName("keepDaysSpin")
        for stepper in (self.cap, self.rate, self.retries, self.keep_room, self.keep_days):
            stepper.setFixedWidth(120)
        for field in (self.language, self.folder, self.on_failure):
            field.setFixedWidth(_FIELDS)

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setProperty("pane", "page")
        middle.setMaximumWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(0)
        column.addWidget(Title(self.tr("Settings")))
        column.addSpacing(16)
        column.addWidget(self.notice)
        self._section(column, self.tr("Look"))
        self._row(column, self.tr("Appearance"), self.appearance)
        if self.language.count() > _PLAIN_LANGUAGES:
            later = self.tr("Takes effect at the next start.")
            self._row(column, self.tr("Language"), self.language, later)
            self.language.setVisible(True)
        self._section(column, self.tr("Runs"))
        kept = self.tr("Results and receipts are kept here. Runs that are there already stay.")
        self._row(column, self.tr("Folder"), self.folder, kept)
        rule = self.tr(
            "At the start the oldest runs beyond this are deleted. Pinned runs and runs that can "
            "be resumed stay."
        )
        self._row(column, self.tr("Gigabytes to keep"), self.keep_room, rule)
        self._row(column, self.tr("Days to keep"), self.keep_days)
        told = self.tr("Of runs longer than a minute, while another window is in front.")
        self._row(column, self.tr("When a run has ended"), self.notify, told)
        self._section(column, self.tr("What a new job begins with"))
        auto = self.tr("Auto: the number of processor cores and two more.")
        self._row(column, self.tr("Files at once"), self.cap, auto)
        self._row(column, self.tr("Starts per second"), self.rate)
        again = self.tr("For what can pass, such as a network drive that does not answer.")
        self._row(column, self.tr("Retries after a failure"), self.retries, again)
        self._row(column, self.tr("When a file fails"), self.on_failure)
        self._section(column, self.tr("About"))
        noted = self.tr("What the program noted, and a report for support.")
        self._row(column, self.tr("Log"), self.log, noted)
        self.about = About(self._theme, licences_folder())
        column.addWidget(self.about)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(middle)
        area.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _section(self, column: QVBoxLayout, title: str) -> None:
        column.addSpacing(8)
        column.addWidget(SectionTitle(title))
        column.addSpacing(8)
        column.addWidget(Rule())
        column.addSpacing(4)

    def _row(self, column: QVBoxLayout, name: str, field: QWidget, hint: str = "") -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        label = FieldLabel(name, field)
        words.addWidget(label)
        if hint:
            words.addWidget(Text(hint, "hint", size=SMALL, wrap=True))
        words.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(field)
        column.addLayout(row)

    def _show(self) -> None:
        settings = self._settings
        self.appearance.choose(settings.appearance)
        self.language.setCurrentIndex(max(0, self.language.findData(settings.language)))
        self.folder.setText(str(settings.runs_dir))
        self.notify.setChecked(settings.notify)
        self.keep_room.set_value(settings.keep_gigabytes)
        self.keep_days.set_value(settings.keep_days)
        self.cap.set_value(settings.defaults.concurrency)
        self.rate.set_value(settings.defaults.rate)
        self.retries.set_value(settings.defaults.retries)
        self.on_failure.setCurrentIndex(self.on_failure.findData(settings.defaults.on_failure))

    def _connect(self) -> None:
        self.appearance.chosen.connect(self._changed)
        self.language.activated.connect(self._changed)
        self.folder.editingFinished.connect(self._changed)
        self._browse.triggered.connect(self._choose_folder)
        self.notify.toggled.connect(self._changed)
        self.log.clicked.connect(self.log_asked)
        for stepper in (self.cap, self.rate, self.retries, self.keep_room, self.keep_days):
            stepper.spin.valueChanged.connect(self._changed)
        self.on_failure.activated.connect(self._changed)

    @property
    def settings(self) -> Settings:
        """The settings that the page shows."""
        folder = self.folder.text().strip()
        usual = str(Settings().runs_dir)
        return msgspec.structs.replace(
            self._settings,
            appearance=self.appearance.key(),
            language=self.language.currentData(),
            notify=self.notify.isChecked(),
            runs_folder="" if folder in ("", usual) else folder,
            keep_gigabytes=int(self.keep_room.value()),
            keep_days=int(self.keep_days.value()),
            defaults=Defaults(
                concurrency=self.cap.value(),
                rate=self.rate.value(),
                deadline=self._settings.defaults.deadline,
                retries=self.retries.value(),
                on_failure=self.on_failure.currentData(),
            ),
        )

    def _changed(self) -> None:
        wanted = self.settings
        if wanted == self._settings:
            return
        folder = Path(wanted.runs_folder) if wanted.runs_folder else None
        if folder is not None and not folder.expanduser().is_absolute():
            self.folder.set_wrong(wrong=True)
            self._say(self.tr("The folder for runs needs a whole path, such as /home/me/runs."))
            return
        self.folder.set_wrong(wrong=False)
        self.notice.setVisible(False)
        self._settings = wanted
        self._theme.choose(wanted.appearance)
        try:
            self._save(wanted)
        except SettingsError as error:
            self._say(str(error.failure))

    def _say(self, sentence: str) -> None:
        self.notice.tell(sentence.replace("<", "&lt;"), icon="circle-x", tone="failed")

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder for runs"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._picked)
        dialog.open()

    def _picked(self, path: str) -> None:
        self.folder.setText(path)
        self._changed()
