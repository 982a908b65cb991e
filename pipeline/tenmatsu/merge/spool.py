"""Documents on their way to the tables, kept on disk until all have been read and are known to tell of one affair or of many.

Only what merging asks of a document stays in memory; the rows wait in a temporary file of this process's own, which has no
name and goes with it.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING

from tenmatsu.merge.accounts import Account, account_of
from tenmatsu.merge.apply import applied
from tenmatsu.merge.assemble import merge
from tenmatsu.records import Entity
from tenmatsu.tables import fuller

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted


class Spool:
    """Takes the rows of documents and gives them back in their order with incidents assembled; a context manager."""

    def __init__(self) -> None:
        """Make the temporary file. Raises OSError where no temporary file can be written."""
        self._file = tempfile.TemporaryFile(prefix="tenmatsu-")  # noqa: SIM115 - closed by __exit__
        self._accounts: dict[str, Account] = {}
        self._entities: dict[str, Entity] = {}
        self._count = 0

    def __enter__(self) -> Spool:
        """Return the spool."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the file."""
        self._file.close()

    def add(self, one: Extracted) -> None:
        """Keep the rows of one document. Raises OSError when the disk is full."""
        pickle.dump(one, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._count += 1
        if one.document.status == "ok":
            self._accounts.setdefault(one.document.doc_id, account_of(one))
            for entity in one.entities:
                self._entities[entity.entity_id] = fuller(self._entities.get(entity.entity_id, entity), entity)

    def merged(self) -> Iterator[Extracted]:
        """Yield the rows of all documents in the order in which they came, each as part of all."""
        whole = merge(self._accounts.values())
        self._file.seek(0)
        for _ in range(self._count):
            one: Extracted = pickle.load(self._file)
            named = tuple(self._entities[entity.entity_id] for entity in one.entities)
            yield replace(applied(one, whole), entities=named)
