"""What belongs into the frozen program, and what the analysis finds but nobody needs."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from typing import Any

UNNEEDED_MODULES = [
    "IPython", "OpenGL", "PIL", "_tkinter", "cupy", "dask", "distributed", "duckdb", "h5py",
    "matplotlib", "numba", "polars", "pytest", "scipy", "setuptools", "tkinter",
    "readline",  # under the GPL, and nothing here reads lines
    "numpy.f2py", "numpy.testing", "numpy.tests",
    "pyarrow.cuda", "pyarrow.flight", "pyarrow.gandiva", "pyarrow.orc", "pyarrow.substrait",
    "pyarrow.tests", "pyarrow._flight", "pyarrow._orc", "pyarrow._substrait", "pyarrow._s3fs",
    "pyarrow._gcsfs", "pyarrow._azurefs", "pyarrow._hdfs", "pyarrow._dataset_orc",
    "pyarrow._pyarrow_cpp_tests",
    "pyqtgraph.canvas", "pyqtgraph.console", "pyqtgraph.examples", "pyqtgraph.flowchart",
    "pyqtgraph.jupyter", "pyqtgraph.opengl",
    "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtNetwork", "PySide6.QtPrintSupport",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtUiTools",
    "PySide6.QtXml",
]  # fmt: skip

_UNNEEDED_FILES = re.compile(
    r"""
      (^|/) (tests?|examples|include|includes) /             # of any library
    | \. (pyi|pyx|pxd|pxi|pxi\.in|h|hpp|c|cc|cpp|lib|a|cmake|typed) $
    | (^|/) libarrow (_python)? _(flight|s3|parquet_encryption)
    | pyarrow/libarrow_python\.(so|so\.\d+\.\d+\.\d+) $     # the same as libarrow_python.so.N
    | pyarrow/ .* (flight|s3|gcsfs|azurefs|hdfs|_orc|parquet_encryption|cpp_tests)
    | PySide6/ (Qt/)? translations/ (?!qtbase_)              # what Qt's widgets say themselves
    | PySide6/ (Qt/)? qml/
    | resources/i18n/ .* \.ts $                              # the words before they are compiled
    | (^|/) (lib)?Qt6?(Qml|Quick|Pdf|VirtualKeyboard|Designer|Help|Labs|Lottie|EglFS|Network
                    |Sql|Test)
    | plugins/ (designer|egldeviceintegrations|generic|networkinformation|printsupport|qmllint
               |qmltooling|sqldrivers|tls|vectorimageformats|wayland-graphics-integration-(client|server))/
    | plugins/platforms/ .* (eglfs|linuxfb|minimal|vkkhrdisplay|vnc)
    | plugins/platforminputcontexts/ .* virtualkeyboard
    | plugins/imageformats/ .* (gif|icns|jpeg|pdf|tga|tiff|wbmp|webp)
    | plugins/platformthemes/ .* gtk3                        # would ask for all of GTK
    """,
    re.VERBOSE | re.IGNORECASE,
)

_KEEP = re.compile(r"^loadline/(?!resources/i18n/)")

# Every desktop has these, and its drivers and settings want its own: an older C++ library beside
# a newer Mesa, for one, leaves no picture. After AppImage's excludelist.
_SYSTEM = re.compile(
    r"lib(stdc\+\+|gcc_s|X11|X11-xcb|Xau|Xdmcp|Xext|fontconfig|freetype|expat|glib-2\.0|gthread-2\.0"
    r"|gobject-2\.0|gio-2\.0|gmodule-2\.0|dbus-1|systemd|xkbcommon|z|uuid)\.so\."
)

Entry = tuple[str, str, str]
"""Name inside the package, source, kind: a line of a PyInstaller table."""


def needed(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that the program needs, not counting who asks for which library."""
    return [entry for entry in entries if is_needed(entry[0])]


def referenced(entries: Iterable[Entry]) -> list[Entry]:
    """Return `entries` (of Linux) without the libraries that nothing in them asks for any more."""
    kept = [entry for entry in entries if not _SYSTEM.match(entry[0])]
    while True:
        asked = _asked_for([source for _, source, kind in kept if kind != "SYMLINK"])
        still = [entry for entry in kept if not _is_library(entry[0]) or entry[0] in asked]
        if len(still) == len(kept):
            return kept
        kept = still


def _asked_for(files: list[str]) -> set[str]:
    # Not ldd, which also names what the system's own libraries ask for.
    told = subprocess.run(["readelf", "-d", *files], capture_output=True, text=True, check=True)
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", told.stdout))


def _is_library(name: str) -> bool:
    # A library of the system lies at the top; Python's own is loaded by the program's first lines.
    return "/" not in name and ".so." in name and not name.startswith("libpython")


def is_needed(name: str) -> bool:
    """Tell whether the file with this path inside the package is needed by the program."""
    path = name.replace("\\", "/")
    return bool(_KEEP.search(path)) or not _UNNEEDED_FILES.search(path)


def windows_version(name: str, version: str) -> Any:
    """Return what Windows shows under Properties, Details of the program's file."""
    from PyInstaller.utils.win32 import versioninfo as info

    numbers = (*(int(part) for part in re.findall(r"\d+", version)[:3]), 0)
    words = {"ProductName": "Loadline", "FileDescription": "Loadline", "ProductVersion": version,
             "FileVersion": version, "OriginalFilename": f"{name}.exe"}  # fmt: skip
    table = info.StringTable("040904B0", [info.StringStruct(*pair) for pair in words.items()])
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            info.StringFileInfo([table]),
            info.VarFileInfo([info.VarStruct("Translation", [1033, 1200])]),
        ],
    )


def mac_information() -> dict[str, Any]:
    """Return the additions to Info.plist: sharp on Retina, and job files open with the program."""
    return {
        "NSHighResolutionCapable": True,
        "LSMinimumSystemVersion": "12.0",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Loadline job",
                "CFBundleTypeExtensions": ["loadline"],
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
            }
        ],
    }
