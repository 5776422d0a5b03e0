"""The form's card of a collection: where it is, what its filter leaves, how to change it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from loadline.domain.jobs import MongoSource
from loadline.gui.theme import MEDIUM, SMALL, Theme, font
from loadline.gui.widgets import Button, Card, ElidedLabel, IconLabel, LinkButton, Rule, Text


class CollectionCard(Card):
    """Shows a `MongoSource`; `change_wanted` when another one is to be chosen."""

    change_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="accentsoft", edge="accent")
        self.setObjectName("collectionCard")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = ElidedLabel(strong=True)
        self._where = ElidedLabel("", "secondary", size=SMALL)
        self._fields = ElidedLabel("", "secondary", size=SMALL)
        self._totals = Text("", strong=True, size=SMALL, wrap=True)
        self._totals.setFont(font(weight=MEDIUM))
        self.change = Button(theme, self.tr("Choose"), size="small")
        self.change.setObjectName("changeCollectionButton")
        self.change.setToolTip(self.tr("Choose a collection on the Connections page"))
        self.change.clicked.connect(self.change_wanted)
        self._sample = LinkButton(theme, self.tr("Try it with sample data"), "flask-conical")
        self._sample.setObjectName("sampleCollectionLink")
        self._sample.clicked.connect(self.sample_wanted)
        self._sample_offered = False
        self._rule = Rule()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, "database", "accent", 24))
        row.addWidget(self._name, 1)
        row.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 12, 13, 13)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._where)
        column.addWidget(self._sample, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        for part in (self._rule, self._totals, self._fields):
            column.addWidget(part)
        self.show_source(None)

    def offer_sample(self) -> None:
        """Offer sample data while no collection is chosen."""
        self._sample_offered = True
        self._sample.setVisible(not self.chosen)

    def show_source(self, source: MongoSource | None) -> None:
        """Show which documents are read, or that none are chosen yet."""
        self.chosen = chosen = source is not None
        self._sample.setVisible(self._sample_offered and not chosen)
        self._rule.setVisible(chosen)
        self._totals.setVisible(chosen)
        self.change.set_look(self.tr("Change") if chosen else self.tr("Choose"), "")
        self._fields.setVisible(source is not None and bool(source.projection))
        if source is None:
            self._name.setText(self.tr("No collection yet"))
            self._where.setText(self.tr("Choose one in Connections"))
            return
        self._name.setText(source.collection)
        place = source.connection or source.uri.partition("://")[2].rpartition("@")[2]
        self._where.setText(self.tr("{0} on {1}").format(source.database, place))
        self._fields.setText(self.tr("Only {0}").format(", ".join(source.projection)))

    def set_totals(self, words: str) -> None:
        """Say how much there is."""
        self._totals.setText(words)
