"""What goes into the packages, what desktops are told, and that the smoke test can fail."""

from __future__ import annotations

import configparser
import importlib
import re
import struct
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

from loadline import __version__, cli
from loadline.gui.new_job_page.welcome import is_job_file

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def module(monkeypatch: pytest.MonkeyPatch, name: str, *folder: str) -> ModuleType:
    """Import a file of the folder ``packaging``, which is no package."""
    monkeypatch.syspath_prepend(str(PACKAGING.joinpath(*folder)))
    monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module(name)


@pytest.mark.parametrize(
    "name",
    [
        "loadline/resources/sample/harbour/quay-1.csv.gz",
        "loadline/resources/icons/LICENSE",
        "pyarrow/libarrow.so.2600",
        "pyarrow/_parquet.cpython-311-x86_64-linux-gnu.so",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/lib/libQt6OpenGLWidgets.so.6",
        "PySide6/QtOpenGL.abi3.so",  # pyqtgraph imports it
        "loadline/resources/i18n/loadline_de.qm",
        "loadline/resources/manual/images/run.png",
    ],
)
def test_what_the_program_needs_stays_in_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert module(monkeypatch, "contents", "pyinstaller").is_needed(name)


@pytest.mark.parametrize(
    "name",
    [
        "libarrow_flight.so.2600",
        "pyarrow/libarrow_s3.so.2600",
        "pyarrow/include/arrow/api.h",
        "pyarrow/tests/conftest.py",
        "pyarrow/table.pxi",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "loadline/resources/i18n/loadline_de.ts",
        "PySide6\\plugins\\sqldrivers\\qsqlite.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/designer_de.qm",
    ],
)
def test_what_nobody_needs_is_left_out(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert not module(monkeypatch, "contents", "pyinstaller").is_needed(name)


@pytest.mark.skipif(sys.platform != "linux", reason="about Linux' libraries")
def test_libraries_that_nothing_asks_for_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    contents = module(monkeypatch, "contents", "pyinstaller")
    program = ("program", sys.executable, "EXECUTABLE")
    told = subprocess.run(
        ["ldd", sys.executable], capture_output=True, text=True, check=True
    ).stdout
    libc = re.search(r"(libc\.so\.6) => (\S+)", told)
    assert libc is not None
    asked = (libc.group(1), libc.group(2), "BINARY")
    alone = ("libalone.so.1", libc.group(2), "BINARY")
    own = ("libstdc++.so.6", libc.group(2), "BINARY")
    assert contents.referenced([program, asked, alone, own]) == [program, asked]


def test_the_menu_entry_starts_what_the_command_line_knows(tmp_path: Path) -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(PACKAGING / "linux" / "share" / "loadline.desktop", encoding="utf-8")
    program, *words = entry["Desktop Entry"]["Exec"].split()
    assert program == "loadline"
    assert cli.parse([w for w in words if w != "%f"]).command == "window"
    file = tmp_path / "polls.loadline"
    args = cli.parse([str(file) if w == "%f" else w for w in words])
    assert (args.command, args.job) == ("window", file)


def test_the_files_that_desktops_hand_over_are_job_files(tmp_path: Path) -> None:
    text = (PACKAGING / "linux" / "share" / "loadline.xml").read_text(encoding="utf-8")
    patterns = re.findall(r'glob pattern="\*(.+)"', text)
    assert patterns == [".loadline"]
    file = tmp_path / f"polls{patterns[0]}"
    file.touch()
    assert is_job_file(file)
    windows = (PACKAGING / "windows" / "loadline.iss").read_text(encoding="utf-8")
    assert f'"Software\\Classes\\{patterns[0]}"' in windows
    contents = (PACKAGING / "pyinstaller" / "contents.py").read_text(encoding="utf-8")
    assert f'"CFBundleTypeExtensions": ["{patterns[0][1:]}"]' in contents


def test_texts_of_the_packages_name_this_version(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = module(monkeypatch, "tree", "linux")
    for name in ("metainfo.xml", "loadline.1", "copyright"):
        assert not re.search(r"@[A-Z]+@", tree.filled(name)), name
    assert f'version="{__version__}"' in tree.filled("metainfo.xml")
    assert "Permission is hereby granted" in tree.filled("copyright")


def test_every_option_of_the_command_is_in_the_manual(capsys: pytest.CaptureFixture[str]) -> None:
    manual = (PACKAGING / "linux" / "share" / "loadline.1").read_text(encoding="utf-8")
    for words in ([], ["run"], ["demo"]):
        with pytest.raises(SystemExit):
            cli.parse([*words, "--help"])
        for option in set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}:
            assert option.replace("-", r"\-") in manual, option


def test_icons_hold_every_size_as_a_picture(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    icons = module(monkeypatch, "icons")
    pictures = {size: icons.png(size) for size in (16, 256)}
    for size, picture in pictures.items():
        assert struct.unpack(">II", picture[16:24]) == (size, size)
    ico = icons.ico(pictures)
    assert struct.unpack("<HHH", ico[:6]) == (0, 1, 2)
    for number, picture in enumerate(pictures.values()):
        length, offset = struct.unpack("<II", ico[6 + 16 * number + 8 : 6 + 16 * number + 16])
        assert ico[offset : offset + length] == picture
    icns = icons.icns({256: pictures[256]})
    assert icns[:4] == b"icns"
    assert struct.unpack(">I", icns[4:8]) == (len(icns),)
    assert icns[8:12] == b"ic08"


def test_the_licence_of_every_distribution_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    licences = module(monkeypatch, "licences")
    by_expression = metadata.distribution("xlsxwriter")
    by_classifier = metadata.distribution("mdurl")
    assert licences.terms(by_expression) == "BSD-2-Clause"
    assert licences.terms(by_classifier) == "MIT License"
    # It brings no text of its own; without this one the build would stop.
    assert not licences.texts(metadata.distribution("nx-27017"))
    assert (licences.EXTRA / "nx-27017.txt").is_file()


def test_in_another_root_paths_are_what_the_program_calls_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    place = module(monkeypatch, "place")
    home = tmp_path / "tmp" / "home"
    there = place.Place(Path("/usr/bin/loadline"), home, tmp_path)
    assert there.inside(home / "a.loadline") == "/tmp/home/a.loadline"
    assert there.environment["HOME"] == "/tmp/home"
    assert "PYTHONPATH" not in there.environment
    here = place.Place(Path("/usr/bin/loadline"), home)
    assert here.inside(home) == str(home)


def smoke(program: Path) -> subprocess.CompletedProcess[str]:
    picture = program.with_name("picture.png")
    return subprocess.run(
        [sys.executable, PACKAGING / "smoke_test.py", program, "--picture", picture],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="the pretended program is a shell script")
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 1", "tells its version"),
        ("echo Loadline 1; echo noise >&2", "tells its version"),
        ('[ "$1" = --version ] && echo Loadline 1 || exit 1', "a run of the sample ends with 0"),
        ('[ "$1" = run ] && echo \'{"balanced": false, "rows": 58400}\' || echo Loadline 1',
         "its receipt adds up"),
    ],
)  # fmt: skip
def test_the_smoke_test_fails_with_a_program_that_fails(
    tmp_path: Path, script: str, told: str
) -> None:
    program = tmp_path / "loadline"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    ended = smoke(program)
    assert ended.returncode == 1
    assert f"FAILED: {told}" in ended.stderr


def test_the_folder_packaging_never_becomes_a_package() -> None:
    assert not list(PACKAGING.rglob("__init__.py"))
