"""A worker process: takes a document at a time through a pipe, gives its rows back, and ends when the pipe is closed.

It ends by itself in any case: when the parent is gone the pipe is closed, and a document that holds it up is cut short by the
system's own alarm, which no code can put off.
"""

from __future__ import annotations

import math
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

from tenmatsu.batch.work import Work

GRACE = 30  # seconds after the time limit at which a worker ends by itself: the parent was to stop it and is gone
WORN = 2**30  # bytes: a worker that has once needed so much is replaced, as memory in pieces is never given back


def serve(connection: Connection, work: Work, memory: int | None) -> None:
    """Extract the documents that come through ``connection`` until it is closed.

    It sends None when it is ready; then for each (Source, seconds) it sends (Extracted, whether it ends now). ``memory``
    (bytes) bounds its address space where the system can.
    """
    with suppress(ValueError, AttributeError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to act on
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    bound(memory)
    extract = work.opened()
    try:
        connection.send(None)
    except OSError:
        return  # nobody waits for it any more
    while True:
        try:
            source, seconds = connection.recv()
        except (EOFError, OSError):
            return
        _alarm(math.ceil(seconds) + GRACE)
        one = extract(source)
        _alarm(0)
        worn = _most_memory() > WORN
        try:
            connection.send((one, worn))
        except OSError:
            return
        if worn:
            return


def bound(memory: int | None) -> None:
    """Bound the address space of this process to ``memory`` bytes, and let it write no core files, where the system can."""
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory is not None:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _alarm(seconds: int) -> None:
    with suppress(AttributeError):
        signal.alarm(seconds)


def _most_memory() -> int:
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
