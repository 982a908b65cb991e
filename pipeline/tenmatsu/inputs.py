"""Paths to documents: files, folders that are walked, archives, and files that hold a document a row.

What the command line and the Python interface both ask of a path, a text or a date stands here once. Nothing is kept of the
files that were found: a folder is walked again each time its files are asked for, so a million of them need no memory.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tenmatsu.source import (
    DOCUMENT_BYTES,
    Source,
    UnfitError,
    encoded,
    one_line,
    shown,
    too_large,
    valid_published,
)

if TYPE_CHECKING:
    from tenmatsu.remote import RemoteFile

__all__ = [
    "ARCHIVES",
    "BATCHES",
    "DOCUMENTS",
    "Files",
    "Plan",
    "Source",
    "UnfitError",
    "check_regular",
    "encoded",
    "is_batch",
    "names_file",
    "of_file",
    "plan",
    "read_file",
    "shown",
    "sources",
    "valid_published",
]

DOCUMENTS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf")
BATCHES = (".jsonl", ".csv", ".parquet")
ARCHIVES = (".zip",)
_WALKED = DOCUMENTS + ARCHIVES
_NAMED = 3  # files passed over of which the names are kept
_PAGE = re.compile(r"(?i)(.*)\.x?html?")


def _quiet(_: str) -> None:
    """Say nothing."""


class _Found(NamedTuple):
    """What a walk met: ``kind`` is file, other (no document), or unread or empty (a folder), with the reason."""

    path: Path
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of the paths in the order in which they are read, walked anew by every loop over them; ``count`` at first."""

    paths: tuple[Path, ...]
    count: int

    def __iter__(self) -> Iterator[Path]:
        """Yield every file once."""
        return (found.path for found in _found(self.paths) if found.kind == "file")

    def __len__(self) -> int:
        """Return how many there were when the plan was made."""
        return self.count


@dataclass(frozen=True, slots=True)
class Plan:
    """What the paths hold: ``files``, ``problems`` with paths, and how many other files were ``skipped``, the first by name.

    ``whole`` is False when a folder could not be walked, so that a file that is not among ``files`` may be there all the same.
    ``remote`` are files at URLs, which are read after those of this machine.
    """

    files: Files
    problems: tuple[tuple[Path, str], ...]
    skipped: int
    skipped_named: tuple[Path, ...]
    documents: int | None
    whole: bool
    remote: tuple[RemoteFile, ...] = ()


def is_batch(path: Path) -> bool:
    """Say whether ``path`` holds a document a row, by its suffix."""
    return path.suffix.lower() in BATCHES


def is_archive(path: Path) -> bool:
    """Say whether ``path`` is an archive of documents, by its suffix."""
    return path.suffix.lower() in ARCHIVES


def names_file(text: str) -> bool:
    """Say whether ``text`` is meant as a path, though no such file may exist, and not as a document's own text.

    It is when it has one line, no sentence of Japanese, and ends in a suffix of documents, batches or archives or holds ``/``
    or ``\\`` (not between digits: 10/2 is a day). Of a text with a suffix only 。 makes a sentence, since titles are names of
    files (不正アクセスに関するお知らせ.txt); of one without, a single hiragana does.
    """
    if not text.strip() or len(text) > 1024 or re.search(r"[\n\r。]", text):
        return False
    if text.lower().endswith(DOCUMENTS + BATCHES + ARCHIVES):
        return True
    return not re.search(r"[ぁ-ゖ、]", text) and bool(re.search(r"(?<![0-9０-９])[/\\]|[/\\](?![0-9０-９])", text))


