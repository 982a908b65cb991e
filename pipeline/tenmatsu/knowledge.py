"""Where the rules' data lies and how it is loaded: ``models/*.jsonl``, one validated record a line.

``tenmatsu/models`` is the folder ``models/`` of a checkout and the same files inside an installed wheel.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TypeVar

import msgspec

Record = TypeVar("Record")


class KnowledgeError(ValueError):
    """A file in ``models/`` that cannot be used; the message names file, line and reason."""


@cache
def load(name: str, kind: type[Record]) -> tuple[Record, ...]:
    """Return the records of ``models/<name>.jsonl`` as instances of the msgspec Struct ``kind``, in file order.

    Lines that are empty or begin with ``//`` are passed over. Raises KnowledgeError with file and line
    where a record does not fit ``kind``.
    """
    decoder = msgspec.json.Decoder(kind)
    found = []
    data = resources.files("tenmatsu").joinpath("models", f"{name}.jsonl").read_bytes()
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip() and not line.startswith(b"//"):
            try:
                found.append(decoder.decode(line))
            except msgspec.DecodeError as error:
                raise KnowledgeError(f"models/{name}.jsonl line {number}: {error}") from error
    return tuple(found)
