"""Devices at one door send what they have scanned at the same moment: nobody may be lost, nobody counted twice."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from django.db import connections

PATIENCE = 60  # seconds until every device must stand at the start


@dataclass(frozen=True)
class DoorResult:
    """How many sendings failed, and how long the slowest took."""

    errors: int
    slowest_ms: float


def race_at_the_door(send: Callable[[str], None], devices: Sequence[str]) -> DoorResult:
    """Every device sends at once, each on a connection of its own; `send` commits."""
    start = Barrier(len(devices))

    def run(device: str) -> tuple[bool, float]:
        try:
            connections["default"].ensure_connection()
            start.wait(PATIENCE)
            began = time.perf_counter()
            try:
                send(device)
            except Exception:  # whatever it is, it is what the race counts
                return False, time.perf_counter() - began
            return True, time.perf_counter() - began
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(devices)) as pool:
        answers = list(pool.map(run, devices))
    return DoorResult(
        sum(not worked for worked, _took in answers), round(max(took for _worked, took in answers) * 1000, 1)
    )
