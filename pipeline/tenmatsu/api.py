"""The public interface in Python: one text, or a stream of documents, to pandas frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from errno import ENOENT
from pathlib import Path
from typing import Any

from tenmatsu import inputs
from tenmatsu.pipeline import Extracted, extract_document, unread
from tenmatsu.registry import Registry


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


def extract(
    source: str | bytes | Path, published: str | date | None = None, register: str | Path | Registry | None = None
) -> Extraction:
    """Extract one document: a ``Path`` is read, ``bytes`` are decoded, a ``str`` is the text itself or names a file.

    A string of one line names a file when a file or folder of that name exists. It also does, and FileNotFoundError is
    raised, when none exists but it ends in a suffix of documents (.txt, .md, .html, .pdf, .csv, .zip and their like) and holds no 。,
    or when it holds a path separator (not between digits: 10/2 is a day) and neither hiragana nor 、 nor 。. Every other
    string is text. Bytes are always the document itself, whatever they look like.

    ``published`` (a day, month or year in EDTF, e.g. ``2020-12-12``) gives the document's date where it is known.
    ``register`` (a file made by ``tenmatsu register import``, or a ``Registry``) links names that the built-in register
    does not know; no environment variable is read for it here.
    Raises FileNotFoundError, or another OSError, for a file that cannot be read and ValueError for a document that
    cannot be used, a pipe or device, a ``published`` that is no date, and a ``register`` that is none.
    """
    day = _checked(published)
    registry = _opened(register)
    if isinstance(source, str):
        if _exists(source):
            source = Path(source)
        elif inputs.names_file(source):
            raise FileNotFoundError(ENOENT, "no such file: check the path (a text is safe as bytes)", source)
    path, data = _given(source)
    extracted = extract_document(data, path, published=day, registry=registry)
    if extracted.document.status == "error":
        raise ValueError(f"{path or 'text'}: {extracted.document.error}")
    return Extraction(extracted)


def _checked(published: str | date | None) -> str | None:
    if published is None:
        return None
    try:
        return inputs.valid_published(published)
    except ValueError as error:
        raise ValueError(f"published: {error}") from None


def _opened(register: str | Path | Registry | None) -> Registry | None:
    return register if register is None or isinstance(register, Registry) else Registry(register)


def _exists(name: str) -> bool:
    if "\n" in name or not name or len(name) > 1024:
        return False
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _given(source: object) -> tuple[str, bytes]:
    """The path and the bytes of a document in any of the forms that are taken. Raises OSError, ValueError, TypeError."""
    if isinstance(source, tuple) and len(source) == 2:
        path, content = source
        return _label(path), _given(content)[1]
    if isinstance(source, Path):
        return inputs.shown(source), _read(source)
    if isinstance(source, str):
        return "", inputs.encoded(source)
    if isinstance(source, bytes | bytearray | memoryview):
        return "", bytes(source)
    raise TypeError(f"no document: give a text, bytes or a Path, not {type(source).__name__}")


def _label(path: object) -> str:
    return inputs.shown(path) if isinstance(path, Path) else str(path).encode("utf-8", "replace").decode("utf-8")


def _read(path: Path) -> bytes:
    try:
        return inputs.read_file(path)
    except inputs.UnfitError as error:
        raise ValueError(f"{inputs.shown(path)}: {error}") from None
    except FileNotFoundError as error:
        raise FileNotFoundError(error.errno, "no such file: check the path", str(path)) from None


class Pipeline:
    """Streams documents through the pipeline; one document at a time is in memory."""

    def __init__(self, published: str | date | None = None, register: str | Path | Registry | None = None) -> None:
        """``published`` (EDTF) and ``register`` hold for every document where they are given, as for ``extract``.

        Raises ValueError when ``published`` is no date or ``register`` no register.
        """
        self.published = _checked(published)
        self.register = _opened(register)

    def pipe(self, documents: Iterable[str | bytes | Path | tuple[str | Path, str | bytes]]) -> Iterator[Extraction]:
        """Yield an Extraction for each document, in order: a text, bytes, a Path that is read, or (path, content).

        A string is always a text here, never a path. A document that cannot be read, is none, or meets a defect yields
        an Extraction whose documents table holds the error; the stream goes on. Each document stands by itself: ``join``
        reads them side by side.
        """
        for document in documents:
            try:
                path, data = _given(document)
            except (OSError, ValueError, TypeError) as error:
                yield Extraction(_refused(document, error))
            else:
                yield Extraction(extract_document(data, path, published=self.published, registry=self.register))


def join(extractions: Iterable[Extraction]) -> dict[str, Any]:
    """Return all tables of many documents as pandas frames, their incidents assembled over all of them.

    What several documents tell of one affair is one row of ``incidents``; a document that prints no year takes it from
    the others of its affair; ``conflicts`` holds what they contradict each other in. The order changes no row.
    """
    from tenmatsu.merge.spool import Spool
    from tenmatsu.tables import frames

    with Spool() as spool:
        for one in extractions:
            spool.add(one.extracted)
        return frames(spool.merged())


def _refused(document: object, error: Exception) -> Extracted:
    """The row of a document of which no bytes could be had; its id comes from its path, or from the text."""
    path, content = document if isinstance(document, tuple) and len(document) == 2 else ("", document)
    if isinstance(content, Path):
        path = content
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else b""
    reason = f"cannot be read ({error.strerror or error})" if isinstance(error, OSError) else str(error)
    return unread(_label(path), data, reason)
