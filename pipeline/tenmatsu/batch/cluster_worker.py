"""What runs on the workers of Dask: a plugin that keeps processes for documents, and the task that gives it a batch.

Loaded where Dask is used and nowhere else, on both sides.
"""

from __future__ import annotations

import multiprocessing
import queue
from typing import TYPE_CHECKING, Any

from distributed import WorkerPlugin, get_worker

from tenmatsu import arrow
from tenmatsu.batch.fingerprint import identity
from tenmatsu.batch.pool import Job, Pool, PoolError
from tenmatsu.batch.work import Work

if TYPE_CHECKING:
    import pyarrow

OTHER = "the workers of the cluster have another version of tenmatsu, its rules or what it reads with: install the same everywhere"


class Reader(WorkerPlugin):
    """What each of Dask's workers keeps for a run: processes that read documents, one for each of its threads.

    It is sent to the workers before it is set up.
    """

    def __init__(self, name: str, work: Work, timeout: float, memory: int | None, made_by: str) -> None:
        """``made_by`` is the identity of code, rules and packages where the results are stored."""
        self.name = name
        self._work, self._timeout, self._memory, self._made_by = work, timeout, memory, made_by

    def setup(self, worker: Any) -> None:
        """Begin with no process: they start when the first documents come."""
        self._idle: queue.SimpleQueue[Pool] = queue.SimpleQueue()
        self._pools: list[Pool] = []

    def teardown(self, worker: Any) -> None:
        """End the processes."""
        for pool in self._pools:
            pool.__exit__(None, None, None)

    def rows(self, batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
        """Return the rows of a batch of documents. Raises PoolError when this machine has another tenmatsu."""
        if identity(self._work.ginza) != self._made_by:
            raise PoolError(OTHER)
        if multiprocessing.current_process().daemon:
            # Dask forbids its workers processes of their own unless told otherwise
            return arrow.extract_batch(batch, self._work)
        try:
            pool = self._idle.get_nowait()
        except queue.Empty:
            pool = Pool(self._work, 1, self._timeout, self._memory)
            self._pools.append(pool)
        try:
            jobs = map(Job, arrow.sources_of(batch))
            return arrow.rows_of(result.extracted for result in pool.results(jobs, ordered=True))
        finally:
            self._idle.put(pool)


def rows_there(name: str, batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """Return the rows of a batch on the worker of Dask that this is called on, by its ``Reader`` of that name."""
    return get_worker().plugins[name].rows(batch)