def check_regular(path: Path) -> None:
    """Raise UnfitError when ``path`` is no file that ends: reading a pipe or a device may wait for ever."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise UnfitError("this is no regular file (a pipe or a device?): save it as a file first")


def read_file(path: Path) -> bytes:
    """Return the bytes of a regular file. Raises OSError, and UnfitError for pipes, devices and what is too large."""
    check_regular(path)
    with path.open("rb") as file:
        there = os.fstat(file.fileno())
        if stat.S_ISREG(there.st_mode) and there.st_size > DOCUMENT_BYTES:
            raise UnfitError(too_large(there.st_size))
        data = file.read(DOCUMENT_BYTES + 1)
    if len(data) > DOCUMENT_BYTES:
        raise UnfitError(f"this file grows while it is read, beyond {DOCUMENT_BYTES // 2**20} MiB: is it one document?")
    return data


def plan(paths: Sequence[Path]) -> Plan:
    """Look through ``paths``: a file is taken as it is, a folder is walked in sorted order for documents and archives.

    Batches are read only when they are named themselves: tables written into a walked folder are no documents. Files and
    folders whose names begin with a dot are passed over silently. What is named twice is read once. The parts that a browser
    saved beside a page (``page_files/`` beside ``page.html``) are no documents. Links to folders are not followed, as they may
    lead round in circles, but counted among what was passed over.
    """
    problems: list[tuple[Path, str]] = []
    usable: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            usable[path] = None
        elif not path.exists():
            problems.append((path, "no such file or folder: check the path"))
        else:
            try:
                check_regular(path)
                usable[path] = None
            except UnfitError as error:
                problems.append((path, str(error)))
    count = skipped = 0
    named: list[Path] = []
    many, whole = False, True
    for found in _found(tuple(usable)):
        if found.kind == "file":
            count += 1
            many = many or is_batch(found.path) or is_archive(found.path)
        elif found.kind == "other":
            skipped += 1
            if len(named) < _NAMED:
                named.append(found.path)
        else:
            problems.append((found.path, found.reason))
            whole = whole and found.kind != "unread"
    return Plan(Files(tuple(usable), count), tuple(problems), skipped, tuple(named), None if many else count, whole)


def _nothing(others: int) -> str:
    return f"no documents in this folder: put {', '.join('*' + suffix for suffix in _WALKED)} files there" + (
        f" ({others} of other kinds passed over)" if others else ""
    )


def _found(paths: tuple[Path, ...]) -> Iterator[_Found]:
    """What the paths hold, each thing once: of what two of them hold, the first has it."""
    files: set[Path] = set()
    folders: set[Path] = set()
    for path in paths:
        if path.is_dir():
            if not _inside(path, folders):
                kinds = {"file": 0, "other": 0, "unread": 0}
                for found in _walk(path, files, folders):
                    kinds[found.kind] += 1
                    yield found
                within = any(path in one.parents for one in (*files, *folders))
                if not kinds["file"] and not kinds["unread"] and not within:
                    yield _Found(path, "empty", _nothing(kinds["other"]))
            folders.add(path)
        else:
            if not (path.name.lower().endswith(_WALKED) and _inside(path, folders)):
                yield _Found(path, "file")
            files.add(path)


def _inside(path: Path, folders: set[Path]) -> bool:
    """Whether a walk of one of the folders comes past ``path``."""
    while path.parent != path and not path.name.startswith("."):
        path = path.parent
        if path in folders:
            return True
    return False


def _walk(folder: Path, files: set[Path], folders: set[Path]) -> Iterator[_Found]:
    """Walk a folder, its own files before those of the folders in it, without ``files`` and ``folders``, read before."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listed:
                # of each entry as little as can be is kept: folders of a million files are read
                names, folders_in = [], []
                for entry in listed:
                    if not entry.name.startswith("."):
                        if _is_folder(entry):
                            folders_in.append((entry.name, entry.is_symlink()))
                        else:
                            names.append(entry.name)
        except OSError as error:
            yield _Found(here, "unread", f"this folder cannot be read ({error.strerror or error})")
            continue
        names.sort()
        folders_in.sort()
        parted = any(name.endswith("_files") for name, _ in folders_in)
        pages = {hit[1] for name in names if (hit := _PAGE.fullmatch(name))} if parted else set()
        for name in names:
            path = here / name
            if path not in files:
                yield _Found(path, "file" if name.lower().endswith(_WALKED) else "other")
        for name, link in reversed(folders_in):
            path = here / name
            if path in folders:
                continue
            saved = name.endswith("_files") and name.removesuffix("_files") in pages
            if link or saved:
                yield _Found(path, "other")
            else:
                waiting.append(path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def of_file(path: Path, tell: Callable[[str], None] = _quiet) -> Iterator[Source]:
    """Read the documents of one file: the file itself, the members of an archive, or the rows of a batch.

    What cannot be read comes with its ``error``. ``tell`` gets a line about what else an archive held.
    """
    try:
        if is_batch(path):
            from tenmatsu.row_files import of_batch

            check_regular(path)
            yield from of_batch(path)
        elif is_archive(path):
            from tenmatsu.archives import of_archive

            check_regular(path)
            yield from of_archive(path, DOCUMENTS, tell)
        else:
            yield Source(shown(path), read_file(path))
    except UnfitError as error:
        yield Source(shown(path), error=str(error))
    except OSError as error:
        yield Source(shown(path), error=f"cannot be read ({one_line(error.strerror or error)})")


def sources(files: Iterable[Path], tell: Callable[[str], None] = _quiet) -> Iterator[Source]:
    """Read the documents of ``files`` one after the other; what cannot be read comes with its ``error``."""
    for path in files:
        yield from of_file(path, tell)
