"""Worker processes that extract documents, one at a time each; a document that hangs or kills its worker costs itself alone.

Nothing waits in a queue: a worker is given a document when it has none, so that at most ``workers`` documents are in memory.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from tenmatsu.batch.order import Line
from tenmatsu.batch.work import Work
from tenmatsu.batch.worker import serve
from tenmatsu.source import Source

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted

TIMEOUT = 60.0  # seconds
MEMORY = 4 * 2**30  # bytes of address space of a worker; it lives on a tenth of it
BYTES_A_SECOND = 30_000  # a fifth of what plain text takes: a long document on a slow machine is no hanging one
_AHEAD = 64  # results that may wait for the one before them, for each worker
_STARTS = 3  # workers that end before they are ready, one after the other, until no more are started
_START_SECONDS = 300  # in which a worker must be ready


class PoolError(RuntimeError):
    """Worker processes cannot be started; the message says what to do."""


class Job(NamedTuple):
    """A document to extract; ``tag`` comes back with its rows."""

    source: Source
    tag: Any = None


class Result(NamedTuple):
    """The rows of a document, with the ``tag`` of its job."""

    extracted: Extracted
    tag: Any = None


def seconds_for(size: int, timeout: float) -> float:
    """Return the time limit for a document of ``size`` bytes: ``timeout`` seconds and one more for each 30,000 bytes."""
    return timeout + size / BYTES_A_SECOND


def stopped(source: Source, timeout: float) -> Extracted:
    """Return the error row of a document that was not done in time."""
    from tenmatsu.pipeline import unread

    seconds = seconds_for(len(source.data), timeout)
    return unread(
        source.path,
        source.data,
        f"stopped after {seconds:.{0 if seconds >= 10 else 1}f} seconds: is it made to take long? Else give more with --timeout and --retry-failed",
    )


class Alone:
    """Extracts documents in this process, one after the other; the time limit holds where the system can interrupt."""

    def __init__(self, work: Work, timeout: float = TIMEOUT) -> None:
        """Prepare to do ``work`` on documents, each within ``timeout`` seconds and what its size adds."""
        self._work = work
        self._timeout = timeout

    def results(self, jobs: Iterable[Job], ordered: bool = False) -> Iterator[Result]:
        """Yield the rows of every document, in the order of the jobs."""
        extract = self._work.opened()
        for job in jobs:
            try:
                with _limited(seconds_for(len(job.source.data), self._timeout)):
                    one = extract(job.source)
            except _OverError:
                one = stopped(job.source, self._timeout)
            yield Result(one, job.tag)


class _OverError(BaseException):
    """The time is over; no ``except Exception`` on the way may take it for its own."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise _OverError in the body when it takes longer; without signals (Windows, other threads) nothing is raised."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise _OverError

    before = signal.signal(signal.SIGALRM, over)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, before)


@dataclass(eq=False, slots=True)
class _Worker:
    process: Any
    connection: Connection
    until: float
    ready: bool = False
    task: _Task | None = None


@dataclass(eq=False, slots=True)
class _Task:
    number: int
    job: Job
    died: bool = False


