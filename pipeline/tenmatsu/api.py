"""The public interface in Python: one text, or a stream of documents, to pandas frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tenmatsu.pipeline import Extracted, extract_document


class Extraction:
    """The tables of one document as pandas frames: ``.events``, ``.timexes``, ``.mentions`` and the rest.

    The columns are those of the records in ``tenmatsu.records``; offsets are half-open code points of ``.text``.
    """

    def __init__(self, extracted: Extracted) -> None:
        """Wrap the rows of one document."""
        self.extracted = extracted
        self._frames: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """The document's text as read."""
        return self.extracted.text

    @property
    def frames(self) -> dict[str, Any]:
        """All tables by name, made on first use."""
        if self._frames is None:
            from tenmatsu.tables import frames

            self._frames = frames([self.extracted])
        return self._frames

    def __getattr__(self, name: str) -> Any:
        """Return the table ``name`` as a DataFrame; AttributeError for a name that is no table."""
        if name.startswith("_"):
            raise AttributeError(name)
        frames = self.frames
        if name in frames:
            return frames[name]
        raise AttributeError(f"no table {name!r}; there are {', '.join(frames)}")

    def __repr__(self) -> str:
        """Return the document's id and the number of its events."""
        return f"<Extraction {self.extracted.document.doc_id}: {len(self.extracted.events)} events>"


def extract(source: str | bytes | Path, published: str | None = None) -> Extraction:
    """Extract one document: a ``Path`` is read, ``bytes`` are decoded, a ``str`` is the text itself or names a file.

    A string is taken as a path when it has one line and such a file exists. ``published`` (EDTF, e.g. ``2020-12-12``)
    gives the document's date where it is known. Raises FileNotFoundError for a Path that does not exist and
    ValueError for a document that cannot be read.
    """
    path = ""
    if isinstance(source, Path) or (
        isinstance(source, str) and "\n" not in source and len(source) < 1024 and _is_file(source)
    ):
        path = str(source)
        data = Path(source).read_bytes()
    elif isinstance(source, bytes):
        data = source
    else:
        data = str(source).encode("utf-8")
    extracted = extract_document(data, path, published=published)
    if extracted.document.status == "error":
        raise ValueError(f"{path or 'text'}: {extracted.document.error}")
    return Extraction(extracted)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


class Pipeline:
    """Streams documents through the pipeline; one document at a time is in memory."""

    def __init__(self, published: str | None = None) -> None:
        """``published`` (EDTF) holds for every document where it is given."""
        self.published = published

    def pipe(self, documents: Iterable[str | bytes | tuple[str, bytes]]) -> Iterator[Extraction]:
        """Yield an Extraction for each document, in order: a text, bytes, or (path, bytes).

        A document that cannot be read yields an Extraction whose documents table holds the error.
        """
        for document in documents:
            if isinstance(document, tuple):
                path, data = document
            else:
                path, data = "", document.encode("utf-8") if isinstance(document, str) else document
            yield Extraction(extract_document(data, path, published=self.published))
