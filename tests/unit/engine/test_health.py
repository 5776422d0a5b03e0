"""How long an outage lasts: given up at the very moment that its alarm is set for."""

from __future__ import annotations

from loadline.domain.policy import SOURCE_DOWN_AFTER
from loadline.engine.health import SourceHealth


def test_an_outage_is_given_up_at_its_alarm_however_the_numbers_round() -> None:
    for tenth in range(20_000):
        health = SourceHealth()
        for index in range(SOURCE_DOWN_AFTER):
            health.no_answer(index, tenth / 10)
        assert health.given_up(health.gives_up_at)
