"""What the smoke test does with the window; on Linux on a virtual screen of its own."""

from __future__ import annotations

import json
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from place import SECONDS, Place, check, until
from virtual_screen import VirtualScreen

PICTURED = 1_400
"""Colours on the screen when the manual shows a picture: 1,900; without one there are 900."""
MOST_SECONDS = 10.0


def demo(place: Place, picture: Path) -> None:
    """Let the window open on a virtual screen, load the sample there and take a picture."""
    own = place.home / picture.name
    with VirtualScreen() as screen:
        plain_demo(replace(place, extra=place.extra | {"DISPLAY": screen.display}), own)
    shutil.copyfile(own, picture)


def plain_demo(place: Place, picture: Path) -> None:
    """Let the window open, load the sample there and take a picture; judge all of that."""
    began = time.monotonic()
    code, out, err = place.run("demo", "--screenshot", place.inside(picture))
    took = time.monotonic() - began
    check(code == 0, f"the window opens, loads and closes ({took:.1f} s)", out + err)
    check(not err, "without a word on stderr", err)
    check(json.loads(out)["balanced"], "its receipt adds up", out)
    check(picture.stat().st_size > 20_000, "its picture is taken")


@contextmanager
def opened(place: Place, *words: str) -> Iterator[tuple[VirtualScreen, str]]:
    """Give the screen and the window's id while the program shows it; then end it, and judge."""
    with VirtualScreen() as screen:
        began = time.monotonic()
        process = replace(place, extra=place.extra | {"DISPLAY": screen.display}).start(*words)
        until(screen.painted, "the window is painted")
        took = time.monotonic() - began
        window = screen.window("Loadline")
        check(took < MOST_SECONDS, f"the window is painted ({took:.2f} s)")
        try:
            yield screen, window
        finally:
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=SECONDS)
        check(process.returncode == 0, "it ends when the system asks it to", out + err)
        check(not err, "without a word on stderr", err)


def manual(place: Place, picture: Path, title: str = "Loadline manual") -> None:
    """See F1 open the manual, with this title, and with its pictures."""
    with opened(place) as (screen, window):
        screen.keys(window, "F1")
        screen.window(title)
        found = f"F1 opens: {title}, with pictures"
        until(lambda: screen.colours() > PICTURED, found)
        screen.save(picture)
        print(f"  {found} ({screen.colours():,} colours)")


def german(place: Place, folder: Path) -> None:
    """See it speak German, once because the system does and once because the settings say so."""
    system = replace(place, extra=place.extra | {"LANGUAGE": "de", "LC_MESSAGES": "de_DE.UTF-8"})
    manual(system, folder / "smoke-german.png", "Handbuch von Loadline")
    settings = place.home / ".config" / "loadline" / "settings.toml"
    place.write(str(settings.relative_to(place.home)), 'format = 1\nlanguage = "de"\n')
    manual(place, folder / "smoke-german.png", "Handbuch von Loadline")
    settings.unlink()