class Pool:
    """Extracts documents in worker processes; a context manager that leaves no process behind.

    A document that is not done within its time, or whose worker ends twice, gives one error row; its worker is replaced and
    its neighbours do not notice.
    """

    def __init__(self, work: Work, workers: int, timeout: float = TIMEOUT, memory: int | None = MEMORY) -> None:
        """Prepare ``workers`` processes (started when first needed) with ``memory`` bytes of address space each, None for all."""
        self._work = work
        self._count = max(1, workers)
        self._timeout = timeout
        self._memory = memory
        self._workers: list[_Worker] = []
        self._stillborn = 0
        self._context = _context()

    def __enter__(self) -> Pool:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes, whatever they are doing."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def results(self, jobs: Iterable[Job], ordered: bool = False) -> Iterator[Result]:
        """Yield the rows of every document as they are done, or in the order of the jobs.

        Raises PoolError when no worker can be started, and whatever ``jobs`` raises.
        """
        coming = enumerate(jobs)
        line = Line(ordered)
        again: deque[_Task] = deque()
        held: _Task | None = None
        more = True
        try:
            while True:
                while more and held is None and not again and len(line.waiting) < _AHEAD * self._count:
                    number, job = next(coming, (0, None))
                    if job is None:
                        more = False
                    elif job.source.error is not None:
                        line.waiting[number] = Result(unread_job(job.source, job.source.error), job.tag)
                        yield from line.out()
                    else:
                        held = _Task(number, job)
                if again or held is not None:
                    # only now: a run in which nothing is left to do starts no process
                    self._start_missing()
                    free = next((worker for worker in self._workers if worker.ready and worker.task is None), None)
                    if free is not None:
                        task, held = (again.popleft(), held) if again else (held, None)
                        if task is not None:
                            self._give(free, task)
                        continue
                elif not any(worker.task for worker in self._workers):
                    return
                for number, result in self._taken(again):
                    line.waiting[number] = result
                yield from line.out()
        finally:
            # whoever stops asking does not get what is still being done, in this round or another
            self._drop([worker for worker in self._workers if worker.task])

    def _start_missing(self) -> None:
        while len(self._workers) < self._count:
            ours, theirs = self._context.Pipe()
            process = self._context.Process(
                target=serve, args=(theirs, self._work, self._memory), name="tenmatsu-worker", daemon=True
            )
            try:
                with _uninterrupted():
                    process.start()
            except (OSError, EOFError) as error:
                raise PoolError(_NO_START.format(error)) from error
            theirs.close()
            self._workers.append(_Worker(process, ours, time.monotonic() + _START_SECONDS))

    def _give(self, worker: _Worker, task: _Task) -> None:
        seconds = seconds_for(len(task.job.source.data), self._timeout)
        worker.task = task
        worker.until = time.monotonic() + seconds
        # a worker that has just died is met when its answer is waited for
        with suppress(OSError):
            worker.connection.send((task.job.source, seconds))

    def _taken(self, again: deque[_Task]) -> Iterator[tuple[int, Result]]:
        """Wait until a worker has something to say or its time is over, and give what is done, by number."""
        waited = {worker.connection: worker for worker in self._workers if worker.task or not worker.ready}
        first = min(worker.until for worker in waited.values())
        for connection in wait(list(waited), max(0.0, first - time.monotonic())):
            worker = waited.pop(connection)  # type: ignore[call-overload]
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                yield from self._died(worker, again)
                continue
            if not worker.ready:
                worker.ready, self._stillborn = True, 0
                continue
            (extracted, worn), task = message, worker.task
            worker.task = None
            if worn:
                self._drop([worker])
            yield task.number, Result(extracted, task.job.tag)
        now = time.monotonic()
        for worker in waited.values():
            if worker.until > now:
                continue
            task = worker.task
            if task is None:
                yield from self._died(worker, again)
            else:
                self._drop([worker])
                yield task.number, Result(stopped(task.job.source, self._timeout), task.job.tag)

    def _died(self, worker: _Worker, again: deque[_Task]) -> Iterator[tuple[int, Result]]:
        """Give the document of a worker that ended to another, once: what ended it may have been meant for the worker alone."""
        self._drop([worker])
        how = _how(worker.process.exitcode)
        task = worker.task
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn >= _STARTS:
                raise PoolError(_NO_START.format(how))
        elif task is not None and not task.died:
            task.died = True
            again.append(task)
        elif task is not None:
            reason = f"reading it ends the process that does, twice ({how}): is it made to do harm? Leave it out, or report it"
            yield task.number, Result(unread_job(task.job.source, reason), task.job.tag)

    def _drop(self, workers: Iterable[_Worker]) -> None:
        for worker in workers:
            _end(worker)
            self._workers.remove(worker)


_NO_START = "no process to read documents in can be started ({}): try --memory 0, or --workers 0, which needs none"


def _context() -> Any:
    """Where there is one, a server that has all loaded forks the workers: in a tenth of a second, not two, and without threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tenmatsu.batch.warm"])
    return context


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, from their first moment on; here it is acted on afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(worker: _Worker) -> None:
    with suppress(OSError, ValueError):
        worker.process.kill()
    worker.process.join(10)
    worker.connection.close()


def _how(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def unread_job(source: Source, reason: str) -> Extracted:
    """Return the error row of a document."""
    from tenmatsu.pipeline import unread

    return unread(source.path, source.data, reason)
