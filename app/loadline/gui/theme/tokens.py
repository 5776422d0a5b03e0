"""The colours of the window, light and dark, as named tokens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Tone:
    """The three colours of a state: `text` for icon and word, `fill` for bars, `soft` behind."""

    text: str
    fill: str
    soft: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of one theme as ``#rrggbb`` or ``#aarrggbb``."""

    name: str
    bg: str
    surface: str
    sunken: str
    border: str
    line: str
    border2: str
    text: str
    text2: str
    text3: str
    hover: str
    sel: str
    accent: str
    accenth: str
    onaccent: str
    accentsoft: str
    track: str
    grid: str
    axis: str
    curve: str
    scroll: str
    fill: str
    queued: Tone
    waiting: Tone
    running: Tone
    cancelling: Tone
    cancelled: Tone
    done: Tone
    failed: Tone
    kept: Tone
    quietdone: Tone
    """Done blocks of the timeline: `fill` and the `text` on it."""
    onfill: str
    """Text on a block of any other state."""
    c1: str
    c2: str
    c3: str
    c4: str
    c5: str

    @property
    def dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.name == "dark"

    @property
    def comparisons(self) -> tuple[str, ...]:
        """Colours of a scorecard's comparisons in order."""
        return (self.c1, self.c2, self.c3, self.c4, self.c5)

    def tone(self, state: str) -> Tone:
        """Return the colours of a state by its name, e.g. ``failed``."""
        tone: Tone = getattr(self, state)
        return tone

    def value(self, role: str) -> str:
        """Return the colour of a role such as ``accent`` or ``failed.text``."""
        value: str = attrgetter(role)(self)
        return value


LIGHT = Tokens(
    name="light",
    bg="#F5F6F8",
    surface="#FFFFFF",
    sunken="#FAFBFC",
    border="#E2E5EA",
    line="#ECEEF2",
    border2="#C9CFD7",
    text="#1B2129",
    text2="#535D6A",
    text3="#616A77",
    hover="#EEF1F5",
    sel="#E4F0FA",
    accent="#0A66AD",
    accenth="#08568F",
    onaccent="#FFFFFF",
    accentsoft="#E4F0FA",
    track="#E6E9EE",
    grid="#ECEEF2",
    axis="#616A77",
    curve="#0A66AD",
    scroll="#C9CFD7",
    fill="#1A0A66AD",
    queued=Tone("#5A6573", "#D3D8DF", "#EEF0F3"),
    waiting=Tone("#845600", "#C88500", "#FDF3DC"),
    running=Tone("#0A66AD", "#2A86CC", "#E4F0FA"),
    cancelling=Tone("#97396F", "#CC79A7", "#F9EAF2"),
    cancelled=Tone("#5F5B66", "#8C8694", "#F0EFF2"),
    done=Tone("#00714F", "#009E73", "#E1F4ED"),
    failed=Tone("#B23F00", "#D55E00", "#FCEBE0"),
    kept=Tone("#17696B", "#4A9A9A", "#E2F1F0"),
    quietdone=Tone("#0B4A38", "#B5E2D3", "#E1F4ED"),
    onfill="#0B1215",
    c1="#0A66AD",
    c2="#009E73",
    c3="#C98A00",
    c4="#B3588C",
    c5="#6C74C9",
)

DARK = Tokens(
    name="dark",
    bg="#101317",
    surface="#171B20",
    sunken="#13171B",
    border="#2A3038",
    line="#22272E",
    border2="#3D4550",
    text="#E4E8ED",
    text2="#A8B1BC",
    text3="#929CA9",
    hover="#1F242B",
    sel="#17304A",
    accent="#5CB3EE",
    accenth="#7BC3F3",
    onaccent="#0B1620",
    accentsoft="#14293B",
    track="#2A3038",
    grid="#242A31",
    axis="#929CA9",
    curve="#5CB3EE",
    scroll="#3D4550",
    fill="#225CB3EE",
    queued=Tone("#9AA4B1", "#48515D", "#22272E"),
    waiting=Tone("#F0B53C", "#E0A020", "#33290F"),
    running=Tone("#5CB3EE", "#3D94D3", "#14293B"),
    cancelling=Tone("#E19BC3", "#CC79A7", "#34202C"),
    cancelled=Tone("#A7A2AE", "#6F6A77", "#26242A"),
    done=Tone("#3FC79B", "#16A47B", "#10302A"),
    failed=Tone("#FF9154", "#E06A1B", "#3A2113"),
    kept=Tone("#7ACBC6", "#4C9E9A", "#15302F"),
    quietdone=Tone("#C4EBDD", "#1C5546", "#10302A"),
    onfill="#0B1215",
    c1="#5CB3EE",
    c2="#3FC79B",
    c3="#E2B84A",
    c4="#D58CB8",
    c5="#9BA3F2",
)


@lru_cache(maxsize=256)
def qcolor(value: str) -> QColor:
    """Return the `QColor` of a token's value; shared, so do not change it."""
    return QColor(value)
