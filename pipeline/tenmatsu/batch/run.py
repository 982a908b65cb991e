"""A run over documents into stores: what is stored already is passed over, the rest extracted and put, then all joined.

Nothing is kept of a document once it is stored: a run over a million needs the memory of one over a thousand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tenmatsu.batch.fingerprint import Keys
from tenmatsu.batch.pool import Job, Result
from tenmatsu.batch.seen import Seen
from tenmatsu.records import DocumentRow
from tenmatsu.source import Source
from tenmatsu.tables import TABLES, Row

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted

_KINDS = 20  # reasons told apart in the counts


class Stored(Protocol):
    """What a run asks of a store."""

    def done(self, path: str, key: str) -> bool:
        """Whether the document is stored, made with this key."""

    def put(self, extracted: Extracted, key: str) -> bool:
        """Store the rows of a document; True when something was written."""

    def ledger(self) -> Iterator[tuple[str, str, str]]:
        """Yield path, key and status of every document."""

    def remove(self, paths: Sequence[str]) -> int:
        """Take documents away; return how many."""

    def outdated(self) -> bool:
        """Whether documents are to be read anew, since those whose rows they shared have gone."""

    def join(self, tell: Callable[[int, int], None] = ...) -> None:
        """Merge what the documents tell of the same incidents."""

    def rows(self, table: str, paths: Iterable[str] | None = None) -> Iterator[Row]:
        """Yield the rows of a table, the documents in the order of ``paths``."""


class Engine(Protocol):
    """What extracts the documents: a pool of processes, or this process."""

    def results(self, jobs: Iterable[Job], ordered: bool = False) -> Iterator[Result]:
        """Yield the rows of every document."""


class Target(NamedTuple):
    """A store, and whether it holds what was asked for and nothing else (``mirror``)."""

    store: Stored
    mirror: bool


class Read(NamedTuple):
    """A file, its place in the order, and its documents."""

    name: str
    position: int
    documents: Iterable[Source]


@dataclass(slots=True)
class Counts:
    """What a run did: numbers of documents, of their rows by table, and of failures by the beginnings of their reasons.

    ``copies`` are those of ``done`` that have the bytes of another: a row in ``documents``, their other rows once.
    """

    done: int = 0
    skipped: int = 0
    failed: int = 0
    failed_before: int = 0
    removed: int = 0
    copies: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """The documents that could be read, in this run or before."""
        return self.done + self.skipped

    @property
    def unread(self) -> int:
        """The documents that could not be read, in this run or before."""
        return self.failed + self.failed_before

    def add(self, extracted: Extracted) -> None:
        """Count the rows of one document."""
        document = extracted.document
        if document.status == "ok":
            self.done += 1
            for table in TABLES:
                if table != "documents":
                    self.rows[table] += len(getattr(extracted, table))
            return
        self.failed += 1
        kind = re.split(r"[:(]", document.error or "")[0].strip()
        kind = re.sub(r"[0-9][0-9,.]*", "N", kind)
        self.reasons[kind if kind in self.reasons or len(self.reasons) < _KINDS else "other reasons"] += 1


class Told(Protocol):
    """What hears how a run goes on."""

    def document(self, extracted: Extracted, position: int) -> None:
        """A document was extracted; ``position`` counts the documents of the run from 0."""

    def advance(self) -> None:
        """One more document is done, passed over or failed."""

    def joining(self, done: int, total: int) -> None:
        """Merging has come so far."""


def run(
    files: Iterable[Read],
    targets: Sequence[Target],
    engine: Engine,
    keys: Keys,
    seen: Seen,
    told: Told,
    *,
    retry: bool = False,
    fresh: bool = False,
    complete: bool = True,
    counts: Counts | None = None,
    emptied: bool = False,
) -> Counts:
    """Bring the stores to what the files hold and return what was done.

    A document that is stored with the same key is passed over, as is one that failed with it unless ``retry``; with ``fresh``
    none is. ``complete`` says that ``seen`` and ``files`` hold all that was asked for, so that a mirror loses the rest.
    When nothing at all can be read a mirror stays as it is, unless ``emptied`` says that this may be meant.
    ``counts`` is added to as the run goes on, so that it is right when the run is interrupted.
    """
    counts = Counts() if counts is None else counts
    seen.note_failed(target.store.ledger() for target in targets)
    state = _Run(targets, keys, seen, told, retry, fresh, counts)
    state.take(engine.results(state.jobs(files)))
    for target in targets:
        if complete and target.mirror and (counts.read or emptied):
            for gone in seen.missing(target.store.ledger()):
                counts.removed += target.store.remove(gone)
        target.store.join(told.joining)
    return counts


@dataclass(slots=True)
class _Run:
    targets: Sequence[Target]
    keys: Keys
    seen: Seen
    told: Told
    retry: bool
    fresh: bool
    counts: Counts
    good_noted: bool = False

    def jobs(self, files: Iterable[Read]) -> Iterator[Job]:
        """Yield what is not stored yet; the tag is the key, the document's place in the run, and who wants it."""
        position = 0
        for file in files:
            self.seen.begin(file.name, file.position)
            for number, source in enumerate(file.documents):
                label = self.seen.add(source.path, file.name, number)
                source = source if label == source.path else replace(source, path=label)
                key = self.keys.of(source)
                again = self.fresh or (self.retry and self.seen.has_failed(label, key))
                wanting = [target for target in self.targets if again or not target.store.done(label, key)]
                if wanting:
                    self.counts.copies += bool(source.data) and self.seen.met(source.data)
                    yield Job(source, (key, position, wanting))
                else:
                    if self.seen.has_failed(label, key):
                        self.counts.failed_before += 1
                    else:
                        self.counts.skipped += 1
                    self.told.advance()
                position += 1

    def take(self, results: Iterable[Result]) -> None:
        """Put documents as they are done."""
        for extracted, (key, position, wanting) in results:
            self.put(extracted, key, wanting)
            self.counts.add(extracted)
            self.told.document(extracted, position)
            self.told.advance()

    def put(self, extracted: Extracted, key: str, wanting: Sequence[Target]) -> None:
        document = extracted.document
        for target in wanting:
            if document.status != "ok" and not document.sha256 and not target.mirror:
                # its bytes could not be had this time: what is stored of it stays
                if not self.good_noted:
                    self.seen.note_good(target.store.ledger())
                    self.good_noted = True
                if self.seen.was_good(document.path):
                    continue
            if self.fresh or self.retry:
                # what is stored with the same key would be left as it is
                if target.store.done(document.path, key):
                    target.store.remove([document.path])
            _put(target.store, extracted, key)


def _put(store: Stored, extracted: Extracted, key: str) -> None:
    """Put a document; one whose rows turn out to be unfit to be stored becomes an error row, and its neighbours stay."""
    from tenmatsu.store import StoreError

    try:
        store.put(extracted, key)
    except (StoreError, OSError, MemoryError):
        raise
    except Exception as error:
        told = " ".join(str(error).split())[:200]
        reason = f"internal error, please report it (storing its rows: {type(error).__name__}: {told})"
        document = extracted.document
        row = DocumentRow(document.doc_id, document.path, document.sha256, status="error", error=reason)
        store.put(replace(extracted, **{table: () for table in TABLES if table != "documents"}, document=row), key)
