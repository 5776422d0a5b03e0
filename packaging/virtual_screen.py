"""A screen without a monitor (Xvfb) whose windows can be found, told keys, and looked at.

What is on it lies in a file that Xvfb keeps in memory (``-fbdir``), so that looking costs nothing
and needs no client of the X server. Needs xvfb and xdotool.
"""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path
from typing import Self

from place import until

WIDTH, HEIGHT = 1280, 800
PAINTED = 12
"""Colours that a painted window has at least; an empty one has one or two."""


class VirtualScreen:
    """The screen while the ``with`` block lasts."""

    def __enter__(self) -> Self:
        """Start it."""
        self._folder = Path(tempfile.mkdtemp(prefix="loadline-screen-"))
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp",
             "-noreset", "-fbdir", str(self._folder)],
            pass_fds=[writing], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        with (self._folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        # The head of an .xwd file; 19 is the number of colours after it, each of 12 bytes.
        head = struct.unpack(">25I", self._memory[:100])
        self._line, self._start = head[12], head[0] + head[19] * 12
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._server.terminate()
        self._server.wait()
        self._memory.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def window(self, title: str) -> str:
        """Return the id of the shown window that has this title, once it is there."""
        return until(lambda: self._window(title), f"a window called {title}")

    def _window(self, title: str) -> str:
        told = self._ask("search", "--onlyvisible", "--name", f"^{title}$")
        return told.stdout.partition("\n")[0]

    def keys(self, window: str, *names: str) -> None:
        """Press keys in a window; there is no window manager that would give it the keyboard."""
        self._ask("windowfocus", "--sync", window, "key", "--clearmodifiers", *names)

    def click(self, x: int, y: int) -> None:
        """Click at this place of the screen."""
        self._ask("mousemove", str(x), str(y), "click", "1")

    def _ask(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"DISPLAY": self.display}
        return subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, check=False
        )

    def colours(self, step: int = 3) -> int:
        """Return how many colours the screen shows, as far as every `step`-th pixel tells."""
        found: set[bytes] = set()
        for row in range(0, HEIGHT, step):
            line = self._row(row)
            found.update(line[at : at + 3] for at in range(0, 4 * WIDTH, 4 * step))
        return len(found)

    def painted(self) -> bool:
        """Tell whether anything has been drawn."""
        return self.colours(23) >= PAINTED

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Return blue, green and red of a place of the screen, 0 to 255 each."""
        blue, green, red, _ = self._row(y)[4 * x : 4 * x + 4]
        return blue, green, red

    def _row(self, number: int) -> bytes:
        start = self._start + number * self._line
        return self._memory[start : start + 4 * WIDTH]

    def save(self, picture: Path) -> None:
        """Write what is on the screen as PNG."""
        lines = []
        for number in range(HEIGHT):
            row = self._row(number)  # blue, green, red, nothing
            line = bytearray(3 * WIDTH)
            line[0::3], line[1::3], line[2::3] = row[2::4], row[1::4], row[0::4]
            lines.append(b"\0" + line)
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b"")]
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
