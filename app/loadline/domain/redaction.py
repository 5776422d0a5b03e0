"""What is taken out of a text before it is written to the log or copied into a report.

Passwords in addresses and after names such as ``password=``; and everything in quotes, because a
sentence about bad input quotes the input: ``Line 7: "12,x" is no number`` tells a value.
"""

from __future__ import annotations

import re
from pathlib import Path

from loadline.domain.connections import masked

GONE = "\u2026"
_SECRET = re.compile(
    r"(?i)\b(pass(?:word|wd|phrase)?|pwd|secret|token|api[-_ ]?key|authorization)"
    r"([\"']?\s*[:=]\s*)(?:bearer\s+)?(\"[^\"]*\"|'[^']*'|[^\s,;&)}\]]+)"
)
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*://)(?:\S*|[^\s:/]*:[^@\n]*)@", re.IGNORECASE)
"""Up to the last ``@``: a password that was pasted as it is may hold every sign, also a blank."""
_QUOTED = re.compile(r"\"[^\"\n]*\"|(?<![\w])'[^'\n]*'(?![\w])|\u201c[^\u201d\n]*\u201d")


def redacted(text: str) -> str:
    """Return `text` without passwords; addresses keep their host."""
    return _SECRET.sub(rf"\1\2{GONE}", _ADDRESS.sub(rf"\1{GONE}@", masked(text)))


def without_values(text: str) -> str:
    """Return `text` without passwords and without what it quotes."""
    return _QUOTED.sub(lambda found: found[0][0] + GONE + found[0][-1], redacted(text))


def homeless(text: str, home: Path | None = None) -> str:
    """Return `text` with the person's home folder, and so their name, written as ``~``."""
    folder = str(home or Path.home())
    return text.replace(folder, "~") if len(folder) > 1 else text
