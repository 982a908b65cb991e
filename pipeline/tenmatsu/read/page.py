"""What a reader makes of a page or file."""

from __future__ import annotations

from dataclasses import dataclass, field

from tenmatsu.records import About, Part


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader makes of a page or file: its text, where the stretches of it came from, what the file says of itself.

    ``replaced`` counts the characters of the source that could not be decoded and are U+FFFD. ``notes`` are
    what the user should know of the reading, a line each.
    """

    text: str
    parts: tuple[Part, ...] = ()
    about: About = field(default_factory=About)
    encoding: str | None = None
    replaced: int = 0
    notes: tuple[str, ...] = ()
