"""Documents extracted on many machines by Dask: the same results as those of worker processes here.

Batches go to the cluster as Arrow and come back as Arrow (``tenmatsu.arrow``). On each machine a document is read in a process
of its own (``tenmatsu.batch.pool``), so that the limits of time and memory hold there as they do here, and a document that
kills its process costs neither Dask's worker nor its neighbours. A worker of Dask that is lost is Dask's to replace: what it
had is done by another. The results are stored here, in one process, so files are to the byte those of a run on one machine, and databases hold the same rows.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Any

from tenmatsu import arrow
from tenmatsu.batch.fingerprint import identity
from tenmatsu.batch.order import Line
from tenmatsu.batch.pool import MEMORY, TIMEOUT, Job, PoolError, Result, unread_job
from tenmatsu.batch.work import Work

BATCH = 32  # documents that go together, so that what Dask does for each task is little beside its work
BATCH_BYTES = 2**20  # a batch is sent when it has so many
_AHEAD = 2  # batches for each thread of the cluster: one at work, one waiting there
_REACHED = 10  # seconds in which a scheduler must answer
_LOSSES = 20  # results lost one after the other, with none that came, until the scheduler counts as lost
_PATIENCE = 5  # seconds between two looks at whether the scheduler is still there

Numbered = tuple[int, Job]


class Cluster:
    """Extracts documents by Dask; a context manager that leaves nothing on the cluster."""

    def __init__(
        self,
        work: Work,
        address: str | None = None,
        workers: int = 1,
        timeout: float = TIMEOUT,
        memory: int | None = MEMORY,
    ) -> None:
        """``address`` is the scheduler's; without one a cluster of ``workers`` processes is started on this machine."""
        self._work, self._address, self._workers = work, address, workers
        self._timeout, self._memory = timeout, memory
        self._name = f"tenmatsu-{uuid.uuid4()}"
        self._stack = ExitStack()
        self._lost = 0
        self._client: Any = None

    def __enter__(self) -> Cluster:
        """Connect. Raises PoolError where Dask is not installed, no scheduler answers, or the workers have another tenmatsu."""
        try:
            import distributed
        except ImportError:
            raise PoolError("--engine dask needs Dask: pip install 'tenmatsu[dask]'") from None
        with ExitStack() as stack:
            stack.callback(_level, logging.getLogger("distributed").level)
            _level(logging.ERROR)
            address = self._address or stack.enter_context(_local(self._workers))
            try:
                client = stack.enter_context(distributed.Client(address, timeout=_REACHED, set_as_default=False))
            except (OSError, TimeoutError, ValueError) as error:
                raise PoolError(
                    f"no scheduler answers at {address} ({_line(error)}): is it running, and is this the address that `dask scheduler` shows?"
                ) from error
            self._client = client
            self._check(stack)
            self._stack = stack.pop_all()
        return self

    def _check(self, stack: ExitStack) -> None:
        """See that all workers are of one mind with this process, and give them what they need for the run."""
        ours = identity(self._work.ginza)
        try:
            from tenmatsu.batch import cluster_worker
            from tenmatsu.batch.cluster_worker import OTHER, Reader

            theirs = self._client.run(cluster_worker.identity, self._work.ginza)
            if not theirs:
                raise PoolError(
                    f"the scheduler at {self._address} has no workers: start some with `dask worker {self._address}`"
                )
            if any(one != ours for one in theirs.values()):
                raise PoolError(OTHER)
            self._client.register_plugin(Reader(self._name, self._work, self._timeout, self._memory, ours))
        except PoolError:
            raise
        except ImportError as error:
            raise PoolError(
                f"the workers cannot load tenmatsu ({_line(error)}): install the same version there"
            ) from error
        stack.callback(self._forget)

    def _forget(self) -> None:
        if self._client.status != "running" or self._lost:
            return  # a scheduler that is gone keeps nothing either, and would be waited for
        with suppress(Exception):
            self._client.unregister_worker_plugin(self._name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take back what is still out and leave."""
        self._stack.close()

    def results(self, jobs: Iterable[Job], ordered: bool = False) -> Iterator[Result]:
        """Yield the rows of every document as they are done, or in the order of the jobs.

        Raises PoolError when the scheduler is lost or the workers cannot do the work, and whatever ``jobs`` raises.
        """
        coming = enumerate(jobs)
        line = Line(ordered)
        out: dict[Any, list[Numbered]] = {}
        most = _AHEAD * max(1, sum(self._client.nthreads().values()))
        more = True
        try:
            while True:
                while more and len(out) < most and len(line.waiting) < most * BATCH:
                    batch = _gathered(coming, line)
                    more = bool(batch)
                    if batch:
                        out[self._sent(batch)] = batch
                    yield from line.out()
                yield from line.out()
                if not out:
                    return
                for future in self._done(list(out)):
                    batch = out.pop(future)
                    again = self._taken(future, batch, line)
                    out |= {self._sent(one): one for one in again}
        finally:
            for future in out:
                with suppress(Exception):
                    future.cancel()

    def _sent(self, batch: list[Numbered]) -> Any:
        from tenmatsu.batch.cluster_worker import rows_there

        documents = arrow.batch_of(job.source for _, job in batch)
        try:
            return self._client.submit(rows_there, self._name, documents, pure=False)
        except (OSError, RuntimeError) as error:
            raise PoolError(_LOST.format(self._address)) from error

    def _done(self, futures: list[Any]) -> Iterable[Any]:
        """Wait until some are done."""
        from distributed import CancelledError, wait

        while True:
            try:
                with self._client.as_current():
                    return wait(futures, timeout=_PATIENCE, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                if self._client.status != "running":
                    raise PoolError(_LOST.format(self._address)) from None
            except CancelledError:
                raise PoolError(_LOST.format(self._address)) from None

    def _taken(self, future: Any, batch: list[Numbered], line: Line) -> list[list[Numbered]]:
        """Put the results of a batch in line, or return what is to be tried again, document by document."""
        from distributed import KilledWorker

        if future.status == "finished":
            try:
                rows = future.result()
            except OSError as error:
                raise PoolError(_LOST.format(self._address)) from error
            self._lost = 0
            for (number, job), one in zip(batch, arrow.extracted_of(rows), strict=True):
                line.waiting[number] = Result(one, job.tag)
            return []
        failed = future.exception() if future.status == "error" else None
        if isinstance(failed, PoolError):
            raise failed
        if failed is None:
            # a result that went with its worker is asked for again; all go when the scheduler does
            self._lost += 1
            if self._client.status != "running" or self._lost > _LOSSES:
                raise PoolError(_LOST.format(self._address))
            return [batch]
        if not isinstance(failed, KilledWorker):
            raise PoolError(f"the cluster cannot do the work ({type(failed).__name__}: {_line(failed)})") from failed
        if len(batch) > 1:
            return [[one] for one in batch]
        ((number, job),) = batch
        reason = "every worker of the cluster that reads it ends: is it made to do harm? Leave it out, or report it"
        line.waiting[number] = Result(unread_job(job.source, reason), job.tag)
        return []


def _gathered(coming: Iterator[Numbered], line: Line) -> list[Numbered]:
    """The next batch; a document without bytes has its row at once. Empty when there are no more."""
    batch: list[Numbered] = []
    size = 0
    for number, job in coming:
        if job.source.error is not None:
            line.waiting[number] = Result(unread_job(job.source, job.source.error), job.tag)
            continue
        batch.append((number, job))
        size += len(job.source.data)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            break
    return batch


def _local(workers: int) -> Any:
    """A cluster on this machine that nothing outside it reaches, its workers allowed processes of their own."""
    import dask
    from distributed import LocalCluster

    with dask.config.set({"distributed.worker.daemon": False}):
        return LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL
        )


def _level(level: int) -> None:
    """Say what of Dask's own talk is heard: what it says of a lost worker is no concern of the user's."""
    logging.getLogger("distributed").setLevel(level)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


_LOST = "the scheduler at {} is lost: what is done is stored, and the same command goes on from there"
