"""A document before it is read: its bytes, what is said of them, and where they came from; and what is no document.

Everything that finds documents (files and folders, archives, files with a document a row) gives ``Source``.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tenmatsu.read.limits import BYTES

DOCUMENT_BYTES = BYTES  # the largest document
_LABEL = (
    500  # code points of a name that a file gives to a row or member; disclosures have titles, not chapters, as names
)

_KEY = 1000  # bytes of a name in UTF-8: PostgreSQL takes 2,704 into an index, for all columns of the key


class UnfitError(ValueError):
    """An input that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read: its bytes, or ``error``, why there are none.

    ``path`` names it in the tables: the path as given, ``FILE.csv#3`` for a row, ``FILE.zip!/inner/page.html`` for a member
    of an archive. ``published`` (EDTF), ``media_type``, ``charset`` and ``title`` are what a batch says of the document, None
    where it says nothing.
    """

    path: str
    data: bytes = b""
    error: str | None = None
    published: str | None = None
    media_type: str | None = None
    charset: str | None = None
    title: str | None = None


def shown(path: Path) -> str:
    """Return ``path`` as text that can be written in UTF-8, with ``/`` between its parts."""
    return bounded(os.fsencode(path.as_posix()).decode("utf-8", "replace"))


def bounded(label: str) -> str:
    """Return a name of a document as it is, or its head with a digest where it is longer than keys of databases may be."""
    data = label.encode("utf-8", "replace")
    if len(data) <= _KEY:
        return label
    return f"{data[: _KEY - 40].decode('utf-8', 'ignore')}…{hashlib.sha256(data).hexdigest()[:16]}"


def cleaned(name: str) -> str:
    """Return a name that a stranger gave as one that any table can hold: no control characters, no half surrogate pairs."""
    told = name.encode("utf-8", "replace").decode("utf-8")[:_LABEL]
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", told)


def one_line(error: object) -> str:
    """Return what an exception says in one line that any table can hold."""
    return cleaned(" ".join(str(error).split()))


def encoded(text: str) -> bytes:
    """Return ``text`` as UTF-8. Raises UnfitError for half a surrogate pair, which no UTF-8 can hold."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnfitError(
            f"the text holds half a surrogate pair at character {error.start}: it is no Unicode text"
        ) from None


def too_large(size: int, what: str = "file") -> str:
    """Return the reason why a document of ``size`` bytes is not read."""
    most = DOCUMENT_BYTES // 2**20
    return f"this {what} has {size:,} bytes and a document at most {most} MiB: is it one document? Split it"


def valid_published(value: str | date) -> str:
    """Return a day, month or year of the calendar in EDTF (2020/2/6 and 2020年2月6日 as 2020-02-06).

    Raises ValueError with what to write.
    """
    value = str(value)
    hit = re.fullmatch(r"([0-9]{4})(?:([-/.年])([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?", value)
    try:
        if hit is None or (hit[2] == "-" and not re.fullmatch(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", value)):
            raise ValueError
        date(int(hit[1]), int(hit[3] or 1), int(hit[4] or 1))
    except ValueError:
        raise ValueError(f"{value!r} is no date: write YYYY-MM-DD (or YYYY-MM, YYYY), e.g. 2020-12-11") from None
    return "-".join(f"{int(part):02d}" for part in (hit[1], hit[3], hit[4]) if part)
