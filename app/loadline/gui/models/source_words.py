"""What a job reads, in words: files of a folder, chunks of a collection, slices of a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from loadline.domain.jobs import CsvFolderSource, Job, MongoSource
from loadline.gui.models import figures

_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Nouns:
    """What one task of a job is called."""

    one: str
    many: str
    at_once: str
    find: str
    cancel: str
    follow: str
    head: str
    """The title of the column that names the tasks."""
    read: str
    """What was read, as the title of a number."""
    equation: str
    """What the receipt says of every task."""
    mend: str
    """What can be done where a record could not be read."""
    files: bool = True
    """A task is a file, which a person knows, and no piece that the program has cut."""
    documents: bool = False
    """Its records are documents, and not rows."""

    def counted(self, number: int) -> str:
        """Return e.g. ``1 file`` or ``48 files``."""
        return f"{figures.count(number)} {self.one if number == 1 else self.many}"


def nouns(job: Job) -> Nouns:
    """Return the words for the tasks of `job`."""
    if isinstance(job.source, CsvFolderSource):
        return Nouns(
            _translate("SourceWords", "file"),
            _translate("SourceWords", "files"),
            _translate("SourceWords", "Files at once"),
            _translate("SourceWords", "Find a file"),
            _translate("SourceWords", "Cancel this file"),
            _translate("SourceWords", "Follow running files"),
            _translate("SourceWords", "File"),
            _translate("SourceWords", "Rows read"),
            _translate("SourceWords", "Rows read = loaded + rejected, for every file."),
            _translate("SourceWords", "Correct the file, then load it again"),
        )
    of_documents = isinstance(job.source, MongoSource)
    return Nouns(
        _translate("SourceWords", "chunk"),
        _translate("SourceWords", "chunks"),
        _translate("SourceWords", "Chunks at once"),
        _translate("SourceWords", "Find a chunk"),
        _translate("SourceWords", "Cancel this chunk"),
        _translate("SourceWords", "Follow running chunks"),
        _translate("SourceWords", "Range of _id")
        if of_documents
        else _translate("SourceWords", "Chunk"),
        _translate("SourceWords", "Documents")
        if of_documents
        else _translate("SourceWords", "Rows read"),
        _translate("SourceWords", "Documents read = loaded + rejected, for every range.")
        if of_documents
        else _translate("SourceWords", "Rows read = loaded + rejected, for every chunk."),
        _translate("SourceWords", "Correct the document, then load it again")
        if of_documents
        else _translate("SourceWords", "Correct the record, then load it again"),
        files=False,
        documents=of_documents,
    )


def source_line(job: Job, tasks: int) -> str:
    """Return e.g. ``48 files in /mnt/nas/shop/orders``."""
    counted = nouns(job).counted(tasks)
    if isinstance(job.source, MongoSource):
        name = f"{job.source.database}.{job.source.collection}"
        return _translate("SourceWords", "{0} of {1}").format(counted, name)
    if isinstance(job.source, CsvFolderSource):
        return _translate("SourceWords", "{0} in {1}").format(counted, job.source.path)
    name = PurePath(job.source.path).name
    return _translate("SourceWords", "{0} of the result {1}").format(counted, name)


def when_line(started: datetime | None, seconds: float, today: QDate | None = None) -> str:
    """Return e.g. ``today 14:32, took 1.9 s`` for a run that has ended."""
    took = _translate("SourceWords", "took {0}").format(figures.duration(seconds))
    return f"{when_words(started, today)}, {took}" if started else took


def when_words(started: datetime, today: QDate | None = None) -> str:
    """Return e.g. ``today 14:32``, or the day in the locale's short form with the time."""
    moment = QDateTime.fromSecsSinceEpoch(int(started.timestamp()))
    day = moment.date().daysTo(today or QDate.currentDate())
    names = {0: _translate("SourceWords", "today"), 1: _translate("SourceWords", "yesterday")}
    short = QLocale.FormatType.ShortFormat
    date = names.get(day) or figures.locale().toString(moment.date(), short)
    return f"{date} {moment.toString('HH:mm')}"


def moment_words(started: datetime) -> str:
    """Return a moment in full, in the locale's long form."""
    moment = QDateTime.fromSecsSinceEpoch(int(started.timestamp()))
    day = figures.locale().toString(moment.date(), QLocale.FormatType.LongFormat)
    return f"{day} {moment.toString('HH:mm:ss')}"
