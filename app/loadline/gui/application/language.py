"""The language of the window: the person's choice, or the system's, or English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from loadline import assets

ENGLISH = "en"


def spoken(chosen: str) -> str:
    """Return the language to speak: `chosen`, or the first of the system's that is shipped."""
    if chosen:
        return chosen
    for name in QLocale.system().uiLanguages():
        language = name.split("-")[0].split("_")[0]
        if language == ENGLISH or assets.translation(language) is not None:
            return language
    return ENGLISH


def speak(app: QCoreApplication, chosen: str) -> str:
    """Load the words of the language to speak and return it; before any widget is made.

    Numbers follow a language that was chosen; otherwise they follow the system.
    """
    language = spoken(chosen)
    if chosen:
        QLocale.setDefault(QLocale(chosen))
    file = assets.translation(language)
    if file is None:
        return ENGLISH
    words = QTranslator(app)
    if words.load(str(file)):
        app.installTranslator(words)
    of_qt = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if of_qt.load(f"qtbase_{language}", folder):
        app.installTranslator(of_qt)
    return language
