"""Results on their way out: as they come, or each after the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenmatsu.batch.pool import Result


@dataclass(slots=True)
class Line:
    """Results by the number of their job, from 0; ``next`` is the one whose turn it is."""

    ordered: bool
    next: int = 0
    waiting: dict[int, Result] = field(default_factory=dict)

    def out(self) -> Iterator[Result]:
        """Yield what may go."""
        if not self.ordered:
            while self.waiting:
                yield self.waiting.pop(next(iter(self.waiting)))
        while self.next in self.waiting:
            yield self.waiting.pop(self.next)
            self.next += 1
