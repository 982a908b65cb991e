"""What is said when a database cannot be used."""

from __future__ import annotations

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

_MOST = 300  # characters of a driver's message that are repeated


class StoreError(ValueError):
    """A database that cannot be used; the message says in one line what, where and what to do. It holds no password."""


def one_line(error: BaseException, url: URL) -> str:
    """Return what a driver says of an error in one line, without the password of the URL."""
    told = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    line = " ".join(str(told).split())[:_MOST] or type(told).__name__
    return line.replace(str(url.password), "***") if url.password else line
