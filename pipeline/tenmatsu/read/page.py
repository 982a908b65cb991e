"""What a reader makes of a page or file: text, the places its stretches came from, and what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from tenmatsu.records import About, Part


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader makes of a page or file: its text, where the stretches of it came from, what the file says of itself.

    ``parts`` count code points of ``text``. ``notes`` are what the user should know of the reading, a line each.
    """

    text: str
    parts: tuple[Part, ...] = ()
    about: About = About()
    encoding: str | None = None
    notes: tuple[str, ...] = ()
