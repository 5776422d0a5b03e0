"""What was seen of records that are no files, as the page shows files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from loadline.domain.browsing import DocumentsSeen, Matching
from loadline.domain.survey import Preview, Survey, SurveyedColumn


@dataclass(frozen=True, slots=True)
class CollectionLook:
    """The first records of what a job reads, and how many there are."""

    documents: DocumentsSeen
    matching: Matching


def in_documents(name: str) -> Path:
    """Return the name beside which the result is saved, as a folder's would be."""
    kind = QStandardPaths.StandardLocation.DocumentsLocation
    documents = Path(QStandardPaths.writableLocation(kind) or Path.home())
    return (documents if documents.is_dir() else Path.home()) / name


def survey_of(look: CollectionLook | None) -> Survey:
    """Return the fields as the columns of a survey."""
    seen = look.documents if look else DocumentsSeen()
    return Survey((), tuple(SurveyedColumn(field.path, field.type) for field in seen.fields))


def preview_of(name: str, look: CollectionLook | None) -> Preview:
    """Return the first records as the preview of a file called `name`."""
    seen = look.documents if look else DocumentsSeen()
    return Preview(name, survey_of(look).columns, seen.rows)
