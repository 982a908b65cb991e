"""Precision, recall and F1 from counts, and their intervals by resampling documents."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tenmatsu.evaluate.layers import Counts

RESAMPLES = 1000
SEED = 20200907

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """The figures of one layer; each is None where nothing is there to divide by, intervals likewise."""

    counts: Counts
    precision: float | None
    recall: float | None
    f1: float | None
    precision_interval: Interval | None
    recall_interval: Interval | None
    f1_interval: Interval | None


def added(counts: Sequence[Counts]) -> Counts:
    """Return the sum of the counts."""
    return Counts(sum(c.right for c in counts), sum(c.system for c in counts), sum(c.gold for c in counts))


def ratios(counts: Counts) -> tuple[float | None, float | None, float | None]:
    """Return precision, recall and F1; None where the denominator is zero."""
    right, system, gold = counts
    return (
        right / system if system else None,
        right / gold if gold else None,
        2 * right / (system + gold) if system + gold else None,
    )


def figure(documents: Sequence[Counts], resamples: int = RESAMPLES, seed: int = SEED) -> Figure:
    """Return the figures of one layer over ``documents``, with 95 % intervals.

    Every layer draws the same documents, because every call starts from the same seed.
    """
    total = added(documents)
    draws: tuple[list[float], list[float], list[float]] = ([], [], [])
    chance = random.Random(seed)
    for _ in range(resamples if documents else 0):
        drawn = added(chance.choices(documents, k=len(documents)))
        for values, value in zip(draws, ratios(drawn), strict=True):
            if value is not None:
                values.append(value)
    return Figure(total, *ratios(total), *(_interval(values) for values in draws))


def _interval(values: list[float]) -> Interval | None:
    if not values:
        return None
    ordered = sorted(values)
    last = len(ordered) - 1
    return ordered[round(0.025 * last)], ordered[round(0.975 * last)]
