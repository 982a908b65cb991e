"""Work in a process of its own, so that a test can bound its time and memory, and live when it dies."""

from __future__ import annotations

import multiprocessing
import resource
import time
import traceback
from collections.abc import Callable
from typing import Any


def apart(work: Callable[[], Any], *, seconds: float = 60.0, gigabytes: float | None = 3.0) -> tuple[Any, float, int]:
    """Return what ``work`` returns, the seconds of the processor that it took, and its peak memory in bytes above the start.

    The process is forked, so ``work`` may be any function; its memory is limited to ``gigabytes`` more than there were.
    Raises AssertionError when it raises, dies, or takes more than ``seconds`` of the clock.
    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)

    def run() -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if gigabytes is not None:
            with open("/proc/self/statm", encoding="ascii") as file:
                now = int(file.read().split()[0]) * resource.getpagesize()
            limit = now + int(gigabytes * 2**30)
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        begin = time.process_time()
        try:
            told = (True, work())
        except BaseException:
            told = (False, traceback.format_exc())
        took = time.process_time() - begin
        there.send((*told, took, 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)))

    process = context.Process(target=run, daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise AssertionError(f"not done after {seconds:g} s")
        good, told, took, memory = here.recv()
    except EOFError:
        process.join(10)
        raise AssertionError(f"the process died: {process.exitcode}") from None
    finally:
        process.kill()
        process.join()
        here.close()
    assert good, told
    return told, took, memory
