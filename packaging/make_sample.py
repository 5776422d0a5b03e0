"""Make the bundled sample, resources/sample/harbour: ``python packaging/make_sample.py``.

Seven files about ships that called at a made-up harbour, one per quay; nothing in them is real.
The same files come out on every machine (gzip may compress differently from version to version).
What they show: natural order (2, 3, 10), three ways of writing, columns that came later, whole
numbers in one file and decimals in the others, berths with leading zeros that must stay text.
"""

import csv
import gzip
import io
import math
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sample" / "harbour"
FIRST_DAY = date(2021, 1, 1)
DAYS = 1825
FLAGS = ["NO", "DK", "NL", "DE", "LR", "PA", "MT", "SG", "GB", "EE"]
TONNES = {
    "bulk": 24000,
    "box": 31000,
    "tanker": 42000,
    "ro-ro": 9000,
    "reefer": 7000,
    "coaster": 2800,
}
FIRST_WORDS = ["Silver", "Northern", "Amber", "Quiet", "Bold", "Polar", "Green", "Swift", "Old",
               "Grey", "Golden", "Lucky"]  # fmt: skip
SECOND_WORDS = ["Heron", "Tide", "Anchor", "Gannet", "Beacon", "Wave", "Petrel", "Star", "Compass",
                "Otter", "Harbour", "Wind", "Å", "Señora"]  # fmt: skip


@dataclass(frozen=True)
class Quay:
    """How one file is written."""

    number: int
    rows: int
    suffix: str = ".csv"
    delimiter: str = ","
    whole_hours: bool = False
    draught: bool = False
    tugs: bool = False


QUAYS = [
    Quay(1, 19800, suffix=".csv.gz"),
    Quay(2, 6400, whole_hours=True),
    Quay(3, 6100),
    Quay(7, 6800, delimiter=";", draught=True),
    Quay(9, 5900, suffix=".tsv", delimiter="\t", draught=True),
    Quay(10, 7000, draught=True, tugs=True),
    Quay(12, 6400, draught=True, tugs=True),
]


def rows(quay: Quay, chance: random.Random) -> list[list[str]]:
    """Return the header and the calls of one quay, in the order of arrival."""
    header = ["call", "ship", "flag", "kind", "berth", "arrived", "hours", "cargo_t"]
    table = [header + ["draught_m"] * quay.draught + ["tugs"] * quay.tugs]
    for number in range(quay.rows):
        day = FIRST_DAY + timedelta(days=number * DAYS // quay.rows)
        table.append(call(quay, number, day, chance))
    return table


def call(quay: Quay, number: int, day: date, chance: random.Random) -> list[str]:
    """Return one ship's call."""
    kind = chance.choice(list(TONNES))
    season = 1 + 0.25 * math.sin(day.timetuple().tm_yday / 365 * math.tau)
    cargo = round(TONNES[kind] * season * chance.uniform(0.35, 1.0))
    hours = cargo / 900 + chance.uniform(2, 18)
    row = [
        f"{quay.number}{number:05}",
        f"{chance.choice(FIRST_WORDS)} {chance.choice(SECOND_WORDS)}",
        chance.choice(FLAGS),
        kind,
        f"{chance.randint(1, 14):02}",
        day.isoformat(),
        f"{hours:.0f}" if quay.whole_hours else f"{hours:.1f}",
        "" if chance.random() < 0.02 else str(cargo),
    ]
    if quay.draught:
        row.append(f"{3 + cargo / 5200 + chance.uniform(0, 1):.1f}")
    if quay.tugs:
        row.append(str(chance.choice([0, 0, 1, 1, 2, 3])))
    return row


def main() -> None:
    """Write the seven files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for quay in QUAYS:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=quay.delimiter, lineterminator="\n")
        writer.writerows(rows(quay, random.Random(quay.number)))
        data = text.getvalue().encode()
        if quay.suffix.endswith(".gz"):
            data = gzip.compress(data, 9, mtime=0)
        (FOLDER / f"quay-{quay.number}{quay.suffix}").write_bytes(data)


if __name__ == "__main__":
    main()
