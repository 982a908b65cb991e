"""One fuzzed input through the readers of documents: what comes back, with everything that must hold asserted."""

from __future__ import annotations

from fuzz.invariants import check_document
from fuzz.mutate import Made

from tenmatsu.read.decode import ReadError, read
from tenmatsu.records import Document


def through(made: Made) -> Document | None:
    """Return the document of ``made``, None where its reader says in one line why there is none; anything else raises."""
    try:
        document = read(made.data, made.path, media_type=made.media_type, charset=made.charset)
    except ReadError as error:
        told = str(error)
    else:
        check_document(document)
        return document
    assert told.strip()
    assert "\n" not in told, told
    return None
