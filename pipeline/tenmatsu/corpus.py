"""The corpus folder: what has gold, what may be shipped, and how documents that may not are put in place.

``corpus/documents`` holds documents that the project wrote, ``corpus/external`` copies of others' documents that the user
brings (never committed), ``corpus/gold`` the gold of both, ``corpus/manifest.json`` the documents that are not shipped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tenmatsu.write import replace_bytes


class CorpusError(ValueError):
    """A corpus, gold or floors file that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that has gold.

    ``set``, where its figures count: ``originals`` for documents of others, else what the manifest says, else ``own``
    (the project's documents that grew beside the rules). The sets ``heldout-N`` had their gold, and were measured,
    before any rule saw them.
    """

    doc: str
    title: str
    publisher: str
    sha256: str
    characters: int
    shipped: bool
    set: str


def default_corpus() -> Path:
    """Return ``corpus`` in the current folder, or that of the checkout that the package runs from."""
    here = Path("corpus")
    checkout = Path(__file__).resolve().parents[2] / "corpus"
    return here if here.is_dir() or not checkout.is_dir() else checkout


def manifest(corpus: Path) -> tuple[Entry, ...]:
    """Return the entries of the documents that are not shipped, from ``corpus/manifest.json``. Raises CorpusError."""
    path = corpus / "manifest.json"
    try:
        listed = json.loads(path.read_bytes())["documents"]
        return tuple(Entry(**entry, set="originals") for entry in listed)
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror or error}; name the corpus folder with --corpus") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{path}: no manifest ({error})") from error


def sets(corpus: Path) -> dict[str, str]:
    """Return the set of every document that the manifest puts in one, by its name. Raises CorpusError."""
    path = corpus / "manifest.json"
    if not path.exists():
        return {}
    try:
        listed = json.loads(path.read_bytes())
        found = {entry["doc"]: "originals" for entry in listed["documents"] if not entry["shipped"]}
        return {doc: name for name, docs in listed.get("sets", {}).items() for doc in docs} | found
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path}: no manifest ({error})") from error


def files(paths: Iterable[Path]) -> list[Path]:
    """Return the files of ``paths``, those in folders in sorted order, without hidden ones."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
            found.extend(sorted(inside))
        elif path.is_file():
            found.append(path)
    return found


def by_digest(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the files of the folders by their SHA-256 (hexadecimal); the first of equal ones."""
    found: dict[str, Path] = {}
    for path in files(folders):
        found.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), path)
    return found


def add(paths: Sequence[Path], corpus: Path) -> tuple[list[tuple[Path, Entry]], list[Path]]:
    """Copy the documents of ``paths`` that the manifest knows to ``corpus/external/<doc>.txt``.

    Returns the recognised paths with their entries, and the others. Raises CorpusError, OSError.
    """
    known = {entry.sha256: entry for entry in manifest(corpus)}
    added, unknown = [], []
    for path in files(paths):
        data = path.read_bytes()
        entry = known.get(hashlib.sha256(data).hexdigest())
        if entry is None:
            unknown.append(path)
            continue
        target = corpus / "external" / f"{entry.doc}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (target.exists() and target.read_bytes() == data):
            replace_bytes(target, data)
        added.append((path, entry))
    return added, unknown


def listing(corpus: Path) -> list[tuple[Entry, Path | None]]:
    """Return every document that has gold, and its file where it is there. Raises CorpusError."""
    place = by_digest([corpus / "documents", corpus / "external"])
    entries = list(manifest(corpus))
    listed = {entry.sha256 for entry in entries}
    member = sets(corpus)
    for path in sorted((corpus / "gold").glob("*.json")):
        try:
            gold = json.loads(path.read_bytes())
            digest, doc = gold["sha256"], gold["doc"]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path}: no gold ({error})") from error
        if digest not in listed:
            characters = len(place[digest].read_text(encoding="utf-8")) if digest in place else 0
            entries.append(Entry(doc, "", "", digest, characters, True, member.get(doc, "own")))
    return [(entry, place.get(entry.sha256)) for entry in entries]
