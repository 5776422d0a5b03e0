"""The order of day and month is proved or asked for, never guessed."""

from __future__ import annotations

import pytest

from loadline.sources.csv_date_order import find_date_order


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["11/3/98", "28/01/98"], ("%d/%m/%y",)),
        (["11/3/98", "10/13/1998"], ()),
        (["11/3/1998", "10/13/1998"], ("%m/%d/%Y",)),
        (["28.01.2018", "", "01.02.2018"], ("%d.%m.%Y",)),
        (["2018/01/28"], ("%Y/%m/%d",)),
        (["1.2.2018 14:05", "31.2.2018 1:05"], ("%d.%m.%Y %H:%M",)),
        (["1/2/2018 2:05:00 PM", "1/31/2018 1:05:00 AM"], ("%m/%d/%Y %I:%M:%S %p",)),
        (["28/01/2018", "01/28/2018"], ()),
        (["Oslo"], ()),
        ([], ()),
    ],
)
def test_one_value_can_prove_the_order(values: list[str], formats: tuple[str, ...]) -> None:
    """And values that contradict each other are no dates."""
    assert find_date_order(values).formats == formats


def test_without_a_day_above_twelve_a_person_is_asked() -> None:
    """Both formats are offered, and why."""
    found = find_date_order(["11/3/98", "1/2/98"])
    assert found.formats == ("%d/%m/%y", "%m/%d/%y")
    assert not found.proved
    assert "exchanged" in found.evidence


def test_the_proof_is_told() -> None:
    """It is the first value that leaves one order only."""
    assert find_date_order(["11/3/98", "28/01/98"]).evidence == "proved by 28/01/98"
