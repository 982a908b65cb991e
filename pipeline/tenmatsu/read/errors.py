"""What the readers raise."""

from __future__ import annotations


class ReadError(ValueError):
    """A document that cannot be read; the message says what is wrong and what to do."""
