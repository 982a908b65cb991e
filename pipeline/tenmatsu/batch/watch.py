"""Watching folders by looking again and again: what has stopped changing is read.

Looking, and not the system's own notices of changes, because these do not come from network shares, on which the folders that
people drop files into lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tenmatsu import inputs
from tenmatsu.batch.run import Read
from tenmatsu.batch.seen import Seen
from tenmatsu.source import Source


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the folders found: numbers of files that are ``due`` and that still change (``new``), of documents ``gone``."""

    plan: inputs.Plan
    turn: int
    due: int
    new: int
    gone: int

    @property
    def complete(self) -> bool:
        """Whether all that is there is settled and was seen, so that what is not among it is not there."""
        return self.plan.whole and not self.new


class Watch:
    """Looks at paths. A file is due when two looks, one after the other, find it with the same size and time of change."""

    def __init__(self, paths: Sequence[Path], seen: Seen) -> None:
        """Watch ``paths``; what is known of their files is kept in ``seen``."""
        self._paths = paths
        self._seen = seen
        self._turn = 0

    def look(self) -> Look:
        """Look once."""
        self._turn += 1
        plan = inputs.plan(self._paths)
        counts = {"new": 0, "due": 0, "done": 0}
        for position, path in enumerate(plan.files):
            try:
                there = path.stat()
            except OSError:
                continue  # gone again
            counts[self._seen.poll(inputs.shown(path), position, there.st_size, there.st_mtime_ns, self._turn)] += 1
        gone = self._seen.drop_older(self._turn) if plan.whole else 0
        return Look(plan, self._turn, counts["due"], counts["new"], gone)

    def due(self, look: Look, tell: Callable[[str], None]) -> Iterator[Read]:
        """Read the files that are due."""
        for position, path in enumerate(look.plan.files):
            name = inputs.shown(path)
            if self._seen.state(name) == "due":
                yield Read(name, position, self._read(path, name, tell))

    def _read(self, path: Path, name: str, tell: Callable[[str], None]) -> Iterator[Source]:
        yield from inputs.of_file(path, tell)
        self._seen.settle(name)
